/* Whole pastes of different kinds and languages: tests/paste/NAME.txt is read, and must look like
 * NAME.expected. ACCEPT=1 in the environment writes the expected files anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paste_dump.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

static struct arena a;
static struct diags messages;
static glob_t pastes;

static int clean(void **state) {
    (void)state;
    arena_free(&a);
    messages = (struct diags){.arena = &a};
    return 0;
}

static int find_pastes(void **state) {
    (void)state;
    return glob("tests/paste/*.txt", 0, NULL, &pastes);
}

static int forget_pastes(void **state) {
    (void)state;
    globfree(&pastes);
    return 0;
}

static struct str read_file(const char *path) {
    struct buf bytes = BUF_INIT;
    FILE *f = fopen(path, "rb");
    for (int c; f && (c = getc(f)) != EOF;)
        buf_char(&bytes, (char)c);
    if (f)
        fclose(f);
    struct str copy = arena_str(&a, buf_str(&bytes));
    buf_free(&bytes);
    return copy;
}

static struct document read_paste(const char *path) {
    struct document doc;
    assert_true(paste_open(&doc, &a, read_file(path), &messages));
    return doc;
}

static const char *expected_path(const char *path) {
    struct str stem = str_slice(str_of(path), 0, str_of(path).len - 4);
    return arena_printf(&a, "%.*s.expected", STR_ARG(stem)).at;
}

static void accept(const char *path, struct str dump) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fwrite(dump.at, 1, dump.len, f);
    fclose(f);
}

/* Prints the first line that differs. */
static bool is_as_expected(const char *path, struct str expected, struct str actual) {
    struct str want, have;
    while (expected.at || actual.at) {
        bool wanted = str_cut(&expected, '\n', &want), had = str_cut(&actual, '\n', &have);
        if (wanted && had && str_eq(want, have))
            continue;
        print_error("%s\n  expected: %.*s\n  read as:  %.*s\n", path,
                    STR_ARG(wanted ? want : STR("(nothing)")),
                    STR_ARG(had ? have : STR("(nothing)")));
        return false;
    }
    return true;
}

static void each_paste_is_read_as_expected(void **state) {
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < pastes.gl_pathc; i++) {
        const char *path = pastes.gl_pathv[i], *expected = expected_path(path);
        struct document doc = read_paste(path);
        struct str dump = dump_document(&a, &doc);
        if (getenv("ACCEPT"))
            accept(expected, dump);
        wrong += !is_as_expected(path, read_file(expected), dump);
    }
    assert_true(pastes.gl_pathc >= 12);
    assert_int_equal(wrong, 0);
}

static void no_line_of_any_paste_is_lost(void **state) {
    (void)state;
    for (size_t i = 0; i < pastes.gl_pathc; i++) {
        struct document doc = read_paste(pastes.gl_pathv[i]);
        uint32_t lost = first_lost_line(&a, &doc);
        if (lost)
            print_error("%s:%u is lost\n", pastes.gl_pathv[i], lost);
        assert_int_equal(lost, 0);
    }
}

static void each_paste_imported_is_the_same_document(void **state) {
    (void)state;
    for (size_t i = 0; i < pastes.gl_pathc; i++) {
        struct document doc = read_paste(pastes.gl_pathv[i]);
        struct str markdown, again = dump_imported(&a, &doc, &markdown, &messages);
        assert_true(is_as_expected(pastes.gl_pathv[i], dump_body(&a, &doc, false), again));
    }
}

/* What the article says is in the bytes that its place names. */
static void assert_inlines_in_place(const struct document *doc, const struct inl *first) {
    for (const struct inl *i = first; i; i = i->next) {
        struct str bytes = str_slice(doc->source->text, i->span.begin, i->span.end);
        struct place at = source_place(doc->source, i->span.begin);
        assert_int_equal(i->span.line, at.line);
        assert_int_equal(i->span.col, at.col);
        if (i->kind == INLINE_TEXT && i->text.len == bytes.len && i->text.at == bytes.at)
            assert_true(str_eq(bytes, i->text));
        assert_true(i->kind == INLINE_SOFT || bytes.len > 0);
    }
}

static void assert_blocks_in_place(const struct document *doc, const struct block *first) {
    for (const struct block *b = first; b; b = b->next) {
        assert_true(b->span.line > 0 && b->span.begin <= b->span.end);
        for (const struct block *inner = b->first; inner; inner = inner->next)
            assert_true(inner->span.begin >= b->span.begin && inner->span.end <= b->span.end);
        assert_inlines_in_place(doc, b->inlines);
        assert_blocks_in_place(doc, b->first);
    }
}

static void every_place_names_the_bytes_that_it_came_from(void **state) {
    (void)state;
    for (size_t i = 0; i < pastes.gl_pathc; i++) {
        struct document doc = read_paste(pastes.gl_pathv[i]);
        assert_blocks_in_place(&doc, doc.body->first);
    }
}

/* What must end soon and lose nothing, however long it is. */
static void hostile_texts_are_read_in_time(void **state) {
    (void)state;
    static const char *const pieces[] = {"a\n",
                                         "a\t",
                                         "a",
                                         "fooBar",
                                         "What?\n",
                                         "Q: a?\n",
                                         "Name: v\n",
                                         "|a",
                                         "a  b  c\n",
                                         "• x\n",
                                         "Feature\nA\n",
                                         "Table of Contents\n",
                                         "Comments\nReply\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf text = BUF_INIT;
        struct document doc;
        for (unsigned n = 0; n < 100000; n++)
            buf_put(&text, str_of(pieces[i]));
        assert_true(paste_open(&doc, &a, buf_str(&text), &messages));
        buf_free(&text);
        assert_int_equal(first_lost_line(&a, &doc), 0);
        arena_reset(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_paste_is_read_as_expected, clean, clean),
        cmocka_unit_test_setup_teardown(no_line_of_any_paste_is_lost, clean, clean),
        cmocka_unit_test_setup_teardown(each_paste_imported_is_the_same_document, clean, clean),
        cmocka_unit_test_setup_teardown(every_place_names_the_bytes_that_it_came_from, clean,
                                        clean),
        cmocka_unit_test_setup_teardown(hostile_texts_are_read_in_time, clean, clean),
    };
    return cmocka_run_group_tests_name("paste", tests, find_pastes, forget_pastes);
}

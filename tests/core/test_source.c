#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source.h"

#include <string.h>

static struct arena a;
static struct diags messages;

static int clean(void **state) {
    (void)state;
    arena_free(&a);
    messages = (struct diags){.arena = &a};
    return 0;
}

static bool open_source(struct source *s, struct str bytes) {
    return source_open(s, &a, STR("content/a.md"), STR("a.md"), bytes, &messages);
}

static void assert_place(const struct source *s, size_t offset, uint32_t line, uint32_t col) {
    struct place at = source_place(s, offset);
    assert_int_equal(at.line, line);
    assert_int_equal(at.col, col);
}

static void the_text_is_copied_with_a_newline_and_a_nul_behind(void **state) {
    (void)state;
    char bytes[] = "text";
    struct source s;
    assert_true(open_source(&s, (struct str){bytes, 4}));
    bytes[0] = 'n';
    assert_int_equal(s.text.len, 4);
    assert_memory_equal(s.text.at, "text\n\0", 6);
    assert_true(str_eq(s.path, STR("a.md")));
    assert_true(str_eq(s.place, STR("content/a.md")));
}

static void lines_end_at_any_kind_of_line_end(void **state) {
    (void)state;
    struct source s;
    assert_true(open_source(&s, STR("one\ntwo\r\nthree\rfour\r\rsix")));
    assert_int_equal(s.line_count, 6);
    const char *lines[] = {"one", "two", "three", "four", "", "six"};
    for (uint32_t i = 0; i < 6; i++)
        assert_true(str_eq(source_line(&s, i + 1), str_of(lines[i])));
    assert_int_equal(source_line(&s, 0).len, 0);
    assert_int_equal(source_line(&s, 7).len, 0);
    assert_place(&s, 0, 1, 1);
    assert_place(&s, 4, 2, 1);
    assert_place(&s, 8, 2, 5); /* between CR and LF */
    assert_place(&s, 9, 3, 1);
    assert_place(&s, 15, 4, 1);
    assert_place(&s, 20, 5, 1);
}

static void the_end_after_a_line_end_is_a_line_of_its_own(void **state) {
    (void)state;
    struct source s;
    assert_true(open_source(&s, STR("a\n")));
    assert_place(&s, 2, 2, 1);
    assert_place(&s, 999, 2, 1);
    assert_true(open_source(&s, STR("a\r")));
    assert_place(&s, 2, 2, 1);
    assert_true(open_source(&s, STR("")));
    assert_int_equal(s.line_count, 1);
    assert_place(&s, 0, 1, 1);
}

static void columns_count_code_points(void **state) {
    (void)state;
    struct source s;
    assert_true(open_source(&s, STR("x\n\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80z")));
    assert_place(&s, 2, 2, 1);
    assert_place(&s, 4, 2, 2);
    assert_place(&s, 7, 2, 3);
    assert_place(&s, 11, 2, 4);
    struct span span = source_span(&s, 7, 11);
    assert_int_equal(span.begin, 7);
    assert_int_equal(span.end, 11);
    assert_int_equal(span.line, 2);
    assert_int_equal(span.col, 3);
}

static void a_byte_order_mark_is_no_column(void **state) {
    (void)state;
    struct source s;
    assert_true(open_source(&s, STR("\xEF\xBB\xBFtitle\n\xEF\xBB\xBFx")));
    assert_place(&s, 0, 1, 1);
    assert_place(&s, 3, 1, 1);
    assert_place(&s, 5, 1, 3);
    assert_place(&s, 12, 2, 2);
    assert_true(str_eq(source_line(&s, 1), STR("title")));
}

/* Counted from the line's begin for each place, this would take hours. */
static void places_in_a_very_long_line_are_exact_and_quick(void **state) {
    (void)state;
    enum { COUNT = 500000 };
    char *bytes = arena_alloc(&a, 2 + 3 * COUNT);
    memcpy(bytes, "x\n", 2);
    for (size_t i = 0; i < COUNT; i++)
        memcpy(bytes + 2 + 3 * i, "\xC3\xA4.", 3);
    struct source s;
    assert_true(open_source(&s, (struct str){bytes, 2 + 3 * COUNT}));
    for (uint32_t i = 0; i < COUNT; i++) {
        struct place at = source_place(&s, 2 + 3 * i);
        if (at.line != 2 || at.col != 2 * i + 1)
            assert_place(&s, 2 + 3 * i, 2, 2 * i + 1);
    }
}

static void a_million_line_ends_of_one_kind_are_found_quickly(void **state) {
    (void)state;
    enum { COUNT = 1000000 };
    char *bytes = arena_alloc(&a, COUNT);
    struct source s;
    memset(bytes, '\r', COUNT);
    assert_true(open_source(&s, (struct str){bytes, COUNT}));
    assert_int_equal(s.line_count, COUNT + 1);
    memset(bytes, '\n', COUNT);
    assert_true(open_source(&s, (struct str){bytes, COUNT}));
    assert_int_equal(s.line_count, COUNT + 1);
    assert_place(&s, COUNT - 1, COUNT, 1);
}

static void assert_refused(struct str bytes, const char *code, uint32_t line, uint32_t col,
                           const char *text) {
    struct source s;
    messages = (struct diags){.arena = &a};
    assert_false(open_source(&s, bytes));
    assert_int_equal(messages.errors, 1);
    assert_string_equal(messages.first->code.at, code);
    assert_string_equal(messages.first->at.path.at, "content/a.md");
    assert_int_equal(messages.first->at.line, line);
    assert_int_equal(messages.first->at.col, col);
    assert_non_null(strstr(messages.first->text.at, text));
    assert_true(messages.first->help.len > 0);
}

static void invalid_utf8_is_refused_with_its_place(void **state) {
    (void)state;
    assert_refused(STR("ok\n\xC3\xA4 \xFF"), "file-utf8", 2, 3, "byte 0xFF at offset 6");
    assert_refused(STR("\xEF\xBB\xBF\xC3"), "file-utf8", 1, 1, "byte 0xC3 at offset 3");
}

static void a_nul_is_refused_with_its_place(void **state) {
    (void)state;
    assert_refused((struct str){"a\nbc\0d", 6}, "file-nul", 2, 3, "offset 4");
}

static void utf16_is_called_by_its_name(void **state) {
    (void)state;
    assert_refused((struct str){"\xFF\xFEt\0", 4}, "file-utf16", 1, 1, "UTF-16");
    assert_refused((struct str){"\xFE\xFF\0t", 4}, "file-utf16", 1, 1, "UTF-16");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clean, clean)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_text_is_copied_with_a_newline_and_a_nul_behind),
        TEST(lines_end_at_any_kind_of_line_end),
        TEST(the_end_after_a_line_end_is_a_line_of_its_own),
        TEST(columns_count_code_points),
        TEST(a_byte_order_mark_is_no_column),
        TEST(places_in_a_very_long_line_are_exact_and_quick),
        TEST(a_million_line_ends_of_one_kind_are_found_quickly),
        TEST(invalid_utf8_is_refused_with_its_place),
        TEST(a_nul_is_refused_with_its_place),
        TEST(utf16_is_called_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

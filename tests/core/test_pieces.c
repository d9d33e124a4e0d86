#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pieces.h"

#include <string.h>

static struct arena a;
static struct diags messages;
static struct pieces pieces;

static int clean(void **state) {
    (void)state;
    arena_free(&a);
    messages = (struct diags){.arena = &a};
    pieces = (struct pieces){0};
    return 0;
}

static void join(const char *file, const char *text, const struct file_piece *list,
                 uint32_t count) {
    assert_true(source_open(&pieces.file, &a, STR("content/a.x"), STR("a.x"), str_of(file),
                            &messages));
    pieces.list = list;
    pieces.count = count;
    assert_true(pieces_join(&pieces, &a, str_of(text), &messages));
}

/* Where the text's byte at `offset` stands in the file. */
static size_t found(size_t offset) {
    return pieces_find(&pieces, pieces.begin + offset);
}

static void the_text_begins_a_line_behind_any_file(void **state) {
    (void)state;
    static const char *const files[] = {"", "a", "a\n", "a\r", "a\r\n", "\n\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        join(files[i], "text", NULL, 0);
        assert_true(str_eq(source_line(&pieces.both, pieces.first_line), STR("text")));
        assert_int_equal(pieces.begin, strlen(files[i]) + 1);
    }
}

static void a_part_of_the_file_goes_on_as_the_file_does(void **state) {
    (void)state;
    static const struct file_piece list[] = {{.begin = 0, .at = 4, .runs_along = true},
                                          {.begin = 3, .at = 0, .runs_along = true}};
    join("one\ntwo\n", "twoone", list, 2);
    assert_int_equal(found(0), 4);
    assert_int_equal(found(2), 6);
    assert_int_equal(found(3), 0);
    assert_int_equal(found(5), 2);
}

static void another_text_in_its_place_stands_there_as_a_whole(void **state) {
    (void)state;
    static const struct file_piece list[] = {{.begin = 0, .at = 4}};
    join("one\ntwo\n", "something", list, 1);
    assert_int_equal(found(0), 4);
    assert_int_equal(found(8), 4);
}

static void words_of_nobody_stand_where_what_follows_does_or_what_is_before(void **state) {
    (void)state;
    static const struct file_piece list[] = {{.begin = 0, .is_nowhere = true},
                                          {.begin = 2, .at = 4, .runs_along = true},
                                          {.begin = 5, .is_nowhere = true}};
    join("one\ntwo\n", "- two!", list, 3);
    assert_int_equal(found(1), 4);
    assert_int_equal(found(5), 4);
    join("one\n", "words", NULL, 0);
    assert_int_equal(found(3), 0);
}

static void what_claims_too_much_ends_with_the_file(void **state) {
    (void)state;
    static const struct file_piece list[] = {{.begin = 0, .at = 3, .runs_along = true}};
    join("one\n", "a long text", list, 1);
    assert_int_equal(found(9), 4);
}

static void values_are_brought_to_the_file_once(void **state) {
    (void)state;
    static const struct file_piece list[] = {{.begin = 0, .at = 4, .runs_along = true}};
    join("one\ntwo\n", "two", list, 1);
    struct span in_text = source_span(&pieces.both, pieces.begin + 1, pieces.begin + 2);
    struct span in_file = source_span(&pieces.file, 1, 2);
    struct value *moved = value_string(&a, STR("w"), in_text);
    struct value *kept = value_string(&a, STR("n"), in_file), *list_of = value_list(&a, in_text);
    value_push(&a, list_of, moved);
    value_push(&a, list_of, moved); // shared, as an article's parts are
    value_push(&a, list_of, kept);
    value_push(&a, list_of, value_nil(&a));
    pieces_place_value(&pieces, list_of);
    assert_int_equal(moved->span.line, 2);
    assert_int_equal(moved->span.col, 2);
    assert_int_equal(list_of->span.begin, 5);
    assert_int_equal(kept->span.col, 2);
    assert_int_equal(kept->span.line, 1);
    assert_int_equal(list_of->items[3]->span.line, 0);
}

static void messages_are_brought_to_the_file(void **state) {
    (void)state;
    static const struct file_piece list[] = {{.begin = 2, .at = 4, .runs_along = true}};
    join("one\nt\xC3\xBCwo\n", "- t\xC3\xBCwo", list, 1);
    diag_warning(&messages, source_place(&pieces.file, 1), "x", "in the file");
    diag_warning(&messages, source_place(&pieces.both, pieces.begin + 5), "x", "in the text");
    struct place elsewhere = {STR("plugins/x.lua"), 99, 1};
    diag_warning(&messages, elsewhere, "x", "in another file");
    pieces_place_messages(&pieces, messages.first);
    assert_int_equal(messages.first->at.line, 1);
    assert_int_equal(messages.first->at.col, 2);
    assert_int_equal(messages.first->next->at.line, 2);
    assert_int_equal(messages.first->next->at.col, 3);
    assert_int_equal(messages.last->at.line, 99);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, clean, clean)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_text_begins_a_line_behind_any_file),
        TEST(a_part_of_the_file_goes_on_as_the_file_does),
        TEST(another_text_in_its_place_stands_there_as_a_whole),
        TEST(words_of_nobody_stand_where_what_follows_does_or_what_is_before),
        TEST(what_claims_too_much_ends_with_the_file),
        TEST(values_are_brought_to_the_file_once),
        TEST(messages_are_brought_to_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

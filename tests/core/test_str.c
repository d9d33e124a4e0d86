#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "str.h"

#include <string.h>

static void equality_is_by_bytes_and_length(void **state) {
    (void)state;
    assert_true(str_eq(STR("abc"), STR("abc")));
    assert_false(str_eq(STR("abc"), STR("abd")));
    assert_false(str_eq(STR("abc"), STR("ab")));
    assert_true(str_eq(str_of(NULL), STR("")));
    assert_true(str_eq((struct str){"a\0b", 3}, (struct str){"a\0b", 3}));
    assert_false(str_eq((struct str){"a\0b", 3}, (struct str){"a\0c", 3}));
}

static void comparison_orders_by_unsigned_bytes_then_length(void **state) {
    (void)state;
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("\xC3"), STR("z")) > 0);
    assert_int_equal(str_compare(STR(""), str_of(NULL)), 0);
}

static void prefixes_and_suffixes_may_be_the_whole(void **state) {
    (void)state;
    assert_true(str_starts(STR("faq.csv"), STR("faq.csv")));
    assert_true(str_starts(STR("faq.csv"), STR("")));
    assert_false(str_starts(STR("fa"), STR("faq")));
    assert_true(str_ends(STR("faq.csv"), STR(".csv")));
    assert_false(str_ends(STR("csv"), STR(".csv")));
}

static void slices_are_clamped(void **state) {
    (void)state;
    assert_true(str_eq(str_slice(STR("hello"), 1, 3), STR("el")));
    assert_true(str_eq(str_slice(STR("hello"), 3, 99), STR("lo")));
    assert_int_equal(str_slice(STR("hello"), 4, 2).len, 0);
    assert_int_equal(str_from(STR("hello"), 99).len, 0);
}

static void trimming_takes_ascii_space_only(void **state) {
    (void)state;
    assert_true(str_eq(str_trim(STR(" \t\r\n\v\fa b ")), STR("a b")));
    assert_true(str_eq(str_trim_end(STR(" a ")), STR(" a")));
    assert_true(str_eq(str_trim(STR("\xC2\xA0")), STR("\xC2\xA0")));
    assert_int_equal(str_trim(STR(" \n ")).len, 0);
}

static void a_search_without_a_hit_gives_the_length(void **state) {
    (void)state;
    assert_int_equal(str_find(STR("a: b: c"), STR(": ")), 1);
    assert_int_equal(str_find(STR("abc"), STR("bd")), 3);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR("a"), STR("ab")), 1);
    assert_int_equal(str_find_char(STR("a/b/c"), '/'), 1);
    assert_int_equal(str_rfind_char(STR("a/b/c"), '/'), 3);
    assert_int_equal(str_rfind_char(STR(""), '/'), 0);
}

static void a_search_does_not_look_behind_the_slice(void **state) {
    (void)state;
    struct str front = str_slice(STR("ab|cd"), 0, 2);
    assert_int_equal(str_find_char(front, '|'), 2);
    assert_int_equal(str_find(front, STR("b|")), 2);
}

static void any_byte_of_a_set_is_found_at_every_distance(void **state) {
    (void)state;
    static const bool set[256] = {[':'] = true, [0xFF] = true};
    char text[40];
    memset(text, 'x', sizeof text);
    for (size_t at = 0; at < sizeof text; at++)
        for (size_t begin = 0; begin <= at; begin++) {
            text[at] = at % 2 ? ':' : '\xFF';
            assert_int_equal(str_find_any((struct str){text, sizeof text}, begin, set), at);
            assert_int_equal(str_find_any((struct str){text, at}, begin, set), at);
            text[at] = 'x';
        }
    assert_int_equal(str_find_any(str_of(NULL), 0, set), 0);
}

static void cutting_visits_every_part_and_the_empty_ones(void **state) {
    (void)state;
    struct str rest = STR("a,,b,"), part;
    const char *expected[] = {"a", "", "b", ""};
    size_t count = 0;
    while (str_cut(&rest, ',', &part))
        assert_true(str_eq(part, str_of(expected[count++])));
    assert_int_equal(count, 4);
}

static void case_is_folded_for_ascii_only(void **state) {
    (void)state;
    assert_true(str_eq_nocase(STR("FaQ"), STR("fAq")));
    assert_false(str_eq_nocase(STR("\xC3\x84"), STR("\xC3\xA4")));
    assert_false(str_eq_nocase(STR("faq"), STR("faqs")));
    assert_int_equal(str_lower_char('@'), '@');
    assert_int_equal(str_lower_char('['), '[');
}

static void distance_counts_insert_delete_replace_and_swap(void **state) {
    (void)state;
    assert_int_equal(str_distance(STR("title"), STR("title")), 0);
    assert_int_equal(str_distance(STR("titel"), STR("title")), 1);
    assert_int_equal(str_distance(STR("tite"), STR("title")), 1);
    assert_int_equal(str_distance(STR("tittle"), STR("title")), 1);
    assert_int_equal(str_distance(STR("tidle"), STR("title")), 1);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
    assert_int_equal(str_distance(STR("abc"), STR("")), 3);
}

static void distance_gives_up_on_long_texts(void **state) {
    (void)state;
    char text[65];
    memset(text, 'x', sizeof text);
    assert_int_equal(str_distance((struct str){text, 65}, STR("x")), 255);
    assert_int_equal(str_distance((struct str){text, 64}, (struct str){text, 64}), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_is_by_bytes_and_length),
        cmocka_unit_test(comparison_orders_by_unsigned_bytes_then_length),
        cmocka_unit_test(prefixes_and_suffixes_may_be_the_whole),
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(trimming_takes_ascii_space_only),
        cmocka_unit_test(a_search_without_a_hit_gives_the_length),
        cmocka_unit_test(a_search_does_not_look_behind_the_slice),
        cmocka_unit_test(any_byte_of_a_set_is_found_at_every_distance),
        cmocka_unit_test(cutting_visits_every_part_and_the_empty_ones),
        cmocka_unit_test(case_is_folded_for_ascii_only),
        cmocka_unit_test(distance_counts_insert_delete_replace_and_swap),
        cmocka_unit_test(distance_gives_up_on_long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "buf.h"

static void bytes_are_appended_in_order(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_put(&b, STR("a"));
    buf_char(&b, ',');
    buf_printf(&b, "%d", 42);
    buf_put(&b, str_of(NULL));
    assert_true(str_eq(buf_str(&b), STR("a,42")));
    buf_free(&b);
    assert_int_equal(buf_str(&b).len, 0);
    assert_non_null(buf_str(&b).at);
}

static void a_buffer_grows_as_far_as_it_is_written(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    for (unsigned i = 0; i < 100000; i++)
        buf_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.len, 100000);
    for (unsigned i = 0; i < 100000; i++)
        assert_int_equal(b.at[i], 'a' + i % 26);
    assert_false(b.full);
    buf_free(&b);
}

static void a_long_formatted_text_is_written_whole(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_printf(&b, "%511d", 1);
    buf_printf(&b, "%512d", 2);
    buf_printf(&b, "%4000d", 3);
    assert_int_equal(b.len, 511 + 512 + 4000);
    assert_int_equal(b.at[510], '1');
    assert_int_equal(b.at[1022], '2');
    assert_int_equal(b.at[5022], '3');
    buf_free(&b);
}

static void what_would_pass_the_ceiling_is_left_out(void **state) {
    (void)state;
    struct buf b = {.max = 5};
    buf_put(&b, STR("1234"));
    assert_false(b.full);
    buf_put(&b, STR("56"));
    assert_true(b.full);
    assert_true(str_eq(buf_str(&b), STR("1234")));
    assert_null(buf_reserve(&b, 2));
    buf_char(&b, '5');
    assert_true(str_eq(buf_str(&b), STR("12345")));
    buf_char(&b, '6');
    assert_int_equal(b.len, 5);
    buf_free(&b);
}

static void reserved_room_can_be_written(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_put(&b, STR("x"));
    char *room = buf_reserve(&b, 10000);
    memset(room, 'y', 10000);
    b.len += 10000;
    assert_int_equal(buf_str(&b).at[10000], 'y');
    assert_int_equal(buf_str(&b).at[0], 'x');
    buf_free(&b);
}

static void collect(struct buf *b) {
    buf_put(b->owner, buf_str(b));
    b->len = 0;
}

static void a_spilling_buffer_hands_everything_on_in_order(void **state) {
    (void)state;
    char small[8];
    struct buf all = BUF_INIT;
    struct buf b = {.at = small, .cap = sizeof small, .spill = collect, .owner = &all};
    buf_put(&b, STR("abc"));
    buf_put(&b, STR("defghijklmnopqrstuvwxyz"));
    for (char c = '0'; c <= '9'; c++)
        buf_char(&b, c);
    collect(&b);
    assert_true(str_eq(buf_str(&all), STR("abcdefghijklmnopqrstuvwxyz0123456789")));
    buf_free(&all);
}

static void code_points_are_written_as_utf8(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    const uint32_t points[] = {'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        buf_code_point(&b, points[i]);
    assert_true(str_eq(buf_str(&b), STR("a\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBD"
                                        "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF")));
    buf_free(&b);
}

static void numbers_are_written_in_digits(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    buf_number(&b, 0);
    buf_char(&b, ' ');
    buf_number(&b, 1090);
    buf_char(&b, ' ');
    buf_number(&b, UINT32_MAX);
    assert_true(str_eq(buf_str(&b), STR("0 1090 4294967295")));
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_appended_in_order),
        cmocka_unit_test(a_buffer_grows_as_far_as_it_is_written),
        cmocka_unit_test(a_long_formatted_text_is_written_whole),
        cmocka_unit_test(what_would_pass_the_ceiling_is_left_out),
        cmocka_unit_test(reserved_room_can_be_written),
        cmocka_unit_test(a_spilling_buffer_hands_everything_on_in_order),
        cmocka_unit_test(code_points_are_written_as_utf8),
        cmocka_unit_test(numbers_are_written_in_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

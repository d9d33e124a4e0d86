#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entities.h"

static void check(const char *reference, const char *expected) {
    char room[4];
    struct str text = entities_decode(str_of(reference), room);
    assert_int_equal(text.len, str_of(expected).len);
    assert_memory_equal(text.at, expected, text.len);
}

static void names_stand_for_their_text(void **state) {
    (void)state;
    check("&amp;", "&");
    check("&AElig;", "\xC3\x86");
    check("&zwnj;", "\xE2\x80\x8C");
    check("&CounterClockwiseContourIntegral;", "\xE2\x88\xB3");
    check("&NotEqualTilde;", "\xE2\x89\x82\xCC\xB8"); /* two code points */
    check("&bsol;", "\\");
    check("&quot;", "\"");
}

static void names_are_of_one_case_and_end_with_a_semicolon(void **state) {
    (void)state;
    check("&nosuch;", "");
    check("&Amp;", "");
    check("&amp", "");
    check("&copy", "");
    check("", "");
    check("&;", "");
}

static void numbers_stand_for_code_points(void **state) {
    (void)state;
    check("&#65;", "A");
    check("&#x41;", "A");
    check("&#X00e9;", "\xC3\xA9");
    check("&#8212;", "\xE2\x80\x94");
    check("&#x1F600;", "\xF0\x9F\x98\x80");
}

static void what_is_no_character_becomes_the_replacement_character(void **state) {
    (void)state;
    check("&#0;", "\xEF\xBF\xBD");
    check("&#xD800;", "\xEF\xBF\xBD");
    check("&#x110000;", "\xEF\xBF\xBD");
    check("&#9999999;", "\xEF\xBF\xBD");
}

static void too_many_digits_are_no_reference(void **state) {
    (void)state;
    assert_int_equal(entities_match(STR("&#12345678;")), 0);
    assert_int_equal(entities_match(STR("&#x1234567;")), 0);
    assert_int_equal(entities_match(STR("&#;")), 0);
    assert_int_equal(entities_match(STR("&#x;")), 0);
    assert_int_equal(entities_match(STR("&#xg;")), 0);
}

static void a_match_says_where_the_reference_ends(void **state) {
    (void)state;
    assert_int_equal(entities_match(STR("&lt;b&gt;")), 4);
    assert_int_equal(entities_match(STR("&#60; ")), 5);
    assert_int_equal(entities_match(STR("AT&T;")), 0);
    assert_int_equal(entities_match(STR("& amp;")), 0);
    assert_int_equal(entities_match(STR("&abcdefghijklmnopqrstuvwxyzabcdefgh;")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stand_for_their_text),
        cmocka_unit_test(names_are_of_one_case_and_end_with_a_semicolon),
        cmocka_unit_test(numbers_stand_for_code_points),
        cmocka_unit_test(what_is_no_character_becomes_the_replacement_character),
        cmocka_unit_test(too_many_digits_are_no_reference),
        cmocka_unit_test(a_match_says_where_the_reference_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

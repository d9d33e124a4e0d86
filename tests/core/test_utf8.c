#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static struct arena a;

static int free_arena(void **state) {
    (void)state;
    arena_free(&a);
    return 0;
}

static void valid_text_of_any_length_passes(void **state) {
    (void)state;
    static const struct str valid[] = {
        STR_INIT(""), STR_INIT("plain ascii text"), STR_INIT("\xC2\x80\xDF\xBF"),
        STR_INIT("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"),
        STR_INIT("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), STR_INIT("\0\x7F"),
        STR_INIT("1234567\xC3\xA4" "12345678\xF0\x9F\x98\x80" "9"),
    };
    size_t bad = 0;
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
        assert_true(utf8_check(valid[i], &bad));
}

static void the_first_bad_byte_is_named(void **state) {
    (void)state;
    static const struct {
        struct str text;
        size_t bad;
    } invalid[] = {
        {STR_INIT("abc\x80"), 3},                   /* continuation without a lead */
        {STR_INIT("a\xC0\xAF"), 1},                 /* overlong */
        {STR_INIT("\xC1\xBF"), 0},                  /* overlong */
        {STR_INIT("\xE0\x9F\xBF"), 0},              /* overlong */
        {STR_INIT("\xF0\x8F\xBF\xBF"), 0},          /* overlong */
        {STR_INIT("ab\xED\xA0\x80"), 2},            /* surrogate */
        {STR_INIT("\xF4\x90\x80\x80"), 0},          /* above U+10FFFF */
        {STR_INIT("\xF5\x80\x80\x80"), 0},
        {STR_INIT("12345678\xFF"), 8},
        {STR_INIT("12345678\xC3"), 8},              /* cut short */
        {STR_INIT("\xC3\xA4\xE2\x82"), 2},          /* cut short */
        {STR_INIT("\xF0\x9F\x98" "a"), 0},
        {STR_INIT("1234567812345678\xC3\xA4\xC3("), 18},
    };
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        size_t bad = 99;
        assert_false(utf8_check(invalid[i].text, &bad));
        assert_int_equal(bad, invalid[i].bad);
    }
}

/* Every code point: what RFC 3629 allows is accepted, decoded and counted, and nothing else. */
static void every_code_point_goes_through(void **state) {
    (void)state;
    for (uint32_t c = 0x800; c <= 0xFFFF; c++) {
        char bytes[] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 63)),
                        (char)(0x80 | (c & 63))};
        struct str text = {bytes, 3};
        size_t bad, at = 0;
        bool is_surrogate = c >= 0xD800 && c <= 0xDFFF;
        assert_int_equal(utf8_check(text, &bad), !is_surrogate);
        if (is_surrogate)
            continue;
        assert_int_equal(utf8_next(text, &at), c);
        assert_int_equal(at, 3);
        assert_int_equal(utf8_count(text), 1);
    }
}

/* Texts of an image that a worker made up: the sanitizers see what is read too far. */
static void nothing_behind_the_end_is_read(void **state) {
    (void)state;
    static const char leads[] = "\xC3\xE2\xF0\xFF\x80";
    for (size_t i = 0; i + 1 < sizeof leads; i++)
        for (size_t len = 1; len < 4; len++) {
            char *bytes = malloc(len);
            size_t at = 0;
            memset(bytes, '\x80', len);
            bytes[0] = leads[i];
            while (at < len)
                utf8_next((struct str){bytes, len}, &at);
            assert_int_equal(at, len);
            free(bytes);
        }
}

static void code_points_are_decoded_and_counted(void **state) {
    (void)state;
    struct str text = STR("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80z and more than eight");
    size_t at = 0;
    const uint32_t expected[] = {'a', 0xE4, 0x20AC, 0x1F600, 'z'};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(utf8_next(text, &at), expected[i]);
    assert_int_equal(at, 11);
    assert_int_equal(utf8_count(text), 5 + 20);
    assert_int_equal(utf8_count(STR("\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4")), 5);
    assert_int_equal(utf8_count(STR("")), 0);
}

static void characters_have_their_class_in_any_script(void **state) {
    (void)state;
    assert_true(utf8_is_letter('q') && utf8_is_letter(0xE4) && utf8_is_letter(0x4E2D));
    assert_true(utf8_is_letter(0x633));
    assert_false(utf8_is_letter('1') || utf8_is_letter('_') || utf8_is_letter(0x1F600));
    assert_true(utf8_is_upper('A') && utf8_is_upper(0xC4) && utf8_is_upper(0x1C5));
    assert_false(utf8_is_upper('a') || utf8_is_upper(0x4E2D));
    assert_true(utf8_is_lower('a') && utf8_is_lower(0xDF));
    assert_false(utf8_is_lower('A') || utf8_is_lower(0x633));
    assert_true(utf8_is_digit('7') && utf8_is_digit(0x6F5) && utf8_is_digit(0x967));
    assert_false(utf8_is_digit(0xBD) || utf8_is_digit(0x2164));
}

static void white_space_is_unicodes_and_the_zero_width_ones(void **state) {
    (void)state;
    const uint32_t spaces[] = {' ', '\t', '\n', 0x85, 0xA0, 0x1680, 0x2000, 0x200A,
                               0x200B, 0x2028, 0x202F, 0x205F, 0x3000, 0xFEFF};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        assert_true(utf8_is_space(spaces[i]));
    assert_false(utf8_is_space('a') || utf8_is_space(0x200C) || utf8_is_space(0x180E));
    assert_false(utf8_is_space(0));
}

static void the_first_strong_character_gives_the_direction(void **state) {
    (void)state;
    assert_true(utf8_is_rtl(STR("123 – مرحبا hello")));
    assert_true(utf8_is_rtl(STR("שלום")));
    assert_false(utf8_is_rtl(STR("hello مرحبا")));
    assert_false(utf8_is_rtl(STR("123 !?")));
    assert_false(utf8_is_rtl(STR("")));
}

static void isolates_are_passed_over(void **state) {
    (void)state;
    assert_true(utf8_is_rtl(STR("\xE2\x81\xA6" "hello" "\xE2\x81\xA9" "مرحبا")));
    assert_false(utf8_is_rtl(STR("\xE2\x81\xA7" "مرحبا" "\xE2\x81\xA9" "hello")));
    assert_true(utf8_is_rtl(STR("\xE2\x81\xA9" "مرحبا")));
}

static void assert_fold(const char *text, const char *expected) {
    assert_string_equal(utf8_fold(&a, str_of(text)).at, expected);
}

static void folding_joins_what_file_systems_may_confuse(void **state) {
    (void)state;
    assert_fold("README.md", "readme.md");
    assert_fold("Ärger", "ärger");
    assert_fold("A\xCC\x88rger", "ärger");
    assert_fold("STRASSE", "strasse");
    assert_fold("Straße", "strasse");
    assert_fold("Привет", "привет");
    assert_fold("", "");
}

static void slugs_keep_letters_and_digits_of_any_script(void **state) {
    (void)state;
    static const char *const table[][2] = {
        {"Q & A!", "q-a"},
        {"  Myofascial Release: what it is?  ", "myofascial-release-what-it-is"},
        {"Über Größe", "über-größe"},
        {"U\xCC\x88" "ber", "über"},
        {"سوالات اور جوابات", "سوالات-اور-جوابات"},
        {"हिन्दी में", "हिन्दी-में"},
        {"中文 标题", "中文-标题"},
        {"100 % \xF0\x9F\x98\x80 fun", "100-fun"},
        {"co\xC2\xADoperate", "cooperate"},
        {"--a__b--", "a-b"},
        {"../../etc/passwd", "etc-passwd"},
        {"!?\xE2\x80\x93", ""},
        {"\xCC\x88" "a", "a"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(utf8_slug(&a, str_of(table[i][0])).at, table[i][1]);
}

static void words_are_counted_in_any_script(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t words;
    } table[] = {
        {"", 0},
        {"  – … ", 0},
        {"one two\nthree", 3},
        {"don't stop", 2},
        {"don\xE2\x80\x99t", 1},
        {"'quoted' words.", 2},
        {"well-known", 2},
        {"1,000.5 metres", 2},
        {"a,b", 2},
        {"e\xCC\x81t\xC3\xA9", 1},
        {"می‌خواهم", 1},
        {"مرحبا بالعالم", 2},
        {"हिन्दी में", 2},
        {"中文字", 3},
        {"ab中c", 3},
        {"ไทย", 3},
        {"カタ", 2},
        {"\xF0\x9F\x98\x80 ok", 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(utf8_words(str_of(table[i].text)), table[i].words);
}

/* Eight bytes are counted at once: every text is moved over their borders. */
static void words_are_counted_wherever_they_stand(void **state) {
    (void)state;
    static const char text[] = "don't stop at 1,000.5 or U.S., no: site_name, caf\xC3\xA9s x'";
    char moved[120];
    for (size_t spaces = 0; spaces < 17; spaces++) {
        memset(moved, ' ', spaces);
        memcpy(moved + spaces, text, sizeof text);
        memcpy(moved + spaces + sizeof text - 1, "and more  ", 10);
        for (size_t cut = 0; cut < 9; cut++) {
            struct str s = {moved, spaces + sizeof text - 1 + cut};
            assert_int_equal(utf8_words(s), cut < 5 ? 10 : 11);
        }
    }
}

static void assert_visible(struct str text, const char *expected) {
    assert_string_equal(utf8_visible(&a, text).at, expected);
}

static void what_cannot_be_seen_is_spelled_out(void **state) {
    (void)state;
    assert_visible(STR("tab\tstays, \xC3\xA4 too"), "tab\tstays, \xC3\xA4 too");
    assert_visible(STR("\x1b[31m\r\n"), "\\x1b[31m\\x0d\\x0a");
    assert_visible((struct str){"a\0b", 3}, "a\\x00b");
    assert_visible(STR("\x7F\xC2\x9B"), "\\x7f\\u{9b}");
    assert_visible(STR("\xE2\x80\xAE" "evil"), "\\u{202e}evil");
    assert_visible(STR("\xE2\x80\x8B\xEF\xBB\xBF\xE2\x80\xA8"), "\\u{200b}\\u{feff}\\u{2028}");
    assert_visible(STR("\xFF\xC3(\xED\xA0\x80"), "\\xff\\xc3(\\xed\\xa0\\x80");
    assert_visible(STR("\xF3\xA0\x81\x81"), "\\u{e0041}");
}

/* utf8proc alone would take minutes for this. */
static void a_long_run_of_marks_is_normalized_quickly(void **state) {
    (void)state;
    enum { PAIRS = 200000 };
    char *marks = arena_alloc(&a, 1 + 4 * PAIRS);
    marks[0] = 'a';
    for (size_t i = 0; i < PAIRS; i++)
        memcpy(marks + 1 + 4 * i, i % 2 ? "\xCC\x81\xCC\x96" : "\xCC\x96\xCC\x81", 4);
    struct str slug = utf8_slug(&a, (struct str){marks, 1 + 4 * PAIRS});
    size_t bad;
    assert_true(slug.len > 2 * PAIRS);
    assert_true(utf8_check(slug, &bad));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_text_of_any_length_passes),
        cmocka_unit_test(the_first_bad_byte_is_named),
        cmocka_unit_test(every_code_point_goes_through),
        cmocka_unit_test(code_points_are_decoded_and_counted),
        cmocka_unit_test(nothing_behind_the_end_is_read),
        cmocka_unit_test(characters_have_their_class_in_any_script),
        cmocka_unit_test(white_space_is_unicodes_and_the_zero_width_ones),
        cmocka_unit_test(the_first_strong_character_gives_the_direction),
        cmocka_unit_test(isolates_are_passed_over),
        cmocka_unit_test(folding_joins_what_file_systems_may_confuse),
        cmocka_unit_test(slugs_keep_letters_and_digits_of_any_script),
        cmocka_unit_test(words_are_counted_in_any_script),
        cmocka_unit_test(words_are_counted_wherever_they_stand),
        cmocka_unit_test(what_cannot_be_seen_is_spelled_out),
        cmocka_unit_test(a_long_run_of_marks_is_normalized_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}

#include "freezing.h"

#include <math.h>
#include <stdio.h>

#include "json.h"

static struct buf out;

static int free_all(void **state) {
    (void)state;
    buf_free(&out);
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_teardown(function, free_all)

static const char *written(void) {
    buf_char(&out, '\0');
    out.len = 0;
    return out.at;
}

static const char *json_of(const char *yaml, struct json_style style) {
    struct image image = freeze_yaml(yaml);
    json_node(&out, image_root(&image), style);
    return written();
}

static const char *flat(const char *yaml) {
    return json_of(yaml, (struct json_style){0});
}

static const char *string_of(struct str s, bool script) {
    json_string(&out, s, script);
    return written();
}

static const char *number_of(double d) {
    json_number(&out, d);
    return written();
}

static void every_type_has_its_form(void **state) {
    (void)state;
    assert_string_equal(flat("{b: 1, a: [true, false, ~, 0.5, -3], s: x, r: {}, l: []}"),
                        "{\"b\":1,\"a\":[true,false,null,0.5,-3],\"s\":\"x\",\"r\":{},\"l\":[]}");
}

static void an_indent_puts_each_item_on_its_line(void **state) {
    (void)state;
    assert_string_equal(json_of("{a: [1, {b: 2}], c: [], d: {}}", (struct json_style){.indent = 2}),
                        "{\n"
                        "  \"a\": [\n"
                        "    1,\n"
                        "    {\n"
                        "      \"b\": 2\n"
                        "    }\n"
                        "  ],\n"
                        "  \"c\": [],\n"
                        "  \"d\": {}\n"
                        "}");
}

static void a_node_inside_something_goes_on_at_its_depth(void **state) {
    (void)state;
    struct image image = freeze_yaml("a: 1");
    json_node_at(&out, image_root(&image), (struct json_style){.indent = 2}, 3);
    assert_string_equal(written(), "{\n        \"a\": 1\n      }");
}

static void what_json_cannot_hold_is_escaped(void **state) {
    (void)state;
    assert_string_equal(string_of(STR("a\"b\\c/\n\t\r\b\f\x01\x1f\x7f"), false),
                        "\"a\\\"b\\\\c/\\n\\t\\r\\b\\f\\u0001\\u001f\x7f\"");
    assert_string_equal(string_of(STR("\0x"), false), "\"\\u0000x\"");
    assert_string_equal(string_of(STR("سوال 问 😀"), false), "\"سوال 问 😀\"");
    assert_string_equal(string_of(STR(""), false), "\"\"");
}

/* Text is looked at in steps of several bytes: no place of a character may be overlooked. */
static void every_place_in_a_text_is_looked_at(void **state) {
    (void)state;
    static const char specials[] = {'"', '\\', '\n', '\x01', '\x1f', '<'};
    static const char *const escapes[] = {"\\\"", "\\\\", "\\n", "\\u0001", "\\u001f", "\\u003c"};
    for (size_t k = 0; k < sizeof specials; k++)
        for (size_t at = 0; at < 40; at++) {
            char text[40], expected[64];
            memset(text, '!', sizeof text);
            text[at] = specials[k];
            snprintf(expected, sizeof expected, "\"%.*s%s%.*s\"", (int)at, text, escapes[k],
                     (int)(sizeof text - at - 1), text + at + 1);
            struct str exact = exact_copy((struct str){text, sizeof text});
            assert_string_equal(string_of(exact, specials[k] == '<'), expected);
        }
}

/* What there is room for must not change what is written: a text that grows, in buffers that end
 * anywhere within it, and one that hands its bytes on. */
static struct buf taken;

static void take(struct buf *b) {
    buf_put(&taken, buf_str(b));
    b->len = 0;
}

static void a_text_is_the_same_wherever_a_buffer_ends(void **state) {
    (void)state;
    struct str text = STR("sixteen bytes and \"more\"\n\n\x01<&>\xE2\x80\xA8\xE2\x80\x94\\ end");
    for (size_t len = 0; len <= text.len; len++)
        for (int script = 0; script < 2; script++) {
            char *exact = must_alloc(len ? len : 1);
            memcpy(exact, text.at, len);
            const char *expected = string_of((struct str){exact, len}, script);
            for (size_t cap = 1; cap < 120; cap++) {
                char *room = must_alloc(cap);
                struct buf small = {.at = room, .cap = cap, .spill = take};
                json_string(&small, (struct str){exact, len}, script);
                take(&small);
                assert_int_equal(taken.len, strlen(expected));
                assert_memory_equal(taken.at, expected, taken.len);
                taken.len = 0;
                free(room);
            }
            free(exact);
        }
    buf_free(&taken);
}

static void text_in_a_script_element_cannot_end_it(void **state) {
    (void)state;
    assert_string_equal(
        string_of(STR("</script><!-- & \xE2\x80\xA8\xE2\x80\xA9\xE2\x80\x99"), true),
        "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029\xE2\x80\x99\"");
    assert_string_equal(string_of(STR("<&>"), false), "\"<&>\"");
    assert_string_equal(json_of("{\"</a>\": \"<b>\"}", (struct json_style){.script = true}),
                        "{\"\\u003c/a\\u003e\":\"\\u003cb\\u003e\"}");
}

static void a_separator_cut_off_at_the_end_is_no_separator(void **state) {
    (void)state;
    struct str cut = exact_copy(STR("x\xE2\x80"));
    json_text(&out, cut, true);
    assert_string_equal(written(), "x\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void bytes_that_are_not_utf8_are_replaced(void **state) {
    (void)state;
    assert_string_equal(string_of(STR("a\xFF"
                                      "b\xC0\xAF\xED\xA0\x80"),
                                  false),
                        "\"a\xEF\xBF\xBD"
                        "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                        "\xEF\xBF\xBD\"");
}

static void numbers_read_back_equal(void **state) {
    (void)state;
    static const double numbers[] = {0.1,    1.0 / 3,
                                     5e-324, 1.7976931348623157e308,
                                     -0.0,   1e15,
                                     1e16,   123456789.123456789,
                                     -2.5,   9007199254740993.0,
                                     1e22,   1e23};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double back = strtod(number_of(numbers[i]), NULL);
        assert_memory_equal(&back, &numbers[i], sizeof back);
    }
    assert_string_equal(number_of(0.1), "0.1");
    assert_string_equal(number_of(100), "100");
}

static void what_is_no_number_is_null(void **state) {
    (void)state;
    assert_string_equal(number_of((double)INFINITY), "null");
    assert_string_equal(number_of(-(double)INFINITY), "null");
    assert_string_equal(number_of((double)NAN), "null");
}

static void integers_are_written_whole(void **state) {
    (void)state;
    json_integer(&out, INT64_MIN);
    assert_string_equal(written(), "-9223372036854775808");
    json_integer(&out, INT64_MAX);
    assert_string_equal(written(), "9223372036854775807");
}

/* More than are kept in mind, with keys that need escapes and keys that are very long, each met
 * again after all others. */
static void records_of_many_shapes_keep_their_keys(void **state) {
    (void)state;
    enum { SHAPES = 150, LONG = 300 };
    struct arena *a = &frozen_arena;
    struct value *list = value_list(a, (struct span){0});
    struct buf expected = BUF_INIT;
    buf_char(&expected, '[');
    for (int i = 0; i < 2 * SHAPES; i++) {
        int n = i % SHAPES;
        struct value *record = value_record(a, (struct span){0});
        struct str key = arena_printf(a, "k\n%0*d", n % 3 ? 3 : LONG, n);
        value_set(a, record, STR("n"), value_integer(a, i));
        value_set(a, record, n % 2 ? str_from(key, 2) : key, value_nil(a));
        value_push(a, list, record);
        buf_printf(&expected, "%s{\"n\":%d,\"%s%.*s\":null}", i ? "," : "", i, n % 2 ? "" : "k\\n",
                   STR_ARG(str_from(key, 2)));
    }
    buf_char(&expected, ']');
    struct image image = freeze(list);
    json_node(&out, image_root(&image), (struct json_style){0});
    assert_int_equal(out.len, expected.len);
    assert_memory_equal(out.at, expected.at, out.len);
    buf_free(&expected);
}

static void items_of_a_subject_are_plain_text(void **state) {
    (void)state;
    assert_string_equal(flat("{subject: S, items: [{text: a, html: <b>a</b>}, {text: b}]}"),
                        "{\"subject\":\"S\",\"items\":[\"a\",\"b\"]}");
    assert_string_equal(flat("{items: [{text: a}]}"), "{\"items\":[{\"text\":\"a\"}]}");
}

static void cells_of_a_factor_are_plain_text(void **state) {
    (void)state;
    assert_string_equal(json_of("{factor: F, cells: [{text: a, html: b}], items: [{text: c}]}",
                                (struct json_style){.indent = 1}),
                        "{\n \"factor\": \"F\",\n \"cells\": [\n  \"a\"\n ],\n"
                        " \"items\": [\n  {\n   \"text\": \"c\"\n  }\n ]\n}");
}

static void a_block_that_holds_others_is_told_by_them(void **state) {
    (void)state;
    assert_string_equal(flat("{type: list, html: H, text: T, items: [{text: a}]}"),
                        "{\"type\":\"list\",\"items\":[{\"text\":\"a\"}]}");
    assert_string_equal(flat("{type: paragraph, html: H, text: T}"),
                        "{\"type\":\"paragraph\",\"html\":\"H\",\"text\":\"T\"}");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_type_has_its_form),
        TEST(an_indent_puts_each_item_on_its_line),
        TEST(a_node_inside_something_goes_on_at_its_depth),
        TEST(what_json_cannot_hold_is_escaped),
        TEST(every_place_in_a_text_is_looked_at),
        TEST(a_text_is_the_same_wherever_a_buffer_ends),
        TEST(text_in_a_script_element_cannot_end_it),
        TEST(a_separator_cut_off_at_the_end_is_no_separator),
        TEST(bytes_that_are_not_utf8_are_replaced),
        TEST(numbers_read_back_equal),
        TEST(what_is_no_number_is_null),
        TEST(integers_are_written_whole),
        TEST(records_of_many_shapes_keep_their_keys),
        TEST(items_of_a_subject_are_plain_text),
        TEST(cells_of_a_factor_are_plain_text),
        TEST(a_block_that_holds_others_is_told_by_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "freezing.h"

#include "encode.h"

static struct buf out;

static int free_all(void **state) {
    (void)state;
    buf_free(&out);
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_teardown(function, free_all)

/* The text lies in memory of its exact size. */
static const char *escaped(enum escape kind, struct str text) {
    escape_text(&out, kind, exact_copy(text));
    buf_char(&out, '\0');
    out.len = 0;
    return out.at;
}

static void each_kind_has_a_name(void **state) {
    (void)state;
    static const char *const names[ESCAPE_COUNT] = {"html", "xml",  "url",  "path",
                                                    "json", "link", "image"};
    enum escape kind;
    for (int i = 0; i < ESCAPE_COUNT; i++) {
        assert_true(escape_kind(str_of(names[i]), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(escape_kind(STR("HTML"), &kind));
    assert_false(escape_kind(STR(""), &kind));
    assert_false(escape_kind(STR("htm"), &kind));
}

static void html_escapes_what_ends_text_or_an_attribute(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_HTML, STR("<a href='x'>\"&amp;\"</a> ü")),
                        "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;&quot;&lt;/a&gt; ü");
    assert_string_equal(escaped(ESCAPE_HTML, STR("")), "");
}

static void xml_leaves_out_what_it_forbids(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_XML, STR("\x01"
                                                "a\x08<\t\n\r\x0B\x1F\x7F>b\x0C")),
                        "a&lt;\t\n\r&gt;b");
    assert_string_equal(escaped(ESCAPE_XML, STR("\xEF\xBF\xBE\xEF\xBF\xBF")), "");
    assert_string_equal(escaped(ESCAPE_XML, STR("\xEF\xBF\xBD\xEF\xBB\xBF\xEE\x80\x80")),
                        "\xEF\xBF\xBD\xEF\xBB\xBF\xEE\x80\x80");
    assert_string_equal(escaped(ESCAPE_XML, STR("سوال 😀 \xF4\x8F\xBF\xBF")),
                        "سوال 😀 \xF4\x8F\xBF\xBF");
    assert_string_equal(escaped(ESCAPE_XML, STR("a\0b")), "ab");
}

/* A plugin may give any bytes. */
static void bytes_that_are_not_utf8_never_reach_xml(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_XML, STR("a\xF0")), "a\xEF\xBF\xBD");
    assert_string_equal(escaped(ESCAPE_XML, STR("\xFF<\xEF\xBF")),
                        "\xEF\xBF\xBD&lt;\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(escaped(ESCAPE_XML, STR("\xF0<b>")), "\xEF\xBF\xBD&lt;b&gt;");
    assert_string_equal(escaped(ESCAPE_XML, STR("\x80")), "\xEF\xBF\xBD");
}

static void url_keeps_only_what_is_unreserved(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_URL, STR("aZ09-._~/?&=+ %é\n")),
                        "aZ09-._~%2F%3F%26%3D%2B%20%25%C3%A9%0A");
    assert_string_equal(escaped(ESCAPE_URL, STR("\0\xFF")), "%00%FF");
}

static void a_path_keeps_its_slashes(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_PATH, STR("a b/c:d/é.html")), "a%20b/c%3Ad/%C3%A9.html");
}

static void json_is_safe_in_a_script_element(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_JSON, STR("\"</script>\\\n\xFF")),
                        "\\\"\\u003c/script\\u003e\\\\\\n\xEF\xBF\xBD");
}

static void an_address_that_runs_code_is_nowhere(void **state) {
    (void)state;
    assert_string_equal(escaped(ESCAPE_LINK, STR("/a?b&c='d'")), "/a?b&amp;c=&#39;d&#39;");
    assert_string_equal(escaped(ESCAPE_LINK, STR(" Java\nScript:x")), "#");
    assert_string_equal(escaped(ESCAPE_IMAGE, STR("vbscript:x")), "#");
    assert_string_equal(escaped(ESCAPE_LINK, STR("data:image/png;base64,x")), "#");
    assert_string_equal(escaped(ESCAPE_IMAGE, STR("data:image/png;base64,x")),
                        "data:image/png;base64,x");
    assert_string_equal(escaped(ESCAPE_LINK, STR("")), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_kind_has_a_name),
        TEST(html_escapes_what_ends_text_or_an_attribute),
        TEST(xml_leaves_out_what_it_forbids),
        TEST(bytes_that_are_not_utf8_never_reach_xml),
        TEST(url_keeps_only_what_is_unreserved),
        TEST(a_path_keeps_its_slashes),
        TEST(json_is_safe_in_a_script_element),
        TEST(an_address_that_runs_code_is_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

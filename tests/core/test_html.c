#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "html.h"
#include "markdown_reading.h"

static struct str html_of(struct block *body, bool escape_raw) {
    struct buf out = BUF_INIT;
    html_write(&out, body, &(struct html_options){.escape_raw = escape_raw});
    struct str html = arena_str(&a, buf_str(&out));
    buf_free(&out);
    return html;
}

static void check(const char *markdown, const char *html) {
    assert_string_equal(html_of(read_body(markdown), false).at, html);
}

static void text_is_escaped(void **state) {
    (void)state;
    check("a < b & \"c\" > 'd'", "<p>a &lt; b &amp; &quot;c&quot; &gt; 'd'</p>\n");
    check("`<&>`", "<p><code>&lt;&amp;&gt;</code></p>\n");
    check("``` a\"b\n<x>\n```",
          "<pre><code class=\"language-a&quot;b\">&lt;x&gt;\n</code></pre>\n");
}

static void addresses_are_percent_encoded_once(void **state) {
    (void)state;
    check("[a](</b c%20\xC3\xA4?d=1&e=[2]'\"> \"t\\\"<\")",
          "<p><a href=\"/b%20c%20%C3%A4?d=1&amp;e=%5B2%5D%27%22\""
          " title=\"t&quot;&lt;\">a</a></p>\n");
}

static void an_image_has_its_plain_text_as_alternative(void **state) {
    (void)state;
    check("![a *b* `<c>`\nd [e](f) <i>](g)",
          "<p><img src=\"g\" alt=\"a b &lt;c&gt; d e \" /></p>\n");
}

static void breaks_are_a_space_or_a_void_tag(void **state) {
    (void)state;
    check("a\nb\\\nc", "<p>a b<br />\nc</p>\n");
}

static void line_ends_stay_in_a_pre_of_raw_html(void **state) {
    (void)state;
    check("<div>\n<pre>\n\na\nb\n</pre>\nc\nd", "<div>\n<pre>\n<p>a\nb\n</pre> c d</p>\n");
}

static void a_table_is_head_and_body(void **state) {
    (void)state;
    check("| a | b |\n|---|:---:|\n| c | *d* |",
          "<table>\n<thead>\n<tr>\n<th>a</th>\n<th align=\"center\">b</th>\n</tr>\n</thead>\n"
          "<tbody>\n<tr>\n<td>c</td>\n<td align=\"center\"><em>d</em></td>\n</tr>\n</tbody>\n"
          "</table>\n");
    check("| a |\n|---|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n");
}

static void tasks_are_check_boxes(void **state) {
    (void)state;
    check("- [x] a",
          "<ul>\n<li class=\"task-list-item\"><input type=\"checkbox\""
          " class=\"task-list-item-checkbox\" disabled=\"\" checked=\"\" />a</li>\n</ul>\n");
}

static void addresses_that_run_code_are_left_out(void **state) {
    (void)state;
    static const char *const active[] = {
        "javascript:alert(1)", "JavaScript:x", " java\tscript:x", "\x01javascript:x",
        "java\nscript\r:x", "vbscript:x", "data:text/html,x",
    };
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++)
        assert_true(html_is_active_url(str_of(active[i]), false));
    static const char *const harmless[] = {
        "https://example.org/javascript:x", "/data:x", "javascript", "#javascript:", "mailto:a@b.c",
        "data", "",
    };
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        assert_false(html_is_active_url(str_of(harmless[i]), false));
    check("[a](javascript:x) ![b](javascript:y)",
          "<p><a href=\"\">a</a> <img src=\"\" alt=\"b\" /></p>\n");
}

static void an_image_may_be_in_its_address(void **state) {
    (void)state;
    assert_false(html_is_active_url(STR("data:image/png;base64,AA=="), true));
    assert_true(html_is_active_url(STR("data:image/png;base64,AA=="), false));
    assert_true(html_is_active_url(STR("data:text/html,x"), true));
}

static void raw_html_can_be_shown_instead(void **state) {
    (void)state;
    struct block *body = read_body("a <b>x</b>\n\n<script>\ny()\n</script>\n");
    assert_string_equal(html_of(body, true).at,
                        "<p>a &lt;b&gt;x&lt;/b&gt;</p>\n"
                        "<p>&lt;script&gt;\ny()\n&lt;/script&gt;</p>\n");
    assert_non_null(strstr(html_of(body, false).at, "<script>\ny()\n</script>\n"));
}

static void assert_extent(struct str all, struct extent at, const char *expected) {
    assert_string_equal(arena_str(&a, str_slice(all, at.begin, at.end)).at, expected);
}

static void every_block_knows_where_its_html_is(void **state) {
    (void)state;
    struct block *body = read_body("one\n\n- two\n- *three*\n\n> four\n\n| a |\n|---|\n| b |\n");
    struct str all = html_of(body, false);
    struct block *list = body->first->next, *quote = list->next, *row = quote->next->last;
    assert_extent(all, body->first->html, "<p>one</p>");
    assert_extent(all, list->html, "<ul>\n<li>two</li>\n<li><em>three</em></li>\n</ul>");
    assert_extent(all, list->last->html, "<em>three</em>");
    assert_extent(all, list->last->first->html, "<em>three</em>");
    assert_extent(all, quote->html, "<blockquote>\n<p>four</p>\n</blockquote>");
    assert_extent(all, row->html, "<tr>\n<td>b</td>\n</tr>");
    assert_extent(all, row->first->html, "b");
    assert_extent(all, body->html, arena_str(&a, str_slice(all, 0, all.len - 1)).at);
}

static void the_content_of_a_loose_item_is_its_blocks(void **state) {
    (void)state;
    struct block *body = read_body("1. a\n\n   b\n2.\n");
    struct str all = html_of(body, false);
    assert_extent(all, body->first->first->html, "<p>a</p>\n<p>b</p>");
    assert_extent(all, body->first->last->html, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_escaped, clean, clean),
        cmocka_unit_test_setup_teardown(addresses_are_percent_encoded_once, clean, clean),
        cmocka_unit_test_setup_teardown(an_image_has_its_plain_text_as_alternative, clean, clean),
        cmocka_unit_test_setup_teardown(breaks_are_a_space_or_a_void_tag, clean, clean),
        cmocka_unit_test_setup_teardown(line_ends_stay_in_a_pre_of_raw_html, clean, clean),
        cmocka_unit_test_setup_teardown(a_table_is_head_and_body, clean, clean),
        cmocka_unit_test_setup_teardown(tasks_are_check_boxes, clean, clean),
        cmocka_unit_test_setup_teardown(addresses_that_run_code_are_left_out, clean, clean),
        cmocka_unit_test_setup_teardown(an_image_may_be_in_its_address, clean, clean),
        cmocka_unit_test_setup_teardown(raw_html_can_be_shown_instead, clean, clean),
        cmocka_unit_test_setup_teardown(every_block_knows_where_its_html_is, clean, clean),
        cmocka_unit_test_setup_teardown(the_content_of_a_loose_item_is_its_blocks, clean, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

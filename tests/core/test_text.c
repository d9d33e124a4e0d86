#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markdown_reading.h"
#include "text.h"

static struct str text_of(struct block *body) {
    struct buf out = BUF_INIT;
    text_write(&out, body);
    struct str text = arena_str(&a, buf_str(&out));
    buf_free(&out);
    return text;
}

static void check(const char *markdown, const char *text) {
    assert_string_equal(text_of(read_body(markdown)).at, text);
}

static void paragraphs_are_parted_by_an_empty_line(void **state) {
    (void)state;
    check("# Title\none *two*\nthree\n\nfour\\\nfive", "Title\n\none two three\n\nfour\nfive\n");
}

static void markup_is_left_out(void **state) {
    (void)state;
    check("**a** [b](c) `d` ~~e~~ ![f *g*](h) <b>i</b> &amp;", "a b d e f g i &\n");
}

static void what_has_no_text_leaves_no_empty_lines(void **state) {
    (void)state;
    check("a\n\n***\n\n![](x)\n\n<!-- c -->\n\nb", "a\n\nb\n");
    check("***\n\nb\n\n***", "b\n");
    check("***", "");
    check("", "");
}

static void lists_are_marked_and_indented(void **state) {
    (void)state;
    check("* a\n* b\n  1. c\n  2. d\\\n     e\n* [x] f\n*\n",
          "- a\n- b\n  1. c\n  2. d\n     e\n- [x] f\n-\n");
    check("9. a\n\n10. b\n\n    c", "9. a\n\n10. b\n\n    c\n");
}

static void quotes_are_indented(void **state) {
    (void)state;
    check("> a\\\n> b\n>\n> > c\n\nd", "  a\n  b\n\n    c\n\nd\n");
}

static void code_stays_as_it_is(void **state) {
    (void)state;
    check("x\n\n```\na\n\n  b <c>\n```\n\ny", "x\n\na\n\n  b <c>\n\ny\n");
    check("- x\n\n  ```\n  a\n\n  b\n  ```", "- x\n\n  a\n\n  b\n");
}

static void a_table_is_lines_of_cells_parted_by_tabs(void **state) {
    (void)state;
    check("| a | b |\n|---|---|\n| *c* |  |\n|  | d |", "a\tb\nc\t\n\td\n");
}

static void raw_html_is_its_text(void **state) {
    (void)state;
    check("<div title='a>b'>\n<p>one &amp;   two</p><!-- no -->three < 4\n"
          "<style>x{}</style><script>y()</script>\n</div>",
          "one & two three < 4\n");
    check("<div", "");
    check("<!-- a", "");
}

static void assert_extent(struct str all, struct extent at, const char *expected) {
    assert_string_equal(arena_str(&a, str_slice(all, at.begin, at.end)).at, expected);
}

static void every_block_knows_where_its_text_is(void **state) {
    (void)state;
    struct block *body = read_body("one\n\n- two\n- *three*\n\n> four\n\n***\n\n"
                                   "| a | b |\n|---|---|\n| c | d |\n");
    struct str all = text_of(body);
    struct block *list = body->first->next, *quote = list->next, *row = body->last->last;
    assert_extent(all, body->text, "one\n\n- two\n- three\n\n  four\n\na\tb\nc\td");
    assert_extent(all, body->first->text, "one");
    assert_extent(all, list->text, "- two\n- three");
    assert_extent(all, list->last->text, "three");
    assert_extent(all, quote->text, "four");
    assert_extent(all, quote->next->text, "");
    assert_extent(all, row->text, "c\td");
    assert_extent(all, row->last->text, "d");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(paragraphs_are_parted_by_an_empty_line, clean, clean),
        cmocka_unit_test_setup_teardown(markup_is_left_out, clean, clean),
        cmocka_unit_test_setup_teardown(what_has_no_text_leaves_no_empty_lines, clean, clean),
        cmocka_unit_test_setup_teardown(lists_are_marked_and_indented, clean, clean),
        cmocka_unit_test_setup_teardown(quotes_are_indented, clean, clean),
        cmocka_unit_test_setup_teardown(code_stays_as_it_is, clean, clean),
        cmocka_unit_test_setup_teardown(a_table_is_lines_of_cells_parted_by_tabs, clean, clean),
        cmocka_unit_test_setup_teardown(raw_html_is_its_text, clean, clean),
        cmocka_unit_test_setup_teardown(every_block_knows_where_its_text_is, clean, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

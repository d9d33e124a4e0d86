#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "html.h"
#include "markdown_reading.h"

static void assert_str(struct str actual, const char *expected) {
    assert_string_equal(arena_str(&a, actual).at, expected);
}

static void assert_at(struct span span, unsigned line, unsigned col) {
    assert_int_equal(span.line, line);
    assert_int_equal(span.col, col);
}

static struct block *child(struct block *parent, unsigned index) {
    struct block *b = parent->first;
    while (b && index--)
        b = b->next;
    assert_non_null(b);
    return b;
}

/* --- front matter --- */

static void front_matter_and_body_are_told_apart(void **state) {
    (void)state;
    struct document *doc = read_bytes(STR("--- \ntitle: Release\ntags: [a]\n---\n\n# Hi\n"));
    assert_int_equal(doc->front->count, 2);
    assert_str(value_get_string(doc->front, STR("title")), "Release");
    assert_at(value_get(doc->front, STR("title"))->span, 2, 8);
    assert_int_equal(doc->body->first->kind, BLOCK_HEADING);
    assert_at(doc->body->first->span, 6, 3);
}

static void three_dots_end_front_matter_too(void **state) {
    (void)state;
    struct document *doc = read_bytes(STR("---\ntitle: x\n...\nbody"));
    assert_str(value_get_string(doc->front, STR("title")), "x");
    assert_str(doc->body->first->inlines->text, "body");
}

static void front_matter_may_be_empty_or_missing(void **state) {
    (void)state;
    assert_int_equal(read_bytes(STR("---\n---\nx"))->front->count, 0);
    assert_int_equal(read_bytes(STR("---\n---"))->front->count, 0);
    assert_int_equal(read_bytes(STR("x\n---\n"))->front->count, 0);
    assert_int_equal(read_bytes(STR("----\na: b\n----\n"))->front->count, 0);
    assert_null(read_bytes(STR(""))->body->first);
}

static void front_matter_that_never_ends_is_an_error_where_it_begins(void **state) {
    (void)state;
    struct document doc;
    assert_false(try_to_read(&doc, STR("---\ntitle: x\n\nbody\n"), &(struct reading){0}));
    assert_int_equal(messages.first->at.line, 1);
    assert_int_equal(messages.first->at.col, 1);
    assert_str(messages.first->at.path, "content/a.md");
}

static void bad_front_matter_is_an_error_at_its_line(void **state) {
    (void)state;
    struct document doc;
    assert_false(try_to_read(&doc, STR("---\na: 1\na: 2\n---\n"), &(struct reading){0}));
    assert_int_equal(messages.first->at.line, 3);
}

static void a_byte_order_mark_and_other_line_ends_change_nothing(void **state) {
    (void)state;
    static const char *const files[] = {
        "---\ntitle: x\n---\n\nOne\n\nTwo *b*\n",
        "\xEF\xBB\xBF---\r\ntitle: x\r\n---\r\n\r\nOne\r\n\r\nTwo *b*\r\n",
        "---\rtitle: x\r---\r\rOne\r\rTwo *b*\r",
    };
    for (size_t i = 0; i < 3; i++) {
        struct document *doc = read_bytes(str_of(files[i]));
        assert_str(value_get_string(doc->front, STR("title")), "x");
        struct block *two = child(doc->body, 1);
        assert_at(doc->body->first->span, 5, 1);
        assert_at(two->span, 7, 1);
        assert_str(two->inlines->next->first->text, "b");
        assert_at(two->inlines->next->span, 7, 6);
    }
}

static void a_mark_before_a_body_counts_no_column(void **state) {
    (void)state;
    assert_at(read_body("\xEF\xBB\xBFText")->first->span, 1, 1);
}

/* --- text --- */

static void a_plain_paragraph_is_one_slice_of_the_source(void **state) {
    (void)state;
    struct document *doc = read_bytes(STR("A sentence, (with) signs: 1 < 2 & 3 * 4!\n"));
    struct inl *text = doc->body->first->inlines;
    assert_null(text->next);
    assert_ptr_equal(text->text.at, doc->source->text.at);
    assert_int_equal(text->span.begin, 0);
    assert_int_equal(text->span.end, 40);
}

static void text_parted_by_references_and_escapes_is_one_text(void **state) {
    (void)state;
    struct inl *text = read_body("Caf&eacute; \\* &#8212; &nosuch; x")->first->inlines;
    assert_null(text->next);
    assert_str(text->text, "Caf\xC3\xA9 * \xE2\x80\x94 &nosuch; x");
    assert_int_equal(text->span.begin, 0);
    assert_int_equal(text->span.end, 33);
}

static void columns_count_code_points(void **state) {
    (void)state;
    struct inl *first = read_body("\xC3\xA4\xF0\x9F\x98\x80 *x*")->first->inlines;
    assert_at(first->next->first->span, 1, 5);
}

static void attributes_are_decoded(void **state) {
    (void)state;
    struct inl *link = read_body("[x](/a&amp;b\\) \"q &quot;r&quot;\")")->first->inlines;
    assert_int_equal(link->kind, INLINE_LINK);
    assert_str(link->href, "/a&b)");
    assert_str(link->title, "q \"r\"");
    struct block *code = read_body("``` a&auml;\\*b c\nx\n```")->first;
    assert_str(code->info, "a\xC3\xA4*b c");
    assert_str(code->literal, "x\n");
}

static void breaks_have_no_place_of_their_own(void **state) {
    (void)state;
    struct inl *soft = read_body("a\nb\\\nc")->first->inlines->next;
    assert_int_equal(soft->kind, INLINE_SOFT);
    assert_int_equal(soft->span.line, 0);
    assert_at(soft->next->span, 2, 1);
    assert_int_equal(soft->next->next->kind, INLINE_HARD);
}

static void a_tag_of_several_lines_is_one_and_two_tags_are_two(void **state) {
    (void)state;
    struct inl *tag = read_body("x <a\nhref='y'><b>")->first->inlines->next;
    assert_int_equal(tag->kind, INLINE_HTML);
    assert_str(tag->text, "<a\nhref='y'>");
    assert_str(tag->next->text, "<b>");
    assert_at(tag->next->span, 2, 10);
    assert_null(tag->next->next);
}

static void code_of_a_file_without_indent_is_a_slice(void **state) {
    (void)state;
    struct document *doc = read_bytes(STR("```\n  a\n\nb\n```\n"));
    assert_str(doc->body->first->literal, "  a\n\nb\n");
    assert_ptr_equal(doc->body->first->inlines, NULL);
    struct document *tabs = read_bytes(STR("- x\n\n  ```\n  a\n   b\n  ```\n"));
    assert_str(tabs->body->first->first->first->next->literal, "a\n b\n");
}

static void bare_addresses_are_links_only_when_asked_for(void **state) {
    (void)state;
    struct str file = STR("see https://example.org/a_b now");
    assert_null(read_bytes(file)->body->first->inlines->next);
    struct document doc;
    assert_true(try_to_read(&doc, file, &(struct reading){.autolinks = true}));
    assert_str(doc.body->first->inlines->next->href, "https://example.org/a_b");
}

/* --- blocks --- */

static void tight_items_hold_paragraphs_too(void **state) {
    (void)state;
    struct block *list = read_body("- a\n  - b\n- c")->first;
    assert_true(list->tight);
    assert_int_equal(list->mark, '-');
    struct block *item = list->first;
    assert_int_equal(item->first->kind, BLOCK_PARAGRAPH);
    assert_int_equal(item->first->next->kind, BLOCK_LIST);
    assert_at(item->span, 1, 3);
    assert_at(item->first->next->first->first->span, 2, 5);
    assert_at(item->next->first->span, 3, 3);
}

static void an_ordered_list_knows_its_start_and_mark(void **state) {
    (void)state;
    struct block *list = read_body("7) a\n\n8) b")->first;
    assert_true(list->ordered);
    assert_false(list->tight);
    assert_int_equal(list->start, 7);
    assert_int_equal(list->mark, ')');
}

static void tasks_are_open_or_done(void **state) {
    (void)state;
    struct block *list = read_body("- [ ] a\n- [x] b\n- c")->first;
    assert_int_equal(list->first->task, TASK_OPEN);
    assert_at(list->first->span, 1, 3);
    assert_str(list->first->first->inlines->text, "a");
    assert_int_equal(list->first->next->task, TASK_DONE);
    assert_int_equal(list->last->task, TASK_NONE);
}

static void a_table_has_rows_of_aligned_cells(void **state) {
    (void)state;
    struct block *table = read_body("| a | b |\n|:---|---:|\n| c |  |\n")->first;
    assert_int_equal(table->kind, BLOCK_TABLE);
    struct block *cell = table->last->first;
    assert_int_equal(cell->align, ALIGN_LEFT);
    assert_at(cell->span, 3, 3);
    assert_int_equal(cell->next->align, ALIGN_RIGHT);
    assert_int_equal(cell->next->span.line, 3);
    assert_null(cell->next->next);
}

static void cells_without_text_have_the_line_of_their_row(void **state) {
    (void)state;
    struct block *body = read_body("x\n\n| a | b |\n|---|---|\n|  |  |\n|  | c |\n\nend");
    struct block *row = child(body, 1)->first->next;
    assert_int_equal(row->first->span.line, 5);
    assert_int_equal(row->next->span.line, 6);
    assert_int_equal(row->next->last->span.line, 6);
}

static void blocks_without_text_have_a_line(void **state) {
    (void)state;
    struct block *body = read_body("Title\n-----\n\n"
                                   "***\n"
                                   "#\n"
                                   "```\n```\n"
                                   "```\ncode\n```\n\n"
                                   "> - - -\n\n"
                                   "-\n- x\n-\n\n"
                                   "[ref]: /url\n\n"
                                   "___\n"
                                   "# End #\n"
                                   "---\n"
                                   "![](x)\n");
    static const struct {
        enum block_kind kind;
        unsigned line;
    } expected[] = {
        {BLOCK_HEADING, 1}, {BLOCK_RULE, 4},  {BLOCK_HEADING, 5}, {BLOCK_CODE, 6},
        {BLOCK_CODE, 9},    {BLOCK_QUOTE, 12}, {BLOCK_LIST, 14},  {BLOCK_RULE, 20},
        {BLOCK_HEADING, 21}, {BLOCK_RULE, 22}, {BLOCK_PARAGRAPH, 23},
    };
    struct block *b = body->first;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++, b = b->next) {
        assert_non_null(b);
        assert_int_equal(b->kind, expected[i].kind);
        assert_int_equal(b->span.line, expected[i].line);
    }
    assert_null(b);
    assert_at(child(body, 5)->first->span, 12, 3);
    assert_at(child(body, 6)->first->span, 14, 1);
    assert_at(child(body, 6)->last->span, 16, 1);
}

static void a_block_ends_with_its_last_text(void **state) {
    (void)state;
    struct block *list = read_body("- one *two*\n- three\n\nend")->first;
    assert_int_equal(list->span.begin, 2);
    assert_int_equal(list->span.end, 19);
    assert_int_equal(list->first->span.end, 10);
}

/* --- limits --- */

static void assert_refused(struct str file) {
    struct document doc;
    assert_false(try_to_read(&doc, file, &(struct reading){0}));
    assert_str(messages.first->code, "markdown-limit");
    assert_true(messages.first->at.line > 0);
}

static struct str repeat(const char *text, unsigned count) {
    struct buf b = BUF_INIT;
    while (count--)
        buf_put(&b, str_of(text));
    struct str all = arena_str(&a, buf_str(&b));
    buf_free(&b);
    return all;
}

static void what_is_nested_too_deep_is_refused(void **state) {
    (void)state;
    assert_refused(arena_join(&a, repeat("> ", 200), STR("x")));
    assert_refused(arena_join(&a, repeat("![", 200),
                              arena_join(&a, STR("x"), repeat("](y)", 200))));
    assert_non_null(read_bytes(arena_join(&a, repeat("> ", 90), STR("x")))->body->first);
}

static void a_table_that_grows_out_of_all_proportion_is_refused(void **state) {
    (void)state;
    struct str head = repeat("|a", 20000), line = repeat("|---", 20000);
    assert_refused(arena_printf(&a, "%s|\n%s|\n%s", head.at, line.at, repeat("b\n", 20000).at));
}

static void link_definitions_used_over_and_over_are_refused(void **state) {
    (void)state;
    struct str address = repeat("0123456789", 2000);
    assert_refused(arena_printf(&a, "[a]: /%s\n\n%s", address.at, repeat("[a]\n", 20000).at));
}

/* --- conformance --- */

static void check_html(const char *name, struct str markdown, struct str html) {
    struct buf out = BUF_INIT;
    html_write(&out, read_bytes(markdown)->body, &(struct html_options){0});
    if (!str_eq(buf_str(&out), html))
        fail_msg("%s:\n%.*s", name, STR_ARG(buf_str(&out)));
    buf_free(&out);
}

static void every_example_gives_its_html(void **state) {
    (void)state;
    assert_true(each_example(check_html) >= 60);
}

static void links_and_images_without_text_stand_at_their_brackets(void **state) {
    (void)state;
    struct block *body = read_body("\\[] ![](a.jpg) x [](b) []()\n\n[![\n](c)](d)");
    struct inl *i = body->first->inlines;
    assert_at(i->next->span, 1, 5);
    i = i->next->next->next;
    assert_at(i->span, 1, 18);
    assert_at(i->next->next->span, 1, 24);
    struct inl *link = body->first->next->inlines;
    assert_at(link->first->span, 3, 2);
    assert_at(link->span, 3, 2);
    assert_at(body->first->next->span, 3, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(front_matter_and_body_are_told_apart, clean, clean),
        cmocka_unit_test_setup_teardown(three_dots_end_front_matter_too, clean, clean),
        cmocka_unit_test_setup_teardown(front_matter_may_be_empty_or_missing, clean, clean),
        cmocka_unit_test_setup_teardown(front_matter_that_never_ends_is_an_error_where_it_begins,
                                        clean, clean),
        cmocka_unit_test_setup_teardown(bad_front_matter_is_an_error_at_its_line, clean, clean),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_and_other_line_ends_change_nothing,
                                        clean, clean),
        cmocka_unit_test_setup_teardown(a_mark_before_a_body_counts_no_column, clean, clean),
        cmocka_unit_test_setup_teardown(a_plain_paragraph_is_one_slice_of_the_source, clean, clean),
        cmocka_unit_test_setup_teardown(text_parted_by_references_and_escapes_is_one_text, clean,
                                        clean),
        cmocka_unit_test_setup_teardown(columns_count_code_points, clean, clean),
        cmocka_unit_test_setup_teardown(attributes_are_decoded, clean, clean),
        cmocka_unit_test_setup_teardown(breaks_have_no_place_of_their_own, clean, clean),
        cmocka_unit_test_setup_teardown(a_tag_of_several_lines_is_one_and_two_tags_are_two, clean,
                                        clean),
        cmocka_unit_test_setup_teardown(code_of_a_file_without_indent_is_a_slice, clean, clean),
        cmocka_unit_test_setup_teardown(bare_addresses_are_links_only_when_asked_for, clean, clean),
        cmocka_unit_test_setup_teardown(tight_items_hold_paragraphs_too, clean, clean),
        cmocka_unit_test_setup_teardown(an_ordered_list_knows_its_start_and_mark, clean, clean),
        cmocka_unit_test_setup_teardown(tasks_are_open_or_done, clean, clean),
        cmocka_unit_test_setup_teardown(a_table_has_rows_of_aligned_cells, clean, clean),
        cmocka_unit_test_setup_teardown(cells_without_text_have_the_line_of_their_row, clean,
                                        clean),
        cmocka_unit_test_setup_teardown(blocks_without_text_have_a_line, clean, clean),
        cmocka_unit_test_setup_teardown(a_block_ends_with_its_last_text, clean, clean),
        cmocka_unit_test_setup_teardown(what_is_nested_too_deep_is_refused, clean, clean),
        cmocka_unit_test_setup_teardown(a_table_that_grows_out_of_all_proportion_is_refused, clean,
                                        clean),
        cmocka_unit_test_setup_teardown(link_definitions_used_over_and_over_are_refused, clean,
                                        clean),
        cmocka_unit_test_setup_teardown(every_example_gives_its_html, clean, clean),
        cmocka_unit_test_setup_teardown(links_and_images_without_text_stand_at_their_brackets,
                                        clean, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

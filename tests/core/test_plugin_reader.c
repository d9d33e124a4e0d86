#include "rendering.h"

#include <string.h>

static struct file_reading reading;
static const struct reading how;
static struct settings settings;
static struct source source;
static struct value *article;

/* By the plugin that is loaded. */
static bool read_text(const char *text) {
    settings = (struct settings){.memory_bytes = 8 << 20, .file_bytes = 1 << 20};
    diags = (struct diags){.arena = &plugin_arena};
    reading = (struct file_reading){.plugin = &plugin, .arena = &plugin_arena, .how = &how,
                                    .settings = &settings};
    assert_true(source_open(&source, &plugin_arena, STR("content/a.x"), STR("a.x"), str_of(text),
                            &diags));
    return plugin_read_article(&reading, &article, &source, &diags);
}

static bool read_file(const char *body, const char *text) {
    struct str whole = arena_printf(&plugin_arena, "return { readers = { ['.x'] = "
                                    "function(source, options)\n%s\nend } }", body);
    assert_true(load_text(whole, 8 << 20));
    return read_text(text);
}

static const struct value *field(const char *name) {
    return value_get(article, str_of(name));
}

static void expect_field(const char *name, const char *text, uint32_t line, uint32_t col) {
    assert_true(str_eq(field(name)->string, str_of(text)));
    assert_int_equal(field(name)->span.line, line);
    assert_int_equal(field(name)->span.col, col);
}

static void what_a_reader_cuts_stands_where_it_was(void **state) {
    (void)state;
    assert_true(read_file("return { title = source:slice(5, 7), body = source:slice(9) }",
                          "one\ntwo\n## FAQ\n\n### Why?\n\nSo.\n"));
    expect_field("title", "two", 2, 1);
    const struct value *pair = field("faq")->items[0];
    assert_int_equal(pair->span.line, 5);
    assert_int_equal(pair->span.col, 5);
    assert_int_equal(value_get(pair, STR("answer"))->span.line, 7);
}

static void a_trimmed_piece_stands_where_its_first_letter_does(void **state) {
    (void)state;
    assert_true(read_file("local pieces = {}\n"
                          "for _, line in source:lines() do\n"
                          "  pieces[#pieces + 1] = line:trim()\n"
                          "end\n"
                          "assert(#pieces[2] == 0 and #pieces[3] == 0)\n"
                          "return { title = pieces[1], slug = pieces[4] }",
                          " \ta  b \t\n\n  \t\nc"));
    expect_field("title", "a  b", 1, 3);
    expect_field("slug", "c", 4, 1);
}

/* Trying every blank anew takes minutes. */
static void a_line_full_of_blanks_is_trimmed_as_soon_as_any(void **state) {
    (void)state;
    char *blanks = arena_alloc(&plugin_arena, 500 * 1000 + 3);
    memset(blanks, ' ', 500 * 1000);
    memcpy(blanks, "a", 1);
    memcpy(blanks + 500 * 1000, "x ", 2);
    assert_true(read_file("local line = source:slice(1):trim()\n"
                          "return { title = 'T', meta = { length = #line } }", blanks));
    assert_int_equal(value_get(field("meta"), STR("length"))->integer, 500 * 1000 + 1);
}

static void a_piece_that_lies_stands_somewhere_in_the_file(void **state) {
    (void)state;
    assert_true(read_file("local p = source:slice(1)\n"
                          "for i, n in ipairs { 1 << 62, -9, 1, -1, 1 << 40, 1, 2, 3, 7 } do\n"
                          "  p[i] = n\n"
                          "end\n"
                          "return { title = p, body = { '# x', p, '', p .. p } }",
                          "one\ntwo\n"));
    assert_in_range(field("title")->span.line, 0, 3);
    for (uint32_t i = 0; i < article->count; i++)
        assert_in_range(article->items[i]->span.begin, 0, source.text.len);
}

static void an_error_in_a_reader_has_its_line_and_that_of_the_file(void **state) {
    (void)state;
    assert_false(read_file("for text in source:lines() do\n"
                           "  if text == 'two' then error('no') end\n"
                           "end",
                           "one\ntwo\n"));
    const struct diag *e = diags.last;
    assert_int_equal(diags.errors, 1);
    assert_true(str_eq(e->at.path, STR("plugins/test.lua")));
    assert_int_equal(e->at.line, 3);
    assert_true(str_eq(e->related->at.path, STR("content/a.x")));
    assert_int_equal(e->related->at.line, 2);
    assert_false(reading.is_refused);
    assert_null(plugin.reading);
}

static void what_a_reader_says_of_its_file_points_there(void **state) {
    (void)state;
    assert_false(read_file("source:error(source:slice(5), 'too odd', { help = 'be even' })",
                           "one\ntwo\n"));
    const struct diag *e = diags.last;
    assert_true(str_eq(e->at.path, STR("content/a.x")));
    assert_int_equal(e->at.line, 2);
    assert_true(str_eq(e->text, STR("too odd")));
    assert_true(str_eq(e->help, STR("be even")));
    assert_true(reading.is_refused);
}

static void messages_about_the_body_point_into_the_file(void **state) {
    (void)state;
    assert_true(read_file("return { body = { 'So:', '', source:slice(5) } }",
                          "one\n[two](javascript:run)\n"));
    assert_int_equal(diags.warnings, 1);
    assert_int_equal(diags.last->at.line, 2);
}

static void a_reader_has_no_site(void **state) {
    (void)state;
    must_load("local kept\n"
              "return { exports = { ['one.txt'] = { each = 'site', path = 'one.txt',\n"
              "  render = function(site) kept = site return site.title end } },\n"
              "  readers = { ['.x'] = function(source) return { title = kept.title } end } }");
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDERED);
    assert_false(read_text("one\n"));
    assert_non_null(strstr(diags.last->text.at, "a reader sees its file and no site"));
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDERED);
}

static void a_method_of_the_site_that_was_kept_finds_no_articles(void **state) {
    (void)state;
    must_load("local kept, articles, list\n"
              "return { exports = { ['one.txt'] = { each = 'site', path = 'one.txt',\n"
              "  render = function(site)\n"
              "    kept, articles, list = site, site.articles, site:articles()\n"
              "    return 'found ' .. #articles(kept)\n"
              "  end } },\n"
              "  readers = { ['.x'] = function()\n"
              "    local good = pcall(function() return list[1].title end)\n"
              "    return { title = 'found ' .. #articles(kept) .. tostring(good) }\n"
              "  end } }");
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDERED);
    assert_string_equal(written(), "found 1");
    assert_true(read_text("one\n"));
    assert_true(str_eq(field("title")->string, STR("found 0false")));
}

static void the_longest_ending_reads(void **state) {
    (void)state;
    const struct plugins all = {&plugin, 1};
    assert_true(load_plugin("local function f() return {} end\n"
                            "return { readers = { ['.x'] = f, ['.y.x'] = f } }"));
    assert_ptr_equal(plugins_reader(&all, STR("a.x")), &plugin);
    assert_ptr_equal(plugins_reader(&all, STR("b/a.y.x")), &plugin);
    assert_null(plugins_reader(&all, STR("a.y")));
    assert_null(plugins_reader(&all, STR("x")));
}

static void readers_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "7", "{ 'x' }", "{ ['.x'] = 7 }", "{ x = print }", "{ ['.'] = print }",
        "{ ['.a b'] = print }", "{ ['.md'] = print }", "{ ['.x.txt'] = print }",
        "{ [('.x'):rep(40)] = print }"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(load_plugin(arena_printf(&plugin_arena, "return { readers = %s }",
                                              wrong[i]).at));
        assert_int_equal(diags.errors, 1);
        assert_non_null(strstr(diags.last->text.at, "reader"));
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up_rendering, \
                                                       tear_down_rendering)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_a_reader_cuts_stands_where_it_was),
        TEST(a_trimmed_piece_stands_where_its_first_letter_does),
        TEST(a_line_full_of_blanks_is_trimmed_as_soon_as_any),
        TEST(a_piece_that_lies_stands_somewhere_in_the_file),
        TEST(an_error_in_a_reader_has_its_line_and_that_of_the_file),
        TEST(what_a_reader_says_of_its_file_points_there),
        TEST(messages_about_the_body_point_into_the_file),
        TEST(a_reader_has_no_site),
        TEST(a_method_of_the_site_that_was_kept_finds_no_articles),
        TEST(the_longest_ending_reads),
        TEST(readers_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

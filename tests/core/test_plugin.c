#include "rendering.h"

/* Loading */

static void a_plugin_says_what_it_is(void **state) {
    (void)state;
    must_load("return { name = 'test', summary = 'A test', exports = {"
              " ['b.txt'] = { each = 'site', path = 'b.txt', summary = 'B', render = print },"
              " ['a.txt'] = { each = 'article.faq', path = '{slug}/a{-n}.txt', render = print,"
              "               when = print } },"
              " checks = { z = print, a = { run = print, each = 'site', severity = 'info',"
              "                              summary = 'A', explain = 'why' } },"
              " readers = { ['.b'] = function() end, ['.a'] = function() end } }");
    struct buf b = BUF_INIT;
    plugin_describe(&plugin, &b);
    struct wire w = {.rest = buf_str(&b)};
    assert_true(str_eq(wire_str(&w), STR("test")));
    assert_true(str_eq(wire_str(&w), STR("A test")));
    assert_int_equal(wire_u32(&w), 2);
    assert_true(str_eq(wire_str(&w), STR("a.txt")));
    assert_int_equal(wire_u32(&w), EACH_LIST);
    assert_true(str_eq(wire_str(&w), STR("faq")));
    assert_true(str_eq(wire_str(&w), STR("{slug}/a{-n}.txt")));
    assert_int_equal(wire_u32(&w), 1);
    assert_int_equal(wire_str(&w).len, 0);
    assert_true(str_eq(wire_str(&w), STR("b.txt")));
    assert_int_equal(wire_u32(&w), EACH_SITE);
    assert_int_equal(wire_str(&w).len, 0);
    assert_true(str_eq(wire_str(&w), STR("b.txt")));
    assert_int_equal(wire_u32(&w), 0);
    assert_true(str_eq(wire_str(&w), STR("B")));
    assert_int_equal(wire_u32(&w), 2);
    assert_true(str_eq(wire_str(&w), STR("a")));
    assert_int_equal(wire_u32(&w), EACH_SITE);
    assert_int_equal(wire_u32(&w), SEVERITY_INFO);
    assert_true(str_eq(wire_str(&w), STR("A")));
    assert_true(str_eq(wire_str(&w), STR("why")));
    assert_true(str_eq(wire_str(&w), STR("z")));
    assert_int_equal(wire_u32(&w), EACH_ARTICLE);
    assert_int_equal(wire_u32(&w), SEVERITY_WARNING);
    assert_int_equal(wire_str(&w).len, 0);
    assert_int_equal(wire_str(&w).len, 0);
    assert_int_equal(wire_u32(&w), 2);
    assert_true(str_eq(wire_str(&w), STR(".a")));
    assert_true(str_eq(wire_str(&w), STR(".b")));
    assert_false(w.bad);
    assert_int_equal(w.rest.len, 0);
    buf_free(&b);
}

static void a_file_that_is_no_plugin_is_refused_with_its_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
        uint32_t line, col;
    } cases[] = {
        {"return {\n  name = = 1\n}", "unexpected symbol near '='", 2, 3},
        {"return {", "unexpected symbol near <eof>", 1, 1},
        {"local x\n\n   x.y = 1\nreturn {}", "attempt to index a nil value", 3, 4},
        {"\n  error('no way')", "no way", 2, 3},
        {"return 5", "a plugin must return a table, not a number", 0, 0},
        {"", "the plugin returns nothing; it must end with", 0, 0},
        {"return {\n name = 'other' }", "calls itself 'other', but its file says test", 2, 10},
        {"return {\n exprots = {} }", "plugin has no 'exprots'; did you mean 'exports'?", 2, 2},
        {"return { name = 'test', 5 }", "a number as a key, where names are expected", 0, 0},
        {"return { name = 5 }", "'name' must be a string, not a number", 0, 0},
        {"return { name = {} }", "'name' must be a string, not a table", 0, 0},
        {"return { summary = '\\xFF' }", "'summary' is not valid UTF-8", 0, 0},
        {"return { exports = 5 }", "'exports' must be a table", 0, 0},
        {"return { checks = 1 }", "'checks' must be a table", 0, 0},
        {"return { checks = { a = 1 } }", "check 'a' must be a function or a table", 0, 0},
        {"return { checks = { print } }", "'checks' holds each check under its name", 0, 0},
        {"return { checks = { ['a b'] = print } }", "check 'a b': a name has letters", 1, 23},
        {"return { checks = { a = {} } }", "check 'a' needs a function, run", 0, 0},
        {"return { checks = { ['a-b'] = {\n run = print, severty = 1 } } }",
         "check 'a-b' has no 'severty'; did you mean 'severity'?", 2, 15},
        {"return { readers = { recipe = print } }", "reader 'recipe': an ending is a dot", 1, 22},
        {"return { checks = { a = { run = print, each = 'list' } } }", "check 'a': 'each'", 0, 0},
        {"return { checks = { a = { run = print, severity = 'no' } } }", "'severity' must be", 0, 0},
        {"return { checks = { a = { run = print, summary = {} } } }", "'summary' must be", 0, 0},
        {"return { checks = { a = { run = print, explain = ('x'):rep(8001) } } }",
         "'explain' is longer than 8000 bytes", 0, 0},
        {"\x1bLua", "binary chunk", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (load_plugin(cases[i].text))
            fail_msg("%s is let through", cases[i].text);
        assert_int_equal(diags.errors, 1);
        expect_part(diags.first->text, cases[i].says);
        if (cases[i].line)
            expect_place(diags.first->at, "plugins/test.lua", cases[i].line, cases[i].col);
        else
            assert_true(str_eq(diags.first->at.path, STR("plugins/test.lua")));
        assert_false(plugin.loaded);
    }
}

static void names_that_begin_with_a_line_are_the_plugins_own(void **state) {
    (void)state;
    must_load("return { _x = 1, exports = { a = { _y = 2, each = 'site', render = print, "
              "path = '{n}{-n}{id}{lang}{key}' } }, checks = { c = { _z = {}, run = print } } }");
}

static void a_table_of_other_names_is_a_module(void **state) {
    (void)state;
    must_load("return { page = print, 5, nam = 'x' }");
    assert_int_equal(plugin.export_count, 0);
    must_load("return {}");
}

static void an_export_that_is_none_is_refused(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"['a.txt'] = 5", "export 'a.txt' must be a table"},
        {"['a/b'] = {}", "export 'a/b': a name has letters"},
        {"['.a'] = {}", "export '.a': a name has letters"},
        {"[''] = {}", "export '': a name has letters"},
        {"[1] = {}", "'exports' holds each export under its name, which is a text"},
        {"a = { each = 'site', path = 'a', render = print, wehn = print }",
         "export 'a' has no 'wehn'; did you mean 'when'?"},
        {"a = { each = 'article.comparison', path = 'a', render = print }",
         "export 'a': articles have no list 'comparison'; did you mean 'comparisons'?"},
        {"a = { each = 'article.title', path = 'a', render = print }", "have no list 'title'"},
        {"a = { each = 'site', path = 'a/{slog}', render = print }",
         "in its path, nothing is '{slog}'; did you mean '{slug}'?"},
        {"a = { each = 'site', path = '{n}{slug', render = print }", "'{' is never closed"},
        {"a = { path = 'a', render = print }", "'each' must be"},
        {"a = { each = 'articles', path = 'a', render = print }", "'each' must be"},
        {"a = { each = 'article.', path = 'a', render = print }", "'each' must be"},
        {"a = { each = 5, path = 'a', render = print }", "'each' must be"},
        {"a = { each = 'site', render = print }", "export 'a' needs a path, such as"},
        {"a = { each = 'site', path = 5, render = print }", "'path' must be a string"},
        {"a = { each = 'site', path = 'a' }", "export 'a' needs a function, render"},
        {"a = { each = 'site', path = 'a', render = 'x' }", "'render' must be a function, not a str"},
        {"a = { each = 'site', path = 'a', render = print, when = true }", "'when' must be a func"},
        {"a = { each = 'site', path = 'a', render = print, summary = 1 }", "'summary' must be"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        snprintf(text, sizeof text, "return { exports = { %s } }", cases[i][0]);
        if (load_plugin(text))
            fail_msg("%s is let through", cases[i][0]);
        assert_int_equal(diags.errors, 1);
        expect_part(diags.first->text, cases[i][1]);
    }
}

static void too_little_memory_is_an_error(void **state) {
    (void)state;
    for (size_t bytes = 0; bytes < 60000; bytes += 997) {
        bool loaded =
            load_text(STR("local t = {} for i = 1, 1e5 do t[i] = {} end return {}"), bytes);
        assert_false(loaded);
        assert_int_equal(diags.errors, 1);
        expect_part(diags.first->text, "memory");
    }
    assert_false(load_plugin("local s = 'x' while true do s = s .. s end"));
    expect_part(diags.first->text, "loading this plugin needs more memory than 8 MB");
}

static void modules_lie_below_the_plugins_folder(void **state) {
    (void)state;
    add_file("test.lua", "");
    add_file("lib/words.lua", "local name = ... return { name = name, n = 5 }");
    add_file("nothing.lua", "count = (count or 0) + 1");
    must_load("local words = require 'lib.words' assert(words.n == 5 and words.name == 'lib.words')"
              " assert(require 'nothing' == true and require 'nothing' == true and count == 1)"
              " assert(require 'fascia' == require 'fascia') return {}");
}

static void a_module_that_is_not_there_is_an_error(void **state) {
    (void)state;
    static const char *const names[] = {
        "other", "", ".", "..secret", "lib/words", "a..b", "a.", "fascia.nothing", "io", "a\\0b"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[100];
        snprintf(text, sizeof text, "\n  require '%s'", names[i]);
        assert_false(load_plugin(text));
        expect_part(diags.first->text, "there is no module");
        assert_int_equal(diags.first->at.line, 2);
    }
}

static void an_error_in_a_module_points_into_it(void **state) {
    (void)state;
    add_file("test.lua", "");
    add_file("bad.lua", "local x\n  return x.y");
    add_file("worse.lua", "return\n  = 1");
    add_file("self.lua", "return require 'self'");
    assert_false(load_plugin("require 'bad'"));
    expect_place(diags.first->at, "plugins/bad.lua", 2, 10);
    assert_false(load_plugin("require 'worse'"));
    expect_part(diags.first->text, "unexpected symbol");
    assert_false(load_plugin("require 'self'"));
    expect_part(diags.first->text, "module 'self' requires itself");
}

static void a_plugin_whose_file_is_gone_is_an_error(void **state) {
    (void)state;
    must_load("return {}");
    bundle.count = 0;
    diags = (struct diags){.arena = &plugin_arena};
    close_plugin();
    plugin = (struct plugin){.file = STR("gone.lua"), .place = STR("plugins/gone.lua")};
    plugin.bind = (struct bind){.site = &site, .bundle = &bundle, .arena = &render_arena};
    assert_false(plugin_load(&plugin, &plugin_arena, 8 << 20, &diags));
    expect_part(diags.first->text, "the file is gone");
}

/* Rendering */

static void what_is_returned_or_written_is_the_output(void **state) {
    (void)state;
    assert_string_equal(rendered_by("return article.title"), "First");
    assert_string_equal(output_path, "first/one.txt");
    assert_string_equal(rendered_by("out:write('a', 5, 1.5):write('b') out:write()"), "a51.5b");
    assert_string_equal(rendered_by("return out:write('a')"), "a");
    assert_string_equal(rendered_by("out:write('a') return 'b'"), "ab");
    assert_string_equal(rendered_by(""), "");
    assert_string_equal(rendered_by("out:escape('html', '<>'):escape('url', nil)"), "&lt;&gt;");
    written();
    assert_string_equal(rendered_by("return 'a\\0b'"), "a");
    assert_int_equal(output.len, 3);
}

static void what_is_no_text_is_refused(void **state) {
    (void)state;
    expect_part(error_of("return 5")->text, "must return a string or write to out, not return a n");
    expect_part(error_of("return {}")->text, "not return a table");
    expect_part(error_of("return article")->text, "not return a userdata");
    expect_part(error_of("return false")->text, "not return a boolean");
    expect_part(error_of("out:write(nil)")->text, "text expected, got nil");
    expect_part(error_of("out:write('a', {})")->text, "text expected, got table");
    expect_part(error_of("out.write('a')")->text, "fascia.out expected");
    expect_part(error_of("out:escape('sql', 'x')")->text, "there is no escape 'sql'");
}

/* A template's values share calls that go over many lines. */
static void a_value_of_a_template_is_refused_with_its_line(void **state) {
    (void)state;
    const struct diag *d = error_of("fascia.template('a\\n{{ a }}\\nb\\n  {{ x }}', 'page.html')"
                                    "(out, { a = article.title, x = {} })");
    assert_string_equal(d->text.at, "page.html:4:3: text expected between the braces, got table");
}

static void an_output_has_a_limit(void **state) {
    (void)state;
    expect_part(error_of("local s = ('x'):rep(1000) while true do out:write(s) end")->text,
                "content/first.md is larger than 1 MB");
    assert_true(output.len <= 1 << 20);
    expect_part(error_of("return ('x'):rep((1 << 20) + 1)")->text,
                "content/first.md is larger than 1 MB");
    expect_part(error_of("out:write(('x'):rep(1 << 20)) return 'x'")->text, "larger than");
    expect_part(error_of("out:escape('html', ('x'):rep((1 << 20) + 1))")->text, "larger than");
    assert_int_equal(strlen(rendered_by("return ('x'):rep(1 << 20)")), 1 << 20);
}

static void a_coroutine_reads_and_writes_as_the_main_thread_does(void **state) {
    (void)state;
    assert_string_equal(
        rendered_by("local run = coroutine.wrap(function() "
                    "  for i, pair in ipairs(article.faq) do "
                    "    out:write(i, pair.question) coroutine.yield() "
                    "  end "
                    "  for key in pairs(article.faq[1].answer) do out:write(' ', key) end "
                    "  out:write(' ', site:articles()[1].title, ' ', #article.faq, ' ') "
                    "  out:json(article.faq[2].question) "
                    "end) run() run() run()"),
        "1Why?2How? text html markdown First 2 \"How?\"");
    expect_part(error_of("coroutine.wrap(function() return article.nothing end)()")->text,
                "the article has no field 'nothing'");
    expect_part(error_of("coroutine.wrap(function() "
                         "  pcall(out.write, out, ('x'):rep((1 << 20) + 1)) "
                         "end)()")->text,
                "is larger than 1 MB");
}

static void an_output_cannot_be_kept(void **state) {
    (void)state;
    must_load("local kept return { exports = { a = { each = 'article', path = 'a', "
              "render = function(_, out) if kept then kept:write('x') end kept = out end } } }");
    assert_string_equal(rendered(), "");
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    expect_part(diags.first->text, "this output belongs to an earlier rendering");
}

static void a_condition_may_skip_a_rendering(void **state) {
    (void)state;
    must_load("return { exports = { a = { each = 'article', path = 'a', "
              "when = function(article) return #article.faq > 2 end, render = print } } }");
    output_path[0] = 'x';
    assert_int_equal(render_item(0, 0), RENDER_SKIPPED);
    assert_int_equal(diags.errors, 0);
    assert_string_equal(output_path, "");
    must_load("return { exports = { a = { each = 'article', path = 'a', "
              "when = function(article) error 'no' end, render = print } } }");
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
}

/* What an export is made for */

#define EXPORT(each, path, body)                                                                   \
    "return { exports = { ['one.txt'] = { each = " each ", path = " path                           \
    ", render = function(item, out, site, options, article) " body " end } } }"

static void an_export_of_the_site_is_made_once(void **state) {
    (void)state;
    must_load(EXPORT("'site'", "'{name}'", "return item.title .. tostring(article)"));
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDERED);
    assert_string_equal(written(), "Sitenil");
    assert_string_equal(output_path, "one.txt");
}

static void an_export_of_a_list_is_made_for_each_item(void **state) {
    (void)state;
    must_load(
        EXPORT("'article.faq'", "'{slug}/{n}{-n}.txt'", "return item.question .. article.title"));
    assert_int_equal(render_item(0, 0), RENDERED);
    assert_string_equal(written(), "Why?First");
    assert_string_equal(output_path, "first/1.txt");
    assert_int_equal(render_item(0, 1), RENDERED);
    assert_string_equal(written(), "How?First");
    assert_string_equal(output_path, "first/2-2.txt");
}

static void an_export_of_a_function_is_made_for_what_it_returns(void **state) {
    (void)state;
    must_load(EXPORT("function(site) return { 'a', 'b', site.title } end",
                     "function(item, site, article) return item .. tostring(article) end",
                     "return item"));
    assert_true(list_items());
    assert_string_equal(listed_keys(), "a b Site ");
    assert_int_equal(render_item(NO_ARTICLE, 2), RENDERED);
    assert_string_equal(written(), "Site");
    assert_string_equal(output_path, "Sitenil");
    must_load(EXPORT("function(site) return site:articles() end", "'{key}/{n}'",
                     "return item.title"));
    assert_true(list_items());
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDERED);
    assert_string_equal(written(), "First");
    assert_string_equal(output_path, "first/1");
}

static void an_item_is_known_by_its_key(void **state) {
    (void)state;
    settings_are("{title: Site, plugins: {test: {books: [{key: red}, {note: none}]}}}");
    static const char *const cases[][2] = {
        {"{ 'b', 'a' }", "b a "},
        {"{ 2025, 1.5 }", "2025 1.5 "},
        {"{ { key = 'x' }, { key = 7 }, {} }", "x 7 3 "},
        {"{ true, false }", "1 2 "},
        {"{ { 'no key' }, 'a' }", "1 a "},
        {"site:articles()", "first "},
        {"{ site:articles() }", "1 "},
        {"site:articles()[1].faq", "1 2 "},
        {"options.books", "red 2 "},
        {"{}", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must_load(arena_printf(&plugin_arena,
                               "return { exports = { ['one.txt'] = { path = 'a', render = print, "
                               "each = function(site, options) return %s end } } }", cases[i][0])
                      .at);
        if (!list_items())
            fail_msg("%s: %s", cases[i][0], diags.first->text.at);
        assert_string_equal(listed_keys(), cases[i][1]);
    }
}

static void an_item_comes_to_its_rendering_as_it_was_given(void **state) {
    (void)state;
    settings_are("{title: Site, plugins: {test: {deep: [{a: 1}]}}}");
    static const char *const cases[][2] = {
        {"'text'", "return item"},
        {"{ key = 'x', n = 1 << 62, d = 0.5, t = true, f = false }",
         "return item.n == 1 << 62 and item.d == 0.5 and item.t and item.f == false and 'text'"},
        {"{ [3] = 'te', x = { { 'xt' } }, [1.5] = 9 }",
         "return item[3] .. item.x[1][1] .. (item[1.5] == 9 and '' or 'no')"},
        {"{ all = site:articles() }", "return #item.all == 1 and item.all[1].title == 'First' and "
                                      "rawequal(item.all[2], nil) and 'text'"},
        {"site:articles()[1].faq[2]", "return item.question == 'How?' and 'text'"},
        {"{ deep = site:articles()[1].meta.extra }",
         "return item.deep.deep[2] == 2 and item.deep.none == nil and 'text'"},
        {"{ deep = options.deep[1] }", "return item.deep.a == 1 and item.deep.b == nil and 'text'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must_load(arena_printf(&plugin_arena,
                               "return { exports = { ['one.txt'] = { path = 'a', render = "
                               "function(item) %s end, each = function(site, options) "
                               "return { %s } end } } }", cases[i][1], cases[i][0])
                      .at);
        if (!list_items() || render_item(NO_ARTICLE, 0) != RENDERED)
            fail_msg("%s: %s", cases[i][0], diags.first->text.at);
        assert_string_equal(written(), "text");
    }
}

static void a_damaged_item_is_an_error(void **state) {
    (void)state;
    must_load(EXPORT("function(site) return { { 1, a = site:articles()[1].faq[2] } } end", "'a'",
                     ""));
    assert_true(list_items());
    for (size_t i = 0; i < listed.len; i++) {
        char was = listed.at[i];
        for (int flip = 1; flip < 256; flip *= 2) {
            listed.at[i] = (char)(was ^ flip);
            struct wire in = {.rest = buf_str(&listed)};
            struct rendering r = {.article = NO_ARTICLE, .begin = begin_output};
            r.key = wire_str(&in);
            r.value = wire_str(&in);
            diags = (struct diags){.arena = &plugin_arena};
            if (plugin_render(&plugin, &r, &diags) == RENDER_FAILED)
                assert_int_equal(diags.errors, 1);
        }
        listed.at[i] = was;
    }
}

static void a_list_of_items_that_is_none_is_an_error(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"return nil", "export 'a': each(site) must return a list, not a nil"},
        {"return 5", "must return a list, not a number"},
        {"error 'no'", "no"},
        {"return setmetatable({}, { __len = function() return -1 end })", "at most"},
        {"return setmetatable({}, { __len = function() return 1 << 40 end })",
         "a list of at most 100000 items"},
        {"return setmetatable({}, { __len = function() return 'x' end })",
         "length is not an integer"},
        {"return setmetatable({}, { __len = function() return 3 end })",
         "item 1 of each(site) is nil"},
        {"return { 'a', 'b', 'a' }",
         "items 1 and 3 of each(site) have the same key, 'a'"},
        {"return { 'a', '1', {}, { key = 3 } }",
         "items 3 and 4 of each(site) have the same key, '3'"},
        {"return { '' }", "the key of item 1 is empty"},
        {"return { { key = {} } }", "the key of item 1 must be a string, not a table"},
        {"return { { key = ('x'):rep(201) } }", "the key of item 1 is longer than 200 bytes"},
        {"return { '\\xff' }", "the key of item 1 is not valid UTF-8"},
        {"return { 'a', print }",
         "export 'a': item 2 of each(site), '2': it holds a function: items are plain data"},
        {"return { { key = 'x', f = { print } } }", "'x': it holds a function"},
        {"return { { key = 'x', [true] = 1 } }", "it holds a table with a boolean as key"},
        {"local t = { key = 'x' } t.t = t return { t }", "nested too deep, or holds itself"},
        {"local t = { key = 'x' } t.a, t.b = t, t return { t }", "nested too deep, or holds itself"},
        {"return { site }", "it holds the site, which render gets by itself"},
        {"return { options }", "it holds the options, which render gets by itself"},
        {"local s, t = ('x'):rep(1 << 20), {} for i = 1, 17 do t[i] = { s } end return t",
         "item 16 of each(site), '16': with this one, the items are larger than 16 MB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must_load(arena_printf(&plugin_arena,
                               "return { exports = { a = { path = 'a', render = print, "
                               "each = function(site, options) %s end } } }", cases[i][0])
                      .at);
        if (list_items())
            fail_msg("%s is taken", cases[i][0]);
        assert_int_equal(diags.errors, 1);
        expect_part(diags.first->text, cases[i][1]);
    }
}

/* Paths */

static void expect_path(const char *template, struct node article, uint32_t item,
                        const char *path) {
    struct str found, unknown;
    struct path_values v = {.name = STR("x.txt"), .article = article, .item = item,
                            .key = article.slot ? STR("") : STR("Tea & Co")};
    if (!export_path(str_of(template), &v, &plugin_arena, &found, &unknown))
        fail_msg("%s: '%.*s' is unknown", template, STR_ARG(unknown));
    assert_string_equal(arena_str(&plugin_arena, found).at, path);
}

static void a_template_is_filled_in(void **state) {
    (void)state;
    struct image image = freeze_yaml("{id: a/b, slug: s, lang: de}");
    struct node article = image_root(&image);
    expect_path("{slug}/{name}", article, 0, "s/x.txt");
    expect_path("{id}.{lang}.{n}", article, 0, "a/b.de.1");
    expect_path("{slug}{-n}.txt", article, 0, "s.txt");
    expect_path("{slug}{-n}.txt", article, 9, "s-10.txt");
    expect_path("plain", article, 0, "plain");
    expect_path("", article, 0, "");
    expect_path("}{n}}", article, 0, "}1}");
    expect_path("{n}{n}{n}", (struct node){0}, 1, "222");
    expect_path("{key}/{slug}{-n}", (struct node){0}, 0, "Tea & Co/tea-co");
}

static void braces_without_a_value_are_unknown(void **state) {
    (void)state;
    struct image image = freeze_yaml("{id: a, slug: '', lang: ~}");
    static const char *const cases[][2] = {
        {"{slug}", "slug"}, {"x/{lang}", "lang"}, {"{title}", "title"}, {"{}", ""},
        {"{ id}", " id"},   {"{{id}}", "{id"},    {"{id", "id"},        {"a{", ""},
        {"{key}", "key"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str path, unknown;
        struct path_values v = {.name = STR("x"), .article = image_root(&image)};
        if (export_path(str_of(cases[i][0]), &v, &plugin_arena, &path, &unknown))
            fail_msg("%s is filled in", cases[i][0]);
        assert_true(str_eq(unknown, str_of(cases[i][1])));
    }
    struct str path, unknown;
    struct path_values none = {.name = STR("x"), .item = NO_ITEM};
    assert_false(export_path(STR("{slug}"), &none, &plugin_arena, &path, &unknown));
    assert_false(export_path(STR("{n}"), &none, &plugin_arena, &path, &unknown));
    assert_false(export_path(STR("{-n}"), &none, &plugin_arena, &path, &unknown));
}

static void a_path_without_a_value_is_an_error(void **state) {
    (void)state;
    must_load(EXPORT("'site'", "'{slug}/a'", ""));
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDER_FAILED);
    expect_part(diags.first->text, "'{slug}' in its path has no value here");
    assert_true(diags.first->at.line > 0 && diags.first->at.col > 1); // where the path stands
    must_load(EXPORT("'site'", "function() return 5 end", ""));
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDER_FAILED);
    expect_part(diags.first->text, "must return a string, not a number");
}

static void after_an_error_the_next_rendering_works(void **state) {
    (void)state;
    must_load("local n = 0 return { exports = { a = { each = 'article', path = 'a', "
              "render = function(article) n = n + 1 if n % 2 == 1 then "
              "local t = {} while n < 4 do t[#t + 1] = ('x'):rep(1000) .. #t end error(n) end "
              "return article.title end } } }");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(render_item(0, 0), RENDER_FAILED);
        assert_string_equal(rendered(), "First");
    }
}

static void randomness_is_the_same_in_every_rendering(void **state) {
    (void)state;
    char first[64];
    snprintf(first, sizeof first, "%s", rendered_by("return math.random(0) .. ''"));
    assert_string_equal(rendered(), first);
    rendered_by("math.randomseed(7) return ''");
    assert_string_equal(rendered_by("return math.random(0) .. ''"), first);
}

static void what_is_printed_goes_to_a_bounded_log(void **state) {
    (void)state;
    rendered_by("print('a', 1, nil, {}) print() print(article.title)");
    assert_true(str_eq(buf_str(&plugin.bind.log), STR("a\t1\tnil\ttable\n\nFirst\n")));
    rendered_by("local s = ('x'):rep(10000) for i = 1, 100 do print(s) end");
    assert_true(plugin.bind.log.len < 80 * 1024);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_plugin_says_what_it_is),
        TEST(a_file_that_is_no_plugin_is_refused_with_its_line),
        TEST(names_that_begin_with_a_line_are_the_plugins_own),
        TEST(a_table_of_other_names_is_a_module),
        TEST(an_export_that_is_none_is_refused),
        TEST(too_little_memory_is_an_error),
        TEST(modules_lie_below_the_plugins_folder),
        TEST(a_module_that_is_not_there_is_an_error),
        TEST(an_error_in_a_module_points_into_it),
        TEST(a_plugin_whose_file_is_gone_is_an_error),
        TEST(what_is_returned_or_written_is_the_output),
        TEST(what_is_no_text_is_refused),
        TEST(a_value_of_a_template_is_refused_with_its_line),
        TEST(an_output_has_a_limit),
        TEST(a_coroutine_reads_and_writes_as_the_main_thread_does),
        TEST(an_output_cannot_be_kept),
        TEST(a_condition_may_skip_a_rendering),
        TEST(an_export_of_the_site_is_made_once),
        TEST(an_export_of_a_list_is_made_for_each_item),
        TEST(an_export_of_a_function_is_made_for_what_it_returns),
        TEST(an_item_is_known_by_its_key),
        TEST(an_item_comes_to_its_rendering_as_it_was_given),
        TEST(a_damaged_item_is_an_error),
        TEST(a_list_of_items_that_is_none_is_an_error),
        TEST(a_template_is_filled_in),
        TEST(braces_without_a_value_are_unknown),
        TEST(a_path_without_a_value_is_an_error),
        TEST(after_an_error_the_next_rendering_works),
        TEST(randomness_is_the_same_in_every_rendering),
        TEST(what_is_printed_goes_to_a_bounded_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

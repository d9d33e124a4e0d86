/* Errors of plugins: what they say, and that they point at the plugin and at the content. */
#include "rendering.h"

static void an_error_has_the_plugins_line_and_the_contents(void **state) {
    (void)state;
    must_load("return { exports = { a = { each = 'article', path = 'a',\n"
              "  render = function(article)\n"
              "    local question = article.faq[2].question\n"
              "\t  error('bad question: ' .. question)\n"
              "  end } } }");
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    const struct diag *e = diags.first;
    assert_string_equal(e->text.at, "bad question: How?");
    expect_place(e->at, "plugins/test.lua", 4, 4);
    expect_place(e->related->at, "content/first.md", 14, 5);
    assert_string_equal(e->related->text.at, "while 'a' was reading faq[2].question");
    assert_string_equal(e->code.at, "plugin");
}

static void the_innermost_line_of_a_file_is_the_place(void **state) {
    (void)state;
    add_file("test.lua", "");
    add_file("lib.lua", "return function(x)\n    return x.y\nend");
    must_load("local f = require 'lib'\n"
              "return { exports = { a = { each = 'site', path = 'a', render = function()\n"
              "  f(nil) end } } }");
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDER_FAILED);
    expect_place(diags.first->at, "plugins/lib.lua", 2, 12);
    expect_part(diags.first->text, "attempt to index a nil value (local 'x')");
    expect_place(diags.first->related->at, "plugins/test.lua", 3, 3); // nothing was read
    assert_null(diags.first->related->next);
}

static const struct diag *failing(const char *body) {
    char text[2000];
    snprintf(text, sizeof text, "return { exports = { a = { each = 'article', path = 'a',\n"
                                "render = function(article, out)\n%s\nend } } }", body);
    must_load(text);
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    return diags.first;
}

static void an_error_in_a_coroutine_has_its_own_line(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "local run = coroutine.wrap(function()\n  for _, pair in ipairs(article.faq) do\n"
        "    local x = pair.qestion\n  end\nend)\nrun()",
        "local run = coroutine.create(function()\n\n    local x = article.faq[1].qestion\nend)\n\n"
        "\nlocal good, why = coroutine.resume(run)\nif not good then error(why, 0) end",
        "local inner = coroutine.wrap(function()\n\n    local x = article.faq[1].qestion\nend)\n\n"
        "\ncoroutine.wrap(function() inner() end)()",
        "local run = coroutine.wrap(function()\n local pair = article.faq[1]\n"
        "    error { message = pair.qestion }\nend)\n\nrun()",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        const struct diag *e = failing(bodies[i]);
        assert_int_equal(e->at.line, 5);
        assert_string_equal(e->text.at,
                            "faq[1] has no field 'qestion'; did you mean 'question'?");
        expect_place(e->related->at, "content/first.md", 11, 5);
        assert_string_equal(e->related->next->text.at, "reached from here");
        assert_true(e->related->next->at.line >= 8);
    }
}

static void an_error_object_of_a_coroutine_has_its_line_too(void **state) {
    (void)state;
    const struct diag *e = failing("local run = coroutine.wrap(function()\n\n"
                                   "  error { message = 'no luck' }\nend)\nrun()");
    assert_int_equal(e->at.line, 5);
    assert_string_equal(e->text.at, "no luck");
    e = failing("local run = coroutine.wrap(function()\n\n  error(nil)\nend)\nrun()");
    assert_int_equal(e->at.line, 5);
    assert_string_equal(e->text.at, "the plugin raised a nil instead of a message");
}

static void what_a_coroutine_failed_with_is_not_what_fails_later(void **state) {
    (void)state;
    const struct diag *e = failing("local run = coroutine.create(function() error('stop', 0) end)\n"
                                   "coroutine.resume(run)\nerror('cannot stop')");
    assert_int_equal(e->at.line, 5);
    e = failing("local run = coroutine.create(function() error('stop', 0) end)\n"
                "coroutine.resume(run)\nassert(coroutine.resume(run))");
    assert_int_equal(e->at.line, 5);
    assert_string_equal(e->text.at, "cannot resume dead coroutine");
}

static void coroutines_work_as_lua_has_them(void **state) {
    (void)state;
    assert_string_equal(
        rendered_by("local co = coroutine.create(function(a, b) "
                    "  local c, d = coroutine.yield(a + b, 'x') return c * d end) "
                    "local _, sum, x = coroutine.resume(co, 1, 2) "
                    "out:write(sum, x, select(2, coroutine.resume(co, 3, 4)), ' ') "
                    "local _, why = coroutine.resume(co) out:write(why, coroutine.status(co)) "
                    "local _, thrown = pcall(coroutine.wrap(function() error({ 7 }) end)) "
                    "out:write(thrown[1], select('#', coroutine.wrap(print)()))"),
        "3x12 cannot resume dead coroutinedead70");
    assert_string_equal(
        rendered_by("local same = coroutine.wrap(function(...) return ... end) "
                    "out:write(select('#', same(nil, nil, nil)), tostring(pcall(same))) "
                    "out:write(' ', tostring(pcall(coroutine.resume, 5)), "
                    "tostring(pcall(coroutine.wrap, 5)), "
                    "tostring(coroutine.resume(coroutine.running())))"),
        "3false falsefalsefalse");
}

static void the_level_of_an_error_is_its_place(void **state) {
    (void)state;
    const struct diag *e = failing("local function check(x)\n  error('no x', 2)\nend\n"
                                   "check(article.title)");
    expect_place(e->at, "plugins/test.lua", 6, 1);
    e = failing("local good, why = pcall(function()\n  error('deep')\nend)\n\nerror(why)");
    assert_int_equal(e->at.line, 4);
    assert_string_equal(e->text.at, "deep");
}

static void an_error_before_any_read_names_the_article(void **state) {
    (void)state;
    const struct diag *e = failing("error('early')");
    expect_place(e->related->at, "content/first.md", 1, 1);
}

static void an_error_in_the_library_names_what_was_called(void **state) {
    (void)state;
    const struct diag *e = failing("local text = require 'fascia'.text\nout:write(text.line(nil))");
    expect_place(e->at, "plugins/test.lua", 4, 16);
    expect_part(e->text, "in 'line': attempt to index a nil value");
}

static void an_error_of_content_points_at_content(void **state) {
    (void)state;
    const struct diag *e = failing("local fascia = require 'fascia'\n"
                                   "fascia.error(article.faq[2], 'no answer', { field = 'question',"
                                   " code = 'no-answer', help = 'write one' })");
    expect_place(e->at, "content/first.md", 14, 5);
    assert_string_equal(e->text.at, "no answer");
    assert_string_equal(e->code.at, "no-answer");
    assert_string_equal(e->help.at, "write one");
    expect_place(e->related->at, "plugins/test.lua", 4, 8);
    assert_string_equal(e->related->text.at, "said here");
    assert_null(e->related->next);
}

static void an_error_of_content_may_pass_through_others(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "coroutine.wrap(function() fascia.error(article, 'bad', { field = 'title' }) end)()",
        "local good, why = pcall(fascia.error, article, 'bad', { field = 'title' }) error(why)",
        "local good, why = pcall(fascia.error, article, 'bad', { field = 'title' })\n"
        "assert(why == 'content/first.md:2:8: bad') error(why, 0)",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char text[300];
        snprintf(text, sizeof text, "local fascia = require 'fascia'\n%s", bodies[i]);
        const struct diag *e = failing(text);
        expect_place(e->at, "content/first.md", 2, 8);
        assert_string_equal(e->text.at, "bad");
        assert_string_equal(e->code.at, "test");
        assert_string_equal(e->related->at.path.at, "plugins/test.lua");
    }
    const struct diag *e = failing("pcall(require 'fascia'.error, article, 'bad') error('worse')");
    assert_string_equal(e->text.at, "worse");
    assert_int_equal(e->at.line, 3);
}

static void an_error_of_nothing_in_particular_points_at_the_plugin(void **state) {
    (void)state;
    const struct diag *e = failing("local fascia = require 'fascia'\n fascia.error(nil, 'bad')");
    expect_place(e->at, "plugins/test.lua", 4, 9);
    assert_string_equal(e->text.at, "bad");
    assert_null(e->related);
    e = failing("require 'fascia'.error(article, 'bad', { feild = 'title' })");
    expect_part(e->text, "a warning has no 'feild'; did you mean 'field'?");
    e = failing("require 'fascia'.error('title', 'bad')");
    expect_part(e->text, "a value of the model expected");
}

static void a_long_path_is_recognised_in_a_message(void **state) {
    (void)state;
    add_file("test.lua", "");
    add_file("a-module-with-a-name-that-is-longer-than-lua-shows/of-a-file.lua",
             "return function()\n  error('far')\nend");
    must_load("local f = require 'a-module-with-a-name-that-is-longer-than-lua-shows.of-a-file'\n"
              "return { exports = { a = { each = 'site', path = 'a', render = function()\n"
              "  local good, why = pcall(f) error(why, 0) end } } }");
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDER_FAILED);
    assert_string_equal(diags.first->text.at, "far");
    assert_int_equal(diags.first->at.line, 2);
}

static void an_error_in_a_primitive_has_the_callers_line(void **state) {
    (void)state;
    must_load("return { exports = { a = { each = 'site', path = 'a', render = function(s, out)\n"
              "\n"
              "    out:write(nil)\n"
              "  end } } }");
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDER_FAILED);
    expect_place(diags.first->at, "plugins/test.lua", 3, 9);
}

/* Its line has no part in the error: the function does not run any more. */
static void what_a_function_returned_is_wrong_where_it_begins(void **state) {
    (void)state;
    must_load("return { exports = { a = { each = 'article',\n"
              "when = function() return {} end,\n"
              "path = function() return {} end,\n"
              "render = function() return {} end } } }");
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    expect_place(diags.first->at, "plugins/test.lua", 3, 1);
    must_load("return { exports = { a = { each = 'article', path = 'x',\n"
              "when = function() return {} end,\n\n"
              "render = function() return {} end } } }");
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    expect_place(diags.first->at, "plugins/test.lua", 4, 1);
    must_load("return { exports = { a = { path = 'x', render = function() end,\n\n"
              "each = function() return { print } end } } }");
    assert_false(list_items());
    expect_place(diags.first->at, "plugins/test.lua", 3, 1);
    must_load("return { exports = { a = { each = 'article', path = '{n}{key}',\n"
              "when = function() return {} end, render = function() end } } }");
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    expect_place(diags.first->at, "plugins/test.lua", 1, 57); // no function said it
}

static void an_error_may_be_anything(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"error()", "the plugin raised a nil instead of a message"},
        {"error({})", "the plugin raised a table instead of a message"},
        {"error({ message = 'in a table' })", "in a table"},
        {"error({ message = {} })", "raised a table"},
        {"error(setmetatable({}, { __index = function() while true do end end }))", "a table"},
        {"error({ message = ('x'):rep(1 << 20) })", "xxxx"},
        {"error(setmetatable({}, { __tostring = function() while true do end end }))",
         "raised a table"},
        {"error(true)", "raised a boolean"},
        {"error(print)", "raised a function"},
        {"error(article)", "raised a userdata"},
        {"error(coroutine.create(print))", "raised a thread"},
        {"error(5)", "5"},
        {"error('plain', 0)", "plain"},
        {"error('with level 2', 2)", "with level 2"},
        {"error('\\27[2Jred\\n\\0nul')", "\\x1b[2Jred\\x0a\\x00nul"},
        {"error('\\xFF\\xFE')", "\\xff\\xfe"},
        {"error('')", ""},
        {"local function f() return f() + 1 end f()", ""}, // out of stack, or of memory
        {"error(('x'):rep(1 << 20), 0)", "xxxx"},
        {"string.rep('x', 1 << 30)", "content/first.md needs more memory than 8 MB"},
        {"coroutine.wrap(function() error 'inside' end)()", "inside"},
        {"coroutine.wrap(function() error(('x'):rep(1 << 20)) end)()", "xxxx"},
        {"coroutine.wrap(function() error({}) end)()", "raised a table"},
        {"xpcall(error, function(m) error(m) end, 'x') error('after')", "after"},
        {"local _, e = xpcall(error, function(m) error(m) end, 'x') error(e)", ""},
        {"local function again(m) return xpcall(error, again, m) end again('x') error('y')", "y"},
        {"coroutine.yield()", "attempt to yield"},
        {"select(-5)", "index out of range"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct diag *e = error_of(cases[i][0]);
        expect_part(e->text, cases[i][1]);
        assert_true(str_eq(e->at.path, STR("plugins/test.lua")));
        assert_true(e->text.len <= 3100); // 4 KB with its places
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_error_has_the_plugins_line_and_the_contents),
        TEST(the_innermost_line_of_a_file_is_the_place),
        TEST(an_error_in_a_coroutine_has_its_own_line),
        TEST(an_error_object_of_a_coroutine_has_its_line_too),
        TEST(what_a_coroutine_failed_with_is_not_what_fails_later),
        TEST(coroutines_work_as_lua_has_them),
        TEST(the_level_of_an_error_is_its_place),
        TEST(an_error_before_any_read_names_the_article),
        TEST(an_error_in_the_library_names_what_was_called),
        TEST(an_error_of_content_points_at_content),
        TEST(an_error_of_content_may_pass_through_others),
        TEST(an_error_of_nothing_in_particular_points_at_the_plugin),
        TEST(a_long_path_is_recognised_in_a_message),
        TEST(an_error_in_a_primitive_has_the_callers_line),
        TEST(what_a_function_returned_is_wrong_where_it_begins),
        TEST(an_error_may_be_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

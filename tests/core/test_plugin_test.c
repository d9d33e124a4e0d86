#include "rendering.h"

/* What a test file told, a line each: "+ name 3" when it begins, then "passed name" … */
static struct buf told;
static struct buf golden;
static struct arena test_arena;
static struct diags failures; /* of all tests, in order */
static struct plugin_test test;
static struct plugins all;
static struct settings settings;

static void note_begun(void *owner, struct str name, uint32_t line) {
    (void)owner;
    buf_printf(&told, "+ %.*s %u\n", STR_ARG(name), line);
}

static void note_ended(void *owner, struct str name, uint32_t line, enum test_end end,
                       const struct diags *d) {
    static const char *const words[] = {"begun", "passed", "failed", "pending"};
    (void)owner, (void)line;
    buf_printf(&told, "%s %.*s\n", words[end], STR_ARG(name));
    for (const struct diag *one = d->first; one; one = one->next)
        diag_copy(&failures, one);
}

static void note_golden(void *owner, struct str name, struct str bytes) {
    (void)owner;
    buf_printf(&golden, "%.*s=%.*s;", STR_ARG(name), STR_ARG(bytes));
}

static int set_up(void **state) {
    set_up_rendering(state);
    told = golden = (struct buf)BUF_INIT;
    failures = (struct diags){.arena = &plugin_arena};
    settings = (struct settings){.memory_bytes = 8 << 20};
    all = (struct plugins){&plugin, 1};
    must_load("return { exports = { ['one.txt'] = { each = 'article', path = '{slug}/one.txt',"
              " when = function(a) return #a.faq > 0 end,"
              " render = function(a, out, site, options)\n"
              "  if a.faq[1].answer.text == 'Fail.' then error('not this') end\n"
              "  out:write(a.title, options.mark or '') end },"
              " ['all.txt'] = { each = 'site', path = 'all.txt',"
              "   render = function(site) return #site:articles() .. site.now end } } }");
    add_file("test_test.lua", "");
    test = (struct plugin_test){.bundle = &bundle,
                                .plugins = &all,
                                .settings = &settings,
                                .arena = &test_arena,
                                .file = STR("test_test.lua"),
                                .place = STR("plugins/test_test.lua"),
                                .folder = STR("plugins/test_test"),
                                .begun = note_begun,
                                .ended = note_ended,
                                .golden = note_golden};
    return 0;
}

/* These tests have no finalizers either. */
static void close_test(void) {
    if (test.bind) {
        if (test.bind->lua)
            lua_close(test.bind->lua);
        buf_free(&test.bind->files);
        buf_free(&test.bind->log);
        buf_free(&test.bind->scratch);
    }
    test.bind = NULL;
    arena_free(&test_arena);
}

static int tear_down(void **state) {
    close_test();
    buf_free(&told);
    buf_free(&golden);
    return tear_down_rendering(state);
}

#undef TEST
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static bool run(const char *text) {
    close_test();
    told.len = golden.len = 0;
    diags = failures = (struct diags){.arena = &plugin_arena};
    test.bytes = bundle_files[1].bytes = str_of(text);
    return plugin_test(&test, &diags);
}

static void expect_told(const char *expected) {
    if (!str_eq(buf_str(&told), str_of(expected)))
        fail_msg("told:\n%.*s%s", STR_ARG(buf_str(&told)),
                 failures.first ? failures.first->text.at : "");
}

#define TEA "article '---\\ntitle: Tea\\n---\\n## FAQ\\n\\n### Hot?\\n\\nYes.\\n'"

static void each_test_is_told_as_it_begins_and_as_it_ends(void **state) {
    (void)state;
    assert_true(run("describe('a', function()\n"
                    "  it('b', function() end)\n"
                    "  it('c', function() error('x') end)\n"
                    "end)\n"
                    "pending 'd'\n"));
    expect_told("+ a › b 2\npassed a › b\n+ a › c 3\nfailed a › c\n+ d 5\npending d\n");
    assert_int_equal(diags.errors, 0);
    assert_int_equal(failures.errors, 1);
    assert_string_equal(failures.first->text.at, "a › c: x");
    expect_place(failures.first->at, "plugins/test_test.lua", 3, 3);
}

static void fixtures_become_articles_and_sites_that_the_plugin_renders(void **state) {
    (void)state;
    assert_true(run("it('t', function()\n"
                    "  local tea = " TEA "\n"
                    "  assert.same({ 'Tea', 'article/one.txt', {} }, { render('one.txt', tea) })\n"
                    "  local here = site { plugins = { test = { mark = '!' } },\n"
                    "    articles = { tea, article { path = 'b.md',"
                    " text = '---\\ndate: 2026-01-02\\n---\\n' } } }\n"
                    "  assert.equal('Tea!', (render('one.txt', tea, here)))\n"
                    "  assert.equal('22026-01-02T00:00:00Z', (render('all.txt', here)))\n"
                    "  assert.is_nil(render('one.txt', article 'none'))\n"
                    "end)\n"));
    expect_told("+ t 1\npassed t\n");
    assert_ptr_equal(plugin.bind.site, &site); // the real one again
}

static void a_plugins_error_has_the_places_of_plugin_and_fixture(void **state) {
    (void)state;
    run("it('t', function()\n"
        "  render('one.txt', article [[\n"
        "## FAQ\n"
        "\n"
        "### Hot?\n"
        "\n"
        "Fail.\n"
        "]])\n"
        "end)\n");
    const struct diag *e = failures.first;
    assert_string_equal(e->text.at, "t: not this");
    expect_place(e->at, "plugins/test_test.lua", 2, 3);
    assert_string_equal(e->related->at.path.at, "plugins/test.lua");
    assert_int_equal(e->related->at.line, 2);
    expect_part(e->detail, "faq[1].answer.text: plugins/test_test.lua:7:1");
}

static void a_difference_is_shown_in_lines(void **state) {
    (void)state;
    run("it('t', function() assert.equal('a\\nb\\n', 'a\\nc\\n') end)\n");
    assert_string_equal(failures.first->text.at, "t: the texts differ at line 2, column 1");
    expect_part(failures.first->detail, "-    2  b\n+    2  c\n");
}

static void golden_files_are_compared_or_given_away(void **state) {
    (void)state;
    const char *text = "it('t', function() assert.golden('g', 'new') end)\n";
    struct bundle_file file = {STR("g"), STR("plugins/test_test/g"), STR("old")};
    run(text);
    expect_told("+ t 1\nfailed t\n");
    test.fixtures = (struct bundle){&file, 1};
    run(text);
    expect_part(failures.first->text, "g: expected \"old\", got \"new\"");
    test.updates = true;
    run(text);
    expect_told("+ t 1\npassed t\n");
    assert_true(str_eq(buf_str(&golden), STR("g=new;")));
    file.bytes = STR("new");
    run(text);
    assert_int_equal(golden.len, 0);
}

static void a_file_that_does_not_load_is_one_error(void **state) {
    (void)state;
    assert_false(run("it('t', function() end)\nerror('no')\n"));
    expect_told("");
    assert_int_equal(diags.errors, 1);
    expect_place(diags.first->at, "plugins/test_test.lua", 2, 1);
    assert_false(run("it('t'"));
    assert_false(run("assert.equal(1, 2)"));
}

/* None may crash; what each of them does is its own business. */
static void a_hostile_file_harms_itself_only(void **state) {
    (void)state;
    static const char *const texts[] = {
        "it(nil, nil) it({}, {}) it(1, 2)",
        "it('t', function() it('u', function() end) end)",
        "assert = nil it = nil describe = nil",
        "for k in pairs(_G) do if k ~= 'it' then _G[k] = nil end end it('t', function() end)",
        "it('t', function() error(setmetatable({}, { __tostring = error })) end)",
        "it('t', function() error(('x'):rep(100000)) end)",
        "it(('n'):rep(100000), function() assert.equal(('x\\n'):rep(50000), 'y') end)",
        "it('\\0\\27[2J\\xff', function() assert.equal('\\0', '\\xff') end)",
        "after_each(function() error('a') end) it('t', function() error('b') end)",
        "after_each(function() error('a') end) it('t', function() pending 'b' end)",
        "it('t', function() local t = {} t.t = t assert.same(t, { t = {} }) end)",
        "it('t', function() local a, b = {}, {} a.a = b b.a = a assert.same(a, b) end)",
        "it('t', function() site { articles = { 1 } } end)",
        "it('t', function() site { articles = 1 } end)",
        "it('t', function() site { articles = setmetatable({}, { __len = error }) } end)",
        "it('t', function() site { plugins = setmetatable({}, { __pairs = error }) } end)",
        "it('t', function() local t = {} t.t = t site { words = t } end)",
        "it('t', function() site { url = 'x\\xff' } end)",
        "it('t', function() article { path = ('p'):rep(300), text = '' } end)",
        "it('t', function() article { path = '\\xff.md', text = '' } end)",
        "it('t', function() article '\\xff' end)",
        "it('t', function() article { text = {} } end)",
        "it('t', function() render() end)",
        "it('t', function() render('one.txt') end)",
        "it('t', function() render('one.txt', " TEA ", -1) end)",
        "it('t', function() render('one.txt', (" TEA ").faq) end)",
        "it('t', function() render('all.txt', site {}, 1 << 62) end)",
        "it('t', function() render('one.txt', " TEA ", site {}) end)",
        "it('t', function() render('one.txt', setmetatable({}, { __index = error })) end)",
        "it('t', function() fixture '../../etc/passwd' end)",
        "it('t', function() assert.golden('../x', 'y') assert.golden({}, 1) end)",
        "it('t', function() assert.x.y.z() end)",
        "it('t', function() assert[1]() end)",
        "it('t', function() assert['']() end)",
        "it('t', function() coroutine.wrap(function() render('one.txt', " TEA ") end)() end)",
        "coroutine.wrap(function() it('t', function() coroutine.yield() end) end)()",
        "local function f() describe('d', f) end f()",
        "it('t', function() local function f() return 1 + f() end f() end)",
        "it('t', function() ('x'):rep(1 << 30) end)",
        "require('fascia').test = 1 it('t', function() require('test_test') end)",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test.updates = i % 2;
        run(texts[i]);
        assert_true(
            run("it('t', function() assert.equal('Tea', (render('one.txt', " TEA "))) end)"));
        expect_told("+ t 1\npassed t\n");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_test_is_told_as_it_begins_and_as_it_ends),
        TEST(fixtures_become_articles_and_sites_that_the_plugin_renders),
        TEST(a_plugins_error_has_the_places_of_plugin_and_fixture),
        TEST(a_difference_is_shown_in_lines),
        TEST(golden_files_are_compared_or_given_away),
        TEST(a_file_that_does_not_load_is_one_error),
        TEST(a_hostile_file_harms_itself_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

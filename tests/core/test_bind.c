#include "rendering.h"

/* The model in Lua */

static void fields_are_read_as_lua_values(void **state) {
    (void)state;
    assert_string_equal(rendered_by("return article.title .. #article.faq .. article.words .. "
                                    "math.type(article.words) .. tostring(article.draft) .. "
                                    "article.faq[2].answer.text .. article.tags[2]"),
                        "First27integerfalseSo.y");
    assert_string_equal(rendered_by("return type(article.faq) .. tostring(article.faq) .. "
                                    "tostring(article.faq[1].answer) .. tostring(article)"),
                        "userdatafaqfaq[1].answerarticle");
}

static void what_an_article_lacks_is_nil(void **state) {
    (void)state;
    assert_string_equal(
        rendered_by("return tostring(article.conclusion) .. #article.comparisons .. "
                    "tostring(article.faq[0]) .. tostring(article.faq[3]) .. "
                    "tostring(article.faq[-1]) .. tostring(article.faq[1.5]) .. "
                    "tostring(article.faq[1 << 40]) .. tostring(article[1])"),
        "nil0nilnilnilnilnilnil");
    assert_string_equal(rendered_by("for key in pairs(article) do "
                                    "if key == 'conclusion' then return 'there' end end "
                                    "return 'passed over'"),
                        "passed over");
}

static void a_field_that_no_article_has_is_an_error_with_the_nearest(void **state) {
    (void)state;
    assert_string_equal(error_of("return article.titel")->text.at,
                        "the article has no field 'titel'; did you mean 'title'?");
    assert_string_equal(error_of("return article.faq[1].anser")->text.at,
                        "faq[1] has no field 'anser'; did you mean 'answer'?");
    assert_string_equal(error_of("return article.qqqqqqqq")->text.at,
                        "the article has no field 'qqqqqqqq'");
    expect_part(error_of("return article.faq.first")->text, "a list has no field 'first'");
    expect_part(error_of("return article['\\27\\n']")->text, "\\x1b");
    expect_part(error_of("return article[('x'):rep(100000)]")->text, "has no field 'xxx");
}

static void a_name_that_the_library_lacks_is_an_error_with_the_nearest(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"return fascia.jsom({})", "fascia has no 'jsom'; did you mean 'json'?"},
        {"return fascia.wrods('a')", "fascia has no 'wrods'; did you mean 'words'?"},
        {"return fascia.csv.rwo({})", "fascia.csv has no 'rwo'; did you mean 'row'?"},
        {"return fascia.json.scrpt({})", "fascia.json has no 'scrpt'; did you mean 'script'?"},
        {"return fascia.scan('x')", "fascia has no 'scan'"},
        {"return fascia[5]", "fascia has no '5'"},
        {"fascia[1] = 1 return fascia.jsom", "fascia has no 'jsom'; did you mean 'json'?"},
        {"out:writ('x')", "the output has no method 'writ'; did you mean 'write'?"},
        {"local x = out.zzzzzz", "the output has no method 'zzzzzz'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct diag *error = error_of(cases[i][0]);
        assert_string_equal(error->text.at, cases[i][1]);
        assert_int_equal(error->at.line, 1);
    }
}

static void front_matter_and_options_may_lack_anything(void **state) {
    (void)state;
    assert_string_equal(
        rendered_by("return tostring(article.meta.nothing) .. article.meta.extra.deep[2]"
                    " .. tostring(article.meta.extra.other) .. "
                    "tostring(article.meta.extra.deep.x)"),
        "nil2nilnil");
    assert_string_equal(rendered_by("return tostring(options.depth) .. #options .. "
                                    "tostring(next == nil) .. tostring(options)"),
                        "nil0falseoptions");
    settings_are("{plugins: {test: {depth: 2, list: [a]}, other: {depth: 3}}}");
    assert_string_equal(rendered_by("return options.depth .. options.list[1] .. "
                                    "tostring(options.nothing)"),
                        "2anil");
}

static void the_model_is_read_only(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "article.title = 'x'",     "article.new = 1", "article.faq[1] = nil",
        "article.faq[1].id = 'x'", "options.x = 1",   "article.meta.x = 1",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        expect_part(error_of(bodies[i])->text, "the model is read-only");
    expect_part(error_of("site.title = 1")->text, "the site is read-only");
    expect_part(error_of("site:articles()[1] = 1")->text, "the site is read-only");
    expect_part(error_of("rawset(article, 'title', 'x')")->text, "table expected");
    expect_part(error_of("table.insert(article.faq, 1)")->text, "read-only");
    expect_part(error_of("table.sort(article.faq)")->text, "");
    assert_string_equal(rendered_by("return tostring(getmetatable(article)) .. "
                                    "tostring(getmetatable(out)) .. tostring(getmetatable(site))"),
                        "falsefalsefalse");
    expect_part(error_of("setmetatable(article, {})")->text, "table expected");
}

static void walks_go_in_the_models_order(void **state) {
    (void)state;
    assert_string_equal(rendered_by("local seen = '' for i, pair in ipairs(article.faq) do "
                                    "seen = seen .. i .. pair.question end return seen"),
                        "1Why?2How?");
    assert_string_equal(rendered_by("local seen = '' for i, tag in pairs(article.tags) do "
                                    "seen = seen .. i .. tag end return seen"),
                        "1x2y");
    assert_string_equal(rendered_by("local keys = {} for key in pairs(article.faq[1]) do "
                                    "keys[#keys + 1] = key end return table.concat(keys, ' ')"),
                        "id question answer section anchor");
    assert_string_equal(rendered_by("local keys = {} for key in pairs(article.meta) do "
                                    "keys[#keys + 1] = key end return table.concat(keys, ' ')"),
                        "title slug tags extra");
    assert_string_equal(rendered_by("for _ in pairs(options) do return 'x' end return 'none'"),
                        "none");
}

static void equal_proxies_are_equal(void **state) {
    (void)state;
    assert_string_equal(rendered_by("return tostring(article.faq[1] == article.faq[1]) .. "
                                    "tostring(article.faq[1] == article.faq[2]) .. "
                                    "tostring(article.faq == {}) .. tostring(article == site)"),
                        "truefalsefalsefalse");
}

/* Everything a plugin could have kept, used in the next rendering. */
static void what_was_kept_from_an_earlier_rendering_is_dead(void **state) {
    (void)state;
    static const char *const uses[] = {
        "kept.title",
        "#kept.faq",
        "kept.faq[1]",
        "pairs(kept)",
        "tostring(kept)",
        "#faq",
        "ipairs(faq)(faq, 0)",
        "faq[1]",
        "walk()",
        "fascia.json(kept)",
        "out:json(kept)",
        "fascia.place(kept)",
        "fascia.is_list(faq)",
        "fascia.warn(kept, 'x')",
        "#found",
        "found[1]",
        "pairs(found)",
        "site:export_url('one.txt', kept)",
        "empty.x",
        "#empty",
        "deep.text",
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        must_load(arena_printf(&plugin_arena,
                               "local fascia = require 'fascia' "
                               "local kept, faq, walk, found, empty, deep "
                               "return { exports = { ['one.txt'] = { each = 'article', path = 'a', "
                               "render = function(article, out, site, options) "
                               "if not kept then kept, faq, walk = article, article.faq, "
                               "pairs(article) found, empty = site:articles(), options "
                               "deep = article.faq[1].answer else local x = %s end end } } }",
                               uses[i])
                      .at);
        assert_string_equal(rendered(), "");
        if (render_item(0, 0) != RENDER_FAILED)
            fail_msg("%s still works", uses[i]);
        expect_part(diags.first->text, "belongs to an earlier rendering");
    }
}

static void what_was_kept_from_a_load_or_a_list_is_dead_too(void **state) {
    (void)state;
    must_load("local kept return { exports = { a = { path = 'a', "
              "each = function(site) kept = site:articles()[1] return { 'x' } end, "
              "render = function() return kept.title end } } }");
    assert_true(list_items());
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDER_FAILED);
    expect_part(diags.first->text, "belongs to an earlier rendering");
}

static void warnings_point_at_content(void **state) {
    (void)state;
    rendered_by("fascia.warn(article.faq[2], 'so short', 'short-answer') fascia.warn(nil, 'all') "
                "fascia.warn(site, '\\27[2J')");
    assert_int_equal(diags.warnings, 3);
    expect_place(diags.first->at, "content/first.md", 14, 5);
    assert_string_equal(diags.first->text.at, "so short");
    assert_string_equal(diags.first->code.at, "short-answer");
    assert_int_equal(diags.first->next->at.path.len, 0);
    assert_string_equal(diags.first->next->code.at, "test");
    assert_string_equal(diags.last->text.at, "\\x1b[2J");
    expect_part(error_of("fascia.warn(5, 'x')")->text, "a value of the model expected");
    assert_string_equal(rendered_by("local path, line = fascia.place(article.faq[2]) "
                                    "return path .. line"),
                        "content/first.md14");
}

/* JSON */

static void a_node_is_written_as_json(void **state) {
    (void)state;
    assert_string_equal(rendered_by("out:json(article.faq[1].answer)"),
                        "{\"text\":\"Because.\",\"html\":\"<p>Because.</p>\","
                        "\"markdown\":\"Because.\"}");
    assert_string_equal(rendered_by("out:json(article.tags, 2)"), "[\n  \"x\",\n  \"y\"\n]");
    assert_string_equal(rendered_by("return fascia.json { b = article.tags, a = article.title }"),
                        "{\"a\":\"First\",\"b\":[\"x\",\"y\"]}");
    assert_string_equal(rendered_by("out:json(article.faq[1].answer.html, nil, true)"),
                        "\"\\u003cp\\u003eBecause.\\u003c/p\\u003e\"");
    assert_string_equal(rendered_by("out:json(options)"), "{}");
}

static void the_whole_article_is_one_object(void **state) {
    (void)state;
    const char *text = rendered_by("out:json(article)");
    struct value *v = yaml_value(text); // JSON is YAML
    assert_true(str_eq(value_get_string(v, STR("title")), STR("First")));
    assert_int_equal(value_get(v, STR("faq"))->count, 2);
    assert_non_null(value_get(v, STR("markdown")));
}

static void tables_are_written_as_json(void **state) {
    (void)state;
    assert_string_equal(
        rendered_by("return fascia.json { 1, 'a', true, 1.5, { x = fascia.null } }"),
        "[1,\"a\",true,1.5,{\"x\":null}]");
    assert_string_equal(rendered_by("return fascia.json(fascia.object('z', 1, 'a', nil, 'b', 2))"),
                        "{\"z\":1,\"b\":2}");
    assert_string_equal(rendered_by("return fascia.json(fascia.array {}) .. fascia.json {}"),
                        "[]{}");
    assert_string_equal(rendered_by("return fascia.json(nil) .. fascia.json(1e100) .. "
                                    "fascia.json(math.mininteger)"),
                        "null1e+100-9223372036854775808");
}

static void what_json_cannot_hold_is_an_error(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"print", "JSON cannot hold a function"},
        {"{ f = print }", "JSON cannot hold a function"},
        {"out", "JSON cannot hold a userdata"},
        {"site", "JSON cannot hold a userdata"},
        {"coroutine.create(print)", "JSON cannot hold a thread"},
        {"0/0", "JSON has no number for NaN"},
        {"-1/0", "JSON has no number for infinity"},
        {"'\\xFF'", "not valid UTF-8 at byte 1"},
        {"{ ['\\xFF'] = 1 }", "not valid UTF-8"},
        {"{ 1, 2, [4] = 4 }", "a number as key is neither"},
        {"{ [true] = 1 }", "a boolean as key is neither"},
        {"{ 1, a = 2 }", "a number as key is neither"},
        {"setmetatable({}, { __keys = 5 })", "table expected"},
        {"(function() local t = {} t.t = t return t end)()", "or holds itself"},
        {"(function() local t = {} for i = 1, 200 do t = { t } end return t end)()", "deeper than"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char body[200];
        snprintf(body, sizeof body, "return fascia.json(%s)", cases[i][0]);
        expect_part(error_of(body)->text, cases[i][1]);
        snprintf(body, sizeof body, "out:json(%s)", cases[i][0]);
        expect_part(error_of(body)->text, cases[i][1]);
    }
}

/* The site */

static void put_more_articles(void) {
    add_article(1, "second.md",
                "---\ntitle: Second\nlang: de\ndate: 2025-05-05\ntags: [y]\n---\nB\n");
    add_article(3, "fourth.md", "---\ntitle: Fourth\ndate: 2024-01-01\n---\nC\n");
}

static void the_site_can_be_asked_for_articles(void **state) {
    (void)state;
    put_more_articles();
    static const char *const cases[][2] = {
        {"", "FirstFourthSecond"},
        {"{}", "FirstFourthSecond"},
        {"{ tag = 'y' }", "FirstSecond"},
        {"{ lang = 'de' }", "Second"},
        {"{ sort = '-date' }", "SecondFourthFirst"},
        {"{ sort = 'title', limit = 1 }", "First"},
        {"{ sort = 'title', offset = 1 }", "FourthSecond"},
        {"{ tag = 'none' }", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char body[300];
        snprintf(body, sizeof body,
                 "local all = '' for _, a in ipairs(site:articles(%s)) do "
                 "all = all .. a.title end return all",
                 cases[i][0]);
        assert_string_equal(rendered_by(body), cases[i][1]);
    }
    assert_string_equal(
        rendered_by("local list, n = site:articles(), 0 "
                    "for i, a in pairs(list) do n = n + i end "
                    "return #list .. n .. tostring(list[0]) .. tostring(list[4]) .. "
                    "list[3].markdown"),
        "36nilnilB\n");
}

static void a_question_that_cannot_be_answered_is_an_error(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"site:articles { tags = 'x' }", "site:articles has no option 'tags'; did you mean 'tag'?"},
        {"site:articles { 1 }", "site:articles has no option"},
        {"site:articles { tag = 5 }", "'tag' must be a string"},
        {"site:articles { limit = -1 }", "'limit' must not be negative"},
        {"site:articles { limit = 'x' }", "number expected"},
        {"site:articles { sort = 'html' }", "cannot sort by 'html'"},
        {"site:articles(5)", "table expected"},
        {"site.articles {}", "fascia.site expected"},
        {"site.titel = nil", "read-only"},
        {"local x = site.titel", "the site has no field 'titel'; did you mean 'title'?"},
        {"local x = site.zzzzzz", "the site has no field 'zzzzzz'"},
        {"site:artcles()", "the site has no field 'artcles'; did you mean 'articles'?"},
        {"return site:articles().first", "a list has no field 'first'; its items are numbered"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_part(error_of(cases[i][0])->text, cases[i][1]);
}

static void the_site_says_what_its_settings_say(void **state) {
    (void)state;
    assert_string_equal(rendered_by("return site.title .. tostring(site.author) .. site.now .. "
                                    "tostring(site)"),
                        "Sitenil2025-01-02T03:04:05Zsite");
    assert_string_equal(rendered_by("return table.concat(site:exports(), ' ')"), "one.txt two.txt");
}

static void the_site_knows_where_an_export_goes(void **state) {
    (void)state;
    assert_string_equal(rendered_by("return tostring(site:export_url('one.txt', article)) .. "
                                    "tostring(site:export_url('two.txt', article)) .. "
                                    "tostring(site:export_url('three.txt', article))"),
                        "https://example.org/first/one.txtnilnil");
    assert_string_equal(rendered_by("return tostring(site:export_url('one.txt', 'key'))"), "nil");
    expect_part(error_of("site:export_url('one.txt', {})")->text, "an article, or the key of an");
    must_load("return { exports = { ['one.txt'] = { each = function() return { 'a' } end, "
              "path = '{slug}/{key}/index.html', render = function(item, out, site) return "
              "site:export_url('one.txt', 'C & C') .. site:export_url('one.txt', 7) .. "
              "tostring(site:export_url('one.txt')) end } } }");
    assert_true(list_items());
    assert_int_equal(render_item(NO_ARTICLE, 0), RENDERED);
    assert_string_equal(written(), "https://example.org/c-c/C & C/https://example.org/7/7/nil");
}

/* More articles than a list of them serves. */
static void many_articles_can_be_looked_at_together(void **state) {
    (void)state;
    for (uint32_t i = 1; i < 40; i++) {
        const char *text = arena_printf(&plugin_arena, "---\ntitle: T%u\n---\nBody %u\n", i, i).at;
        add_article(i, arena_printf(&plugin_arena, "a%u.md", i).at, text);
    }
    assert_string_equal(
        rendered_by("local sum, list = 0, site:articles() "
                    "for turn = 1, 3 do for _, a in ipairs(list) do "
                    "sum = sum + (tonumber(a.title:match('%d+')) or 0) "
                    "assert(a.title == 'First' or a.text:find(a.title:sub(2), 1, true)) "
                    "end end return sum .. article.title"),
        "2340First");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(fields_are_read_as_lua_values),
        TEST(what_an_article_lacks_is_nil),
        TEST(a_field_that_no_article_has_is_an_error_with_the_nearest),
        TEST(a_name_that_the_library_lacks_is_an_error_with_the_nearest),
        TEST(front_matter_and_options_may_lack_anything),
        TEST(the_model_is_read_only),
        TEST(walks_go_in_the_models_order),
        TEST(equal_proxies_are_equal),
        TEST(what_was_kept_from_an_earlier_rendering_is_dead),
        TEST(what_was_kept_from_a_load_or_a_list_is_dead_too),
        TEST(warnings_point_at_content),
        TEST(a_node_is_written_as_json),
        TEST(the_whole_article_is_one_object),
        TEST(tables_are_written_as_json),
        TEST(what_json_cannot_hold_is_an_error),
        TEST(the_site_can_be_asked_for_articles),
        TEST(a_question_that_cannot_be_answered_is_an_error),
        TEST(the_site_says_what_its_settings_say),
        TEST(the_site_knows_where_an_export_goes),
        TEST(many_articles_can_be_looked_at_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#!/usr/bin/python3
"""fascia test: tests of plugins, how they fail, golden files, TAP and JUnit."""

import os
import re
import signal
import subprocess
import textwrap
import threading
import time
import xml.dom.minidom

import harness

TEA = """\
return { exports = {
  ["tea.txt"] = { each = "article", path = "{slug}/tea.txt",
    when = function(article) return #article.facts > 0 end,
    render = function(article, out, site, options)
      for _, fact in ipairs(article.facts) do
        if fact.value == "warn" then require("fascia").warn(fact, "odd") end
        if fact.value == "fail" then error("no such leaf") end
        if fact.value == "hang" then while true do end end
        out:write(fact.name, "=", fact.value, options.mark or "", "\\n")
      end
    end },
  ["all.txt"] = { each = "site", path = "all.txt", render = function(site, out)
    for _, article in ipairs(site:articles { sort = "title" }) do out:write(article.title, "\\n") end
    out:write(site.now, " ", site:export_url("tea.txt", site:articles()[1]) or "none", "\\n")
  end },
  ["half.txt"] = { each = "article.sections", path = "{slug}/half{-n}.txt",
    render = function(section) return section.title end },
  ["item.txt"] = { each = function(site) return { "x", "y" } end, path = "item-{n}.txt",
    render = function(item) return item end },
} }
"""


def facts(*values):
    """An article with a fact a value, on the lines 5, 6 …"""
    return "---\ntitle: Tea\n---\n## Green\n" + "".join("- F: %s\n" % v for v in values) + "- G: 0\n"


class TestOfPlugins(harness.ProgramTest):
    def prepare(self, test, **files):
        self.write({"content/site.yaml": "title: Real\n", "plugins/tea.lua": TEA,
                    "plugins/tea_test.lua": test, **files})

    def run_test(self, test, *args, status=0, **files):
        self.prepare(test, **files)
        return self.fascia("test", *args, status=status)

    def fails(self, body, *args):
        """The one message of a test with this body, which stands on line 1."""
        return self.only_message(self.run_test('it("t", function() %s end)\n' % body, *args,
                                               status=1))


class Running(TestOfPlugins):
    def test_what_passes_is_counted(self):
        result = self.run_test("""\
            describe("tea", function()
              local tea
              before_each(function() tea = article [[%s]] end)
              it("is written", function()
                local text, path, warnings = render("tea.txt", tea)
                assert.equal("F=3\\nG=0\\n", text)
                assert.equal("article/tea.txt", path)
                assert.same({}, warnings)
              end)
              pending "is drunk"
              it("has no body")
            end)
            """ % facts(3).replace("\n", "\n" + " " * 12))
        self.assertRegex(result.out, r"^tea  1 passed, 2 pending, [0-9.]+ ms\n"
                                     r"1 passed, 0 failed, 2 pending\n$")
        self.assertEqual("", result.err)

    def test_the_assertions_of_busted(self):
        self.run_test("""\
            it("holds", function()
              assert(true)
              assert.equal(1, 1)
              assert.are.equal("a", "a")
              assert.is_not.equal(1, 2)
              assert.not_equal(1, "1")
              assert.are_not.same({ 1 }, { 2 })
              assert.same({ a = { 1, { b = 2 } } }, { a = { 1, { b = 2 } } })
              assert.matches("^%a+$", "abc")
              assert.does_not.match("%d", "abc")
              assert.contains("b*", "ab*c")
              assert.has_error(function() error("no") end)
              assert.has_error(function() error("no") end, "no")
              assert.has.errors(function() error({ 1 }) end, { 1 })
              assert.error_matches(function() error("number 7") end, "%d")
              assert.has_no.errors(function() end)
              assert.is_true(true)
              assert.is_false(false)
              assert.is_nil(nil)
              assert.is_not_nil(1)
              assert.truthy(0)
              assert.is_falsy(nil)
              assert.is_string("")
              assert.is_table {}
              assert.is_not.number("1")
              assert.is_function(print)
            end)
            """)

    def test_it_may_require_a_module_and_render_with_a_template(self):
        self.run_test("""\
            local lib = require "lib"
            it("is a page", function()
              assert.equal(lib.page, (render("page.txt", article [[# T]])))
            end)
            """, **{"plugins/lib.lua": 'return { page = "<p>T" }', "plugins/page.html":
                    "<p>{{ article.title }}", "plugins/tea.lua": """\
            local page = require("fascia").template.file("page.html")
            return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
              render = function(article, out) page(out, { article = article }) end } } }
            """})

    def test_hooks_run_outside_in_and_inside_out(self):
        self.run_test("""\
            local said = {}
            local function say(word) return function() said[#said + 1] = word end end
            before_each(say "a")
            after_each(say "z")
            describe("inner", function()
              before_each(say "b")
              after_each(say "y")
              it("one", say "1")
              it("two", function()
                assert.same({ "a", "b", "1", "y", "z", "a", "b" }, said)
              end)
            end)
            """)

    def test_a_site_is_what_the_test_says_it_is(self):
        self.run_test("""\
            local a = article { path = "a.md", text = "---\\ndate: 2026-01-02\\n---\\n# Zed" }
            local b = article { path = "b.md", text = "# Alf" }
            it("has its articles", function()
              local s = site { url = "https://a.example", articles = { a, b } }
              assert.equal("Alf\\nZed\\n2026-01-02T00:00:00Z https://a.example/a/tea.txt\\n",
                (render("all.txt", s)))
            end)
            it("is empty", function()
              assert.equal("1970-01-01T00:00:00Z none\\n", (render("all.txt", site {})))
            end)
            it("makes the exports that it names, at its own time", function()
              local s = site { exports = { "all.txt" }, now = "2030-01-01T00:00:00Z",
                articles = { b } }
              assert.equal("Alf\\n2030-01-01T00:00:00Z none\\n", (render("all.txt", s)))
            end)
            it("has options", function()
              local tea = article "## Green\\n- F: 1\\n- G: 0\\n"
              local s = site { plugins = { tea = { mark = "!" } }, articles = { tea } }
              assert.equal("F=1!\\nG=0!\\n", (render("tea.txt", tea, s)))
              assert.equal("F=1\\nG=0\\n", (render("tea.txt", tea)))
            end)
            it("has pasted text", function()
              local pasted = article { path = "a.txt", text = "Tea time\\n\\nIt is four.\\n" }
              assert.equal("Tea time", pasted.title)
            end)
            """)

    def test_parts_and_items_are_rendered_too(self):
        self.run_test("""\
            local two = article "# T\\n\\n## One\\n\\na\\n\\n## Two\\n\\nb\\n"
            it("renders a part", function()
              local text, path = render("half.txt", two.sections[2])
              assert.same({ "Two", "article/half-2.txt" }, { text, path })
              assert.equal("Two", (render("half.txt", two, 2)))
            end)
            it("renders an item", function()
              assert.equal("y", (render("item.txt", site {}, 2)))
            end)
            """)

    def test_warnings_can_be_asked_for(self):
        self.run_test("""\
            it("warns", function()
              local tea = article [[
            ---
            title: Tea
            ---
            ## Green
            - F: warn
            - G: 0
            ]]
              local _, _, warnings = render("tea.txt", tea)
              assert.same({ { text = "odd", code = "tea", path = "plugins/tea_test.lua", line = 7,
                col = 3, severity = "warning" } }, warnings)
            end)
            """)

    def test_modules_of_the_plugin_can_be_required(self):
        self.run_test('it("t", function() assert.equal(7, require("lib.seven")) end)\n',
                      **{"plugins/lib/seven.lua": "return 7\n"})

    def test_a_fixture_is_a_file(self):
        result = self.run_test('it("t", function() render("tea.txt", fixture "bad.md") end)\n',
                               status=1, **{"plugins/tea_test/bad.md": facts(1, "fail")})
        self.assertIn("while 'tea.txt' was reading facts[2].value: plugins/tea_test/bad.md:6:3",
                      result.err)

    def test_a_test_is_no_plugin_and_its_fixtures_are_no_files_of_plugins(self):
        self.prepare("error('not to be run')\n",
                     **{"plugins/tea_test/init.lua": "error('nor this')\n", "content/a.md": "# A\n"})
        self.build()
        self.assertNotIn("_test", self.fascia("plugins").out)

    def test_only_the_plugins_that_were_named(self):
        self.prepare('it("fails", function() error("x") end)\n',
                     **{"plugins/milk.lua": "return {}\n",
                        "plugins/milk_test.lua": 'it("passes", function() end)\n'})
        self.assertRegex(self.fascia("test", "milk").out, r"^milk  1 passed")
        self.fascia("test", status=1)
        self.assertEqual("unknown-plugin", self.only_message(
            self.fascia("test", "mlik", status=2)).code)
        self.write({"plugins/sugar.lua": "return {}\n"})
        self.assertEqual("no-test", self.only_message(self.fascia("test", "sugar", status=2)).code)

    def test_the_sites_plugin_takes_the_place_of_a_built_in_one_with_its_test(self):
        self.write({"content/site.yaml": "", "plugins/faq.lua": "return {}\n"})
        self.assertEqual("no-test", self.only_message(self.fascia("test", "faq", status=2)).code)

    def test_the_built_in_plugins_pass_their_own(self):
        result = self.fascia("test")
        self.assertRegex(result.out, r"\n[0-9]+ passed, 0 failed\n$")
        self.assertEqual("", result.err)


class Failing(TestOfPlugins):
    def test_the_line_of_the_assertion_and_the_whole_name_are_told(self):
        result = self.run_test("""\
            describe("outer", function()
              it("inner", function()
                assert.equal(1, 2)
              end)
            end)
            """, status=1)
        self.assertEqual("plugins/tea_test.lua:3:5: error: outer › inner: expected 1, got 2 [test]\n",
                         result.err)

    def test_texts_are_compared_line_by_line(self):
        result = self.run_test("""\
            it("t", function()
              assert.equal("one\\ntwo\\nthree\\nfour\\n", "one\\ntwo\\nthrée\\nfour\\n")
            end)
            """, status=1)
        self.assertEqual(textwrap.dedent("""\
            plugins/tea_test.lua:2:3: error: t: the texts differ at line 3, column 4 [test]
                     1  one
                     2  two
                -    3  three
                +    3  thrée
                           ^ column 4
                     4  four
                     5
            """), re.sub(r" +$", "", result.err, flags=re.M))

    def test_tables_are_compared_part_by_part(self):
        message = self.fails('assert.same({ a = { 1, { b = 2 } } }, { a = { 1, { b = 3 } } })')
        self.assertEqual("t: they differ at a[2].b: expected 2, got 3", message.text)
        message = self.fails('assert.same({ title = "x" }, { title = "x", more = 1 })')
        self.assertEqual("t: they differ at more: expected nil, got 1", message.text)

    def test_each_assertion_says_what_it_wanted(self):
        for body, text in {
                "assert(false)": "the assertion does not hold",
                "assert(nil, 'for a reason')": "for a reason",
                "assert.is_nil(1)": "expected nil, got 1",
                "assert.is_not_nil(nil)": "did not expect nil",
                "assert.is_true('x')": 'expected true, got "x"',
                "assert.not_equal(1, 1)": "the values are equal: 1",
                "assert.has_error(function() end)": "an error was expected",
                "assert.has_error(function() error('a') end, 'b')":
                    'another error: expected "b", got "a"',
                "assert.has_no.errors(function() error('a') end)": 'there was an error: "a"',
                "assert.is_string({})": "expected a string, got {}",
                "assert.is_equl(1, 1)": "there is no assertion 'assert.is_equl'",
                "assert.equal({ 1, x = 'y' }, nil)": 'expected { 1, x = "y" }, got nil',
                "describe('x', function() end)": "describe stands outside of tests",
                "render('tea.tx', article 'x')":
                    "plugin 'tea' has no export 'tea.tx'; did you mean 'tea.txt'?",
                "render('all.txt', article 'x')": "export 'all.txt' is made for a site: "
                    "give render one, as site { articles = { … } } makes it",
                "render('tea.txt', site {})":
                    "export 'tea.txt' is made for an article or a part of one, not for a site",
                "site { titel = 'x' }": "there is no setting 'titel'",
                "fixture 'none.md'": "there is no plugins/tea_test/none.md",
                "site { articles = { article '# a', article '# b' } }":
                    "two articles of one site are called 'article.md': give them a path",
        }.items():
            with self.subTest(body):
                message = self.fails(body)
                self.assertEqual(("t: " + text, 1, "plugins/tea_test.lua"),
                                 (message.text, message.line, message.path))

    def test_an_error_of_the_plugin_shows_all_three_places(self):
        result = self.run_test("""\
            it("t", function()
              render("tea.txt", article [[
            ---
            title: Tea
            ---
            ## Green
            - F: fail
            - G: 0
            ]])
            end)
            """, status=1)
        self.assertEqual(
            "plugins/tea_test.lua:2:3: error: t: no such leaf "
            "(plugins/tea.lua:7:1: it comes from here) [test]\n"
            "    while 'tea.txt' was reading facts[1].value: plugins/tea_test.lua:7:3\n",
            re.sub("tea.lua:7:[0-9]+", "tea.lua:7:1", result.err))

    def test_a_file_that_cannot_be_loaded_fails(self):
        result = self.run_test("it('t', function()\n", status=1)
        self.assertIn("the file FAILED", result.out)
        self.assertEqual(("test", 2), (self.only_message(result).code,
                                       self.only_message(result).line))

    def test_a_test_that_hangs_costs_itself_and_what_follows(self):
        test = """\
            it("one", function() end)
            it("two", function() while true do end end)
            it("three", function() end)
            """
        result = self.run_test(test, status=1, **{
            "content/site.yaml": "limits: {seconds: %s}\n" % (0.3 * harness.SLOW),
            "plugins/milk_test.lua": 'it("goes on", function() end)\n'})
        message = self.only_message(result)
        self.assertEqual(("limit-seconds", 2), (message.code, message.line))
        self.assertRegex(message.text, r"^two did not end within ")
        self.assertRegex(result.out, r"milk  1 passed.*\ntea   1 passed, 1 FAILED")

    def test_a_rendering_that_hangs_is_the_tests_fault(self):
        result = self.run_test(
            'it("t", function() render("tea.txt", article "## G\\n- F: hang\\n- G: 0\\n") end)\n',
            status=1, **{"content/site.yaml": "limits: {seconds: %s}\n" % (0.3 * harness.SLOW)})
        self.assertEqual("limit-seconds", self.only_message(result).code)

    def test_many_slow_tests_have_a_deadline_each(self):
        busy = 'it("%d", function() for i = 1, 4e6 do end end)\n'
        begin = time.monotonic()
        self.run_test("".join(busy % i for i in range(75 * harness.SLOW)),
                      **{"content/site.yaml": "limits: {seconds: %s}\n" % (0.25 * harness.SLOW)})
        self.assertGreater(time.monotonic() - begin, 0.25 * harness.SLOW)

    def test_memory_and_depth_are_limited(self):
        result = self.run_test("""\
            it("eats", function() local t = {} while true do t[#t + 1] = ("x"):rep(1e5) .. #t end end)
            it("sinks", function() local function f() return 1 + f() end f() end)
            it("reads", function() for i = 1, 5000 do article("# " .. i) end end)
            it("lives", function() end)
            """, status=1, **{"content/site.yaml": "limits: {memory_mb: 16, seconds: 20}\n"})
        self.assertIn("1 passed, 3 failed", result.out)
        self.assertIn("eats: it needs more memory than 16 MB", result.err)
        self.assertIn("the articles of this test file are more than fit", result.err)

    def test_it_has_no_more_than_a_plugin_has(self):
        self.run_test("""\
            it("t", function()
              for _, name in ipairs { "io", "os", "debug", "package", "collectgarbage", "dofile" } do
                assert.is_nil(_G[name])
              end
            end)
            """)

    def test_plugins_that_are_no_tests_have_none_of_it(self):
        self.write({"content/a.md": "# A\n", "plugins/p.lua": harness.PLUGIN %
                    "return tostring(describe) .. tostring(pcall(require, 'fascia.test'))"})
        self.assertEqual("nilfalse", self.fascia("export", "x.txt", "content/a.md").out)


class Golden(TestOfPlugins):
    TEST = 'it("t", function() assert.golden("a/b.txt", "%s") end)\n'

    def test_it_is_written_when_asked_and_compared_ever_after(self):
        result = self.run_test(self.TEST % "one", status=1)
        self.assertIn("there is no plugins/tea_test/a/b.txt yet", self.only_message(result).text)
        self.assertIn("wrote plugins/tea_test/a/b.txt\n", self.fascia("test", "--update").out)
        self.assertEqual("one", self.read("plugins/tea_test/a/b.txt"))
        self.fascia("test")
        result = self.run_test(self.TEST % "two", status=1)
        self.assertEqual('t: a/b.txt: expected "one", got "two"', self.only_message(result).text)
        self.assertEqual("one", self.read("plugins/tea_test/a/b.txt"))

    def test_nothing_is_written_anew_that_is_right(self):
        self.run_test(self.TEST % "one", "--update")
        before = os.stat(self.folder / "plugins/tea_test/a/b.txt").st_mtime_ns
        self.assertNotIn("wrote", self.fascia("test", "--update").out)
        self.assertEqual(before, os.stat(self.folder / "plugins/tea_test/a/b.txt").st_mtime_ns)

    def test_it_stays_in_its_folder(self):
        for name in "../x.txt", "/tmp/x.txt", "a/../../x", "", "a\\\\b":
            with self.subTest(name):
                self.prepare('it("t", function() assert.golden("%s", "x") end)\n' % name)
                before = self.tree(".")
                message = self.only_message(self.fascia("test", "--update", status=1))
                self.assertEqual("golden", message.code)
                self.assertEqual(before, self.tree("."))

    def test_links_are_not_followed(self):
        self.prepare(self.TEST % "one")
        (self.folder / "elsewhere").mkdir()
        (self.folder / "plugins/tea_test").mkdir()
        (self.folder / "plugins/tea_test/a").symlink_to("../../elsewhere")
        self.fascia("test", "--update", status=1)
        self.assertEqual({}, self.tree("elsewhere"))


class Forms(TestOfPlugins):
    MIXED = """\
        it("good # not", function() end)
        it("bad <&>", function() assert.equal("a\\nb\\n", "a\\nc\\x01\\n") end)
        pending "later"
        """

    def test_tap(self):
        out = self.run_test(self.MIXED, "--format=tap", status=1).out.splitlines()
        self.assertEqual("TAP version 14", out[0])
        self.assertEqual("ok 1 - tea: good \\# not", out[1])
        self.assertEqual("not ok 2 - tea: bad <&>", out[2])
        self.assertEqual("  ---", out[3])
        self.assertIn("  line: 2", out)
        self.assertEqual("ok 3 - tea: later # SKIP pending", out[-2])
        self.assertEqual("1..3", out[-1])

    def test_junit(self):
        out = self.run_test(self.MIXED, "--format=junit", status=1).out
        suite = xml.dom.minidom.parseString(out).getElementsByTagName("testsuite")[0]
        self.assertEqual(("tea", "3", "1", "1"), tuple(
            suite.getAttribute(name) for name in ("name", "tests", "failures", "skipped")))
        failure, = suite.getElementsByTagName("failure")
        self.assertTrue(failure.getAttribute("message").startswith("bad <&>: the texts differ"))
        self.assertIn("plugins/tea_test.lua:2:1", failure.firstChild.data)

    @harness.need("xmllint")
    def test_junit_is_well_formed_for_others_too(self):
        out = self.run_test(self.MIXED, "--format=junit", status=1).bytes
        checked = subprocess.run(["xmllint", "--noout", "-"], input=out, capture_output=True)
        self.assertEqual((0, b""), (checked.returncode, checked.stderr))

    def test_the_full_form_shows_the_line_above_the_difference(self):
        result = self.run_test('it("t", function()\n  assert.equal("a\\nb", "a\\nc")\nend)\n',
                               "--messages=full", status=1)
        self.assertEqual(textwrap.dedent("""\
            plugins/tea_test.lua:2:3: error: t: the texts differ at line 2, column 1 [test]
                 2 |   assert.equal("a\\nb", "a\\nc")
                   |   ^
                     1  a
                -    2  b
                +    2  c
                        ^ column 1
            """), result.err)

    def test_messages_as_json_hold_the_difference(self):
        message, = self.run_test(self.MIXED, "--messages=json", status=1).json_messages()
        self.assertEqual(("plugins/tea_test.lua", 2, "test"),
                         (message["path"], message["line"], message["code"]))
        self.assertIn("-    2  b\n+    2  c\\x01\n", message["detail"])

    def test_an_unknown_form_is_wrong_usage(self):
        self.assertIn("text|tap|junit", self.run_test("", "--format=xml", status=2).err)

    def test_a_site_without_tests_says_where_they_go(self):
        self.write({"content/site.yaml": "", "plugins/p.lua": "return {}\n",
                    "builtin/q.lua": "return {}\n"})
        result = self.fascia("test", env={"FASCIA_PLUGINS": "builtin"})
        self.assertEqual("no-test", self.only_message(result).code)

    def test_what_tests_print_is_shown(self):
        result = self.run_test('it("t", function() print("hello") end)\n')
        self.assertEqual("[tea] hello\n", result.err)


class Recording(TestOfPlugins):
    ARTICLE = """\
---
title: Tea
tags: [a, b]
author: Somebody
date: 2026-01-02
---
A long introduction.

## Green

- F: 1
- G: 2

## Black

Nothing of use.
"""

    def prepare_site(self, **files):
        self.prepare("", **{"content/notes/tea.md": self.ARTICLE, "content/b.md": "# B\n\nBee.\n",
                            "content/site.yaml": 'title: "T \\"q\\""\nurl: https://a.example\n'
                                                 "plugins: {tea: {mark: '!'}}\n", **files})
        self.build()

    def test_what_was_not_read_is_left_out(self):
        self.prepare_site()
        result = self.fascia("test", "--record", "public/tea/tea.txt")
        self.assertEqual("wrote plugins/tea_test/notes/tea.md\n"
                         "wrote plugins/tea_test/tea.tea.txt\n"
                         "wrote plugins/tea_test.lua\n", result.out)
        self.assertEqual("F=1!\nG=2!\n", self.read("plugins/tea_test/tea.tea.txt"))
        kept = self.read("plugins/tea_test/notes/tea.md")
        self.assertIn("- F: 1\n- G: 2\n", kept)
        for gone in "introduction", "Black", "tags", "author":
            self.assertNotIn(gone, kept)
        test = self.read("plugins/tea_test.lua")
        self.assertIn('plugins = { ["tea"] = { ["mark"] = "!" } },', test)
        self.assertNotIn("title", test)
        self.assertIn("1 passed, 0 failed", self.fascia("test", "tea").out)

    def test_a_site_with_all_its_articles(self):
        self.prepare_site()
        self.fascia("test", "--record", "public/all.txt")
        self.assertEqual(self.read("public/all.txt"), self.read("plugins/tea_test/site.all.txt"))
        self.assertIn("1 passed, 0 failed", self.fascia("test", "tea").out)
        self.fascia("test", "--record", "public/item-2.txt")
        self.assertIn("2 passed, 0 failed", self.fascia("test", "tea").out)

    def test_an_element_of_a_list(self):
        self.prepare_site()
        self.fascia("test", "--record", "public/tea/half-2.txt")
        self.assertEqual("Black", self.read("plugins/tea_test/tea-2.half.txt"))
        self.assertIn("1 passed, 0 failed", self.fascia("test", "tea").out)

    def test_nothing_is_written_over(self):
        self.prepare_site()
        self.write({"plugins/tea_test.lua": 'it("stays", function() end)',
                    "plugins/tea_test/tea.tea.txt": "mine",
                    "plugins/tea_test/notes/tea.md": "mine"})
        before = self.tree("plugins")
        for number in 2, 3:
            self.fascia("test", "--record", "public/tea/tea.txt")
            after = self.tree("plugins")
            test = after.pop("tea_test.lua")
            self.assertTrue(test.startswith(before["tea_test.lua"]))
            for name in set(before) - {"tea_test.lua"}:
                self.assertEqual(before[name], after[name])
            self.assertIn("notes/tea-%d.md" % number, test.decode())
            self.assertIn("%d passed, 0 failed" % number, self.fascia("test", "tea").out)
            before = self.tree("plugins")

    def test_an_output_that_is_out_of_date_is_no_test(self):
        self.prepare_site()
        self.write({"content/notes/tea.md": self.ARTICLE.replace("F: 1", "F: 9")})
        before = self.tree("plugins")
        result = self.fascia("test", "--record", "public/tea/tea.txt", status=1)
        self.assertEqual("not-reproduced", self.only_message(result).code)
        self.assertEqual(before, self.tree("plugins"))

    def test_what_is_no_output_is_wrong_usage(self):
        self.prepare_site()
        self.assertEqual("not-an-output", self.only_message(
            self.fascia("test", "--record", "public/none.txt", status=2)).code)

    def test_windows_line_ends_and_bare_text(self):
        windows = "---\ntitle: W\nx: 1\n---\n## G\n\n- F: 1\n- G: 2\n\nrest".replace("\n", "\r\n")
        self.prepare_site(**{"content/w.md": windows.encode(),
                             "content/p.txt": "Pasted\n\nGreen\n\nColour: green\nTaste: grass\n"})
        self.fascia("test", "--record", "public/w/tea.txt")
        self.assertNotIn("x: 1", self.read("plugins/tea_test/w.md"))
        self.fascia("test", "--record", "public/all.txt")
        self.assertIn("2 passed, 0 failed", self.fascia("test", "tea").out)


class Watching(TestOfPlugins):
    """What ran is told by the first words of the lines between two waits."""

    def start(self, *args):
        self.process = subprocess.Popen([str(harness.FASCIA), "test", "--watch", *args],
                                        cwd=self.folder, env=harness.environment(),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.addCleanup(self.stop)
        alarm = threading.Timer(harness.HANGS_SECONDS, self.process.kill)
        alarm.start()
        self.addCleanup(alarm.cancel)
        return self.ran()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.assertEqual(0, self.process.wait())
        self.process.stdout.close()

    def ran(self):
        lines = []
        for line in self.process.stdout:
            if line.startswith("[test] waiting"):
                return lines
            lines.append(line)
        self.fail("it ended: " + "".join(lines))

    def edit(self, name, text):
        """Writes a file, and gives the names of the tests that ran then."""
        self.write({name: text})
        while True:
            ran = [line.split()[0] for line in self.ran() if re.match(r"\w+ +\d+ passed", line)]
            if ran:
                return ran

    def test_only_what_a_change_touches_runs_again(self):
        passes = 'it("t", function() end)\n'
        self.prepare('local seven = require("lib.seven")\n'
                     'it("t", function() assert.equal(7, seven) fixture "a.md" end)\n',
                     **{"plugins/lib/seven.lua": "return 7\n", "plugins/tea_test/a.md": "# A\n",
                        "plugins/milk.lua": "return { summary = require('lib.eight') }\n",
                        "plugins/lib/eight.lua": "return '8'\n", "plugins/milk_test.lua": passes})
        self.assertEqual("2 passed, 0 failed\n", self.start()[-1])
        self.assertEqual(["tea"], self.edit("plugins/tea.lua", TEA + "\n"))
        self.assertEqual(["tea"], self.edit("plugins/tea_test/a.md", "# B\n"))
        self.assertEqual(["tea"], self.edit("plugins/lib/seven.lua", "return 3 + 4\n"))
        self.assertEqual(["milk"], self.edit("plugins/lib/eight.lua", "return '9'\n"))
        self.assertEqual(["milk"], self.edit("plugins/milk_test.lua", passes * 2))
        self.assertEqual(["sugar"], self.edit("plugins/sugar_test.lua", passes))
        self.assertEqual(["milk", "sugar", "tea"], self.edit("content/site.yaml", "title: New\n"))

    def test_what_is_broken_is_told_and_then_right_again(self):
        self.prepare('it("t", function() end)\n')
        self.start()
        self.write({"plugins/tea.lua": "return {\n"})
        self.assertIn("plugins/tea.lua:2:1: error:", "".join(self.ran()))
        self.assertEqual(["tea"], self.edit("plugins/tea.lua", TEA))

    def test_unknown_names_end_it(self):
        self.prepare("")
        self.fascia("test", "--watch", "nope", status=2)


if __name__ == "__main__":
    harness.main()

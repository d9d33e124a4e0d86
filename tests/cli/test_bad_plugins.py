#!/usr/bin/python3
"""Plugins that fail, misbehave or attack: each costs its own output, and nothing else."""

import os

import harness

GOOD = "# Good\n\nText.\n"
SECONDS = 0.5 * harness.SLOW


class BadPlugin(harness.ProgramTest):
    """Each test puts one bad plugin into a site whose other outputs must all be made."""

    def setUp(self):
        super().setUp()
        self.write({"content/a.md": GOOD, "content/b.md": GOOD,
                    "content/site.yaml": "limits: {seconds: %g, memory_mb: 40, output_mb: 2}"
                                         % SECONDS})
        self.build("-o", "wanted")
        self.wanted = self.tree("wanted")

    def bad(self, source, count=2, name="bad.lua", more=None):
        """Builds with this plugin: its `count` messages, all alike but for the article."""
        self.write({"plugins/" + name: source})
        result = self.build(status=1)
        made = self.tree()
        for path in more or ():
            made.pop(path)
        self.assertEqual(set(self.wanted), set(made))
        self.assertEqual(self.wanted, made)
        messages = [m for m in result.messages() if m.severity == "error"]
        self.assertEqual(count, len(messages), result.err)
        self.assertEqual({"plugins/" + name}, {m.path for m in messages})
        self.assertEqual(1, len({m.code for m in messages}), result.err)
        return messages[0]

    def rendering(self, body, **more):
        return self.bad(harness.PLUGIN % body, **more)

    # Plugins that cannot be loaded: one message, however many articles there are.

    def test_a_syntax_error_is_told_with_its_line(self):
        message = self.bad("return {\n  exports = {\n}\n\nfoo bar\n", count=1)
        self.assertEqual(5, message.line)

    def test_an_error_while_loading_is_told_with_its_line(self):
        message = self.bad("local x\n\nlocal y = x.z\nreturn {}\n", count=1)
        self.assertEqual(3, message.line)
        self.assertIn("'x'", message.text)

    def test_what_is_no_plugin_is_told(self):
        for source in ("", "return 1", "return 'text'", "return { exports = 1 }",
                       "return { exports = { ['x.txt'] = {} } }",
                       "return { exports = { ['../x'] = { each = 'site' } } }",
                       "return { exports = { x = { each = 'moon', path = 'x', render = print } } }",
                       "return { exports = { x = { each = 'site', render = print } } }",
                       "return { exports = { x = { each = 'site', path = 'x' } } }",
                       "return { name = 'other' }", "return { name = 1 }", "\x1bLua",
                       "return { checks = { 1 } }"):
            self.bad(source, count=1)

    def test_a_loop_while_loading_is_stopped(self):
        self.assertEqual("limit-seconds", self.bad("while true do end", count=1).code)

    def test_a_module_that_is_not_there_is_told(self):
        self.assertEqual(2, self.bad("local a = 1\nlocal b = require 'nowhere'\n", count=1).line)
        self.bad("require '../../etc/passwd'", count=1)

    def test_a_plugin_with_an_export_that_another_has(self):
        self.write({"plugins/one.lua": harness.PLUGIN % "return 'one'"})
        message = self.bad(harness.PLUGIN % "return 'two'", count=1, name="two.lua",
                           more=["a/x.txt", "b/x.txt"])
        self.assertIn("plugins/one.lua", message.text)
        self.assertEqual("one", self.read("public/a/x.txt"))

    # Renderings that fail: a message for each, the other exports of the plugin are made.

    def test_an_error_is_told_with_the_line_of_the_plugin_and_of_the_content(self):
        self.write({"content/b.md": "---\ntitle: b\n---\n\nText.\n\n## FAQ\n\n### Why?\n\nSo.\n"})
        self.write({"plugins/bad.lua": harness.PLUGIN % """\
            local pair = article.faq[1]
            if pair then
              local question = pair.question
              error("no such question: " .. question)
            end"""})
        message = self.only_message(self.build("--only=x.txt", status=1))
        self.assertEqual(("plugins/bad.lua", 6), (message.path, message.line))
        self.assertIn("no such question: Why?", message.text)
        self.assertEqual(("content/b.md", 9), (message.also.path, message.also.line))

    def test_all_kinds_of_errors_are_told(self):
        for body in ("error('plain')", "error()", "error({})", "error(nil)", "error(42)",
                     "error(setmetatable({}, {__tostring = function() error('again') end}))",
                     "error(setmetatable({}, {__tostring = function() while true do end end}))",
                     "local x = nil; x()", "return 1 + {}", "return {}", "return article",
                     "string.rep('x', -1, {})", "error(('x'):rep(1 << 24))",
                     "error('a\\27[31m\\0\\nplugins/faq.lua:1:1: error: forged [x]')",
                     "coroutine.wrap(function() error('inside') end)()"):
            with self.subTest(body):
                message = self.rendering(body)
                self.assertLess(len(message.text), 10000)
                self.assertNotRegex(message.text, "[\x00-\x08\x0b-\x1f]")

    def test_a_field_that_does_not_exist_is_told_with_the_nearest(self):
        self.assertIn("title", self.rendering("return article.titel").text)

    def test_loops_are_stopped_wherever_they_are(self):
        for body in ("while true do end", "string.rep('', 1 << 62)",
                     "pcall(function() while true do end end) while true do end",
                     "xpcall(error, function() while true do end end)",
                     "('a'):rep(30):find(('a-'):rep(30) .. 'b')"):
            with self.subTest(body):
                message = self.rendering(body)
                self.assertEqual("limit-seconds", message.code)
                self.assertRegex(message.text, "x.txt.*content/a.md")

    def test_each_limit_names_plugin_export_article_and_limit(self):
        for body, code, limit in (("while true do end", "limit-seconds", "%g s" % SECONDS),
                                  ("local t = {} while true do t = { t } end", "limit-memory",
                                   "40 MB"),
                                  ("while true do out:write(('x'):rep(9999)) end", "limit-output",
                                   "2 MB"),
                                  ("while true do fascia.fold(('Ä'):rep(99999)) end",
                                   "limit-(memory|seconds)", "40 MB|%g s" % SECONDS)):
            with self.subTest(body):
                self.write({"plugins/bad.lua": "local fascia = require 'fascia' " +
                            harness.PLUGIN % body})
                result = self.build(status=1)
                errors = [m for m in result.messages() if m.severity == "error"]
                self.assertEqual(2, len(errors), result.err)
                for error, article in zip(errors, "ab"):
                    self.assertRegex(error.code, code)
                    self.assertEqual("plugins/bad.lua", error.path)
                    self.assertIn("export 'x.txt' of content/%s.md" % article, error.text)
                    self.assertRegex(error.text, limit)

    def test_loading_has_the_same_limits(self):
        for source, code in (("while true do end", "limit-seconds"),
                             ("local s = 'x' while true do s = s .. s end", "limit-memory")):
            message = self.bad(source, count=1)
            self.assertEqual(code, message.code)
            self.assertIn("loading this plugin", message.text)

    def test_an_output_that_reached_its_limit_has_failed_even_if_that_is_caught(self):
        for write in ("out.write, out, s", "out.json, out, { s }", "out.escape, out, 'html', s"):
            message = self.rendering("local s = ('<'):rep(1 << 20) for i = 1, 9 do pcall(%s) end"
                                     % write)
            self.assertEqual("limit-output", message.code)

    def test_what_earlier_renderings_left_does_not_count(self):
        self.write({"plugins/x.lua": harness.PLUGIN % "return #('x'):rep(15 << 20) .. ''"})
        self.write({"content/%d.md" % n: GOOD for n in range(20)})
        self.build("--only=x.txt", "-j1")

    def test_an_error_is_one_line_of_at_most_4_kb(self):
        for text in ("('\\1'):rep(9999)", "('é'):rep(9999)", "('\\u{202e}\\n'):rep(9999)"):
            message = self.rendering("error(%s)" % text)
            self.assertLessEqual(len(message.text.encode()), 4096)
            self.assertGreater(len(message.text), 1000)

    def test_an_error_cannot_be_blamed_on_another_file(self):
        for chunk in ("load('error(1)', '@plugins/good.lua')()", "load('x', '@content/a.md')()()",
                      "require('fascia').template('{{ error(1) }}', 'x.html')(out, {})",
                      "return error('plugins/good.lua:1: bad', 0)"):
            with self.subTest(chunk):
                self.rendering(chunk)

    def test_an_error_in_text_that_a_plugin_loads_tells_both_lines(self):
        message = self.rendering("local text = '<p>\\n{{ nothing }}'\n"
                                 "require('fascia').template(text, 'own.html')(out, {})")
        self.assertEqual(4, message.line)
        self.assertIn("own.html:2:1: there is no variable 'nothing'", message.text)

    def test_exports_and_items_are_bounded(self):
        grown = """local exports = {}
            local function more() for i = 1, 99 do exports["x" .. i .. #exports] = {} end end
            exports.a = setmetatable({ each = "site", path = "x", render = print },
                                     { __index = more })
            return { exports = exports }"""
        many = """local exports = {} for i = 1, 101 do exports["x" .. i] = {} end
            return { exports = exports }"""
        items = """return { exports = { ["x.txt"] = { path = "{n}.txt", render = print,
            each = function()
              return setmetatable({}, { __len = function() return 1 << 40 end })
            end } } }"""
        for source in (grown, many, items):
            self.assertRegex(self.bad(source, count=1).text, "changed|more than 100|at most 100000")

    def test_many_items_take_no_longer_for_being_many(self):
        self.write({"plugins/x.lua": """return { exports = { ["x.txt"] = { path = "x",
            each = function()
              local list = {}
              for i = 1, 30000 do list[i] = "key " .. i end
              return list
            end,
            when = function() return false end, render = print } } }"""})
        self.build("--only=x.txt")
        self.write({"content/more.md": "# More\n"})
        self.build("--only=x.txt")

    def test_a_link_in_the_output_folder_leads_nowhere(self):
        self.write({"outside/x.txt": "kept", "public/index.html": "old"})
        os.symlink("../outside", self.folder / "public/a")
        os.symlink("../outside/x.txt", self.folder / "public/b")
        self.write({"plugins/bad.lua": harness.PLUGIN % "return 'bad'"})
        result = self.build(status=1)
        self.assertIn("public/a/x.txt", result.err)
        self.assertEqual({"x.txt": b"kept"}, self.tree("outside"))

    # Plugins that fail again and again.

    def many(self, body, articles=12):
        self.write({"content/%02d.md" % n: "# %d\n" % n for n in range(articles)})
        self.write({"plugins/bad.lua": harness.PLUGIN % body})

    def given_up(self, result):
        """How many errors were told, and how many renderings were left out."""
        errors = [m for m in result.messages() if m.severity == "error"]
        told = [m for m in errors if m.code == "plugin-given-up"]
        self.assertEqual(1, len(told), result.err)
        self.assertRegex(told[0].text, "'bad' failed on 3 articles in a row")
        return len(errors) - 1, int(told[0].text.split(": ")[1].split()[0])

    def test_a_plugin_that_fails_on_three_articles_in_a_row_is_not_tried_again(self):
        for body in ("error('no')", "while true do end", "return 1 << nil", "return {}"):
            for jobs in "14":
                with self.subTest(body, jobs=jobs):
                    self.many(body)
                    self.assertEqual((3, 11), self.given_up(self.build("--clean", "-j", jobs,
                                                                       status=1)))
        self.many("return article.title")
        self.build("--only=x.txt")
        self.assertEqual(14, len([path for path in self.tree() if path.endswith("x.txt")]))

    def test_what_was_left_out_is_tried_by_the_next_build(self):
        self.many("if article.title ~= 'Good' and tonumber(article.title) < 3 then error('no') end "
                  "return 'made'")
        self.write({"content/a.md": "# 0\n", "content/b.md": "# 0\n"})
        failed, left_out = self.given_up(self.build("--only=x.txt", "-j1", status=1))
        self.assertEqual(3, failed)
        # What was under way is not thrown away.
        self.assertEqual(11 - left_out, len(self.tree()))
        self.build("--only=x.txt", "-j1", status=1)
        self.assertEqual(9, len(self.tree()))

    def test_failures_that_are_not_in_a_row_give_nothing_up(self):
        self.many("if #article.slug == 2 and tonumber(article.slug) % 3 ~= 0 then error('no') end "
                  "return 'made'")
        errors = [m for m in self.build("--only=x.txt", "-j1", status=1).messages()
                  if m.severity == "error"]
        self.assertEqual({"plugin"}, {m.code for m in errors})
        self.assertEqual(8, len(errors))

    def test_memory_is_bounded(self):
        for body in ("local t = {} for i = 1, 1e9 do t[i] = { i } end",
                     "local s = 'x' while true do s = s .. s end",
                     "return ('x'):rep(1 << 40)"):
            with self.subTest(body):
                message = self.rendering(body)
                self.assertRegex(message.text, "memory|too large|crashed")

    def test_output_is_bounded(self):
        for body in ("local s = ('x'):rep(1000) for i = 1, 1e7 do out:write(s) end",
                     "return ('x'):rep(3 << 20)",
                     "local s = ('x'):rep(1000) for i = 1, 1e7 do out:json({ s }) end",
                     "local s = ('<'):rep(1000) for i = 1, 1e7 do out:escape('html', s) end"):
            with self.subTest(body):
                message = self.rendering(body)
                self.assertRegex(message.text, r"2 MB|output_mb")

    def test_warnings_are_bounded(self):
        for count in (1100, 3000, 100000):
            self.write({"plugins/bad.lua": harness.PLUGIN % """
                local fascia = require "fascia"
                for i = 1, %d do fascia.warn(article, ("x"):rep(999)) end""" % count})
            result = self.build("--only=x.txt,body.html", status=(0, 1))
            self.assertIn("a/body.html", self.tree())
            self.assertLess(len(result.err), 8 << 20)

    def test_a_path_cannot_lead_anywhere_else(self):
        self.write({"outside": "kept"})
        for path in ("../outside", "/tmp/x", "", ".", "..", "a/../../x", "a//b", "a/", "/", "./a",
                     ".hidden", "a/.git/x", "a\\\\b", "c:x", "a\\nb", "a\\0b", "\\xff", "a\\127b",
                     ("x" * 300), ("x/" * 600) + "x"):
            with self.subTest(path):
                source = """return { exports = { ["x.txt"] = { each = "site", path = function()
                    return "%s" end, render = function() return "bad" end } } }""" % path
                message = self.bad(source, count=1)
                self.assertNotRegex(message.text, "[\x00-\x1f]")
        self.assertEqual("kept", self.read("outside"))
        self.assertLessEqual(set(os.listdir(self.folder)),
                             {".fascia", "content", "plugins", "public", "wanted", "outside"})

    def test_a_path_template_that_names_nothing_is_told(self):
        self.write({"plugins/bad.lua": """return { exports = { ["x.txt"] = { each = "article",
            path = "{slag}/x.txt", render = function() return "bad" end } } }"""})
        message = self.only_error(self.build(status=1))
        self.assertIn("nothing is '{slag}'; did you mean '{slug}'?", message.text)
        self.assertEqual(("plugins/bad.lua", 2, 21), (message.path, message.line, message.col))

    def test_an_export_of_a_built_in_plugin_is_told_at_the_sites_own(self):
        self.write({"plugins/mine.lua": """return { exports = { ["faq.csv"] = {
            each = "article", path = "{slug}/mine.csv", render = function() return "x" end } } }"""})
        message = self.only_error(self.build(status=1))
        self.assertEqual(("export-twice", "plugins/mine.lua"), (message.code, message.path))
        self.assertRegex(message.text, r"^export 'faq.csv' is made by .*/faq.lua too$")
        self.assertEqual("x", self.read("public/a/mine.csv"))

    def test_a_mistyped_field_is_told_at_its_place_and_once(self):
        self.write({"content/site.yaml": "exports: [x.txt]", "plugins/bad.lua": """return {
              exports = { ["x.txt"] = { each = "article", path = "{slug}/x.txt",
                wehn = print, render = function() return "bad" end } } }"""})
        message = self.only_error(self.build(status=1))
        self.assertEqual(("plugins/bad.lua", 3), (message.path, message.line))
        self.assertIn("export 'x.txt' has no 'wehn'; did you mean 'when'?", message.text)

    def test_two_renderings_with_one_path_are_told_and_the_first_kept(self):
        source = """return { exports = { ["x.txt"] = { each = "article", path = "%s",
            render = function(article) return article.slug end } } }"""
        for jobs in "14":
            self.write({"plugins/bad.lua": source % "x.txt"})
            message = self.only_error(self.build("-j", jobs, status=1))
            self.assertEqual("path-taken", message.code)
            self.assertRegex(message.text, "x.txt.*content/a.md.*content/b.md.*public/x.txt")
            self.assertEqual("a", self.read("public/x.txt"))

    def test_paths_that_a_file_system_takes_for_one_are_one(self):
        for one, two in (("Größe.txt", "GRÖSSE.txt"), ("e\u0301.txt", "\u00e9.txt")):
            self.write({"plugins/bad.lua": """return { exports = { ["x.txt"] = { each = function()
                return { "%s", "%s" } end, path = function(name) return name end,
                render = function(name) return name end } } }""" % (one, two)})
            message = self.only_error(self.build(status=1))
            self.assertEqual("path-taken", message.code)

    def test_an_export_that_takes_the_path_of_another_plugins_is_told_and_both_are_named(self):
        for name in ("aaa.txt", "zzz.txt"):  # no name makes it the first
            self.write({"plugins/bad.lua": """return { exports = { ["%s"] = { each = "article",
                path = "{slug}/body.html", render = function() return "mine" end } } }""" % name})
            errors = [m for m in self.build(status=1).messages() if m.severity == "error"]
            self.assertEqual(2, len(errors))
            for error in errors:
                self.assertEqual("plugins/bad.lua", error.path)
                self.assertRegex(error.text, r"body\.html.*" + name)
            self.assertEqual("<p>Text.</p>\n", self.read("public/a/body.html"))

    def test_of_two_spellings_of_a_path_only_what_is_kept_is_there(self):
        source = """return { exports = { ["aaa.txt"] = { each = "article", path = function(article)
            return article.slug .. "/%s" end, render = function() return "mine" end } } }"""
        self.build(status=0)
        wanted = self.tree()
        for jobs in "14":
            self.write({"plugins/bad.lua": source % "BODY.HTML"})
            self.build("-j", jobs, "--clean", status=1)
            self.assertEqual(wanted, self.tree())

    def test_a_path_that_is_spelled_anew_leaves_nothing_of_the_old_one(self):
        source = """return { exports = { ["x.txt"] = { each = "article", path = function(article)
            return article.slug .. "/%s" end, render = function() return "mine" end } } }"""
        for name, old in (("Tea.txt", "tea.txt"), ("tea.txt", "Tea.txt")):
            self.write({"plugins/bad.lua": source % name})
            self.build(status=0)
            self.assertIn("a/" + name, self.tree())
            self.assertNotIn("a/" + old, self.tree())

    def only_error(self, result):
        errors = [m for m in result.messages() if m.severity == "error"]
        self.assertEqual(1, len(errors), result.err)
        return errors[0]

    def test_an_each_that_gives_no_list_is_told(self):
        for each in ("return 1", "error('no list')", "while true do end", "return { 'a', 'a' }",
                     "return { print }", "return { ('x'):rep(1000) }",
                     "return setmetatable({}, { __len = function() return 99999 end })",
                     "local t = {} for i = 1, 1000000 do t[i] = i end return t"):
            self.bad("""return { exports = { ["x.txt"] = { each = function() %s end,
                path = "x.txt", render = function() return "bad" end } } }""" % each, count=1)

    def test_an_item_that_fails_is_told_by_its_key_and_the_others_are_made(self):
        self.write({"plugins/bad.lua": """return { exports = { ["x.txt"] = { path = "{key}.txt",
            each = function() return { "one", "two\\27[2J", "three" } end,
            render = function(item) return item:match("two") and error("no") or item end } } }"""})
        result = self.build("--messages=full", status=1)
        self.assertIn("it was making export 'x.txt' of 'two\\x1b[2J'", result.err)
        self.assertEqual("one", self.read("public/one.txt"))
        self.assertEqual("three", self.read("public/three.txt"))
        self.write({"plugins/bad.lua": """return { exports = { ["x.txt"] = { path = "{key}.txt",
            each = function() return { "one", "../two" } end,
            render = function(item) while item == "one" do end return item end } } }"""})
        result = self.build(status=1)
        self.assertIn("export 'x.txt' of 'one' did not end within", result.err)
        self.assertIn("export 'x.txt' of '../two': its path '../two.txt' cannot be", result.err)

    def test_a_when_that_fails_is_told(self):
        self.bad("""return { exports = { ["x.txt"] = { each = "article", path = "{slug}/x.txt",
            when = function(article) error("when") end, render = function() end } } }""")

    # What a plugin may not do.

    def test_the_world_outside_is_not_there(self):
        self.write({"plugins/x.lua": harness.PLUGIN % """
            local found = {}
            for _, name in ipairs { "io", "os", "debug", "package", "collectgarbage", "dofile",
                                    "loadfile" } do
              if _G[name] ~= nil then found[#found + 1] = name end
            end
            if string.dump then found[#found + 1] = "string.dump" end
            return table.concat(found, " ")"""})
        self.build("--only=x.txt")
        self.assertEqual("", self.read("public/a/x.txt"))

    def test_the_model_cannot_be_changed(self):
        for body in ("article.title = 'x'", "article.tags[1] = 'x'", "rawset(article, 'a', 1)",
                     "table.insert(article.faq, 1)", "getmetatable(article).__index = nil",
                     "getmetatable('').__index = nil"):
            self.rendering(body)

    def test_a_rendering_does_not_see_the_one_before(self):
        self.rendering("""if old then return old.title end
            old = article
            error("kept")""")

    def test_the_same_content_gives_the_same_chance_and_time(self):
        self.write({"plugins/x.lua": harness.PLUGIN %
                    "return math.random(1 << 40) .. ' ' .. tostring({}) .. site.now"})
        self.build("--only=x.txt", "-j1")
        first = self.tree()
        self.build("--only=x.txt", "-j4", "-o", "again")
        self.assertEqual(first, self.tree("again"))
        self.assertNotIn(b"0x", first["a/x.txt"])

    def test_what_is_printed_appears_under_the_plugins_name(self):
        self.write({"plugins/x.lua": harness.PLUGIN % "print('a', 1, nil) print('\\27[31m')"})
        result = self.build("--only=x.txt", "-j1")
        self.assertEqual("[x] a\t1\tnil", result.err.splitlines()[0])
        self.assertNotIn("\x1b", result.err)

    def test_what_is_printed_is_bounded(self):
        for text in ("('x'):rep(99)", "", "('x'):rep(1 << 20)"):
            self.write({"plugins/bad.lua": harness.PLUGIN %
                        ("for i = 1, 1e5 do print(%s) end" % text)})
            result = self.build("--only=x.txt,body.html", status=(0, 1))
            self.assertIn("a/body.html", self.tree())
            self.assertLess(len(result.err), 4 << 20)

    def test_what_is_printed_is_bounded_in_all(self):
        self.write({"content/%d.md" % n: GOOD for n in range(60)})
        self.write({"plugins/x.lua": harness.PLUGIN % "print(('x'):rep(60000))"})
        result = self.build("--only=x.txt")
        self.assertLess(len(result.err), 2 << 20)
        self.assertIn("left out", result.err)

    def test_nothing_shows_an_address(self):
        self.write({"plugins/x.lua": "local fascia = require 'fascia' " + harness.PLUGIN % """
            local all = {}
            for _, v in ipairs { article, site, out, options, article.faq, site:articles {}, print,
                                 {}, fascia.null, fascia, coroutine.create(print),
                                 setmetatable({}, { __name = "x" }) } do
              all[#all + 1] = tostring(v) .. (" %s"):format(v)
              print(v)
            end
            return table.concat(all, "\\n")"""})
        result = self.build("--only=x.txt")
        self.assertNotRegex(self.read("public/a/x.txt") + result.err, "0x|[0-9a-f]{6}")

    def test_a_failed_rendering_keeps_its_last_good_output(self):
        self.write({"plugins/bad.lua": harness.PLUGIN % "return 'good'"})
        self.build("--only=x.txt")
        self.write({"plugins/bad.lua": harness.PLUGIN % "out:write('half') error('bad')"})
        self.build("--only=x.txt", status=1)
        self.assertEqual({"a/x.txt": b"good", "b/x.txt": b"good"}, self.tree())

    def test_export_tells_the_same(self):
        self.write({"plugins/bad.lua": harness.PLUGIN % "out:write('half')\nerror('bad')"})
        result = self.fascia("export", "x.txt", "content/a.md", status=1)
        self.assertEqual("", result.out)
        message = self.only_message(result)
        self.assertEqual(("plugins/bad.lua", 4), (os.path.relpath(
            self.folder / message.path, self.folder), message.line))
        self.write({"plugins/bad.lua": harness.PLUGIN % "while true do end"})
        result = self.fascia("export", "x.txt", "content/a.md", status=1)
        self.assertEqual("limit-seconds", self.only_message(result).code)


if __name__ == "__main__":
    harness.main()

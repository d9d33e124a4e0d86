#!/usr/bin/python3
"""Content files that plugins read: found, read, placed, read again, and contained."""

import os
import signal
import subprocess
import time

import harness

# "name: value" lines are front matter or facts, the rest is Markdown; the first line is the title.
RECIPE = """\
local FRONT = { date = true, tags = true, draft = true, slug = true }
return {
  name = "recipe",
  readers = {
    [".recipe"] = function(source, options)
      local article = { facts = {}, body = {} }
      for text, line in source:lines() do
        local name, value = text:match("^(%l+): (.+)$")
        if line.number == 1 then
          article.title = line
        elseif FRONT[name] then
          article[name] = line:part(value)
        elseif name == "bad" then
          source:error(line:part(value), "this is bad")
        elseif name == "odd" then
          source:warn(line:part(value), "this is odd")
        elseif name == "crash" then
          error("it crashed")
        elseif name then
          table.insert(article.facts, { name = name, value = line:part(value) })
        else
          table.insert(article.body, line)
        end
      end
      return article
    end,
  },
}
"""
PANCAKES = """\
Pancakes
date: 2026-03-01
serves: 4

## FAQ

### Can I use oat milk?

Yes.
"""


SETTINGS = "exports: [article.json]\nchecks: {missing-summary: off, missing-title: off}\n"


def reader(body, ending=".x"):
    return "return { readers = { ['%s'] = function(source, options)\n%s\nend } }\n" % (ending, body)


class Reading(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"plugins/recipe.lua": RECIPE, "content/pancakes.recipe": PANCAKES,
                    "content/site.yaml": SETTINGS})

    def made(self, name="pancakes"):
        return self.read("public/%s/article.json" % name)

    def shown(self, text, body, **more):
        """`fascia show` of a file that this reader reads."""
        self.write({"plugins/x.lua": reader(body), "content/a.x": text})
        return self.fascia("show", "content/a.x", **more)

    def refused(self, body, text="one\ntwo\n"):
        return self.only_message(self.shown(text, body, status=1))

    def test_a_file_becomes_an_article_with_places_in_it(self):
        self.build()
        self.assertIn('"title":"Pancakes"', self.made())
        out = self.fascia("show", "content/pancakes.recipe").out
        self.assertIn('date = "2026-03-01"  @2:7', out)
        self.assertRegex(out, r"facts \(1\)  @3:9\n  \[1\]\n    subject = \"Pancakes\"")
        self.assertRegex(out, r"faq \(1\)  @7:5")
        self.assertRegex(out, r"answer  @9:1")

    def test_words_of_the_readers_own_stand_where_what_follows_does(self):
        out = self.shown("a\nb\n", """
            local lines = {}
            for text, line in source:lines() do
              lines[#lines + 1] = "## Part " .. text
              lines[#lines + 1] = ""
              lines[#lines + 1] = "- *" .. line .. "* and more"
              lines[#lines + 1] = ""
            end
            return { title = source:slice(3, 3), body = lines }""").out
        self.assertRegex(out, r'\[1\]\n    id = "part-a"')
        self.assertRegex(out, r'\[2\]  @2:1\n    id = "part-b"')
        self.assertIn('title = "b"  @2:1', out)

    def test_pieces_keep_their_places(self):
        out = self.shown("\N{BYTE ORDER MARK}# ünïcode: välue here\r\nlast", """
            local meta = {}
            for text, line in source:lines() do
              if line.number == 1 then
                meta.a = line
                meta.part = line:part("välue")
                meta.slice = line:slice(-4)
                meta.trimmed = line:part(": välue "):slice(2):trim()
                meta.as = meta.part:as("other")
                meta.joined = "a " .. meta.part .. " b " .. meta.slice
                meta.again = meta.joined:slice(-4)
                meta.column = meta.slice.column
              else
                meta.last, meta.empty = line, line:slice(3, 2)
                meta.words = tostring(line) .. #line
              end
            end
            return { meta = meta }""").out
        for line in ('part = "välue"  @1:12', 'slice = "here"  @1:18', 'trimmed = "välue"  @1:12',
                     'as = "other"  @1:12', 'joined = "a välue b here"  @1:12',
                     'again = "here"  @1:18', "column = 18", 'last = "last"  @2:1',
                     'empty = ""  @2:3', 'words = "last4"'):
            self.assertIn(line + "\n", out)

    def test_lists_that_a_reader_gives_are_added(self):
        self.shown("text\n", """
            local here = source:slice(1, 4)
            return { title = "T", body = "- Size: 3\\n", tags = { "a", here },
              faq = { { question = "Why?", answer = "*So*." } },
              facts = { { subject = "S", name = "n", value = 4 } },
              pros = { { items = { "good & cheap" } } }, cons = { { subject = "X", items = {} } },
              comparisons = { { factor = "F", subjects = { "A", "B" },
                                rows = { { factor = "f", cells = { "1", here } } } } },
              recommendations = { { when = "w", choose = "c" } },
              evidence = { { text = "Study", year = 1999, source = "S" }, { text = here } },
              meta = { own = { deep = { 1, 2.5, true } } } }""")
        a = self.fascia("export", "article.json", "content/a.x").json()
        self.assertEqual(["a", "text"], a["tags"])
        self.assertEqual("<p><em>So</em>.</p>", a["faq"][0]["answer"]["html"].strip())
        self.assertIn({"subject": "S", "name": "n", "value": "4"}, a["facts"])
        self.assertEqual(["good & cheap"], a["pros"][0]["items"])
        self.assertEqual("T", a["pros"][0]["subject"])
        self.assertEqual(["1", "text"], a["comparisons"][0]["rows"][0]["cells"])
        self.assertEqual("c", a["recommendations"][0]["choose"])
        self.assertEqual([1999, None], [e.get("year") for e in a["evidence"]])
        self.assertEqual({"deep": [1, 2.5, True]}, a["meta"]["own"])

    def test_front_matter_is_checked_as_that_of_markdown_is(self):
        self.write({"content/pancakes.recipe": "P\ndate: 2026-13-01\ndraft: maybe\n"})
        messages = self.build().messages()
        self.assertEqual([("bad-date", 2, 7), ("wrong-type", 3, 8)],
                         [(m.code, m.line, m.col) for m in messages])

    def test_what_makes_no_sense_is_refused_at_the_plugins_line(self):
        for body, text in (
                ("return { titel = 'x' }", "the article has no 'titel'; did you mean 'title'?"),
                ("return 'x'", "must return a table, the article, not a string"),
                ("return nil", "must return a table, the article, not a nil"),
                ("return { facts = { { nam = 'x' } } }", "facts[1] has no 'nam'; did you mean"),
                ("return { facts = { { name = 'x' } } }", "facts[1].value is missing"),
                ("return { facts = { 'x' } }", "facts[1] must be a table, not a string"),
                ("return { faq = {{ question = {} }} }", "faq[1].question must be a text"),
                ("return { evidence = {{ text = 'x', year = 'y' }} }", "year must be a whole"),
                ("return { comparisons = {{ subjects = { 'a' }, rows = {{ factor = 'f', "
                 "cells = {} }} }} }", "comparisons[1].rows[1] has 0 cells for 1 subjects"),
                ("return { meta = { title = 'x' } }", "'title' is a field of the article itself"),
                ("return { meta = { f = print } }", "'f' is a function, which no article can hold"),
                ("return { meta = { [{}] = 1 } }", "a key of meta must be a text"),
                ("return { meta = { n = 0/0 } }", "'n' is no number"),
                ("return { title = '\\xff' }", "'title' is not valid UTF-8"),
                ("return { body = 'a\\0b' }", "'body' is not valid UTF-8, or holds a NUL"),
                ("return { body = 1 < 2 }", "body must be a text, not a boolean"),
                ("return { meta = options }", "meta must be a table, not a userdata"),
                ("local t = {} t.t = t return { meta = { t = t } }", "is nested deeper than 32"),
                ("return source.txt", "a source has no 'txt'; did you mean 'text'?"),
                ("return source:slice(1).lin", "a piece has no 'lin'"),
                ("return source:slice(1):match('.')", "its text has: piece.text:match(…)"),
                ("return source:slice(1):part('no')", "there is no 'no' in"),
                ("error({})", "raised a table instead of a message")):
            with self.subTest(body=body):
                message = self.refused(body)
                self.assertIn(text, message.text)
                self.assertIn("reader '.x'", message.also.text)
                self.assertRegex(message.path, r"plugins/x\.lua$")
                self.assertIn(message.line, (1, 2))
                self.assertEqual("content/a.x", message.also.path)

    def test_an_error_of_the_plugin_names_the_line_that_it_read(self):
        self.write({"content/pancakes.recipe": "P\n\ncrash: now\n"})
        message = self.only_message(self.build(status=1))
        self.assertEqual(("plugins/recipe.lua", 18), (message.path, message.line))
        self.assertIn("it crashed", message.text)
        self.assertEqual(("content/pancakes.recipe", 3), (message.also.path, message.also.line))

    def test_a_reader_says_what_is_wrong_with_the_file(self):
        self.write({"content/pancakes.recipe": "P\n  bad\nbad: this\n"})
        message = self.only_message(self.build(status=1))
        self.assertEqual(("content/pancakes.recipe", 3, 6, "this is bad", "recipe"),
                         (message.path, message.line, message.col, message.text, message.code))
        self.assertEqual(("plugins/recipe.lua", 14), (message.also.path, message.also.line))
        self.write({"content/pancakes.recipe": "P\nodd: that\n"})
        for _ in range(2):  # it is said again though nothing is read
            message = self.only_message(self.build())
            self.assertEqual(("content/pancakes.recipe", 2, 6, "this is odd", "recipe"),
                             (message.path, message.line, message.col, message.text, message.code))

    def test_last_good_output_stays_while_a_file_is_wrong(self):
        self.build()
        before = self.made()
        self.write({"content/pancakes.recipe": "P\nbad: this\n"})
        self.build(status=1)
        self.assertEqual(before, self.made())

    def test_limits_hold_and_other_articles_are_made(self):
        for body, code in (("while true do end", "limit-seconds"),
                           ("local t = {} for i = 1, 1e9 do t[i] = {} end", "limit-memory"),
                           ("return { body = ('x'):rep(2e6) }", "plugin"),
                           ("local s = ('x'):rep(1e5) local t = {} for i = 1, 5e4 do t[i] = s end "
                            "return { pros = { { items = t } } }", "limit-memory|limit-seconds")):
            with self.subTest(body=body):
                seconds = (0.5 if code == "limit-seconds" else 5) * harness.SLOW
                self.write({"plugins/x.lua": reader(body), "content/a.x": "a",
                            "content/b.md": "# B\n", "content/site.yaml": SETTINGS +
                            "limits: {seconds: %g, memory_mb: 64, file_mb: 1}\n" % seconds})
                message = self.only_message(self.build("--clean", status=1))
                self.assertIn(message.code, code.split("|"))
                self.assertEqual("plugins/x.lua", message.path)
                self.assertIn("content/a.x", message.also.path if message.also else message.text)
                self.assertIn('"title":"B"', self.made("b"))

    def test_after_three_failures_in_a_row_a_reader_is_asked_no_more(self):
        self.write({"plugins/x.lua": reader("while true do end"), "content/site.yaml":
                    SETTINGS + "limits: {seconds: %g}\n" % (0.1 * harness.SLOW),
                    **{"content/%02d.x" % i: "a" for i in range(40)}})
        messages = self.build("-j", 1, status=1).messages()
        last = [m for m in messages if m.code == "plugin-given-up"]
        self.assertEqual(1, len(last), messages)
        self.assertIn("37 .x files were left as they were", last[0].text)
        self.assertEqual(3, len([m for m in messages if m.code == "limit-seconds"]))

    def test_a_file_that_is_wrong_is_no_failure_of_the_reader(self):
        self.write({"content/%d.recipe" % i: "T\nbad: x\n" for i in range(6)})
        messages = self.build("-j", 1, status=1).messages()
        self.assertEqual({"recipe"}, {m.code for m in messages})
        self.assertEqual(6, len(messages))

    def test_endings_are_read_by_one_plugin(self):
        self.write({"plugins/other.lua": reader("return {}", ".recipe")})
        message = self.only_message(self.build(status=1))
        self.assertEqual("reader-twice", message.code)
        self.assertIn("plugins/other.lua", message.text + message.path)
        self.assertIn("plugins/recipe.lua", message.text + message.path)

    def test_endings_that_cannot_be_are_refused(self):
        for ending, text in ((".md", "fascia itself reads .md files"),
                             (".txt", "fascia itself"), ("recipe", "an ending is a dot and"),
                             (".a/b", "an ending is a dot and"), (".tmp", "are passed over")):
            self.write({"plugins/other.lua": reader("return {}", ending)})
            self.assertIn(text, self.only_message(self.build(status=1)).text)

    def test_the_settings_are_no_article(self):
        self.write({"plugins/other.lua": reader("return {}", ".yaml"), "content/sub/a.yaml": "x"})
        self.assertIn("2 articles", self.build().out)

    def test_the_longest_ending_reads(self):
        self.write({"plugins/one.lua": reader("return { title = 'one' }", ".x"),
                    "plugins/two.lua": reader("return { title = 'two' }", ".y.x"),
                    "content/a.x": "", "content/b.y.x": ""})
        self.build()
        self.assertIn('"title":"one"', self.made("a"))
        self.assertIn('"title":"two"', self.made("b-y"))

    def test_only_what_read_what_changed_runs_again(self):
        self.build()
        self.assertIn(" 0 renderings run", self.build().out)
        self.write({"content/pancakes.recipe": PANCAKES + "\n"})
        self.assertIn(" 0 renderings run", self.build().out)
        self.write({"content/pancakes.recipe": PANCAKES.replace("Yes", "No")})
        self.assertIn(" 1 rendering", self.build().out)
        self.assertIn("No.", self.made())

    def test_a_changed_plugin_reads_its_files_again_and_no_others(self):
        self.write({"content/b.md": "# B\n"})
        self.build()
        self.write({"plugins/recipe.lua": RECIPE + "-- the same\n"})
        self.assertIn(" 0 renderings run", self.build().out)
        self.write({"plugins/recipe.lua": RECIPE.replace("article.title = line",
                                                         "article.title = line:as('New')")})
        self.assertIn(" 1 rendering", self.build().out)
        self.assertIn('"title":"New"', self.made())
        why = self.fascia("why", "public/pancakes/article.json").out
        self.assertIn("the plugin 'recipe', which reads .recipe files, changed", why)

    def test_a_changed_module_reads_again(self):
        self.write({"plugins/x.lua": "return { readers = { ['.x'] = function() return { title = "
                    "require 'lib.word' } end } }", "plugins/lib/word.lua": "return 'one'",
                    "content/a.x": ""})
        self.build()
        self.write({"plugins/lib/word.lua": "return 'two'"})
        self.build()
        self.assertIn('"title":"two"', self.made("a"))

    def test_options_are_read_and_when_they_change_so_are_files(self):
        self.write({"plugins/x.lua": reader("return { title = options.word or 'none' }"),
                    "content/a.x": ""})
        self.build()
        self.assertIn('"title":"none"', self.made("a"))
        self.write({"content/site.yaml": SETTINGS + "plugins: {x: {word: given}}\n"})
        self.build()
        self.assertIn('"title":"given"', self.made("a"))

    def test_a_plugin_that_cannot_be_loaded_leaves_its_articles(self):
        self.build()
        before = self.made()
        self.write({"plugins/recipe.lua": "return {"})
        for _ in range(2):
            self.only_message(self.build(status=1))
            self.assertEqual(before, self.made())
        self.fascia("verify", status=1)
        self.write({"plugins/recipe.lua": RECIPE.replace("tags = true", "serves = true")})
        self.build(status=1)  # an article has no field `serves`
        self.write({"plugins/recipe.lua": RECIPE})
        self.build()
        self.assertEqual(before, self.made())

    def test_a_reader_that_goes_takes_its_articles_along(self):
        self.build()
        os.remove(self.folder / "plugins/recipe.lua")
        self.build()
        self.assertNotIn("pancakes/article.json", self.tree())

    def test_a_reader_sees_its_file_and_no_site(self):
        self.write({"plugins/x.lua": """
            local kept, source_kept
            return { exports = { ["x.txt"] = { each = "site", path = "x.txt",
              render = function(site) kept = site return "x" end } },
              readers = { [".x"] = function(source)
                if kept then return { title = kept.title } end
                source_kept = source_kept or source
                return { title = source_kept:slice(1, 1) } end } }"""})
        self.write({"content/a.x": "a", "content/b.x": "b"})
        self.build("-j", 1)

    def test_verify_finds_a_reader_that_keeps_something(self):
        self.write({"plugins/x.lua": "local n = 0\nreturn { readers = { ['.x'] = function(source) "
                    "n = n + 1 return { title = tostring(n) } end } }",
                    **{"content/%d.x" % i: "" for i in range(9)}})
        self.build("-j", 1)
        self.assertIn("plugins/x.lua keeps something", self.fascia("verify", status=1).out)

    def test_verify_agrees_with_a_pure_reader(self):
        self.build()
        self.fascia("verify")

    def test_import_writes_markdown(self):
        result = self.fascia("import", "content/pancakes.recipe")
        self.assertTrue(result.out.startswith("---\ntitle: Pancakes\ndate: 2026-03-01\n---\n"),
                        result.out)
        self.assertEqual("left-out", self.only_message(result).code)

    def test_what_a_reader_prints_is_shown(self):
        self.write({"plugins/x.lua": reader("print(source.path) return {}"), "content/s/a.x": ""})
        self.assertIn("[x] s/a.x\n", self.build().err)

    def test_plugins_lists_readers(self):
        self.assertIn("  reads .recipe files\n", self.fascia("plugins").out)

    def test_a_test_reads_its_articles_with_the_reader(self):
        self.write({"plugins/recipe_test.lua": """
            it("reads", function()
              local tea = article { path = "tea.recipe", text = "Tea\\nserves: 2\\n" }
              assert.equal("Tea", tea.title)
              assert.equal("2", tea.facts[1].value)
            end)
            it("says what is wrong", function()
              article { path = "tea.recipe", text = "Tea\\nbad: this\\n" }
            end)
            """})
        result = self.fascia("test", "recipe", status=1)
        self.assertRegex(result.out + result.err, r"1 (test )?passed|1 passed")
        self.assertIn("this is bad", result.err)


class Watching(harness.ProgramTest):
    def until(self, done, what):
        for _ in range(int(300 * harness.SLOW)):
            if done():
                return
            time.sleep(0.05)
        self.fail("no " + what)

    def test_files_and_their_reader_are_watched(self):
        self.write({"content/site.yaml": SETTINGS, "content/b.md": "# B\n"})
        child = subprocess.Popen([str(harness.FASCIA), "watch"], cwd=self.folder,
                                 env=harness.environment(), stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        try:
            made = self.folder / "public/pancakes/article.json"
            self.until((self.folder / "public/b/article.json").exists, "first build")
            self.write({"content/pancakes.recipe": PANCAKES})
            self.write({"plugins/recipe.lua": RECIPE})
            self.until(made.exists, "article once there is a reader")
            self.write({"content/pancakes.recipe": PANCAKES.replace("Yes", "Never")})
            self.until(lambda: "Never" in made.read_text(), "edit")
            self.write({"plugins/recipe.lua": RECIPE.replace("article.title = line",
                                                             "article.title = 'New'")})
            self.until(lambda: '"New"' in made.read_text(), "edit of the reader")
            os.remove(self.folder / "content/pancakes.recipe")
            self.until(lambda: not made.exists(), "removal")
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait()


harness.main()

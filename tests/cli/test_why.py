#!/usr/bin/python3
"""`fascia why` and `fascia impact`: what is told of a rendering and of a file, from what the last
build left."""

import fcntl
import json
import os
import shutil
import time

import harness

ARTICLE = """\
# Needling

Intro.

## FAQ

### Does it hurt?

A little.

### Is it quick?

%s
"""

PLUGIN = """\
local words = require "words"

return { exports = { ["x.txt"] = {
  each = "article",
  path = "{slug}/x.txt",
  render = function(article, out, site, options)
    out:write(article.title, #article.faq)
    out:write(words.shout(article.faq[2]))
    if article.meta.mood then out:write(article.meta.mood) end
    if options.loud then out:write("!") end
  end,
}, ["list.txt"] = {
  each = "site",
  path = "list.txt",
  render = function(site, out)
    for _, article in ipairs(site:articles { sort = "title", limit = 5 }) do
      out:write(article.title)
    end
    out:write(site.now)
  end,
} } }
"""

WORDS = """\
return {
  shout = function(question)
    return question.answer.text .. "!"
  end,
}
"""


class Explaining(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": ARTICLE % "Yes.", "content/b.md": ARTICLE % "No.",
                    "content/site.yaml": "exports: [x.txt, list.txt]\ntitle: Here\n",
                    "plugins/p/init.lua": PLUGIN, "plugins/p/words.lua": WORDS})
        self.build()

    def lines(self, *args, **more):
        result = self.fascia(*args, "--messages=json", **more)
        return [json.loads(line) for line in result.out.splitlines()]

    def facts(self, *args, **more):
        """Of an output: what it read, by what."""
        return {(fact["read"], fact.get("what")): fact
                for fact in self.lines("why", *args, **more)[1:]}

    def stamps(self):
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino)
                for path in self.folder.rglob("*")}


class Why(Explaining):
    def test_the_output_is_told_with_who_makes_it(self):
        first = self.lines("why", "public/a/x.txt")[0]
        self.assertEqual({"output": "public/a/x.txt", "export": "x.txt", "plugin": "p",
                          "article": "content/a.md", "item": 1, "outcome": "made",
                          "plugin_file": "plugins/p/init.lua", "reason": "it was never made"},
                         {key: first[key] for key in first if key != "ran"})
        self.assertRegex(first["ran"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_an_item_is_told_by_its_key(self):
        self.write({"plugins/tag.lua": """return { exports = { ["tag.txt"] = { path = "{slug}.txt",
            each = function(site) return { { key = "Hot Tea", n = #site:articles() } } end,
            render = function(tag, out, site) out:write(tag.n, site.title) end } } }""",
                    "content/site.yaml": "exports: [tag.txt]\ntitle: Here\n"})
        self.build()
        first = self.lines("why", "public/hot-tea.txt")[0]
        self.assertEqual(("tag.txt", "Hot Tea"), (first["export"], first["key"]))
        self.assertIn("export   tag.txt of 'Hot Tea'\n", self.fascia("why", "public/hot-tea.txt").out)
        title = self.facts("public/hot-tea.txt")["value", "title"]
        self.assertEqual({"path": "plugins/tag.lua", "line": 3}, title["by"])
        self.write({"content/c.md": "# New\n"})
        self.build()
        self.assertEqual("its item is not what it was", self.lines("why", "public/hot-tea.txt")[0]["reason"])

    def test_each_read_has_its_place_its_value_and_the_line_that_read_it(self):
        facts = self.facts("public/a/x.txt")
        title, answer = facts["value", "title"], facts["value", "faq[2].answer.text"]
        self.assertEqual(("content/a.md", 1, 3, '"Needling"'),
                         (title["path"], title["line"], title["col"], title["now"]))
        self.assertEqual({"path": "plugins/p/init.lua", "line": 7}, title["by"])
        self.assertEqual((13, 1, '"Yes."'), (answer["line"], answer["col"], answer["now"]))
        self.assertEqual({"path": "plugins/p/words.lua", "line": 3}, answer["by"])
        self.assertEqual(7, facts["shape", "faq"]["by"]["line"])
        self.assertNotIn(("value", "faq[1].answer.text"), facts)

    def test_a_read_in_a_coroutine_has_its_own_line(self):
        self.write({"plugins/p/words.lua": """\
            return { shout = function(question)
              local run = coroutine.wrap(function()
                coroutine.yield()
                return question.answer.text
              end)
              run()
              return run()
            end }
            """})
        self.build()
        self.assertEqual({"path": "plugins/p/words.lua", "line": 4},
                         self.facts("public/a/x.txt")["value", "faq[2].answer.text"]["by"])

    def test_what_was_looked_for_in_vain_is_told(self):
        facts = self.facts("public/a/x.txt")
        self.assertEqual("content/a.md", facts["missing", "meta.mood"]["path"])
        self.assertEqual("content/site.yaml", facts["missing", "plugins"]["path"])

    def test_nothing_that_a_plugin_asks_for_drives_the_terminal(self):
        self.write({"content/site.yaml": "exports: [x.txt]\n",
                    "plugins/p/init.lua": """return { exports = { ["x.txt"] = { each = "article",
            path = "{slug}/x.txt", render = function(article, out, site)
              local all = site:articles { tag = "\\27[2J" }
              out:write(#all, tostring(article.meta["\\27]0;x\\7\\n"]))
            end } } }"""})
        self.build()
        for told in (self.fascia("why", "public/a/x.txt").out,
                     self.fascia("impact", "content/a.md").out):
            self.assertEqual([], [c for c in told if c < " " and c != "\n" or c == "\x7f"])
        told = self.fascia("why", "public/a/x.txt").out
        for name in ("\\x1b[2J", "\\x1b]0;x\\x07\\x0a"):
            self.assertIn(name, told)

    def test_files_queries_and_the_time_are_told(self):
        facts = self.facts("public/list.txt")
        self.assertIn(("query", 'site:articles{sort="title", limit=5}'), facts)
        self.assertIn("now", facts["now", "site.now"])
        files = {what for read, what in facts if read == "file"}
        self.assertEqual({"p/init.lua", "p/words.lua"}, files)
        titles = [line["path"] for line in self.lines("why", "public/list.txt")[1:]
                  if line.get("what") == "title"]
        self.assertEqual(["content/a.md", "content/b.md"], sorted(titles))

    def test_the_reason_has_the_old_and_the_new_value_and_the_line_that_read_it(self):
        self.write({"content/a.md": ARTICLE % "Perhaps."})
        self.build()
        first = self.lines("why", "public/a/x.txt")[0]
        self.assertEqual('content/a.md:13:1: faq[2].answer.text was "Yes.", is "Perhaps."',
                         first["reason"])
        self.assertEqual({"path": "plugins/p/words.lua", "line": 3}, first["by"])
        self.assertEqual("it was never made", self.lines("why", "public/b/x.txt")[0]["reason"])

    def test_places_follow_what_moved_in_the_file(self):
        self.write({"content/a.md": (ARTICLE % "Yes.").replace("Intro.", "Intro.\n\n- *a* b\n" * 9)})
        self.build()
        answer = self.facts("public/a/x.txt")["value", "faq[2].answer.text"]
        line = self.read("content/a.md").splitlines().index("Yes.") + 1
        self.assertEqual((line, '"Yes."'), (answer["line"], answer["now"]))

    def test_a_build_that_had_nothing_to_do_skipped_it(self):
        self.assertNotIn("skipped", self.lines("why", "public/a/x.txt")[0])
        time.sleep(1.1)  # times are kept in seconds
        self.write({"content/b.md": ARTICLE % "Never."})
        self.build()
        first = self.lines("why", "public/a/x.txt")[0]
        self.assertGreater(first["skipped"], first["ran"])
        self.assertNotIn("skipped", self.lines("why", "public/b/x.txt")[0])

    def test_a_failure_is_told_with_its_message(self):
        self.write({"plugins/p/words.lua": WORDS.replace("question.answer", "error('no words')")})
        self.build(status=1)
        result = self.fascia("why", "public/a/x.txt")
        self.assertIn("failed", result.out)
        self.assertIn("last good", result.out)
        self.assertEqual("no words", self.only_message(result).text)

    def test_an_option_that_is_asked_for_in_a_loop_is_told_once(self):
        loop = "for i = 1, 9 do shout = options.mark end shout ="
        self.write({"plugins/p/init.lua": PLUGIN.replace("if options.loud", loop + " nil if shout")})
        self.build()
        out = self.fascia("why", "public/a/x.txt").out
        self.assertEqual(1, out.count("plugins: that it is not there"), out)

    def test_the_text_form_reads_as_places_that_editors_understand(self):
        out = self.fascia("why", "public/a/x.txt").out
        self.assertIn('content/a.md:13:1: faq[2].answer.text = "Yes."  [plugins/p/words.lua:3]\n', out)
        self.assertIn("meta.mood: that it is not there", out)
        self.assertNotIn("faq[2].answer:", out)  # only on the way to its text

    def test_it_waits_for_no_build(self):
        (lock,) = self.folder.glob(".fascia/*/lock")
        with open(lock, "r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertIn("content/a.md", self.fascia("why", "public/a/x.txt").out)
            self.assertIn("public/a/x.txt", self.fascia("impact", "content/a.md").out)

    def test_nothing_is_written(self):
        before = self.stamps()
        self.fascia("why", "public/a/x.txt")
        self.fascia("impact", "content/a.md")
        self.assertEqual(before, self.stamps())

    def test_the_site_is_found_from_anywhere(self):
        whole = self.folder / "public/a/x.txt"
        self.assertEqual("x.txt", self.lines("why", whole, cwd="/")[0]["export"])
        self.assertEqual("x.txt", self.lines("why", "x.txt", cwd=self.folder / "public/a")[0]["export"])
        self.build(".", "-o", self.folder / "elsewhere")
        self.assertEqual("list.txt", self.lines("why", "elsewhere/list.txt")[0]["export"])
        os.remove(whole)  # it need not be there
        self.assertEqual("made", self.lines("why", "public/a/x.txt")[0]["outcome"])

    def test_an_output_folder_outside_of_the_site_needs_its_name(self):
        self.write({"site/content/a.md": "# A\n"})
        self.build("site", "-o", "out")
        shutil.rmtree(self.folder / "content")
        result = self.fascia("why", "out/a/index.html", status=2)
        self.assertEqual("not-an-output", self.only_message(result).code)
        first = self.lines("why", "out/a/index.html", "--site", "site")[0]
        self.assertEqual("site/content/a.md", first["article"])

    def test_a_path_that_is_nearly_an_output_gets_it(self):
        for path in ("public/lits.txt", "./public/list.tx"):
            result = self.fascia("why", path, "--messages=full", status=2)
            self.assertIn("did you mean public/list.txt?", result.err)
        result = self.fascia("why", "public/nothing/near", "--messages=full", status=2)
        self.assertNotIn("did you mean", result.err)

    def test_what_nothing_makes_is_an_error(self):
        self.write({"public/mine.txt": "mine"})
        for path in ("public/mine.txt", "public/a", "public/nowhere/x.txt", "content/a.md", "/", ".", ""):
            with self.subTest(path):
                result = self.fascia("why", path, status=2)
                self.assertEqual("", result.out)
                self.assertEqual("not-an-output", self.only_message(result).code)

    def test_a_damaged_cache_is_survived(self):
        (images,) = self.folder.glob(".fascia/*/images")
        images.write_bytes(images.read_bytes()[:100])
        self.assertIn("a build is changing it", self.fascia("why", "public/a/x.txt").out)
        (state,) = self.folder.glob(".fascia/*/state")
        state.write_bytes(state.read_bytes()[:-9])
        result = self.fascia("why", "public/a/x.txt", status=2)
        self.assertEqual("no-record", self.only_message(result).code)


class Impact(Explaining):
    def outputs(self, *args, **more):
        return {line["output"] for line in self.lines("impact", *args, **more)}

    def test_an_article_reaches_what_read_it(self):
        lines = self.lines("impact", "content/a.md")
        self.assertEqual({"public/a/x.txt", "public/list.txt"}, {line["output"] for line in lines})
        read = {(line["output"], line["what"]): line for line in lines}
        answer = read["public/a/x.txt", "faq[2].answer.text"]
        self.assertEqual(("content/a.md", 13, 1, "value"),
                         (answer["path"], answer["line"], answer["col"], answer["read"]))
        self.assertNotIn(("public/list.txt", "faq[2].answer.text"), read)
        self.assertIn(("public/list.txt", 'site:articles{sort="title", limit=5}'), read)

    def test_settings_reach_what_read_them(self):
        self.assertEqual({"public/a/x.txt", "public/b/x.txt"}, self.outputs("content/site.yaml"))

    def test_a_plugins_file_reaches_what_the_plugin_makes(self):
        every = {"public/a/x.txt", "public/b/x.txt", "public/list.txt"}
        self.assertEqual(every, self.outputs("plugins/p/init.lua"))
        self.assertEqual(every, self.outputs("plugins/p/words.lua"))

    def test_a_built_in_plugins_file_is_known_too(self):
        self.write({"content/site.yaml": "exports: [faq.csv]\n"})
        self.build()
        built_in = harness.FASCIA.parent.parent / "plugins/faq.lua"
        self.assertEqual({"public/a/faq.csv", "public/b/faq.csv"},
                         self.outputs(built_in, "--site", "."))

    def test_outputs_are_grouped(self):
        out = self.fascia("impact", "content/a.md").out
        self.assertEqual(1, out.count("public/a/x.txt (x.txt of content/a.md)\n"), out)
        self.assertIn('    content/a.md:13:1: faq[2].answer.text = "Yes."\n', out)

    def test_what_was_skipped_is_told_as_not_made(self):
        self.write({"plugins/p/init.lua": PLUGIN.replace(
            'each = "article",', 'each = "article", when = function(a) return a.title == "B" end,')})
        self.build()
        self.assertIn("x.txt of content/a.md: not made\n", self.fascia("impact", "content/a.md").out)

    def test_the_site_and_the_output_folder_may_be_named(self):
        self.build(".", "-o", "out")
        self.assertEqual({"out/a/x.txt", "out/list.txt"}, self.outputs("content/a.md", "-o", "out"))
        whole = self.folder / "content/a.md"
        self.assertEqual(2, len(self.outputs(whole, cwd="/")))

    def test_a_path_that_is_nearly_an_article_gets_it(self):
        result = self.fascia("impact", "content/aa.md", "--messages=full", status=2)
        self.assertIn("did you mean content/a.md?", result.err)

    def test_a_file_that_no_build_knew_is_an_error(self):
        self.write({"content/new.md": "# New\n", "other.md": "# Other\n", "plugins/q.lua": "return {}"})
        for path in ("content/new.md", "other.md", "content/none.md", "content", "."):
            with self.subTest(path):
                result = self.fascia("impact", path, status=2)
                self.assertEqual("not-built", self.only_message(result).code)

    def test_without_a_build_there_is_nothing_to_tell(self):
        shutil.rmtree(self.folder / ".fascia")
        result = self.fascia("impact", "content/a.md", status=2)
        self.assertEqual("no-record", self.only_message(result).code)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""Checks of plugins: what they may say and how they are tested, when they run, what builds and
`fascia check` make of them, and their messages as SARIF."""

import contextlib
import fcntl
import json
import re
import signal
import subprocess
import time

import harness

TEA = """\
local fascia = require "fascia"
return { checks = {
  ["tea-hot"] = {
    summary = "the tea is too hot", explain = "Let it stand.", severity = "error",
    run = function(article, warn, site, options)
      if article.title == "Hot" then warn(article, "too hot", { field = "title", help = "wait" }) end
      for i, tag in ipairs(article.tags) do
        if tag == "odd" then warn(article.tags, "odd", { field = i }) end
      end
      if article.meta.titel then fascia.warn(article.meta, "mistyped", { field = "titel" }) end
      if site.lang == "de" then warn(site, "zu heiß", { field = "lang" }) end
      if options.all then warn(nil, "all is wrong") end
    end },
  ["tea-twice"] = { each = "site", run = function(site, warn)
    local titles = {}
    for _, article in ipairs(site:articles { sort = "path" }) do
      if titles[article.title] then warn(article, "twice", { field = "title" }) end
      titles[article.title] = true
    end
  end },
  ["tea-short"] = function(article, warn) return article.titel end,
  ["tea-keys"] = function(article, warn) warn(article, "x", { feld = "title" }) end,
} }
"""


class Testing(harness.ProgramTest):
    """check("CODE", thing) in a test file."""

    def run_test(self, body, status=0):
        self.write({"content/site.yaml": "title: Real\n", "plugins/tea.lua": TEA,
                    "plugins/tea_test.lua": 'it("t", function()\n%s\nend)\n' % body})
        return self.fascia("test", "tea", status=status)

    def says(self, warnings, check):
        self.run_test("""\
local function lines(list)
  local all = {}
  for i, w in ipairs(list) do
    all[i] = ("%%s:%%d:%%d %%s %%s [%%s] %%s"):format(w.path:match("[^/]+$"), w.line, w.col,
      w.severity, w.text, w.code, w.help)
  end
  return table.concat(all, "\\n")
end
local hot, odd = article [[
---
title: Hot
---
]], article { path = "odd.md", text = [[
---
title: Odd
titel: Hot
tags: [a, odd]
---
]] }
assert.equal(%s, lines(%s))""" % ("[[%s]]" % warnings, check))

    def test_a_warning_points_at_a_field_and_has_help(self):
        self.says("tea_test.lua:12:8 error too hot [tea-hot] wait", 'check("tea-hot", hot)')

    def test_a_warning_points_at_an_item_and_at_a_key_of_front_matter(self):
        self.says("tea_test.lua:18:11 error odd [tea-hot] nil\n"
                  "tea_test.lua:17:8 error mistyped [tea-hot] nil",
                  'check("tea-hot", odd)')

    def test_a_site_says_how_severe_a_check_is(self):
        self.says("tea_test.lua:12:8 info too hot [tea-hot] wait",
                  'check("tea-hot", hot, site { articles = { hot }, checks = { ["tea-hot"] = "info" } })')

    def test_a_warning_points_at_a_setting(self):
        self.says("tea_test.lua:12:8 error too hot [tea-hot] wait\n"
                  "site.yaml:1:9 error zu heiß [tea-hot] nil",
                  'check("tea-hot", hot, site { articles = { hot }, lang = "de" })')

    def test_a_check_may_be_of_the_site(self):
        self.says("tea_test.lua:16:8 warning twice [tea-twice] nil",
                  'check("tea-twice", site { articles = { odd, article "# Odd" } })')

    def test_what_is_wrong_with_a_test_is_said(self):
        for body, text in (
                ('check("tea-hott", article "x")', "has no check 'tea-hott'; did you mean 'tea-hot'?"),
                ('check("tea-hot", site {})', "check 'tea-hot' is for an article"),
                ('check("tea-twice", article "x")', "check 'tea-twice' is for a site"),
                ('check("tea-keys", article "x")', "a warning has no 'feld'; did you mean 'field'?"),
                ('check("tea-short", article "x")', "no field 'titel'; did you mean 'title'?")):
            with self.subTest(body):
                message = self.only_message(self.run_test(body, status=1))
                self.assertIn(text, message.text)


# One check of articles and one of the site; both say in the log that they run.
WORDS = """\
return { exports = {
  ["t.txt"] = { each = "article", path = "{slug}.txt",
    render = function(article, out) out:write(article.title) end },
}, checks = {
  ["bad-title"] = { severity = "error", summary = "a bad title", explain = "Find a better one.",
    run = function(article, warn)
      print("article " .. article.path)
      if article.title:find("bad") then warn(article, "bad title", { field = "title" }) end
    end },
  ["same-title"] = { each = "site", run = function(site, warn)
    print("site")
    local seen = {}
    for _, article in ipairs(site:articles { sort = "path" }) do
      if seen[article.title] then warn(article, "same title", { field = "title" }) end
      seen[article.title] = true
    end
  end },
} }
"""

def article(title, text="Some text."):
    return "---\ntitle: %s\ndate: 2026-01-01\n---\n%s\n" % (title, text)


class Site(harness.ProgramTest):
    """Two articles, of which the second has a bad title. Nothing comes from the built-in checks."""

    def site(self, settings="", **files):
        self.write({"content/site.yaml": "url: https://x.example\nexports: [t.txt]\n" + settings,
                    "content/a.md": article("good"), "content/b.md": article("bad"),
                    "plugins/words.lua": WORDS, "plugins/checks.lua": "return {}", **files})

    def check(self, *args, status=0, command="check", **more):
        """What ran, and what was said."""
        result = self.fascia(command, *args, status=status, **more)
        ran = re.findall(r"^\[words\] (.*)$", result.err, re.M)
        said = ["%s:%d:%d %s %s" % (m.path, m.line, m.col, m.severity, m.code)
                for m in result.messages()]
        return sorted(ran), said

    ALL = ["article a.md", "article b.md", "site"]
    BAD = "content/b.md:2:8 error bad-title"
    MILD = "content/b.md:2:8 warning bad-title"


class Running(Site):
    def test_a_check_says_what_is_wrong_and_nothing_is_written(self):
        self.site()
        self.assertEqual((self.ALL, [self.BAD]), self.check(status=1))
        self.assertFalse((self.folder / "public").exists())

    def test_what_was_said_is_said_again_when_nothing_runs(self):
        self.site()
        self.check(status=1)
        self.assertEqual(([], [self.BAD]), self.check(status=1))
        self.assertEqual(([], [self.MILD]), self.check(command="build"))

    def test_a_build_says_it_as_a_warning_after_its_outputs(self):
        self.site()
        self.assertEqual((self.ALL, [self.MILD]), self.check(command="build"))
        self.assertEqual({"a.txt", "b.txt"}, set(self.tree()))
        self.assertEqual(([], [self.BAD]), self.check(status=1))
        self.build("--strict", status=1)

    def test_an_edit_runs_the_checks_that_read_it(self):
        self.site()
        self.check(status=1)
        self.write({"content/a.md": article("good", "Another text.")})
        self.assertEqual(([], [self.BAD]), self.check(status=1))
        self.write({"content/a.md": article("bad, too")})
        self.assertEqual((["article a.md", "site"], ["content/a.md:2:8 error bad-title", self.BAD]),
                         self.check(status=1))
        self.write({"content/b.md": article("fine")})
        self.assertEqual((["article b.md", "site"], ["content/a.md:2:8 error bad-title"]),
                         self.check(status=1))

    def test_a_message_moves_with_the_line_that_it_is_about(self):
        self.site()
        self.check(status=1)
        self.write({"content/b.md": article("bad").replace("title:", "tags: [x]\ntitle:")})
        self.assertEqual((["article b.md"], ["content/b.md:3:8 error bad-title"]),
                         self.check(status=1))

    def test_a_title_that_comes_twice_and_goes_is_seen_in_the_site(self):
        self.site()
        self.check(status=1)
        self.write({"content/c.md": article("good")})
        self.assertEqual((["article c.md", "site"],
                          [self.BAD, "content/c.md:2:8 warning same-title"]), self.check(status=1))
        (self.folder / "content/c.md").unlink()
        self.assertEqual((["site"], [self.BAD]), self.check(status=1))

    def test_a_check_of_an_article_that_asks_the_site_runs_when_the_answer_changes(self):
        self.site(**{"plugins/words.lua": """return {
            exports = { ["t.txt"] = { each = "site", path = "t.txt", render = function() end } },
            checks = { alone = function(article, warn, site)
              print(article.path)
              if #site:articles { tag = "tea" } == 1 then warn(article, "alone") end
            end } }"""})
        self.assertEqual((["a.md", "b.md"], []), self.check())
        self.write({"content/c.md": article("tea").replace("date", "tags: [tea]\ndate")})
        self.assertEqual((["a.md", "b.md", "c.md"], ["content/%s.md:1:1 warning alone" % n
                                                     for n in "abc"]), self.check())
        self.write({"content/a.md": article("good", "Another text.")})
        self.assertEqual([], self.check()[0])
        self.write({"content/a.md": article("tea").replace("date", "tags: [tea]\ndate")})
        self.assertEqual((["a.md", "b.md", "c.md"], []), self.check())

    def test_among_many_articles_a_message_moves_with_its_line_too(self):
        facts = "## Tea\n\n- Heat: %s\n- Time: 2\n"
        self.site(**{"content/%03d.md" % n: article("t", facts % n) for n in range(80)}, **{
            "plugins/words.lua": """return {
              exports = { ["t.txt"] = { each = "site", path = "t.txt", render = function() end } },
              checks = { odd = { each = "site", run = function(site, warn)
                print("site")
                for _, article in ipairs(site:articles()) do
                  for _, fact in pairs(article.facts) do
                    if fact.value == "77" then warn(fact, "odd") end
                  end
                end
              end } } }"""})
        self.assertEqual((["site"], ["content/077.md:7:3 warning odd"]), self.check())
        self.write({"content/077.md": article("t", "Text.\n\n" + facts % 77)})
        self.assertEqual((["site"], ["content/077.md:9:3 warning odd"]), self.check())
        self.write({"content/076.md": article("t", "Text.\n\n" + facts % 76)})
        self.assertEqual(([], ["content/077.md:9:3 warning odd"]), self.check())

    def test_a_draft_is_not_checked_and_comes_back(self):
        self.site()
        self.check(status=1)
        self.write({"content/b.md": article("bad").replace("title", "draft: true\ntitle")})
        self.assertEqual((["site"], []), self.check())
        self.write({"content/b.md": article("bad")})
        self.assertEqual((["article b.md", "site"], [self.BAD]), self.check(status=1))

    def test_another_plugin_runs_none_of_these(self):
        self.site()
        self.check(status=1)
        self.write({"plugins/more.lua": 'return { checks = { more = function(article, warn) '
                                        'warn(article, "more") end } }'})
        self.assertEqual(([], ["content/a.md:1:1 warning more", "content/b.md:1:1 warning more",
                               self.BAD]), self.check(status=1))
        (self.folder / "plugins/more.lua").unlink()
        self.assertEqual(([], [self.BAD]), self.check(status=1))

    def test_a_changed_plugin_runs_all_of_its_own(self):
        self.site()
        self.check(status=1)
        self.write({"plugins/words.lua": WORDS.replace('find("bad")', 'find("good")')})
        self.assertEqual((self.ALL, ["content/a.md:2:8 error bad-title"]), self.check(status=1))

    def test_what_only_left_out_is_made_up_for(self):
        self.site()
        self.check(status=1)
        self.write({"content/a.md": article("bad")})
        self.assertEqual(([], []), self.check("--only", "t.txt", command="build"))
        self.assertEqual((["article a.md", "site"],
                          ["content/a.md:2:8 error bad-title", self.BAD,
                           "content/b.md:2:8 warning same-title"]), self.check(status=1))
        self.write({"plugins/words.lua": WORDS.replace('find("bad")', 'find("x")')})
        self.check("--only", "t.txt", command="build")
        self.assertEqual((self.ALL, ["content/b.md:2:8 warning same-title"]), self.check())

    def test_options_and_what_exports_are_made_are_read_as_by_a_build(self):
        self.site(**{"plugins/words.lua": """return { exports = { ["t.txt"] = { each = "article",
            path = "{slug}.txt", render = function() end } },
            checks = { url = function(article, warn, site, options)
              print("article", article.path)
              warn(article, tostring(site:export_url("t.txt", article)) .. tostring(options.x))
            end } }"""})
        self.assertIn("https://x.example/a.txtnil", self.fascia("check").err)
        self.assertNotIn("[words] article\ta", self.build().err)
        self.write({"content/site.yaml": "url: https://x.example\nexports: [t.txt]\n"
                                         "plugins: {words: {x: 5}}\n"})
        self.assertIn("https://x.example/a.txt5", self.fascia("check").err)

    def test_what_is_to_be_removed_stays_until_a_build(self):
        self.site()
        self.build()
        (self.folder / "content/b.md").unlink()
        self.check()
        self.assertEqual({"a.txt", "b.txt"}, set(self.tree()))
        self.build()
        self.assertEqual({"a.txt"}, set(self.tree()))

    def test_outputs_that_an_edit_makes_stale_are_made_by_the_next_build(self):
        self.site()
        self.build()
        self.write({"content/a.md": article("other")})
        self.check(status=1)
        self.assertEqual(b"good", self.tree()["a.txt"])
        self.build()
        self.assertEqual(b"other", self.tree()["a.txt"])

    def test_while_another_process_builds_it_does_without_the_cache(self):
        self.site()
        self.check(status=1)
        lock, = self.folder.glob(".fascia/*/lock")
        with open(lock, "r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            self.assertEqual((self.ALL, [self.BAD]), self.check(status=1))
        self.assertEqual(([], [self.BAD]), self.check(status=1))

    def test_the_site_may_be_called_otherwise(self):
        self.site()
        self.check(status=1)
        (self.folder / "elsewhere").mkdir()
        self.assertEqual(([], ["../content/b.md:2:8 error bad-title"]),
                         self.check("..", status=1, cwd=self.folder / "elsewhere"))


class Severity(Site):
    def test_the_settings_decide_and_nothing_runs_for_that(self):
        self.site()
        self.check(status=1)
        for severity, said, status in (("warning", [self.MILD], 0), ("info", [
                "content/b.md:2:8 info bad-title"], 0), ("error", [self.BAD], 1)):
            self.site("checks: {bad-title: %s}\n" % severity)
            self.assertEqual(([], said), self.check(status=status))
        self.assertEqual(([], [self.MILD]), self.check(command="build"))

    def test_info_is_nothing_to_a_build(self):
        self.site("checks: {bad-title: info}\n")
        self.assertEqual((self.ALL, []), self.check(command="build"))

    def test_what_is_off_does_not_run(self):
        self.site("checks: {bad-title: off}\n")
        self.assertEqual((["site"], []), self.check())
        self.site()
        self.assertEqual((["article a.md", "article b.md"], [self.BAD]), self.check(status=1))
        self.site("checks: {bad-title: off, same-title: off}\n")
        self.assertEqual(([], []), self.check())

    def test_strict_counts_warnings(self):
        self.site("checks: {bad-title: warning}\n")
        self.check(status=0)
        self.check("--strict", status=1)

    def test_all_are_counted_at_the_end(self):
        self.site("checks: {bad-title: info}\n", **{"content/c.md": article("good")})
        self.assertRegex(self.fascia("check").out,
                         r"^3 articles checked: 0 errors, 1 warning, 1 info \(\d+ run, \d+ ms\)\n$")

    def test_an_unknown_code_is_a_warning_with_the_nearest(self):
        self.site("checks:\n  bad-titel: off\n")
        message = self.fascia("check", "--messages=json", status=1).err
        message, = [m for m in map(json.loads, [line for line in message.splitlines()
                                                if line.startswith("{")])
                    if m["code"] == "unknown-check"]
        self.assertEqual(("content/site.yaml", 4, "did you mean 'bad-title'?"),
                         (message["path"], message["line"], message["help"]))

    def test_an_unknown_severity_is_an_error(self):
        self.site("checks: {bad-title: bad}\n")
        self.assertEqual((2, "settings"), (2, self.only_message(
            self.fascia("check", status=2)).code))


class Telling(Site):
    def test_explanations_of_checks_and_of_fascias_own_messages(self):
        self.site()
        self.assertEqual("bad-title (error): a bad title\n\nFind a better one.\n",
                         self.fascia("check", "--explain", "bad-title").out)
        self.assertIn("Remove one.", self.fascia("check", "--explain", "yaml-duplicate-key").out)
        self.assertIn("did you mean 'bad-title'?",
                      self.fascia("check", "--explain=bad-titel", status=2).err)

    def test_every_code_of_the_core_is_explained(self):
        codes = set()
        for path in (harness.TESTS.parent / "core").glob("*.c"):
            text = path.read_text()
            for call in re.findall(r"\b(?:diag_add|diag_error|diag_warning|refuse|fail|add_error)"
                                   r"\((?:[^;\"]|\n)*?\"([a-z0-9]+(?:-[a-z0-9]+)*)\"[,;)]", text):
                codes.add(call)
            codes.update(re.findall(r'\bCODE\[\] = "([a-z-]+)"', text))
        self.assertGreater(len(codes), 40)
        table = (harness.TESTS.parent / "core/codes.c").read_text()
        known = set(re.findall(r'\{STR_INIT\("([a-z0-9-]+)"\)', table))
        self.assertEqual(set(), codes - known)

    def test_the_list_has_each_check_with_its_severity_here(self):
        self.site("checks: {bad-title: info}\n")
        self.assertRegex(self.fascia("check", "--list").out,
                         r"(?m)^bad-title +info +a bad title$")
        self.assertRegex(self.fascia("plugins").out, r"(?m)^  bad-title +check, info +a bad title$")

    def test_usage(self):
        self.site()
        for args in (["--jobs=0"], ["--messages=xml"], ["--explain"], ["a", "b"], ["nowhere"]):
            self.fascia("check", *args, status=2)
        self.fascia("build", "--messages=sarif", status=2)


# What SARIF 2.1.0 demands of the parts that are written here, in our words.
def record(required, **properties):
    return {"type": "object", "required": required, "properties": properties,
            "additionalProperties": False}


def text(**more):
    return record(["text"], text={"type": "string", "minLength": 1, **more})


LEVEL = {"enum": ["none", "note", "warning", "error"]}
NATURAL = {"type": "integer", "minimum": 1}
PLACE = record(["artifactLocation"],
               artifactLocation=record(["uri"], uri={"type": "string", "format": "uri-reference",
                                                     "pattern": r"^[!#-;=?-\[\]_a-z~%]+$"}),
               region=record(["startLine"], startLine=NATURAL, startColumn=NATURAL))
RULE = record(["id"], id={"type": "string"}, shortDescription=text(), fullDescription=text(),
              defaultConfiguration=record([], level=LEVEL, enabled={"type": "boolean"}))
RESULT = record(["message"], ruleId={"type": "string"}, ruleIndex={"type": "integer", "minimum": 0},
                level=LEVEL, message=text(),
                locations={"type": "array", "items": record([], physicalLocation=PLACE)},
                relatedLocations={"type": "array", "items": record([], physicalLocation=PLACE,
                                                                   message=text())},
                partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}})
DRIVER = record(["name"], name={"type": "string"}, version={"type": "string"},
                rules={"type": "array", "uniqueItems": True, "items": RULE})
SARIF = record(["version", "runs"], **{
    "$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
    "runs": {"type": "array", "minItems": 1, "items": record(
        ["tool"], tool=record(["driver"], driver=DRIVER),
        results={"type": "array", "items": RESULT},
        columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]})}})


class Sarif(Site):
    def sarif(self, *args, status=1, **more):
        result = self.fascia("check", "--messages=sarif", *args, status=status, **more)
        document = json.loads(result.out)
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is missing")
        jsonschema.validate(document, SARIF)
        run, = document["runs"]
        rules = run["tool"]["driver"]["rules"]
        for one in run["results"]:
            self.assertEqual(one["ruleId"], rules[one["ruleIndex"]]["id"])
        return rules, run["results"]

    def test_a_result_has_its_rule_level_and_place(self):
        self.site()
        rules, (result,) = self.sarif()
        rule = rules[result["ruleIndex"]]
        self.assertEqual(("bad-title", "a bad title", "Find a better one.", "error"),
                         (rule["id"], rule["shortDescription"]["text"],
                          rule["fullDescription"]["text"], rule["defaultConfiguration"]["level"]))
        self.assertEqual(("error", "bad title"), (result["level"], result["message"]["text"]))
        self.assertEqual({"artifactLocation": {"uri": "content/b.md"},
                          "region": {"startLine": 2, "startColumn": 8}},
                         result["locations"][0]["physicalLocation"])

    def test_paths_are_relative_to_the_site_and_encoded(self):
        self.site(**{"content/ä b%.md": article("bad")})
        (self.folder / "elsewhere").mkdir()
        _, results = self.sarif("../", cwd=self.folder / "elsewhere")
        self.assertEqual(["content/b.md", "content/%C3%A4%20b%25.md"],
                         [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                          for r in results if r["ruleId"] == "bad-title"])

    def test_a_fingerprint_stays_when_lines_move(self):
        self.site()
        before = self.sarif()[1][0]["partialFingerprints"]
        self.write({"content/b.md": article("bad").replace("title:", "tags: [x]\ntitle:")})
        self.assertEqual(before, self.sarif()[1][0]["partialFingerprints"])

    def test_hostile_texts_and_failing_checks_stay_a_document(self):
        self.site("checks: {off: off, same-title: info}\n", **{
            "content/c.md": article("good"),
            "plugins/more.lua": """return { checks = {
              off = { run = print, summary = 'x "\\\\ \\27' },
              wild = function(article, warn)
                warn(article, 'a"\\\\\\n\\0\\27\\xFF', { help = "</script>" })
              end,
              broken = function(article) return article.titel end } }"""})
        rules, results = self.sarif()
        self.assertEqual({"bad-title", "same-title", "wild", "plugin"},
                         {r["ruleId"] for r in results})
        self.assertEqual({False}, {r["defaultConfiguration"].get("enabled") for r in rules
                                   if r["id"] == "off"})
        self.assertEqual({"note"}, {r["level"] for r in results if r["ruleId"] == "same-title"})
        self.assertTrue(any("relatedLocations" in r for r in results))

    def test_nothing_wrong_is_a_document_too(self):
        self.site("checks: {bad-title: off}\n")
        self.assertEqual([], self.sarif(status=0)[1])


class Hostile(Site):
    def hostile(self, body, status=1, articles=1, seconds=0.3):
        files = {"content/%d.md" % n: article("x") for n in range(articles)}
        self.site(**files, **{
            "plugins/words.lua": "return { checks = { evil = function(article, warn)\n%s\nend,\n"
                                 "zeal = function(article, warn) warn(article, 'seen') end } }"
                                 % body,
            "content/site.yaml": "limits: {seconds: %g, memory_mb: 20}\nexports: [body.html]\n"
                                 % seconds})
        for name in ("a", "b"):
            (self.folder / "content" / (name + ".md")).unlink()
        return self.fascia("check", status=status)

    def test_a_check_that_never_ends_is_stopped(self):
        message = self.only_message(self.hostile("while true do end"))
        self.assertEqual(("plugins/words.lua", "limit-seconds"), (message.path, message.code))
        self.assertIn("the checks of 'words' of content/0.md", message.text)

    def test_a_check_that_eats_memory_is_stopped_and_the_others_run(self):
        result = self.hostile("local t = {} while true do t[#t + 1] = ('x'):rep(1e5) .. #t end",
                              seconds=10)
        self.assertEqual({"limit-memory", "zeal"}, {m.code for m in result.messages()})
        self.assertIn("check 'evil' of content/0.md needs more memory", result.err)

    def test_errors_that_are_no_texts_are_told_and_the_others_run(self):
        for body in ("error({})", "error()", "error(setmetatable({}, { __tostring = function() "
                     "while true do end end }))"):
            result = self.hostile(body)
            self.assertEqual({"plugin", "zeal"}, {m.code for m in result.messages()}, body)

    def test_a_flood_of_warnings_is_cut(self):
        result = self.hostile("local x = ('x'):rep(1e4) for i = 1, 1e5 do warn(article, x) end",
                              status=0)
        messages = result.messages()
        self.assertLess(len(result.err), 200000)
        self.assertIn("'evil' warns of more, which is left out", {m.text for m in messages})
        self.assertIn("zeal", {m.code for m in messages})
        result = self.hostile("for i = 1, 1e5 do warn(article, '') end", status=0)
        self.assertEqual(202, len(result.messages()))

    def test_checks_that_fail_on_three_articles_are_given_up_and_the_exports_are_made(self):
        result = self.hostile("while true do end", articles=9)
        codes = [m.code for m in result.messages()]
        self.assertEqual(1, codes.count("checks-given-up"))
        self.assertLessEqual(codes.count("limit-seconds"), 5)
        self.build(status=1)
        self.assertEqual(9, len(self.tree()))

    def test_a_message_cannot_drive_a_terminal(self):
        result = self.hostile("warn(article, '\\27[2Jx', { help = '\\27' })", status=0)
        self.assertNotIn("\x1b", result.err)


class Watching(Site):
    @contextlib.contextmanager
    def watched(self):
        with open(self.folder / "said", "wb") as said, \
                subprocess.Popen([str(harness.FASCIA), "watch"], cwd=self.folder, stdout=said,
                                 stderr=said, stdin=subprocess.DEVNULL,
                                 env=harness.environment()) as process:
            try:
                yield
            finally:
                process.send_signal(signal.SIGINT)
                self.assertEqual(0, process.wait(harness.HANGS_SECONDS))

    def after(self, builds):
        """What was said from the begin of this build until its checks had run."""
        deadline = time.monotonic() + harness.HANGS_SECONDS
        while time.monotonic() < deadline:
            said = (self.folder / "said").read_text()
            parts = said.split("[watch] build started\n")
            if len(parts) == builds + 1 and "checks finished" in parts[-1]:
                return parts[-1]
            time.sleep(0.01)
        self.fail(said)

    def test_new_warnings_are_shown_and_mended_ones_are_not(self):
        self.site()
        with self.watched():
            self.assertIn("[bad-title]", self.after(1))
            self.write({"content/a.md": article("bad as well")})
            said = self.after(2)
            self.assertIn("content/a.md:2:8: warning: bad title [bad-title]", said)
            self.assertNotIn("content/b.md", said)
            self.write({"content/a.md": article("mended")})
            self.assertNotIn("[bad-title]", self.after(3))
            self.write({"content/c.md": article("mended")})
            self.assertIn("content/c.md:2:8: warning: same title [same-title]", self.after(4))
        self.assertEqual(([], [self.BAD, "content/c.md:2:8 warning same-title"]),
                         self.check(status=1))


harness.main()

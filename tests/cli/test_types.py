#!/usr/bin/python3
"""`fascia types` and the reference in the pages for plugin writers. Whether the definitions are
what runs is asked by tests/lua/test_types.lua, and of articles by tests/core/test_model.c."""

import subprocess

import harness

ROOT = harness.TESTS.parent
PARTS = ["model", "site", "library", "plugin", "test"]
PAGES = [ROOT / "README.md", *sorted((ROOT / "plugins").glob("*.md"))]


class Definitions(harness.ProgramTest):
    def test_they_are_a_file_for_the_language_server(self):
        done = self.fascia("types")
        self.assertTrue(done.out.startswith("---@meta fascia\n"))
        self.assertTrue(done.out.endswith("\nreturn fascia\n"))
        self.assertEqual("", done.err)
        for line in ("---@class fascia.Article", "---@class fascia.Plugin",
                     "---@field comparisons fascia.Comparison[] ",
                     "---@field summary? string ",
                     "---@alias fascia.Block fascia.Paragraph|fascia.Heading|",
                     "function fascia.csv.row(cells, options) end",
                     "function fascia.text.replace(s, old, new) end",
                     "function Site:articles(query) end"):
            self.assertIn("\n" + line, done.out)

    def test_every_line_is_an_annotation_or_a_definition(self):
        for line in self.fascia("types").out.splitlines():
            self.assertRegex(line, r"^(---.+|-- .+|function [\w.:]+\([\w, .]*\) end"
                                   r"|(local )?[\w.]+ = \{\}|return fascia|)$")

    def test_what_make_leaves_is_the_same(self):
        made = (ROOT / "build" / "types" / "fascia.lua").read_text()
        self.assertEqual(made, self.fascia("types").out)


class Reference(harness.ProgramTest):
    def test_each_part_has_headings_and_tables(self):
        for part in PARTS:
            text = self.fascia("types", "--markdown=" + part).out
            self.assertRegex(text, r"(?m)^### \S+$", part)
            rows = [line for line in text.splitlines() if line.startswith("|")]
            self.assertGreater(len(rows), 5, part)
            for row in rows:
                self.assertEqual(4, row.replace(r"\|", "").count("|"), row)

    def test_an_unknown_part_is_wrong_usage(self):
        wrong = self.fascia("types", "--markdown=modle", status=2)
        self.assertIn("model|site|library|plugin|test, not 'modle' [usage]", wrong.err)
        self.assertEqual("", wrong.out)

    def reference(self, path, **env):
        return subprocess.run([ROOT / "scripts" / "reference", path], text=True,
                              capture_output=True, timeout=harness.HANGS_SECONDS,
                              env=harness.environment(FASCIA=str(harness.FASCIA), **env))

    def test_the_pages_hold_what_the_program_says(self):
        for page in PAGES:
            done = self.reference(page, CHECK="1")
            self.assertEqual(0, done.returncode, done.stderr)

    def test_it_is_filled_in_between_its_marks(self):
        page = self.write({"page.md": "a\n<!-- fascia types --markdown=site -->\nold\n"
                                      "<!-- end -->\nz\n"}) / "page.md"
        self.assertIn("the reference is not what", self.reference(page, CHECK="1").stderr)
        self.assertIn("old", page.read_text())
        self.assertEqual(0, self.reference(page).returncode)
        site = self.fascia("types", "--markdown=site").out
        self.assertEqual("a\n<!-- fascia types --markdown=site -->\n\n%s<!-- end -->\nz\n" % site,
                         page.read_text())
        self.assertEqual(0, self.reference(page, CHECK="1").returncode)

    def test_a_page_with_a_mark_that_says_nothing_is_left_as_it_is(self):
        for text in ("<!-- fascia types --markdown=none -->\n<!-- end -->\n",
                     "<!-- fascia types --markdown=site -->\nno end\n"):
            page = self.write({"page.md": text}) / "page.md"
            self.assertEqual(1, self.reference(page).returncode)
            self.assertEqual(text, page.read_text())


harness.main()

#!/usr/bin/python3
"""One file at a time: export, import, show; and the list of plugins."""

import json
import os
import re
import stat

import harness

PASTES = sorted((harness.TESTS / "paste").glob("*.txt"))

ARTICLE = """\
---
title: Two Pans
date: 2024-01-02
tags: [iron, steel]
---

A pan is bought once. See https://pans.example for more.

## Iron Pan

- Weight: 2 kg
- Price: 30 €

### Pros of the Iron Pan

- lasts for ever

### Cons of the Iron Pan

- rusts

## Iron vs. Steel

| Feature | Iron | Steel |
|---|---|---|
| Heat | slow | fast |

## Iron vs. Copper

| Feature | Iron | Copper |
|---|---|---|
| Looks | dark | bright |

## FAQ

### Can it be washed?

With hot water.

## Conclusion

Buy iron.
"""

MODEL = """id path slug url title summary lang dir date updated authors tags draft meta sections
faq pros cons comparisons facts recommendations evidence conclusion disclaimer links images words
reading_minutes html text markdown""".split()


class Export(harness.ProgramTest):
    def test_it_gives_on_standard_output_what_a_build_writes(self):
        self.write({"content/pans.md": ARTICLE, "content/site.yaml": "url: https://a.example\n"})
        self.build()
        for path, made in self.tree("public/pans").items():
            name = "page.html" if path == "index.html" else path
            if "-2." not in name:
                self.assertEqual(made, self.fascia("export", name, "content/pans.md").bytes, name)

    def test_into_a_file(self):
        self.write({"pans.md": ARTICLE})
        result = self.fascia("export", "faq.md", "pans.md", "-o", "out.md")
        self.assertEqual(("", ""), (result.out, result.err))
        self.assertEqual("## Can it be washed?\n\nWith hot water.\n", self.read("out.md"))
        self.fascia("export", "article.txt", "pans.md", "-o", self.folder / "out.md")
        self.assertTrue(self.read("out.md").startswith("Two Pans\n"))

    def test_into_a_folder(self):
        self.write({"pans.md": ARTICLE, "out/keep.me": "kept"})
        self.fascia("export", "faq.csv", "pans.md", "-o", "out")
        self.assertEqual({"keep.me", "pans.faq.csv"}, set(self.tree("out")))

    def test_of_several_files_into_a_folder_that_is_made(self):
        self.write({"a.md": ARTICLE, "sub/b.txt": "A Title\n\nSome text.\n"})
        self.fascia("export", "article.txt", "a.md", "sub/b.txt", "-o", "out")
        self.assertEqual({"a.article.txt", "b.article.txt"}, set(self.tree("out")))
        self.assertTrue(self.read("out/b.article.txt").startswith("A Title\n"))

    def test_two_files_with_one_stem_are_not_written_over_each_other(self):
        self.write({"a.md": ARTICLE, "sub/a.md": "# Other\n"})
        result = self.fascia("export", "article.txt", "a.md", "sub/a.md", "-o", "out",
                             status=(1, 2))
        self.assertIn("a.article.txt", result.err)

    def test_of_several_tables_the_first_is_shown_and_a_folder_gets_all(self):
        self.write({"pans.md": ARTICLE})
        result = self.fascia("export", "comparison.csv", "pans.md")
        self.assertEqual("Feature,Iron,Steel\r\nHeat,slow,fast\r\n", result.out)
        self.assertEqual("warning", self.only_message(result).severity)
        self.fascia("export", "comparison.csv", "pans.md", "-o", "out/")
        self.assertEqual({"pans.comparison.csv", "pans-2.comparison.csv"}, set(self.tree("out")))

    def test_a_file_in_no_site_is_read_with_default_settings(self):
        self.write({"pans.md": ARTICLE})
        self.assertNotIn("<a href", self.fascia("export", "body.html", "pans.md").out)

    def test_a_file_in_a_site_gets_its_settings_and_plugins_from_anywhere(self):
        self.write({"content/sub/pans.md": ARTICLE, "content/site.yaml": "autolinks: true\n",
                    "plugins/x.lua": harness.PLUGIN % "return article.id"}, under="site")
        path = self.folder / "site/content/sub/pans.md"
        for name, cwd in (("site/content/sub/pans.md", "."), ("pans.md", "site/content/sub"),
                          (path, "/")):
            cwd = self.folder / cwd
            self.assertIn("<a href", self.fascia("export", "body.html", name, cwd=cwd).out)
            self.assertEqual("sub/pans", self.fascia("export", "x.txt", name, cwd=cwd).out)

    def test_a_file_elsewhere_gets_those_of_a_named_site(self):
        self.write({"content/site.yaml": "autolinks: true\n"}, under="site")
        self.write({"pans.md": ARTICLE})
        self.assertIn("<a href",
                      self.fascia("export", "body.html", "pans.md", "--site", "site").out)
        self.assertIn("no-content", self.fascia("export", "body.html", "pans.md", "--site", "none",
                                                status=2).err)

    def test_a_draft_can_be_looked_at(self):
        self.write({"content/a.md": "---\ndraft: true\n---\nText.\n"})
        self.assertEqual("<p>Text.</p>\n", self.fascia("export", "body.html", "content/a.md").out)

    def test_an_unknown_export_gets_the_nearest(self):
        self.write({"pans.md": ARTICLE})
        result = self.fascia("export", "faq.cvs", "pans.md", "--messages=full", status=2)
        self.assertIn("did you mean 'faq.csv'?", result.err)
        self.assertIn("fascia plugins", self.fascia("export", "book", "pans.md", "--messages=full",
                                                    status=2).err)

    def test_an_export_that_has_nothing_to_say_says_so(self):
        self.write({"a.md": "Text.\n", "out": "kept"})
        for name in ("faq.csv", "comparison.csv"):
            result = self.fascia("export", name, "a.md", "-o", "out", status=1)
            self.assertEqual("a.md", self.only_message(result).path)
            self.assertEqual("kept", self.read("out"))

    def test_what_fails_leaves_the_file_that_was_there(self):
        self.write({"bad.md": b"\xff", "out": "kept"})
        self.fascia("export", "body.html", "bad.md", "-o", "out", status=1)
        self.fascia("export", "body.html", "missing.md", "-o", "out", status=1)
        self.assertEqual("kept", self.read("out"))
        self.assertEqual({"bad.md", "out"}, set(os.listdir(self.folder)))

    def test_of_several_files_those_that_can_be_read_are_made(self):
        self.write({"good.md": "Text.\n", "bad.md": b"\xff"})
        self.fascia("export", "body.html", "bad.md", "missing.md", "good.md", "-o", "out", status=1)
        self.assertEqual({"good.body.html": b"<p>Text.</p>\n"}, self.tree("out"))

    def test_a_pipe_in_the_file_system_is_written_to_and_stays(self):
        self.write({"a.md": "Text.\n"})
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        # Opened for both, so that neither end waits for the other.
        end = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
        self.addCleanup(os.close, end)
        self.fascia("export", "body.html", "a.md", "-o", fifo)
        self.assertTrue(stat.S_ISFIFO(os.lstat(fifo).st_mode), "it was replaced by a file")
        self.assertEqual(b"<p>Text.</p>\n", os.read(end, 100))

    def test_a_device_is_written_to_and_stays(self):
        self.write({"a.md": "Text.\n"})
        null = self.folder / "null"
        try:
            os.mknod(null, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        except PermissionError:  # then the system's own is in no danger either
            null = "/dev/null"
        self.fascia("export", "body.html", "a.md", "-o", null)
        self.assertTrue(stat.S_ISCHR(os.lstat(null).st_mode), "it was replaced by a file")

    def test_a_link_to_a_file_stays_a_link(self):
        self.write({"a.md": "Text.\n", "there/file": "old"})
        os.symlink("there/file", self.folder / "link")
        self.fascia("export", "body.html", "a.md", "-o", "link")
        self.assertEqual("<p>Text.</p>\n", self.read("link"))
        self.assertTrue((self.folder / "link").is_symlink(), "it was replaced by a file")

    def test_a_name_that_begins_with_a_dot_can_be_written(self):
        self.write({"a.md": "Text.\n"})
        self.fascia("export", "body.html", "a.md", "-o", ".hidden")
        self.assertEqual("<p>Text.</p>\n", self.read(".hidden"))


class Import(harness.ProgramTest):
    PASTE = """\
        Home > Kitchen
        Two Pans Compared

        5 Comments · 1.2k views

        A pan is bought once, and whoever chooses well keeps it for the rest of a long life.

        Pros of Iron

        ✔ lasts for ever

        FAQs

        1. Can it be washed?
        With hot water.

        Share this article
        """

    def model(self, *names):
        return [self.fascia("export", "article.json", name).json() for name in names]

    def test_it_gives_markdown_and_reports_what_was_left_out_with_lines(self):
        self.write({"p.txt": self.PASTE})
        result = self.fascia("import", "p.txt")
        self.assertTrue(result.out.startswith("---\ntitle: Two Pans Compared\n---\n\nA pan is"))
        for words in ("Comments", "Share", "Home"):
            self.assertNotIn(words, result.out)
        messages = result.messages()
        self.assertEqual([1, 4, 17], [m.line for m in messages])
        self.assertEqual({"p.txt"}, {m.path for m in messages})
        self.assertEqual({"note"}, {m.severity for m in messages})
        self.assertIn("1.2k views", messages[1].text)

    def test_it_reports_lines_that_it_did_not_understand_and_keeps_them(self):
        self.write({"p.txt": "A Title\n\nSome words that are a whole sentence.\n\n%% zq ~~ 44 ##\n"
                             "\nAnother sentence ends the text here.\n"})
        result = self.fascia("import", "p.txt")
        messages = [m for m in result.messages() if m.code == "not-understood"]
        self.assertEqual([5], [m.line for m in messages], result.err)
        self.write({"p.md": result.out})
        self.assertIn("%% zq ~~ 44 ##", self.fascia("export", "article.txt", "p.md").out)

    def test_the_report_has_the_form_that_is_asked_for(self):
        self.write({"p.txt": self.PASTE})
        notes = self.fascia("import", "p.txt", "--messages=json").json_messages()
        self.assertEqual([1, 4, 17], [note["line"] for note in notes])

    def test_into_a_file_that_a_build_can_read(self):
        self.write({"p.txt": self.PASTE, "content/site.yaml": ""})
        self.assertEqual("", self.fascia("import", "p.txt", "-o", "content/pans.md").out)
        self.build("--strict", "--only", "faq.md,body.html")
        self.assertEqual("## Can it be washed?\n\nWith hot water.\n",
                         self.read("public/pans/faq.md"))

    def test_import_then_export_gives_the_model_of_the_text_itself(self):
        self.assertGreater(len(PASTES), 10)
        for paste in PASTES:
            with self.subTest(paste.stem):
                name = paste.stem + ".txt"
                self.write({name: paste.read_bytes()})
                self.fascia("import", name, "-o", paste.stem + ".md")
                text, markdown = self.model(name, paste.stem + ".md")
                self.assertEqual((name, paste.stem + ".md"),
                                 (text.pop("path"), markdown.pop("path")))
                for field in MODEL:
                    if field != "path":
                        self.assertEqual(text[field], markdown[field], field)
                self.assertEqual(text, markdown)

    def test_a_paste_is_the_same_with_other_line_ends_and_a_byte_order_mark(self):
        for paste in PASTES[::4]:
            text = paste.read_text(encoding="utf-8-sig")
            self.write({"a/p.txt": text.encode(), "b/p.txt": text.replace("\n", "\r\n").encode(),
                        "c/p.txt": b"\xef\xbb\xbf" + text.encode()})
            plain, crlf, marked = self.model("a/p.txt", "b/p.txt", "c/p.txt")
            self.assertEqual(plain, crlf, paste.stem)
            self.assertEqual(plain, marked, paste.stem)

    def test_odd_texts_come_to_an_end(self):
        for name, text in {"empty": b"", "line": b"\n", "mark": b"\xef\xbb\xbf",
                           "blank": b" \t\r\n",
                           "title": b"Only a Title", "chrome": "تبصرے\n".encode(),
                           "bullets": "•\n•\n•".encode(), "dashes": b"---\n---\n"}.items():
            with self.subTest(name):
                self.write({name + ".txt": text})
                self.fascia("import", name + ".txt", "-o", name + ".md")
                text, markdown = self.model(name + ".txt", name + ".md")
                text.pop("path"), markdown.pop("path")
                self.assertEqual(text, markdown)


class Show(harness.ProgramTest):
    def rows(self, *args):
        """Each row's path of names, what it says, and its place: its own or that of its parent."""
        above, places, rows = [], [], []
        for row in self.fascia("show", *args).out.splitlines():
            found = re.fullmatch(r"( *)(\S+?)( = (.*?)| \(\d+\))?(?:  @(\d+):(\d+))?", row)
            self.assertTrue(found, row)
            depth = len(found[1]) // 2
            own = (int(found[5]), int(found[6])) if found[5] else None
            above[depth:] = [found[2]]
            places[depth:] = [own or (places[depth - 1] if depth else None)]
            rows.append((".".join(above), found[4], places[-1]))
        return rows

    def test_every_field_of_the_model_is_shown_in_its_order(self):
        self.write({"pans.md": ARTICLE})
        fields = [path for path, _, _ in self.rows("pans.md") if "." not in path]
        self.assertEqual(MODEL, [field for field in fields if field in MODEL])
        self.assertEqual(fields, list(self.fascia("export", "article.json", "pans.md").json()))

    def test_each_part_points_at_its_place_in_the_file(self):
        self.write({"pans.md": ARTICLE})
        rows, lines, seen = self.rows("pans.md"), ARTICLE.split("\n"), set()
        says = {path: value for path, value, _ in rows}
        for path, value, place in rows:
            if path == "meta":
                continue
            if value is None:  # a record: what it is known by
                value = next((says[path + "." + name] for name in
                              ("question", "name", "factor", "title", "text")
                              if path + "." + name in says), None)
            elif "." in path and not path.endswith("]"):
                continue  # stands where its record does
            words = re.match(r'"([A-Za-z0-9][\w .?]*)', value or "")
            if place and words:
                there = lines[place[0] - 1][place[1] - 1:]
                self.assertEqual(words[1].strip()[:12], there[:len(words[1].strip()[:12])],
                                 "%s = %s, but at %d:%d there is %r" % (path, value, *place, there))
                seen.add(path.split(".")[0])
        self.assertLessEqual({"title", "tags", "faq", "pros", "cons", "comparisons", "facts",
                              "sections", "conclusion"}, seen)

    def test_places_of_what_was_recognised(self):
        self.write({"pans.md": ARTICLE})
        place = {path: place for path, _, place in self.rows("pans.md")}
        row = {name: ARTICLE.split("\n").index(name) + 1 for name in ARTICLE.split("\n")}
        self.assertEqual((2, 8), place["title"])
        self.assertEqual((3, 7), place["date"])
        self.assertEqual((row["### Can it be washed?"], 5), place["faq.[1].question"])
        self.assertEqual(row["With hot water."], place["faq.[1].answer"][0])
        self.assertEqual(row["- lasts for ever"], place["pros.[1].items.[1]"][0])
        self.assertEqual((row["| Heat | slow | fast |"], 10),
                         place["comparisons.[1].rows.[1].cells.[1]"])
        self.assertEqual(row["Buy iron."], place["conclusion"][0])

    def test_control_characters_are_shown_harmlessly(self):
        self.write({"a.md": b"---\ntitle: \"a\\ed\\n\\u009b\"\n---\n\x1b[31m\x07 text\n"})
        self.assertNotRegex(self.fascia("show", "a.md").out, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")

    def test_a_missing_file_is_named(self):
        for command in ("show", "import"):
            message = self.only_message(self.fascia(command, "no/such.md", status=1))
            self.assertEqual(("no/such.md", "unreadable"), (message.path, message.code))


class Plugins(harness.ProgramTest):
    def test_each_plugin_and_export_is_listed_with_its_output(self):
        out = self.fascia("plugins").out
        for name, path in {"page.html": "{slug}/index.html", "body.html": "{slug}/body.html",
                           "article.json": "{slug}/article.json", "faq.jsonld": "{slug}/faq.jsonld",
                           "comparison.csv": "{slug}/comparison{-n}.csv", "rss.xml": "rss.xml",
                           "index.html": "index.html"}.items():
            self.assertRegex(out, r"(?m)^  %s +\S.* %s$" % (re.escape(name), re.escape(path)))
        for plugin in ("article", "comparison", "faq", "feeds", "index"):
            self.assertRegex(out, r"(?m)^%s  \w" % plugin)

    def test_those_of_a_site_are_told_apart(self):
        self.write({"content/a.md": "Text.\n", "plugins/x.lua": harness.PLUGIN % "",
                    "plugins/faq.lua": harness.PLUGIN.replace("x.txt", "y.txt") % ""}, under="site")
        out = self.fascia("plugins", "site").out
        self.assertRegex(out, r"(?m)^x \(of this site\)")
        self.assertRegex(out, r"(?m)^faq \(of this site\)")
        self.assertNotIn("faq.csv", out)
        self.assertEqual(out, self.fascia("plugins", cwd=self.folder / "site").out)

    def test_one_that_cannot_be_loaded_hides_no_other(self):
        self.write({"content/a.md": "Text.\n", "plugins/x.lua": "return {"})
        result = self.fascia("plugins", status=1)
        self.assertIn("page.html", result.out)
        self.assertEqual("plugins/x.lua", self.only_message(result).path)


class Model(harness.ProgramTest):
    """Which file gives which article."""

    def test_the_title_comes_from_the_first_heading_which_leaves_the_body(self):
        article = self.article("Before.\n\n# The *Title*\n\nAfter.\n\n# Second\n")
        self.assertEqual("The Title", article["title"])
        self.assertNotIn("The Title", article["text"])
        self.assertIn("<h1>Second</h1>", article["html"])

    def test_a_title_in_front_matter_leaves_the_heading(self):
        article = self.article("---\ntitle: Front\n---\n# Heading\n")
        self.assertEqual("Front", article["title"])
        self.assertIn("<h1>Heading</h1>", article["html"])

    def test_what_is_missing_comes_from_the_file(self):
        article = self.article("First *words*.\n\nMore.\n", name="My Süß Page.md")
        self.assertEqual(("My Süß Page", "First words."), (article["id"], article["summary"]))
        self.assertRegex(article["slug"], r"\A[^\s/A-Z]+\Z")
        article = self.article("Text.\n", name="sub/deep/page.md")
        self.assertEqual(("sub/deep/page", "page", "sub/deep/page.md"),
                         (article["id"], article["slug"], article["path"]))

    def test_front_matter_is_kept_as_yaml_1_2_reads_it(self):
        meta = self.article("""\
            ---
            a: no
            b: on
            c: 22:30
            d: 1_000
            e: 0x1F
            f: 1.50
            g: true
            h: ~
            i: 0o17
            j: "1"
            k: 012
            l: {z: 1, a: 2}
            ---
            """)["meta"]
        self.assertEqual({"a": "no", "b": "on", "c": "22:30", "d": "1_000", "e": 31, "f": 1.5,
                          "g": True, "h": None, "i": 15, "j": "1", "k": 12,
                          "l": {"z": 1, "a": 2}}, meta)
        self.assertEqual(["z", "a"], list(meta["l"]))

    def test_bare_addresses_are_links_only_where_the_site_says_so(self):
        text = "See https://a.example/x.\n"
        self.assertEqual([], self.article(text)["links"])
        links = self.article(text, **{"content/site.yaml": "autolinks: true\n"})["links"]
        self.assertEqual(["https://a.example/x"], [link["url"] for link in links])

    def test_articles_are_read_from_folders_below_and_foreign_files_are_not(self):
        self.write({"content/" + name: "Text.\n" for name in
                    ("a.md", "b.markdown", "c.txt", "x/y/d.md", ".hidden.md", ".git/e.md", "f.md~",
                     "#g.md#", ".#h.md", "4913", "i.md.swp", "j.html", "README")})
        self.build("--only=article.json")
        paths = {json.loads(made)["path"] for made in self.tree().values()}
        self.assertEqual({"a.md", "b.markdown", "c.txt", "x/y/d.md"}, paths)

    def test_export_and_build_tell_plugins_the_same_time(self):
        self.write({"content/a.md": "---\ndate: 2024-01-01\nupdated: 2024-05-06T07:08:09+02:00\n---\nA\n",
                    "plugins/now.lua": """return {name = "now", exports = {["now.txt"] = {
                        each = "article", path = "{slug}/now.txt",
                        render = function(_, out, site) out:write(site.now) end}}}"""})
        for asked, expected in ((None, b"2024-05-06T05:08:09Z"), ("86400", b"1970-01-02T00:00:00Z")):
            env = {"SOURCE_DATE_EPOCH": asked}
            self.assertEqual(expected, self.fascia("export", "now.txt", "content/a.md", env=env).bytes)
            self.build("--only=now.txt", env=env)
            self.assertEqual([expected], list(self.tree().values()))

    def test_drafts_are_not_built(self):
        self.write({"content/a.md": "---\ndraft: true\ndate: 2024-01-01\n---\n# Secret\n",
                    "content/b.md": "---\ndate: 2023-01-01\n---\n# Public\n",
                    "content/site.yaml": "url: https://a.example\n"})
        self.build()
        for path, made in self.tree().items():
            self.assertNotIn(b"Secret", made, path)
            self.assertNotIn(b"2024", made, path)


if __name__ == "__main__":
    harness.main()

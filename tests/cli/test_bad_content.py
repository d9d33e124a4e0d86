#!/usr/bin/python3
"""Content that cannot be read: one clear message with its place, status 1, and all else made."""

import os
import shutil
import socket

import harness

GOOD = "# Good\n\nText.\n"
NOBODY = 65534


class BadFile(harness.ProgramTest):
    """Each test puts one bad file beside good ones."""

    def setUp(self):
        super().setUp()
        self.write({"content/a.md": GOOD, "content/z/z.txt": "A Good Title\n\nSome text.\n"})

    def bad(self, name="bad.md", commands=("show", "import", "export body.html")):
        """Builds and gives the one message; the good articles must have been made. Each of the
        commands must say the same of the file alone."""
        result = self.build("--only=body.html", status=1)
        self.assertEqual({"a/body.html", "z/body.html"}, set(self.tree()))
        message = self.only_message(result)
        self.assertEqual(("content/" + name, "error"), (message.path, message.severity))
        self.assertRegex(result.out, r"\A2 articles, .*, 1 error, ")
        for command in commands:
            alone = self.fascia(*command.split(), "content/" + name, status=1)
            self.assertEqual("", alone.out)
            said = self.only_message(alone)
            self.assertEqual((message.path, message.line, message.col, message.code),
                             (said.path, said.line, said.col, said.code), command)
        return message

    def at(self, line, col, code, message):
        self.assertEqual((line, col, code), (message.line, message.col, message.code))

    def test_invalid_UTF_8_is_told_with_its_byte(self):
        self.write({"content/bad.md": "Größe\nund ".encode() + b"\xe4\n"})
        message = self.bad()
        self.at(2, 5, "file-utf8", message)
        self.assertRegex(message.text, r"0xE4\b.*\b12\b")

    def test_overlong_forms_and_surrogates_are_invalid(self):
        for bytes in (b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8",
                      b"\x80", b"\xe2\x82"):
            self.write({"content/bad.md": b"ab" + bytes})
            self.at(1, 3, "file-utf8", self.bad())

    def test_UTF_16_is_told_as_such(self):
        for codec in ("utf-16-le", "utf-16-be"):
            self.write({"content/bad.md": "\ufeffText\n".encode(codec)})
            message = self.bad()
            self.at(1, 1, "file-utf16", message)
            self.assertIn("UTF-16", message.text)

    def test_a_NUL_is_told_with_its_place(self):
        self.write({"content/bad.md": b"ab\ncd\0ef\n"})
        self.at(2, 3, "file-nul", self.bad())

    def test_bad_text_that_was_pasted_is_told_the_same_way(self):
        self.write({"content/bad.txt": b"Title\n\nab\xff"})
        self.at(3, 3, "file-utf8", self.bad("bad.txt"))

    def test_a_file_of_over_8_MB_is_refused_unless_the_site_allows_more(self):
        self.write({"content/bad.md": b"x" * (8 << 20) + b"\n"})
        message = self.bad()
        self.assertEqual("too-large", message.code)
        self.assertIn("8 MB", message.text)
        self.write({"content/site.yaml": "limits: {file_mb: 9, seconds: %d}" % (10 * harness.SLOW)})
        self.build("--only=article.txt")

    def test_parts_of_an_article_that_are_rendered_are_bounded(self):
        self.write({"content/bad.md": "- [x](https://example.org)\n" * 100003,
                    "plugins/x.lua": """return { exports = { ["x.txt"] = { each = "article.links",
                        path = "{n}.txt", when = function() return false end,
                        render = print } } }"""})
        message = self.only_message(self.build("--only=x.txt", status=1))
        self.assertEqual(("content/bad.md", "too-many"), (message.path, message.code))
        self.assertIn("the last 3 of 100003 links", message.text)

    def test_a_file_of_8_MB_is_read(self):
        line = b"Words that fill a line of text, over and over again, for ever.\n"
        text = (line * 12 + b"\n") * ((8 << 20) // (len(line) * 12 + 1))
        self.write({"content/big.md": text,
                    "content/site.yaml": "limits: {seconds: %d}" % (10 * harness.SLOW)})
        self.build("--only=article.txt")
        self.assertGreater((self.folder / "public/big/article.txt").stat().st_size, 8000000)

    def test_a_huge_sparse_file_costs_nothing(self):
        with open(self.folder / "content/bad.md", "wb") as file:
            file.truncate(1 << 40)
        self.assertEqual("too-large", self.bad().code)

    def test_front_matter_that_is_no_YAML(self):
        for text, line, col in (("a: [1, 2\nb: 3", 2, 4), ("a: 'x", 2, 4), ("a: 1\n\tb: 2", 3, 1),
                                ("a: 1\na: 2", 3, 1), ("a: *x", 2, 4), ("- a\n- b", 2, 1),
                                ("a: !!python/x 1", 2, 4)):
            self.write({"content/bad.md": "---\n%s\n---\n\nText.\n" % text})
            message = self.bad(commands=("show", "export body.html"))
            self.assertTrue(message.code.startswith("yaml"), message.code)
            self.assertEqual((line, col), (message.line, message.col), text)

    def test_front_matter_without_an_end(self):
        self.write({"content/bad.md": "---\ntitle: x\n\nText.\n"})
        self.at(1, 1, "front-matter-open",
                self.bad(commands=("show", "export body.html")))

    def test_front_matter_that_is_nested_without_end(self):
        for text in ("a: " + "[" * 30000, "a: " + "{b: " * 5000,
                     "".join("%sa:\n" % (" " * i) for i in range(300))):
            self.write({"content/bad.md": "---\n%s\n---\n" % text})
            self.assertTrue(self.bad(commands=()).code.startswith("yaml"))

    def test_a_fifo_is_not_waited_for(self):
        os.mkfifo(self.folder / "content/bad.md")
        self.assertRegex(self.bad().text, "fifo")

    def test_a_socket_is_no_file(self):
        with socket.socket(socket.AF_UNIX) as s:
            here = os.getcwd()
            os.chdir(self.folder / "content")  # a socket's path must be short
            s.bind("bad.md")
            os.chdir(here)
            self.assertNotIn("\n", self.bad().text)

    def test_a_folder_named_like_an_article_is_no_file(self):
        self.write({"content/bad.md/inside.md": GOOD})
        self.assertRegex(self.bad().text, "folder")

    def test_a_link_to_a_device_without_end_is_not_read(self):
        os.symlink("/dev/zero", self.folder / "content/bad.md")
        self.assertRegex(self.bad().text, "device")

    def test_a_link_to_itself_is_told(self):
        os.symlink("bad.md", self.folder / "content/bad.md")
        self.assertEqual("unreadable", self.bad().code)

    def test_a_link_to_nothing_is_told(self):
        os.symlink("nowhere", self.folder / "content/bad.md")
        self.assertEqual("unreadable", self.bad().code)

    def test_a_name_that_is_not_UTF_8_is_told_harmlessly(self):
        with open(os.fsencode(self.folder) + b"/content/b\xff\x1b.md", "wb") as file:
            file.write(b"Text.\n")
        result = self.build("--only=body.html", status=1)
        self.assertEqual({"a/body.html", "z/body.html"}, set(self.tree()))
        self.assertEqual("bad-name", self.only_message(result).code)
        self.assertNotRegex(result.err, "[\x00-\x08\x0b-\x1f]")


class Beside(harness.ProgramTest):
    def test_an_edit_beside_a_file_that_costs_its_worker_is_not_lost(self):
        names = ["content/%c.md" % c for c in "abcdefgh"]
        self.write({name: GOOD for name in names})
        self.write({"content/site.yaml": "autolinks: true\nlimits: {seconds: %g}\n"
                                         % (0.3 * harness.SLOW)})
        self.build("--only=body.html", "-j1")
        self.write({name: "# Good\n\nOther text.\n" for name in names})
        self.write({"content/d.md": "www._" * 300000})
        self.build("--only=body.html", "-j1", status=1)
        for name in "abcefgh":
            self.assertEqual(b"<p>Other text.</p>\n", self.tree()[name + "/body.html"])


class Unreadable(harness.ProgramTest):
    """Files that the user may not read; root is refused nothing, and becomes nobody for this."""

    def setUp(self):
        super().setUp()
        self.write({"content/a.md": GOOD, "content/bad.md": "Text.\n", "content/shut/b.md": GOOD})
        self.more = {}
        if os.getuid() == 0:
            self.copy_program()
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
            self.more = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        (self.folder / "content/bad.md").chmod(0)
        (self.folder / "content/shut").chmod(0)
        self.addCleanup((self.folder / "content/shut").chmod, 0o755)

    def copy_program(self):
        """Where nobody may run it, with its plugins."""
        shutil.copytree(harness.TESTS.parent / "plugins", self.folder / "plugins-copy")
        shutil.copy(harness.FASCIA, self.folder / "program")
        self.addCleanup(setattr, harness, "FASCIA", harness.FASCIA)
        harness.FASCIA = self.folder / "program"

    def run_it(self, *args, **more):
        env = {"FASCIA_PLUGINS": str(self.folder / "plugins-copy")} if self.more else {}
        try:
            return self.fascia(*args, env=env, **more, **self.more)
        except PermissionError as error:
            self.skipTest("nobody cannot run programs here: %s" % error)

    def test_a_file_and_a_folder_without_permission(self):
        result = self.run_it("build", "--only=body.html", status=1)
        self.assertEqual({"a/body.html"}, set(self.tree()))
        messages = result.messages()
        self.assertEqual([("content/bad.md", "unreadable"), ("content/shut", "unreadable")],
                         [(m.path, m.code) for m in messages])
        for message in messages:
            self.assertIn("Permission denied", message.text)

    def test_an_output_folder_without_permission(self):
        (self.folder / "public").mkdir(mode=0o555)
        if self.more:
            os.chown(self.folder / "public", NOBODY, NOBODY)
        result = self.run_it("build", "--only=body.html", status=(1, 2, 3))
        self.assertIn("Permission denied", result.err)
        self.assertEqual({}, self.tree())


class Links(harness.ProgramTest):
    def test_a_folder_that_leads_back_to_itself_is_entered_once(self):
        self.write({"content/sub/a.md": GOOD})
        os.symlink("..", self.folder / "content/sub/up")
        os.symlink(".", self.folder / "content/here")
        self.build("--only=body.html")
        self.assertEqual({"a/body.html"}, set(self.tree()))

    def test_links_to_files_and_folders_elsewhere_are_followed(self):
        self.write({"content/a.md": GOOD, "else/b.md": GOOD, "else.md": GOOD})
        os.symlink("../else", self.folder / "content/folder")
        os.symlink("../else.md", self.folder / "content/c.md")
        self.build("--only=body.html")
        self.assertEqual({"a/body.html", "b/body.html", "c/body.html"}, set(self.tree()))


class Clashes(harness.ProgramTest):
    def test_of_two_articles_with_one_slug_the_first_is_made(self):
        self.write({"content/a.md": "---\nslug: same\n---\nFirst.\n",
                    "content/b.md": "---\ntitle: b\nslug: same\n---\nSecond.\n",
                    "content/c.md": GOOD})
        for jobs in "14":
            message = self.only_message(self.build("--only=body.html", "-j", jobs, status=1))
            self.assertEqual(("content/b.md", 3, 7), (message.path, message.line, message.col))
            self.assertIn("content/a.md", message.text)
            self.assertEqual({"same/body.html": b"<p>First.</p>\n",
                              "c/body.html": b"<p>Text.</p>\n"}, self.tree())

    def test_slugs_that_a_file_system_takes_for_one_clash(self):
        self.write({"content/1.md": "---\nslug: Größe\n---\n",
                    "content/2.md": "---\nslug: GRÖSSE\n---\n",
                    "content/3.md": "---\nslug: gro\u0308ße\n---\n"})
        messages = self.build("--only=body.html", status=1).messages()
        clashing = [m.path for m in messages if m.severity == "error"]
        self.assertEqual(["content/2.md", "content/3.md"], clashing)

    def test_a_slug_never_leads_out_of_its_folder(self):
        for i, slug in enumerate(("../up", "/etc", "a/../../b", ".hidden", "a\\b", "c:d", "..",
                                  "\u0007x", "a/b/c", "'. '", "CON", "x" * 300)):
            self.write({"content/%d.md" % i: "---\nslug: %s\n---\nText.\n" %
                        (slug if "'" in slug else '"%s"' % slug.replace("\\", "\\\\"))})
        self.build("--only=body.html", status=(0, 1))
        self.assertLessEqual(set(os.listdir(self.folder)), {".fascia", "content", "public"})
        for path in self.tree():
            self.assertNotRegex(path, r"(^|/)\.|[\\:\x00-\x1f]")


class NoContent(harness.ProgramTest):
    def test_a_site_without_a_content_folder(self):
        for args in (["build"], ["build", "none"], ["plugins", "none"]):
            result = self.fascia(*args, "--messages=full", status=2)
            self.assertRegex(result.err, r"\A\S*content: error: .*\[no-content\]\nhelp: ")
            self.assertEqual([], os.listdir(self.folder))

    def test_content_that_is_a_file(self):
        self.write({"content": ""})
        self.assertEqual("no-content", self.only_message(self.build(status=2)).code)
        self.assertEqual(["content"], os.listdir(self.folder))

    def test_an_empty_content_folder_is_a_site_without_articles(self):
        (self.folder / "content").mkdir()
        self.assertRegex(self.build().out, r"\A0 articles, ")
        self.assertEqual({"index.html"}, set(self.tree()))


class Strange(harness.ProgramTest):
    """What looks wrong and is none: each builds without an error."""

    def test_texts_that_are_hardly_any(self):
        self.write({"content/%d.md" % i: text for i, text in enumerate((
            b"", b"\n", b"\xef\xbb\xbf", b"---\n---\n", b"---\n---", b"---\r\ntitle: a\r\n---\r\n",
            b"# \n", b"\r\r\r", "\u2028\u2029".encode(), b" " * 5000, b"#" * 5000,
            b"---\n\n---\n"))})
        self.build("--messages=short")

    def test_texts_that_are_hard_to_parse(self):
        self.write({"content/%d.md" % i: text for i, text in enumerate((
            "[" * 50000 + "]" * 50000, "*a **b " * 20000, "> " * 20000, "`" * 50000,
            "".join("%s- a\n" % (" " * 2 * i) for i in range(400)), "[a](" * 20000, "<" * 50000,
            "![" * 20000, "&" * 50000, "\\" * 50000, "|a" * 5000 + "\n" + "|-" * 5000 + "\n|b",
            "[a]: b\n" * 10000))})
        self.write({"content/site.yaml": "limits: {seconds: %d}" % (4 * harness.SLOW)})
        result = self.build("--only=body.html", status=(0, 1))
        for message in result.messages():
            self.assertIn(message.code, ("limit-seconds", "markdown-limit", "too-large"))

    def test_a_reading_that_takes_too_long_is_stopped_and_the_rest_made(self):
        self.write({"content/slow.md": "www._" * 60000, "content/a.md": GOOD,
                    "content/site.yaml": "autolinks: true\nlimits: {seconds: %g}\n"
                                         % (0.5 * harness.SLOW)})
        result = self.build("--only=body.html", status=(0, 1))
        self.assertIn("a/body.html", self.tree())
        if result.status:
            message = self.only_message(result)
            self.assertEqual(("content/slow.md", "limit-seconds"), (message.path, message.code))


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""Messages: their three forms, and that each points at its place, whatever the line is made of."""

import os
import pty
import subprocess
import unicodedata

import harness

LINK = "[x](javascript:1)"  # gets a warning at its text


def width(text):
    """Columns on a terminal; a tab is left alone."""
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Forms(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": """\
            ---
            title: Forms
            date: 2024-13-45
            ---

            Text and %s.
            """ % LINK})

    def build(self, *args, **more):
        return super().build("--only=body.html", *args, **more)

    def test_short_is_one_line_each_as_compilers_write_it(self):
        lines = self.build("--messages=short").err.splitlines()
        self.assertEqual(2, len(lines))
        self.assertRegex(lines[0], r"\Acontent/a\.md:3:7: warning: [^\n]*date[^\n]* \[bad-date\]\Z")
        self.assertRegex(lines[1], r"\Acontent/a\.md:6:11: warning: .* \[active-url\]\Z")

    def test_full_has_the_line_a_caret_and_help(self):
        lines = self.build("--messages=full").err.splitlines()
        self.assertEqual(8, len(lines), lines)
        self.assertRegex(lines[0], r"\Acontent/a\.md:3:7: warning: ")
        self.assertEqual("     3 | date: 2024-13-45", lines[1])
        self.assertEqual("       |       ^", lines[2])
        self.assertRegex(lines[3], r"\Ahelp: .*2024-")
        self.assertEqual("     6 | Text and " + LINK + ".", lines[5])
        self.assertEqual("       |           ^", lines[6])

    def test_json_is_one_object_a_line(self):
        messages = self.build("--messages=json").json_messages()
        self.assertEqual([("content/a.md", 3, 7, "warning", "bad-date"),
                          ("content/a.md", 6, 11, "warning", "active-url")],
                         [(m["path"], m["line"], m["col"], m["severity"], m["code"])
                          for m in messages])
        short = self.build("--messages=short").messages()
        self.assertEqual([m.text for m in short], [m["text"] for m in messages])

    def failing(self, form):
        self.write({"plugins/x.lua": harness.PLUGIN % """\
            local title = article.title
            error("never")""", "content/a.md": "---\ntitle: Forms\n---\n"})
        return super().build("--only=x.txt", "--messages=" + form, status=1)

    def test_a_second_place_is_beside_the_text_of_a_short_message(self):
        self.assertRegex(self.failing("short").err,
                         r"\Aplugins/x\.lua:4:\d+: error: never "
                         r"\(content/a\.md:2:8: while [^\n]*title\) \[plugin\]\n\Z")

    def test_a_second_place_is_a_note_with_an_excerpt_in_full(self):
        lines = self.failing("full").err.splitlines()
        self.assertRegex(lines[3], r"\Acontent/a\.md:2:8: note: while .*title\Z")
        self.assertEqual(["     2 | title: Forms", "       |        ^"], lines[4:6])

    def test_related_places_are_a_list_in_json(self):
        related = self.failing("json").json_messages()[0]["related"]
        self.assertEqual(["content/a.md", 2, 8], [related[0][k] for k in ("path", "line", "col")])
        self.assertRegex(related[0]["text"], "title")

    def test_short_is_the_form_where_no_terminal_is(self):
        self.assertEqual(self.build("--messages=short").err, self.build().err)

    def test_every_command_has_the_forms(self):
        for args in (["show"], ["import"], ["export", "body.html"]):
            args = args + ["content/a.md"]
            if args[0] != "import":
                self.assertEqual(2, len(self.fascia(*args, "--messages=json").json_messages()))
            self.fascia(*args, "--messages=full")
        self.write({"plugins/bad.lua": "return 1"})
        message = self.fascia("plugins", "--messages=json", status=1).json_messages()[0]
        self.assertEqual("plugins/bad.lua", message["path"])

    def test_they_come_in_the_order_of_their_places(self):
        self.write({"content/%s.md" % name: LINK + "\n\n" + LINK + LINK + "\n" for name in "zbxc"})
        places = [(m.path, m.line, m.col) for m in self.build("-j4").messages()]
        self.assertEqual(sorted(places), places)
        self.assertEqual(14, len(places))

    def test_they_are_told_again_while_their_cause_is_there(self):
        self.write({"content/bad.md": b"\xff", "plugins/x.lua": harness.PLUGIN % "error('again')"})
        first = super().build("--only=body.html,x.txt", status=1).err
        self.assertEqual(4, len(first.splitlines()), first)
        self.assertEqual(first, super().build("--only=body.html,x.txt", status=1).err)
        (self.folder / "content/bad.md").unlink()
        (self.folder / "plugins/x.lua").unlink()
        self.write({"content/a.md": "Text.\n"})
        self.assertEqual("", super().build("--only=body.html").err)

    def test_the_path_opens_from_where_the_program_was_started(self):
        for args, cwd in ((["../" + self.folder.name], self.folder),
                          ([self.folder], "/"), ([".."], self.folder / "content")):
            message = self.build(*args, cwd=cwd).messages()[0]
            self.assertTrue((harness.Path(cwd) / message.path).samefile(
                self.folder / "content/a.md"), message.path)


class Carets(harness.ProgramTest):
    """The caret's line is the excerpt's up to the caret, with every character made blank."""

    def points_at(self, text, line, col, excerpt=None):
        self.write({"a.md": text})
        err = self.fascia("export", "body.html", "a.md", "--messages=full").err
        lines = err.split("\n")
        self.assertTrue(lines[0].startswith("a.md:%d:%d: " % (line, col)), lines[0])
        prefix = "%6d | " % line
        self.assertTrue(lines[1].startswith(prefix), lines[1])
        shown, caret = lines[1][len(prefix):], lines[2][len(prefix):]
        if excerpt is not None:
            self.assertEqual(excerpt, shown)
        self.assertEqual("^", caret.lstrip())
        before = shown[:shown.index("x](")]
        self.assertEqual(before.count("\t"), caret.count("\t"))
        self.assertEqual(width(before), width(caret) - 1, lines)

    def test_in_plain_text(self):
        self.points_at("One.\n\nTwo " + LINK + "\n", 3, 6)

    def test_behind_tabs(self):
        self.points_at("One\ttwo\t" + LINK + "\n", 1, 10, "One\ttwo\t" + LINK)

    def test_in_lines_that_end_with_CRLF(self):
        self.points_at(("One\r\n\r\nTwo " + LINK + "\r\n").encode(), 3, 6, "Two " + LINK)

    def test_in_lines_that_end_with_CR(self):
        self.points_at(("One\r\rTwo " + LINK + "\r").encode(), 3, 6, "Two " + LINK)

    def test_behind_a_byte_order_mark(self):
        self.points_at(("\ufeffTwo " + LINK + "\n").encode(), 1, 6, "Two " + LINK)
        self.points_at(("\ufeffOne\n\nTwo " + LINK + "\n").encode(), 3, 6)

    def test_behind_letters_of_several_bytes(self):
        self.points_at("Größe мир " + LINK + "\n", 1, 12)

    def test_behind_letters_that_take_two_columns(self):
        self.points_at("漢字😀 " + LINK + "\n", 1, 6)

    def test_behind_letters_that_take_no_column(self):
        self.points_at("e\u0301e\u0301 " + LINK + "\n", 1, 7)

    def test_far_out_in_a_long_line_a_part_of_it_is_shown(self):
        self.write({"a.md": "word " * 20000 + LINK + "\n"})
        lines = self.fascia("export", "body.html", "a.md", "--messages=full").err.split("\n")
        self.assertTrue(lines[0].startswith("a.md:1:100002: "), lines[0])
        self.assertLess(len(lines[1]), 200)
        self.assertEqual("x", lines[1][lines[2].index("^")])

    def test_in_a_list_in_a_quote(self):
        self.points_at("> - One\n>   > two " + LINK + "\n", 2, 12)

    def test_in_a_table(self):
        self.points_at("| a | b |\n|---|---|\n| c | ä " + LINK + " |\n", 3, 10)

    def test_in_pasted_text(self):
        self.write({"a.txt": "A Title of Words\n\nSome words that fill a line.\n"})
        shown = self.fascia("show", "a.txt").out
        self.assertRegex(shown, r"(?m)^summary = .* @3:1$")

    def test_control_characters_do_not_reach_the_terminal(self):
        self.write({"a.md": b"a \x1b[31m\x07\xc2\x9b" + LINK.encode() + b"\n"})
        err = self.fascia("export", "body.html", "a.md", "--messages=full").err
        self.assertNotRegex(err, "[\x00-\x08\x0b-\x1f\x7f-\x9f]")

    def test_nor_do_those_in_names_and_keys(self):
        self.write({"content/a\x1b[2J.md": '---\n"key\\e[2J": 1\ntags: 1\n---\n' + LINK})
        for args in (["build"], ["show", "content/a\x1b[2J.md"]):
            result = self.fascia(*args, "--messages=full", status=(0, 1))
            self.assertNotRegex(result.err + result.out, "[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Terminal(harness.ProgramTest):
    def on_terminal(self, *args, status=0, **env):
        """What standard error shows on a terminal."""
        main, side = pty.openpty()
        try:
            self.fascia(*args, status=status, stderr=side, env=env)
            os.set_blocking(main, False)
            shown = b""
            try:
                while chunk := os.read(main, 65536):
                    shown += chunk
            except BlockingIOError:
                pass
            return shown.decode()
        finally:
            os.close(main)
            os.close(side)

    def setUp(self):
        super().setUp()
        self.write({"content/a.md": "Text and " + LINK + "\n"})

    def test_messages_are_full_and_coloured(self):
        shown = self.on_terminal("build", "--only=body.html")
        self.assertIn("     1 | Text and " + LINK, shown)
        self.assertIn("\x1b[", shown)

    def test_NO_COLOR_is_followed(self):
        self.assertNotIn("\x1b[", self.on_terminal("build", "--only=body.html", NO_COLOR="1"))
        self.assertIn("\x1b[", self.on_terminal("build", "--only=body.html", NO_COLOR=""))

    def test_a_dumb_terminal_gets_no_colour(self):
        shown = self.on_terminal("build", "--only=body.html", TERM="dumb")
        self.assertNotIn("\x1b[", shown)
        self.assertIn("     1 | Text and ", shown)

    def test_colour_can_be_had_in_a_pipe(self):
        def shown(**env):
            return self.fascia("export", "body.html", "content/a.md", env=env).err
        self.assertIn("\x1b[", shown(FORCE_COLOR="1"))
        self.assertIn("\x1b[", shown(FORCE_COLOR="1", TERM="dumb"))
        self.assertNotIn("\x1b[", shown(FORCE_COLOR=""))
        self.assertNotIn("\x1b[", shown(FORCE_COLOR="1", NO_COLOR="1"))

    def test_the_form_that_is_asked_for_is_taken(self):
        shown = self.on_terminal("build", "--only=body.html", "--messages=json")
        self.assertTrue(shown.startswith('{"path":'), shown)
        shown = self.on_terminal("build", "--only=body.html", "--messages=short", NO_COLOR="1")
        self.assertEqual(1, len(shown.splitlines()), shown)

    def test_a_quick_build_shows_no_progress(self):
        self.write({"content/a.md": "Text.\n"})
        self.assertEqual("", self.on_terminal("build", "--only=body.html"))

    def test_a_dumb_terminal_shows_no_progress(self):
        self.write({"plugins/slow.lua": harness.PLUGIN % "while true do end",
                    "content/site.yaml": "limits: {seconds: 1.5}", "content/a.md": "Text.\n"})
        shown = self.on_terminal("build", "--only=x.txt", "--messages=short", status=1, TERM="dumb")
        self.assertNotRegex(shown, "\r(?!\n)|\x1b")

    def test_a_build_of_over_a_second_shows_a_line_that_goes_away(self):
        self.write({"plugins/slow.lua": harness.PLUGIN % "while true do end",
                    "content/site.yaml": "limits: {seconds: 1.5}", "content/a.md": "Text.\n"})
        shown = self.on_terminal("build", "--only=x.txt", "--messages=short", status=1,
                                 NO_COLOR="1")
        self.assertRegex(shown, r"\r(\x1b\[K)?\d+ of \d+ ")
        self.assertRegex(shown.rpartition("\r\x1b[K")[2], r"\A\S*plugins/slow\.lua.*error:")


if __name__ == "__main__":
    harness.main()

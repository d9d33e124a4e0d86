#!/usr/bin/python3
"""The command line itself: help, what is wrong usage, exit statuses, which stream says what."""

import os
import re
import subprocess

import harness

COMMANDS = {
    "build": ["--out", "--jobs", "--only", "--clean", "--strict", "--messages"],
    "export": ["--out", "--site", "--messages"],
    "import": ["--out", "--messages"],
    "show": ["--messages"],
    "plugins": ["--messages"],
}
LATER = ["watch", "serve", "check", "why", "impact", "verify", "new", "test"]
ARTICLE = "# Title\n\nText.\n"


class Help(harness.ProgramTest):
    def test_help_names_every_command_and_the_exit_statuses(self):
        help = self.fascia("--help")
        for command in COMMANDS:
            self.assertRegex(help.out, r"(?m)^  %s +\w" % command)
        for status in "0123":
            self.assertRegex(help.out, r"(?m)^  %s  [a-z]" % status)
        self.assertRegex(help.out, "Examples:\n +fascia")
        self.assertEqual("", help.err)
        self.assertEqual(help.out, self.fascia("help").out)
        self.assertEqual(help.out, self.fascia("-h").out)

    def test_the_README_has_the_same_commands(self):
        readme = (harness.TESTS.parent / "README.md").read_text()
        told = re.findall(r"(?m)^\| `fascia (\w+)", readme)
        helped = re.findall(r"(?m)^  ([a-z]+) ", self.fascia("help").out.partition("Every")[0])
        self.assertEqual(sorted(helped), sorted(told))

    def test_each_command_has_help_with_its_options_and_examples(self):
        for command, options in COMMANDS.items():
            help = self.fascia(command, "--help")
            self.assertRegex(help.out, r"\Ausage: fascia %s\b" % command)
            for option in options:
                self.assertRegex(help.out, r"(?m)^ .*%s\b.* \w" % option, command)
            self.assertRegex(help.out, "Examples:\n +fascia " + command)
            self.assertEqual("", help.err)
            self.assertEqual(help.out, self.fascia("help", command).out)
            self.assertEqual(help.out, self.fascia(command, "-h").out)

    def test_help_asks_for_nothing_else(self):
        self.fascia("export", "--help")
        self.fascia("build", "no/such/site", "--help")

    def test_help_fits_a_terminal(self):
        commands = re.findall(r"(?m)^  ([a-z]+) +", self.fascia("--help").out.partition("Exit")[0])
        self.assertLess(10, len(commands))
        for args in [["--help"]] + [[command, "--help"] for command in commands]:
            for line in self.fascia(*args).out.splitlines():
                self.assertLessEqual(len(line), 80, line)
        for line in self.fascia("export", status=2).err.splitlines():
            self.assertLessEqual(len(line), 80, line)

    def test_the_version_is_one_line(self):
        self.assertRegex(self.fascia("--version").out, r"\Afascia \d+\.\d+\.\d+\n\Z")

    def test_without_a_command_the_help_is_shown_and_usage_was_wrong(self):
        result = self.fascia(status=2)
        self.assertIn("usage: fascia", result.err)
        self.assertEqual("", result.out)

    def test_a_command_is_offered_only_when_it_works(self):
        help = self.fascia("--help").out
        for command in LATER:
            if re.search(r"(?m)^  %s\b" % command, help):
                self.fascia(command, "--help")
            else:
                self.assertIn("no command '%s'" % command, self.fascia(command, status=2).err)


class WrongUsage(harness.ProgramTest):
    def refused(self, *args):
        result = self.fascia(*args, status=2)
        self.assertEqual("", result.out)
        self.assertRegex(result.err, r"\Afascia: error: .* \[usage\]\n")
        return result.err

    def test_an_unknown_command_gets_the_nearest(self):
        self.assertIn("did you mean 'build'?", self.refused("biuld"))
        self.assertIn("did you mean 'export'?", self.refused("exports"))
        self.assertIn("did you mean 'build'?", self.refused("help", "biuld"))
        self.assertIn("did you mean '--version'?", self.refused("--verson"))
        self.assertIn("did you mean '--version'?", self.refused("version"))
        self.assertNotIn("did you mean", self.refused("xyzzy"))

    def test_an_unknown_option_gets_the_nearest(self):
        self.assertIn("did you mean '--strict'?", self.refused("build", "--strct"))
        self.assertIn("did you mean '--messages'?",
                      self.refused("show", "--message=json", "a.md"))
        self.assertNotIn("did you mean", self.refused("build", "--xyzzy"))
        self.refused("build", "-x")
        self.refused("--biuld")

    def test_an_option_without_its_value_is_refused(self):
        self.assertIn("--out", self.refused("build", "-o"))
        self.assertIn("--only", self.refused("build", "--only"))
        self.assertIn("--clean", self.refused("build", "--clean=yes"))

    def test_too_little_and_too_much_are_refused(self):
        for args in (["export"], ["export", "body.html"], ["import"], ["show"],
                     ["build", "a", "b"], ["show", "a", "b"], ["plugins", "a", "b"],
                     ["import", "a", "b"]):
            self.assertIn("usage: fascia " + args[0], self.refused(*args))

    def test_jobs_are_a_number(self):
        self.write({"content/a.md": ARTICLE})
        for jobs in ("0", "-1", "two", "", "1x", "99999999999999999999", "1e3"):
            self.refused("build", "-j", jobs)
        self.assertEqual({}, self.tree())

    def test_message_forms_are_three(self):
        self.write({"content/a.md": ARTICLE})
        self.assertIn("full|short|json", self.refused("build", "--messages=xml"))

    def test_several_files_need_a_folder(self):
        self.write({"a.md": ARTICLE, "b.md": ARTICLE})
        self.assertIn("-o DIR", self.refused("export", "body.html", "a.md", "b.md"))

    def test_options_may_stand_anywhere_and_take_their_value_in_each_way(self):
        self.write({"content/a.md": ARTICLE})
        for i, args in enumerate((["-o", "p0"], ["-op1"], ["--out", "p2"], ["--out=p3"])):
            self.build(*args, ".")
            self.build(".", *args, "--only", "body.html")
            self.assertTrue((self.folder / ("p%d" % i) / "a" / "body.html").exists())

    def test_behind_two_dashes_everything_is_a_name(self):
        self.write({"--help": "# Odd\n", "-o": "# Odder\n"})
        self.assertIn("Odd", self.fascia("show", "--", "--help").out)
        self.assertIn("Odder", self.fascia("show", "--", "-o").out)


class Statuses(harness.ProgramTest):
    def test_0_when_all_is_done_even_with_warnings(self):
        self.write({"content/a.md": "---\ndate: soon\n---\n" + ARTICLE})
        self.assertIn("warning:", self.build().err)

    def test_1_when_an_article_failed_and_all_else_was_made(self):
        self.write({"content/a.md": ARTICLE, "content/b.md": b"\xff"})
        self.build(status=1)
        self.assertTrue((self.folder / "public/a/body.html").exists())

    def test_1_for_warnings_that_strict_counts(self):
        self.write({"content/a.md": "---\ndate: soon\n---\n" + ARTICLE})
        self.build("--strict", status=1)
        self.assertTrue((self.folder / "public/a/body.html").exists())
        self.write({"content/a.md": "---\ndate: 2024-01-01\n---\n" + ARTICLE,
                    "content/site.yaml": "url: https://a.example\n"})
        self.build("--strict")

    def test_2_for_settings_that_are_wrong(self):
        self.write({"content/a.md": ARTICLE, "content/site.yaml": "lang: [1]\n"})
        self.build(status=2)
        self.assertEqual({}, self.tree())

    def test_3_when_standard_output_cannot_be_written(self):
        self.write({"a.md": ARTICLE})
        for args in (["export", "body.html", "a.md"], ["import", "a.md"], ["show", "a.md"],
                     ["plugins"], ["--help"], ["--version"], ["help", "--man"]):
            with self.subTest(args[0]), open("/dev/full", "wb") as full:
                self.assertIn("No space left", self.fascia(*args, status=3, stdout=full).err)

    def test_2_when_the_output_folder_cannot_be_made(self):
        self.write({"content/a.md": ARTICLE, "file": ""})
        self.assertIn("file/out", self.build("-o", "file/out", status=2).err)


class Streams(harness.ProgramTest):
    def test_data_is_on_standard_output_and_messages_on_standard_error(self):
        self.write({"a.md": "---\ndate: soon\n---\n" + ARTICLE})
        result = self.fascia("export", "body.html", "a.md")
        self.assertEqual("<p>Text.</p>\n", result.out)
        self.assertIn("warning:", result.err)
        self.assertEqual("<p>Text.</p>\n",
                         self.fascia("export", "body.html", "a.md", stderr=subprocess.DEVNULL).out)

    def test_nothing_is_said_where_nothing_is_to_be_said(self):
        self.write({"a.md": ARTICLE})
        self.assertEqual("", self.fascia("export", "body.html", "a.md").err)
        self.assertEqual("", self.fascia("show", "a.md").err)
        self.assertEqual("", self.fascia("plugins").err)

    def test_a_build_ends_with_one_line_of_summary(self):
        self.write({"content/a.md": ARTICLE, "content/b.md": "---\ndraft: true\n---\n" + ARTICLE})
        first = self.build("--only", "body.html,article.json")
        self.assertRegex(first.out, r"\A1 article \(and 1 draft\), 2 outputs in public "
                                    r"\(2 written\), 2 renderings run, [\d.]+ m?s\n\Z")
        self.assertEqual("", first.err)
        self.assertIn("(0 written)", self.build("--only", "body.html,article.json").out)
        self.write({"content/c.md": b"\xff"})
        self.assertRegex(self.build("--only=body.html", status=1).out, r"\A.*, 1 error, .*\n\Z")

    def test_nothing_animated_and_no_colour_in_a_pipe(self):
        self.write({"content/%d.md" % i: ARTICLE for i in range(40)})
        self.write({"content/x.md": b"\xff"})
        result = self.build("--messages=full", status=1)
        self.assertNotRegex(result.out + result.err, "[\x1b\r]")

    def test_a_reader_that_goes_away_ends_nothing_badly(self):
        self.write({"a.md": ARTICLE * 20000})
        head = subprocess.Popen(["head", "-c", "1"], stdin=subprocess.PIPE,
                                stdout=subprocess.DEVNULL)
        gone = self.fascia("export", "article.json", "a.md", status=3, stdout=head.stdin)
        self.assertEqual("", gone.err)
        head.stdin.close()
        head.wait()


class Places(harness.ProgramTest):
    def test_the_site_is_this_folder_unless_named(self):
        self.write({"content/a.md": ARTICLE}, under="site")
        self.build(cwd=self.folder / "site")
        here = self.tree("site/public")
        self.build("site", "-o", "elsewhere")
        self.assertEqual(here, self.tree("elsewhere"))
        self.build("./site/", "-o", self.folder / "absolute")
        self.assertEqual(here, self.tree("absolute"))
        self.assertEqual({}, self.tree())

    def test_outputs_go_to_public_in_the_site(self):
        self.write({"content/a.md": ARTICLE}, under="site")
        self.assertIn(" in site/public ", self.build("site").out)
        self.assertTrue((self.folder / "site/public/a/index.html").exists())

    def test_a_site_has_no_cache_or_other_things_put_beside_it(self):
        self.write({"content/a.md": ARTICLE})
        self.build()
        self.assertLessEqual({path.name for path in self.folder.iterdir()},
                             {"content", "public", ".fascia"})
        self.assertEqual(["a.md"], os.listdir(self.folder / "content"))

    def test_FASCIA_PLUGINS_names_the_built_in_plugins(self):
        self.write({"content/a.md": ARTICLE, "own/x.lua": harness.PLUGIN % 'return "x"'})
        self.build(env={"FASCIA_PLUGINS": str(self.folder / "own")})
        self.assertEqual({"a/x.txt": b"x"}, self.tree())
        result = self.build(status=2, env={"FASCIA_PLUGINS": str(self.folder / "none")})
        self.assertIn("FASCIA_PLUGINS", result.err + self.build(
            "--messages=full", status=2, env={"FASCIA_PLUGINS": str(self.folder / "none")}).err)


if __name__ == "__main__":
    harness.main()

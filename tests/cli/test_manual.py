#!/usr/bin/python3
"""The manual page: clean roff, and nothing of the commands missing."""

import re
import subprocess

import harness


class Manual(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.page = self.fascia("help", "--man").out
        self.write({"fascia.1": self.page.encode()})

    def run_tool(self, *args):
        done = subprocess.run(args, cwd=self.folder, env=harness.environment(), timeout=60,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        self.assertEqual((0, ""), (done.returncode, done.stderr), done.stdout[:2000])
        return done.stdout

    @harness.need("man")
    def test_man_has_nothing_to_say_against_it(self):
        self.run_tool("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "fascia.1")

    @harness.need("mandoc")
    def test_mandoc_has_nothing_to_say_against_it(self):
        self.assertEqual("", self.run_tool("mandoc", "-Tlint", "fascia.1"))

    @harness.need("mandoc")
    def test_it_holds_every_command_with_its_options_and_examples(self):
        shown = re.sub(".\b", "", self.run_tool("mandoc", "-Tutf8", "-O", "width=200", "fascia.1"))
        text = " ".join(shown.split())
        for command in re.findall(r"(?m)^  (\w+) ", self.fascia("--help").out.split("Every")[0]):
            help = self.fascia(command, "--help").out.replace("…", "...")
            about, _, rest = help.partition("\n\n")[2].partition("\n\nOptions:\n")
            options, _, examples = rest.partition("\n\nExamples:\n")
            self.assertIn(" ".join(about.split()), text)
            for option in re.findall("(?m)--[a-z]+", options):
                self.assertIn(option, text)
            for line in examples.splitlines():
                self.assertIn(line.strip(), shown)

    def test_text_that_roff_would_obey_is_text(self):
        for line in self.page.splitlines():
            self.assertRegex(line, r"\A(\.(TH|SH|SS|TP|PP|EX|EE|br)\b|[^.'])")
            escape = r"\\(-|e|&|f[BIR]|\(aq|\(ga|\[u[0-9A-F]{4}\])"
            self.assertNotIn("\\", re.sub(escape, "", line))
            self.assertTrue(line.startswith(".TH") or not re.search(r"[^\\]-", line), line)
        self.assertTrue(self.page.isascii())


if __name__ == "__main__":
    harness.main()

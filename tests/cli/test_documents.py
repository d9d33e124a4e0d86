#!/usr/bin/python3
"""What the documents say runs: their files are written, their commands run, their outputs compared.

Each page is a story in a folder of its own, from its first block to its last. A block whose first
line names a file, as in "```lua plugins/tea.lua", is that file; one below public/ is what a build
makes. A console block holds commands, each after "$ ", and what they print; "…" stands for what
differs from day to day. In a block of Lua without a name each "EXPRESSION --> VALUE" holds.
"""

import os
import re
import subprocess
from pathlib import Path

import harness

ROOT = harness.TESTS.parent
PAGES = ["README.md", "plugins/README.md", "plugins/RECIPES.md"]
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.S | re.M)
TIME = re.compile(r"\b[0-9]+(\.[0-9]+)? (ms|s)\b")


class Block:
    def __init__(self, page, text, found):
        words = found[1].split()
        self.lang = words[0] if words else ""
        self.file = words[1] if len(words) > 1 else None
        self.text = found[2]
        self.place = "%s:%d" % (page, text.count("\n", 0, found.start()) + 1)


def blocks_of(page):
    text = (ROOT / page).read_text()
    return [Block(page, text, found) for found in FENCE.finditer(text)]


def pattern(shown):
    """Of lines as a page shows them: a line "…" is any lines, "…" in a line any text in it."""
    parts = []
    for line in shown.splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(r".*".join(map(re.escape, TIME.sub("N ms", line.rstrip()).split("…"))) +
                         r" *\n")
    return "".join(parts)


def printed(bytes):
    text = bytes.decode().replace("\r\n", "\n")
    # Told when the clock has moved on since a rendering ran.
    text = re.sub(r"^  skipped  .*: nothing that it read had changed\n", "", text, flags=re.M)
    text = TIME.sub("N ms", re.sub(r"[ \t]+$", "", text, flags=re.M))
    return text if text.endswith("\n") or not text else text + "\n"


class Story(harness.ProgramTest):
    """A page as somebody who follows it would see it."""

    def setUp(self):
        super().setUp()
        self.at = self.folder
        programs = self.folder / ".program"
        programs.mkdir()
        (programs / "fascia").symlink_to(harness.FASCIA)
        self.env = harness.environment(FASCIA_PLUGINS=str(ROOT / "plugins"))
        self.env["PATH"] = "%s:%s" % (programs, self.env["PATH"])

    def run_command(self, block, command):
        """What it printed, and then its messages, as in a terminal."""
        if command.startswith("cd "):
            self.at = (self.at / command[3:]).resolve()
            return ""
        done = subprocess.run(command, shell=True, cwd=self.at, env=self.env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=harness.HANGS_SECONDS)
        self.assertLess(done.returncode, 2, "%s: %s\n%s" % (block.place, command, done.stdout))
        self.assertNotRegex(done.stdout.decode(), harness.FAULT)
        return printed(done.stdout)

    def console(self, block):
        for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            got = self.run_command(block, command)
            self.assertTrue(re.fullmatch(pattern(shown), got),
                            "%s: `%s` prints\n%s\nbut shown is\n%s"
                            % (block.place, command, got, shown))

    def file(self, block):
        path = self.at / block.file
        if block.file.startswith("public/"):
            self.run_command(block, "fascia build")
            self.assertTrue(re.fullmatch(pattern(block.text), printed(path.read_bytes())),
                            "%s: %s is\n%s" % (block.place, block.file, path.read_text()))
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text)

    def lua(self, block):
        """The lines with an arrow, each as an assertion of a test; the others run before them."""
        lines = [re.sub(r"^(.*\S) +--> (.*)$", r"assert.same(\2, (\1))", line)
                 for line in block.text.splitlines()]
        self.assertIn("assert.same", "\n".join(lines), block.place + " shows nothing")
        body = 'local fascia = require "fascia"\nit("holds", function()\n%s\nend)\n'
        folder = self.write({"content/site.yaml": "", "plugins/page.lua": "return {}\n",
                             "plugins/page_test.lua": body % "\n".join(lines)}, ".snippets")
        said = self.run_command(block, "fascia test page --site '%s'" % folder)
        self.assertIn("1 passed, 0 failed", said, "%s\n%s" % (block.place, said))

    def tell(self, page):
        for block in blocks_of(page):
            if block.lang == "console":
                self.console(block)
            elif block.file:
                self.file(block)
            elif block.lang == "lua":
                self.lua(block)
            else:
                self.assertEqual("text", block.lang, "%s: of what kind is this?" % block.place)

    def all_holds(self):
        """All plugins that the page left pass their tests, and the site is built."""
        self.assertEqual("", self.fascia("build", env=self.env, cwd=self.at).err)
        self.assertRegex(self.fascia("test", cwd=self.at, env=self.env).out, r"\b0 failed\n$")

    def test_the_readme(self):
        self.tell("README.md")
        self.assertRegex(self.fascia("test", env=self.env).out, r"\b0 failed\n$")

    def test_the_page_for_plugin_writers(self):
        self.tell("plugins/README.md")
        self.all_holds()

    def test_the_recipes(self):
        self.tell("plugins/RECIPES.md")
        self.all_holds()


class Links(harness.ProgramTest):
    def anchors(self, path):
        text = FENCE.sub("", path.read_text())
        titles = re.findall(r"^#+ (.*)$", text, re.M)
        return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}

    def test_lead_somewhere(self):
        for page in PAGES + ["SECURITY.md"]:
            path = ROOT / page
            text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text()))
            for link in re.findall(r"\]\((?!https?:)([^)]*)\)", text):
                name, _, anchor = link.partition("#")
                target = Path(os.path.normpath(path.parent / name)) if name else path
                self.assertTrue(target.is_file(), "%s: %s" % (page, link))
                if anchor:
                    self.assertIn(anchor, self.anchors(target), "%s: %s" % (page, link))


if __name__ == "__main__":
    harness.main()

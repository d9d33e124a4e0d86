#!/usr/bin/python3
"""Plugins that mean harm: each chunk of tests/hostile/ as a plugin is loaded, and as it renders;
those called read-…, each-…, when-…, path-… and check-… in functions of these names.

A chunk is what a plugin might do, as a few lines of Lua. Its first line says what it tries, its
second how it ends: `-- ends: plugin`, or `-- load: nothing; render: limit-seconds|crash`, with the
codes of the messages that may come. It is run beside the built-in plugins, whose outputs must be
those of a site without it, byte for byte; the build must end in time, blame nobody else, and leave
nothing behind.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import harness

CHUNKS = sorted((harness.TESTS / "hostile").glob("*.lua"))
MOMENTS = ("load", "render")
OTHER_MOMENTS = ("read", "each", "when", "path", "check")
ENDS = re.compile(r"-- (?:ends|load: (?P<load>[a-z|-]+); render): (?P<render>[a-z|-]+)")

# One build may take so long beside its deadlines; a kill costs up to half a second more.
BUILD_SECONDS = 3 * harness.SLOW
KILL_SECONDS = 0.5 * harness.SLOW
SHORT_SECONDS, LONG_SECONDS = 0.15 * harness.SLOW, 3 * harness.SLOW

ARTICLE = """---
date: 2026-01-0%d
tags: [one, two]
---
# %s

Text.

## Pros of it

- Good

## FAQ

### Why?

So.
"""
PLUGIN = """local function hostile(article, out, site, options)
%s
end
%s
return { exports = { ["hostile.txt"] = { each = "article", path = "{slug}/hostile.txt",
render = function(article, out, site, options)
%s
return "made" end } } }
"""
EXPORT = """local out
local function hostile(article, site, options)
%s
end
return { exports = { ["hostile.txt"] = { %s,
render = function(item)
if type(item) == "string" and item:find "fail" then error(item) end
return "made" end } } }
"""
BY_ARTICLE = 'each = "article", '
SPECIAL = {
    "read": """local function hostile(source, options)
%s
end
return { readers = { [".hostile"] = function(source, options)
return hostile(source, options) or { draft = true }
end } }
""",
    "each": EXPORT % ("%s", 'path = "a/hostile-{n}.txt", '
                      "each = function(site, options) return hostile(nil, site, options) end"),
    "when": EXPORT % ("%s", BY_ARTICLE + 'path = "{slug}/hostile.txt", when = hostile'),
    "path": EXPORT % ("%s", BY_ARTICLE + "path = hostile"),
    "check": """local function hostile(article, warn, site, options)
%s
end
return { checks = { ["hostile-check"] = hostile } }
""",
}
FAULT = re.compile(r"Sanitizer|runtime error:|Assertion")  # a crash of a worker is none
OWN = re.compile(r"[ab]/hostile(-\d+)?\.txt")


def ends_of(chunk, moment):
    """The codes that the chunk may end with; "nothing": without an error."""
    found = ENDS.fullmatch(chunk.read_text().splitlines()[1])
    return set((moment == "load" and found["load"] or found["render"]).split("|"))


def moments_of(chunk):
    kind = chunk.stem.partition("-")[0]
    return (kind,) if kind in OTHER_MOMENTS else MOMENTS


def plugin_of(chunk, moment):
    if moment in SPECIAL:
        return SPECIAL[moment] % chunk.read_text()
    calls = ["hostile()", ""] if moment == "load" else ["", "hostile(article, out, site, options)"]
    return PLUGIN % (chunk.read_text(), *calls)


def seconds_of(ends):
    """Chunks that need their time get it: only what is to be stopped is stopped soon."""
    return SHORT_SECONDS if "limit-seconds" in ends and "nothing" not in ends else LONG_SECONDS


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
            for path in sorted(folder.rglob("*"))}


def processes_of(session):
    """The processes that a program left behind which was given a session of its own."""
    left = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[3]) == session and fields[0] != "Z":
            left.append(stat.parent.name)
    return left


class Run:
    """One build of a site of its own, with a plugin or without."""

    def __init__(self, root, name, plugin=None, seconds=LONG_SECONDS):
        self.folder = root / name
        files = {"content/a.md": ARTICLE % (1, "Good"), "content/b.md": ARTICLE % (2, "Too"),
                 **{"content/%s.hostile" % name: "one\ntwo\n" for name in "cde"},
                 "content/site.yaml": "url: https://example.org\n"
                 "limits: {seconds: %g, memory_mb: 64, output_mb: 2}\n" % seconds}
        if plugin:
            files["plugins/hostile.lua"] = plugin
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text)
        before = files_of(self.folder)
        self._build(seconds)
        self.made = files_of(self.folder / "public")
        self.changed = {path for path, content in files_of(self.folder).items()
                        if path.split("/")[0] not in ("public", ".fascia") and
                        before.get(path, "") != content}
        shutil.rmtree(self.folder)

    def was_starved(self):
        """Whether harmless plugins missed their deadlines: the machine does other things."""
        return any(m.code == "limit-seconds" and m.path != "plugins/hostile.lua"
                   for m in self.result.messages())

    def _build(self, seconds):
        begin = time.monotonic()
        process = subprocess.Popen([str(harness.FASCIA), "build", "--messages=short"],
                                   cwd=self.folder, env=harness.environment(),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, start_new_session=True)
        _, err = process.communicate(timeout=harness.HANGS_SECONDS)
        self.took_seconds = time.monotonic() - begin
        self.seconds = seconds
        self.result = harness.Result(process.returncode, b"", err)
        self.left = processes_of(process.pid)


class Hostile(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.root = Path(tempfile.mkdtemp(prefix="fascia-hostile-"))
        cls.clean = Run(cls.root, "clean")
        cls.pool = ThreadPoolExecutor(os.cpu_count())
        cls.runs = {name: cls.pool.submit(cls.run_one, *asked) for name, asked in ASKED.items()
                    if all(word in name for word in sys.argv[1:])}

    @classmethod
    def tearDownClass(cls):
        cls.pool.shutdown(cancel_futures=True)
        shutil.rmtree(cls.root)

    @classmethod
    def run_one(cls, chunk, moment):
        seconds = seconds_of(ends_of(chunk, moment))
        for patience in (1, 4, 16):
            run = Run(cls.root, chunk.stem + "-" + moment, plugin_of(chunk, moment),
                      seconds * patience)
            if not run.was_starved():
                break
        return run

    def check(self, chunk, moment):
        run, ends = self.runs[self._testMethodName].result(), ends_of(chunk, moment)
        self.assertNotRegex(run.result.err, FAULT)
        self.assertNotRegex(run.result.err, "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]")
        errors = [m for m in run.result.messages() if m.severity == "error"]
        self.assertEqual(1 if errors else 0, run.result.status, run.result.err[-2000:])
        self.assertLessEqual({m.code for m in errors} or {"nothing"}, ends, run.result.err[-2000:])
        for message in run.result.messages():
            self.assertLessEqual(len(message.text.encode()), 4096)
        for error in errors:
            self.check_blame(error, moment)
        kills = sum(m.code in ("limit-seconds", "limit-memory", "crash") for m in errors)
        self.assertLess(run.took_seconds,
                        BUILD_SECONDS + max(kills, 1) * (run.seconds + KILL_SECONDS))
        self.check_outputs(run, errors, moment)

    def check_blame(self, error, moment):
        path, other = "plugins/hostile.lua", error.also.path if error.also else ""
        self.assertIn(path, (error.path, other if error.code == "hostile" else ""))
        if error.code == "plugin":
            self.assertGreater(error.line, 0, error.text)
        elif moment == "read":
            self.assertRegex(error.path + error.text + other, r"content/[c-e]\.hostile")
        elif moment == "load":
            self.assertIn("loading this plugin", error.text)
        elif moment == "check":
            self.assertRegex(error.text, r"check.* 'hostile(-check)?' of content/[ab]\.md")
        elif moment == "each":
            self.assertIn("export 'hostile.txt'", error.text)
        else:
            self.assertRegex(error.text, r"export 'hostile\.txt' of content/[ab]\.md")

    def check_outputs(self, run, errors, moment):
        others = {path: content for path, content in run.made.items() if not OWN.fullmatch(path)}
        self.assertEqual(self.clean.made, others)
        self.assertEqual(set(), run.changed)
        self.assertEqual([], run.left)
        if moment in ("read", "check"):
            return
        own = [content for path, content in run.made.items() if OWN.fullmatch(path)]
        self.assertEqual([True] * len(own), [content.endswith(b"made") for content in own])
        self.assertTrue(errors or len(own) == 2)

    def test_every_chunk_says_how_it_ends(self):
        known = {"nothing", "plugin", "crash", "limit-seconds", "limit-memory", "limit-output",
                 "hostile", "bad-path", "path-taken"}
        for chunk in CHUNKS:
            for moment in moments_of(chunk):
                self.assertLessEqual(ends_of(chunk, moment), known, chunk.name)
        self.assertGreater(len(CHUNKS), 100)


def add_tests():
    """A test for each chunk and moment. A sanitizer has nothing to say of Lua's own loops and
    crashes: Lua is not built with it."""
    asked = {}
    for chunk in CHUNKS:
        for moment in moments_of(chunk):
            ends = ends_of(chunk, moment)
            if harness.SLOW > 1 and ("crash" in ends or ends == {"limit-seconds"}):
                continue
            name = "test_%s_at_%s" % (chunk.stem.replace("-", "_"), moment)
            asked[name] = (chunk, moment)
            setattr(Hostile, name, lambda self, c=chunk, m=moment: self.check(c, m))
    return asked


ASKED = add_tests()

if __name__ == "__main__":
    harness.main()

"""What the command line tests share: a folder of their own, the program, TAP.

A test is a method whose name is a sentence. `self.write` puts files into the test's folder, and
`self.fascia` runs the program there and fails unless it ends with the expected exit status, in
time, without a word of a sanitizer. Each test file ends with `harness.main()`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

TESTS = Path(__file__).resolve().parent.parent
FASCIA = Path(os.environ.get("FASCIA", TESTS.parent / "build" / "fascia")).resolve()

# The sanitized program is slower: what has a deadline gets more time.
SLOW = 4 if "asan" in FASCIA.name else 1
HANGS_SECONDS = 60 * SLOW

FAULT = re.compile(r"Sanitizer|runtime error:|Segmentation|Assertion|core dumped")
SHORT = re.compile(r"^(?P<path>[^:\n]+?)(?::(?P<line>\d+):(?P<col>\d+))?: "
                   r"(?P<severity>error|warning|info|note): (?P<text>.*?)"
                   r"(?: \((?P<also>[^:\n]+:\d+:\d+: [^\n]*)\))?"
                   r"(?: \[(?P<code>[a-z0-9-]+)\])?$")
ALSO = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+):(?P<col>\d+): (?P<text>.*)$")

# A plugin with one export; `%s` is the body of its render function.
PLUGIN = """return { exports = { ["x.txt"] = { each = "article", path = "{slug}/x.txt",
render = function(article, out, site, options)
%s
end } } }
"""


def environment(**more):
    """Nothing of the user's settings but what the program cannot do without."""
    kept = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env.update(LC_ALL="C", TZ="UTC", HOME="/nonexistent")
    env.update({name: value for name, value in more.items() if value is not None})
    return env


class Place:
    """A related place: what stands in parentheses in the short form."""

    def __init__(self, text):
        self.__dict__.update(ALSO.match(text).groupdict())
        self.line, self.col = int(self.line), int(self.col)


class Message:
    """A line of the short form."""

    def __init__(self, line):
        found = SHORT.match(line)
        if not found:
            raise AssertionError("this is no message of the short form: " + line)
        self.__dict__.update(found.groupdict())
        self.line = int(self.line) if self.line else 0
        self.col = int(self.col) if self.col else 0
        self.also = Place(self.also) if self.also else None


class Result:
    def __init__(self, status, out, err):
        self.status, self.bytes = status, out
        self.out, self.err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def messages(self):
        """What was said, in the short form; what plugins printed is no message, nor is what stands
        below one."""
        return [Message(line) for line in self.err.splitlines()
                if not line.startswith(("[", "    "))]

    def json_messages(self):
        return [json.loads(line) for line in self.err.splitlines()]

    def json(self):
        return json.loads(self.out)


class ProgramTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="fascia-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, files, under="."):
        """Files by path; text loses the indent that it has in the test."""
        for name, content in files.items():
            path = self.folder / under / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                path.write_bytes(textwrap.dedent(content).encode())
        return self.folder / under

    def fascia(self, *args, status=0, env=None, cwd=None, **popen):
        """Runs the program in the test's folder; `status`: what it must end with, or several."""
        done = subprocess.run([str(FASCIA), *map(str, args)], cwd=cwd or self.folder,
                              env=environment(**(env or {})), timeout=HANGS_SECONDS,
                              stdin=subprocess.DEVNULL,
                              **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **popen})
        result = Result(done.returncode, done.stdout or b"", done.stderr or b"")
        said = "fascia %s\n%s\n%s" % (" ".join(map(str, args)), result.out[-2000:],
                                      result.err[-4000:])
        self.assertNotRegex(result.err, FAULT, said)
        allowed = status if isinstance(status, tuple) else (status,)
        self.assertIn(result.status, allowed, "the exit status of " + said)
        return result

    def build(self, *args, status=0, **more):
        return self.fascia("build", *args, status=status, **more)

    def only_message(self, result):
        messages = result.messages()
        self.assertEqual(1, len(messages), result.err)
        return messages[0]

    def tree(self, folder="public"):
        """Every file below the folder: its path and bytes."""
        root = self.folder / folder
        return {str(path.relative_to(root)): path.read_bytes()
                for path in sorted(root.rglob("*")) if path.is_file()}

    def read(self, path):
        return (self.folder / path).read_bytes().decode()

    def article(self, text, name="a.md", **files):
        """article.json of one file in a site of its own."""
        self.write({"content/" + name: text, **files})
        return self.fascia("export", "article.json", "content/" + name).json()


def need(*tools):
    """For tests that ask another program: those that are missing are skipped, and loudly."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    return unittest.skipIf(missing, " and ".join(missing) + " missing")


class _Tap(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def _say(self, verdict, test, note=""):
        self.number += 1
        whole = getattr(test, "test_case", test)  # of a subtest
        name = getattr(whole, "_testMethodName", whole.id()).removeprefix("test_").replace("_", " ")
        if whole is not test:
            name += " " + " ".join(test.id().rpartition(whole.id())[2].split()).replace("#", "")
        print("%s %d - %s%s" % (verdict, self.number, name, note), flush=True)

    def addSuccess(self, test):
        self._say("ok", test)

    def addSkip(self, test, reason):
        self._say("ok", test, " # SKIP " + reason)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            self._failed(subtest, error)

    def _failed(self, test, error):
        self._say("not ok", test)
        text = self._exc_info_to_string(error, test)
        print(textwrap.indent(text, "# "), flush=True)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._failed(test, error)

    addError = addFailure


def main():
    """Runs the tests of the file, or those whose name holds the words of the command line."""
    if not FASCIA.is_file():
        sys.exit("there is no %s: run make" % FASCIA)
    loaded = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    words = sys.argv[1:]
    result = _Tap()

    def each(tests):
        for test in tests:
            if isinstance(test, unittest.TestSuite):
                yield from each(test)
            elif all(word in test.id() for word in words):
                yield test

    unittest.TestSuite(each(loaded)).run(result)
    sys.exit(not result.wasSuccessful())

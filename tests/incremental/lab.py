"""Two folders of one site: the one under test, built again and again, and a copy that is built
clean each time; and the judge, who compares the two and says which renderings had to run."""

import collections
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "watch"), str(HERE)]

import plugins
import saves

FASCIA = Path(os.environ.get("FASCIA", HERE.parent.parent / "build" / "fascia")).resolve()
SLOW = 4 if "asan" in FASCIA.name else 1
ENVIRONMENT = {**{name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")
                  if name in os.environ}, "LC_ALL": "C", "TZ": "UTC", "HOME": "/nonexistent"}
RAN = re.compile(r"(\d+) renderings? run")
LOG = re.compile(r"^\[[^\]]+\] (RUN .*)$", re.M)
PLACE = re.compile(r"^\S*?content/(.+?):(\d+:\d+): warning: here \[place\]$", re.M)
FAULT = re.compile(r"Sanitizer|runtime error:|Segmentation|Assertion|core dumped")
WAYS = ("in_place", "vim", "vscode", "jetbrains", "sed", "git", "rsync", "emacs_again", "perl")


class Difference(Exception):
    """What is on disk, or what ran, is not what it should be."""


def tree(folder):
    """Every file below, by path; what goes while we look is not there."""
    found = {}
    for at, _, names in os.walk(folder):
        for name in names:
            whole = os.path.join(at, name)
            try:
                with open(whole, "rb") as file:
                    found[whole[len(str(folder)) + 1:]] = file.read()
            except FileNotFoundError:
                pass
    return found


def put(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def around(have, clean):
    """Two outputs where they begin to differ; None: there is none."""
    if have is None or clean is None:
        return "%s, clean %s" % ("missing" if have is None else "there",
                                 "missing" if clean is None else "there")
    at = next((i for i, (a, b) in enumerate(zip(have, clean)) if a != b), min(len(have), len(clean)))
    return "%r, clean %r" % (have[max(0, at - 40):at + 60], clean[max(0, at - 40):at + 60])


def drop(path, root):
    """Removes a file, and the folders above that are empty then."""
    path.unlink()
    for folder in path.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()


class Folder:
    """A site on disk, brought to any state with few writes."""

    def __init__(self, root):
        self.root, self.files = Path(root), {}
        for name in ("content", "plugins"):
            (self.root / name).mkdir(parents=True)

    def write(self, path, data):
        put(self.root / path, data)

    def sync(self, files):
        gone = [path for path in self.files if path not in files]
        new = [path for path in files if self.files.get(path) != files[path]]
        for path in gone:
            moved = next((p for p in new if p not in self.files and files[p] == self.files[path]),
                         None)
            if moved:
                (self.root / moved).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).rename(self.root / moved)
                new.remove(moved)
            else:
                drop(self.root / path, self.root)
        for path in new:
            self.write(path, files[path])
        self.files = dict(files)
        self.saves = len(new)


class EditedFolder(Folder):
    """Saves as editors do."""

    def __init__(self, root, rng):
        super().__init__(root)
        self.rng = rng

    def write(self, path, data):
        at = self.root / path
        if path in self.files:
            saves.WAYS[self.rng.choice(WAYS)][0](str(at), data)
        else:
            put(at, data)


def run(root, *more, status=(0, 1)):
    done = subprocess.run([str(FASCIA), "build", "-j2", "--messages=short", *more], cwd=root,
                          env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=60 * SLOW)
    out, err = done.stdout.decode(), done.stderr.decode("utf-8", "replace")
    if FAULT.search(err) or done.returncode not in status:
        raise Difference("fascia build ended with %d\n%s\n%s" % (done.returncode, out, err))
    return out, err


def messages(err):
    """What a build says of the content. A worker that was just forked when its build was killed holds
    that build's lock for a moment, so the next one may say that it waits."""
    return sorted(line for line in err.splitlines()
                  if not line.startswith("[") and not line.endswith(": waiting for it"))


class Clean:
    """A clean build of the copy: outputs, messages, and the models in its article.json files."""

    def __init__(self, folder, files):
        folder.sync(files)
        for name in ("public", ".fascia"):
            shutil.rmtree(folder.root / name, ignore_errors=True)
        _, self.err = run(folder.root)
        self.outputs = tree(folder.root / "public")
        models = [json.loads(data) for path, data in self.outputs.items()
                  if path.endswith("/article.json")]
        self.articles = {model["path"]: model for model in models}
        self.places = dict(PLACE.findall(self.err))


class Oracle:
    """Which renderings must run: those whose trace is another than when they ran last."""

    def __init__(self):
        self.last = {}

    def traces(self, site, clean):
        settings = {"title": site.title, "lang": site.lang, "plugins": site.options,
                    "url": "https://living.example"}
        view = plugins.View(clean.articles, settings, site.made(), clean.places)
        found = {}
        for name in site.made():
            found.update(((name, *key), trace) for key, trace in self.of_export(site, view, name))
        return found

    def of_export(self, site, view, name):
        if name == "article.json":
            for path, article in view.articles.items():
                yield (path, 0, None), json.dumps([article, view.options("article").get("indent")])
            return
        export = plugins.EXPORTS[name]
        code = [site.plugins[path] for path in export.files(site.plugins)]
        for key, trace in self.items(export, view, name):
            yield key, json.dumps([code, trace])

    @staticmethod
    def items(export, view, name):
        """((article, number or key, what it prints), trace) for each thing that it is made for."""
        if export.each == "site":
            yield (None, 0, "RUN " + name), export.trace(view, None)
        elif export.each == "tags":
            for tag in plugins.tags_of(view):
                yield (None, tag, "RUN %s %s" % (name, tag)), export.trace(view, tag)
        for path, article in view.articles.items():
            said = "RUN %s %s" % (name, path)
            if export.each == "article":
                yield (path, 0, said), export.trace(view, article)
            elif export.each == "comparisons":
                for n, comparison in enumerate(article["comparisons"]):
                    yield (path, n, said), [comparison["title"], article["slug"]]

    def due(self, traces):
        return [key for key, trace in traces.items() if self.last.get(self.plain(key)) != trace]

    @staticmethod
    def plain(key):
        return key[:3]

    def done(self, traces):
        self.last = {self.plain(key): trace for key, trace in traces.items()}


class Lab:
    def __init__(self, root, site, folder=None):
        self.site = site
        self.root = Path(root)
        self.folder = folder or Folder(self.root / "site")
        self.copy = Folder(self.root / "copy")
        self.oracle = Oracle()
        self.unknown = {}

    def public(self):
        return self.folder.root / "public"

    def clean(self):
        return Clean(self.copy, self.site.good_files())

    def compare(self, clean):
        """Says in one line what differs; empty when nothing does."""
        have = tree(self.public())
        for path, data in self.unknown.items():
            if have.pop(path, None) != data:
                return "the unknown file public/%s was touched" % path
        for path in sorted(set(have) | set(clean.outputs)):
            if have.get(path) != clean.outputs.get(path):
                return "public/%s is %s" % (path, around(have.get(path), clean.outputs.get(path)))
        return ""

    def judge_runs(self, due, count, err, what):
        said = collections.Counter(LOG.findall(err))
        want = collections.Counter(key[3] for key in due if key[3])
        missing, surplus = want - said, said - want
        if missing or surplus or count != len(due):
            raise Difference("%d renderings ran instead of %d\n%s\nmissing: %s\nsurplus: %s\nafter:\n  %s"
                             % (count, len(due), err[-1500:], list(missing.elements())[:8],
                                list(surplus.elements())[:8], "\n  ".join(what)))


class Watch:
    """A running `fascia watch`: its lines as they come."""

    def __init__(self, root, *more):
        self.process = subprocess.Popen([str(FASCIA), "watch", "-j2", "--messages=short", *more], cwd=root,
                                        env=ENVIRONMENT, stdin=subprocess.DEVNULL, text=True,
                                        errors="replace", stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)
        self.lines, self.finished, self.ran, self.ready = [], 0, 0, False
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line)
                if line.startswith("[watch] build finished"):
                    self.finished += 1
                    self.ran += int(RAN.search(line).group(1))
                self.ready = self.ready or line.startswith("[watch] ready")
                self.changed.notify_all()

    def wait(self, condition, seconds):
        with self.changed:
            return self.changed.wait_for(condition, seconds * SLOW)

    def take(self):
        """What was said and how much ran since the last time."""
        with self.changed:
            said = "".join(self.lines), self.ran, self.finished
            self.lines, self.ran, self.finished = [], 0, 0
        return said

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait(20 * SLOW)
        return self.process.returncode

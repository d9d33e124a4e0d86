"""What the tests with names share: a small site of one's own, built or watched, and a clean build
of a copy to compare with."""

import re
import shutil
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "cli")]

import harness
import lab

RAN = re.compile(r"(\d+) renderings? run")

PAGE = """return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
render = function(article, out) out:write(article.title, "\\n", article.text) end } } }
"""
FEED = """return { exports = { ["feed.txt"] = { each = "site", path = "feed.txt",
render = function(site, out)
  for _, a in ipairs(site:articles { sort = "-date" }) do out:write(a.slug, " ", a.title, "\\n") end
end } } }
"""
SETTINGS = "title: T\nurl: https://t.example\nexports: [page.txt, feed.txt]\n"


def article(title, text="Some text.", **front):
    lines = "".join("%s: %s\n" % pair for pair in {"title": title, "date": "2024-05-06", **front}.items())
    return "---\n%s---\n\n%s\n" % (lines, text)


class Case(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.end_watch)
        self.running = None

    def site(self, **files):
        """Articles a.md and b.md, a page of each and a feed; and `files` by path."""
        self.save({"content/site.yaml": SETTINGS, "content/a.md": article("First"),
                   "content/b.md": article("Second"), "plugins/page.lua": PAGE,
                   "plugins/feed.lua": FEED, **files})

    def save(self, files):
        self.write(files, under="site")

    def path(self, name):
        return self.folder / "site" / name

    def public(self):
        return lab.tree(self.path("public"))

    def cold(self, status=(0, 1)):
        """The outputs of a clean build of a copy in another folder."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        for name in ("content", "plugins"):
            if self.path(name).is_dir():
                shutil.copytree(self.path(name), copy / name)
        self.build("copy", status=status)
        return lab.tree(copy / "public")

    def warm(self, *args, status=0):
        """Builds; how many renderings ran, and the messages."""
        result = self.build("site", *args, status=status)
        return int(RAN.search(result.out).group(1)), result

    def same(self, ran, *args, status=0):
        """Builds: so many renderings run, and all is as a clean build makes it."""
        count, result = self.warm(*args, status=status)
        self.assertEqual(self.cold(), self.public())
        self.assertEqual(ran, count, result.err)
        return result

    # Watching

    def watch(self, *args):
        self.running = lab.Watch(self.path("."), *args)
        self.assertTrue(self.running.wait(lambda: self.running.ready, 20), self.running.lines)
        self.running.take()

    def end_watch(self):
        if self.running and self.running.process.poll() is None:
            self.assertEqual(0, self.running.end())
        if self.running:
            self.running.process.stdout.close()

    def finished(self, seconds=10):
        """The next build has ended: what was said, and how many renderings ran."""
        self.assertTrue(self.running.wait(lambda: self.running.finished, seconds), "no build came")
        said, ran, builds = self.running.take()
        self.assertNotRegex(said, harness.FAULT)
        return said, ran, builds

    def quiet(self, seconds=0.8):
        """No build comes."""
        came = self.running.wait(lambda: self.running.finished, seconds)
        self.assertFalse(came, "".join(self.running.lines))

    def settles(self, wanted=None, seconds=10):
        """Until public/ is as a clean build makes it; the renderings that ran meanwhile."""
        wanted = self.cold() if wanted is None else wanted
        for _ in range(int(seconds * lab.SLOW / 0.05)):
            if self.public() == wanted:
                break
            self.running.wait(lambda: False, 0.05 / lab.SLOW)
        self.assertEqual(wanted, self.public(), "".join(self.running.lines))
        return self.running.take()

#!/usr/bin/python3
"""The output folder: what is written, what is left alone, where nothing may be written at all."""

import os
import shutil
import subprocess
import time

import harness

GOOD = "# Good\n\nText.\n"
BAD_SETTINGS = {
    "lang: [1]": (1, 7), "title: 1": (1, 8), "url: ftp://a.example": (1, 6),
    "url: a.example": (1, 6),
    "autolinks: maybe": (1, 12), "raw_html: perhaps": (1, 11), "exports: page.html": (1, 10),
    "exports: [1]": (1, 11), "limits: 2": (1, 9), "limits: {seconds: 0}": (1, 19),
    "limits: {seconds: -1}": (1, 19), "limits: {seconds: .nan}": (1, 19),
    "limits: {memory_mb: lots}": (1, 21), "limits: {file_mb: 1e99}": (1, 19),
    "plugins: [faq]": (1, 10),
    "words: {faq: 1}": (1, 14), "- a": (1, 1), "a: 'x": (1, 4), "title: a\ntitle: b": (2, 1),
    "a: &x 1": (1, 4),
}


class Folder(harness.ProgramTest):
    """Output folders that are refused before anything is written."""

    def setUp(self):
        super().setUp()
        self.write({"content/a.md": GOOD, "content/sub/b.md": GOOD, "home/mine.txt": "kept",
                    "other/mine.txt": "kept"})
        self.before = self.tree(".")

    def refused(self, out, **more):
        result = self.build("-o", out, status=2, **more)
        self.assertEqual("", result.out)
        self.assertRegex(self.only_message(result).text, "the output folder may not|cannot")
        self.assertEqual(self.before, self.tree("."))

    def test_the_root_is_refused(self):
        before = set(os.listdir("/"))
        for out in ("/", "//", "/tmp/..", "/./"):
            self.refused(out)
        os.symlink("/", self.folder / "root")
        self.assertIn("may not be /", self.build("-o", "root", status=2).err)
        self.assertEqual(before, set(os.listdir("/")))

    def test_the_home_folder_is_refused(self):
        home = {"HOME": str(self.folder / "home")}
        self.refused("home", env=home)
        self.refused(self.folder / "other/../home/", env=home)
        os.symlink("home", self.folder / "link")
        self.before["link/mine.txt"] = b"kept"
        self.assertIn("home", self.build("-o", "link", status=2, env=home).err)

    def test_the_content_folder_and_what_lies_in_it_is_refused(self):
        for out in ("content", "./content/", "content/sub", "content/new", "content/sub/new",
                    self.folder / "content", "home/../content/new"):
            self.refused(out)
        os.symlink("content", self.folder / "link")
        self.assertIn("content folder", self.build("-o", "link", status=2).err)
        self.assertIn("content folder", self.build("-o", "link/new", status=2).err)
        self.assertFalse((self.folder / "content/new").exists())

    def test_what_holds_the_content_folder_is_refused(self):
        for out in (".", "..", self.folder, self.folder.parent):
            self.refused(out)

    def test_a_site_whose_content_is_a_link_is_no_way_around(self):
        (self.folder / "content").rename(self.folder / "home/content")
        os.symlink("home/content", self.folder / "content")
        self.before = self.tree(".")
        self.refused("home")
        self.refused("home/content/sub")

    def test_an_output_folder_that_is_a_file_is_refused(self):
        self.refused("other/mine.txt")

    def test_an_empty_name_is_not_the_root(self):
        self.build("-o", "", status=(0, 2))
        self.assertLessEqual(set(os.listdir(self.folder)),
                             {".fascia", "content", "home", "other", "public"})


class Writing(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": GOOD, "content/b.md": GOOD})

    def test_what_is_there_already_and_not_ours_is_left_alone(self):
        self.write({"public/mine.txt": "kept", "public/a/mine.txt": "kept"})
        self.build("--only=body.html", "--clean")
        self.assertEqual({"mine.txt": b"kept", "a/mine.txt": b"kept",
                          "a/body.html": b"<p>Text.</p>\n", "b/body.html": b"<p>Text.</p>\n"},
                         self.tree())

    def test_unchanged_outputs_are_not_written_again(self):
        self.build("--only=body.html")
        before = {path: os.stat(path) for path in (self.folder / "public").rglob("*.html")}
        self.write({"content/b.md": "Other.\n"})
        self.assertIn("(1 written)", self.build("--only=body.html").out)
        for path, stat in before.items():
            same = os.stat(path).st_mtime_ns == stat.st_mtime_ns
            self.assertEqual(path.parent.name == "a", same)

    def test_bytes_that_are_there_already_are_not_written_even_when_nothing_is_remembered(self):
        self.build("--only=body.html")
        path = self.folder / "public/a/body.html"
        before = path.stat().st_mtime_ns
        shutil.rmtree(self.folder / ".fascia", ignore_errors=True)
        self.assertIn("(0 written)", self.build("--only=body.html").out)
        self.assertEqual(before, path.stat().st_mtime_ns)

    def test_a_file_is_replaced_and_never_written_into(self):
        self.build("--only=body.html")
        os.link(self.folder / "public/a/body.html", self.folder / "old")
        self.write({"content/a.md": "Other.\n"})
        self.build("--only=body.html")
        self.assertEqual("<p>Text.</p>\n", self.read("old"))
        self.assertEqual("<p>Other.</p>\n", self.read("public/a/body.html"))

    def test_no_temporary_file_is_left(self):
        self.build()
        self.assertEqual([], [path for path in self.tree() if "tmp" in path or "/." in path])

    def test_links_in_the_output_folder_lead_nowhere(self):
        self.write({"elsewhere/body.html": "kept", "kept.html": "kept"})
        (self.folder / "public/b").mkdir(parents=True)
        os.symlink("../elsewhere", self.folder / "public/a")
        os.symlink("../../kept.html", self.folder / "public/b/body.html")
        self.build("--only=body.html", status=1)
        self.assertEqual("kept", self.read("elsewhere/body.html"))
        self.assertEqual("kept", self.read("kept.html"))
        self.assertEqual("<p>Text.</p>\n", self.read("public/b/body.html"))

    def test_a_folder_where_a_file_should_go_is_told_and_the_rest_made(self):
        self.write({"public/a/body.html/mine.txt": "kept", "public/b": "kept"})
        messages = self.build("--only=body.html,article.txt", status=1).messages()
        self.assertEqual(["public/a/body.html"] + ["public/b/" + name for name in
                                                   ("article.txt", "body.html")],
                         [m.path for m in messages])
        self.assertEqual("kept", self.read("public/a/body.html/mine.txt"))
        self.assertEqual("kept", self.read("public/b"))
        self.assertTrue((self.folder / "public/a/article.txt").exists())

    def test_a_bad_article_leaves_its_last_good_outputs(self):
        self.build("--only=body.html")
        before = self.tree()
        self.write({"content/a.md": b"\xff"})
        self.build("--only=body.html", status=1)
        self.assertEqual(before, self.tree())

    def test_only_makes_those_exports_and_no_others(self):
        self.build("--only", "body.html, article.txt")
        self.assertEqual({"a/body.html", "a/article.txt", "b/body.html", "b/article.txt"},
                         set(self.tree()))
        self.build("--only=rss.xml", "-o", "none")
        self.assertEqual({}, self.tree("none"))

    def test_an_unknown_export_in_only_makes_nothing_and_gets_the_nearest(self):
        result = self.build("--only=body.html,page.htm,xyzzy", "--messages=full", status=2)
        self.assertIn("did you mean 'page.html'?", result.err)
        self.assertIn("'xyzzy'", result.err)
        self.assertEqual({}, self.tree())

    def test_the_number_of_workers_changes_nothing(self):
        for jobs in ("1", "2", "64"):
            self.build("-j", jobs, "-o", "out" + jobs)
        self.assertEqual(self.tree("out1"), self.tree("out2"))
        self.assertEqual(self.tree("out1"), self.tree("out64"))


class Together(harness.ProgramTest):
    """Builds that meet, and builds that are cut off."""

    def start(self, *args):
        return subprocess.Popen([str(harness.FASCIA), "build", *args], cwd=self.folder,
                                env=harness.environment(), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_builds_of_one_site_at_once_wait_or_say_so(self):
        self.write({"content/%d.md" % i: "# Article %d\n\nText.\n" % i for i in range(60)})
        self.build("-o", "wanted")
        builds = [self.start() for _ in range(3)]
        ends = []
        for build in builds:
            out, err = build.communicate(timeout=harness.HANGS_SECONDS)
            self.assertNotRegex(err.decode(), harness.FAULT)
            ends.append(build.returncode)
            if build.returncode:
                self.assertRegex(err.decode(), r"\d+")  # who holds the lock
        self.assertIn(0, ends)
        self.assertEqual(self.tree("wanted"), self.tree())

    def test_what_a_killed_build_leaves_does_no_harm(self):
        self.write({"content/%d.md" % i: "# Article %d\n\nText.\n" % i for i in range(20)})
        self.build("-o", "wanted", "--only=body.html")
        wanted = self.tree("wanted")
        self.write({"plugins/slow.lua": harness.PLUGIN % "while true do end",
                    "content/site.yaml": "limits: {seconds: 30}\n"})
        build = self.start("--only=body.html,x.txt")
        time.sleep(0.4 * harness.SLOW)
        workers = self.children(build.pid)
        self.assertTrue(workers)
        build.kill()
        build.communicate()
        for path, made in self.tree().items():
            self.assertEqual(wanted[path], made, path)
        for _ in range(100):
            if not any(os.path.exists("/proc/%s/exe" % worker) for worker in workers):
                break
            time.sleep(0.05)
        else:
            self.fail("its workers live on")
        self.build("--only=body.html")
        self.assertEqual(wanted, self.tree())

    def children(self, parent):
        """Numbers of the processes that it started."""
        found = []
        for path in harness.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if int(fields[1]) == parent:
                found.append(path.parent.name)
        return found


class Settings(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": GOOD})

    def settings(self, text, status=2, *args):
        self.write({"content/site.yaml": text + "\n"})
        return self.build(*args, status=status)

    def test_settings_that_cannot_be_are_told_with_their_place_and_nothing_is_made(self):
        for text, place in BAD_SETTINGS.items():
            with self.subTest(text):
                message = self.only_message(self.settings(text))
                self.assertEqual(("content/site.yaml", "error") + place,
                                 (message.path, message.severity, message.line, message.col))
                self.assertEqual({}, self.tree())

    def test_settings_that_cannot_be_read_as_text(self):
        self.write({"content/site.yaml": b"title: \xff\n"})
        message = self.only_message(self.build(status=2))
        self.assertEqual((1, 8, "file-utf8"), (message.line, message.col, message.code))
        (self.folder / "content/site.yaml").unlink()
        os.mkfifo(self.folder / "content/site.yaml")
        self.assertIn("fifo", self.only_message(self.build(status=2)).text)

    def test_the_same_is_said_for_one_file(self):
        self.write({"content/site.yaml": "lang: [1]\n"})
        for args in (["show"], ["import"], ["export", "body.html"]):
            message = self.only_message(self.fascia(*args, "content/a.md", status=2))
            self.assertEqual((1, 7), (message.line, message.col))
        self.fascia("plugins", status=2)

    def test_an_unknown_key_is_a_warning_with_the_nearest(self):
        result = self.settings("titel: a\nlimits: {second: 1}\nxyzzy: 1", 0, "--messages=full",
                               "--only=body.html")
        self.assertIn("did you mean 'title'?", result.err)
        self.assertIn("did you mean 'seconds'?", result.err)
        self.assertEqual(3, result.err.count("warning:"))
        self.assertEqual(2, result.err.count("did you mean"))

    def test_an_unknown_export_in_the_settings_is_told_with_its_place(self):
        message = self.only_message(self.settings("exports:\n  - body.html\n  - faq.cvs"))
        self.assertEqual((3, 5, "unknown-export"), (message.line, message.col, message.code))
        self.assertEqual({}, self.tree())
        self.assertIn("did you mean 'faq.csv'?", self.build("--messages=full", status=2).err)

    def test_options_for_a_plugin_that_there_is_not_are_a_warning_with_the_nearest(self):
        text = "url: https://a.example\nplugins:\n  feedz: {limit: 5}\n  feeds: {limit: 5}"
        message = self.only_message(self.settings(text, 0, "--only=body.html"))
        self.assertEqual((3, "unknown-plugin"), (message.line, message.code))
        self.assertEqual("there is no plugin 'feedz'", message.text)
        full = self.build("--only=body.html", "--messages=full").err
        self.assertIn("did you mean 'feeds'?", full)

    def test_exports_of_the_settings_are_those_that_are_made(self):
        self.settings("exports: [body.html]", 0)
        self.assertEqual({"a/body.html"}, set(self.tree()))
        self.build("--only=article.txt", "-o", "other")
        self.assertEqual({"a/article.txt"}, set(self.tree("other")))

    def test_empty_settings_are_no_settings(self):
        for text in ("", "# nothing", "---", "title:", "exports: []", "limits: {}", "plugins: {}"):
            self.settings(text, 0, "--only=body.html")
            self.assertEqual({"a/body.html"}, set(self.tree()))


if __name__ == "__main__":
    harness.main()

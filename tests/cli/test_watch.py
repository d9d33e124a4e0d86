#!/usr/bin/python3
"""A running `fascia watch`: what is on disk is always as a clean build would make it. Random edits
with the saves of editors first, then cases that have a name."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "incremental")]

import harness
import lab
from case import SETTINGS, Case, article

SOAK = harness.TESTS / "incremental" / "soak.py"
IS_SLOW = harness.SLOW > 1


class RandomEdits(harness.ProgramTest):
    def test_after_random_edits_all_is_as_a_clean_build_and_only_what_had_to_ran(self):
        edits = os.environ.get("SOAK_EDITS") or ("60" if IS_SLOW else "650")
        env = {**os.environ, "SOAK_EDITS": edits, "SOAK_MINUTES": "",
               "SOAK_SEED": os.environ.get("SOAK_SEED") or "7"}
        # When a save is told depends on the machine's mood: a fault shows with the same seed again.
        for _ in range(2):
            done = subprocess.run(["/usr/bin/python3", str(SOAK), "watch"], env=env, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode == 0:
                break
        print("# " + done.stdout.strip().replace("\n", "\n# "))
        self.assertEqual(0, done.returncode, done.stdout)


class Watched(Case):
    def setUp(self):
        super().setUp()
        self.site()
        self.watch()

    def swap(self, name, text):
        """A save in one step: a temporary file is renamed over the real one."""
        new = self.path(name + ".tmp")
        new.write_text(text)
        new.rename(self.path(name))

    def test_the_feed_shows_b_after_a_was_edited(self):
        self.swap("content/a.md", article("First, edited"))
        self.assertEqual(2, self.settles()[1])
        self.swap("content/b.md", article("Second, edited"))
        self.assertEqual(2, self.settles()[1])

    def test_an_atomic_save_is_one_build(self):
        for n in range(5):
            self.swap("content/a.md", article("First %d" % n))
            _, ran, builds = self.finished()
            self.assertEqual((2, 1), (ran, builds))
            self.quiet(0.3)
        self.assertEqual(self.cold(), self.public())

    def test_a_save_in_several_writes_is_never_shown_half(self):
        whole = article("First", "Words. " * 400)
        for n in range(3):
            with open(self.path("content/a.md"), "w") as file:
                for begin in range(0, len(whole), 500):
                    file.write(whole[begin:begin + 500])
                    file.flush()
                    time.sleep(0.005)
        self.settles()
        self.assertIn("0 errors", self.save_again())

    def save_again(self):
        self.swap("content/a.md", article("Once more"))
        return self.finished()[0]

    def test_a_deleted_article_goes_and_a_renamed_one_moves(self):
        self.path("content/a.md").unlink()
        self.assertEqual(1, self.settles()[1])
        self.path("content/b.md").rename(self.path("content/c.md"))
        self.settles()
        self.assertEqual({"c.txt", "feed.txt"}, set(self.public()))

    def test_another_slug_and_a_draft_move_and_remove_outputs(self):
        self.swap("content/a.md", article("First", slug="moved"))
        self.settles()
        self.swap("content/a.md", article("First", slug="moved", draft="true"))
        self.settles()
        self.swap("content/a.md", article("First"))
        self.settles()
        self.assertEqual({"a.txt", "b.txt", "feed.txt"}, set(self.public()))

    def test_articles_that_change_their_slugs_for_each_other_are_no_error(self):
        self.swap("content/a.md", article("First", slug="b"))
        self.swap("content/b.md", article("Second", slug="a"))
        self.settles()
        self.quiet(0.3)
        self.assertNotIn("path-taken", self.save_again())

    def test_a_list_of_items_that_moves_up_is_no_error(self):
        self.swap("plugins/page.lua", TAGS)
        self.settles()
        self.swap("content/a.md", article("First", tags="[one, two, three]"))
        self.settles()
        self.swap("content/a.md", article("First", tags="[two, three]"))
        said = self.settles()[0]
        self.assertNotIn("path-taken", said)
        self.assertEqual({"two.txt", "three.txt", "feed.txt"}, set(self.public()))

    def test_of_two_renderings_with_one_path_the_other_takes_over(self):
        self.swap("plugins/page.lua", META_PATH)
        self.settles()
        self.swap("content/a.md", article("First", page="one"))
        self.swap("content/b.md", article("Second", page="one"))
        self.settles()
        self.swap("content/a.md", article("First", page="two"))
        self.settles()
        self.assertEqual({"one.txt", "two.txt", "feed.txt"}, set(self.public()))

    def test_a_touch_runs_nothing(self):
        os.utime(self.path("content/a.md"))
        os.utime(self.path("plugins/page.lua"))
        os.utime(self.path("content/site.yaml"))
        time.sleep(0.5)
        self.assertEqual(0, self.running.take()[1])

    def test_a_touch_and_an_edit_at_once_run_only_what_the_edit_needs(self):
        self.swap("plugins/page.lua", LOOKING_AROUND)
        self.settles()
        os.utime(self.path("content/a.md"))
        self.swap("content/b.md", article("Second, edited"))
        ran = self.settles()[1]
        time.sleep(0.3)
        self.assertEqual(3, ran + self.running.take()[1])

    def test_broken_and_half_written_files_keep_the_last_good_output_and_heal(self):
        before = self.public()
        for broken in ("---\ntitle: \"never closed\n---\n", "---\ntitle: one\ntitle: two\n---\n"):
            self.swap("content/a.md", broken)
            said, ran, _ = self.finished()
            self.assertIn("content/a.md:", said)
            self.assertEqual((0, before), (ran, self.public()))
        self.swap("content/a.md", article("First, healed"))
        self.assertEqual(2, self.settles()[1])

    def test_a_file_that_comes_broken_is_made_when_it_heals(self):
        self.swap("content/c.md", "---\ntitle: [\n---\n")
        self.finished()
        self.swap("content/c.md", article("Third"))
        self.assertEqual(2, self.settles()[1])
        self.assertIn("c.txt", self.public())

    def test_an_emptied_file_that_is_written_at_once_is_never_empty(self):
        for n in range(5):
            with open(self.path("content/a.md"), "w") as file:
                time.sleep(0.02)
                file.write(article("First %d" % n))
            said, ran, _ = self.settles()
            self.assertEqual(2, ran, said)

    def test_broken_settings_and_plugins_heal(self):
        good = self.path("content/site.yaml").read_text()
        self.swap("content/site.yaml", "title: [never closed\n")
        self.assertIn("site.yaml", self.finished()[0])
        self.swap("content/site.yaml", good)
        self.finished()
        page = self.path("plugins/page.lua").read_text()
        self.swap("plugins/page.lua", page.replace("return {", "return {{", 1))
        self.assertIn("plugins/page.lua", self.finished()[0])
        self.swap("plugins/page.lua", page.replace("article.title", "'title'"))
        self.settles()

    def test_a_plugin_that_was_given_up_is_tried_again_when_it_or_an_article_changes(self):
        bad = harness.PLUGIN % "if article.title ~= 'Good' then error('no') end return 'good'"
        self.save({"content/%d.md" % n: article("Bad") for n in range(9)})
        self.settles()
        self.save({"plugins/bad.lua": bad, "content/site.yaml": "title: T\n"})
        said = self.finished()[0]
        self.assertIn("plugin-given-up", said)
        self.save({"content/a.md": article("Good")})
        self.finished()
        self.assertEqual(b"good", self.public().get("a/x.txt"))
        self.save({"plugins/bad.lua": bad.replace("error('no')", "return 'mended'")})
        self.settles()
        self.assertEqual(b"mended", self.public().get("8/x.txt"))

    def test_a_save_during_a_build_is_not_lost(self):
        slow = self.path("plugins/page.lua").read_text().replace(
            "out:write", "for i = 1, 2e6 do end out:write", 1)
        self.swap("plugins/page.lua", slow)
        self.settles()
        for n in range(12):
            self.swap("content/a.md", article("First %d" % n))
            self.swap("content/b.md", article("Second %d" % n))
            time.sleep(0.013)
        self.settles()

    def test_saves_within_one_tick_of_the_clock_are_all_seen(self):
        text, others = article("First 00"), {"b.txt": self.public()["b.txt"]}
        for n in range(60):
            for part in range(2):
                self.path("content/a.md").write_text(text.replace("00", "%d%d" % (n % 10, part)))
                time.sleep(0.0005 * (n % 5))
            self.settles({**others, "a.txt": b"First %d1\nSome text.\n" % (n % 10),
                          "feed.txt": b"a First %d1\nb Second\n" % (n % 10)}, seconds=4)

    def test_the_end_of_a_build_is_told_when_all_is_written(self):
        for n in range(20):
            self.swap("content/a.md", article("First %d" % n))
            self.finished()
            self.assertIn(b"First %d" % n, self.public()["a.txt"])
            self.assertIn(b"First %d" % n, self.public()["feed.txt"])

    def test_a_file_rewritten_while_it_is_read_ends_right(self):
        stop = threading.Event()

        def write():
            n = 0
            while not stop.is_set():
                n += 1
                self.path("content/a.md").write_text(article("First %d" % n, "Word. " * (n % 700)))
        thread = threading.Thread(target=write)
        thread.start()
        time.sleep(1)
        stop.set()
        thread.join()
        self.settles()

    def test_a_checkout_of_many_files_is_one_build(self):
        for n in range(300):
            self.path("content/many-%03d.md" % n).write_text(article("Many %d" % n))
        self.settles()
        self.assertLessEqual(self.running.finished, 1)

    def test_folders_made_moved_and_replaced_are_seen(self):
        new = self.folder / "new"
        self.write({"new/deep/x.md": article("X"), "new/y.md": article("Y")})
        new.rename(self.path("content/new"))
        self.settles()
        self.path("content/new/deep").rename(self.path("content/deeper"))
        self.settles()
        shutil.rmtree(self.path("content/new"))
        self.settles()
        self.save({"content/new/z.md": article("Z")})
        self.settles()
        self.assertIn("z.txt", {path.rpartition("/")[2] for path in self.public()})

    def test_a_content_folder_that_vanishes_and_returns_loses_nothing(self):
        before = self.public()
        self.path("content").rename(self.path("away"))
        time.sleep(0.7)
        self.assertEqual(before, self.public())
        self.path("away").rename(self.path("content"))
        time.sleep(0.3)
        self.swap("content/a.md", article("First, edited"))
        self.settles()

    def test_a_required_module_and_a_new_plugin_are_loaded(self):
        self.swap("plugins/page.lua", "")
        self.path("plugins/page.lua").unlink()
        self.save({"plugins/page/say.lua": "return 'one'", "plugins/page/init.lua": REQUIRING})
        self.settles()
        self.swap("plugins/page/say.lua", "return 'two'")
        self.assertEqual(2, self.settles()[1])

    def test_memory_stays_flat_over_many_edits(self):
        edits = int(os.environ.get("SOAK_FLAT", "200" if IS_SLOW else "2000"))
        middle = 0
        for n in range(edits):
            self.swap("content/a.md", article("First %d" % n, "Text %d. " % n * (n % 50 + 1)))
            self.finished()
            if n == edits // 4:
                middle = self.memory()
        self.settles()
        if not IS_SLOW:  # the sanitizer keeps what was freed
            self.assertLess(self.memory() - middle, 1500, "KB more than after a quarter of the edits")

    def memory(self):
        """KB that the parent alone has."""
        rollup = Path("/proc/%d/smaps_rollup" % self.running.process.pid).read_text()
        return int(re.search(r"^Private_Dirty:\s+(\d+)", rollup, re.M).group(1))

    def test_signals_end_it_and_no_child_stays(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            children = Path("/proc/%d/task/%d/children" % ((self.running.process.pid,) * 2))
            pids = children.read_text().split()
            self.assertTrue(pids)
            self.assertEqual(0, self.running.end(number))
            for pid in pids:
                self.assertFalse(Path("/proc/" + pid).exists())
            self.watch()

    def test_a_restart_runs_only_what_was_edited_meanwhile(self):
        self.running.end()
        self.swap("content/a.md", article("First, edited"))
        self.running = lab.Watch(self.path("."))
        _, ran, _ = self.finished()
        self.assertEqual(2, ran)
        self.settles()

    def test_what_a_killed_watch_has_made_is_not_made_again(self):
        for n in range(4):
            self.swap("content/a.md", article("First %d" % n))
            self.finished()
            time.sleep(0.05 * harness.SLOW)  # it says so before it saves
            self.running.end(signal.SIGKILL)
            self.running = lab.Watch(self.path("."))
            self.assertEqual(0, self.finished()[1])
        self.settles()

    def test_a_watch_that_was_killed_begins_again(self):
        for n in range(3 if IS_SLOW else 10):
            self.swap("content/a.md", article("First %d" % n, "Text. " * n * 30))
            self.swap("content/c-%d.md" % n, article("Third %d" % n))
            time.sleep(0.004 * (n % 7))
            self.running.end(signal.SIGKILL)
            self.path("content/c-%d.md" % n).unlink()
            self.running.process.stdout.close()
            self.watch()
            self.settles()


class Checked(Case):
    """Checks wait until it is quiet; a save never waits for them."""

    def setUp(self):
        super().setUp()
        self.site(**{"plugins/slow.lua": SLOW_CHECK,
                     "content/site.yaml": SETTINGS + "limits: {seconds: 30}\n"})

    def watch(self):
        super().watch()
        self.checked("1 warning")

    def checked(self, what, seconds=30):
        """Until checks have run; what was said since the last time."""
        self.assertTrue(self.running.wait(self.are_checked, seconds), self.running.lines)
        said = self.running.take()[0]
        self.assertIn(what, said)
        return said

    def are_checked(self):
        return any(line.startswith("[watch] checks finished") for line in self.running.lines)

    def edit(self, title):
        new = self.path("content/a.md.tmp")
        new.write_text(article(title))
        new.rename(self.path("content/a.md"))

    def same_messages(self, said):
        """At rest they are those of a clean check."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.path("content"), copy / "content")
        shutil.copytree(self.path("plugins"), copy / "plugins")
        clean = self.fascia("check", "copy", "--messages=short", status=(0, 1)).err
        kept = self.fascia("check", "site", "--messages=short", status=(0, 1)).err
        self.assertEqual(clean.replace("copy/", "site/"), kept)
        for line in clean.replace("copy/", "").splitlines():
            self.assertIn(line, said)

    def test_they_run_after_the_build_and_say_what_they_found(self):
        self.watch()
        self.edit("First, edited")
        said = self.checked("First, edited")
        self.assertLess(said.index("build finished"), said.index("checks finished"))
        self.same_messages(said)

    def test_a_save_does_not_wait_for_them_and_they_run_after_the_last(self):
        self.watch()
        for n in range(4):
            self.edit("First %d" % n)
            self.finished()
            time.sleep(0.4)  # they are under way
            self.assertFalse(self.are_checked())
        self.same_messages(self.checked("First 3"))

    def test_what_had_no_time_is_run_by_the_next_process(self):
        for number in (signal.SIGINT, signal.SIGKILL):
            self.watch()
            self.edit("Before %d" % number)
            self.finished()
            time.sleep(0.4)
            begin = time.monotonic()
            self.running.end(number)
            self.assertLess(time.monotonic() - begin, 1 * harness.SLOW)
        self.assertIn("Before 9, ", self.build("site").err)

    def test_a_check_that_never_ends_keeps_no_save_waiting(self):
        self.save({"plugins/slow.lua": SLOW_CHECK.replace("1, 2e8", "1, 1e18"),
                   "content/site.yaml": SETTINGS + "limits: {seconds: 1}\n"})
        super().watch()
        for n in range(3):
            self.edit("First %d" % n)
            self.finished(1)
            time.sleep(0.3)
        self.checked("limit-seconds")


class OutputInside(Case):
    def test_an_output_folder_in_a_watched_folder_starts_no_build(self):
        self.site(**{"content/site.yaml": "exports: [page.html]\n"})
        self.watch("-o", str(self.path("plugins/out")))
        self.quiet()
        self.save({"content/a.md": article("First, edited")})
        self.assertEqual(1, self.finished()[1])
        self.quiet()


TAGS = """return { exports = { ["page.txt"] = { each = function(site)
  local list = {}
  for _, a in ipairs(site:articles()) do for _, tag in ipairs(a.tags) do list[#list + 1] = tag end end
  return list
end, path = function(tag) return tag .. ".txt" end,
render = function(tag, out) out:write(tag) end } } }
"""
META_PATH = """return { exports = { ["page.txt"] = { each = "article",
path = function(article) return (article.meta.page or article.slug) .. ".txt" end,
render = function(article, out) out:write(article.title) end } } }
"""
# About a second of a check of the site.
SLOW_CHECK = """return { checks = { ["all-titles"] = { each = "site", summary = "It names them all",
run = function(site, warn)
  local names = {}
  for _, a in ipairs(site:articles()) do names[#names + 1] = a.title end
  for i = 1, 2e8 do end
  warn(site:articles()[1], table.concat(names, ", "))
end } } }
"""
LOOKING_AROUND = """return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
render = function(article, out, site)
  for _, a in ipairs(site:articles()) do out:write(a.title) end
end } } }
"""
REQUIRING = """local said = require "say"
return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
render = function(article, out) out:write(said, article.title) end } } }
"""

if __name__ == "__main__":
    harness.main()

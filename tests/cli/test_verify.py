#!/usr/bin/python3
"""`fascia verify`: the output folder against a clean build, and the reason of each difference."""

import json
import os
import shutil

import harness

TITLES = """\
return { exports = { ["t.txt"] = { each = "article", path = "{slug}/t.txt",
render = function(article) return article.title end } } }
"""

COUNTER = """\
local count = 0
return { exports = { ["n.txt"] = { each = "article", path = "{slug}/n.txt",
render = function(article)
  count = count + 1
  return article.title .. count
end } } }
"""


class Verify(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/%s.md" % name: "# %s\n\nText.\n" % name for name in "abc"})
        self.write({"content/site.yaml": "exports: [t.txt]\n", "plugins/titles.lua": TITLES})
        self.build()

    def verify(self, *args, status=1, **more):
        """The differences by output; the sum is looked at."""
        result = self.fascia("verify", *args, "--messages=json", status=status, **more)
        lines = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual(len(lines) - 1, lines[-1]["differing"])
        self.sum = lines[-1]
        return {line["output"]: line for line in lines[:-1]}

    def differs(self, output, how, **more):
        found = self.verify(**more)
        self.assertEqual({output: how}, {path: one["differs"] for path, one in found.items()})
        return found[output]

    def test_what_was_just_built_is_the_same(self):
        self.assertEqual({}, self.verify(status=0))
        self.assertEqual({"outputs": 3, "differing": 0}, self.sum)
        self.assertEqual("3 outputs verified, 0 differ\n", self.fascia("verify").out)

    def test_the_sample_site_is_the_same(self):
        shutil.copytree(harness.TESTS.parent / "content", self.folder / "sample/content")
        self.build("sample")
        for jobs in "1", "2", "5":
            self.assertEqual({}, self.verify("sample", "-j", jobs, status=0))
        self.assertGreater(self.sum["outputs"], 20)

    def test_nothing_is_written(self):
        stamps = lambda: {str(path): path.stat().st_mtime_ns for path in self.folder.rglob("*")}
        self.write({"public/a/t.txt": "mine", "content/b.md": "# New\n"})
        os.remove(self.folder / "public/c/t.txt")
        before = stamps()
        self.verify()
        self.assertEqual(before, stamps())

    def test_a_file_changed_by_hand_is_named(self):
        self.write({"public/a/t.txt": "mine"})
        one = self.differs("public/a/t.txt", "changed-by-hand")
        self.assertEqual(("t.txt", "plugins/titles.lua", "content/a.md"),
                         (one["export"], one["plugin_file"], one["article"]))

    def test_a_file_that_was_removed_is_named(self):
        os.remove(self.folder / "public/a/t.txt")
        self.differs("public/a/t.txt", "missing")

    def test_a_folder_in_an_outputs_place_is_named(self):
        os.remove(self.folder / "public/a/t.txt")
        os.mkdir(self.folder / "public/a/t.txt")
        self.differs("public/a/t.txt", "missing")

    def test_an_edit_since_the_last_build_is_the_cause(self):
        self.write({"content/b.md": "# Bee\n"})
        self.assertEqual("content/b.md", self.differs("public/b/t.txt", "stale")["cause"])

    def test_an_edited_plugin_is_the_cause(self):
        self.write({"plugins/titles.lua": TITLES.replace("article.title", '"T"')})
        found = self.verify()
        self.assertEqual({("stale", "plugins/titles.lua")},
                         {(one["differs"], one["cause"]) for one in found.values()})
        self.assertEqual(3, len(found))

    def test_edited_settings_are_the_cause(self):
        self.write({"plugins/titles.lua": TITLES.replace(
            "function(article) return article.title", "function(_, _, site) return site.title or '-'")})
        self.write({"content/site.yaml": "title: One\nexports: [t.txt]\n"})
        self.build()
        self.write({"content/site.yaml": "title: Two\nexports: [t.txt]\n"})
        self.assertEqual({"content/site.yaml"}, {one["cause"] for one in self.verify().values()})

    def test_another_time_is_the_cause(self):
        self.write({"plugins/titles.lua": TITLES.replace(
            "function(article) return article.title", "function(_, _, site) return site.now")})
        self.build()
        found = self.verify(env={"SOURCE_DATE_EPOCH": "86400"})
        self.assertEqual({"site.now"}, {one["cause"] for one in found.values()})

    def test_what_was_not_built_yet_is_told(self):
        self.write({"content/d.md": "# d\n"})
        self.differs("public/d/t.txt", "not-built")

    def test_what_nothing_makes_any_more_is_told_when_it_is_ours(self):
        os.remove(self.folder / "content/b.md")
        self.write({"public/own.txt": "somebody's"})
        self.differs("public/b/t.txt", "left-over")
        self.write({"public/b/t.txt": "somebody's too"})
        self.assertEqual({}, self.verify(status=0))

    def test_a_plugin_that_keeps_state_is_found_out(self):
        self.write({"plugins/counter.lua": COUNTER,
                    "content/site.yaml": "exports: [t.txt, n.txt]\n"})
        self.build("-j", "1")
        found = self.verify("-j", "1")
        self.assertEqual({"public/a/n.txt", "public/c/n.txt"}, set(found))  # b is in the middle
        self.assertEqual({("keeps-state", "plugins/counter.lua", "n.txt")},
                         {(one["differs"], one["plugin_file"], one["export"])
                          for one in found.values()})

    def test_a_broken_article_keeps_its_last_good_outputs(self):
        self.write({"content/b.md": "---\ntitle: [\n---\n"})
        self.build(status=1)
        self.assertEqual({}, self.verify(status=1))
        self.assertEqual("b", self.read("public/b/t.txt"))

    def test_a_failed_rendering_keeps_its_last_good_output(self):
        self.write({"plugins/titles.lua": TITLES.replace(
            "return article.title", "assert(article.title ~= 'b', 'not b') return article.title")})
        self.build(status=1)
        self.assertEqual({}, self.verify(status=1))

    def test_an_output_that_moved_leaves_no_difference_once_built(self):
        self.write({"content/b.md": "---\nslug: bee\n---\n# b\n"})
        found = {path: one["differs"] for path, one in self.verify().items()}
        self.assertEqual({"public/bee/t.txt": "not-built", "public/b/t.txt": "left-over"}, found)
        self.build()
        self.assertEqual({}, self.verify(status=0))

    def test_without_a_record_differences_are_still_found(self):
        shutil.rmtree(self.folder / ".fascia")
        self.assertEqual({}, self.verify(status=0))
        self.write({"public/a/t.txt": "mine"})
        self.differs("public/a/t.txt", "not-built")

    def test_without_outputs_there_is_nothing_to_verify(self):
        shutil.rmtree(self.folder / "public")
        result = self.fascia("verify", status=2)
        self.assertEqual("no-output", self.only_message(result).code)
        self.assertFalse((self.folder / "public").exists())

    def test_another_output_folder_may_be_named(self):
        self.build("-o", "out")
        self.write({"out/a/t.txt": "mine"})
        found = self.verify("-o", "out")
        self.assertEqual({"out/a/t.txt": "changed-by-hand"},
                         {path: one["differs"] for path, one in found.items()})

    def test_many_articles_are_the_same_in_another_order(self):
        self.write({"content/many/%d.md" % i: "---\ntags: [t%d]\n---\n# N %d\n\nWords.\n" % (i % 7, i)
                    for i in range(150)})
        self.write({"content/site.yaml": "url: https://a.example\n"})
        self.build("--clean")
        self.assertEqual({}, self.verify(status=0))


if __name__ == "__main__":
    harness.main()

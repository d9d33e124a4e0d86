#!/usr/bin/python3
"""Builds that go on where the last one ended: never stale, never wasteful, and never a wrong
output, whatever happened to the cache. Random edits first, then cases that have a name."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "incremental")]

import harness
import lab
from case import Case, article

SOAK = harness.TESTS / "incremental" / "soak.py"
IS_SLOW = harness.SLOW > 1


class RandomEdits(harness.ProgramTest):
    def test_after_random_edits_all_is_as_a_clean_build_and_only_what_had_to_ran(self):
        edits = os.environ.get("SOAK_EDITS") or ("100" if IS_SLOW else "1200")
        env = {**os.environ, "SOAK_EDITS": edits, "SOAK_MINUTES": "",
               "SOAK_SEED": os.environ.get("SOAK_SEED") or "7"}
        done = subprocess.run(["/usr/bin/python3", str(SOAK), "build"], env=env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print("# " + done.stdout.strip().replace("\n", "\n# "))
        self.assertEqual(0, done.returncode, done.stdout)


class Edits(Case):
    """Two articles, a page of each, one feed."""

    def setUp(self):
        super().setUp()
        self.site()
        self.same(3)

    def test_nothing_runs_when_nothing_changed(self):
        self.same(0)

    def test_the_feed_shows_b_after_a_was_edited(self):
        self.save({"content/a.md": article("First, edited")})
        self.same(2)
        self.save({"content/b.md": article("Second, edited")})
        self.same(2)

    def test_an_edit_that_a_rendering_does_not_read_does_not_run_it_nor_hide_the_next_one(self):
        self.save({"content/a.md": article("First", "Another text, much longer than before.")})
        self.same(1)
        self.save({"content/a.md": article("First of all", "Another text, much longer than before.")})
        self.same(2)

    def test_an_article_that_is_deleted_goes_from_everything(self):
        self.path("content/a.md").unlink()
        self.same(1)
        self.assertNotIn("a.txt", self.public())

    def test_an_article_that_is_renamed_is_made_there_and_gone_here(self):
        self.path("content/a.md").rename(self.path("content/c.md"))
        self.same(2)
        self.assertIn("c.txt", self.public())

    def test_the_last_article_may_be_deleted(self):
        self.path("content/a.md").unlink()
        self.path("content/b.md").unlink()
        self.same(1)

    def test_another_slug_moves_the_outputs(self):
        self.save({"content/a.md": article("First", slug="moved")})
        self.same(2)
        self.assertIn("moved.txt", self.public())
        self.assertNotIn("a.txt", self.public())

    def test_two_articles_may_change_their_slugs_for_each_other(self):
        self.save({"content/a.md": article("First", slug="b"),
                   "content/b.md": article("Second", slug="a")})
        self.assertEqual("", self.same(3).err)

    def test_a_draft_goes_and_comes_back(self):
        self.save({"content/a.md": article("First", draft="true")})
        self.same(1)
        self.save({"content/a.md": article("First")})
        self.same(2)

    def test_a_draft_that_was_edited_meanwhile_comes_back_as_it_is(self):
        self.save({"content/a.md": article("First", draft="true")})
        self.same(1)
        self.save({"content/a.md": article("Other", draft="true")})
        self.same(0)
        self.save({"content/a.md": article("Other")})
        self.same(2)

    def test_a_taken_slug_goes_to_the_other_when_the_first_gives_it_up(self):
        self.save({"content/b.md": article("Second", slug="a")})
        self.same(1, status=1)
        self.save({"content/a.md": article("First", slug="other")})
        self.same(3)

    def test_a_touched_file_runs_nothing(self):
        for name in ("content/a.md", "content/site.yaml", "plugins/page.lua"):
            os.utime(self.path(name))
        self.same(0)

    def test_rewrapped_text_and_other_quotes_run_nothing(self):
        long = "Words that are many enough for two lines. " * 4
        self.save({"content/a.md": article("First", long.strip())})
        self.same(1)
        self.save({"content/a.md": article('"First"', long.strip().replace(" two ", "\ntwo "))})
        self.same(0)

    def test_a_broken_file_keeps_its_last_good_output_and_heals(self):
        before = self.public()
        for broken in (b"---\ntitle: \"never closed\n---\n", b"---\ntitle: half \xc3", b"---\na: 1\na: 2\n---\n"):
            self.save({"content/a.md": broken})
            count, result = self.warm(status=1)
            self.assertEqual((0, before), (count, self.public()))
            self.assertIn("content/a.md", result.err)
        self.save({"content/a.md": article("First, healed")})
        self.same(2)

    def test_a_file_that_comes_broken_is_made_when_it_heals(self):
        self.save({"content/c.md": "---\ntitle: [\n---\n"})
        self.same(0, status=1)
        self.save({"content/c.md": article("Third")})
        self.same(2)
        self.assertIn("c.txt", self.public())

    def test_an_empty_file_is_what_a_clean_build_makes_of_it(self):
        self.save({"content/a.md": b""})
        self.warm(status=(0, 1))
        self.assertEqual(self.cold(), self.public())
        self.save({"content/a.md": article("First")})
        self.same(2)

    def test_broken_settings_change_nothing_and_heal(self):
        before = self.public()
        good = self.path("content/site.yaml").read_bytes()
        self.save({"content/site.yaml": "title: [never closed\n"})
        self.build("site", status=2)
        self.assertEqual(before, self.public())
        self.save({"content/site.yaml": good})
        self.same(0)

    def test_an_export_that_is_no_longer_asked_for_goes_and_comes_back(self):
        good = self.path("content/site.yaml").read_bytes()
        self.save({"content/site.yaml": "exports: [page.txt]\n"})
        self.same(0)
        self.save({"content/site.yaml": good})
        self.same(1)

    def test_an_export_left_out_by_only_is_made_up_for(self):
        self.save({"content/a.md": article("First, edited")})
        self.assertEqual(1, self.warm("--only", "page.txt")[0])
        self.same(1)

    def test_a_plugin_with_an_error_runs_again_when_it_is_mended(self):
        good = self.path("plugins/page.lua").read_bytes()
        self.save({"plugins/page.lua": good.replace(b"article.title", b"article.titel")})
        before = self.public()
        self.assertEqual(2, self.warm(status=1)[0])
        self.assertEqual(before, self.public(), "the last good outputs")
        self.assertEqual(0, self.warm(status=1)[0])
        self.save({"plugins/page.lua": good})
        self.same(2)

    def test_an_output_that_somebody_changed_or_removed_is_made_again(self):
        self.path("public/a.txt").write_text("mine")
        self.path("public/b.txt").unlink()
        self.same(2)

    def test_what_somebody_changed_is_kept_with_a_warning_when_nothing_makes_it(self):
        self.path("public/a.txt").write_text("mine")
        self.path("content/a.md").unlink()
        _, result = self.warm()
        self.assertIn("[output-kept]", result.err)
        self.assertEqual("mine", self.path("public/a.txt").read_text())

    def test_files_of_others_in_the_output_folder_stay(self):
        self.save({"public/mine/note.txt": "mine"})
        self.path("content/a.md").unlink()
        self.warm()
        self.assertEqual("mine", self.path("public/mine/note.txt").read_text())

    def test_the_same_messages_come_again_without_running_anything(self):
        self.save({"plugins/page.lua": self.path("plugins/page.lua").read_text().replace(
            "out:write", "require('fascia').warn(article, 'look', 'look') out:write", 1)})
        _, first = self.warm()
        count, again = self.warm()
        self.assertEqual((0, first.err), (count, again.err))
        self.assertIn("[look]", again.err)

    def test_a_taken_slug_is_told_by_every_build(self):
        self.save({"content/c.md": article("Third", slug="a")})
        for _ in range(3):
            self.assertIn("[slug-taken]", self.warm(status=1)[1].err)

    def test_the_time_of_the_build_comes_and_goes_with_the_environment(self):
        self.save({"plugins/page.lua": NOW})
        self.warm()
        newest = self.public()
        for epoch, year in (("1000000000", b"2001"), ("1000000000", b"2001"), ("2000000000", b"2033")):
            self.build("site", env={"SOURCE_DATE_EPOCH": epoch})
            self.assertEqual(year, self.public()["a.txt"][:4])
        self.warm()
        self.assertEqual(newest, self.public())

    def test_two_output_folders_do_not_mix(self):
        self.save({"content/a.md": article("First, edited")})
        self.assertEqual(3, self.warm("-o", self.folder / "other")[0])
        self.same(2)
        self.assertEqual(lab.tree(self.folder / "other"), self.public())


class Plugins(Case):
    def test_a_required_module_that_is_edited_runs_what_requires_it(self):
        self.site(**{"plugins/page/init.lua": """local say = require "say"
            return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
            render = function(article, out) out:write(say(article.title)) end } } }""",
                     "plugins/page/say.lua": "return function(text) return text end"})
        self.path("plugins/page.lua").unlink()
        self.same(3)
        self.save({"plugins/page/say.lua": "return function(text) return text .. '!' end"})
        self.same(2)

    def test_a_module_that_is_not_required_any_more_runs_nothing(self):
        self.site(**{"plugins/more/one.lua": "return 1", "plugins/more/two.lua": "return 2",
                     "plugins/more/init.lua": MORE % "one"})
        self.save({"content/site.yaml": "exports: [more.txt]\n"})
        self.same(2)
        self.save({"plugins/more/init.lua": MORE % "two"})
        self.same(2)
        self.save({"plugins/more/one.lua": "return 11"})
        self.same(0)
        self.save({"plugins/more/two.lua": "return 22"})
        self.same(2)

    def test_a_template_and_what_it_includes_are_parts_of_the_plugin(self):
        self.site(**{"plugins/t.html": '{% include "part.html" %}', "plugins/part.html": "<p>one</p>",
                     "plugins/page.lua": """local fascia = require "fascia"
            local template = fascia.template.file("t.html")
            return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
            render = function(article, out) template(out, {}) end } } }"""})
        self.same(3)
        self.save({"plugins/part.html": "<p>two</p>"})
        self.same(2)

    def test_an_export_that_another_plugin_makes_now_runs(self):
        self.site(**{"plugins/zone.lua": EXPORT % ("page.txt", "zone")})
        self.warm(status=1)  # page.lua makes it already
        self.path("plugins/page.lua").unlink()
        self.same(2)

    def test_an_export_for_each_of_another_list_is_counted_anew(self):
        self.site(**{"content/a.md": article("First", LISTS), "plugins/page.lua": EACH % "article.faq"})
        self.same(4)
        self.save({"plugins/page.lua": EACH % "article.sections"})
        self.same(1)

    def test_a_failing_list_of_items_keeps_their_outputs(self):
        self.site(**{"plugins/page.lua": ITEMS % "return { 'x', 'y' }"})
        self.same(3)
        before = self.public()
        self.save({"plugins/page.lua": ITEMS % "error('no list today')"})
        self.warm(status=1)
        self.assertEqual(before, self.public())
        self.save({"plugins/page.lua": ITEMS % "return { 'x' }"})
        self.same(1)

    def test_of_two_renderings_with_one_path_the_other_takes_over(self):
        self.site(**{"content/a.md": article("First", page="one"),
                     "content/b.md": article("Second", page="one"), "plugins/page.lua": META_PATH})
        self.warm(status=1)
        self.assertEqual(self.cold(), self.public())
        self.save({"content/a.md": article("First", page="two")})
        self.warm()
        self.assertEqual(self.cold(), self.public())

    def test_a_key_with_a_dot_that_was_looked_for_is_found_when_it_comes(self):
        self.site(**{"plugins/page.lua": """return { exports = { ["page.txt"] = { each = "article",
            path = "{slug}.txt", render = function(article, out)
              local inner = article.meta["a.b"]
              out:write(inner and tostring(inner.c) or "none") end } } }""",
                     "content/a.md": article("First", **{"a.b": "{d: 1}"})})
        self.same(3)
        self.save({"content/a.md": article("First", **{"a.b": "{d: 1, c: 2}"})})
        self.same(1)

    def test_a_hundred_articles_read_by_one_rendering_are_never_stale(self):
        self.site(**{"content/many/%03d.md" % n: article("Title %d" % n) for n in range(100)},
                  **{"plugins/feed.lua": """return { exports = { ["feed.txt"] = { each = "site",
            path = "feed.txt", render = function(site, out)
              for _, a in ipairs(site:articles()) do out:write(a.title, #a.sections, a.meta.k or "") end
            end } } }"""})
        self.same(103)
        self.save({"content/many/050.md": article("Title 50", "## New\n\nText.")})
        self.same(2)
        self.save({"content/many/051.md": article("Title 51", k="key")})
        self.same(1)


MORE = """local n = require "%s"
return { exports = { ["more.txt"] = { each = "article", path = "{slug}/more.txt",
render = function(article, out) out:write(tostring(n)) end } } }
"""
EXPORT = """return { exports = { ["%s"] = { each = "article", path = "{slug}.txt",
render = function(article, out) out:write("%s") end } } }
"""
EACH = """return { exports = { ["page.txt"] = { each = "%s", path = "{slug}{-n}.txt",
render = function(item, out) out:write(item.id) end } } }
"""
ITEMS = """return { exports = { ["page.txt"] = { each = function() %s end,
path = function(item) return item .. ".txt" end,
render = function(item, out) out:write(item) end } } }
"""
META_PATH = """return { exports = { ["page.txt"] = { each = "article",
path = function(article) return (article.meta.page or article.slug) .. ".txt" end,
render = function(article, out) out:write(article.title) end } } }
"""
NOW = """return { exports = { ["page.txt"] = { each = "article", path = "{slug}.txt",
render = function(article, out, site) out:write(site.now) end } } }
"""
LISTS = "## FAQ\n\n### One?\n\nYes.\n\n### Two?\n\nNo.\n\n### Three?\n\nPerhaps.\n"


TAGS = """local function by_key(a, b) return a.key < b.key end
return { exports = { ["page.txt"] = { path = "tag/%s.txt",
each = function(site)
  local list, by_tag = {}, {}
  for _, article in ipairs(site:articles()) do
    for _, tag in ipairs(article.tags) do
      local item = by_tag[tag]
      if not item then
        item = { key = tag, articles = {} }
        by_tag[tag], list[#list + 1] = item, item
      end
      table.insert(item.articles, article)
    end
  end
  table.sort(list, by_key)
  return list
end,
render = function(tag, out)
  for _, article in ipairs(tag.articles) do out:write(article.title, "\\n") end
end } } }
"""
QUESTIONS = """return { exports = { ["page.txt"] = { path = "{key}.txt",
each = function(site)
  local list = {}
  for _, article in ipairs(site:articles()) do
    for _, pair in ipairs(article.faq) do
      list[#list + 1] = { key = article.slug .. "-" .. pair.id, pair = pair }
    end
  end
  return list
end,
render = function(item, out) out:write(item.pair.question, item.pair.answer.text) end } } }
"""


class Items(Case):
    """What an `each` function gives: three tags, a and c of the one article, a and b of the other,
    and the feed."""

    def tags(self, path="{key}"):
        self.site(**{"content/a.md": article("First", tags="[a, c]"),
                     "content/b.md": article("Second", tags="[a, d]"),
                     "plugins/page.lua": TAGS % path})
        self.same(4)

    def test_a_tag_in_the_middle_runs_alone(self):
        self.tags()
        self.save({"content/b.md": article("Second", tags="[a, b, d]")})
        self.same(1)
        self.assertEqual(b"Second\n", self.public()["tag/b.txt"])

    def test_a_tag_that_goes_takes_its_output_with_it_and_comes_back(self):
        self.tags()
        self.save({"content/b.md": article("Second", tags="[a]")})
        self.same(0)
        self.assertNotIn("tag/d.txt", self.public())
        self.save({"content/b.md": article("Second", tags="[a, d]")})
        self.same(1)

    def test_an_edit_reaches_the_items_that_read_it(self):
        self.tags()
        self.save({"content/a.md": article("First of all", tags="[a, c]")})
        self.same(3)
        self.save({"content/a.md": article("First of all", "Other text.", tags="[a, c]")})
        self.same(0)

    def test_another_article_in_an_item_reaches_that_item(self):
        self.tags()
        self.save({"content/c.md": article("Third", tags="[c]")})
        self.same(2)

    def test_other_code_makes_all_items_anew(self):
        self.tags()
        self.save({"plugins/page.lua": (TAGS % "{key}").replace("a.key < b.key", "a.key > b.key")})
        self.same(3)
        self.assertEqual(0, self.warm()[0])

    def test_items_in_another_order_are_the_same(self):
        order = TAGS.replace("a.key < b.key", "a.articles[1].title < b.articles[1].title")
        self.site(**{"content/a.md": article("First", tags="[c]"),
                     "content/b.md": article("Second", tags="[d]"),
                     "plugins/page.lua": order % "{key}"})
        self.same(3)
        self.save({"content/a.md": article("Zeroth", tags="[c]")})
        self.same(2)

    def test_a_number_in_the_path_is_part_of_the_output(self):
        self.tags("{n}")
        self.save({"content/b.md": article("Second", tags="[a, b, d]")})
        self.same(3)

    def test_paths_may_be_made_of_slugs(self):
        self.site(**{"content/a.md": article("First", tags="[Hot Tea]"),
                     "plugins/page.lua": TAGS % "{slug}"})
        self.same(2)
        self.assertIn("tag/hot-tea.txt", self.public())

    def test_a_part_of_an_article_is_read_by_its_own_rendering(self):
        self.site(**{"content/a.md": article("First", LISTS),
                     "content/b.md": article("Second", LISTS), "plugins/page.lua": QUESTIONS})
        self.same(7)
        self.save({"content/a.md": article("First", LISTS.replace("No.", "Never."))})
        self.same(1)
        self.save({"content/a.md": article("First", LISTS.replace("### Two?\n\nNo.\n\n", ""))})
        self.same(1)  # what was the third is the second now
        self.save({"content/a.md": article("First", "Words.\n\n" + LISTS)})
        self.same(2)  # and the third again

    def test_what_is_held_back_is_made_later(self):
        self.tags()
        self.save({"content/b.md": article("Second", tags="[a, b, d]")})
        self.assertEqual(0, self.warm("--only=feed.txt")[0])
        self.assertNotIn("tag/b.txt", self.public())
        self.same(1)

    def test_a_failed_list_is_asked_again_when_what_it_read_changes(self):
        picky = (TAGS % "{key}").replace("local item", "assert(tag ~= 'bad') local item")
        self.site(**{"content/a.md": article("First", tags="[a]"), "plugins/page.lua": picky})
        self.same(2)
        self.save({"content/a.md": article("First", tags="[a, bad]")})
        self.warm(status=1)
        self.assertIn("tag/a.txt", self.public())
        self.save({"content/a.md": article("First", tags="[a, good]")})
        self.same(1)

    def test_watching_is_the_same(self):
        self.tags()
        self.watch()
        self.save({"content/b.md": article("Second", tags="[a, b, d]")})
        self.assertEqual(1, self.settles()[1])
        self.save({"content/b.md": article("Second, edited", tags="[a, b, d]")})
        self.assertEqual(4, self.settles()[1])
        self.save({"content/b.md": article("Second, edited", tags="[b]")})
        self.assertEqual(1, self.settles()[1])


class Lists(Case):
    """The built-in lists: two articles on a page, so three pages, and tag pages."""

    def setUp(self):
        super().setUp()
        files = {"content/%s.md" % name: self.dated(name) for name in "abcdef"}
        self.save({**files, "content/site.yaml": self.SETTINGS % 2})
        self.same(6 + 3 + 3)

    SETTINGS = ("url: https://t.example\nplugins: {index: {per_page: %d}}\n"
                "exports: [page.html, index.html, index-page.html, index-tag.html]\n")
    DAYS = {"a": 6, "b": 5, "c": 4, "d": 3, "e": 2, "f": 1}
    TAGS = {"a": "[tea]", "b": "[tea, Pots]", "c": "[pots]", "d": "[]", "e": "[tea, cups]", "f": "[]"}

    def dated(self, name, title=None, tags=None, day=None):
        return article(title or name, date="2024-01-0%d" % (day or self.DAYS[name]),
                       tags=tags or self.TAGS[name])

    def changes(self, ran, *paths, **files):
        """These and no other outputs are written, by so many renderings, after a save."""
        before = self.public()
        self.save({"content/%s.md" % name: text for name, text in files.items()})
        self.same(ran)
        after = self.public()
        self.assertEqual(sorted(paths), sorted(path for path in {**before, **after}
                                               if before.get(path) != after.get(path)))

    def test_a_title_reaches_the_pages_that_show_it_and_no_others(self):
        self.changes(3, "a/index.html", "index.html", "tags/tea/index.html", a=self.dated("a", "A!"))
        self.changes(3, "c/index.html", "page/2/index.html", "tags/pots/index.html",
                     c=self.dated("c", "C!"))
        self.changes(4, "e/index.html", "page/3/index.html", "tags/tea/index.html",
                     "tags/cups/index.html", e=self.dated("e", "E!"))
        self.changes(2, "f/index.html", "page/3/index.html", f=self.dated("f", "F!"))

    def test_a_body_reaches_its_own_page_only(self):
        self.changes(1, "d/index.html", d=self.dated("d") + "\n## More\n")

    def test_a_new_tag_makes_its_page_and_is_linked(self):
        self.changes(3, "d/index.html", "page/2/index.html", "tags/spoons/index.html",
                     d=self.dated("d", tags="[Spoons]"))
        self.changes(2, "d/index.html", "page/2/index.html", "tags/spoons/index.html",
                     d=self.dated("d"))

    def test_a_new_article_moves_the_others_up(self):
        self.changes(5, "g/index.html", "index.html", "page/2/index.html", "page/3/index.html",
                     "page/4/index.html", g=self.dated("g", tags="[]", day=9))

    def test_another_size_makes_other_pages(self):
        self.save({"content/site.yaml": self.SETTINGS % 3})
        self.same(2)
        self.assertNotIn("page/3/index.html", self.public())
        self.save({"content/site.yaml": self.SETTINGS % 6})
        self.same(1)
        self.assertNotIn("page/2/index.html", self.public())


class Damage(Case):
    """Whatever happened to the cache: at worst one clean build, never a wrong output."""

    def setUp(self):
        super().setUp()
        self.site(**{"content/more/%02d.md" % n: article("Title %d" % n) for n in range(10)})
        self.warm()
        self.random = random.Random(os.environ.get("SOAK_SEED", "7"))

    def cache(self, name):
        return next(self.path(".fascia").glob("*/" + name))

    def edit(self):
        """Something to do: an edit, a deletion, an addition."""
        n = self.random.randrange(10 ** 6)
        self.save({"content/a.md": article("Edited %d" % n, "Text. " * self.random.randint(1, 40)),
                   "content/new-%d.md" % n: article("New %d" % n)})
        chosen = self.random.choice(sorted(self.path("content/more").glob("*.md")))
        chosen.rename(chosen.with_name("moved-%d.md" % n))

    def right(self, said=""):
        self.warm()
        self.assertEqual(self.cold(), self.public(), said)
        self.assertEqual(0, self.warm()[0], "the next build finds all done: " + said)

    def spoil(self, name, how, said):
        self.cache(name).write_bytes(how(self.cache(name).read_bytes()))
        self.edit()
        if name == "state":
            self.sweep()
        self.right("%s of %s" % (said, name))

    def sweep(self):
        """Who lost the state no longer knows which outputs are ours: what nothing makes any more
        may stay, as it was."""
        before = self.public()
        self.warm()
        left = set(self.public()) - set(self.cold())
        for path in left:
            self.assertEqual(before[path], self.path("public/" + path).read_bytes())
            self.path("public/" + path).unlink()

    def test_an_empty_or_missing_file_of_the_cache_costs_a_clean_build(self):
        for name in ("state", "images"):
            self.spoil(name, lambda _: b"", "emptying")
            self.cache(name).unlink()
            self.edit()
            self.sweep()
            self.right("loss of " + name)

    def test_a_cut_off_file_of_the_cache_costs_a_clean_build(self):
        for name in ("state", "images"):
            for _ in range(3 if IS_SLOW else 10):
                self.spoil(name, lambda data: data[:self.random.randrange(len(data))], "cutting")

    def test_flipped_bits_in_the_cache_cost_a_clean_build(self):
        def flip(data):
            data = bytearray(data or b"\0")
            for _ in range(self.random.choice((1, 1, 5, 100))):
                data[self.random.randrange(len(data))] ^= 1 << self.random.randrange(8)
            return bytes(data)
        for name in ("state", "images"):
            for _ in range(4 if IS_SLOW else 20):
                self.spoil(name, flip, "flipping bits")

    def test_noise_behind_the_state_is_not_believed(self):
        for _ in range(2 if IS_SLOW else 8):
            noise = self.random.randbytes(self.random.randrange(1, 400))
            self.cache("state").write_bytes(self.cache("state").read_bytes() + noise)
            self.edit()
            self.right("noise")

    def test_a_state_that_lost_its_end_still_tells_which_outputs_are_ours(self):
        for _ in range(2 if IS_SLOW else 8):
            self.edit()
            self.warm()
            state = self.cache("state").read_bytes()
            self.cache("state").write_bytes(state[:-self.random.randrange(1, 60)])
            self.edit()
            self.right("a lost end")

    def test_an_update_adds_little_to_the_state(self):
        self.save({"content/many-%d.md" % n: article("Many %d" % n) for n in range(200)})
        time.sleep(0.1)  # a file that is younger than a tick of its clock is looked at again
        self.warm()
        whole = self.cache("state").stat().st_size
        self.warm()
        self.assertLess(self.cache("state").stat().st_size - whole, 200)
        self.save({"content/many-7.md": article("Many 7", "Other text.")})
        self.assertEqual(1, self.warm()[0])
        self.assertLess(self.cache("state").stat().st_size - whole, 4000)

    def test_another_fascia_removes_what_the_one_before_it_made(self):
        """An upgrade: the cache is of no use, but what the older program wrote goes with its article."""
        other = self.folder / "other" / "build" / "fascia"
        other.parent.mkdir(parents=True)
        shutil.copy(harness.FASCIA, other)
        (other.parent.parent / "plugins").symlink_to(harness.FASCIA.parent.parent / "plugins")
        chosen = sorted(self.path("content/more").glob("*.md"))
        chosen[0].unlink()
        subprocess.run([str(other), "build", "site"], cwd=self.folder, check=True,
                       env=harness.environment(), capture_output=True, stdin=subprocess.DEVNULL)
        self.assertEqual(self.cold(), self.public())
        chosen[1].unlink()
        self.right("back again")

    def test_the_state_of_another_version_costs_a_clean_build(self):
        self.spoil("state", lambda data: b"FSS9" + data[4:], "another magic number")
        self.spoil("state", lambda data: data[:8] + b"another!" + data[16:], "another version")

    def test_the_cache_of_another_site_is_not_believed(self):
        self.write({"other/content/a.md": article("Other"), "other/plugins/page.lua": "return {}",
                    "other/content/site.yaml": "title: Other\nexports: [article.json]\n"})
        self.build("other")
        for file in (self.folder / "other" / ".fascia").glob("*/*"):
            shutil.copy(file, self.cache("state").parent / file.name)
        self.sweep()
        self.right("a copied cache")

    def test_a_cache_that_went_with_its_site_is_believed_or_given_up(self):
        shutil.copytree(self.path("."), self.folder / "moved", symlinks=True)
        shutil.rmtree(self.path("."))
        (self.folder / "moved").rename(self.path("."))
        self.edit()
        self.right("a moved site")

    def test_a_cache_that_cannot_be_written_is_a_warning(self):
        shutil.rmtree(self.path(".fascia"))
        self.save({".fascia": "a file where the folder should be"})
        self.edit()
        _, result = self.warm()
        self.assertIn("[no-cache]", result.err)
        self.all_there()

    @contextlib.contextmanager
    def small_disk(self):
        """A file system of 16 KB where the cache is."""
        shutil.rmtree(self.path(".fascia"))
        self.path(".fascia").mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", self.path(".fascia")],
                              capture_output=True)
        if done.returncode != 0:
            self.skipTest("a small file system can be mounted by root only")
        try:
            yield
        finally:
            subprocess.run(["umount", self.path(".fascia")], check=True)

    def all_there(self):
        """What a clean build makes is there; what was deleted may be, too."""
        made = self.public()
        for path, data in self.cold().items():
            self.assertEqual(data, made.get(path), path)

    def test_a_full_disk_makes_nothing_wrong(self):
        with self.small_disk():
            for _ in range(3):
                self.edit()
                self.warm(status=(0, 1))
                self.all_there()
        self.sweep()
        self.right("a full disk")

    def test_a_cache_that_became_read_only_makes_nothing_wrong(self):
        with self.small_disk():
            self.warm()
            subprocess.run(["mount", "-o", "remount,ro", self.path(".fascia")], check=True)
            for _ in range(2):
                self.edit()
                self.assertIn("[no-cache]", self.warm()[1].err)
                self.all_there()
        self.sweep()
        self.right("a read-only cache")

    def test_a_build_killed_at_any_moment_is_made_good(self):
        for n in range(8 if IS_SLOW else 40):
            self.edit()
            process = subprocess.Popen([str(harness.FASCIA), "build", "site"], cwd=self.folder,
                                       env=harness.environment(), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.random.random() * 0.04 * harness.SLOW)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if n % 2:
                self.edit()
            if n % 3 == 0:
                self.right("a killed build")

    def test_a_second_build_waits_for_the_first(self):
        self.save({"plugins/page.lua": self.path("plugins/page.lua").read_text().replace(
            "out:write", "for i = 1, 3e6 do end out:write", 1)})
        first = subprocess.Popen([str(harness.FASCIA), "build", "site"], cwd=self.folder,
                                 env=harness.environment(), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.05 * harness.SLOW)
        self.right("two at a time")
        self.assertEqual(0, first.wait())


if __name__ == "__main__":
    harness.main()

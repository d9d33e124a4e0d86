#!/usr/bin/python3
"""fascia new: plugins, articles and sites that pass their own tests, and nothing written over."""

import os
import re
import subprocess
import time

import harness

CODES = re.compile(r"\x1b\[[0-9;]*m")
BUILT_IN = harness.TESTS.parent / "plugins"
SKELETON = harness.TESTS.parent / "core" / "skeleton"


class New(harness.ProgramTest):
    def new(self, *args, status=0, **more):
        return self.fascia("new", *args, status=status, **more)

    def new_site(self):
        self.new("site", ".")
        return self.folder

    def refused(self, *args, status=2):
        """The one message; nothing was written."""
        before = self.tree(".")
        message = self.only_message(self.new(*args, status=status))
        self.assertEqual(before, self.tree("."))
        return message


class NewSite(New):
    def test_a_new_site_is_built_without_a_warning(self):
        result = self.new("site", "green-tea")
        self.assertIn("\nmake everything: fascia build green-tea\n", result.out)
        self.assertEqual("", self.build("green-tea", "--strict").err)
        self.assertIn("<h1>Green tea</h1>", self.read("green-tea/public/index.html"))

    def test_no_check_finds_anything_in_what_is_new(self):
        self.new("site", ".")
        self.new("article", "How long: does tea keep?")
        self.new("plugin", "x")
        for severity in ("0 errors", "0 warnings", "0 info"):
            self.assertIn(severity, self.fascia("check", "--strict").out)

    def test_its_first_article_shows_what_is_understood(self):
        self.new("site", "tea")
        article = self.fascia("export", "article.json",
                              "tea/content/loose-tea-or-tea-bags.md").json()
        for field in ("faq", "pros", "cons", "comparisons", "facts", "recommendations"):
            self.assertTrue(article[field], field)

    def test_every_setting_is_explained_and_every_example_of_one_is_right(self):
        source = (harness.TESTS.parent / "core" / "settings.c").read_text()
        known = re.findall(r'STR_INIT\("(\w+)"\), KIND', source)
        self.assertIn("title", known)
        lines = (SKELETON / "site/content/site.yaml").read_text().splitlines()
        examples = [re.sub("^# (?=[a-z_]+: )", "", line) for line in lines]
        self.assertEqual(sorted(known), sorted(line.split(":")[0] for line in examples
                                               if re.match("[a-z_]+:", line)))
        self.write({"content/site.yaml": "\n".join(examples) + "\n", "content/a.md": "# A\n\nB.\n"})
        self.assertEqual("", self.build("--only", "index.html").err)

    def test_a_folder_without_letters_gives_a_title_all_the_same(self):
        self.new("site", "--", "++")
        self.assertIn("title: My site\n", self.read("++/content/site.yaml"))

    def test_a_folder_that_cannot_be_made_is_named(self):
        self.write({"file": "x"})
        message = self.only_message(self.new("site", "file/site", status=3))
        self.assertRegex(message.path, "^file")

    def test_what_is_there_is_kept_and_nothing_is_added(self):
        self.write({"content/site.yaml": "title: Mine\n"})
        message = self.refused("site", ".", status=1)
        self.assertEqual(("content/site.yaml", "exists"), (message.path, message.code))

    def test_a_file_of_the_whole_site_is_left_as_it_is(self):
        self.write({".gitignore": "mine\n"})
        self.assertNotIn(".gitignore", self.new("site", ".").out)
        self.assertEqual("mine\n", self.read(".gitignore"))


class NewArticle(New):
    def setUp(self):
        super().setUp()
        self.new_site()

    def model(self, path):
        return self.fascia("export", "article.json", path).json()

    def test_a_name_becomes_a_title(self):
        self.assertIn("content/green-tea.md", self.new("article", "green-tea").out)
        self.assertEqual("Green tea", self.model("content/green-tea.md")["title"])

    def test_a_title_becomes_a_name_and_is_quoted_where_it_must_be(self):
        for title, file in [("Tea: hot or cold?", "tea-hot-or-cold"), ("- \"Q\" #1", "q-1"),
                            ("Ünïcödé", "ünïcödé"), ("1984", "1984"), ("no", "no")]:
            self.new("article", "--", title)
            model = self.model("content/%s.md" % file)
            self.assertEqual(title if title != "no" else "No", model["title"])
        self.assertEqual("", self.build("--strict").err)

    def test_folders_stand_before_the_name(self):
        self.new("article", "news/may/First flush.md")
        self.assertEqual("First flush", self.model("content/news/may/first-flush.md")["title"])

    def test_the_date_is_today_or_what_is_asked_for(self):
        self.new("article", "a")
        days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + d)) for d in (-5, 0)]
        self.assertIn(self.model("content/a.md")["date"], days)
        self.new("article", "b", env={"SOURCE_DATE_EPOCH": "86400"})
        self.assertEqual("1970-01-02", self.model("content/b.md")["date"])

    def test_names_that_cannot_be(self):
        for name in ("", " ", "???", "../a", "/a", "a/../b", "a//b", ".a/b", "a/.b/c", "a\nb",
                     os.fsdecode(b"\xff"), "x" * 300, "a\\b/c"):
            message = self.refused("article", name)
            self.assertEqual("name", message.code, name)
            self.assertNotRegex(message.text, r"[\x00-\x1f]")

    def test_nothing_is_written_over(self):
        self.write({"content/tea.md": "mine\n"})
        message = self.refused("article", "Tea", status=1)
        self.assertEqual(("content/tea.md", "exists"), (message.path, message.code))

    def test_a_link_to_nothing_is_not_written_through(self):
        os.symlink("elsewhere", self.folder / "content" / "tea.md")
        self.refused("article", "tea", status=1)
        self.assertFalse((self.folder / "content" / "elsewhere").exists())

    def test_outside_of_a_site_there_is_no_place_for_it(self):
        self.assertEqual("no-content", self.refused("article", "a", "public-of-nobody").code)


class NewPlugin(New):
    def setUp(self):
        super().setUp()
        self.new_site()

    def test_a_new_plugin_passes_its_test(self):
        self.new("plugin", "x")
        self.assertRegex(self.fascia("test", "x").out, r"\n2 passed, 0 failed\n$")
        self.assertEqual("", self.build("--strict").err)
        self.assertTrue((self.folder / "public/loose-tea-or-tea-bags/x.csv").is_file())

    def test_what_it_says_to_do_next_works_from_where_it_was_said(self):
        for site in ([], ["."], ["../" + self.folder.name]):
            name = "x%d" % len(site) + ("up" if "../" in "".join(site) else "")
            said = self.new("plugin", name, *site).out
            command = re.search(r"fascia (test .*)", said)[1].split()
            self.assertIn("2 passed", self.fascia(*command).out)

    @harness.need("luacheck")
    def test_luacheck_has_nothing_to_say(self):
        self.new("plugin", "my-plugin_2")
        built_in = [path.stem for path in BUILT_IN.glob("*.lua") if "_test" not in path.stem]
        for name in built_in:
            self.new("plugin", name, "--copy")
        done = subprocess.run(["luacheck", "."], cwd=self.folder, text=True, capture_output=True)
        self.assertRegex(CODES.sub("", done.stdout), "Total: 0 warnings / 0 errors in %d files"
                         % (2 * len(built_in) + 2))

    @harness.need("luacheck")
    def test_luacheck_knows_what_a_plugin_cannot_have(self):
        self.new("plugin", "x")
        self.write({"plugins/y.lua": "return io.open\n", "plugins/z.lua": "return render\n"})
        done = subprocess.run(["luacheck", "."], cwd=self.folder, text=True, capture_output=True)
        self.assertRegex(CODES.sub("", done.stdout), "Total: 2 warnings")

    def test_what_tests_may_use_is_what_there_is(self):
        library = (harness.TESTS.parent / "core/prelude/test.lua").read_text()
        there = set(re.findall(r"^(?:function )?globals\.(\w+)", library, re.M))
        allowed = (SKELETON / "tools/.luacheckrc").read_text().partition("read_globals")[2]
        self.assertEqual(there - {"assert"}, set(re.findall(r'"(\w+)"', allowed)))

    def test_the_files_of_the_whole_site_are_written_once(self):
        self.assertIn(".luacheckrc", self.new("plugin", "x").out)
        self.write({".luacheckrc": "mine\n"})
        self.assertNotIn(".luacheckrc", self.new("plugin", "y").out)
        self.assertEqual("mine\n", self.read(".luacheckrc"))

    def test_an_editor_finds_what_plugins_meet_also_after_an_upgrade(self):
        library = '"workspace.library": [".fascia/types"]'
        self.new("plugin", "x")
        self.assertIn(library, self.read(".luarc.json"))
        self.assertEqual(self.fascia("types").out, self.read(".fascia/types/fascia.lua"))
        self.write({".fascia/types/fascia.lua": "of an older program\n"})
        self.assertIn("wrote .fascia/types/fascia.lua\n", self.new("plugin", "y").out)
        self.assertNotIn(".fascia", self.new("plugin", "z").out)
        self.assertEqual(self.fascia("types").out, self.read(".fascia/types/fascia.lua"))
        self.assertEqual("", self.build("--strict").err)

    def test_nothing_is_written_over_and_each_file_in_the_way_is_named(self):
        self.write({"plugins/x.lua": "mine\n", "plugins/x_test/example.md": "mine\n"})
        before = self.tree(".")
        said = self.new("plugin", "x", status=1).messages()
        self.assertEqual(["plugins/x.lua", "plugins/x_test/example.md"], [m.path for m in said])
        self.assertEqual(before, self.tree("."))

    def test_a_plugin_that_is_a_folder_has_the_name_as_well(self):
        self.write({"plugins/x/init.lua": "return {}\n"})
        self.assertEqual("plugins/x/init.lua", self.refused("plugin", "x", status=1).path)

    def test_names_that_cannot_be(self):
        for name in ("", "My plugin!", "-x", "a/b", "../x", "a.b", "1st", "ü", "fascia", "x_test",
                     os.fsdecode(b"\xff\x1b[2J"), "x" * 61):
            message = self.refused("plugin", "--", name)
            self.assertEqual("name", message.code, name)
            self.assertNotRegex(message.text, r"[\x00-\x1f]")
        full = self.new("plugin", "My plugin!", "--messages=full", status=2)
        self.assertIn("\nhelp: 'my-plugin' would do\n", full.err)

    def test_a_built_in_plugin_is_not_replaced_unasked(self):
        self.assertIn("'faq' is a built-in plugin", self.refused("plugin", "faq").text)
        self.new("plugin", "faq", "--copy")
        for file in ("faq.lua", "faq_test.lua", "faq_test/faq.jsonld"):
            self.assertEqual((BUILT_IN / file).read_text(), self.read("plugins/" + file))
        self.assertIn("(of this site)", self.fascia("plugins").out)
        self.assertRegex(self.fascia("test", "faq").out, r"\n[0-9]+ passed, 0 failed\n$")

    def test_a_copy_has_all_that_belongs_to_the_plugin_alone(self):
        for path in BUILT_IN.glob("*_test"):
            self.new("plugin", path.name[:-len("_test")], "--copy")
            files = {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}
            self.assertEqual(files, set(self.tree("plugins/" + path.name)))

    def test_only_a_built_in_plugin_can_be_copied(self):
        message = self.refused("plugin", "nobody", "--copy")
        self.assertIn("no built-in plugin 'nobody'", message.text)
        self.new("article", "a", "--copy", status=2)
        self.new("site", "a", "--copy", status=2)

    def test_what_fails_half_way_is_taken_back(self):
        self.write({"plugins/x_test": "a file where a folder should be\n"})
        message = self.refused("plugin", "x", status=3)
        self.assertIn("plugins/x_test/", message.path)


class Usage(New):
    def test_what_is_new_is_one_of_three_things(self):
        for args in (["plugn", "x"], ["site", "a", "b"], ["plugin"], ["plugin", "a", ".", "b"]):
            self.assertIn("[usage]", self.new(*args, status=2).err)
        self.assertEqual({}, self.tree("."))


if __name__ == "__main__":
    harness.main()

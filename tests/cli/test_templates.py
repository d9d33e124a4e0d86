#!/usr/bin/python3
"""Templates: their errors point into them, a site's own go before the built-in ones, and an edit
runs what has used the template and nothing else."""

import re

import harness


class Errors(harness.ProgramTest):
    TEMPLATE = """\
        local fascia = require "fascia"
        local page = fascia.template.file("templates/x.html")
        return { exports = { ["x.html"] = { each = "article", path = "{slug}/x.html",
          render = function(article, out) page(out, { article = article }) end } } }
        """

    ARTICLE = """\
        ---
        title: T
        date: 2026-01-01
        summary: S
        ---

        ## FAQ

        ### Why?

        So.
        """

    def template_message(self, *lines, **files):
        self.write({"content/a.md": self.ARTICLE,
                    "content/site.yaml": "url: https://e.org", "plugins/x.lua": self.TEMPLATE,
                    "plugins/templates/x.html": "\n".join(lines) + "\n", **files})
        return self.only_message(self.build("-o", "out", status=1))

    def test_an_error_in_a_template_points_into_it_and_at_content(self):
        message = self.template_message(
            "<p>", "{% for _, pair in ipairs(article.faq) do %}",
            "<b>{{ pair.question }}</b> <i>{{ pair.anser.text }}</i>", "{% end %}")
        self.assertEqual(("plugins/templates/x.html", 3, 39, "content/a.md", 9),
                         (message.path, message.line, message.col, message.also.path,
                          message.also.line))
        self.assertIn("did you mean 'answer'?", message.text)
        self.assertIn("'x.html' was reading faq[1]", message.also.text)

    def test_an_error_in_an_included_template_points_into_that(self):
        message = self.template_message(
            "<p>", "", '{% include "part.html" %}',
            **{"plugins/templates/part.html": "<i>\n\n\n{{ article.titel }}</i>"})
        self.assertEqual(("plugins/templates/part.html", 4, 12),
                         (message.path, message.line, message.col))
        full = self.build("--only=x.html", "--messages=json", status=1).json_messages()[0]
        self.assertEqual([("content/a.md", 1), ("plugins/templates/x.html", 3),
                          ("plugins/x.lua", 4)],
                         [(r["path"], r["line"]) for r in full["related"]])

    def test_a_template_that_is_wrong_points_into_it(self):
        for lines, line, col, text in (
                (["<p>", "{{ x + }}"], 2, 1, "this is no Lua expression"),
                (["<p>", "  {% for do %}", "{% end %}"], 2, 10, "<name> expected near 'do'"),
                (["é {{ x"], 1, 3, "never closed"),
                (['<a href="{{ x }}{{ x }}">'], 1, 17, "cannot be made safe here"),
                (["", '<b>{% include "y.html" %}'], 2, 4,
                 'there is no template "templates/y.html"; did you mean "/templates/x.html"?')):
            message = self.template_message(*lines)
            self.assertEqual(("plugins/templates/x.html", line, col),
                             (message.path, message.line, message.col))
            self.assertIn(text, message.text)

    def test_a_built_in_template_has_its_real_path(self):
        self.write({"plugins/templates/head.html": "<title>{{ nothing.x }}</title>\n",
                    "content/a.md": "# A\n"})
        message = self.only_message(self.build("--only=page.html", "--messages=short", status=1))
        self.assertEqual(("plugins/templates/head.html", 1), (message.path, message.line))
        related = self.build("--only=page.html", "--messages=json",
                             status=1).json_messages()[0]["related"]
        paths = [harness.Path(r["path"]) for r in related]
        self.assertTrue(any(p.name == "page.html" and p.is_file() and p.is_absolute()
                            for p in paths), paths)


class Overrides(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": "# A\n\nText.\n\n## FAQ\n\n### Why?\n\nSo.\n"})

    def test_a_site_replaces_a_page_without_its_plugin(self):
        self.write({"plugins/templates/page.html": "<h1>{{ article.title }}</h1>\n"})
        self.build("--only=page.html,faq.html")
        self.assertEqual("<h1>A</h1>\n", self.read("public/a/index.html"))
        self.assertIn("<!DOCTYPE html>", self.read("public/a/faq.html"))

    def test_a_site_replaces_a_part_of_every_page(self):
        self.write({"plugins/templates/head.html": "<title>Mine</title>\n",
                    "plugins/templates/style.css": "never { used: here }\n"})
        self.build("--only=page.html,faq.html,index.html")
        for page in ("a/index.html", "a/faq.html", "index.html"):
            self.assertIn("<head>\n<title>Mine</title>\n", self.read("public/" + page))
            self.assertNotIn("never", self.read("public/" + page))

    def test_a_site_replaces_the_style_alone(self):
        self.write({"plugins/templates/style.css": "a { color: red }\n"})
        self.build("--only=page.html")
        page = self.read("public/a/index.html")
        self.assertIn("<style>\na { color: red }\n</style>", page)
        self.assertIn("<title>A</title>", page)

    def test_a_site_may_use_a_layout_of_its_own(self):
        self.write({
            "plugins/templates/base.html": '<title>{% block "title" %}{% end %}</title>'
                                           "<main>{{{ content }}}</main>\n",
            "plugins/templates/page.html": '{% layout "base.html" %}\n'
                                           '{% block "title" %}{{ article.title }}!{% end %}\n'
                                           "{{{ article.html }}}"})
        self.build("--only=page.html")
        self.assertRegex(self.read("public/a/index.html"),
                         r"\A<title>A!</title><main>\s*<p>Text.</p>(.|\n)*</main>\n\Z")


TWO = """\
    local fascia = require "fascia"
    local one, two = fascia.template.file("templates/one.html"), %s
    local function export(name, template)
      return { each = "article", path = "{slug}/" .. name, render = function(article, out)
        template(out, { article = article }) end }
    end
    return { exports = { ["one.html"] = export("one.html", one),
      ["two.html"] = export("two.html", two),
      ["none.txt"] = export("none.txt", function(out) out:write(%s) end) } }
    """


class Edits(harness.ProgramTest):
    def setUp(self):
        super().setUp()
        self.write({"content/a.md": "# A\n\nText.\n", "content/b.md": "# B\n\nText.\n",
                    "plugins/two.lua": TWO % ('fascia.template.file("templates/two.html")', '"-"'),
                    "plugins/templates/one.html": 'one {% include "part.html" %}\n',
                    "plugins/templates/two.html": "two {{ article.title }}\n",
                    "plugins/templates/part.html": "part {{ article.title }}"})
        self.runs()

    def runs(self, files=None, status=0):
        """How many renderings a build runs after these changes; then nothing is stale."""
        self.write({"plugins/" + name: text for name, text in (files or {}).items()})
        said = self.build(status=status)
        if not status:
            self.fascia("verify")
        return int(re.search(r"(\d+) renderings? run", said.out + said.err).group(1))

    def test_an_edit_of_a_template_runs_the_exports_that_used_it(self):
        self.assertEqual(0, self.runs())
        self.assertEqual(2, self.runs({"templates/two.html": "2 {{ article.title }}\n"}))
        self.assertEqual(2, self.runs({"templates/part.html": "Part"}))
        self.assertEqual("one Part\n", self.read("public/a/one.html"))
        self.assertIn("the template 'templates/part.html' changed",
                      self.fascia("why", "public/a/one.html").out)
        self.assertNotIn("part.html", self.fascia("why", "public/a/two.html").out)
        self.assertEqual(0, self.runs({"templates/other.html": "nobody's"}))

    def test_what_is_included_no_more_is_forgotten(self):
        self.assertEqual(2, self.runs({"templates/one.html": "alone\n"}))
        self.assertEqual(0, self.runs({"templates/part.html": "nobody's\n"}))
        self.assertEqual(2, self.runs({"templates/one.html": '{% include "part.html" %}'}))
        self.assertEqual(2, self.runs({"templates/part.html": "again\n"}))

    def test_an_edit_of_the_plugin_runs_all_of_it(self):
        self.assertEqual(6, self.runs({
            "two.lua": TWO % ('fascia.template.file("templates/two.html")', '"+"')}))
        self.assertEqual(2, self.runs({"templates/part.html": "Part\n"}))

    def test_a_template_that_was_broken_for_a_while_runs_nothing(self):
        self.runs({"templates/one.html": "{{ x"}, status=1)
        self.assertEqual("one part A\n", self.read("public/a/one.html"))
        self.assertEqual(0, self.runs({"templates/one.html": 'one {% include "part.html" %}\n'}))

    def test_what_changed_while_another_was_broken_runs_when_that_is_mended(self):
        self.runs({"templates/one.html": "{{ x", "templates/two.html": "second\n"}, status=1)
        self.assertEqual(4, self.runs({"templates/one.html": "first\n"}))
        self.assertEqual("second\n", self.read("public/a/two.html"))

    def test_whether_a_template_can_be_had_is_code(self):
        good = "local good, two = pcall(fascia.template.file, 'templates/two.html')"
        text = TWO.replace("local one, two =", good + " local one =").replace(", %s\n", "\n", 1)
        text = text.replace('export("two.html", two)', 'export("two.html", one)')
        self.assertEqual(6, self.runs({"two.lua": text % "tostring(good)"}))
        self.assertEqual(6, self.runs({"templates/two.html": "{{ x"}))
        self.assertEqual("false", self.read("public/a/none.txt"))
        self.assertEqual(6, self.runs({"templates/two.html": "well"}))
        self.assertEqual("true", self.read("public/a/none.txt"))


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""Templates: their errors point into them, and a site's own go before the built-in ones."""

import harness


class Errors(harness.ProgramTest):
    TEMPLATE = """\
        local fascia = require "fascia"
        local page = fascia.template.file("templates/x.html")
        return { exports = { ["x.html"] = { each = "article", path = "{slug}/x.html",
          render = function(article, out) page(out, { article = article }) end } } }
        """

    def template_message(self, *lines, **files):
        self.write({"content/a.md": "---\ntitle: T\ndate: 2026-01-01\n---\n\n## FAQ\n\n### Why?\n",
                    "content/site.yaml": "url: https://e.org", "plugins/x.lua": self.TEMPLATE,
                    "plugins/templates/x.html": "\n".join(lines) + "\n", **files})
        return self.only_message(self.build("-o", "out", status=1))

    def test_an_error_in_a_template_points_into_it_and_at_content(self):
        message = self.template_message(
            "<p>", "{% for _, pair in ipairs(article.faq) do %}",
            "<b>{{ pair.question }}</b> <i>{{ pair.anser.text }}</i>", "{% end %}")
        self.assertEqual(("plugins/templates/x.html", 3, 39, "content/a.md", 8),
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


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""Markdown that is made, read back by cmark-gfm."""

import json
import urllib.parse

import harness
from judged import JudgedTest


class Markdown(JudgedTest):
    """article.md read by cmark-gfm gives the HTML of body.html."""

    def events(self, source):
        """What the HTML says: its elements and their words, without what renderers differ in."""
        events = []

        def walk(element, pre):
            for child in element.children:
                if isinstance(child, str):
                    if child.strip() or pre:
                        events.append(child if pre else " ".join(child.split()))
                elif child.tag == "input":
                    events.append("checked" if "checked" in child.attributes else "unchecked")
                else:
                    kept = {name: urllib.parse.unquote(value) if name in ("href", "src") else value
                            for name, value in child.attributes.items()
                            if name in ("href", "src", "alt", "title", "start", "align")
                            or (name == "class" and (value or "").startswith("language-"))}
                    events.append((child.tag, tuple(sorted(kept.items()))))
                    walk(child, pre or child.tag == "pre")
                    events.append("/" + child.tag)

        walk(self.html(source), False)
        return events

    def rendered(self, path):
        done = self.judge("cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e",
                          "tasklist", path)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.decode()

    @harness.need("cmark-gfm")
    def test_article_md_reads_back_as_the_body(self):
        for path in self.each("article.md"):
            body = (path.parent / "body.html").read_text()
            article = self.article(path)
            events = self.events(self.rendered(path))
            end = events.index("/h1")
            self.assertEqual(("h1", ()), events[0])
            self.assertEqual(" ".join(article["title"].split()),
                             " ".join(event for event in events[1:end]))
            self.assertEqual(self.events(body), events[end + 1:])

    @harness.need("cmark-gfm")
    def test_a_pipe_in_code_in_a_table_is_read_as_cmark_gfm_does(self):
        self.write({"a.md": "| a |\n|---|\n| `x\\|y` \\| |\n"})
        body = self.fascia("export", "body.html", "a.md").out
        self.assertEqual(self.events(self.rendered(self.folder / "a.md")), self.events(body))

    @harness.need("cmark-gfm")
    def test_faq_md_reads_back_as_questions_and_answers(self):
        for path in self.each("faq.md"):
            wanted = []
            for pair in self.article(path)["faq"]:
                wanted += [("h2", ()), " ".join(pair["question"].split()), "/h2"]
                wanted += self.events(pair["answer"]["html"])
            self.assertEqual(wanted, self.events(self.rendered(path)))

    @harness.need("cmark-gfm")
    def test_comparison_md_reads_back_as_one_table(self):
        for path in self.each("comparison*.md"):
            table = json.loads(path.with_suffix(".json").read_text())
            root = self.html(self.rendered(path))
            cells = [[cell.text() for cell in row.all("th", "td")] for row in root.all("tr")]
            lines = [[table["factor"] or "", *table["subjects"]]]
            lines += [[row["factor"], *row["cells"]] for row in table["rows"]]
            self.assertEqual([[" ".join(cell.split()) for cell in line] for line in lines], cells)


if __name__ == "__main__":
    harness.main()

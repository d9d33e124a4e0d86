#!/usr/bin/python3
"""Content that is meant ill: it ends within the deadline with a message at its place, everything else
is made, and no text leaves the place in an output that it was written to."""

import csv
import io
import json
import re
import xml.dom.minidom

import harness

GOOD = "---\ndate: 2026-01-01\n---\n\n# Good\n\nText.\n"

# Read well or refused with one of these codes; never more.
LIMITS = {"limit-seconds", "limit-output", "limit-memory", "markdown-limit", "yaml-limit",
          "too-large"}

MANY = {
    "brackets": "[" * 50000 + "]" * 50000,
    "open-links": "[a](" * 20000,
    "wide-table": "|a" * 10000 + "\n" + "|-" * 10000 + "\n" + "|b\n" * 3000,
    "references": "[x]: /" + "u" * 4000 + "\n\n" + "[x] " * 60000,
    "autolinks": "www._" * 60000,
    "addresses": "a@b." * 60000,
    "quotes": ">" * 50000,
    "lists": "".join("  " * i + "- a\n" for i in range(1000)),
    "emphasis": "*a _b " * 60000,
    "backticks": "".join("`" * i + " " for i in range(1, 1000)),
    "entities": "&#x110000;&#0;&#xD800;&amp" * 20000,
    "tags": "<div " * 50000 + "<!--" * 50000,
    "one-line": "x" * 3000000,
    "headings": "# h\n" * 50000,
    "questions": "".join("## Q%d?\n\nA.\n\n" % i for i in range(10000)),
    "pros": "## Pros of X\n\n" + "- a\n" * 50000,
    "tables": "| F | A | B |\n|--|--|--|\n| x | y | z |\n\n" * 5000,
    "many-tags": "---\ntags: [%s]\n---\n" % ", ".join("t%d" % i for i in range(9000)),
    "deep-yaml": "---\na: " + "[" * 30000 + "\n---\n",
    "long-yaml": "---\n" + "".join("k%d: v\n" % i for i in range(20000)) + "---\n",
}
PASTED = {
    "pasted-lines": "a\n" * 300000,
    "pasted-questions": "Q: a?\nA: b\n" * 20000,
    "pasted-tabs": "a\tb\tc\n" * 30000,
    "pasted-marks": "✔ a\n✖ b\n" * 30000,
    "pasted-pipes": "|" * 300000,
    "pasted-capitals": "Abc" * 200000,
}


class Amounts(harness.ProgramTest):
    def test_too_much_of_anything_costs_its_own_article_at_most(self):
        self.write({"content/good.md": GOOD, "content/site.yaml":
                    "autolinks: true\nlimits: {seconds: %d}\n" % (2 * harness.SLOW)})
        self.build("-o", "wanted", "--only=article.txt,body.html")
        self.write({"content/%s.md" % name: text for name, text in MANY.items()})
        self.write({"content/%s.txt" % name: text for name, text in PASTED.items()})
        result = self.build("--only=article.txt,body.html", status=(0, 1))
        made = self.tree()
        self.assertLessEqual(self.tree("wanted").items(), made.items())
        for message in result.messages():
            if message.severity == "error":
                self.assertIn(message.code, LIMITS)
                self.assertRegex(message.path + message.text, r"content/[\w-]+\.(md|txt)")
        failed = {re.search(r"content/([\w-]+)\.", m.path + m.text).group(1)
                  for m in result.messages() if m.severity == "error"}
        for name in {**MANY, **PASTED}.keys() - failed:
            self.assertIn(name + "/article.txt", made)


ACTIVE = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)",
          "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)", "&#1;javascript:alert(1)",
          "<java\tscript:alert(1)>", "vbscript:x", "data:text/html,x"]


class Contexts(harness.ProgramTest):
    def make(self, text, site=""):
        self.write({"content/site.yaml": 'url: https://example.org\ntitle: "S</script>]]>"\n' + site,
                    "content/a.md": text})
        return self.build(status=(0, 1))

    def test_addresses_that_run_code_are_in_no_output_and_each_is_told(self):
        links = "".join("[x](%s)\n" % url for url in ACTIVE)
        result = self.make("---\ndate: 2026-01-01\n---\n\n# A\n\n%s\n## FAQ\n\n### Why?\n\n"
                           "So [y](javascript:z) <vbscript:w> ![i](javascript:v)\n" % links)
        told = [m.line for m in result.messages() if m.code == "active-url"]
        self.assertEqual(list(range(7, 7 + len(ACTIVE))), told[:len(ACTIVE)])
        self.assertEqual(len(ACTIVE) + 3, len(told))
        for path, content in self.tree().items():
            for text in (content.decode(), content.decode().replace("\\", "")):
                self.assertNotRegex(text, r"(?i)(href|src)=[\"'\s]*(java|vb)\s*script:", path)
                self.assertNotRegex(text, r"(?i)\]\(<?\s*(java|vb)[\s&#0-9;]*script:", path)
            self.assertNotIn("data:text/html", content.decode(), path)

    def test_raw_HTML_is_kept_or_escaped_as_the_site_says(self):
        raw = "# A\n\n<script>alert(1)</script>\n\nText <b onclick=x>bold</b>\n"
        self.make(raw)
        self.assertIn("<script>alert(1)", self.read("public/a/body.html"))
        self.make(raw, "raw_html: escape\n")
        for path in ("a/body.html", "a/index.html", "index.html"):
            body = self.read("public/" + path).partition("<h1")[2]
            self.assertNotRegex(body, "<script>alert|<b onclick", path)

    EVIL = '</script><script>alert(1)</script> ]]> " \' & <img src=x onerror=y> --> {{x}}'
    ARTICLE = """---
title: %(text)s
summary: %(text)s
author: %(text)s
tags: [%(text)s]
date: 2026-01-01
---

Lede.

## FAQ

### =Is it \\</script> ]]\\>, "really"?

=1+1 \\</script> ]]\\> @x
""" % {"text": json.dumps(EVIL + "\x01\x0b\x1b\x7f")}

    def test_text_stays_where_it_was_written(self):
        self.make(self.ARTICLE, "raw_html: escape\n")
        for path, content in self.tree().items():
            text = content.decode()
            if path.endswith((".html", ".xml")):
                self.assertNotRegex(text, "[\x00-\x08\x0b\x0e-\x1f]", path)
                self.assertNotIn("<script>alert", text, path)
                self.assertNotIn("<img src=x", text, path)
            if path.endswith(".xml"):
                xml.dom.minidom.parseString(content)
            if path.endswith((".json", ".jsonld")):
                json.loads(text)
                self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f]", path)
            if path.endswith(".jsonld"):
                self.assertNotRegex(text, "[<>&]", path)
        scripts = re.findall(r"(?s)<script[^>]*ld\+json[^>]*>(.*?)</script>",
                             self.read("public/a/index.html"))
        self.assertTrue(scripts)
        for script in scripts:
            json.loads(script)

    def test_cells_stay_cells(self):
        self.make(self.ARTICLE)
        rows = list(csv.reader(io.StringIO(self.read("public/a/faq.csv"), newline="")))
        self.assertEqual(2, len(rows))
        self.assertEqual(len(rows[0]), len(rows[1]))
        self.assertIn('=Is it </script> ]]>, "really"?', rows[1])
        self.make(self.ARTICLE, "plugins: {faq: {formula_guard: true}}\n")
        rows = list(csv.reader(io.StringIO(self.read("public/a/faq.csv"), newline="")))
        for cell in rows[1]:
            self.assertNotRegex(cell, r"\A[=@]")


if __name__ == "__main__":
    harness.main()

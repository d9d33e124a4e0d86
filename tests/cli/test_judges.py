#!/usr/bin/python3
"""What is made, judged by independent programs: xmllint, feedparser, miller, cmark-gfm, Python."""

import csv
import io
import json
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
from pathlib import Path

import harness
import judge_html

try:
    import feedparser
except ImportError:
    feedparser = None

ROOT = harness.TESTS.parent
URL = "https://judges.example/base/"

# Text that tries to break out of whatever it is put in.
HARD = """\
---
title: 'Hard <b>&amp; "quoted"</b> ''text'' ]]> </script><!-- \u2028 — end'
date: 2025-06-07T23:59:59-03:30
updated: 2025-06-08
authors: ["Ann <ann@a.example>", "O'Neil, Zoë"]
tags: ["a,b", "<c>", "d \\"e\\"", " = 1+1"]
summary: 'Sum & <mary> ]]> "x"'
id: hard/one two
faq:
  - question: 'Is </script> <script>alert("1")</script> a "question", or not?'
    answer: 'Yes: `</script>`, **bold**, ]]> & [a link](../other/?a=1&b=2#c "t").'
  - question: '=HYPERLINK("x")'
    answer: |
      +1, "two"

      - three
      - four\\
        five
---

Lede with <b>raw</b> HTML, a [link](other.html) and ![an "image"](a%20b.png).

## Comparison & "Quotes"

| Feature, or | A "quoted" | B \\| pipe |
|---|---|---|
| Line, one | `code` | =1+1 |
| "All" | [x](y) | @home<br>two |

## FAQ

### What about `code` & *stars*?

A paragraph with trailing backslash\\\\ and
a second line.

> A quote.

```html
<p>no</p>
```
"""

# What CommonMark writes in more than one way, for article.md to write in one.
MARKDOWN = """\
# Round Trip

Plain *emphasis*, **strong**, ***both***, _under_, __score__, `code`, ``co`de``, ` `` `, ~~gone~~.
Intra*word*emphasis, 2 \\* 3 * 4, snake_case_name, \\_x\\_, 1\\. no list, a\\
hard break, another  
here. &copy; &amp; &lt;b&gt; < > & " ' \\` \\\\ \\# # \\[a\\](b) [a] !\\[x\\](y) https://bare.example

Setext *one*
============

Setext two
----------

### Closed ###

#### # hashes \\##

- tight
- list
  - nested

    loose inside
  - nested
- + deep
  + er

* other

* loose

1) one
2) two
   ```lang info
   code
   ```

7. seven
8. eight

> quote
> > nested
> - list in quote
lazy

    indented code

        deeper

```
fence with ``` inside? no
~~~
```

~~~~ html
```
~~~
~~~~

<div>
html *block*
</div>

Inline <span title="a > b">html</span> and <!-- comment --> end.

[inline](<a b> "t'i\\"t") [paren](a(b)c) [ref][r] [r] [empty]() <https://auto.example/?a=b&c=d> <m@a.example>

![alt *text*](i.png 'title') [![badge](b.png)](link)

| a | b | c | d |
|---|:--|:-:|--:|
| `x\\|y` | \\| | *e* | |
| 1 | 2 |

- [ ] open
- [x] done

***
---
___

Ends with a number
1986\\. Yes. \\- no \\+ no \\> no

+ a

  b
+ c

[r]: <ref url> (ref title)
"""


class Judged(harness.ProgramTest):
    """One site for all judges: the sample content, and text that tries to break out."""

    @classmethod
    def setUpClass(cls):
        cls.site = Path(tempfile.mkdtemp(prefix="fascia-judges-"))
        cls.addClassCleanup(shutil.rmtree, cls.site, ignore_errors=True)
        shutil.copytree(ROOT / "content", cls.site / "content")
        settings = cls.site / "content/site.yaml"
        text = settings.read_text() if settings.exists() else ""
        settings.write_text(re.sub(r"(?m)^(url|title|exports):.*\n", "", text) +
                            "\nurl: %s\ntitle: 'Judges & <Co>'\n" % URL)
        (cls.site / "content/hard.md").write_text(HARD)
        (cls.site / "content/round.md").write_text(MARKDOWN)
        for site in sorted((harness.TESTS / "golden").glob("*/content")):
            for path in site.glob("*.md"):
                shutil.copy(path, cls.site / "content" / ("%s-%s" % (site.parent.name, path.name)))
        done = subprocess.run([str(harness.FASCIA), "build", "--messages=short"], cwd=cls.site,
                              env=harness.environment(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=harness.HANGS_SECONDS)
        if done.returncode:
            raise AssertionError(done.stderr.decode())
        cls.public = cls.site / "public"

    def outputs(self, pattern):
        found = sorted(path for path in self.public.rglob(pattern))
        self.assertTrue(found, pattern)
        return found

    def each(self, pattern):
        """Each output that has this name, as a subtest."""
        for path in self.outputs(pattern):
            with self.subTest(str(path.relative_to(self.public))):
                yield path

    def articles(self):
        """article.json by folder."""
        return {path.parent: json.loads(path.read_text()) for path in self.outputs("article.json")}

    def judge(self, *command, **more):
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, **more)


class Json(Judged):
    def strict(self, path):
        def once(pairs):
            keys = [key for key, _ in pairs]
            self.assertEqual(len(set(keys)), len(keys), "a key twice in %s" % path)
            return dict(pairs)

        def refuse(constant):
            self.fail("%s in %s" % (constant, path))
        return json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=once,
                          parse_constant=refuse)

    def test_every_json_file_is_strictly_json(self):
        for pattern in ("*.json", "*.jsonld"):
            for path in self.each(pattern):
                self.strict(path)

    def test_faq_jsonld_is_an_FAQPage_of_the_articles_answers(self):
        for path in self.each("faq.jsonld"):
            page, article = self.strict(path), self.articles()[path.parent]
            self.assertEqual(("https://schema.org", "FAQPage"), (page["@context"], page["@type"]))
            self.assertEqual([pair["question"] for pair in article["faq"]],
                             [question["name"] for question in page["mainEntity"]])
            for question, pair in zip(page["mainEntity"], article["faq"]):
                self.assertEqual(("Question", "Answer"),
                                 (question["@type"], question["acceptedAnswer"]["@type"]))
                answer = judge_html.read(question["acceptedAnswer"]["text"])
                self.assertEqual(judge_html.read(pair["answer"]["html"]).text(), answer.text())
                for link in answer.all("a"):
                    self.assertRegex(link.attributes["href"], r"\A(https?|mailto):")

    def test_comparison_json_has_the_models_shape(self):
        for path in self.each("comparison*.json"):
            table = self.strict(path)
            number = re.search(r"-(\d+)", path.stem)
            self.assertEqual(self.articles()[path.parent]["comparisons"]
                             [int(number[1]) - 1 if number else 0], table)
            for row in table["rows"]:
                self.assertEqual(len(table["subjects"]), len(row["cells"]))


class Feeds(Judged):
    def dated(self):
        """The articles that feeds hold, newest first."""
        dated = [article for article in self.articles().values() if article["date"]]
        return sorted(dated, key=lambda article: article["date"], reverse=True)[:20]

    @harness.need("xmllint")
    def test_xmllint_finds_nothing(self):
        for name in ("rss.xml", "atom.xml"):
            done = self.judge("xmllint", "--nonet", "--noout", self.public / name)
            self.assertEqual((0, b""), (done.returncode, done.stderr))

    @unittest.skipUnless(feedparser, "feedparser missing")
    def test_feedparser_reads_the_expected_entries(self):
        for name, version in (("rss.xml", "rss20"), ("atom.xml", "atom10")):
            feed = feedparser.parse((self.public / name).read_bytes())
            self.assertEqual((0, version), (feed.bozo, feed.version), feed.get("bozo_exception"))
            self.assertEqual("Judges & <Co>", feed.feed.title)
            self.assertEqual(URL, feed.feed.link)
            self.assertIn(URL + name, [link.href for link in feed.feed.links
                                       if link.rel == "self"])
            self.assertEqual([article["title"] for article in self.dated()],
                             [entry.title for entry in feed.entries])
            for entry, article in zip(feed.entries, self.dated()):
                self.check_entry(entry, article)

    def check_entry(self, entry, article):
        self.assertEqual(article["url"], entry.link)
        self.assertEqual(article["summary"], entry.summary)
        self.assertEqual(article["tags"], [tag.term for tag in entry.get("tags", [])])
        self.assertEqual(article["date"][:4], entry.published[:4] if entry.published[0] == "2"
                         else entry.published.split()[3])
        self.assertIsNotNone(entry.published_parsed)
        authors = [author.get("name") for author in entry.get("authors", [])]
        self.assertEqual(article["authors"][-1:], authors[-1:])
        content = judge_html.read(entry.content[0].value)
        self.assertEqual(judge_html.read(article["html"]).text(), content.text())
        for element in content:
            for name in ("href", "src"):
                if name in element.attributes:
                    self.assertRegex(element.attributes[name], r"\A(https?|mailto):")

    def test_ids_are_unique_and_do_not_come_from_titles(self):
        items = json.loads((self.public / "feed.json").read_text())["items"]
        self.assertEqual(len(items), len({item["id"] for item in items}))
        for item, article in zip(items, self.dated()):
            self.assertIn(urllib.parse.quote(article["id"]), item["id"])

    def test_the_json_feed_has_what_the_articles_say(self):
        feed = json.loads((self.public / "feed.json").read_text())
        self.assertEqual("https://jsonfeed.org/version/1.1", feed["version"])
        self.assertEqual(("Judges & <Co>", URL, URL + "feed.json"),
                         (feed["title"], feed["home_page_url"], feed["feed_url"]))
        self.assertEqual(len(self.dated()), len(feed["items"]))
        rfc3339 = r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z"
        for item, article in zip(feed["items"], self.dated()):
            self.assertEqual([article[name] for name in ("url", "title", "summary", "lang")],
                             [item[name] for name in ("url", "title", "summary", "language")])
            self.assertRegex(item["date_published"], rfc3339)
            self.assertEqual(article["date"], item["date_published"][:len(article["date"])])
            self.assertRegex(item["date_modified"], rfc3339)
            self.assertEqual(article["authors"], [one["name"] for one in item.get("authors", [])])
            self.assertEqual(article["tags"], item.get("tags", []))
            self.assertTrue(item["content_html"])

    def test_dates_of_rss_are_RFC_822(self):
        dates = re.findall(r"<(?:pubDate|lastBuildDate)>([^<]*)<",
                           (self.public / "rss.xml").read_text())
        self.assertGreater(len(dates), 2)
        for date in dates:
            self.assertRegex(date, r"\A(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|"
                                   r"Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}\Z")
        self.assertIn("Sat, 07 Jun 2025 23:59:59 -0330", dates)


class Csv(Judged):
    def rows(self, path):
        text = path.read_bytes().decode("utf-8")
        self.assertTrue(text.endswith("\r\n"))
        self.assertNotRegex(re.sub(r'"(?:[^"]|"")*"', "", text), r"[^\r]\n|\r(?!\n)")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        self.assertEqual({len(rows[0])}, {len(row) for row in rows})
        return rows

    def test_faq_csv_has_the_questions_and_answers(self):
        for path in self.each("faq.csv"):
            head, *rows = self.rows(path)
            self.assertEqual("id,question,answer_text,answer_html,section,source_url",
                             ",".join(head))
            faq = self.articles()[path.parent]["faq"]
            self.assertEqual([[pair["id"], pair["question"], pair["answer"]["text"]]
                              for pair in faq], [row[:3] for row in rows])
            for row in rows:
                self.assertTrue(row[5].startswith(URL), row[5])

    def test_comparison_csv_has_the_cells(self):
        for path in self.each("comparison*.csv"):
            table = json.loads(path.with_suffix(".json").read_text())
            self.assertEqual([[table["factor"] or "", *table["subjects"]]] +
                             [[row["factor"], *row["cells"]] for row in table["rows"]],
                             self.rows(path))

    @harness.need("mlr")
    def test_miller_reads_the_same(self):
        for path in self.each("faq.csv"):
            done = self.judge("mlr", "--icsv", "--ojson", "cat", path)
            self.assertEqual((0, b""), (done.returncode, done.stderr))
            head, *rows = self.rows(path)
            self.assertEqual([dict(zip(head, row)) for row in rows],
                             [{key: str(value) for key, value in row.items()}
                              for row in json.loads(done.stdout)])


class Markdown(Judged):
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
                    kept = {name: value for name, value in child.attributes.items()
                            if name in ("href", "src", "alt", "title", "start", "align")
                            or (name == "class" and (value or "").startswith("language-"))}
                    events.append((child.tag, tuple(sorted(kept.items()))))
                    walk(child, pre or child.tag == "pre")
                    events.append("/" + child.tag)

        walk(judge_html.read(source), False)
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
            article = self.articles()[path.parent]
            events = self.events(self.rendered(path))
            end = events.index("/h1")
            self.assertEqual(("h1", ()), events[0])
            self.assertEqual(" ".join(article["title"].split()),
                             " ".join(event for event in events[1:end]))
            self.assertEqual(self.events(body), events[end + 1:])

    @harness.need("cmark-gfm")
    def test_faq_md_reads_back_as_questions_and_answers(self):
        for path in self.each("faq.md"):
            wanted = []
            for pair in self.articles()[path.parent]["faq"]:
                wanted += [("h2", ()), " ".join(pair["question"].split()), "/h2"]
                wanted += self.events(pair["answer"]["html"])
            self.assertEqual(wanted, self.events(self.rendered(path)))

    @harness.need("cmark-gfm")
    def test_comparison_md_reads_back_as_one_table(self):
        for path in self.each("comparison*.md"):
            table = json.loads(path.with_suffix(".json").read_text())
            root = judge_html.read(self.rendered(path))
            cells = [[cell.text() for cell in row.all("th", "td")] for row in root.all("tr")]
            lines = [[table["factor"] or "", *table["subjects"]]]
            lines += [[row["factor"], *row["cells"]] for row in table["rows"]]
            self.assertEqual([[" ".join(cell.split()) for cell in line] for line in lines], cells)


class Html(Judged):
    def pages(self):
        for name in ("index.html", "faq.html", "comparison*.html"):
            for path in self.each(name):
                yield path, judge_html.read(path.read_text(), page=True)

    def test_every_page_is_balanced_with_unique_ids_and_one_title(self):
        for path, page in self.pages():
            ids = [e.attributes["id"] for e in page if "id" in e.attributes]
            self.assertEqual(len(set(ids)), len(ids), ids)
            for id in ids:
                self.assertRegex(id, r"\A\S+\Z")
            self.assertEqual(["html"], [e.tag for e in page.children if not isinstance(e, str)])
            for tag in ("head", "body", "title", "h1", "main"):
                self.assertEqual(1, len(page.all(tag)), tag)
            self.assertTrue(page.all("title")[0].text() and page.all("h1")[0].text())
            self.assertIn("utf-8", [e.attributes.get("charset") for e in page.all("meta")])

    def test_bodies_are_balanced(self):
        for path in self.each("body.html"):
            judge_html.read(path.read_text())

    @harness.need("xmllint")
    def test_xmllint_finds_nothing_but_elements_that_it_does_not_know(self):
        for path, _ in self.pages():
            done = self.judge("xmllint", "--html", "--nonet", "--noout", path)
            errors = [line for line in done.stderr.decode().splitlines()
                      if " : " in line or "error" in line]
            unknown = r"error : Tag (section|nav|main|article|header|footer|time|details|summary|" \
                      r"aside) invalid"
            self.assertEqual([], [line for line in errors if not re.search(unknown, line)])

    def test_language_and_direction_are_those_of_the_article(self):
        articles, seen = self.articles(), set()
        for path, page in self.pages():
            if path.parent in articles:
                article = articles[path.parent]
                root = page.all("html")[0].attributes
                self.assertEqual((article["lang"], article["dir"]), (root["lang"], root["dir"]))
                seen.add(article["dir"])
        self.assertEqual({"ltr", "rtl"}, seen)

    def test_no_page_asks_for_anything_elsewhere(self):
        for path, page in self.pages():
            for element in page:
                asks = [element.attributes.get(name) for name in ("src", "srcset", "poster", "data")]
                if element.tag == "link" and element.attributes.get("rel") not in ("canonical",
                                                                                   "alternate"):
                    asks.append(element.attributes.get("href"))
                for address in filter(None, asks):
                    self.assertNotRegex(address, r"\A\s*(\w+:)?//", element.tag)
                self.assertNotIn(element.tag, ("iframe", "object", "embed", "base"))
            for style in page.all("style"):
                self.assertNotRegex(style.raw(), r"@import|url\(|</")
            for script in page.all("script"):
                self.assertEqual("application/ld+json", script.attributes.get("type"))

    def test_links_within_the_site_lead_to_what_is_there(self):
        for path, page in self.pages():
            ids = {e.attributes["id"] for e in page if "id" in e.attributes}
            for link in [e for nav in page.all("nav", "header") for e in nav.all("a")]:
                address = urllib.parse.urlsplit(link.attributes["href"])
                self.assertEqual("", address.scheme)
                if address.path:
                    self.assertTrue((path.parent / urllib.parse.unquote(address.path)).is_file(),
                                    link.attributes["href"])
                else:
                    self.assertIn(urllib.parse.unquote(address.fragment), ids)
        links = [link.attributes["href"] for link in
                 judge_html.read((self.public / "index.html").read_text()).all("a")]
        for folder in self.articles():
            self.assertIn(urllib.parse.quote(folder.name) + "/index.html", links)

    def test_sources_of_faq_csv_lead_to_a_place_in_the_page(self):
        for path in self.each("faq.csv"):
            page = judge_html.read((path.parent / "index.html").read_text())
            ids = {e.attributes["id"] for e in page if "id" in e.attributes}
            for row in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")):
                fragment = urllib.parse.unquote(urllib.parse.urlsplit(row["source_url"]).fragment)
                self.assertIn(fragment, ids)

    def test_the_head_has_what_readers_of_it_expect(self):
        for folder, article in self.articles().items():
            page = judge_html.read((folder / "index.html").read_text())
            metas = {e.attributes.get("property") or e.attributes.get("name"):
                     e.attributes.get("content") for e in page.all("meta")}
            links = {(e.attributes["rel"], e.attributes.get("type")): e.attributes["href"]
                     for e in page.all("link")}
            self.assertEqual((article["title"], article["url"], "article"),
                             (metas["og:title"], metas["og:url"], metas["og:type"]))
            self.assertEqual(article["summary"] or None, metas.get("description"))
            self.assertIn("twitter:card", metas)
            self.assertEqual(article["url"], links["canonical", None])
            self.assertEqual(URL + "rss.xml", links["alternate", "application/rss+xml"])
            self.assertEqual(URL + "atom.xml", links["alternate", "application/atom+xml"])

    def graph(self, page):
        """The nodes of the page's one JSON-LD document, by type."""
        scripts = page.all("script")
        self.assertEqual(1, len(scripts))
        document = json.loads(scripts[0].raw())
        self.assertEqual("https://schema.org", document["@context"])
        return {node["@type"]: node for node in document["@graph"]}

    def test_answers_of_the_JSON_LD_are_those_that_the_page_shows(self):
        seen = 0
        for folder, article in self.articles().items():
            page = judge_html.read((folder / "index.html").read_text())
            questions = self.graph(page).get("FAQPage", {"mainEntity": []})["mainEntity"]
            self.assertEqual(len(article["faq"]), len(questions))
            for question in questions:
                answer = judge_html.read(question["acceptedAnswer"]["text"]).text()
                self.assertIn(answer, self.shown_below(page, question["name"]), folder.name)
                seen += 1
        self.assertGreater(seen, 10)

    def shown_below(self, page, question):
        """What the page shows from the question on, in its section or in its <details>."""
        name = " ".join(question.split())
        for element in page.all("h2", "h3", "h4", "h5", "h6", "summary", "p", "li", "strong", "dt"):
            if element.text() == name:
                above = element.parent
                while above.tag not in ("section", "details", "article"):
                    above = above.parent
                return above.text().partition(name)[2]
        for element in page.all("p", "li"):
            if name in element.text():
                return element.parent.text().partition(name)[2]
        self.fail("the page does not show the question %r" % question)

    def test_the_article_in_the_JSON_LD_is_the_article(self):
        for folder, article in self.articles().items():
            graph = self.graph(judge_html.read((folder / "index.html").read_text()))
            node = graph.get("Article") or graph["MedicalWebPage"]
            self.assertEqual(article["title"], node.get("headline") or node.get("name"))
            self.assertEqual((article["url"], article["lang"]), (node["url"], node["inLanguage"]))
            self.assertEqual(article["date"], node.get("datePublished"))
            self.assertEqual(article["authors"] or None,
                             [author["name"] for author in node.get("author", [])] or None)
            for invented in ("aggregateRating", "review", "offers"):
                self.assertNotIn(invented, node)
            steps = graph["BreadcrumbList"]["itemListElement"]
            self.assertEqual([1, 2], [step["position"] for step in steps])
            self.assertEqual(article["url"], steps[1]["item"])

    def test_comparison_pages_have_headers_with_scope_and_a_caption(self):
        for path in self.each("comparison*.html"):
            page = judge_html.read(path.read_text(), page=True)
            table = json.loads(path.with_suffix(".json").read_text())
            self.assertEqual(1, len(page.all("caption")))
            columns = [e for e in page.all("th") if e.attributes.get("scope") == "col"]
            rows = [e for e in page.all("th") if e.attributes.get("scope") == "row"]
            self.assertEqual(len(page.all("th")), len(columns) + len(rows))
            self.assertEqual([row["factor"] for row in table["rows"]], [row.text() for row in rows])
            self.assertEqual([" ".join(subject.split()) for subject in table["subjects"]],
                             [column.text() for column in columns][-len(table["subjects"]):])

    def test_faq_pages_have_a_summary_with_a_unique_id_each(self):
        for path in self.each("faq.html"):
            page = judge_html.read(path.read_text(), page=True)
            faq = self.articles()[path.parent]["faq"]
            details = page.all("details")
            self.assertEqual([pair["id"] for pair in faq],
                             [element.attributes["id"] for element in details])
            self.assertEqual([" ".join(pair["question"].split()) for pair in faq],
                             [element.all("summary")[0].text() for element in details])


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""JSON, CSV and the feeds, read by strict parsers: Python's, miller, xmllint, feedparser."""

import csv
import html
import io
import json
import re
import unittest
import urllib.parse

import harness
from judged import URL, JudgedTest

try:
    import feedparser
except ImportError:
    feedparser = None


class Json(JudgedTest):
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
            page, article = self.strict(path), self.article(path)
            self.assertEqual(("https://schema.org", "FAQPage"), (page["@context"], page["@type"]))
            self.assertEqual([pair["question"] for pair in article["faq"]],
                             [question["name"] for question in page["mainEntity"]])
            for question, pair in zip(page["mainEntity"], article["faq"]):
                self.assertEqual(("Question", "Answer"),
                                 (question["@type"], question["acceptedAnswer"]["@type"]))
                answer = self.html(question["acceptedAnswer"]["text"])
                self.assertEqual(self.html(pair["answer"]["html"]).text(), answer.text())
                for link in answer.all("a"):
                    self.assertRegex(link.attributes["href"], r"\A(https?|mailto):")

    def test_comparison_json_has_the_models_shape(self):
        for path in self.each("comparison*.json"):
            table = self.strict(path)
            number = re.search(r"-(\d+)", path.stem)
            self.assertEqual(self.article(path)["comparisons"]
                             [int(number[1]) - 1 if number else 0], table)
            for row in table["rows"]:
                self.assertEqual(len(table["subjects"]), len(row["cells"]))


class Csv(JudgedTest):
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
            faq = self.article(path)["faq"]
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


class Feeds(JudgedTest):
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
        # RSS has HTML in its descriptions, Atom says that its summaries are text.
        self.assertIn(article["summary"], (entry.summary, html.unescape(entry.summary)))
        self.assertEqual(article["tags"], [tag.term for tag in entry.get("tags", [])])
        self.assertEqual(article["date"][:4], entry.published[:4] if entry.published[0] == "2"
                         else entry.published.split()[3])
        self.assertIsNotNone(entry.published_parsed)
        authors = [author.get("name") for author in entry.get("authors", [])]
        self.assertEqual(article["authors"][-1:], authors[-1:])
        content = self.html(entry.content[0].value)
        self.assertEqual(self.html(article["html"]).text(), content.text())
        for element in content:
            for name in ("href", "src"):
                if name in element.attributes:
                    self.assertRegex(element.attributes[name], r"\A(https?|mailto|data):")

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
            self.assertRegex(date, r"\A(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
                                   r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
                                   r"\d{4} \d\d:\d\d:\d\d [+-]\d{4}\Z")
        self.assertIn("Sat, 07 Jun 2025 23:59:59 -0330", dates)


if __name__ == "__main__":
    harness.main()

#!/usr/bin/python3
"""The pages: balanced, complete, asking for nothing elsewhere; JSON-LD says what they show."""

import csv
import io
import json
import re
import urllib.parse

import harness
from judged import URL, JudgedTest


class Pages(JudgedTest):
    def pages(self):
        for name in ("index.html", "faq.html", "comparison*.html"):
            for path in self.each(name):
                yield path, self.html(path, page=True)

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
            self.html(path)

    @harness.need("xmllint")
    def test_xmllint_finds_nothing_but_elements_that_it_does_not_know(self):
        for path, _ in self.pages():
            done = self.judge("xmllint", "--html", "--nonet", "--noout", path)
            errors = [line for line in done.stderr.decode(errors="replace").splitlines()
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
                asks = [element.attributes.get(name)
                        for name in ("src", "srcset", "poster", "data")]
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
                 self.html(self.public / "index.html").all("a")]
        for folder in self.articles():
            self.assertIn(urllib.parse.quote(folder.name) + "/index.html", links)

    def test_sources_of_faq_csv_lead_to_a_place_in_the_page(self):
        for path in self.each("faq.csv"):
            page = self.html(path.parent / "index.html")
            ids = {e.attributes["id"] for e in page if "id" in e.attributes}
            for row in csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")):
                fragment = urllib.parse.unquote(urllib.parse.urlsplit(row["source_url"]).fragment)
                self.assertIn(fragment, ids)

    def test_the_head_has_what_readers_of_it_expect(self):
        for folder, article in self.articles().items():
            page = self.html(folder / "index.html")
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
            page = self.html(folder / "index.html")
            questions = self.graph(page).get("FAQPage", {"mainEntity": []})["mainEntity"]
            self.assertEqual(len(article["faq"]), len(questions))
            for question in questions:
                answer = self.html(question["acceptedAnswer"]["text"]).text()
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
            graph = self.graph(self.html(folder / "index.html"))
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
            page = self.html(path, page=True)
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
            page = self.html(path, page=True)
            faq = self.article(path)["faq"]
            details = page.all("details")
            self.assertEqual([pair["id"] for pair in faq],
                             [element.attributes["id"] for element in details])
            self.assertEqual([" ".join(pair["question"].split()) for pair in faq],
                             [element.all("summary")[0].text() for element in details])


if __name__ == "__main__":
    harness.main()

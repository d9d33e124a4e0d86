#!/usr/bin/python3
"""The checks that come with fascia, over whole sites: they keep still where nothing is wrong, and
what they say of links, dates and facts follows what other articles become."""

import shutil

import harness

ROOT = harness.TESTS.parent

GERMAN = """\
---
title: Faszienrolle oder Massage?
date: 2026-02-01
autorin: Jana
bild: rolle.jpg
lang: de
---
Zwei Wege zu einem **lockeren** Rücken, [siehe unten](#häufige-fragen).

## Vorteile der Faszienrolle

- günstig

## Vorteile der Massage

- entspannt

## Was ist besser?

| Merkmal | Faszienrolle | Massage |
| ------- | ------------ | ------- |
| Preis   | 20 €         | 60 €    |
| Dauer   | -            | \\-5 °C  |

## Studien

- Eine Studie von 2019 im *Journal of Bodywork* fand Besserung.
- Die Forschung steht am Anfang.

## Häufige Fragen

### Wie oft?

- täglich
- aber kurz
"""
ARABIC = """\
---
title: الإبر الجافة أم التدليك؟
date: 2026-02-01
lang: ar
---
طريقتان لعلاج \u2066Dry Needling\u2069 آلام الرقبة. انظر [أدناه](#الأسئلة-الشائعة).

## مزايا الإبر الجافة

- سريعة

## مقارنة

| العامل | الإبر الجافة | التدليك |
| --- | --- | --- |
| السرعة | أيام | أسابيع |

## الأسئلة الشائعة

### هل يؤلم؟

قليلاً، ليوم واحد.
"""


def dated(text, date="2026-01-01"):
    return "---\ndate: %s\n---\n%s" % (date, text)


class Checks(harness.ProgramTest):
    def said(self, status=0, **more):
        result = self.fascia("check", status=status, **more)
        return ["%s:%d:%d %s" % (m.path, m.line, m.col, m.code) for m in result.messages()]

    def test_nothing_is_wrong_with_the_sample_content(self):
        shutil.copytree(ROOT / "content", self.folder / "content")
        self.assertEqual([], self.said())

    def test_pasted_pages_lack_nothing_but_a_date(self):
        (self.folder / "content").mkdir()
        for page in sorted((ROOT / "tests" / "paste").glob("*.txt")):
            self.fascia("import", str(page), "-o", "content/%s.md" % page.stem)
            shutil.copy(page, self.folder / "content" / (page.stem + "-too.txt"))
        said = self.said()
        self.assertEqual([], [line for line in said if not line.endswith(
            ("missing-date", "duplicate-title"))])  # each page is there twice

    def test_other_languages_are_no_mistakes(self):
        self.write({"content/de.md": GERMAN, "content/ar.md": ARABIC})
        self.assertEqual([], self.said())

    def test_examples_of_an_explanation_keep_their_indent(self):
        own = ("return { checks = { own = { run = function() end, explain = [[\n"
               "      Write\n\n        this\n\n      not that.]] } } }")
        self.write({"content/a.md": "x\n", "plugins/own.lua": own})
        self.assertTrue(self.fascia("check", "--explain=own").out.endswith(
            "\n\nWrite\n\n  this\n\nnot that.\n"))
        self.assertIn("\n    title: Green tea        is the title\n",
                      self.fascia("check", "--explain=unknown-key").out)

    def test_a_link_is_as_good_as_what_it_leads_to(self):
        link = dated("# A\n\nSee [b](../b/#here).\n")
        self.write({"content/a.md": link, "content/b.md": dated("# B\n\n## Here\n")})
        self.assertNotIn("content/a.md:6:6 broken-link", self.said())
        self.write({"content/b.md": dated("# B\n\n## There\n")})
        self.assertIn("content/a.md:6:6 broken-link", self.said())
        self.write({"content/b.md": dated("# B\n\n## Here\n")})
        self.assertNotIn("content/a.md:6:6 broken-link", self.said())
        (self.folder / "content" / "b.md").unlink()
        self.assertIn("content/a.md:6:6 broken-link", self.said())

    def test_the_future_begins_at_the_time_that_is_given(self):
        self.write({"content/a.md": dated("# A\n\nx\n", "2026-01-01"),
                    "content/b.md": dated("# B\n\nx\n", "2026-01-03")})
        self.assertEqual([], self.said())
        given = {"SOURCE_DATE_EPOCH": "1767312000"}  # 2026-01-02
        self.assertEqual(["content/b.md:2:7 future-date"], self.said(env=given))

    def test_a_fact_is_told_with_the_line_that_contradicts_it_now(self):
        tea = dated("# Tea\n\nx\n\n- Heat: 80 °C\n- Time: 2 min\n")
        pots = "# Pots\n\nx\n\n## Tea\n\n- Heat: 70 °C\n- Size: 1 l\n"
        self.write({"content/tea.md": tea, "content/pots.md": dated(pots)})
        for moved in (0, 1):
            self.write({"content/pots.md": dated("\n" * moved + pots)})
            message = self.only_message(self.fascia("check"))
            self.assertEqual("fact-conflict", message.code)
            self.assertIn('but "70 °C" in line %d of pots.md' % (10 + moved), message.text)


harness.main()

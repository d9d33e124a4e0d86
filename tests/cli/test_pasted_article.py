#!/usr/bin/python3
"""An article as it comes out of a web page: every element in its field, the page's own left out."""

import re

import harness

PASTE = """\
Cold Plunges for Heavy Legs – Are They Worth It?

تبصرے · 34 مناظر

See what a cold plunge does for heavy legs, what it asks of you, and where it stands beside tablets such as Venolan 300mg (Aescin). Then pick what suits your evenings.

Whoever stands all day knows the feeling of lead below the knee. Some swear by two minutes in cold water (CWI). Others reach for a tablet. Which of the two keeps its word? Here is what is known, with a look at Venolan 300mg (Aescin, brand name Venolan).


What Is a Cold Plunge?

A cold plunge is a short stay in water of eight to twelve degrees. The vessels of the skin narrow, and when you step out they open again. Swelling that gathered over the day may go down with it.

How Does a Cold Plunge Work?

  • The cold, kept up for two minutesnarrows the vessels and slows what seeps into the tissue.

  • On leaving the watera wave of warm blood returns and rinses the muscle.

  • Forms range from a bucket for the feet to a tub for the whole body.

Complaints Eased by Cold Plunges

  • Legs that feel heavy at night

  • Sore calves after a run

  • Ankles that swell in summer

  • Restless feet in bed


Does a Cold Plunge Help Heavy Legs?

Trials report relief for many, thoughthe size of the effect is far from even.

Scientific Evidence on Cold Plunges

  • 2018 study in the Annals of Water and Health found that nurses who plunged had less swelling after a shift.

  • Another 2021 study showed better sleep in runners, with fewer cramps at night.

  • However, nobody has yet followed people for longer than a season.

Pros of Cold Plunges

✔ Free of drugs – Nothing to swallow and nothing to forget.
✔ Quick to do – Two minutes are enough on most days.
✔ Wakes you up – Many feel fresh for hours.

Cons of Cold Plunges

✖ Takes courage – The first ten seconds are hard.
✖ Needs a tub – Not every flat has room for one.
✖ Hard on the heart – People with a weak heart must ask first.


Venolan 300mg (Aescin) – The Way of the Tablet

When water is out of the question, extracts such as Venolan 300mg (Aescin, brand name Venolan) are sold over the counter.

What Is Aescin?

  • Active Ingredient: Aescin

  • Brand Name: Venolan (also sold as Venoplant, Castavein)

  • Class: Extract of horse chestnut

How Does Aescin Work?

  • Seals the small vessels a little.

  • Calms what irritates their walls.

  • Is mostly taken in the warm months (for up to 3 months).

Complaints Eased by Aescin

  • Heavy legs

  • Tired veins

  • Night cramps

Pros of Aescin (Venolan 300mg)

✔ Easy to take – Once in the morning and once at night.
✔ Works while you stand – No break is needed.
✔ Goes on holiday – The packet fits in a pocket.

Cons of Aescin

✖ Slow – The first weeks bring nothing.
✖ Upsets some stomachs – Take it with a meal.
✖ Costs money – A month is as dear as a book.


Cold Plunges vs. Aescin – Which Is Better?

FactorCold PlungesAescin (Venolan 300mg)
Type of RemedyWater cureHerbal tablet
Time to ReliefShort (minutes)Long (some weeks)
Side EffectsFew (numb toes)Nausea, itching
Use for YearsFineAsk a doctor
Cost per MonthNoneModerate

Best Choice?

  • For lasting lightness, → Cold plunges + walks in the evening.

  • For days on your feet, → A course of Aescin.


FAQs (Short Answers)

1. Do cold plunges help heavy legs?
Yes, many report lighter legs, above all after long shifts and in summer.

2. How cold should the water be?
Eight to twelve degrees are cold enough, and below five there is no gain.

3. Is Aescin (Venolan) safe for years?
No, after three months (12 weeks) a pause is advised.

4. Can I plunge while I take Aescin?
Yes, the two do not get in each other's way if your doctor agrees.

5. What are the side effects of Venolan 300mg?
Nausea, itching, and a dull head are those that are named most often.


Final Thoughts

Cold water gives quick lightness for nothing, while Aescin (Venolan 300mg) works slowly and asks for no courage. Your heart, your tub and your patience decide. Ask somebody who knows your history before you start.

تبصرے"""


class PastedArticle(harness.ProgramTest):
    def model(self, text, name="article.txt"):
        self.write({name: text if isinstance(text, bytes) else text.encode()})
        return self.fascia("export", "article.json", name).json()

    def check(self, article):
        """Every element in its field."""
        self.assertEqual("Cold Plunges for Heavy Legs – Are They Worth It?", article["title"])
        self.assertTrue(article["summary"].startswith("See what a cold plunge does"))
        self.assertEqual(("en", "ltr"), (article["lang"], article["dir"]))
        self.check_faq(article["faq"])
        self.check_comparison(article["comparisons"])
        for field, first in (("pros", ["Free of drugs", "Easy to take"]),
                             ("cons", ["Takes courage", "Slow"])):
            groups = article[field]
            self.assertEqual([3, 3], [len(group["items"]) for group in groups], field)
            self.assertRegex(groups[0]["subject"], r"\ACold Plunges\Z")
            self.assertRegex(groups[1]["subject"], r"\AAescin( \(Venolan 300mg\))?\Z")
            for group, words in zip(groups, first):
                self.assertTrue(group["items"][0].startswith(words + " – "), group["items"])
        self.assertEqual([("Active Ingredient", "Aescin"),
                          ("Brand Name", "Venolan (also sold as Venoplant, Castavein)"),
                          ("Class", "Extract of horse chestnut")],
                         [(fact["name"], fact["value"]) for fact in article["facts"]])
        self.assertEqual({"Aescin"}, {fact["subject"] for fact in article["facts"]})
        self.assertEqual([("lasting lightness", "Cold plunges + walks in the evening"),
                          ("days on your feet", "A course of Aescin")],
                         [(one["when"], one["choose"].rstrip("."))
                          for one in article["recommendations"]])
        self.assertEqual([2018, 2021], [study["year"] for study in article["evidence"]])
        self.assertEqual("Annals of Water and Health", article["evidence"][0]["source"])
        self.assertTrue(article["conclusion"]["text"].startswith("Cold water gives quick"))
        self.assertIsNone(article["disclaimer"])

    def check_faq(self, faq):
        self.assertEqual(["Do cold plunges help heavy legs?", "How cold should the water be?",
                          "Is Aescin (Venolan) safe for years?",
                          "Can I plunge while I take Aescin?",
                          "What are the side effects of Venolan 300mg?"],
                         [pair["question"] for pair in faq])
        self.assertEqual("No, after three months (12 weeks) a pause is advised.",
                         faq[2]["answer"]["text"])
        self.assertEqual(5, len({pair["id"] for pair in faq}))

    def check_comparison(self, comparisons):
        self.assertEqual(1, len(comparisons))
        table = comparisons[0]
        self.assertEqual(("Factor", ["Cold Plunges", "Aescin (Venolan 300mg)"]),
                         (table["factor"], table["subjects"]))
        self.assertEqual([("Type of Remedy", ["Water cure", "Herbal tablet"]),
                          ("Time to Relief", ["Short (minutes)", "Long (some weeks)"]),
                          ("Side Effects", ["Few (numb toes)", "Nausea, itching"]),
                          ("Use for Years", ["Fine", "Ask a doctor"]),
                          ("Cost per Month", ["None", "Moderate"])],
                         [(row["factor"], row["cells"]) for row in table["rows"]])

    def without_chrome(self, article):
        for words in ("تبصرے", "مناظر"):
            self.assertNotIn(words, str(article))

    def test_every_element_is_in_its_field_and_the_page_is_gone(self):
        article = self.model(PASTE)
        self.check(article)
        self.without_chrome(article)

    def test_headings_are_told_from_paragraphs(self):
        article = self.model(PASTE)
        titles = []

        def gather(sections):
            for section in sections:
                titles.append(section["title"])
                gather(section["sections"])
        gather(article["sections"])
        for title in ("What Is a Cold Plunge?", "Complaints Eased by Aescin", "Best Choice?",
                      "Venolan 300mg (Aescin) – The Way of the Tablet", "Final Thoughts"):
            self.assertIn(title, titles)
        for title in titles:
            self.assertLess(len(title), 80)
            self.assertNotRegex(title, r"[✔✖•→]|\.$")

    def test_what_was_left_out_is_reported(self):
        self.write({"article.txt": PASTE})
        notes = self.fascia("import", "article.txt").messages()
        lines = PASTE.split("\n")
        self.assertEqual([3, len(lines)],
                         [note.line for note in notes if note.code == "page-chrome"])
        self.assertEqual([], [note.text for note in notes if note.code == "not-understood"])

    def test_import_gives_the_same(self):
        self.write({"article.txt": PASTE})
        self.fascia("import", "article.txt", "-o", "article.md")
        text, markdown = self.model(PASTE), self.fascia("export", "article.json",
                                                        "article.md").json()
        self.assertEqual("article.md", markdown.pop("path"))
        text.pop("path")
        self.assertEqual(text, markdown)

    def test_in_the_other_shapes_in_which_it_is_copied(self):
        shapes = {
            "other line ends": PASTE.replace("\n", "\r\n"),
            "a byte order mark": "\ufeff" + PASTE,
            "no indent": PASTE.replace("  • ", "• "),
            "tight bullets": re.sub(r"\n\n(?=  • )", "\n", PASTE),
            "other bullets": PASTE.replace("  • ", "  ▪ "),
            "dashes": PASTE.replace("  • ", "- "),
            "other marks": PASTE.replace("✔", "✅").replace("✖", "❌"),
            "still other marks": PASTE.replace("✔", "✓").replace("✖", "✗"),
            "no-break spaces": PASTE.replace("  • ", "\u00a0\u00a0•\u00a0"),
            "spaces at the ends": PASTE.replace("\n", "  \n"),
            "a table with tabs": self.with_table("\t"),
            "a table with pipes": self.with_table(" | "),
            "Q1. for 1.": re.sub(r"(?m)^(\d)\. ", r"Q\1. ", PASTE),
            "Q: and A:": re.sub(r"(?m)^\d\. (.*)\n", r"Q: \1\nA: ", PASTE),
            "English furniture": PASTE.removesuffix("تبصرے").replace(
                "تبصرے · 34 مناظر", "5 Comments · 1.2k views") + "Share\nLeave a comment",
        }
        for name, text in shapes.items():
            with self.subTest(name):
                article = self.model(text)
                self.check(article)
                self.without_chrome(article)
                for words in ("Comments", "1.2k views", "Share"):
                    self.assertNotIn(words, str(article))

    def with_table(self, between):
        """The table as other pages give it."""
        cells = [["Factor", "Cold Plunges", "Aescin (Venolan 300mg)"],
                 ["Type of Remedy", "Water cure", "Herbal tablet"],
                 ["Time to Relief", "Short (minutes)", "Long (some weeks)"],
                 ["Side Effects", "Few (numb toes)", "Nausea, itching"],
                 ["Use for Years", "Fine", "Ask a doctor"], ["Cost per Month", "None", "Moderate"]]
        text = PASTE
        for row in cells:
            self.assertIn("\n" + "".join(row) + "\n", text)
            text = text.replace("\n" + "".join(row) + "\n", "\n" + between.join(row) + "\n")
        return text

    def test_every_form_of_it_is_made(self):
        self.write({"content/plunge.txt": PASTE})
        self.build()
        made = set(self.tree("public/plunge"))
        self.assertEqual({"index.html", "body.html", "article.json", "article.md", "article.txt",
                          "faq.jsonld", "faq.html", "faq.md", "faq.csv", "comparison.html",
                          "comparison.md", "comparison.csv", "comparison.json"}, made)
        self.assertNotIn("تبصرے", "".join(self.read("public/plunge/" + name) for name in made))


if __name__ == "__main__":
    harness.main()

#include "article_reading.h"

static void expect_evidence(const struct value *v, unsigned i, const char *text, const char *year,
                            const char *source) {
    expect(v, arena_printf(&arena, "evidence.%u.text", i).at, text);
    expect(v, arena_printf(&arena, "evidence.%u.year", i).at, year);
    expect(v, arena_printf(&arena, "evidence.%u.source", i).at, source);
}

/* ---- Evidence ---- */

static void a_sentence_with_a_year_and_a_study_is_evidence(void **state) {
    (void)state;
    struct value *v = article("Tea is old. A 2019 study of 40 people saw calm. It was small.\n\n"
                              "- In 2021, researchers found less.\n- Nothing else.\n");
    expect_count(v, "evidence", 2);
    expect_evidence(v, 0, "A 2019 study of 40 people saw calm.", "2019", "nil");
    expect_evidence(v, 1, "In 2021, researchers found less.", "2021", "nil");
    assert_int_equal(part(v, "evidence.1")->span.line, 3);
}

static void studies_are_known_in_every_language(void **state) {
    (void)state;
    static const char *const texts[][2] = {
        {"Eine Studie von 2019 fand Ruhe.\n", "2019"},
        {"Une étude de 2018 le montre.\n", "2018"},
        {"Un estudio de 2017 lo confirma.\n", "2017"},
        {"أظهرت دراسة عام ٢٠٢٠ ذلك.\n", "2020"},
        {"۲۰۱۹ کی ایک تحقیق یہ بتاتی ہے۔\n", "2019"},
        {"2016年的一项研究发现了这一点。\n", "2016"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i][0]);
        expect_count(v, "evidence", 1);
        expect(v, "evidence.0.year", texts[i][1]);
    }
}

static void a_source_is_a_journal_a_title_or_a_link(void **state) {
    (void)state;
    static const char *const texts[][2] = {
        {"A 2019 trial in the Journal of Tea and Herbs found calm.\n", "Journal of Tea and Herbs"},
        {"A 2019 trial (New England Journal of Medicine) found calm.\n",
         "New England Journal of Medicine"},
        {"A 2019 trial in *Tea Today* found calm.\n", "Tea Today"},
        {"A [2019 study](https://tea.example/s) found calm.\n", "https://tea.example/s"},
        {"A 2019 study found calm ([PubMed](https://pm.example/1)).\n", "PubMed"},
        {"A 2019 study found calm in Germany.\n", "nil"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i][0]);
        expect_count(v, "evidence", 1);
        expect(v, "evidence.0.source", texts[i][1]);
    }
}

static void references_are_evidence_as_they_stand(void **state) {
    (void)state;
    struct value *v = article("## References\n\n1. Leaf A. et al. (2018). Steeping. Journal of "
                              "Tea, 3(2).\n2. No year here.\n3. Cup B. Pouring. 1999.\n");
    expect_count(v, "evidence", 2);
    expect_evidence(v, 0, "Leaf A. et al. (2018). Steeping. Journal of Tea, 3(2).", "2018",
                    "Journal of Tea");
    expect_evidence(v, 1, "Cup B. Pouring. 1999.", "1999", "nil");
}

static void numbers_that_are_no_years_cite_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {
        "A study with 12019 people.\n", "A study cost $2019.\n", "A study took 2019.5 hours.\n",
        "In 2019 tea was cheap.\n", "A study of model X2019.\n", "A study of 1850.\n",
        "A study read 2,019 pages.\n", "Study https://tea.example/2019/01\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_count(article(texts[i]), "evidence", 0);
}

/* ---- Conclusion and disclaimer ---- */

static void the_last_conclusion_is_the_conclusion(void **state) {
    (void)state;
    struct value *v = article("## Key takeaways\n\n- early\n\n## Tea\n\ntext\n\n"
                              "## Conclusion: drink it\n\nLate *word*.\n");
    expect(v, "conclusion.text", "Late word.");
    expect(v, "conclusion.html", "<p>Late <em>word</em>.</p>");
    v = article("## Fazit\n\n### Kurz\n\nGut.\n\n## Ende\n");
    expect(v, "conclusion.text", "Kurz\n\nGut.");
    expect(article("## Conclusion\n"), "conclusion", "nil");
    v = article("## Fazit\n\nGut.\n\nHaftungsausschluss: Fragen Sie den Arzt.\n");
    expect(v, "conclusion.text", "Gut.");
    expect(v, "disclaimer", "Fragen Sie den Arzt.");
}

static void a_disclaimer_is_a_section_or_a_labelled_paragraph(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## Disclaimer\n\nNo advice.\n",
        "## Tea\n\nDisclaimer: No advice.\n",
        "## Tea\n\n**Disclaimer:** No advice.\n",
        "## Tea\n\n**Medical disclaimer** No advice.\n",
        "## Tea\n\n*Disclaimer: No advice.*\n",
        "## Tea\n\n> **Disclaimer:** No advice.\n",
        "## Tee\n\nHaftungsausschluss: No advice.\n",
        "## Thé\n\n**Avertissement :** No advice.\n",
        "## شاي\n\nإخلاء المسؤولية: No advice.\n",
        "## 茶\n\n免责声明：No advice.\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect(article(texts[i]), "disclaimer", "No advice.");
    expect(article("Text about a disclaimer: none.\n"), "disclaimer", "nil");
}

static void among_the_evidence_a_study_with_a_source_may_lack_its_year(void **state) {
    (void)state;
    struct value *v = article("## Research\n\n"
                              "- A study in the Journal of Tea found calm.\n"
                              "- Research is still young.\n"
                              "- [The shop](https://example.org).\n");
    expect_count(v, "evidence", 1);
    expect_evidence(v, 0, "A study in the Journal of Tea found calm.", "nil", "Journal of Tea");
    expect_count(article("A study in the Journal of Tea found calm.\n"), "evidence", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_sentence_with_a_year_and_a_study_is_evidence),
        TEST(studies_are_known_in_every_language),
        TEST(a_source_is_a_journal_a_title_or_a_link),
        TEST(references_are_evidence_as_they_stand),
        TEST(numbers_that_are_no_years_cite_nothing),
        TEST(the_last_conclusion_is_the_conclusion),
        TEST(a_disclaimer_is_a_section_or_a_labelled_paragraph),
        TEST(among_the_evidence_a_study_with_a_source_may_lack_its_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

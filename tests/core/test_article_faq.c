#include "article_reading.h"

static void expect_pair(const struct value *v, unsigned i, const char *question,
                        const char *answer) {
    expect(v, arena_printf(&arena, "faq.%u.question", i).at, question);
    expect(v, arena_printf(&arena, "faq.%u.answer.text", i).at, answer);
}

static void expect_two_pairs(const char *text) {
    struct value *v = article(text);
    expect_count(v, "faq", 2);
    expect_pair(v, 0, "Is it hot?", "Yes.");
    expect_pair(v, 1, "Is it cold?", "No.");
    expect(v, "faq.0.answer.html", "<p>Yes.</p>");
    expect(v, "faq.0.answer.markdown", "Yes.");
    expect(v, "faq.1.id", "is-it-cold");
}

static void all_forms_of_a_faq_give_the_same_pairs(void **state) {
    (void)state;
    static const char *const forms[] = {
        "## FAQ\n\n### Is it hot?\n\nYes.\n\n### Is it cold?\n\nNo.\n",
        "# T\n\n## FAQ\n\n##### 1. Is it hot?\n\nYes.\n\n##### 2. Is it cold?\n\nNo.\n",
        "## FAQ\n\n### General\n\n#### Is it hot?\n\nYes.\n\n#### Is it cold?\n\nNo.\n",
        "## FAQ\n\n1. Is it hot?\n   Yes.\n2. Is it cold?\n   No.\n",
        "## FAQ\n\n- Is it hot? Yes.\n- Is it cold? No.\n",
        "## FAQ\n\n- **Is it hot?** Yes.\n- **Is it cold?** No.\n",
        "## FAQ\n\n- **Is it hot?**: Yes.\n- **Is it cold?** – No.\n",
        "## FAQ\n\n- Is it hot?\n\n  Yes.\n\n- Is it cold?\n\n  No.\n",
        "## FAQ\n\n- Q: Is it hot?\n  A: Yes.\n- Q: Is it cold?\n  A: No.\n",
        "## FAQ\n\n- Q: Is it hot?\n\n  A: Yes.\n\n- Q: Is it cold?\n\n  A: No.\n",
        "## FAQ\n\n1. Is it hot?\n\nYes.\n\n2. Is it cold?\n\nNo.\n",
        "## FAQ\n\nQ: Is it hot?\nA: Yes.\n\nQ: Is it cold?\nA: No.\n",
        "## FAQ\n\nQ: Is it hot?\nA: Yes.\nQ: Is it cold?\nA: No.\n",
        "## FAQ\n\nQ: Is it hot?\n\nA: Yes.\n\nQ: Is it cold?\n\nA: No.\n",
        "## FAQ\n\nQ1. Is it hot?\n\nYes.\n\nQ2. Is it cold?\n\nNo.\n",
        "## FAQ\n\n**Q: Is it hot?**\n\nYes.\n\n**Q: Is it cold?**\n\nNo.\n",
        "## FAQ\n\n**Q:** Is it hot?\n**A:** Yes.\n\n**Q:** Is it cold?\n**A:** No.\n",
        "## FAQ\n\n**Is it hot?**\n\nYes.\n\n**Is it cold?**\n\nNo.\n",
        "## FAQ\n\n**Is it hot?**  \nYes.\n\n**Is it cold?**\nNo.\n",
        "## FAQ\n\nIs it hot?\n\nYes.\n\nIs it cold?\n\nNo.\n",
        "## FAQ\n\n<details>\n<summary>Is it hot?</summary>\n\nYes.\n\n</details>\n\n"
        "<details>\n<summary>Is it cold?</summary>\n\nNo.\n\n</details>\n",
        "Q: Is it hot?\nA: Yes.\n\nbetween\n\nQ: Is it cold?\nA: No.\n",
        "---\nfaq:\n  - question: Is it hot?\n    answer: Yes.\n"
        "  - question: Is it cold?\n    answer: No.\n---\n",
        "## Is it hot?\n\nYes.\n\n## Is it cold?\n\nNo.\n\n## Neither\n\nText.\n",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        expect_two_pairs(forms[i]);
    assert_int_equal(diags.warnings, 0);
}

static void questions_are_known_in_every_language(void **state) {
    (void)state;
    static const char *const texts[][3] = {
        {"## Häufige Fragen\n\nFrage 1: Ist es heiß?\nAntwort: Ja.\n", "Ist es heiß?", "Ja."},
        {"## Foire aux questions\n\nQuestion : Chaud ?\n\nRéponse : Oui.\n", "Chaud ?", "Oui."},
        {"## Preguntas frecuentes\n\nPregunta: ¿Quema?\nRespuesta: Sí.\n", "¿Quema?", "Sí."},
        {"## الأسئلة الشائعة\n\nس: هل هو ساخن؟\nج: نعم.\n", "هل هو ساخن؟", "نعم."},
        {"## عام سوالات\n\nسوال: کیا یہ گرم ہے؟\nجواب: ہاں۔\n", "کیا یہ گرم ہے؟", "ہاں۔"},
        {"## 常见问题\n\n问：热吗？\n答：热。\n", "热吗？", "热。"},
        {"## 常見問題\n\n- 熱嗎？熱。\n", "熱嗎？", "熱。"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i][0]);
        expect_count(v, "faq", 1);
        expect_pair(v, 0, texts[i][1], texts[i][2]);
    }
}

static void a_sub_heading_needs_no_question_mark_in_a_faq(void **state) {
    (void)state;
    struct value *v = article("## FAQ\n\n### Storing tea\n\nKeep it dry.\n\n- dark\n- cool\n");
    expect_count(v, "faq", 1);
    expect_pair(v, 0, "Storing tea", "Keep it dry.\n\n- dark\n- cool");
    expect(v, "faq.0.answer.html",
           "<p>Keep it dry.</p>\n<ul>\n<li>dark</li>\n<li>cool</li>\n</ul>");
    expect(v, "faq.0.id", "storing-tea");
}

static void an_answer_goes_on_to_the_next_question(void **state) {
    (void)state;
    struct value *v = article("## FAQ\n\n**How?**\n\nFirst:\n\n1. boil\n2. pour\n\n> wait\n\n"
                              "**Why?**\n\nFor joy.\n\n## After\n\nNo answer.\n");
    expect_count(v, "faq", 2);
    expect_pair(v, 0, "How?", "First:\n\n1. boil\n2. pour\n\n  wait");
    expect_pair(v, 1, "Why?", "For joy.");
    expect(v, "faq.0.answer.markdown", "First:\n\n1. boil\n2. pour\n\n> wait");
}

static void an_answer_keeps_its_markup(void **state) {
    (void)state;
    struct value *v = article("## FAQ\n\n- Is *it* hot? Yes, **very** [so](https://h.example).\n");
    expect(v, "faq.0.question", "Is it hot?");
    expect(v, "faq.0.answer.html",
           "<p>Yes, <strong>very</strong> <a href=\"https://h.example\">so</a>.</p>");
    expect(v, "faq.0.answer.markdown", "Yes, **very** [so](https://h.example).");
}

static void a_question_without_an_answer_stays_with_an_empty_one(void **state) {
    (void)state;
    struct value *v = article("## FAQ\n\n### Why?\n\n### How?\n\nSo.\n\n## Other\n");
    expect_count(v, "faq", 2);
    expect_pair(v, 0, "Why?", "");
    v = article("## FAQ\n\n- Why?\n- How? So.\n");
    expect_pair(v, 0, "Why?", "");
}

static void question_headings_count_only_without_a_faq(void **state) {
    (void)state;
    struct value *v = article("## What is tea?\n\nA drink.\n\n## FAQ\n\n### Hot?\n\nYes.\n");
    expect_count(v, "faq", 1);
    expect(v, "faq.0.question", "Hot?");
    v = article("## What is tea?\n\nA drink.\n\n## Why?\n\n## 什么？\n\n水\n");
    expect_count(v, "faq", 2);
    expect(v, "faq.0.id", "what-is-tea");
}

static void front_matter_comes_first_and_is_markdown(void **state) {
    (void)state;
    struct value *v = article("---\nfaq:\n  - question: One?\n    answer: \"*Yes*\\n\\n---\\n\"\n"
                              "  - question: Two?\n---\n## FAQ\n\n### Three?\n\nYes.\n");
    expect_count(v, "faq", 3);
    expect(v, "faq.0.answer.html", "<p><em>Yes</em></p>\n<hr />");
    expect_place(v, "faq.0", 3, 15);
    expect_pair(v, 1, "Two?", "");
    expect(v, "faq.2.question", "Three?");
}

static void front_matter_that_is_no_faq_is_a_warning(void **state) {
    (void)state;
    expect_count(article("---\nfaq: yes please\n---\n"), "faq", 0);
    expect_warning("wrong-type", 2, 6);
    diags = (struct diags){.arena = &arena};
    expect_count(article("---\nfaq:\n  - just text\n---\n"), "faq", 0);
    expect_warning("bad-faq", 3, 5);
    diags = (struct diags){.arena = &arena};
    expect_count(article("---\nfaq:\n  - {question: 7, answer: x}\n---\n"), "faq", 0);
    expect_warning("bad-faq", 3, 5);
}

static void a_pair_stands_where_its_question_stands(void **state) {
    (void)state;
    struct value *v = article("# T\n\n## FAQ\n\n### Hot?\n\nYes.\n\n### Cold?\n\nNo.\n");
    expect_place(v, "faq.1", 9, 5);
    expect_place(v, "faq.1.answer.text", 11, 1);
    v = article("## FAQ\n\n1. Hot?\n   Yes.\n2. Cold?\n   No.\n");
    expect_place(v, "faq.1", 5, 4);
    expect_place(v, "faq.1.answer", 6, 4);
}

static void raw_details_are_no_faq_where_raw_html_is_escaped(void **state) {
    (void)state;
    reading.escape_raw_html = true;
    struct value *v = article("## FAQ\n\n<details><summary>Hot?</summary>Yes</details>\n");
    expect_count(v, "faq", 0);
}

static void details_in_one_block_are_a_pair(void **state) {
    (void)state;
    struct value *v = article("## FAQ\n\n<details>\n<summary><b>Hot</b> &amp; wet?</summary>\n"
                              "<p>Yes</p>\n</details>\n");
    expect_count(v, "faq", 1);
    expect_pair(v, 0, "Hot & wet?", "Yes");
    expect(v, "faq.0.answer.html", "<p>Yes</p>");
}

static void labels_in_other_sections_need_an_answer(void **state) {
    (void)state;
    expect_count(article("## Data\n\nQ: 5 joule\n\nF: 98 degrees\n\nNext.\n"), "faq", 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(all_forms_of_a_faq_give_the_same_pairs),
        TEST(questions_are_known_in_every_language),
        TEST(a_sub_heading_needs_no_question_mark_in_a_faq),
        TEST(an_answer_goes_on_to_the_next_question),
        TEST(an_answer_keeps_its_markup),
        TEST(a_question_without_an_answer_stays_with_an_empty_one),
        TEST(question_headings_count_only_without_a_faq),
        TEST(front_matter_comes_first_and_is_markdown),
        TEST(front_matter_that_is_no_faq_is_a_warning),
        TEST(a_pair_stands_where_its_question_stands),
        TEST(raw_details_are_no_faq_where_raw_html_is_escaped),
        TEST(details_in_one_block_are_a_pair),
        TEST(labels_in_other_sections_need_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

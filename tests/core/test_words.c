#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#include "words.h"

struct example {
    enum word which;
    const char *text, *subject;
};

static void expect_match(enum word which, const char *text, const char *subject) {
    struct str found;
    if (!words_match(words_builtin(), which, str_of(text), &found))
        fail_msg("\"%s\" is not known", text);
    if (!str_eq(found, str_of(subject)))
        fail_msg("\"%s\" is about \"%.*s\", not \"%s\"", text, STR_ARG(found), subject);
}

static void expect_no_match(enum word which, const char *text) {
    struct str found;
    if (words_match(words_builtin(), which, str_of(text), &found))
        fail_msg("\"%s\" should not be known", text);
    assert_int_equal(found.len, 0);
}

static void expect_all(const struct example *examples, size_t count) {
    for (size_t i = 0; i < count; i++)
        expect_match(examples[i].which, examples[i].text, examples[i].subject);
}
#define EXPECT_ALL(examples) expect_all(examples, sizeof(examples) / sizeof *(examples))

static void every_language_knows_its_headings(void **state) {
    (void)state;
    static const struct example examples[] = {
        {WORD_FAQ, "FAQ", ""},
        {WORD_FAQ, "Häufig gestellte Fragen", ""},
        {WORD_FAQ, "Foire aux questions", ""},
        {WORD_FAQ, "Preguntas frecuentes", ""},
        {WORD_FAQ, "Perguntas frequentes", ""},
        {WORD_FAQ, "Domande frequenti", ""},
        {WORD_FAQ, "الأسئلة الشائعة", ""},
        {WORD_FAQ, "اکثر پوچھے جانے والے سوالات", ""},
        {WORD_FAQ, "常见问题", ""},
        {WORD_FAQ, "常見問題", ""},
        {WORD_CONCLUSION, "Final Thoughts", ""},
        {WORD_CONCLUSION, "Fazit", ""},
        {WORD_CONCLUSION, "En conclusion", ""},
        {WORD_CONCLUSION, "Conclusión", ""},
        {WORD_CONCLUSION, "الخلاصة", ""},
        {WORD_CONCLUSION, "نتیجہ", ""},
        {WORD_CONCLUSION, "总结", ""},
        {WORD_CONCLUSION, "總結", ""},
        {WORD_DISCLAIMER, "Medical disclaimer", ""},
        {WORD_DISCLAIMER, "Haftungsausschluss", ""},
        {WORD_DISCLAIMER, "إخلاء المسؤولية", ""},
        {WORD_DISCLAIMER, "免责声明", ""},
        {WORD_EVIDENCE, "Scientific Evidence Supporting MFR", "MFR"},
        {WORD_RECOMMENDATION, "Best Choice?", ""},
    };
    EXPECT_ALL(examples);
}

static void a_subject_is_found_where_the_language_puts_it(void **state) {
    (void)state;
    static const struct example examples[] = {
        {WORD_PROS, "Pros of Yoga", "Yoga"},
        {WORD_PROS, "Vorteile von Yoga", "Yoga"},
        {WORD_PROS, "Avantages du yoga", "yoga"},
        {WORD_PROS, "Ventajas del yoga", "yoga"},
        {WORD_PROS, "مزايا اليوغا", "اليوغا"},
        {WORD_PROS, "یوگا کے فوائد", "یوگا"},
        {WORD_PROS, "瑜伽的优点", "瑜伽"},
        {WORD_CONS, "瑜伽的缺點", "瑜伽"},
        {WORD_CONS, "Inconvénients de Soma", "Soma"},
        {WORD_COMPARISON, "Yoga vs. Pilates – which is better?", "Yoga"},
        {WORD_COMPARISON, "Yoga gegen Pilates", "Yoga"},
        {WORD_COMPARISON, "瑜伽和普拉提的区别", "瑜伽"},
        {WORD_DEFINITION, "What Is Carisoprodol?", "Carisoprodol"},
        {WORD_DEFINITION, "Was ist Yoga?", "Yoga"},
        {WORD_DEFINITION, "Qu’est-ce que l’ostéopathie ?", "ostéopathie"},
        {WORD_DEFINITION, "¿Qué es el yoga?", "yoga"},
        {WORD_DEFINITION, "ما هو الباكلوفين؟", "الباكلوفين"},
        {WORD_DEFINITION, "یوگا کیا ہے؟", "یوگا"},
        {WORD_DEFINITION, "什么是针灸？", "针灸"},
        {WORD_DEFINITION, "针灸是什么", "针灸"},
        {WORD_FOR, "For long-term pain management", "long-term pain management"},
    };
    EXPECT_ALL(examples);
}

static void the_article_before_a_subject_is_not_part_of_it(void **state) {
    (void)state;
    expect_match(WORD_PROS, "Pros of the Keto Diet", "Keto Diet");
    expect_match(WORD_PROS, "Les avantages de la marche", "marche");
    expect_match(WORD_PROS, "Avantages de l’eau", "eau");
    expect_match(WORD_PROS, "Benefits of Theanine", "Theanine");
}

static void brackets_belong_to_a_subject_or_to_nothing(void **state) {
    (void)state;
    expect_match(WORD_PROS, "Pros of Carisoprodol (Prosoma 500mg)", "Carisoprodol (Prosoma 500mg)");
    expect_match(WORD_FAQ, "FAQs (One-Liners)", "");
    expect_match(WORD_FAQ, "常见问题（简短）", "");
    expect_no_match(WORD_FAQ, "(FAQ");
}

static void what_stands_around_a_label_does_not_matter(void **state) {
    (void)state;
    static const struct example examples[] = {
        {WORD_FAQ, "3. FAQs:", ""},
        {WORD_FAQ, "٣. الأسئلة الشائعة", ""},
        {WORD_CONCLUSION, "IV. FAZIT", ""},
        {WORD_CONCLUSION, "b) Conclusion…", ""},
        {WORD_PROS, "✅ Pros", ""},
        {WORD_PROS, "5 Benefits of Yoga", "Yoga"},
        {WORD_PROS, "VORTEILE VON ÖL", "ÖL"},
        {WORD_PROS, "The\u00a0Pros", ""},
        {WORD_CONCLUSION, "The Bottom Line", ""},
        {WORD_QUESTION, "Q1", ""},
        {WORD_QUESTION, "Question 3.", ""},
    };
    EXPECT_ALL(examples);
}

static void spellings_of_arabic_letters_are_one(void **state) {
    (void)state;
    expect_match(WORD_FAQ, "الاسئلة الشائعة", "");
    expect_match(WORD_CONCLUSION, "الخُلاصة", "");
}

static void a_word_inside_a_sentence_is_no_heading(void **state) {
    (void)state;
    expect_no_match(WORD_FAQ, "Read our FAQ first");
    expect_no_match(WORD_PROS, "Prosody");
    expect_no_match(WORD_QUESTION, "Quality");
    expect_no_match(WORD_COMPARISON, "Terms or conditions");
    expect_match(WORD_COMPARISON, "Ibuprofen or aspirin?", "Ibuprofen");
    expect_no_match(WORD_PROS, "Pros of ");
    expect_no_match(WORD_COMPARISON, "vs.");
}

static void hostile_labels_match_nothing(void **state) {
    (void)state;
    char text[5000];
    for (int which = 0; which < WORD_COUNT; which++) {
        static const char *const texts[] = {"", " ", "(", ")", "()", "((((", "1.", "?", "؟", "{}",
                                            "\xE2\x80\x8F", "]", "a", "...", "\xF0\x9F\x91\x8D"};
        struct str subject;
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            (void)words_match(words_builtin(), (enum word)which, str_of(texts[i]), &subject);
        memset(text, '(', sizeof text);
        struct str longest = {text, sizeof text};
        assert_false(words_match(words_builtin(), (enum word)which, longest, &subject));
        longest.len = 512;
        assert_false(words_match(words_builtin(), (enum word)which, longest, &subject));
    }
}

static void the_kind_that_says_most_wins(void **state) {
    (void)state;
    struct str subject;
    uint32_t all = (UINT32_C(1) << WORD_COUNT) - 1;
    const struct words *w = words_builtin();
    assert_int_equal(words_classify(w, all, STR("Advantages and disadvantages of tea"), &subject),
                     WORD_PROS_AND_CONS);
    assert_true(str_eq(subject, STR("tea")));
    assert_int_equal(words_classify(w, all, STR("What are the benefits of tea?"), &subject),
                     WORD_PROS);
    expect_match(WORD_PROS, "Benefits of using tea", "tea");
    assert_int_equal(words_classify(w, all, STR("Steeping"), &subject), WORD_COUNT);
}

static void words_occur_only_as_whole_words(void **state) {
    (void)state;
    const struct words *w = words_builtin();
    assert_true(words_occur(w, WORD_STUDY, STR("Another 2020 Study, small, showed")));
    assert_true(words_occur(w, WORD_STUDY, STR("une étude de 2019")));
    assert_true(words_occur(w, WORD_STUDY, STR("eine ÉTUDE")));
    assert_true(words_occur(w, WORD_STUDY, STR("“studies”")));
    assert_true(words_occur(w, WORD_STUDY, STR("2019年的研究发现")));
    assert_true(words_occur(w, WORD_CHROME, STR("تبصرے · 21 مناظر")));
    assert_false(words_occur(w, WORD_STUDY, STR("understudy")));
    assert_false(words_occur(w, WORD_STUDY, STR("studying")));
    assert_false(words_occur(w, WORD_STUDY, STR("")));
}

/* ---- A site's own words ---- */

static struct arena arena;
static struct diags diags;

static int set_up(void **state) {
    (void)state;
    diags = (struct diags){.arena = &arena};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct value *own_words(const char *kind, const char *first, const char *second) {
    struct value *list = value_list(&arena, (struct span){0});
    struct value *own = value_record(&arena, (struct span){0});
    value_push(&arena, list, value_string(&arena, str_of(first), (struct span){0, 0, 4, 9}));
    if (second)
        value_push(&arena, list, value_string(&arena, str_of(second), (struct span){0, 0, 5, 9}));
    value_set(&arena, own, str_of(kind), list);
    return own;
}

static const struct place site = {STR_INIT("content/site.yaml"), 1, 1};

static void a_site_adds_its_own_words(void **state) {
    (void)state;
    const struct words *w;
    struct str subject;
    struct value *own = own_words("pros", "Upsides beyond {}", "Sonnenseiten");
    assert_true(words_extend(&arena, own, site, &diags, &w));
    assert_true(words_match(w, WORD_PROS, STR("upsides beyond doubt"), &subject));
    assert_true(str_eq(subject, STR("doubt")));
    assert_true(words_match(w, WORD_PROS, STR("SONNENSEITEN:"), &subject));
    assert_true(words_match(w, WORD_PROS, STR("Pros"), &subject));
    assert_false(words_match(words_builtin(), WORD_PROS, STR("Sonnenseiten"), &subject));
}

static void own_words_part_two_subjects_as_they_like(void **state) {
    (void)state;
    static const char *const patterns[][2] = {
        {"{}/{}", "Tea/coffee"},
        {"{} or rather {}", "Tea or rather coffee"},
        {"{}對決{}", "茶對決咖啡"},
        {"X{}", "Xtea"},
    };
    const struct words *w;
    struct str subject;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct value *own = own_words("comparison", patterns[i][0], NULL);
        assert_true(words_extend(&arena, own, site, &diags, &w));
        assert_true(words_match(w, WORD_COMPARISON, str_of(patterns[i][1]), &subject));
        assert_true(subject.len > 0);
    }
}

static void own_words_occur_too(void **state) {
    (void)state;
    const struct words *w;
    assert_true(words_extend(&arena, own_words("study", "paper", NULL), site, &diags, &w));
    assert_true(words_occur(w, WORD_STUDY, STR("a paper of 2020")));
    assert_true(words_occur(w, WORD_STUDY, STR("a trial of 2020")));
}

static void an_unknown_kind_is_refused_with_the_nearest(void **state) {
    (void)state;
    const struct words *w;
    assert_false(words_extend(&arena, own_words("prso", "Upsides", NULL), site, &diags, &w));
    assert_int_equal(diags.errors, 1);
    assert_true(str_find(diags.first->help, STR("pros")) < diags.first->help.len);
}

static void words_that_would_match_anything_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"{}", "", " ", "{} {}", "?", "{}{}", "a {} b {} c {}"};
    const struct words *w;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        diags = (struct diags){.arena = &arena};
        if (words_extend(&arena, own_words("faq", "Fine", bad[i]), site, &diags, &w))
            fail_msg("\"%s\" was taken", bad[i]);
        assert_int_equal(diags.errors, 1);
        assert_int_equal(diags.first->at.line, 5);
    }
}

static void words_that_are_no_strings_are_refused(void **state) {
    (void)state;
    const struct words *w;
    struct value *own = value_record(&arena, (struct span){0});
    value_set(&arena, own, STR("faq"), value_integer(&arena, 7));
    assert_false(words_extend(&arena, own, site, &diags, &w));
    assert_false(words_extend(&arena, value_integer(&arena, 7), site, &diags, &w));
    assert_int_equal(diags.errors, 2);
    assert_true(words_extend(&arena, NULL, site, &diags, &w));
    assert_ptr_equal(w, words_builtin());
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_knows_its_headings),
        cmocka_unit_test(a_subject_is_found_where_the_language_puts_it),
        cmocka_unit_test(the_article_before_a_subject_is_not_part_of_it),
        cmocka_unit_test(brackets_belong_to_a_subject_or_to_nothing),
        cmocka_unit_test(what_stands_around_a_label_does_not_matter),
        cmocka_unit_test(spellings_of_arabic_letters_are_one),
        cmocka_unit_test(a_word_inside_a_sentence_is_no_heading),
        cmocka_unit_test(hostile_labels_match_nothing),
        cmocka_unit_test(the_kind_that_says_most_wins),
        cmocka_unit_test(words_occur_only_as_whole_words),
        TEST(a_site_adds_its_own_words),
        TEST(own_words_part_two_subjects_as_they_like),
        TEST(own_words_occur_too),
        TEST(an_unknown_kind_is_refused_with_the_nearest),
        TEST(words_that_would_match_anything_are_refused),
        TEST(words_that_are_no_strings_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

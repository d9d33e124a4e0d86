#include "article_reading.h"

/* ---- Pros and cons ---- */

static void headings_announce_pros_and_cons_in_every_language(void **state) {
    (void)state;
    static const char *const texts[][2] = {
        {"## Advantages of Tea\n\n- Warm\n\n## Disadvantages of Tea\n\n- Wet\n", "Tea"},
        {"## Vorteile von Tee\n\n- Warm\n\n## Nachteile von Tee\n\n- Wet\n", "Tee"},
        {"## Les avantages du thé\n\n- Warm\n\n## Inconvénients du thé\n\n- Wet\n", "thé"},
        {"## Ventajas del té\n\n- Warm\n\n## Desventajas del té\n\n- Wet\n", "té"},
        {"## مزايا الشاي\n\n- Warm\n\n## عيوب الشاي\n\n- Wet\n", "الشاي"},
        {"## چائے کے فوائد\n\n- Warm\n\n## چائے کے نقصانات\n\n- Wet\n", "چائے"},
        {"## 茶的优点\n\n- Warm\n\n## 茶的缺点\n\n- Wet\n", "茶"},
        {"## 茶的優點\n\n- Warm\n\n## 茶的缺點\n\n- Wet\n", "茶"},
        {"## Tea: pros\n\n- Warm\n\n## Tea – cons\n\n- Wet\n", "Tea"},
        {"## Tea\n\n### Pros\n\n- Warm\n\n### Cons\n\n- Wet\n", "Tea"},
        {"## What Is Tea?\n\n### Pros:\n\n- Warm\n\n### Cons:\n\n- Wet\n", "Tea"},
        {"## Pros and Cons of Tea\n\n### Pros\n\n- Warm\n\n### Cons\n\n- Wet\n", "Tea"},
        {"## Pros & cons of Tea\n\n✔ Warm\n✖ Wet\n", "Tea"},
        {"## Pros & cons of Tea\n\n**Pros**\n\n- Warm\n\n**Cons:**\n\n- Wet\n", "Tea"},
        {"## Tea\n\n- ✅ Warm\n- ❌ Wet\n", "Tea"},
        {"## Tea\n\n- 👍🏽 Warm\n- 👎 Wet\n", "Tea"},
        {"## Tea\n\n- \\+ Warm\n- − Wet\n", "Tea"},
        {"## Tea\n\n| Pros | Cons |\n|---|---|\n| Warm | ✖ Wet |\n| | |\n", "Tea"},
        {"## Tea\n\n| Disadvantages | Advantages |\n|---|---|\n| Wet | ✔ Warm |\n", "Tea"},
        {"# Tea\n\n## Benefits\n\nWarm\n\n## Drawbacks\n\nWet\n", "Tea"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i][0]);
        expect_count(v, "pros", 1);
        expect_count(v, "cons", 1);
        expect_count(v, "pros.0.items", 1);
        expect_count(v, "cons.0.items", 1);
        expect(v, "pros.0.subject", texts[i][1]);
        expect(v, "cons.0.subject", texts[i][1]);
        expect(v, "pros.0.items.0.text", "Warm");
        expect(v, "cons.0.items.0.html", "Wet");
    }
}

static void subjects_are_kept_as_written(void **state) {
    (void)state;
    struct value *v = article("## Pros of Carisoprodol (Prosoma 500mg)\n\n- a\n\n"
                              "## Cons of Carisoprodol\n\n- b\n");
    expect(v, "pros.0.subject", "Carisoprodol (Prosoma 500mg)");
    expect(v, "cons.0.subject", "Carisoprodol");
}

static void marks_leave_the_html_as_well(void **state) {
    (void)state;
    struct value *v = article("## Pros\n\n- ✔ **Warm** & wet\n\n- **✔️ Cheap**\n");
    expect(v, "pros.0.items.0.text", "Warm & wet");
    expect(v, "pros.0.items.0.html", "<p><strong>Warm</strong> &amp; wet</p>");
    expect(v, "pros.0.items.1.html", "<p><strong>Cheap</strong></p>");
    v = article("✔ **Warm** & wet\n✔ Cheap\n");
    expect(v, "pros.0.items.0.html", "<strong>Warm</strong> &amp; wet");
    expect(v, "pros.0.subject", "Content");
}

static void marked_items_stand_where_they_stand(void **state) {
    (void)state;
    struct value *v = article("## Tea\n\n✔ Warm\n✖ Wet\n\n- ✔ Cheap\n");
    expect_count(v, "pros.0.items", 2);
    expect_place(v, "cons.0.items.0", 4, 3);
    assert_int_equal(part(v, "pros.0.items.1")->span.line, 6);
}

static void bullets_and_dashes_alone_are_no_pros(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## Tea\n\n+ one\n+ two\n", "## Tea\n\n- one\n- two\n", "## Tea\n\n– Who?\n– I.\n",
        "## Tea\n\n+1 for tea\n", "## Tea\n\n- −5 degrees\n- 6 degrees\n",
        "## FAQ\n\n### Pros of tea\n\n- one\n", "## Prose\n\n- one\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i]);
        expect_count(v, "pros", 0);
        expect_count(v, "cons", 0);
    }
}

/* ---- Facts ---- */

static void lists_of_names_and_values_are_facts(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## What Is Tea?\n\n- Plant: Camellia\n- Cups: 3\n",
        "## What Is Tea?\n\n- **Plant:** Camellia\n- **Cups**: 3\n",
        "## What Is Tea?\n\n1. Plant： Camellia\n2. Cups：3\n",
        "## Tea\n\n- Plant: Camellia\n- Cups: 3\n- and more\n",
        "## Tea\n\n### Key facts\n\n- Plant: Camellia\n- Cups: 3\n",
        "## Key facts about Tea\n\n- Plant: Camellia\n- Cups: 3\n",
        "## Tea at a glance\n\n| What | How |\n|---|---|\n| Plant | Camellia |\n| Cups | 3 |\n",
        "## Tea\n\n| Property | |\n|---|---|\n| Plant | Camellia |\n| Cups | 3 |\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i]);
        expect_count(v, "facts", 2);
        expect(v, "facts.0.subject", "Tea");
        expect(v, "facts.0.name", "Plant");
        expect(v, "facts.0.value", "Camellia");
        expect(v, "facts.1.name", "Cups");
        expect(v, "facts.1.value", "3");
    }
}

static void subjects_of_facts_are_known_in_every_language(void **state) {
    (void)state;
    static const char *const headings[][2] = {
        {"Was ist Tee?", "Tee"},     {"Qu'est-ce que le thé ?", "thé"}, {"¿Qué es el té?", "té"},
        {"ما هو الشاي؟", "الشاي"},   {"چائے کیا ہے؟", "چائے"},          {"什么是茶？", "茶"},
        {"茶是什麼？", "茶"},        {"Steckbrief: Tee", "Tee"},        {"Green tea", "Green tea"},
    };
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        struct str text = arena_printf(&arena, "## %s\n\n- a: 1\n- b: 2\n", headings[i][0]);
        expect(article(text.at), "facts.1.subject", headings[i][1]);
    }
}

static void sentences_with_colons_are_no_facts(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## Tea\n\n- Plant: one\n- no colon\n- none here\n",
        "## Tea\n\n- Only: one\n",
        "## Tea\n\n- This is a rather long name here: a\n- And so is this one there: b\n",
        "## Tea\n\n- half: 1\n- half: 2\n- of\n- them\n",
        "## Tea\n\n- see https://tea.example\n- at 10:30 or 11:30\n",
        "## Pros\n\n- Warm: yes\n- Wet: yes\n",
        "## FAQ\n\n- Hot: yes\n- Cold: no\n",
        "## Tea\n\n- ✔ Warm: yes\n- ✔ Wet: yes\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_count(article(texts[i]), "facts", 0);
}

static void a_fact_stands_where_its_item_stands(void **state) {
    (void)state;
    struct value *v = article("## Tea\n\n- Plant: Camellia\n- Cups: 3\n");
    assert_int_equal(part(v, "facts.1")->span.line, 4);
}

/* ---- Recommendations ---- */

static void arrows_and_labels_recommend(void **state) {
    (void)state;
    static const char *const texts[][3] = {
        {"- For long days, → tea + milk.\n", "long days", "tea + milk"},
        {"- For long days -> tea\n", "long days", "tea"},
        {"- For **long days** ⇒ *tea*\n", "long days", "tea"},
        {"For long days => tea.\n", "long days", "tea"},
        {"- Für lange Tage → Tee\n", "lange Tage", "Tee"},
        {"- Pour l’hiver → thé\n", "l’hiver", "thé"},
        {"- Para el invierno → té.\n", "el invierno", "té"},
        {"- إذا كنت متعبا → شاي\n", "كنت متعبا", "شاي"},
        {"- سردیوں کے لیے → چائے۔\n", "سردیوں", "چائے"},
        {"- 如果你累了 → 茶。\n", "你累了", "茶"},
        {"## Best choice\n\n- For long days: tea\n", "long days", "tea"},
        {"## Verdict\n\n- If you sleep badly: water.\n", "you sleep badly", "water"},
        {"## Empfehlung\n\n- Kalte Tage → Tee\n", "Kalte Tage", "Tee"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i][0]);
        expect_count(v, "recommendations", 1);
        expect(v, "recommendations.0.when", texts[i][1]);
        expect(v, "recommendations.0.choose", texts[i][2]);
    }
}

static void arrows_through_menus_recommend_nothing(void **state) {
    (void)state;
    static const char *const texts[] = {"Open File → Save.\n", "- Tools -> Options\n",
                                        "For → \n", "- x => x + 1\n", "## Best choice\n\n- Tea\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_count(article(texts[i]), "recommendations", 0);
}

static void two_lines_are_two_recommendations(void **state) {
    (void)state;
    struct value *v = article("## Best choice\n\nFor cold → tea.\nFor heat → water.\n");
    expect_count(v, "recommendations", 2);
    expect(v, "recommendations.1.choose", "water");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(headings_announce_pros_and_cons_in_every_language),
        TEST(subjects_are_kept_as_written),
        TEST(marks_leave_the_html_as_well),
        TEST(marked_items_stand_where_they_stand),
        TEST(bullets_and_dashes_alone_are_no_pros),
        TEST(lists_of_names_and_values_are_facts),
        TEST(subjects_of_facts_are_known_in_every_language),
        TEST(sentences_with_colons_are_no_facts),
        TEST(a_fact_stands_where_its_item_stands),
        TEST(arrows_and_labels_recommend),
        TEST(arrows_through_menus_recommend_nothing),
        TEST(two_lines_are_two_recommendations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "article_reading.h"

/* ---- The whole ---- */

static const char TYPICAL[] =
    "---\n"                                          /* 1 */
    "title: Green tea or coffee?\n"                  /* 2 */
    "date: 2024-03-05\n"
    "tags: [drinks, health]\n"
    "---\n"
    "Two drinks, one morning. See [the shop](https://example.org/shop).\n" /* 6 */
    "\n"
    "## What Is Green Tea?\n"                        /* 8 */
    "\n"
    "- Plant: *Camellia sinensis*\n"                 /* 10 */
    "- **Caffeine:** 30 mg a cup\n"
    "\n"
    "### Pros of Green Tea\n"                        /* 13 */
    "\n"
    "- Calm & bright\n"                              /* 15 */
    "- Cheap\n"
    "\n"
    "### Cons of Green Tea\n"                        /* 18 */
    "\n"
    "✖ Stains **teeth**\n"                           /* 20 */
    "✖ Cools fast\n"
    "\n"
    "## Green tea vs. coffee\n"                      /* 23 */
    "\n"
    "| Factor | Green tea | Coffee |\n"              /* 25 */
    "| --- | --- | --- |\n"
    "| Caffeine | low | **high** |\n"                /* 27 */
    "| Price | low | middling |\n"
    "\n"
    "## Best choice\n"                               /* 30 */
    "\n"
    "- For long evenings, → green tea.\n"            /* 32 */
    "- For short nights: coffee\n"
    "\n"
    "## Studies\n"                                   /* 35 */
    "\n"
    "- A 2019 trial in the Journal of Imaginary Drinks saw calm drinkers.\n" /* 37 */
    "- Nothing newer is known.\n"
    "\n"
    "## FAQs (short)\n"                              /* 40 */
    "\n"
    "### 1. Is it bitter?\n"                         /* 42 */
    "\n"
    "Not when brewed at *70 °C*.\n"                  /* 44 */
    "\n"
    "## Final thoughts\n"                            /* 46 */
    "\n"
    "Drink what you like. ![cup](cup.png)\n"         /* 48 */
    "\n"
    "**Disclaimer:** no advice.\n";                  /* 50 */

static void a_typical_article_fills_every_field(void **state) {
    (void)state;
    struct value *v = article_at("drinks/tea-or-coffee.md", TYPICAL);
    expect(v, "id", "drinks/tea-or-coffee");
    expect(v, "path", "drinks/tea-or-coffee.md");
    expect(v, "slug", "tea-or-coffee");
    expect(v, "url", "/tea-or-coffee/");
    expect(v, "title", "Green tea or coffee?");
    expect(v, "summary", "Two drinks, one morning. See the shop.");
    expect(v, "lang", "en");
    expect(v, "dir", "ltr");
    expect(v, "date", "2024-03-05");
    expect(v, "updated", "nil");
    expect(v, "tags.1", "health");
    expect(v, "draft", "false");
    expect(v, "meta.date", "2024-03-05");
    expect(v, "lede.text", "Two drinks, one morning. See the shop.");
    expect_count(v, "sections", 6);
    expect(v, "sections.0.title", "What Is Green Tea?");
    expect(v, "sections.0.sections.1.title", "Cons of Green Tea");
    expect_count(v, "faq", 1);
    expect(v, "faq.0.question", "Is it bitter?");
    expect(v, "faq.0.id", "is-it-bitter");
    expect(v, "faq.0.answer.text", "Not when brewed at 70 °C.");
    expect(v, "faq.0.answer.html", "<p>Not when brewed at <em>70 °C</em>.</p>");
    expect(v, "faq.0.answer.markdown", "Not when brewed at *70 °C*.");
    expect(v, "pros.0.subject", "Green Tea");
    expect(v, "pros.0.items.0.html", "Calm &amp; bright");
    expect(v, "cons.0.items.0.text", "Stains teeth");
    expect(v, "cons.0.items.0.html", "Stains <strong>teeth</strong>");
    expect_count(v, "cons.0.items", 2);
    expect(v, "comparisons.0.title", "Green tea vs. coffee");
    expect(v, "comparisons.0.subjects.1", "Coffee");
    expect(v, "comparisons.0.rows.0.cells.1.html", "<strong>high</strong>");
    expect_count(v, "facts", 2);
    expect(v, "facts.0.subject", "Green Tea");
    expect(v, "facts.0.value", "Camellia sinensis");
    expect(v, "facts.1.name", "Caffeine");
    expect(v, "facts.1.value", "30 mg a cup");
    expect_count(v, "recommendations", 2);
    expect(v, "recommendations.0.when", "long evenings");
    expect(v, "recommendations.0.choose", "green tea");
    expect(v, "recommendations.1.choose", "coffee");
    expect_count(v, "evidence", 1);
    expect(v, "evidence.0.year", "2019");
    expect(v, "evidence.0.source", "Journal of Imaginary Drinks");
    expect(v, "disclaimer", "no advice.");
    expect(v, "links.0.url", "https://example.org/shop");
    expect(v, "images.0.alt", "cup");
    expect(v, "reading_minutes", "1");
    assert_int_equal(diags.errors + diags.warnings, 0);
}

static void every_part_knows_its_place(void **state) {
    (void)state;
    struct value *v = article_at("drinks/tea-or-coffee.md", TYPICAL);
    expect_place(v, "title", 2, 8);
    expect_place(v, "date", 3, 7);
    expect_place(v, "lede", 6, 1);
    expect_place(v, "links.0", 6, 31);
    assert_int_equal(part(v, "sections.0")->span.line, 8);
    assert_int_equal(part(v, "facts.1")->span.line, 11);
    assert_int_equal(part(v, "pros.0.items.1")->span.line, 16);
    assert_int_equal(part(v, "cons.0.items.1")->span.line, 21);
    expect_place(v, "comparisons.0.rows.0.cells.1.text", 27, 22);
    assert_int_equal(part(v, "recommendations.1")->span.line, 33);
    assert_int_equal(part(v, "evidence.0")->span.line, 37);
    expect_place(v, "faq.0", 42, 5);
    expect_place(v, "faq.0.answer", 44, 1);
    assert_int_equal(part(v, "conclusion")->span.line, 48);
    assert_int_equal(part(v, "disclaimer")->span.line, 50);
}

/* The frozen image stores the three renderings once and everything else as their slices. */
static void texts_are_slices_of_the_whole(void **state) {
    (void)state;
    struct value *v = article_at("drinks/tea-or-coffee.md", TYPICAL);
    static const char *const slices[][2] = {
        {"html", "sections.0.html"},
        {"html", "sections.0.title_html"},
        {"html", "sections.0.blocks.0.items.1.html"},
        {"html", "comparisons.0.rows.1.cells.0.html"},
        {"html", "pros.0.items.0.html"},
        {"html", "faq.0.answer.html"},
        {"text", "sections.0.title"},
        {"text", "sections.0.blocks.0.items.1.text"},
        {"text", "facts.0.value"},
        {"text", "conclusion.text"},
        {"markdown", "faq.0.answer.markdown"},
    };
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++) {
        struct str whole = part(v, slices[i][0])->string, s = part(v, slices[i][1])->string;
        if (s.at < whole.at || s.at + s.len > whole.at + whole.len)
            fail_msg("%s is no slice of %s", slices[i][1], slices[i][0]);
    }
}

static void the_fields_stand_in_the_order_of_the_design(void **state) {
    (void)state;
    static const char *const keys[] = {
        "id", "path", "slug", "url", "title", "summary", "lang", "dir", "date", "updated",
        "authors", "tags", "draft", "meta", "keys", "titled", "lede", "sections", "faq", "pros",
        "cons", "comparisons", "facts", "recommendations", "evidence", "conclusion", "disclaimer",
        "links", "images", "uneven_rows", "words", "reading_minutes", "html", "text", "markdown"};
    struct value *v = article("x");
    assert_int_equal(v->count, sizeof keys / sizeof *keys);
    for (uint32_t i = 0; i < v->count; i++)
        assert_true(str_eq(v->keys[i], str_of(keys[i])));
}

/* ---- Sections and blocks ---- */

static void a_skipped_level_hangs_under_the_nearest_higher_one(void **state) {
    (void)state;
    struct value *v = article("# T\n\n## A\n\n#### B\n\n### C\n\n# D\n");
    expect(v, "title", "T");
    expect_count(v, "sections", 2);
    expect(v, "sections.0.sections.0.title", "B");
    expect(v, "sections.0.sections.1.title", "C");
    expect(v, "sections.0.sections.0.level", "4");
    expect(v, "sections.1.title", "D");
}

static void a_section_holds_only_what_stands_before_its_subsections(void **state) {
    (void)state;
    struct value *v = article("## A\n\none\n\ntwo\n\n### B\n\nthree\n");
    expect(v, "sections.0.text", "one\n\ntwo");
    expect(v, "sections.0.html", "<p>one</p>\n<p>two</p>");
    expect_count(v, "sections.0.blocks", 2);
    expect(v, "sections.0.sections.0.text", "three");
    expect(v, "lede", "nil");
}

static void equal_titles_get_different_ids(void **state) {
    (void)state;
    struct value *v = article("## Tea\n\n## Tea\n\n## Tea 2\n\n## !!!\n\n## ???\n\n## Tea\n");
    expect(v, "sections.0.id", "tea");
    expect(v, "sections.1.id", "tea-2");
    expect(v, "sections.2.id", "tea-2-2");
    expect(v, "sections.3.id", "s1");
    expect(v, "sections.4.id", "s2");
    expect(v, "sections.5.id", "tea-3");
}

static void a_title_keeps_its_markup_apart(void **state) {
    (void)state;
    struct value *v = article("## *Big* `tea` & co\n");
    expect(v, "sections.0.title", "Big tea & co");
    expect(v, "sections.0.title_html", "<em>Big</em> <code>tea</code> &amp; co");
}

static void each_kind_of_block_has_its_fields(void **state) {
    (void)state;
    struct value *v = article("1. one\n2. two\n\n   more\n\n- [x] done\n- [ ] open\n- plain\n\n"
                              "```lua x=1\nreturn 1\n```\n\n> quoted\n\n> # Head\n\n"
                              "| a | b |\n|:--|--:|\n| 1 | *2* |\n\n<div>raw</div>\n\n---\n");
    expect(v, "lede.blocks.0.type", "list");
    expect(v, "lede.blocks.0.ordered", "true");
    expect(v, "lede.blocks.0.start", "1");
    expect(v, "lede.blocks.0.tight", "false");
    expect(v, "lede.blocks.0.items.1.text", "two\n\nmore");
    expect_count(v, "lede.blocks.0.items.1.blocks", 2);
    expect(v, "lede.blocks.1.items.0.done", "true");
    expect(v, "lede.blocks.1.items.1.done", "false");
    expect(v, "lede.blocks.1.items.2.done", "nil");
    expect(v, "lede.blocks.1.start", "nil");
    expect(v, "lede.blocks.2.lang", "lua");
    expect(v, "lede.blocks.2.info", "lua x=1");
    expect(v, "lede.blocks.2.code", "return 1\n");
    expect(v, "lede.blocks.3.type", "quote");
    expect(v, "lede.blocks.3.html", "<blockquote>\n<p>quoted</p>\n</blockquote>");
    expect(v, "lede.blocks.3.blocks.0.text", "quoted");
    expect(v, "lede.blocks.4.blocks.0.level", "1");
    expect(v, "lede.blocks.5.columns.0.align", "left");
    expect(v, "lede.blocks.5.columns.1.text", "b");
    expect(v, "lede.blocks.5.rows.0.1.html", "<em>2</em>");
    expect(v, "lede.blocks.6.type", "html");
    expect(v, "lede.blocks.7.type", "rule");
    expect_count(v, "sections", 0);
}

static void a_nested_list_is_text_without_its_indent(void **state) {
    (void)state;
    struct value *v = article("- outer\n  - inner\n    - deep\n");
    expect(v, "lede.blocks.0.items.0.text", "outer\n- inner\n  - deep");
    expect(v, "lede.blocks.0.items.0.blocks.1.items.0.text", "inner\n- deep");
}

/* ---- Links ---- */

static void addresses_that_run_code_are_left_out_with_a_warning(void **state) {
    (void)state;
    struct value *v = article("[a](https://a.example) and\n[b](javascript:alert(1))\n");
    expect_count(v, "links", 1);
    expect(v, "links.0.text", "a");
    expect_warning("active-url", 2, 2);
}

static void raw_html_is_escaped_when_the_site_says_so(void **state) {
    (void)state;
    reading.escape_raw_html = true;
    struct value *v = article("<b>hi</b>\n");
    assert_true(str_find(part(v, "html")->string, STR("<b>")) == part(v, "html")->string.len);
}

static void words_and_minutes_are_counted(void **state) {
    (void)state;
    char text[402 * 5 + 1] = "";
    for (int i = 0; i < 402; i++)
        strcat(text, "word ");
    struct value *v = article(text);
    expect(v, "words", "402");
    expect(v, "reading_minutes", "3");
}

/* ---- Strange input ---- */

static void an_empty_file_is_an_article(void **state) {
    (void)state;
    struct value *v = article_at("notes/my-first_note.md", "");
    expect(v, "title", "My first note");
    expect(v, "summary", "nil");
    expect(v, "html", "");
    expect(v, "words", "0");
    expect(v, "reading_minutes", "1");
    expect_count(v, "sections", 0);
}

static void front_matter_alone_is_an_article(void **state) {
    (void)state;
    struct value *v = article("---\ntitle: Alone\n---\n");
    expect(v, "title", "Alone");
    expect(v, "lede", "nil");
}

static char *repeated(const char *text, size_t count) {
    size_t len = strlen(text);
    char *all = arena_alloc(&arena, len * count + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(all + i * len, text, len);
    return all;
}

static void ten_thousand_headings_of_one_title_are_read(void **state) {
    (void)state;
    struct value *v = article(repeated("## Same?\n\nyes 2019 study\n\n", 10000));
    expect_count(v, "sections", 10000);
    expect(v, "sections.9999.id", "same-10000");
    expect_count(v, "faq", 10000);
}

static void deep_nesting_ends_the_blocks_and_not_the_program(void **state) {
    (void)state;
    struct buf text = BUF_INIT;
    for (int i = 0; i < 45; i++)
        buf_printf(&text, "%*s- x\n", i * 2, "");
    struct value *v = try_article("deep.md", arena_str(&arena, buf_str(&text)));
    buf_free(&text);
    unsigned depth = 0;
    const struct value *blocks = v ? part(v, "lede.blocks") : NULL;
    for (; blocks && blocks->count > 0; depth++)
        blocks = depth == 0 ? part(blocks, "0.items.0.blocks")
                            : blocks->count > 1 ? part(blocks, "1.items.0.blocks") : NULL;
    assert_true(v != NULL);
    assert_in_range(depth, 20, 40);
    (void)try_article("deeper.md", str_of(repeated("> ", 50000)));
    (void)try_article("brackets.md", str_of(repeated("*a **b ", 5000)));
}

static void long_runs_take_no_longer_than_their_length(void **state) {
    (void)state;
    expect_count(article(repeated("✔ warm\n", 50000)), "pros.0.items", 50000);
    expect_count(article(repeated("Q: Hot?\nA: Yes.\n", 20000)), "faq", 20000);
    expect_count(article(repeated("A 2019 study [said](x) so. ", 50000)), "evidence", 50000);
    expect_count(article(repeated("- a: 1\n", 50000)), "facts", 50000);
    expect_count(article(repeated("<summary>a</summary>\n\n", 5000)), "faq", 0);
    struct str slug = arena_join(&arena, STR("---\nslug: "), str_of(repeated("a/", 30000)));
    article(arena_join(&arena, slug, STR("\n---\n")).at);
}

static void odd_bytes_do_no_harm(void **state) {
    (void)state;
    static const char *const texts[] = {
        "\xEF\xBB\xBF# Marked\r\n\r\ntext\r\n", "\r\r\r", "# \n\n## \n", "|", "||\n|-|\n||\n",
        "- \n- \n", "1.\n2.\n", "## FAQ\n\n- \n", "## FAQ\n\n###\n", "## FAQ\n\n>\n",
        "## Pros\n\n✔\n", "## Pros\n\n- ✔\n", "## Pros\n", "→", "For → \n", "2019 study", "Q:",
        "A:",
        "Q:\nA:\n", "**?**", "## FAQ\n\n**\n", "## FAQ\n\nQ: A: Q:\n", "<details><summary>",
        "## FAQ\n\n<details><summary></summary></details>\n", "## FAQ\n\n<details>\n<summary>a\n",
        "## FAQ\n\n1. ?\n\nx\n\n2. ?\n", "| a |\n|--|\n",
        "## a vs. b\n\n| a | b |\n|--|--|\n| 1 |\n",
        "[](", "[a](b", "![](<>)", "## \xE2\x80\x8F\n", "Disclaimer:", "**Disclaimer**"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        (void)try_article("odd.md", str_of(texts[i]));
        (void)try_article("odd.txt", str_of(texts[i]));
    }
}

static void pasted_text_is_read_by_the_paste_reader(void **state) {
    (void)state;
    struct value *v = article_at("pasted.TXT", "Tea at night\n\nA lede about tea that is long "
                                 "enough to be a paragraph.\n\n\nPros of Tea\n\n✔ Warm\n✔ Wet\n");
    expect(v, "title", "Tea at night");
    expect(v, "pros.0.subject", "Tea");
    expect_count(v, "pros.0.items", 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_typical_article_fills_every_field),
        TEST(every_part_knows_its_place),
        TEST(texts_are_slices_of_the_whole),
        TEST(the_fields_stand_in_the_order_of_the_design),
        TEST(a_skipped_level_hangs_under_the_nearest_higher_one),
        TEST(a_section_holds_only_what_stands_before_its_subsections),
        TEST(equal_titles_get_different_ids),
        TEST(a_title_keeps_its_markup_apart),
        TEST(each_kind_of_block_has_its_fields),
        TEST(a_nested_list_is_text_without_its_indent),
        TEST(addresses_that_run_code_are_left_out_with_a_warning),
        TEST(raw_html_is_escaped_when_the_site_says_so),
        TEST(words_and_minutes_are_counted),
        TEST(an_empty_file_is_an_article),
        TEST(front_matter_alone_is_an_article),
        TEST(ten_thousand_headings_of_one_title_are_read),
        TEST(deep_nesting_ends_the_blocks_and_not_the_program),
        TEST(long_runs_take_no_longer_than_their_length),
        TEST(odd_bytes_do_no_harm),
        TEST(pasted_text_is_read_by_the_paste_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

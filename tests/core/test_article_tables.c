#include "article_reading.h"

static void a_table_is_a_comparison_by_its_heading_or_its_corner(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## Tea vs. coffee\n\n| x | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## Tea gegen coffee\n\n| x | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## مقارنة\n\n| x | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## 比較\n\n| x | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## Drinks\n\nTea vs coffee:\n\n"
        "| x | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## Drinks\n\n| | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## Drinks\n\n| Factor | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## Drinks\n\n| Kriterium | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## خصوصیات\n\n| عنصر | Tea | Coffee |\n|---|---|---|\n| Price | low | high |\n",
        "## Tea\n\n## Coffee\n\n## Drinks\n\n"
        "| x | Tea | Coffee (black) |\n|---|---|---|\n| Price | low | high |\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = article(texts[i]);
        expect_count(v, "comparisons", 1);
        expect_count(v, "comparisons.0.subjects", 2);
        expect(v, "comparisons.0.subjects.0", "Tea");
        expect(v, "comparisons.0.rows.0.factor", "Price");
        expect(v, "comparisons.0.rows.0.cells.1.text", "high");
        expect_count(v, "facts", 0);
    }
}

static void other_tables_are_no_comparisons(void **state) {
    (void)state;
    static const char *const texts[] = {
        "## Prices\n\n| Year | Sold | Paid |\n|---|---|---|\n| 1 | 2 | 3 |\n",
        "## Tea\n\n| Property | Value |\n|---|---|\n| Plant | Camellia |\n",
        "## Tea\n\n| Pros | Cons |\n|---|---|\n| Warm | Wet |\n",
        "## Tea vs. coffee\n\n| only |\n|---|\n| one |\n",
        "## Tea vs. coffee\n\n| no | rows |\n|---|---|\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_count(article(texts[i]), "comparisons", 0);
}

static void short_rows_are_filled(void **state) {
    (void)state;
    struct value *v = article("## Tea vs. coffee\n\n| Factor | Tea | Coffee |\n|---|---|---|\n"
                              "| Price |\n| Heat | hot | *hot* | too much |\n");
    expect(v, "comparisons.0.title", "Tea vs. coffee");
    expect(v, "comparisons.0.factor", "Factor");
    expect_count(v, "comparisons.0.rows.0.cells", 2);
    expect(v, "comparisons.0.rows.0.cells.1.text", "");
    expect_count(v, "comparisons.0.rows.1.cells", 2);
    expect(v, "comparisons.0.rows.1.cells.1.html", "<em>hot</em>");
}

static void each_table_of_an_article_counts(void **state) {
    (void)state;
    struct value *v = article("# Drinks\n\n| | Tea | Coffee |\n|---|---|---|\n| a | b | c |\n\n"
                              "## More\n\n| | Tea | Milk |\n|---|---|---|\n| a | b | c |\n");
    expect_count(v, "comparisons", 2);
    expect(v, "comparisons.0.title", "Drinks");
    expect(v, "comparisons.1.title", "More");
    expect(v, "comparisons.1.subjects.1", "Milk");
}

static void cells_know_their_places(void **state) {
    (void)state;
    struct value *v = article("## A vs. B\n\n| F | A | B |\n|---|---|---|\n| x | yes | no |\n");
    expect_place(v, "comparisons.0.subjects.1", 3, 11);
    expect_place(v, "comparisons.0.rows.0.factor", 5, 3);
    expect_place(v, "comparisons.0.rows.0.cells.1", 5, 13);
}

static void rows_that_do_not_fit_are_told_as_they_are_written(void **state) {
    (void)state;
    struct value *v = article("| a | b |\n| --- | --- |\n"
                              "| one |\n"
                              "| `x|y` | \\| |\n"
                              "|  |  |\n"
                              "one | two | three\n"
                              "`open | two\n");
    expect_count(v, "uneven_rows", 2);
    expect(v, "uneven_rows.0.cells", "1");
    expect(v, "uneven_rows.0.columns", "2");
    assert_int_equal(part(v, "uneven_rows.0")->span.line, 3);
    expect(v, "uneven_rows.1.cells", "3");
    assert_int_equal(part(v, "uneven_rows.1")->span.line, 6);
    v = article("> - | a | b |\n>   | --- | --- |\n>   | one |\n\n| a |\n| --- |\n| x |\n");
    expect_count(v, "uneven_rows", 0); /* quotes and lists hold none that plugins see */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_table_is_a_comparison_by_its_heading_or_its_corner),
        TEST(other_tables_are_no_comparisons),
        TEST(short_rows_are_filled),
        TEST(each_table_of_an_article_counts),
        TEST(cells_know_their_places),
        TEST(rows_that_do_not_fit_are_told_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

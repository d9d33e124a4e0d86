#include "article_reading.h"

static struct value *with_front(const char *front) {
    static const char body[] = "First *paragraph*.\n\nSecond.\n";
    return article(arena_printf(&arena, "---\n%s\n---\n\n%s", front, body).at);
}

/* ---- Titles, summaries, names ---- */

static void a_title_comes_from_front_matter_heading_or_file_name(void **state) {
    (void)state;
    struct value *v = article("---\ntitle: Front\n---\n# Heading\n");
    expect(v, "title", "Front");
    expect(v, "sections.0.title", "Heading");
    v = article("intro\n\n# The *first* heading\n\n# Second\n");
    expect(v, "title", "The first heading");
    expect_place(v, "title", 3, 3);
    expect_count(v, "sections", 1);
    expect(v, "html", "<p>intro</p>\n<h1>Second</h1>\n");
    expect(article_at("a/green-tea_notes.md", "text"), "title", "Green tea notes");
}

static void a_summary_comes_from_front_matter_or_the_first_paragraph(void **state) {
    (void)state;
    expect(with_front("summary: In short"), "summary", "In short");
    struct value *v = with_front("title: T");
    expect(v, "summary", "First paragraph.");
    assert_int_equal(part(v, "summary")->span.line, 5);
    expect(article("- only a list\n"), "summary", "nil");
}

static void a_slug_comes_from_front_matter_or_the_file_name(void **state) {
    (void)state;
    expect(with_front("slug: drinks/tea"), "slug", "drinks/tea");
    assert_int_equal(diags.warnings, 0);
    expect(article_at("drinks/Green Tea.md", ""), "slug", "green-tea");
    expect(article_at("drinks/tea/index.md", ""), "slug", "tea");
    expect(article_at("drinks/tea/README.md", ""), "slug", "tea");
    expect(article_at("index.md", ""), "slug", "index");
    expect(article_at("!!!.md", ""), "slug", "untitled");
    expect(article_at("a.b/c", ""), "slug", "c");
}

static void an_unsafe_slug_is_changed_with_a_warning(void **state) {
    (void)state;
    expect(with_front("title: T\nslug: ../../etc/Pass Wd"), "slug", "etc/pass-wd");
    expect_warning("slug-changed", 3, 7);
    expect(with_front("slug: '..'"), "slug", "content");
    assert_int_equal(diags.warnings, 2);
}

static void an_id_is_the_path_without_its_ending_unless_given(void **state) {
    (void)state;
    expect(article_at("drinks/green.tea.md", ""), "id", "drinks/green.tea");
    expect(with_front("id: tea-1"), "id", "tea-1");
}

static void a_url_is_the_sites_and_the_slug_encoded(void **state) {
    (void)state;
    struct value *site = value_record(&arena, (struct span){0});
    value_set(&arena, site, STR("url"),
              value_string(&arena, STR("https://tea.example/blog/"), (struct span){0}));
    reading.site = site;
    expect(with_front("slug: a/tea"), "url", "https://tea.example/blog/a/tea/");
    expect(article_at("چائے.md", ""), "url",
           "https://tea.example/blog/%DA%86%D8%A7%D8%A6%DB%92/");
}

/* ---- Language and direction ---- */

static void the_direction_follows_the_language_or_the_title(void **state) {
    (void)state;
    expect(with_front("lang: ur"), "dir", "rtl");
    expect(with_front("lang: ar-EG"), "dir", "rtl");
    expect(with_front("lang: de\ntitle: چائے"), "dir", "ltr");
    expect(with_front("title: چائے"), "dir", "rtl");
    expect(with_front("title: Tea"), "dir", "ltr");
    expect(with_front("lang: en\ndir: rtl"), "dir", "rtl");
    assert_int_equal(diags.warnings, 0);
}

static void the_sites_language_and_author_are_the_spare_ones(void **state) {
    (void)state;
    struct value *site = value_record(&arena, (struct span){0});
    value_set(&arena, site, STR("lang"), value_string(&arena, STR("de"), (struct span){0}));
    value_set(&arena, site, STR("author"), value_string(&arena, STR("Eva"), (struct span){0}));
    reading.site = site;
    struct value *v = with_front("title: T");
    expect(v, "lang", "de");
    expect(v, "authors.0", "Eva");
    struct value *two = value_list(&arena, (struct span){0});
    value_push(&arena, two, value_string(&arena, STR("Eva"), (struct span){0}));
    value_push(&arena, two, value_string(&arena, STR("Kim"), (struct span){0}));
    value_set(&arena, site, STR("author"), two);
    expect(with_front("title: T"), "authors.1", "Kim");
    v = with_front("lang: fr\nauthor: Ada");
    expect(v, "lang", "fr");
    expect(v, "authors.0", "Ada");
    expect_count(v, "authors", 1);
}

static void a_bad_language_or_direction_is_a_warning(void **state) {
    (void)state;
    expect(with_front("lang: 'no such language'"), "lang", "en");
    expect_warning("bad-lang", 2, 7);
    diags = (struct diags){.arena = &arena};
    expect(with_front("dir: up"), "dir", "ltr");
    expect_warning("bad-dir", 2, 6);
}

/* ---- Dates ---- */

static void dates_are_kept_in_the_form_of_rfc_3339(void **state) {
    (void)state;
    static const char *const dates[][2] = {
        {"2024-03-05", "2024-03-05"},
        {"2024-02-29", "2024-02-29"},
        {"2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z"},
        {"2024-03-05t10:00:00z", "2024-03-05T10:00:00Z"},
        {"2024-03-05 10:00", "2024-03-05T10:00:00Z"},
        {"2024-03-05T10:00+02:00", "2024-03-05T10:00:00+02:00"},
        {"2024-03-05 10:00:30.25 -0530", "2024-03-05T10:00:30.25-05:30"},
        {"2024-03-05T10:00+02", "2024-03-05T10:00:00+02:00"},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct value *v = with_front(arena_printf(&arena, "date: %s", dates[i][0]).at);
        expect(v, "date", dates[i][1]);
        expect_place(v, "date", 2, 7);
    }
    assert_int_equal(diags.warnings, 0);
}

static void what_is_no_date_is_a_warning_and_left_out(void **state) {
    (void)state;
    static const char *const dates[] = {
        "2023-02-29", "2024-13-01", "2024-00-10", "2024-3-5", "yesterday", "05.03.2024", "2024",
        "2024-03-05T25:00", "2024-03-05T10:60", "2024-03-05T10", "2024-03-05T10:00+99:00",
        "2024-03-05x", "[2024-03-05]", "true", "2024-03-05T10:00:00.Z", "0000-01-01"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        diags = (struct diags){.arena = &arena};
        struct value *v = with_front(arena_printf(&arena, "updated: %s", dates[i]).at);
        expect(v, "updated", "nil");
        expect_warning("bad-date", 2, 10);
    }
}

/* ---- Lists and flags ---- */

static void tags_are_a_list_or_one_string_with_commas(void **state) {
    (void)state;
    struct value *v = with_front("tags: [b, a, b]");
    expect_count(v, "tags", 2);
    expect(v, "tags.0", "b");
    v = with_front("tags: tea, green tea ,, tea");
    expect_count(v, "tags", 2);
    expect(v, "tags.1", "green tea");
    expect_count(with_front("title: T"), "tags", 0);
    assert_int_equal(diags.warnings, 0);
}

static void authors_may_be_one_or_many(void **state) {
    (void)state;
    expect(with_front("author: Ada, Countess"), "authors.0", "Ada, Countess");
    expect_count(with_front("authors: [Ada, Eva]"), "authors", 2);
    expect_count(with_front("author: [Ada, Eva]"), "authors", 2);
    expect_count(with_front("title: T"), "authors", 0);
    assert_int_equal(diags.warnings, 0);
}

static void a_wrong_type_is_a_warning_and_used_as_far_as_it_goes(void **state) {
    (void)state;
    static const struct {
        const char *front, *field, *used;
    } cases[] = {
        {"title: 1984", "title", "1984"},
        {"title: [a]", "title", "Content"},
        {"summary: true", "summary", "true"},
        {"slug: 7", "slug", "7"},
        {"id: 1.50", "id", "1.50"},
        {"draft: maybe", "draft", "false"},
        {"tags: 2024", "tags.0", "2024"},
        {"tags: [1, tea]", "tags.0", "1"},
        {"author: {name: Ada}", "authors", "list"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags = (struct diags){.arena = &arena};
        expect(with_front(cases[i].front), cases[i].field, cases[i].used);
        assert_int_equal(diags.warnings, 1);
        assert_true(str_eq(diags.first->code, STR("wrong-type")));
        assert_int_equal(diags.first->at.line, 2);
    }
}

static void a_draft_says_so(void **state) {
    (void)state;
    expect(with_front("draft: true"), "draft", "true");
    expect(with_front("draft: false"), "draft", "false");
    assert_int_equal(diags.warnings, 0);
}

static void front_matter_is_kept_as_written(void **state) {
    (void)state;
    struct value *v = with_front("rating: {stars: 4}\ndate: nonsense");
    expect(v, "meta.rating.stars", "4");
    expect(v, "meta.date", "nonsense");
    expect_count(article("no front matter"), "meta", 0);
}

static void keys_are_known_with_their_places(void **state) {
    (void)state;
    struct value *v = article("---\ntitel: x\n'two words': {below: 1}\nlist:\n  - a: 1\n---\n");
    expect_count(v, "keys", 3);
    expect(v, "keys.0", "titel");
    expect(v, "keys.1", "two words");
    assert_int_equal(part(v, "keys.1")->span.line, 3);
    assert_int_equal(part(v, "keys.1")->span.col, 1);
    expect(v, "keys.2", "list");
    expect_count(article("x\n"), "keys", 0);
    expect_count(article_at("x.txt", "A Title\n\nA text, which is longer.\n"), "keys", 1);
}

static void an_article_knows_whether_it_has_a_title_of_its_own(void **state) {
    (void)state;
    expect(article("---\ntitle: x\n---\n"), "titled", "true");
    expect(article("# x\n"), "titled", "true");
    expect(article_at("x.txt", "A Title\n\nA text, which is longer.\n"), "titled", "true");
    expect(article("## x\n"), "titled", "false");
    expect(article("---\ntitle: ''\n---\n"), "titled", "false");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_title_comes_from_front_matter_heading_or_file_name),
        TEST(a_summary_comes_from_front_matter_or_the_first_paragraph),
        TEST(a_slug_comes_from_front_matter_or_the_file_name),
        TEST(an_unsafe_slug_is_changed_with_a_warning),
        TEST(an_id_is_the_path_without_its_ending_unless_given),
        TEST(a_url_is_the_sites_and_the_slug_encoded),
        TEST(the_direction_follows_the_language_or_the_title),
        TEST(the_sites_language_and_author_are_the_spare_ones),
        TEST(a_bad_language_or_direction_is_a_warning),
        TEST(dates_are_kept_in_the_form_of_rfc_3339),
        TEST(what_is_no_date_is_a_warning_and_left_out),
        TEST(tags_are_a_list_or_one_string_with_commas),
        TEST(authors_may_be_one_or_many),
        TEST(a_wrong_type_is_a_warning_and_used_as_far_as_it_goes),
        TEST(a_draft_says_so),
        TEST(front_matter_is_kept_as_written),
        TEST(keys_are_known_with_their_places),
        TEST(an_article_knows_whether_it_has_a_title_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "shelving.h"

static int set_up(void **state) {
    (void)state;
    open_shelf();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    close_shelf();
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* One article a line, numbered in this order; all fields are of the head but the last. */
static void put_articles(const char *const *texts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        struct value *v = yaml_value(texts[i]);
        assert_true(put_article(i, v, v->count - 1));
    }
    map_site();
}

static void put_samples(void) {
    static const char *const texts[] = {
        "{id: d, title: Four, date: 2025-01-04, lang: en, tags: [x, y], words: 40, body: B}",
        "{id: a, title: One, date: 2025-01-03, lang: en, tags: [y], words: 300, body: B}",
        "{id: c, title: Three, date: 2025-01-03, lang: ur, tags: [x], words: 5, body: B}",
        "{id: b, title: Two, date: ~, lang: de, tags: [], words: 40, body: B}",
    };
    put_articles(texts, 4);
}

/* The ids that a query finds, in their order. */
static void expect_found(struct site_query q, const char *ids) {
    uint32_t *articles, count;
    char found[64] = "";
    assert_true(site_find(&site, &q, &frozen_arena, &articles, &count));
    for (uint32_t i = 0; i < count; i++) {
        struct image head;
        assert_true(site_head(&site, articles[i], &head));
        struct str id = node_get_string(image_root(&head), STR("id"));
        strncat(found, id.at, id.len);
    }
    if (strcmp(found, ids) != 0)
        fail_msg("found \"%s\", not \"%s\"", found, ids);
}

static void without_conditions_all_come_by_id(void **state) {
    (void)state;
    put_samples();
    expect_found((struct site_query){0}, "abcd");
}

static void a_tag_or_a_language_chooses(void **state) {
    (void)state;
    put_samples();
    expect_found((struct site_query){.tag = STR("x")}, "cd");
    expect_found((struct site_query){.tag = STR("X")}, "");
    expect_found((struct site_query){.lang = STR("en")}, "ad");
    expect_found((struct site_query){.tag = STR("x"), .lang = STR("en")}, "d");
    expect_found((struct site_query){.lang = STR("fr")}, "");
}

static void sorting_goes_up_or_down_and_ties_by_id(void **state) {
    (void)state;
    put_samples();
    expect_found((struct site_query){.sort = STR("date")}, "bacd");
    expect_found((struct site_query){.sort = STR("-date")}, "dacb");
    expect_found((struct site_query){.sort = STR("words")}, "cbda");
    expect_found((struct site_query){.sort = STR("-words")}, "abdc");
    expect_found((struct site_query){.sort = STR("title")}, "dacb");
    expect_found((struct site_query){.sort = STR("-title")}, "bcad");
    expect_found((struct site_query){.sort = STR("-id")}, "dcba");
    expect_found((struct site_query){.sort = STR("slug")}, "abcd"); // no article has one
    expect_found((struct site_query){.sort = STR("-")}, "abcd");
}

static void only_fields_of_the_head_can_be_sorted_by(void **state) {
    (void)state;
    static const char *const bad[] = {"body", "tags", "Date", "--date", "date ", "- date", "html"};
    uint32_t *articles, count;
    put_samples();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct site_query q = {.sort = str_of(bad[i])};
        assert_false(site_find(&site, &q, &frozen_arena, &articles, &count));
    }
}

static void limit_and_offset_cut_a_piece_out(void **state) {
    (void)state;
    put_samples();
    expect_found((struct site_query){.limit = 2}, "ab");
    expect_found((struct site_query){.offset = 1, .limit = 2}, "bc");
    expect_found((struct site_query){.offset = 3, .limit = 5}, "d");
    expect_found((struct site_query){.offset = 3, .limit = 3}, "d");
    expect_found((struct site_query){.offset = 4}, "");
    expect_found((struct site_query){.offset = UINT32_MAX, .limit = UINT32_MAX}, "");
    expect_found((struct site_query){.offset = 1, .limit = UINT32_MAX}, "bcd");
    expect_found((struct site_query){.sort = STR("-words"), .limit = 1}, "a");
}

static void an_empty_site_has_nothing_to_find(void **state) {
    (void)state;
    map_site();
    expect_found((struct site_query){.sort = STR("-date"), .limit = 3}, "");
}

static void holes_and_articles_out_of_the_site_are_not_found(void **state) {
    (void)state;
    struct image head;
    put_samples();
    assert_true(put_article(9, yaml_value("{id: z, title: Nine, words: 1}"), 2));
    shelf_set_live(&shelf, 1, false);
    map_site();
    assert_int_equal(site.count, 10);
    expect_found((struct site_query){0}, "bcdz");
    for (uint32_t i = 0; i < 12; i++)
        assert_true(site_head(&site, i, &head) == (i == 0 || i == 2 || i == 3 || i == 9));
    shelf_set_live(&shelf, 1, true);
    expect_found((struct site_query){0}, "abcdz");
}

static void a_head_is_all_that_a_query_needs(void **state) {
    (void)state;
    struct image head;
    put_samples();
    assert_true(site_head(&site, 0, &head));
    assert_false(image_is_whole(&head));
    struct node root = image_root(&head);
    assert_true(str_eq(node_get_string(root, STR("title")), STR("Four")));
    assert_false(node_at_hand(node_get(root, STR("body"))));
}

static void a_whole_image_is_read_when_asked_for(void **state) {
    (void)state;
    struct image whole;
    put_samples();
    assert_true(site_whole(&site, 3, &frozen_arena, &whole));
    assert_true(image_is_whole(&whole));
    assert_true(image_open(&whole, (struct str){(const char *)whole.at, whole.len}, false));
    assert_true(str_eq(node_get_string(image_root(&whole), STR("body")), STR("B")));
    assert_false(site_whole(&site, 4, &frozen_arena, &whole));
}

static void a_whole_image_that_has_changed_is_refused(void **state) {
    (void)state;
    struct image whole;
    put_samples();
    assert_int_equal(pwrite(site.images_fd, "X", 1, (off_t)images_end - 8), 1);
    assert_true(site_whole(&site, 2, &frozen_arena, &whole));
    assert_false(site_whole(&site, 3, &frozen_arena, &whole));
    assert_int_equal(ftruncate(site.images_fd, (off_t)images_end - 8), 0);
    assert_false(site_whole(&site, 3, &frozen_arena, &whole));
}

static void a_site_can_be_mapped_again_when_it_has_grown(void **state) {
    (void)state;
    put_samples();
    assert_true(put_article(4, yaml_value("{id: e, title: Five, words: 1}"), 2));
    expect_found((struct site_query){0}, "abcd");
    map_site();
    expect_found((struct site_query){0}, "abcde");
    assert_false(site_map(&site, 1, 0));
    assert_int_equal(site.count, 0);
    assert_null(site.heads);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(without_conditions_all_come_by_id),
        TEST(a_tag_or_a_language_chooses),
        TEST(sorting_goes_up_or_down_and_ties_by_id),
        TEST(only_fields_of_the_head_can_be_sorted_by),
        TEST(limit_and_offset_cut_a_piece_out),
        TEST(an_empty_site_has_nothing_to_find),
        TEST(holes_and_articles_out_of_the_site_are_not_found),
        TEST(a_head_is_all_that_a_query_needs),
        TEST(a_whole_image_is_read_when_asked_for),
        TEST(a_whole_image_that_has_changed_is_refused),
        TEST(a_site_can_be_mapped_again_when_it_has_grown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

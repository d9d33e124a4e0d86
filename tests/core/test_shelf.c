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

static bool put(uint32_t article, const char *yaml) {
    return put_article(article, yaml_value(yaml), 1);
}

static const struct site_entry *entry(uint32_t article) {
    return (const struct site_entry *)(const void *)shelf.heads + article;
}

static struct str id_of(uint32_t article) {
    static struct image head;
    head = shelf_head(&shelf, article);
    return node_get_string(image_root(&head), STR("id"));
}

static void an_articles_head_can_be_opened(void **state) {
    (void)state;
    struct image image = open_image(frozen_bytes(yaml_value("{id: a, body: Text}"), 1, NULL, 0));
    assert_true(put_image(0, &image));
    struct image head = shelf_head(&shelf, 0), again;
    assert_int_equal(head.len, image_head_len(&image));
    assert_memory_equal(head.at, image.at, head.len);
    assert_true(image_open(&again, (struct str){(const char *)head.at, head.len}, true));
}

static void the_table_says_where_the_whole_image_is(void **state) {
    (void)state;
    struct shelf_image where = {.at = 1000, .sum = UINT64_MAX, .len = 77};
    assert_true(shelf_put(&shelf, 3, STR("12345678"), where));
    assert_int_equal(entry(3)->image_at, 1000);
    assert_int_equal(entry(3)->image_len, 77);
    assert_true(entry(3)->image_sum == UINT64_MAX);
    assert_true(entry(3)->head_at >= SITE_HEADS_BEGIN);
}

static void numbers_may_have_holes_between_them(void **state) {
    (void)state;
    assert_true(put(5, "{id: f, body: B}"));
    assert_int_equal(shelf.count, 6);
    assert_int_equal(shelf_head(&shelf, 4).len, 0);
    assert_int_equal(shelf_head(&shelf, 6).len, 0);
    assert_int_not_equal(shelf_head(&shelf, 5).len, 0);
    assert_false(entry(4)->live);
    assert_true(put(1, "{id: b, body: B}"));
    assert_int_equal(shelf.count, 6);
    assert_true(str_eq(id_of(1), STR("b")));
    assert_true(str_eq(id_of(5), STR("f")));
}

static void an_article_put_again_takes_its_place(void **state) {
    (void)state;
    assert_true(put(0, "{id: old, body: B}"));
    shelf_set_live(&shelf, 0, false);
    assert_true(put(0, "{id: new, body: B}"));
    assert_true(str_eq(id_of(0), STR("new")));
    assert_int_equal(shelf.count, 1);
    assert_int_equal(entry(0)->live, 1);
}

/* A head that grows and shrinks must not touch its neighbours, nor need new room each time. */
static void a_head_of_another_size_leaves_its_neighbours_alone(void **state) {
    (void)state;
    static const char *const ids[] = {"short", "a-very-much-longer-id-than-it-was-before", "s",
                                      "longer-again-but-not-longest"};
    for (uint32_t i = 0; i < 3; i++)
        assert_true(put(i, "{id: same, body: B}"));
    uint64_t end = 0;
    for (int turn = 0; turn < 20; turn++) {
        const char *id = ids[turn % 4];
        assert_true(put(1, arena_printf(&frozen_arena, "{id: %s, body: B}", id).at));
        assert_true(str_eq(id_of(1), str_of(id)));
        assert_true(str_eq(id_of(0), STR("same")));
        assert_true(str_eq(id_of(2), STR("same")));
        assert_true(turn < 2 || shelf.heads_end == end);
        end = shelf.heads_end;
    }
}

static void a_head_that_grows_little_by_little_never_reaches_its_neighbour(void **state) {
    (void)state;
    char id[120];
    for (uint32_t i = 0; i < 3; i++)
        assert_true(put(i, "{id: same, body: B}"));
    for (int len = 1; len < 100; len++) {
        memset(id, 'a', sizeof id);
        assert_true(put(1, arena_printf(&frozen_arena, "{id: %.*s, body: B}", len, id).at));
        assert_int_equal(id_of(1).len, len);
        assert_true(put(2, "{id: same, body: B}"));
        assert_int_equal(id_of(1).len, len);
        assert_true(str_eq(id_of(0), STR("same")));
        assert_true(str_eq(id_of(2), STR("same")));
        for (uint32_t i = 0; i < 3; i++)
            assert_true(entry(i)->head_len <= entry(i)->head_room);
    }
}

static void every_head_is_aligned(void **state) {
    (void)state;
    static const char *const texts[] = {"{id: a, b: B}", "{id: ab, b: B}", "{id: abcdefg, b: B}"};
    for (uint32_t i = 0; i < 30; i++) {
        assert_true(put(i, texts[i % 3]));
        assert_int_equal((uintptr_t)shelf_head(&shelf, i).at % 8, 0);
    }
}

static void a_hole_cannot_be_made_live(void **state) {
    (void)state;
    assert_true(put(2, "{id: c, body: B}"));
    shelf_set_live(&shelf, 0, true);
    shelf_set_live(&shelf, 7, true);
    assert_false(entry(0)->live);
    shelf_set_live(&shelf, 2, false);
    assert_false(entry(2)->live);
    assert_int_not_equal(shelf_head(&shelf, 2).len, 0);
    shelf_set_live(&shelf, 2, true);
    assert_true(entry(2)->live);
}

static void a_number_beyond_the_table_is_refused(void **state) {
    (void)state;
    assert_true(put(SITE_MAX_ARTICLES - 1, "{id: z, body: B}"));
    assert_false(put(SITE_MAX_ARTICLES, "{id: z, body: B}"));
    assert_false(put(UINT32_MAX, "{id: z, body: B}"));
    assert_int_equal(shelf.count, SITE_MAX_ARTICLES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_articles_head_can_be_opened),
        TEST(the_table_says_where_the_whole_image_is),
        TEST(numbers_may_have_holes_between_them),
        TEST(an_article_put_again_takes_its_place),
        TEST(a_head_of_another_size_leaves_its_neighbours_alone),
        TEST(a_head_that_grows_little_by_little_never_reaches_its_neighbour),
        TEST(every_head_is_aligned),
        TEST(a_hole_cannot_be_made_live),
        TEST(a_number_beyond_the_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

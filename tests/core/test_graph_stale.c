/* A large read set is asked through its index, and the answer is that of looking at all of it. */
#include "freezing.h"

#include "graph.h"

enum { ARTICLES = 300 };

static struct graph graph;
static struct rendering *rendering;
static uint32_t touched[2];
static struct surroundings around;

/* Of each article the set reads the title, and looks in vain for a date and for a mood in meta. */
static void put_set(const struct image *image) {
    struct buf set = BUF_INIT;
    struct node root = image_root(image);
    wire_put_u32(&set, 0);
    wire_put_u32(&set, ARTICLES);
    for (uint32_t i = ARTICLES; i-- > 0;) {
        wire_put_u32(&set, i);
        wire_put_u32(&set, 2);
        wire_put_u32(&set, root.slot);
        wire_put_u32(&set, node_get(root, STR("title")).slot | READ_VALUE);
    }
    wire_put_u32(&set, ARTICLES * 2);
    for (uint32_t i = 0; i < ARTICLES * 2; i++) {
        wire_put_u32(&set, i % ARTICLES);
        wire_put_u32(&set, i < ARTICLES ? root.slot : node_get(root, STR("meta")).slot);
        wire_put_str(&set, i < ARTICLES ? STR("date") : STR("mood"));
    }
    wire_put_u32(&set, 0);
    wire_put_u32(&set, 0);
    graph_set_reads(rendering, buf_str(&set));
    buf_free(&set);
}

static int set_up(void **state) {
    (void)state;
    graph = (struct graph){0};
    for (uint32_t i = 0; i < ARTICLES; i++)
        graph_article(&graph, arena_printf(&frozen_arena, "%u.md", i));
    rendering = graph_site_rendering(&graph, graph_export(&graph, STR("index.html")), STR(""),
                                     false);
    rendering->outcome = OUTCOME_MADE;
    graph_all_saved(&graph);
    around = (struct surroundings){.touched = touched};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    graph_free(&graph);
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static void change(uint32_t article, struct image was, struct image is) {
    struct article_node *a = graph.articles[article];
    a->was = was;
    a->is = is;
    a->has_changed = true;
    touched[around.touched_count++] = article;
}

static bool is_stale(struct buf *reason) {
    reason->len = 0;
    return graph_is_stale(&graph, rendering, &around, STR(""), reason);
}

/* Both ways, from the same set: through the index, and looking at everything. */
static bool judge(const char *before, const char *after, const char *why) {
    struct image was = freeze_yaml(before), is = freeze_yaml(after);
    struct buf reason = BUF_INIT, all = BUF_INIT;
    put_set(&was);
    change(17, was, is);
    change(211, was, is);
    struct str set = arena_str(&frozen_arena, rendering->reads.s);
    bool stale = is_stale(&reason);
    struct str moved = arena_str(&frozen_arena, rendering->reads.s);
    assert_int_equal(rendering->index != NULL, stale || !rendering->is_unsaved);
    struct str moves = arena_str(&frozen_arena, buf_str(&graph.moves));
    graph_set_reads(rendering, set);
    around.touched = NULL;
    assert_int_equal(is_stale(&all), stale);
    assert_true(str_eq(rendering->reads.s, moved));
    assert_int_equal(all.len > 0, stale); // of two that differ it may name the other
    if (why)
        assert_true(str_find(buf_str(&reason), str_of(why)) < reason.len);
    graph_set_reads(rendering, set);
    assert_true(graph_move(&graph, moves));
    assert_true(stale || rendering->is_unsaved || str_eq(rendering->reads.s, moved));
    buf_free(&reason);
    buf_free(&all);
    return stale;
}

static void what_nothing_read_makes_nothing_stale(void **state) {
    (void)state;
    assert_false(judge("{title: A, meta: {x: 1}, body: long}", "{title: A, meta: {x: 1}, body: s}",
                       NULL));
    assert_int_equal(graph.moves.len, 0);
}

static void marks_that_moved_are_noted_alone(void **state) {
    (void)state;
    assert_false(judge("{title: A, meta: {x: 1}}",
                       "{new: {a: [1, 2, 3]}, meta: {x: 1}, title: A}", NULL));
    assert_in_range(graph.moves.len, 1, 600);
    assert_false(str_eq(rendering->reads.s, STR("")));
}

static void another_title_makes_it_stale(void **state) {
    (void)state;
    assert_true(judge("{title: A, meta: {x: 1}}", "{title: B, meta: {x: 1}}",
                      "title was \"A\", is \"B\""));
}

static void a_key_that_is_there_now_makes_it_stale(void **state) {
    (void)state;
    assert_true(judge("{title: A, meta: {x: 1}}", "{title: A, meta: {x: 1, mood: good}}",
                      "meta.mood is there now"));
}

static void a_place_that_needs_more_room_moves_the_whole_set(void **state) {
    (void)state;
    assert_false(judge("{title: A, meta: {x: 1}, body: b}", "{title: A, body: b}", NULL));
    assert_true(rendering->is_unsaved || graph.moves.len);
}

static void an_article_that_the_set_does_not_name_is_no_matter(void **state) {
    (void)state;
    struct image was = freeze_yaml("{title: A, meta: {x: 1}}"), is = freeze_yaml("{title: B}");
    struct buf reason = BUF_INIT;
    put_set(&was);
    change(graph_article(&graph, STR("new.md")), was, is);
    assert_false(is_stale(&reason));
    buf_free(&reason);
}

static void a_damaged_set_makes_it_stale_or_not_but_ends(void **state) {
    (void)state;
    struct image was = freeze_yaml("{title: A, meta: {x: 1}}"), is = freeze_yaml("{title: A}");
    struct buf reason = BUF_INIT;
    put_set(&was);
    change(3, was, is);
    struct str set = arena_str(&frozen_arena, rendering->reads.s);
    for (size_t len = 0; len < set.len; len += 37) {
        graph_set_reads(rendering, str_slice(set, 0, len));
        is_stale(&reason);
    }
    for (size_t at = 0; at < set.len; at += 29) {
        struct str copy = exact_copy(set);
        ((char *)(uintptr_t)copy.at)[at] ^= (char)0x85;
        graph_set_reads(rendering, copy);
        is_stale(&reason);
        free(frozen[--frozen_count]);
    }
    buf_free(&reason);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_nothing_read_makes_nothing_stale),
        TEST(marks_that_moved_are_noted_alone),
        TEST(another_title_makes_it_stale),
        TEST(a_key_that_is_there_now_makes_it_stale),
        TEST(a_place_that_needs_more_room_moves_the_whole_set),
        TEST(an_article_that_the_set_does_not_name_is_no_matter),
        TEST(a_damaged_set_makes_it_stale_or_not_but_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

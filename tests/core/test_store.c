/* The cache: what a build leaves is there for the next, whenever that one was killed. */
#include "folder.h"

#include "hash.h"
#include "store_parts.h"

static struct store store;
static struct graph graph;
static struct kept kept;
static struct arena arena;

static bool open_store(void) {
    struct diags d = {.arena = &arena};
    bool good = store_open(&store, &arena, str_of(folder_path), STR("/out"), true, NULL, &d);
    return good && store_load(&store, &arena, &graph, &kept);
}

/* As SIGKILL leaves it: nothing is written any more. */
static void lose_store(void) {
    store_close(&store);
    graph_free(&graph);
    graph = (struct graph){0};
    kept = (struct kept){0};
}

static int set_up(void **state) {
    graph = (struct graph){0};
    kept = (struct kept){0};
    return make_folder(state) != 0 || open_store();
}

static int tear_down(void **state) {
    lose_store();
    arena_free(&arena);
    return remove_folder(state);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* One article with one output, as an update leaves it. */
static void make(const char *name, const char *output, uint64_t hash) {
    uint32_t export = graph_export(&graph, STR("page.html"));
    uint32_t number = graph_article(&graph, str_of(name));
    struct article_node *a = graph.articles[number];
    struct rendering *r = graph_rendering(&graph, export, number, 0, false);
    a->is_there = a->is_live = true;
    a->bytes_hash = hash;
    store_journal(&store, str_of(output), hash);
    blob_set(&r->path, str_of(output));
    r->bytes_hash = hash;
    r->outcome = OUTCOME_MADE;
    graph_note(&graph, r);
}

static void save(void) {
    kept.updated_s++;
    if (!store_save(&store, &graph, &kept))
        while (!store_rewrite(&store, &graph, &kept, 1))
            continue;
}

/* Everything that is kept, as bytes. */
static struct str image_of(const struct graph *g, const struct kept *k) {
    struct frame_draft f = {0};
    store_put_kept(&f, g, k);
    for (uint32_t i = 0; i < g->article_count; i++)
        store_put_article(&f, g, i);
    store_put_site(&f, g, true);
    store_put_end(&f, k, 0);
    buf_put(&f.entries, buf_str(&f.outputs));
    struct str kept_bytes = arena_str(&arena, buf_str(&f.entries));
    frame_free(&f);
    return kept_bytes;
}

static struct str state_bytes(void) {
    struct str path = arena_printf(&arena, "%.*s/state", STR_ARG(store.folder));
    int fd = open(path.at, O_RDONLY | O_CLOEXEC);
    struct stat st;
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    char *bytes = arena_alloc_raw(&arena, (size_t)st.st_size + 1);
    assert_int_equal(read(fd, bytes, (size_t)st.st_size), st.st_size);
    close(fd);
    return (struct str){bytes, (size_t)st.st_size};
}

static void put_state(struct str bytes) {
    struct str path = arena_printf(&arena, "%.*s/state", STR_ARG(store.folder));
    int fd = open(path.at, O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0644);
    assert_int_equal(write(fd, bytes.at, bytes.len), bytes.len);
    close(fd);
}

static struct str zeros(size_t len) {
    return (struct str){arena_alloc(&arena, len), len};
}

static bool is_known(const char *output) {
    for (const struct journal_entry *e = store.journaled; e; e = e->next)
        if (str_eq(e->path, str_of(output)))
            return true;
    for (uint32_t i = 0; i < graph.article_count; i++)
        for (const struct rendering *r = graph.articles[i]->renderings; r; r = r->next)
            if (str_eq(r->path.s, str_of(output)))
                return true;
    return false;
}

static void what_was_saved_is_there_again(void **state) {
    (void)state;
    make("a.md", "a/index.html", 1);
    kept.now = STR("2026-01-01T00:00:00Z");
    kept.exports_hash = 5;
    save();
    struct str was = image_of(&graph, &kept);
    lose_store();
    assert_true(open_store());
    assert_true(str_eq(image_of(&graph, &kept), was));
    assert_int_equal(graph.unsaved_count, 0);
    assert_null(store.journaled);
}

static void check(uint32_t article, const char *name, const char *diags) {
    struct rendering *r = graph_check(&graph, graph_export(&graph, str_of(name)), article);
    r->outcome = OUTCOME_MADE;
    r->is_wanted = true;
    blob_set(&r->diags, str_of(diags));
    graph_set_reads(r, STR("reads"));
    graph_note(&graph, r);
    graph_settle_checks(&graph, article);
}

static void what_checks_left_stays_packed_until_somebody_looks(void **state) {
    (void)state;
    make("a.md", "a/index.html", 1);
    check(0, "checks of x", "says");
    check(0, "checks of y", "");
    check(NO_ARTICLE, "site checks of x", "");
    graph.articles[0]->checked_by = 7;
    save();
    struct str was = image_of(&graph, &kept);
    lose_store();
    assert_true(open_store());
    const struct article_node *a = graph.articles[0];
    assert_null(a->checks);
    assert_int_equal(a->checked_by, 7);
    assert_int_equal(a->check_notes, CHECKS_SAY);
    assert_true(str_eq(image_of(&graph, &kept), was));
    store_unpack_checks(&graph, 0);
    assert_int_equal(a->packed.s.len, 0);
    assert_true(str_eq(a->checks->diags.s, STR("says")));
    assert_true(str_eq(a->checks->next->reads.s, STR("reads")));
    assert_non_null(graph.site_checks);
    assert_true(str_eq(image_of(&graph, &kept), was));
}

static void a_check_that_is_not_wanted_goes(void **state) {
    (void)state;
    make("a.md", "a/index.html", 1);
    check(0, "checks of x", "says");
    check(0, "checks of y", "");
    graph.articles[0]->checks->is_wanted = false;
    graph_settle_checks(&graph, 0);
    assert_int_equal(graph.articles[0]->check_notes, 0);
    assert_null(graph.articles[0]->checks->next);
}

static void an_update_adds_only_what_was_noted(void **state) {
    (void)state;
    for (int i = 0; i < 200; i++)
        make(arena_printf(&arena, "%d.md", i).at, arena_printf(&arena, "%d/index.html", i).at, 1);
    save();
    size_t whole = state_bytes().len;
    make("7.md", "7/index.html", 2);
    save();
    assert_in_range(state_bytes().len - whole, 1, 600);
    struct str was = image_of(&graph, &kept);
    lose_store();
    assert_true(open_store());
    assert_true(str_eq(image_of(&graph, &kept), was));
}

/* Three updates; the file is cut everywhere, between frames and within them. */
static void a_state_that_ends_anywhere_is_one_of_the_states_there_were(void **state) {
    (void)state;
    enum { UPDATES = 4 };
    size_t ends[UPDATES];
    struct str images[UPDATES];
    for (int i = 0; i < UPDATES; i++) {
        make(arena_printf(&arena, "%d.md", i).at, arena_printf(&arena, "%d.html", i).at, 1);
        make("a.md", "a.html", (uint64_t)i + 10);
        save();
        ends[i] = state_bytes().len;
        images[i] = image_of(&graph, &kept);
    }
    struct str all = state_bytes();
    for (size_t len = 0; len <= all.len; len++) {
        int last = UPDATES - 1;
        while (last >= 0 && ends[last] > len)
            last--;
        put_state(str_slice(all, 0, len));
        lose_store();
        assert_int_equal(open_store(), last >= 0);
        if (last >= 0)
            assert_true(str_eq(image_of(&graph, &kept), images[last]));
        for (int i = 0; i <= last; i++)
            assert_true(is_known(arena_printf(&arena, "%d.html", i).at));
    }
}

static void what_follows_a_torn_update_is_kept(void **state) {
    (void)state;
    make("a.md", "a.html", 1);
    save();
    make("a.md", "a.html", 2);
    save();
    struct str all = state_bytes();
    put_state(str_slice(all, 0, all.len - 3));
    lose_store();
    assert_true(open_store());
    make("b.md", "b.html", 3);
    save();
    struct str was = image_of(&graph, &kept);
    lose_store();
    assert_true(open_store());
    assert_true(str_eq(image_of(&graph, &kept), was));
}

static void an_output_is_known_from_before_it_is_written(void **state) {
    (void)state;
    make("a.md", "a.html", 1);
    save();
    make("b.md", "b.html", 2);
    lose_store();
    assert_true(open_store());
    assert_true(is_known("a.html"));
    assert_true(is_known("b.html"));
    assert_non_null(store.journaled);
    save();
    lose_store();
    assert_true(open_store());
    assert_null(store.journaled); // the update that was saved looked after it
}

static void a_flipped_bit_gives_a_state_that_was_or_none(void **state) {
    (void)state;
    struct str images[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        make(arena_printf(&arena, "%d.md", i).at, arena_printf(&arena, "%d.html", i).at, 1);
        save();
        images[i] = image_of(&graph, &kept);
    }
    struct str all = state_bytes();
    for (size_t at = 0; at < all.len; at++) {
        char *bytes = arena_alloc_raw(&arena, all.len);
        memcpy(bytes, all.at, all.len);
        bytes[at] ^= (char)(1 << at % 8);
        put_state((struct str){bytes, all.len});
        lose_store();
        if (!open_store())
            continue;
        struct str is = image_of(&graph, &kept);
        assert_true(str_eq(is, images[0]) || str_eq(is, images[1]) || str_eq(is, images[2]));
    }
}

/* Where version is in a frame's head; the checksum is right again after that. */
static struct str of_another_version(struct str all) {
    enum { VERSION = 16, HEAD = 40 };
    struct buf out = BUF_INIT;
    for (struct str rest = all; rest.len;) {
        struct frame f;
        struct str from = rest;
        assert_true(frame_next(&rest, &f));
        size_t begin = out.len;
        buf_put(&out, str_slice(from, 0, from.len - rest.len));
        out.at[begin + VERSION] ^= 1;
        uint64_t sum = hash_bytes(out.at + begin + 8, HEAD - 8, 0);
        sum = hash_bytes(f.outputs.at, f.outputs.len, sum);
        sum = hash_bytes(f.entries.at, f.entries.len, sum);
        memcpy(out.at + begin, &sum, sizeof sum);
    }
    struct str bytes = arena_str(&arena, buf_str(&out));
    buf_free(&out);
    return bytes;
}

static void another_version_still_knows_the_outputs(void **state) {
    (void)state;
    make("a.md", "a.html", 1);
    save();
    make("b.md", "b.html", 2);
    save();
    make("c.md", "c.html", 3);
    put_state(of_another_version(state_bytes()));
    for (int again = 0; again < 2; again++) { // also when it is killed before it has saved
        lose_store();
        assert_false(open_store());
        assert_int_equal(graph.article_count, 0);
        assert_true(is_known("a.html") && is_known("b.html") && is_known("c.html"));
    }
}

static void forgetting_keeps_the_outputs(void **state) {
    (void)state;
    make("a.md", "a.html", 1);
    save();
    store_forget(&store, &graph);
    lose_store();
    assert_false(open_store());
    assert_true(is_known("a.html"));
}

static void updates_may_come_while_the_state_is_written_whole(void **state) {
    (void)state;
    for (int i = 0; i < 300; i++)
        make(arena_printf(&arena, "%d.md", i).at, arena_printf(&arena, "%d.html", i).at, 1);
    uint32_t first = graph_article(&graph, STR("0.md"));
    graph_set_reads(graph.articles[first]->renderings, zeros(3 << 20));
    save();
    for (int i = 0; i < 300; i++)
        graph_note_article(&graph, (uint32_t)i);
    assert_false(store_save(&store, &graph, &kept));
    assert_false(store_rewrite(&store, &graph, &kept, 1));
    make("0.md", "0.html", 7);
    make("299.md", "299.html", 8);
    make("new.md", "new.html", 9);
    assert_false(store_save(&store, &graph, &kept));
    struct str before = state_bytes();
    while (!store_rewrite(&store, &graph, &kept, 1))
        assert_true(str_eq(before, state_bytes()));
    struct str was = image_of(&graph, &kept);
    lose_store();
    assert_true(open_store());
    assert_true(str_eq(image_of(&graph, &kept), was));
}

static void a_state_that_has_grown_is_written_whole_again(void **state) {
    (void)state;
    make("a.md", "a.html", 1);
    save();
    struct rendering *r = graph.articles[0]->renderings;
    int updates = 0;
    do {
        graph_set_reads(r, zeros(100000));
        graph_note(&graph, r);
        assert_in_range(++updates, 1, 100);
    } while (store_save(&store, &graph, &kept));
    while (!store_rewrite(&store, &graph, &kept, 1))
        continue;
    assert_in_range(state_bytes().len, 100000, 102000);
}

static void moves_of_a_set_are_saved_alone(void **state) {
    (void)state;
    uint32_t export = graph_export(&graph, STR("index.html"));
    struct rendering *r = graph_site_rendering(&graph, export, STR(""), false);
    struct buf move = BUF_INIT;
    r->outcome = OUTCOME_MADE;
    graph_set_reads(r, zeros(50000));
    graph_note(&graph, r);
    save();
    size_t whole = state_bytes().len;
    wire_put_u32(&move, export);
    wire_put_u32(&move, 0);
    wire_put_str(&move, STR(""));
    wire_put_u32(&move, 49996);
    wire_put_str(&move, STR("over"));
    assert_true(graph_move(&graph, buf_str(&move)));
    buf_put(&graph.moves, buf_str(&move));
    save();
    assert_in_range(state_bytes().len - whole, 1, 300);
    graph_note(&graph, r); // the whole set behind its moves
    save();
    lose_store();
    assert_true(open_store());
    assert_true(str_ends(graph.site_renderings->reads.s, STR("\0over")));
    buf_free(&move);
}

static void a_full_disk_leaves_the_state_that_was(void **state) {
    (void)state;
    make("a.md", "a.html", 1);
    save();
    struct str was = image_of(&graph, &kept);
    close(store.state);
    store.state = open("/dev/full", O_WRONLY | O_CLOEXEC);
    make("a.md", "a.html", 2);
    save();
    assert_false(store.is_kept);
    lose_store();
    assert_true(open_store());
    assert_true(str_eq(image_of(&graph, &kept), was));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_saved_is_there_again),
        TEST(what_checks_left_stays_packed_until_somebody_looks),
        TEST(a_check_that_is_not_wanted_goes),
        TEST(an_update_adds_only_what_was_noted),
        TEST(a_state_that_ends_anywhere_is_one_of_the_states_there_were),
        TEST(what_follows_a_torn_update_is_kept),
        TEST(an_output_is_known_from_before_it_is_written),
        TEST(a_flipped_bit_gives_a_state_that_was_or_none),
        TEST(another_version_still_knows_the_outputs),
        TEST(forgetting_keeps_the_outputs),
        TEST(updates_may_come_while_the_state_is_written_whole),
        TEST(a_state_that_has_grown_is_written_whole_again),
        TEST(moves_of_a_set_are_saved_alone),
        TEST(a_full_disk_leaves_the_state_that_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "freezing.h"
#include "image_walk.h"

#include <stdio.h>
#include <sys/mman.h>

/* Every type, nesting, shared keys, strings with and without a place. */
static const char everything[] = "id: a\n"
                                 "words: 412\n"
                                 "share: 0.5\n"
                                 "draft: false\n"
                                 "empty: ''\n"
                                 "nothing: ~\n"
                                 "tags: [x, y, x]\n"
                                 "none: []\n"
                                 "faq:\n"
                                 "  - {id: one, answer: {text: First, html: <p>First</p>}}\n"
                                 "  - {id: two, answer: {text: Second, html: <p>Second</p>}}\n"
                                 "minus: -7\n"
                                 "grid: [[1, 2], [], [[true]]]\n";

static int free_all(void **state) {
    (void)state;
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_teardown(function, free_all)

static bool same_place(struct span a, struct span b) {
    return a.begin == b.begin && a.line == b.line && a.col == b.col;
}

static bool same(const struct value *a, const struct value *b) {
    if (a->type != b->type || !same_place(a->span, b->span))
        return false;
    switch (a->type) {
    case VALUE_NIL:
        return true;
    case VALUE_BOOLEAN:
        return a->boolean == b->boolean;
    case VALUE_INTEGER:
        return a->integer == b->integer;
    case VALUE_NUMBER:
        return memcmp(&a->number, &b->number, sizeof a->number) == 0;
    case VALUE_STRING:
        return str_eq(a->string, b->string);
    default:
        break;
    }
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same(a->items[i], b->items[i]) || (a->keys && !str_eq(a->keys[i], b->keys[i])))
            return false;
    return true;
}

/* Scalars have no place of their own in an image, but for strings. */
static void forget_places_of_scalars(struct value *v) {
    if (v->type != VALUE_LIST && v->type != VALUE_RECORD) {
        if (v->type != VALUE_STRING)
            v->span = (struct span){0};
        return;
    }
    for (uint32_t i = 0; i < v->count; i++)
        forget_places_of_scalars(v->items[i]);
}

static void what_was_frozen_thaws_equal(void **state) {
    (void)state;
    struct value *v = yaml_value(everything);
    struct image image = freeze(v);
    forget_places_of_scalars(v);
    assert_true(same(node_thaw(&frozen_arena, image_root(&image)), v));
    assert_true(image_is_whole(&image));
}

static void every_type_is_read_back(void **state) {
    (void)state;
    struct image image = freeze_yaml(everything);
    struct node root = image_root(&image);
    assert_int_equal(node_type(root), VALUE_RECORD);
    assert_int_equal(node_count(root), 11);
    assert_int_equal(node_integer(node_get(root, STR("words"))), 412);
    assert_int_equal(node_integer(node_get(root, STR("minus"))), -7);
    assert_true(node_number(node_get(root, STR("share"))) == 0.5);
    assert_true(node_number(node_get(root, STR("words"))) == 412);
    assert_int_equal(node_type(node_get(root, STR("draft"))), VALUE_BOOLEAN);
    assert_false(node_boolean(node_get(root, STR("draft"))));
    assert_int_equal(node_type(node_get(root, STR("nothing"))), VALUE_NIL);
    assert_int_not_equal(node_get(root, STR("nothing")).slot, 0);
    assert_true(str_eq(node_get_string(root, STR("id")), STR("a")));
    struct node tags = node_get(root, STR("tags"));
    assert_true(str_eq(node_string(node_item(tags, 1)), STR("y")));
    assert_true(str_eq(node_key(root, 10), STR("grid")));
}

static void no_node_answers_every_question_with_nothing(void **state) {
    (void)state;
    struct image image = freeze_yaml(everything);
    struct node root = image_root(&image), tags = node_get(root, STR("tags"));
    struct node none[] = {node_get(root, STR("tag")),
                          node_item(tags, 3),
                          node_get(tags, STR("x")),
                          node_item(node_get(root, STR("id")), 0),
                          {0}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct node n = none[i];
        assert_int_equal(n.slot, 0);
        assert_int_equal(node_type(n), VALUE_NIL);
        assert_int_equal(node_count(n), 0);
        assert_int_equal(node_string(n).len, 0);
        assert_int_equal(node_integer(n), 0);
        assert_false(node_boolean(n));
        assert_int_equal(node_get(n, STR("id")).slot, 0);
        assert_int_equal(node_item(n, 0).slot, 0);
        assert_int_equal(node_key(n, 0).len, 0);
        assert_int_equal(node_span(n).line, 0);
        assert_true(node_at_hand(n));
    }
}

static void asking_for_another_type_gives_nothing(void **state) {
    (void)state;
    struct image image = freeze_yaml(everything);
    struct node root = image_root(&image);
    assert_int_equal(node_string(node_get(root, STR("words"))).len, 0);
    assert_int_equal(node_integer(node_get(root, STR("id"))), 0);
    assert_int_equal(node_integer(node_get(root, STR("share"))), 0);
    assert_int_equal(node_get_string(root, STR("tags")).len, 0);
    assert_int_equal(node_key(node_get(root, STR("tags")), 0).len, 0);
}

static void places_survive(void **state) {
    (void)state;
    struct image image = freeze_yaml("a: 1\nfaq:\n  - id: one\n    text: two\n");
    struct node pair = node_item(node_get(image_root(&image), STR("faq")), 0);
    struct span text = node_span(node_get(pair, STR("text")));
    assert_int_equal(text.line, 4);
    assert_int_equal(text.col, 11);
    assert_int_equal(text.begin, 32);
    assert_int_equal(node_span(pair).line, 3);
}

/* A place has 18 bits each for line and column. */
static void a_place_too_far_away_is_that_of_the_parent(void **state) {
    (void)state;
    struct arena *a = &frozen_arena;
    struct value *list = value_list(a, (struct span){10, 40, 3, 1});
    uint32_t most = (1 << 18) - 1;
    value_push(a, list, value_string(a, STR("x"), (struct span){most, most, most, most}));
    value_push(a, list, value_string(a, STR("y"), (struct span){50, 51, most + 1, 1}));
    value_push(a, list, value_string(a, STR("z"), (struct span){50, 51, 4, most + 1}));
    struct image image = freeze(list);
    struct node root = image_root(&image);
    assert_true(same_place(node_span(node_item(root, 0)), (struct span){most, most, most, most}));
    assert_int_equal(node_span(node_item(root, 1)).line, 3);
    assert_int_equal(node_span(node_item(root, 2)).line, 3);
}

static void integers_of_any_size_survive(void **state) {
    (void)state;
    static const int64_t all[] = {0,
                                  -1,
                                  INT32_MAX,
                                  INT32_MIN,
                                  INT64_MAX,
                                  INT64_MIN,
                                  (int64_t)INT32_MAX + 1,
                                  (int64_t)INT32_MIN - 1};
    enum { COUNT = sizeof all / sizeof *all };
    struct value *list = value_list(&frozen_arena, (struct span){0});
    for (size_t i = 0; i < COUNT; i++)
        value_push(&frozen_arena, list, value_integer(&frozen_arena, all[i]));
    struct image image = freeze(list);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_true(node_integer(node_item(image_root(&image), i)) == all[i]);
}

static void an_image_can_be_moved(void **state) {
    (void)state;
    struct str bytes = frozen_bytes(yaml_value(everything), 3, NULL, 0);
    struct image first = open_image(bytes), second = open_image(exact_copy(bytes));
    assert_int_equal(walk_image(&first), walk_image(&second));
    assert_true(same(node_thaw(&frozen_arena, image_root(&first)),
                     node_thaw(&frozen_arena, image_root(&second))));
}

static void an_image_behind_other_bytes_is_aligned(void **state) {
    (void)state;
    struct buf out = BUF_INIT;
    struct image image;
    buf_put(&out, STR("abc"));
    assert_true(image_freeze(&out, yaml_value(everything), 2, NULL, 0));
    struct str bytes = exact_copy(str_from(buf_str(&out), 8));
    assert_true(image_open(&image, bytes, false));
    assert_memory_equal(out.at, "abc\0\0\0\0\0", 8);
    buf_free(&out);
}

static uint64_t hash_of(const char *yaml) {
    struct image image = freeze_yaml(yaml);
    return node_hash(image_root(&image));
}

static void the_hash_does_not_depend_on_places(void **state) {
    (void)state;
    uint64_t hash = hash_of("a: x\nlist: [1, two]\n");
    assert_true(hash == hash_of("a: \"x\"\n\n\nlist:\n- 1\n-   two\n"));
    assert_true(hash == hash_of("{\"a\": x, list: [1, 'two']}\n"));
}

static void the_hash_tells_every_change(void **state) {
    (void)state;
    static const char *const texts[] = {
        "{}",           "a: ~",         "a: false",      "a: true",       "a: 0",
        "a: 1",         "a: '1'",       "a: 1.0",        "a: ''",         "a: []",
        "a: {}",        "a: [~]",       "a: [[]]",       "b: 1",          "{a: 1, b: 2}",
        "{b: 2, a: 1}", "{a: 2, b: 1}", "a: [1, 2]",     "a: [2, 1]",     "a: [[1], 2]",
        "a: [1, [2]]",  "a: {b: 1}",    "{ab: 1, c: 2}", "{a: 1, bc: 2}", "a: [x, y]",
        "a: [xy]",      "a: [xy, '']",
    };
    enum { COUNT = sizeof texts / sizeof *texts };
    uint64_t hashes[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        hashes[i] = hash_of(texts[i]);
        for (size_t k = 0; k < i; k++)
            if (hashes[i] == hashes[k])
                fail_msg("%s and %s have one hash", texts[i], texts[k]);
    }
}

static void what_is_equal_has_one_hash(void **state) {
    (void)state;
    struct image a = freeze_yaml(everything), b = freeze_yaml(everything);
    struct image other = freeze_yaml("{a: [1, x], b: [1, y], c: [1], d: {x: 1}, e: {y: 1}}");
    struct node root = image_root(&other);
    assert_true(node_equal(image_root(&a), image_root(&b)));
    for (uint32_t i = 0; i < node_count(root); i++)
        for (uint32_t k = 0; k < node_count(root); k++) {
            struct node x = node_item(root, i), y = node_item(root, k);
            assert_true(node_equal(x, y) == (i == k));
            assert_true((node_hash(x) == node_hash(y)) == (i == k));
        }
}

static void equal_subtrees_have_equal_hashes(void **state) {
    (void)state;
    struct image image = freeze_yaml("{a: {x: [1, y]}, pad: long text, b: {x: [1, y]}}");
    struct node root = image_root(&image);
    assert_true(node_hash(node_get(root, STR("a"))) == node_hash(node_get(root, STR("b"))));
    assert_true(node_hash(root) == node_hash(image_root(&image)));
    struct image alone = freeze_yaml("x: [1, y]");
    assert_true(node_hash(node_get(root, STR("a"))) == node_hash(image_root(&alone)));
}

/* A record whose `part` is a slice of its `html`. */
static struct value *with_slice(struct str html, size_t begin, size_t end) {
    struct arena *a = &frozen_arena;
    struct value *v = value_record(a, (struct span){0});
    value_set(a, v, STR("id"), value_string(a, STR("x"), (struct span){0}));
    value_set(a, v, STR("part"),
              value_string(a, str_slice(html, begin, end), (struct span){1, 2, 3, 4}));
    value_set(a, v, STR("html"), value_string(a, html, (struct span){0}));
    return v;
}

static void slices_of_a_backing_are_stored_once(void **state) {
    (void)state;
    struct str html = STR("<p>A rather long paragraph, which nobody wants to store twice.</p>");
    struct value *v = with_slice(html, 3, html.len - 4);
    struct image image = open_image(frozen_bytes(v, 1, &html, 1));
    struct node root = image_root(&image);
    struct str whole = node_get_string(root, STR("html"));
    struct str part = node_get_string(root, STR("part"));
    assert_true(str_eq(whole, html));
    assert_true(str_eq(part, str_slice(html, 3, html.len - 4)));
    assert_ptr_equal(part.at, whole.at + 3);
    struct image twice = freeze(v);
    assert_true(twice.len >= image.len + html.len - 16);
}

static void the_hash_does_not_depend_on_how_it_is_stored(void **state) {
    (void)state;
    struct str html = STR("<p>A paragraph</p>");
    struct value *v = with_slice(html, 3, 9);
    struct image plain = freeze(v);
    for (uint32_t head = 0; head < 4; head++) {
        struct image image = open_image(frozen_bytes(v, head, &html, 1));
        assert_true(node_hash(image_root(&image)) == node_hash(image_root(&plain)));
    }
}

static void keys_of_like_records_are_stored_once(void **state) {
    (void)state;
    struct arena *a = &frozen_arena;
    struct value *list = value_list(a, (struct span){0});
    for (int i = 0; i < 100; i++) {
        struct value *record = value_record(a, (struct span){0});
        value_set(a, record, STR("a_key_of_some_length"), value_nil(a));
        value_push(a, list, record);
    }
    struct image image = freeze(list);
    assert_true(image.len < 100 * 60);
    struct node last = node_item(image_root(&image), 99);
    assert_true(str_eq(node_key(last, 0), STR("a_key_of_some_length")));
}

static void equal_texts_are_stored_once(void **state) {
    (void)state;
    struct image image = freeze_yaml("{a: a text of some length, b: a text of some length}");
    struct node root = image_root(&image);
    struct str a = node_get_string(root, STR("a")), b = node_get_string(root, STR("b"));
    assert_true(str_eq(a, STR("a text of some length")));
    assert_ptr_equal(a.at, b.at);
}

static void records_without_keys_are_no_trouble(void **state) {
    (void)state;
    struct image image = freeze_yaml("a: [{}, {}, {b: 1}, {}]");
    struct node list = node_get(image_root(&image), STR("a"));
    assert_int_equal(node_count(node_item(list, 1)), 0);
    assert_int_equal(node_type(node_item(list, 3)), VALUE_RECORD);
    assert_int_equal(node_get(node_item(list, 3), STR("b")).slot, 0);
    assert_true(node_hash(node_item(list, 0)) == node_hash(node_item(list, 3)));
}

/* A string without a place of its own stands where the record does. */
static void a_node_without_a_place_has_that_of_the_nearest_above(void **state) {
    (void)state;
    struct arena *a = &frozen_arena;
    struct value *root = value_record(a, (struct span){0});
    struct value *list = value_list(a, (struct span){10, 40, 3, 1});
    struct value *pair = value_record(a, (struct span){12, 30, 4, 3});
    value_set(a, pair, STR("question"), value_string(a, STR("Why?"), (struct span){12, 16, 4, 3}));
    value_set(a, pair, STR("answer"), value_string(a, STR("So"), (struct span){18, 20, 5, 1}));
    value_set(a, pair, STR("n"), value_integer(a, 1));
    value_push(a, list, pair);
    value_set(a, root, STR("faq"), list);
    struct image image = freeze(root);
    struct node faq = node_get(image_root(&image), STR("faq")), first = node_item(faq, 0);
    assert_int_equal(node_span(node_get(first, STR("question"))).line, 4);
    assert_int_equal(node_own_span(node_get(first, STR("question"))).line, 0);
    assert_int_equal(node_span(node_get(first, STR("answer"))).line, 5);
    assert_int_equal(node_span(node_get(first, STR("n"))).line, 4);
    assert_int_equal(node_span(faq).line, 3);
    assert_int_equal(node_span(image_root(&image)).line, 0);
}

static void a_head_can_be_used_on_its_own(void **state) {
    (void)state;
    struct str bytes = frozen_bytes(yaml_value(everything), 1, NULL, 0);
    struct image whole = open_image(bytes), head;
    struct str front = exact_copy(str_slice(bytes, 0, image_head_len(&whole)));
    assert_true(front.len < bytes.len);
    assert_false(image_open(&head, front, false));
    assert_true(image_open(&head, front, true));
    assert_false(image_is_whole(&head));
    struct node root = image_root(&head);
    assert_true(str_eq(node_get_string(root, STR("id")), STR("a")));
    assert_int_equal(node_integer(node_get(root, STR("words"))), 412); // numbers are in it
    assert_int_equal(node_integer(node_get(root, STR("minus"))), -7);
    assert_true(node_at_hand(node_get(root, STR("id"))));
    assert_true(node_at_hand(node_get(root, STR("draft"))));
    assert_false(node_at_hand(node_get(root, STR("tags"))));
    assert_false(node_at_hand(node_get(root, STR("faq"))));
    assert_true(walk_image(&head) == 12);
}

/* Compares node_path of every node below with the way that led there. */
static void expect_paths(struct node n, const char *way) {
    struct buf path = BUF_INIT;
    char below[200];
    node_path(&path, n);
    buf_char(&path, '\0');
    assert_string_equal(path.at, way);
    buf_free(&path);
    for (uint32_t i = 0; i < node_count(n); i++) {
        struct str key = node_key(n, i);
        if (node_type(n) == VALUE_LIST)
            snprintf(below, sizeof below, "%s[%u]", way, i + 1);
        else
            snprintf(below, sizeof below, "%s%s%.*s", way, *way ? "." : "", STR_ARG(key));
        expect_paths(node_item(n, i), below);
    }
}

static void every_node_knows_its_path(void **state) {
    (void)state;
    struct value *v = yaml_value(everything);
    for (uint32_t head = 0; head <= v->count; head++) {
        struct image image = open_image(frozen_bytes(v, head, NULL, 0));
        expect_paths(image_root(&image), "");
    }
}

static struct value *nested(unsigned depth) {
    struct value *v = value_list(&frozen_arena, (struct span){0});
    for (unsigned i = 0; i < depth; i++) {
        struct value *outer = value_list(&frozen_arena, (struct span){0});
        value_push(&frozen_arena, outer, v);
        v = outer;
    }
    return v;
}

static void what_is_nested_too_deep_is_refused(void **state) {
    (void)state;
    struct image image = freeze(nested(IMAGE_DEPTH));
    assert_int_equal(walk_image(&image), IMAGE_DEPTH + 1);
    struct buf out = BUF_INIT;
    buf_put(&out, STR("12345678"));
    assert_false(image_freeze(&out, nested(IMAGE_DEPTH + 1), 0, NULL, 0));
    assert_int_equal(out.len, 8);
    buf_free(&out);
}

static void what_is_too_large_is_refused(void **state) {
    (void)state;
    size_t len = ((size_t)256 << 20) + 1;
    char *zeros = mmap(NULL, len, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(zeros, MAP_FAILED);
    struct value *v = yaml_value("a: x");
    v->items[0]->string = (struct str){zeros, len};
    struct buf out = BUF_INIT;
    assert_false(image_freeze(&out, v, 0, NULL, 0));
    assert_int_equal(out.len, 0);
    buf_free(&out);
    munmap(zeros, len);
}

/* Hostile images: what image_open lets through must be safe to walk. */

static bool open_and_walk(struct str bytes, bool head_only) {
    struct image image;
    if (!image_open(&image, bytes, head_only))
        return false;
    walk_image(&image);
    return true;
}

static struct str sample(uint32_t *head) {
    struct str html = STR("<p>First</p><p>Second</p>");
    struct value *v = yaml_value(everything);
    value_set(&frozen_arena, v, STR("html"), value_string(&frozen_arena, html, (struct span){0}));
    value_set(&frozen_arena, v, STR("slice"),
              value_string(&frozen_arena, str_slice(html, 3, 8), (struct span){1, 2, 3, 4}));
    struct str bytes = frozen_bytes(v, 2, &html, 1);
    struct image image = open_image(bytes);
    *head = image_head_len(&image);
    return bytes;
}

static void every_truncation_is_refused(void **state) {
    (void)state;
    uint32_t head;
    struct str bytes = sample(&head);
    for (size_t len = 0; len < bytes.len; len++) {
        char *cut = must_alloc(len ? len : 1);
        memcpy(cut, bytes.at, len);
        assert_false(open_and_walk((struct str){cut, len}, false));
        assert_true(open_and_walk((struct str){cut, len}, true) == (len == head));
        free(cut);
    }
}

static void no_changed_byte_makes_a_walk_unsafe(void **state) {
    (void)state;
    static const unsigned char flips[] = {0x01, 0x02, 0x04, 0x08, 0x10, 0x40, 0x80, 0xFF};
    uint32_t head;
    struct str bytes = sample(&head);
    for (int head_only = 0; head_only < 2; head_only++) {
        struct str copy = exact_copy(str_slice(bytes, 0, head_only ? head : bytes.len));
        char *at = (char *)(uintptr_t)copy.at;
        for (size_t i = 0; i < copy.len; i++)
            for (size_t k = 0; k < sizeof flips; k++) {
                at[i] = (char)(at[i] ^ flips[k]);
                open_and_walk(copy, head_only);
                at[i] = (char)(at[i] ^ flips[k]);
            }
        assert_true(open_and_walk(copy, head_only));
    }
}

static void no_changed_number_makes_a_walk_unsafe(void **state) {
    (void)state;
    static const uint32_t numbers[] = {0, 1, 8, 24, 32, 64, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFF8};
    uint32_t head;
    struct str copy = exact_copy(sample(&head));
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i + 4 <= copy.len; i += 4)
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            uint32_t old;
            memcpy(&old, at + i, 4);
            memcpy(at + i, &numbers[k], 4);
            open_and_walk(copy, false);
            memcpy(at + i, &old, 4);
        }
}

static void bytes_that_are_no_image_are_refused(void **state) {
    (void)state;
    struct image image;
    struct str bytes = frozen_bytes(yaml_value(everything), 0, NULL, 0);
    struct str moved = exact_copy((struct str){bytes.at, bytes.len});
    char *shifted = must_alloc(bytes.len + 1);
    memcpy(shifted + 1, bytes.at, bytes.len);
    assert_false(image_open(&image, (struct str){shifted + 1, bytes.len}, false));
    free(shifted);
    assert_false(image_open(&image, STR(""), false));
    assert_false(image_open(&image, STR(""), true));
    ((char *)(uintptr_t)moved.at)[0] = 'X';
    assert_false(image_open(&image, moved, false));
}

/* Lists that share their items' memory would make the walk of a small image take for ever. The
 * second list is made to be the first again. */
static void lists_that_overlap_are_refused(void **state) {
    (void)state;
    struct str copy = exact_copy(frozen_bytes(yaml_value("a: [[~, ~, ~, ~], []]"), 0, NULL, 0));
    struct image image = open_image(copy);
    struct node lists = node_get(image_root(&image), STR("a"));
    char *at = (char *)(uintptr_t)copy.at;
    memcpy(at + node_item(lists, 1).slot, at + node_item(lists, 0).slot, 8);
    assert_false(image_open(&image, copy, false));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_frozen_thaws_equal),
        TEST(every_type_is_read_back),
        TEST(no_node_answers_every_question_with_nothing),
        TEST(asking_for_another_type_gives_nothing),
        TEST(places_survive),
        TEST(integers_of_any_size_survive),
        TEST(a_place_too_far_away_is_that_of_the_parent),
        TEST(an_image_can_be_moved),
        TEST(an_image_behind_other_bytes_is_aligned),
        TEST(the_hash_does_not_depend_on_places),
        TEST(the_hash_tells_every_change),
        TEST(what_is_equal_has_one_hash),
        TEST(equal_subtrees_have_equal_hashes),
        TEST(slices_of_a_backing_are_stored_once),
        TEST(the_hash_does_not_depend_on_how_it_is_stored),
        TEST(keys_of_like_records_are_stored_once),
        TEST(equal_texts_are_stored_once),
        TEST(records_without_keys_are_no_trouble),
        TEST(a_node_without_a_place_has_that_of_the_nearest_above),
        TEST(a_head_can_be_used_on_its_own),
        TEST(every_node_knows_its_path),
        TEST(what_is_nested_too_deep_is_refused),
        TEST(what_is_too_large_is_refused),
        TEST(every_truncation_is_refused),
        TEST(no_changed_byte_makes_a_walk_unsafe),
        TEST(no_changed_number_makes_a_walk_unsafe),
        TEST(bytes_that_are_no_image_are_refused),
        TEST(lists_that_overlap_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "freezing.h"

#include "wire.h"

static int free_all(void **state) {
    (void)state;
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_teardown(function, free_all)

static const struct diag sample = {
    .severity = SEVERITY_WARNING,
    .at = {STR_INIT("plugins/faq.lua"), 12, 7},
    .text = STR_INIT("no answer"),
    .code = STR_INIT("faq-empty-answer"),
    .help = STR_INIT("write one"),
    .related = &(struct related){{STR_INIT("content/a.md"), 3, 1},
                                 STR_INIT("while it was reading faq[2].answer"), NULL},
    .detail = STR_INIT("- one\n+ two\n"),
};

static struct str written(const struct diag *d) {
    struct buf b = BUF_INIT;
    wire_put_diag(&b, d);
    struct str bytes = exact_copy(buf_str(&b));
    buf_free(&b);
    return bytes;
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    wire_put_u32(&b, 0);
    wire_put_u32(&b, UINT32_MAX);
    wire_put_u64(&b, UINT64_C(0x0123456789ABCDEF));
    wire_put_str(&b, STR(""));
    wire_put_str(&b, STR("a\0b"));
    struct wire w = {.rest = exact_copy(buf_str(&b))};
    buf_free(&b);
    assert_int_equal(wire_u32(&w), 0);
    assert_int_equal(wire_u32(&w), UINT32_MAX);
    assert_true(wire_u64(&w) == UINT64_C(0x0123456789ABCDEF));
    assert_int_equal(wire_str(&w).len, 0);
    assert_true(str_eq(wire_str(&w), STR("a\0b")));
    assert_false(w.bad);
    assert_int_equal(w.rest.len, 0);
}

static void numbers_are_little_endian(void **state) {
    (void)state;
    struct buf b = BUF_INIT;
    wire_put_u32(&b, 0x01020304);
    wire_put_u64(&b, UINT64_C(0x1112131415161718));
    assert_memory_equal(b.at, "\x04\x03\x02\x01\x18\x17\x16\x15\x14\x13\x12\x11", 12);
    buf_free(&b);
}

static void a_message_keeps_all_its_parts(void **state) {
    (void)state;
    struct diags d = {.arena = &frozen_arena};
    struct wire w = {.rest = written(&sample)};
    wire_diag(&w, &d);
    assert_false(w.bad);
    assert_int_equal(w.rest.len, 0);
    assert_int_equal(d.warnings, 1);
    assert_int_equal(d.errors, 0);
    assert_string_equal(d.first->at.path.at, "plugins/faq.lua");
    assert_int_equal(d.first->at.line, 12);
    assert_int_equal(d.first->at.col, 7);
    assert_string_equal(d.first->text.at, "no answer");
    assert_string_equal(d.first->code.at, "faq-empty-answer");
    assert_string_equal(d.first->help.at, "write one");
    const struct related *r = d.first->related;
    assert_string_equal(r->at.path.at, "content/a.md");
    assert_int_equal(r->at.line, 3);
    assert_string_equal(r->text.at, "while it was reading faq[2].answer");
    assert_null(r->next);
    assert_string_equal(d.first->detail.at, "- one\n+ two\n");
}

static void of_very_many_related_places_the_first_are_kept(void **state) {
    (void)state;
    struct related many[100];
    struct diag crowded = sample;
    for (uint32_t i = 0; i < 100; i++)
        many[i] = (struct related){{STR("a.md"), i, 1}, STR("here"), i < 99 ? &many[i + 1] : NULL};
    crowded.related = many;
    struct diags d = {.arena = &frozen_arena};
    struct wire w = {.rest = written(&crowded)};
    wire_diag(&w, &d);
    assert_false(w.bad);
    assert_int_equal(w.rest.len, 0);
    uint32_t count = 0;
    for (const struct related *r = d.first->related; r; r = r->next)
        assert_int_equal(r->at.line, count++);
    assert_int_equal(count, MOST_RELATED);
}

static void a_truncated_message_is_bad_and_adds_nothing(void **state) {
    (void)state;
    struct str whole = written(&sample);
    for (size_t len = 0; len < whole.len; len++) {
        struct diags d = {.arena = &frozen_arena};
        char *cut = must_alloc(len ? len : 1);
        memcpy(cut, whole.at, len);
        struct wire w = {.rest = {cut, len}};
        wire_diag(&w, &d);
        assert_true(w.bad);
        assert_null(d.first);
        free(cut);
    }
}

static void once_bad_it_gives_zeros(void **state) {
    (void)state;
    struct wire w = {.rest = STR("\xFF\xFF\xFF\xFF, more than enough bytes for a number")};
    assert_int_equal(wire_str(&w).len, 0);
    assert_true(w.bad);
    assert_int_equal(wire_u32(&w), 0);
    assert_true(wire_u64(&w) == 0);
    assert_int_equal(wire_str(&w).len, 0);
}

static void a_count_that_cannot_be_is_bad(void **state) {
    (void)state;
    static const char *const counts[] = {"\x02\0\0\0x", "\xFF\xFF\xFF\x7Fx", "\xFF\xFF\xFF\xFFx",
                                         "\0\0\0\x80x"};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct wire w = {.rest = exact_copy((struct str){counts[i], 5})};
        assert_int_equal(wire_str(&w).len, 0);
        assert_true(w.bad);
    }
    struct wire w = {.rest = STR("\x01\0\0\0x")};
    assert_true(str_eq(wire_str(&w), STR("x")));
    assert_false(w.bad);
}

static void a_hostile_message_is_made_harmless(void **state) {
    (void)state;
    struct diags d = {.arena = &frozen_arena};
    struct diag hostile = sample;
    char *long_text = must_alloc(100000);
    memset(long_text, 'x', 100000);
    hostile.severity = (enum severity)77;
    hostile.at.path = STR("\x1b[2Ja.md\n");
    hostile.text = (struct str){long_text, 100000};
    hostile.code = STR("\xFF");
    hostile.detail = STR("a\x1b[2J\n\nb\n\n\n");
    struct wire w = {.rest = written(&hostile)};
    free(long_text);
    wire_diag(&w, &d);
    assert_false(w.bad);
    assert_int_equal(d.first->severity, SEVERITY_ERROR);
    assert_int_equal(d.errors, 1);
    assert_string_equal(d.first->at.path.at, "\\x1b[2Ja.md\\x0a");
    assert_int_equal(d.first->text.len, 4096);
    assert_string_equal(d.first->code.at, "\\xff");
    assert_string_equal(d.first->detail.at, "a\\x1b[2J\n\nb\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_written_is_read_back),
        TEST(numbers_are_little_endian),
        TEST(a_message_keeps_all_its_parts),
        TEST(of_very_many_related_places_the_first_are_kept),
        TEST(a_truncated_message_is_bad_and_adds_nothing),
        TEST(once_bad_it_gives_zeros),
        TEST(a_count_that_cannot_be_is_bad),
        TEST(a_hostile_message_is_made_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

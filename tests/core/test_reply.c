#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "arena.h"
#include "reply.h"

/* The parent's side: everything that was handed over, in one piece. */
static struct buf taken;
static struct reply reply;
static char *area;
static unsigned parts;

static void take(struct reply *r) {
    assert_true(r->area.len <= REPLY_BYTES);
    assert_int_equal(r->area.len % 8, 0);
    buf_put(&taken, buf_str(&r->area));
    parts++;
}

static int set_up(void **state) {
    (void)state;
    area = must_alloc(REPLY_BYTES);
    parts = 0;
    reply = (struct reply){.hand_over = take};
    reply_begin(&reply, area, 1);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    free(area);
    buf_free(&taken);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* A record put together again from its pieces; false behind the last. */
static bool next_record(struct str *rest, uint32_t *kind, struct buf *bytes) {
    uint32_t head[2] = {RECORD_MORE, 0};
    bytes->len = 0;
    while (rest->len && head[0] & RECORD_MORE) {
        assert_true(rest->len >= RECORD_HEAD_BYTES);
        memcpy(head, rest->at, sizeof head);
        size_t padded = ((size_t)head[1] + 7) / 8 * 8;
        *rest = str_from(*rest, RECORD_HEAD_BYTES);
        assert_true(padded <= rest->len);
        if (bytes->len)
            assert_int_equal(*kind, head[0] & ~RECORD_MORE);
        *kind = head[0] & ~RECORD_MORE;
        buf_put(bytes, str_slice(*rest, 0, head[1]));
        for (size_t i = head[1]; i < padded; i++)
            assert_int_equal(rest->at[i], 0);
        *rest = str_from(*rest, padded);
    }
    assert_false(head[0] & RECORD_MORE && bytes->len);
    return !(head[0] & RECORD_MORE);
}

static void expect_record(struct str *rest, uint32_t kind, struct str bytes) {
    struct buf found = BUF_INIT;
    uint32_t found_kind = 0;
    assert_true(next_record(rest, &found_kind, &found));
    assert_int_equal(found_kind, kind);
    assert_int_equal(found.len, bytes.len);
    if (bytes.len)
        assert_memory_equal(found.at, bytes.at, bytes.len);
    buf_free(&found);
}

static struct str finish(void) {
    take(&reply);
    return buf_str(&taken);
}

static char *letters(size_t len) {
    char *text = must_alloc(len);
    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + i % 23);
    return text;
}

static void records_follow_each_other(void **state) {
    (void)state;
    reply_u32(&reply, RECORD_UNIT, 0);
    reply_record(&reply, RECORD_PATH, STR("a/b.html"));
    reply_record(&reply, RECORD_BYTES, STR(""));
    buf_put(reply_open(&reply, RECORD_LOG), STR("one "));
    buf_put(&reply.area, STR("two"));
    reply_close(&reply);
    reply_u32(&reply, RECORD_END, UNIT_MADE);
    struct str rest = finish();
    assert_int_equal(parts, 1);
    expect_record(&rest, RECORD_UNIT, STR("\0\0\0\0"));
    expect_record(&rest, RECORD_PATH, STR("a/b.html"));
    expect_record(&rest, RECORD_BYTES, STR(""));
    expect_record(&rest, RECORD_LOG, STR("one two"));
    expect_record(&rest, RECORD_END, STR("\0\0\0\0"));
    assert_int_equal(rest.len, 0);
}

static void closing_without_an_open_record_does_nothing(void **state) {
    (void)state;
    reply_close(&reply);
    reply_record(&reply, RECORD_PATH, STR("a"));
    reply_close(&reply);
    struct str rest = finish();
    expect_record(&rest, RECORD_PATH, STR("a"));
    assert_int_equal(rest.len, 0);
}

static void what_is_flushed_is_taken_at_once_and_nothing_when_there_is_nothing(void **state) {
    (void)state;
    reply_flush(&reply);
    assert_int_equal(parts, 0);
    reply_u32(&reply, RECORD_UNIT, 0);
    reply_flush(&reply);
    assert_int_equal(parts, 1);
    reply_record(&reply, RECORD_PATH, STR("a"));
    struct str rest = finish();
    expect_record(&rest, RECORD_UNIT, STR("\0\0\0\0"));
    expect_record(&rest, RECORD_PATH, STR("a"));
    assert_int_equal(rest.len, 0);
}

static void a_record_larger_than_the_area_is_split(void **state) {
    (void)state;
    size_t len = 3 * (size_t)REPLY_BYTES + 5;
    char *text = letters(len);
    reply_u32(&reply, RECORD_UNIT, 7);
    reply_record(&reply, RECORD_BYTES, (struct str){text, len});
    reply_u32(&reply, RECORD_END, UNIT_MADE);
    struct str rest = finish();
    assert_int_equal(parts, 4);
    expect_record(&rest, RECORD_UNIT, STR("\7\0\0\0"));
    expect_record(&rest, RECORD_BYTES, (struct str){text, len});
    expect_record(&rest, RECORD_END, STR("\0\0\0\0"));
    assert_int_equal(rest.len, 0);
    free(text);
}

static void a_record_written_byte_by_byte_is_split_too(void **state) {
    (void)state;
    size_t len = (size_t)REPLY_BYTES + 12345;
    char *text = letters(len);
    struct buf *out = reply_open(&reply, RECORD_BYTES);
    for (size_t i = 0; i < len; i++)
        buf_char(out, text[i]);
    reply_close(&reply);
    struct str rest = finish();
    assert_int_equal(parts, 2);
    expect_record(&rest, RECORD_BYTES, (struct str){text, len});
    free(text);
}

/* Wherever the area's end falls: before, in or behind a record. */
static void no_length_around_the_end_of_the_area_breaks_a_record(void **state) {
    (void)state;
    char *text = letters(REPLY_BYTES);
    for (size_t less = 0; less < 160; less++) {
        size_t len = (size_t)REPLY_BYTES - less;
        taken.len = 0;
        reply_begin(&reply, area, 0);
        reply_record(&reply, RECORD_BYTES, (struct str){text, len});
        reply_record(&reply, RECORD_PATH, STR("next"));
        struct str rest = finish();
        expect_record(&rest, RECORD_BYTES, (struct str){text, len});
        expect_record(&rest, RECORD_PATH, STR("next"));
        assert_int_equal(rest.len, 0);
    }
    free(text);
}

static void many_small_records_fill_many_areas(void **state) {
    (void)state;
    enum { COUNT = 200000 };
    char text[80];
    for (uint32_t i = 0; i < COUNT; i++) {
        memset(text, 'a' + (int)(i % 26), sizeof text);
        reply_record(&reply, RECORD_LOG, (struct str){text, i % sizeof text});
    }
    struct str rest = finish();
    assert_true(parts > 1);
    for (uint32_t i = 0; i < COUNT; i++) {
        memset(text, 'a' + (int)(i % 26), sizeof text);
        expect_record(&rest, RECORD_LOG, (struct str){text, i % sizeof text});
    }
    assert_int_equal(rest.len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(records_follow_each_other),
        TEST(closing_without_an_open_record_does_nothing),
        TEST(what_is_flushed_is_taken_at_once_and_nothing_when_there_is_nothing),
        TEST(a_record_larger_than_the_area_is_split),
        TEST(a_record_written_byte_by_byte_is_split_too),
        TEST(no_length_around_the_end_of_the_area_breaks_a_record),
        TEST(many_small_records_fill_many_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

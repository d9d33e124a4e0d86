/* The tests of a plugin, each told as it begins and as it ended. */
#include "worker_parts.h"

#include <time.h>

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void put_test(struct worker *w, struct str name, uint32_t line, enum test_end end,
                     const struct diags *d) {
    struct buf *out = reply_open(&w->reply, RECORD_TEST);
    uint32_t count = 0;
    for (const struct diag *one = d->first; one; one = one->next)
        count++;
    wire_put_u32(out, end);
    wire_put_u32(out, line);
    wire_put_u64(out, end == TEST_BEGUN ? 0 : now_ns() - w->test_ns);
    wire_put_str(out, name);
    wire_put_u32(out, count);
    for (const struct diag *one = d->first; one; one = one->next)
        wire_put_diag(out, one);
    reply_close(&w->reply);
}

static void test_begun(void *owner, struct str name, uint32_t line) {
    struct worker *w = owner;
    struct diags none = {.arena = &w->unit_arena};
    put_test(w, name, line, TEST_BEGUN, &none);
    reply_flush(&w->reply); // so that it is known which test runs, should it never end
    w->test_ns = now_ns();
}

static void test_ended(void *owner, struct str name, uint32_t line, enum test_end end,
                       const struct diags *d) {
    put_test(owner, name, line, end, d);
}

static void test_golden(void *owner, struct str name, struct str bytes) {
    struct worker *w = owner;
    struct buf *out = reply_open(&w->reply, RECORD_GOLDEN);
    wire_put_str(out, name);
    wire_put_str(out, bytes);
    reply_close(&w->reply);
}

enum unit_end worker_do_test(struct worker *w, struct wire *in, struct diags *d) {
    struct plugin_test t = {.file = wire_str(in)};
    t.place = wire_str(in);
    t.bytes = wire_str(in);
    t.folder = wire_str(in);
    t.updates = wire_u32(in);
    t.fixtures = worker_take_files(in, &w->unit_arena);
    t.bundle = &w->bundle;
    t.plugins = &w->plugins;
    t.settings = &w->settings;
    t.arena = &w->unit_arena;
    t.begun = test_begun;
    t.ended = test_ended;
    t.golden = test_golden;
    t.owner = w;
    bool good = plugin_test(&t, d);
    worker_put_traces(w, t.bind);
    if (t.of)
        worker_put_files(w, &t.of->bind); // what its renderings used
    return good ? UNIT_MADE : UNIT_FAILED;
}

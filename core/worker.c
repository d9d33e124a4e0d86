#include "worker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "commonmark.h"
#include "plugin.h"
#include "protocol.h"
#include "reply.h"
#include "sandbox.h"
#include "sanitized.h"
#include "settings.h"
#include "wire.h"

struct worker {
    char *shared;
    struct reply reply;
    uint32_t batch; /* counts batches, as the parent does */
    struct arena config_arena, unit_arena, render_arena, site_arena;
    struct site site;
    struct settings settings;
    struct image settings_image;
    struct reading reading;
    struct bundle bundle;
    struct plugins plugins;
    struct str content; /* how messages begin a content path */
    struct buf image;   /* scratch for freezing */
    uint64_t test_ns;   /* when the test that runs began */
};

/* Talking to the parent. When it is gone, so are we. */

static void send_message(enum message_kind kind, uint32_t slot, uint32_t len, uint32_t count) {
    struct message m = {kind, slot, len, count};
    ssize_t n;
    do {
        n = send(WORKER_SOCKET, &m, sizeof m, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    if (n != sizeof m)
        _exit(0);
}

static struct message receive_message(void) {
    struct message m;
    ssize_t n;
    do {
        n = recv(WORKER_SOCKET, &m, sizeof m, 0);
    } while (n < 0 && errno == EINTR);
    if (n != sizeof m)
        _exit(0);
    return m;
}

/* While one slot waits to be taken, the next batch may arrive already: it is kept. */
static struct message waiting;
static bool has_waiting;

static void hand_over_part(struct reply *r) {
    send_message(MESSAGE_PART, r->slot, (uint32_t)r->area.len, 0);
    for (;;) {
        struct message m = receive_message();
        if (m.kind == MESSAGE_GO)
            return;
        waiting = m;
        has_waiting = true;
    }
}

static struct message next_message(void) {
    if (!has_waiting)
        return receive_message();
    has_waiting = false;
    return waiting;
}

/* Answers */

static void put_diags(struct worker *w, const struct diags *d) {
    for (const struct diag *one = d->first; one; one = one->next) {
        wire_put_diag(reply_open(&w->reply, RECORD_DIAG), one);
        reply_close(&w->reply);
    }
}

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

static void put_image(struct worker *w, const struct value *v, uint32_t head_fields,
                      const struct str *backings, size_t backing_count, struct place at,
                      struct diags *d) {
    w->image.len = 0;
    if (image_freeze(&w->image, v, head_fields, backings, backing_count))
        reply_record(&w->reply, RECORD_IMAGE, buf_str(&w->image));
    else
        diag_error(d, at, "too-large", "the article is nested too deep or too large");
}

/* The units. Each returns how it ended; messages go to `d`. */

static enum unit_end ended(const struct diags *d) {
    return d->errors ? UNIT_FAILED : UNIT_MADE;
}

static enum unit_end do_settings(struct worker *w, struct wire *in, struct diags *d) {
    struct str place = wire_str(in), bytes = wire_str(in);
    struct source s;
    struct value *record;
    struct reading how;
    struct place at = {.path = place};
    if (!source_open(&s, &w->unit_arena, place, place, bytes, d) ||
        !settings_read(&record, &w->unit_arena, &s, d) ||
        !settings_reading(&how, &w->unit_arena, record, at, d))
        return UNIT_FAILED;
    put_image(w, record, 0, NULL, 0, at, d);
    return ended(d);
}

static struct bundle take_files(struct wire *in, struct arena *a) {
    uint32_t count = wire_u32(in);
    struct bundle_file *files = ARENA_ARRAY(a, struct bundle_file, count);
    for (uint32_t i = 0; i < count; i++) {
        files[i].name = arena_str(a, wire_str(in));
        files[i].place = arena_str(a, wire_str(in));
        files[i].bytes = arena_str(a, wire_str(in));
    }
    return (struct bundle){files, count};
}

static enum unit_end do_config(struct worker *w, struct wire *in, struct diags *d) {
    w->content = arena_str(&w->config_arena, wire_str(in));
    struct str image = wire_str(in);
    char *copy = arena_alloc(&w->config_arena, image.len);
    memcpy(copy, image.at, image.len);
    w->settings_image = (struct image){(const unsigned char *)copy, (uint32_t)image.len};
    settings_from(&w->settings, &w->settings_image);
    w->site.settings = w->settings_image;
    struct value *record = node_thaw(&w->config_arena, w->settings.root);
    w->bundle = take_files(in, &w->config_arena);
    uint32_t plugins = wire_u32(in);
    w->plugins.at = ARENA_ARRAY(&w->config_arena, struct plugin, plugins);
    w->plugins.count = plugins;
    return settings_reading(&w->reading, &w->config_arena, record, (struct place){0}, d)
               ? UNIT_MADE
               : UNIT_FAILED;
}

static void put_files(struct worker *w, struct bind *b) {
    struct str files = str_from(buf_str(&b->files), b->files_told);
    if (files.len)
        reply_record(&w->reply, RECORD_FILES, files);
    b->files_told = b->files.len;
}

/* What a call into a plugin leaves besides its result. */
static void put_traces(struct worker *w, struct bind *b) {
    put_files(w, b);
    if (b->log.len)
        reply_record(&w->reply, RECORD_LOG, buf_str(&b->log));
    b->log.len = 0;
}

static void put_reads(struct worker *w, struct bind *b) {
    w->image.len = 0;
    bind_put_reads(b, &w->image);
    reply_record(&w->reply, RECORD_READS, buf_str(&w->image));
}

static enum unit_end do_plugin(struct worker *w, struct wire *in, struct diags *d) {
    uint32_t number = wire_u32(in);
    if (number >= w->plugins.count)
        return UNIT_FAILED;
    struct plugin *p = &w->plugins.at[number];
    p->file = arena_str(&w->config_arena, wire_str(in));
    p->place = arena_str(&w->config_arena, wire_str(in));
    p->bind = (struct bind){.site = &w->site,
                            .bundle = &w->bundle,
                            .content = w->content,
                            .arena = &w->render_arena,
                            .plugins = &w->plugins,
                            .memory_limit = w->settings.memory_bytes,
                            .out_limit = w->settings.output_bytes};
    bool good = plugin_load(p, &w->config_arena, w->settings.memory_bytes, d);
    put_traces(w, &p->bind);
    if (!good)
        return UNIT_FAILED;
    plugin_describe(p, reply_open(&w->reply, RECORD_PLUGIN));
    reply_close(&w->reply);
    return UNIT_MADE;
}

/* The head of an article's image: everything up to its front matter as written. */
static uint32_t head_fields(const struct value *article) {
    uint32_t i = 0;
    while (i < article->count && !str_eq(article->keys[i], STR("meta")))
        i++;
    return i < article->count ? i + 1 : 0;
}

/* NULL: one error. */
static struct plugin *take_plugin(struct worker *w, uint32_t number, struct diags *d) {
    struct plugin *p = number < w->plugins.count ? &w->plugins.at[number] : NULL;
    if (p && p->loaded)
        return p;
    diag_error(d, (struct place){.path = p ? p->place : STR("")}, "plugin",
               "it was loaded by one worker and not by another");
    return NULL;
}

/* A file and who reads it. False: one error. */
static bool take_file(struct worker *w, struct wire *in, struct source *s, struct file_reading *r,
                      struct diags *d) {
    struct str place = wire_str(in), path = wire_str(in), bytes = wire_str(in);
    uint32_t plugin = wire_u32(in);
    *r = (struct file_reading){.arena = &w->unit_arena, .how = &w->reading,
                               .settings = &w->settings};
    if (plugin != NO_PLUGIN)
        r->plugin = take_plugin(w, plugin, d);
    return (plugin == NO_PLUGIN || r->plugin) &&
           source_open(s, &w->unit_arena, place, path, bytes, d);
}

static enum unit_end ended_reading(struct worker *w, const struct file_reading *r,
                                   const struct diags *d) {
    if (r->plugin)
        put_traces(w, &r->plugin->bind);
    return r->is_refused ? UNIT_SKIPPED : ended(d);
}

static enum unit_end do_read(struct worker *w, struct wire *in, struct diags *d) {
    struct source s;
    struct file_reading r;
    struct value *article;
    if (!take_file(w, in, &s, &r, d))
        return UNIT_FAILED;
    if (plugin_read_article(&r, &article, &s, d)) {
        struct str backings[] = {value_get_string(article, STR("html")),
                                 value_get_string(article, STR("text")),
                                 value_get_string(article, STR("markdown"))};
        put_image(w, article, head_fields(article), backings, 3, (struct place){.path = s.place},
                  d);
    }
    return ended_reading(w, &r, d);
}

static void put_remarks(struct worker *w, const struct document *doc) {
    for (const struct remark *r = doc->remarks; r; r = r->next) {
        struct buf *out = reply_open(&w->reply, RECORD_REMARK);
        wire_put_u32(out, r->line);
        wire_put_u32(out, r->dropped);
        wire_put_str(out, r->text);
        reply_close(&w->reply);
    }
}

/* Import takes for pasted text whatever no plugin reads. */
static enum unit_end do_import(struct worker *w, struct wire *in, struct diags *d) {
    struct source s;
    struct file_reading r;
    struct document doc = {0};
    if (!take_file(w, in, &s, &r, d))
        return UNIT_FAILED;
    bool good = r.plugin ? plugin_read_document(&r, &doc, &s, d)
                         : paste_read(&doc, &w->unit_arena, &s, &w->reading, d);
    if (good) {
        put_remarks(w, &doc);
        w->image.len = 0;
        commonmark_write_document(&w->image, &doc);
        reply_record(&w->reply, RECORD_BYTES, buf_str(&w->image));
    }
    return ended_reading(w, &r, d);
}

static enum unit_end do_site(struct worker *w, struct wire *in) {
    uint32_t articles = wire_u32(in);
    uint64_t heads_bytes = wire_u64(in);
    arena_reset(&w->site_arena);
    w->site.now = arena_str(&w->site_arena, wire_str(in));
    uint32_t count = wire_u32(in);
    struct str *names = ARENA_ARRAY(&w->site_arena, struct str, count);
    for (uint32_t i = 0; i < count; i++)
        names[i] = arena_str(&w->site_arena, wire_str(in));
    w->site.exports = names;
    w->site.export_count = count;
    return site_map(&w->site, articles, heads_bytes) ? UNIT_MADE : UNIT_FAILED;
}

/* NULL: one error. */
static struct plugin *take_export(struct worker *w, struct wire *in, uint32_t *export,
                                  struct diags *d) {
    struct plugin *p = take_plugin(w, wire_u32(in), d);
    *export = wire_u32(in);
    if (!p || *export < p->export_count)
        return p;
    diag_error(d, (struct place){.path = p->place}, "plugin",
               "one worker found other exports in it than another");
    return NULL;
}

static enum unit_end do_items(struct worker *w, struct wire *in, struct diags *d) {
    uint32_t export;
    struct plugin *p = take_export(w, in, &export, d);
    w->image.len = 0;
    bool good = p && plugin_items(p, export, &w->image, d);
    if (good)
        reply_record(&w->reply, RECORD_ITEMS, buf_str(&w->image));
    if (p) {
        put_reads(w, &p->bind);
        put_traces(w, &p->bind);
    }
    return good ? UNIT_MADE : UNIT_FAILED;
}

static struct buf *begin_output(void *owner, struct str path) {
    struct worker *w = owner;
    reply_record(&w->reply, RECORD_PATH, path);
    return reply_open(&w->reply, RECORD_BYTES);
}

static void put_lines(struct worker *w, struct bind *b) {
    bind_put_lines(b, reply_open(&w->reply, RECORD_LINES));
    reply_close(&w->reply);
    b->is_traced = false;
}

static enum unit_end do_render(struct worker *w, struct wire *in, bool is_traced,
                               struct diags *d) {
    struct rendering r = {.begin = begin_output, .owner = w};
    struct plugin *p = take_export(w, in, &r.export, d);
    r.article = wire_u32(in);
    r.item = wire_u32(in);
    r.key = wire_str(in);
    r.value = wire_str(in);
    if (!p)
        return UNIT_FAILED;
    p->bind.is_traced = is_traced;
    enum rendered result = plugin_render(p, &r, d);
    reply_close(&w->reply);
    put_reads(w, &p->bind);
    if (is_traced)
        put_lines(w, &p->bind);
    put_traces(w, &p->bind);
    if (result == RENDERED)
        return UNIT_MADE;
    return result == RENDER_SKIPPED ? UNIT_SKIPPED : UNIT_FAILED;
}

static enum unit_end do_check(struct worker *w, struct wire *in, struct diags *d) {
    uint32_t number = wire_u32(in), article = wire_u32(in);
    struct plugin *p = take_plugin(w, number, d);
    if (!p)
        return UNIT_FAILED;
    bool good = plugin_check(p, article, d);
    put_reads(w, &p->bind);
    put_traces(w, &p->bind);
    return good ? UNIT_MADE : UNIT_FAILED;
}

/* Tests */

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

static enum unit_end do_test(struct worker *w, struct wire *in, struct diags *d) {
    struct plugin_test t = {.file = wire_str(in)};
    t.place = wire_str(in);
    t.bytes = wire_str(in);
    t.folder = wire_str(in);
    t.updates = wire_u32(in);
    t.fixtures = take_files(in, &w->unit_arena);
    t.bundle = &w->bundle;
    t.plugins = &w->plugins;
    t.settings = &w->settings;
    t.arena = &w->unit_arena;
    t.begun = test_begun;
    t.ended = test_ended;
    t.golden = test_golden;
    t.owner = w;
    bool good = plugin_test(&t, d);
    put_traces(w, t.bind);
    if (t.of)
        put_files(w, &t.of->bind); // what its renderings used
    return good ? UNIT_MADE : UNIT_FAILED;
}

static enum unit_end do_unit(struct worker *w, struct wire *in, struct diags *d) {
    enum unit_kind kind = (enum unit_kind)wire_u32(in);
    switch (kind) {
    case UNIT_SETTINGS:
        return do_settings(w, in, d);
    case UNIT_CONFIG:
        return do_config(w, in, d);
    case UNIT_PLUGIN:
        return do_plugin(w, in, d);
    case UNIT_READ:
        return do_read(w, in, d);
    case UNIT_IMPORT:
        return do_import(w, in, d);
    case UNIT_SITE:
        return do_site(w, in);
    case UNIT_ITEMS:
        return do_items(w, in, d);
    case UNIT_RENDER:
    case UNIT_TRACE:
        return do_render(w, in, kind == UNIT_TRACE, d);
    case UNIT_CHECK:
        return do_check(w, in, d);
    case UNIT_TEST:
        return do_test(w, in, d);
    }
    return UNIT_FAILED;
}

static void run_batch(struct worker *w, struct message m) {
    struct shared_head *head = (struct shared_head *)(void *)w->shared;
    struct wire request = {.rest = {w->shared + protocol_request_at(m.slot), m.len}};
    w->batch++;
    reply_begin(&w->reply, w->shared + protocol_reply_at(m.slot), m.slot);
    for (uint32_t i = 0; i < m.count; i++) {
        struct diags d = {.arena = &w->unit_arena};
        struct wire unit = {.rest = wire_str(&request)};
        atomic_store(&head->progress, protocol_progress(m.slot, w->batch, i + 1));
        reply_u32(&w->reply, RECORD_UNIT, i);
        enum unit_end end = do_unit(w, &unit, &d);
        put_diags(w, &d);
        reply_u32(&w->reply, RECORD_END, end);
        arena_reset(&w->unit_arena);
    }
    atomic_store(&head->progress, protocol_progress(m.slot, w->batch, 0));
    send_message(MESSAGE_DONE, m.slot, (uint32_t)w->reply.area.len, m.count);
}

/* Both workers wait for the parent, so it goes first; and what a plugin burns is taken from nobody
 * who is in a hurry. As a nice value. */
enum { BEHIND_THE_PARENT = IS_SANITIZED ? 0 /* slow enough for its deadlines */ : 10 };

static void starve(void) {
    _exit(MEMORY_STATUS);
}

_Noreturn void worker_main(void) {
    static struct worker w;
    arena_keep_memory();
    arena_give_up(starve);
    setpriority(PRIO_PROCESS, 0, BEHIND_THE_PARENT);
    w.reply.hand_over = hand_over_part;
    w.shared = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_SHARED, 0);
    if (w.shared == MAP_FAILED)
        _exit(3);
    w.site.heads_fd = WORKER_HEADS;
    w.site.images_fd = WORKER_IMAGES;
    send_message(MESSAGE_HELLO, 0, sandbox_lock(WORKER_IMAGES + 1), 0);
    for (;;) {
        struct message m = next_message();
        if (m.kind == MESSAGE_BATCH && m.slot < PROTOCOL_SLOTS && m.len <= REQUEST_BYTES)
            run_batch(&w, m);
    }
}

#include "worker.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox.h"
#include "sanitized.h"
#include "worker_parts.h"

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

/* Units that say what the others are about */

struct bundle worker_take_files(struct wire *in, struct arena *a) {
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
    w->bundle = worker_take_files(in, &w->config_arena);
    uint32_t plugins = wire_u32(in);
    w->plugins.at = ARENA_ARRAY(&w->config_arena, struct plugin, plugins);
    w->plugins.count = plugins;
    return settings_reading(&w->reading, &w->config_arena, record, (struct place){0}, d)
               ? UNIT_MADE
               : UNIT_FAILED;
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

/* Batches */

static void put_diags(struct worker *w, const struct diags *d) {
    for (const struct diag *one = d->first; one; one = one->next) {
        wire_put_diag(reply_open(&w->reply, RECORD_DIAG), one);
        reply_close(&w->reply);
    }
}

static enum unit_end do_unit(struct worker *w, struct wire *in, struct diags *d) {
    enum unit_kind kind = (enum unit_kind)wire_u32(in);
    switch (kind) {
    case UNIT_SETTINGS:
        return worker_do_settings(w, in, d);
    case UNIT_CONFIG:
        return do_config(w, in, d);
    case UNIT_PLUGIN:
        return worker_do_plugin(w, in, d);
    case UNIT_READ:
        return worker_do_read(w, in, d);
    case UNIT_IMPORT:
        return worker_do_import(w, in, d);
    case UNIT_SITE:
        return do_site(w, in);
    case UNIT_ITEMS:
        return worker_do_items(w, in, d);
    case UNIT_RENDER:
    case UNIT_TRACE:
        return worker_do_render(w, in, kind == UNIT_TRACE, d);
    case UNIT_CHECK:
        return worker_do_check(w, in, d);
    case UNIT_TEST:
        return worker_do_test(w, in, d);
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

/* Any messages and any bytes in the shared memory, as a worker that was taken over sends them. What
 * the parent takes is in order, and is parsed as its owners do. Input: u8 kind, u8 slot, u16 bytes,
 * then so many bytes for the slot's area; again and again. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "../core/image_walk.h"
#include "pool_parts.h"
#include "reads.h"
#include "wire.h"

enum { UNITS = 3, FRAME_BYTES = 4, FULL = 0x80 /* the area is full: as a part must be */ };

struct seen {
    struct unit unit;
    struct buf bytes;
    int dones;
};

static void expect(bool holds) {
    if (!holds)
        abort();
}

static bool take_record(void *self, struct unit *u, enum record_kind kind, struct str bytes,
                        bool more) {
    struct seen *s = (struct seen *)(void *)u;
    (void)self;
    expect(s->dones == 0 && kind < RECORD_END && !(more && kind == RECORD_UNIT));
    if (kind == RECORD_UNIT)
        s->bytes.len = 0;
    else if (bytes.len < 1 << 20)
        buf_put(&s->bytes, bytes);
    return true;
}

static void parse(struct str bytes) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct wire diags = {.rest = bytes}, set = {.rest = bytes};
    struct image_reads one;
    struct image image;
    uint32_t images;
    while (diags.rest.len && !diags.bad)
        wire_diag(&diags, &d);
    reads_flags(&set, &images);
    for (uint32_t i = 0; i < images && reads_next_image(&set, &one); i++)
        expect(one.marks.len == (size_t)one.count * 4);
    if (image_open(&image, bytes, false))
        walk_image(&image);
    arena_free(&a);
}

static void unit_done(void *self, struct unit *u, enum pool_end end, const char *why) {
    struct seen *s = (struct seen *)(void *)u;
    (void)self;
    (void)why;
    s->dones++;
    expect(s->dones == 1 && end <= POOL_SKIPPED && u->has_ended);
    parse(buf_str(&s->bytes));
}

/* Behind the bytes of a full area stands one record more. */
static uint32_t put_area(char *area, struct str bytes, bool is_full) {
    memcpy(area, bytes.at, bytes.len);
    uint32_t used = (uint32_t)(bytes.len + 7) / 8 * 8;
    uint32_t last[2] = {RECORD_BYTES | RECORD_MORE, REPLY_BYTES - used - RECORD_HEAD_BYTES};
    if (!is_full)
        return (uint32_t)bytes.len;
    memcpy(area + used, last, sizeof last);
    return REPLY_BYTES;
}

static void send_all(struct worker *w, struct str input) {
    bool good = true;
    while (good && input.len >= FRAME_BYTES) {
        unsigned char head[FRAME_BYTES];
        memcpy(head, input.at, sizeof head);
        size_t len = (size_t)head[2] | (size_t)head[3] << 8;
        input = str_from(input, FRAME_BYTES);
        struct str bytes = str_slice(input, 0, len);
        input = str_from(input, bytes.len);
        uint32_t area = put_area(w->shared + protocol_reply_at(head[1] & 1), bytes,
                                 head[0] & FULL);
        good = pool_take(w, (struct message){head[0] & 7, head[1], area, 0});
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static char *shared;
    struct seen seen[2 * UNITS] = {0};
    struct pool pool = {.owner = {.record = take_record, .done = unit_done}};
    struct worker w = {.pool = &pool, .running = true};
    if (!shared)
        shared = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    w.shared = shared;
    for (uint32_t i = 0; i < 2 * UNITS; i++) {
        struct batch *b = &w.batches[i / UNITS];
        b->units[b->count++] = &seen[i].unit;
        b->busy = true;
    }
    send_all(&w, (struct str){(const char *)bytes, len});
    for (uint32_t i = 0; i < 2 * UNITS; i++)
        buf_free(&seen[i].bytes);
    return 0;
}

#include "reply.h"

#include <assert.h>
#include <string.h>

#include "wire.h"

#define NO_RECORD UINT32_MAX

static void write_head(struct reply *r, uint32_t kind) {
    uint32_t head[2] = {kind, (uint32_t)(r->area.len - r->record_at - RECORD_HEAD_BYTES)};
    memcpy(r->area.at + r->record_at, head, sizeof head);
}

/* Room for the head of a record and its padding is kept free at the end of the area, so that
 * closing and opening never spill. */
static void start_record(struct reply *r) {
    r->record_at = r->area.len;
    memset(r->area.at + r->area.len, 0, RECORD_HEAD_BYTES);
    r->area.len += RECORD_HEAD_BYTES;
}

static void pad(struct reply *r) {
    while (r->area.len % 8)
        r->area.at[r->area.len++] = '\0';
}

static void hand_over(struct reply *r) {
    pad(r);
    r->hand_over(r);
    r->area.len = 0;
}

static void spill(struct buf *area) {
    struct reply *r = area->owner;
    size_t before = area->len;
    write_head(r, r->record_kind | RECORD_MORE);
    hand_over(r);
    start_record(r);
    area->spilled += before - area->len;
}

void reply_begin(struct reply *r, char *area, uint32_t slot) {
    enum { SPARE = 64 };
    r->area = (struct buf){.at = area, .cap = REPLY_BYTES - SPARE, .spill = spill, .owner = r};
    r->record_kind = NO_RECORD;
    r->slot = slot;
}

struct buf *reply_open(struct reply *r, enum record_kind kind) {
    assert(r->record_kind == NO_RECORD);
    if (r->area.len + 1024 > r->area.cap)
        hand_over(r);
    r->record_kind = kind;
    start_record(r);
    return &r->area;
}

void reply_close(struct reply *r) {
    if (r->record_kind == NO_RECORD)
        return;
    write_head(r, r->record_kind);
    pad(r);
    r->record_kind = NO_RECORD;
}

void reply_record(struct reply *r, enum record_kind kind, struct str bytes) {
    buf_put(reply_open(r, kind), bytes);
    reply_close(r);
}

void reply_u32(struct reply *r, enum record_kind kind, uint32_t v) {
    wire_put_u32(reply_open(r, kind), v);
    reply_close(r);
}

void reply_flush(struct reply *r) {
    assert(r->record_kind == NO_RECORD);
    if (r->area.len)
        hand_over(r);
}

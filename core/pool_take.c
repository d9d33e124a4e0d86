/* What workers say. A plugin may have taken one over: every number is looked at once, and whatever
 * is not due at that moment is a breach. */
#include "pool_parts.h"

#define UNIT_BYTES_MAX (UINT64_C(5) << 30) /* the largest output, and what belongs to it */

/* Once and no more: the worker may change it as soon as it was looked at. */
static uint32_t read_once(const char *shared) {
    return *(const volatile uint32_t *)(const volatile void *)shared;
}

static bool take_end(struct worker *w, struct unit *u, struct str bytes) {
    struct pool *p = w->pool;
    uint32_t end = bytes.len == sizeof end ? read_once(bytes.at) : UINT32_MAX;
    if (end > UNIT_SKIPPED)
        return false;
    u->has_ended = true;
    w->is_useful = w->is_useful || !u->is_setup;
    p->owner.done(p->owner.self, u,
                  end == UNIT_MADE ? POOL_MADE : end == UNIT_FAILED ? POOL_FAILED : POOL_SKIPPED,
                  "");
    return true;
}

static bool take_record(struct worker *w, struct batch *b, uint32_t kind, struct str bytes) {
    struct pool *p = w->pool;
    bool more = kind & RECORD_MORE;
    kind &= ~RECORD_MORE;
    if (kind > RECORD_END || (b->open && kind != b->open))
        return false;
    b->open = more ? kind : 0;
    struct unit *u = b->begun ? b->units[b->begun - 1] : NULL;
    if (kind == RECORD_UNIT) {
        if (more || (u && !u->has_ended) || b->begun >= b->count || bytes.len != sizeof b->begun ||
            read_once(bytes.at) != b->begun)
            return false;
        u = b->units[b->begun++];
        b->part_bytes = b->tests = 0;
        return p->owner.record(p->owner.self, u, RECORD_UNIT, bytes, false);
    }
    if (!u || u->has_ended)
        return false;
    if (kind == RECORD_END)
        return !more && take_end(w, u, bytes);
    return p->owner.record(p->owner.self, u, (enum record_kind)kind, bytes, more);
}

/* `rest` is aligned to 8, and so is each record. */
static bool take_records(struct worker *w, struct batch *b, struct str rest) {
    while (rest.len) {
        if (rest.len < RECORD_HEAD_BYTES)
            return false;
        uint32_t kind = read_once(rest.at);
        size_t len = read_once(rest.at + sizeof kind), padded = (len + 7) / 8 * 8;
        rest = str_from(rest, RECORD_HEAD_BYTES);
        if (padded > rest.len || !take_record(w, b, kind, str_slice(rest, 0, len))) {
            w->refused = b->begun ? b->units[b->begun - 1] : NULL;
            return false;
        }
        rest = str_from(rest, padded);
    }
    return true;
}

static bool is_complete(const struct batch *b) {
    return b->begun == b->count && b->units[b->count - 1]->has_ended;
}

/* A part is a full area, or begins one of so many tests, and no unit says more than its owner would
 * take: or a worker could keep us busy for ever, and our time is not counted as its own. */
static bool is_part_due(struct worker *w, struct batch *b, uint32_t len) {
    const struct unit *u = b->begun ? b->units[b->begun - 1] : NULL;
    b->part_bytes += len;
    if (u && u->kind == UNIT_TEST && !u->has_ended && b->tests < MOST_TESTS) {
        b->tests++;
        w->progress_ms = uv_now(w->pool->loop);
        return b->part_bytes <= UNIT_BYTES_MAX;
    }
    return len > REPLY_BYTES / 2 && b->part_bytes <= UNIT_BYTES_MAX;
}

static bool take_reply(struct worker *w, struct message m) {
    if (m.slot >= PROTOCOL_SLOTS || m.len > REPLY_BYTES || !w->batches[m.slot].busy)
        return false;
    struct batch *b = &w->batches[m.slot];
    if (!take_records(w, b, (struct str){w->shared + protocol_reply_at(m.slot), m.len}))
        return false;
    if (m.kind == MESSAGE_PART)
        return is_part_due(w, b, m.len);
    b->busy = !is_complete(b);
    return !b->busy;
}

bool pool_take(struct worker *w, struct message m) {
    switch (m.kind) {
    case MESSAGE_HELLO:
        if (w->says_hello)
            return false;
        w->says_hello = true;
        w->pool->lacking |= m.len;
        return true;
    case MESSAGE_PART:
    case MESSAGE_DONE:
        return take_reply(w, m);
    default:
        return false;
    }
}

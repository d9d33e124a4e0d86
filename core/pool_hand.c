/* What waits to be done, and handing it out in batches. */
#include "pool_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "wire.h"

enum { BATCH_BYTES = 256 * 1024 };

/* The queue */

void pool_add(struct pool *p, struct unit *u) {
    u->next = NULL;
    u->has_ended = u->is_suspect = false;
    if (p->last)
        p->last->next = u;
    else
        p->first = u;
    p->last = u;
    p->waiting++;
}

void pool_add_first(struct pool *p, struct unit *u) {
    u->next = p->first;
    u->has_ended = false;
    p->first = u;
    if (!p->last)
        p->last = u;
    p->waiting++;
}

static struct unit *take(struct pool *p) {
    struct unit *u = p->first;
    p->first = u->next;
    if (!p->first)
        p->last = NULL;
    p->waiting--;
    return u;
}

static void forget(struct pool *p, struct unit *u) {
    u->has_ended = true;
    p->owner.done(p->owner.self, u, POOL_GIVEN_UP, "");
}

void pool_forget_waiting(struct pool *p) {
    while (p->first)
        forget(p, take(p));
}

void pool_forget_handed(struct worker *w) {
    for (uint32_t s = 0; s < PROTOCOL_SLOTS; s++) {
        struct batch *b = &w->batches[s];
        for (uint32_t i = 0; b->busy && i < b->count; i++)
            if (!b->units[i]->has_ended)
                forget(w->pool, b->units[i]);
        b->busy = false;
    }
}

void pool_add_setup(struct pool *p, struct unit *u) {
    u->is_setup = true;
    u->has_ended = false;
    if (p->setup_count == POOL_SETUP_MAX) {
        fprintf(stderr, "fascia: more than %d plugins\n", POOL_SETUP_MAX);
        exit(3);
    }
    p->setup[p->setup_count++] = u;
}

void pool_drop_setup(struct pool *p, struct unit *u) {
    (void)p;
    (u->original ? u->original : u)->is_dropped = true;
}

/* Handing out */

void pool_send(struct worker *w, struct message m) {
    if (send(w->socket, &m, sizeof m, MSG_NOSIGNAL | MSG_DONTWAIT) != sizeof m &&
        errno != EPIPE && errno != ECONNRESET) // it is gone: on_worker_exit tells why
        pool_kill_worker(w, "stopped listening");
}

/* Small batches when there is little, so that every worker gets a share. */
static uint32_t batch_limit(const struct pool *p) {
    size_t share = p->waiting / (p->count * PROTOCOL_SLOTS * 2) + 1;
    return share < PROTOCOL_BATCH_UNITS ? (uint32_t)share : PROTOCOL_BATCH_UNITS;
}

static bool write_unit(struct pool *p, struct unit *u, struct buf *request) {
    size_t at = request->len;
    wire_put_u32(request, 0);
    if (!p->owner.write(p->owner.self, u, request) || request->full) {
        request->len = at;
        return false;
    }
    uint32_t len = (uint32_t)(request->len - at - 4);
    memcpy(request->at + at, &len, sizeof len);
    return true;
}

bool pool_is_busy(const struct worker *w) {
    return w->batches[0].busy || w->batches[1].busy;
}

bool pool_has_setup(const struct worker *w) {
    return w->setup_done < w->pool->setup_count;
}

static void fill_with_setup(struct worker *w, struct batch *b, struct buf *request) {
    struct pool *p = w->pool;
    while (pool_has_setup(w) && b->count < PROTOCOL_BATCH_UNITS) {
        struct unit *u = p->setup[w->setup_done];
        if (b->count && (u->is_suspect || b->units[0]->is_suspect))
            return;
        w->setup_done++;
        if (u->is_dropped || !write_unit(p, u, request))
            continue;
        struct unit *copy = &b->copies[b->count];
        *copy = *u;
        copy->original = u;
        b->units[b->count++] = copy;
    }
}

static void fill_from_queue(struct worker *w, struct batch *b, struct buf *request) {
    struct pool *p = w->pool;
    uint32_t limit = batch_limit(p);
    while (p->first && b->count < limit && request->len < BATCH_BYTES) {
        if (p->first->is_suspect && (b->count || pool_is_busy(w)))
            return;
        if (p->first->is_suspect)
            limit = 1;
        struct unit *u = take(p);
        if (write_unit(p, u, request)) {
            b->units[b->count++] = u;
        } else if (request->full && b->count) {
            request->full = false; // too much for what is left: it opens the next batch
            pool_add_first(p, u);
            return;
        } else if (request->full) {
            request->full = false;
            p->owner.done(p->owner.self, u, POOL_DIED, "does not fit a request");
        }
    }
}

/* Fills one free slot. Setup units and suspects wait until nothing else is under way. */
static bool feed_slot(struct worker *w, uint32_t slot) {
    struct batch *b = &w->batches[slot];
    struct buf request = {.at = w->shared + protocol_request_at(slot),
                          .cap = REQUEST_BYTES,
                          .max = REQUEST_BYTES};
    if (b->busy || (pool_has_setup(w) && pool_is_busy(w)) || pool_only_suspect(w))
        return false;
    b->count = b->begun = b->furthest = b->open = 0;
    b->part_bytes = 0;
    if (pool_has_setup(w))
        fill_with_setup(w, b, &request);
    if (b->count == 0)
        fill_from_queue(w, b, &request);
    if (b->count == 0)
        return false;
    b->busy = true;
    b->number = ++w->batch_number;
    if (!w->batches[!slot].busy)
        w->progress_ms = uv_now(w->pool->loop);
    pool_send(w, (struct message){MESSAGE_BATCH, slot, (uint32_t)request.len, b->count});
    return true;
}

void pool_feed(struct worker *w) {
    if (!w->running || w->fault || !w->says_hello)
        return;
    for (uint32_t slot = 0; slot < PROTOCOL_SLOTS; slot++)
        feed_slot(w, slot);
}

/* The worker processes: starts them, hands them units in batches, takes their answers, and kills
 * one that misses its deadline or breaks the protocol. One unit is lost by that, and its owner is
 * told; the others of its batch are done again elsewhere.
 *
 * A plugin may have taken a worker over: it can send any bytes at any time and change the shared
 * memory while it is read. So nothing there is looked at twice, what is due when is checked here,
 * and what the bytes mean is checked by the owner, in a copy of its own.
 *
 * Rules. (1) A unit belongs to its owner and stays where it is until `done` was called for it.
 * (2) Callbacks may add units. (3) Setup units (pool_add_setup) are run by every worker, in the
 * order added, before any later unit; callbacks get a copy of it for each worker. */
#ifndef FASCIA_POOL_H
#define FASCIA_POOL_H

#include <uv.h>

#include "buf.h"
#include "protocol.h"

struct unit {
    struct unit *next;     /* for the pool */
    enum unit_kind kind;
    uint32_t plugin, export, article, item; /* for the owner, as far as they apply */
    void *subject;                          /* for the owner: what it is about */
    struct answer *answer;                  /* for the owner: what came so far */
    struct unit *original;                  /* for the pool: what this is a worker's copy of */
    uint32_t is_setup : 1, is_dropped : 1, has_ended : 1, is_suspect : 1; /* for the pool */
};

enum pool_end {
    POOL_MADE,
    POOL_FAILED,   /* the worker said why, in RECORD_DIAG */
    POOL_SKIPPED,
    POOL_TIMED_OUT, /* killed at the deadline */
    POOL_DAMAGED,   /* the worker ended because an image was damaged */
    POOL_STARVED,   /* it needed more memory than it may have */
    POOL_DIED,      /* crashed, or broke the protocol; `why` says it */
    POOL_GIVEN_UP,  /* nobody waits for it any more: see pool_give_up */
};

/* Whether the worker was lost over the unit: what it said of it is cut off somewhere. */
static inline bool pool_was_lost(enum pool_end end) {
    return end >= POOL_TIMED_OUT;
}

struct pool_owner {
    void *self;
    /* Appends the unit's request, its kind first. False: there is nothing to do after all; the
     * unit is forgotten without `done`. */
    bool (*write)(void *self, struct unit *u, struct buf *request);
    /* One record of the answer; RECORD_UNIT begins it (again, when a worker died meanwhile). The
     * bytes lie in memory that the worker can change: copy, then check. `more`: the next record
     * goes on with this one. False: it broke the rules, the worker is killed. */
    bool (*record)(void *self, struct unit *u, enum record_kind kind, struct str bytes, bool more);
    void (*done)(void *self, struct unit *u, enum pool_end end, const char *why);
    /* After every batch taken, so that progress may be shown. */
    void (*tick)(void *self);
};

struct pool;

/* `heads` and `images` are the files that workers get, for reading only. */
struct pool *pool_new(uv_loop_t *loop, unsigned workers, int heads, int images,
                      const struct pool_owner *owner);
void pool_set_deadline(struct pool *p, double seconds);

void pool_add(struct pool *p, struct unit *u);
void pool_add_first(struct pool *p, struct unit *u); /* before all that wait */
void pool_add_setup(struct pool *p, struct unit *u);
/* Forgets all units that wait or are under way, with `done` for each, and ends the workers that are
 * at one, without waiting for them to be gone. Ends pool_run. From a callback of the loop. */
void pool_give_up(struct pool *p);
/* Ends all workers without waiting for them to be gone. */
void pool_dismiss(struct pool *p);
/* Ends all workers; new ones start as needed and run the setup units anew. */
void pool_restart(struct pool *p);
void pool_clear_setup(struct pool *p);

/* Has the setup unit that was added last run again by every worker. */
void pool_renew_setup(struct pool *p);

void pool_drop_setup(struct pool *p, struct unit *u); /* for workers to come; also from `done` */

/* Runs the loop until no unit waits or works, and every setup unit was run at least once.
 * False: workers cannot be started, or die before they do anything. */
bool pool_run(struct pool *p);

/* When nothing is to be done: workers that keep more memory to themselves than so much end, and new
 * ones begin in their place. What they keep, nothing but their end gives back. As pool_run. */
bool pool_renew(struct pool *p, size_t bytes);

/* Hands out what waits and takes what is there, without waiting: pool_run goes on from there. */
void pool_begin(struct pool *p);

unsigned pool_workers_killed(const struct pool *p);
unsigned pool_lacking(const struct pool *p); /* LACKS_SECCOMP … of any worker so far */
void pool_free(struct pool *p); /* ends the workers; the loop is run until they are gone */

#endif

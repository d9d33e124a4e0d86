/* The pool, shared by its parts: pool.c (who runs, and for how long), pool_life.c (how a worker
 * begins and ends), pool_hand.c (what it is given) and pool_take.c (what it says). */
#ifndef FASCIA_POOL_PARTS_H
#define FASCIA_POOL_PARTS_H

#include "pool.h"

enum { POOL_SETUP_MAX = 1024 };

struct batch {
    struct unit *units[PROTOCOL_BATCH_UNITS];
    struct unit copies[PROTOCOL_BATCH_UNITS]; /* of setup units, which every worker runs */
    uint32_t count, begun, number; /* begun: units whose RECORD_UNIT came; number: of the worker */
    uint32_t furthest;             /* the unit it was seen at, counted from 1 */
    uint32_t open;                 /* the kind of a record that goes on in the next, or 0 */
    uint64_t part_bytes;           /* what came of the unit under way, before its batch was done */
    uint32_t tests;                /* parts of it that began a test */
    bool busy;
};

struct worker {
    struct pool *pool;
    uv_process_t process;
    uv_poll_t poll;
    int socket;
    char *shared;
    struct batch batches[PROTOCOL_SLOTS];
    uint32_t batch_number;
    uint32_t setup_done;      /* how many of the pool's setup units it ran */
    uint32_t progress;        /* what was seen last, and when */
    uint64_t progress_ms;
    bool running, says_hello, is_useful; /* useful: it ended a unit of the queue */
    bool timed_out, is_dismissed; /* dismissed: killed, and nobody waits for it */
    const char *fault;        /* why it is being killed, for POOL_DIED */
    struct unit *refused;     /* the unit that said what could not be taken, or NULL */
    unsigned handles;         /* libuv handles still open */
};

struct pool {
    uv_loop_t *loop;
    uv_timer_t timer;
    struct pool_owner owner;
    struct worker *workers;
    unsigned count, killed, hopeless;
    unsigned lacking;           /* what workers said they have to do without */
    int heads, images;
    uint64_t deadline_ms;
    struct unit *first, *last;  /* waiting */
    size_t waiting;
    struct unit *setup[POOL_SETUP_MAX];
    uint32_t setup_count;
    unsigned least;             /* workers that are kept running while it runs */
    bool is_given_up;           /* what it is running was */
    char program[4096];
};

/* pool.c: takes what the worker has said. */
void pool_hear(struct worker *w);

/* pool_life.c. A worker that is killed is known to be gone once its process has ended. */
bool pool_start(struct worker *w);
void pool_kill_worker(struct worker *w, const char *fault);
void pool_note_progress(struct worker *w);
struct unit *pool_only_suspect(struct worker *w); /* NULL: it is not tried alone */
void pool_dismiss_worker(struct worker *w);

/* pool_hand.c. */
void pool_feed(struct worker *w); /* fills its free slots */
void pool_forget_waiting(struct pool *p);
void pool_forget_handed(struct worker *w);
void pool_send(struct worker *w, struct message m);
bool pool_is_busy(const struct worker *w);
bool pool_has_setup(const struct worker *w);

/* pool_take.c: one message of a worker, with all that the shared memory holds for it. False: it
 * broke the rules; `refused` is the unit over which it did, if any. */
bool pool_take(struct worker *w, struct message m);

#endif

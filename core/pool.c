#include "pool_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arena.h"
#include "wire.h"

enum { BATCH_BYTES = 256 * 1024, TICK_MS = 20, HOPELESS = 5 };
enum { HELLO_MS = 20000 }; /* a worker that has not said hello by then never will */

static void feed(struct worker *w);
static void drain(struct worker *w);

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

/* Starting and ending workers */

static void on_closed(uv_handle_t *h) {
    struct worker *w = h->data;
    w->handles--;
}

static void release(struct worker *w) {
    uv_close((uv_handle_t *)&w->poll, on_closed);
    uv_close((uv_handle_t *)&w->process, on_closed);
    close(w->socket);
    munmap(w->shared, SHARED_BYTES);
    w->running = false;
    w->setup_done = 0; // who comes in its place has to run it all, or setup would end unfinished
}

/* The batch that a progress speaks of, or NULL: what a worker says may be anything. */
static struct batch *batch_at(struct worker *w, uint32_t progress) {
    struct batch *b = &w->batches[progress >> 31];
    return b->busy && (b->number & 0x7FFF) == (progress >> 16 & 0x7FFF) ? b : NULL;
}

/* The unit a dead worker was at, or NULL. */
static struct unit *current_unit(struct worker *w) {
    const struct batch *b = batch_at(w, w->progress);
    uint32_t place = w->progress & 0xFFFF;
    return b && place > 0 && place <= b->count ? b->units[place - 1] : NULL;
}

/* When nobody knows which unit it was, each of them is tried again alone. */
static struct unit *only_suspect(struct worker *w) {
    for (uint32_t s = 0; s < PROTOCOL_SLOTS; s++)
        if (w->batches[s].busy && w->batches[s].units[0]->is_suspect)
            return w->batches[s].units[0];
    return NULL;
}

static void put_back_one(struct pool *p, struct unit *u, bool is_suspect) {
    if (is_suspect)
        u->is_suspect = true;
    if (u->is_setup)
        u->original->is_suspect = u->is_suspect;
    else
        pool_add_first(p, u);
}

static void put_back(struct worker *w, const struct unit *culprit) {
    for (uint32_t s = 0; s < PROTOCOL_SLOTS; s++) {
        struct batch *b = &w->batches[s];
        for (uint32_t i = b->busy ? b->count : 0; i-- > 0;)
            if (b->units[i] != culprit && !b->units[i]->has_ended)
                put_back_one(w->pool, b->units[i], !culprit);
        b->busy = false;
    }
}

static enum pool_end end_of(const struct worker *w, int64_t status, int signal) {
    if (w->timed_out)
        return POOL_TIMED_OUT;
    if (w->fault || signal)
        return POOL_DIED;
    return status == DAMAGED_STATUS ? POOL_DAMAGED
           : status == MEMORY_STATUS ? POOL_STARVED : POOL_DIED;
}

static void bury(struct worker *w, int64_t status, int signal) {
    struct pool *p = w->pool;
    char why[64];
    struct unit *culprit = w->refused ? w->refused : current_unit(w);
    if (!culprit || culprit->has_ended)
        culprit = only_suspect(w);
    p->hopeless = w->is_useful || culprit ? 0 : p->hopeless + 1;
    put_back(w, culprit);
    release(w);
    if (culprit && culprit->is_setup)
        pool_drop_setup(p, culprit);
    if (!culprit)
        return;
    if (w->fault)
        snprintf(why, sizeof why, "%s", w->fault);
    else if (signal)
        snprintf(why, sizeof why, "crashed (%s)", strsignal(signal));
    else
        snprintf(why, sizeof why, "ended (status %d)", (int)status);
    culprit->has_ended = true;
    p->owner.done(p->owner.self, culprit, end_of(w, status, signal), why);
}

/* A worker can write there whatever it likes: only a step forward in a batch that it has gives it
 * more time. */
static void note_progress(struct worker *w) {
    const struct shared_head *head = (const struct shared_head *)(const void *)w->shared;
    w->progress = atomic_load(&head->progress);
    struct batch *b = batch_at(w, w->progress);
    uint32_t place = w->progress & 0xFFFF;
    if (!b || place <= b->furthest || place > b->count)
        return;
    b->furthest = place;
    w->progress_ms = uv_now(w->pool->loop);
}

static void on_worker_exit(uv_process_t *process, int64_t status, int signal) {
    struct worker *w = process->data;
    if (!w->running)
        return;
    drain(w); // what it said before it died counts
    note_progress(w);
    bury(w, status, signal);
}

static void kill_worker(struct worker *w, const char *fault) {
    if (w->fault)
        return;
    w->fault = fault;
    w->pool->killed++;
    uv_poll_stop(&w->poll);
    uv_process_kill(&w->process, SIGKILL);
}

static int make_shared(void) {
    int fd = memfd_create("fascia-worker", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    if (ftruncate(fd, SHARED_BYTES) == 0 &&
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        return fd;
    close(fd);
    return -1;
}

static void on_readable(uv_poll_t *poll, int status, int events);

static int spawn(struct worker *w, int socket, int shared) {
    char *arguments[] = {"fascia", "--worker", NULL};
    char *environment[] = {NULL};
    uv_stdio_container_t files[] = {
        {.flags = UV_IGNORE},
        {.flags = UV_IGNORE},
        {.flags = UV_INHERIT_FD, .data.fd = 2},
        {.flags = UV_INHERIT_FD, .data.fd = socket},
        {.flags = UV_INHERIT_FD, .data.fd = shared},
        {.flags = UV_INHERIT_FD, .data.fd = w->pool->heads},
        {.flags = UV_INHERIT_FD, .data.fd = w->pool->images},
    };
    uv_process_options_t options = {.exit_cb = on_worker_exit,
                                    .file = w->pool->program,
                                    .args = arguments,
                                    .env = environment,
                                    .cwd = "/",
                                    .stdio_count = sizeof files / sizeof *files,
                                    .stdio = files};
    return uv_spawn(w->pool->loop, &w->process, &options);
}

static bool cannot_start(struct worker *w, int fault, bool has_handles) {
    fprintf(stderr, "fascia: cannot start a worker: %s\n", uv_strerror(fault));
    if (has_handles) {
        w->handles = 2;
        uv_close((uv_handle_t *)&w->poll, on_closed);
        uv_close((uv_handle_t *)&w->process, on_closed);
    }
    close(w->socket);
    munmap(w->shared, SHARED_BYTES);
    return false;
}

static bool start(struct worker *w) {
    int sockets[2], shared = make_shared();
    struct pool *p = w->pool;
    if (shared < 0)
        return false;
    char *memory = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE,
                        shared, 0);
    if (memory == MAP_FAILED ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        close(shared);
        return false;
    }
    *w = (struct worker){.pool = p, .socket = sockets[0], .shared = memory};
    w->process.data = w->poll.data = w;
    int failed = uv_poll_init(p->loop, &w->poll, w->socket);
    bool has_handles = !failed;
    if (!failed)
        failed = spawn(w, sockets[1], shared);
    close(sockets[1]);
    close(shared);
    if (failed)
        return cannot_start(w, failed, has_handles);
    w->handles = 2;
    w->running = true;
    w->progress_ms = uv_now(p->loop);
    uv_poll_start(&w->poll, UV_READABLE | UV_DISCONNECT, on_readable);
    return true;
}

/* Handing out */

static void send_message(struct worker *w, struct message m) {
    if (send(w->socket, &m, sizeof m, MSG_NOSIGNAL | MSG_DONTWAIT) != sizeof m &&
        errno != EPIPE && errno != ECONNRESET) // it is gone: on_worker_exit tells why
        kill_worker(w, "stopped listening");
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

static bool any_busy(const struct worker *w) {
    return w->batches[0].busy || w->batches[1].busy;
}

static bool has_setup(const struct worker *w) {
    return w->setup_done < w->pool->setup_count;
}

static void fill_with_setup(struct worker *w, struct batch *b, struct buf *request) {
    struct pool *p = w->pool;
    while (has_setup(w) && b->count < PROTOCOL_BATCH_UNITS) {
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
        if (p->first->is_suspect && (b->count || any_busy(w)))
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
    if (b->busy || (has_setup(w) && any_busy(w)) || only_suspect(w))
        return false;
    b->count = b->begun = b->furthest = b->open = 0;
    b->part_bytes = 0;
    if (has_setup(w))
        fill_with_setup(w, b, &request);
    if (b->count == 0)
        fill_from_queue(w, b, &request);
    if (b->count == 0)
        return false;
    b->busy = true;
    b->number = ++w->batch_number;
    if (!w->batches[!slot].busy)
        w->progress_ms = uv_now(w->pool->loop);
    send_message(w, (struct message){MESSAGE_BATCH, slot, (uint32_t)request.len, b->count});
    return true;
}

static void feed(struct worker *w) {
    if (!w->running || w->fault || !w->says_hello)
        return;
    for (uint32_t slot = 0; slot < PROTOCOL_SLOTS; slot++)
        feed_slot(w, slot);
}

/* Taking answers */

/* At most a few messages a turn, so that no worker keeps the loop to itself. */
static void drain(struct worker *w) {
    for (int i = 0; i < 4 && w->running && !w->fault; i++) {
        struct message m;
        ssize_t n = recv(w->socket, &m, sizeof m, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            uv_poll_stop(&w->poll); // it is gone; on_worker_exit tells the rest
            return;
        }
        uint64_t begin = uv_hrtime();
        note_progress(w);
        if (n != sizeof m || !pool_take(w, m)) {
            kill_worker(w, "broke the protocol");
            return;
        }
        if (m.kind == MESSAGE_PART)
            send_message(w, (struct message){MESSAGE_GO, m.slot, 0, 0});
        if (w->pool->owner.tick)
            w->pool->owner.tick(w->pool->owner.self);
        w->progress_ms += (uv_hrtime() - begin) / 1000000; // our time, not the worker's
        feed(w);
    }
}

static void on_readable(uv_poll_t *poll, int status, int events) {
    (void)status;
    (void)events;
    drain(poll->data);
}

static bool is_awaited(const struct worker *w) {
    return w->running && !w->fault && (!w->says_hello || any_busy(w));
}

/* Deadlines. What a worker has said already is heard first: it is not late if we are. */
static void on_tick(uv_timer_t *timer) {
    struct pool *p = timer->data;
    for (unsigned i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!is_awaited(w))
            continue;
        drain(w);
        if (!is_awaited(w))
            continue;
        note_progress(w);
        if (uv_now(p->loop) > w->progress_ms + (w->says_hello ? p->deadline_ms : HELLO_MS)) {
            w->timed_out = true;
            kill_worker(w, "missed its deadline");
        }
    }
    if (p->owner.tick) // a rendering that says nothing for long is no reason to show nothing
        p->owner.tick(p->owner.self);
}

/* What workers are shown they must not be able to change: the parent and the others read it too. */
static int open_read_only(int fd) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = open(path, O_RDONLY | O_CLOEXEC);
    if (own < 0) {
        fprintf(stderr, "fascia: cannot open %s: %s\n", path, strerror(errno));
        exit(3);
    }
    return own;
}

struct pool *pool_new(uv_loop_t *loop, unsigned workers, int heads, int images,
                      const struct pool_owner *owner) {
    struct pool *p = must_alloc(sizeof *p);
    size_t len = sizeof p->program;
    *p = (struct pool){.loop = loop, .owner = *owner, .count = workers,
                       .deadline_ms = 2000};
    p->workers = must_alloc(workers * sizeof *p->workers);
    for (unsigned i = 0; i < workers; i++)
        p->workers[i] = (struct worker){.pool = p};
    p->heads = open_read_only(heads);
    p->images = open_read_only(images);
    if (uv_exepath(p->program, &len) != 0)
        snprintf(p->program, sizeof p->program, "/proc/self/exe");
    uv_timer_init(loop, &p->timer);
    p->timer.data = p;
    return p;
}

void pool_set_deadline(struct pool *p, double seconds) {
    p->deadline_ms = (uint64_t)(seconds * 1000);
}

unsigned pool_workers_killed(const struct pool *p) {
    return p->killed;
}

unsigned pool_lacking(const struct pool *p) {
    return p->lacking;
}

/* Running */

static bool is_idle(const struct worker *w) {
    return !w->running || (w->says_hello && !any_busy(w) && !w->fault);
}

/* The first worker runs every setup unit even when nothing waits. */
static bool is_finished(const struct pool *p) {
    if (p->first || has_setup(&p->workers[0]))
        return false;
    for (unsigned i = 0; i < p->count; i++)
        if (!is_idle(&p->workers[i]))
            return false;
    return true;
}

static bool is_wanted(const struct pool *p, unsigned i) {
    return i == 0 ? p->first != NULL || has_setup(&p->workers[0]) : p->waiting > i;
}

static bool start_wanted(struct pool *p) {
    for (unsigned i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!w->running && w->handles == 0 && is_wanted(p, i) && !start(w))
            return false;
        feed(w);
    }
    return true;
}

bool pool_run(struct pool *p) {
    bool good = true;
    uv_update_time(p->loop);
    uv_timer_start(&p->timer, on_tick, TICK_MS, TICK_MS);
    while (good && !is_finished(p)) {
        good = p->hopeless < HOPELESS && start_wanted(p);
        if (good)
            uv_run(p->loop, UV_RUN_ONCE);
    }
    uv_timer_stop(&p->timer);
    return good;
}

void pool_begin(struct pool *p) {
    if (start_wanted(p))
        uv_run(p->loop, UV_RUN_NOWAIT);
}

void pool_dismiss(struct pool *p) {
    for (unsigned i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        for (uint32_t slot = 0; slot < PROTOCOL_SLOTS; slot++)
            w->batches[slot].busy = false; // nobody waits for it any more
        if (w->running)
            kill_worker(w, "is not needed any more");
        w->setup_done = 0;
    }
}

void pool_restart(struct pool *p) {
    pool_dismiss(p);
    for (unsigned i = 0; i < p->count; i++)
        while (p->workers[i].handles)
            uv_run(p->loop, UV_RUN_ONCE);
}

void pool_renew_setup(struct pool *p) {
    for (unsigned i = 0; i < p->count; i++)
        if (p->workers[i].setup_done == p->setup_count)
            p->workers[i].setup_done--;
}

void pool_clear_setup(struct pool *p) {
    p->setup_count = 0;
}

void pool_free(struct pool *p) {
    pool_restart(p);
    uv_close((uv_handle_t *)&p->timer, NULL);
    uv_run(p->loop, UV_RUN_DEFAULT);
    close(p->heads);
    close(p->images);
    free(p->workers);
    free(p);
}

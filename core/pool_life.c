/* How a worker begins and how it ends: its process, what it is given, and, when it dies, which unit
 * it died of. */
#include "pool_parts.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

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
struct unit *pool_only_suspect(struct worker *w) {
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
        culprit = pool_only_suspect(w);
    if (!w->is_dismissed)
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
void pool_note_progress(struct worker *w) {
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
    pool_hear(w); // what it said before it died counts
    pool_note_progress(w);
    bury(w, status, signal);
}

void pool_kill_worker(struct worker *w, const char *fault) {
    if (w->fault)
        return;
    w->fault = fault;
    w->pool->killed++;
    uv_poll_stop(&w->poll);
    uv_process_kill(&w->process, SIGKILL);
}

void pool_dismiss_worker(struct worker *w) {
    for (uint32_t slot = 0; slot < PROTOCOL_SLOTS; slot++)
        w->batches[slot].busy = false;
    if (w->running)
        pool_kill_worker(w, "is not needed any more");
    w->is_dismissed = true;
    w->refused = NULL;
    w->setup_done = 0;
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

static void on_readable(uv_poll_t *poll, int status, int events) {
    (void)status;
    (void)events;
    pool_hear(poll->data);
}

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

bool pool_start(struct worker *w) {
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

#include "pool_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arena.h"

enum { TICK_MS = 20, HOPELESS = 5 };
enum { HELLO_MS = 20000 }; /* a worker that has not said hello by then never will */

/* Taking answers */

/* At most a few messages a turn, so that no worker keeps the loop to itself. */
void pool_hear(struct worker *w) {
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
        pool_note_progress(w);
        if (n != sizeof m || !pool_take(w, m)) {
            pool_kill_worker(w, "broke the protocol");
            return;
        }
        if (m.kind == MESSAGE_PART)
            pool_send(w, (struct message){MESSAGE_GO, m.slot, 0, 0});
        if (w->pool->owner.tick)
            w->pool->owner.tick(w->pool->owner.self);
        w->progress_ms += (uv_hrtime() - begin) / 1000000; // our time, not the worker's
        pool_feed(w);
    }
}

static bool is_awaited(const struct worker *w) {
    return w->running && !w->fault && (!w->says_hello || pool_is_busy(w));
}

/* Deadlines. What a worker has said already is heard first: it is not late if we are. */
static void on_tick(uv_timer_t *timer) {
    struct pool *p = timer->data;
    for (unsigned i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!is_awaited(w))
            continue;
        pool_hear(w);
        if (!is_awaited(w))
            continue;
        pool_note_progress(w);
        if (uv_now(p->loop) > w->progress_ms + (w->says_hello ? p->deadline_ms : HELLO_MS)) {
            w->timed_out = true;
            pool_kill_worker(w, "missed its deadline");
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
    return !w->running || w->is_dismissed || (w->says_hello && !pool_is_busy(w) && !w->fault);
}

static unsigned count_running(const struct pool *p) {
    unsigned running = 0;
    for (unsigned i = 0; i < p->count; i++)
        running += p->workers[i].running && !p->workers[i].fault;
    return running;
}

/* Somebody runs every setup unit even when nothing waits. */
static bool is_set_up(const struct pool *p) {
    unsigned ready = p->setup_count ? 0 : 1;
    for (unsigned i = 0; i < p->count; i++)
        ready += p->workers[i].running && !p->workers[i].fault && !pool_has_setup(&p->workers[i]);
    return ready > 0 && ready >= p->least;
}

static bool is_finished(const struct pool *p) {
    if (p->first || !is_set_up(p))
        return false;
    for (unsigned i = 0; i < p->count; i++)
        if (!is_idle(&p->workers[i]))
            return false;
    return true;
}

/* One more than there are. */
static bool is_wanted(const struct pool *p) {
    unsigned running = count_running(p);
    return p->waiting > running || running < p->least || (running == 0 && !is_set_up(p));
}

static bool start_wanted(struct pool *p) {
    for (unsigned i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!w->running && w->handles == 0 && is_wanted(p) && !pool_start(w))
            return false;
        pool_feed(w);
    }
    return true;
}

bool pool_run(struct pool *p) {
    bool good = true;
    p->is_given_up = false;
    uv_update_time(p->loop);
    uv_timer_start(&p->timer, on_tick, TICK_MS, TICK_MS);
    while (good && !p->is_given_up && !is_finished(p)) {
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
    for (unsigned i = 0; i < p->count; i++)
        pool_dismiss_worker(&p->workers[i]);
}

void pool_give_up(struct pool *p) {
    for (unsigned i = 0; i < p->count; i++) {
        struct worker *w = &p->workers[i];
        if (!pool_is_busy(w))
            continue;
        pool_forget_handed(w);
        pool_dismiss_worker(w);
    }
    pool_forget_waiting(p);
    p->is_given_up = true;
}

/* Bytes that no other process shares; 0: not known. */
static size_t own_memory(const struct worker *w) {
    char path[32];
    unsigned long resident = 0, shared = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", w->process.pid);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*u %lu %lu", &resident, &shared) != 2)
        resident = shared = 0;
    if (file)
        fclose(file);
    return (resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

bool pool_renew(struct pool *p, size_t bytes) {
    p->least = count_running(p);
    for (unsigned i = 0; i < p->count; i++)
        if (p->workers[i].running && own_memory(&p->workers[i]) > bytes)
            pool_dismiss_worker(&p->workers[i]);
    bool good = pool_run(p);
    p->least = 0;
    return good;
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

/* Watching: an update for each batch of changes that the watcher tells, and checks when it tells
 * none for a moment. */
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>

#include "build_parts.h"
#include "watch.h"

enum { ROOT_CONTENT, ROOT_PLUGINS, ROOT_BUILT_IN, ROOTS };
/* A state that must be written whole is written in slices, which no save waits for long. */
enum { SLICE_BYTES = 1 << 20, SLICE_AFTER_MS = 10 };
/* Checks wait so long for another save. A worker that has more to itself after them is ended. */
enum { CHECK_AFTER_MS = 200, WORKER_BYTES = 32 << 20 };

struct watching {
    struct build build;
    const struct build_watching *events;
    struct watch *watch;
    uv_signal_t interrupt, terminate;
    uv_timer_t slice, calm;
    bool is_settled, is_over, is_unsaved, is_updating, is_calm, is_checking;
};

static bool is_content(const void *endings, struct str name) {
    return content_is_article(endings, name) || str_eq(name, STR("site.yaml"));
}

/* What the watcher tells */

static void note_path(struct build *b, struct str path) {
    for (const struct noted *n = b->noted; n && b->noted_count < 64; n = n->next)
        if (str_eq(n->path, path))
            return; // a path may be told twice
    struct noted *n = ARENA_NEW(&b->noted_arena[b->round & 1], struct noted);
    *n = (struct noted){arena_str(&b->noted_arena[b->round & 1], path), b->noted};
    b->noted = n;
    b->noted_count++;
}

static void stop_checking(struct watching *w) {
    if (w->is_checking)
        pool_give_up(w->build.session.pool);
    w->is_checking = w->is_calm = false;
    uv_timer_stop(&w->calm); // the update that comes starts it again
}

static void changed(void *self, unsigned root, struct str path, enum watch_kind kind,
                    const struct fingerprint *print) {
    struct watching *w = self;
    struct build *b = &w->build;
    (void)kind, (void)print;
    stop_checking(w);
    if (root != ROOT_CONTENT || str_eq(path, STR("site.yaml")))
        b->noted_settings = true;
    else if (path.len == 0)
        b->noted_folder = true;
    else
        note_path(b, path);
}

static void settled(void *self) {
    struct watching *w = self;
    w->is_settled = true;
}

static void warn(void *self, struct str text, struct str help) {
    struct watching *w = self;
    w->events->warn(text, help);
}

static void on_signal(uv_signal_t *handle, int number) {
    struct watching *w = handle->data;
    (void)number;
    stop_checking(w);
    w->is_over = true;
}

static void on_calm(uv_timer_t *timer) {
    struct watching *w = timer->data;
    w->is_calm = true;
}

static void on_slice(uv_timer_t *timer) {
    struct watching *w = timer->data;
    if (!w->is_updating) // an update runs the loop, too
        w->is_unsaved = !build_rewrite(&w->build, SLICE_BYTES);
    if (!w->is_unsaved)
        uv_timer_stop(timer);
}

static void save(struct watching *w) {
    w->is_unsaved = !build_save(&w->build);
    if (w->is_unsaved)
        uv_timer_start(&w->slice, on_slice, SLICE_AFTER_MS, SLICE_AFTER_MS);
}

/* Updates */

static size_t count_exports(const struct build *b) {
    size_t made = 0;
    for (uint32_t i = 0; i < b->session.export_count; i++)
        made += b->session.exports[i].is_made;
    return made;
}

static int run_update(struct watching *w, bool is_first) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_result r;
    uint64_t begin = uv_hrtime();
    w->is_settled = false;
    w->is_updating = true;
    w->events->started();
    int status = build_update(&w->build, &r, &d);
    w->is_updating = false;
    double ms = (double)(uv_hrtime() - begin) / 1e6;
    w->events->finished(&r, &d, ms);
    if (is_first) {
        build_claim_paths(&w->build); // the first save is not to wait for what the rest need
        build_shelve(&w->build);
        w->events->ready(&r, count_exports(&w->build));
    }
    arena_free(&arena);
    if (status <= 1)
        save(w);
    if (status <= 1 && w->build.due_count)
        uv_timer_start(&w->calm, on_calm, CHECK_AFTER_MS, 0);
    return status;
}

/* Memory that checks of a whole site needed, and a save does not. */
static void give_back(struct watching *w) {
    malloc_trim(0);
    pool_renew(w->build.session.pool, WORKER_BYTES);
}

static void run_checks(struct watching *w) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_result r;
    uint64_t begin = uv_hrtime();
    w->is_calm = false;
    w->is_updating = w->is_checking = true;
    int status = build_run_due(&w->build, &r, &d);
    if (w->is_checking && status == 0)
        give_back(w);
    w->is_updating = w->is_checking = false;
    w->events->checked(&r, &d, (double)(uv_hrtime() - begin) / 1e6);
    arena_free(&arena);
    save(w);
}

static void listen_for(uv_loop_t *loop, uv_signal_t *handle, int number, struct watching *w) {
    uv_signal_init(loop, handle);
    handle->data = w;
    uv_signal_start(handle, on_signal, number);
}

static void begin(struct watching *w) {
    struct build *b = &w->build;
    struct session *s = &b->session;
    const struct watch_owner owner = {w, changed, settled, warn};
    struct str plugins = content_join(&s->arena, s->site, STR("plugins"));
    const struct watch_root roots[ROOTS] = {
        [ROOT_CONTENT] = {.path = s->content, .filter = {is_content, &s->endings},
                          .must_exist = true},
        [ROOT_PLUGINS] = {.path = plugins},
        [ROOT_BUILT_IN] = {.path = session_built_in(s)},
    };
    listen_for(&s->loop, &w->interrupt, SIGINT, w);
    listen_for(&s->loop, &w->terminate, SIGTERM, w);
    uv_timer_init(&s->loop, &w->slice);
    uv_timer_init(&s->loop, &w->calm);
    w->slice.data = w->calm.data = w;
    w->watch = watch_open(&s->loop, roots, ROOTS, &b->out, 1, &owner);
}

static void end(struct watching *w) {
    watch_close(w->watch);
    uv_close((uv_handle_t *)&w->interrupt, NULL);
    uv_close((uv_handle_t *)&w->terminate, NULL);
    uv_close((uv_handle_t *)&w->slice, NULL);
    uv_close((uv_handle_t *)&w->calm, NULL);
    while (w->is_unsaved)
        w->is_unsaved = !build_rewrite(&w->build, SIZE_MAX / 2);
}

/* False: the cache turned out to be damaged, all must begin anew. */
static bool watch_once(struct build_options *o, const struct build_watching *events,
                       struct diags *d, int *status) {
    struct watching w = {.events = events};
    bool damaged = false;
    if (build_open(&w.build, o, d, status)) {
        w.build.puts_off_checks = true;
        begin(&w);
        *status = run_update(&w, true);
        while (!w.is_over && !w.build.is_damaged) {
            uv_run(&w.build.session.loop, UV_RUN_ONCE);
            if (w.is_settled && !w.is_over)
                run_update(&w, false);
            else if (w.is_calm && !w.is_over)
                run_checks(&w);
        }
        *status = 0;
        damaged = w.build.is_damaged && !w.is_over;
        o->is_uncached = w.build.is_full;
        end(&w);
    }
    build_close(&w.build);
    return !damaged;
}

int build_watch(const struct build_options *o, const struct build_watching *events,
                struct diags *d) {
    struct build_options how = *o;
    int status = 3;
    while (!watch_once(&how, events, d, &status))
        continue; // a damaged cache is a new one now, a full one is done without
    return status;
}

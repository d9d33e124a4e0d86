/* Testing while somebody edits: a run for each batch of changes, of the plugins that it touches. */
#include <signal.h>

#include "testing_parts.h"
#include "watch.h"

enum { ROOT_PLUGINS, ROOT_BUILT_IN, ROOT_CONTENT, ROOTS };
enum { MOST_NOTED = 64 /* files; of more, every test runs */ };

struct watching {
    struct testing testing;
    const struct testing_watching *events;
    struct watch *watch;
    uv_signal_t interrupt, terminate;
    struct arena noted_arena;
    struct str noted[MOST_NOTED]; /* files that changed, relative to a plugins folder */
    unsigned noted_count;
    bool all_changed, is_settled, is_over;
    struct str warning, help;     /* of the watcher, for the next run to tell */
};

static bool is_settings(const void *self, struct str name) {
    (void)self;
    return str_eq(name, STR("site.yaml"));
}

/* What the watcher tells */

static void changed(void *self, unsigned root, struct str path, enum watch_kind kind,
                    const struct fingerprint *print) {
    struct watching *w = self;
    (void)kind, (void)print;
    if (root == ROOT_CONTENT && !is_settings(NULL, path))
        return;
    if (root == ROOT_CONTENT || path.len == 0 || w->noted_count == MOST_NOTED)
        w->all_changed = true;
    else
        w->noted[w->noted_count++] = arena_str(&w->noted_arena, path);
}

static void settled(void *self) {
    struct watching *w = self;
    w->is_settled = w->all_changed || w->noted_count > 0;
}

static void warn(void *self, struct str text, struct str help) {
    struct watching *w = self;
    w->warning = arena_str(&w->testing.session.arena, text);
    w->help = arena_str(&w->testing.session.arena, help);
}

static void on_signal(uv_signal_t *handle, int number) {
    struct watching *w = handle->data;
    (void)number;
    w->is_over = true;
}

/* Which tests a change is for */

static bool is_fixture_of(const struct test_file *f, struct str path) {
    return str_starts(path, f->name) && str_starts(str_from(path, f->name.len), STR("_test/"));
}

static bool is_used(const struct testing *t, const struct test_file *f, struct str path) {
    if (f->plugin != UINT32_MAX && str_eq(t->session.plugins[f->plugin].file, path))
        return true;
    for (const struct test_use *u = t->uses; u; u = u->next)
        if (str_eq(u->plugin, f->name) && str_eq(u->file, path))
            return true;
    return false;
}

static bool is_touched(const struct watching *w, const struct test_file *f) {
    for (unsigned i = 0; i < w->noted_count; i++) {
        struct str path = w->noted[i];
        if (str_eq(path, f->file) || is_fixture_of(f, path) || is_used(&w->testing, f, path))
            return true;
    }
    return w->all_changed;
}

static unsigned leave_out_others(struct watching *w) {
    struct testing *t = &w->testing;
    unsigned wanted = 0;
    for (size_t i = 0; i < t->file_count; i++) {
        t->files[i].is_wanted = t->files[i].is_wanted && is_touched(w, &t->files[i]);
        wanted += t->files[i].is_wanted;
    }
    return wanted;
}

static void forget_changes(struct watching *w) {
    arena_reset(&w->noted_arena);
    w->noted_count = 0;
    w->all_changed = w->is_settled = false;
}

/* Runs */

static void tell_warning(struct watching *w, struct diags *d) {
    if (w->warning.len == 0)
        return;
    struct diag *warning = diag_warning(d, (struct place){0}, "watch", "%.*s", STR_ARG(w->warning));
    warning->help = w->help;
    w->warning = STR("");
}

/* False: settings, plugins or names are at fault, and no test ran. */
static bool run(struct watching *w, bool is_first, struct diags *d) {
    struct testing *t = &w->testing;
    struct buf report = BUF_INIT;
    int status = 0;
    t->session.diags = d;
    arena_reset(&t->arena);
    t->golden.len = 0;
    tell_warning(w, d);
    bool good = (is_first || session_load(&t->session, &status)) && testing_find(t);
    bool wanted = good && (is_first || leave_out_others(w) > 0);
    forget_changes(w);
    if (wanted)
        testing_run_files(t, &report);
    if (wanted || d->first)
        w->events->told(&report, &t->session.log, d);
    t->session.log.len = 0;
    buf_free(&report);
    return good;
}

static void run_again(struct watching *w) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    run(w, false, &d);
    w->events->waiting();
    arena_free(&arena);
}

static void listen_for(uv_loop_t *loop, uv_signal_t *handle, int number, struct watching *w) {
    uv_signal_init(loop, handle);
    handle->data = w;
    uv_signal_start(handle, on_signal, number);
}

static void begin(struct watching *w) {
    struct session *s = &w->testing.session;
    const struct watch_owner owner = {w, changed, settled, warn};
    const struct watch_root roots[ROOTS] = {
        [ROOT_BUILT_IN] = {.path = session_built_in(s)},
        [ROOT_PLUGINS] = {.path = s->has_site ? content_join(&s->arena, s->site, STR("plugins"))
                                              : session_built_in(s)},
        [ROOT_CONTENT] = {.path = s->content, .filter.is_wanted = is_settings, .must_exist = true},
    };
    listen_for(&s->loop, &w->interrupt, SIGINT, w);
    listen_for(&s->loop, &w->terminate, SIGTERM, w);
    w->watch = watch_open(&s->loop, roots, s->has_site ? ROOTS : ROOT_CONTENT, NULL, 0, &owner);
}

static void end(struct watching *w) {
    watch_close(w->watch);
    uv_close((uv_handle_t *)&w->interrupt, NULL);
    uv_close((uv_handle_t *)&w->terminate, NULL);
}

static void watch(struct watching *w) {
    w->events->waiting();
    while (!w->is_over) {
        uv_run(&w->testing.session.loop, UV_RUN_ONCE);
        if (w->is_settled && !w->is_over)
            run_again(w);
    }
}

int testing_watch(const struct testing_options *o, const struct testing_watching *events,
                  struct diags *d) {
    struct watching w = {.events = events};
    int status;
    if (testing_open(&w.testing, o, d, &status)) {
        begin(&w);
        status = run(&w, true, d) ? 0 : 2;
        if (status == 0)
            watch(&w);
        end(&w);
    } else {
        events->told(&(struct buf)BUF_INIT, &w.testing.session.log, d);
    }
    testing_close(&w.testing);
    arena_free(&w.noted_arena);
    return status;
}

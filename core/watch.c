#include "watch_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct str copy(struct str s) {
    char *at = must_alloc(s.len + 1);
    if (s.len)
        memcpy(at, s.at, s.len);
    at[s.len] = '\0';
    return (struct str){at, s.len};
}

static void copy_roots(struct watch *w, const struct watch_root *roots, unsigned count) {
    w->roots = must_alloc((count + 1) * sizeof *w->roots);
    w->tops = must_alloc((count + 1) * sizeof(struct folder *));
    w->root_count = count;
    for (unsigned i = 0; i < count; i++) {
        w->roots[i] = roots[i];
        w->roots[i].path = copy(roots[i].path.len ? roots[i].path : STR("."));
    }
}

static void copy_skips(struct watch *w, const struct str *skips, unsigned count) {
    w->skips = must_alloc((count + 1) * sizeof *w->skips);
    w->skip_count = count;
    for (unsigned i = 0; i < count; i++)
        w->skips[i] = copy(skips[i]);
}

/* A folder that is missing now is looked for, but that is no news. */
static void list_root(struct watch *w, unsigned root) {
    struct folder *f = watch_add_folder(w, NULL, root, STR(""));
    w->tops[root] = f;
    watch_refresh(w, f);
    f->is_absent = !f->is_listed;
    watch_trust(w, f);
}

static bool is_poll_asked(void) {
    const char *asked = getenv("FASCIA_WATCH");
    return asked && strcmp(asked, "poll") == 0;
}

struct watch *watch_open(uv_loop_t *loop, const struct watch_root *roots, unsigned root_count,
                         const struct str *skips, unsigned skip_count,
                         const struct watch_owner *owner) {
    struct watch *w = must_alloc(sizeof *w);
    *w = (struct watch){.loop = loop, .owner = *owner, .inotify = -1, .is_opening = true,
                        .is_polling = is_poll_asked(), .handles = 2};
    copy_roots(w, roots, root_count);
    copy_skips(w, skips, skip_count);
    uv_timer_init(loop, &w->beat);
    uv_timer_init(loop, &w->pace);
    w->beat.data = w->pace.data = w;
    if (!w->is_polling)
        watch_start_events(w);
    for (unsigned i = 0; i < root_count; i++)
        list_root(w, i);
    w->is_opening = false;
    uv_update_time(loop); // the listing may have taken long
    watch_start_scans(w);
    watch_arm(w);
    return w;
}

void watch_each(const struct watch *w,
                void (*visit)(void *self, unsigned root, struct str path,
                              const struct fingerprint *print),
                void *self) {
    struct buf scratch = BUF_INIT;
    for (const struct folder *f = w->first; f; f = f->next)
        for (const struct node *n = f->files; n; n = n->next) {
            const struct file *file = (const struct file *)(const void *)n;
            struct str path;
            if (!file->is_known)
                continue;
            watch_path(w, &scratch, f, n->name, &path);
            visit(self, f->root, path, &file->print);
        }
    buf_free(&scratch);
}

bool watch_is_polling(const struct watch *w) {
    return w->is_polling;
}

bool watch_is_there(const struct watch *w, unsigned root) {
    return !w->tops[root]->is_absent;
}

struct watch_counts watch_count(const struct watch *w) {
    struct watch_counts counts = w->counts;
    counts.folders = w->folder_count;
    counts.files = w->node_count - w->folder_count;
    counts.waiting = w->pending_count;
    return counts;
}

static void free_all(struct watch *w) {
    for (unsigned i = 0; i < w->root_count; i++) {
        watch_drop(w, w->tops[i], false);
        free((char *)w->roots[i].path.at);
    }
    for (unsigned i = 0; i < w->skip_count; i++)
        free((char *)w->skips[i].at);
    buf_free(&w->path);
    free(w->roots);
    free(w->tops);
    free(w->skips);
    free(w->slots);
    free(w);
}

static void on_closed(uv_handle_t *handle) {
    struct watch *w = handle->data;
    if (--w->handles == 0)
        free_all(w);
}

void watch_close(struct watch *w) {
    watch_scan_stop(w);
    uv_close((uv_handle_t *)&w->beat, on_closed);
    uv_close((uv_handle_t *)&w->pace, on_closed);
    if (w->inotify < 0)
        return;
    uv_close((uv_handle_t *)&w->poll, on_closed);
    close(w->inotify);
    w->inotify = -1;
}

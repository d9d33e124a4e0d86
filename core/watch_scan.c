/* The scan that never ends: folder after folder, file after file, compared with the table. It
 * stops after a millisecond, wherever it stands, and pauses so long that it has its share of the
 * time; only after an overflow of the queue it goes on in the next turn of the loop. */
#include "watch_parts.h"

#include <unistd.h>

enum {
    SLICE_NS = 1000000,
    STEP = 16,      /* names or files between two looks at the clock */
    SHARE = 50,     /* of the time: one part in so many */
    POLL_SHARE = 5, /* the same without events */
};

static void on_pace(uv_timer_t *timer);

static void leave(struct watch *w) {
    if (w->scan.dir)
        closedir(w->scan.dir);
    w->scan.dir = NULL;
    w->scan.file = NULL;
    w->scan.is_listing = false;
}

static void go_to(struct watch *w, struct folder *f) {
    leave(w);
    w->scan.folder = f;
}

void watch_scan_forget_file(struct watch *w, const struct node *f) {
    if (w->scan.file == f)
        w->scan.file = f->next;
}

void watch_scan_forget_folder(struct watch *w, const struct folder *f) {
    if (w->scan.folder == f)
        go_to(w, f->next);
}

/* Whether names may have come or gone since it was listed. */
static bool has_changed(const struct folder *f, const struct fingerprint *now) {
    return f->is_young || f->print.mtime_ns != now->mtime_ns || f->print.ctime_ns != now->ctime_ns;
}

/* Begins a folder. False: there is nothing to compare in it, or it was done whole. */
static bool begin(struct watch *w, struct folder *f) {
    struct stat st;
    if (f->is_absent || f->is_doubted)
        return false;
    int fd = watch_open_folder(w, f);
    if (fd < 0)
        return false;
    struct fingerprint print = {0};
    if (fstat(fd, &st) == 0)
        print = watch_print(&st);
    w->scan.dir = NULL;
    if (f->is_listed && !f->is_shut && print.dev == f->print.dev && print.ino == f->print.ino)
        w->scan.dir = fdopendir(fd);
    if (!w->scan.dir) {
        close(fd);
        watch_refresh(w, f);
        return false;
    }
    int wd = f->wd;
    watch_add_watch(w, f); // a new number: the old watch was dead, anything may have happened
    w->scan.is_listing = wd != f->wd || has_changed(f, &print);
    w->scan.file = f->files;
    f->print = print;
    f->is_young = w->scan.is_listing && watch_is_young(&print);
    return true;
}

static void refresh_new_folders(struct watch *w, struct folder *f) {
    for (struct node *n = f->folders, *next; n; n = next) {
        struct folder *below = (struct folder *)(void *)n;
        next = n->next;
        if (!below->is_listed)
            watch_refresh(w, below);
    }
}

static void list_some(struct watch *w, struct folder *f) {
    for (int i = 0; i < STEP; i++) {
        struct dirent *e = readdir(w->scan.dir);
        if (!e) {
            w->scan.is_listing = false;
            refresh_new_folders(w, f);
            return;
        }
        watch_see(w, f, dirfd(w->scan.dir), e->d_name, e->d_type);
    }
}

static void compare_some(struct watch *w) {
    for (int i = 0; i < STEP && w->scan.file; i++) {
        struct file *f = (struct file *)(void *)w->scan.file;
        w->scan.file = f->node.next;
        watch_compare(w, dirfd(w->scan.dir), f);
    }
}

/* False: the scan is through. */
static bool step(struct watch *w) {
    struct scan *s = &w->scan;
    if (!s->folder)
        return false;
    if (!s->dir && !begin(w, s->folder))
        go_to(w, s->folder->next);
    else if (s->is_listing)
        list_some(w, s->folder);
    else if (s->file)
        compare_some(w);
    else
        go_to(w, s->folder->next);
    return true;
}

static void start(struct watch *w) {
    w->scan.is_running = true;
    w->scan.began_ms = watch_now_ms();
    w->scan.work_ns = 0;
    go_to(w, w->first);
}

static void finish(struct watch *w) {
    struct scan *s = &w->scan;
    s->is_running = false;
    s->is_urgent = s->is_wanted_again;
    s->is_wanted_again = false;
    w->counts.scans++;
    w->counts.scan_ns = s->work_ns;
}

/* Milliseconds until the scan may go on, or begin again. */
static uint64_t pause_after(const struct watch *w, uint64_t spent_ns) {
    uint64_t share = w->is_polling ? POLL_SHARE : SHARE;
    uint64_t rest = (spent_ns * (share - 1) + 999999) / 1000000;
    if (w->scan.is_urgent)
        return 0;
    if (w->scan.is_running)
        return rest;
    uint64_t period = w->is_polling ? WATCH_POLL_MS : WATCH_SCAN_MS;
    uint64_t spent = watch_now_ms() - w->scan.began_ms;
    return spent + rest < period ? period - spent : rest;
}

static void pause_scan(struct watch *w, uint64_t ms) {
    uv_timer_start(&w->pace, on_pace, ms, 0);
}

static void on_pace(uv_timer_t *timer) {
    struct watch *w = timer->data;
    uint64_t begin_ns = uv_hrtime(), spent = 0;
    bool goes_on = true;
    if (!w->scan.is_running)
        start(w);
    while (goes_on && spent < SLICE_NS) {
        goes_on = step(w);
        spent = uv_hrtime() - begin_ns;
    }
    w->scan.work_ns += spent;
    if (!goes_on)
        finish(w);
    watch_arm(w);
    pause_scan(w, pause_after(w, spent));
}

void watch_start_scans(struct watch *w) {
    w->scan.began_ms = watch_now_ms();
    pause_scan(w, w->is_polling ? WATCH_POLL_MS : WATCH_SCAN_MS);
}

/* One that is under way has perhaps passed the place already: another follows it. */
void watch_scan_now(struct watch *w) {
    if (w->scan.is_running && w->scan.is_urgent) {
        w->scan.is_wanted_again = true;
        return;
    }
    if (w->scan.is_running && w->scan.is_listing)
        w->scan.folder->is_young = true; // its listing is cut off: it needs another
    w->scan.is_running = false;
    w->scan.is_urgent = true;
    pause_scan(w, 0);
}

void watch_scan_stop(struct watch *w) {
    leave(w);
}

/* The kernel's events, by an inotify descriptor of our own: libuv's watcher has no event for a
 * closed file and says nothing when the queue overflowed. */
#include "watch_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum {
    MASK = IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
           IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK,
    SELF_IS_LOST = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED,
    CAME = IN_CREATE | IN_MOVED_TO,
    WENT = IN_DELETE | IN_MOVED_FROM,
    READ_NS = 4 * 1000000, /* a turn of the loop reads events for so long at most */
    ALONE_NS = 200 * 1000, /* a finished save is told when no other file follows it so soon */
};

/* Watches by their number */

static struct folder **slot_of(struct watch *w, int wd) {
    return &w->wd_slots[(unsigned)wd % WATCH_WD_SLOTS];
}

static struct folder *with_wd(struct folder *f, int wd) {
    while (f && f->wd != wd)
        f = f->wd_chain;
    return f;
}

static void link_wd(struct watch *w, struct folder *f, int wd) {
    struct folder **slot = slot_of(w, wd);
    f->wd = wd;
    f->wd_chain = *slot;
    *slot = f;
}

static void unlink_wd(struct watch *w, struct folder *f) {
    struct folder **at = slot_of(w, f->wd);
    while (*at != f)
        at = &(*at)->wd_chain;
    *at = f->wd_chain;
    f->wd = -1;
}

void watch_remove_watch(struct watch *w, struct folder *f) {
    int wd = f->wd;
    if (wd < 0)
        return;
    unlink_wd(w, f);
    if (w->inotify >= 0 && !with_wd(*slot_of(w, wd), wd))
        inotify_rm_watch(w->inotify, wd); // fails when the kernel removed it first
}

/* Polling instead */

static unsigned limit_of(const char *name) {
    char path[128];
    unsigned limit = 0;
    snprintf(path, sizeof path, "/proc/sys/fs/inotify/%s", name);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%u", &limit) != 1)
        limit = 0;
    if (f)
        fclose(f);
    return limit;
}

static void poll_instead(struct watch *w, int error, const char *limit) {
    char text[256], help[256] = "";
    if (w->is_polling)
        return;
    w->is_polling = true;
    if (error == ENOSPC || error == EMFILE) {
        snprintf(text, sizeof text, "the system's limit fs.inotify.%s = %u is reached: files are "
                 "compared every %.1f s instead", limit, limit_of(limit), WATCH_POLL_MS / 1000.0);
        snprintf(help, sizeof help, "`sysctl fs.inotify.%s=%u` allows more", limit,
                 limit_of(limit) * 4);
    } else {
        snprintf(text, sizeof text, "the system watches no folders here (%s): files are compared "
                 "every %.1f s instead", strerror(error), WATCH_POLL_MS / 1000.0);
    }
    w->owner.warn(w->owner.self, str_of(text), str_of(help));
}

void watch_add_watch(struct watch *w, struct folder *f) {
    struct str relative;
    if (w->inotify < 0)
        return;
    const char *path = watch_path(w, &w->path, f, STR(""), &relative);
    int wd = inotify_add_watch(w->inotify, path, MASK);
    if (wd < 0 && errno != ENOENT && errno != ENOTDIR && errno != EACCES)
        poll_instead(w, errno, "max_user_watches");
    if (wd == f->wd)
        return;
    watch_remove_watch(w, f);
    if (wd >= 0)
        link_wd(w, f, wd);
}

/* Events */

/* The permissions of a folder, or just its times. */
static void on_mode(struct watch *w, struct folder *f) {
    int fd = watch_open_folder(w, f);
    if (fd < 0)
        return;
    close(fd);
    if (f->is_shut || !f->is_listed)
        watch_refresh(w, f);
}

static void on_folder(struct watch *w, struct folder *in, const char *name, uint32_t mask) {
    struct str relative, s = str_of(name);
    int fd = -1;
    if (mask & CAME)
        fd = open(watch_path(w, &w->path, in, STR(""), &relative),
                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        watch_see(w, in, fd, name, DT_UNKNOWN);
        close(fd);
    }
    struct folder *f = watch_find_folder(w, in, s);
    struct file *told = watch_find_file(w, in, s);
    if (told)
        watch_notice(w, told, mask & WENT ? NOTICE_GONE : NOTICE_TOUCHED);
    if (f && mask & CAME)
        watch_refresh(w, f);
    else if (f && mask & WENT)
        watch_doubt(w, f, true);
    else if (f)
        on_mode(w, f);
}

/* A link to a folder comes without IN_ISDIR. */
static bool is_folder_event(struct watch *w, struct folder *in, const char *name, uint32_t mask) {
    struct stat st;
    struct str relative, s = str_of(name);
    if (mask & IN_ISDIR)
        return true;
    if (mask & CAME && (!w->roots[in->root].filter.is_wanted || !watch_is_wanted(w, in, s)))
        return stat(watch_path(w, &w->path, in, s, &relative), &st) == 0 && S_ISDIR(st.st_mode);
    return mask & WENT && watch_find_folder(w, in, s);
}

static enum notice notice_of(uint32_t mask) {
    if (mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
        return NOTICE_FINISHED;
    if (mask & WENT)
        return mask & IN_DELETE ? NOTICE_REMOVED : NOTICE_GONE;
    if (mask & IN_CREATE)
        return NOTICE_MADE;
    return mask & IN_MODIFY ? NOTICE_WRITTEN : NOTICE_TOUCHED;
}

static void on_name(struct watch *w, struct folder *in, const char *name, uint32_t mask) {
    struct str s = str_of(name);
    if (content_is_foreign(s))
        return;
    if (is_folder_event(w, in, name, mask)) {
        on_folder(w, in, name, mask);
        return;
    }
    if (!watch_is_wanted(w, in, s))
        return;
    struct file *f = watch_find_file(w, in, s);
    if (!f && mask & WENT)
        return;
    watch_notice(w, f ? f : watch_add_file(w, in, s), notice_of(mask));
}

static void on_self(struct watch *w, struct folder *f, uint32_t mask) {
    if (mask & IN_IGNORED)
        unlink_wd(w, f); // the kernel has removed the watch
    if (mask & SELF_IS_LOST)
        watch_doubt(w, f, true);
    else if (mask & IN_ATTRIB)
        on_mode(w, f);
}

static void on_event(struct watch *w, const struct inotify_event *e) {
    w->counts.events++;
    if (e->mask & IN_Q_OVERFLOW) {
        w->counts.overflows++;
        watch_scan_now(w);
        return;
    }
    struct folder *f = with_wd(*slot_of(w, e->wd), e->wd);
    while (f) {
        struct folder *next = with_wd(f->wd_chain, e->wd);
        if (e->len)
            on_name(w, f, e->name, e->mask);
        else
            on_self(w, f, e->mask);
        f = next;
    }
}

/* Reading */

/* False: there is nothing to read. */
static bool read_some(struct watch *w) {
    ssize_t got = read(w->inotify, w->events, sizeof w->events);
    for (ssize_t at = 0; at < got;) {
        const struct inotify_event *e = (const void *)(w->events + at);
        at += (ssize_t)sizeof *e + (ssize_t)e->len;
        on_event(w, e);
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

/* False: there is more, and the loop should turn in between. */
static bool read_all(struct watch *w) {
    uint64_t end = uv_hrtime() + READ_NS;
    while (read_some(w))
        if (uv_hrtime() > end)
            return false;
    return true;
}

/* One finished save is told at once, and a thousand together: what tells them apart is the next
 * file, awaited for about as long as a program needs to write one. */
static bool is_alone(struct watch *w) {
    struct pollfd fd = {.fd = w->inotify, .events = POLLIN};
    uint64_t end = uv_hrtime() + ALONE_NS;
    for (uint64_t now = uv_hrtime(); now < end && watch_is_single(w); now = uv_hrtime()) {
        struct timespec rest = {.tv_nsec = (long)(end - now)};
        if (ppoll(&fd, 1, &rest, NULL) > 0)
            read_some(w);
    }
    return watch_is_single(w);
}

static void on_readable(uv_poll_t *poll, int status, int events) {
    struct watch *w = poll->data;
    (void)status;
    (void)events;
    bool has_all = read_all(w);
    watch_look_at_doubts(w);
    if (has_all && watch_is_single(w) && is_alone(w))
        watch_turn(w);
    watch_arm(w);
}

void watch_start_events(struct watch *w) {
    w->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->inotify < 0) {
        poll_instead(w, errno, "max_user_instances");
        return;
    }
    uv_poll_init(w->loop, &w->poll, w->inotify);
    w->poll.data = w;
    w->handles++;
    uv_poll_start(&w->poll, UV_READABLE, on_readable);
}

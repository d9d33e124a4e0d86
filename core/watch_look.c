/* What is on the disk, against what the table says: one file, one folder, everything below one. */
#include "watch_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "utf8.h"

enum {
    YOUNG_NS = 20 * 1000000,      /* two ticks of a kernel with 100 a second */
    YOUNG_COARSE_NS = 2000000000, /* for file systems that keep whole seconds */
};

/* Of what is no regular file, so that it differs from the file it was, and is never empty. */
static const uint64_t NO_SIZE = UINT64_MAX;

bool watch_same(const struct fingerprint *a, const struct fingerprint *b) {
    return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
           a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

bool watch_is_young(const struct fingerprint *p) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t age = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec - (int64_t)p->ctime_ns;
    bool is_coarse = p->ctime_ns % 1000000000 == 0 && p->mtime_ns % 1000000000 == 0;
    int64_t limit = is_coarse ? YOUNG_COARSE_NS : YOUNG_NS;
    return age < limit && age > -limit;
}

struct fingerprint watch_print(const struct stat *st) {
    return (struct fingerprint){
        st->st_dev, st->st_ino, (uint64_t)st->st_size,
        (uint64_t)st->st_mtim.tv_sec * 1000000000 + (uint64_t)st->st_mtim.tv_nsec,
        (uint64_t)st->st_ctim.tv_sec * 1000000000 + (uint64_t)st->st_ctim.tv_nsec};
}

/* A link that leads nowhere, and what cannot be asked, are there: reading them says why. */
static bool stat_broken(int folder_fd, const char *path, struct fingerprint *out) {
    struct stat st;
    if (fstatat(folder_fd, path, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        *out = watch_print(&st);
    } else if (errno == ENOENT || errno == ENOTDIR) {
        return false;
    } else {
        *out = (struct fingerprint){.ctime_ns = (uint64_t)errno};
    }
    out->size = NO_SIZE;
    return true;
}

bool watch_is_wanted(const struct watch *w, const struct folder *in, struct str name) {
    const struct content_filter *f = &w->roots[in->root].filter;
    return !content_is_foreign(name) && (!f->is_wanted || f->is_wanted(f->self, name));
}

/* Whether a folder of this name is not entered, but told as a file. */
static bool is_told_as_file(const struct watch *w, const struct folder *in, struct str name) {
    size_t bad;
    if (!utf8_check(name, &bad) ||
        (w->roots[in->root].filter.is_wanted && watch_is_wanted(w, in, name)))
        return true;
    const struct folder *f = watch_find_folder(w, in, name);
    return f && f->is_shut;
}

bool watch_stat(const struct watch *w, const struct folder *in, int folder_fd, const char *path,
                struct str name, struct fingerprint *out) {
    struct stat st;
    if (fstatat(folder_fd, path, &st, 0) != 0)
        return stat_broken(folder_fd, path, out);
    *out = watch_print(&st);
    if (!S_ISREG(st.st_mode))
        out->size = NO_SIZE;
    return !S_ISDIR(st.st_mode) || is_told_as_file(w, in, name);
}

/* Folders that are not entered */

static bool is_above(const struct folder *f, const struct stat *st) {
    for (; f; f = f->node.parent)
        if (f->print.dev == st->st_dev && f->print.ino == st->st_ino)
            return true;
    return false;
}

/* The skipped paths are asked each time: an output folder is made, removed and made again. */
static bool is_skipped(const struct watch *w, const struct stat *st) {
    struct stat skip;
    for (unsigned i = 0; i < w->skip_count; i++)
        if (stat(w->skips[i].at, &skip) == 0 && skip.st_dev == st->st_dev &&
            skip.st_ino == st->st_ino)
            return true;
    return false;
}

static bool may_enter(const struct watch *w, const struct folder *parent, const struct stat *st) {
    return !is_above(parent, st) && !is_skipped(w, st);
}

/* One name of a folder */

static void see_file(struct watch *w, struct folder *in, int folder_fd, struct str name) {
    struct fingerprint print;
    if (watch_find_file(w, in, name) || !watch_stat(w, in, folder_fd, name.at, name, &print))
        return;
    struct file *f = watch_add_file(w, in, name);
    if (!w->is_opening) {
        watch_notice_seen(w, f, &print, false);
        return;
    }
    f->print = print;
    f->is_known = true;
    f->is_young = watch_is_young(&print);
}

static void see_folder(struct watch *w, struct folder *in, int folder_fd, struct str name) {
    struct stat st;
    if (!watch_find_folder(w, in, name) && fstatat(folder_fd, name.at, &st, 0) == 0 &&
        S_ISDIR(st.st_mode) && may_enter(w, in, &st))
        watch_add_folder(w, in, in->root, name);
}

/* d_type saves a stat for most names; links and file systems without types need one. */
static bool is_folder(int folder_fd, const char *name, unsigned char type) {
    struct stat st;
    if (type != DT_LNK && type != DT_UNKNOWN)
        return type == DT_DIR;
    return fstatat(folder_fd, name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

void watch_see(struct watch *w, struct folder *in, int folder_fd, const char *name,
               unsigned char type) {
    struct str s = str_of(name);
    if (content_is_foreign(s))
        return;
    bool wanted = watch_is_wanted(w, in, s);
    if (type == DT_REG && !wanted)
        return;
    bool is_dir = is_folder(folder_fd, name, type);
    if (is_dir && !is_told_as_file(w, in, s))
        see_folder(w, in, folder_fd, s);
    else if (is_dir || wanted)
        see_file(w, in, folder_fd, s);
}

void watch_compare(struct watch *w, int folder_fd, struct file *f) {
    struct fingerprint print;
    if (f->pending)
        return;
    if (!watch_stat(w, f->node.parent, folder_fd, f->node.name.at, f->node.name, &print))
        watch_notice(w, f, NOTICE_GONE);
    else if (!watch_same(&print, &f->print))
        watch_notice_seen(w, f, &print, false);
    else if (f->is_young && w->is_polling && !watch_is_young(&print))
        watch_notice_seen(w, f, &print, true);
}

/* A whole folder */

/* It is there, but nobody may look into it: its parent tells it as a file. */
static void shut(struct watch *w, struct folder *f) {
    struct folder *in = f->node.parent;
    watch_trust(w, f);
    if (f->is_shut)
        return;
    f->is_shut = true;
    struct file *told = watch_find_file(w, in, f->node.name);
    if (!told)
        told = watch_add_file(w, in, f->node.name);
    if (!w->is_opening) {
        watch_notice(w, told, NOTICE_TOUCHED);
        return;
    }
    struct str relative;
    const char *path = watch_path(w, &w->path, in, f->node.name, &relative);
    told->is_known = true;
    if (!watch_stat(w, in, AT_FDCWD, path, f->node.name, &told->print))
        told->print = (struct fingerprint){.size = NO_SIZE}; // vanished since: a scan sees it
}

static void open_again(struct watch *w, struct folder *f) {
    if (!f->is_shut)
        return;
    f->is_shut = false;
    struct file *told = watch_find_file(w, f->node.parent, f->node.name);
    if (told)
        watch_notice(w, told, NOTICE_GONE);
}

int watch_open_folder(struct watch *w, struct folder *f) {
    struct str relative;
    const char *path = watch_path(w, &w->path, f, STR(""), &relative);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        return fd;
    if ((errno == EACCES || errno == EPERM) && f->node.parent)
        shut(w, f);
    else if (errno == EMFILE || errno == ENFILE)
        watch_trust(w, f); // nothing is known of it: a scan will ask again
    else
        watch_doubt(w, f, false);
    return -1;
}

static void list(struct watch *w, struct folder *f, DIR *dir) {
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        watch_see(w, f, dirfd(dir), e->d_name, e->d_type);
    if (w->is_opening)
        return;
    for (struct node *n = f->files, *next; n; n = next) {
        next = n->next;
        watch_compare(w, dirfd(dir), (struct file *)(void *)n);
    }
}

/* The watch comes before the listing, so that nothing falls between. False: not to be entered. */
static bool enter(struct watch *w, struct folder *f, int fd) {
    struct stat st;
    DIR *dir = NULL;
    if (fstat(fd, &st) == 0 && may_enter(w, f->node.parent, &st))
        dir = fdopendir(fd);
    if (!dir) {
        close(fd);
        watch_doubt(w, f, false);
        return false;
    }
    watch_trust(w, f);
    open_again(w, f);
    watch_add_watch(w, f);
    f->print = watch_print(&st);
    f->is_young = watch_is_young(&f->print);
    f->is_listed = true;
    list(w, f, dir);
    closedir(dir);
    return true;
}

void watch_refresh(struct watch *w, struct folder *f) {
    int fd = watch_open_folder(w, f);
    if (fd < 0 || !enter(w, f, fd))
        return;
    if (f->is_absent) {
        f->is_absent = false;
        f->is_news = true;
    }
    for (struct node *n = f->folders, *next; n; n = next) {
        next = n->next;
        watch_refresh(w, (struct folder *)(void *)n);
    }
}

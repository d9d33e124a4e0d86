#include "content.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "site.h"
#include "utf8.h"

static uint64_t nanoseconds(struct timespec t) {
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

struct fingerprint content_fingerprint(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0 && lstat(path, &st) != 0)
        return (struct fingerprint){0}; // a link to nothing is a file that cannot be read
    return (struct fingerprint){st.st_dev, st.st_ino, (uint64_t)st.st_size,
                                nanoseconds(st.st_mtim), nanoseconds(st.st_ctim)};
}

bool content_is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

struct str content_join(struct arena *a, struct str base, struct str rest) {
    if (base.len == 0 || str_eq(base, STR(".")))
        return arena_str(a, rest);
    if (str_ends(base, STR("/")))
        return arena_join(a, base, rest);
    // by hand: some of it is done for every file of a site, in every build
    size_t len = base.len + 1 + rest.len;
    char *path = arena_alloc_raw(a, len + 1);
    memcpy(path, base.at, base.len);
    path[base.len] = '/';
    if (rest.len)
        memcpy(path + base.len + 1, rest.at, rest.len);
    path[len] = '\0';
    return (struct str){path, len};
}

bool content_is_article(const void *endings, struct str name) {
    const struct content_endings *more = endings;
    if (site_reads(name))
        return true;
    for (size_t i = 0; more && i < more->count; i++)
        if (str_ends(name, more->at[i]))
            return !str_eq(name, STR("site.yaml")); // which is ours, whoever reads .yaml
    return false;
}

bool content_is_foreign(struct str name) {
    static const struct str ends[] = {STR_INIT("~"), STR_INIT(".swp"), STR_INIT(".swx"),
                                      STR_INIT(".tmp"), STR_INIT(".bck"), STR_INIT(".vsctmp")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]))
            return true;
    return str_starts(name, STR(".")) || str_starts(name, STR("#")) ||
           str_eq(name, STR("4913")) || str_find(name, STR("___jb_")) < name.len;
}

struct ancestor {
    dev_t dev;
    ino_t ino;
    const struct ancestor *above;
};

struct finder {
    struct content_list *list;
    size_t cap;
    struct arena *arena;
    struct content_filter filter;
    uint64_t skip_dev, skip_ino;
    struct diags *diags;
};

static void add(struct finder *f, struct str path, struct str place) {
    if (f->list->count == f->cap) {
        f->cap = f->cap ? f->cap * 2 : 256;
        struct content_file *files = ARENA_ARRAY(f->arena, struct content_file, f->cap);
        if (f->list->count)
            memcpy(files, f->list->files, f->list->count * sizeof *files);
        f->list->files = files;
    }
    f->list->files[f->list->count++] = (struct content_file){path, place};
}

static void fail(struct finder *f, struct str place, const char *code, const char *what) {
    diag_error(f->diags, (struct place){.path = place}, code, "%s", what);
}

static bool find_in(struct finder *f, int fd, struct str path, struct str place,
                    const struct ancestor *above);

static bool is_above(const struct ancestor *a, const struct stat *st) {
    for (; a; a = a->above)
        if (a->dev == st->st_dev && a->ino == st->st_ino)
            return true;
    return false;
}

static void enter(struct finder *f, int parent, const char *name, struct str path,
                  struct str place, const struct ancestor *above) {
    struct stat st;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        fail(f, place, "unreadable", strerror(errno));
        if (fd >= 0)
            close(fd);
        return;
    }
    if ((st.st_dev == f->skip_dev && st.st_ino == f->skip_ino) || is_above(above, &st)) {
        close(fd);
        return;
    }
    struct ancestor here = {st.st_dev, st.st_ino, above};
    if (!find_in(f, fd, path, place, &here))
        fail(f, place, "unreadable", strerror(errno));
}

/* d_type saves a stat for ordinary files; links and file systems without types need one. */
static mode_t mode_of(int fd, const struct dirent *e) {
    struct stat st;
    if (e->d_type == DT_REG)
        return S_IFREG;
    if (e->d_type == DT_DIR)
        return S_IFDIR;
    return fstatat(fd, e->d_name, &st, 0) == 0 ? st.st_mode & S_IFMT : 0;
}

static void visit(struct finder *f, int fd, const struct dirent *e, struct str path,
                  struct str place, const struct ancestor *above) {
    struct str name = str_of(e->d_name);
    size_t bad;
    if (content_is_foreign(name))
        return;
    mode_t mode = mode_of(fd, e);
    bool all = !f->filter.is_wanted, wanted = all || f->filter.is_wanted(f->filter.self, name);
    if (mode != S_IFDIR && !wanted)
        return;
    struct str own_path = content_join(f->arena, path, name);
    struct str own_place = content_join(f->arena, place, name);
    if (mode == S_IFDIR && wanted && !all)
        fail(f, own_place, "not-a-file", "this is a folder, not an article; rename it");
    else if (!utf8_check(name, &bad))
        fail(f, utf8_visible(f->arena, own_place), "bad-name", "the file's name is not UTF-8");
    else if (mode == S_IFDIR)
        enter(f, fd, e->d_name, own_path, own_place, above);
    else
        add(f, own_path, own_place); // what is no regular file fails when it is read
}

/* Takes the descriptor over. */
static bool find_in(struct finder *f, int fd, struct str path, struct str place,
                    const struct ancestor *above) {
    DIR *dir = fdopendir(fd);
    if (!dir) {
        int fault = errno;
        close(fd);
        errno = fault;
        return false;
    }
    for (;;) {
        errno = 0; // readdir tells a fault in no other way
        struct dirent *e = readdir(dir);
        if (!e)
            break;
        visit(f, dirfd(dir), e, path, place, above);
    }
    if (errno)
        fail(f, place, "unreadable", strerror(errno));
    closedir(dir);
    return true;
}

static int compare_files(const void *p, const void *q) {
    const struct content_file *a = p, *b = q;
    return str_compare(a->path, b->path);
}

bool content_find(struct content_list *out, struct arena *a, struct str folder, struct str place,
                  struct content_filter filter, uint64_t skip_dev, uint64_t skip_ino,
                  struct diags *d) {
    *out = (struct content_list){0};
    struct finder f = {.list = out, .arena = a, .filter = filter, .skip_dev = skip_dev,
                       .skip_ino = skip_ino, .diags = d};
    struct stat st;
    struct str terminated = arena_str(a, folder);
    int fd = open(terminated.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        return false;
    struct ancestor here = {st.st_dev, st.st_ino, NULL};
    if (!find_in(&f, fd, STR(""), place, &here))
        return false;
    if (out->count)
        qsort(out->files, out->count, sizeof *out->files, compare_files);
    return true;
}

static const char *kind_of(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "a folder";
    case S_IFIFO:
        return "a fifo";
    case S_IFSOCK:
        return "a socket";
    case S_IFCHR:
    case S_IFBLK:
        return "a device";
    default:
        return "no regular file";
    }
}

static bool too_large(struct str place, size_t most_bytes, struct diags *d) {
    struct diag *e = diag_error(d, (struct place){.path = place}, "too-large",
                                "the file is larger than %zu MB", most_bytes >> 20);
    diag_help(d, e, "limits: {file_mb: …} in content/site.yaml allows more");
    return false;
}

static bool read_all(struct buf *out, int fd, struct str place, size_t size, size_t most_bytes,
                     struct diags *d) {
    size_t begin = out->len;
    for (;;) {
        size_t want = size + 1 > out->len - begin ? size + 1 - (out->len - begin) : 4096;
        char *room = buf_reserve(out, want);
        ssize_t n = room ? read(fd, room, want) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            diag_error(d, (struct place){.path = place}, "unreadable", "%s", strerror(errno));
            return false;
        }
        if (n == 0)
            return true;
        out->len += (size_t)n;
        if (out->len - begin > most_bytes)
            return too_large(place, most_bytes, d);
        if (out->len - begin == size && (size_t)n < want)
            return true; // as large as it was said to be, and nothing came after
    }
}

bool content_read(struct buf *out, struct str path, struct str place, size_t most_bytes,
                  struct diags *d) {
    char terminated[4096];
    struct stat st;
    if (path.len >= sizeof terminated) {
        diag_error(d, (struct place){.path = place}, "unreadable", "the path is too long");
        return false;
    }
    memcpy(terminated, path.at, path.len);
    terminated[path.len] = '\0';
    int fd = open(terminated, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        diag_error(d, (struct place){.path = place}, "unreadable", "%s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool good = false;
    if (!S_ISREG(st.st_mode))
        diag_error(d, (struct place){.path = place}, "not-a-file", "this is %s, not a file",
                   kind_of(st.st_mode));
    else if ((uint64_t)st.st_size > most_bytes)
        too_large(place, most_bytes, d);
    else
        good = read_all(out, fd, place, (size_t)st.st_size, most_bytes, d);
    close(fd);
    return good;
}

struct str content_real_path(struct arena *a, struct str path) {
    char real[PATH_MAX];
    struct str above = arena_str(a, path), rest = STR("");
    while (!realpath(above.len ? above.at : ".", real)) {
        size_t slash = str_rfind_char(above, '/');
        struct str name = slash < above.len ? str_from(above, slash + 1) : above;
        rest = arena_printf(a, "/%.*s%.*s", STR_ARG(name), STR_ARG(rest));
        if (above.len == 0 || (slash == 0 && above.len == 1))
            return rest;
        above = arena_str(a, slash == 0 ? STR("/") : slash < above.len ? str_slice(above, 0, slash)
                                                                       : STR(""));
    }
    return arena_join(a, str_of(real), rest);
}

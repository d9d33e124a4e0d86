#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hash.h"
#include "utf8.h"

#define ANY_NAME UINT64_MAX

static const char *component_fault(struct str part) {
    if (part.len == 0)
        return "it has an empty component";
    if (part.at[0] == '.')
        return "a component begins with a dot";
    if (part.len > 200)
        return "a component is longer than 200 bytes";
    return NULL;
}

const char *output_path_fault(struct str path) {
    size_t bad;
    struct str rest = path, part;
    if (path.len == 0)
        return "it is empty";
    if (path.len > 1000)
        return "it is longer than 1,000 bytes";
    if (!utf8_check(path, &bad))
        return "it is not valid UTF-8";
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];
        if (c < 0x20 || c == 0x7F)
            return "it has a control character";
        if (c == '\\' || c == ':')
            return "it has a '\\' or ':'";
    }
    while (str_cut(&rest, '/', &part)) {
        const char *fault = component_fault(part);
        if (fault)
            return fault;
    }
    return NULL;
}

static bool fail(const struct output *o, struct str path, const char *what, struct diags *d) {
    struct arena *a = d->arena;
    struct place at = {.path = arena_printf(a, "%.*s/%.*s", STR_ARG(o->place), STR_ARG(path))};
    diag_error(d, at, "output", "%s: %s", what, strerror(errno));
    return false;
}

bool output_open(struct output *o, struct str path, struct str place, struct diags *d) {
    struct str name = arena_str(d->arena, path);
    *o = (struct output){.root = -1, .folder = -1, .names = ANY_NAME,
                         .place = arena_str(d->arena, place)};
    snprintf(o->temporary, sizeof o->temporary, ".fascia-%d.tmp", (int)getpid());
    if (mkdir(name.at, 0777) != 0 && errno != EEXIST) {
        diag_error(d, (struct place){.path = place}, "output", "cannot make this folder: %s",
                   strerror(errno));
        return false;
    }
    o->root = open(name.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (o->root < 0) {
        diag_error(d, (struct place){.path = place}, "output", "cannot open this folder: %s",
                   strerror(errno));
        return false;
    }
    return true;
}

bool output_peek(struct output *o, struct str path) {
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    *o = (struct output){.folder = -1};
    o->root = open(name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return o->root >= 0;
}

static void leave_folder(struct output *o) {
    if (o->folder >= 0)
        close(o->folder);
    o->folder = -1;
}

void output_close(struct output *o) {
    leave_folder(o);
    if (o->root >= 0)
        close(o->root);
    o->root = -1;
}

/* One folder after the other, for kernels without openat2: no link on the way is followed. */
static int walk_beneath(int root, const char *path) {
    struct str rest = str_of(path), part;
    char name[256];
    int at = -1;
    while (str_cut(&rest, '/', &part)) {
        snprintf(name, sizeof name, "%.*s", STR_ARG(part));
        int next = openat(at < 0 ? root : at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int fault = errno;
        if (at >= 0)
            close(at);
        errno = fault;
        if (next < 0)
            return -1;
        at = next;
    }
    return at;
}

/* openat2 keeps the path beneath the folder whatever links are put in its way meanwhile. */
static int open_beneath(int root, const char *path) {
    struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    long fd = syscall(SYS_openat2, root, path, &how, sizeof how);
    if (fd < 0 && (errno == ENOSYS || errno == EPERM)) // EPERM: older containers
        return walk_beneath(root, path);
    return (int)fd;
}

static bool make_folder(struct output *o, const char *path) {
    if (mkdirat(o->root, path, 0777) != 0)
        return false;
    o->names = 0;
    return true;
}

static bool make_folders(struct output *o, char *path) {
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int failed = mkdirat(o->root, path, 0777) != 0 && errno != EEXIST;
        *slash = '/';
        if (failed)
            return false;
    }
    return make_folder(o, path) || errno == EEXIST;
}

/* Where one folder was missing the next is too, as a rule: it is made without looking first. Not
 * one that lies deeper: what it lies in may be a link. */
static int open_or_make(struct output *o, char *path, bool make) {
    bool was_made = o->names != ANY_NAME;
    o->names = ANY_NAME;
    if (make && was_made && !strchr(path, '/'))
        make_folder(o, path);
    int folder = open_beneath(o->root, path);
    if (folder < 0 && make && errno == ENOENT && make_folders(o, path))
        folder = open_beneath(o->root, path);
    return folder;
}

/* The folder of `path`, open; the last one is kept, since an article's outputs come together. */
static int enter_folder(struct output *o, struct str path, bool make) {
    char name[1024];
    size_t slash = str_rfind_char(path, '/');
    if (slash == path.len)
        return o->root;
    memcpy(name, path.at, slash);
    name[slash] = '\0';
    if (o->folder >= 0 && strcmp(o->folder_path, name) == 0)
        return o->folder;
    leave_folder(o);
    o->folder = open_or_make(o, name, make);
    memcpy(o->folder_path, name, slash + 1);
    return o->folder;
}

static uint64_t mtime_of(const struct stat *st) {
    return (uint64_t)st->st_mtim.tv_sec * 1000000000 + (uint64_t)st->st_mtim.tv_nsec;
}

/* Which bit stands for a file's name. Two names may share one: that costs a look. */
static uint64_t name_bit(const char *name) {
    return UINT64_C(1) << (hash_str(str_of(name)) & 63);
}

/* False: this folder was made here, and nothing was written there under this name. */
static bool may_be_there(const struct output *o, int folder, const char *name) {
    return folder != o->folder || (o->names & name_bit(name)) != 0;
}

static bool holds(struct output *o, int folder, const char *name, struct str bytes) {
    struct stat st;
    char chunk[16384];
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode) ||
        (uint64_t)st.st_size != bytes.len)
        return false;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    while (bytes.len) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n <= 0 || (size_t)n > bytes.len || memcmp(chunk, bytes.at, (size_t)n) != 0)
            break;
        bytes = str_from(bytes, (size_t)n);
    }
    close(fd);
    o->last_mtime_ns = mtime_of(&st);
    return bytes.len == 0;
}

/* The folder of a path and its file's name; -1: there is no such folder, and `make` was false. */
static int locate(struct output *o, struct str path, bool make, char name[256]) {
    size_t slash = str_rfind_char(path, '/');
    struct str file = slash < path.len ? str_from(path, slash + 1) : path;
    memcpy(name, file.at, file.len);
    name[file.len] = '\0';
    return enter_folder(o, path, make);
}

static bool stat_beneath(struct output *o, struct str path, struct stat *st) {
    char name[256];
    int folder = locate(o, path, false, name);
    return folder >= 0 && fstatat(folder, name, st, AT_SYMLINK_NOFOLLOW) == 0;
}

bool output_stat(struct output *o, struct str path, uint64_t *bytes, uint64_t *mtime_ns) {
    struct stat st;
    if (!stat_beneath(o, path, &st) || !S_ISREG(st.st_mode))
        return false;
    *bytes = (uint64_t)st.st_size;
    *mtime_ns = mtime_of(&st);
    return true;
}

/* Whether the bytes of a file are those; OUTPUT_REMOVED: yes, it may go. */
static enum output_removal compare_hash(int folder, const char *name, uint64_t hash) {
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ELOOP ? OUTPUT_CHANGED : OUTPUT_STUCK;
    bool is_known = fstat(fd, &st) == 0;
    if (!is_known || !S_ISREG(st.st_mode)) {
        close(fd);
        return is_known ? OUTPUT_CHANGED : OUTPUT_STUCK;
    }
    char *bytes = must_alloc((size_t)st.st_size + 1);
    ssize_t n = pread(fd, bytes, (size_t)st.st_size + 1, 0);
    bool same = n == st.st_size && hash_bytes(bytes, (size_t)n, 0) == hash;
    free(bytes);
    close(fd);
    return n < 0 ? OUTPUT_STUCK : same ? OUTPUT_REMOVED : OUTPUT_CHANGED;
}

static void remove_empty_folders(struct output *o, struct str path) {
    char folder[1024];
    size_t slash = str_rfind_char(path, '/');
    leave_folder(o);
    while (slash < path.len) {
        path = str_slice(path, 0, slash);
        memcpy(folder, path.at, path.len);
        folder[path.len] = '\0';
        if (unlinkat(o->root, folder, AT_REMOVEDIR) != 0)
            return;
        slash = str_rfind_char(path, '/');
    }
}

void output_sweep(struct output *o, struct str path) {
    char name[256];
    int folder = locate(o, path, false, name);
    int fd = folder >= 0 ? openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    for (struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir)) {
        struct str file = str_of(e->d_name);
        if (str_starts(file, STR(".fascia-")) && str_ends(file, STR(".tmp")))
            unlinkat(fd, e->d_name, 0);
    }
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
}

/* A link on the way, or a file where a folder was: it is not what was made. */
static bool is_absent(int fault) {
    return fault == ENOENT || fault == ENOTDIR || fault == ELOOP || fault == EXDEV;
}

bool output_is_same(struct output *o, struct str one, struct str two) {
    struct stat a, b;
    if (str_eq(one, two))
        return true;
    return one.len && two.len && stat_beneath(o, one, &a) && stat_beneath(o, two, &b) &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

enum output_removal output_remove(struct output *o, struct str path, uint64_t bytes_hash) {
    char name[256];
    struct stat st;
    int folder = locate(o, path, false, name);
    if (folder < 0 || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return is_absent(errno) ? OUTPUT_ABSENT : OUTPUT_STUCK;
    if (!S_ISREG(st.st_mode))
        return OUTPUT_ABSENT;
    enum output_removal verdict = compare_hash(folder, name, bytes_hash);
    if (verdict == OUTPUT_REMOVED && unlinkat(folder, name, 0) != 0)
        return OUTPUT_STUCK;
    if (verdict == OUTPUT_REMOVED)
        remove_empty_folders(o, path);
    return verdict;
}

/* What lies there under a name of ours is of a build that was killed, whose process number we
 * got. */
static int make_temporary(int folder, const char *name) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(folder, name, flags, 0666);
    if (fd < 0 && errno == EEXIST && unlinkat(folder, name, 0) == 0)
        fd = openat(folder, name, flags, 0666);
    return fd;
}

bool output_write(struct output *o, struct str path, struct str bytes, struct diags *d) {
    char name[256];
    int folder = locate(o, path, true, name);
    if (folder < 0)
        return fail(o, path, "cannot make its folder", d);
    if (may_be_there(o, folder, name) && holds(o, folder, name, bytes)) {
        o->unchanged++;
        return true;
    }
    if (folder == o->folder)
        o->names |= name_bit(name);
    int fd = make_temporary(folder, o->temporary);
    if (fd < 0)
        return fail(o, path, "cannot be written", d);
    struct stat st;
    bool good = str_write(fd, bytes) && fstat(fd, &st) == 0;
    int fault = errno;
    if (close(fd) != 0 && good) {
        good = false;
        fault = errno;
    }
    if (good && renameat(folder, o->temporary, folder, name) == 0) {
        o->written++;
        o->last_mtime_ns = mtime_of(&st);
        return true;
    }
    errno = good ? errno : fault;
    fail(o, path, "cannot be written", d);
    unlinkat(folder, o->temporary, 0);
    return false;
}

/* The files of a plugin, an article or a site: put together, then written, all or none. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content.h"
#include "fresh_parts.h"
#include "skeleton.h"
#include "utf8.h"

static void grow(struct fresh *f) {
    f->cap = f->cap ? f->cap * 2 : 16;
    struct fresh_file *files = ARENA_ARRAY(f->arena, struct fresh_file, f->cap);
    if (f->count)
        memcpy(files, f->files, f->count * sizeof *files);
    f->files = files;
}

void fresh_add(struct fresh *f, struct str path, struct str bytes) {
    if (f->count == f->cap)
        grow(f);
    struct fresh_file *file = &f->files[f->count++];
    *file = (struct fresh_file){.path = path, .bytes = bytes};
    file->is_shared = str_starts(path, STR(".")); // .gitignore, .luacheckrc …
}

static struct str fill(const struct fresh *f, struct str text) {
    const struct {
        struct str blank, value;
    } known[] = {{STR("NAME"), f->name}, {STR("TITLE"), f->title}, {STR("DATE"), f->date}};
    enum { KNOWN = sizeof known / sizeof *known };
    struct buf out = BUF_INIT;
    for (size_t at = 0; at < text.len;) {
        size_t i = 0;
        while (i < KNOWN && !str_starts(str_from(text, at), known[i].blank))
            i++;
        buf_put(&out, i < KNOWN ? known[i].value : str_slice(text, at, at + 1));
        at += i < KNOWN ? known[i].blank.len : 1;
    }
    struct str filled = arena_str(f->arena, buf_str(&out));
    buf_free(&out);
    return filled;
}

void fresh_add_skeleton(struct fresh *f, struct str kind) {
    for (size_t i = 0; i < skeleton_count; i++) {
        struct str path = str_of(skeleton_files[i].name), first;
        str_cut(&path, '/', &first);
        if (str_eq(first, kind))
            fresh_add(f, fill(f, path),
                      fill(f, (struct str){skeleton_files[i].source, skeleton_files[i].len}));
    }
}

static struct str place_of(const struct fresh *f, const struct fresh_file *file) {
    return content_join(f->arena, f->folder, file->path);
}

static bool refuse(struct fresh *f, struct str path, const char *why) {
    diag_error(f->diags, (struct place){.path = utf8_visible(f->arena, path)}, "output",
               "cannot be written: %s", why);
    return false;
}

static void say_taken(struct fresh *f, struct str path) {
    diag_error(f->diags, (struct place){.path = utf8_visible(f->arena, path)}, "exists",
               "this file is there already: nothing was written");
}

/* Of all files at once, so that one run tells them all. */
static bool is_any_taken(struct fresh *f) {
    struct stat st;
    bool taken = false;
    for (size_t i = 0; i < f->count; i++) {
        struct str path = place_of(f, &f->files[i]);
        if (f->files[i].is_shared || lstat(path.at, &st) != 0)
            continue;
        say_taken(f, path);
        taken = true;
    }
    return taken;
}

static bool make_folders(struct fresh *f, struct str path) {
    for (size_t i = 1; i < path.len; i++) {
        if (path.at[i] != '/' || path.at[i - 1] == '/')
            continue;
        struct str folder = arena_str(f->arena, str_slice(path, 0, i));
        if (mkdir(folder.at, 0777) != 0 && errno != EEXIST)
            return refuse(f, folder, strerror(errno));
    }
    return true;
}

static bool write_file(struct fresh *f, struct fresh_file *file) {
    struct str path = place_of(f, file);
    if (!make_folders(f, path))
        return false;
    int fd = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST && file->is_shared)
        return true;
    if (fd < 0)
        return refuse(f, path, strerror(errno));
    file->is_written = true;
    bool good = str_write(fd, file->bytes);
    int why = errno;
    if (close(fd) != 0 && good) {
        good = false;
        why = errno;
    }
    return good || refuse(f, path, strerror(why));
}

static void take_back(struct fresh *f) {
    for (size_t i = 0; i < f->count; i++)
        if (f->files[i].is_written)
            unlink(place_of(f, &f->files[i]).at);
}

int fresh_write(struct fresh *f, struct buf *report) {
    if (is_any_taken(f))
        return 1;
    for (size_t i = 0; i < f->count; i++)
        if (!write_file(f, &f->files[i])) {
            take_back(f);
            return 3;
        }
    for (size_t i = 0; i < f->count; i++) {
        struct str path = utf8_visible(f->arena, place_of(f, &f->files[i]));
        if (f->files[i].is_written)
            buf_printf(report, "wrote %.*s\n", STR_ARG(path));
    }
    return 0;
}

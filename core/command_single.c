/* `fascia export`, `import` and `show`: where what they make is written. */
#include "command_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content.h"
#include "output.h"
#include "single.h"
#include "taken.h"

/* A device or a pipe is written to; it must not be replaced. */
static bool write_special(const char *path, struct str bytes, struct diags *d) {
    int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    bool good = fd >= 0 && str_write(fd, bytes);
    if (!good)
        diag_error(d, (struct place){.path = str_of(path)}, "output", "cannot be written: %s",
                   strerror(errno));
    if (fd >= 0)
        close(fd);
    return good;
}

/* One file, through a temporary name like every output; a link stays, what it leads to is new. */
static bool write_file(struct str path, struct str bytes, struct diags *d) {
    char real[PATH_MAX];
    struct output o;
    struct stat st;
    if (stat(path.at, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return write_special(path.at, bytes, d);
    if (lstat(path.at, &st) == 0 && S_ISLNK(st.st_mode) && realpath(path.at, real))
        path = str_of(real);
    size_t slash = str_rfind_char(path, '/');
    struct str folder = slash < path.len ? str_slice(path, 0, slash ? slash : 1) : STR(".");
    struct str name = slash < path.len ? str_from(path, slash + 1) : path;
    if (name.len == 0 || name.len > 200) {
        diag_error(d, (struct place){.path = path}, "output", "this is no name for a file");
        return false;
    }
    bool good = output_open(&o, folder, folder, d) && output_write(&o, name, bytes, d);
    output_close(&o);
    return good;
}

static bool write_folder(const char *path, const struct single_result *r, struct diags *d) {
    struct output o;
    struct taken names = {.arena = d->arena};
    for (const struct single_output *one = r->first; one; one = one->next)
        if (taken_claim(&names, one->name, 1)) {
            diag_error(d, (struct place){.path = one->name}, "path-taken",
                       "two files would both become this one");
            return false;
        }
    bool good = output_open(&o, str_of(path), str_of(path), d);
    for (const struct single_output *one = r->first; good && one; one = one->next)
        good = output_write(&o, one->name, buf_str(&one->bytes), d);
    output_close(&o);
    return good;
}

/* To standard output, a file, or a folder when there are several or `out` is one. */
static bool deliver(const struct invocation *call, const struct single_result *r, size_t files,
                    struct diags *d) {
    const char *out = option_value(call, "out");
    if (!r->first)
        return true;
    if (out && (files > 1 || content_is_folder(out) || str_ends(str_of(out), STR("/"))))
        return write_folder(out, r, d);
    if (r->first->next)
        diag_warning(d, (struct place){0}, "one-of-several",
                     "there are more of these: only the first is written; -o DIR gets them all");
    if (out)
        return write_file(str_of(out), buf_str(&r->first->bytes), d);
    return command_write(buf_str(&r->first->bytes), d);
}

static int finish(const struct invocation *call, struct single_result *r, struct diags *d,
                  int status) {
    command_log(&r->log);
    message_print(d, call->messages);
    single_free(r);
    arena_free(d->arena);
    return status;
}

int command_export(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct single_result r;
    struct single_options options = {.site = option_str(call, "site"),
                                     .export = call->operands[0],
                                     .files = call->operands + 1,
                                     .file_count = call->operand_count - 1};
    if (options.file_count > 1 && !option_value(call, "out"))
        return command_wrong("several files need a folder: -o DIR for '%s'", call->operands[0].at);
    int status = single_export(&options, &r, &d);
    if (!deliver(call, &r, options.file_count, &d) && status == 0)
        status = d.last && str_eq(d.last->code, STR("path-taken")) ? 2 : 3;
    return finish(call, &r, &d, status);
}

/* What import and show make of their files. */
static int run_on_files(const struct invocation *call,
                        int (*run)(const struct single_options *o, struct single_result *r,
                                   struct diags *d)) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct single_result r;
    struct single_options options = {.site = option_str(call, "site"),
                                     .files = call->operands,
                                     .file_count = call->operand_count};
    int status = run(&options, &r, &d);
    if (!deliver(call, &r, 1, &d) && status == 0)
        status = 3;
    return finish(call, &r, &d, status);
}

int command_import(const struct invocation *call) {
    return run_on_files(call, single_import);
}

int command_show(const struct invocation *call) {
    return run_on_files(call, single_show);
}

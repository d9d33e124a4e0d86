#include "fresh.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "content.h"
#include "fresh_parts.h"
#include "moment.h"
#include "output.h"
#include "session.h"
#include "types.h"
#include "utf8.h"
#include "yaml.h"

enum { LARGEST_COPY = 4 << 20 };

/* A day of the calendar where the user is; of SOURCE_DATE_EPOCH, in UTC. */
static struct str today(struct arena *a) {
    int64_t seconds;
    struct tm local;
    if (!shelf_asked_time(&seconds)) {
        time_t now = time(NULL);
        seconds = (int64_t)now + (localtime_r(&now, &local) ? local.tm_gmtoff : 0);
    }
    return str_slice(moment_write_seconds(a, seconds), 0, 10);
}

/* As a YAML scalar, quoted where it must be. */
static struct str as_yaml(struct arena *a, struct str text) {
    const struct span nowhere = {0};
    struct str key = STR("k");
    struct value *value = value_string(a, text, nowhere);
    const struct value record = {.type = VALUE_RECORD, .keys = &key, .items = &value, .count = 1};
    struct buf out = BUF_INIT;
    yaml_write(&out, &record);
    struct str yaml = arena_str(a, str_trim(str_from(buf_str(&out), 2)));
    buf_free(&out);
    return yaml;
}

static struct fresh begin(struct str folder, struct diags *d) {
    return (struct fresh){.arena = d->arena, .diags = d, .folder = folder, .date = today(d->arena)};
}

/* What follows `--site` or a folder in the commands that are proposed; nothing for this folder. */
static struct str operand(struct fresh *f, const char *before) {
    if (f->folder.len == 0 || str_eq(f->folder, STR(".")))
        return STR("");
    return arena_printf(f->arena, "%s%.*s", before, STR_ARG(utf8_visible(f->arena, f->folder)));
}

/* Plugins */

static bool is_file(struct str path) {
    struct stat st;
    return stat(path.at, &st) == 0 && S_ISREG(st.st_mode);
}

static bool is_plugin(struct fresh *f, struct str plugins, struct str name) {
    struct arena *a = f->arena;
    return is_file(arena_printf(a, "%.*s/%.*s.lua", STR_ARG(plugins), STR_ARG(name))) ||
           is_file(arena_printf(a, "%.*s/%.*s/init.lua", STR_ARG(plugins), STR_ARG(name)));
}

/* A plugin may be a folder: then no file of ours is in its way, but its name is taken. */
static bool is_taken(struct fresh *f, struct str name) {
    struct str path = content_join(f->arena, f->folder,
                                   arena_printf(f->arena, "plugins/%.*s/init.lua", STR_ARG(name)));
    if (!is_file(path))
        return false;
    diag_error(f->diags, (struct place){.path = path}, "exists",
               "this plugin is there already: nothing was written");
    return true;
}

static bool is_of_plugin(struct str path, struct str name) {
    struct str rest = str_from(path, name.len);
    return str_starts(path, name) && (str_eq(rest, STR(".lua")) || str_starts(rest, STR("/")) ||
                                      str_eq(rest, STR("_test.lua")) ||
                                      str_starts(rest, STR("_test/")));
}

/* The built-in plugin of this name, with its test and what belongs to it alone. */
static bool add_copy(struct fresh *f, struct str built_in, struct str name) {
    struct content_list list = {0};
    struct buf bytes = BUF_INIT;
    bool good = content_find(&list, f->arena, built_in, built_in,
                             (struct content_filter){0}, 0, 0, f->diags);
    for (size_t i = 0; i < list.count && good; i++) {
        const struct content_file *file = &list.files[i];
        if (!is_of_plugin(file->path, name))
            continue;
        bytes.len = 0;
        good = content_read(&bytes, file->place, file->place, LARGEST_COPY, f->diags);
        fresh_add(f, content_join(f->arena, STR("plugins"), file->path),
                  arena_str(f->arena, buf_str(&bytes)));
    }
    buf_free(&bytes);
    return good;
}

/* False: it cannot be begun; one error. */
static bool add_plugin(struct fresh *f, const struct fresh_options *o, struct str built_in) {
    bool is_built_in = is_plugin(f, built_in, o->name);
    if (o->copies && is_built_in)
        return add_copy(f, built_in, o->name);
    if (!o->copies && !is_built_in) {
        fresh_add_skeleton(f, STR("plugin"));
        return true;
    }
    const char *why = is_built_in ? "'%.*s' is a built-in plugin: one of this name would replace it"
                                  : "there is no built-in plugin '%.*s' to copy";
    struct diag *e = diag_error(f->diags, (struct place){0}, "name", why, STR_ARG(o->name));
    diag_help(f->diags, e, is_built_in ? "--copy begins with a copy of it; or take another name"
                                       : "`fascia plugins` lists them");
    return false;
}

/* For editors, which .luarc.json sends there. This file is the program's own, and may be old. */
static bool write_types(struct fresh *f, struct buf *report) {
    struct str folder = content_join(f->arena, f->folder, STR(".fascia"));
    struct buf text = BUF_INIT;
    struct output o;
    types_lua(&text);
    bool good = output_open(&o, folder, folder, f->diags) &&
                output_write(&o, STR("types/fascia.lua"), buf_str(&text), f->diags);
    if (good && o.written)
        buf_printf(report, "wrote %.*s/types/fascia.lua\n",
                   STR_ARG(utf8_visible(f->arena, folder)));
    output_close(&o);
    buf_free(&text);
    return good;
}

static void say_plugin(struct fresh *f, const struct fresh_options *o, struct str built_in,
                       struct buf *report) {
    struct str site = operand(f, " --site ");
    buf_printf(report, "\nrun its test:       fascia test %.*s%.*s\n", STR_ARG(o->name),
               STR_ARG(site));
    if (!o->copies)
        buf_printf(report, "see what it makes:  fascia export %.*s.csv FILE%.*s\n",
                   STR_ARG(o->name), STR_ARG(site));
    buf_printf(report, "all that it may do: %.*s/README.md\n",
               STR_ARG(utf8_visible(f->arena, built_in)));
}

static int begin_plugin(struct fresh *f, const struct fresh_options *o, struct str built_in,
                        struct buf *report) {
    f->name = o->name;
    if (!fresh_check_plugin_name(f, o->name) || !add_plugin(f, o, built_in))
        return 2;
    if (is_taken(f, o->name))
        return 1;
    fresh_add_skeleton(f, STR("tools"));
    int status = fresh_write(f, report);
    if (status == 0 && !write_types(f, report))
        status = 3;
    if (status == 0)
        say_plugin(f, o, built_in, report);
    return status;
}

int fresh_plugin(const struct fresh_options *o, struct buf *report, struct diags *d) {
    struct session s;
    struct fresh f = begin(o->site, d);
    int status = 2;
    if (session_find(&s, o->site, d))
        status = begin_plugin(&f, o, session_built_in(&s), report);
    session_close(&s);
    return status;
}

/* Articles */

static int begin_article(struct fresh *f, const struct fresh_options *o, struct buf *report) {
    if (!fresh_take_article_name(f, o->name, &f->name))
        return 2;
    f->title = as_yaml(f->arena, f->title);
    fresh_add_skeleton(f, STR("article"));
    struct str file = content_join(f->arena, f->folder, f->files[0].path);
    int status = fresh_write(f, report);
    if (status == 0)
        buf_printf(report, "\nsee what is understood of it: fascia show %.*s\n",
                   STR_ARG(utf8_visible(f->arena, file)));
    return status;
}

int fresh_article(const struct fresh_options *o, struct buf *report, struct diags *d) {
    struct session s;
    struct fresh f = begin(o->site, d);
    int status = session_find(&s, o->site, d) ? begin_article(&f, o, report) : 2;
    session_close(&s);
    return status;
}

/* Sites */

int fresh_site(const struct fresh_options *o, struct buf *report, struct diags *d) {
    struct fresh f = begin(o->name, d);
    char real[PATH_MAX];
    if (o->name.len == 0) {
        diag_error(d, (struct place){0}, "name", "a site is a folder: its name is empty");
        return 2;
    }
    // "." and ".." have a name only once they are followed
    struct str folder = realpath(o->name.at, real) ? str_of(real) : o->name;
    f.title = as_yaml(d->arena, fresh_site_title(d->arena, folder));
    fresh_add_skeleton(&f, STR("site"));
    int status = fresh_write(&f, report);
    struct str site = operand(&f, " ");
    if (status == 0)
        buf_printf(report, "\nmake everything: fascia build%.*s\nand again as you edit: "
                           "fascia watch%.*s\n", STR_ARG(site), STR_ARG(site));
    return status;
}

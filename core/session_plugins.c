#include "session_plugins.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "utf8.h"
#include "wire.h"

enum { LARGEST_PLUGIN_FILE = 4 << 20 };

/* Finding */

/* The folder two above the program: of the sources, or where it was installed. Empty: unknown. */
static struct str program_prefix(struct session *s) {
    char program[4096];
    size_t len = sizeof program;
    if (uv_exepath(program, &len) != 0)
        return STR("");
    struct str path = {program, len};
    for (int up = 0; up < 2 && path.len; up++) {
        size_t slash = str_rfind_char(path, '/');
        path.len = slash < path.len ? slash : 0;
    }
    return arena_join(&s->arena, path, STR("/"));
}

/* FASCIA_PLUGINS, the installed folder, or the one beside the source. */
struct str session_built_in(struct session *s) {
    const char *asked = getenv("FASCIA_PLUGINS");
    if (asked && *asked)
        return arena_str(&s->arena, str_of(asked));
    struct str prefix = program_prefix(s);
    struct str installed = arena_join(&s->arena, prefix, STR("share/fascia/plugins"));
    struct str beside = arena_join(&s->arena, prefix, STR("plugins"));
    return content_is_folder(beside.at) && !content_is_folder(installed.at) ? beside : installed;
}

static bool any_file(const void *self, struct str name) {
    (void)self;
    return str_ends(name, STR(".lua")) || str_ends(name, STR(".html")) ||
           str_ends(name, STR(".css")) || str_ends(name, STR(".xml")) ||
           str_ends(name, STR(".txt")) || str_ends(name, STR(".json")) ||
           str_ends(name, STR(".svg")) || str_ends(name, STR(".js"));
}

/* "faq.lua" and "faq/init.lua" are the plugin faq; "faq_test.lua" is its test. */
static bool plugin_name(struct str file, struct str *name) {
    size_t slash = str_find_char(file, '/');
    if (slash < file.len) {
        *name = str_slice(file, 0, slash);
        return str_eq(str_from(file, slash + 1), STR("init.lua"));
    }
    if (!str_ends(file, STR(".lua")) || str_ends(file, STR("_test.lua")))
        return false;
    *name = str_slice(file, 0, file.len - 4);
    return true;
}

/* The fixtures of tests, "faq_test/tea.html", are nothing to plugins. */
static void leave_out_fixtures(struct content_list *list) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct str path = list->files[i].path;
        size_t slash = str_find_char(path, '/');
        if (slash == path.len || !str_ends(str_slice(path, 0, slash), STR("_test")))
            list->files[kept++] = list->files[i];
    }
    list->count = kept;
}

static bool has_plugin(const struct session *s, struct str name) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        if (str_eq(s->plugins[i].name, name))
            return true;
    return false;
}

static void add_plugins(struct session *s, const struct content_list *files, bool built_in) {
    for (size_t i = 0; i < files->count; i++) {
        struct str name;
        if (!plugin_name(files->files[i].path, &name) || has_plugin(s, name))
            continue;
        s->plugins[s->plugin_count++] = (struct known_plugin){.file = files->files[i].path,
                                                              .place = files->files[i].place,
                                                              .name = name,
                                                              .is_built_in = built_in};
    }
}

static void join_lists(struct session *s, const struct content_list *own,
                       const struct content_list *built_in) {
    size_t count = own->count + built_in->count;
    struct content_file *files = ARENA_ARRAY(&s->config, struct content_file, count);
    if (own->count)
        memcpy(files, own->files, own->count * sizeof *files);
    if (built_in->count)
        memcpy(files + own->count, built_in->files, built_in->count * sizeof *files);
    s->plugin_files = (struct content_list){files, count};
    s->own_file_count = own->count;
}

static void read_files(struct session *s) {
    size_t count = s->plugin_files.count;
    struct buf bytes = BUF_INIT;
    s->plugin_bytes = ARENA_ARRAY(&s->config, struct str, count);
    s->plugin_hashes = ARENA_ARRAY(&s->config, uint64_t, count);
    for (size_t i = 0; i < count; i++) {
        const struct content_file *f = &s->plugin_files.files[i];
        bytes.len = 0;
        if (!content_read(&bytes, f->place, f->place, LARGEST_PLUGIN_FILE, s->diags))
            continue; // as if it were not there: whoever needs it fails, and keeps what it made
        s->plugin_bytes[i] = arena_str(&s->config, buf_str(&bytes));
        s->plugin_hashes[i] = hash_str(buf_str(&bytes)) | 1;
    }
    buf_free(&bytes);
}

uint64_t session_file_hash(const struct session *s, struct str name) {
    for (size_t i = 0; i < s->plugin_files.count; i++)
        if (str_eq(s->plugin_files.files[i].path, name))
            return s->plugin_hashes[i];
    return 0;
}

bool plugins_find(struct session *s) {
    const struct content_filter files = {.is_wanted = any_file};
    struct content_list own = {0}, built_in = {0};
    struct str folder = content_join(&s->config, s->site, STR("plugins"));
    struct str shared = session_built_in(s);
    if (s->has_site && content_is_folder(folder.at))
        content_find(&own, &s->config, folder, folder, files, 0, 0, s->diags);
    if (!content_find(&built_in, &s->config, shared, shared, files, 0, 0, s->diags)) {
        struct diag *e = diag_error(s->diags, (struct place){.path = shared}, "no-plugins",
                                    "the built-in plugins are not there");
        diag_help(s->diags, e, "FASCIA_PLUGINS names their folder");
        return false;
    }
    leave_out_fixtures(&own);
    leave_out_fixtures(&built_in);
    join_lists(s, &own, &built_in);
    read_files(s);
    s->plugins = ARENA_ARRAY(&s->config, struct known_plugin, own.count + built_in.count);
    add_plugins(s, &own, false);
    add_plugins(s, &built_in, true);
    return true;
}

/* Loading */

void plugins_load(struct session *s) {
    for (uint32_t i = 0; i < s->plugin_count; i++) {
        s->plugins[i].load = (struct unit){.kind = UNIT_PLUGIN, .plugin = i};
        pool_add_setup(s->pool, &s->plugins[i].load);
    }
}

/* No built-in file takes the place of a site's own that cannot be read. */
static bool is_readable(const struct session *s, size_t file) {
    struct str name = s->plugin_files.files[file].path;
    for (size_t i = 0; i <= file; i++)
        if (str_eq(s->plugin_files.files[i].path, name) && !s->plugin_bytes[i].at)
            return false;
    return true;
}

/* A worker has no files: it gets every file of the plugins folders at once. */
bool plugins_write_bundle(struct session *s, struct buf *request) {
    uint32_t readable = 0;
    for (size_t i = 0; i < s->plugin_files.count; i++)
        readable += is_readable(s, i);
    wire_put_u32(request, readable);
    for (size_t i = 0; i < s->plugin_files.count; i++) {
        if (!is_readable(s, i))
            continue;
        wire_put_str(request, s->plugin_files.files[i].path);
        wire_put_str(request, s->plugin_files.files[i].place);
        wire_put_str(request, s->plugin_bytes[i]);
    }
    wire_put_u32(request, s->plugin_count);
    return true;
}

bool plugins_write_load(struct session *s, uint32_t plugin, struct buf *request) {
    wire_put_u32(request, UNIT_PLUGIN);
    wire_put_u32(request, plugin);
    wire_put_str(request, s->plugins[plugin].file);
    wire_put_str(request, s->plugins[plugin].place);
    return true;
}

static struct str take_str(struct session *s, struct wire *in) {
    return utf8_visible(&s->config, wire_str(in));
}

static void add_export(struct session *s, const struct known_export *e) {
    s->exports = ARENA_MORE(&s->config, s->exports, s->export_count);
    s->exports[s->export_count++] = *e;
}

static bool take_checks(struct session *s, struct known_plugin *p, struct wire *in) {
    p->check_count = wire_u32(in);
    if (in->bad || p->check_count > MOST_EXPORTS)
        return false;
    p->checks = ARENA_ARRAY(&s->config, struct known_check, p->check_count);
    for (uint32_t i = 0; i < p->check_count; i++) {
        struct known_check *c = &p->checks[i];
        c->code = take_str(s, in);
        uint32_t each = wire_u32(in), severity = wire_u32(in);
        c->summary = take_str(s, in);
        c->explain = wire_lines(in, &s->config);
        if (in->bad || each > EACH_SITE || severity > SEVERITY_OFF ||
            !site_is_export_name(c->code))
            return false;
        c->each = (enum each)each;
        c->severity = (enum severity)severity;
    }
    return true;
}

static bool take_description(struct session *s, uint32_t plugin, struct str bytes) {
    struct wire in = {.rest = bytes};
    struct known_plugin *p = &s->plugins[plugin];
    take_str(s, &in); // its name, which the file told already
    p->summary = take_str(s, &in);
    uint32_t exports = wire_u32(&in);
    if (exports > MOST_EXPORTS)
        return false;
    for (uint32_t i = 0; i < exports && !in.bad; i++) {
        struct known_export e = {.plugin = plugin, .number = i};
        e.name = take_str(s, &in);
        e.each = wire_u32(&in);
        e.list = take_str(s, &in);
        e.path = take_str(s, &in);
        e.conditional = wire_u32(&in);
        e.summary = take_str(s, &in);
        if (in.bad || e.each > EACH_FUNCTION || !site_is_export_name(e.name))
            return false;
        add_export(s, &e);
    }
    return take_checks(s, p, &in) && readers_take(s, p, &in);
}

/* Every worker loads every plugin; only the first one's word is taken. */
void plugins_take_load(struct session *s, struct unit *u, enum pool_end end, const char *why,
                       const struct answer *answer) {
    struct known_plugin *p = &s->plugins[u->plugin];
    struct place at = {.path = p->place};
    if (p->is_described || p->is_broken) {
        if (pool_was_lost(end))
            pool_drop_setup(s->pool, u);
        return;
    }
    uint32_t exports = s->export_count;
    session_take_diags(s, answer);
    struct str said = buf_str(&answer->record[RECORD_PLUGIN]);
    if (end == POOL_MADE && take_description(s, u->plugin, said)) {
        p->is_described = true;
        return;
    }
    p->is_broken = true;
    p->check_count = p->reader_count = 0; // some may have been taken
    s->export_count = exports;
    pool_drop_setup(s->pool, u);
    if (end == POOL_MADE)
        diag_error(s->diags, at, "protocol", "a worker described this plugin in a way that makes "
                                             "no sense");
    else if (end != POOL_FAILED)
        session_report_death(s, at, "loading this plugin", end, why, answer);
}

/* Gathering */

static int compare_exports(const void *p, const void *q) {
    const struct known_export *a = p, *b = q;
    int order = str_compare(a->name, b->name);
    return order ? order : (a->plugin > b->plugin) - (a->plugin < b->plugin);
}

/* `first` makes it. What is to be mended is the site's own, not what comes with fascia. */
static void say_twice(struct session *s, const struct known_plugin *first,
                      const struct known_plugin *second, struct str name) {
    bool replaces = second->is_built_in && !first->is_built_in;
    struct place at = {.path = replaces ? first->place : second->place};
    const struct known_plugin *other = replaces ? second : first;
    struct diag *said =
        diag_error(s->diags, at, "export-twice", "export '%.*s' is made by %.*s %s", STR_ARG(name),
                   STR_ARG(other->place), replaces ? "too" : "already");
    if (replaces)
        diag_help(s->diags, said, "give it another name, or its plugin the name '%.*s', to replace "
                                  "the built-in one", STR_ARG(other->name));
    else
        diag_help(s->diags, said, "give one of them another name");
}

void plugins_gather(struct session *s) {
    uint32_t kept = 0;
    if (s->export_count)
        qsort(s->exports, s->export_count, sizeof *s->exports, compare_exports);
    for (uint32_t i = 0; i < s->export_count; i++) {
        struct known_export *e = &s->exports[i], *last = kept ? &s->exports[kept - 1] : NULL;
        if (!last || !str_eq(last->name, e->name)) {
            s->exports[kept++] = *e;
            continue;
        }
        say_twice(s, &s->plugins[last->plugin], &s->plugins[e->plugin], e->name);
    }
    s->export_count = kept;
    if (s->needs_plugins)
        plugins_judge(s);
    readers_gather(s);
}

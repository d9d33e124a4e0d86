/* Which files each plugin has asked for, as its code or as a template of an export, and whether
 * they are what they were. */
#include "build_parts.h"
#include "wire.h"

static struct plugin_code *find_code(struct plugin_code *p, struct str plugin) {
    while (p && !str_eq(p->name, plugin))
        p = p->next;
    return p;
}

struct plugin_code *build_code(struct build *b, struct str plugin) {
    return find_code(b->kept.plugins, plugin);
}

const struct plugin_code *build_last_code(struct build *b, struct str plugin) {
    return find_code(b->verify ? build_recalled_plugins(b) : b->kept.plugins, plugin);
}

/* The export that the plugin calls by this number; empty: none. */
static struct str export_named(const struct session *s, uint32_t plugin, uint32_t number) {
    for (uint32_t i = 0; number != NO_EXPORT && i < s->export_count; i++) {
        const struct known_export *e = &s->exports[i];
        if (e->plugin == plugin && e->number == number && !e->is_check)
            return e->name;
    }
    return STR("");
}

static struct used_file *find_file(struct plugin_code *p, struct str name, struct str export) {
    struct used_file *f = p->files;
    while (f && !(str_eq(f->name, name) && str_eq(f->export, export)))
        f = f->next;
    return f;
}

static struct plugin_code *add_code(struct build *b, struct str plugin) {
    struct plugin_code *p = ARENA_NEW(&b->graph.arena, struct plugin_code);
    *p = (struct plugin_code){.name = arena_str(&b->graph.arena, plugin),
                              .next = b->kept.plugins};
    b->kept.plugins = p;
    return p;
}

/* As RECORD_FILES has them. */
static size_t count_bytes(const struct plugin_code *p) {
    size_t bytes = 0;
    for (const struct used_file *f = p->files; f; f = f->next)
        bytes += 2 * sizeof(uint32_t) + f->name.len;
    return bytes;
}

static void add_file(struct build *b, struct plugin_code *p, struct str name, struct str export,
                     uint64_t hash) {
    struct arena *a = &b->graph.arena;
    struct used_file *f = ARENA_NEW(a, struct used_file);
    *f = (struct used_file){arena_str(a, name), arena_str(a, export), hash, p->files, true, true};
    p->files = f;
}

/* No plugin comes near MOST_BYTES without a worker that makes names up. */
void build_note_files(struct build *b, uint32_t plugin, struct str names) {
    enum { MOST_BYTES = 2 * FILES_BYTES };
    struct wire in = {.rest = names};
    struct str name = b->session.plugins[plugin].name;
    struct plugin_code *p = build_code(b, name);
    bool was_loaded = p && !b->session.plugins[plugin].is_described;
    if (!p)
        p = add_code(b, name);
    size_t bytes = count_bytes(p);
    while (in.rest.len && bytes < MOST_BYTES) {
        struct str export = export_named(&b->session, plugin, wire_u32(&in));
        struct str file = wire_str(&in);
        struct used_file *f = in.bad ? NULL : find_file(p, file, export);
        if (in.bad)
            return;
        if (f) {
            f->is_seen = true;
            continue;
        }
        uint64_t hash = session_file_hash(&b->session, file);
        // loaded otherwise than the last time: it has changed
        add_file(b, p, file, export, was_loaded && !export.len ? ~hash : hash);
        bytes += 2 * sizeof(uint32_t) + file.len;
    }
}

static bool is_broken_plugin(const struct session *s, struct str name) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        if (s->plugins[i].is_broken && str_eq(s->plugins[i].name, name))
            return true;
    return false;
}

static void keep_names(struct build *b, struct str *kept, struct buf *names) {
    if (!str_eq(*kept, buf_str(names)))
        *kept = arena_str(&b->graph.arena, buf_str(names));
    names->len = 0;
}

/* Which exports each plugin makes and what it reads: for who asks without loading plugins. */
static void note_exports(struct build *b) {
    struct session *s = &b->session;
    struct buf names = BUF_INIT;
    for (struct plugin_code *p = b->kept.plugins; p; p = p->next) {
        if (is_broken_plugin(s, p->name))
            continue; // what it made when it last worked is still known
        for (uint32_t i = 0; i < s->export_count; i++)
            if (str_eq(s->plugins[s->exports[i].plugin].name, p->name))
                wire_put_str(&names, s->exports[i].name);
        keep_names(b, &p->exports, &names);
        for (uint32_t i = 0; i < s->reader_count; i++)
            if (str_eq(s->plugins[s->readers[i].plugin].name, p->name))
                wire_put_str(&names, s->readers[i].ending);
        keep_names(b, &p->readers, &names);
    }
    buf_free(&names);
}

static bool has_template_changed(const struct build *b, struct str export) {
    for (uint32_t i = 0; i < b->export_count; i++)
        if (str_eq(b->graph.exports[i], export))
            return b->template_changed[i].len > 0;
    return false;
}

/* All of a changed plugin, or of an export with a changed template, has run: what it did not ask
 * for this time it needs no more. */
static void forget_unused(const struct build *b, struct plugin_code *p, bool all) {
    struct used_file **at = &p->files;
    while (*at)
        if ((*at)->is_seen || !(all || has_template_changed(b, (*at)->export)))
            at = &(*at)->next;
        else
            *at = (*at)->next;
}

/* Of a plugin that cannot be loaded for the moment nothing has run: what it used is what it used
 * when it last could. */
static void forget_new(struct plugin_code *p) {
    struct used_file **at = &p->files;
    while (*at)
        if ((*at)->is_new)
            *at = (*at)->next;
        else
            at = &(*at)->next;
}

static void settle_plugin(struct build *b, uint32_t plugin) {
    struct session *s = &b->session;
    struct plugin_code *p = build_code(b, s->plugins[plugin].name);
    if (!p)
        return;
    if (s->plugins[plugin].is_broken) {
        forget_new(p);
        return;
    }
    forget_unused(b, p, b->plugin_changed[plugin]);
    for (struct used_file *f = p->files; f; f = f->next)
        f->hash = session_file_hash(s, f->name);
}

void build_settle_files(struct build *b) {
    struct session *s = &b->session;
    if (!b->settings_changed)
        return; // plugins are loaded anew with the settings only
    note_exports(b);
    for (uint32_t i = 0; i < s->plugin_count; i++)
        settle_plugin(b, i);
}

/* Before the plugins are loaded. */
void build_unsee_files(struct build *b) {
    for (struct plugin_code *p = b->kept.plugins; p; p = p->next)
        for (struct used_file *f = p->files; f; f = f->next)
            f->is_seen = f->is_new = false;
}

bool build_plugin_differs(struct build *b, uint32_t plugin) {
    const struct plugin_code *p = build_code(b, b->session.plugins[plugin].name);
    for (const struct used_file *f = p ? p->files : NULL; f; f = f->next)
        if (!f->export.len && session_file_hash(&b->session, f->name) != f->hash)
            return true;
    return !p;
}

/* The first template that differs of those that the export's renderings have run. */
static struct str changed_template(struct build *b, uint32_t export) {
    const struct known_export *e = b->exports[export];
    const struct plugin_code *p = e ? build_code(b, b->session.plugins[e->plugin].name) : NULL;
    for (const struct used_file *f = p ? p->files : NULL; f; f = f->next)
        if (str_eq(f->export, e->name) && session_file_hash(&b->session, f->name) != f->hash)
            return f->name;
    return STR("");
}

void build_find_changed_plugins(struct build *b) {
    struct session *s = &b->session;
    b->plugin_changed = ARENA_ARRAY(&s->update, bool, s->plugin_count + 1);
    for (uint32_t i = 0; b->settings_changed && i < s->plugin_count; i++)
        b->plugin_changed[i] = build_plugin_differs(b, i);
    b->template_changed = ARENA_ARRAY(&s->update, struct str, b->export_count + 1);
    for (uint32_t i = 0; b->settings_changed && i < b->export_count; i++)
        b->template_changed[i] = changed_template(b, i);
}

/* The session's readers: which plugin reads files of which ending. */
#include "session_plugins.h"

#include "site.h"

/* What a plugin said of itself may be anything. */
bool readers_take(struct session *s, struct known_plugin *p, struct wire *in) {
    p->reader_count = wire_u32(in);
    if (in->bad || p->reader_count > MOST_EXPORTS)
        return false;
    p->readers = ARENA_ARRAY(&s->config, struct str, p->reader_count);
    for (uint32_t i = 0; i < p->reader_count; i++) {
        p->readers[i] = arena_str(&s->config, wire_str(in));
        if (in->bad || !site_is_ending(p->readers[i]) || site_reads(p->readers[i]))
            return false;
    }
    return true;
}

static const struct known_reader *find(const struct session *s, struct str ending) {
    for (uint32_t i = 0; i < s->reader_count; i++)
        if (str_eq(s->readers[i].ending, ending))
            return &s->readers[i];
    return NULL;
}

static void add(struct session *s, uint32_t plugin, struct str ending) {
    s->readers = ARENA_MORE(&s->config, s->readers, s->reader_count);
    s->readers[s->reader_count++] = (struct known_reader){.ending = ending, .plugin = plugin};
}

static void add_own(struct session *s, uint32_t plugin, struct str ending) {
    const struct known_reader *first = find(s, ending);
    struct place at = {.path = s->plugins[plugin].place};
    if (first)
        diag_error(s->diags, at, "reader-twice", "%.*s files are read by %.*s already",
                   STR_ARG(ending), STR_ARG(s->plugins[first->plugin].place));
    else if (content_is_foreign(arena_join(&s->config, STR("x"), ending)))
        diag_error(s->diags, at, "reader-foreign", "%.*s files are passed over: editors and tools "
                   "keep such beside what they edit", STR_ARG(ending));
    else
        add(s, plugin, ending);
}

void session_keep_reader(struct session *s, uint32_t plugin, struct str ending) {
    if (!find(s, ending))
        add(s, plugin, arena_str(&s->config, ending));
}

static bool same_endings(const struct session *s) {
    if (s->reader_count != s->endings.count)
        return false;
    for (uint32_t i = 0; i < s->reader_count; i++)
        if (!str_eq(s->readers[i].ending, s->endings.at[i]))
            return false;
    return true;
}

/* For the whole run: a watcher asks at any time. */
void session_set_endings(struct session *s) {
    if (same_endings(s))
        return;
    struct str *endings = ARENA_ARRAY(&s->arena, struct str, s->reader_count);
    for (uint32_t i = 0; i < s->reader_count; i++)
        endings[i] = arena_str(&s->arena, s->readers[i].ending);
    s->endings = (struct content_endings){endings, s->reader_count};
}

void readers_gather(struct session *s) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        for (uint32_t k = 0; k < s->plugins[i].reader_count; k++)
            add_own(s, i, s->plugins[i].readers[k]);
}

const struct known_reader *session_reader(const struct session *s, struct str path) {
    const struct known_reader *best = NULL;
    for (uint32_t i = 0; i < s->reader_count; i++)
        if (str_ends(path, s->readers[i].ending) &&
            (!best || s->readers[i].ending.len > best->ending.len))
            best = &s->readers[i];
    return best;
}

/* Content files that plugins read: which, whether the way they are read has changed, and which
 * plugins are asked no more. Fascia's own readers change with the program alone, and then there is
 * no state of an earlier build. */
#include "build_parts.h"
#include "hash.h"
#include "wire.h"

enum { MOST_FAILURES = 3 };

/* What its options in site.yaml say, and who it is; its code is asked about apart. */
static uint64_t hash_reader(const struct build *b, const struct known_reader *r) {
    const struct session *s = &b->session;
    struct str name = s->plugins[r->plugin].name;
    struct node options = node_get(node_get(s->settings.root, STR("plugins")), name);
    uint64_t parts[] = {b->reading_hash, hash_str(name), options.slot ? node_hash(options) : 0};
    return hash_bytes(parts, sizeof parts, 0) | 1;
}

uint64_t build_reading_hash(const struct build *b, struct str path) {
    const struct known_reader *r = session_reader(&b->session, path);
    return r ? r->hash : b->reading_hash;
}

/* A plugin that cannot be loaded for the moment still reads what it read: its articles stay as they
 * are. */
static void keep_broken(struct build *b, uint32_t plugin, const struct plugin_code *code) {
    struct session *s = &b->session;
    struct wire endings = {.rest = code->readers};
    while (endings.rest.len && !endings.bad) {
        struct str ending = wire_str(&endings);
        if (!endings.bad && site_is_ending(ending))
            session_keep_reader(s, plugin, ending);
    }
}

void build_know_readers(struct build *b) {
    struct session *s = &b->session;
    bool had_readers = s->endings.count > 0;
    for (uint32_t i = 0; i < s->plugin_count; i++) {
        const struct plugin_code *code = s->plugins[i].is_broken
                                             ? build_last_code(b, s->plugins[i].name) : NULL;
        if (code)
            keep_broken(b, i, code);
    }
    session_set_endings(s);
    for (uint32_t i = 0; i < s->reader_count; i++) {
        s->readers[i].hash = hash_reader(b, &s->readers[i]);
        s->readers[i].has_changed = build_plugin_differs(b, s->readers[i].plugin);
    }
    if (had_readers || s->reader_count)
        b->looks_everywhere = true; // other files may be articles now
}

bool build_must_reread(const struct build *b, struct str path) {
    const struct known_reader *r = session_reader(&b->session, path);
    return r && r->has_changed && b->settings_changed;
}

bool build_can_read(const struct build *b, struct str path) {
    const struct known_reader *r = session_reader(&b->session, path);
    return !r || !b->session.plugins[r->plugin].is_broken;
}

/* One that fails on three files in a row would cost a deadline for each of the others. It is asked
 * again by the next build, and while watching when a file changes. */

static struct known_reader *reader_of(struct build *b, const struct unit *u) {
    return (struct known_reader *)session_reader(&b->session,
                                                 b->graph.articles[u->article]->path.s);
}

void build_note_reading(struct build *b, const struct unit *u, enum pool_end end) {
    struct known_reader *r = reader_of(b, u);
    if (!r || end == POOL_DAMAGED)
        return;
    r->failed_in_row = end == POOL_MADE || end == POOL_SKIPPED ? 0 : r->failed_in_row + 1;
    if (r->failed_in_row >= MOST_FAILURES)
        r->given_up_round = b->round;
}

bool build_passes_over(struct build *b, const struct unit *u) {
    struct known_reader *r = reader_of(b, u);
    if (!r || r->given_up_round != b->round)
        return false;
    r->passed_over++;
    return true;
}

void build_report_unread(struct build *b) {
    for (uint32_t i = 0; i < b->session.reader_count; i++) {
        struct known_reader *r = &b->session.readers[i];
        const struct known_plugin *p = &b->session.plugins[r->plugin];
        if (r->passed_over)
            diag_error(b->session.diags, (struct place){.path = p->place}, "plugin-given-up",
                       "'%.*s' failed on %d files in a row and reads no more in this build: %u "
                       "%.*s files were left as they were", STR_ARG(p->name), MOST_FAILURES,
                       r->passed_over, STR_ARG(r->ending));
        r->passed_over = 0;
    }
}

/* A message for a file over which the worker was lost: at the plugin, and at the file. */
void build_report_reading(struct build *b, const struct unit *u, enum pool_end end,
                          const char *why, const struct answer *answer) {
    struct session *s = &b->session;
    const struct known_reader *r = reader_of(b, u);
    struct place file = {.path = build_place(b, b->graph.articles[u->article]->path.s)};
    if (!r) {
        session_report_death(s, file, "reading this file", end, why, answer);
        return;
    }
    struct str what = arena_printf(&s->update, "reader '%.*s' of %.*s", STR_ARG(r->ending),
                                   STR_ARG(file.path));
    struct place plugin = {.path = s->plugins[r->plugin].place};
    session_report_death(s, plugin, what.at, end, why, answer);
    file.line = file.col = 1;
    diag_relate(s->diags, s->diags->last, file, "while it was reading this file");
}

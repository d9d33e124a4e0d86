#include "trace.h"

#include "session.h"
#include "wire.h"

struct tracing {
    struct session session;
    const struct left *left;
    const struct rendering *rendering;
    const struct known_export *export;
    struct arena *arena;
    struct trace found;
};

static bool write_unit(void *client, struct unit *u, struct buf *request) {
    struct tracing *t = client;
    if (u->kind == UNIT_SITE)
        return session_write_site(&t->session, t->left->kept.now, request);
    wire_put_u32(request, u->kind);
    wire_put_u32(request, t->export->plugin);
    wire_put_u32(request, t->export->number);
    wire_put_u32(request, t->rendering->article);
    wire_put_u32(request, t->rendering->item);
    wire_put_str(request, graph_key(t->rendering));
    wire_put_str(request, t->rendering->of ? t->rendering->of->value.s : STR(""));
    return true;
}

static void take_lines(struct tracing *t, struct wire in) {
    while (in.rest.len && !in.bad) {
        struct traced *one = ARENA_NEW(t->arena, struct traced);
        one->article = wire_u32(&in);
        uint32_t mark = wire_u32(&in);
        one->slot = mark & ~(uint32_t)READ_KINDS;
        one->kinds = mark & READ_KINDS;
        one->by.path = arena_str(t->arena, wire_str(&in));
        one->by.line = wire_u32(&in);
        one->next = t->found.first;
        if (!in.bad)
            t->found.first = one;
    }
}

static void unit_done(void *client, struct unit *u, enum pool_end end, const char *why,
                      struct answer *answer) {
    struct tracing *t = client;
    (void)why;
    if (u->kind == UNIT_TRACE && end <= POOL_SKIPPED)
        take_lines(t, (struct wire){.rest = buf_str(&answer->record[RECORD_LINES])});
}

static void run(struct tracing *t) {
    struct session *s = &t->session;
    struct str name = t->left->graph.exports[t->rendering->export];
    session_choose_from_settings(s);
    t->export = session_export(s, name);
    if (!t->export)
        return;
    t->found.plugin = arena_str(t->arena, s->plugins[t->export->plugin].name);
    t->found.place = arena_str(t->arena, s->plugins[t->export->plugin].place);
    if (t->rendering->is_count || !shelf_fill(&s->shelf, &t->left->graph))
        return;
    struct unit unit = {.kind = UNIT_TRACE, .plugin = t->export->plugin};
    session_show_site(s);
    pool_add(s->pool, &unit);
    session_run(s);
}

struct trace trace_rendering(struct arena *a, struct str site, const struct left *left,
                             const struct rendering *r) {
    struct arena scratch = ARENA_INIT;
    struct diags ignored = {.arena = &scratch};
    struct tracing t = {.left = left, .rendering = r, .arena = a};
    struct session_options how = {.site = site, .workers = 1, .needs_plugins = true,
                                  .images = left->store.images};
    int status;
    if (session_find(&t.session, site, &ignored)) {
        t.session.client = &t;
        t.session.write = write_unit;
        t.session.done = unit_done;
        if (session_start(&t.session, &how, &status))
            run(&t);
    }
    session_close(&t.session);
    arena_free(&scratch);
    return t.found;
}

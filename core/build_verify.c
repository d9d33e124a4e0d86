/* Verifying: a dry build of everything, compared with the output folder and with what the last
 * build left. */
#include <unistd.h>

#include "build_parts.h"
#include "hash.h"

enum { ALONE_MOST = 8 /* renderings of an export that are tried alone */ };

/* What the last build left. */
struct before {
    struct arena arena;
    struct store store;
    struct graph graph;
    struct kept kept;
};

struct verify {
    struct build build;
    struct before before;
    const struct build_verifying *events;
    struct build_result *result;
    struct str changed;   /* something that changed since the last build, or empty */
    struct str impure;    /* a plugin that reads a file otherwise each time, or empty */
    unsigned char *tried; /* by the graph's exports: how often alone */
    bool *keeps_state;    /* by the session's plugins */
};

/* What the last build left */

/* The renderings of what cannot be read now stand, and so do those that read it. */
void build_recall(struct build *b) {
    for (uint32_t i = 0; i < b->graph.article_count; i++) {
        struct article_node *a = b->graph.articles[i];
        const struct before *before = &b->verify->before;
        struct image image;
        uint32_t old;
        if (!a->has_failed || !graph_find(&before->graph, a->path.s, &old) ||
            !before->graph.articles[old]->image_len ||
            !store_get_image(&before->store, before->graph.articles[old], &b->session.update,
                             &image))
            continue;
        build_take_image(b, i, (struct str){(const char *)image.at, image.len});
        a->has_failed = true;
    }
}

struct plugin_code *build_recalled_plugins(const struct build *b) {
    return b->verify->before.kept.plugins;
}

/* The rendering of `g` that makes the same as one of another graph, or NULL. */
static const struct rendering *counterpart(const struct graph *g, const struct rendering *other,
                                           const struct graph *of) {
    struct str name = of->exports[other->export];
    uint32_t article, export = 0;
    while (export < g->export_count && !str_eq(g->exports[export], name))
        export++;
    if (other->article == NO_ARTICLE)
        return graph_find_site_rendering(g, export, graph_key(other), other->is_count);
    if (!graph_find(g, of->articles[other->article]->path.s, &article))
        return NULL;
    return graph_find_rendering(g, export, article, other->item, other->is_count);
}

/* What changed since */

static bool article_changed(struct verify *v, uint32_t article) {
    const struct article_node *is = v->build.graph.articles[article];
    uint32_t old;
    return !graph_find(&v->before.graph, is->path.s, &old) ||
           v->before.graph.articles[old]->bytes_hash != is->bytes_hash;
}

static bool plugin_changed(struct verify *v, struct str plugin, struct str export) {
    const struct plugin_code *p = v->before.kept.plugins;
    while (p && !str_eq(p->name, plugin))
        p = p->next;
    for (const struct used_file *f = p ? p->files : NULL; f; f = f->next)
        if ((!f->export.len || str_eq(f->export, export)) &&
            session_file_hash(&v->build.session, f->name) != f->hash)
            return true;
    return !p;
}

static bool settings_changed(const struct verify *v) {
    const struct image *is = &v->build.session.settings_image;
    return !str_eq(v->before.kept.settings.s, (struct str){(const char *)is->at, is->len});
}

static bool is_gone(struct verify *v, const struct article_node *old) {
    uint32_t now;
    return old->is_there && (!graph_find(&v->build.graph, old->path.s, &now) ||
                             !v->build.graph.articles[now]->is_there);
}

/* Anything at all, for renderings that look further than their own article. */
static struct str find_change(struct verify *v) {
    struct build *b = &v->build;
    if (settings_changed(v))
        return build_place(b, STR("site.yaml"));
    for (uint32_t i = 0; i < b->graph.article_count; i++)
        if (article_changed(v, i))
            return build_place(b, b->graph.articles[i]->path.s);
    for (uint32_t i = 0; i < v->before.graph.article_count; i++)
        if (is_gone(v, v->before.graph.articles[i]))
            return build_place(b, v->before.graph.articles[i]->path.s);
    if (!str_eq(v->before.kept.now, b->now))
        return STR("site.now");
    return STR("");
}

static struct str find_cause(struct verify *v, const struct rendering *r) {
    struct build *b = &v->build;
    const struct known_plugin *p = &b->session.plugins[build_export(b, r->export)->plugin];
    if (r->article != NO_ARTICLE && article_changed(v, r->article))
        return build_place(b, b->graph.articles[r->article]->path.s);
    struct str export = b->graph.exports[r->export];
    return plugin_changed(v, p->name, export) ? p->place : v->changed;
}

/* Whether a plugin made another article of the same file. */
static bool reads_otherwise(struct verify *v, uint32_t article, const struct known_reader *r) {
    struct build *b = &v->build;
    const struct article_node *is = b->graph.articles[article], *was;
    struct image old, new;
    uint32_t number;
    if (article_changed(v, article) ||
        plugin_changed(v, b->session.plugins[r->plugin].name, STR("")) ||
        !graph_find(&v->before.graph, is->path.s, &number))
        return false;
    was = v->before.graph.articles[number];
    return was->reading_hash == is->reading_hash && was->image_len && is->image_len &&
           store_get_image(&v->before.store, was, &b->session.update, &old) &&
           store_get_image(&b->store, is, &b->session.update, &new) &&
           !node_equal(image_root(&old), image_root(&new));
}

static struct str find_impure(struct verify *v) {
    struct build *b = &v->build;
    for (uint32_t i = 0; i < b->graph.article_count && b->session.reader_count; i++) {
        const struct known_reader *r = session_reader(&b->session, b->graph.articles[i]->path.s);
        if (r && reads_otherwise(v, i, r))
            return b->session.plugins[r->plugin].place;
    }
    return STR("");
}

/* Alone, in a fresh worker, twice: who gives other bytes then keeps something in between. */

struct alone {
    struct unit unit; /* the first member: the pool gives it back */
    uint64_t bytes_hash;
    bool is_made;
};

static void take_alone(void *client, struct unit *u, enum pool_end end, const char *why,
                       struct answer *answer) {
    struct alone *one = (struct alone *)(void *)u;
    (void)client, (void)why;
    if (u->kind != UNIT_RENDER)
        return;
    one->is_made = end == POOL_MADE;
    one->bytes_hash = hash_str(buf_str(&answer->record[RECORD_BYTES]));
}

static bool differs_alone(struct verify *v, struct rendering *r) {
    struct build *b = &v->build;
    struct session *s = &b->session;
    size_t printed = s->log.len;
    bool same = true;
    pool_restart(s->pool);
    s->done = take_alone;
    for (int i = 0; i < 2 && same; i++) {
        struct alone one = {.unit = {.kind = UNIT_RENDER, .subject = r}};
        one.unit.plugin = build_export(b, r->export)->plugin;
        pool_add(s->pool, &one.unit);
        same = session_run(s) && one.is_made && one.bytes_hash == r->bytes_hash;
    }
    s->log.len = printed; // said already
    return !same;
}

static bool keeps_state(struct verify *v, struct rendering *r) {
    bool *known = &v->keeps_state[build_export(&v->build, r->export)->plugin];
    if (!*known && v->tried[r->export] < ALONE_MOST) {
        v->tried[r->export]++;
        *known = differs_alone(v, r);
    }
    return *known;
}

/* Comparing */

static void tell(struct verify *v, const struct rendering *r, const struct graph *g,
                 struct build_difference one) {
    struct build *b = &v->build;
    one.path = r->path.s;
    one.export = g->exports[r->export];
    one.item = r->item;
    one.key = graph_key(r);
    const struct known_export *e = session_export(&b->session, one.export);
    if (e && !one.plugin.len)
        one.plugin = b->session.plugins[e->plugin].place;
    if (r->article != NO_ARTICLE)
        one.article = build_place(b, g->articles[r->article]->path.s);
    v->events->differs(v->events->self, &one);
}

static bool hash_file(struct verify *v, struct str path, uint64_t *hash) {
    struct build *b = &v->build;
    struct arena scratch = ARENA_INIT;
    struct diags ignored = {.arena = &scratch};
    struct buf bytes = BUF_INIT;
    struct str whole = content_join(&scratch, b->out, path);
    bool good = access(whole.at, F_OK) == 0 &&
                content_read(&bytes, whole, whole, SIZE_MAX, &ignored);
    *hash = good ? hash_str(buf_str(&bytes)) : 0;
    buf_free(&bytes);
    arena_free(&scratch);
    return good;
}

static void compare(struct verify *v, struct rendering *r) {
    const struct rendering *was = counterpart(&v->before.graph, r, &v->build.graph);
    struct build_difference one = {.how = DIFFERS_NOT_BUILT};
    uint64_t on_disk;
    bool is_there = hash_file(v, r->path.s, &on_disk);
    bool was_ours = was && was->path.s.len && str_eq(was->path.s, r->path.s);
    v->result->outputs++;
    if (is_there && on_disk == r->bytes_hash)
        return;
    if (was_ours && !is_there)
        one.how = DIFFERS_MISSING;
    else if (was_ours && was->bytes_hash != on_disk)
        one.how = DIFFERS_BY_HAND;
    else if (was_ours)
        one.how = keeps_state(v, r) ? DIFFERS_BY_STATE : DIFFERS_STALE;
    if (one.how == DIFFERS_STALE)
        one.cause = find_cause(v, r);
    if (one.how == DIFFERS_STALE && !one.cause.len && v->impure.len)
        one = (struct build_difference){.how = DIFFERS_BY_STATE, .plugin = v->impure};
    tell(v, r, &v->build.graph, one);
}

static void compare_all(struct verify *v, struct rendering *first) {
    for (struct rendering *r = first; r; r = r->next)
        if (r->outcome == OUTCOME_MADE && !r->is_count && r->path.s.len)
            compare(v, r);
}

/* Outputs of the last build that this one did not make. What merely failed now keeps them. */

static void look_for_left(struct verify *v, const struct rendering *first) {
    for (const struct rendering *was = first; was; was = was->next) {
        uint64_t on_disk, *owner;
        const struct rendering *now = counterpart(&v->build.graph, was, &v->before.graph);
        if (!was->path.s.len || (now && now->outcome >= OUTCOME_FAILED))
            continue;
        owner = taken_claim(&v->build.paths, was->path.s, 0);
        if ((owner && *owner) || !hash_file(v, was->path.s, &on_disk) ||
            on_disk != was->bytes_hash)
            continue;
        tell(v, was, &v->before.graph, (struct build_difference){.how = DIFFERS_LEFT});
    }
}

void build_compare(struct build *b) {
    struct verify *v = b->verify;
    struct arena *a = &b->session.arena;
    v->result->outputs = 0;
    build_claim_paths(b);
    v->tried = ARENA_ARRAY(a, unsigned char, b->graph.export_count + 1);
    v->keeps_state = ARENA_ARRAY(a, bool, b->session.plugin_count + 1);
    v->changed = find_change(v);
    v->impure = find_impure(v);
    compare_all(v, b->graph.site_renderings);
    for (uint32_t i = 0; i < b->graph.article_count; i++)
        compare_all(v, b->graph.articles[i]->renderings);
    look_for_left(v, v->before.graph.site_renderings);
    for (uint32_t i = 0; i < v->before.graph.article_count; i++)
        look_for_left(v, v->before.graph.articles[i]->renderings);
}

/* Running */

static void recall_before(struct verify *v) {
    struct before *before = &v->before;
    struct build *b = &v->build;
    struct str out = content_real_path(&before->arena, b->out);
    if (store_peek(&before->store, &before->arena, b->session.site, out))
        store_load(&before->store, &before->arena, &before->graph, &before->kept);
    b->verify = v;
}

static bool has_output(const struct build_options *o, struct diags *d) {
    struct str out = o->out.len ? arena_str(d->arena, o->out)
                                : content_join(d->arena, o->site, STR("public"));
    struct str content = content_join(d->arena, o->site, STR("content"));
    if (access(out.at, F_OK) == 0 || access(content.at, F_OK) != 0)
        return true; // for build_open to look at
    struct diag *e = diag_error(d, (struct place){.path = out}, "no-output",
                                "there is no such folder: nothing was built yet");
    diag_help(d, e, "run `fascia build` first");
    return false;
}

/* Half as many as a build has: what a plugin keeps meets more renderings in each. */
static unsigned other_workers(unsigned asked) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return asked ? asked : processors > 1 ? (unsigned)processors / 2 : 2;
}

int build_verify(const struct build_options *o, const struct build_verifying *events,
                 struct build_result *r, struct diags *d) {
    struct verify v = {.before.store = STORE_NONE,
                       .events = events, .result = r};
    struct build_options dry = *o;
    int status = 2;
    dry.is_dry = true;
    dry.workers = other_workers(o->workers);
    *r = (struct build_result){0};
    if (!has_output(o, d))
        return status;
    if (build_open(&v.build, &dry, d, &status)) {
        recall_before(&v);
        status = build_update(&v.build, r, d);
    }
    build_close(&v.build);
    store_close(&v.before.store);
    graph_free(&v.before.graph);
    blob_free(&v.before.kept.settings);
    arena_free(&v.before.arena);
    return status;
}

#include "graph.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "utf8.h"

void blob_set(struct blob *b, struct str s) {
    char *copy = s.len ? must_alloc(s.len) : NULL;
    if (s.len)
        memcpy(copy, s.at, s.len);
    blob_free(b);
    *b = (struct blob){{copy, s.len}, s.len > 0};
}

void blob_free(struct blob *b) {
    if (b->owned)
        free((void *)(uintptr_t)b->s.at);
    *b = (struct blob){.owned = false};
}

static void free_renderings(struct rendering *r) {
    for (; r; r = r->next) {
        blob_free(&r->path);
        blob_free(&r->reads);
        blob_free(&r->diags);
        blob_free(&r->reason);
    }
}

void graph_free(struct graph *g) {
    for (uint32_t i = 0; i < g->article_count; i++) {
        blob_free(&g->articles[i]->path);
        blob_free(&g->articles[i]->diags);
        free_renderings(g->articles[i]->renderings);
    }
    free_renderings(g->site_renderings);
    arena_free(&g->arena);
}

/* Articles by path */

struct path_slot {
    uint32_t article_and_one; /* 0: free */
};

static struct path_slot *path_slot(const struct graph *g, struct str path) {
    size_t i = hash_str(path) & (g->path_room - 1);
    while (g->paths[i].article_and_one &&
           !str_eq(g->articles[g->paths[i].article_and_one - 1]->path.s, path))
        i = (i + 1) & (g->path_room - 1);
    return &g->paths[i];
}

static void grow_paths(struct graph *g) {
    g->path_room = g->path_room ? g->path_room * 2 : 1024;
    g->paths = ARENA_ARRAY(&g->arena, struct path_slot, g->path_room);
    for (uint32_t i = 0; i < g->article_count; i++)
        path_slot(g, g->articles[i]->path.s)->article_and_one = i + 1;
}

bool graph_find(const struct graph *g, struct str path, uint32_t *article) {
    if (!g->path_room)
        return false;
    *article = path_slot(g, path)->article_and_one - 1;
    return *article != UINT32_MAX;
}

uint32_t graph_article(struct graph *g, struct str path) {
    uint32_t article;
    if (graph_find(g, path, &article))
        return article;
    if ((size_t)g->article_count * 2 + 2 > g->path_room)
        grow_paths(g);
    if (g->article_count == g->article_cap) {
        g->article_cap = g->article_cap ? g->article_cap * 2 : 256;
        struct article_node **more = ARENA_ARRAY(&g->arena, struct article_node *, g->article_cap);
        if (g->article_count)
            memcpy(more, g->articles, g->article_count * sizeof *more);
        g->articles = more;
    }
    struct article_node *a = ARENA_NEW(&g->arena, struct article_node);
    blob_set(&a->path, path);
    g->articles[g->article_count] = a;
    path_slot(g, path)->article_and_one = g->article_count + 1;
    return g->article_count++;
}

uint32_t graph_export(struct graph *g, struct str name) {
    for (uint32_t i = 0; i < g->export_count; i++)
        if (str_eq(g->exports[i], name))
            return i;
    if (g->export_count % 64 == 0) {
        struct str *more = ARENA_ARRAY(&g->arena, struct str, g->export_count + 64);
        if (g->export_count)
            memcpy(more, g->exports, g->export_count * sizeof *more);
        g->exports = more;
    }
    g->exports[g->export_count] = arena_str(&g->arena, name);
    return g->export_count++;
}

/* An article has some twenty renderings: a list will do. A gone rendering's place is used again. */
struct rendering *graph_rendering(struct graph *g, uint32_t export, uint32_t article,
                                  uint32_t item, bool is_count) {
    struct rendering **list = article == NO_ARTICLE ? &g->site_renderings
                                                    : &g->articles[article]->renderings;
    struct rendering **end = list;
    for (; *end; end = &(*end)->next)
        if ((*end)->export == export && (*end)->item == item && (*end)->is_count == is_count)
            return *end;
    struct rendering *r = ARENA_NEW(&g->arena, struct rendering);
    *r = (struct rendering){.export = export, .article = article, .item = item,
                            .is_count = is_count};
    *end = r;
    return r;
}

/* Why */

static void put_value(struct buf *out, struct node n) {
    struct arena scratch = ARENA_INIT;
    struct str s = node_string(n);
    size_t at = 0;
    for (int i = 0; i < 60 && at < s.len; i++)
        utf8_next(s, &at);
    struct str shown = utf8_visible(&scratch, str_slice(s, 0, at));
    switch (node_type(n)) {
    case VALUE_STRING:
        buf_printf(out, "\"%.*s%s\"", STR_ARG(shown), at < s.len ? "…" : "");
        break;
    case VALUE_INTEGER:
        buf_printf(out, "%lld", (long long)node_integer(n));
        break;
    case VALUE_BOOLEAN:
        buf_put(out, node_boolean(n) ? STR("true") : STR("false"));
        break;
    case VALUE_LIST:
        buf_printf(out, "%u items", node_count(n));
        break;
    default:
        buf_put(out, str_of(value_type_name(node_type(n))));
    }
    arena_free(&scratch);
}

static void put_change(struct buf *reason, struct str where, struct node was, struct node is) {
    struct span span = is.slot && is.image->len ? node_span(is) : node_span(was);
    buf_put(reason, where);
    if (span.line)
        buf_printf(reason, ":%u:%u", span.line, span.col);
    buf_put(reason, STR(": "));
    size_t begin = reason->len;
    node_path(reason, was);
    if (reason->len == begin)
        buf_put(reason, STR("the article"));
    buf_put(reason, STR(" was "));
    put_value(reason, was);
    buf_put(reason, STR(", is "));
    put_value(reason, is);
}

/* Staleness */

static struct str place_of(const struct graph *g, uint32_t article, struct str content,
                           struct buf *scratch) {
    scratch->len = 0;
    buf_put(scratch, content);
    buf_put(scratch, g->articles[article]->path.s);
    return buf_str(scratch);
}

static bool image_changed(struct graph *g, const struct image_reads *one,
                          const struct surroundings *around, struct str content,
                          struct buf *reason) {
    struct node was, is;
    struct buf scratch = BUF_INIT;
    if (one->article == NO_ARTICLE) {
        if (around->old_settings.at == around->new_settings.at ||
            !reads_changed(one, &around->old_settings, &around->new_settings, &was, &is))
            return false;
        put_change(reason, STR("site.yaml"), was, is);
        return true;
    }
    if (one->article >= g->article_count)
        return true;
    const struct article_node *a = g->articles[one->article];
    if (!a->has_changed || !a->was.len)
        return false;
    bool changed = reads_changed(one, &a->was, &a->is, &was, &is);
    if (changed)
        put_change(reason, place_of(g, one->article, content, &scratch), was, is);
    buf_free(&scratch);
    return changed;
}

/* A key that was looked for in vain: is it there now? */
static bool is_found(struct graph *g, const struct missing_read *m,
                     const struct surroundings *around, struct buf *reason) {
    struct image was = around->old_settings, is = around->new_settings;
    if (m->article != NO_ARTICLE) {
        if (m->article >= g->article_count || !g->articles[m->article]->has_changed)
            return false;
        was = g->articles[m->article]->was;
        is = g->articles[m->article]->is;
    }
    if (was.at == is.at || !was.len || !is.len)
        return was.at != is.at && was.len;
    struct buf path = BUF_INIT;
    struct node record = {&was, m->slot};
    node_path(&path, record);
    struct node now = node_at_path(&is, buf_str(&path));
    bool found = node_get(now, m->key).slot != 0;
    if (found)
        buf_printf(reason, "%.*s%s%.*s is there now", STR_ARG(buf_str(&path)), path.len ? "." : "",
                   STR_ARG(m->key));
    buf_free(&path);
    return found;
}

static bool answer_changed(const struct query_read *q, const struct surroundings *around,
                           struct buf *reason) {
    struct arena scratch = ARENA_INIT;
    uint32_t *articles, count;
    bool changed = !site_find(around->site, &q->query, &scratch, &articles, &count) ||
                   site_answer(around->site, articles, count) != q->answer;
    arena_free(&scratch);
    if (changed)
        buf_put(reason, STR("site:articles has another answer"));
    return changed;
}

static bool flags_changed(uint32_t flags, const struct surroundings *around, struct buf *reason) {
    if (flags & READ_NOW && around->now_changed)
        buf_put(reason, STR("site.now changed"));
    else if (flags & READ_EXPORTS && around->exports_changed)
        buf_put(reason, STR("the list of exports changed"));
    return reason->len > 0;
}

bool graph_is_stale(struct graph *g, const struct rendering *r, const struct surroundings *around,
                    struct str content_place, struct buf *reason) {
    struct wire set = {.rest = r->reads.s};
    struct image_reads one;
    struct missing_read missing;
    struct query_read query;
    struct export_read export;
    uint32_t images;
    if (flags_changed(reads_flags(&set, &images), around, reason))
        return true;
    for (uint32_t i = 0; i < images && reads_next_image(&set, &one); i++)
        if (image_changed(g, &one, around, content_place, reason))
            return true;
    uint32_t count = wire_u32(&set);
    for (uint32_t i = 0; i < count && reads_next_missing(&set, &missing); i++)
        if (is_found(g, &missing, around, reason))
            return true;
    count = wire_u32(&set);
    for (uint32_t i = 0; i < count && reads_next_query(&set, &query); i++)
        if (around->site && answer_changed(&query, around, reason))
            return true;
    count = wire_u32(&set);
    for (uint32_t i = 0; around->export_hash && i < count && reads_next_export(&set, &export); i++)
        if (around->export_hash(around->self, export.name) != export.hash) {
            buf_printf(reason, "the export '%.*s' goes elsewhere now", STR_ARG(export.name));
            return true;
        }
    return set.bad; // a damaged set: run it
}

bool graph_looks_around(const struct rendering *r) {
    struct wire set = {.rest = r->reads.s};
    struct image_reads one;
    struct missing_read missing;
    uint32_t images;
    reads_flags(&set, &images);
    for (uint32_t i = 0; i < images && reads_next_image(&set, &one); i++)
        if (one.article != r->article && one.article != NO_ARTICLE)
            return true;
    uint32_t count = wire_u32(&set);
    for (uint32_t i = 0; i < count && reads_next_missing(&set, &missing); i++)
        if (missing.article != r->article && missing.article != NO_ARTICLE)
            return true;
    return wire_u32(&set) > 0 || set.bad;
}

static bool fields_differ(const struct image *was, const struct image *is,
                          const struct str *fields, size_t count) {
    if (!was->len || !is->len)
        return was->len != is->len;
    for (size_t i = 0; i < count; i++)
        if (node_hash(node_get(image_root(was), fields[i])) !=
            node_hash(node_get(image_root(is), fields[i])))
            return true;
    return false;
}

bool graph_heads_differ(const struct image *was, const struct image *is) {
    static const struct str asked[] = {
        STR_INIT("id"),      STR_INIT("path"), STR_INIT("slug"), STR_INIT("title"),
        STR_INIT("summary"), STR_INIT("lang"), STR_INIT("date"), STR_INIT("updated"),
        STR_INIT("tags"),    STR_INIT("url"),  STR_INIT("words")};
    return fields_differ(was, is, asked, sizeof asked / sizeof *asked);
}

bool graph_standing_differs(const struct image *was, const struct image *is) {
    static const struct str standing[] = {STR_INIT("slug"), STR_INIT("draft"), STR_INIT("date"),
                                          STR_INIT("updated")};
    return fields_differ(was, is, standing, sizeof standing / sizeof *standing);
}

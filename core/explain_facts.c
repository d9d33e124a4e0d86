/* From a read set to facts that people can read. */
#include "content.h"
#include "explain_parts.h"
#include "wire.h"

struct str explain_article(struct explanation *e, uint32_t article) {
    struct str content = content_join(&e->arena, e->site, STR("content"));
    struct str path = STR("site.yaml");
    if (article != NO_ARTICLE && article < e->left.graph.article_count)
        path = e->left.graph.articles[article]->path.s;
    return content_join(&e->arena, content, path);
}

struct gathering {
    struct explanation *e;
    const struct traced *lines;
    struct arena scratch; /* for one image at a time: there may be one of every article */
    uint32_t article;     /* of the image under way */
    struct str place;
    struct fact *first, **end;
};

static struct fact *add(struct gathering *g, enum fact_kind kind, struct str what) {
    struct fact *f = ARENA_NEW(&g->e->arena, struct fact);
    *f = (struct fact){.kind = kind, .at = {.path = g->place}, .what = what};
    *g->end = f;
    g->end = &f->next;
    return f;
}

static struct str path_of(struct gathering *g, struct node n) {
    struct buf path = BUF_INIT;
    node_path(&path, n);
    struct str kept = arena_str(&g->e->arena, buf_str(&path));
    buf_free(&path);
    return kept;
}

/* The line that read the node, or something in it: sets may be coarser than what was read. */
static struct place line_of(const struct gathering *g, struct node n, unsigned kinds) {
    struct place by = {0};
    uint32_t first = node_count(n) ? node_item(n, 0).slot : 0;
    for (const struct traced *t = g->lines; t; t = t->next) {
        if (t->article != g->article)
            continue;
        if (t->slot == n.slot && (!by.line || (t->kinds & kinds) == kinds))
            by = t->by;
        else if (!by.line && first && t->slot >= first && t->slot < node_end(n))
            by = t->by;
    }
    return by;
}

static void add_node(struct gathering *g, struct node n, enum fact_kind kind, unsigned kinds) {
    struct buf now = BUF_INIT;
    struct span span = node_span(n);
    struct fact *f = add(g, kind, path_of(g, n));
    graph_put_value(&now, n);
    f->now = arena_str(&g->e->arena, buf_str(&now));
    f->at.line = span.line;
    f->at.col = span.col;
    f->by = line_of(g, n, kinds);
    buf_free(&now);
}

static void add_kinds(void *self, struct node n, unsigned kinds) {
    struct gathering *g = self;
    if (kinds & READ_VALUE)
        add_node(g, n, FACT_VALUE, READ_VALUE);
    if (kinds & READ_SHAPE)
        add_node(g, n, FACT_SHAPE, READ_SHAPE);
    if (kinds & READ_PLACE)
        add_node(g, n, FACT_PLACE, READ_PLACE);
    if (!kinds)
        add_node(g, n, FACT_TYPE, 0);
}

static struct image settings_of(struct gathering *g) {
    struct image image = {0};
    struct str bytes = g->e->left.kept.settings.s;
    char *aligned = arena_alloc_raw(&g->scratch, bytes.len);
    if (bytes.len)
        memcpy(aligned, bytes.at, bytes.len);
    if (!image_open(&image, (struct str){aligned, bytes.len}, false))
        image = (struct image){0};
    return image;
}

static struct image image_of(struct gathering *g, uint32_t article) {
    struct image image = {0};
    const struct left *left = &g->e->left;
    if (article == NO_ARTICLE)
        return settings_of(g);
    if (article >= left->graph.article_count || !left->graph.articles[article]->image_len ||
        !store_get_image(&left->store, left->graph.articles[article], &g->scratch, &image))
        return (struct image){0};
    return image;
}

static void add_image(struct gathering *g, const struct image_reads *one) {
    struct image image = image_of(g, one->article);
    g->article = one->article;
    g->place = explain_article(g->e, one->article);
    if (image.len)
        reads_visit(one, &image, add_kinds, g);
    else // a build is at work on it
        add(g, FACT_UNKNOWN, STR(""));
    arena_reset(&g->scratch);
}

static void add_missing(struct gathering *g, const struct missing_read *m) {
    struct image image = image_of(g, m->article);
    g->place = explain_article(g->e, m->article);
    struct str above = image.len && m->slot ? path_of(g, (struct node){&image, m->slot}) : STR("");
    add(g, FACT_MISSING, arena_printf(&g->e->arena, "%.*s%s%.*s", STR_ARG(above),
                                      above.len ? "." : "", STR_ARG(m->key)));
    arena_reset(&g->scratch);
}

static void put_field(struct buf *b, const char *name, struct str value) {
    if (value.len)
        buf_printf(b, "%s%s=\"%.*s\"", str_ends(buf_str(b), STR("{")) ? "" : ", ", name,
                   STR_ARG(value));
}

static void put_number(struct buf *b, const char *name, uint32_t value) {
    if (value)
        buf_printf(b, "%s%s=%u", str_ends(buf_str(b), STR("{")) ? "" : ", ", name, value);
}

static void add_query(struct gathering *g, const struct site_query *q) {
    struct buf b = BUF_INIT;
    buf_put(&b, STR("site:articles{"));
    put_field(&b, "tag", q->tag);
    put_field(&b, "lang", q->lang);
    put_field(&b, "sort", q->sort);
    put_number(&b, "limit", q->limit);
    put_number(&b, "offset", q->offset);
    buf_char(&b, '}');
    g->place = STR("");
    add(g, FACT_QUERY, arena_str(&g->e->arena, buf_str(&b)));
    buf_free(&b);
}

static void add_flags(struct gathering *g, uint32_t flags) {
    if (flags & READ_NOW)
        add(g, FACT_NOW, STR("site.now"))->now = g->e->left.kept.now;
    if (flags & READ_EXPORTS)
        add(g, FACT_EXPORTS, STR(""));
}

static void add_images(struct gathering *g, struct wire *set, uint32_t count,
                       const uint32_t *only) {
    struct image_reads one;
    for (uint32_t i = 0; i < count && reads_next_image(set, &one); i++)
        if (!only || one.article == *only)
            add_image(g, &one);
}

static void add_rest(struct gathering *g, struct wire *set, const uint32_t *only) {
    struct missing_read missing;
    struct query_read query;
    struct export_read export;
    uint32_t count = wire_u32(set);
    for (uint32_t i = 0; i < count && reads_next_missing(set, &missing); i++)
        if (!only || missing.article == *only)
            add_missing(g, &missing);
    count = wire_u32(set);
    for (uint32_t i = 0; i < count && reads_next_query(set, &query); i++)
        if (!only || *only != NO_ARTICLE)
            add_query(g, &query.query);
    count = wire_u32(set);
    g->place = STR("");
    for (uint32_t i = 0; !only && i < count && reads_next_export(set, &export); i++)
        add(g, FACT_EXPORT, arena_str(&g->e->arena, export.name));
}

struct fact *explain_facts(struct explanation *e, const struct rendering *r,
                           const struct traced *lines, const uint32_t *only) {
    struct gathering g = {.e = e, .lines = lines};
    struct wire set = {.rest = r->reads.s};
    uint32_t images;
    g.end = &g.first;
    uint32_t flags = reads_flags(&set, &images);
    add_images(&g, &set, images, only);
    add_rest(&g, &set, only);
    if (!only)
        add_flags(&g, flags);
    arena_free(&g.scratch);
    return g.first;
}

/* The graph as entries of frames. Fixed parts are copied as they lie in memory: what another kind
 * of machine wrote has another magic number. */
#include <string.h>

#include "store_parts.h"

enum entry_kind {
    ENTRY_KEPT = 1,
    ENTRY_ARTICLE,
    ENTRY_MOVES,
    ENTRY_RENDERING,
    ENTRY_CHECK,
    ENTRY_END,
};

/* Each entry begins with its kind, padded, so that what follows may be used where it lies. */
struct entry_head {
    uint32_t kind, number; /* of the article; else 0 */
};

struct article_entry {
    struct fingerprint print;
    uint64_t bytes_hash, reading_hash;
    uint64_t image_at, image_sum, spare_at, checked_by;
    uint32_t image_len, image_room, spare_room, checks_len;
    uint32_t is_there : 1, has_failed : 1, is_live : 1, check_notes : 3;
    uint32_t head_len, path_len, diags_len, renderings;
};

/* Of the site's, the key and the value of the item follow, empty when there is none. */
struct rendering_entry {
    uint32_t export, item, item_count;
    uint32_t outcome : 8, is_count : 1, looks_around : 1, has_path : 1, is_listed : 1;
    uint32_t reads_len, diags_len, reason_len, spare;
    uint64_t bytes_len, mtime_ns, plugin, ran_s;
};

/* Writing */

static void put_entry(struct buf *b, enum entry_kind kind, uint32_t number) {
    struct entry_head head = {kind, number};
    while (b->len % 8)
        buf_char(b, '\0');
    buf_put(b, (struct str){(const char *)&head, sizeof head});
}

static void put_rendering(struct frame_draft *f, const struct rendering *r) {
    struct rendering_entry e;
    memset(&e, 0, sizeof e);
    e.export = r->export;
    e.item = r->item;
    e.item_count = r->item_count;
    e.outcome = r->outcome & 0xFF;
    e.is_count = r->is_count;
    e.looks_around = r->looks_around;
    e.has_path = r->path.s.len > 0;
    e.is_listed = r->of && r->of->is_listed;
    e.reads_len = (uint32_t)r->reads.s.len;
    e.diags_len = (uint32_t)r->diags.s.len;
    e.reason_len = (uint32_t)r->reason.s.len;
    e.bytes_len = r->bytes_len;
    e.mtime_ns = r->mtime_ns;
    e.plugin = r->plugin;
    e.ran_s = r->ran_s;
    if (e.has_path)
        frame_put_output(f, r->path.s, r->bytes_hash);
    buf_put(&f->entries, (struct str){(const char *)&e, sizeof e});
    if (r->article == NO_ARTICLE) {
        wire_put_str(&f->entries, graph_key(r));
        wire_put_str(&f->entries, r->of ? r->of->value.s : STR(""));
    }
    buf_put(&f->entries, r->reads.s);
    buf_put(&f->entries, r->diags.s);
    buf_put(&f->entries, r->reason.s);
}

/* Bytes, as put_rendering writes them. */
static size_t checks_len(const struct article_node *a) {
    size_t len = a->packed.s.len;
    for (const struct rendering *r = a->checks; r; r = r->next)
        if (r->outcome != OUTCOME_NONE)
            len += sizeof(struct rendering_entry) + r->reads.s.len + r->diags.s.len +
                   r->reason.s.len;
    return len;
}

static void put_checks(struct frame_draft *f, const struct article_node *a) {
    buf_put(&f->entries, a->packed.s);
    for (const struct rendering *r = a->checks; r; r = r->next)
        if (r->outcome != OUTCOME_NONE)
            put_rendering(f, r);
}

static uint32_t count_known(const struct rendering *first) {
    uint32_t count = 0;
    for (const struct rendering *r = first; r; r = r->next)
        count += r->outcome != OUTCOME_NONE;
    return count;
}

void store_put_article(struct frame_draft *f, const struct graph *g, uint32_t article) {
    const struct article_node *a = g->articles[article];
    struct article_entry e;
    memset(&e, 0, sizeof e);
    e.print = a->print;
    e.bytes_hash = a->bytes_hash;
    e.reading_hash = a->reading_hash;
    e.image_at = a->image_at;
    e.image_sum = a->image_sum;
    e.spare_at = a->spare_at;
    e.image_len = a->image_len;
    e.image_room = a->image_room;
    e.spare_room = a->spare_room;
    e.is_there = a->is_there;
    e.has_failed = a->has_failed;
    e.is_live = a->is_live;
    e.head_len = (uint32_t)a->head.len;
    e.path_len = (uint32_t)a->path.s.len;
    e.diags_len = (uint32_t)a->diags.s.len;
    e.renderings = count_known(a->renderings);
    e.checked_by = a->checked_by;
    e.check_notes = a->check_notes & 7;
    e.checks_len = (uint32_t)checks_len(a);
    put_entry(&f->entries, ENTRY_ARTICLE, article);
    buf_put(&f->entries, (struct str){(const char *)&e, sizeof e});
    buf_put(&f->entries, a->head);
    buf_put(&f->entries, a->path.s);
    buf_put(&f->entries, a->diags.s);
    for (const struct rendering *r = a->renderings; r; r = r->next)
        if (r->outcome != OUTCOME_NONE)
            put_rendering(f, r);
    put_checks(f, a);
}

static void put_site_list(struct frame_draft *f, const struct rendering *first,
                          enum entry_kind kind, bool all) {
    for (const struct rendering *r = first; r; r = r->next)
        if (all ? r->outcome != OUTCOME_NONE : r->is_unsaved) {
            put_entry(&f->entries, kind, 0);
            put_rendering(f, r);
        }
}

void store_put_site(struct frame_draft *f, const struct graph *g, bool all) {
    put_site_list(f, g->site_renderings, ENTRY_RENDERING, all);
    put_site_list(f, g->site_checks, ENTRY_CHECK, all);
}

void store_put_moves(struct frame_draft *f, const struct graph *g) {
    if (!g->moves.len)
        return;
    put_entry(&f->entries, ENTRY_MOVES, 0);
    wire_put_str(&f->entries, buf_str(&g->moves));
}

static void put_plugins(struct buf *b, const struct plugin_code *first) {
    uint32_t count = 0;
    for (const struct plugin_code *p = first; p; p = p->next)
        count++;
    wire_put_u32(b, count);
    for (const struct plugin_code *p = first; p; p = p->next) {
        uint32_t files = 0;
        for (const struct used_file *f = p->files; f; f = f->next)
            files++;
        wire_put_str(b, p->name);
        wire_put_str(b, p->exports);
        wire_put_str(b, p->readers);
        wire_put_u32(b, files);
        for (const struct used_file *f = p->files; f; f = f->next) {
            wire_put_str(b, f->name);
            wire_put_str(b, f->export);
            wire_put_u64(b, f->hash);
        }
    }
}

void store_put_kept(struct frame_draft *f, const struct graph *g, const struct kept *k) {
    struct buf *b = &f->entries;
    put_entry(b, ENTRY_KEPT, 0);
    wire_put_str(b, k->settings.s);
    wire_put_str(b, k->now);
    wire_put_str(b, k->site);
    wire_put_u64(b, k->exports_hash);
    wire_put_u64(b, k->reading_hash);
    wire_put_u64(b, k->limits_hash);
    wire_put_u64(b, k->settled_hash);
    put_plugins(b, k->plugins);
    wire_put_u32(b, g->export_count);
    for (uint32_t i = 0; i < g->export_count; i++)
        wire_put_str(b, g->exports[i]);
}

void store_put_end(struct frame_draft *f, const struct kept *k, uint64_t images_end) {
    put_entry(&f->entries, ENTRY_END, 0);
    wire_put_u64(&f->entries, images_end);
    wire_put_u64(&f->entries, k->updated_s);
}

/* Reading */

/* A frame under way. */
struct taking {
    struct str begin;             /* all entries */
    struct wire entries, outputs;
    struct graph *graph;
    struct kept *kept;
};

static struct blob take_blob(struct taking *t, uint32_t len) {
    return (struct blob){wire_bytes(&t->entries, len), false};
}

static bool take_fixed(struct taking *t, void *to, size_t len) {
    struct str bytes = wire_bytes(&t->entries, len);
    if (!t->entries.bad)
        memcpy(to, bytes.at, len);
    return !t->entries.bad;
}

static bool take_fields(struct taking *t, struct rendering *r, const struct rendering_entry *e) {
    r->outcome = (enum outcome)e->outcome;
    r->looks_around = e->looks_around;
    r->item_count = e->item_count;
    r->bytes_len = e->bytes_len;
    r->mtime_ns = e->mtime_ns;
    r->plugin = e->plugin;
    r->ran_s = e->ran_s;
    r->bytes_hash = e->has_path ? wire_u64(&t->outputs) : 0;
    r->path = (struct blob){e->has_path ? wire_str(&t->outputs) : STR(""), false};
    blob_free(&r->reads); // an earlier frame may have moved it
    r->reads = take_blob(t, e->reads_len);
    r->diags = take_blob(t, e->diags_len);
    r->reason = take_blob(t, e->reason_len);
    return e->export < t->graph->export_count && e->outcome <= OUTCOME_CLASHED &&
           !t->entries.bad && !t->outputs.bad;
}

static bool take_renderings(struct taking *t, uint32_t article, uint32_t count) {
    struct rendering **end = &t->graph->articles[article]->renderings;
    *end = NULL;
    for (uint32_t i = 0; i < count; i++) {
        struct rendering_entry e;
        if (!take_fixed(t, &e, sizeof e))
            return false;
        struct rendering *r = *end = ARENA_NEW(&t->graph->arena, struct rendering);
        r->article = article;
        r->export = e.export;
        r->item = e.item;
        r->is_count = e.is_count;
        end = &r->next;
        if (!take_fields(t, r, &e))
            return false;
    }
    return true;
}

static bool take_article(struct taking *t, uint32_t number) {
    struct article_entry e;
    if (!take_fixed(t, &e, sizeof e))
        return false;
    struct str head = wire_bytes(&t->entries, e.head_len);
    struct str path = wire_bytes(&t->entries, e.path_len);
    if (t->entries.bad || graph_article(t->graph, path) != number)
        return false;
    struct article_node *a = t->graph->articles[number];
    a->print = e.print;
    a->bytes_hash = e.bytes_hash;
    a->reading_hash = e.reading_hash;
    a->image_at = a->saved_at = e.image_at;
    a->image_sum = e.image_sum;
    a->spare_at = e.spare_at;
    a->image_len = e.image_len;
    a->image_room = e.image_room;
    a->spare_room = e.spare_room;
    a->is_there = e.is_there;
    a->has_failed = e.has_failed;
    a->is_live = a->was_live = e.is_live;
    a->head = head;
    a->diags = take_blob(t, e.diags_len);
    if (!take_renderings(t, number, e.renderings))
        return false;
    a->checks = NULL;
    a->checked_by = e.checked_by;
    a->check_notes = e.check_notes;
    a->packed = take_blob(t, e.checks_len);
    return !t->entries.bad;
}

/* What an earlier frame said of it, as moved since, is no longer so. */
static void forget(struct rendering *r) {
    graph_set_reads(r, STR(""));
    blob_free(&r->path);
    blob_free(&r->diags);
    blob_free(&r->reason);
}

static bool take_site(struct taking *t, bool is_check) {
    struct rendering_entry e;
    if (!take_fixed(t, &e, sizeof e))
        return false;
    struct str key = wire_str(&t->entries), value = wire_str(&t->entries);
    struct rendering *r =
        is_check ? graph_check(t->graph, e.export, NO_ARTICLE)
                 : graph_site_rendering(t->graph, e.export, key, e.is_count);
    forget(r);
    r->item = e.item;
    if (r->of) {
        blob_free(&r->of->value);
        r->of->value = (struct blob){value, false};
        r->of->is_listed = e.is_listed;
    }
    return take_fields(t, r, &e);
}

void store_unpack_checks(struct graph *g, uint32_t article) {
    struct article_node *a = g->articles[article];
    struct taking t = {.entries = {.rest = a->packed.s}, .graph = g};
    struct rendering_entry e;
    while (t.entries.rest.len && take_fixed(&t, &e, sizeof e)) {
        struct rendering one = {.export = e.export, .article = article};
        if (!take_fields(&t, &one, &e))
            break; // nobody wrote this
        struct rendering *r = graph_check(g, e.export, article);
        one.next = r->next;
        *r = one;
    }
    a->packed = (struct blob){.owned = false}; // it lies in the loaded state
}

static bool take_plugins(struct wire *in, struct graph *g, struct kept *k) {
    uint32_t count = wire_u32(in);
    struct plugin_code **end = &k->plugins;
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        struct plugin_code *p = *end = ARENA_NEW(&g->arena, struct plugin_code);
        struct used_file **last = &p->files;
        p->name = wire_str(in);
        p->exports = wire_str(in);
        p->readers = wire_str(in);
        uint32_t files = wire_u32(in);
        for (uint32_t n = 0; n < files && !in->bad; n++) {
            struct used_file *f = *last = ARENA_NEW(&g->arena, struct used_file);
            f->name = wire_str(in);
            f->export = wire_str(in);
            f->hash = wire_u64(in);
            last = &f->next;
        }
        end = &p->next;
    }
    return !in->bad;
}

static bool take_kept(struct taking *t) {
    struct wire *in = &t->entries;
    struct kept *k = t->kept;
    k->settings = (struct blob){wire_str(in), false};
    k->now = wire_str(in);
    k->site = wire_str(in);
    k->exports_hash = wire_u64(in);
    k->reading_hash = wire_u64(in);
    k->limits_hash = wire_u64(in);
    k->settled_hash = wire_u64(in);
    k->plugins = NULL;
    if (!take_plugins(in, t->graph, k))
        return false;
    uint32_t exports = wire_u32(in);
    for (uint32_t i = 0; i < exports && !in->bad; i++)
        if (graph_export(t->graph, wire_str(in)) != i)
            return false;
    return !in->bad;
}

static bool take_entry(struct taking *t, const struct entry_head *head, uint64_t *images_end) {
    switch (head->kind) {
    case ENTRY_KEPT:
        return take_kept(t);
    case ENTRY_ARTICLE:
        return take_article(t, head->number);
    case ENTRY_MOVES:
        return graph_move(t->graph, wire_str(&t->entries));
    case ENTRY_RENDERING:
    case ENTRY_CHECK:
        return take_site(t, head->kind == ENTRY_CHECK);
    case ENTRY_END:
        *images_end = wire_u64(&t->entries);
        t->kept->updated_s = wire_u64(&t->entries);
        return !t->entries.bad;
    default:
        return false;
    }
}

bool store_take(const struct frame *f, struct graph *g, struct kept *k, uint64_t *images_end) {
    struct taking t = {f->entries, {.rest = f->entries}, {.rest = f->outputs}, g, k};
    struct entry_head head;
    while (t.entries.rest.len) {
        wire_bytes(&t.entries, (8 - (size_t)(t.entries.rest.at - t.begin.at) % 8) % 8);
        if (!take_fixed(&t, &head, sizeof head) || !take_entry(&t, &head, images_end))
            return false;
    }
    return true;
}

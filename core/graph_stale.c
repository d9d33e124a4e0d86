/* Whether a rendering must run: its read set against the images of now. */
#include <stdlib.h>
#include <string.h>

#include "graph_parts.h"
#include "sanitized.h"
#include "utf8.h"

/* Why */

void graph_put_value(struct buf *out, struct node n) {
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
    graph_put_value(reason, was);
    buf_put(reason, STR(", is "));
    graph_put_value(reason, is);
}

/* Staleness */

static struct str place_of(const struct graph *g, uint32_t article, struct str content,
                           struct buf *scratch) {
    scratch->len = 0;
    buf_put(scratch, content);
    buf_put(scratch, content.len && !str_ends(content, STR("/")) ? STR("/") : STR(""));
    buf_put(scratch, g->articles[article]->path.s);
    return buf_str(scratch);
}

/* The old and the new image of what a set reads. False: nothing of it can differ. */
static bool images_of(const struct graph *g, uint32_t article, const struct surroundings *around,
                      struct image *was, struct image *is) {
    *was = around->old_settings;
    *is = around->new_settings;
    if (article == NO_ARTICLE)
        return was->at != is->at;
    const struct article_node *a = article < g->article_count ? g->articles[article] : NULL;
    *was = a ? a->was : (struct image){0};
    *is = a ? a->is : (struct image){0};
    return a && a->has_changed && was->len;
}

/* Copies one image's reads to `moved`, with the slots that the new image has for them. */
static bool image_changed(struct graph *g, const struct image_reads *one,
                          const struct surroundings *around, struct str content,
                          struct buf *moved, struct buf *reason) {
    struct node was, is;
    struct image old, new;
    struct buf scratch = BUF_INIT;
    wire_put_u32(moved, one->article);
    wire_put_str(moved, one->marks);
    uint32_t count = one->count; // a string is counted in bytes, marks in marks
    memcpy(moved->at + moved->len - one->marks.len - sizeof count, &count, sizeof count);
    if (!images_of(g, one->article, around, &old, &new))
        return false;
    uint32_t *marks = must_alloc(one->marks.len + sizeof *marks);
    bool changed = reads_changed(one, &old, &new, marks, &was, &is);
    if (changed)
        put_change(reason, one->article == NO_ARTICLE
                               ? STR("site.yaml") : place_of(g, one->article, content, &scratch),
                   was, is);
    else if (count)
        memcpy(moved->at + moved->len - one->marks.len, marks, one->marks.len);
    free(marks);
    buf_free(&scratch);
    return changed;
}

static void put_found(struct buf *reason, struct node record, struct str key) {
    size_t begin = reason->len;
    node_path(reason, record);
    buf_printf(reason, "%s%.*s is there now", reason->len > begin ? "." : "", STR_ARG(key));
}

/* A key that was looked for in vain: is it there now? When not even its record is there any more,
 * what is missing is the nearest one above. */
static bool is_found(struct graph *g, const struct missing_read *m,
                     const struct surroundings *around, struct buf *moved, struct buf *reason) {
    struct image was, is;
    struct missing_read now = *m;
    bool found = false;
    if (images_of(g, m->article, around, &was, &is)) {
        struct node above = {0}, record = {0};
        struct str key = STR("");
        if (is.len)
            record = reads_counterpart(&was, m->slot, &is, &above, &key);
        // in a damaged set the record is no node, though what stands above it is there
        found = !record.slot && (!key.len || node_get(above, key).slot);
        if (found)
            buf_put(reason, STR("what it looked in is gone"));
        else if (!record.slot)
            now.key = key;
        now.slot = record.slot ? record.slot : above.slot;
        if (record.slot && node_get(record, m->key).slot) {
            found = true;
            put_found(reason, record, m->key);
        }
    }
    wire_put_u32(moved, now.article);
    wire_put_u32(moved, now.slot);
    wire_put_str(moved, now.key);
    return found;
}

static const struct str query_fields[] = {
    STR_INIT("id"),      STR_INIT("tags"),  STR_INIT("lang"), STR_INIT("path"),
    STR_INIT("slug"),    STR_INIT("title"), STR_INIT("date"), STR_INIT("updated"),
    STR_INIT("summary"), STR_INIT("words"), STR_INIT("url")};
enum { QUERY_FIELDS = sizeof query_fields / sizeof *query_fields };

static uint32_t bit_of(struct str field) {
    for (uint32_t i = 0; i < QUERY_FIELDS; i++)
        if (str_eq(query_fields[i], field))
            return UINT32_C(1) << i;
    return GRAPH_ALL_FIELDS;
}

/* Ties are in the order of their ids, and the answer's hash is one of ids. */
static uint32_t fields_of(const struct site_query *q) {
    struct str sort = str_from(q->sort, str_starts(q->sort, STR("-")));
    return bit_of(STR("id")) | (q->tag.len ? bit_of(STR("tags")) : 0) |
           (q->lang.len ? bit_of(STR("lang")) : 0) | (sort.len ? bit_of(sort) : 0);
}

static bool answer_changed(const struct query_read *q, const struct surroundings *around,
                           struct buf *reason) {
    struct arena scratch = ARENA_INIT;
    if (!(fields_of(&q->query) & around->fields_changed))
        return false;
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

/* A front page's set names every article, and most updates touch one of them: so names are compared
 * before any article is looked at. */
enum { FEW = 16 };

static bool can_differ(const struct surroundings *around, uint32_t article) {
    if (article == NO_ARTICLE)
        return around->old_settings.at != around->new_settings.at;
    if (!around->touched || around->touched_count > FEW)
        return true;
    for (uint32_t i = 0; i < around->touched_count; i++)
        if (around->touched[i] == article)
            return true;
    return false;
}

/* What cannot differ is copied to `moved` in one piece, up to the next that can. */
static void copy_until(struct buf *moved, const char **from, const char *to) {
    buf_put(moved, (struct str){*from, (size_t)(to - *from)});
    *from = to;
}

/* Images and keys: what has places in an image. `moved` gets them as they are now. */
static bool nodes_changed(struct graph *g, struct wire *set, const struct surroundings *around,
                          struct str content, struct buf *moved, struct buf *reason) {
    struct image_reads one;
    struct missing_read missing;
    const char *from = set->rest.at;
    uint32_t images, flags = reads_flags(set, &images);
    if (flags_changed(flags, around, reason))
        return true;
    for (uint32_t i = 0; i < images && !set->bad; i++) {
        const char *begin = set->rest.at;
        if (!reads_next_image(set, &one) || !can_differ(around, one.article))
            continue;
        copy_until(moved, &from, begin);
        from = set->rest.at;
        if (image_changed(g, &one, around, content, moved, reason))
            return true;
    }
    uint32_t count = wire_u32(set);
    for (uint32_t i = 0; i < count && !set->bad; i++) {
        const char *begin = set->rest.at;
        if (!reads_next_missing(set, &missing) || !can_differ(around, missing.article))
            continue;
        copy_until(moved, &from, begin);
        from = set->rest.at;
        if (is_found(g, &missing, around, moved, reason))
            return true;
    }
    copy_until(moved, &from, set->rest.at);
    return false;
}

/* Queries and exports. So many queries that asking them again may take longer than the rendering
 * are not asked: the worker that wrote the set had a deadline, we have none. */
enum { MOST_QUERIES = 20000 };

static bool answers_changed(struct wire *set, const struct surroundings *around,
                            struct buf *reason) {
    struct query_read query;
    struct export_read export;
    uint32_t count = wire_u32(set);
    if (count > MOST_QUERIES) {
        buf_put(reason, STR("it asks the site too much to remember"));
        return true;
    }
    for (uint32_t i = 0; i < count && reads_next_query(set, &query); i++)
        if (around->site && answer_changed(&query, around, reason))
            return true;
    count = wire_u32(set);
    for (uint32_t i = 0; around->export_hash && i < count && reads_next_export(set, &export); i++)
        if (around->export_hash(around->self, export.name) != export.hash) {
            buf_printf(reason, "the export '%.*s' goes elsewhere now", STR_ARG(export.name));
            return true;
        }
    return set->bad; // a damaged set: run it
}

/* A large set of which few places can differ: only those are looked at. */

/* `at` is a place in the set of `r`. `moves` gets its bytes when they are others now. */
static bool place_changed(struct graph *g, const struct rendering *r, uint32_t at,
                          const struct surroundings *around, struct str content,
                          struct buf *moves, struct buf *reason) {
    struct wire set = {.rest = str_from(r->reads.s, at)};
    struct buf moved = BUF_INIT;
    struct image_reads one;
    struct missing_read missing;
    bool is_missing = reads_index_is_missing(r->index, at);
    bool changed = is_missing
                       ? reads_next_missing(&set, &missing) &&
                             is_found(g, &missing, around, &moved, reason)
                       : reads_next_image(&set, &one) &&
                             image_changed(g, &one, around, content, &moved, reason);
    struct str was = str_slice(str_from(r->reads.s, at), 0, r->reads.s.len - at - set.rest.len);
    if (!changed && !str_eq(was, buf_str(&moved))) {
        wire_put_u32(moves, at);
        wire_put_u32(moves, (uint32_t)was.len);
        wire_put_str(moves, buf_str(&moved));
    }
    buf_free(&moved);
    return changed;
}

/* False: one is not as long as it was. */
static bool fit(struct str moves) {
    struct wire in = {.rest = moves};
    while (in.rest.len && !in.bad) {
        wire_u32(&in);
        uint32_t was = wire_u32(&in);
        if (wire_str(&in).len != was)
            return false;
    }
    return true;
}

static void move(struct graph *g, struct rendering *r, struct str moves) {
    struct wire in = {.rest = moves};
    while (in.rest.len && !in.bad) {
        uint32_t at = wire_u32(&in);
        wire_u32(&in);
        struct str bytes = wire_str(&in);
        graph_set_read(r, at, bytes);
        wire_put_u32(&g->moves, r->export);
        wire_put_u32(&g->moves, r->is_count);
        wire_put_str(&g->moves, graph_key(r));
        wire_put_u32(&g->moves, at);
        wire_put_str(&g->moves, bytes);
    }
    if (moves.len && r->article != NO_ARTICLE)
        graph_note(g, r);
}

static bool few_changed(struct graph *g, struct rendering *r, const struct surroundings *around,
                        struct str content, struct buf *moves, struct buf *reason) {
    for (uint32_t i = 0; i < around->touched_count; i++) {
        uint32_t count;
        const uint32_t *places = reads_index_places(r->index, around->touched[i], &count);
        for (uint32_t n = 0; n < count; n++)
            if (place_changed(g, r, places[n], around, content, moves, reason))
                return true;
    }
    return false;
}

static bool has_index(struct graph *g, struct rendering *r, const struct surroundings *around) {
    enum { LARGE = IS_SANITIZED ? 1 : 4096 /* bytes; tests have small sets */ };
    if (r->reads.s.len < LARGE || can_differ(around, NO_ARTICLE) || !around->touched ||
        around->touched_count > FEW)
        return false;
    if (!r->index)
        r->index = reads_index(r->reads.s, g->article_count);
    return r->index;
}

/* False: all must be looked at. Otherwise *stale is the answer. */
static bool ask_index(struct graph *g, struct rendering *r, const struct surroundings *around,
                      struct str content, struct buf *reason, bool *stale) {
    struct wire set = {.rest = r->reads.s};
    struct buf moves = BUF_INIT;
    uint32_t images;
    if (!has_index(g, r, around))
        return false;
    *stale = flags_changed(reads_flags(&set, &images), around, reason) ||
             few_changed(g, r, around, content, &moves, reason);
    bool good = fit(buf_str(&moves));
    if (good && !*stale) {
        set.rest = str_from(r->reads.s, reads_index_asked(r->index));
        *stale = answers_changed(&set, around, reason);
        if (!*stale)
            move(g, r, buf_str(&moves));
    }
    buf_free(&moves);
    return good;
}

bool graph_is_stale(struct graph *g, struct rendering *r, const struct surroundings *around,
                    struct str content_place, struct buf *reason) {
    struct wire set = {.rest = r->reads.s};
    struct buf moved = BUF_INIT;
    bool stale;
    if (ask_index(g, r, around, content_place, reason, &stale))
        return stale;
    stale = nodes_changed(g, &set, around, content_place, &moved, reason);
    if (!stale) {
        buf_put(&moved, set.rest);
        stale = answers_changed(&set, around, reason);
    }
    if (!stale && set.bad && r->reads.s.len) {
        buf_put(reason, STR("what it read is not known"));
        stale = true;
    }
    if (!stale && !str_eq(buf_str(&moved), r->reads.s)) {
        graph_set_reads(r, buf_str(&moved));
        graph_note(g, r);
    }
    buf_free(&moved);
    return stale;
}

bool graph_looks_around(const struct rendering *r) {
    struct wire set = {.rest = r->reads.s};
    struct image_reads one;
    struct missing_read missing;
    uint32_t images;
    if (r->is_count && r->article != NO_ARTICLE)
        return false; // no plugin runs it: it has no set
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

static bool field_differs(const struct image *was, const struct image *is, struct str field) {
    return node_hash(node_get(image_root(was), field)) !=
           node_hash(node_get(image_root(is), field));
}

uint32_t graph_query_fields_differ(const struct image *was, const struct image *is) {
    uint32_t differing = 0;
    if (!was->len || !is->len)
        return was->len != is->len ? GRAPH_ALL_FIELDS : 0;
    for (uint32_t i = 0; i < QUERY_FIELDS; i++)
        differing |= (uint32_t)field_differs(was, is, query_fields[i]) << i;
    return differing;
}

bool graph_standing_differs(const struct image *was, const struct image *is) {
    if (!was->len || !is->len)
        return was->len != is->len;
    return field_differs(was, is, STR("slug")) || field_differs(was, is, STR("draft")) ||
           field_differs(was, is, STR("date")) || field_differs(was, is, STR("updated"));
}

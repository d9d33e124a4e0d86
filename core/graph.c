#include "graph_parts.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"

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
        if (r->of) {
            blob_free(&r->of->key);
            blob_free(&r->of->value);
        }
        reads_index_free(r->index);
    }
}

void graph_free(struct graph *g) {
    for (uint32_t i = 0; i < g->article_count; i++) {
        blob_free(&g->articles[i]->path);
        blob_free(&g->articles[i]->diags);
        free_renderings(g->articles[i]->renderings);
        free_renderings(g->articles[i]->checks);
        blob_free(&g->articles[i]->packed);
    }
    free_renderings(g->site_renderings);
    free_renderings(g->site_checks);
    buf_free(&g->moves);
    free(g->unsaved);
    arena_free(&g->arena);
}

/* What is not saved yet */

void graph_note_article(struct graph *g, uint32_t article) {
    struct article_node *a = g->articles[article];
    if (a->is_unsaved)
        return;
    a->is_unsaved = true;
    if (g->unsaved_count == g->unsaved_cap) {
        g->unsaved_cap = g->unsaved_cap ? g->unsaved_cap * 2 : 64;
        g->unsaved = must_realloc(g->unsaved, g->unsaved_cap * sizeof *g->unsaved);
    }
    g->unsaved[g->unsaved_count++] = article;
}

void graph_note(struct graph *g, struct rendering *r) {
    r->is_unsaved = true;
    if (r->article == NO_ARTICLE)
        g->is_site_unsaved = true;
    else
        graph_note_article(g, r->article);
}

void graph_all_saved(struct graph *g) {
    for (uint32_t i = 0; i < g->unsaved_count; i++)
        g->articles[g->unsaved[i]]->is_unsaved = false;
    for (struct rendering *r = g->site_renderings; r; r = r->next)
        r->is_unsaved = false;
    for (struct rendering *r = g->site_checks; r; r = r->next)
        r->is_unsaved = false;
    g->unsaved_count = 0;
    g->is_site_unsaved = false;
    g->moves.len = 0;
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
    a->saved_at = UINT64_MAX; // nothing is
    g->articles[g->article_count] = a;
    path_slot(g, path)->article_and_one = g->article_count + 1;
    graph_note_article(g, g->article_count++);
    return g->article_count - 1;
}

uint32_t graph_export(struct graph *g, struct str name) {
    for (uint32_t i = 0; i < g->export_count; i++)
        if (str_eq(g->exports[i], name))
            return i;
    g->exports = ARENA_MORE(&g->arena, g->exports, g->export_count);
    g->exports[g->export_count] = arena_str(&g->arena, name);
    return g->export_count++;
}

/* An article has some twenty renderings: a list will do. A gone rendering's place is used again. */

static struct rendering *append(struct graph *g, struct rendering **end, struct rendering key) {
    *end = ARENA_NEW(&g->arena, struct rendering);
    **end = key;
    return *end;
}

struct rendering *graph_find_rendering(const struct graph *g, uint32_t export,
                                       uint32_t article, uint32_t item, bool is_count) {
    struct rendering *r = g->articles[article]->renderings;
    while (r && !(r->export == export && r->item == item && r->is_count == is_count))
        r = r->next;
    return r;
}

/* Checks */

static struct rendering **checks_of(struct graph *g, uint32_t article) {
    return article == NO_ARTICLE ? &g->site_checks : &g->articles[article]->checks;
}

struct rendering *graph_check(struct graph *g, uint32_t export, uint32_t article) {
    struct rendering **end = checks_of(g, article);
    for (; *end; end = &(*end)->next)
        if ((*end)->export == export)
            return *end;
    return append(g, end, (struct rendering){.export = export, .article = article});
}

static unsigned notes_of(const struct rendering *r) {
    bool again = r->outcome == OUTCOME_FAILED || r->outcome == OUTCOME_UNSURE;
    return (r->diags.s.len ? CHECKS_SAY : 0) | (r->looks_around ? CHECKS_LOOK_AROUND : 0) |
           (again ? CHECKS_AGAIN : 0);
}

void graph_settle_checks(struct graph *g, uint32_t article) {
    unsigned notes = 0;
    for (struct rendering **at = checks_of(g, article); *at;) {
        struct rendering *r = *at;
        if (r->is_wanted) {
            notes |= notes_of(r);
            at = &r->next;
            continue;
        }
        *at = r->next;
        r->next = NULL;
        free_renderings(r);
    }
    if (article != NO_ARTICLE)
        g->articles[article]->check_notes = notes;
}

struct rendering *graph_rendering(struct graph *g, uint32_t export, uint32_t article,
                                  uint32_t item, bool is_count) {
    struct rendering **end = &g->articles[article]->renderings;
    for (; *end; end = &(*end)->next)
        if ((*end)->export == export && (*end)->item == item && (*end)->is_count == is_count)
            return *end;
    return append(g, end, (struct rendering){.export = export, .article = article, .item = item,
                                             .is_count = is_count});
}

struct rendering **graph_items(struct graph *g, uint32_t export, uint32_t article, uint32_t count,
                               struct arena *a) {
    struct rendering **items = ARENA_ARRAY(a, struct rendering *, count);
    struct rendering **end = &g->articles[article]->renderings;
    for (; *end; end = &(*end)->next)
        if ((*end)->export == export && (*end)->item < count && !(*end)->is_count)
            items[(*end)->item] = *end;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i])
            continue;
        items[i] = append(g, end, (struct rendering){.export = export, .article = article,
                                                     .item = i});
        end = &items[i]->next;
    }
    return items;
}

/* The site may have very many, which are known by the keys of their items. */

struct str graph_key(const struct rendering *r) {
    return r->of ? r->of->key.s : STR("");
}

static struct rendering **site_slot(const struct graph *g, uint32_t export, struct str key,
                                    bool is_count) {
    size_t i = hash_bytes(key.at, key.len, (uint64_t)export << 1 | is_count);
    struct rendering *r;
    for (;; i++) {
        r = g->site_slots[i &= g->site_room - 1];
        if (!r || (r->export == export && r->is_count == is_count && str_eq(graph_key(r), key)))
            return &g->site_slots[i];
    }
}

static void grow_site(struct graph *g) {
    g->site_room = g->site_room ? g->site_room * 2 : 64;
    g->site_slots = ARENA_ARRAY(&g->arena, struct rendering *, g->site_room);
    for (struct rendering *r = g->site_renderings; r; r = r->next)
        *site_slot(g, r->export, graph_key(r), r->is_count) = r;
}

struct rendering *graph_find_site_rendering(const struct graph *g, uint32_t export,
                                            struct str key, bool is_count) {
    return g->site_room ? *site_slot(g, export, key, is_count) : NULL;
}

struct rendering *graph_site_rendering(struct graph *g, uint32_t export, struct str key,
                                       bool is_count) {
    struct rendering *r = graph_find_site_rendering(g, export, key, is_count);
    if (r)
        return r;
    if (g->site_count * 2 >= g->site_room)
        grow_site(g);
    r = append(g, g->site_end ? g->site_end : &g->site_renderings,
               (struct rendering){.export = export, .article = NO_ARTICLE, .is_count = is_count});
    if (key.len) {
        r->of = ARENA_NEW(&g->arena, struct item);
        blob_set(&r->of->key, key);
    }
    *site_slot(g, export, key, is_count) = r;
    g->site_end = &r->next;
    g->site_count++;
    return r;
}

bool graph_move(struct graph *g, struct str moves) {
    struct wire in = {.rest = moves};
    while (in.rest.len && !in.bad) {
        uint32_t export = wire_u32(&in), is_count = wire_u32(&in);
        struct str key = wire_str(&in);
        uint64_t at = wire_u32(&in);
        struct str bytes = wire_str(&in);
        struct rendering *r = graph_find_site_rendering(g, export, key, is_count);
        for (struct rendering *c = r ? NULL : g->site_checks; c && !r; c = c->next)
            r = c->export == export ? c : NULL;
        if (r && !in.bad && bytes.len && at + bytes.len <= r->reads.s.len)
            graph_set_read(r, at, bytes);
    }
    return !in.bad;
}

/* Read sets */

void graph_set_reads(struct rendering *r, struct str set) {
    blob_set(&r->reads, set);
    reads_index_free(r->index);
    r->index = NULL;
}

void graph_set_read(struct rendering *r, size_t at, struct str bytes) {
    if (!r->reads.owned)
        blob_set(&r->reads, r->reads.s);
    memcpy((char *)(uintptr_t)r->reads.s.at + at, bytes.at, bytes.len);
}

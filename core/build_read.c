/* From files to images: which files changed, what they say now, which articles are the site. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "build_parts.h"
#include "hash.h"
#include "wire.h"

struct str build_place(struct build *b, struct str path) {
    return content_join(&b->session.update, b->session.content_place, path);
}

static struct place place_of(struct build *b, uint32_t article) {
    return (struct place){.path = build_place(b, b->graph.articles[article]->path.s)};
}

/* Looking */

static bool same_print(const struct fingerprint *x, const struct fingerprint *y) {
    return memcmp(x, y, sizeof *x) == 0;
}

static void queue_read(struct build *b, uint32_t article) {
    struct unit *u = ARENA_NEW(&b->session.update, struct unit);
    const struct known_reader *r = session_reader(&b->session, b->graph.articles[article]->path.s);
    *u = (struct unit){.kind = UNIT_READ, .article = article,
                       .plugin = r ? r->plugin : NO_PLUGIN};
    if (b->verify)
        pool_add_first(b->session.pool, u); // in another order: what a reader keeps then shows
    else
        pool_add(b->session.pool, u);
    b->to_read++;
}

static void gone(struct build *b, uint32_t article) {
    struct article_node *a = b->graph.articles[article];
    if (!a->is_there)
        return;
    b->site_changed = true;
    a->is_there = false;
    a->print = (struct fingerprint){0};
    graph_note_article(&b->graph, article);
}

/* The clock of a file system may tick every few milliseconds only: what is written twice within a
 * tick looks the same. */
static bool is_fresh(const struct fingerprint *print) {
    enum { TICK_NS = 20 * 1000 * 1000 };
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    uint64_t now_ns = (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
    return print->ctime_ns + TICK_NS > now_ns;
}

uint32_t build_look(struct build *b, struct str path) {
    struct str whole = content_join(&b->session.update, b->session.content, path);
    uint32_t number = graph_article(&b->graph, path);
    struct article_node *a = b->graph.articles[number];
    build_touch(b, number);
    struct fingerprint now = content_fingerprint(whole.at);
    if (now.ino == 0) {
        gone(b, number);
        return number;
    }
    b->site_changed = b->site_changed || !a->is_there;
    a->is_there = true;
    if (!build_can_read(b, path)) {
        a->has_failed = true; // what it was when its plugin last worked stands
        return number;
    }
    if (build_must_reread(b, path))
        a->reading_hash = 0;
    if (same_print(&now, &a->print) && a->reading_hash == build_reading_hash(b, path))
        return number;
    a->print = now;
    graph_note_article(&b->graph, number);
    if (is_fresh(&now))
        a->print.ctime_ns = 0; // another save may still have the same times: look again
    queue_read(b, number);
    return number;
}

bool build_scan(struct build *b) {
    enum { A_FEW = 256 };
    struct session *s = &b->session;
    struct content_list files;
    struct content_filter articles = {content_is_article, &s->endings};
    if (!content_find(&files, &s->update, s->content, s->content_place, articles, 0, 0,
                      s->diags)) {
        diag_error(s->diags, (struct place){.path = s->content_place}, "unreadable", "%s",
                   strerror(errno));
        return false;
    }
    if (files.count >= SITE_MAX_ARTICLES) {
        diag_error(s->diags, (struct place){.path = s->content_place}, "too-many",
                   "more than %d articles", SITE_MAX_ARTICLES);
        return false;
    }
    bool is_first = b->graph.article_count == 0; // else threads may look at the graph
    unsigned char *seen = ARENA_ARRAY(&s->update, unsigned char,
                                      b->graph.article_count + files.count + 1);
    for (size_t i = 0; i < files.count; i++) {
        seen[build_look(b, files.files[i].path)] = 1;
        if (is_first && i % A_FEW == 0)
            pool_begin(s->pool); // workers read while we go on looking
    }
    for (uint32_t i = 0; i < b->graph.article_count; i++)
        if (!seen[i])
            gone(b, i);
    return true;
}

/* Reading */

static void fail(struct build *b, struct article_node *a, struct diags *own) {
    struct buf wire = BUF_INIT;
    for (const struct diag *d = own->first; d; d = d->next)
        wire_put_diag(&wire, d);
    blob_set(&a->diags, buf_str(&wire));
    buf_free(&wire);
    a->has_failed = true;
    a->bytes_hash = 0;
    a->print = (struct fingerprint){0}; // the cause may go though the file stays: look again
    a->round = b->round;
    b->read++;
}

/* The bytes decide: a file that was only touched is not parsed. */
bool build_write_read(struct build *b, struct unit *u, struct buf *request) {
    struct session *s = &b->session;
    struct article_node *a = b->graph.articles[u->article];
    struct diags own = {.arena = &s->update};
    struct str place = build_place(b, a->path.s);
    struct buf bytes = BUF_INIT;
    struct str path = content_join(&s->update, s->content, a->path.s);
    if (build_passes_over(b, u)) {
        fail(b, a, &own);
        return false;
    }
    if (!content_read(&bytes, path, place, s->settings.file_bytes, &own)) {
        fail(b, a, &own);
        buf_free(&bytes);
        return false;
    }
    uint64_t hash = hash_str(buf_str(&bytes)) | 1;
    bool known = hash == a->bytes_hash && a->reading_hash == build_reading_hash(b, a->path.s);
    if (!known) {
        wire_put_u32(request, UNIT_READ);
        wire_put_str(request, place);
        wire_put_str(request, a->path.s);
        wire_put_str(request, buf_str(&bytes));
        wire_put_u32(request, u->plugin);
        a->sent_hash = hash; // the worker may die over another file: then this is sent again
    } else {
        b->read++;
    }
    buf_free(&bytes);
    return !known;
}

static struct image keep_copy(struct build *b, struct str bytes) {
    char *copy = arena_alloc_raw(&b->session.update, bytes.len);
    memcpy(copy, bytes.at, bytes.len);
    return (struct image){(const unsigned char *)copy, (uint32_t)bytes.len};
}

/* Before a new image takes its place: the old one, for comparing. */
static void lend_images(struct build *b, struct article_node *a, const struct image *is) {
    a->was = (struct image){0};
    if (a->image_len && !store_get_image(&b->store, a, &b->session.update, &a->was))
        b->is_damaged = true;
    a->has_changed = true;
    a->is = (struct image){0};
    if (a->was.len) // nothing can have read an article that is new
        a->is = keep_copy(b, (struct str){(const char *)is->at, is->len});
}

void build_take_image(struct build *b, uint32_t article, struct str bytes) {
    struct article_node *a = b->graph.articles[article];
    struct diags *d = b->session.diags;
    struct image image;
    if (!image_open(&image, bytes, false)) {
        diag_error(d, place_of(b, article), "protocol",
                   "a worker sent an article that makes no sense");
        a->has_failed = true;
        a->bytes_hash = 0; // try again next time
        return;
    }
    build_shelve(b);
    lend_images(b, a, &image);
    a->has_failed = false;
    struct shelf_image where = {.len = image.len};
    struct str head = {(const char *)image.at, image_head_len(&image)};
    if (!store_put_image(&b->store, a, &image)) {
        diag_error(d, place_of(b, article), "memory", "no room is left for this article's image");
        b->is_damaged = b->is_full = true;
        return;
    }
    where.at = a->image_at;
    where.sum = a->image_sum;
    if (!shelf_put(&b->session.shelf, article, head, where))
        diag_error(d, place_of(b, article), "memory", "no memory is left for this article");
    shelf_set_live(&b->session.shelf, article, a->is_live);
    build_count_lists(b, article, &image);
    b->fields_changed |= graph_query_fields_differ(&a->was, &a->is);
    bool is_first = !a->was.len; // it may be long there, and was broken until now
    b->site_changed = b->site_changed || is_first || graph_standing_differs(&a->was, &a->is);
}

void build_take_read(struct build *b, struct unit *u, enum pool_end end, const char *why,
                     const struct answer *answer) {
    struct session *s = &b->session;
    struct article_node *a = b->graph.articles[u->article];
    b->read++;
    a->round = b->round;
    a->was_reread = a->bytes_hash == a->sent_hash && build_must_reread(b, a->path.s);
    a->reading_hash = build_reading_hash(b, a->path.s);
    build_note_reading(b, u, end);
    graph_note_article(&b->graph, u->article);
    a->bytes_hash = a->sent_hash;
    blob_set(&a->diags, buf_str(&answer->record[RECORD_DIAG]));
    if (end == POOL_MADE) {
        build_take_image(b, u->article, buf_str(&answer->record[RECORD_IMAGE]));
    } else if (end == POOL_FAILED || end == POOL_SKIPPED) {
        a->has_failed = true;
    } else {
        struct diags own = {.arena = &s->update}, *all = s->diags;
        s->diags = &own;
        build_report_reading(b, u, end, why, answer);
        s->diags = all;
        fail(b, a, &own);
        b->read--;
    }
}

bool build_read_all(struct build *b) {
    return session_run(&b->session);
}

/* What belongs to the site: no drafts, and of articles with one slug the first by path. */

static int compare_paths(const void *p, const void *q) {
    const struct article_node *const *a = p, *const *b = q;
    return str_compare((*a)->path.s, (*b)->path.s);
}

static void report_slug(struct build *b, const struct article_node *a,
                        const struct article_node *first, struct node root) {
    struct span span = node_span(node_get(root, STR("slug")));
    struct place at = {build_place(b, a->path.s), span.line, span.col};
    struct str slug = node_get_string(root, STR("slug"));
    struct diag *e = diag_error(b->session.diags, at, "slug-taken",
                                "the slug '%.*s' is taken by %.*s: this article is left out",
                                STR_ARG(slug), STR_ARG(build_place(b, first->path.s)));
    diag_help(b->session.diags, e, "give one of them another `slug:` in its front matter");
}

static uint32_t number_of(const struct build *b, const struct article_node *a) {
    uint32_t number = 0;
    graph_find(&b->graph, a->path.s, &number);
    return number;
}

static void decide(struct build *b, struct article_node *a, struct taken *slugs) {
    uint32_t number = number_of(b, a);
    struct image head = shelf_head(&b->session.shelf, number);
    bool live = false;
    if (a->is_there && a->image_len && head.len) {
        struct node root = image_root(&head);
        live = !node_boolean(node_get(root, STR("draft")));
        b->result->drafts += !live;
        if (live) {
            uint64_t *owner = taken_claim(slugs, node_get_string(root, STR("slug")), number);
            if (owner)
                report_slug(b, a, b->graph.articles[*owner], root);
            live = !owner;
            b->has_clashes = b->has_clashes || owner;
        }
    }
    a->was_live = a->is_live;
    if (live != a->is_live) {
        b->fields_changed = GRAPH_ALL_FIELDS;
        graph_note_article(&b->graph, number);
    }
    a->is_live = live;
    b->result->articles += live;
    shelf_set_live(&b->session.shelf, number, live);
}

static uint64_t settling_hash(void) {
    const char *asked = getenv("SOURCE_DATE_EPOCH");
    return hash_str(str_of(asked)) | 1;
}

/* The last build decided the same, and had nothing to say about it. */
static bool is_settled(struct build *b) {
    if (b->site_changed || b->kept.settled_hash != settling_hash())
        return false;
    b->now = b->kept.now;
    for (uint32_t i = 0; i < b->graph.article_count; i++) {
        const struct article_node *a = b->graph.articles[i];
        b->result->articles += a->is_live;
        b->result->drafts += a->is_there && a->image_len && !a->is_live;
    }
    return true;
}

static bool is_sorted(struct article_node **articles, uint32_t count) {
    for (uint32_t i = 1; i < count; i++)
        if (compare_paths(&articles[i - 1], &articles[i]) > 0)
            return false;
    return true;
}

/* Goes over every article; when no article's standing changed, nothing of it can have either. */
void build_settle(struct build *b) {
    struct session *s = &b->session;
    if (is_settled(b))
        return;
    build_shelve(b);
    b->has_clashes = false;
    struct taken slugs = {.arena = &s->update};
    uint32_t count = b->graph.article_count;
    struct article_node **sorted = ARENA_ARRAY(&s->update, struct article_node *, count + 1);
    if (count)
        memcpy(sorted, b->graph.articles, count * sizeof *sorted);
    if (!is_sorted(sorted, count)) // as files are found
        qsort(sorted, count, sizeof *sorted, compare_paths);
    for (uint32_t i = 0; i < count; i++)
        decide(b, sorted[i], &slugs);
    b->now = shelf_now(&s->shelf, &s->update);
    b->kept.settled_hash = b->has_clashes ? 0 : settling_hash();
}

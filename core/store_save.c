/* The file `state`: read, grown by an update, written whole. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"
#include "store_parts.h"

enum { FRAME_BYTES = 1 << 20, GROWN_LEAST = 1 << 20 };

/* Loading */

static bool map_state(struct store *s) {
    struct stat st;
    if (fstat(s->state, &st) != 0 || st.st_size <= 0)
        return false;
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, s->state, 0);
    if (at == MAP_FAILED)
        return false;
    store_unmap(s);
    s->loaded = (struct str){at, (size_t)st.st_size};
    return true;
}

/* Brings the graph to where the file ends. 0: it is of no use. Otherwise how far that went; what
 * follows are outputs, up to *good, and then what is damaged. */
static size_t take_frames(struct store *s, struct graph *g, struct kept *k, size_t *good) {
    struct str rest = s->loaded;
    struct frame f;
    size_t end = 0;
    bool is_usable = true, is_whole = false;
    while (frame_next(&rest, &f)) {
        if (f.kind == FRAME_OUTPUTS)
            continue;
        is_usable = is_usable && f.is_ours && store_take(&f, g, k, &s->images_end);
        is_whole = f.kind == FRAME_WHOLE;
        if (is_whole)
            end = s->loaded.len - rest.len;
        if (is_whole && !s->whole_bytes)
            s->whole_bytes = end;
    }
    *good = s->loaded.len - rest.len;
    return is_usable && is_whole ? end : 0;
}

static void load_outputs(struct store *s, struct arena *a, struct str rest) {
    struct frame f;
    while (rest.len) {
        if (!frame_next(&rest, &f)) {
            if (!frame_skip(&rest))
                return;
            continue;
        }
        struct wire in = {.rest = f.outputs};
        while (in.rest.len && !in.bad) {
            uint64_t hash = wire_u64(&in);
            struct str path = wire_str(&in);
            struct journal_entry *e = ARENA_NEW(a, struct journal_entry);
            *e = (struct journal_entry){arena_str(a, path), hash, s->journaled};
            s->journaled = in.bad ? s->journaled : e;
        }
    }
}

static void put_journaled(struct frame_draft *f, const struct journal_entry *first) {
    for (const struct journal_entry *e = first; e; e = e->next)
        frame_put_output(f, e->path, e->hash);
}

static uint64_t hash_kept(const struct graph *g, const struct kept *k) {
    struct frame_draft f = {0};
    store_put_kept(&f, g, k);
    uint64_t hash = hash_str(buf_str(&f.entries));
    frame_free(&f);
    return hash;
}

/* What is damaged goes, but not what was known from behind it. */
static void cut(struct store *s, size_t good) {
    struct frame_draft f = {0};
    put_journaled(&f, s->journaled);
    if (ftruncate(s->state, (off_t)good) != 0 ||
        !frame_write(s->state, FRAME_OUTPUTS, &f, &s->grown_bytes))
        s->is_kept = false;
    frame_free(&f);
}

static void forget_loaded(struct store *s, struct graph *g, struct kept *k) {
    graph_free(g);
    *g = (struct graph){0};
    *k = (struct kept){0};
    s->images_end = s->whole_bytes = 0;
}

bool store_load(struct store *s, struct arena *a, struct graph *g, struct kept *k) {
    size_t good;
    s->journaled = NULL;
    s->whole_bytes = s->grown_bytes = 0;
    if (!s->is_kept || !map_state(s))
        return false;
    size_t end = take_frames(s, g, k, &good);
    if (!end)
        forget_loaded(s, g, k);
    s->grown_bytes = good - s->whole_bytes;
    load_outputs(s, a, str_from(s->loaded, end));
    graph_all_saved(g);
    s->kept_hash = hash_kept(g, k);
    if (!end && !s->is_reading)
        store_forget(s, g);
    else if (good < s->loaded.len && !s->is_reading)
        cut(s, good);
    return end > 0;
}

/* Growing */

void store_journal(struct store *s, struct str path, uint64_t hash) {
    struct frame_draft f = {0};
    if (!s->is_kept)
        return;
    frame_put_output(&f, path, hash);
    if (!frame_write(s->state, FRAME_OUTPUTS, &f, &s->grown_bytes))
        s->is_kept = false;
    frame_free(&f);
}

static void put_unsaved(struct frame_draft *f, struct graph *g) {
    for (uint32_t i = 0; i < g->unsaved_count; i++) {
        struct article_node *a = g->articles[g->unsaved[i]];
        if (a->is_unsaved)
            store_put_article(f, g, g->unsaved[i]);
        a->is_unsaved = false;
        a->saved_at = a->image_at;
    }
}

static bool is_worth_a_rewrite(const struct store *s, const struct graph *g) {
    enum { FEW = 64 };
    return s->rewritten >= 0 || s->whole_bytes == 0 ||
           s->grown_bytes > s->whole_bytes / 2 + GROWN_LEAST ||
           (g->unsaved_count > FEW && g->unsaved_count > g->article_count / 4);
}

bool store_save(struct store *s, struct graph *g, const struct kept *k) {
    struct frame_draft f = {0};
    if (!s->is_kept)
        return true;
    if (is_worth_a_rewrite(s, g))
        return false;
    uint64_t kept = hash_kept(g, k);
    if (kept != s->kept_hash) // settings and plugins change seldom
        store_put_kept(&f, g, k);
    s->kept_hash = kept;
    store_put_moves(&f, g);
    put_unsaved(&f, g);
    store_put_site(&f, g, false);
    store_put_end(&f, k, s->images_end);
    if (!frame_write(s->state, FRAME_WHOLE, &f, &s->grown_bytes))
        s->is_kept = false;
    frame_free(&f);
    graph_all_saved(g);
    return true;
}

/* Writing it whole */

/* False: it could not be written; the old one stays, and nothing is kept from now on. */
static bool begin(struct store *s) {
    if (s->rewritten >= 0)
        close(s->rewritten);
    s->rewritten = store_open_file(s, "state.new", O_RDWR | O_CREAT | O_TRUNC | O_APPEND);
    s->rewritten_count = 0;
    s->rewritten_bytes = 0;
    s->is_kept = s->rewritten >= 0;
    return s->is_kept;
}

static void finish(struct store *s) {
    char from[PATH_MAX], to[PATH_MAX];
    snprintf(from, sizeof from, "%.*s/state.new", STR_ARG(s->folder));
    snprintf(to, sizeof to, "%.*s/state", STR_ARG(s->folder));
    s->is_kept = s->is_kept && rename(from, to) == 0;
    if (s->is_kept) {
        close(s->state);
        s->state = s->rewritten;
    } else {
        unlink(from);
        close(s->rewritten);
    }
    s->rewritten = -1;
}

static void put_part(struct store *s, struct graph *g, const struct kept *k) {
    struct frame_draft f = {0};
    store_put_kept(&f, g, k); // whoever reads the articles needs the names of the exports
    while (s->rewritten_count < g->article_count && f.entries.len < FRAME_BYTES) {
        struct article_node *a = g->articles[s->rewritten_count];
        store_put_article(&f, g, s->rewritten_count++);
        a->is_unsaved = false;
        a->saved_at = a->image_at;
    }
    s->is_kept = frame_write(s->rewritten, FRAME_PART, &f, &s->rewritten_bytes);
    frame_free(&f);
}

/* With all that was noted since the parts were written. */
static void put_whole(struct store *s, struct graph *g, const struct kept *k) {
    struct frame_draft f = {0};
    s->kept_hash = hash_kept(g, k);
    store_put_kept(&f, g, k);
    put_unsaved(&f, g);
    store_put_site(&f, g, true);
    store_put_end(&f, k, s->images_end);
    s->is_kept = frame_write(s->rewritten, FRAME_WHOLE, &f, &s->rewritten_bytes);
    frame_free(&f);
    graph_all_saved(g);
    s->whole_bytes = s->rewritten_bytes;
    s->grown_bytes = 0;
}

bool store_rewrite(struct store *s, struct graph *g, const struct kept *k, size_t bytes) {
    if (!s->is_kept || (s->rewritten < 0 && !begin(s)))
        return true;
    uint64_t end = s->rewritten_bytes + bytes;
    while (s->is_kept && s->rewritten_count < g->article_count) {
        put_part(s, g, k);
        if (s->is_kept && s->rewritten_bytes >= end)
            return false;
    }
    if (s->is_kept)
        put_whole(s, g, k);
    finish(s);
    return true;
}

/* Forgetting */

static void put_outputs(struct frame_draft *f, const struct rendering *first) {
    for (const struct rendering *r = first; r; r = r->next)
        if (r->path.s.len)
            frame_put_output(f, r->path.s, r->bytes_hash);
}

void store_forget(struct store *s, const struct graph *g) {
    struct frame_draft f = {0};
    s->images_end = s->whole_bytes = s->grown_bytes = 0;
    if (!s->is_kept || !begin(s))
        return;
    put_outputs(&f, g->site_renderings);
    for (uint32_t i = 0; i < g->article_count; i++)
        put_outputs(&f, g->articles[i]->renderings);
    put_journaled(&f, s->journaled);
    s->is_kept = frame_write(s->rewritten, FRAME_OUTPUTS, &f, &s->grown_bytes);
    frame_free(&f);
    finish(s);
    if (s->is_kept && ftruncate(s->images, 0) != 0)
        s->is_kept = false;
}

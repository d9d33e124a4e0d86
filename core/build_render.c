/* From images to outputs: renderings run, what they wrote is committed, what nothing makes any
 * more is removed. */
#include <errno.h>
#include <string.h>

#include "build_parts.h"
#include "hash.h"
#include "utf8.h"
#include "wire.h"

/* An output that its rendering gave up. */
struct dropped {
    struct str path;
    uint64_t hash;
    struct dropped *next;
};

void build_drop_output(struct build *b, struct str path, uint64_t hash) {
    struct dropped *d = ARENA_NEW(&b->session.update, struct dropped);
    *d = (struct dropped){arena_str(&b->session.update, path), hash, b->dropped};
    b->dropped = d;
}

/* Names */

static struct str rendering_name(struct build *b, const struct rendering *r) {
    struct arena *a = &b->session.update;
    struct str name = arena_printf(a, "export '%.*s'", STR_ARG(b->graph.exports[r->export]));
    if (build_export(b, r->export)->is_check)
        name = b->graph.exports[r->export];
    if (r->article != NO_ARTICLE)
        return arena_printf(a, "%.*s of %.*s", STR_ARG(name),
                            STR_ARG(build_place(b, b->graph.articles[r->article]->path.s)));
    struct str key = utf8_visible(a, graph_key(r));
    return key.len ? arena_printf(a, "%.*s of '%.*s'", STR_ARG(name), STR_ARG(key)) : name;
}

static struct place plugin_place(const struct build *b, const struct rendering *r) {
    const struct known_export *e = build_export(b, r->export);
    return (struct place){.path = b->session.plugins[e->plugin].place};
}

/* Paths. A rendering is known in the table by its address. */

static uint64_t owner_number(const struct rendering *r) {
    return (uint64_t)(uintptr_t)r;
}

static void claim_all(struct build *b, struct rendering *first) {
    for (struct rendering *r = first; r; r = r->next) {
        if (!r->path.s.len || r->is_stale || !r->is_wanted)
            continue;
        uint64_t *owner = taken_claim(&b->paths, r->path.s, owner_number(r));
        if (owner && *owner == 0)
            *owner = owner_number(r);
    }
}

void build_claim_paths(struct build *b) {
    if (b->paths.arena)
        return;
    b->paths = (struct taken){.arena = &b->paths_arena};
    claim_all(b, b->graph.site_renderings);
    for (uint32_t i = 0; i < b->graph.article_count; i++)
        claim_all(b, b->graph.articles[i]->renderings);
}

void build_release_path(struct build *b, const struct rendering *r) {
    if (!r->path.s.len || !b->paths.arena)
        return; // before the first claims there are none to give up
    uint64_t *owner = taken_claim(&b->paths, r->path.s, 0);
    if (owner && *owner == owner_number(r))
        *owner = 0;
}

static bool is_built_in(const struct build *b, const struct rendering *r) {
    const struct known_export *e = build_export(b, r->export);
    return e && b->session.plugins[e->plugin].is_built_in;
}

/* In an order that does not depend on which worker was faster. What a built-in plugin makes comes
 * first: no other can take its place by a name. */
static int compare_renderings(const struct build *b, const struct rendering *x,
                              const struct rendering *y) {
    struct str none = STR("");
    struct str p = x->article == NO_ARTICLE ? none : b->graph.articles[x->article]->path.s;
    struct str q = y->article == NO_ARTICLE ? none : b->graph.articles[y->article]->path.s;
    int order = is_built_in(b, y) - is_built_in(b, x);
    if (order == 0)
        order = str_compare(p, q);
    if (order == 0)
        order = str_compare(b->graph.exports[x->export], b->graph.exports[y->export]);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

/* Whether this rendering may write there: of two, the first in order does, whoever came first. */
static bool claim_path(struct build *b, struct rendering *r, struct str path) {
    uint64_t *owner = taken_claim(&b->paths, path, owner_number(r));
    if (!owner || *owner == 0 || *owner == owner_number(r)) {
        if (owner)
            *owner = owner_number(r);
        return true;
    }
    struct rendering *other = (struct rendering *)(uintptr_t)*owner;
    bool wins = compare_renderings(b, r, other) < 0;
    struct rendering *first = wins ? r : other, *second = wins ? other : r;
    diag_error(b->session.diags, plugin_place(b, second), "path-taken",
               "%s and %s both write %.*s/%.*s: only the first is kept",
               rendering_name(b, first).at, rendering_name(b, second).at,
               STR_ARG(b->output.place), STR_ARG(path));
    second->outcome = OUTCOME_CLASHED;
    graph_note(&b->graph, second);
    b->clashed = true;
    if (wins) {
        build_drop_output(b, other->path.s, other->bytes_hash); // which may be spelled otherwise
        blob_free(&other->path); // `other` is the second: noted
        *owner = owner_number(r);
    }
    return wins;
}

/* Results */

static void move_to(struct build *b, struct rendering *r, struct str path) {
    if (str_eq(r->path.s, path))
        return;
    if (r->path.s.len)
        build_drop_output(b, r->path.s, r->bytes_hash);
    blob_set(&r->path, path);
}

static void commit(struct build *b, struct rendering *r, const struct answer *answer) {
    struct session *s = &b->session;
    struct str path = buf_str(&answer->record[RECORD_PATH]);
    struct str bytes = buf_str(&answer->record[RECORD_BYTES]);
    const char *fault = output_path_fault(path);
    if (fault && build_is_given_up(b, r)) {
        build_pass_over(b, r);
        return;
    }
    if (fault) {
        struct str visible = utf8_visible(&s->update, path);
        diag_error(s->diags, plugin_place(b, r), "bad-path",
                   "%s: its path '%.*s' cannot be used: %s", rendering_name(b, r).at,
                   STR_ARG(visible), fault);
        r->outcome = OUTCOME_FAILED;
        return;
    }
    uint64_t hash = hash_str(bytes);
    build_release_path(b, r);
    if (!claim_path(b, r, path)) {
        r->outcome = OUTCOME_CLASHED;
        move_to(b, r, STR(""));
        return;
    }
    if (!str_eq(path, r->path.s) || hash != r->bytes_hash)
        store_journal(&b->store, path, hash);
    if (!b->options.is_dry && !output_write(&b->output, path, bytes, s->diags)) {
        r->outcome = OUTCOME_UNSURE;
        return;
    }
    move_to(b, r, path);
    r->outcome = OUTCOME_MADE;
    r->is_on_disk = true;
    r->bytes_hash = hash;
    r->bytes_len = bytes.len;
    r->mtime_ns = b->output.last_mtime_ns;
}

void build_note_reads(struct build *b, struct rendering *r, const struct answer *answer) {
    bool did = r->looks_around;
    graph_set_reads(r, buf_str(&answer->record[RECORD_READS]));
    blob_set(&r->diags, buf_str(&answer->record[RECORD_DIAG]));
    r->looks_around = graph_looks_around(r);
    if (r->article != NO_ARTICLE && !build_export(b, r->export)->is_check)
        b->looking_around += (uint32_t)r->looks_around - (uint32_t)did;
    r->round = b->round;
    r->ran_s = b->began_s;
    r->is_stale = false;
    if (r->of)
        r->of->is_other = false;
    graph_note(&b->graph, r);
}

void build_report_death(struct build *b, struct rendering *r, enum pool_end end, const char *why,
                        const struct answer *answer) {
    r->outcome = OUTCOME_UNSURE;
    if (end == POOL_DAMAGED)
        b->is_damaged = true;
    else
        session_report_death(&b->session, plugin_place(b, r), rendering_name(b, r).at, end, why,
                             answer);
}

/* What failed keeps its output, or, when it lists the items of others, theirs. */
void build_keep_last_good(struct build *b, struct rendering *r) {
    uint64_t *owner = r->path.s.len ? taken_claim(&b->paths, r->path.s, owner_number(r)) : NULL;
    if (owner && *owner == 0)
        *owner = owner_number(r);
    for (struct rendering *item = b->graph.site_renderings; r->is_count && item; item = item->next)
        if (item->export == r->export && item->of && item->of->is_listed)
            item->is_wanted = true;
}

void build_take_render(struct build *b, struct unit *u, enum pool_end end, const char *why,
                       const struct answer *answer) {
    struct rendering *r = u->subject;
    b->rendered++;
    b->result->renderings++;
    if (end != POOL_MADE && end != POOL_SKIPPED && build_is_given_up(b, r)) {
        build_pass_over(b, r); // it was under way already
        return;
    }
    build_note_reads(b, r, answer);
    if (r->is_count && end == POOL_MADE &&
        !session_check_items(&b->session, answer, plugin_place(b, r)))
        end = POOL_FAILED;
    if (end == POOL_MADE && r->is_count) {
        r->outcome = OUTCOME_MADE;
        b->result->renderings--;
        build_take_items(b, r, answer);
    } else if (end == POOL_MADE) {
        commit(b, r, answer);
    } else if (end == POOL_SKIPPED) {
        build_release_path(b, r);
        move_to(b, r, STR(""));
        r->outcome = OUTCOME_SKIPPED;
    } else {
        if (end == POOL_FAILED)
            r->outcome = OUTCOME_FAILED;
        else
            build_report_death(b, r, end, why, answer);
        build_keep_last_good(b, r);
    }
    build_note_try(b, r, end);
}

/* Running */

void build_queue(struct build *b, struct rendering *r) {
    struct unit *u = ARENA_NEW(&b->session.update, struct unit);
    const struct known_export *e = build_export(b, r->export);
    *u = (struct unit){.kind = e->is_check ? UNIT_CHECK : r->is_count ? UNIT_ITEMS : UNIT_RENDER,
                       .subject = r, .plugin = e->plugin};
    if (b->options.is_dry)
        pool_add_first(b->session.pool, u); // in another order than usual
    else
        pool_add(b->session.pool, u);
    b->to_render++;
}

bool build_write_render(struct build *b, const struct unit *u, struct buf *request) {
    struct rendering *r = u->subject;
    const struct known_export *e = build_export(b, r->export);
    if (build_is_given_up(b, r)) {
        b->rendered++;
        build_pass_over(b, r);
        return false;
    }
    wire_put_u32(request, u->kind);
    wire_put_u32(request, e->plugin);
    wire_put_u32(request, e->number);
    if (u->kind == UNIT_RENDER) {
        wire_put_u32(request, r->article);
        wire_put_u32(request, r->item);
        wire_put_str(request, graph_key(r));
        wire_put_str(request, r->of ? r->of->value.s : STR(""));
    }
    return true;
}

bool build_render_all(struct build *b) {
    b->is_rendering = true;
    return session_run(&b->session);
}

/* Removing */

/* By whom this very file is: a path in capitals is claimed with it, and is another file here. */
static bool is_claimed(struct build *b, struct str path) {
    uint64_t *owner = taken_claim(&b->paths, path, 0);
    if (!owner || *owner == 0)
        return false;
    const struct rendering *r = (const struct rendering *)(uintptr_t)*owner;
    return r->outcome == OUTCOME_UNSURE || output_is_same(&b->output, r->path.s, path);
}

/* The bytes may be those of the build that was saved, or of one that was killed since. */
static enum output_removal remove_ours(struct build *b, struct str path, uint64_t hash) {
    enum output_removal verdict = output_remove(&b->output, path, hash);
    for (const struct journal_entry *e = b->store.journaled; e; e = e->next)
        if (verdict == OUTPUT_CHANGED && str_eq(e->path, path))
            verdict = output_remove(&b->output, path, e->hash);
    return verdict;
}

/* The next update tries again, or the next build. */
static void keep_stuck(struct build *b, struct str path, uint64_t hash) {
    struct dropped *d = ARENA_NEW(&b->session.arena, struct dropped);
    *d = (struct dropped){arena_str(&b->session.arena, path), hash, b->stuck};
    b->stuck = d;
}

static void remove_output(struct build *b, struct str path, uint64_t hash) {
    if (is_claimed(b, path) || output_path_fault(path))
        return;
    enum output_removal verdict = remove_ours(b, path, hash);
    int fault = errno;
    struct place at = {.path = content_join(&b->session.update, b->output.place, path)};
    b->result->removed += verdict == OUTPUT_REMOVED;
    if (verdict == OUTPUT_CHANGED)
        diag_warning(b->session.diags, at, "output-kept",
                     "nothing makes this any more, but somebody changed it: it is kept");
    if (verdict != OUTPUT_STUCK)
        return;
    diag_error(b->session.diags, at, "output",
               "nothing makes this any more, but it cannot be removed: %s", strerror(fault));
    keep_stuck(b, path, hash);
}

/* Of what a killed build wrote the last state knows nothing; each path once. */
static void remove_strays(struct build *b) {
    struct taken told = {.arena = &b->session.update};
    for (const struct journal_entry *e = b->store.journaled; e; e = e->next)
        if (!taken_claim(&told, e->path, 1)) {
            output_sweep(&b->output, e->path);
            remove_output(b, e->path, e->hash);
        }
}

/* For who may not touch outputs: the next build removes them. */
static void keep_dropped(struct build *b) {
    for (const struct dropped *d = b->dropped; d; d = d->next)
        keep_stuck(b, d->path, d->hash);
    for (const struct journal_entry *e = b->store.journaled; e; e = e->next)
        keep_stuck(b, e->path, e->hash);
    b->store.journaled = NULL;
}

void build_remove_dropped(struct build *b) {
    if (b->options.is_check) {
        keep_dropped(b);
        return;
    }
    const struct dropped *stuck = b->stuck;
    b->stuck = NULL;
    if (b->dropped || stuck || b->store.journaled)
        build_claim_paths(b);
    for (const struct dropped *d = stuck; d; d = d->next)
        remove_output(b, d->path, d->hash);
    for (const struct dropped *d = b->dropped; d; d = d->next)
        remove_output(b, d->path, d->hash);
    remove_strays(b);
    b->store.journaled = NULL;
}

void build_journal_stuck(struct build *b) {
    for (const struct dropped *d = b->stuck; d; d = d->next)
        store_journal(&b->store, d->path, d->hash);
}

/* The graph is given up, but not the knowledge of which outputs are ours. */

void build_forget(struct build *b) {
    store_forget(&b->store, &b->graph);
    graph_free(&b->graph);
    blob_free(&b->kept.settings);
    b->graph = (struct graph){0};
    b->kept = (struct kept){0};
}

/* Messages */

/* The site may have been called otherwise when a message was made: "." then, "../site" now. */
static struct str call_anew(struct build *b, struct arena *a, struct str path) {
    struct str before = content_join(a, b->kept.site, STR(""));
    if (path.len == 0 || !str_starts(path, before) || (before.len == 0 && path.at[0] == '/'))
        return path;
    return content_join(a, b->session.site, str_from(path, before.len));
}

/* False: there is nothing in it. */
static bool rename_blob(struct build *b, struct blob *diags) {
    struct arena scratch = ARENA_INIT;
    struct diags all = {.arena = &scratch};
    struct wire in = {.rest = diags->s};
    struct buf out = BUF_INIT;
    while (in.rest.len && !in.bad)
        wire_diag(&in, &all);
    for (struct diag *d = all.first; d; d = d->next) {
        d->at.path = call_anew(b, &scratch, d->at.path);
        for (struct related *r = d->related; r; r = r->next)
            r->at.path = call_anew(b, &scratch, r->at.path);
        wire_put_diag(&out, d);
    }
    if (all.first)
        blob_set(diags, buf_str(&out));
    buf_free(&out);
    arena_free(&scratch);
    return all.first;
}

static void rename_all(struct build *b, struct rendering *first) {
    for (struct rendering *r = first; r; r = r->next)
        if (rename_blob(b, &r->diags))
            graph_note(&b->graph, r);
}

void build_rename_messages(struct build *b) {
    if (str_eq(b->kept.site, b->session.site))
        return;
    rename_all(b, b->graph.site_renderings);
    rename_all(b, b->graph.site_checks);
    for (uint32_t i = 0; i < b->graph.article_count; i++) {
        if (rename_blob(b, &b->graph.articles[i]->diags))
            graph_note_article(&b->graph, i);
        rename_all(b, b->graph.articles[i]->renderings);
        if (b->graph.articles[i]->check_notes & CHECKS_SAY)
            store_unpack_checks(&b->graph, i);
        rename_all(b, b->graph.articles[i]->checks);
    }
    b->kept.site = arena_str(&b->graph.arena, b->session.site);
}

static void replay_blob(struct build *b, const struct blob *diags) {
    struct wire in = {.rest = diags->s};
    while (in.rest.len && !in.bad)
        wire_diag(&in, b->session.diags);
}

static void replay_renderings(struct build *b, const struct rendering *first, bool all) {
    for (const struct rendering *r = first; r; r = r->next) {
        bool is_held = r->is_wanted && build_export(b, r->export)->is_held;
        b->looking_around += all && r->looks_around && r->article != NO_ARTICLE;
        b->result->outputs += r->is_wanted && !is_held && r->path.s.len > 0;
        if (r->is_wanted && !is_held && (all || r->round == b->round))
            replay_blob(b, &r->diags);
    }
}

static void replay_article(struct build *b, uint32_t article, bool all) {
    const struct article_node *a = b->graph.articles[article];
    if (a->is_there && (all || a->round == b->round))
        replay_blob(b, &a->diags);
    replay_renderings(b, a->renderings, all);
}

/* Of a partial update only what it touched can have run, unless something looks around. */
void build_replay(struct build *b, bool all) {
    if (all)
        b->looking_around = 0;
    replay_renderings(b, b->graph.site_renderings, all);
    if (all || b->is_wide || b->looking_around)
        for (uint32_t i = 0; i < b->graph.article_count; i++)
            replay_article(b, i, all);
    else
        for (uint32_t i = 0; i < b->touched_count; i++)
            replay_article(b, b->touched[i], all);
}

/* What must run: renderings whose plugin, settings or read set is not what it was, renderings that
 * never ran, renderings whose output is gone. */
#include <string.h>

#include "build_parts.h"
#include "hash.h"
#include "wire.h"

const struct known_export *build_export(const struct build *b, uint32_t export) {
    return export < b->export_count ? b->exports[export] : NULL;
}

/* What a plugin made that cannot be loaded for the moment stays. */
static void note_broken(struct build *b) {
    const struct session *s = &b->session;
    b->is_broken = ARENA_ARRAY(&b->session.update, bool, b->export_count + 1);
    for (uint32_t i = 0; i < s->plugin_count; i++) {
        const struct plugin_code *p = s->plugins[i].is_broken ? build_code(b, s->plugins[i].name)
                                                              : NULL;
        struct wire names = {.rest = p ? p->exports : STR("")};
        while (names.rest.len && !names.bad) {
            uint32_t export = graph_export(&b->graph, wire_str(&names));
            if (export < b->export_count)
                b->is_broken[export] = !b->exports[export];
        }
    }
}

/* Exports: the graph's numbers for the session's. */
void build_number_exports(struct build *b) {
    struct session *s = &b->session;
    for (uint32_t i = 0; i < s->export_count; i++)
        graph_export(&b->graph, s->exports[i].name);
    build_name_checks(b);
    b->export_count = b->graph.export_count;
    b->exports = ARENA_ARRAY(&s->update, struct known_export *, b->export_count + 1);
    for (uint32_t i = 0; i < b->export_count; i++) {
        struct known_export *e = session_export(s, b->graph.exports[i]);
        b->exports[i] = e && (e->is_made || e->is_held) ? e : NULL;
    }
    build_list_checks(b);
    note_broken(b);
}

static uint64_t hash_exports(const struct build *b) {
    struct buf all = BUF_INIT;
    const struct session *s = &b->session;
    for (uint32_t i = 0; i < s->export_count; i++)
        if (s->exports[i].is_made) {
            wire_put_str(&all, s->exports[i].name);
            wire_put_str(&all, s->exports[i].path);
        }
    uint64_t hash = hash_str(buf_str(&all));
    buf_free(&all);
    return hash;
}

/* One rendering */

/* As bind_site.c makes it. */
static uint64_t export_hash(const void *self, struct str name) {
    const struct session *s = self;
    for (uint32_t i = 0; i < s->export_count; i++)
        if (str_eq(s->exports[i].name, name))
            return s->exports[i].is_made && s->exports[i].path.len
                       ? hash_str(s->exports[i].path) | 1
                       : 0;
    return 0;
}

static struct surroundings surroundings(struct build *b) {
    struct surroundings around = {.now_changed = b->now_changed,
                                  .exports_changed = b->exports_changed,
                                  .site = &b->site,
                                  .fields_changed = b->fields_changed,
                                  .touched = b->touched,
                                  .touched_count = b->touched_count,
                                  .export_hash = b->exports_changed ? export_hash : NULL,
                                  .self = &b->session};
    around.new_settings = b->session.settings_image;
    around.old_settings = b->session.settings_image;
    if (b->settings_differ)
        around.old_settings = (struct image){(const unsigned char *)b->old_settings.s.at,
                                             (uint32_t)b->old_settings.s.len};
    return around;
}

static bool can_have_changed(const struct build *b, const struct rendering *r) {
    return b->settings_differ || b->exports_changed || b->now_changed || r->looks_around ||
           (r->article != NO_ARTICLE && b->graph.articles[r->article]->has_changed);
}

static uint64_t plugin_hash(const struct build *b, const struct known_export *e) {
    return hash_str(b->session.plugins[e->plugin].name) + e->on_hash;
}

/* The file is what it was, and what was read of it is not. */
static void put_reader(const struct build *b, const struct rendering *r, struct buf *reason) {
    const struct article_node *a = r->article == NO_ARTICLE ? NULL
                                                            : b->graph.articles[r->article];
    if (!a || !a->was_reread)
        return;
    const struct known_reader *reader = session_reader(&b->session, a->path.s);
    buf_printf(reason, ": the plugin '%.*s', which reads %.*s files, changed",
               STR_ARG(b->session.plugins[reader->plugin].name), STR_ARG(reader->ending));
}

static bool must_run(struct build *b, struct rendering *r, struct buf *reason) {
    const struct known_export *e = build_export(b, r->export);
    struct surroundings around = surroundings(b);
    if (r->outcome == OUTCOME_NONE)
        buf_put(reason, STR("it was never made"));
    else if (r->outcome == OUTCOME_UNSURE)
        buf_put(reason, STR("it could not be made the last time"));
    else if (r->outcome == OUTCOME_CLASHED)
        buf_put(reason, STR("another rendering had its path"));
    else if (r->plugin != plugin_hash(b, e))
        buf_put(reason, STR("another plugin makes it now"));
    else if (b->plugin_changed[e->plugin])
        buf_printf(reason, "the plugin '%.*s' changed",
                   STR_ARG(b->session.plugins[e->plugin].name));
    else if (r->of && r->of->is_other)
        buf_put(reason, STR("its item is not what it was"));
    else if (b->template_changed[r->export].len)
        buf_printf(reason, "the template '%.*s' changed", STR_ARG(b->template_changed[r->export]));
    else if (r->outcome == OUTCOME_FAILED && b->limits_hash != b->kept.limits_hash)
        buf_put(reason, STR("the limits changed"));
    else if (can_have_changed(b, r) && graph_is_stale(&b->graph, r, &around,
                                                      b->session.content_place, reason))
        put_reader(b, r, reason);
    else if (b->checks_disk && r->outcome == OUTCOME_MADE && !r->is_count && !e->is_check &&
             !r->is_on_disk)
        buf_put(reason, STR("its output is not what was written"));
    return reason->len > 0;
}

/* Left out for this once: it keeps its output, and runs the next time if it had to now. */
static void hold(struct build *b, struct rendering *r) {
    if (r->is_stale && r->outcome != OUTCOME_NONE) {
        r->outcome = OUTCOME_UNSURE;
        graph_note(&b->graph, r);
    }
    r->is_stale = false;
}

void build_want(struct build *b, struct rendering *r) {
    char text[512];
    struct buf reason = {.at = text, .cap = sizeof text, .max = sizeof text};
    r->is_wanted = true;
    if (r->asked_round == b->round)
        return; // a read set is moved by asking: once an update
    r->asked_round = b->round;
    r->is_stale = must_run(b, r, &reason);
    if (build_export(b, r->export)->is_held) {
        hold(b, r);
    } else if (r->is_stale) {
        if (!build_export(b, r->export)->is_check) // nobody can ask why a check ran
            blob_set(&r->reason, buf_str(&reason));
        r->plugin = plugin_hash(b, build_export(b, r->export));
        graph_note(&b->graph, r);
        build_release_path(b, r); // another may want it, until it has run
        if (build_export(b, r->export)->is_check && b->puts_off_checks)
            build_put_off(b, r);
        else
            build_queue(b, r);
    }
}

/* An article's renderings */

/* How many items a list field has is kept as a rendering of its own, which no plugin runs. */

static void count_list(struct build *b, struct rendering *count, const struct known_export *e,
                       const struct image *image) {
    count->outcome = OUTCOME_MADE;
    count->plugin = plugin_hash(b, e);
    count->round = b->round;
    count->item_count = node_count(node_get(image_root(image), e->list));
    graph_note(&b->graph, count);
}

/* Of an export that --only holds back: nothing was ever made of this article. */
static bool holds_nothing(struct build *b, uint32_t export, uint32_t article, bool is_count) {
    return b->exports[export]->is_held &&
           !graph_find_rendering(&b->graph, export, article, 0, is_count);
}

void build_count_lists(struct build *b, uint32_t article, const struct image *image) {
    for (uint32_t i = 0; i < b->export_count; i++) {
        const struct known_export *e = b->exports[i];
        if (e && e->each == EACH_LIST && !holds_nothing(b, i, article, true))
            count_list(b, graph_rendering(&b->graph, i, article, 0, true), e, image);
    }
}

static uint32_t list_items(struct build *b, uint32_t export, uint32_t article) {
    const struct known_export *e = b->exports[export];
    struct article_node *a = b->graph.articles[article];
    struct rendering *count = graph_rendering(&b->graph, export, article, 0, true);
    struct image image;
    count->is_wanted = true;
    bool is_known = count->outcome == OUTCOME_MADE && !b->plugin_changed[e->plugin] &&
                    count->plugin == plugin_hash(b, e);
    if (is_known || count->round == b->round)
        return count->item_count;
    if (!store_get_image(&b->store, a, &b->session.update, &image)) {
        b->is_damaged = true;
        return 0;
    }
    count_list(b, count, e, &image);
    return count->item_count;
}

/* No article that a person writes has so many parts. */
static uint32_t most_items(struct build *b, uint32_t export, uint32_t article, uint32_t count) {
    if (count <= EACH_MOST)
        return count;
    const struct known_export *e = b->exports[export];
    struct place at = {.path = build_place(b, b->graph.articles[article]->path.s)};
    diag_error(b->session.diags, at, "too-many",
               "export '%.*s' is not made of the last %u of %u %.*s: %d are the most",
               STR_ARG(e->name), count - EACH_MOST, count, STR_ARG(e->list), EACH_MOST);
    return EACH_MOST;
}

static void want_items(struct build *b, uint32_t export, uint32_t article, uint32_t count) {
    count = most_items(b, export, article, count);
    struct rendering **items = graph_items(&b->graph, export, article, count, &b->session.update);
    for (uint32_t n = 0; n < count; n++)
        build_want(b, items[n]);
}

static void want_article(struct build *b, uint32_t article) {
    for (uint32_t i = 0; i < b->export_count; i++) {
        const struct known_export *e = b->exports[i];
        if (!e || e->is_check || holds_nothing(b, i, article, e->each == EACH_LIST))
            continue;
        if (e->each == EACH_ARTICLE)
            build_want(b, graph_rendering(&b->graph, i, article, 0, false));
        else if (e->each == EACH_LIST)
            want_items(b, i, article, list_items(b, i, article));
    }
}

/* Its plugin cannot be loaded for the moment, and what it read may change meanwhile: then it runs
 * once that can be. How many items a list has is counted again, too. */
static void miss(struct build *b, struct rendering *r) {
    char text[512];
    struct buf reason = {.at = text, .cap = sizeof text, .max = sizeof text};
    struct surroundings around = surroundings(b);
    if (r->asked_round == b->round || !can_have_changed(b, r))
        return;
    r->asked_round = b->round;
    if ((r->is_count && r->article != NO_ARTICLE) ||
        graph_is_stale(&b->graph, r, &around, b->session.content_place, &reason)) {
        r->outcome = OUTCOME_UNSURE;
        graph_note(&b->graph, r);
    }
}

static void drop_unwanted(struct build *b, struct rendering *first) {
    for (struct rendering *r = first; r; r = r->next) {
        if (r->is_wanted || r->outcome == OUTCOME_NONE)
            continue;
        if (b->is_broken[r->export]) {
            miss(b, r);
            continue;
        }
        if (r->path.s.len) {
            build_release_path(b, r);
            build_drop_output(b, r->path.s, r->bytes_hash);
        }
        blob_free(&r->path);
        blob_free(&r->diags);
        if (r->of)
            blob_free(&r->of->value);
        graph_set_reads(r, STR(""));
        r->outcome = OUTCOME_NONE;
        graph_note(&b->graph, r);
    }
}

static void mark_article(struct build *b, uint32_t article) {
    struct article_node *a = b->graph.articles[article];
    for (struct rendering *r = a->renderings; r; r = r->next)
        r->is_wanted = false;
    if (a->is_live)
        want_article(b, article);
    drop_unwanted(b, a->renderings);
}

/* A change of another article reaches those that look around. */
static void mark_looking_around(struct build *b, uint32_t article) {
    struct article_node *a = b->graph.articles[article];
    for (struct rendering *r = a->renderings; r; r = r->next)
        if (r->looks_around && a->is_live && r->outcome != OUTCOME_NONE) {
            if (b->is_broken[r->export])
                miss(b, r);
            else
                build_want(b, r);
        }
}

static void mark_site(struct build *b) {
    for (struct rendering *r = b->graph.site_renderings; r; r = r->next)
        r->is_wanted = false;
    for (uint32_t i = 0; i < b->export_count; i++) {
        const struct known_export *e = b->exports[i];
        if (e && e->each == EACH_SITE && !e->is_check)
            build_want(b, graph_site_rendering(&b->graph, i, STR(""), false));
    }
    build_want_listed(b);
}

/* Of an article that left the site nothing is to be read any more. */
static void note_leavers(struct build *b) {
    for (uint32_t i = 0; i < b->graph.article_count; i++) {
        struct article_node *a = b->graph.articles[i];
        if (a->is_live == a->was_live)
            continue;
        build_touch(b, i);
        if (!a->is_live) {
            if (!a->has_changed && a->image_len &&
                !store_get_image(&b->store, a, &b->session.update, &a->was))
                b->is_damaged = true;
            a->is = (struct image){0};
            a->has_changed = true;
        } else if (!a->has_changed) {
            if (!store_get_image(&b->store, a, &b->session.update, &a->is))
                b->is_damaged = true;
            a->has_changed = true;
        }
    }
}

static bool settings_differ(const struct build *b) {
    struct image old = {(const unsigned char *)b->old_settings.s.at,
                        (uint32_t)b->old_settings.s.len};
    const struct image *new = &b->session.settings_image; // equal values may lie elsewhere in it
    return old.len && (old.len != new->len || memcmp(old.at, new->at, old.len) != 0);
}

void build_mark_stale(struct build *b, bool all) {
    b->is_wide = all || b->settings_changed || b->now_changed || b->site_changed || b->clashed;
    b->clashed = false; // until it is seen again
    uint64_t exports = hash_exports(b);
    build_find_changed_plugins(b);
    b->exports_changed = exports != b->kept.exports_hash;
    b->exports_hash = exports;
    b->settings_differ = settings_differ(b);
    b->site = (struct site){.heads = b->session.shelf.heads,
                            .heads_len = b->session.shelf.heads_end,
                            .count = b->session.shelf.count};
    if (b->site_changed || all)
        note_leavers(b);
    if (all)
        mark_site(b); // what takes longest begins first
    if (b->is_wide)
        for (uint32_t i = 0; i < b->graph.article_count; i++)
            mark_article(b, i);
    else
        for (uint32_t i = 0; i < b->touched_count; i++)
            mark_article(b, b->touched[i]);
    if (!b->is_wide && b->looking_around)
        for (uint32_t i = 0; i < b->graph.article_count; i++)
            if (!b->graph.articles[i]->has_changed)
                mark_looking_around(b, i);
    if (!all)
        mark_site(b); // the article that was saved is what somebody waits for
}

void build_drop_site(struct build *b) {
    drop_unwanted(b, b->graph.site_renderings);
}

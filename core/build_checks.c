/* What plugins find wrong with content. All checks of a plugin for one article are one rendering,
 * and so are those for the site: they have read sets, limits and messages like any other, and no
 * output. They run when every output is written, so that nobody waits for them; while watching,
 * when it is quiet.
 *
 * Most articles are as they were: what their checks left stays as the store has it (article_node's
 * `packed`), and is looked into only where something may have changed, or something is to be
 * said. */
#include "build_parts.h"
#include "hash.h"
#include "wire.h"

/* Which there are */

/* 0: all of them are switched off. */
static uint64_t hash_on(const struct session *s, const struct known_plugin *p, enum each each) {
    uint64_t hash = 0;
    for (uint32_t i = 0; i < p->check_count; i++) {
        const struct known_check *c = &p->checks[i];
        if (c->each == each && session_severity(s, c) != SEVERITY_OFF)
            hash = hash_bytes(c->code.at, c->code.len, hash) | 1;
    }
    return hash;
}

static void name_checks(struct build *b, uint32_t plugin, enum each each, const char *what) {
    struct session *s = &b->session;
    struct known_plugin *p = &s->plugins[plugin];
    struct known_export *e = &p->checking[each == EACH_SITE];
    uint64_t on = hash_on(s, p, each);
    if (on && !e->name.len) // no export has a name with blanks
        *e = (struct known_export){.name = arena_printf(&s->config, "%s of '%.*s'", what,
                                                        STR_ARG(p->name)),
                                   .plugin = plugin, .each = each, .is_check = true};
    e->on_hash = on;
    e->is_held = b->options.only_count > 0;
    if (!on)
        return;
    e->number = graph_export(&b->graph, e->name);
    if (each == EACH_ARTICLE)
        b->checked_by = hash_bytes(&on, sizeof on, b->checked_by + hash_str(p->name)) | 1;
}

void build_name_checks(struct build *b) {
    b->checked_by = 0;
    for (uint32_t i = 0; !b->options.is_dry && i < b->session.plugin_count; i++) {
        name_checks(b, i, EACH_ARTICLE, "the checks");
        name_checks(b, i, EACH_SITE, "the site checks");
    }
}

void build_list_checks(struct build *b) {
    for (uint32_t i = 0; i < b->session.plugin_count; i++)
        for (int k = 0; k < 2; k++) {
            struct known_export *e = &b->session.plugins[i].checking[k];
            if (e->on_hash)
                b->exports[e->number] = e;
        }
}

/* What must run */

static void want_all(struct build *b, uint32_t article, enum each each) {
    for (uint32_t i = 0; i < b->export_count; i++)
        if (b->exports[i] && b->exports[i]->is_check && b->exports[i]->each == each)
            build_want(b, graph_check(&b->graph, i, article));
}

static void mark_site(struct build *b) {
    for (struct rendering *r = b->graph.site_checks; r; r = r->next)
        r->is_wanted = false;
    want_all(b, NO_ARTICLE, EACH_SITE);
    graph_settle_checks(&b->graph, NO_ARTICLE);
}

static bool any_plugin_changed(const struct build *b) {
    for (uint32_t i = 0; i < b->export_count; i++)
        if (b->exports[i] && b->exports[i]->is_check && b->plugin_changed[b->exports[i]->plugin])
            return true;
    return false;
}

/* Whether it has to be looked at what the checks of an article have read. `all`: of every one. */
static bool must_look(const struct build *b, const struct article_node *a, bool all) {
    return a->has_changed || a->is_live != a->was_live || a->checked_by != b->checked_by ||
           a->check_notes & CHECKS_AGAIN || all ||
           (a->check_notes & CHECKS_LOOK_AROUND && b->touched_count);
}

static void mark_article(struct build *b, uint32_t article) {
    struct article_node *a = b->graph.articles[article];
    bool is_held = b->options.only_count > 0;
    if (is_held && !a->checked_by)
        return;
    store_unpack_checks(&b->graph, article);
    for (struct rendering *r = a->checks; r; r = r->next)
        r->is_wanted = false;
    if (a->is_live)
        want_all(b, article, EACH_ARTICLE);
    graph_settle_checks(&b->graph, article);
    if (is_held || a->checked_by == b->checked_by)
        return;
    a->checked_by = b->checked_by;
    graph_note_article(&b->graph, article);
}

/* Of most updates while watching, only the articles that were touched are gone through. */
static bool is_narrow(const struct build *b) {
    return !b->is_wide && !b->checks_look_around;
}

static uint32_t reach(const struct build *b) {
    return is_narrow(b) ? b->touched_count : b->graph.article_count;
}

static uint32_t reached(const struct build *b, uint32_t i) {
    return is_narrow(b) ? b->touched[i] : i;
}

static void mark_all(struct build *b) {
    bool all = b->settings_differ || b->now_changed || b->exports_changed || any_plugin_changed(b);
    for (uint32_t i = 0; i < reach(b); i++)
        if (must_look(b, b->graph.articles[reached(b, i)], all))
            mark_article(b, reached(b, i));
    mark_site(b);
}

static bool run_queued(struct build *b) {
    if (!b->to_render)
        return true;
    build_show_site(b);
    return session_run(&b->session);
}

bool build_check_all(struct build *b) {
    if (b->options.is_dry)
        return true;
    b->to_render = b->rendered = 0;
    b->is_checking = true;
    mark_all(b);
    return run_queued(b);
}

/* Putting off: while watching, a save is not to wait for checks. What has to run is found out with
 * each update, for it moves read sets; that it must run is kept as an outcome. */

void build_put_off(struct build *b, struct rendering *r) {
    r->outcome = OUTCOME_UNSURE;
    if (build_is_given_up(b, r)) {
        build_pass_over(b, r);
        return;
    }
    if (r->is_due)
        return;
    r->is_due = true;
    if (b->due_count == b->due_cap) {
        b->due_cap = b->due_cap ? b->due_cap * 2 : 64;
        b->due = must_realloc(b->due, b->due_cap * sizeof(struct rendering *));
    }
    b->due[b->due_count++] = r;
}

bool build_check_due(struct build *b) {
    for (uint32_t i = 0; i < b->due_count; i++)
        if (b->due[i]->is_wanted && build_export(b, b->due[i]->export))
            build_queue(b, b->due[i]);
    return run_queued(b);
}

/* Running */

bool build_write_check(struct build *b, const struct unit *u, struct buf *request) {
    struct rendering *r = u->subject;
    if (build_is_given_up(b, r)) {
        b->rendered++;
        build_pass_over(b, r);
        r->is_due = false;
        return false;
    }
    wire_put_u32(request, UNIT_CHECK);
    wire_put_u32(request, build_export(b, r->export)->plugin);
    wire_put_u32(request, r->article);
    return true;
}

void build_take_check(struct build *b, struct unit *u, enum pool_end end, const char *why,
                      const struct answer *answer) {
    struct rendering *r = u->subject;
    b->rendered++;
    b->result->checks++;
    if (end != POOL_MADE && build_is_given_up(b, r)) {
        build_pass_over(b, r); // it was under way already
        r->is_due = false;
        return;
    }
    r->is_due = false;
    build_note_reads(b, r, answer);
    r->outcome = end == POOL_MADE ? OUTCOME_MADE : OUTCOME_FAILED;
    if (pool_was_lost(end))
        build_report_death(b, r, end, why, answer);
    build_note_try(b, r, end);
    graph_settle_checks(&b->graph, r->article);
    b->checks_look_around |= r->article != NO_ARTICLE && r->looks_around;
}

/* Messages */

static enum severity severity_of(const struct build *b, const struct known_export *e,
                                 struct str code) {
    const struct known_plugin *p = &b->session.plugins[e->plugin];
    for (uint32_t i = 0; i < p->check_count; i++)
        if (str_eq(p->checks[i].code, code))
            return session_severity(&b->session, &p->checks[i]);
    return SEVERITY_WARNING;
}

/* As severe as the settings say. That the check itself failed is an error, whatever they say; a
 * build goes on with what is wrong with the content. */
static void say(struct build *b, const struct known_export *e, struct diag *d) {
    if (d->severity != SEVERITY_ERROR) {
        d->severity = severity_of(b, e, d->code);
        if (d->severity == SEVERITY_ERROR && !b->options.is_check)
            d->severity = SEVERITY_WARNING;
        if (d->severity == SEVERITY_OFF ||
            (d->severity == SEVERITY_INFO && !b->options.is_check))
            return;
    }
    diag_copy(b->session.diags, d);
}

static void replay_one(struct build *b, const struct rendering *r) {
    struct arena scratch = ARENA_INIT;
    struct diags said = {.arena = &scratch};
    const struct known_export *e = build_export(b, r->export);
    struct wire in = {.rest = e ? r->diags.s : STR("")};
    while (in.rest.len && !in.bad)
        wire_diag(&in, &said);
    for (struct diag *d = said.first; d; d = d->next)
        say(b, e, d);
    arena_free(&scratch);
}

/* What is due has something else to say, or nothing. */
static void replay(struct build *b, const struct rendering *first, bool all) {
    for (const struct rendering *r = first; r; r = r->next)
        if ((all && !r->is_due) || r->round == b->round)
            replay_one(b, r);
}

void build_settle_due(struct build *b) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < b->due_count; i++) {
        struct rendering *r = b->due[i];
        if (r->round == b->round)
            replay_one(b, r);
        else if (r->is_due && r->is_wanted)
            b->due[left++] = r;
    }
    b->result->due = b->due_count = left;
}

void build_replay_checks(struct build *b, bool all) {
    if (b->options.is_dry || b->options.only_count)
        return;
    replay(b, b->graph.site_checks, all);
    for (uint32_t i = 0; i < reach(b); i++) {
        struct article_node *a = b->graph.articles[reached(b, i)];
        b->checks_look_around |= a->check_notes & CHECKS_LOOK_AROUND;
        if (!(a->check_notes & CHECKS_SAY) || !a->is_live || (!all && a->packed.s.len))
            continue;
        store_unpack_checks(&b->graph, reached(b, i));
        replay(b, a->checks, all);
    }
}

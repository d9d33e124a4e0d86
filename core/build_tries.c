/* Which plugins are tried no more: one that fails on three articles in a row would cost a deadline
 * for each of the others. It is tried again by the next build, and while watching when it changes,
 * or for an article that changes. */
#include "build_parts.h"

enum { MOST_FAILURES = 3 };

/* The article, or the item of a list that the plugin made. */
static uint64_t subject_of(const struct rendering *r) {
    return (uint64_t)r->article << 32 | (r->article == NO_ARTICLE ? r->item : 0);
}

/* A plugin whose checks fail may make good outputs. */
static struct tries *tries_of(struct build *b, const struct rendering *r) {
    struct known_export *e = b->exports[r->export];
    struct known_plugin *p = &b->session.plugins[e->plugin];
    return e->is_check ? &p->checks_tried : &p->outputs_tried;
}

static void note_failure(struct build *b, const struct rendering *r) {
    struct known_export *e = b->exports[r->export];
    if (e->failed_in_row && e->failed_on == subject_of(r))
        return;
    e->failed_on = subject_of(r);
    if (++e->failed_in_row >= MOST_FAILURES)
        tries_of(b, r)->given_up_round = b->round;
}

static void note_success(struct build *b, const struct rendering *r) {
    struct tries *t = tries_of(b, r);
    b->exports[r->export]->failed_in_row = 0;
    if (t->given_up_round != b->round) // an article changed, and it works again
        t->given_up_round = 0;
}

void build_note_try(struct build *b, const struct rendering *r, enum pool_end end) {
    if (r->outcome == OUTCOME_FAILED || (pool_was_lost(end) && end != POOL_DAMAGED))
        note_failure(b, r);
    else if (end == POOL_MADE)
        note_success(b, r);
}

bool build_is_given_up(struct build *b, const struct rendering *r) {
    const struct tries *t = tries_of(b, r);
    bool has_changed = r->is_due ||
                       (r->article != NO_ARTICLE && b->graph.articles[r->article]->has_changed);
    return t->given_up_round && (t->given_up_round == b->round || !has_changed);
}

void build_pass_over(struct build *b, struct rendering *r) {
    r->outcome = OUTCOME_UNSURE; // the next build tries it
    r->is_stale = false;
    blob_free(&r->diags);
    tries_of(b, r)->passed_over++;
    build_keep_last_good(b, r);
}

static void report(struct build *b, const struct known_plugin *p, struct tries *t,
                   bool are_checks) {
    if (t->passed_over)
        diag_error(b->session.diags, (struct place){.path = p->place},
                   are_checks ? "checks-given-up" : "plugin-given-up",
                   "%s'%.*s' failed on %d articles in a row and %s not tried again in this "
                   "build: %u of %s were left out", are_checks ? "the checks of " : "",
                   STR_ARG(p->name), MOST_FAILURES, are_checks ? "are" : "is", t->passed_over,
                   are_checks ? "their runs" : "its renderings");
    t->passed_over = 0;
}

void build_report_passed_over(struct build *b) {
    for (uint32_t i = 0; i < b->session.plugin_count; i++) {
        struct known_plugin *p = &b->session.plugins[i];
        report(b, p, &p->outputs_tried, false);
        report(b, p, &p->checks_tried, true);
    }
}

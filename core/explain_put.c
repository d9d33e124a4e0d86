/* Explanations as text and as JSON. */
#include "content.h"
#include "explain_parts.h"
#include "json.h"
#include "moment.h"
#include "utf8.h"

static const char *outcome_name(const struct rendering *r) {
    static const char *const names[] = {"none", "made", "skipped", "failed", "unsure",
                                        "clashed"};
    return names[r->outcome];
}

static struct str output_of(struct explanation *e, const struct rendering *r) {
    return r->path.s.len ? content_join(&e->arena, e->out, r->path.s) : STR("");
}

static struct str export_of(const struct explanation *e, const struct rendering *r) {
    return e->left.graph.exports[r->export];
}

static struct str time_of(struct explanation *e, uint64_t seconds) {
    return moment_write_seconds(&e->arena, (int64_t)seconds);
}

/* The last update looked at it and found nothing changed. */
static bool was_skipped(const struct explanation *e, const struct rendering *r) {
    return e->left.kept.updated_s > r->ran_s;
}

/* The line that reads what the reason names: "…: faq[2].answer.text was "old", is "new"". */
static struct place line_of_reason(const struct rendering *r, const struct fact *facts) {
    struct place by = {0};
    size_t longest = 0;
    for (const struct fact *f = facts; f; f = f->next) {
        size_t at = f->what.len ? str_find(r->reason.s, f->what) : r->reason.s.len;
        if (f->by.line && f->what.len > longest && at >= 2 && at < r->reason.s.len &&
            r->reason.s.at[at - 2] == ':' &&
            str_starts(str_from(r->reason.s, at + f->what.len), STR(" was "))) {
            by = f->by;
            longest = f->what.len;
        }
    }
    return by;
}

/* Text */

static const struct {
    const char *name, *before, *after;
    bool has_value;
} words[] = {
    [FACT_VALUE] = {"value", "", " = ", true},
    [FACT_SHAPE] = {"shape", "", ": which items or keys", false},
    [FACT_PLACE] = {"place", "", ": where it stands", false},
    [FACT_TYPE] = {"type", "", ": that it is there", false},
    [FACT_MISSING] = {"missing", "", ": that it is not there", false},
    [FACT_QUERY] = {"query", "", "", false},
    [FACT_EXPORT] = {"export", "where the export ", " goes", false},
    [FACT_EXPORTS] = {"exports", "which exports are made", "", false},
    [FACT_NOW] = {"now", "", " = ", true},
    [FACT_FILE] = {"file", "the plugins' file ", "", false},
    [FACT_NO_FILE] = {"missing-file", "the plugins' file ", ": that it is not there", false},
    [FACT_UNKNOWN] = {"unknown", "something; a build is changing it", "", false},
};

/* Names of files, keys and queries are whatever somebody called them. */
static void put_visible(struct buf *out, struct str s) {
    struct arena scratch = ARENA_INIT;
    buf_put(out, utf8_visible(&scratch, s));
    arena_free(&scratch);
}

static void put_place(struct buf *out, struct place at) {
    put_visible(out, at.path);
    if (at.line)
        buf_printf(out, ":%u", at.line);
    if (at.line && at.col)
        buf_printf(out, ":%u", at.col);
}

static void put_what(struct buf *out, const struct fact *f) {
    bool is_root = f->what.len == 0 && f->kind <= FACT_TYPE;
    buf_put(out, str_of(words[f->kind].before));
    put_visible(out, is_root ? STR("the article") : f->what);
    buf_put(out, str_of(words[f->kind].after));
    if (words[f->kind].has_value)
        buf_put(out, f->now);
}

/* On the way to something that is told anyway. */
static bool is_on_the_way(const struct fact *f) {
    if (f->kind != FACT_TYPE)
        return false;
    for (const struct fact *next = f->next; next && str_eq(next->at.path, f->at.path);
         next = next->next) {
        char after = next->what.len > f->what.len ? next->what.at[f->what.len] : '\0';
        if (f->what.len == 0 || (str_starts(next->what, f->what) && (after == '.' || after == '[')))
            return true;
    }
    return false;
}

static void put_facts(struct buf *out, const struct fact *f) {
    for (; f; f = f->next) {
        if (is_on_the_way(f))
            continue;
        buf_put(out, STR("    "));
        put_place(out, f->at);
        buf_put(out, f->at.path.len ? STR(": ") : STR(""));
        put_what(out, f);
        if (f->by.line) {
            buf_put(out, STR("  ["));
            put_place(out, f->by);
            buf_put(out, STR("]"));
        }
        buf_char(out, '\n');
    }
}

/* "page.html of content/a.md, item 2" */
static void put_name(struct buf *out, struct explanation *e, const struct rendering *r) {
    if (r->is_count)
        buf_put(out, STR("how many there are of "));
    buf_put(out, export_of(e, r));
    if (r->article != NO_ARTICLE) {
        buf_put(out, STR(" of "));
        put_visible(out, explain_article(e, r->article));
    }
    if (graph_key(r).len) {
        buf_put(out, STR(" of '"));
        put_visible(out, graph_key(r));
        buf_put(out, STR("'"));
    } else if (r->item) {
        buf_printf(out, ", item %u", r->item + 1);
    }
}

/* The plugin, and where it lies. */
static void put_plugin(struct buf *out, struct explanation *e, const struct rendering *r,
                       const struct trace *trace) {
    buf_put(out, STR("\n  plugin   "));
    put_visible(out, trace->plugin.len ? trace->plugin : explain_plugin(e, r));
    if (!trace->place.len)
        return;
    buf_put(out, STR(" ("));
    put_visible(out, trace->place);
    buf_put(out, STR(")"));
}

static void put_why_text(struct buf *out, struct explanation *e, const struct rendering *r,
                         const struct trace *trace, const struct fact *facts) {
    struct place by = line_of_reason(r, facts);
    put_visible(out, output_of(e, r));
    buf_put(out, STR("\n  export   "));
    put_name(out, e, r);
    put_plugin(out, e, r, trace);
    buf_printf(out, "\n  outcome  %s%s\n  ran      %.*s: ", outcome_name(r),
               r->outcome >= OUTCOME_FAILED ? "; the output is the last good one" : "",
               STR_ARG(time_of(e, r->ran_s)));
    put_visible(out, r->reason.s);
    buf_char(out, '\n');
    if (by.line) {
        buf_put(out, STR("           read at "));
        put_place(out, by);
        buf_char(out, '\n');
    }
    if (was_skipped(e, r))
        buf_printf(out, "  skipped  %.*s: nothing that it read had changed\n",
                   STR_ARG(time_of(e, e->left.kept.updated_s)));
    buf_put(out, STR("  read\n"));
    put_facts(out, facts);
}

/* JSON. Members are separated by whoever writes the next one. */

static void put_member(struct buf *out, const char *key, struct str value) {
    if (!value.len)
        return;
    buf_printf(out, "%s\"%s\":", str_ends(buf_str(out), STR("{")) ? "" : ",", key);
    json_string(out, value, false);
}

static void put_json_place(struct buf *out, struct place at) {
    put_member(out, "path", at.path);
    if (at.line)
        buf_printf(out, ",\"line\":%u", at.line);
    if (at.col)
        buf_printf(out, ",\"col\":%u", at.col);
}

static void put_by(struct buf *out, struct place by) {
    if (!by.line)
        return;
    buf_put(out, STR(",\"by\":{"));
    put_json_place(out, by);
    buf_char(out, '}');
}

static void put_identity(struct buf *out, struct explanation *e, const struct rendering *r) {
    buf_char(out, '{');
    put_member(out, "output", output_of(e, r));
    put_member(out, "export", export_of(e, r));
    put_member(out, "plugin", explain_plugin(e, r));
    if (r->article != NO_ARTICLE)
        put_member(out, "article", explain_article(e, r->article));
    put_member(out, "key", graph_key(r));
    buf_printf(out, ",\"item\":%u", r->item + 1);
}

static void put_json_fact(struct buf *out, const struct fact *f) {
    put_member(out, "read", str_of(words[f->kind].name));
    put_json_place(out, f->at);
    put_member(out, "what", f->what);
    put_member(out, "now", f->now);
    put_by(out, f->by);
    buf_put(out, STR("}\n"));
}

static void put_why_json(struct buf *out, struct explanation *e, const struct rendering *r,
                         const struct trace *trace, const struct fact *facts) {
    put_identity(out, e, r);
    put_member(out, "plugin_file", trace->place);
    put_member(out, "outcome", str_of(outcome_name(r)));
    put_member(out, "ran", time_of(e, r->ran_s));
    put_member(out, "reason", r->reason.s);
    put_by(out, line_of_reason(r, facts));
    if (was_skipped(e, r))
        put_member(out, "skipped", time_of(e, e->left.kept.updated_s));
    buf_put(out, STR("}\n"));
    for (const struct fact *f = facts; f; f = f->next) {
        buf_char(out, '{');
        put_json_fact(out, f);
    }
}

void explain_put_why(struct buf *out, struct explanation *e, const struct rendering *r,
                     const struct trace *trace, const struct fact *facts, bool is_json) {
    if (is_json)
        put_why_json(out, e, r, trace, facts);
    else
        put_why_text(out, e, r, trace, facts);
}

void explain_put_impact(struct buf *out, struct explanation *e, const struct rendering *r,
                        const struct fact *facts, bool is_json) {
    if (!is_json) {
        struct str output = output_of(e, r);
        put_visible(out, output);
        buf_put(out, output.len ? STR(" (") : STR(""));
        put_name(out, e, r);
        buf_put(out, output.len ? STR(")\n") : r->is_count ? STR("\n") : STR(": not made\n"));
        put_facts(out, facts);
        return;
    }
    for (const struct fact *f = facts; f; f = f->next) {
        put_identity(out, e, r);
        put_json_fact(out, f);
    }
}

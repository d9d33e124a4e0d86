/* Messages as SARIF 2.1.0 (OASIS, March 2020), which code hosts and editors show beside the text:
 * one run, a rule for each code, a result for each message. */
#include <stdlib.h>

#include "encode.h"
#include "hash.h"
#include "json.h"
#include "message_parts.h"
#include "version.h"

static const char schema[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

struct writer {
    struct buf *out;
    struct arena arena;
    struct str site; /* with its final slash, or empty */
    const struct message_rule **rules; /* sorted by code */
    size_t rule_count;
};

static const char *level_of(enum severity severity) {
    return severity == SEVERITY_ERROR     ? "error"
           : severity == SEVERITY_WARNING ? "warning"
           : severity == SEVERITY_OFF     ? "none"
                                          : "note";
}

/* "KEY":{"text":"…"} */
static void put_text(struct buf *out, const char *key, struct str text) {
    buf_printf(out, "\"%s\":{\"text\":", key);
    json_string(out, str_trim(text), false);
    buf_char(out, '}');
}

/* Rules */

static size_t find_rule(const struct writer *w, struct str code) {
    size_t low = 0, high = w->rule_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(w->rules[middle]->code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of one code, the one that came first is the first. */
static int compare_rules(const void *p, const void *q) {
    const struct message_rule *a = *(const struct message_rule *const *)p;
    const struct message_rule *b = *(const struct message_rule *const *)q;
    int order = str_compare(a->code, b->code);
    return order ? order : (a > b) - (a < b);
}

/* Those that were given, and what other codes there are: as many as a plugin likes. */
static void gather_rules(struct writer *w, const struct message_rule *rules, size_t count,
                         const struct diag **all, size_t messages) {
    struct message_rule *known = ARENA_ARRAY(&w->arena, struct message_rule, count + messages);
    w->rules = ARENA_ARRAY(&w->arena, const struct message_rule *, count + messages);
    for (size_t i = 0; i < count + messages; i++) {
        known[i] = i < count ? rules[i]
                                   : (struct message_rule){.code = all[i - count]->code,
                                                           .severity = all[i - count]->severity};
        w->rules[i] = &known[i];
    }
    qsort(w->rules, count + messages, sizeof *w->rules, compare_rules);
    for (size_t i = 0; i < count + messages; i++)
        if (!w->rule_count || !str_eq(w->rules[w->rule_count - 1]->code, w->rules[i]->code))
            w->rules[w->rule_count++] = w->rules[i];
}

static void put_rule(struct buf *out, const struct message_rule *r) {
    buf_put(out, STR("{\"id\":"));
    json_string(out, r->code, false);
    if (r->summary.len) {
        buf_char(out, ',');
        put_text(out, "shortDescription", r->summary);
    }
    if (r->explain.len) {
        buf_char(out, ',');
        put_text(out, "fullDescription", r->explain);
    }
    buf_printf(out, ",\"defaultConfiguration\":{%s\"level\":\"%s\"}}",
               r->severity == SEVERITY_OFF ? "\"enabled\":false," : "", level_of(r->severity));
}

/* Results */

/* Relative to the site, else as the message has it. */
static struct str from_site(const struct writer *w, struct str path) {
    return str_starts(path, w->site) ? str_from(path, w->site.len) : path;
}

static void put_uri(struct writer *w, struct str path) {
    bool has_scheme = str_find_char(path, ':') < str_find_char(path, '/'); // it would be taken so
    buf_printf(w->out, "\"%s", str_starts(path, STR("/")) ? "file://" : has_scheme ? "./" : "");
    escape_text(w->out, ESCAPE_PATH, path);
    buf_char(w->out, '"');
}

static void put_place(struct writer *w, struct place at) {
    buf_put(w->out, STR("\"physicalLocation\":{\"artifactLocation\":{\"uri\":"));
    put_uri(w, from_site(w, at.path));
    buf_char(w->out, '}');
    if (at.line)
        buf_printf(w->out, ",\"region\":{\"startLine\":%u,\"startColumn\":%u}", at.line,
                   at.col ? at.col : 1);
    buf_char(w->out, '}');
}

static void put_related(struct writer *w, const struct related *first) {
    for (const struct related *r = first; r; r = r->next) {
        buf_put(w->out, r == first ? STR(",\"relatedLocations\":[{") : STR(",{"));
        put_place(w, r->at);
        buf_char(w->out, ',');
        put_text(w->out, "message", r->text);
        buf_char(w->out, '}');
    }
    if (first)
        buf_char(w->out, ']');
}

/* The same after an edit elsewhere in the file, so that a code host knows it again. */
static uint64_t fingerprint(const struct writer *w, const struct diag *d) {
    struct str path = from_site(w, d->at.path);
    uint64_t hash = hash_bytes(d->code.at, d->code.len, 0);
    hash = hash_bytes(path.at, path.len, hash);
    return hash_bytes(d->text.at, d->text.len, hash);
}

static void put_result(struct writer *w, const struct diag *d) {
    struct str text = d->text;
    if (d->help.len)
        text = arena_printf(&w->arena, "%.*s\n%.*s", STR_ARG(text), STR_ARG(d->help));
    buf_put(w->out, STR("{\"ruleId\":"));
    json_string(w->out, d->code, false);
    buf_printf(w->out, ",\"ruleIndex\":%zu,\"level\":\"%s\",", find_rule(w, d->code),
               level_of(d->severity));
    put_text(w->out, "message", text);
    if (d->at.path.len) {
        buf_put(w->out, STR(",\"locations\":[{"));
        put_place(w, d->at);
        buf_put(w->out, STR("}]"));
    }
    put_related(w, d->related);
    buf_printf(w->out, ",\"partialFingerprints\":{\"fascia/v1\":\"%016llx\"}}",
               (unsigned long long)fingerprint(w, d));
}

static void put_comma(struct buf *out, bool more) {
    buf_put(out, more ? STR(",\n") : STR("\n"));
}

void message_put_sarif(struct buf *out, const struct diags *d, struct str site,
                       const struct message_rule *rules, size_t rule_count) {
    struct writer w = {.out = out};
    size_t count;
    const struct diag **all = message_sort(d, &count);
    if (site.len && !str_eq(site, STR(".")))
        w.site = arena_printf(&w.arena, "%.*s%s", STR_ARG(site),
                              str_ends(site, STR("/")) ? "" : "/");
    gather_rules(&w, rules, rule_count, all, count);
    buf_printf(out, "{\"$schema\":\"%s\",\n\"version\":\"2.1.0\",\n\"runs\":[{\"tool\":{"
                    "\"driver\":{\"name\":\"fascia\",\"version\":\"" FASCIA_VERSION "\","
                    "\"rules\":[\n", schema);
    for (size_t i = 0; i < w.rule_count; i++) {
        put_rule(out, w.rules[i]);
        put_comma(out, i + 1 < w.rule_count);
    }
    buf_put(out, STR("]}},\n\"columnKind\":\"unicodeCodePoints\",\"results\":[\n"));
    for (size_t i = 0; i < count; i++) {
        put_result(&w, all[i]);
        put_comma(out, i + 1 < count);
    }
    buf_put(out, STR("]}]}\n"));
    arena_free(&w.arena);
    free(all);
}

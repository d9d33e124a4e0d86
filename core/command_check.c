/* `fascia check`: runs the checks, lists them, explains them. */
#include "command_parts.h"

#include <stdlib.h>

#include "build.h"
#include "codes.h"
#include "session.h"

/* Every check there is, by code. What several plugins have alike is there once. */
struct listing {
    struct arena arena;
    struct message_rule *rules;
    size_t count;
};

static int compare_rules(const void *p, const void *q) {
    const struct message_rule *a = p, *b = q;
    int order = str_compare(a->code, b->code);
    if (order == 0)
        order = str_compare(a->summary, b->summary);
    if (order == 0)
        order = (a->severity > b->severity) - (a->severity < b->severity);
    return order ? order : str_compare(a->explain, b->explain);
}

static void add_check(struct listing *l, const struct session *s, const struct known_check *c) {
    l->rules[l->count++] = (struct message_rule){arena_str(&l->arena, c->code),
                                                 arena_str(&l->arena, c->summary),
                                                 arena_str(&l->arena, c->explain),
                                                 session_severity(s, c)};
}

static void sort_rules(struct listing *l) {
    size_t kept = 0;
    qsort(l->rules, l->count, sizeof *l->rules, compare_rules);
    for (size_t i = 0; i < l->count; i++)
        if (!kept || compare_rules(&l->rules[kept - 1], &l->rules[i]) != 0)
            l->rules[kept++] = l->rules[i];
    l->count = kept;
}

/* With room for fascia's own codes. */
static void gather(struct listing *l, const struct session *s) {
    size_t count = codes_count;
    for (uint32_t i = 0; i < s->plugin_count; i++)
        count += s->plugins[i].check_count;
    l->rules = ARENA_ARRAY(&l->arena, struct message_rule, count);
    for (uint32_t i = 0; i < s->plugin_count; i++)
        for (uint32_t k = 0; k < s->plugins[i].check_count; k++)
            add_check(l, s, &s->plugins[i].checks[k]);
    sort_rules(l);
}

/* False: *status is the program's; the listing is empty, with room. */
static bool load(struct listing *l, struct str site, struct diags *d, int *status) {
    struct session s;
    bool good = command_load(&s, site, d, status);
    gather(l, &s);
    session_close(&s);
    return good;
}

/* Telling */

static size_t indent_of(struct str line) {
    size_t i = 0;
    while (i < line.len && line.at[i] == ' ')
        i++;
    return i;
}

/* What all lines behind the first are indented by; empty ones say nothing. */
static size_t shared_indent(struct str text) {
    size_t least = SIZE_MAX;
    struct str line;
    str_cut(&text, '\n', &line);
    while (text.len && str_cut(&text, '\n', &line))
        if (str_trim(line).len && indent_of(line) < least)
            least = indent_of(line);
    return least;
}

/* Lines that came from a plugin, without the indent that they have there; examples keep theirs. */
static void put_lines(struct buf *out, struct str text) {
    size_t shared = shared_indent(text);
    struct str line;
    while (text.len && str_cut(&text, '\n', &line)) {
        size_t own = indent_of(line);
        line = str_from(str_trim_end(line), own < shared ? own : shared);
        buf_printf(out, "%.*s\n", STR_ARG(line));
    }
}

static void put_rule(struct buf *out, const struct message_rule *r) {
    buf_printf(out, "%s%.*s (%s)%s%.*s\n", out->len ? "\n" : "", STR_ARG(r->code),
               severity_name(r->severity), r->summary.len ? ": " : "", STR_ARG(r->summary));
    if (r->explain.len)
        buf_char(out, '\n');
    put_lines(out, str_trim(r->explain));
}

static int unknown_code(const struct listing *l, struct str code) {
    struct arena arena = ARENA_INIT;
    struct str *codes = ARENA_ARRAY(&arena, struct str, l->count);
    for (size_t i = 0; i < l->count; i++)
        codes[i] = l->rules[i].code;
    struct str near = diag_nearest(code, codes, l->count);
    command_wrong("no message has the code '%.*s'", STR_ARG(code));
    if (near.len)
        command_hint("did you mean '%.*s'?", STR_ARG(near));
    else
        command_hint("`fascia check --list` lists those of checks");
    arena_free(&arena);
    return 2;
}

static int explain(struct listing *l, struct str code, struct buf *out) {
    for (size_t i = 0; i < codes_count; i++)
        l->rules[l->count++] = codes_known[i];
    for (size_t i = 0; i < l->count; i++)
        if (str_eq(l->rules[i].code, code))
            put_rule(out, &l->rules[i]);
    return out->len ? 0 : unknown_code(l, code);
}

static int list(const struct listing *l, struct buf *out) {
    for (size_t i = 0; i < l->count; i++)
        buf_printf(out, "%-24s %-8s %.*s\n", l->rules[i].code.at,
                   severity_name(l->rules[i].severity), STR_ARG(l->rules[i].summary));
    return 0;
}

static int tell(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct listing l = {.count = 0};
    struct buf out = BUF_INIT;
    struct str site = call->operand_count ? call->operands[0] : command_site_here();
    int status;
    if (load(&l, site, &d, &status))
        status = option_value(call, "explain") ? explain(&l, option_str(call, "explain"), &out)
                                               : list(&l, &out);
    arena_free(&l.arena);
    return command_tell(call, &out, &d, status);
}

/* Running */

static void put_count(struct buf *out, unsigned n, const char *what) {
    buf_printf(out, "%u %s%s, ", n, what, n == 1 ? "" : "s");
}

static void put_summary(struct buf *out, const struct build_result *r, const struct diags *d,
                        double seconds) {
    buf_printf(out, "%zu article%s checked: ", r->articles, r->articles == 1 ? "" : "s");
    put_count(out, d->errors, "error");
    put_count(out, d->warnings, "warning");
    buf_printf(out, "%u info (%zu run, %.0f ms)\n", d->infos, r->checks, seconds * 1000);
}

static bool says(const struct diags *d, struct str code) {
    for (const struct diag *one = d->first; one; one = one->next)
        if (str_eq(one->code, code))
            return true;
    return false;
}

/* The rules are the checks, and what of fascia's own messages there was. */
static void put_sarif(struct buf *out, struct str site, const struct diags *d) {
    struct arena arena = ARENA_INIT;
    struct diags again = {.arena = &arena}; // said already
    struct listing l = {.count = 0};
    int ignored;
    load(&l, site, &again, &ignored);
    for (size_t i = 0; i < codes_count; i++)
        if (says(d, codes_known[i].code))
            l.rules[l.count++] = codes_known[i];
    message_put_sarif(out, d, site, l.rules, l.count);
    arena_free(&l.arena);
    arena_free(&arena);
}

static int run(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_result r;
    struct buf out = BUF_INIT;
    struct build_options options = {.site = call->operand_count ? call->operands[0] : STR("."),
                                    .is_check = true};
    if (!command_jobs(call, &options))
        return 2;
    command_begin(&options);
    int status = build_site(&options, &r, &d);
    double seconds = command_end();
    command_log(&r.log);
    buf_free(&r.log);
    if (status == 0 && d.warnings && option_value(call, "strict"))
        status = 1;
    if (call->messages == MESSAGES_SARIF) {
        put_sarif(&out, options.site, &d);
        d.first = NULL; // all that was to be said
    } else if (status <= 1) {
        put_summary(&out, &r, &d, seconds);
    }
    return command_tell(call, &out, &d, status);
}

int command_check(const struct invocation *call) {
    bool tells = option_value(call, "explain") || option_value(call, "list");
    return tells ? tell(call) : run(call);
}

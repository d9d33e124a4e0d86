#include "message_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "content.h"
#include "json.h"
#include "utf8.h"

enum { LARGEST_EXCERPT_FILE = 64 << 20, WIDEST = 120 /* code points of an excerpt */ };

bool message_form(struct str name, enum message_form *form) {
    static const struct str names[] = {STR_INIT("full"), STR_INIT("short"), STR_INIT("json"),
                                       STR_INIT("sarif")};
    for (int i = 0; i < 4; i++)
        if (str_eq(name, names[i])) {
            *form = (enum message_form)(MESSAGES_FULL + i);
            return true;
        }
    return false;
}

struct printer {
    struct buf out;
    enum message_form form;
    bool colour;
    struct arena arena; /* the file that was excerpted last */
    struct str path, text;
};

static void put_coloured(struct printer *p, const char *code, const char *text) {
    if (p->colour)
        buf_printf(&p->out, "\033[%sm%s\033[0m", code, text);
    else
        buf_put(&p->out, str_of(text));
}

/* A message may quote content, or come from a worker: no terminal must be driven by it. */
static void put_visible(struct printer *p, struct str text) {
    struct arena scratch = ARENA_INIT;
    buf_put(&p->out, utf8_visible(&scratch, text));
    arena_free(&scratch);
}

static void put_place(struct printer *p, struct place at) {
    put_visible(p, at.path.len ? at.path : STR("fascia"));
    if (at.line)
        buf_printf(&p->out, ":%u:%u", at.line, at.col ? at.col : 1);
    buf_put(&p->out, STR(": "));
}

static void put_severity(struct printer *p, enum severity severity) {
    const char *colour = severity == SEVERITY_ERROR     ? "1;31"
                         : severity == SEVERITY_WARNING ? "1;33"
                                                        : "36";
    put_coloured(p, colour, severity_name(severity));
    buf_put(&p->out, STR(": "));
}

/* "(content/a.md:9:5: while it was reading faq[1])" */
static void put_beside(struct printer *p, const struct related *r) {
    buf_put(&p->out, STR(" ("));
    put_place(p, r->at);
    put_visible(p, r->text);
    buf_char(&p->out, ')');
}

static void put_line(struct printer *p, const struct diag *d) {
    put_place(p, d->at);
    put_severity(p, d->severity);
    put_visible(p, d->text);
    if (p->form == MESSAGES_SHORT && d->related)
        put_beside(p, d->related);
    if (d->code.len)
        buf_printf(&p->out, " [%.*s]", STR_ARG(d->code));
    buf_char(&p->out, '\n');
}

static struct str file_text(struct printer *p, struct str path) {
    struct buf bytes = BUF_INIT;
    struct diags ignored = {.arena = &p->arena};
    if (str_eq(path, p->path))
        return p->text;
    arena_reset(&p->arena);
    content_read(&bytes, path, path, LARGEST_EXCERPT_FILE, &ignored);
    p->path = arena_str(&p->arena, path);
    p->text = arena_str(&p->arena, buf_str(&bytes));
    buf_free(&bytes);
    return p->text;
}

/* Lines end as in source.h: LF, CRLF or a lone CR. */
static bool find_line(struct str text, uint32_t line, struct str *found) {
    size_t begin = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (uint32_t n = 1; begin <= text.len; n++) {
        size_t end = begin;
        while (end < text.len && text.at[end] != '\n' && text.at[end] != '\r')
            end++;
        *found = str_slice(text, begin, end);
        if (n == line)
            return true;
        begin = end + 1;
        if (end + 1 < text.len && text.at[end] == '\r' && text.at[end + 1] == '\n')
            begin++;
    }
    return false;
}

/* As wide as the text, with tabs as they are. */
static void put_blank(struct buf *out, struct str text) {
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        for (unsigned k = 0; c != '\t' && k < utf8_width(c); k++)
            buf_char(out, ' ');
        if (c == '\t')
            buf_char(out, '\t');
    }
}

/* The line and a caret below; of a long line the part around the column. */
static void put_excerpt(struct printer *p, struct place at) {
    struct str line;
    struct arena scratch = ARENA_INIT;
    uint32_t col = at.col ? at.col : 1, first = col > WIDEST / 2 ? col - WIDEST / 2 : 1;
    if (!at.line || !at.path.len || !find_line(file_text(p, at.path), at.line, &line))
        return;
    buf_printf(&p->out, "%6u | ", at.line);
    size_t bad, i = 0;
    if (!utf8_check(line, &bad))
        line = str_slice(line, 0, bad);
    uint32_t n = 1;
    struct buf caret = BUF_INIT;
    for (; i < line.len && n < first + WIDEST; n++) {
        size_t start = i;
        uint32_t c = utf8_next(line, &i);
        if (n < first)
            continue;
        struct str shown = c == '\t' ? STR("\t")
                                     : utf8_visible(&scratch, str_slice(line, start, i));
        buf_put(&p->out, shown);
        put_blank(&caret, n < col ? shown : STR(""));
    }
    buf_printf(&p->out, "\n       | %.*s", STR_ARG(buf_str(&caret)));
    put_coloured(p, "1;32", "^");
    buf_char(&p->out, '\n');
    buf_free(&caret);
    arena_free(&scratch);
}

/* Indented, so that no editor takes one of its lines for a message. */
static void put_detail(struct printer *p, struct str detail) {
    struct str line;
    while (detail.len && str_cut(&detail, '\n', &line))
        buf_printf(&p->out, "%s%.*s\n", line.len ? "    " : "", STR_ARG(line));
}

static void put_related(struct printer *p, const struct related *r) {
    put_place(p, r->at);
    put_severity(p, SEVERITY_NOTE);
    put_visible(p, r->text);
    buf_char(&p->out, '\n');
    put_excerpt(p, r->at);
}

static void put_text_form(struct printer *p, const struct diag *d) {
    bool full = p->form == MESSAGES_FULL;
    put_line(p, d);
    if (full)
        put_excerpt(p, d->at);
    for (const struct related *r = d->related; r && full; r = r->next)
        put_related(p, r);
    put_detail(p, d->detail);
    if (full && d->help.len) {
        put_coloured(p, "1;36", "help");
        buf_put(&p->out, STR(": "));
        put_visible(p, d->help);
        buf_char(&p->out, '\n');
    }
}

static void put_member(struct buf *out, const char *key, struct str value) {
    buf_printf(out, ",\"%s\":", key);
    json_string(out, value, false);
}

static void put_json_place(struct buf *out, struct place at) {
    buf_put(out, STR("{\"path\":"));
    json_string(out, at.path, false);
    buf_printf(out, ",\"line\":%u,\"col\":%u", at.line, at.col);
}

static void put_json_form(struct buf *out, const struct diag *d) {
    put_json_place(out, d->at);
    put_member(out, "severity", str_of(severity_name(d->severity)));
    put_member(out, "text", d->text);
    put_member(out, "code", d->code);
    if (d->help.len)
        put_member(out, "help", d->help);
    if (d->detail.len)
        put_member(out, "detail", d->detail);
    for (const struct related *r = d->related; r; r = r->next) {
        buf_put(out, r == d->related ? STR(",\"related\":[") : STR(","));
        put_json_place(out, r->at);
        put_member(out, "text", r->text);
        buf_char(out, '}');
    }
    buf_put(out, d->related ? STR("]}\n") : STR("}\n"));
}

static int compare_diags(const void *p, const void *q) {
    const struct diag *const *a = p, *const *b = q;
    const struct place *x = &(*a)->at, *y = &(*b)->at;
    int order = str_compare(x->path, y->path);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    if (order == 0)
        order = (x->col > y->col) - (x->col < y->col);
    return order ? order : str_compare((*a)->text, (*b)->text);
}

const struct diag **message_sort(const struct diags *d, size_t *count) {
    size_t i = 0;
    *count = 0;
    for (const struct diag *one = d->first; one; one = one->next)
        ++*count;
    const struct diag **all = must_alloc((*count + 1) * sizeof *all);
    for (const struct diag *one = d->first; one; one = one->next)
        all[i++] = one;
    qsort(all, *count, sizeof *all, compare_diags);
    return all;
}

static bool is_set(const char *variable) {
    const char *value = getenv(variable);
    return value && *value;
}

bool message_can_redraw(void) {
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !(terminal && strcmp(terminal, "dumb") == 0);
}

/* As https://no-color.org and https://force-color.org have it. */
static bool wants_colour(void) {
    return !is_set("NO_COLOR") && (is_set("FORCE_COLOR") || message_can_redraw());
}

void message_print(const struct diags *d, enum message_form form) {
    struct printer p = {.form = form, .colour = wants_colour()};
    size_t count;
    if (form == MESSAGES_DEFAULT)
        p.form = isatty(STDERR_FILENO) ? MESSAGES_FULL : MESSAGES_SHORT;
    const struct diag **all = message_sort(d, &count);
    for (size_t i = 0; i < count; i++) {
        if (p.form == MESSAGES_JSON)
            put_json_form(&p.out, all[i]);
        else
            put_text_form(&p, all[i]);
    }
    fwrite(buf_str(&p.out).at, 1, p.out.len, stderr);
    buf_free(&p.out);
    arena_free(&p.arena);
    free(all);
}

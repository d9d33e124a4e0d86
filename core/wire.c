#include "wire.h"

#include <string.h>

#include "utf8.h"

enum { LONGEST_TEXT = 4096, LONGEST_DETAIL = 64 * 1024 };

void wire_put_u32(struct buf *b, uint32_t v) {
    char bytes[4];
    memcpy(bytes, &v, sizeof v);
    buf_put(b, (struct str){bytes, sizeof bytes});
}

void wire_put_u64(struct buf *b, uint64_t v) {
    wire_put_u32(b, (uint32_t)v);
    wire_put_u32(b, (uint32_t)(v >> 32));
}

void wire_put_str(struct buf *b, struct str s) {
    wire_put_u32(b, (uint32_t)s.len);
    buf_put(b, s);
}

static void put_place(struct buf *b, struct place p) {
    wire_put_str(b, p.path);
    wire_put_u32(b, p.line);
    wire_put_u32(b, p.col);
}

void wire_put_diag(struct buf *b, const struct diag *d) {
    wire_put_u32(b, d->severity);
    put_place(b, d->at);
    wire_put_str(b, d->text);
    wire_put_str(b, d->code);
    wire_put_str(b, d->help);
    wire_put_str(b, d->detail);
    uint32_t related = 0;
    for (const struct related *r = d->related; r; r = r->next)
        related++;
    wire_put_u32(b, related);
    for (const struct related *r = d->related; r; r = r->next) {
        put_place(b, r->at);
        wire_put_str(b, r->text);
    }
}

struct str wire_bytes(struct wire *w, size_t len) {
    if (w->bad || len > w->rest.len) {
        w->bad = true;
        return STR("");
    }
    struct str taken = str_slice(w->rest, 0, len);
    w->rest = str_from(w->rest, len);
    return taken;
}

uint32_t wire_u32(struct wire *w) {
    uint32_t v = 0;
    struct str bytes = wire_bytes(w, sizeof v);
    if (bytes.len)
        memcpy(&v, bytes.at, sizeof v);
    return v;
}

uint64_t wire_u64(struct wire *w) {
    uint64_t low = wire_u32(w);
    return low | (uint64_t)wire_u32(w) << 32;
}

struct str wire_str(struct wire *w) {
    return wire_bytes(w, wire_u32(w));
}

static struct str take_text(struct wire *w, struct arena *a) {
    return utf8_visible(a, str_slice(wire_str(w), 0, LONGEST_TEXT));
}

static struct place take_place(struct wire *w, struct arena *a) {
    struct place p = {.path = take_text(w, a)};
    p.line = wire_u32(w);
    p.col = wire_u32(w);
    return p;
}

struct str wire_lines(struct wire *w, struct arena *a) {
    struct str rest = str_trim_end(str_slice(wire_str(w), 0, LONGEST_DETAIL)), line;
    struct buf lines = BUF_INIT;
    while (rest.len && str_cut(&rest, '\n', &line)) {
        buf_put(&lines, utf8_visible(a, line));
        buf_char(&lines, '\n');
    }
    struct str taken = arena_str(a, buf_str(&lines));
    buf_free(&lines);
    return taken;
}

/* More than there may be are read and left out. */
static struct related *take_related(struct wire *w, struct arena *a) {
    struct related *first = NULL, **end = &first;
    uint32_t count = wire_u32(w);
    for (uint32_t i = 0; i < count && !w->bad; i++) {
        struct place at = take_place(w, a);
        struct str text = take_text(w, a);
        if (i >= MOST_RELATED)
            continue;
        *end = ARENA_NEW(a, struct related);
        **end = (struct related){at, text, NULL};
        end = &(*end)->next;
    }
    return first;
}

void wire_diag(struct wire *w, struct diags *to) {
    struct diag d = {0};
    uint32_t severity = wire_u32(w);
    d.severity = severity > SEVERITY_INFO ? SEVERITY_ERROR : (enum severity)severity;
    d.at = take_place(w, to->arena);
    d.text = take_text(w, to->arena);
    d.code = take_text(w, to->arena);
    d.help = take_text(w, to->arena);
    d.detail = wire_lines(w, to->arena);
    d.related = take_related(w, to->arena);
    if (!w->bad)
        diag_copy(to, &d);
}

/* A pasted text read and shown as lines of text, for tests: one line a block with its source
 * line, then what was reported. */
#ifndef FASCIA_PASTE_DUMP_H
#define FASCIA_PASTE_DUMP_H

#include "buf.h"
#include "document.h"

static inline void dump_text(struct buf *out, struct arena *a, const struct inl *inlines) {
    buf_put(out, inl_plain(a, inlines));
}

static inline void dump_row(struct buf *out, struct arena *a, const struct block *row) {
    for (const struct block *cell = row->first; cell; cell = cell->next) {
        if (cell != row->first)
            buf_put(out, STR(" | "));
        dump_text(out, a, cell->inlines);
    }
}

static inline void dump_block(struct buf *out, struct arena *a, const struct block *b, int depth) {
    static const char *const names[] = {"document", "paragraph", "heading", "list", "item", "quote",
                                        "code",     "html",      "rule",    "table", "row", "cell"};
    const struct block *only = b->kind == BLOCK_ITEM ? b->first : b;
    buf_printf(out, "%4u %*s%s", b->span.line, depth * 2, "",
               b->ordered ? "numbers" : names[b->kind]);
    if (b->kind == BLOCK_HEADING)
        buf_printf(out, " %u", b->level);
    if (b->ordered)
        buf_printf(out, " from %u", b->start);
    buf_put(out, STR(": "));
    dump_text(out, a, only->inlines);
    if (b->kind == BLOCK_ROW)
        dump_row(out, a, b);
    while (out->len && out->at[out->len - 1] == ' ')
        out->len--;
    buf_char(out, '\n');
    const struct block *inner = b->kind == BLOCK_ITEM ? b->first->next : b->first;
    for (; inner && b->kind != BLOCK_ROW; inner = inner->next)
        dump_block(out, a, inner, depth + 1);
}

static inline struct str dump_document(struct arena *a, const struct document *doc) {
    struct buf out = BUF_INIT;
    const struct value *title = value_get(doc->front, STR("title"));
    if (title)
        buf_printf(&out, "%4u title: %.*s\n", title->span.line, STR_ARG(title->string));
    for (const struct block *b = doc->body->first; b; b = b->next)
        dump_block(&out, a, b, 0);
    for (const struct remark *r = doc->remarks; r; r = r->next)
        buf_printf(&out, "%4u %s: %.*s\n", r->line, r->dropped ? "dropped" : "odd",
                   (int)(r->text.len > 400 ? 400 : r->text.len), r->text.at);
    struct str dump = arena_str(a, buf_str(&out));
    buf_free(&out);
    return dump;
}

#endif

/* For tests of the paste reader and its fuzz target: a pasted text read, shown as lines of text
 * (one a block with its source line, then what was reported), and held against two promises. */
#ifndef FASCIA_PASTE_DUMP_H
#define FASCIA_PASTE_DUMP_H

#include "buf.h"
#include "commonmark.h"
#include "document.h"
#include "utf8.h"

static inline bool paste_open(struct document *doc, struct arena *a, struct str bytes,
                              struct diags *d) {
    struct source *source = ARENA_NEW(a, struct source);
    struct reading how = {0};
    return source_open(source, a, STR("p.txt"), STR("p.txt"), bytes, d) &&
           paste_read(doc, a, source, &how, d);
}

/* --- the dump --- */

static inline void dump_row(struct buf *out, struct arena *a, const struct block *row) {
    for (const struct block *cell = row->first; cell; cell = cell->next) {
        if (cell != row->first)
            buf_put(out, STR(" | "));
        buf_put(out, inl_plain(a, cell->inlines));
    }
}

/* A block with what is in it, indented. `lines`: with the number of its source line. An item
 * shows the text of its paragraph. */
static inline void dump_block(struct buf *out, struct arena *a, const struct block *b, int depth,
                              bool lines) {
    static const char *const names[] = {"document", "paragraph", "heading", "list",
                                        "item",     "quote",     "code",    "html",
                                        "rule",     "table",     "row",     "cell"};
    bool item = b->kind == BLOCK_ITEM && b->first;
    if (lines)
        buf_printf(out, "%4u ", b->span.line);
    buf_printf(out, "%*s%s", depth * 2, "", b->ordered ? "numbers" : names[b->kind]);
    if (b->kind == BLOCK_HEADING)
        buf_printf(out, " %u", b->level);
    if (b->ordered)
        buf_printf(out, " from %u", b->start);
    buf_put(out, STR(": "));
    buf_put(out, inl_plain(a, item ? b->first->inlines : b->inlines));
    if (b->kind == BLOCK_ROW)
        dump_row(out, a, b);
    while (out->len && out->at[out->len - 1] == ' ')
        out->len--;
    buf_char(out, '\n');
    const struct block *inner = item ? b->first->next : b->first;
    for (; inner && b->kind != BLOCK_ROW; inner = inner->next)
        dump_block(out, a, inner, depth + 1, lines);
}

static inline struct str dump_body(struct arena *a, const struct document *doc, bool lines) {
    struct buf out = BUF_INIT;
    const struct value *title = value_get(doc->front, STR("title"));
    if (title && lines)
        buf_printf(&out, "%4u ", title->span.line);
    if (title)
        buf_printf(&out, "title: %.*s\n", STR_ARG(title->string));
    for (const struct block *b = doc->body->first; b; b = b->next)
        dump_block(&out, a, b, 0, lines);
    struct str dump = arena_str(a, buf_str(&out));
    buf_free(&out);
    return dump;
}

static inline struct str dump_document(struct arena *a, const struct document *doc) {
    struct buf out = BUF_INIT;
    buf_put(&out, dump_body(a, doc, true));
    for (const struct remark *r = doc->remarks; r; r = r->next)
        buf_printf(&out, "%4u %s: %.*s\n", r->line, r->dropped ? "dropped" : "odd",
                   STR_ARG(r->text));
    struct str dump = arena_str(a, buf_str(&out));
    buf_free(&out);
    return dump;
}

/* --- first promise: nothing is lost --- */

static inline void note_inlines(const struct inl *first, bool *seen) {
    for (const struct inl *i = first; i; i = i->next) {
        seen[i->span.line] = true;
        note_inlines(i->first, seen);
    }
}

static inline void note_blocks(const struct block *first, bool *seen) {
    for (const struct block *b = first; b; b = b->next) {
        if (b->kind == BLOCK_HEADING || b->kind == BLOCK_ROW)
            seen[b->span.line] = true;
        note_inlines(b->inlines, seen);
        note_blocks(b->first, seen);
    }
}

/* A mark alone on its line, such as "•" or "1.", goes with the text below it. */
static inline bool has_letter(struct str line) {
    for (size_t at = 0; at < line.len;)
        if (utf8_is_letter(utf8_next(line, &at)))
            return true;
    return false;
}

/* The first line with a letter that is neither in the title, the body nor the remarks; 0: none. */
static inline uint32_t first_lost_line(struct arena *a, const struct document *doc) {
    uint32_t count = doc->source->line_count;
    bool *seen = ARENA_ARRAY(a, bool, (size_t)count + 1);
    const struct value *title = value_get(doc->front, STR("title"));
    if (title)
        seen[title->span.line] = true;
    note_blocks(doc->body->first, seen);
    for (const struct remark *r = doc->remarks; r; r = r->next)
        seen[r->line] = true;
    for (uint32_t n = 1; n <= count; n++)
        if (!seen[n] && has_letter(source_line(doc->source, n)))
            return n;
    return 0;
}

/* --- second promise: import writes Markdown that is read as the same --- */

/* The Markdown that import writes goes to *markdown. The dump of what it is read as. */
static inline struct str dump_imported(struct arena *a, struct document *doc, struct str *markdown,
                                       struct diags *d) {
    struct buf out = BUF_INIT;
    struct source *source = ARENA_NEW(a, struct source);
    struct reading how = {0};
    struct document again;
    commonmark_write_document(&out, doc);
    *markdown = arena_str(a, buf_str(&out));
    buf_free(&out);
    if (!source_open(source, a, STR("p.md"), STR("p.md"), *markdown, d) ||
        !markdown_read(&again, a, source, &how, d))
        return STR("cannot be read\n");
    return dump_body(a, &again, false);
}

#endif

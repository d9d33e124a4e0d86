/* Any bytes as Markdown: read, written in each form, and the written Markdown read again.
 *
 * With ROUND_TRIP in the environment its HTML must be the same, which finds what commonmark_write
 * does not escape. Not by default: md4c has accidents that no list of them is complete for. */
#include <stdio.h>
#include <stdlib.h>

#include "commonmark.h"
#include "html.h"
#include "text.h"

static bool read_document(struct document *doc, struct arena *a, struct str bytes,
                          struct diags *d) {
    struct source *source = ARENA_NEW(a, struct source);
    struct reading how = {0};
    return source_open(source, a, STR("f"), STR("f"), bytes, d) &&
           markdown_read(doc, a, source, &how, d);
}

/* A line end in raw HTML may come back as a space. */
static bool is_same(struct str a, struct str b) {
    bool same = a.len == b.len;
    for (size_t i = 0; same && i < a.len; i++)
        same = a.at[i] == b.at[i] || (str_is_space(a.at[i]) && str_is_space(b.at[i]));
    return same;
}

static void compare(struct str before, struct str markdown, struct str after) {
    if (is_same(before, after))
        return;
    fprintf(stderr, "written Markdown is read otherwise\n--- html\n%.*s--- markdown\n%.*s"
            "--- html again\n%.*s", STR_ARG(before), STR_ARG(markdown), STR_ARG(after));
    abort();
}

/* What cannot be written without ambiguity: emphasis in emphasis in emphasis, and emphasis side
 * by side inside of another; links in links, and deletions in deletions. */
static bool is_emphasis(const struct inl *i) {
    return i && (i->kind == INLINE_EMPH || i->kind == INLINE_STRONG);
}

static bool are_writable(const struct inl *first, unsigned emphases, unsigned open_kinds) {
    for (const struct inl *i = first; i; i = i->next) {
        unsigned kind = i->kind == INLINE_LINK || i->kind == INLINE_STRIKE ? 1u << i->kind : 0;
        bool side_by_side = emphases == 1 && is_emphasis(i->next);
        if ((is_emphasis(i) && (emphases == 2 || side_by_side)) || (open_kinds & kind) ||
            !are_writable(i->first, emphases + is_emphasis(i), open_kinds | kind))
            return false;
    }
    return true;
}

static bool has_empty_item(const struct block *list) {
    bool empty = false;
    for (const struct block *item = list->first; item; item = item->next)
        empty = empty || !item->first;
    return list->kind == BLOCK_LIST && empty;
}

/* Accidents of md4c 0.4.8: raw HTML that begins with other text, empty paragraphs; and items that
 * it ends at an empty line behind an empty item, or behind a first block without open end whose
 * place in the file has the wrong number. */
static bool is_accident(const struct block *b) {
    bool accident = (b->kind == BLOCK_HTML && !str_starts(b->literal, STR("<"))) ||
                    (b->kind == BLOCK_PARAGRAPH && !b->inlines) ||
                    (b->kind == BLOCK_ITEM && b->first && b->first->kind != BLOCK_PARAGRAPH &&
                     b->first->kind != BLOCK_LIST && b->first->next);
    for (const struct block *child = b->first; child; child = child->next)
        accident = accident || is_accident(child) ||
                   (b->kind == BLOCK_ITEM && has_empty_item(child));
    return accident;
}

static bool is_writable(const struct block *b) {
    bool writable = are_writable(b->inlines, 0, 0);
    for (const struct block *child = b->first; child; child = child->next)
        writable = writable && is_writable(child);
    return writable;
}

static void write_all(struct document *doc, struct arena *a, struct diags *d) {
    struct html_options plain = {0}, escaped = {.escape_raw = true};
    struct buf html = BUF_INIT, text = BUF_INIT, markdown = BUF_INIT, again = BUF_INIT;
    struct document second;
    html_write(&html, doc->body, &plain);
    html_write(&text, doc->body, &escaped);
    text_write(&text, doc->body);
    commonmark_write(&markdown, doc->body);
    if (read_document(&second, a, buf_str(&markdown), d)) {
        html_write(&again, second.body, &plain);
        if (getenv("ROUND_TRIP") && is_writable(doc->body) && !is_accident(doc->body))
            compare(buf_str(&html), buf_str(&markdown), buf_str(&again));
    }
    buf_free(&html);
    buf_free(&text);
    buf_free(&markdown);
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct document doc;
    if (read_document(&doc, &a, (struct str){(const char *)data, size}, &d))
        write_all(&doc, &a, &d);
    arena_free(&a);
    return 0;
}

#include "block.h"

struct block *block_new(struct arena *a, enum block_kind kind, struct span span) {
    struct block *b = ARENA_NEW(a, struct block);
    b->kind = kind;
    b->span = span;
    return b;
}

void block_append(struct block *parent, struct block *child) {
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

struct inl *inl_new(struct arena *a, enum inline_kind kind, struct span span) {
    struct inl *i = ARENA_NEW(a, struct inl);
    i->kind = kind;
    i->span = span;
    return i;
}

enum { T = true };
const bool inl_special[256] = {
    T, T, T, T, T, T, T, T, T, false /* tab */, T, T, T, T, T, T,
    T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, [0x7F] = T,
    ['&'] = true, ['<'] = true, ['>'] = true,  ['"'] = true,  ['\\'] = true, ['`'] = true,
    ['*'] = true, ['~'] = true, ['_'] = true,  ['['] = true,  [']'] = true,  ['!'] = true,
    ['#'] = true, ['|'] = true,
};

bool inl_is_plain(struct str text) {
    return str_find_any(text, 0, inl_special) == text.len;
}

struct inl *inl_text(struct arena *a, struct str text, struct span span) {
    struct inl *i = inl_new(a, INLINE_TEXT, span);
    i->text = text;
    i->plain = inl_is_plain(text);
    return i;
}

void block_append_inl(struct block *parent, struct inl *child) {
    if (parent->last_inline)
        parent->last_inline->next = child;
    else
        parent->inlines = child;
    parent->last_inline = child;
}

void inl_append(struct inl *parent, struct inl *child) {
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static void put_plain(struct buf *out, const struct inl *first) {
    for (const struct inl *i = first; i; i = i->next) {
        if (i->kind == INLINE_SOFT || i->kind == INLINE_HARD)
            buf_char(out, ' ');
        else if (i->kind == INLINE_TEXT || i->kind == INLINE_CODE)
            buf_put(out, i->text);
        put_plain(out, i->first);
    }
}

struct str inl_plain(struct arena *a, const struct inl *first) {
    if (!first || (!first->next && first->kind == INLINE_TEXT))
        return first ? first->text : STR("");
    struct buf out = BUF_INIT;
    put_plain(&out, first);
    struct str plain = arena_str(a, buf_str(&out));
    buf_free(&out);
    return plain;
}

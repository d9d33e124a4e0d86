/* Parts of a paragraph: cut by byte offsets of its flat text, rendered apart from the body. And
 * the links and images of the body. */
#include "article_parts.h"
#include "commonmark.h"
#include "html.h"
#include "text.h"
#include "utf8.h"

/* Readers nest inlines and blocks less deep than this; below it, markup is not looked into. */
enum { DEEPEST = 200 };

/* ---- Flat text ---- */

static void put_flat(struct buf *out, const struct inl *first, unsigned depth) {
    for (const struct inl *i = first; i && depth < DEEPEST; i = i->next) {
        if (i->kind == INLINE_SOFT || i->kind == INLINE_HARD)
            buf_char(out, '\n');
        else if (i->kind == INLINE_TEXT || i->kind == INLINE_CODE)
            buf_put(out, i->text);
        put_flat(out, i->first, depth + 1);
    }
}

struct str inlines_flat(struct making *m, const struct inl *first) {
    if (!first)
        return STR("");
    if (!first->next && first->kind == INLINE_TEXT)
        return first->text;
    struct buf out = BUF_INIT;
    put_flat(&out, first, 0);
    struct str flat = arena_str(m->arena, buf_str(&out));
    buf_free(&out);
    return flat;
}

/* ---- Cutting ---- */

struct cut {
    struct arena *arena;
    size_t at, begin, end; /* offsets in the flat text; `at` moves on */
};

static void append(struct inl **first, struct inl **last, struct inl *i) {
    if (*last)
        (*last)->next = i;
    else
        *first = i;
    *last = i;
}

static struct inl *copy_of(struct cut *c, const struct inl *i) {
    struct inl *copy = ARENA_NEW(c->arena, struct inl);
    *copy = *i;
    copy->next = NULL;
    return copy;
}

static struct inl *cut_list(struct cut *c, const struct inl *list, unsigned depth);

/* What of this inline lies in the range, or NULL. */
static struct inl *cut_one(struct cut *c, const struct inl *i, unsigned depth) {
    size_t from = c->at;
    if (i->kind == INLINE_TEXT || i->kind == INLINE_CODE)
        c->at += i->text.len;
    else if (i->kind == INLINE_SOFT || i->kind == INLINE_HARD)
        c->at++;
    struct inl *first = i->first ? cut_list(c, i->first, depth + 1) : NULL;
    bool inside = from >= c->begin && from < c->end;
    if (c->at == from) /* raw HTML, an image without text */
        return inside ? copy_of(c, i) : NULL;
    if (c->at <= c->begin || from >= c->end)
        return NULL;
    struct inl *copy = copy_of(c, i);
    copy->first = first;
    size_t skipped = c->begin > from ? c->begin - from : 0;
    if (i->kind == INLINE_TEXT || i->kind == INLINE_CODE) {
        copy->text = str_slice(i->text, skipped, c->end - from);
        copy->span.begin += (uint32_t)skipped;
        copy->span.col += (uint32_t)utf8_count(str_slice(i->text, 0, skipped));
    }
    return copy;
}

static struct inl *cut_list(struct cut *c, const struct inl *list, unsigned depth) {
    struct inl *first = NULL, *last = NULL;
    for (const struct inl *i = list; i && depth < DEEPEST && c->at < c->end; i = i->next) {
        struct inl *part = cut_one(c, i, depth);
        if (part)
            append(&first, &last, part);
    }
    return first;
}

/* Line after line is cut from one paragraph: each cut begins where the one before did, so that a
 * paragraph of a million lines is walked once. */
struct inl *inlines_cut(struct making *m, const struct inl *first, size_t begin, size_t end) {
    struct cut c = {m->arena, 0, begin, end};
    struct inl *parts = NULL, *last = NULL;
    const struct inl *i = first;
    if (m->last_cut.list == first && m->last_cut.at <= begin) {
        i = m->last_cut.from;
        c.at = m->last_cut.at;
    }
    m->last_cut.list = first;
    for (; i && c.at < end; i = i->next) {
        if (c.at <= begin) {
            m->last_cut.from = i;
            m->last_cut.at = c.at;
        }
        struct inl *part = cut_one(&c, i, 0);
        if (part)
            append(&parts, &last, part);
    }
    return parts;
}

/* ---- Rendering apart ---- */

static struct block *copy_block(struct arena *a, const struct block *b, unsigned depth) {
    struct block *copy = ARENA_NEW(a, struct block);
    *copy = *b;
    copy->first = copy->last = copy->next = NULL;
    for (const struct block *child = b->first; child && depth < DEEPEST; child = child->next)
        block_append(copy, copy_block(a, child, depth + 1));
    return copy;
}

static struct str kept(struct making *m, struct buf *b) {
    struct str s = arena_str(m->arena, str_trim(buf_str(b)));
    b->len = 0;
    return s;
}

struct rendering render_part(struct making *m, struct inl *part, const struct block *rest,
                             const struct block *end) {
    struct block *all = block_new(m->arena, BLOCK_DOCUMENT, (struct span){0});
    if (part) {
        struct block *paragraph = block_new(m->arena, BLOCK_PARAGRAPH, part->span);
        paragraph->inlines = part;
        block_append(all, paragraph);
    }
    for (const struct block *b = rest; b && b != end; b = b->next)
        block_append(all, copy_block(m->arena, b, 0));
    struct buf out = BUF_INIT;
    struct rendering r = {.span = part ? part->span : all->first ? all->first->span : all->span};
    html_write(&out, all, &(struct html_options){m->how->escape_raw_html});
    r.html = kept(m, &out);
    text_write(&out, all);
    r.text = kept(m, &out);
    commonmark_write(&out, all);
    r.markdown = kept(m, &out);
    buf_free(&out);
    return r;
}

/* ---- Links and images ---- */

static void add_link(struct making *m, const struct inl *i) {
    bool image = i->kind == INLINE_IMAGE;
    if (html_is_active_url(i->href, image)) {
        struct diag *w = diag_warning(m->diags, place_at(m, i->span), "active-url",
                                      "the address of this %s runs code; it is left out",
                                      image ? "image" : "link");
        diag_help(m->diags, w, "give it an http: or https: address");
        return;
    }
    struct value *v = record_new(m, image ? MODEL_IMAGE : MODEL_LINK, i->span);
    v->items[image ? IMAGE_ALT : LINK_TEXT] = string_new(m, inl_plain(m->arena, i->first), i->span);
    v->items[image ? IMAGE_URL : LINK_URL] = string_new(m, i->href, i->span);
    list_add(m, image ? &m->images : &m->links, v);
}

static void walk_inlines(struct making *m, const struct inl *first, unsigned depth) {
    for (const struct inl *i = first; i && depth < DEEPEST; i = i->next) {
        if (i->kind == INLINE_LINK || i->kind == INLINE_IMAGE)
            add_link(m, i);
        if (i->first)
            walk_inlines(m, i->first, depth + 1);
    }
}

static void walk_blocks(struct making *m, const struct block *first, unsigned depth) {
    for (const struct block *b = first; b && depth < DEEPEST; b = b->next) {
        walk_inlines(m, b->inlines, 0);
        if (b->first)
            walk_blocks(m, b->first, depth + 1);
    }
}

void article_links(struct making *m) {
    walk_blocks(m, m->doc->body->first, 0);
}

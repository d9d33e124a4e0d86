/* The Markdown reader. md4c only calls back; what it calls is here and builds the tree, with spans
 * taken from md4c's own pointers, which lead into the source wherever there is real text. The one
 * file that includes md4c.h. */
#include "document.h"

#include <md4c.h>

#include "entities.h"
#include "markdown_front.h"
#include "markdown_tree.h"

/* What hostile input is held to. md4c counts bytes of its own tables in an int, hence the limit
 * on the body. Text can outgrow the file only where link definitions are used again and again. */
enum { MOST_BODY_BYTES = 64 * 1024 * 1024, MOST_EXTRA_BYTES = 16 * 1024 * 1024 };

/* Attributes: addresses, titles, info strings. */

static int attribute(struct tree *t, struct str *out, const MD_ATTRIBUTE *from) {
    if (!from->text || !from->size)
        return 0;
    struct str whole = {from->text, from->size};
    if (tree_count_text(t, whole.len))
        return -1;
    if (from->substr_offsets[1] >= from->size && from->substr_types[0] == MD_TEXT_NORMAL) {
        *out = places_hold(&t->places, whole) ? whole : arena_str(t->arena, whole);
        return 0;
    }
    t->scratch.len = 0;
    for (int i = 0; from->substr_offsets[i] < from->size; i++) {
        struct str part = str_slice(whole, from->substr_offsets[i], from->substr_offsets[i + 1]);
        char room[4];
        struct str decoded = part;
        if (from->substr_types[i] == MD_TEXT_ENTITY)
            decoded = entities_decode(part, room);
        else if (from->substr_types[i] == MD_TEXT_NULLCHAR)
            decoded = STR("\xEF\xBF\xBD");
        buf_put(&t->scratch, decoded.len ? decoded : part);
    }
    *out = arena_str(t->arena, buf_str(&t->scratch));
    return 0;
}

/* Blocks. */

static int enter_list(struct tree *t, struct block *list, bool tight, char mark) {
    list->tight = tight;
    list->mark = mark;
    return tree_push(t, list);
}

static int enter_item(struct tree *t, struct block *item, const MD_BLOCK_LI_DETAIL *detail,
                      size_t body_begin) {
    if (tree_push(t, item))
        return -1;
    if (!detail->is_task)
        return 0;
    item->task = detail->task_mark == ' ' ? TASK_OPEN : TASK_DONE;
    size_t bracket = body_begin + detail->task_mark_offset - 1;
    tree_place_open(t, places_span(&t->places, bracket));
    places_see(&t->places, bracket + 3);
    return 0;
}

static enum align align_of(MD_ALIGN align) {
    switch (align) {
    case MD_ALIGN_LEFT:
        return ALIGN_LEFT;
    case MD_ALIGN_CENTER:
        return ALIGN_CENTER;
    case MD_ALIGN_RIGHT:
        return ALIGN_RIGHT;
    default:
        return ALIGN_DEFAULT;
    }
}

static int enter_code(struct tree *t, struct block *code, const MD_BLOCK_CODE_DETAIL *detail) {
    t->fence = detail->fence_char;
    if (tree_push(t, code))
        return -1;
    return t->fence ? attribute(t, &code->info, &detail->info) : 0;
}

static enum block_kind kind_of(MD_BLOCKTYPE type) {
    static const enum block_kind kinds[] = {
        [MD_BLOCK_DOC] = BLOCK_DOCUMENT, [MD_BLOCK_QUOTE] = BLOCK_QUOTE,
        [MD_BLOCK_UL] = BLOCK_LIST,      [MD_BLOCK_OL] = BLOCK_LIST,
        [MD_BLOCK_LI] = BLOCK_ITEM,      [MD_BLOCK_HR] = BLOCK_RULE,
        [MD_BLOCK_H] = BLOCK_HEADING,    [MD_BLOCK_CODE] = BLOCK_CODE,
        [MD_BLOCK_HTML] = BLOCK_HTML,    [MD_BLOCK_P] = BLOCK_PARAGRAPH,
        [MD_BLOCK_TABLE] = BLOCK_TABLE,  [MD_BLOCK_TR] = BLOCK_ROW,
        [MD_BLOCK_TH] = BLOCK_CELL,      [MD_BLOCK_TD] = BLOCK_CELL,
    };
    return kinds[type];
}

/* The document is there before md4c starts; head and body of a table are no blocks of ours. */
static bool is_ours(MD_BLOCKTYPE type) {
    return type != MD_BLOCK_DOC && type != MD_BLOCK_THEAD && type != MD_BLOCK_TBODY;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *tree) {
    struct tree *t = tree;
    if (!is_ours(type))
        return 0;
    if (type != MD_BLOCK_TR && type != MD_BLOCK_TH && type != MD_BLOCK_TD)
        tree_end_paragraph(t);
    struct block *b = block_new(t->arena, kind_of(type), (struct span){0});
    switch (type) {
    case MD_BLOCK_UL: {
        const MD_BLOCK_UL_DETAIL *list = detail;
        return enter_list(t, b, list->is_tight, list->mark);
    }
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *list = detail;
        b->ordered = true;
        b->start = list->start;
        return enter_list(t, b, list->is_tight, list->mark_delimiter);
    }
    case MD_BLOCK_LI:
        return enter_item(t, b, detail, t->places.body_begin);
    case MD_BLOCK_H:
        b->level = ((const MD_BLOCK_H_DETAIL *)detail)->level;
        return tree_push(t, b);
    case MD_BLOCK_CODE:
        return enter_code(t, b, detail);
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        b->align = align_of(((const MD_BLOCK_TD_DETAIL *)detail)->align);
        return tree_push(t, b);
    default:
        return tree_push(t, b);
    }
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *tree) {
    (void)detail;
    struct tree *t = tree;
    tree_end_tail(t);
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_TBODY:
        return 0;
    case MD_BLOCK_THEAD:
        places_end_next_line(&t->places);
        return 0;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        tree_leave_cell(t);
        return 0;
    case MD_BLOCK_TR:
        tree_leave_row(t);
        return 0;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
        tree_end_paragraph(t);
        tree_place_empty(t, tree_top(t));
        tree_pop(t);
        return 0;
    default:
        tree_leave_leaf(t);
        return 0;
    }
}

/* Inlines. */

static enum inline_kind kind_of_span(MD_SPANTYPE type) {
    switch (type) {
    case MD_SPAN_EM:
        return INLINE_EMPH;
    case MD_SPAN_STRONG:
        return INLINE_STRONG;
    case MD_SPAN_DEL:
        return INLINE_STRIKE;
    case MD_SPAN_A:
        return INLINE_LINK;
    case MD_SPAN_IMG:
        return INLINE_IMAGE;
    default:
        return INLINE_CODE;
    }
}

/* The details of links and of images have the same fields under other names. */
static int link_attributes(struct tree *t, struct inl *to, MD_SPANTYPE type, const void *detail) {
    const MD_SPAN_A_DETAIL *a = detail;
    const MD_SPAN_IMG_DETAIL *img = detail;
    if (attribute(t, &to->href, type == MD_SPAN_A ? &a->href : &img->src))
        return -1;
    return attribute(t, &to->title, type == MD_SPAN_A ? &a->title : &img->title);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *tree) {
    struct tree *t = tree;
    struct inl *span = tree_new_inl(t, kind_of_span(type));
    if (tree_add_inl(t, span))
        return -1;
    if (type == MD_SPAN_CODE) {
        t->tail = span;
        return 0;
    }
    if (t->span_depth == TREE_DEEPEST)
        return tree_stop_at(t, "has emphasis and links nested deeper than", TREE_DEEPEST);
    t->spans[t->span_depth++] = span;
    return type == MD_SPAN_A || type == MD_SPAN_IMG ? link_attributes(t, span, type, detail) : 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *tree) {
    (void)detail;
    struct tree *t = tree;
    if (type == MD_SPAN_CODE && t->tail && !t->run.text.len)
        run_add(&t->run, STR(" ")); /* md4c loses the line end in a code span of nothing else */
    tree_end_tail(t);
    if (type == MD_SPAN_CODE || !t->span_depth)
        return 0;
    tree_place_bare(t, t->spans[t->span_depth - 1]);
    tree_end_span(t, &t->spans[t->span_depth - 1]->span);
    t->span_depth--;
    return 0;
}

static int text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *tree) {
    struct tree *t = tree;
    struct str piece = {at, size};
    if (tree_count_text(t, piece.len))
        return -1;
    enum block_kind kind = tree_top(t)->kind;
    switch (type) {
    case MD_TEXT_NULLCHAR:
        return tree_add_text(t, STR(""), STR("\xEF\xBF\xBD"));
    case MD_TEXT_BR:
        return tree_add_break(t, INLINE_HARD);
    case MD_TEXT_SOFTBR:
        return tree_add_break(t, INLINE_SOFT);
    case MD_TEXT_ENTITY:
        return tree_add_entity(t, piece);
    case MD_TEXT_CODE:
        return kind == BLOCK_CELL ? tree_add_cell_code(t, piece) : tree_add_literal(t, piece);
    case MD_TEXT_HTML:
        return kind == BLOCK_HTML ? tree_add_literal(t, piece) : tree_add_tag(t, piece);
    default:
        return tree_add_text(t, piece, piece);
    }
}

static bool parse(struct tree *t, const struct reading *how) {
    struct str body = str_from(t->source->text, t->places.body_begin);
    if (body.len > MOST_BODY_BYTES) {
        tree_stop_at(t, "has more bytes than", MOST_BODY_BYTES);
        return false;
    }
    unsigned flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
    MD_PARSER parser = {
        .flags = flags | (how->autolinks ? MD_FLAG_PERMISSIVEAUTOLINKS : 0),
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = text,
    };
    if (md_parse(body.at, (MD_SIZE)body.len, &parser, t) != 0 && !t->failed)
        tree_stop(t, STR("there is not enough memory to read the Markdown"));
    return !t->failed;
}

bool markdown_read_body(struct document *doc, struct arena *a, const struct source *s,
                        uint32_t first_line, const struct reading *how, struct diags *d) {
    struct tree t = {.arena = a, .source = s, .diags = d};
    t.most_text_bytes = s->text.len + MOST_EXTRA_BYTES;
    places_init(&t.places, s, first_line);
    run_init(&t.run, a, s->text);
    struct span whole = places_span(&t.places, t.places.body_begin);
    whole.end = (uint32_t)s->text.len;
    doc->source = s;
    doc->body = block_new(a, BLOCK_DOCUMENT, whole);
    t.blocks[t.block_depth++] = doc->body;
    bool read = parse(&t, how);
    run_free(&t.run);
    buf_free(&t.scratch);
    return read;
}

bool markdown_read(struct document *doc, struct arena *a, const struct source *s,
                   const struct reading *how, struct diags *d) {
    uint32_t body_line;
    *doc = (struct document){.source = s};
    return front_read(doc, a, &body_line, d) &&
           markdown_read_body(doc, a, s, body_line, how, d);
}

#include "markdown_tree.h"

#include "entities.h"
#include "markdown_row.h"

enum { MOST_NODES = 1000 * 1000 };

int tree_stop(struct tree *t, struct str message) {
    if (!t->failed)
        diag_error(t->diags, source_place(t->source, t->places.seen), "markdown-limit", "%.*s",
                   STR_ARG(message));
    t->failed = true;
    return -1;
}

int tree_stop_at(struct tree *t, const char *what, size_t limit) {
    return tree_stop(t, arena_printf(t->diags->arena, "the Markdown %s %zu", what, limit));
}

static int count_node(struct tree *t) {
    return ++t->nodes > MOST_NODES ? tree_stop_at(t, "has more parts than", MOST_NODES) : 0;
}

static struct span *top_span(struct tree *t) {
    return t->span_depth ? &t->spans[t->span_depth - 1]->span : NULL;
}

void tree_end_tail(struct tree *t) {
    if (t->tail) {
        t->tail->text = run_end(&t->run);
        t->tail->plain = t->tail->kind == INLINE_TEXT && inl_is_plain(t->tail->text);
        t->tail = NULL;
    }
}

/* Positions: a text is where it is, and so begins everything open that has none yet. */

void tree_place_open(struct tree *t, struct span at) {
    for (unsigned i = t->span_depth; i > 0 && !t->spans[i - 1]->span.line; i--)
        t->spans[i - 1]->span = at;
    for (unsigned i = t->block_depth; i > 0 && !t->blocks[i - 1]->span.line; i--)
        t->blocks[i - 1]->span = at;
}

static void place_text(struct tree *t, struct str text) {
    if (!text.len || !places_hold(&t->places, text))
        return;
    size_t begin = (size_t)(text.at - t->source->text.at);
    struct span *inner = t->tail ? &t->tail->span : top_span(t);
    if ((inner && !inner->line) || !tree_top(t)->span.line) {
        struct span at = places_span(&t->places, begin);
        if (t->tail && !t->tail->span.line)
            t->tail->span = at;
        tree_place_open(t, at);
    }
    places_see(&t->places, begin + text.len);
    if (t->tail)
        t->tail->span.end = (uint32_t)t->places.text_end;
}

/* The end of what was opened at `at`. */
void tree_end_span(struct tree *t, struct span *at) {
    if (at->line && at->begin < t->places.text_end)
        at->end = (uint32_t)t->places.text_end;
}

void tree_place_empty(struct tree *t, struct block *b) {
    if (b->span.line)
        return;
    if (b->kind == BLOCK_RULE)
        places_find_rule(&t->places);
    else if (b->kind == BLOCK_HEADING)
        places_find_heading(&t->places);
    else if (b->kind == BLOCK_CODE)
        places_find_fence(&t->places, t->fence);
    else
        places_find_content(&t->places);
    tree_place_open(t, places_span(&t->places, t->places.seen));
    places_end_line(&t->places);
}

int tree_push(struct tree *t, struct block *b) {
    if (t->block_depth == TREE_DEEPEST)
        return tree_stop_at(t, "has blocks nested deeper than", TREE_DEEPEST);
    block_append(tree_top(t), b);
    t->blocks[t->block_depth++] = b;
    return count_node(t);
}

void tree_pop(struct tree *t) {
    struct block *b = tree_top(t);
    tree_end_span(t, &b->span);
    t->block_depth--;
}

/* md4c gives no paragraph in a tight list; every text of ours stands in one. */
static bool holds_blocks(const struct block *b) {
    return b->kind == BLOCK_ITEM || b->kind == BLOCK_QUOTE || b->kind == BLOCK_DOCUMENT;
}

void tree_end_paragraph(struct tree *t) {
    struct block *b = tree_top(t);
    tree_end_tail(t);
    if (b->kind != BLOCK_PARAGRAPH)
        return;
    tree_place_empty(t, b);
    tree_pop(t);
    places_end_line(&t->places);
}

static int need_paragraph(struct tree *t) {
    if (!holds_blocks(tree_top(t)))
        return 0;
    return tree_push(t, block_new(t->arena, BLOCK_PARAGRAPH, (struct span){0}));
}

/* A cell without text stands where the cell before it ended, or where its row begins. */
void tree_leave_cell(struct tree *t) {
    const struct block *row = t->blocks[t->block_depth - 2];
    struct block *cell = tree_top(t);
    if (!cell->span.line && row->span.line)
        cell->span = places_span(&t->places, t->places.text_end);
    tree_pop(t);
}

void tree_leave_row(struct tree *t) {
    struct block *row = tree_top(t);
    tree_place_empty(t, row);
    for (struct block *cell = row->first; cell && !cell->span.line; cell = cell->next) {
        cell->span = row->span;
        cell->span.end = cell->span.begin;
    }
    row->cells = row_cells(t->source, row);
    tree_pop(t);
    places_end_line(&t->places);
}

/* Raw HTML in a form that can be written anywhere: without the indent of its first line, which
 * could be taken for that of a list, and without the empty lines behind what nothing closes. */
static struct str trim_html(struct str html) {
    size_t begin = 0;
    while (begin < html.len && html.at[begin] == ' ')
        begin++;
    while (str_ends(html, STR("\n\n")))
        html.len--;
    return str_from(html, begin);
}

void tree_leave_leaf(struct tree *t) {
    struct block *b = tree_top(t);
    if (b->kind == BLOCK_CODE)
        b->literal = run_end(&t->run);
    else if (b->kind == BLOCK_HTML)
        b->literal = trim_html(run_end(&t->run));
    bool empty = !b->span.line;
    tree_place_empty(t, b);
    tree_pop(t);
    if (b->kind == BLOCK_HEADING && !empty)
        places_end_heading(&t->places, b->span.begin);
    else if (b->kind == BLOCK_CODE && t->fence)
        places_end_fence(&t->places, t->fence);
    else if (b->kind != BLOCK_TABLE)
        places_end_line(&t->places);
}

int tree_add_inl(struct tree *t, struct inl *child) {
    tree_end_tail(t);
    if (need_paragraph(t))
        return -1;
    if (t->span_depth)
        inl_append(t->spans[t->span_depth - 1], child);
    else
        block_append_inl(tree_top(t), child);
    return count_node(t);
}

struct inl *tree_new_inl(struct tree *t, enum inline_kind kind) {
    return inl_new(t->arena, kind, (struct span){0});
}

/* A link or image without a text that is seen as such. */
void tree_place_bare(struct tree *t, const struct inl *i) {
    struct span at;
    bool image = i->kind == INLINE_IMAGE;
    if (!i->span.line && (image || i->kind == INLINE_LINK) &&
        places_find_brackets(&t->places, image, &at))
        tree_place_open(t, at);
}

/* The line end behind a mere task mark is none of the text's. */
int tree_add_break(struct tree *t, enum inline_kind kind) {
    bool begins = holds_blocks(tree_top(t)) || (!t->span_depth && !tree_top(t)->inlines);
    return begins && kind == INLINE_SOFT ? 0 : tree_add_inl(t, tree_new_inl(t, kind));
}

int tree_add_text(struct tree *t, struct str source_text, struct str decoded) {
    if (!t->tail || t->tail->kind != INLINE_TEXT) {
        struct inl *text = tree_new_inl(t, INLINE_TEXT);
        if (tree_add_inl(t, text))
            return -1;
        t->tail = text;
    }
    place_text(t, source_text);
    run_add(&t->run, decoded);
    return 0;
}

static bool is_blank(struct str s) {
    return !str_trim(s).len;
}

/* One raw tag comes in pieces when it has several lines; two tags side by side are two. */
int tree_add_tag(struct tree *t, struct str piece) {
    bool joins = t->tail && t->tail->kind == INLINE_HTML && (t->tag_goes_on || is_blank(piece));
    if (!joins) {
        struct inl *tag = tree_new_inl(t, INLINE_HTML);
        if (tree_add_inl(t, tag))
            return -1;
        t->tail = tag;
    }
    t->tag_goes_on = str_eq(piece, STR("\n"));
    place_text(t, piece);
    run_add(&t->run, piece);
    return 0;
}

int tree_add_entity(struct tree *t, struct str reference) {
    char room[4];
    struct str decoded = entities_decode(reference, room);
    return tree_add_text(t, reference, decoded.len ? decoded : reference);
}

int tree_add_literal(struct tree *t, struct str piece) {
    place_text(t, piece);
    run_add(&t->run, piece);
    return 0;
}

/* In a table's cell "\\|" is a pipe, in code as elsewhere (GFM, tables); md4c leaves it in code. */
int tree_add_cell_code(struct tree *t, struct str piece) {
    for (;;) {
        size_t pipe = str_find(piece, STR("\\|"));
        tree_add_literal(t, str_slice(piece, 0, pipe));
        if (pipe == piece.len)
            return 0;
        piece = str_from(piece, pipe + 1);
        tree_add_literal(t, str_slice(piece, 0, 1));
        piece = str_from(piece, 1);
    }
}

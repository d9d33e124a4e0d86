/* The Markdown reader. md4c only calls back; what it calls builds the tree here, with spans taken
 * from md4c's own pointers, which lead into the source wherever there is real text. The one file
 * that includes md4c.h. */
#include "document.h"

#include <md4c.h>

#include "entities.h"
#include "markdown_front.h"
#include "markdown_place.h"
#include "markdown_row.h"
#include "markdown_run.h"

/* What hostile input is held to. md4c counts bytes of its own tables in an int, hence the limit
 * on the body. Text can outgrow the file only where link definitions are used again and again. */
enum {
    DEEPEST = 100,
    MOST_NODES = 1000 * 1000,
    MOST_BODY_BYTES = 64 * 1024 * 1024,
    MOST_EXTRA_BYTES = 16 * 1024 * 1024,
};

struct reader {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    struct places places;
    struct block *blocks[DEEPEST];
    struct inl *spans[DEEPEST];
    unsigned block_depth, span_depth;
    struct inl *tail;      /* the text, code or raw tag that more pieces may join */
    struct run run;        /* of `tail`, or of the code or HTML block that is open */
    struct buf scratch;    /* for attributes */
    bool tag_goes_on;      /* the last piece of a raw tag was a line end */
    char fence;            /* of the code block that is open; 0: indented */
    size_t nodes, text_bytes, most_text_bytes;
    bool failed;
};

/* md4c stops for certain only on -1. */
static int stop(struct reader *r, struct str message) {
    if (!r->failed)
        diag_error(r->diags, source_place(r->source, r->places.seen), "markdown-limit", "%.*s",
                   STR_ARG(message));
    r->failed = true;
    return -1;
}

static int stop_at(struct reader *r, const char *what, size_t limit) {
    return stop(r, arena_printf(r->diags->arena, "the Markdown %s %zu", what, limit));
}

static int count_node(struct reader *r) {
    return ++r->nodes > MOST_NODES ? stop_at(r, "has more parts than", MOST_NODES) : 0;
}

static int count_text(struct reader *r, size_t bytes) {
    r->text_bytes += bytes;
    if (r->text_bytes > r->most_text_bytes)
        return stop_at(r, "expands to more bytes than", r->most_text_bytes);
    return 0;
}

static struct block *top_block(struct reader *r) {
    return r->blocks[r->block_depth - 1];
}

static struct span *top_span(struct reader *r) {
    return r->span_depth ? &r->spans[r->span_depth - 1]->span : NULL;
}

static void end_tail(struct reader *r) {
    if (r->tail) {
        r->tail->text = run_end(&r->run);
        r->tail->plain = r->tail->kind == INLINE_TEXT && inl_is_plain(r->tail->text);
        r->tail = NULL;
    }
}

/* Positions: a text is where it is, and so begins everything open that has none yet. */

static void place_open(struct reader *r, struct span at) {
    for (unsigned i = r->span_depth; i > 0 && !r->spans[i - 1]->span.line; i--)
        r->spans[i - 1]->span = at;
    for (unsigned i = r->block_depth; i > 0 && !r->blocks[i - 1]->span.line; i--)
        r->blocks[i - 1]->span = at;
}

static void place_text(struct reader *r, struct str text) {
    if (!text.len || !places_hold(&r->places, text))
        return;
    size_t begin = (size_t)(text.at - r->source->text.at);
    struct span *inner = r->tail ? &r->tail->span : top_span(r);
    if ((inner && !inner->line) || !top_block(r)->span.line) {
        struct span at = places_span(&r->places, begin);
        if (r->tail && !r->tail->span.line)
            r->tail->span = at;
        place_open(r, at);
    }
    places_see(&r->places, begin + text.len);
    if (r->tail)
        r->tail->span.end = (uint32_t)r->places.text_end;
}

/* The end of what was opened at `at`. */
static void end_span(struct reader *r, struct span *at) {
    if (at->line && at->begin < r->places.text_end)
        at->end = (uint32_t)r->places.text_end;
}

static void place_empty(struct reader *r, struct block *b) {
    if (b->span.line)
        return;
    if (b->kind == BLOCK_RULE)
        places_find_rule(&r->places);
    else if (b->kind == BLOCK_HEADING)
        places_find_heading(&r->places);
    else if (b->kind == BLOCK_CODE)
        places_find_fence(&r->places, r->fence);
    else
        places_find_content(&r->places);
    place_open(r, places_span(&r->places, r->places.seen));
    places_end_line(&r->places);
}

/* Attributes: addresses, titles, info strings. */

static int attribute(struct reader *r, struct str *out, const MD_ATTRIBUTE *from) {
    if (!from->text || !from->size)
        return 0;
    struct str whole = {from->text, from->size};
    if (count_text(r, whole.len))
        return -1;
    if (from->substr_offsets[1] >= from->size && from->substr_types[0] == MD_TEXT_NORMAL) {
        *out = places_hold(&r->places, whole) ? whole : arena_str(r->arena, whole);
        return 0;
    }
    r->scratch.len = 0;
    for (int i = 0; from->substr_offsets[i] < from->size; i++) {
        struct str part = str_slice(whole, from->substr_offsets[i], from->substr_offsets[i + 1]);
        char room[4];
        struct str decoded = part;
        if (from->substr_types[i] == MD_TEXT_ENTITY)
            decoded = entities_decode(part, room);
        else if (from->substr_types[i] == MD_TEXT_NULLCHAR)
            decoded = STR("\xEF\xBF\xBD");
        buf_put(&r->scratch, decoded.len ? decoded : part);
    }
    *out = arena_str(r->arena, buf_str(&r->scratch));
    return 0;
}

/* Blocks. */

static int push_block(struct reader *r, struct block *b) {
    if (r->block_depth == DEEPEST)
        return stop_at(r, "has blocks nested deeper than", DEEPEST);
    block_append(top_block(r), b);
    r->blocks[r->block_depth++] = b;
    return count_node(r);
}

static void pop_block(struct reader *r) {
    struct block *b = top_block(r);
    end_span(r, &b->span);
    r->block_depth--;
}

/* md4c gives no paragraph in a tight list; every text of ours stands in one. */
static bool holds_blocks(const struct block *b) {
    return b->kind == BLOCK_ITEM || b->kind == BLOCK_QUOTE || b->kind == BLOCK_DOCUMENT;
}

static void end_implied_paragraph(struct reader *r) {
    struct block *b = top_block(r);
    end_tail(r);
    if (b->kind != BLOCK_PARAGRAPH)
        return;
    place_empty(r, b);
    pop_block(r);
    places_end_line(&r->places);
}

static int need_paragraph(struct reader *r) {
    if (!holds_blocks(top_block(r)))
        return 0;
    return push_block(r, block_new(r->arena, BLOCK_PARAGRAPH, (struct span){0}));
}

static int enter_list(struct reader *r, struct block *list, bool tight, char mark) {
    list->tight = tight;
    list->mark = mark;
    return push_block(r, list);
}

static int enter_item(struct reader *r, struct block *item, const MD_BLOCK_LI_DETAIL *detail,
                      size_t body_begin) {
    if (push_block(r, item))
        return -1;
    if (!detail->is_task)
        return 0;
    item->task = detail->task_mark == ' ' ? TASK_OPEN : TASK_DONE;
    size_t bracket = body_begin + detail->task_mark_offset - 1;
    place_open(r, places_span(&r->places, bracket));
    places_see(&r->places, bracket + 3);
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

static int enter_code(struct reader *r, struct block *code, const MD_BLOCK_CODE_DETAIL *detail) {
    r->fence = detail->fence_char;
    if (push_block(r, code))
        return -1;
    return r->fence ? attribute(r, &code->info, &detail->info) : 0;
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

static int enter_block(MD_BLOCKTYPE type, void *detail, void *reader) {
    struct reader *r = reader;
    if (!is_ours(type))
        return 0;
    if (type != MD_BLOCK_TR && type != MD_BLOCK_TH && type != MD_BLOCK_TD)
        end_implied_paragraph(r);
    struct block *b = block_new(r->arena, kind_of(type), (struct span){0});
    switch (type) {
    case MD_BLOCK_UL: {
        const MD_BLOCK_UL_DETAIL *list = detail;
        return enter_list(r, b, list->is_tight, list->mark);
    }
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *list = detail;
        b->ordered = true;
        b->start = list->start;
        return enter_list(r, b, list->is_tight, list->mark_delimiter);
    }
    case MD_BLOCK_LI:
        return enter_item(r, b, detail, r->places.body_begin);
    case MD_BLOCK_H:
        b->level = ((const MD_BLOCK_H_DETAIL *)detail)->level;
        return push_block(r, b);
    case MD_BLOCK_CODE:
        return enter_code(r, b, detail);
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        b->align = align_of(((const MD_BLOCK_TD_DETAIL *)detail)->align);
        return push_block(r, b);
    default:
        return push_block(r, b);
    }
}

/* A cell without text stands where the cell before it ended, or where its row begins. */
static void leave_cell(struct reader *r) {
    const struct block *row = r->blocks[r->block_depth - 2];
    struct block *cell = top_block(r);
    if (!cell->span.line && row->span.line)
        cell->span = places_span(&r->places, r->places.text_end);
    pop_block(r);
}

static void leave_row(struct reader *r) {
    struct block *row = top_block(r);
    place_empty(r, row);
    for (struct block *cell = row->first; cell && !cell->span.line; cell = cell->next) {
        cell->span = row->span;
        cell->span.end = cell->span.begin;
    }
    row->cells = row_cells(r->source, row);
    pop_block(r);
    places_end_line(&r->places);
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

static void leave_leaf(struct reader *r) {
    struct block *b = top_block(r);
    if (b->kind == BLOCK_CODE)
        b->literal = run_end(&r->run);
    else if (b->kind == BLOCK_HTML)
        b->literal = trim_html(run_end(&r->run));
    bool empty = !b->span.line;
    place_empty(r, b);
    pop_block(r);
    if (b->kind == BLOCK_HEADING && !empty)
        places_end_heading(&r->places, b->span.begin);
    else if (b->kind == BLOCK_CODE && r->fence)
        places_end_fence(&r->places, r->fence);
    else if (b->kind != BLOCK_TABLE)
        places_end_line(&r->places);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *reader) {
    (void)detail;
    struct reader *r = reader;
    end_tail(r);
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_TBODY:
        return 0;
    case MD_BLOCK_THEAD:
        places_end_next_line(&r->places);
        return 0;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        leave_cell(r);
        return 0;
    case MD_BLOCK_TR:
        leave_row(r);
        return 0;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
        end_implied_paragraph(r);
        place_empty(r, top_block(r));
        pop_block(r);
        return 0;
    default:
        leave_leaf(r);
        return 0;
    }
}

/* Inlines. */

static int add_inl(struct reader *r, struct inl *child) {
    end_tail(r);
    if (need_paragraph(r))
        return -1;
    if (r->span_depth)
        inl_append(r->spans[r->span_depth - 1], child);
    else
        block_append_inl(top_block(r), child);
    return count_node(r);
}

static struct inl *new_inl(struct reader *r, enum inline_kind kind) {
    return inl_new(r->arena, kind, (struct span){0});
}

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
static int link_attributes(struct reader *r, struct inl *to, MD_SPANTYPE type, const void *detail) {
    const MD_SPAN_A_DETAIL *a = detail;
    const MD_SPAN_IMG_DETAIL *img = detail;
    if (attribute(r, &to->href, type == MD_SPAN_A ? &a->href : &img->src))
        return -1;
    return attribute(r, &to->title, type == MD_SPAN_A ? &a->title : &img->title);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *reader) {
    struct reader *r = reader;
    struct inl *span = new_inl(r, kind_of_span(type));
    if (add_inl(r, span))
        return -1;
    if (type == MD_SPAN_CODE) {
        r->tail = span;
        return 0;
    }
    if (r->span_depth == DEEPEST)
        return stop_at(r, "has emphasis and links nested deeper than", DEEPEST);
    r->spans[r->span_depth++] = span;
    return type == MD_SPAN_A || type == MD_SPAN_IMG ? link_attributes(r, span, type, detail) : 0;
}

/* A link or image without a text that is seen as such. */
static void place_bare(struct reader *r, const struct inl *i) {
    struct span at;
    bool image = i->kind == INLINE_IMAGE;
    if (!i->span.line && (image || i->kind == INLINE_LINK) &&
        places_find_brackets(&r->places, image, &at))
        place_open(r, at);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *reader) {
    (void)detail;
    struct reader *r = reader;
    if (type == MD_SPAN_CODE && r->tail && !r->run.text.len)
        run_add(&r->run, STR(" ")); /* md4c loses the line end in a code span of nothing else */
    end_tail(r);
    if (type == MD_SPAN_CODE || !r->span_depth)
        return 0;
    place_bare(r, r->spans[r->span_depth - 1]);
    end_span(r, &r->spans[r->span_depth - 1]->span);
    r->span_depth--;
    return 0;
}

/* The line end behind a mere task mark is none of the text's. */
static int add_break(struct reader *r, enum inline_kind kind) {
    bool begins = holds_blocks(top_block(r)) || (!r->span_depth && !top_block(r)->inlines);
    return begins && kind == INLINE_SOFT ? 0 : add_inl(r, new_inl(r, kind));
}

static int add_text(struct reader *r, struct str source_text, struct str decoded) {
    if (!r->tail || r->tail->kind != INLINE_TEXT) {
        struct inl *text = new_inl(r, INLINE_TEXT);
        if (add_inl(r, text))
            return -1;
        r->tail = text;
    }
    place_text(r, source_text);
    run_add(&r->run, decoded);
    return 0;
}

static bool is_blank(struct str s) {
    return !str_trim(s).len;
}

/* One raw tag comes in pieces when it has several lines; two tags side by side are two. */
static int add_tag(struct reader *r, struct str piece) {
    bool joins = r->tail && r->tail->kind == INLINE_HTML && (r->tag_goes_on || is_blank(piece));
    if (!joins) {
        struct inl *tag = new_inl(r, INLINE_HTML);
        if (add_inl(r, tag))
            return -1;
        r->tail = tag;
    }
    r->tag_goes_on = str_eq(piece, STR("\n"));
    place_text(r, piece);
    run_add(&r->run, piece);
    return 0;
}

static int add_entity(struct reader *r, struct str reference) {
    char room[4];
    struct str decoded = entities_decode(reference, room);
    return add_text(r, reference, decoded.len ? decoded : reference);
}

static int add_literal(struct reader *r, struct str piece) {
    place_text(r, piece);
    run_add(&r->run, piece);
    return 0;
}

/* In a table's cell "\\|" is a pipe, in code as elsewhere (GFM, tables); md4c leaves it in code. */
static int add_cell_code(struct reader *r, struct str piece) {
    for (;;) {
        size_t pipe = str_find(piece, STR("\\|"));
        add_literal(r, str_slice(piece, 0, pipe));
        if (pipe == piece.len)
            return 0;
        piece = str_from(piece, pipe + 1);
        add_literal(r, str_slice(piece, 0, 1));
        piece = str_from(piece, 1);
    }
}

static int text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *reader) {
    struct reader *r = reader;
    struct str piece = {at, size};
    if (count_text(r, piece.len))
        return -1;
    enum block_kind kind = top_block(r)->kind;
    switch (type) {
    case MD_TEXT_NULLCHAR:
        return add_text(r, STR(""), STR("\xEF\xBF\xBD"));
    case MD_TEXT_BR:
        return add_break(r, INLINE_HARD);
    case MD_TEXT_SOFTBR:
        return add_break(r, INLINE_SOFT);
    case MD_TEXT_ENTITY:
        return add_entity(r, piece);
    case MD_TEXT_CODE:
        return kind == BLOCK_CELL ? add_cell_code(r, piece) : add_literal(r, piece);
    case MD_TEXT_HTML:
        return kind == BLOCK_HTML ? add_literal(r, piece) : add_tag(r, piece);
    default:
        return add_text(r, piece, piece);
    }
}

static bool parse(struct reader *r, const struct reading *how) {
    struct str body = str_from(r->source->text, r->places.body_begin);
    if (body.len > MOST_BODY_BYTES) {
        stop_at(r, "has more bytes than", MOST_BODY_BYTES);
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
    if (md_parse(body.at, (MD_SIZE)body.len, &parser, r) != 0 && !r->failed)
        stop(r, STR("there is not enough memory to read the Markdown"));
    return !r->failed;
}

bool markdown_read_body(struct document *doc, struct arena *a, const struct source *s,
                        uint32_t first_line, const struct reading *how, struct diags *d) {
    struct reader r = {.arena = a, .source = s, .diags = d};
    r.most_text_bytes = s->text.len + MOST_EXTRA_BYTES;
    places_init(&r.places, s, first_line);
    run_init(&r.run, a, s->text);
    struct span whole = places_span(&r.places, r.places.body_begin);
    whole.end = (uint32_t)s->text.len;
    doc->source = s;
    doc->body = block_new(a, BLOCK_DOCUMENT, whole);
    r.blocks[r.block_depth++] = doc->body;
    bool read = parse(&r, how);
    run_free(&r.run);
    buf_free(&r.scratch);
    return read;
}

bool markdown_read(struct document *doc, struct arena *a, const struct source *s,
                   const struct reading *how, struct diags *d) {
    uint32_t body_line;
    *doc = (struct document){.source = s};
    return front_read(doc, a, &body_line, d) &&
           markdown_read_body(doc, a, s, body_line, how, d);
}

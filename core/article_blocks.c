/* Blocks as values: slices of the body's renderings through the blocks' extents. */
#include <string.h>

#include "article_parts.h"

/* Lists and quotes deeper than this have no blocks of their own in the model, only their text and
 * HTML: an image nests 200 levels, and a list takes four. */
enum { DEEPEST_BLOCK = 32 };

static struct str slice(struct str whole, struct extent e) {
    return str_slice(whole, e.begin, e.end);
}

/* ---- A quote's extent is its content; as one of several blocks it counts with its marks ---- */

static const struct str QUOTE_OPEN = STR_INIT("<blockquote>\n");
static const struct str QUOTE_CLOSE = STR_INIT("</blockquote>");

static struct extent outer_html(const struct making *m, const struct block *b) {
    struct extent e = b->html;
    if (b->kind != BLOCK_QUOTE)
        return e;
    if (str_ends(str_slice(m->html, 0, e.begin), QUOTE_OPEN))
        e.begin -= (uint32_t)QUOTE_OPEN.len;
    size_t behind = e.end + (size_t)(e.end < m->html.len && m->html.at[e.end] == '\n');
    if (str_starts(str_from(m->html, behind), QUOTE_CLOSE))
        e.end = (uint32_t)(behind + QUOTE_CLOSE.len);
    return e;
}

static struct extent outer_markdown(const struct making *m, const struct block *b) {
    struct extent e = b->commonmark;
    if (b->kind == BLOCK_QUOTE)
        while (e.begin > 0 && strchr("> ", m->markdown.at[e.begin - 1]))
            e.begin--;
    return e;
}

static const struct block *last_before(const struct block *first, const struct block *end) {
    while (first->next != end)
        first = first->next;
    return first;
}

struct str blocks_html(const struct making *m, const struct block *first, const struct block *end) {
    if (first == end || !first)
        return STR("");
    uint32_t begin = outer_html(m, first).begin;
    return str_slice(m->html, begin, outer_html(m, last_before(first, end)).end);
}

/* ---- Text inside lists is indented ---- */

static size_t indent_of(struct str line) {
    size_t i = 0;
    while (i < line.len && line.at[i] == ' ')
        i++;
    return i == line.len ? SIZE_MAX : i; /* empty lines say nothing */
}

/* The lines behind the first without the indent that they share. */
static struct str unindent(struct making *m, struct str s) {
    s = str_trim(s);
    size_t first = str_find_char(s, '\n'), least = SIZE_MAX;
    if (first == s.len)
        return s;
    struct str rest = str_from(s, first), line;
    while (least > 0 && str_cut(&rest, '\n', &line))
        if (indent_of(line) < least)
            least = indent_of(line);
    if (least == 0 || least == SIZE_MAX)
        return s;
    char *copy = arena_alloc(m->arena, s.len + 1);
    size_t len = first;
    memcpy(copy, s.at, first);
    rest = str_from(s, first + 1);
    while (str_cut(&rest, '\n', &line)) {
        line = str_from(line, least);
        copy[len++] = '\n';
        if (line.len)
            memcpy(copy + len, line.at, line.len);
        len += line.len;
    }
    return (struct str){copy, len};
}

struct str blocks_text(struct making *m, const struct block *first, const struct block *end) {
    if (first == end || !first)
        return STR("");
    return unindent(m, str_slice(m->text, first->text.begin, last_before(first, end)->text.end));
}

struct str blocks_markdown(struct making *m, const struct block *first, const struct block *end) {
    if (first == end || !first)
        return STR("");
    uint32_t begin = outer_markdown(m, first).begin;
    return unindent(m, str_slice(m->markdown, begin, last_before(first, end)->commonmark.end));
}

/* The text of a list's item as a whole. */
static struct str item_text(struct making *m, const struct block *item) {
    return unindent(m, slice(m->text, item->text));
}

struct str block_line(struct making *m, const struct block *b) {
    struct str line = str_trim(slice(m->text, b->text));
    if (str_find_char(line, '\n') < line.len)
        line = str_trim(inl_plain(m->arena, b->inlines));
    return line;
}

/* ---- Records ---- */

static struct value *type_name(struct making *m, enum block_kind kind) {
    static const struct str names[] = {
        [BLOCK_DOCUMENT] = STR_INIT("document"), [BLOCK_PARAGRAPH] = STR_INIT("paragraph"),
        [BLOCK_HEADING] = STR_INIT("heading"),   [BLOCK_LIST] = STR_INIT("list"),
        [BLOCK_ITEM] = STR_INIT("item"),         [BLOCK_QUOTE] = STR_INIT("quote"),
        [BLOCK_CODE] = STR_INIT("code"),         [BLOCK_HTML] = STR_INIT("html"),
        [BLOCK_RULE] = STR_INIT("rule"),         [BLOCK_TABLE] = STR_INIT("table"),
        [BLOCK_ROW] = STR_INIT("row"),           [BLOCK_CELL] = STR_INIT("cell"),
    };
    if (!m->type_names[kind])
        m->type_names[kind] = value_string(m->arena, names[kind], (struct span){0});
    return m->type_names[kind];
}

static struct value *block_new_value(struct making *m, const struct block *b, unsigned depth);

static struct value *blocks_at(struct making *m, const struct block *first,
                               const struct block *end, unsigned depth) {
    struct value *list = m->empty_list;
    if (depth <= DEEPEST_BLOCK)
        for (const struct block *b = first; b && b != end; b = b->next)
            list_add(m, &list, block_new_value(m, b, depth));
    return list;
}

/* Its text and HTML say all there is: blocks would say it again. */
static bool is_one_paragraph(const struct block *item) {
    return item->first && !item->first->next && item->first->kind == BLOCK_PARAGRAPH;
}

static struct value *item_new(struct making *m, const struct block *item, unsigned depth) {
    struct value *v = record_new(m, MODEL_ITEM, item->span);
    v->items[ITEM_TEXT] = string_new(m, item_text(m, item), item->span);
    v->items[ITEM_HTML] = string_new(m, str_trim_end(slice(m->html, item->html)), item->span);
    if (is_one_paragraph(item))
        v->items[ITEM_BLOCKS] = m->empty_list;
    else
        v->items[ITEM_BLOCKS] = blocks_at(m, item->first, NULL, depth + 1);
    if (item->task != TASK_NONE)
        v->items[ITEM_DONE] = value_boolean(m->arena, item->task == TASK_DONE);
    return v;
}

static void fill_list(struct making *m, struct value *v, const struct block *b, unsigned depth) {
    struct value *items = m->empty_list;
    for (const struct block *item = b->first; item; item = item->next)
        list_add(m, &items, item_new(m, item, depth));
    v->items[LIST_ORDERED] = value_boolean(m->arena, b->ordered);
    v->items[LIST_START] = b->ordered ? value_integer(m->arena, b->start) : m->nil;
    v->items[LIST_TIGHT] = value_boolean(m->arena, b->tight);
    v->items[LIST_ITEMS] = items;
}

static void fill_code(struct making *m, struct value *v, const struct block *b) {
    struct str info = str_trim(b->info);
    size_t word = 0;
    while (word < info.len && !str_is_space(info.at[word]))
        word++;
    if (word)
        v->items[CODE_LANG] = value_string(m->arena, str_slice(info, 0, word), b->span);
    v->items[CODE_INFO] = info.len ? value_string(m->arena, info, b->span) : m->nil;
    v->items[CODE_CODE] = string_new(m, b->literal, b->span);
}

static struct value *cell_new(struct making *m, const struct block *cell) {
    struct value *v = record_new(m, MODEL_PASSAGE, cell->span);
    v->items[PASSAGE_TEXT] = string_new(m, block_line(m, cell), cell->span);
    v->items[PASSAGE_HTML] = string_new(m, slice(m->html, cell->html), cell->span);
    return v;
}

static struct value *column_new(struct making *m, const struct block *cell) {
    static const struct str names[] = {[ALIGN_LEFT] = STR_INIT("left"),
                                       [ALIGN_CENTER] = STR_INIT("center"),
                                       [ALIGN_RIGHT] = STR_INIT("right")};
    struct value *v = record_new(m, MODEL_COLUMN, cell->span);
    v->items[COLUMN_TEXT] = string_new(m, block_line(m, cell), cell->span);
    v->items[COLUMN_HTML] = string_new(m, slice(m->html, cell->html), cell->span);
    if (cell->align != ALIGN_DEFAULT)
        v->items[COLUMN_ALIGN] = value_string(m->arena, names[cell->align], cell->span);
    return v;
}

static void fill_table(struct making *m, struct value *v, const struct block *b) {
    struct value *columns = m->empty_list, *rows = m->empty_list;
    const struct block *header = b->first;
    for (const struct block *cell = header ? header->first : NULL; cell; cell = cell->next)
        list_add(m, &columns, column_new(m, cell));
    for (const struct block *row = header ? header->next : NULL; row; row = row->next) {
        struct value *cells = value_list(m->arena, row->span);
        for (const struct block *cell = row->first; cell; cell = cell->next)
            value_push(m->arena, cells, cell_new(m, cell));
        list_add(m, &rows, cells);
    }
    v->items[TABLE_COLUMNS] = columns;
    v->items[TABLE_ROWS] = rows;
}

static enum model_name record_for(enum block_kind kind) {
    switch (kind) {
    case BLOCK_HEADING: return MODEL_HEADING;
    case BLOCK_LIST: return MODEL_LIST;
    case BLOCK_CODE: return MODEL_CODE;
    case BLOCK_QUOTE: return MODEL_QUOTE;
    case BLOCK_TABLE: return MODEL_TABLE;
    case BLOCK_HTML: return MODEL_RAW_HTML;
    case BLOCK_RULE: return MODEL_RULE;
    default: return MODEL_PARAGRAPH;
    }
}

/* Each block's fields begin as a paragraph's do. */
static struct value *block_new_value(struct making *m, const struct block *b, unsigned depth) {
    struct value *v = record_new(m, record_for(b->kind), b->span);
    struct extent html = outer_html(m, b);
    v->items[PARAGRAPH_TYPE] = type_name(m, b->kind);
    v->items[PARAGRAPH_HTML] = string_new(m, slice(m->html, html), b->span);
    v->items[PARAGRAPH_TEXT] = string_new(m, blocks_text(m, b, b->next), b->span);
    if (b->kind == BLOCK_HEADING)
        v->items[HEADING_LEVEL] = value_integer(m->arena, b->level);
    else if (b->kind == BLOCK_LIST)
        fill_list(m, v, b, depth);
    else if (b->kind == BLOCK_CODE)
        fill_code(m, v, b);
    else if (b->kind == BLOCK_QUOTE)
        v->items[QUOTE_BLOCKS] = blocks_at(m, b->first, NULL, depth + 1);
    else if (b->kind == BLOCK_TABLE)
        fill_table(m, v, b);
    return v;
}

struct value *blocks_new(struct making *m, struct block *first, const struct block *end) {
    return blocks_at(m, first, end, 0);
}

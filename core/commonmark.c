#include "commonmark.h"

#include "commonmark_inline.h"
#include "entities.h"
#include "html.h"
#include "yaml.h"

/* The item that a block is the first in: its bullet (0: ordered or none) decides how a list or a
 * rule on the same line must look. */
struct setting {
    bool in_item;
    char bullet;
    char mark_before; /* of the list just before, or 0 */
};

static void put(struct commonmark_writer *w, struct str s) {
    buf_put(w->out, s);
}

static void put_repeated(struct commonmark_writer *w, char c, size_t count) {
    for (; count; count--)
        buf_char(w->out, c);
}

static uint32_t here(const struct commonmark_writer *w) {
    return (uint32_t)w->out->len;
}

/* A line end before a line that will stay empty: what a container adds has no blank at its end. */
static void end_before_empty(struct commonmark_writer *w) {
    buf_char(w->out, '\n');
    buf_put(w->out, str_trim_end(buf_str(&w->prefix)));
}

static size_t push(struct commonmark_writer *w, struct str prefix) {
    size_t before = w->prefix.len;
    buf_put(&w->prefix, prefix);
    return before;
}

static void pop(struct commonmark_writer *w, size_t before) {
    w->prefix.len = before;
}

/* Literal lines: code and raw HTML. */
static void put_lines(struct commonmark_writer *w, struct str lines) {
    struct str line;
    if (str_ends(lines, STR("\n")))
        lines.len--;
    bool more = str_cut(&lines, '\n', &line);
    while (more) {
        put(w, line);
        more = str_cut(&lines, '\n', &line);
        if (more && line.len)
            commonmark_newline(w);
        else if (more)
            end_before_empty(w);
    }
}

/* Blocks side by side. */

static bool is_written(const struct block *b) {
    return b->kind != BLOCK_PARAGRAPH || b->inlines;
}

static const struct block *first_written(const struct block *parent) {
    const struct block *b = parent->first;
    while (b && !is_written(b))
        b = b->next;
    return b;
}

/* A list that begins otherwise does not interrupt a paragraph. */
static bool interrupts(const struct block *list) {
    return (!list->ordered || list->start == 1) && list->first && first_written(list->first);
}

static bool is_container(const struct block *b) {
    return b->kind == BLOCK_QUOTE || b->kind == BLOCK_LIST || b->kind == BLOCK_ITEM;
}

static const struct block *last_leaf(const struct block *b) {
    while (is_container(b) && b->last)
        b = b->last;
    return b;
}

/* Whether a line of text behind it would still belong to it. */
static bool ends_open(const struct block *b) {
    const struct block *leaf = last_leaf(b);
    return leaf->kind == BLOCK_PARAGRAPH || leaf->kind == BLOCK_TABLE;
}

/* Raw HTML that no closing mark ends, but an empty line (CommonMark's kinds 6 and 7). */
static bool ends_at_empty_line(const struct block *b) {
    static const struct str others[] = {STR_INIT("<script"), STR_INIT("<pre"), STR_INIT("<style"),
                                        STR_INIT("<textarea")};
    const struct block *leaf = last_leaf(b);
    if (leaf->kind != BLOCK_HTML)
        return false;
    struct str html = leaf->literal;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (str_eq_nocase(str_slice(html, 0, others[i].len), others[i]))
            return false;
    return !str_starts(html, STR("<!")) && !str_starts(html, STR("<?"));
}

/* Whether an empty line must part two blocks even in a tight list. */
static bool must_part(const struct block *b, const struct block *next) {
    if (ends_at_empty_line(b))
        return true;
    if (next->kind == BLOCK_PARAGRAPH || next->kind == BLOCK_TABLE)
        return ends_open(b);
    if (next->kind == BLOCK_QUOTE)
        return b->kind == BLOCK_QUOTE;
    return next->kind == BLOCK_LIST && b->kind == BLOCK_PARAGRAPH && !interrupts(next);
}

static bool ends_with_empty_item(const struct block *b) {
    while (b && b->kind == BLOCK_LIST && b->last && first_written(b->last))
        b = b->last->last;
    return b && b->kind == BLOCK_LIST;
}

/* Ends a block before the next one. In an item, md4c ends all lists at an empty line behind an
 * empty item; there is no need for one. */
static void part(struct commonmark_writer *w, const struct block *b, const struct block *next,
                 bool tight, bool in_item) {
    bool parted = (!tight || must_part(b, next)) && !(in_item && ends_with_empty_item(b));
    if (parted && tight && b->kind == BLOCK_QUOTE && next->kind != BLOCK_QUOTE) {
        commonmark_newline(w);
        put(w, STR(">")); /* parts as well, and leaves the list tight */
    } else if (parted) {
        end_before_empty(w);
    }
    if (!tight && in_item && ends_at_empty_line(b))
        end_before_empty(w); /* see part_items */
    commonmark_newline(w);
}

/* md4c takes an empty line for a part of the raw HTML that it ends, and the list for tight. */
static void part_items(struct commonmark_writer *w, const struct block *item, bool tight) {
    if (!tight)
        end_before_empty(w);
    if (!tight && ends_at_empty_line(item))
        end_before_empty(w);
    commonmark_newline(w);
}

static char put_block(struct commonmark_writer *w, struct block *b, struct setting setting);

static void put_blocks(struct commonmark_writer *w, struct block *parent, bool tight,
                       struct setting setting) {
    const struct block *before = NULL;
    for (struct block *b = parent->first; b; b = b->next) {
        if (!is_written(b))
            continue;
        if (before)
            part(w, before, b, tight, parent->kind == BLOCK_ITEM);
        setting.mark_before = put_block(w, b, setting);
        setting.in_item = false;
        setting.bullet = 0;
        before = b;
    }
}

/* Leaves. */

static void put_heading(struct commonmark_writer *w, const struct block *heading) {
    unsigned level = heading->level < 1 ? 1 : heading->level > 6 ? 6 : heading->level;
    if (level <= 2 && commonmark_has_lines(heading->inlines)) {
        commonmark_inlines(w, heading->inlines, PLACE_PARAGRAPH);
        commonmark_newline(w);
        put(w, level == 1 ? STR("===") : STR("---"));
        return;
    }
    put_repeated(w, '#', level);
    if (heading->inlines) {
        put(w, STR(" "));
        commonmark_inlines(w, heading->inlines, PLACE_HEADING);
    }
}

static size_t longest_run(struct str s, char c) {
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < s.len; i++) {
        run = s.at[i] == c ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

static void put_info(struct commonmark_writer *w, struct str info) {
    for (size_t i = 0; i < info.len; i++) {
        char c = info.at[i];
        bool edge = i == 0 || i + 1 == info.len;
        bool escaped = c == '\\' || (c == '&' && entities_match(str_from(info, i)));
        if ((unsigned char)c < ' ' || (c == ' ' && edge))
            buf_printf(w->out, "&#%d;", c);
        else if (escaped)
            buf_printf(w->out, "\\%c", c);
        else
            buf_char(w->out, c);
    }
}

/* An info string with a backtick can only stand behind tildes, and then behind a space: it may
 * begin with a tilde itself. */
static void put_code(struct commonmark_writer *w, const struct block *code) {
    bool tildes = str_find_char(code->info, '`') < code->info.len;
    char mark = tildes ? '~' : '`';
    size_t run = longest_run(code->literal, mark);
    size_t fence = run < 3 ? 3 : run + 1;
    put_repeated(w, mark, fence);
    put(w, tildes ? STR(" ") : STR(""));
    put_info(w, code->info);
    if (code->literal.len) {
        if (code->literal.at[0] == '\n')
            end_before_empty(w);
        else
            commonmark_newline(w);
        put_lines(w, code->literal);
    }
    commonmark_newline(w);
    put_repeated(w, mark, fence);
}

/* Tables. */

static void put_row(struct commonmark_writer *w, struct block *row) {
    row->commonmark.begin = here(w);
    put(w, STR("|"));
    for (struct block *cell = row->first; cell; cell = cell->next) {
        put(w, STR(" "));
        cell->commonmark.begin = here(w);
        commonmark_inlines(w, cell->inlines, PLACE_CELL);
        cell->commonmark.end = here(w);
        put(w, STR(" |"));
    }
    row->commonmark.end = here(w);
}

static void put_delimiters(struct commonmark_writer *w, const struct block *head) {
    static const struct str delimiters[] = {
        [ALIGN_DEFAULT] = STR_INIT(" --- |"),
        [ALIGN_LEFT] = STR_INIT(" :--- |"),
        [ALIGN_CENTER] = STR_INIT(" :---: |"),
        [ALIGN_RIGHT] = STR_INIT(" ---: |"),
    };
    put(w, STR("|"));
    for (const struct block *cell = head->first; cell; cell = cell->next)
        put(w, delimiters[cell->align]);
}

static void put_table(struct commonmark_writer *w, struct block *table) {
    for (struct block *row = table->first; row; row = row->next) {
        if (row != table->first)
            commonmark_newline(w);
        put_row(w, row);
        if (row == table->first) {
            commonmark_newline(w);
            put_delimiters(w, row);
        }
    }
}

/* Containers. */

static void put_quote(struct commonmark_writer *w, struct block *quote) {
    if (!first_written(quote)) {
        put(w, STR(">"));
        return;
    }
    put(w, STR("> "));
    size_t before = push(w, STR("> "));
    put_blocks(w, quote, false, (struct setting){0});
    pop(w, before);
}

/* "- ", unless that would join the list before, or make a rule of "- - -". */
static char pick_mark(const struct block *list, struct setting setting) {
    const char *marks = list->ordered ? ".)" : "-*+";
    while (*marks == setting.mark_before || *marks == setting.bullet)
        marks++;
    return *marks;
}

static uint32_t number_of(const struct block *list, uint32_t index) {
    enum { LARGEST = 999999999 }; /* nine digits are the most that CommonMark reads */
    return list->start <= LARGEST - index ? list->start + index : LARGEST;
}

static void put_item(struct commonmark_writer *w, struct block *item, const struct block *list,
                     struct str mark) {
    static const char spaces[] = "            ";
    put(w, mark);
    if (item->task != TASK_NONE)
        put(w, item->task == TASK_DONE ? STR(" [x]") : STR(" [ ]"));
    size_t before = push(w, (struct str){spaces, mark.len + 1});
    if (first_written(item))
        put(w, STR(" "));
    item->commonmark.begin = here(w);
    char bullet = list->ordered ? 0 : mark.at[0];
    put_blocks(w, item, list->tight, (struct setting){.in_item = true, .bullet = bullet});
    item->commonmark.end = here(w);
    pop(w, before);
}

static char put_list(struct commonmark_writer *w, struct block *list, struct setting setting) {
    char mark = pick_mark(list, setting);
    uint32_t index = 0;
    for (struct block *item = list->first; item; item = item->next, index++) {
        char room[16];
        struct buf text = {.at = room, .cap = sizeof room};
        if (list->ordered)
            buf_number(&text, number_of(list, index));
        buf_char(&text, mark);
        put_item(w, item, list, buf_str(&text));
        if (item->next)
            part_items(w, item, list->tight);
    }
    return mark;
}

/* Returns the mark of a list, else 0. */
static char put_block(struct commonmark_writer *w, struct block *b, struct setting setting) {
    char mark = 0;
    b->commonmark.begin = here(w);
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
        commonmark_inlines(w, b->inlines, setting.in_item ? PLACE_ITEM : PLACE_PARAGRAPH);
        break;
    case BLOCK_HEADING:
        put_heading(w, b);
        break;
    case BLOCK_LIST:
        mark = put_list(w, b, setting);
        break;
    case BLOCK_QUOTE:
        put_quote(w, b);
        break;
    case BLOCK_CODE:
        put_code(w, b);
        break;
    case BLOCK_HTML:
        put_lines(w, b->literal);
        w->in_pre = html_is_in_pre(b->literal, w->in_pre);
        break;
    case BLOCK_RULE: /* dashes would underline a heading or begin front matter */
        put(w, setting.bullet == '*' ? STR("___") : STR("***"));
        break;
    case BLOCK_TABLE:
        put_table(w, b);
        break;
    case BLOCK_DOCUMENT:
    case BLOCK_ITEM:
    case BLOCK_ROW:
    case BLOCK_CELL:
        break; /* not on their own */
    }
    b->commonmark.end = here(w);
    return mark;
}

void commonmark_write(struct buf *out, struct block *parent) {
    struct commonmark_writer w = {.out = out};
    parent->commonmark.begin = here(&w);
    put_blocks(&w, parent, false, (struct setting){0});
    parent->commonmark.end = here(&w);
    if (first_written(parent))
        buf_char(out, '\n');
    buf_free(&w.prefix);
}

void commonmark_write_document(struct buf *out, struct document *doc) {
    if (doc->front && doc->front->count) {
        buf_put(out, STR("---\n"));
        yaml_write(out, doc->front);
        buf_put(out, first_written(doc->body) ? STR("---\n\n") : STR("---\n"));
    }
    commonmark_write(out, doc->body);
}

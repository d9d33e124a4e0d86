/* Tables of a paste whose cells are still told apart: by tabs, by pipes, by runs of spaces that
 * line up, or by standing on lines of their own. */
#include "paste_parts.h"
#include "utf8.h"

#include <string.h>

/* One row taken apart; count 0: it is no row. */
struct row {
    size_t count;
    struct cell cells[PASTE_COLUMNS];
    enum align aligns[PASTE_COLUMNS]; /* of a row such as |:--|--:| */
};

typedef void split_row(const struct paste *p, const struct line *l, struct row *row);

/* --- building --- */

static struct block *new_table(struct paste *p, const struct line *first, const struct line *last) {
    struct block *table = block_new(p->arena, BLOCK_TABLE, paste_span(p, first->begin, last->end));
    block_append(p->doc->body, table);
    return table;
}

void paste_add_row(struct paste *p, struct block *table, const struct line *l,
                   const struct cell *cells, size_t count, size_t columns) {
    struct block *row = block_new(p->arena, BLOCK_ROW, paste_span(p, l->begin, l->end));
    for (size_t i = 0; i < columns; i++) {
        struct cell cell = i < count ? cells[i] : (struct cell){l->end, l->end};
        struct block *b = block_new(p->arena, BLOCK_CELL, paste_span(p, cell.begin, cell.end));
        struct inl *text = paste_inl(p, cell.begin, cell.end);
        if (text)
            block_append_inl(b, text);
        block_append(row, b);
    }
    block_append(table, row);
}

static void add_cell(struct row *row, const struct paste *p, uint32_t begin, uint32_t end) {
    if (row->count == PASTE_COLUMNS) {
        row->count = PASTE_COLUMNS + 1; /* too many: no row */
        return;
    }
    if (row->count > PASTE_COLUMNS)
        return;
    paste_trim(p, &begin, &end);
    row->cells[row->count++] = (struct cell){begin, end};
}

static void close_row(struct row *row) {
    if (row->count > PASTE_COLUMNS || row->count < 2)
        row->count = 0;
}

/* --- tabs --- */

static void split_tabs(const struct paste *p, const struct line *l, struct row *row) {
    row->count = 0;
    if (!l->has_tab || l->level || l->mark == MARK_HASH)
        return;
    const char *text = p->source->text.at;
    uint32_t begin = l->begin;
    for (uint32_t at = begin; at < l->end && row->count <= PASTE_COLUMNS; at++) {
        if (text[at] != '\t')
            continue;
        add_cell(row, p, begin, at);
        begin = at + 1;
    }
    add_cell(row, p, begin, l->end);
    close_row(row);
}

/* A header without its corner begins with a tab, which was trimmed. */
static void restore_corner(const struct paste *p, const struct line *l, struct row *row,
                           size_t columns) {
    if (row->count + 1 != columns || p->source->text.at[l->raw] != '\t')
        return;
    memmove(row->cells + 1, row->cells, row->count * sizeof *row->cells);
    row->cells[0] = (struct cell){l->begin, l->begin};
    row->count++;
}

/* --- pipes --- */

static void split_pipes(const struct paste *p, const struct line *l, struct row *row) {
    const char *text = p->source->text.at;
    row->count = 0;
    if (l->level || l->mark != MARK_NONE)
        return;
    uint32_t begin = l->begin + (text[l->begin] == '|');
    uint32_t end = l->end - (l->end > begin && text[l->end - 1] == '|');
    for (uint32_t at = begin; at < end && row->count <= PASTE_COLUMNS; at++) {
        if (text[at] != '|' || (at > begin && text[at - 1] == '\\'))
            continue;
        add_cell(row, p, begin, at);
        begin = at + 1;
    }
    if (row->count || begin > l->begin)
        add_cell(row, p, begin, end);
    close_row(row);
}

/* |:--|--:| or +----+----+, which draws lines and holds nothing. */
static bool is_border(const struct paste *p, const struct line *l) {
    struct str s = paste_slice(p, l->begin, l->end);
    size_t dashes = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr("+-=|: \t", s.at[i]))
            return false;
        dashes += s.at[i] == '-' || s.at[i] == '=';
    }
    return dashes >= 2 && (s.at[0] == '|' || s.at[0] == '+' || s.at[0] == '-' || s.at[0] == ':');
}

static void read_aligns(const struct paste *p, const struct row *border, struct row *to) {
    const char *text = p->source->text.at;
    for (size_t i = 0; i < border->count && i < to->count; i++) {
        struct cell cell = border->cells[i];
        bool left = cell.begin < cell.end && text[cell.begin] == ':';
        bool right = cell.begin < cell.end && text[cell.end - 1] == ':';
        to->aligns[i] = left && right ? ALIGN_CENTER
                        : right       ? ALIGN_RIGHT
                        : left        ? ALIGN_LEFT
                                      : ALIGN_DEFAULT;
    }
}

static void set_aligns(struct block *table, const struct row *head) {
    for (struct block *row = table->first; row; row = row->next) {
        size_t i = 0;
        for (struct block *cell = row->first; cell && i < head->count; cell = cell->next)
            cell->align = head->aligns[i++];
    }
}

/* --- rows by tabs or pipes --- */

/* How many lines from `at` are rows or borders; *columns is the greatest number of cells. Short
 * rows count while they have half of the cells: padding must not outgrow the paste. */
static size_t count_rows(const struct paste *p, size_t at, split_row *split, bool borders,
                         size_t *columns, size_t *rows) {
    struct row row;
    bool drawn = false;
    size_t i = at;
    *columns = *rows = 0;
    for (; i < p->count; i++) {
        const struct line *l = &p->lines[i];
        bool border = borders && is_border(p, l);
        if (i > at && l->blanks > (border || drawn ? 0 : 1))
            break;
        drawn |= border;
        if (border)
            continue;
        split(p, l, &row);
        bool fits = *columns == 0 || (row.count * 2 >= *columns && row.count <= *columns * 2);
        bool apart = i > at && l->blanks > 0 && row.count != *columns;
        if (row.count == 0 || !fits || apart)
            break;
        *columns = row.count > *columns ? row.count : *columns;
        ++*rows;
    }
    return i - at;
}

static size_t add_rows(struct paste *p, size_t at, split_row *split, bool borders) {
    struct row row, head = {.count = 0};
    size_t columns, rows, lines = count_rows(p, at, split, borders, &columns, &rows);
    if (rows < 2)
        return 0;
    struct block *table = new_table(p, &p->lines[at], &p->lines[at + lines - 1]);
    for (size_t i = at; i < at + lines; i++) {
        const struct line *l = &p->lines[i];
        split(p, l, &row);
        if (borders && is_border(p, l)) {
            head.count = columns;
            read_aligns(p, &row, &head);
            continue;
        }
        if (split == split_tabs)
            restore_corner(p, l, &row, columns);
        paste_add_row(p, table, l, row.cells, row.count, columns);
    }
    set_aligns(table, &head);
    return lines;
}

/* --- columns of spaces --- */

static bool is_blank_at(const struct paste *p, uint32_t at, uint32_t *next) {
    size_t behind = at;
    uint32_t c = utf8_next(p->source->text, &behind);
    *next = (uint32_t)behind;
    return c == ' ' || c == 0xA0 || c == 0x3000;
}

static void split_spaces(const struct paste *p, const struct line *l, struct row *row) {
    enum { WIDEST = 400 };
    row->count = 0;
    if (l->level || l->mark != MARK_NONE || l->has_tab || l->width > WIDEST)
        return;
    uint32_t begin = l->begin, at = begin, next;
    while (at < l->end && row->count <= PASTE_COLUMNS) {
        uint32_t gap = at, spaces = 0;
        while (gap < l->end && is_blank_at(p, gap, &next)) {
            gap = next;
            spaces++;
        }
        if (spaces >= 2) {
            add_cell(row, p, begin, at);
            begin = gap;
        }
        if (spaces == 0)
            is_blank_at(p, at, &gap);
        at = gap;
    }
    add_cell(row, p, begin, l->end);
    close_row(row);
}

static uint32_t column_of(const struct paste *p, const struct line *l, uint32_t at) {
    return (uint32_t)utf8_count(paste_slice(p, l->raw, at));
}

static bool is_near(uint32_t a, uint32_t b) {
    return a <= b + 1 && b <= a + 1;
}

/* Whether all gaps of a row are so wide that nobody typed them between words. */
static bool has_wide_gaps(const struct paste *p, const struct line *l, const struct row *row) {
    enum { WIDE = 3 };
    for (size_t i = 1; i < row->count; i++)
        if (column_of(p, l, row->cells[i].begin) < column_of(p, l, row->cells[i - 1].end) + WIDE)
            return false;
    return true;
}

/* Puts the cells of a row below those of the header: as they come when there are as many, with
 * wide gaps, else where their begin or end lines up. False when one lines up with none. */
static bool line_up(const struct paste *p, const struct line *l, const struct row *row,
                    const struct line *head_line, const struct row *head, struct row *to) {
    size_t column = 0;
    if (row->count == head->count && has_wide_gaps(p, l, row) &&
        has_wide_gaps(p, head_line, head)) {
        *to = *row;
        return true;
    }
    *to = (struct row){.count = head->count};
    for (size_t i = 0; i < head->count; i++)
        to->cells[i] = (struct cell){l->end, l->end};
    for (size_t i = 0; i < row->count; i++, column++) {
        uint32_t begin = column_of(p, l, row->cells[i].begin);
        uint32_t end = column_of(p, l, row->cells[i].end);
        while (column < head->count &&
               !is_near(begin, column_of(p, head_line, head->cells[column].begin)) &&
               !is_near(end, column_of(p, head_line, head->cells[column].end)))
            column++;
        if (column == head->count)
            return false;
        to->cells[column] = row->cells[i];
    }
    return true;
}

static size_t add_spaced_rows(struct paste *p, size_t at) {
    enum { FEWEST = 3 };
    const struct line *head_line = &p->lines[at];
    struct row head, row, placed;
    size_t end = at + 1;
    split_spaces(p, head_line, &head);
    uint32_t gap = end < p->count ? p->lines[end].blanks : 0;
    for (; head.count && gap <= 1 && end < p->count && p->lines[end].blanks == gap; end++) {
        split_spaces(p, &p->lines[end], &row);
        if (row.count == 0 || !line_up(p, &p->lines[end], &row, head_line, &head, &placed))
            break;
    }
    if (end - at < FEWEST)
        return 0;
    struct block *table = new_table(p, head_line, &p->lines[end - 1]);
    for (size_t i = at; i < end; i++) {
        split_spaces(p, &p->lines[i], &row);
        line_up(p, &p->lines[i], &row, head_line, &head, &placed);
        paste_add_row(p, table, &p->lines[i], placed.cells, placed.count, head.count);
    }
    return end - at;
}

size_t paste_table(struct paste *p, size_t at) {
    size_t lines = add_rows(p, at, split_tabs, false);
    if (!lines)
        lines = add_rows(p, at, split_pipes, true);
    return lines ? lines : add_spaced_rows(p, at);
}

/* --- a cell a line --- */

static bool is_cell(const struct line *l) {
    enum { WIDEST = 120 };
    return l->mark == MARK_NONE && l->width <= WIDEST && !l->has_tab;
}

/* Adds rows of `columns` lines each. */
static size_t add_stacked(struct paste *p, size_t at, size_t lines, size_t columns) {
    struct cell cells[PASTE_COLUMNS];
    struct block *table = new_table(p, &p->lines[at], &p->lines[at + lines - 1]);
    for (size_t row = at; row < at + lines; row += columns) {
        struct line whole = p->lines[row];
        whole.end = p->lines[row + columns - 1].end;
        for (size_t i = 0; i < columns; i++)
            cells[i] = (struct cell){p->lines[row + i].text, p->lines[row + i].end};
        paste_add_row(p, table, &whole, cells, columns, columns);
    }
    return lines;
}

static bool ends_with_tab(const struct paste *p, const struct line *l) {
    return str_ends(source_line(p->source, l->number), STR("\t"));
}

/* A browser that breaks the line in every cell leaves the tab at its end. */
static size_t tab_ended(const struct paste *p, size_t at, size_t *columns) {
    size_t row = 0, rows = 0, i = at;
    *columns = 0;
    for (; i < p->count && is_cell(&p->lines[i]) && (row == 0 || p->lines[i].blanks <= 1); i++) {
        if (++row > PASTE_COLUMNS)
            break;
        if (ends_with_tab(p, &p->lines[i]))
            continue;
        if (row < 2 || (*columns && row != *columns))
            break;
        *columns = row;
        rows++;
        row = 0;
    }
    return rows < 2 ? 0 : rows * *columns;
}

/* Rows of the same number of lines, parted by empty lines. */
static size_t parted(const struct paste *p, size_t at, size_t *columns) {
    size_t end = at + 1, row = 1, rows = 0;
    *columns = 0;
    for (; end <= p->count; end++) {
        bool open = end < p->count && is_cell(&p->lines[end]);
        if (open && p->lines[end].blanks == 0 && row < PASTE_COLUMNS) {
            row++;
            continue;
        }
        if (*columns == 0)
            *columns = row;
        if (row != *columns || (open && p->lines[end].blanks == 0))
            break;
        rows++;
        row = 1;
        if (!open || p->lines[end].blanks > p->typical_blanks)
            break;
    }
    return *columns >= 2 && rows >= 3 ? rows * *columns : 0;
}

static bool holds(struct str text, struct str part) {
    return part.len >= 3 && str_find(text, part) < text.len;
}

/* The heading above says what is compared: how many of the next lines does it name? */
static size_t named_above(const struct paste *p, size_t at) {
    size_t named = 0;
    if (at == 0 || !p->lines[at - 1].level)
        return 0;
    struct str heading = paste_line_text(p, &p->lines[at - 1]);
    while (named < 8 && at + 1 + named < p->count) {
        struct str text = paste_line_text(p, &p->lines[at + 1 + named]);
        size_t word = str_find_char(text, ' ');
        if (!holds(heading, text) && !holds(heading, str_slice(text, 0, word)))
            break;
        named++;
    }
    return named;
}

static size_t named(const struct paste *p, size_t at, size_t *columns) {
    size_t end = at + 1, lines;
    *columns = 1 + named_above(p, at);
    if (*columns < 3)
        return 0;
    while (end < p->count && is_cell(&p->lines[end]) && p->lines[end].level == 0 &&
           p->lines[end].blanks == p->lines[at + 1].blanks)
        end++;
    lines = end - at;
    return lines % *columns == 0 && lines / *columns >= 2 ? lines : 0;
}

size_t paste_stacked_table(struct paste *p, size_t at) {
    const struct line *l = &p->lines[at];
    struct str subject;
    size_t columns, lines = 0;
    if (!is_cell(l) || at + 1 >= p->count)
        return 0;
    if (ends_with_tab(p, l))
        lines = tab_ended(p, at, &columns);
    if (!lines && l->width < 40 &&
        words_match(p->words, WORD_FACTOR, paste_line_text(p, l), &subject)) {
        lines = parted(p, at, &columns);
        if (!lines)
            lines = named(p, at, &columns);
    }
    return lines ? add_stacked(p, at, lines, columns) : 0;
}

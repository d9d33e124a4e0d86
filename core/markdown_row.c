#include "markdown_row.h"

static size_t run_length(struct str s, size_t at, char c) {
    size_t end = at;
    while (end < s.len && s.at[end] == c)
        end++;
    return end - at;
}

/* Behind the code that backticks at `at` open, or behind them when nothing closes it: a pipe in
 * code parts no cells. */
static size_t skip_code(struct str s, size_t at) {
    size_t ticks = run_length(s, at, '`'), found;
    for (size_t i = at + ticks; i < s.len; i += found ? found : 1) {
        found = run_length(s, i, '`');
        if (found == ticks)
            return i + ticks;
    }
    return at + ticks;
}

static uint32_t count_cells(struct str line) {
    uint32_t cells = 1;
    for (size_t at = 0; at < line.len;) {
        if (line.at[at] == '\\') {
            at += 2;
        } else if (line.at[at] == '`') {
            at = skip_code(line, at);
        } else {
            cells += line.at[at] == '|' && at + 1 < line.len; // the last one only closes the row
            at++;
        }
    }
    return cells;
}

/* The empty cells that the row ends with. */
static uint32_t count_empty(const struct block *row, uint32_t *all) {
    uint32_t empty = 0;
    *all = 0;
    for (const struct block *cell = row->first; cell; cell = cell->next, ++*all)
        empty = cell->inlines ? 0 : empty + 1;
    return empty;
}

uint32_t row_cells(const struct source *s, const struct block *row) {
    enum { LONGEST_LINE = 8192 }; /* each run of backticks looks through the rest of it */
    struct str line = str_trim_end(source_line(s, row->span.line));
    size_t begin = 0;
    if (line.len > LONGEST_LINE)
        return 0;
    while (begin < line.len && (str_is_space(line.at[begin]) || line.at[begin] == '>'))
        begin++;
    begin += begin < line.len && line.at[begin] == '|';
    uint32_t all, empty = count_empty(row, &all), cells = count_cells(str_from(line, begin));
    return cells + empty >= all ? cells : all; // what holds text was written
}

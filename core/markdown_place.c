#include "markdown_place.h"

#include <string.h>

#include "utf8.h"

static size_t skip_mark(const struct source *s, size_t offset) {
    return offset == 0 && str_starts(s->text, STR("\xEF\xBB\xBF")) ? 3 : offset;
}

void places_init(struct places *p, const struct source *s, uint32_t body_line) {
    size_t begin = s->text.len;
    if (body_line <= s->line_count)
        begin = skip_mark(s, s->line_starts[body_line - 1]);
    *p = (struct places){.source = s, .body_begin = begin, .seen = begin, .text_end = begin};
    struct place at = source_place(s, begin);
    p->cursor.at = begin;
    p->cursor.line = at.line;
    p->cursor.col = at.col;
}

bool places_hold(const struct places *p, struct str text) {
    uintptr_t at = (uintptr_t)text.at, begin = (uintptr_t)p->source->text.at;
    return at >= begin && at - begin <= p->source->text.len;
}

/* A wrong guess may have led too far; then the source is asked. */
static void move_cursor(struct places *p, size_t offset) {
    const struct source *s = p->source;
    if (offset < p->cursor.at) {
        struct place at = source_place(s, offset);
        p->cursor.line = at.line;
        p->cursor.col = at.col;
    } else {
        while (p->cursor.line < s->line_count && s->line_starts[p->cursor.line] <= offset) {
            p->cursor.at = s->line_starts[p->cursor.line++];
            p->cursor.col = 1;
        }
        struct str passed = str_slice(s->text, p->cursor.at, offset);
        p->cursor.col += (uint32_t)utf8_count(passed);
    }
    p->cursor.at = offset;
}

struct span places_span(struct places *p, size_t offset) {
    move_cursor(p, offset);
    return (struct span){(uint32_t)offset, (uint32_t)offset, p->cursor.line, p->cursor.col};
}

/* Behind the "[", blanks and "]" at `at`; 0: they are not there. */
static size_t after_brackets(struct str text, size_t at) {
    if (at >= text.len || text.at[at] != '[')
        return 0;
    at++;
    while (at < text.len && str_is_space(text.at[at]))
        at++;
    return at < text.len && text.at[at] == ']' ? at + 1 : 0;
}

bool places_find_brackets(struct places *p, bool image, struct span *at) {
    enum { FARTHEST = 1024 }; /* bytes: what is not found must not be searched to the end */
    struct str text = str_slice(p->source->text, 0, p->text_end + FARTHEST);
    for (size_t i = p->text_end; i < text.len; i++) {
        size_t end = !image || text.at[i] == '!' ? after_brackets(text, i + image) : 0;
        if (!end)
            continue;
        *at = places_span(p, i);
        places_see(p, end);
        return true;
    }
    return false;
}

void places_see(struct places *p, size_t end) {
    if (end > p->seen)
        p->seen = end;
    if (end > p->text_end)
        p->text_end = end;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t line_end(const struct places *p, size_t at) {
    struct str text = p->source->text;
    while (at < text.len && !is_line_end(text.at[at]))
        at++;
    return at;
}

static size_t after_line_end(const struct places *p, size_t at) {
    struct str text = p->source->text;
    if (at < text.len && text.at[at] == '\r')
        at++;
    if (at < text.len && text.at[at] == '\n')
        at++;
    return at;
}

void places_find_content(struct places *p) {
    struct str text = p->source->text;
    size_t at = p->seen;
    while (at < text.len && (is_line_end(text.at[at]) || is_blank(text.at[at])))
        at++;
    if (at < text.len)
        p->seen = at;
}

/* Where, in the bytes of a line, its end is a run of one of `marks`, blanks between them; `end`
 * when it is not, or fewer than `least`. */
static size_t find_run(struct str text, size_t begin, size_t end, const char *marks, int least) {
    size_t at = end, first = end;
    while (at > begin && is_blank(text.at[at - 1]))
        at--;
    if (at == begin || !strchr(marks, text.at[at - 1]))
        return end;
    char mark = text.at[at - 1];
    int count = 0;
    for (; at > begin && (text.at[at - 1] == mark || is_blank(text.at[at - 1])); at--)
        if (text.at[at - 1] == mark) {
            first = at - 1;
            count++;
        }
    return count >= least ? first : end;
}

/* Where three of `fence` stand together. */
static size_t find_fence(struct str text, size_t begin, size_t end, char fence) {
    for (size_t at = begin; at + 3 <= end; at++)
        if (text.at[at] == fence && text.at[at + 1] == fence && text.at[at + 2] == fence)
            return at;
    return end;
}

/* Moves to the first line that has what is looked for: a run of `marks`, or a fence. */
static void find_line(struct places *p, const char *marks, int least, char fence) {
    struct str text = p->source->text;
    for (size_t at = p->seen; at < text.len && !p->lost;) {
        size_t end = line_end(p, at);
        size_t found = marks ? find_run(text, at, end, marks, least)
                             : find_fence(text, at, end, fence);
        if (found < end) {
            p->seen = found;
            return;
        }
        at = after_line_end(p, end);
    }
    p->lost = true;
}

void places_find_rule(struct places *p) {
    find_line(p, "*-_", 3, 0);
}

void places_find_heading(struct places *p) {
    find_line(p, "#", 1, 0);
}

void places_find_fence(struct places *p, char fence) {
    find_line(p, NULL, 0, fence);
}

void places_end_line(struct places *p) {
    p->seen = line_end(p, p->seen);
}

void places_end_next_line(struct places *p) {
    places_end_line(p);
    p->seen = line_end(p, after_line_end(p, p->seen));
}

/* An ATX heading has its marks before its text, and only markup between. */
void places_end_heading(struct places *p, size_t begin) {
    size_t at = begin;
    const char *text = p->source->text.at;
    while (at > p->body_begin && !is_line_end(text[at - 1]) && text[at - 1] != '#')
        at--;
    if (at > p->body_begin && text[at - 1] == '#')
        places_end_line(p);
    else
        places_end_next_line(p);
}

void places_end_fence(struct places *p, char fence) {
    struct str text = p->source->text;
    places_end_line(p);
    size_t at = p->seen;
    while (at < text.len &&
           (is_line_end(text.at[at]) || is_blank(text.at[at]) || text.at[at] == '>'))
        at++;
    if (at + 3 <= text.len && find_fence(text, at, at + 3, fence) == at) {
        p->seen = at;
        places_end_line(p);
    }
}

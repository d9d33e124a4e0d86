#include "source.h"

#include "utf8.h"

/* Columns are counted from the line's begin, which takes long in a line of megabytes; in a file
 * that has such a line the code points before every block of this size are noted. */
enum { BLOCK_BYTES = 1024 };

static const struct str BYTE_ORDER_MARK = STR_INIT("\xEF\xBB\xBF");

/* --- lines --- */

/* Walks over the lines. Either kind of line end is searched again only when it was passed, so
 * that a text of one kind is not searched to its end for the other at every line. */
struct line_walk {
    struct str text;
    size_t lf, cr;
};

static struct line_walk walk_lines(struct str text) {
    return (struct line_walk){text, str_find_char(text, '\n'), str_find_char(text, '\r')};
}

static size_t find_from(struct str text, size_t at, char c) {
    return at + str_find_char(str_from(text, at), c);
}

/* Where the next line begins after a line end at or behind `at`; false when there is none. */
static bool next_line(struct line_walk *w, size_t *at) {
    if (w->lf < *at)
        w->lf = find_from(w->text, *at, '\n');
    if (w->cr < *at)
        w->cr = find_from(w->text, *at, '\r');
    size_t end = w->lf < w->cr ? w->lf : w->cr;
    if (end == w->text.len)
        return false;
    bool is_pair = w->lf == w->cr + 1 && w->lf < w->text.len;
    *at = end + 1 + is_pair;
    return true;
}

/* Fills in line_starts; true when some line is longer than a block. */
static bool find_lines(struct source *s, struct arena *a) {
    struct line_walk counting = walk_lines(s->text);
    uint32_t count = 1;
    for (size_t at = 0; next_line(&counting, &at);)
        count++;
    s->line_starts = ARENA_ARRAY(a, uint32_t, count);
    s->line_count = 1;
    bool has_long = false;
    size_t at = 0;
    for (struct line_walk w = walk_lines(s->text); next_line(&w, &at); s->line_count++) {
        has_long |= at - s->line_starts[s->line_count - 1] > BLOCK_BYTES;
        s->line_starts[s->line_count] = (uint32_t)at;
    }
    return has_long || s->text.len - s->line_starts[count - 1] > BLOCK_BYTES;
}

static void count_blocks(struct source *s, struct arena *a) {
    size_t blocks = s->text.len / BLOCK_BYTES + 1;
    s->block_counts = ARENA_ARRAY(a, uint32_t, blocks);
    for (size_t i = 1; i < blocks; i++) {
        struct str block = str_slice(s->text, (i - 1) * BLOCK_BYTES, i * BLOCK_BYTES);
        s->block_counts[i] = s->block_counts[i - 1] + (uint32_t)utf8_count(block);
    }
}

/* --- opening --- */

static bool refuse(const struct source *s, size_t offset, struct diags *d, const char *code,
                   struct str text, const char *help) {
    struct diag *error = diag_error(d, source_place(s, offset), code, "%.*s", STR_ARG(text));
    diag_help(d, error, "%s", help);
    return false;
}

static bool check_bytes(const struct source *s, struct diags *d) {
    size_t bad = str_find_char(s->text, '\0');
    if (bad < s->text.len)
        return refuse(s, bad, d, "file-nul",
                      arena_printf(d->arena, "NUL byte at offset %zu: this is no text", bad),
                      "content is text in UTF-8; a file in UTF-16 has to be saved as UTF-8");
    if (!utf8_check(s->text, &bad))
        return refuse(s, bad, d, "file-utf8",
                      arena_printf(d->arena, "invalid UTF-8: byte 0x%02X at offset %zu",
                                   (unsigned char)s->text.at[bad], bad),
                      "save the file as UTF-8");
    return true;
}

bool source_open(struct source *s, struct arena *a, struct str place, struct str path,
                 struct str bytes, struct diags *d) {
    *s = (struct source){.path = arena_str(a, path), .place = arena_str(a, place)};
    struct place file = {.path = place, .line = 1, .col = 1};
    if (bytes.len >= UINT32_MAX) {
        diag_error(d, file, "file-large", "the file is larger than 4 GB");
        return false;
    }
    if (str_starts(bytes, STR("\xFE\xFF")) || str_starts(bytes, STR("\xFF\xFE"))) {
        struct diag *error = diag_error(d, file, "file-utf16", "the file is in UTF-16");
        diag_help(d, error, "save the file as UTF-8");
        return false;
    }
    s->text = arena_join(a, bytes, STR("\n"));
    s->text.len = bytes.len;
    if (find_lines(s, a))
        count_blocks(s, a);
    return check_bytes(s, d);
}

/* --- positions --- */

/* Index of the line that holds the offset. */
static uint32_t line_index(const struct source *s, size_t offset) {
    uint32_t low = 0, high = s->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t points_before(const struct source *s, size_t offset) {
    size_t block = offset / BLOCK_BYTES;
    return s->block_counts[block] + utf8_count(str_slice(s->text, block * BLOCK_BYTES, offset));
}

static size_t points_between(const struct source *s, size_t begin, size_t end) {
    if (end < begin)
        return 0; /* inside of the byte order mark */
    if (end - begin <= BLOCK_BYTES || !s->block_counts)
        return utf8_count(str_slice(s->text, begin, end));
    return points_before(s, end) - points_before(s, begin);
}

/* Where the text of a line begins: the byte order mark is no part of it. */
static size_t line_begin(const struct source *s, uint32_t index) {
    bool marked = index == 0 && str_starts(s->text, BYTE_ORDER_MARK);
    return marked ? BYTE_ORDER_MARK.len : s->line_starts[index];
}

struct place source_place(const struct source *s, size_t offset) {
    if (offset > s->text.len)
        offset = s->text.len;
    uint32_t index = line_index(s, offset);
    size_t col = points_between(s, line_begin(s, index), offset) + 1;
    return (struct place){s->place, index + 1, (uint32_t)col};
}

struct span source_span(const struct source *s, size_t begin, size_t end) {
    struct place at = source_place(s, begin);
    return (struct span){(uint32_t)begin, (uint32_t)end, at.line, at.col};
}

struct span source_span_of(const struct source *s, struct str slice) {
    uintptr_t text = (uintptr_t)s->text.at, at = (uintptr_t)slice.at;
    if (at < text || at + slice.len > text + s->text.len)
        return (struct span){0};
    return source_span(s, at - text, at - text + slice.len);
}

struct str source_line(const struct source *s, uint32_t line) {
    if (line == 0 || line > s->line_count)
        return STR("");
    size_t end = line < s->line_count ? s->line_starts[line] : s->text.len;
    struct str text = str_slice(s->text, line_begin(s, line - 1), end);
    if (str_ends(text, STR("\n")))
        text.len--;
    if (str_ends(text, STR("\r")))
        text.len--;
    return text;
}

#include "text.h"

#include <string.h>

#include "entities.h"

/* Line ends and indents are owed until something is written behind them, so that blocks without
 * text (a rule, an image without words) leave no empty lines. */
struct writer {
    struct buf *out;
    unsigned owed; /* line ends */
    unsigned indent;
    bool written;  /* something was: only then may line ends be owed */
};

enum { QUOTE_INDENT = 2, BULLET_INDENT = 2 };

static bool at_line_begin(const struct writer *w) {
    return w->owed || !w->written;
}

static void pay(struct writer *w) {
    static const char spaces[] = "                ";
    for (; w->owed; w->owed--)
        buf_char(w->out, '\n');
    for (unsigned left = w->indent, part; left; left -= part) {
        part = left < sizeof spaces - 1 ? left : (unsigned)sizeof spaces - 1;
        buf_put(w->out, (struct str){spaces, part});
    }
    w->written = true;
}

static void put(struct writer *w, struct str s) {
    if (!s.len)
        return;
    if (at_line_begin(w))
        pay(w);
    buf_put(w->out, s);
}

static void owe(struct writer *w, unsigned lines) {
    if (w->written && w->owed < lines)
        w->owed = lines;
}

/* Where the next byte will stand. */
static uint32_t here(const struct writer *w) {
    return (uint32_t)(w->out->len + w->owed + (at_line_begin(w) ? w->indent : 0));
}

/* The extent of what was written since `begin`. */
static struct extent since(const struct writer *w, uint32_t begin) {
    uint32_t end = (uint32_t)w->out->len;
    return (struct extent){begin < end ? begin : end, end};
}

/* Inlines. */

static void put_inlines(struct writer *w, const struct inl *first, bool one_line) {
    for (const struct inl *i = first; i; i = i->next) {
        switch (i->kind) {
        case INLINE_TEXT:
        case INLINE_CODE:
            put(w, i->text);
            break;
        case INLINE_SOFT:
            put(w, STR(" "));
            break;
        case INLINE_HARD:
            if (one_line)
                put(w, STR(" "));
            else
                owe(w, 1);
            break;
        case INLINE_HTML:
            break;
        default:
            put_inlines(w, i->first, one_line);
        }
    }
}

/* Raw HTML: its text without tags, comments, scripts and styles; white space is one space. */

static size_t skip_past(struct str s, size_t at, struct str end) {
    size_t found = str_find(str_from(s, at), end);
    return found == s.len - at ? s.len : at + found + end.len;
}

static size_t tag_end(struct str s, size_t at) {
    char quote = 0;
    for (; at < s.len; at++) {
        char c = s.at[at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return s.len;
}

static bool opens(struct str s, const char *element) {
    size_t len = strlen(element);
    return s.len > len + 1 && str_eq_nocase(str_slice(s, 1, len + 1), str_of(element)) &&
           !str_is_alpha(s.at[len + 1]);
}

/* Behind the markup that begins with the "<" at `at`; `at` itself when that is a mere sign. */
static size_t skip_markup(struct str s, size_t at) {
    struct str rest = str_from(s, at);
    if (str_starts(rest, STR("<!--")))
        return skip_past(s, at + 4, STR("-->"));
    if (opens(rest, "script"))
        return skip_past(s, at, STR("</script>"));
    if (opens(rest, "style"))
        return skip_past(s, at, STR("</style>"));
    char next = rest.len > 1 ? rest.at[1] : ' ';
    return str_is_alpha(next) || next == '/' || next == '!' || next == '?' ? tag_end(s, at) : at;
}

/* One piece of text: a reference, or the bytes up to what means something. */
static size_t put_piece(struct writer *w, struct str s, size_t at) {
    size_t reference = entities_match(str_from(s, at));
    size_t end = at + (reference ? reference : 1);
    if (!reference)
        while (end < s.len && s.at[end] != '<' && s.at[end] != '&' && !str_is_space(s.at[end]))
            end++;
    char room[4];
    struct str piece = str_slice(s, at, end);
    struct str decoded = entities_decode(piece, room);
    put(w, decoded.len ? decoded : piece);
    return end;
}

static void put_html(struct writer *w, struct str s) {
    bool parted = false, any = false;
    for (size_t at = 0; at < s.len;) {
        size_t after = s.at[at] == '<' ? skip_markup(s, at) : at;
        if (after > at || str_is_space(s.at[at])) {
            at = after > at ? after : at + 1;
            parted = true;
            continue;
        }
        if (parted && any)
            put(w, STR(" "));
        at = put_piece(w, s, at);
        parted = false;
        any = true;
    }
}

/* Blocks. */

static void put_block(struct writer *w, struct block *b, bool one_line);

static void put_blocks(struct writer *w, struct block *parent, unsigned apart) {
    uint32_t begin = here(w);
    for (struct block *b = parent->first; b; b = b->next) {
        if (b != parent->first)
            owe(w, apart);
        put_block(w, b, false);
    }
    parent->text = since(w, begin);
}

static void put_lines(struct writer *w, struct str lines) {
    struct str line;
    while (lines.len && str_cut(&lines, '\n', &line)) {
        put(w, line);
        if (w->written)
            w->owed++;
    }
}

/* "- [x] " or "12. "; an item without text has no space behind its mark. */
static unsigned put_mark(struct writer *w, const struct block *list, const struct block *item,
                         uint32_t number) {
    char digits[16];
    struct str mark = STR("-");
    if (list->ordered) {
        struct buf small = {.at = digits, .cap = sizeof digits};
        buf_number(&small, number);
        buf_char(&small, '.');
        mark = buf_str(&small);
    }
    put(w, mark);
    if (item->task != TASK_NONE)
        put(w, item->task == TASK_DONE ? STR(" [x]") : STR(" [ ]"));
    if (item->first)
        put(w, STR(" "));
    return list->ordered ? (unsigned)mark.len + 1 : BULLET_INDENT;
}

static void put_list(struct writer *w, struct block *list) {
    unsigned apart = list->tight ? 1 : 2;
    uint32_t number = list->start;
    for (struct block *item = list->first; item; item = item->next, number++) {
        if (item != list->first)
            owe(w, apart);
        unsigned indent = put_mark(w, list, item, number);
        w->indent += indent;
        put_blocks(w, item, apart);
        w->indent -= indent;
    }
}

static void put_table(struct writer *w, struct block *table) {
    for (struct block *row = table->first; row; row = row->next) {
        if (row != table->first)
            owe(w, 1);
        uint32_t begin = here(w);
        for (struct block *cell = row->first; cell; cell = cell->next) {
            if (cell != row->first)
                put(w, STR("\t"));
            put_block(w, cell, true);
        }
        row->text = since(w, begin);
    }
}

static void put_quote(struct writer *w, struct block *quote) {
    w->indent += QUOTE_INDENT;
    put_blocks(w, quote, 2);
    w->indent -= QUOTE_INDENT;
}

static void put_block(struct writer *w, struct block *b, bool one_line) {
    uint32_t begin = here(w);
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
    case BLOCK_HEADING:
    case BLOCK_CELL:
        put_inlines(w, b->inlines, one_line);
        break;
    case BLOCK_LIST:
        put_list(w, b);
        break;
    case BLOCK_QUOTE:
        put_quote(w, b);
        return;
    case BLOCK_CODE:
        put_lines(w, b->literal);
        break;
    case BLOCK_HTML:
        put_html(w, b->literal);
        break;
    case BLOCK_TABLE:
        put_table(w, b);
        break;
    case BLOCK_DOCUMENT:
    case BLOCK_ITEM:
    case BLOCK_ROW:
    case BLOCK_RULE:
        break; /* a rule parts what an empty line parts already */
    }
    b->text = since(w, begin);
}

void text_write(struct buf *out, struct block *parent) {
    struct writer w = {.out = out};
    put_blocks(&w, parent, 2);
    if (w.written)
        buf_char(out, '\n');
}

#include "commonmark_inline.h"

#include "commonmark_chars.h"
#include "commonmark_link.h"
#include "entities.h"
#include "html.h"
#include "utf8.h"

struct writer {
    struct commonmark_writer *lines;
    struct buf *out;
    enum inline_place place;
    bool line_begin;      /* nothing was written on this line */
    bool first_line;
    unsigned links;       /* how many link texts or alternative texts are open */
    unsigned strikes;
    char delimiter;       /* of the innermost emphasis, or 0 */
    unsigned stars, underscores; /* how many emphases with that delimiter are open */
};

/* An inline and what it stands between. */
struct spot {
    const struct inl *at, *prev;
    const struct inl *parent; /* NULL: a block */
    char delimiter_before;    /* of the emphasis that is `prev`, or 0 */
};

static void put(struct writer *w, struct str s) {
    buf_put(w->out, s);
    w->line_begin = false;
}

void commonmark_newline(struct commonmark_writer *w) {
    buf_char(w->out, '\n');
    buf_put(w->out, buf_str(&w->prefix));
}

static bool has_several_lines(const struct writer *w) {
    return w->place == PLACE_PARAGRAPH || w->place == PLACE_ITEM;
}

static void put_reference(struct writer *w, uint32_t c) {
    if (c == 0xA0)
        put(w, STR("&nbsp;"));
    else
        buf_printf(w->out, "&#%u;", c);
    w->line_begin = false;
}

static void put_escaped(struct writer *w, char c) {
    const char pair[2] = {'\\', c};
    put(w, (struct str){pair, sizeof pair});
}

static bool is_emphasis(const struct inl *i) {
    return i && (i->kind == INLINE_EMPH || i->kind == INLINE_STRONG);
}

static bool is_delimited(const struct inl *i) {
    return is_emphasis(i) || (i && i->kind == INLINE_STRIKE);
}

static char other(char delimiter) {
    return delimiter == '*' ? '_' : '*';
}

/* Never the same as that of the emphasis around it or before it, so that runs of delimiters stay
 * apart; but ***both*** is read as strong inside of emphasis, and ****as strong**** twice. */
static char pick_delimiter(const struct writer *w, const struct inl *parent, char before) {
    if (is_emphasis(parent) && parent->first == parent->last &&
        parent->first->kind == INLINE_STRONG)
        return w->delimiter;
    char pick = other(w->delimiter);
    return before == pick ? other(pick) : pick;
}

/* Whether a character next to a delimiter keeps it from doing what it shall, so that it must be
 * written as a reference, whose "&" and ";" are punctuation. `inside` is what the emphasis has on
 * its side of the delimiter. */
static bool hinders(const struct writer *w, enum char_class outside, enum char_class inside,
                    char delimiter) {
    if (outside == CHAR_SPACE || outside == CHAR_PUNCTUATION)
        return false;
    bool is_open = delimiter == '*' ? w->stars > 0 : w->underscores > 0;
    return inside != CHAR_WORD || delimiter == '_' || is_open;
}

/* What emphasis has inside of its delimiters. A lone character may become a reference itself,
 * because of another emphasis on its other side. */
static enum char_class first_inside(const struct inl *emphasis) {
    const struct inl *i = emphasis->first;
    if (!i || i->kind != INLINE_TEXT || (chars_is_lone(i->text) && is_emphasis(i->next)))
        return CHAR_PUNCTUATION;
    return chars_first_class(i->text);
}

static enum char_class last_inside(const struct inl *emphasis) {
    const struct inl *i = emphasis->last;
    if (!i || i->kind != INLINE_TEXT || (chars_is_lone(i->text) && i != emphasis->first))
        return CHAR_PUNCTUATION;
    return chars_last_class(i->text);
}

/* White space would be trimmed at the edge of a line, and would disable a delimiter. */
static bool is_edge(const struct inl *neighbour, const struct inl *parent) {
    return neighbour ? neighbour->kind == INLINE_HARD : !parent || is_delimited(parent);
}

/* Only white space and what stands beside emphasis is written as references: no more needs to be
 * known of nearly every text. */
static bool is_plain_end(char c, const struct inl *neighbour) {
    return c > ' ' && (unsigned char)c < 0x80 && !is_emphasis(neighbour);
}

static bool first_needs_reference(const struct writer *w, const struct spot *spot) {
    if (is_plain_end(spot->at->text.at[0], spot->prev))
        return false;
    enum char_class first = chars_first_class(spot->at->text);
    if (first == CHAR_SPACE && is_edge(spot->prev, spot->parent))
        return true;
    return is_emphasis(spot->prev) &&
           hinders(w, first, last_inside(spot->prev), spot->delimiter_before);
}

static bool last_needs_reference(const struct writer *w, const struct spot *spot) {
    const struct inl *next = spot->at->next;
    struct str text = spot->at->text;
    if (is_plain_end(text.at[text.len - 1], next))
        return false;
    enum char_class last = chars_last_class(text);
    if (last == CHAR_SPACE && (!next || next->kind != INLINE_HARD) && is_edge(next, spot->parent))
        return true;
    return is_emphasis(next) &&
           hinders(w, last, first_inside(next), pick_delimiter(w, spot->parent, 0));
}

/* Text. */

/* Which byte of a line's first text has to be escaped for the line to be text; s.len: none. */
static size_t find_block_mark(const struct writer *w, const struct inl *next, struct str s) {
    bool marks = false;
    switch (s.at[0]) {
    case '#':
        marks = chars_is_gap(s, chars_run_length(s, '#'));
        break;
    case '>':
    case '*':
    case '_':
        marks = true;
        break;
    case '-':
        marks = chars_is_gap(s, 1) || s.at[1] == '-' || !w->first_line;
        break;
    case '+':
        marks = chars_is_gap(s, 1);
        break;
    case '=':
    case '|':
    case ':':
        marks = !w->first_line;
        break;
    case '[':
        marks = chars_is_definition(s, next != NULL) ||
                (w->place == PLACE_ITEM && w->first_line && chars_is_task(s));
        break;
    default:
        return chars_find_number_end(s);
    }
    return marks ? 0 : s.len;
}

/* Whether a byte of inl_special would be read as markup in the middle of a line. `s` is what
 * stands between references; `next` is the inline behind it. */
static bool is_markup(const struct writer *w, const struct inl *next, struct str s, size_t at) {
    bool last = at + 1 == s.len;
    switch (s.at[at]) {
    case '\\':
        return last || s.at[at + 1] < ' ' || chars_is_punctuation(s.at[at + 1]);
    case '`':
        return true;
    case '*':
    case '~':
        return !chars_has_gaps_around(s, at);
    case '_':
        return !chars_has_gaps_around(s, at) && !chars_is_in_word(s, at);
    case '[':
        return w->links > 0;
    case ']':
        return w->links > 0 || (!last && s.at[at + 1] == '(');
    case '<':
        return chars_open_tag(s, at);
    case '&':
        return entities_match(str_from(s, at)) > 0;
    case '!':
        return last && next && next->kind == INLINE_LINK;
    case '#':
        return w->place == PLACE_HEADING && !next && chars_end_heading(s, at);
    case '|':
        return w->place == PLACE_CELL;
    default:
        return false;
    }
}

/* Text from `begin` on, without what is written as references at both ends. */
static void put_middle(struct writer *w, const struct inl *next, struct str s, size_t begin) {
    for (size_t at = begin; (at = str_find_any(s, at, inl_special)) < s.len; at++) {
        char c = s.at[at];
        bool is_line_end = c == '\n' || c == '\r';
        if (!is_line_end && !is_markup(w, next, s, at))
            continue;
        put(w, str_slice(s, begin, at));
        if (is_line_end)
            put_reference(w, (unsigned char)c);
        else
            put_escaped(w, c);
        begin = at + 1;
    }
    put(w, str_from(s, begin));
}

/* Escapes what would begin a block; returns where the text goes on. */
static size_t put_block_mark(struct writer *w, const struct inl *next, struct str s) {
    size_t mark = find_block_mark(w, next, s);
    if (mark == s.len)
        return 0;
    put(w, str_slice(s, 0, mark));
    put_escaped(w, s.at[mark]);
    return mark + 1;
}

static void put_text(struct writer *w, const struct spot *spot) {
    struct str s = spot->at->text;
    if (!s.len)
        return;
    bool last_as_reference = last_needs_reference(w, spot);
    size_t begin = 0, done = 0, end = last_as_reference ? chars_last_begin(s) : s.len;
    if (end > 0 && first_needs_reference(w, spot))
        put_reference(w, utf8_next(s, &begin));
    else if (w->line_begin && has_several_lines(w))
        done = put_block_mark(w, spot->at->next, s);
    struct str middle = str_slice(s, begin, end);
    if (spot->at->plain)
        put(w, str_from(middle, done));
    else
        put_middle(w, spot->at->next, middle, done);
    if (last_as_reference)
        put_reference(w, utf8_next(s, &end));
}

/* Code, raw tags, line ends. */

/* The least number of backticks that no run in the text has. */
static size_t fence_length(struct str s) {
    uint64_t seen = 1; /* bit n: there is a run of n */
    for (size_t at = 0; at < s.len;) {
        size_t run = chars_run_length(str_from(s, at), '`');
        if (run < 64)
            seen |= UINT64_C(1) << run;
        at += run ? run : 1;
    }
    size_t length = 1;
    while (length < 63 && seen >> length & 1)
        length++;
    return length;
}

static void put_repeated(struct writer *w, char c, size_t count) {
    for (; count; count--)
        put(w, (struct str){&c, 1});
}

static void put_code_text(struct writer *w, struct str s) {
    struct str part;
    if (w->place != PLACE_CELL) {
        put(w, s);
        return;
    }
    for (bool first = true; str_cut(&s, '|', &part); first = false) {
        put(w, first ? STR("") : STR("\\|")); // a pipe ends a cell in code too
        put(w, part);
    }
}

static void put_code(struct writer *w, struct str s) {
    if (!s.len)
        return;
    size_t fence = fence_length(s);
    char first = s.at[0], last = s.at[s.len - 1];
    bool stripped = first == ' ' && last == ' ' && chars_run_length(s, ' ') < s.len;
    bool padded = first == '`' || last == '`' || stripped;
    put_repeated(w, '`', fence);
    put(w, padded ? STR(" ") : STR(""));
    put_code_text(w, s);
    put(w, padded ? STR(" ") : STR(""));
    put_repeated(w, '`', fence);
}

/* Further lines of a tag are indented so far that they begin no block; the indent is not read. */
static void put_tag(struct writer *w, struct str s) {
    struct str line;
    w->lines->in_pre = html_is_in_pre(s, w->lines->in_pre);
    if (w->line_begin && !w->first_line)
        put(w, STR("    "));
    bool several_lines = has_several_lines(w);
    for (bool first = true; str_cut(&s, '\n', &line); first = false) {
        if (!first && several_lines)
            commonmark_newline(w->lines);
        if (!first)
            put(w, several_lines ? STR("    ") : STR(" "));
        put(w, line);
    }
}

static void begin_line(struct writer *w) {
    commonmark_newline(w->lines);
    w->line_begin = true;
    w->first_line = false;
}

static void put_soft_break(struct writer *w) {
    if (w->lines->in_pre && has_several_lines(w))
        begin_line(w);
    else
        put(w, STR(" "));
}

static void put_hard_break(struct writer *w, const struct spot *spot) {
    if (w->place == PLACE_CELL) {
        put(w, STR("<br>"));
    } else if (w->place == PLACE_HEADING || (!spot->at->next && !spot->parent)) {
        put(w, STR(" "));
    } else {
        put(w, STR("\\"));
        begin_line(w);
    }
}

/* Links and images. */

static void put_children(struct writer *w, const struct inl *parent);

/* Addresses that run code are left out as in HTML: who reads the Markdown may make that of it. */
static void put_link(struct writer *w, const struct inl *link) {
    struct inl target = *link;
    if (html_is_active_url(link->href, link->kind == INLINE_IMAGE))
        target.href = STR("");
    if (link->kind == INLINE_LINK && link_is_autolink(&target)) {
        put(w, STR("<"));
        put(w, link->href);
        put(w, STR(">"));
        return;
    }
    put(w, link->kind == INLINE_IMAGE ? STR("![") : STR("["));
    w->links++;
    put_children(w, link);
    w->links--;
    link_put_target(w->out, &target, w->place == PLACE_CELL);
    w->line_begin = false;
}

/* Emphasis. */

static void put_emphasis(struct writer *w, const struct inl *emphasis, char delimiter) {
    if (!emphasis->first)
        return;
    size_t length = emphasis->kind == INLINE_STRONG ? 2 : 1;
    char outer = w->delimiter;
    unsigned *open = delimiter == '*' ? &w->stars : &w->underscores;
    put_repeated(w, delimiter, length);
    w->delimiter = delimiter;
    ++*open;
    put_children(w, emphasis);
    --*open;
    w->delimiter = outer;
    put_repeated(w, delimiter, length);
}

/* Inside of another one, one tilde tells the two apart. */
static void put_strike(struct writer *w, const struct inl *strike) {
    if (!strike->first)
        return;
    size_t length = w->strikes % 2 ? 1 : 2;
    put_repeated(w, '~', length);
    w->strikes++;
    put_children(w, strike);
    w->strikes--;
    put_repeated(w, '~', length);
}

static char put_inline(struct writer *w, const struct spot *spot) {
    const struct inl *i = spot->at;
    char delimiter = 0;
    switch (i->kind) {
    case INLINE_TEXT:
        put_text(w, spot);
        break;
    case INLINE_SOFT:
        put_soft_break(w);
        break;
    case INLINE_HARD:
        put_hard_break(w, spot);
        break;
    case INLINE_EMPH:
    case INLINE_STRONG:
        delimiter = pick_delimiter(w, spot->parent, spot->delimiter_before);
        put_emphasis(w, i, delimiter);
        break;
    case INLINE_STRIKE:
        put_strike(w, i);
        break;
    case INLINE_CODE:
        put_code(w, i->text);
        break;
    case INLINE_LINK:
    case INLINE_IMAGE:
        put_link(w, i);
        break;
    case INLINE_HTML:
        put_tag(w, i->text);
        break;
    }
    return delimiter;
}

static void put_list(struct writer *w, const struct inl *first, const struct inl *parent) {
    struct spot spot = {.at = first, .parent = parent};
    for (; spot.at; spot.at = spot.at->next) {
        spot.delimiter_before = put_inline(w, &spot);
        spot.prev = spot.at;
    }
}

static void put_children(struct writer *w, const struct inl *parent) {
    put_list(w, parent->first, parent);
}

void commonmark_inlines(struct commonmark_writer *lines, const struct inl *first,
                        enum inline_place place) {
    struct writer w = {.lines = lines, .out = lines->out, .place = place};
    w.line_begin = w.first_line = true;
    put_list(&w, first, NULL);
}

bool commonmark_has_lines(const struct inl *first) {
    for (const struct inl *i = first; i; i = i->next) {
        bool has_line_end = str_find_char(i->text, '\n') < i->text.len;
        if (i->kind == INLINE_HARD || (i->kind == INLINE_HTML && has_line_end))
            return true;
        if (commonmark_has_lines(i->first))
            return true;
    }
    return false;
}

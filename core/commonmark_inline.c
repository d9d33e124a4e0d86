#include "commonmark_inline.h"

#include <string.h>

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

/* Characters around emphasis: whether a run of delimiters can open or close depends on them
 * (CommonMark 0.31.2, left- and right-flanking). UNSURE may be punctuation or not: which symbols
 * are has changed between versions. */

enum class { SPACE, PUNCTUATION, WORD, UNSURE };

static bool is_ascii_word(char c) {
    return str_is_alpha(c) || str_is_digit(c);
}

static bool is_ascii_punctuation(char c) {
    return c > ' ' && c < 0x7F && !is_ascii_word(c);
}

static enum class class_of(uint32_t c) {
    if (c < 0x80) {
        if (str_is_space((char)c))
            return SPACE;
        return is_ascii_punctuation((char)c) ? PUNCTUATION : WORD;
    }
    if (c == 0x200B) /* zero-width space is no white space to CommonMark */
        return UNSURE;
    if (utf8_is_space(c))
        return SPACE;
    if (utf8_is_letter(c) || utf8_is_digit(c))
        return WORD;
    bool dash_or_quote = (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x2043);
    return dash_or_quote ? PUNCTUATION : UNSURE;
}

static size_t last_begin(struct str s) {
    size_t at = s.len - 1;
    while (at > 0 && ((unsigned char)s.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static enum class first_class(struct str s) {
    size_t at = 0;
    return s.len ? class_of(utf8_next(s, &at)) : SPACE;
}

static enum class last_class(struct str s) {
    size_t at = s.len ? last_begin(s) : 0;
    return s.len ? class_of(utf8_next(s, &at)) : SPACE;
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
static bool hinders(const struct writer *w, enum class outside, enum class inside, char delimiter) {
    if (outside == SPACE || outside == PUNCTUATION)
        return false;
    bool is_open = delimiter == '*' ? w->stars > 0 : w->underscores > 0;
    return inside != WORD || delimiter == '_' || is_open;
}

/* A lone character next to another emphasis may become a reference itself. */
static bool is_lone(const struct inl *text) {
    size_t at = 0;
    if (text->text.len)
        utf8_next(text->text, &at);
    return at == text->text.len;
}

static enum class first_inside(const struct inl *emphasis) {
    const struct inl *i = emphasis->first;
    if (!i || i->kind != INLINE_TEXT || (is_lone(i) && is_emphasis(i->next)))
        return PUNCTUATION;
    return first_class(i->text);
}

static enum class last_inside(const struct inl *emphasis) {
    const struct inl *i = emphasis->last;
    if (!i || i->kind != INLINE_TEXT || (is_lone(i) && i != emphasis->first))
        return PUNCTUATION;
    return last_class(i->text);
}

/* White space would be trimmed at the edge of a line, and would disable a delimiter. */
static bool is_edge(const struct inl *neighbour, const struct inl *parent) {
    return neighbour ? neighbour->kind == INLINE_HARD : !parent || is_delimited(parent);
}

static bool first_needs_reference(const struct writer *w, const struct spot *spot) {
    enum class first = first_class(spot->at->text);
    if (first == SPACE && is_edge(spot->prev, spot->parent))
        return true;
    return is_emphasis(spot->prev) &&
           hinders(w, first, last_inside(spot->prev), spot->delimiter_before);
}

static bool last_needs_reference(const struct writer *w, const struct spot *spot) {
    enum class last = last_class(spot->at->text);
    const struct inl *next = spot->at->next;
    if (last == SPACE && (!next || next->kind != INLINE_HARD) && is_edge(next, spot->parent))
        return true;
    return is_emphasis(next) &&
           hinders(w, last, first_inside(next), pick_delimiter(w, spot->parent, 0));
}

/* Text. */

static bool is_gap(struct str s, size_t at) {
    return at == s.len || s.at[at] == ' ' || s.at[at] == '\t';
}

static bool is_task(struct str s) {
    return s.len >= 3 && s.at[0] == '[' && s.at[2] == ']' && strchr(" xX", s.at[1]) &&
           (s.len == 3 || str_is_space(s.at[3]));
}

/* "[label]:" would define a link. A label that goes on behind this text may do so too. */
static bool is_definition(struct str s) {
    for (size_t at = 0; at < s.len; at++) {
        char after = at + 1 < s.len ? s.at[at + 1] : ' ';
        if (s.at[at] == ']' && after != '(') /* before "(" it will be escaped */
            return after == ':';
    }
    return true;
}

/* Behind the digits of "12. " or "12) "; s.len when the text does not begin so. */
static size_t find_number_end(struct str s) {
    size_t at = 0;
    while (at < s.len && at < 10 && str_is_digit(s.at[at]))
        at++;
    bool ends = at > 0 && at < 10 && at < s.len && (s.at[at] == '.' || s.at[at] == ')');
    return ends && is_gap(s, at + 1) ? at : s.len;
}

static size_t run_length(struct str s, char c) {
    size_t len = 0;
    while (len < s.len && s.at[len] == c)
        len++;
    return len;
}

/* Which byte of a line's first text has to be escaped for the line to be text; s.len: none. */
static size_t find_block_mark(const struct writer *w, struct str s) {
    bool marks = false;
    switch (s.at[0]) {
    case '#':
        marks = is_gap(s, run_length(s, '#'));
        break;
    case '>':
    case '*':
    case '_':
        marks = true;
        break;
    case '-':
        marks = is_gap(s, 1) || s.at[1] == '-' || !w->first_line;
        break;
    case '+':
        marks = is_gap(s, 1);
        break;
    case '=':
    case '|':
    case ':':
        marks = !w->first_line;
        break;
    case '[':
        marks = is_definition(s) || (w->place == PLACE_ITEM && w->first_line && is_task(s));
        break;
    default:
        return find_number_end(s);
    }
    return marks ? 0 : s.len;
}

static bool has_gaps_around(struct str s, size_t at) {
    return at > 0 && is_gap(s, at - 1) && at + 1 < s.len && is_gap(s, at + 1);
}

static bool is_in_word(struct str s, size_t at) {
    return at > 0 && at + 1 < s.len && is_ascii_word(s.at[at - 1]) && is_ascii_word(s.at[at + 1]);
}

/* A run of "#" behind a space ends a heading and is no part of it. */
static bool ends_heading(struct str s, size_t at) {
    bool begins = at == 0 || s.at[at - 1] == ' ' || s.at[at - 1] == '\t';
    return begins && at + run_length(str_from(s, at), '#') == s.len;
}

/* md4c reads as an address what CommonMark does not: "<3:a>", or "< a:b>". */
static bool opens_tag(struct str s, size_t at) {
    if (at + 1 == s.len)
        return true;
    char next = s.at[at + 1];
    if (str_is_alpha(next) || next == '/' || next == '!' || next == '?')
        return true;
    for (size_t i = at + 2; i < s.len && s.at[i] != ' ' && s.at[i] != '<'; i++)
        if (s.at[i] == '>')
            return true;
    return false;
}

/* Whether the byte would be read as markup in the middle of a line. `s` is what stands between
 * references; `next` is the inline behind it. */
static bool is_markup(const struct writer *w, const struct inl *next, struct str s, size_t at) {
    bool last = at + 1 == s.len;
    switch (s.at[at]) {
    case '\\':
        return last || s.at[at + 1] < ' ' || is_ascii_punctuation(s.at[at + 1]);
    case '`':
        return true;
    case '*':
    case '~':
        return !has_gaps_around(s, at);
    case '_':
        return !has_gaps_around(s, at) && !is_in_word(s, at);
    case '[':
        return w->links > 0;
    case ']':
        return w->links > 0 || (!last && s.at[at + 1] == '(');
    case '<':
        return opens_tag(s, at);
    case '&':
        return entities_match(str_from(s, at)) > 0;
    case '!':
        return last && next && next->kind == INLINE_LINK;
    case '#':
        return w->place == PLACE_HEADING && !next && ends_heading(s, at);
    case '|':
        return w->place == PLACE_CELL;
    default:
        return false;
    }
}

/* Bytes for which is_markup may be true, and line ends. */
static const bool MAY_BE_MARKUP[256] = {
    ['\\'] = true, ['`'] = true, ['*'] = true, ['~'] = true, ['_'] = true, ['['] = true,
    [']'] = true,  ['<'] = true, ['&'] = true, ['!'] = true, ['#'] = true, ['|'] = true,
    ['\n'] = true, ['\r'] = true,
};

/* Text without its first and last character, where those are written as references. */
static void put_middle(struct writer *w, const struct inl *next, struct str s, size_t block_mark) {
    size_t begin = 0;
    for (size_t at = 0; at < s.len; at++) {
        char c = s.at[at];
        if (!MAY_BE_MARKUP[(unsigned char)c] && at != block_mark)
            continue;
        bool is_line_end = c == '\n' || c == '\r';
        if (!is_line_end && at != block_mark && !is_markup(w, next, s, at))
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

static void put_text(struct writer *w, const struct spot *spot) {
    struct str s = spot->at->text;
    if (!s.len)
        return;
    bool last_as_reference = last_needs_reference(w, spot);
    size_t begin = 0, end = last_as_reference ? last_begin(s) : s.len;
    size_t block_mark = SIZE_MAX;
    if (end > 0 && first_needs_reference(w, spot))
        put_reference(w, utf8_next(s, &begin));
    else if (w->line_begin && has_several_lines(w))
        block_mark = find_block_mark(w, s);
    put_middle(w, spot->at->next, str_slice(s, begin, end), block_mark);
    if (last_as_reference)
        put_reference(w, utf8_next(s, &end));
}

/* Code, raw tags, line ends. */

/* The least number of backticks that no run in the text has. */
static size_t fence_length(struct str s) {
    uint64_t seen = 1; /* bit n: there is a run of n */
    for (size_t at = 0; at < s.len;) {
        size_t run = run_length(str_from(s, at), '`');
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

static void put_code(struct writer *w, struct str s) {
    if (!s.len)
        return;
    size_t fence = fence_length(s);
    char first = s.at[0], last = s.at[s.len - 1];
    bool stripped = first == ' ' && last == ' ' && run_length(s, ' ') < s.len;
    bool padded = first == '`' || last == '`' || stripped;
    put_repeated(w, '`', fence);
    put(w, padded ? STR(" ") : STR(""));
    put(w, s);
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

/* Whether a byte of an address or a title is escaped; `special` are its own delimiters. Backticks
 * and "<" would open code and tags, which bind tighter than links; md4c pairs brackets before it
 * looks at addresses, and lets delimiters in them pair with those behind. */
static bool is_attribute_markup(const struct writer *w, struct str s, size_t at,
                                const char *special) {
    char c = s.at[at];
    switch (c) {
    case '\\':
        return at + 1 == s.len || s.at[at + 1] < ' ' || is_ascii_punctuation(s.at[at + 1]);
    case '&':
        return entities_match(str_from(s, at)) > 0;
    case '|':
        return w->place == PLACE_CELL;
    case '_':
        return !is_in_word(s, at);
    default:
        return c && (strchr("`<[]*~", c) || strchr(special, c));
    }
}

static void put_attribute(struct writer *w, struct str s, const char *special) {
    for (size_t at = 0; at < s.len; at++) {
        unsigned char c = (unsigned char)s.at[at];
        if (c < ' ')
            put_reference(w, c);
        else if (is_attribute_markup(w, s, at, special))
            put_escaped(w, (char)c);
        else
            put(w, str_slice(s, at, at + 1));
    }
}

static bool needs_angles(struct str href) {
    for (size_t i = 0; i < href.len; i++)
        if (strchr(" ()<>\x7F", href.at[i]) || (unsigned char)href.at[i] < ' ')
            return true;
    return false;
}

static void put_target(struct writer *w, const struct inl *link) {
    bool angles = needs_angles(link->href) || (!link->href.len && link->title.len);
    put(w, angles ? STR("](<") : STR("]("));
    put_attribute(w, link->href, angles ? ">" : "");
    if (angles)
        put(w, STR(">"));
    if (link->title.len) {
        put(w, STR(" \""));
        put_attribute(w, link->title, "\"");
        put(w, STR("\""));
    }
    put(w, STR(")"));
}

static bool is_scheme(struct str s) {
    if (s.len < 2 || s.len > 32 || !str_is_alpha(s.at[0]))
        return false;
    for (size_t i = 1; i < s.len; i++)
        if (!str_is_alpha(s.at[i]) && !str_is_digit(s.at[i]) && !strchr("+.-", s.at[i]))
            return false;
    return true;
}

/* Whether "<text>" is read as this link: an address that is its own text. */
static bool is_autolink(const struct inl *link) {
    const struct inl *text = link->first;
    if (link->title.len || !text || text->next || text->kind != INLINE_TEXT)
        return false;
    size_t colon = str_find_char(link->href, ':');
    if (!str_eq(text->text, link->href) || !is_scheme(str_slice(link->href, 0, colon)))
        return false;
    for (size_t i = 0; i < link->href.len; i++)
        if ((unsigned char)link->href.at[i] <= ' ' || strchr("<>&\\|", link->href.at[i]))
            return false;
    return colon < link->href.len;
}

static void put_children(struct writer *w, const struct inl *parent);

static void put_link(struct writer *w, const struct inl *link) {
    if (link->kind == INLINE_LINK && is_autolink(link)) {
        put(w, STR("<"));
        put(w, link->href);
        put(w, STR(">"));
        return;
    }
    put(w, link->kind == INLINE_IMAGE ? STR("![") : STR("["));
    w->links++;
    put_children(w, link);
    w->links--;
    put_target(w, link);
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

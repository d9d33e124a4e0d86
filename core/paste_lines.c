/* A paste's lines: where their text begins, what mark stands before it, how wide it is. */
#include "paste_parts.h"
#include "utf8.h"

/* --- characters --- */

bool paste_is_space(uint32_t c) {
    if (c < 0x80)
        return c <= ' ' || c == 0x7F;
    return utf8_is_space(c) || c == 0xAD || (c >= 0x200C && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

bool paste_is_wide(uint32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || c >= 0x20000;
}

bool paste_ends_sentence(uint32_t c) {
    switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0E: /* … 。 ！ ？ ． */
    case 0x61F:
    case 0x6D4:
    case 0x964: /* ؟ ۔ । */
        return true;
    default:
        return false;
    }
}

bool paste_is_question_mark(uint32_t c) {
    return c == '?' || c == 0xFF1F || c == 0x61F;
}

/* Quotes and brackets that may follow a sentence's last mark, and what an emoji drags along. */
static bool is_closing(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case '*':
    case '_':
    case 0xBB:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x203A: /* » ’ “ ” › */
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0xFE0F: /* 」 』 ） */
        return true;
    default:
        return false;
    }
}

bool paste_has_letter(struct str s) {
    for (size_t at = 0; at < s.len;)
        if (utf8_is_letter(utf8_next(s, &at)))
            return true;
    return false;
}

struct str paste_slice(const struct paste *p, uint32_t begin, uint32_t end) {
    return str_slice(p->source->text, begin, end);
}

struct str paste_line_text(const struct paste *p, const struct line *l) {
    return paste_slice(p, l->text, l->end);
}

static uint32_t char_at(struct str s, size_t at) {
    return at < s.len ? utf8_next(s, &at) : 0;
}

static size_t char_before(struct str s, size_t at) {
    do
        at--;
    while (at > 0 && ((unsigned char)s.at[at] & 0xC0) == 0x80);
    return at;
}

void paste_trim(const struct paste *p, uint32_t *begin, uint32_t *end) {
    struct str text = p->source->text;
    while (*begin < *end) {
        size_t next = *begin;
        if (!paste_is_space(utf8_next(text, &next)))
            break;
        *begin = (uint32_t)next;
    }
    while (*end > *begin) {
        size_t last = char_before(text, *end);
        if (!paste_is_space(char_at(text, last)))
            break;
        *end = (uint32_t)last;
    }
}

/* --- marks --- */

/* What opens an item. `spaced`: only with white space behind it, as it also opens other things. */
static const struct glyph {
    uint32_t c;
    enum mark mark;
    bool spaced;
} glyphs[] = {
    {'-', MARK_BULLET, true},     {'*', MARK_BULLET, true},     {'+', MARK_CHECK, true},
    {0xB7, MARK_BULLET, false},   {0x2013, MARK_BULLET, true},  {0x2022, MARK_BULLET, false},
    {0x2023, MARK_BULLET, false}, {0x2043, MARK_BULLET, false}, {0x2192, MARK_BULLET, true},
    {0x2212, MARK_CROSS, true},   {0x2219, MARK_BULLET, false}, {0x25A0, MARK_BULLET, false},
    {0x25A1, MARK_BULLET, false}, {0x25AA, MARK_BULLET, false}, {0x25AB, MARK_BULLET, false},
    {0x25B6, MARK_BULLET, true},  {0x25B8, MARK_BULLET, false}, {0x25BA, MARK_BULLET, false},
    {0x25C6, MARK_BULLET, false}, {0x25CB, MARK_BULLET, false}, {0x25CF, MARK_BULLET, false},
    {0x25E6, MARK_BULLET, false}, {0x25FE, MARK_BULLET, false}, {0x2611, MARK_CHECK, false},
    {0x2705, MARK_CHECK, false},  {0x2713, MARK_CHECK, false},  {0x2714, MARK_CHECK, false},
    {0x2715, MARK_CROSS, false},  {0x2716, MARK_CROSS, false},  {0x2717, MARK_CROSS, false},
    {0x2718, MARK_CROSS, false},  {0x274C, MARK_CROSS, false},  {0x274E, MARK_CROSS, false},
    {0x2756, MARK_BULLET, false}, {0x2794, MARK_BULLET, true},  {0x27A2, MARK_BULLET, false},
    {0x27A4, MARK_BULLET, false}, {0x30FB, MARK_BULLET, false}, /* ・ */
    {0xF0A7, MARK_BULLET, false}, {0xF0B7, MARK_BULLET, false}, /* Word's Symbol font */
};

static bool is_gap(struct str s, size_t at) {
    return at >= s.len || paste_is_space(char_at(s, at));
}

/* Offset behind a bullet or a check mark, 0 when there is none. */
static size_t glyph_mark(struct str s, struct line *l) {
    size_t at = 0;
    uint32_t c = utf8_next(s, &at);
    if (char_at(s, at) == 0xFE0F)
        utf8_next(s, &at); /* "as an emoji, please" */
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
        if (glyphs[i].c != c || (glyphs[i].spaced && !is_gap(s, at)))
            continue;
        l->mark = glyphs[i].mark;
        l->glyph = c;
        return at;
    }
    if (c == 'o' && at < s.len && s.at[at] == '\t') { /* Word's second level */
        l->mark = MARK_BULLET;
        l->glyph = c;
        return at;
    }
    return 0;
}

/* The value of a decimal digit of any script, or 10. */
static uint32_t digit_value(uint32_t c) {
    static const uint32_t zeros[] = {'0', 0x660, 0x6F0, 0x966, 0x9E6, 0xFF10};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (c >= zeros[i] && c < zeros[i] + 10)
            return c - zeros[i];
    return 10;
}

static uint32_t han_value(uint32_t c) {
    static const uint32_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                        0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (uint32_t i = 0; i < 10; i++)
        if (numerals[i] == c)
            return i + 1;
    return 0;
}

/* Offset behind up to three digits, or one letter or Han numeral; *kind says which. */
static size_t count_word(struct str s, size_t at, uint32_t *value, char *kind) {
    size_t begin = at;
    *value = 0;
    *kind = '1';
    for (int i = 0; i < 3 && at < s.len; i++) {
        size_t next = at;
        uint32_t digit = digit_value(utf8_next(s, &next));
        if (digit > 9)
            break;
        *value = *value * 10 + digit;
        at = next;
    }
    if (at > begin || at >= s.len)
        return at;
    uint32_t c = utf8_next(s, &at);
    if (han_value(c)) {
        *kind = 'h';
        *value = han_value(c);
        return at;
    }
    *kind = 'a';
    *value = c >= 'a' && c <= 'z' ? c - 'a' + 1 : 0;
    return *value ? at : begin;
}

static bool closes_number(uint32_t c, char kind) {
    if (kind == 'h')
        return c == 0x3001 || c == 0xFF0E; /* 、 ． */
    if (kind == 'a')
        return c == ')';
    return c == '.' || c == ')' || c == 0xFF09 || c == 0x3001 || c == 0xFF0E || c == 0x6D4;
}

/* "2.5 mg" and "a.m." are no numbers of items, "1.什么" is. */
static bool may_follow_number(struct str s, size_t at, uint32_t delimiter) {
    uint32_t c = char_at(s, at);
    if (is_gap(s, at) || delimiter >= 0x80)
        return true;
    return delimiter == ')' ? !utf8_is_digit(c)
                            : utf8_is_letter(c) && (c >= 0x80 || utf8_is_upper(c));
}

static size_t number_mark(struct str s, struct line *l) {
    size_t at = 0, opened = 0;
    uint32_t open = char_at(s, 0), value;
    char kind;
    if (open == '(' || open == 0xFF08)
        utf8_next(s, &opened);
    at = count_word(s, opened, &value, &kind);
    if (at == opened || at >= s.len)
        return 0;
    if (char_at(s, at) == 0xFE0F && char_at(s, at + 3) == 0x20E3) { /* 1️⃣ */
        l->glyph = 0x20E3;
        at += 6;
    } else {
        l->glyph = utf8_next(s, &at);
        bool bracket = l->glyph == ')' || l->glyph == 0xFF09;
        bool closed = opened ? bracket : closes_number(l->glyph, kind);
        if (!closed || !may_follow_number(s, at, l->glyph))
            return 0;
    }
    l->glyph += kind == 'a' ? 0x110000 : opened ? 0x220000 : 0; /* another style, another list */
    l->ordinal = value;
    l->mark = MARK_NUMBER;
    return at;
}

static size_t hash_mark(struct str s, struct line *l) {
    size_t at = 0;
    while (at < s.len && s.at[at] == '#')
        at++;
    if (at == 0 || at > 6 || at >= s.len || s.at[at] != ' ')
        return 0;
    l->mark = MARK_HASH;
    l->ordinal = (uint32_t)at;
    return at;
}

/* A line of three or more dashes, stars or underscores, as between the parts of a text. */
bool paste_is_rule(const struct paste *p, const struct line *l) {
    struct str s = paste_slice(p, l->begin, l->end);
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == s.at[0])
            count++;
        else if (!str_is_space(s.at[i]))
            return false;
    }
    return count >= 3 && (s.at[0] == '-' || s.at[0] == '*' || s.at[0] == '_');
}

static void find_mark(const struct paste *p, struct line *l) {
    struct str s = paste_slice(p, l->begin, l->end);
    l->mark = MARK_NONE;
    l->text = l->begin;
    if (paste_is_rule(p, l))
        return;
    size_t behind = glyph_mark(s, l);
    if (!behind)
        behind = hash_mark(s, l);
    if (!behind)
        behind = number_mark(s, l);
    uint32_t text = l->begin + (uint32_t)behind, end = l->end;
    paste_trim(p, &text, &end);
    if (behind)
        l->text = text < end ? text : l->end;
}

/* --- lines --- */

/* Width, first and last character of the text. A note's number behind the stop, "rain.[12]",
 * is passed over. */
static void measure(const struct paste *p, struct line *l) {
    struct str s = paste_line_text(p, l);
    uint32_t before_note = 0;
    l->width = l->first = l->final = 0;
    l->has_tab = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        l->width += paste_is_wide(c) ? 2 : 1;
        if (l->first == 0)
            l->first = c;
        if (c == '[')
            before_note = l->final;
        else if (c == ']' && utf8_is_digit(l->final) && before_note)
            l->final = before_note;
        else if (!is_closing(c) && !paste_is_space(c))
            l->final = c;
        l->has_tab |= c == '\t';
    }
}

static uint32_t indent_of(struct str space) {
    uint32_t columns = 0;
    for (size_t at = 0; at < space.len;) {
        uint32_t c = utf8_next(space, &at);
        columns += c == '\t' ? 4 : c == 0x3000 ? 2 : c == ' ' || c == 0xA0;
    }
    return columns;
}

void paste_narrow(struct paste *p, struct line *l, uint32_t begin, uint32_t end) {
    l->text = begin;
    l->end = end;
    paste_trim(p, &l->text, &l->end);
    if (l->begin > l->text)
        l->begin = l->text;
    measure(p, l);
}

static bool make_line(struct paste *p, struct line *l, uint32_t number) {
    struct str whole = source_line(p->source, number);
    uint32_t raw = (uint32_t)(whole.at - p->source->text.at);
    *l =
        (struct line){.number = number, .raw = raw, .begin = raw, .end = raw + (uint32_t)whole.len};
    paste_trim(p, &l->begin, &l->end);
    if (l->begin == l->end)
        return false;
    l->indent = indent_of(paste_slice(p, raw, l->begin));
    find_mark(p, l);
    measure(p, l);
    return true;
}

static size_t count_filled(const struct source *s) {
    size_t filled = 0;
    for (uint32_t n = 1; n <= s->line_count; n++)
        filled += source_line(s, n).len > 0;
    return filled;
}

void paste_split(struct paste *p) {
    p->lines = ARENA_ARRAY(p->arena, struct line, count_filled(p->source) + 1);
    uint32_t blanks = 0;
    for (uint32_t n = 1; n <= p->source->line_count; n++) {
        if (source_line(p->source, n).len == 0 || !make_line(p, &p->lines[p->count], n)) {
            blanks++;
            continue;
        }
        p->lines[p->count++].blanks = blanks;
        blanks = 0;
    }
}

/* How many empty lines may part a lone mark from its text. A dash, a plus or an arrow alone is
 * more often an ornament; a letter is more than a mark and must not get lost. */
static int reach_of_mark(const struct paste *p, const struct line *l) {
    if (paste_has_letter(paste_slice(p, l->begin, l->end)))
        return -1;
    for (size_t i = 0; l->mark != MARK_NUMBER && i < sizeof glyphs / sizeof *glyphs; i++)
        if (glyphs[i].c == l->glyph && glyphs[i].spaced)
            return 0;
    return 1;
}

void paste_join_lone_marks(struct paste *p) {
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct line l = p->lines[i], *next = i + 1 < p->count ? &p->lines[i + 1] : NULL;
        bool lone = l.mark != MARK_NONE && l.text == l.end;
        if (lone && next && next->mark == MARK_NONE && (int)next->blanks <= reach_of_mark(p, &l)) {
            next->mark = l.mark;
            next->glyph = l.glyph;
            next->ordinal = l.ordinal;
            next->indent = l.indent;
            next->blanks = l.blanks;
            next->after_chrome = l.after_chrome;
            continue;
        }
        if (lone) { /* a mark of nothing is text */
            l.mark = MARK_NONE;
            l.text = l.begin;
            measure(p, &l);
        }
        p->lines[kept++] = l;
    }
    p->count = kept;
}

void paste_measure_groups(struct paste *p) {
    for (size_t begin = 0, end; begin < p->count; begin = end) {
        uint32_t widest = p->lines[begin].width;
        for (end = begin + 1; end < p->count && p->lines[end].blanks == 0; end++)
            if (p->lines[end].width > widest)
                widest = p->lines[end].width;
        for (size_t i = begin; i < end; i++)
            p->lines[i].widest = widest;
    }
}

/* Whether one line is furniture: taken apart into the phrases of paste_chrome_words.c, numbers,
 * dates and separators, or opened by a label of a byline or a credit with what belongs to it. */
#include "paste_chrome_parts.h"
#include "utf8.h"

#include <string.h>

struct phrase {
    struct str text;
    enum chrome kind;
    struct phrase *next;
};

struct phrases {
    struct phrase *by_first[256]; /* by their first byte */
};

/* A line made comparable: small letters, one space between words, numbers left out. */
struct folded {
    char text[320];
    size_t len;
    bool number, date; /* 12/03/2024 or a year */
    bool cut;          /* the line was longer */
};

/* --- the table --- */

static void add_row(struct phrases *table, struct arena *a, const struct chrome_row *row) {
    struct str rest = str_of(row->phrases), one;
    while (str_cut(&rest, '|', &one)) {
        struct phrase *phrase = ARENA_NEW(a, struct phrase);
        struct phrase **list = &table->by_first[(unsigned char)one.at[0]];
        *phrase = (struct phrase){one, row->kind, *list};
        *list = phrase;
    }
}

const struct phrases *paste_phrases(struct arena *a) {
    struct phrases *table = ARENA_NEW(a, struct phrases);
    for (size_t i = 0; i < paste_chrome_row_count; i++)
        add_row(table, a, &paste_chrome_rows[i]);
    return table;
}

/* --- folding --- */

static bool is_sign(uint32_t c) {
    if (c < 0xC0)
        return c != '&' && c != 0xA9 && c != 0xAA && c != 0xB5 && c != 0xBA &&
               !str_is_alpha((char)c);
    return c == 0xD7 || c == 0xF7 || c == 0x60C || c == 0x61B || c == 0x61F || c == 0x6D4 ||
           (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x301F) ||
           (c >= 0xFE00 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF0F) ||
           (c >= 0xFF1A && c <= 0xFF20) || c == 0x30FB || (c >= 0x1F000 && c <= 0x1FAFF);
}

static void put(struct folded *f, uint32_t c) {
    if (c == ' ' && (f->len == 0 || f->text[f->len - 1] == ' '))
        return;
    if (c == ':' && f->len > 0 && f->text[f->len - 1] == ' ')
        f->len--;
    c = c < 0x80 ? (unsigned char)str_lower_char((char)c) : c;
    c += c >= 0xC0 && c <= 0xDE && c != 0xD7 ? 0x20 : 0;
    char *to = f->text + f->len;
    if (c < 0x80) {
        to[0] = (char)c;
    } else if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
    } else {
        to[0] = (char)(0xE0 | c >> 12); /* the table has no other planes */
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
    }
    f->len += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
}

/* Passes a number with its separators, and notes whether it is a date. */
static size_t pass_number(struct folded *f, struct str s, size_t at) {
    size_t begin = at, separators = 0;
    while (at < s.len && (str_is_digit(s.at[at]) || (strchr("./-", s.at[at]) && at + 1 < s.len &&
                                                     str_is_digit(s.at[at + 1])))) {
        separators += !str_is_digit(s.at[at]);
        at++;
    }
    bool year = at - begin == 4 && (str_starts(str_from(s, begin), STR("19")) ||
                                    str_starts(str_from(s, begin), STR("20")));
    f->number = true;
    f->date |= year || separators == 2;
    return at;
}

static bool is_inside_word(struct str s, size_t at, uint32_t c) {
    bool joins = c == '-' || c == '\'' || c == 0x2019;
    return joins && at < s.len && ((unsigned char)s.at[at] >= 0xC0 || str_is_alpha(s.at[at]));
}

static void fold(struct folded *f, struct str s) {
    *f = (struct folded){.len = 0};
    bool after_word = false;
    for (size_t at = 0; at < s.len;) {
        if (f->len + 8 > sizeof f->text) {
            f->cut = true;
            break;
        }
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        bool inside = after_word && is_inside_word(s, at, c);
        if (c < 0x80 && str_is_digit((char)c)) {
            at = pass_number(f, s, from);
            put(f, ' ');
        } else if (utf8_is_digit(c)) {
            f->number = true;
            put(f, ' ');
        } else if ((c == ':' && !(at < s.len && str_is_digit(s.at[at]))) || c == 0xFF1A) {
            put(f, ':');
            put(f, ' ');
        } else {
            put(f, inside ? c == 0x2019 ? '\'' : c : is_sign(c) ? ' ' : c);
        }
        after_word = inside || !is_sign(c);
    }
    while (f->len > 0 && f->text[f->len - 1] == ' ')
        f->len--;
}

/* --- what a line is made of --- */

/* Whether a phrase that ends here ends a word too; Han characters need no space. */
static bool ends_word(struct str rest, size_t len) {
    if (len >= rest.len || rest.at[len] == ' ' || rest.at[len] == ':')
        return true;
    return rest.at[len - 1] == ':' || (unsigned char)rest.at[len - 1] >= 0xE3 ||
           (len >= 3 && (unsigned char)rest.at[len - 3] >= 0xE3);
}

static const struct phrase *longest_phrase(const struct phrases *table, struct str rest,
                                           unsigned kinds) {
    const struct phrase *best = NULL;
    for (const struct phrase *one = table->by_first[(unsigned char)rest.at[0]]; one;
         one = one->next) {
        bool longer = !best || one->text.len > best->text.len;
        if ((kinds >> one->kind & 1) && longer && str_starts(rest, one->text) &&
            ends_word(rest, one->text.len))
            best = one;
    }
    return best;
}

enum {
    WHOLE = 1u << CHROME_FILLER | 1u << CHROME_DATE | 1u << CHROME_COUNTED | 1u << CHROME_THREAD |
            1u << CHROME_EDGE | 1u << CHROME_SECTION | 1u << CHROME_ANYWHERE |
            1u << CHROME_CONTENTS | 1u << CHROME_RELATED | 1u << CHROME_REPLY | 1u << CHROME_DATED,
    OPENING = 1u << CHROME_BY | 1u << CHROME_DATED | 1u << CHROME_LABEL | 1u << CHROME_CREDIT |
              1u << CHROME_BANNER
};

/* Takes the line apart into known phrases, the longest first; stops at what is none. */
static struct furniture take_apart(const struct phrases *table, const struct folded *f) {
    struct furniture parts = {.whole = !f->cut && f->len > 0};
    struct str rest = {f->text, f->len};
    while (parts.whole && rest.len) {
        if (rest.at[0] == ' ' || rest.at[0] == ':') {
            rest = str_from(rest, 1);
            continue;
        }
        const struct phrase *one = longest_phrase(table, rest, WHOLE);
        parts.whole = one != NULL;
        if (!one)
            break;
        parts.has[one->kind]++;
        parts.words++;
        rest = str_from(rest, one->text.len);
    }
    return parts;
}

static enum strength whole_strength(const struct furniture *parts, const struct folded *f) {
    const uint8_t *has = parts->has;
    if (!parts->whole)
        return f->len == 0 && f->date ? STRENGTH_EDGE : STRENGTH_NONE;
    if (has[CHROME_ANYWHERE] || has[CHROME_REPLY])
        return STRENGTH_ANYWHERE;
    if (has[CHROME_COUNTED] || has[CHROME_THREAD])
        return f->number ? STRENGTH_ANYWHERE : STRENGTH_EDGE;
    if (has[CHROME_EDGE] || has[CHROME_RELATED] || has[CHROME_SECTION] >= 3)
        return STRENGTH_EDGE;
    if (has[CHROME_DATED] && f->number)
        return STRENGTH_EDGE;
    bool date = f->date || (has[CHROME_DATE] && f->number);
    return date ? STRENGTH_EDGE : STRENGTH_NONE;
}

/* --- lines that open with a label --- */

/* Behind the phrase in the text as written; it has as many words as the folded one. */
static struct str behind_phrase(struct str text, struct str phrase) {
    size_t words = 1, at = 0;
    for (size_t i = 0; i < phrase.len; i++)
        words += phrase.at[i] == ' ';
    while (words-- > 0) {
        while (at < text.len && (str_is_space(text.at[at]) || text.at[at] == '|'))
            at++;
        while (at < text.len && !str_is_space(text.at[at]) && text.at[at] != ':')
            at++;
        if (at < text.len && text.at[at] == ':')
            at++;
    }
    return str_from(text, at);
}

static bool is_name_particle(struct str word) {
    static const struct str particles[] = {
        STR_INIT("and"), STR_INIT("und"), STR_INIT("et"),  STR_INIT("y"),  STR_INIT("e"),
        STR_INIT("de"),  STR_INIT("del"), STR_INIT("la"),  STR_INIT("le"), STR_INIT("van"),
        STR_INIT("von"), STR_INIT("der"), STR_INIT("den"), STR_INIT("da"), STR_INIT("di"),
        STR_INIT("bin"), STR_INIT("al"),  STR_INIT("el"),  STR_INIT("&"),
    };
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (str_eq(particles[i], word))
            return true;
    return false;
}

static bool ends_name(uint32_t c) {
    return c == '|' || c == ',' || c == 0xB7 || c == 0x2022 || c == 0x2013 || c == 0x2014 ||
           c == '-' || c == '/' || c == '(' || utf8_is_digit(c);
}

/* Whether capitalised words follow, two or more or one before a separator: a person's name. In
 * scripts without capitals a few words must do. */
bool paste_opens_with_name(struct str s) {
    enum { MOST_WORDS = 7 };
    unsigned words = 0, capitals = 0;
    bool cased = true;
    for (size_t at = 0; at < s.len;) {
        size_t from = at, next = at;
        uint32_t c = utf8_next(s, &next);
        if (paste_is_space(c) || c == ':') {
            at = next;
            continue;
        }
        if (ends_name(c))
            return capitals > 0 || (!cased && words > 0);
        while (at < s.len && !str_is_space(s.at[at]) && s.at[at] != ',')
            at++;
        bool capital = utf8_is_upper(c);
        cased &= capital || utf8_is_lower(c);
        if (++words > MOST_WORDS ||
            (cased && !capital && !is_name_particle(str_slice(s, from, at))))
            return false;
        capitals += capital;
    }
    return cased ? capitals >= 2 : words > 0 && words <= 4;
}

static bool holds_date(const struct phrases *table, const struct folded *f, struct str phrase) {
    if (f->date)
        return true;
    struct str rest = str_from((struct str){f->text, f->len}, phrase.len), word;
    while (str_cut(&rest, ' ', &word))
        if (word.len && f->number && longest_phrase(table, word, 1u << CHROME_DATE))
            return true;
    return false;
}

static enum strength label_strength(const struct paste *p, const struct phrases *table,
                                    const struct line *l, const struct folded *f) {
    enum { SHORT = 60, LABELLED = 140, BANNER = 700 };
    bool item = l->mark == MARK_BULLET || l->mark == MARK_NUMBER;
    if (f->len == 0 || item)
        return STRENGTH_NONE;
    const struct phrase *one = longest_phrase(table, (struct str){f->text, f->len}, OPENING);
    if (!one)
        return STRENGTH_NONE;
    bool sentence = paste_ends_sentence(l->final) && l->width > SHORT;
    bool line_like = l->width <= LABELLED && !sentence;
    struct str rest = behind_phrase(paste_line_text(p, l), one->text);
    switch (one->kind) {
    case CHROME_BANNER:
        return l->width <= BANNER ? STRENGTH_EDGE : STRENGTH_NONE;
    case CHROME_CREDIT:
        return l->width <= LABELLED ? STRENGTH_ANYWHERE : STRENGTH_NONE;
    case CHROME_BY:
        return line_like && paste_opens_with_name(rest) ? STRENGTH_EDGE : STRENGTH_NONE;
    case CHROME_DATED:
        return line_like && holds_date(table, f, one->text) ? STRENGTH_EDGE : STRENGTH_NONE;
    default:
        return line_like ? STRENGTH_EDGE : STRENGTH_NONE;
    }
}

static bool is_step(struct str text, size_t from, uint32_t c) {
    bool spaced = from > 0 && text.at[from - 1] == ' ';
    return c == '>' || c == 0xBB || c == 0x203A || c == 0x276F ||
           (spaced && (c == '/' || c == '|'));
}

/* "Home > Health > Pain": separators that point on behind a word for the start, or two of them. */
static bool is_breadcrumb(const struct paste *p, const struct phrases *table,
                          const struct line *l) {
    struct str text = paste_line_text(p, l);
    unsigned steps = 0;
    bool points = false;
    size_t first_end = 0;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (!is_step(text, from, c))
            continue;
        points |= c != '|' && c != '/';
        if (steps++ == 0)
            first_end = from;
    }
    if (steps == 0 || first_end == 0 || l->width > 160 || paste_ends_sentence(l->final))
        return false;
    struct folded f;
    fold(&f, str_slice(text, 0, first_end));
    struct furniture parts = take_apart(table, &f);
    return (parts.whole && parts.has[CHROME_EDGE]) || (points && steps >= 2 && first_end < 40);
}

struct furniture paste_judge(const struct paste *p, const struct phrases *table,
                             const struct line *l) {
    enum { LONGEST = 700, CRUMBS = 160, LABEL = 60 };
    struct furniture none = {0};
    struct str text = paste_line_text(p, l), subject;
    if (l->width > LONGEST || l->mark == MARK_CHECK || l->mark == MARK_CROSS)
        return none;
    struct folded f;
    fold(&f, text);
    struct furniture made = take_apart(table, &f);
    made.strength = (uint8_t)whole_strength(&made, &f);
    if (!made.strength)
        made.strength = (uint8_t)label_strength(p, table, l, &f);
    bool crumbs = !made.strength && l->width < CRUMBS && is_breadcrumb(p, table, l);
    /* A site's own words count as much as ours near the edges. */
    bool own = !made.strength && l->width < LABEL &&
               words_match(p->words, WORD_CHROME, text, &subject) && subject.len == 0;
    if (crumbs || own)
        made.strength = STRENGTH_EDGE;
    if (l->mark == MARK_NUMBER)
        made.strength = STRENGTH_NONE;
    else if (l->mark != MARK_NONE && made.strength == STRENGTH_ANYWHERE)
        made.strength = STRENGTH_EDGE;
    return made;
}

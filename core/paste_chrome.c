/* The page's furniture around and inside a pasted article. A line goes only when all of it is
 * furniture: the words of paste_chrome_words.c, numbers, dates and separators, or a label of a
 * byline or a credit with what belongs to it. Most of it goes only above the first long paragraph
 * and below the last one. What goes is reported. */
#include "paste_parts.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum strength { STRENGTH_NONE, STRENGTH_EDGE, STRENGTH_ANYWHERE };

struct phrase {
    struct str text;
    enum chrome kind;
    struct phrase *next;
};

/* A line made comparable: small letters, one space between words, numbers left out. */
struct folded {
    char text[320];
    size_t len;
    bool number, date; /* 12/03/2024 or a year */
    bool cut;          /* the line was longer */
};

/* What a line is made of. */
struct parts {
    uint8_t words, has[CHROME_COUNT]; /* how many of each; the line is short */
    bool whole;                       /* there is nothing else */
};

struct search {
    struct paste *p;
    struct phrase *by_first[256];
    uint8_t *strengths;             /* enum strength by line */
    struct parts *parts;            /* by line */
    size_t top, tail;               /* the article's text lies in [top, tail) */
};

/* --- the table --- */

static void add_row(struct search *s, const struct chrome_row *row) {
    struct str rest = str_of(row->phrases), one;
    while (str_cut(&rest, '|', &one)) {
        struct phrase *phrase = ARENA_NEW(s->p->arena, struct phrase);
        struct phrase **list = &s->by_first[(unsigned char)one.at[0]];
        *phrase = (struct phrase){one, row->kind, *list};
        *list = phrase;
    }
}

/* --- folding --- */

static bool is_sign(uint32_t c) {
    if (c < 0xC0)
        return c != '&' && c != 0xA9 && c != 0xAA && c != 0xB5 && c != 0xBA && !str_is_alpha((char)c);
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

static const struct phrase *longest_phrase(const struct search *s, struct str rest,
                                           unsigned kinds) {
    const struct phrase *best = NULL;
    for (const struct phrase *one = s->by_first[(unsigned char)rest.at[0]]; one; one = one->next) {
        bool longer = !best || one->text.len > best->text.len;
        if ((kinds >> one->kind & 1) && longer && str_starts(rest, one->text) &&
            ends_word(rest, one->text.len))
            best = one;
    }
    return best;
}

enum {
    WHOLE = 1u << CHROME_FILLER | 1u << CHROME_DATE | 1u << CHROME_COUNTED | 1u << CHROME_EDGE |
            1u << CHROME_SECTION | 1u << CHROME_ANYWHERE | 1u << CHROME_CONTENTS | 1u << CHROME_RELATED |
            1u << CHROME_REPLY | 1u << CHROME_DATED,
    OPENING = 1u << CHROME_BY | 1u << CHROME_DATED | 1u << CHROME_LABEL | 1u << CHROME_CREDIT |
              1u << CHROME_BANNER
};

/* Takes the line apart into known phrases, the longest first; stops at what is none. */
static struct parts take_apart(const struct search *s, const struct folded *f) {
    struct parts parts = {.whole = !f->cut && f->len > 0};
    struct str rest = {f->text, f->len};
    while (parts.whole && rest.len) {
        if (rest.at[0] == ' ' || rest.at[0] == ':') {
            rest = str_from(rest, 1);
            continue;
        }
        const struct phrase *one = longest_phrase(s, rest, WHOLE);
        parts.whole = one != NULL;
        if (!one)
            break;
        parts.has[one->kind]++;
        parts.words++;
        rest = str_from(rest, one->text.len);
    }
    return parts;
}

static enum strength whole_strength(const struct parts *parts, const struct folded *f) {
    const uint8_t *has = parts->has;
    if (!parts->whole)
        return STRENGTH_NONE;
    if (has[CHROME_ANYWHERE] || has[CHROME_REPLY])
        return STRENGTH_ANYWHERE;
    if (has[CHROME_COUNTED])
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
static bool opens_with_name(struct str s) {
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

static bool holds_date(const struct search *s, const struct folded *f, struct str phrase) {
    if (f->date)
        return true;
    struct str rest = str_from((struct str){f->text, f->len}, phrase.len), word;
    while (str_cut(&rest, ' ', &word))
        if (word.len && f->number && longest_phrase(s, word, 1u << CHROME_DATE))
            return true;
    return false;
}

static enum strength label_strength(const struct search *s, const struct line *l,
                                    const struct folded *f) {
    enum { SHORT = 60, LABELLED = 140, BANNER = 700 };
    if (f->len == 0)
        return STRENGTH_NONE;
    const struct phrase *one = longest_phrase(s, (struct str){f->text, f->len}, OPENING);
    if (!one)
        return STRENGTH_NONE;
    bool sentence = paste_ends_sentence(l->final) && l->width > SHORT;
    bool line_like = l->width <= LABELLED && !sentence;
    struct str rest = behind_phrase(paste_line_text(s->p, l), one->text);
    switch (one->kind) {
    case CHROME_BANNER:
        return l->width <= BANNER ? STRENGTH_EDGE : STRENGTH_NONE;
    case CHROME_CREDIT:
        return l->width <= LABELLED ? STRENGTH_ANYWHERE : STRENGTH_NONE;
    case CHROME_BY:
        return line_like && opens_with_name(rest) ? STRENGTH_EDGE : STRENGTH_NONE;
    case CHROME_DATED:
        return line_like && holds_date(s, f, one->text) ? STRENGTH_EDGE : STRENGTH_NONE;
    default:
        return line_like ? STRENGTH_EDGE : STRENGTH_NONE;
    }
}

static bool is_step(struct str text, size_t from, uint32_t c) {
    bool spaced = from > 0 && text.at[from - 1] == ' ';
    return c == '>' || c == 0xBB || c == 0x203A || c == 0x276F || (spaced && (c == '/' || c == '|'));
}

/* "Home > Health > Pain": separators that point on behind a word for the start, or two of them. */
static bool is_breadcrumb(const struct search *s, const struct line *l) {
    struct str text = paste_line_text(s->p, l);
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
    struct parts parts = take_apart(s, &f);
    return (parts.whole && parts.has[CHROME_EDGE]) || (points && steps >= 2 && first_end < 40);
}

static void judge(struct search *s, size_t i) {
    enum { LONGEST = 700 };
    const struct line *l = &s->p->lines[i];
    struct str subject;
    if (l->width > LONGEST || l->mark == MARK_CHECK || l->mark == MARK_CROSS)
        return;
    struct str text = paste_line_text(s->p, l);
    struct folded f;
    fold(&f, text);
    s->parts[i] = take_apart(s, &f);
    enum strength strength = whole_strength(&s->parts[i], &f);
    if (!strength)
        strength = label_strength(s, l, &f);
    if (!strength && l->width < 160 && is_breadcrumb(s, l))
        strength = STRENGTH_EDGE;
    /* A site's own words count as much as ours near the edges. */
    if (!strength && l->width < 60 && words_match(s->p->words, WORD_CHROME, text, &subject) &&
        subject.len == 0)
        strength = STRENGTH_EDGE;
    if (!strength && i > 0 && s->strengths[i - 1] && s->parts[i].whole &&
        s->parts[i].has[CHROME_SECTION])
        strength = STRENGTH_EDGE; /* one more of a menu */
    bool item = l->mark != MARK_NONE && strength == STRENGTH_ANYWHERE;
    s->strengths[i] = (uint8_t)(item ? STRENGTH_EDGE : strength);
}

/* --- above and below --- */

/* Whether a line is the article speaking, so that the top ends or the tail begins there. */
static bool is_content(const struct search *s, size_t i) {
    enum { LONG = 90, SENTENCE = 45 };
    const struct line *l = &s->p->lines[i];
    if (s->strengths[i])
        return false;
    bool sentence = paste_ends_sentence(l->final) && !paste_is_question_mark(l->final);
    return l->width >= LONG || l->mark == MARK_CHECK || l->mark == MARK_CROSS ||
           (sentence && l->width >= SENTENCE);
}

static void find_edges(struct search *s) {
    enum { MOST_LINES = 60 }; /* an article of short lines only is not all edge */
    size_t count = s->p->count;
    s->top = 0;
    while (s->top < count && s->strengths[s->top])
        s->top++;
    s->top += s->top < count; /* the title, however long */
    while (s->top < count && s->top < MOST_LINES && !is_content(s, s->top))
        s->top++;
    s->tail = count;
    while (s->tail > s->top && count - s->tail < MOST_LINES && !is_content(s, s->tail - 1))
        s->tail--;
}

static bool is_edge(const struct search *s, size_t i) {
    return i < s->top || i >= s->tail;
}

static bool is_dropped(const struct search *s, size_t i) {
    return s->p->fates[s->p->lines[i].number] == FATE_DROPPED;
}

static void drop(const struct search *s, size_t i) {
    s->p->fates[s->p->lines[i].number] = FATE_DROPPED;
}

static void drop_by_strength(struct search *s) {
    for (size_t i = 0; i < s->p->count; i++)
        if (s->strengths[i] == STRENGTH_ANYWHERE || (s->strengths[i] && is_edge(s, i)))
            drop(s, i);
}

/* In the middle of a page, as between a forum's answers: three or more lines that may be
 * furniture, one of which is. */
static void drop_bars(struct search *s) {
    enum { FEWEST = 3 };
    for (size_t begin = 0, end; begin < s->p->count; begin = end + 1) {
        bool certain = false;
        for (end = begin; end < s->p->count && s->strengths[end]; end++)
            certain |= s->strengths[end] == STRENGTH_ANYWHERE;
        for (size_t i = begin; certain && end - begin >= FEWEST && i < end; i++)
            drop(s, i);
    }
}

/* --- a table of contents --- */

struct label {
    struct str text;
    size_t line;
};

/* The line as a heading and an entry share it: without numbers in front and "[edit]" behind. */
static struct str label_of(const struct search *s, size_t i) {
    struct str text = paste_line_text(s->p, &s->p->lines[i]);
    size_t at = 0;
    while (at < text.len && (str_is_digit(text.at[at]) || text.at[at] == '.' || text.at[at] == ' '))
        at++;
    text = str_from(text, at == text.len ? 0 : at);
    size_t bracket = str_find_char(text, '[');
    return str_trim(str_slice(text, 0, bracket ? bracket : text.len));
}

static int compare_labels(const void *x, const void *y) {
    const struct label *a = x, *b = y;
    int order = str_compare(a->text, b->text);
    return order ? order : a->line < b->line ? -1 : a->line > b->line;
}

/* The last line with the same label; labels are sorted. */
static size_t last_with_label(const struct label *labels, size_t count, struct str text) {
    size_t low = 0, high = count; /* the first label greater than text */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(labels[middle].text, text) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && str_eq(labels[low - 1].text, text) ? labels[low - 1].line : 0;
}

static void drop_contents(struct search *s, size_t head) {
    enum { LONGEST = 160 };
    size_t count = 0, end = head + 1;
    struct label *labels = ARENA_ARRAY(s->p->arena, struct label, s->p->count);
    for (size_t i = head + 1; i < s->p->count; i++)
        if (s->p->lines[i].width <= LONGEST)
            labels[count++] = (struct label){label_of(s, i), i};
    qsort(labels, count, sizeof *labels, compare_labels);
    while (end < s->p->count && s->p->lines[end].width <= LONGEST &&
           last_with_label(labels, count, label_of(s, end)) > end)
        end++;
    for (size_t i = head; end > head + 1 && i < end; i++)
        drop(s, i);
}

/* --- other articles, comments of readers --- */

static bool is_section(const struct search *s, size_t i) {
    struct str text = paste_line_text(s->p, &s->p->lines[i]), subject;
    const struct words *w = s->p->words;
    return s->p->lines[i].width < 90 &&
           (words_match(w, WORD_DISCLAIMER, text, &subject) ||
            words_match(w, WORD_EVIDENCE, text, &subject) ||
            words_match(w, WORD_CONCLUSION, text, &subject) ||
            words_match(w, WORD_FAQ, text, &subject));
}

static void drop_related(struct search *s, size_t head) {
    for (size_t i = head; i < s->p->count && (i == head || !is_section(s, i)); i++)
        drop(s, i);
}

/* A thread of comments ends the page: below a line that counts or invites them, down to the end,
 * if "Reply" stands there at least once. */
static void drop_comments(struct search *s) {
    size_t replies = 0, begin = s->p->count;
    for (size_t i = s->p->count; i > s->p->count / 2 && i-- > 1;) {
        const struct parts *parts = &s->parts[i];
        replies += parts->whole && parts->has[CHROME_REPLY];
        bool head = parts->whole && s->strengths[i] && !parts->has[CHROME_REPLY] &&
                    (parts->has[CHROME_COUNTED] || parts->has[CHROME_ANYWHERE]);
        if (replies && is_section(s, i))
            break;
        if (replies && head)
            begin = i;
    }
    for (size_t i = begin; i < s->p->count; i++)
        drop(s, i);
}

static void drop_blocks(struct search *s) {
    bool contents = false;
    for (size_t i = 0; i < s->p->count; i++) {
        const struct parts *parts = &s->parts[i];
        if (!parts->whole || parts->words > 3)
            continue;
        if (parts->has[CHROME_CONTENTS] && !contents) {
            contents = true; /* one a page, which keeps this from going on for ever */
            drop_contents(s, i);
        }
        if (parts->has[CHROME_RELATED] && i >= s->tail) {
            drop_related(s, i);
            break;
        }
    }
    drop_comments(s);
}

/* --- what stands between dropped lines --- */

static bool is_beside_dropped(const struct search *s, size_t i) {
    return (i > 0 && is_dropped(s, i - 1)) || (i + 1 < s->p->count && is_dropped(s, i + 1));
}

/* Separators and numbers: the count of what an icon showed. */
static bool is_wordless(const struct search *s, size_t i) {
    enum { NARROW = 20 };
    const struct line *l = &s->p->lines[i];
    return l->width < NARROW && !paste_is_rule(s->p, l) &&
           !paste_has_letter(paste_slice(s->p, l->begin, l->end));
}

/* The author's name alone below the title, above a date, a counter or "Follow". */
static bool is_author(const struct search *s, size_t i) {
    enum { LONGEST = 60, MOST_WORDS = 6 };
    const struct line *l = &s->p->lines[i];
    struct str text = paste_line_text(s->p, l);
    size_t next = i + 1;
    if (i >= s->top || l->mark != MARK_NONE || l->width > LONGEST || !utf8_is_upper(l->first) ||
        paste_ends_sentence(l->final) || utf8_words(text) > MOST_WORDS)
        return false;
    while (next < s->p->count && is_dropped(s, next) && s->parts[next].words == 0)
        next++;
    if (next >= s->p->count || !is_dropped(s, next))
        return false;
    const uint8_t *has = s->parts[next].has;
    return (has[CHROME_DATE] || has[CHROME_COUNTED] || has[CHROME_EDGE] || has[CHROME_DATED]) &&
           opens_with_name(text);
}

static void drop_leftovers(struct search *s, size_t title) {
    for (size_t i = s->p->count; i-- > 0;) {
        if (i == title || is_dropped(s, i) || !is_beside_dropped(s, i))
            continue;
        if (is_wordless(s, i) || is_author(s, i))
            drop(s, i);
    }
}

/* "Yes" and "No" below "Was this helpful?": up to three snippets between furniture. */
static void drop_snippets(struct search *s) {
    enum { MOST = 3, NARROW = 12 };
    for (size_t i = s->tail; i > 0 && i < s->p->count; i++) {
        size_t end = i;
        while (end < s->p->count && end - i <= MOST && !is_dropped(s, end) &&
               s->p->lines[end].width <= NARROW && !paste_ends_sentence(s->p->lines[end].final))
            end++;
        bool between = is_dropped(s, i - 1) && end < s->p->count && is_dropped(s, end);
        for (; between && end - i <= MOST && i < end; i++)
            drop(s, i);
    }
}

static size_t first_kept(const struct search *s) {
    size_t i = 0;
    while (i < s->p->count && is_dropped(s, i))
        i++;
    return i;
}

static void close_ranks(struct paste *p) {
    size_t kept = 0;
    uint32_t blanks = 0;
    bool after = false;
    for (size_t i = 0; i < p->count; i++) {
        struct line l = p->lines[i];
        if (l.blanks > blanks)
            blanks = l.blanks;
        if (p->fates[l.number] == FATE_DROPPED) {
            after = true;
            continue;
        }
        l.blanks = after && blanks == 0 ? 1 : blanks; /* what furniture parted stays apart */
        l.after_chrome = after;
        p->lines[kept++] = l;
        blanks = 0;
        after = false;
    }
    p->count = kept;
}

void paste_drop_chrome(struct paste *p) {
    struct search *s = ARENA_NEW(p->arena, struct search);
    s->p = p;
    for (size_t i = 0; i < paste_chrome_row_count; i++)
        add_row(s, &paste_chrome_rows[i]);
    s->strengths = ARENA_ARRAY(p->arena, uint8_t, p->count + 1);
    s->parts = ARENA_ARRAY(p->arena, struct parts, p->count + 1);
    for (size_t i = 0; i < p->count; i++)
        judge(s, i);
    find_edges(s);
    drop_by_strength(s);
    drop_bars(s);
    drop_blocks(s);
    drop_leftovers(s, first_kept(s));
    drop_snippets(s);
    if (p->count && first_kept(s) == p->count) /* a page of furniture: its first line is a title */
        p->fates[p->lines[0].number] = FATE_KEPT;
    close_ranks(p);
}

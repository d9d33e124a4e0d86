/* Which lines of a paste are headings, and of what level. Short lines that stand apart and do not
 * end like a sentence are; more empty lines above some of them mean greater parts. */
#include "paste_parts.h"
#include "utf8.h"

enum {
    LONGEST_HEADING = 90,
    LONGEST_QUESTION = 160,
    ALONE_IN_TEXT = 60, /* columns; a heading without an empty line beside it is shorter */
    LONG_SENTENCE = 60,
    LONGEST_WRAPPED = 130, /* a wider line was not wrapped: its neighbours are paragraphs too */
};

/* --- what a heading looks like --- */

static bool is_bad_end(uint32_t c) {
    switch (c) {
    case '.':
    case ',':
    case ';':
    case ':':
    case '-':
    case '=':
    case '|':
    case '/':
    case 0x3002:
    case 0xFF0C:
    case 0xFF1B:
    case 0xFF1A:
    case 0x3001:
    case 0xFF0E: /* 。，；：、． */
    case 0x60C:
    case 0x61B:
    case 0x6D4:
    case 0x964:
    case 0x2014:
    case 0x2013: /* ، ؛ ۔ । — – */
        return true;
    default:
        return false;
    }
}

/* "iPhone" may open a heading, "and so on" may not. */
static bool is_good_begin(struct str s) {
    size_t at = 0;
    uint32_t c = utf8_next(s, &at);
    if (utf8_is_lower(c))
        return at < s.len && utf8_is_upper(utf8_next(s, &at));
    return utf8_is_letter(c) || utf8_is_digit(c) || c == 0xBF || c == 0xA1 || c == '"' ||
           c == '\'' || c == 0x201C || c == 0x201E || c == 0xAB || c == '(' || c == '[' ||
           c == '#' || c == '@' || c == 0x300A || c == 0x300C || c == 0x3010 || c >= 0x1F000 ||
           (c >= 0x2600 && c <= 0x27BF);
}

/* “…” — and who said it. */
static bool is_quotation(const struct line *l, struct str s) {
    bool quote = l->first == '"' || l->first == 0x201C || l->first == 0x201E || l->first == 0xAB ||
                 l->first == 0x300C;
    return quote && (str_find(s, STR("— ")) < s.len || str_find(s, STR("– ")) < s.len);
}

/* "Figure 2", "Table 1": a caption that lost its picture. */
static bool is_caption(struct str s) {
    static const struct str names[] = {
        STR_INIT("figure"), STR_INIT("fig."),    STR_INIT("fig"),       STR_INIT("table"),
        STR_INIT("image"),  STR_INIT("abb."),    STR_INIT("abbildung"), STR_INIT("tabelle"),
        STR_INIT("figura"), STR_INIT("tableau"), STR_INIT("tabla"),     STR_INIT("page"),
        STR_INIT("شكل"),    STR_INIT("جدول"),    STR_INIT("تصویر"),     STR_INIT("图"),
        STR_INIT("表"),
    };
    size_t letters = 0;
    while (letters < s.len && s.at[letters] != ' ' && !str_is_digit(s.at[letters]))
        letters++;
    struct str word = str_slice(s, 0, letters), rest = str_trim(str_from(s, letters));
    for (size_t i = 0; i < rest.len; i++)
        if (!str_is_digit(rest.at[i]) && rest.at[i] != '.')
            return false;
    for (size_t i = 0; rest.len && i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(names[i], word))
            return true;
    return false;
}

/* Whether the table of words knows the line as the heading of some part. */
static bool is_known_part(const struct paste *p, const struct line *l) {
    static const uint32_t parts = UINT32_C(1) << WORD_FAQ | UINT32_C(1) << WORD_PROS |
                                  UINT32_C(1) << WORD_CONS | UINT32_C(1) << WORD_EVIDENCE |
                                  UINT32_C(1) << WORD_RECOMMENDATION |
                                  UINT32_C(1) << WORD_CONCLUSION | UINT32_C(1) << WORD_DISCLAIMER |
                                  UINT32_C(1) << WORD_PROS_AND_CONS | UINT32_C(1) << WORD_FACTS;
    struct str text = paste_line_text(p, l), subject;
    return l->width <= LONGEST_HEADING &&
           words_classify(p->words, parts, text, &subject) != WORD_COUNT;
}

/* A second sentence in the line; "vs. X" and "Dr. X" are none. */
static bool has_two_sentences(struct str s) {
    size_t letters = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        bool stop = paste_ends_sentence(c) && at < s.len;
        if (stop && (c >= 0x3000 || (s.at[at] == ' ' && (letters > 3 || c != '.'))))
            return true;
        letters = utf8_is_letter(c) ? letters + 1 : 0;
    }
    return false;
}

bool paste_is_question(const struct paste *p, const struct line *l) {
    return paste_is_question_mark(l->final) && l->width <= LONGEST_QUESTION &&
           !has_two_sentences(paste_line_text(p, l));
}

/* Pipes or wide gaps part cells. */
static bool has_cells(const struct line *l, struct str s) {
    return l->has_tab || str_find(s, STR(" | ")) < s.len || str_find(s, STR("   ")) < s.len;
}

static bool is_shaped(const struct paste *p, const struct line *l) {
    struct str text = paste_line_text(p, l);
    bool question = paste_is_question(p, l);
    if (l->mark != MARK_NONE && l->mark != MARK_NUMBER)
        return false;
    if (l->width > (question ? LONGEST_QUESTION : LONGEST_HEADING) || has_cells(l, text))
        return false;
    if (is_bad_end(l->final) && !((l->final == ':' || l->final == 0xFF1A) && is_known_part(p, l)))
        return false;
    if (!question && has_two_sentences(text))
        return false;
    return paste_has_letter(text) && is_good_begin(text) && !is_caption(text) &&
           !is_quotation(l, text) && !paste_has_arrow(p, l) && !paste_is_rule(p, l);
}

/* --- what stands around it --- */

static bool is_marked(const struct line *l) {
    return l->mark != MARK_NONE && l->mark != MARK_HASH;
}

static bool is_sentence(const struct line *l) {
    return l->mark == MARK_NONE && (l->width >= LONGEST_HEADING || paste_ends_sentence(l->final));
}

/* Capitals only: a heading wherever it stands. */
static bool is_shouted(struct str s) {
    unsigned upper = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (utf8_is_lower(c))
            return false;
        upper += utf8_is_upper(c);
    }
    return upper > 2;
}

static bool is_long_sentence(const struct line *l) {
    return is_sentence(l) && l->width >= LONG_SENTENCE;
}

/* Whether a table seems to begin at the line. */
static bool opens_table(const struct paste *p, const struct line *l) {
    struct str text = paste_line_text(p, l), subject;
    return has_cells(l, text) || paste_looks_joined(p, l) ||
           (l->width < ALONE_IN_TEXT && words_match(p->words, WORD_FACTOR, text, &subject));
}

static bool heads_facts(const struct paste *p, const struct line *l) {
    return l + 2 < p->lines + p->count && l[2].blanks == 0 && paste_is_fact(p, l + 1) &&
           paste_is_fact(p, l + 2) && !paste_is_fact(p, l);
}

/* An empty line above only: what follows must be more than another short line. */
static bool heads_what_follows(const struct paste *p, const struct line *l) {
    const struct line *next = l + 1;
    if (is_marked(next) || is_known_part(p, l) || opens_table(p, next) || heads_facts(p, l))
        return true;
    if (paste_is_question_mark(l->final))
        return !paste_is_question_mark(next->final);
    return l->width <= ALONE_IN_TEXT &&
           (is_long_sentence(next) || (is_sentence(next) && next->width > l->width));
}

/* No empty line above: the line before must have come to its end. */
static bool follows_an_end(const struct paste *p, const struct line *l) {
    const struct line *before = l - 1;
    bool fact = paste_is_fact(p, before) && paste_is_fact(p, before - (before > p->lines));
    bool row = has_cells(before, paste_line_text(p, before)) || paste_looks_joined(p, before);
    if (row || before->level || fact)
        return true;
    if (is_marked(before))
        return before->indent >= l->indent &&
               (before->width < ALONE_IN_TEXT || paste_ends_sentence(before->final));
    return paste_ends_sentence(before->final) && l->width <= ALONE_IN_TEXT;
}

static bool is_numbered_heading(const struct paste *p, size_t i) {
    const struct line *l = &p->lines[i], *next = l + 1;
    bool alone = l->blanks > 0 || i == 0;
    bool listed = i > 0 && l[-1].mark == MARK_NUMBER && l[-1].glyph == l->glyph && !l[-1].level;
    if (listed || (next->mark == MARK_NUMBER && next->glyph == l->glyph))
        return false;
    if (next->blanks > 0)
        return alone && l->indent == 0 && is_sentence(next) && next->indent <= l->indent;
    return alone && !paste_is_wrapped(p, i) && l->width <= ALONE_IN_TEXT && is_long_sentence(next);
}

static bool is_among_facts(const struct paste *p, size_t i) {
    const struct line *l = &p->lines[i];
    return paste_is_fact(p, l) && !is_known_part(p, l) &&
           ((i > 0 && paste_is_fact(p, l - 1)) || (i + 1 < p->count && paste_is_fact(p, l + 1)));
}

/* A row of a table whose cells ran together, beside another one. */
static bool is_among_joined(const struct paste *p, size_t i) {
    const struct line *l = &p->lines[i];
    bool before = i > 0 && paste_looks_joined(p, l - 1);
    bool after = i + 1 < p->count && paste_looks_joined(p, l + 1);
    return paste_looks_joined(p, l) ? before || after : before && after && l->blanks == 0;
}

static bool stands_as_heading(const struct paste *p, size_t i) {
    const struct line *l = &p->lines[i];
    if (i + 1 >= p->count || !is_shaped(p, l) || is_among_facts(p, i) || is_among_joined(p, i))
        return false;
    if (l->mark == MARK_NUMBER)
        return is_numbered_heading(p, i);
    bool above = i == 0 || l->blanks > 0, below = l[1].blanks > 0;
    if (i == 0 && l[1].after_chrome && is_sentence(l + 1) && !is_known_part(p, l))
        return false; /* the line below the title, before the byline, is a subtitle */
    if (above)
        return below || heads_what_follows(p, l);
    if (!follows_an_end(p, l))
        return false;
    if (is_known_part(p, l) || (is_shouted(paste_line_text(p, l)) && l->mark == MARK_NONE))
        return true;
    bool unwrapped = l->widest > LONGEST_WRAPPED;
    if (below)
        return is_long_sentence(l - 1) || is_marked(l - 1) || unwrapped;
    return is_long_sentence(l + 1) || opens_table(p, l + 1) || heads_facts(p, l) ||
           (unwrapped && (is_sentence(l + 1) || is_marked(l + 1)));
}

/* "3. Side by side" is a heading like "2. …" before it, whatever stands below. */
static void join_numbered(struct paste *p, size_t i, const struct line **numbered) {
    struct line *l = &p->lines[i];
    const struct line *other = *numbered;
    if (l->mark != MARK_NUMBER)
        return;
    bool sibling = other && other->glyph == l->glyph &&
                   (other->ordinal + 1 == l->ordinal || other->ordinal == l->ordinal + 1);
    if (!l->level && sibling && l->blanks > 0 && l->indent == other->indent && i + 1 < p->count &&
        is_shaped(p, l))
        l->level = 1;
    *numbered = l->level ? l : NULL;
}

static void join_all_numbered(struct paste *p) {
    const struct line *numbered = NULL;
    for (size_t i = 0; i < p->count; i++)
        join_numbered(p, i, &numbered);
    numbered = NULL;
    for (size_t i = p->count; i-- > 0;)
        join_numbered(p, i, &numbered);
}

/* --- too many of them --- */

/* From four short lines in a row only the first and, before text, the last are headings: the
 * others are what is left of a list, a menu or a poem. A question heads what follows it. */
static void thin_out(struct paste *p) {
    enum { MOST = 3 };
    for (size_t begin = 0, end; begin < p->count; begin = end) {
        for (end = begin; end < p->count && p->lines[end].level; end++)
            ;
        for (size_t i = begin + 1; end - begin > MOST && i + 1 < end; i++) {
            struct line *l = &p->lines[i];
            if (!paste_is_question_mark(l->final) && l->mark == MARK_NONE && !is_known_part(p, l))
                l->level = 0;
        }
        end += end == begin;
    }
}

/* "Is it safe?", "Yes", "Is it legal?": the answer is no heading. */
static void keep_short_answers(struct paste *p) {
    for (size_t i = 1; i + 1 < p->count; i++) {
        const struct line *before = &p->lines[i - 1], *l = &p->lines[i], *next = l + 1;
        if (before->level && paste_is_question_mark(before->final) && l->level &&
            !paste_is_question_mark(l->final) && next->level && paste_is_question_mark(next->final))
            p->lines[i].level = 0;
    }
}

/* --- levels --- */

/* How many numbers "1.2.3 " has in front; 0: none or only one without a dot. */
static unsigned number_depth(struct str s, bool *dotted) {
    unsigned depth = 0;
    size_t i = 0;
    *dotted = false;
    while (i < s.len && str_is_digit(s.at[i])) {
        while (i < s.len && str_is_digit(s.at[i]))
            i++;
        depth++;
        if (i < s.len && s.at[i] == '.') {
            *dotted = true;
            i++;
        }
    }
    return i < s.len && s.at[i] == ' ' ? depth : 0;
}

static bool is_major(const struct paste *p, const struct line *l) {
    return l->blanks > p->typical_blanks;
}

/* How this paste tells greater from lesser headings. */
struct ranks {
    bool by_blanks, by_capitals, by_numbers;
};

static struct ranks find_ranks(const struct paste *p) {
    unsigned majors = 0, minors = 0, shouted = 0, spoken = 0, deep = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct line *l = &p->lines[i];
        bool dotted;
        if (!l->level)
            continue;
        struct str whole = paste_slice(p, l->begin, l->end);
        *(is_major(p, l) ? &majors : &minors) += 1;
        *(is_shouted(whole) && l->width > 4 ? &shouted : &spoken) += 1;
        deep += number_depth(whole, &dotted) > 1;
    }
    return (struct ranks){majors && minors, shouted > 1 && spoken, deep > 0};
}

/* "Pros" or "Cons" without saying of what. */
static bool is_bare_side(const struct paste *p, const struct line *l, enum word side) {
    struct str subject;
    return l->level && words_match(p->words, side, paste_line_text(p, l), &subject) &&
           subject.len == 0;
}

/* Where "Pros" stands twice or more, the heading before each says of what. */
static void nest_bare_sides(struct paste *p) {
    unsigned pros = 0, parent = 0;
    for (size_t i = 0; i < p->count; i++)
        pros += is_bare_side(p, &p->lines[i], WORD_PROS);
    for (size_t i = 0; pros > 1 && i < p->count; i++) {
        struct line *l = &p->lines[i];
        bool bare = is_bare_side(p, l, WORD_PROS) || is_bare_side(p, l, WORD_CONS);
        if (bare && parent)
            l->level = (uint8_t)(parent < 6 ? parent + 1 : 6);
        else if (l->level)
            parent = l->level;
    }
}

static void set_levels(struct paste *p) {
    struct ranks ranks = find_ranks(p);
    bool in_major = false, in_shouted = false;
    unsigned numbered = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct line *l = &p->lines[i];
        if (!l->level)
            continue;
        struct str whole = paste_slice(p, l->begin, l->end);
        bool dotted, major = is_major(p, l), shouted = is_shouted(whole);
        unsigned depth = ranks.by_numbers ? number_depth(whole, &dotted) : 0;
        unsigned level = 2;
        if (depth && (dotted || depth > 1))
            level = 1 + depth;
        else if (ranks.by_blanks)
            level = major || !in_major ? 2 : 3;
        else if (ranks.by_capitals)
            level = shouted || !in_shouted ? 2 : 3;
        numbered = depth ? level : numbered;
        in_major |= major;
        in_shouted |= shouted;
        l->level = (uint8_t)(level > 6 ? 6 : level);
    }
}

/* The questions end where a conclusion or a disclaimer begins, though no gap tells so. */
static void lift_closing_parts(struct paste *p) {
    static const uint32_t closing = UINT32_C(1) << WORD_CONCLUSION | UINT32_C(1) << WORD_DISCLAIMER;
    unsigned faq = 0;
    struct str subject;
    for (size_t i = 0; i < p->count; i++) {
        struct line *l = &p->lines[i];
        struct str text = paste_line_text(p, l);
        if (!l->level)
            continue;
        if (words_match(p->words, WORD_FAQ, text, &subject))
            faq = l->level;
        else if (faq && l->level > faq && !paste_is_question_mark(l->final) &&
                 words_classify(p->words, closing, text, &subject) != WORD_COUNT)
            l->level = (uint8_t)faq;
    }
}

/* The number of empty lines that most lines with any above them have. */
static void find_typical_blanks(struct paste *p) {
    enum { MOST = 8 };
    size_t counts[MOST + 1] = {0};
    for (size_t i = 0; i < p->count; i++)
        counts[p->lines[i].blanks < MOST ? p->lines[i].blanks : MOST]++;
    p->typical_blanks = 1;
    for (uint32_t blanks = 2; blanks <= MOST; blanks++)
        if (counts[blanks] > counts[p->typical_blanks])
            p->typical_blanks = blanks;
}

/* "History[edit]", as encyclopedias have it. */
static void cut_edit_link(struct paste *p, struct line *l) {
    static const struct str links[] = {
        STR_INIT("[edit]"),       STR_INIT("[edit | edit source]"),
        STR_INIT("[Bearbeiten]"), STR_INIT("[Bearbeiten | Quelltext bearbeiten]"),
        STR_INIT("[modifier]"),   STR_INIT("[modifier | modifier le code]"),
        STR_INIT("[editar]"),     STR_INIT("[编辑]"),
        STR_INIT("[عدل]"),        STR_INIT("[ترمیم]"),
    };
    struct str text = paste_line_text(p, l);
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (str_ends(text, links[i]) &&
            paste_has_letter(str_slice(text, 0, text.len - links[i].len))) {
            paste_narrow(p, l, l->text, l->end - (uint32_t)links[i].len);
            l->mark = MARK_HASH; /* nothing else has such a link */
            l->ordinal = 2;
        }
}

/* '=' or '-' when the line holds three or more of them and nothing else, else 0. */
static char underline_of(const struct paste *p, const struct line *l) {
    struct str s = paste_slice(p, l->begin, l->end);
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] != s.at[0])
            return 0;
    return s.len >= 3 && (s.at[0] == '=' || s.at[0] == '-') ? s.at[0] : 0;
}

/* "Heading" above "=======": the line becomes "# Heading", the underline goes. */
void paste_take_underlines(struct paste *p) {
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct line l = p->lines[i], *above = kept ? &p->lines[kept - 1] : NULL;
        char underline = l.blanks == 0 && above ? underline_of(p, &l) : 0;
        if (underline && above->mark == MARK_NONE && above->width <= LONGEST_HEADING &&
            above->final != '.') {
            above->mark = MARK_HASH;
            above->ordinal = underline == '=' ? 1 : 2;
            continue;
        }
        p->lines[kept++] = l;
    }
    p->count = kept;
}

static void find_markdown_headings(struct paste *p) {
    for (size_t i = 0; i < p->count; i++) {
        struct line *l = &p->lines[i];
        if (l->mark != MARK_HASH)
            continue;
        uint32_t end = l->end; /* closing marks: "## Heading ##" */
        while (end > l->text && p->source->text.at[end - 1] == '#')
            end--;
        if (end < l->end && end > l->text && p->source->text.at[end - 1] == ' ')
            paste_narrow(p, l, l->text, end);
    }
}

void paste_find_headings(struct paste *p) {
    find_typical_blanks(p);
    find_markdown_headings(p);
    for (size_t i = 0; i < p->count; i++)
        cut_edit_link(p, &p->lines[i]);
    for (size_t i = 0; i < p->count; i++)
        p->lines[i].level = stands_as_heading(p, i);
    join_all_numbered(p);
    thin_out(p);
    keep_short_answers(p);
    set_levels(p);
    nest_bare_sides(p);
    lift_closing_parts(p);
    for (size_t i = 0; i < p->count; i++)
        if (p->lines[i].mark == MARK_HASH)
            p->lines[i].level = (uint8_t)p->lines[i].ordinal;
}

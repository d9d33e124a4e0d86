/* The page's furniture around and inside a pasted article. What paste_chrome_line.c finds goes
 * mostly above the first long paragraph and below the last one, with the tables of contents, the
 * titles of other articles and the comments of readers that it announces. All of it is reported. */
#include "paste_chrome_parts.h"
#include "utf8.h"

#include <stdlib.h>

struct search {
    struct paste *p;
    struct furniture *made; /* what each line is made of */
    size_t top, tail;       /* the article's text lies in [top, tail) */
};

static bool is_dropped(const struct search *s, size_t i) {
    return s->p->fates[s->p->lines[i].number] == FATE_DROPPED;
}

static void drop(const struct search *s, size_t i) {
    s->p->fates[s->p->lines[i].number] = FATE_DROPPED;
}

/* --- above and below --- */

/* Whether a line is the article speaking, so that the top ends or the tail begins there. */
static bool is_content(const struct search *s, size_t i) {
    enum { LONG = 90, SENTENCE = 45 };
    const struct line *l = &s->p->lines[i];
    if (s->made[i].strength || is_dropped(s, i))
        return false;
    bool sentence = paste_ends_sentence(l->final) && !paste_is_question_mark(l->final);
    return l->width >= LONG || l->mark == MARK_CHECK || l->mark == MARK_CROSS ||
           (sentence && l->width >= SENTENCE);
}

static void find_edges(struct search *s) {
    enum { MOST_LINES = 60 }; /* an article of short lines only is not all edge */
    size_t count = s->p->count;
    s->top = 0;
    while (s->top < count && s->made[s->top].strength)
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

/* Whether the next line with words above (-1) or below (+1) is furniture, too, or there is none. */
static bool has_company(const struct search *s, size_t i, int step) {
    enum { FARTHEST = 3 };
    for (int n = 0; n < FARTHEST; n++) {
        if (step < 0 ? i == 0 : i + 1 >= s->p->count)
            return step > 0;
        i = step < 0 ? i - 1 : i + 1;
        if (s->made[i].strength)
            return true;
        if (paste_has_letter(paste_line_text(s->p, &s->p->lines[i])))
            return false;
    }
    return false;
}

/* "Tools", "Help": furniture in company, above the title or at the very end; alone between
 * empty lines it may well be a heading. */
static bool is_doubtful(const struct search *s, size_t i, size_t title) {
    static const enum chrome telling[] = {CHROME_DATE,     CHROME_COUNTED,  CHROME_THREAD,
                                          CHROME_ANYWHERE, CHROME_CONTENTS, CHROME_RELATED,
                                          CHROME_REPLY,    CHROME_DATED};
    const struct furniture *made = &s->made[i];
    bool tells = !made->whole || made->words > 1;
    for (size_t k = 0; k < sizeof telling / sizeof *telling; k++)
        tells |= made->has[telling[k]] > 0;
    return i > title && !tells && !has_company(s, i, -1) && !has_company(s, i, 1);
}

static void drop_by_strength(struct search *s) {
    size_t title = 0;
    while (title < s->p->count && s->made[title].strength)
        title++;
    for (size_t i = 0; i < s->p->count; i++) {
        bool edge = s->made[i].strength && is_edge(s, i) && !is_doubtful(s, i, title);
        if (s->made[i].strength == STRENGTH_ANYWHERE || edge)
            drop(s, i);
    }
}

/* In the middle of a page, as between a forum's answers: three or more lines that may be
 * furniture, one of which is. */
static void drop_bars(struct search *s) {
    enum { FEWEST = 3 };
    for (size_t begin = 0, end; begin < s->p->count; begin = end + 1) {
        bool certain = false;
        for (end = begin; end < s->p->count && s->made[end].strength; end++)
            certain |= s->made[end].strength == STRENGTH_ANYWHERE;
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
    return s->p->lines[i].width < 90 && (words_match(w, WORD_DISCLAIMER, text, &subject) ||
                                         words_match(w, WORD_EVIDENCE, text, &subject) ||
                                         words_match(w, WORD_CONCLUSION, text, &subject) ||
                                         words_match(w, WORD_FAQ, text, &subject));
}

static void drop_related(struct search *s, size_t head) {
    for (size_t i = head; i < s->p->count && (i == head || !is_section(s, i)); i++)
        drop(s, i);
}

/* A thread of comments ends the page: below a line that counts them, down to the end,
 * if "Reply" stands there at least once. */
static void drop_comments(struct search *s) {
    size_t replies = 0, begin = s->p->count;
    for (size_t i = s->p->count; i-- > s->top;) {
        const struct furniture *made = &s->made[i];
        replies += made->whole && made->has[CHROME_REPLY];
        bool head = made->whole && made->has[CHROME_THREAD];
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
        const struct furniture *made = &s->made[i];
        if (!made->whole || made->words > 3)
            continue;
        if (made->has[CHROME_CONTENTS] && !contents) {
            contents = true; /* one a page, which keeps this from going on for ever */
            drop_contents(s, i);
        }
        if (made->has[CHROME_RELATED] && i >= s->tail) {
            drop_related(s, i);
            break;
        }
    }
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
    while (next < s->p->count && is_dropped(s, next) && s->made[next].words == 0)
        next++;
    if (next >= s->p->count || !is_dropped(s, next))
        return false;
    const uint8_t *has = s->made[next].has;
    return (has[CHROME_DATE] || has[CHROME_COUNTED] || has[CHROME_THREAD] || has[CHROME_EDGE] ||
            has[CHROME_DATED]) &&
           paste_opens_with_name(text);
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

/* A name of a section, "Culture", is furniture below another line of the menu. */
static void judge_all(struct search *s) {
    const struct phrases *table = paste_phrases(s->p->arena);
    for (size_t i = 0; i < s->p->count; i++) {
        struct furniture *made = &s->made[i];
        *made = paste_judge(s->p, table, &s->p->lines[i]);
        if (i > 0 && made->whole && made->has[CHROME_SECTION] && s->made[i - 1].strength &&
            !made->strength)
            made->strength = STRENGTH_EDGE;
    }
}

/* "Category: …" is a label of the page; among other facts it is one of them. */
static void spare_facts(struct search *s) {
    for (size_t i = 0; i < s->p->count; i++) {
        const struct line *l = &s->p->lines[i];
        if (!s->made[i].strength || !paste_is_fact(s->p, l))
            continue;
        bool before = i > 0 && !s->made[i - 1].strength && paste_is_fact(s->p, l - 1);
        bool after = i + 1 < s->p->count && !s->made[i + 1].strength && paste_is_fact(s->p, l + 1);
        if (before || after)
            s->made[i].strength = STRENGTH_NONE;
    }
}

/* "How long does it take?", "About 2 to 3 weeks": an answer, though made of such words. */
static void spare_answers(struct search *s) {
    bool titled = false;
    for (size_t i = 0; i + 1 < s->p->count; i++) {
        bool question = titled && !s->made[i].strength && paste_is_question(s->p, &s->p->lines[i]);
        titled |= !s->made[i].strength;
        struct furniture *next = &s->made[i + 1];
        if (question && next->whole && !next->has[CHROME_ANYWHERE] && !next->has[CHROME_THREAD])
            next->strength = STRENGTH_NONE;
    }
}

void paste_drop_chrome(struct paste *p) {
    struct search s = {.p = p};
    s.made = ARENA_ARRAY(p->arena, struct furniture, p->count + 1);
    judge_all(&s);
    spare_facts(&s);
    spare_answers(&s);
    find_edges(&s);
    drop_comments(&s);
    find_edges(&s); /* the comments were no part of the article */
    drop_by_strength(&s);
    drop_bars(&s);
    drop_blocks(&s);
    drop_leftovers(&s, first_kept(&s));
    drop_snippets(&s);
    if (p->count && first_kept(&s) == p->count) /* a page of furniture: its first line is a title */
        p->fates[p->lines[0].number] = FATE_KEPT;
    close_ranks(p);
}

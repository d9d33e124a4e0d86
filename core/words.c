#include "words.h"

#include <string.h>

#include "utf8.h"
#include "words_parts.h"

enum {
    LONGEST_WORD = 96,   /* of those looked for in running text, in bytes */
    LONGEST_ARTICLE = 6, /* with what parts it from the noun */
};

/* ---- What stands around a label ------------------------------------------------------------- */

static bool is_opening_decoration(uint32_t c) {
    static const bool ascii[0x80] = {
        [' '] = true, ['#'] = true, ['*'] = true, ['-'] = true, ['_'] = true, ['>'] = true,
        ['|'] = true, ['='] = true, ['~'] = true, ['+'] = true, [':'] = true, ['.'] = true,
    };
    return c < 0x80 ? ascii[c] : words_is_symbol(c);
}

static bool is_closing_decoration(uint32_t c) {
    static const bool ascii[0x80] = {
        [' '] = true, [':'] = true, ['.'] = true, ['?'] = true, ['!'] = true,
        [';'] = true, [','] = true, ['-'] = true, ['*'] = true, ['_'] = true,
        ['#'] = true, ['|'] = true, ['='] = true, ['~'] = true,
    };
    return c < 0x80 ? ascii[c] : c == 0x2026 || words_is_symbol(c);
}

static size_t skip_decoration(struct str s, size_t at) {
    while (at < s.len) {
        size_t next = at;
        if (!is_opening_decoration(utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

static size_t last_char(struct str s, size_t end) {
    do
        end--;
    while (end > 0 && ((unsigned char)s.at[end] & 0xC0) == 0x80);
    return end;
}

static size_t trim_closing(struct folded *f, size_t end) {
    struct str s = {f->text, f->len};
    while (end > 0) {
        size_t at = last_char(s, end), next = at;
        uint32_t c = utf8_next(s, &next);
        if (!is_closing_decoration(c))
            break;
        f->question |= c == '?';
        end = at;
    }
    return end;
}

/* Behind "3. ", "1.2) ", "(4) ", "iv. " or "b) "; `at` itself when there is no numbering. */
static size_t skip_numbering(struct str s, size_t at) {
    size_t i = at + (at < s.len && s.at[at] == '(');
    size_t begin = i;
    while (i < s.len && (str_is_digit(s.at[i]) || (i > begin && s.at[i] == '.')))
        i++;
    bool number = i > begin;
    if (!number) {
        while (i < s.len && strchr("ivxlc", s.at[i]))
            i++;
        if (i == begin && i < s.len && str_is_alpha(s.at[i]))
            i++;
    }
    bool dotted = number && s.at[i - 1] == '.';
    if (i == begin || i >= s.len || (!dotted && !strchr(".):,-", s.at[i])))
        return at;
    i += !dotted || s.at[i] == ')';
    if (i >= s.len || (s.at[i] != ' ' && (!number || !((unsigned char)s.at[i] & 0x80))))
        return at; /* "2.5 mg" and "a.m." are no numbering; "1、优点" is */
    size_t rest = skip_decoration(s, i);
    return rest < s.len ? rest : at;
}

/* Behind a bare number: "5 pros of …". */
static size_t skip_count(struct str s, size_t at) {
    size_t i = at;
    while (i < s.len && str_is_digit(s.at[i]))
        i++;
    return i > at && i < s.len && s.at[i] == ' ' ? i + 1 : at;
}

/* Behind an article of this language, or of any (NO_LANGUAGE); `at` when there is none. */
static size_t skip_article(const struct words *w, enum language language, struct str s, size_t at) {
    size_t word = at;
    while (word < s.len && s.at[word] != ' ' && s.at[word] != '\'')
        word++;
    size_t len = word - at + 1;
    bool known = len > 1 && len <= LONGEST_ARTICLE &&
                 w->article_lengths[(unsigned char)s.at[at]] >> len & 1;
    if (!known) // so nearly every word
        return at;
    for (uint32_t i = 0; i < w->article_count; i++) {
        const struct article *article = &w->articles[i];
        if (article->text.len == len && at + len < s.len && article->text.at[0] == s.at[at] &&
            (language == NO_LANGUAGE || language == article->language) &&
            memcmp(article->text.at, s.at + at, len) == 0)
            return at + len;
    }
    return at;
}

/* The end of what stands before a bracket at the end, or `end` when there is none. */
static size_t drop_bracket(struct folded *f, size_t begin, size_t end) {
    if (end <= begin || (f->text[end - 1] != ')' && f->text[end - 1] != ']'))
        return end;
    char close = f->text[end - 1], open = close == ')' ? '(' : '[';
    unsigned depth = 0;
    for (size_t i = end; i > begin; i--) {
        depth += f->text[i - 1] == close;
        if (f->text[i - 1] == open && --depth == 0)
            return i - 1 > begin ? trim_closing(f, i - 1) : end;
    }
    return end;
}

/* ---- Matching ------------------------------------------------------------------------------- */

/* The pattern found so far that says most of the label. */
struct hit {
    const struct pattern *pattern;
    size_t said;
    size_t begin, end; /* the first subject in the folded text; equal when there is none */
};

/* "The pros" and "5 pros" are about nothing. */
static bool is_no_subject(const struct words *w, struct str s) {
    for (uint32_t i = 0; i < w->article_count; i++)
        if (s.len + 1 == w->articles[i].text.len && str_starts(w->articles[i].text, s))
            return true;
    size_t digits = 0;
    while (digits < s.len && str_is_digit(s.at[digits]))
        digits++;
    return digits == s.len;
}

/* The subject without its article; empty when nothing is left. */
static struct hit trim_subject(const struct words *w, const struct pattern *p, struct str label,
                               size_t begin, size_t end) {
    while (begin < end && label.at[begin] == ' ')
        begin++;
    while (end > begin && label.at[end - 1] == ' ')
        end--;
    if (p->which != WORD_FOR) /* "for the elderly" is no name of anything */
        begin = skip_article(w, p->language, str_slice(label, 0, end), begin);
    return (struct hit){p, p->said, begin, end};
}

static bool match_pattern(const struct words *w, const struct pattern *p, struct str label,
                          struct hit *hit) {
    *hit = (struct hit){p, p->said, 0, 0};
    if (p->holes == 0)
        return str_eq(label, p->head);
    if (label.len <= p->head.len + p->middle.len + p->tail.len ||
        !str_starts(label, p->head) || !str_ends(label, p->tail))
        return false;
    size_t begin = p->head.len, end = label.len - p->tail.len;
    if (p->holes == 2) {
        /* The first subject takes at least one byte, and so does the second. */
        struct str between = str_slice(label, begin + 1, end);
        size_t at = str_find(between, p->middle);
        if (at + p->middle.len >= between.len)
            return false;
        end = begin + 1 + at;
    }
    *hit = trim_subject(w, p, label, begin, end);
    struct str subject = str_slice(label, hit->begin, hit->end);
    return subject.len && !(p->holes == 1 && p->head.len == 0 && is_no_subject(w, subject));
}

struct search {
    const struct words *words;
    uint32_t kinds;
    struct folded folded;
    struct hit best;
};

/* `edge`: the label's first bytes or its last, whichever the patterns are told by. */
static void try_bucket(struct search *s, const struct words *w, uint32_t bucket, uint64_t edge,
                       size_t begin, size_t end) {
    struct str label = {s->folded.text + begin, end - begin};
    struct hit hit;
    for (const struct pattern *p; bucket; bucket = p->next) {
        p = &w->patterns[bucket - 1];
        if ((edge & p->edge_mask) != p->edge || !(s->kinds >> p->which & 1) ||
            p->said <= s->best.said || (p->question && !s->folded.question) ||
            !match_pattern(w, p, label, &hit))
            continue;
        hit.begin += begin;
        hit.end += begin;
        s->best = hit;
    }
}

static bool try_label(struct search *s, size_t begin, size_t end) {
    struct str label = {s->folded.text + begin, end - begin};
    if (begin >= end)
        return false;
    const unsigned char *text = (const unsigned char *)s->folded.text;
    uint64_t front = words_start(label), back = words_end(label);
    for (const struct words *w = s->words; w; w = w->base) {
        try_bucket(s, w, w->by_head[words_head_hash(label)], front, begin, end);
        try_bucket(s, w, w->loose, front, begin, end);
        try_bucket(s, w, w->by_tail[text[end - 1]], back, begin, end);
        for (size_t i = begin + 1; i + 1 < end; i++)
            if (w->by_middle[text[i]] && (text[i - 1] == ' ' || w->unspaced[text[i]]))
                try_bucket(s, w, w->by_middle[text[i]], front, begin, end);
    }
    return s->best.pattern != NULL;
}

/* Before a number at the end: "Q1", "Question 3". */
static size_t drop_number(const struct folded *f, size_t begin, size_t end) {
    size_t i = end;
    while (i > begin && (str_is_digit(f->text[i - 1]) || f->text[i - 1] == '.'))
        i--;
    while (i > begin && (f->text[i - 1] == ' ' || f->text[i - 1] == '#'))
        i--;
    return i > begin ? i : end;
}

/* A note in brackets may belong to a subject, "Cons of Soma (350 mg)", or to nothing, "FAQs
 * (short)": the whole label is tried first. */
static bool try_shortened(struct search *s, size_t begin, size_t end) {
    if (try_label(s, begin, end))
        return true;
    size_t shorter = drop_bracket(&s->folded, begin, end);
    if (shorter != end && try_label(s, begin, shorter))
        return true;
    shorter = drop_number(&s->folded, begin, end);
    return shorter != end && try_label(s, begin, shorter);
}

enum word words_classify(const struct words *w, uint32_t kinds, struct str text,
                         struct str *subject) {
    struct search s;
    *subject = STR("");
    if (text.len > LABEL_BYTES)
        return WORD_COUNT;
    s.words = w;
    s.kinds = kinds;
    s.best = (struct hit){NULL, 0, 0, 0};
    words_fold(&s.folded, text);
    size_t end = trim_closing(&s.folded, s.folded.len);
    struct str label = {s.folded.text, end};
    size_t begin = skip_numbering(label, skip_decoration(label, 0));
    if (!try_shortened(&s, begin, end)) {
        size_t later = skip_count(label, begin);
        later = skip_article(w->base ? w->base : w, NO_LANGUAGE, label, later);
        if (later == begin || !try_shortened(&s, later, end))
            return WORD_COUNT;
    }
    if (s.best.end > s.best.begin)
        *subject = str_trim(str_slice(text, s.folded.from[s.best.begin],
                                      s.folded.from[s.best.end]));
    return s.best.pattern->which;
}

bool words_match(const struct words *w, enum word which, struct str text, struct str *subject) {
    return words_classify(w, UINT32_C(1) << which, text, subject) == which;
}

/* ---- Words in running text ------------------------------------------------------------------ */

/* Whether the folded text begins with the pattern as a whole word. */
static bool begins_with(const struct folded *f, const struct pattern *p) {
    size_t len = p->head.len;
    if (p->holes || len > f->len || memcmp(p->head.at, f->text, len) != 0)
        return false;
    size_t last = last_char(p->head, len), next = len;
    return len == f->len || words_is_spaceless(utf8_next(p->head, &last)) ||
           !words_joins(utf8_next((struct str){f->text, f->len}, &next));
}

static bool begins_with_word(const struct words *w, enum word which, uint32_t bucket,
                             struct str text) {
    struct folded f;
    size_t cut = text.len;
    if (cut > LONGEST_WORD)
        for (cut = LONGEST_WORD; ((unsigned char)text.at[cut] & 0xC0) == 0x80;)
            cut--;
    words_fold(&f, str_slice(text, 0, cut));
    for (; bucket; bucket = w->patterns[bucket - 1].next_word)
        if (w->patterns[bucket - 1].which == which &&
            begins_with(&f, &w->patterns[bucket - 1]))
            return true;
    return false;
}

static bool occur_in(const struct words *w, enum word which, struct str text) {
    bool inside = false; /* a word that began before */
    for (size_t i = 0; i < text.len;) {
        size_t at = i;
        unsigned char byte = (unsigned char)str_lower_char(text.at[i]);
        uint32_t c = byte;
        if (byte < 0x80)
            i++;
        else
            c = utf8_next(text, &i);
        uint32_t bucket = inside ? 0 : w->by_word[byte];
        if (bucket && begins_with_word(w, which, bucket, str_from(text, at)))
            return true;
        inside = words_joins(c);
    }
    return false;
}

bool words_occur(const struct words *w, enum word which, struct str text) {
    for (; w; w = w->base)
        if (occur_in(w, which, text))
            return true;
    return false;
}

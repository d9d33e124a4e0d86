/* Headings as blocks, and questions with their answers: a question becomes a heading one level
 * below the section that it stands in, whatever marked it in the paste. */
#include "paste_parts.h"
#include "utf8.h"

static const struct line *line_after(const struct paste *p, size_t at) {
    return at + 1 < p->count ? &p->lines[at + 1] : NULL;
}

static void add_heading(struct paste *p, unsigned level, struct span span, uint32_t begin,
                        uint32_t end) {
    struct inl *text = paste_inl(p, begin, end);
    struct block *b = block_new(p->arena, BLOCK_HEADING, span);
    b->level = level > 6 ? 6 : level;
    if (text)
        block_append_inl(b, text);
    block_append(p->doc->body, b);
}

static void add_question(struct paste *p, const struct line *from, uint32_t begin, uint32_t end) {
    struct span span = paste_span(p, from->begin, end);
    add_heading(p, p->section + 1, span, begin, end);
    p->after_question = true;
}

/* --- headings --- */

static bool is_major(const struct paste *p, const struct line *l) {
    return l->blanks > p->typical_blanks;
}

/* Whether a heading asks one of the questions that we are among. Below a greater gap than the
 * others had, something else begins. */
static bool is_asked_here(struct paste *p, const struct line *l) {
    if (!p->faq || l->mark == MARK_HASH || !paste_is_question(p, l))
        return false;
    if (!p->doc->body->last || p->doc->body->last->kind == BLOCK_HEADING)
        p->faq_is_airy = is_major(p, l);
    return p->faq_is_airy || !is_major(p, l);
}

size_t paste_heading(struct paste *p, size_t at) {
    const struct line *l = &p->lines[at];
    struct str text = paste_line_text(p, l), subject;
    if (!l->level)
        return 0;
    if (is_asked_here(p, l)) {
        add_question(p, l, l->text, l->end);
        return 1;
    }
    uint32_t begin = l->mark == MARK_HASH ? l->text : l->begin;
    add_heading(p, l->level, paste_span(p, l->begin, l->end), begin, l->end);
    p->section = l->level;
    if (words_match(p->words, WORD_FAQ, text, &subject))
        p->faq = l->level;
    else if (l->level <= p->faq)
        p->faq = 0;
    p->after_question = paste_is_question_mark(l->final);
    return 1;
}

/* --- labels --- */

static bool is_label_end(uint32_t c, size_t letters) {
    if (c == ':' || c == 0xFF1A)
        return true;
    return letters <= 4 && (c == '.' || c == ')' || c == 0x3001 || c == 0xFF0E);
}

/* Bytes of "Q: ", "Question 3: ", "问：" at the begin of the text; 0 when there is none. */
static uint32_t label_len(const struct paste *p, struct str text, enum word which) {
    enum { LONGEST = 24 }; /* characters */
    struct str subject;
    size_t at = 0;
    for (size_t chars = 0; at < text.len && chars < LONGEST; chars++) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (!is_label_end(c, chars))
            continue;
        struct str label = str_slice(text, 0, from);
        bool found = paste_has_letter(label) && words_match(p->words, which, label, &subject);
        return found ? (uint32_t)at : 0;
    }
    return 0;
}

static uint32_t text_label(const struct paste *p, const struct line *l, enum word which) {
    return label_len(p, paste_line_text(p, l), which);
}

bool paste_is_labelled(const struct paste *p, const struct line *l) {
    return text_label(p, l, WORD_QUESTION) || text_label(p, l, WORD_ANSWER);
}

/* --- questions --- */

/* Behind the first question mark, when more text follows it on the line; else 0. */
static uint32_t behind_question(const struct paste *p, const struct line *l, uint32_t begin) {
    enum { LONGEST = 400 }; /* bytes */
    struct str s = str_slice(p->source->text, begin, l->end);
    for (size_t at = 0; at < s.len && at < LONGEST;) {
        uint32_t c = utf8_next(s, &at);
        bool gap = at < s.len && (s.at[at] == ' ' || (unsigned char)s.at[at] >= 0x80);
        if (paste_is_question_mark(c) && gap)
            return begin + (uint32_t)at;
        if (paste_ends_sentence(c) && c != '.')
            return 0;
    }
    return 0;
}

/* Question and answer on one line. */
static size_t add_pair(struct paste *p, size_t at, uint32_t begin, uint32_t middle) {
    struct line *l = &p->lines[at];
    add_question(p, l, begin, middle);
    paste_narrow(p, l, middle, l->end);
    uint32_t label = text_label(p, l, WORD_ANSWER);
    if (label && l->text + label < l->end)
        paste_narrow(p, l, l->text + label, l->end);
    l->mark = MARK_NONE;
    return paste_text_block(p, at);
}

/* "Q: …", with the answer behind it or on the lines below. */
static size_t labelled_question(struct paste *p, size_t at, uint32_t label) {
    struct line *l = &p->lines[at];
    uint32_t begin = l->text + label, end = l->end;
    paste_trim(p, &begin, &end);
    if (begin == end) { /* "Question 1:" on a line of its own */
        const struct line *next = line_after(p, at);
        if (!next || next->mark != MARK_NONE)
            return 0;
        add_question(p, l, next->text, next->end);
        return 2;
    }
    uint32_t middle = behind_question(p, l, begin);
    if (middle && label_len(p, str_trim(paste_slice(p, middle, l->end)), WORD_ANSWER))
        return add_pair(p, at, begin, middle);
    add_question(p, l, begin, end);
    return 1;
}

static bool is_accordion(const struct line *l) {
    return l->mark == MARK_CHECK
               ? l->glyph == '+'
               : l->mark == MARK_BULLET &&
                     (l->glyph == 0x25B8 || l->glyph == 0x25B6 || l->glyph == 0x25BA);
}

/* Whether something that answers follows: text, or a list of another kind. */
static bool is_answered(const struct paste *p, size_t at) {
    const struct line *l = &p->lines[at], *next = line_after(p, at);
    if (!next || (next->level && !paste_is_question_mark(l->final)))
        return false;
    bool asks = paste_is_question(p, next);
    if (next->mark == MARK_NONE)
        return !asks && next->blanks <= p->typical_blanks;
    return l->mark != MARK_NONE && (next->mark != l->mark || next->glyph != l->glyph) && !asks;
}

static bool is_asked(const struct paste *p, size_t at) {
    const struct line *l = &p->lines[at];
    bool question = paste_is_question(p, l);
    if (!is_answered(p, at))
        return false;
    if (l->mark == MARK_NUMBER)
        return question || (p->faq && l->width <= 120 && !paste_is_wrapped(p, at) &&
                            !paste_ends_sentence(l->final));
    if (p->faq)
        return question && (!p->after_question || l->mark != MARK_NONE);
    return question && is_accordion(l);
}

size_t paste_question(struct paste *p, size_t at) {
    struct line *l = &p->lines[at];
    if (l->mark == MARK_HASH)
        return 0;
    uint32_t label = text_label(p, l, WORD_QUESTION);
    if (label)
        return labelled_question(p, at, label);
    if (l->level)
        return 0;
    if (is_asked(p, at)) {
        add_question(p, l, l->text, l->end);
        return 1;
    }
    uint32_t middle = p->faq && !p->after_question ? behind_question(p, l, l->text) : 0;
    return middle ? add_pair(p, at, l->text, middle) : 0;
}

/* "A: …" below a question. */
size_t paste_answer(struct paste *p, size_t at) {
    struct line *l = &p->lines[at];
    uint32_t label = p->after_question && !l->level ? text_label(p, l, WORD_ANSWER) : 0;
    if (!label)
        return 0;
    l->mark = MARK_NONE;
    if (l->text + label == l->end) { /* "Answer:" on a line of its own says nothing more */
        p->fates[l->number] = FATE_DROPPED;
        return 1;
    }
    paste_narrow(p, l, l->text + label, l->end);
    return paste_text_block(p, at);
}

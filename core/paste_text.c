/* Text of a paste as inlines, and paragraphs: which lines were one before they were wrapped. */
#include "paste_parts.h"
#include "utf8.h"

#include <string.h>

/* --- inlines --- */

struct span paste_span(const struct paste *p, uint32_t begin, uint32_t end) {
    return source_span(p->source, begin, end);
}

/* A no-break space that a typographer put there; others come from editors that know no better. */
static bool is_meant(uint32_t before, uint32_t space, uint32_t after) {
    if (space != 0xA0 && space != 0x202F)
        return false;
    if (after < 0x80 && after != 0 && strchr("?!:;%", (int)after))
        return true;
    return before == 0xAB || after == 0xBB ||
           (space == 0x202F && utf8_is_digit(before) && utf8_is_digit(after));
}

/* What only means that a word may be cut here, or marks nothing at all. Joiners and direction
 * marks stay: they shape the letters and the line. */
static bool is_silent(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060;
}

static bool is_white(uint32_t c) {
    return c < 0x80 ? c <= ' ' || c == 0x7F : utf8_is_space(c);
}

static bool is_clean(struct str s) {
    char last = 'x';
    for (size_t at = 0; at < s.len;) {
        char byte = s.at[at];
        uint32_t c = utf8_next(s, &at);
        if (c == ' ' ? last == ' ' : is_white(c) || is_silent(c))
            return false;
        last = byte;
    }
    return true;
}

static struct str clean(struct arena *a, struct str s) {
    if (is_clean(s))
        return s;
    char *to = arena_alloc(a, s.len + 1);
    size_t len = 0;
    uint32_t last = 0;
    for (size_t at = 0; at < s.len;) {
        size_t from = at, behind;
        uint32_t c = utf8_next(s, &at);
        behind = at;
        uint32_t after = at < s.len ? utf8_next(s, &behind) : 0;
        if (is_silent(c))
            continue;
        bool white = is_white(c) && !is_meant(last, c, after);
        if (white && last == ' ')
            continue;
        if (white) {
            to[len++] = ' ';
        } else {
            memcpy(to + len, s.at + from, at - from);
            len += at - from;
        }
        last = white ? ' ' : c;
    }
    return (struct str){to, len};
}

struct inl *paste_inl(struct paste *p, uint32_t begin, uint32_t end) {
    paste_trim(p, &begin, &end);
    if (begin == end)
        return NULL;
    struct str text = clean(p->arena, paste_slice(p, begin, end));
    return inl_text(p->arena, text, paste_span(p, begin, end));
}

struct block *paste_paragraph(struct paste *p, uint32_t begin, uint32_t end) {
    struct block *b = block_new(p->arena, BLOCK_PARAGRAPH, paste_span(p, begin, end));
    struct inl *text = paste_inl(p, begin, end);
    if (text)
        block_append_inl(b, text);
    return b;
}

/* --- words cut at the end of a line --- */

static size_t word_begin(struct str s, size_t at) {
    while (at > 0 && ((unsigned char)s.at[at - 1] & 0x80 || str_is_alpha(s.at[at - 1])))
        at--;
    return at;
}

static size_t word_end(struct str s, size_t at) {
    while (at < s.len && ((unsigned char)s.at[at] & 0x80 || str_is_alpha(s.at[at])))
        at++;
    return at;
}

/* Whether a hyphen at the end of `before` was put there by the wrapping. A word with a hyphen of
 * its own that is known from elsewhere keeps it. */
static bool is_cut(struct paste *p, struct str before, struct str after) {
    enum { LONGEST_PART = 40 }; /* bytes */
    size_t begin = word_begin(before, before.len - 1), end = word_end(after, 0);
    struct str left = str_slice(before, begin, before.len - 1), right = str_slice(after, 0, end);
    if (left.len == 0 || right.len == 0 || left.len > LONGEST_PART || right.len > LONGEST_PART)
        return false;
    struct str whole = arena_join(p->arena, left, right);
    struct str hyphened = arena_printf(p->arena, "%.*s-%.*s", STR_ARG(left), STR_ARG(right));
    return paste_knows(p, whole) || !paste_knows(p, hyphened);
}

static struct inl *last_text(struct block *b) {
    return b->last_inline && b->last_inline->kind == INLINE_TEXT ? b->last_inline : NULL;
}

static void add_break(struct paste *p, struct block *paragraph, const struct line *l,
                      struct str next) {
    struct inl *before = last_text(paragraph);
    size_t at = 0;
    uint32_t first = utf8_next(next, &at);
    bool hyphen =
        before && before->text.len > 1 && str_ends(before->text, STR("-")) && utf8_is_lower(first);
    if (hyphen && is_cut(p, before->text, next))
        before->text.len--;
    else if (!hyphen && !(paste_is_wide(first) && paste_is_wide(l[-1].final)))
        block_append_inl(paragraph,
                         inl_new(p->arena, INLINE_SOFT, paste_span(p, l[-1].end, l[-1].end)));
}

void paste_add_line(struct paste *p, struct block *paragraph, const struct line *l) {
    struct inl *text = paste_inl(p, l->text, l->end);
    if (!text)
        return;
    if (paragraph->inlines)
        add_break(p, paragraph, l, text->text);
    block_append_inl(paragraph, text);
    paragraph->span.end = l->end;
}

/* --- wrapped lines --- */

void paste_odd(struct paste *p, const struct line *l) {
    if (p->fates[l->number] == FATE_KEPT)
        p->fates[l->number] = FATE_ODD;
}

/* Columns of the first word, which did not fit on the line before if that line was wrapped. */
static uint32_t first_word_width(struct str s) {
    uint32_t width = 0;
    for (size_t at = 0; at < s.len && width < 40;) {
        uint32_t c = utf8_next(s, &at);
        if (paste_is_space(c))
            break;
        width += paste_is_wide(c) ? 2 : 1;
        if (paste_is_wide(c))
            break;
    }
    return width;
}

bool paste_is_wrapped(const struct paste *p, size_t at) {
    enum { NARROWEST = 40, NARROWEST_ENDED = 60, WIDEST_WRAPPED = 130 };
    if (at + 1 >= p->count || p->lines[at + 1].blanks > 0)
        return false;
    const struct line *l = &p->lines[at], *next = l + 1;
    uint32_t widest = l->widest;
    bool ended = paste_ends_sentence(l->final);
    bool goes_on = !ended && utf8_is_lower(next->first);
    if (widest > WIDEST_WRAPPED || widest < (ended ? NARROWEST_ENDED : NARROWEST))
        return goes_on;
    uint32_t needed = l->width + 1 + first_word_width(paste_line_text(p, next));
    uint32_t slack = ended ? widest / 10 : widest / 4;
    return goes_on || needed + slack > widest;
}

/* --- paragraphs --- */

static bool is_attribution(const struct line *l) {
    return l->first == 0x2014 || l->first == 0x2015;
}

/* "For a quick answer → the first": each such line is a statement of its own. */
bool paste_has_arrow(const struct paste *p, const struct line *l) {
    struct str text = paste_line_text(p, l);
    return str_find(text, STR("→")) < text.len || str_find(text, STR("←")) < text.len;
}

static bool goes_on(const struct paste *p, size_t at) {
    const struct line *next = &p->lines[at + 1];
    return at + 1 < p->count && next->mark == MARK_NONE && next->level == 0 &&
           paste_is_wrapped(p, at) && !is_attribution(next) && !paste_has_arrow(p, next) &&
           !paste_is_labelled(p, next);
}

/* A lone piece of text that neither ends as a sentence nor leads to anything. */
static bool is_fragment(const struct paste *p, const struct line *l) {
    enum { SHORT = 60 };
    if (!paste_has_letter(paste_line_text(p, l)))
        return true;
    if (paste_ends_sentence(l->final) || l->final == ':' || l->final == 0xFF1A)
        return false;
    bool quote = l->first == '"' || l->first == 0x201C || l->first == 0x201E || l->first == 0xAB;
    return l->width < SHORT && !quote && !p->after_question && !is_attribution(l);
}

size_t paste_text_block(struct paste *p, size_t at) {
    const struct line *l = &p->lines[at];
    struct block *b = block_new(p->arena, BLOCK_PARAGRAPH, paste_span(p, l->text, l->end));
    size_t taken = 0;
    do {
        paste_add_line(p, b, &l[taken]);
        taken++;
    } while (goes_on(p, at + taken - 1));
    if (taken == 1 && is_fragment(p, l))
        paste_odd(p, l);
    block_append(p->doc->body, b);
    return taken;
}

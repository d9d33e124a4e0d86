/* Lists of a paste: bullets and numbers with their nesting, ✔ and ✖ lines, facts, and lists
 * whose marks were lost on the way. */
#include "paste_parts.h"
#include "utf8.h"

/* --- building --- */

/* A list beside another one gets another mark: Markdown would take both for one. */
static struct block *add_list(struct paste *p, struct block *parent, const struct line *l) {
    struct block *before = parent->last && parent->last->kind == BLOCK_LIST ? parent->last : NULL;
    struct block *list = block_new(p->arena, BLOCK_LIST, paste_span(p, l->begin, l->end));
    list->ordered = l->mark == MARK_NUMBER;
    list->tight = true;
    list->start = list->ordered ? l->ordinal : 0;
    bool other =
        before && before->ordered == list->ordered && (before->mark == '-' || before->mark == '.');
    list->mark = list->ordered ? other ? ')' : '.' : other ? '*' : '-';
    block_append(parent, list);
    return list;
}

static struct block *add_item(struct paste *p, struct block *list, const struct line *l) {
    struct block *item = block_new(p->arena, BLOCK_ITEM, paste_span(p, l->begin, l->end));
    struct block *text = block_new(p->arena, BLOCK_PARAGRAPH, paste_span(p, l->text, l->end));
    paste_add_line(p, text, l);
    block_append(item, text);
    block_append(list, item);
    list->span.end = l->end;
    return item;
}

/* Adds lines without a mark that go on with the item's text; returns how many. */
static size_t add_wrapped(struct paste *p, struct block *item, size_t at) {
    size_t taken = 0;
    for (size_t i = at; i + 1 < p->count; i++, taken++) {
        const struct line *next = &p->lines[i + 1];
        if (next->mark != MARK_NONE || next->level || next->blanks > 0)
            break;
        bool deeper = next->indent > p->lines[at].indent;
        if (!deeper && !paste_is_wrapped(p, i))
            break;
        paste_add_line(p, item->first, next);
        item->span.end = next->end;
    }
    return taken;
}

/* --- nested lists --- */

enum { DEEPEST = 8 };

struct nest {
    struct block *parent;
    unsigned depth;
    struct {
        struct block *list;
        uint32_t indent, glyph;
    } at[DEEPEST];
};

static bool is_same_indent(uint32_t a, uint32_t b) {
    return a + 1 >= b && b + 1 >= a;
}

/* Leaves lists until `l` belongs to the innermost one or below its last item. */
static void leave_lists(struct nest *n, const struct line *l) {
    for (unsigned i = n->depth; i-- > 0;) {
        if (n->at[i].glyph == l->glyph && is_same_indent(n->at[i].indent, l->indent)) {
            n->depth = i + 1;
            return;
        }
    }
    while (n->depth > 0 && n->at[n->depth - 1].indent > l->indent + 1)
        n->depth--;
}

static struct block *list_for(struct paste *p, struct nest *n, const struct line *l) {
    leave_lists(n, l);
    bool inner = n->depth > 0;
    bool same = inner && n->at[n->depth - 1].glyph == l->glyph &&
                is_same_indent(n->at[n->depth - 1].indent, l->indent);
    if (same || n->depth == DEEPEST)
        return n->at[n->depth - 1].list;
    struct block *parent = inner ? n->at[n->depth - 1].list->last : n->parent;
    n->at[n->depth].list = add_list(p, parent, l);
    n->at[n->depth].indent = l->indent;
    n->at[n->depth].glyph = l->glyph;
    return n->at[n->depth++].list;
}

static bool is_item(const struct line *l) {
    return (l->mark == MARK_BULLET || l->mark == MARK_NUMBER) && l->level == 0;
}

/* "1. …" after items of its own kind, or after a gap, begins anew. */
static bool starts_again(const struct paste *p, const struct line *l) {
    return l->blanks > p->typical_blanks + 1;
}

size_t paste_list(struct paste *p, size_t at) {
    struct nest nest = {.parent = p->doc->body};
    size_t i = at;
    while (i < p->count && is_item(&p->lines[i])) {
        const struct line *l = &p->lines[i];
        if (i > at && starts_again(p, l))
            break;
        struct block *item = add_item(p, list_for(p, &nest, l), l);
        i += 1 + add_wrapped(p, item, i);
        for (unsigned k = 0; k < nest.depth; k++)
            nest.at[k].list->span.end = nest.at[k].list->last->span.end = p->lines[i - 1].end;
    }
    return i - at;
}

/* --- check and cross marks --- */

/* "-" counts as a cross beside "+". */
static enum mark side_of(const struct line *l, bool signs) {
    if (l->mark == MARK_CHECK || l->mark == MARK_CROSS)
        return l->mark;
    bool minus = l->mark == MARK_BULLET && (l->glyph == '-' || l->glyph == 0x2013);
    return signs && minus ? MARK_CROSS : MARK_NONE;
}

/* The mark stays the first thing in the item, as one sign and one space. */
static void add_mark(struct paste *p, struct block *item, const struct line *l) {
    struct buf sign = BUF_INIT;
    buf_code_point(&sign, l->mark == MARK_BULLET ? 0x2212 : l->glyph);
    buf_char(&sign, ' ');
    struct inl *text =
        inl_text(p->arena, arena_str(p->arena, buf_str(&sign)), paste_span(p, l->begin, l->text));
    buf_free(&sign);
    text->next = item->first->inlines;
    item->first->inlines = text;
    if (!item->first->last_inline)
        item->first->last_inline = text;
    item->first->span = paste_span(p, l->begin, item->first->span.end);
}

size_t paste_marks(struct paste *p, size_t at) {
    bool signs = p->lines[at].glyph == '+';
    enum mark side = MARK_NONE;
    struct block *list = NULL;
    size_t i = at;
    if (!side_of(&p->lines[at], false))
        return 0;
    while (i < p->count && p->lines[i].level == 0 && side_of(&p->lines[i], signs)) {
        struct line *l = &p->lines[i];
        if (i > at && starts_again(p, l))
            break;
        if (side_of(l, signs) != side)
            list = add_list(p, p->doc->body, l);
        side = side_of(l, signs);
        struct block *item = add_item(p, list, l);
        add_mark(p, item, l);
        i += 1 + add_wrapped(p, item, i);
        list->span.end = item->span.end;
    }
    return i - at;
}

/* --- facts --- */

static uint32_t colon_of(const struct paste *p, const struct line *l, size_t *behind) {
    struct str s = paste_line_text(p, l);
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        bool plain = c == ':' && at < s.len &&
                     ((unsigned char)s.at[at] >= 0x80 || s.at[at] == ' ' || s.at[at] == '\t');
        if (plain || (c == 0xFF1A && at < s.len)) {
            *behind = at;
            return (uint32_t)from;
        }
        if (paste_ends_sentence(c) && at < s.len && s.at[at] == ' ')
            return 0;
    }
    return 0;
}

bool paste_is_fact(const struct paste *p, const struct line *l) {
    enum { LONGEST_NAME = 48, MOST_WORDS = 6, LONGEST_FACT = 200, LONGEST_SENTENCE = 100 };
    size_t behind = 0;
    if (l->mark != MARK_NONE || l->width > LONGEST_FACT || l->has_tab)
        return false;
    struct str s = paste_line_text(p, l), subject;
    uint32_t colon = colon_of(p, l, &behind);
    struct str name = str_trim(str_slice(s, 0, colon));
    if (name.len == 0 || utf8_count(name) > LONGEST_NAME || utf8_words(name) > MOST_WORDS * 2 ||
        utf8_is_lower(l->first))
        return false;
    size_t spaces = 0;
    for (size_t i = 0; i < name.len; i++)
        spaces += name.at[i] == ' ';
    return spaces < MOST_WORDS && str_trim(str_from(s, behind)).len > 0 &&
           !(paste_ends_sentence(l->final) && l->width > LONGEST_SENTENCE) &&
           !words_match(p->words, WORD_QUESTION, name, &subject) &&
           !words_match(p->words, WORD_ANSWER, name, &subject);
}

/* A run of "Name: value" lines: two without a gap, or three with gaps. */
size_t paste_facts(struct paste *p, size_t at) {
    size_t end = at;
    bool gaps = false;
    while (end < p->count && p->lines[end].level == 0 && paste_is_fact(p, &p->lines[end])) {
        if (end > at && p->lines[end].blanks > p->typical_blanks)
            break;
        gaps |= end > at && p->lines[end].blanks > 0;
        end++;
    }
    if (end - at < (gaps ? 3 : 2))
        return 0;
    struct block *list = add_list(p, p->doc->body, &p->lines[at]);
    for (size_t i = at; i < end; i++)
        add_item(p, list, &p->lines[i]);
    return end - at;
}

/* --- lists without marks --- */

static bool is_plain_item(const struct line *l) {
    enum { LONGEST_ITEM = 90 };
    return l->mark == MARK_NONE && l->level == 0 && l->width <= LONGEST_ITEM && !l->has_tab;
}

static size_t plain_items(const struct paste *p, size_t at, bool sentences) {
    enum { WRAPPED = 60 }; /* columns; a longer line without an end may go on in the next */
    size_t i = at;
    while (i < p->count && is_plain_item(&p->lines[i])) {
        const struct line *l = &p->lines[i];
        bool ends = paste_ends_sentence(l->final);
        if ((ends && !sentences) || (i > at && (l->blanks > 0 || utf8_is_lower(l->first))))
            break;
        if (!ends && l->width > WRAPPED)
            return 0;
        i++;
    }
    bool apart = i == p->count || p->lines[i].blanks > 0 || p->lines[i].level;
    return apart ? i - at : 0;
}

/* Browsers drop the bullets of some lists. Short lines without a gap are one when a colon leads
 * to them, when they are set in, or when three follow a heading. */
size_t paste_plain_list(struct paste *p, size_t at) {
    const struct line *l = &p->lines[at], *before = at ? l - 1 : NULL;
    if (!before || !is_plain_item(l))
        return 0;
    bool led = before->mark == MARK_NONE && (before->final == ':' || before->final == 0xFF1A);
    bool set_in = l->indent >= before->indent + 2 && before->mark == MARK_NONE;
    if (!led && !set_in && !before->level)
        return 0;
    size_t items = plain_items(p, at, led);
    if (items < (led || set_in ? 2 : 3))
        return 0;
    struct block *list = add_list(p, p->doc->body, l);
    for (size_t i = at; i < at + items; i++)
        add_item(p, list, &p->lines[i]);
    return items;
}

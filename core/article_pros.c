/* Pros and cons: lists under such a heading or label, and lines that begin with ✔ or ✖. */
#include "article_parts.h"
#include "utf8.h"

#define KIND(word) (UINT32_C(1) << (word))

/* What the run of blocks being read belongs to. */
struct reader {
    struct making *m;
    struct str subject;
    int sign;               /* of what a heading or label announced; 0: only marks count */
    struct value *entry[2]; /* cons, pros; NULL until the first item */
};

struct value *pros_entry(struct making *m, bool pro, struct str subject, struct span span) {
    const struct section *s = section_at(m, span);
    struct value *entry = record_new(m, MODEL_POINTS, span);
    entry->items[POINTS_SUBJECT] = string_new(m, subject, span);
    entry->items[POINTS_ITEMS] = value_list(m->arena, span);
    if (s->heading)
        entry->items[POINTS_ANCHOR] = string_new(m, s->id, span);
    list_add(m, pro ? &m->pros : &m->cons, entry);
    return entry;
}

static void add(struct reader *r, int sign, struct value *item) {
    struct value **entry = &r->entry[sign > 0];
    if (!*entry)
        *entry = pros_entry(r->m, sign > 0, r->subject, item->span);
    value_push(r->m->arena, (*entry)->items[POINTS_ITEMS], item);
}

/* ---- Items of a list ---- */

/* The HTML without the mark, which stands behind the tags that it opens with. */
static struct str html_without_mark(struct making *m, struct str html) {
    size_t at = 0, len;
    bool weak;
    while (at < html.len && html.at[at] == '<') {
        size_t close = str_find_char(str_from(html, at), '>');
        if (close == html.len - at)
            return html;
        at = text_skip_space(html, at + close + 1);
    }
    if (text_mark(str_from(html, at), &weak, &len) == 0)
        return html;
    return at ? arena_join(m->arena, str_slice(html, 0, at), str_from(html, at + len))
              : str_from(html, len);
}

static struct value *item_without_mark(struct making *m, const struct value *item) {
    struct str text = record_string(item, ITEM_TEXT);
    struct str html = record_string(item, ITEM_HTML);
    bool weak;
    size_t len;
    if (text_mark(text, &weak, &len) == 0)
        return text_html_new(m, text, html, item->span);
    return text_html_new(m, str_from(text, len), html_without_mark(m, html), item->span);
}

/* "+" and "−" say something only when every item has one. */
static bool all_marked(const struct value *items) {
    bool weak;
    size_t len;
    for (uint32_t i = 0; i < items->count; i++)
        if (text_mark(record_string(items->items[i], ITEM_TEXT), &weak, &len) == 0)
            return false;
    return true;
}

static void read_items(struct reader *r, const struct value *items) {
    bool weak;
    size_t len;
    int all = -1; /* not asked yet */
    for (uint32_t i = 0; i < items->count; i++) {
        struct value *item = items->items[i];
        int sign = r->sign ? r->sign : text_mark(record_string(item, ITEM_TEXT), &weak, &len);
        if (!r->sign && sign && weak) {
            all = all < 0 ? all_marked(items) : all;
            sign = all ? sign : 0;
        }
        if (sign && record_string(item, ITEM_TEXT).len)
            add(r, sign, item_without_mark(r->m, item));
    }
}

/* ---- Lines of a paragraph ---- */

static struct value *line_item(struct making *m, const struct block *b, size_t begin, size_t end) {
    struct inl *part = inlines_cut(m, b->inlines, begin, end);
    struct rendering line = render_part(m, part, NULL, NULL);
    if (str_starts(line.html, STR("<p>")) && str_ends(line.html, STR("</p>")))
        line.html = str_slice(line.html, 3, line.html.len - 4);
    return text_html_new(m, line.text, line.html, part ? part->span : b->span);
}

/* Whether each line has a mark, and one of them a strong one (or "+"; dashes alone are speech). */
static bool lines_are_marked(struct str flat) {
    struct str rest = flat, line;
    bool sure = false, weak;
    size_t len;
    while (str_cut(&rest, '\n', &line)) {
        int sign = text_mark(line, &weak, &len);
        if (sign == 0)
            return false;
        sure |= sign > 0 || !weak;
    }
    return sure;
}

static void read_lines(struct reader *r, const struct block *b, struct str flat) {
    bool weak;
    size_t mark;
    for (size_t at = 0; at < flat.len;) {
        size_t end = at + str_find_char(str_from(flat, at), '\n');
        int sign = text_mark(str_slice(flat, at, end), &weak, &mark);
        if (sign && at + mark < end)
            add(r, r->sign ? r->sign : sign, line_item(r->m, b, at + mark, end));
        at = end + 1;
    }
}

/* The first character of a paragraph rules out nearly all of them. */
static bool may_be_marked(const struct block *b) {
    const struct inl *i = b->inlines;
    while (i && i->first && i->kind != INLINE_TEXT)
        i = i->first;
    bool weak;
    size_t len;
    return i && i->kind == INLINE_TEXT && text_mark(i->text, &weak, &len) != 0;
}

/* ---- Labels ---- */

/* "**Advantages:**" above a list announces it as a heading would. */
static bool read_label(struct reader *r, const struct block *b) {
    enum { LONGEST_LABEL = 120 }; /* bytes */
    struct str subject, text = str_slice(r->m->text, b->text.begin, b->text.end);
    if (text.len > LONGEST_LABEL || !b->next || b->next->kind != BLOCK_LIST)
        return false;
    enum word kind = classify_label(r->m, KIND(WORD_PROS) | KIND(WORD_CONS), text, &subject);
    if (kind == WORD_COUNT)
        return false;
    int sign = kind == WORD_PROS ? 1 : -1;
    r->sign = sign;
    if (subject.len)
        r->subject = subject;
    r->entry[sign > 0] = NULL;
    return true;
}

/* ---- Sections ---- */

/* Nothing came of the announced list: a paragraph or two speak for themselves. */
static bool speaks_in_paragraphs(const struct section *s) {
    for (const struct block *b = s->first; b != s->end; b = b->next)
        if (b->kind == BLOCK_LIST || b->kind == BLOCK_TABLE || may_be_marked(b))
            return false;
    return s->first != s->end;
}

static void read_paragraphs(struct reader *r, const struct section *s) {
    uint32_t i = 0;
    for (const struct block *b = s->first; b != s->end; b = b->next, i++) {
        if (b->kind != BLOCK_PARAGRAPH || !b->inlines)
            continue;
        const struct value *block = s->blocks->items[i];
        struct str html = record_string(block, PARAGRAPH_HTML);
        if (str_starts(html, STR("<p>")) && str_ends(html, STR("</p>")))
            html = str_slice(html, 3, html.len - 4);
        add(r, r->sign, text_html_new(r->m, record_string(block, PARAGRAPH_TEXT), html, b->span));
    }
}

static void read_block(struct reader *r, const struct block *b, const struct value *v,
                       int announced) {
    if (b->kind == BLOCK_LIST) {
        read_items(r, v->items[LIST_ITEMS]);
        r->sign = announced; /* a label speaks for one list */
    } else if (b->kind == BLOCK_PARAGRAPH && !read_label(r, b) && may_be_marked(b)) {
        struct str flat = inlines_flat(r->m, b->inlines);
        if (announced || lines_are_marked(flat))
            read_lines(r, b, flat);
    }
}

static void read_section(struct making *m, const struct section *s) {
    int sign = s->kind == WORD_PROS ? 1 : s->kind == WORD_CONS ? -1 : 0;
    struct reader r = {.m = m, .sign = sign};
    r.subject = s->subject.len && (sign || s->kind == WORD_PROS_AND_CONS) ? s->subject
                                                                         : section_subject(m, s);
    if (sign && speaks_in_paragraphs(s)) {
        read_paragraphs(&r, s);
        return;
    }
    uint32_t i = 0;
    for (const struct block *b = s->first; b != s->end; b = b->next, i++)
        read_block(&r, b, s->blocks->items[i], sign);
}

void article_pros_and_cons(struct making *m) {
    for (const struct section *s = m->sections; s < m->sections_end; s++)
        if (!s->in_faq)
            read_section(m, s);
}

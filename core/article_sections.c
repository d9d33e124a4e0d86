/* Sections: what each heading opens and says. */
#include "article_parts.h"

#define KIND(word) (UINT32_C(1) << (word))

static const uint32_t HEADING_KINDS =
    KIND(WORD_FAQ) | KIND(WORD_PROS) | KIND(WORD_CONS) | KIND(WORD_PROS_AND_CONS) |
    KIND(WORD_COMPARISON) | KIND(WORD_RECOMMENDATION) | KIND(WORD_EVIDENCE) |
    KIND(WORD_CONCLUSION) | KIND(WORD_DISCLAIMER) | KIND(WORD_DEFINITION) | KIND(WORD_FACTS);

/* What a heading may say beside a name: "Yoga: pros", "FAQ – what readers ask". Comparisons and
 * definitions have their own forms with colons and dashes. */
static const uint32_t HALF_KINDS =
    KIND(WORD_FAQ) | KIND(WORD_PROS) | KIND(WORD_CONS) | KIND(WORD_PROS_AND_CONS) |
    KIND(WORD_CONCLUSION) | KIND(WORD_DISCLAIMER) | KIND(WORD_FACTS) | KIND(WORD_RECOMMENDATION) |
    KIND(WORD_EVIDENCE) | KIND(WORD_COMPARISON);

/* ---- What a label says ---- */

/* Bytes of the ": ", " – ", " - ", " | " or full-width colon at `at`; 0: none. */
static size_t parting_at(struct str s, size_t at) {
    static const struct str partings[] = {STR_INIT(": "),  STR_INIT("："),  STR_INIT(" – "),
                                          STR_INIT(" — "), STR_INIT(" - "), STR_INIT(" | ")};
    for (size_t i = 0; i < sizeof partings / sizeof *partings; i++)
        if (str_starts(str_from(s, at), partings[i]))
            return partings[i].len;
    return 0;
}

/* Cuts a label at the first of them; false: there is none. It looks for signs: spaces are
 * everywhere. */
static bool halve(struct str s, struct str *front, struct str *back) {
    static const bool signs[256] = {[':'] = true,  [0xEF] = true, [0xE2] = true,
                                    ['-'] = true, ['|'] = true};
    for (size_t at = 0; (at = str_find_any(s, at, signs)) < s.len; at++) {
        bool colon = s.at[at] == ':' || (unsigned char)s.at[at] == 0xEF;
        size_t begin = colon || at == 0 ? at : at - 1;
        size_t len = parting_at(s, begin);
        if (len == 0)
            continue;
        *front = str_slice(s, 0, begin);
        *back = str_from(s, begin + len);
        return true;
    }
    return false;
}

enum word classify_label(const struct making *m, uint32_t kinds, struct str label,
                         struct str *subject) {
    enum word kind = words_classify(m->words, kinds, label, subject);
    struct str front, back;
    if (kind != WORD_COUNT || !halve(label, &front, &back))
        return kind;
    kind = words_classify(m->words, kinds & HALF_KINDS, front, subject);
    if (kind != WORD_COUNT)
        return kind;
    kind = words_classify(m->words, kinds & HALF_KINDS, back, subject);
    if (kind != WORD_COUNT && subject->len == 0)
        *subject = str_trim(front);
    return kind;
}

/* ---- Finding them ---- */

static struct block *next_heading(struct block *b) {
    while (b && b->kind != BLOCK_HEADING)
        b = b->next;
    return b;
}

static size_t count_headings(const struct block *b) {
    size_t count = 0;
    for (; b; b = b->next)
        count += b->kind == BLOCK_HEADING;
    return count;
}

/* A skipped level hangs under the nearest higher one. */
static struct section *parent_for(struct section *above, unsigned level) {
    while (above && above->heading && above->heading->level >= level)
        above = above->parent;
    return above && above->heading ? above : NULL;
}

static void open_section(struct making *m, struct section *s, struct block *heading) {
    s->heading = heading;
    s->first = heading->next;
    s->end = next_heading(heading->next);
    s->parent = parent_for(s > m->sections ? s - 1 : NULL, heading->level);
    s->title = block_line(m, heading);
    s->kind = classify_label(m, HEADING_KINDS, s->title, &s->subject);
    s->in_faq = s->kind == WORD_FAQ || (s->parent && s->parent->in_faq);
    /* "3. Is it safe?" keeps its id when a question is put before it. */
    s->id = names_unique_id(m, str_from(s->title, text_numbering(s->title)), "s");
}

/* From the back, so that each passes on where it ends: 10,000 headings are one walk. */
static void find_ends(struct making *m) {
    for (struct section *s = m->sections_end - 1; s > m->sections; s--) {
        if (!s->after)
            s->after = s + 1;
        if (s->parent && !s->parent->after)
            s->parent->after = s->after;
    }
    m->sections[0].after = m->sections + 1;
}

void article_sections(struct making *m) {
    struct block *first = m->doc->body->first;
    size_t count = count_headings(first) + 1;
    struct section *s = ARENA_ARRAY(m->arena, struct section, count);
    m->sections = s;
    m->sections_end = s + count;
    *s = (struct section){.first = first, .end = next_heading(first), .kind = WORD_COUNT};
    for (struct block *h = s->end; h; h = next_heading(h->next))
        open_section(m, ++s, h);
    find_ends(m);
    for (s = m->sections; s < m->sections_end; s++)
        s->blocks = blocks_new(m, s->first, s->end);
}

/* ---- Values ---- */

/* A heading's inside: "<h2>…</h2>" without its tags. */
static struct str title_html(struct making *m, const struct section *s) {
    struct str html = str_trim(blocks_html(m, s->heading, s->heading->next));
    size_t close = str_rfind_char(html, '<');
    return str_slice(html, str_find_char(html, '>') + 1, close);
}

static struct value *section_new(struct making *m, struct section *s) {
    struct span span = s->heading->span;
    struct value *v = record_new(m, MODEL_SECTION, span);
    v->items[SECTION_ID] = string_new(m, s->id, span);
    v->items[SECTION_LEVEL] = value_integer(m->arena, s->heading->level);
    v->items[SECTION_TITLE] = string_new(m, s->title, span);
    v->items[SECTION_TITLE_HTML] = string_new(m, title_html(m, s), span);
    v->items[SECTION_HTML] = string_new(m, blocks_html(m, s->first, s->end), span);
    v->items[SECTION_TEXT] = string_new(m, blocks_text(m, s->first, s->end), span);
    v->items[SECTION_BLOCKS] = s->blocks;
    v->items[SECTION_SECTIONS] = m->empty_list;
    return v;
}

struct value *sections_new(struct making *m) {
    struct value *top = m->empty_list;
    for (struct section *s = m->sections + 1; s < m->sections_end; s++) {
        s->record = section_new(m, s);
        list_add(m, s->parent ? &s->parent->record->items[SECTION_SECTIONS] : &top, s->record);
    }
    return top;
}

struct value *lede_new(struct making *m) {
    const struct section *s = m->sections;
    if (s->first == s->end)
        return m->nil;
    struct value *v = record_new(m, MODEL_LEDE, s->first->span);
    v->items[LEDE_TEXT] = string_new(m, blocks_text(m, s->first, s->end), s->first->span);
    v->items[LEDE_HTML] = string_new(m, blocks_html(m, s->first, s->end), s->first->span);
    v->items[LEDE_BLOCKS] = s->blocks;
    return v;
}

/* ---- What they are about ---- */

struct str section_subject(const struct making *m, const struct section *s) {
    for (; s && s->heading; s = s->parent) {
        if (s->kind == WORD_COUNT && s->title.len)
            return s->title;
        if (s->kind != WORD_COMPARISON && s->kind != WORD_FAQ && s->subject.len)
            return s->subject;
    }
    return m->title;
}

const struct block *section_content_end(const struct making *m, const struct section *s) {
    if (s->first != s->end || s->after == m->sections_end)
        return s->first != s->end ? s->end : NULL;
    return s->after->heading;
}

const struct section *section_at(const struct making *m, struct span span) {
    const struct section *low = m->sections, *high = m->sections_end;
    while (low + 1 < high) {
        const struct section *middle = low + (high - low) / 2;
        if (middle->heading->span.begin <= span.begin)
            low = middle;
        else
            high = middle;
    }
    return low;
}

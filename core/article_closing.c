/* Conclusion and disclaimer. */
#include "article_parts.h"

/* Behind "Disclaimer:" or a bold "Disclaimer" at the front; 0 when there is none. */
static size_t disclaimer_label(struct making *m, const struct block *b, struct str text) {
    struct str subject;
    size_t label = text_label(m, WORD_DISCLAIMER, text);
    if (label && label < text.len)
        return label;
    const struct inl *i = b->inlines;
    if (!i || (i->kind != INLINE_STRONG && i->kind != INLINE_EMPH))
        return 0;
    struct str bold = inlines_flat(m, i->first);
    if (bold.len < text.len && words_match(m->words, WORD_DISCLAIMER, bold, &subject))
        return text_skip_space(text, bold.len);
    return 0;
}

/* A paragraph, perhaps in a quote, that says so itself. */
static const struct block *disclaimer_in(struct making *m, const struct block *b, size_t *label) {
    if (b->kind == BLOCK_QUOTE && b->first)
        b = b->first;
    if (b->kind != BLOCK_PARAGRAPH || !b->inlines)
        return NULL;
    *label = disclaimer_label(m, b, block_line(m, b));
    return *label ? b : NULL;
}

static bool read_disclaimer(struct making *m, const struct block *b) {
    size_t label;
    const struct block *says = disclaimer_in(m, b, &label);
    if (says)
        m->disclaimer = string_new(m, str_from(block_line(m, says), label), says->inlines->span);
    return says != NULL;
}

/* The last one: key points may stand at the top as well. A disclaimer ends it. */
static void find_conclusion(struct making *m) {
    const struct section *found = NULL;
    size_t label;
    for (const struct section *s = m->sections + 1; s < m->sections_end; s++)
        if (s->kind == WORD_CONCLUSION && !s->in_faq && s->first != section_content_end(m, s))
            found = s;
    if (!found)
        return;
    const struct block *last = section_content_end(m, found), *end = found->first;
    while (end != last && (end == found->first || !disclaimer_in(m, end, &label)))
        end = end->next;
    m->conclusion = text_html_new(m, blocks_text(m, found->first, end),
                                  blocks_html(m, found->first, end), found->first->span);
}

static void find_disclaimer(struct making *m) {
    for (const struct section *s = m->sections + 1; s < m->sections_end; s++)
        if (s->kind == WORD_DISCLAIMER && s->first != section_content_end(m, s)) {
            struct str text = blocks_text(m, s->first, section_content_end(m, s));
            m->disclaimer = string_new(m, text, s->first->span);
            return;
        }
    for (const struct section *s = m->sections; s < m->sections_end; s++)
        for (const struct block *b = s->first; b != s->end; b = b->next)
            if (read_disclaimer(m, b))
                return;
}

void article_closing(struct making *m) {
    find_conclusion(m);
    find_disclaimer(m);
}

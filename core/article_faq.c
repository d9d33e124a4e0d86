/* Questions and answers: front matter, sub-headings of a FAQ section, list items, "Q:" lines,
 * bold questions, <details>. Question headings elsewhere count when there is nothing of these. */
#include "article_parts.h"
#include "utf8.h"

/* `id`: of the section that the question heads, else empty. */
static void add_pair(struct making *m, struct str id, struct str question,
                     struct rendering answer, struct span span) {
    const struct section *s = section_at(m, span);
    struct value *pair = record_new(m, MODEL_PAIR, span);
    struct span at = answer.span.line ? answer.span : span;
    struct value *a = record_new(m, MODEL_ANSWER, at);
    if (s->heading) {
        const struct section *titled = id.len && s->parent ? s->parent : s;
        pair->items[PAIR_SECTION] = string_new(m, titled->title, span);
        pair->items[PAIR_ANCHOR] = string_new(m, s->id, span);
    }
    if (id.len == 0)
        id = names_unique_id(m, question, "q");
    a->items[ANSWER_TEXT] = string_new(m, answer.text, at);
    a->items[ANSWER_HTML] = string_new(m, answer.html, at);
    a->items[ANSWER_MARKDOWN] = string_new(m, answer.markdown, at);
    pair->items[PAIR_ID] = string_new(m, id, span);
    pair->items[PAIR_QUESTION] = string_new(m, question, span);
    pair->items[PAIR_ANSWER] = a;
    list_add(m, &m->faq, pair);
}

/* Without "3. " and "Q:" in front, on one line. */
static struct str clean_question(struct making *m, struct str s) {
    s = str_trim(str_from(s, text_numbering(s)));
    s = str_trim(str_from(s, text_label(m, WORD_QUESTION, s)));
    if (str_find_char(s, '\n') == s.len)
        return s;
    char *line = arena_alloc(m->arena, s.len);
    for (size_t i = 0; i < s.len; i++)
        line[i] = s.at[i] == '\n' ? ' ' : s.at[i];
    return (struct str){line, s.len};
}

static struct rendering blocks_rendering(struct making *m, const struct block *first,
                                         const struct block *end) {
    struct span none = {0};
    return (struct rendering){blocks_text(m, first, end), blocks_html(m, first, end),
                              blocks_markdown(m, first, end),
                              first && first != end ? first->span : none};
}

/* ---- Front matter ---- */

static struct rendering markdown_rendering(struct making *m, struct str text) {
    struct diags quiet = {.arena = m->arena};
    struct source source;
    struct document doc = {0};
    /* Behind an empty line nothing is taken for front matter. */
    if (!source_open(&source, m->arena, STR(""), STR(""), arena_join(m->arena, STR("\n"), text),
                     &quiet) ||
        !markdown_read(&doc, m->arena, &source, m->how, &quiet))
        return (struct rendering){.text = text, .markdown = text};
    struct rendering r = render_part(m, NULL, doc.body->first, NULL);
    r.span = (struct span){0}; /* of another text */
    return r;
}

static void add_front_pair(struct making *m, const struct value *pair) {
    const struct value *question = value_get(pair, STR("question"));
    const struct value *answer = value_get(pair, STR("answer"));
    if (!question || question->type != VALUE_STRING || str_trim(question->string).len == 0 ||
        (answer && answer->type != VALUE_STRING && answer->type != VALUE_NIL)) {
        struct diag *w = diag_warning(m->diags, place_at(m, pair->span), "bad-faq",
                                      "this is no question with its answer");
        diag_help(m->diags, w, "write \"- question: …\" and \"answer: …\" on the next line");
        return;
    }
    struct str text = answer && answer->type == VALUE_STRING ? answer->string : STR("");
    struct rendering r = {0};
    if (text.len)
        r = markdown_rendering(m, text);
    r.span = answer ? answer->span : r.span;
    add_pair(m, STR(""), str_trim(question->string), r, question->span);
}

static void read_front_faq(struct making *m) {
    const struct value *faq = value_get(m->doc->front, STR("faq"));
    if (!faq || faq->type == VALUE_NIL)
        return;
    if (faq->type != VALUE_LIST) {
        diag_warning(m->diags, place_at(m, faq->span), "wrong-type",
                     "\"faq\" must be a list, this is a %s", value_type_name(faq->type));
        return;
    }
    for (uint32_t i = 0; i < faq->count; i++)
        add_front_pair(m, faq->items[i]);
}

/* ---- A paragraph cut into question and answer ---- */

/* Offsets in the flat text of a paragraph. */
struct halves {
    size_t question, question_end;
    size_t answer; /* the text's length: nothing of it is the answer */
};

/* The length of bold text that a paragraph begins with, 0 without. */
static size_t bold_length(struct making *m, const struct block *b) {
    const struct inl *i = b->inlines;
    return i && i->kind == INLINE_STRONG ? inlines_flat(m, i->first).len : 0;
}

/* Behind a dash or colon that parts a bold question from its answer. */
static size_t skip_parting(struct str flat, size_t at) {
    at = text_skip_space(flat, at);
    size_t next = at;
    while (next < flat.len) {
        uint32_t c = utf8_next(flat, &next);
        if (c != ':' && c != '-' && c != 0x2013 && c != 0x2014 && c != 0xFF1A)
            break;
        at = text_skip_space(flat, next);
    }
    return at;
}

/* Where the question ends, by what shows it best: bold type, a mark at the end of the first line,
 * a mark inside, the end of the first line. */
static struct halves halve(struct making *m, struct str flat, size_t bold, size_t label) {
    struct halves h = {label, flat.len, flat.len};
    size_t line = str_find_char(flat, '\n');
    size_t mark = label + text_question_end(str_from(flat, label));
    if (bold > label && text_skip_space(flat, bold) < flat.len)
        h.question_end = bold;
    else if (line < flat.len && text_is_question(str_slice(flat, label, line)))
        h.question_end = line;
    else if (mark > label)
        h.question_end = mark;
    else if (line < flat.len)
        h.question_end = line;
    h.answer = skip_parting(flat, h.question_end);
    h.answer += text_label(m, WORD_ANSWER, str_from(flat, h.answer));
    return h;
}

static void add_halves(struct making *m, const struct block *paragraph, struct str flat,
                       struct halves h, const struct block *rest, const struct block *end) {
    struct str question = clean_question(m, str_slice(flat, h.question, h.question_end));
    struct rendering answer = {0};
    struct inl *part = NULL;
    if (question.len == 0)
        return;
    if (h.answer < flat.len)
        part = inlines_cut(m, paragraph->inlines, h.answer, flat.len);
    if (part || (rest && rest != end))
        answer = part ? render_part(m, part, rest, end) : blocks_rendering(m, rest, end);
    add_pair(m, STR(""), question, answer, paragraph->inlines->span);
}

/* ---- Items ---- */

/* Whether the item is a question, with or without an answer in it. */
static bool item_halves(struct making *m, const struct block *item, struct str *flat,
                        struct halves *h) {
    const struct block *p = item->first;
    if (!p || (p->kind != BLOCK_PARAGRAPH && p->kind != BLOCK_HEADING) || !p->inlines)
        return false;
    *flat = inlines_flat(m, p->inlines);
    *h = halve(m, *flat, bold_length(m, p), text_label(m, WORD_QUESTION, *flat));
    return text_is_question(str_slice(*flat, h->question, h->question_end)) ||
           h->answer < flat->len || p->next;
}

/* An answer that stands in the item has the list's indent and perhaps no paragraph of its own. */
static void add_item(struct making *m, const struct block *item, struct str flat,
                     struct halves h) {
    const struct block *p = item->first;
    struct str question = clean_question(m, str_slice(flat, h.question, h.question_end));
    struct inl *part = h.answer < flat.len ? inlines_cut(m, p->inlines, h.answer, flat.len) : NULL;
    struct rendering answer = {0};
    size_t label = 0;
    const struct block *rest = p->next;
    if (!part && rest && rest->kind == BLOCK_PARAGRAPH)
        label = text_label(m, WORD_ANSWER, inlines_flat(m, rest->inlines));
    if (label) {
        part = inlines_cut(m, rest->inlines, label, SIZE_MAX);
        rest = rest->next;
    }
    if (part || rest)
        answer = render_part(m, part, rest, NULL);
    if (question.len)
        add_pair(m, STR(""), question, answer, p->inlines->span);
}

/* ---- A run of blocks in a FAQ section ---- */

/* A question whose answer is what follows it, up to the next question. */
struct open_question {
    const struct block *paragraph; /* NULL: none */
    struct str flat;
    struct halves halves;
    const struct block *rest; /* the first block behind it */
};

static void close_question(struct making *m, struct open_question *q, const struct block *end) {
    if (q->paragraph)
        add_halves(m, q->paragraph, q->flat, q->halves, q->rest, end);
    q->paragraph = NULL;
}

/* An answer that opens with "A:" in a paragraph of its own. */
static bool take_labelled_answer(struct making *m, struct open_question *q,
                                 const struct block *b) {
    if (!q->paragraph || q->halves.answer < q->flat.len || q->rest != b ||
        b->kind != BLOCK_PARAGRAPH)
        return false;
    struct str flat = inlines_flat(m, b->inlines);
    size_t label = text_label(m, WORD_ANSWER, flat);
    if (label == 0)
        return false;
    struct str question = clean_question(m, str_slice(q->flat, q->halves.question,
                                                      q->halves.question_end));
    struct inl *part = inlines_cut(m, b->inlines, label, flat.len);
    const struct block *end = b->next;
    add_pair(m, STR(""), question, render_part(m, part, NULL, end),
             q->paragraph->inlines->span);
    q->paragraph = NULL;
    return true;
}

/* The line at `at` ends before this offset. */
static size_t line_end(struct str flat, size_t at) {
    return at + str_find_char(str_from(flat, at), '\n');
}

/* "Q: … / A: … / Q: …" in the lines of one paragraph; all but the last pair are complete. */
static void open_labelled(struct making *m, const struct block *b, struct str flat,
                          struct open_question *q) {
    struct halves h = {0, 0, 0};
    bool in_question = false, started = false;
    for (size_t at = 0; at < flat.len; at = line_end(flat, at) + 1) {
        size_t end = line_end(flat, at);
        struct str line = str_slice(flat, at, end);
        size_t label = text_label(m, WORD_QUESTION, line);
        size_t answer = label ? 0 : text_label(m, WORD_ANSWER, line);
        if (label) {
            if (started)
                add_halves(m, b, str_trim_end(str_slice(flat, 0, at)), h, NULL, NULL);
            h = halve(m, line, 0, label);
            h = (struct halves){at + h.question, at + h.question_end, at + h.answer};
            started = true;
            in_question = h.answer >= end;
        } else if (answer && in_question) {
            h.answer = at + answer;
            in_question = false;
        } else if (in_question) {
            h.question_end = end;
            h.answer = flat.len;
        }
    }
    *q = (struct open_question){b, flat, h, b->next};
    if (in_question)
        q->halves.answer = flat.len;
}

/* Whether a paragraph of a FAQ section asks: a label, bold type, one line with a question mark. */
static bool asks(struct making *m, const struct block *b, struct str flat, size_t bold) {
    if (text_label(m, WORD_QUESTION, flat))
        return true;
    size_t line = str_find_char(flat, '\n');
    if (bold && (bold == flat.len || text_is_question(str_slice(flat, 0, bold))))
        return true;
    bool last_line = line == flat.len;
    return text_is_question(str_slice(flat, 0, line)) && (!last_line || b->next != NULL);
}

static bool open_paragraph(struct making *m, const struct block *b, struct open_question *q) {
    struct str flat = inlines_flat(m, b->inlines);
    size_t bold = bold_length(m, b);
    if (flat.len == 0 || !asks(m, b, flat, bold))
        return false;
    close_question(m, q, b);
    size_t label = text_label(m, WORD_QUESTION, flat);
    if (label && bold < flat.len)
        open_labelled(m, b, flat, q);
    else
        *q = (struct open_question){b, flat, halve(m, flat, bold, label), b->next};
    return true;
}

static bool asks_in_list(struct making *m, const struct block *list) {
    struct str flat;
    struct halves h;
    return list->ordered && list->first && item_halves(m, list->first, &flat, &h) &&
           text_is_question(str_slice(flat, h.question, h.question_end));
}

static void read_list(struct making *m, const struct block *list, struct open_question *q) {
    struct str flat;
    struct halves h;
    for (const struct block *item = list->first; item; item = item->next) {
        if (!item_halves(m, item, &flat, &h))
            continue;
        bool open = !item->next && list->next && list->next->kind != BLOCK_LIST &&
                    h.answer == flat.len && !item->first->next;
        if (open) /* "1. Is it?" and its answer below, not indented */
            *q = (struct open_question){item->first, flat, h, list->next};
        else
            add_item(m, item, flat, h);
    }
}

/* ---- <details> ---- */

/* What stands between the tags, without tags. */
static struct str between(struct making *m, struct str html, const char *open, const char *close) {
    size_t begin = str_find(html, str_of(open));
    struct str inside = str_from(html, begin);
    inside = str_from(inside, str_find_char(inside, '>') + 1);
    inside = str_slice(inside, 0, str_find(inside, str_of(close)));
    struct block *raw = block_new(m->arena, BLOCK_HTML, (struct span){0});
    raw->literal = inside;
    return render_part(m, NULL, raw, NULL).text;
}

/* The block behind the details that `b` opens, which may span blocks. */
static const struct block *details_end(const struct block *b, const struct block *end) {
    while (b != end && !(b->kind == BLOCK_HTML &&
                         str_find(b->literal, STR("</details>")) < b->literal.len))
        b = b->next;
    return b;
}

static const struct block *read_details(struct making *m, const struct block *b,
                                        const struct block *end) {
    struct str question = clean_question(m, between(m, b->literal, "<summary", "</summary>"));
    const struct block *last = details_end(b, end);
    struct rendering answer = {0};
    if (last == b) {
        size_t from = str_find(b->literal, STR("</summary>")) + STR("</summary>").len;
        struct str inside = str_from(b->literal, from);
        struct block *raw = block_new(m->arena, BLOCK_HTML, b->span);
        raw->literal = str_trim(str_slice(inside, 0, str_find(inside, STR("</details>"))));
        answer = render_part(m, NULL, raw, NULL);
    } else {
        answer = blocks_rendering(m, b->next, last);
    }
    if (question.len)
        add_pair(m, STR(""), question, answer, b->span);
    return last == end ? end : last->next;
}

static bool is_details(const struct making *m, const struct block *b) {
    return b->kind == BLOCK_HTML && !m->how->escape_raw_html &&
           str_find(b->literal, STR("</summary>")) < b->literal.len;
}

/* ---- Sections ---- */

static void read_blocks(struct making *m, const struct block *first, const struct block *end) {
    struct open_question q = {0};
    const struct block *b = first;
    while (b != end) {
        if (take_labelled_answer(m, &q, b)) {
            b = b->next;
        } else if (is_details(m, b)) {
            close_question(m, &q, b);
            b = read_details(m, b, end);
        } else {
            /* A list below a question is its answer, unless it goes on with "2. Is it?". */
            if (b->kind == BLOCK_LIST && (!q.paragraph || asks_in_list(m, b))) {
                close_question(m, &q, b);
                read_list(m, b, &q);
            } else if (b->kind == BLOCK_PARAGRAPH) {
                open_paragraph(m, b, &q);
            }
            b = b->next;
        }
    }
    close_question(m, &q, end);
}

/* A sub-heading is a question, unless it only groups questions that follow. */
static struct section *read_question_section(struct making *m, struct section *s) {
    bool question = text_is_question(s->title);
    uint32_t before = m->faq->count;
    if (!question && s->first == s->end && s->after > s + 1)
        return s + 1;
    if (!question) {
        read_blocks(m, s->first, s->end);
        if (m->faq->count > before)
            return s + 1;
    }
    const struct block *end = s->after == m->sections_end ? NULL : s->after->heading;
    struct span span = s->heading->inlines ? s->heading->inlines->span : s->heading->span;
    struct str title = clean_question(m, s->title);
    if (title.len)
        add_pair(m, s->id, title, blocks_rendering(m, s->first, end), span);
    return s->after;
}

static bool read_faq_sections(struct making *m) {
    bool any = false;
    for (struct section *s = m->sections + 1; s < m->sections_end;) {
        if (s->kind != WORD_FAQ) {
            s++;
            continue;
        }
        any = true;
        read_blocks(m, s->first, s->end);
        struct section *after = s->after;
        for (s++; s < after;)
            s = read_question_section(m, s);
    }
    return any;
}

/* Outside of FAQ sections a label counts only when an answer's label follows. */
static void read_stray_labels(struct making *m, const struct section *s) {
    for (const struct block *b = s->first; b != s->end; b = b->next) {
        if (b->kind != BLOCK_PARAGRAPH || !b->inlines)
            continue;
        struct str flat = inlines_flat(m, b->inlines);
        if (!text_label(m, WORD_QUESTION, flat))
            continue;
        struct open_question q = {0};
        open_labelled(m, b, flat, &q);
        if (q.halves.answer < flat.len) {
            close_question(m, &q, b->next);
        } else if (b->next != s->end && take_labelled_answer(m, &q, b->next)) {
            b = b->next;
        }
    }
}

static void read_question_headings(struct making *m) {
    for (struct section *s = m->sections + 1; s < m->sections_end; s++) {
        bool answered = s->first != s->end;
        if (answered && text_is_question(s->title) && s->kind != WORD_PROS && s->kind != WORD_CONS)
            add_pair(m, s->id, clean_question(m, s->title),
                     blocks_rendering(m, s->first, s->end), s->heading->inlines->span);
    }
}

void article_faq(struct making *m) {
    read_front_faq(m);
    bool any = read_faq_sections(m);
    for (struct section *s = m->sections; s < m->sections_end; s++)
        if (!s->in_faq)
            read_stray_labels(m, s);
    if (!any && m->faq->count == 0)
        read_question_headings(m);
}

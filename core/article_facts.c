/* Facts ("Name: value" lists under a subject) and recommendations ("For X → Y"). */
#include "article_parts.h"
#include "utf8.h"

/* ---- Facts ---- */

void add_fact(struct making *m, struct str subject, struct str name, struct str value,
              struct span span) {
    struct value *v = record_new(m, MODEL_FACT, span);
    v->items[FACT_SUBJECT] = string_new(m, subject, span);
    v->items[FACT_NAME] = string_new(m, name, span);
    v->items[FACT_VALUE] = string_new(m, value, span);
    list_add(m, &m->facts, v);
}

static bool is_short_name(struct str s) {
    enum { MOST_WORDS = 6, MOST_CHARACTERS = 60 };
    unsigned words = 1;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '?' || s.at[i] == '!' || s.at[i] == ';')
            return false;
        words += s.at[i] == ' ';
    }
    return words <= MOST_WORDS && utf8_count(s) <= MOST_CHARACTERS;
}

/* "Name: value" in the first line; false when it is none. */
static bool split_fact(struct str text, struct str *name, struct str *value) {
    enum { MOST_BYTES = 240 }; /* of 60 characters */
    bool weak;
    size_t rest, mark;
    text = str_slice(text, 0, str_find_char(text, '\n'));
    size_t colon = text_colon(text, MOST_BYTES, &rest);
    if (colon == text.len || text_mark(text, &weak, &mark))
        return false;
    *name = str_trim(str_slice(text, 0, colon));
    *value = str_trim(str_from(text, rest));
    return name->len && value->len && is_short_name(*name);
}

static void read_fact_list(struct making *m, const struct section *s, const struct value *items) {
    struct str name, value;
    uint32_t facts = 0;
    for (uint32_t i = 0; i < items->count; i++)
        facts += split_fact(record_string(items->items[i], ITEM_TEXT), &name, &value);
    if (facts < 2 || facts * 2 <= items->count)
        return;
    for (uint32_t i = 0; i < items->count; i++)
        if (split_fact(record_string(items->items[i], ITEM_TEXT), &name, &value))
            add_fact(m, section_subject(m, s), name, value, items->items[i]->span);
}

/* Whether "Name: value" may stand there for something else. */
static bool has_own_lists(const struct section *s) {
    return s->in_faq || s->kind == WORD_PROS || s->kind == WORD_CONS ||
           s->kind == WORD_PROS_AND_CONS || s->kind == WORD_RECOMMENDATION ||
           s->kind == WORD_EVIDENCE || s->kind == WORD_DISCLAIMER;
}

void article_facts(struct making *m) {
    for (const struct section *s = m->sections; s < m->sections_end; s++) {
        uint32_t i = 0;
        for (const struct block *b = s->first; b != s->end && !has_own_lists(s); b = b->next, i++)
            if (b->kind == BLOCK_LIST)
                read_fact_list(m, s, s->blocks->items[i]->items[LIST_ITEMS]);
    }
}

/* ---- Recommendations ---- */

/* Bytes of the arrow at `at`, 0 when there is none: → ⇒ ➔ ➜ ➡ ⟶ */
static size_t arrow_length(struct str s, size_t at) {
    static const struct str arrows[] = {STR_INIT("→"), STR_INIT("⇒"), STR_INIT("➔"),
                                        STR_INIT("➜"), STR_INIT("➡"), STR_INIT("⟶")};
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (str_starts(str_from(s, at), arrows[i]))
            return arrows[i].len;
    return 0;
}

/* The offset of the first arrow, "->" and "=>" among them, and where it ends; s.len when there is
 * none. Asked of whole articles: looks only where such bytes are. */
static size_t find_arrow(struct str s, size_t *end) {
    const char ascii_end = '>', lead = "→"[0];
    size_t best = *end = s.len;
    for (size_t at = 0; (at += str_find_char(str_from(s, at), ascii_end)) < s.len; at++)
        if (at > 0 && (s.at[at - 1] == '-' || s.at[at - 1] == '=')) {
            best = at - 1;
            *end = at + 1;
            break;
        }
    for (size_t at = 0; (at += str_find_char(str_from(s, at), lead)) < best; at++)
        if (arrow_length(s, at)) {
            *end = at + arrow_length(s, at);
            return at;
        }
    return best;
}

/* Without a comma or colon, in any script, at the end; `stop`: a full stop as well. */
static struct str without_stop(struct str s, bool stop) {
    static const struct str commas[] = {STR_INIT(","), STR_INIT(":"), STR_INIT("،"),
                                        STR_INIT("，"), STR_INIT("："), STR_INIT(";")};
    static const struct str stops[] = {STR_INIT("."), STR_INIT("。"), STR_INIT("۔"),
                                       STR_INIT("।")};
    const struct str *ends = stop ? stops : commas;
    size_t count = stop ? sizeof stops / sizeof *stops : sizeof commas / sizeof *commas;
    s = str_trim(s);
    for (size_t i = 0; i < count; i++)
        if (str_ends(s, ends[i]))
            return str_trim(str_slice(s, 0, s.len - ends[i].len));
    return s;
}

static void add_recommendation(struct making *m, struct str when, struct str choose,
                               struct span span) {
    struct str subject;
    bool weak;
    size_t mark;
    text_mark(when, &weak, &mark);
    when = without_stop(str_from(when, mark), false);
    if (words_match(m->words, WORD_FOR, when, &subject) && subject.len)
        when = without_stop(subject, false);
    choose = without_stop(str_from(choose, text_skip_space(choose, 0)), true);
    if (when.len == 0 || choose.len == 0)
        return;
    struct value *v = record_new(m, MODEL_RECOMMENDATION, span);
    v->items[RECOMMENDATION_WHEN] = string_new(m, when, span);
    v->items[RECOMMENDATION_CHOOSE] = string_new(m, choose, span);
    list_add(m, &m->recommendations, v);
}

/* An arrow elsewhere leads through menus; a recommendation says for whom. */
static void read_line(struct making *m, struct str line, bool expected, struct span span) {
    struct str subject;
    size_t end, rest;
    size_t arrow = find_arrow(line, &end);
    if (arrow < line.len) {
        struct str when = without_stop(str_slice(line, 0, arrow), false);
        if (expected || words_match(m->words, WORD_FOR, when, &subject))
            add_recommendation(m, when, str_from(line, end), span);
        return;
    }
    if (!expected)
        return;
    size_t colon = text_colon(line, line.len, &rest);
    if (colon < line.len && words_match(m->words, WORD_FOR, str_slice(line, 0, colon), &subject))
        add_recommendation(m, str_slice(line, 0, colon), str_from(line, rest), span);
}

static void read_paragraph(struct making *m, const struct block *b, bool expected) {
    struct str flat = inlines_flat(m, b->inlines);
    struct str rest = flat, line;
    while (str_cut(&rest, '\n', &line))
        if (line.len)
            read_line(m, line, expected, b->inlines->span);
}

static void read_list(struct making *m, const struct value *items, bool expected) {
    for (uint32_t i = 0; i < items->count; i++)
        read_line(m, record_string(items->items[i], ITEM_TEXT), expected, items->items[i]->span);
}

/* Whether the block may hold one: nearly all hold no arrow at all. */
static bool may_recommend(const struct making *m, const struct block *b, bool expected) {
    size_t end;
    struct str text = str_slice(m->text, b->text.begin, b->text.end);
    return (b->kind == BLOCK_LIST || (b->kind == BLOCK_PARAGRAPH && b->inlines)) &&
           (expected || find_arrow(text, &end) < text.len);
}

void article_recommendations(struct making *m) {
    size_t end;
    bool any = find_arrow(m->text, &end) < m->text.len;
    for (const struct section *s = m->sections; s < m->sections_end; s++) {
        bool expected = s->kind == WORD_RECOMMENDATION;
        uint32_t i = 0;
        if (s->in_faq || (!any && !expected))
            continue;
        for (const struct block *b = s->first; b != s->end; b = b->next, i++) {
            if (!may_recommend(m, b, expected))
                continue;
            if (b->kind == BLOCK_LIST)
                read_list(m, s->blocks->items[i]->items[LIST_ITEMS], expected);
            else
                read_paragraph(m, b, expected);
        }
    }
}

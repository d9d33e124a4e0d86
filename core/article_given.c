/* What a plugin's reader gives beside front matter and body: lists of records, checked by the
 * prelude (reader.lua), which names their fields. A plugin may get around that check, so what is
 * missing or of another type is taken for empty. */
#include "article_parts.h"
#include "encode.h"

static struct str text_at(const struct value *record, const char *key) {
    return value_get_string(record, str_of(key));
}

static struct value *string_at(struct making *m, const struct value *record, const char *key) {
    const struct value *v = value_get(record, str_of(key));
    return string_new(m, text_at(record, key), v ? v->span : record->span);
}

static const struct value *list_at(const struct value *record, const char *key) {
    static const struct value none = {.type = VALUE_LIST};
    const struct value *v = value_get(record, str_of(key));
    return v && v->type == VALUE_LIST ? v : &none;
}

/* As what was recognised has it: plain text, and the same as HTML. */
static struct value *plain_new(struct making *m, const struct value *text) {
    struct str s = text->type == VALUE_STRING ? text->string : STR("");
    struct buf html = BUF_INIT;
    escape_text(&html, ESCAPE_HTML, s);
    struct value *v = text_html_new(m, s, arena_str(m->arena, buf_str(&html)), text->span);
    buf_free(&html);
    return v;
}

static struct value *plain_list(struct making *m, const struct value *texts) {
    struct value *list = value_list(m->arena, texts->span);
    for (uint32_t i = 0; i < texts->count; i++)
        value_push(m->arena, list, plain_new(m, texts->items[i]));
    return list;
}

static void give_entry(struct making *m, const struct value *entry, bool pro) {
    struct str subject = text_at(entry, "subject");
    struct value *made = pros_entry(m, pro, subject.len ? subject : m->title, entry->span);
    made->items[POINTS_ITEMS] = plain_list(m, list_at(entry, "items"));
}

static void give_pros(struct making *m, const struct value *entry) {
    give_entry(m, entry, true);
}

static void give_cons(struct making *m, const struct value *entry) {
    give_entry(m, entry, false);
}

static void give_fact(struct making *m, const struct value *fact) {
    struct str subject = text_at(fact, "subject");
    add_fact(m, subject.len ? subject : m->title, text_at(fact, "name"), text_at(fact, "value"),
             fact->span);
}

static void give_recommendation(struct making *m, const struct value *r) {
    struct value *made = record_new(m, MODEL_RECOMMENDATION, r->span);
    made->items[RECOMMENDATION_WHEN] = string_at(m, r, "when");
    made->items[RECOMMENDATION_CHOOSE] = string_at(m, r, "choose");
    list_add(m, &m->recommendations, made);
}

static void give_evidence(struct making *m, const struct value *study) {
    const struct value *year = value_get(study, STR("year"));
    struct value *made = record_new(m, MODEL_EVIDENCE, study->span);
    made->items[EVIDENCE_TEXT] = string_at(m, study, "text");
    if (year && year->type == VALUE_INTEGER)
        made->items[EVIDENCE_YEAR] = value_integer(m->arena, year->integer);
    if (text_at(study, "source").len)
        made->items[EVIDENCE_SOURCE] = string_at(m, study, "source");
    list_add(m, &m->evidence, made);
}

static struct value *row_of(struct making *m, const struct value *given) {
    struct value *row = record_new(m, MODEL_ROW, given->span);
    row->items[ROW_FACTOR] = string_at(m, given, "factor");
    row->items[ROW_CELLS] = plain_list(m, list_at(given, "cells"));
    return row;
}

static void give_comparison(struct making *m, const struct value *given) {
    const struct value *names = list_at(given, "subjects"), *from = list_at(given, "rows");
    struct value *subjects = value_list(m->arena, names->span);
    struct value *rows = value_list(m->arena, from->span);
    for (uint32_t i = 0; i < names->count; i++)
        if (names->items[i]->type == VALUE_STRING)
            value_push(m->arena, subjects, names->items[i]);
    for (uint32_t i = 0; i < from->count; i++)
        value_push(m->arena, rows, row_of(m, from->items[i]));
    struct value *made = record_new(m, MODEL_COMPARISON, given->span);
    made->items[COMPARISON_TITLE] = text_at(given, "title").len
                                        ? string_at(m, given, "title")
                                        : string_new(m, m->title, given->span);
    made->items[COMPARISON_FACTOR] = string_at(m, given, "factor");
    made->items[COMPARISON_SUBJECTS] = subjects;
    made->items[COMPARISON_ROWS] = rows;
    list_add(m, &m->comparisons, made);
}

void article_given(struct making *m) {
    static const struct {
        const char *key;
        void (*give)(struct making *m, const struct value *record);
    } lists[] = {
        {"pros", give_pros},
        {"cons", give_cons},
        {"comparisons", give_comparison},
        {"facts", give_fact},
        {"recommendations", give_recommendation},
        {"evidence", give_evidence},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct value *list = list_at(m->doc->given, lists[i].key);
        for (uint32_t n = 0; n < list->count; n++)
            lists[i].give(m, list->items[n]);
    }
}

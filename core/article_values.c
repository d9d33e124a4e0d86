/* Values of fixed shape, made quickly: an article has some thousand of them. */
#include "article_parts.h"

struct value *record_new(struct making *m, enum model_name name, struct span span) {
    uint32_t count = model[name].count;
    struct {
        struct value record;
        struct value *items[];
    } *both = arena_alloc_raw(m->arena, sizeof *both + count * sizeof(struct value *));
    both->record = (struct value){.type = VALUE_RECORD, .span = span};
    both->record.items = both->items;
    both->record.keys = (struct str *)model[name].keys; /* full: value_set copies before adding */
    both->record.count = both->record.cap = count;
    for (uint32_t i = 0; i < count; i++)
        both->items[i] = m->nil;
    return &both->record;
}

struct value *string_new(struct making *m, struct str s, struct span span) {
    return s.len ? value_string(m->arena, s, span) : m->empty_string;
}

struct value *text_html_new(struct making *m, struct str text, struct str html, struct span span) {
    struct value *v = record_new(m, MODEL_PASSAGE, span);
    v->items[PASSAGE_TEXT] = string_new(m, text, span);
    v->items[PASSAGE_HTML] = string_new(m, html, span);
    return v;
}

void list_add(struct making *m, struct value **list, struct value *item) {
    if (*list == m->empty_list)
        *list = value_list(m->arena, item->span);
    value_push(m->arena, *list, item);
}

struct str record_string(const struct value *record, uint32_t index) {
    const struct value *v = record->items[index];
    return v->type == VALUE_STRING ? v->string : STR("");
}

struct place place_at(const struct making *m, struct span span) {
    return (struct place){m->doc->source->place, span.line, span.col};
}

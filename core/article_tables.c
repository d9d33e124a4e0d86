/* Tables: comparisons, two columns of pros and cons, two columns of names and values. */
#include "article_parts.h"
#include "words.h"

#define KIND(word) (UINT32_C(1) << (word))

struct table {
    const struct section *section;
    const struct block *block, *above; /* above: the block before it, or NULL */
    struct value *columns, *rows;
};

static struct str column_text(const struct table *t, uint32_t i) {
    return record_string(t->columns->items[i], COLUMN_TEXT);
}

static bool says(const struct making *m, enum word which, struct str text) {
    struct str subject;
    return words_match(m->words, which, text, &subject);
}

/* ---- Pros and cons ---- */

static void read_pros_column(struct making *m, const struct table *t, uint32_t column, bool pro,
                             struct str subject) {
    if (subject.len == 0)
        subject = t->section->subject.len ? t->section->subject : section_subject(m, t->section);
    struct value *items = pros_entry(m, pro, subject, t->block->span)->items[POINTS_ITEMS];
    for (uint32_t i = 0; i < t->rows->count; i++) {
        const struct value *row = t->rows->items[i];
        if (column >= row->count || record_string(row->items[column], PASSAGE_TEXT).len == 0)
            continue;
        struct str text = record_string(row->items[column], PASSAGE_TEXT);
        struct str html = record_string(row->items[column], PASSAGE_HTML);
        bool weak;
        size_t mark;
        if (text_mark(text, &weak, &mark)) {
            text = str_from(text, mark);
            html = text_mark(html, &weak, &mark) ? str_from(html, mark) : html;
        }
        value_push(m->arena, items, text_html_new(m, text, html, row->items[column]->span));
    }
}

/* Columns headed "Pros" and "Cons", in either order. */
static bool read_pros_table(struct making *m, const struct table *t) {
    struct str subjects[2];
    if (t->columns->count != 2)
        return false;
    uint32_t kinds = KIND(WORD_PROS) | KIND(WORD_CONS);
    enum word left = words_classify(m->words, kinds, column_text(t, 0), &subjects[0]);
    enum word right = words_classify(m->words, kinds, column_text(t, 1), &subjects[1]);
    if (left == WORD_COUNT || right == WORD_COUNT || left == right)
        return false;
    read_pros_column(m, t, 0, left == WORD_PROS, subjects[0]);
    read_pros_column(m, t, 1, right == WORD_PROS, subjects[1]);
    return true;
}

/* ---- Comparisons ---- */

/* A subject as it may be repeated: without a note in brackets, in small letters. */
static struct str plain_name(struct making *m, struct str name) {
    size_t bracket = str_find_char(name, '(');
    if (bracket > 0)
        name = str_slice(name, 0, bracket);
    name = str_trim(name);
    char *lower = arena_alloc(m->arena, name.len + 1);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = str_lower_char(name.at[i]);
    return (struct str){lower, name.len};
}

static void add_subjects(struct making *m, struct names *known, const struct value *entries) {
    for (uint32_t i = 0; i < entries->count; i++)
        names_add(m->arena, known, plain_name(m, record_string(entries->items[i], 0)));
}

/* What the article speaks of: titles and subjects of sections, of pros, cons and facts. */
static struct names *known_subjects(struct making *m) {
    struct names *known = names_new(m->arena);
    for (const struct section *s = m->sections + 1; s < m->sections_end; s++) {
        names_add(m->arena, known, plain_name(m, s->title));
        if (s->subject.len)
            names_add(m->arena, known, plain_name(m, s->subject));
    }
    add_subjects(m, known, m->pros);
    add_subjects(m, known, m->cons);
    add_subjects(m, known, m->facts);
    return known;
}

static bool names_subjects(struct making *m, const struct table *t, struct names **known) {
    unsigned found = 0;
    if (!*known)
        *known = known_subjects(m);
    for (uint32_t i = 1; i < t->columns->count && found < 2; i++)
        found += column_text(t, i).len && names_has(*known, plain_name(m, column_text(t, i)));
    return found == 2;
}

static bool is_announced(const struct making *m, const struct table *t) {
    if (t->section->kind == WORD_COMPARISON)
        return true;
    struct str caption = STR("");
    if (t->above && t->above->kind == BLOCK_PARAGRAPH)
        caption = str_trim(str_slice(m->text, t->above->text.begin, t->above->text.end));
    return caption.len && says(m, WORD_COMPARISON, caption);
}

static bool is_comparison(struct making *m, const struct table *t, struct names **known) {
    enum { MOST_CELLS = 1000000 }; /* empty ones that fill short rows included */
    uint32_t columns = t->columns->count;
    if (columns < 2 || t->rows->count == 0 || t->rows->count > MOST_CELLS / columns)
        return false;
    if (is_announced(m, t))
        return true;
    struct str first = column_text(t, 0);
    if (columns >= 3 && (first.len == 0 || says(m, WORD_FACTOR, first)))
        return true;
    return columns >= 3 && names_subjects(m, t, known);
}

static struct value *comparison_row(struct making *m, const struct table *t,
                                    const struct value *cells, struct value *empty) {
    struct value *row = record_new(m, MODEL_ROW, cells->span);
    struct value *list = value_list(m->arena, cells->span);
    if (cells->count)
        row->items[ROW_FACTOR] = cells->items[0]->items[PASSAGE_TEXT];
    else
        row->items[ROW_FACTOR] = m->empty_string;
    for (uint32_t i = 1; i < t->columns->count; i++)
        value_push(m->arena, list, i < cells->count ? cells->items[i] : empty);
    row->items[ROW_CELLS] = list;
    return row;
}

static void read_comparison(struct making *m, const struct table *t) {
    struct span span = t->block->span;
    struct value *v = record_new(m, MODEL_COMPARISON, span);
    struct value *subjects = value_list(m->arena, span), *rows = value_list(m->arena, span);
    struct value *empty = text_html_new(m, STR(""), STR(""), span);
    struct str title = t->section->heading ? t->section->title : m->title;
    v->items[COMPARISON_TITLE] = string_new(m, title, span);
    v->items[COMPARISON_FACTOR] = t->columns->items[0]->items[COLUMN_TEXT];
    for (uint32_t i = 1; i < t->columns->count; i++)
        value_push(m->arena, subjects, t->columns->items[i]->items[COLUMN_TEXT]);
    for (uint32_t i = 0; i < t->rows->count; i++)
        value_push(m->arena, rows, comparison_row(m, t, t->rows->items[i], empty));
    v->items[COMPARISON_SUBJECTS] = subjects;
    v->items[COMPARISON_ROWS] = rows;
    list_add(m, &m->comparisons, v);
}

/* ---- Facts ---- */

/* Two columns, "Property | Value", or any two in a section of facts. */
static void read_fact_table(struct making *m, const struct table *t) {
    const struct section *s = t->section;
    if (t->columns->count != 2 || s->in_faq ||
        !(s->kind == WORD_FACTS || column_text(t, 0).len == 0 ||
          says(m, WORD_FACTOR, column_text(t, 0))))
        return;
    for (uint32_t i = 0; i < t->rows->count; i++) {
        const struct value *row = t->rows->items[i];
        if (row->count < 2)
            continue;
        struct str name = record_string(row->items[0], PASSAGE_TEXT);
        struct str value = record_string(row->items[1], PASSAGE_TEXT);
        if (name.len && value.len)
            add_fact(m, section_subject(m, s), name, value, row->span);
    }
}

/* ---- Rows that do not fit their table ---- */

static void note_uneven_rows(struct making *m, const struct table *t) {
    for (const struct block *row = t->block->first; row; row = row->next) {
        if (row->cells == 0 || row->cells == t->columns->count)
            continue;
        struct value *v = record_new(m, MODEL_UNEVEN_ROW, row->span);
        v->items[UNEVEN_ROW_CELLS] = value_integer(m->arena, row->cells);
        v->items[UNEVEN_ROW_COLUMNS] = value_integer(m->arena, t->columns->count);
        list_add(m, &m->uneven_rows, v);
    }
}

void article_tables(struct making *m) {
    struct names *known = NULL;
    for (const struct section *s = m->sections; s < m->sections_end; s++) {
        const struct block *above = NULL;
        uint32_t i = 0;
        for (const struct block *b = s->first; b != s->end; above = b, b = b->next, i++) {
            if (b->kind != BLOCK_TABLE)
                continue;
            struct value **fields = s->blocks->items[i]->items;
            struct table t = {s, b, above, fields[TABLE_COLUMNS], fields[TABLE_ROWS]};
            note_uneven_rows(m, &t);
            if (read_pros_table(m, &t))
                continue;
            if (is_comparison(m, &t, &known))
                read_comparison(m, &t);
            else
                read_fact_table(m, &t);
        }
    }
}

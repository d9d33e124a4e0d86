#include "pieces.h"

#include "utf8.h"

bool pieces_join(struct pieces *p, struct arena *a, struct str text, struct diags *d) {
    struct str file = arena_join(a, p->file.text, STR("\n"));
    p->begin = file.len;
    if (!source_open(&p->both, a, p->file.place, p->file.path, arena_join(a, file, text), d))
        return false;
    p->first_line = source_place(&p->both, p->begin).line;
    return true;
}

/* The last piece that begins at or before the offset of the text, or `count`. */
static uint32_t piece_at(const struct pieces *p, size_t offset) {
    uint32_t low = 0, high = p->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->list[middle].begin <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : p->count;
}

/* Words of the reader's own stand where the piece behind them begins, or the last one before. */
static size_t neighbour(const struct pieces *p, uint32_t i) {
    for (uint32_t next = i; next < p->count; next++)
        if (!p->list[next].is_nowhere)
            return p->list[next].at;
    while (i-- > 0)
        if (!p->list[i].is_nowhere)
            return p->list[i].at;
    return 0;
}

size_t pieces_find(const struct pieces *p, size_t offset) {
    if (offset < p->begin)
        return offset;
    uint32_t i = piece_at(p, offset - p->begin);
    if (i == p->count || p->list[i].is_nowhere)
        return neighbour(p, i);
    const struct file_piece *one = &p->list[i];
    size_t at = one->at + (one->runs_along ? offset - p->begin - one->begin : 0);
    return at < p->file.text.len ? at : p->file.text.len;
}

/* Values are shared between fields: one that was placed lies before the text, and stays. */
void pieces_place_value(const struct pieces *p, struct value *v) {
    if (v->span.line && v->span.begin >= p->begin) {
        size_t at = pieces_find(p, v->span.begin);
        v->span = source_span(&p->file, at, at);
    }
    if (v->type == VALUE_LIST || v->type == VALUE_RECORD)
        for (uint32_t i = 0; i < v->count; i++)
            pieces_place_value(p, v->items[i]);
}

static size_t offset_of(const struct source *s, struct place at) {
    struct str line = source_line(s, at.line);
    size_t offset = 0;
    for (uint32_t col = 1; col < at.col && offset < line.len; col++)
        utf8_next(line, &offset);
    return (size_t)(line.at - s->text.at) + offset;
}

void pieces_place_messages(const struct pieces *p, struct diag *first) {
    for (struct diag *one = first; one; one = one->next)
        if (one->at.line >= p->first_line && str_eq(one->at.path, p->file.place))
            one->at = source_place(&p->file, pieces_find(p, offset_of(&p->both, one->at)));
}

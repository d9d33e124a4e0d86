/* Freezing: from a value tree to one block of bytes. */
#include <assert.h>
#include <string.h>

#include "image_layout.h"

enum { MOST_BACKINGS = 8, RECENT = 64 };

struct freezer {
    struct buf *out;
    size_t base; /* where the image begins in out */
    const struct str *backings;
    uint32_t backing_at[MOST_BACKINGS];
    size_t backing_count; /* of those that are written: strings may be slices of them */
    bool failed;
    /* What was written lately, by a few of its bytes: it may come again. */
    struct written_text {
        struct str text;
        uint32_t at;
    } texts[RECENT];
    struct written_shape {
        const struct value *record;
        uint32_t at;
    } shapes[RECENT];
};

static uint32_t here(const struct freezer *f) {
    return (uint32_t)(f->out->len - f->base);
}

static bool has_room(struct freezer *f, size_t len) {
    f->failed = f->failed || len > LARGEST || here(f) + len > LARGEST;
    return !f->failed;
}

static uint32_t put_bytes(struct freezer *f, const void *bytes, size_t len) {
    uint32_t at = here(f);
    if (!has_room(f, len))
        return 0;
    buf_put(f->out, (struct str){bytes, len});
    return at;
}

/* For what is patched in later. */
static uint32_t leave_room(struct freezer *f, size_t len) {
    uint32_t at = here(f);
    if (!has_room(f, len))
        return 0;
    buf_reserve(f->out, len);
    f->out->len += len;
    return at;
}

static void align(struct freezer *f) {
    static const char zeros[ALIGN] = {0};
    uint32_t missing = -here(f) % ALIGN;
    if (missing)
        put_bytes(f, zeros, missing);
}

static uint32_t put_aligned(struct freezer *f, const void *bytes, size_t len) {
    align(f);
    return put_bytes(f, bytes, len);
}

static void patch(struct freezer *f, uint32_t at, const void *bytes, size_t len) {
    if (!f->failed)
        memcpy(f->out->at + f->base + at, bytes, len);
}

static void put_backings(struct freezer *f, size_t count) {
    for (size_t i = 0; i < count; i++)
        f->backing_at[i] = put_bytes(f, f->backings[i].at, f->backings[i].len);
    f->backing_count = count;
}

static unsigned first_and_last(struct str s) {
    return (unsigned char)s.at[0] * 5u + (unsigned char)s.at[s.len - 1];
}

static uint32_t put_text(struct freezer *f, struct str s) {
    if (s.len == 0)
        return 0;
    for (size_t i = 0; i < f->backing_count; i++) {
        struct str b = f->backings[i];
        if (s.at >= b.at && s.at + s.len <= b.at + b.len)
            return f->backing_at[i] + (uint32_t)(s.at - b.at);
    }
    struct written_text *w = &f->texts[(s.len * 3 + first_and_last(s)) % RECENT];
    if (!str_eq(w->text, s))
        *w = (struct written_text){s, put_bytes(f, s.at, s.len)};
    return w->at;
}

static bool same_keys(const struct value *a, const struct value *b) {
    if (a->count != b->count)
        return false;
    if (a->keys == b->keys)
        return true; // made by the same code
    for (uint32_t i = 0; i < a->count; i++)
        if (!str_eq(a->keys[i], b->keys[i]))
            return false;
    return true;
}

static uint32_t write_shape(struct freezer *f, const struct value *record) {
    uint32_t end = 0, at = put_aligned(f, &record->count, sizeof record->count);
    for (uint32_t i = 0; i < record->count; i++) {
        end += (uint32_t)record->keys[i].len;
        put_bytes(f, &end, sizeof end);
    }
    for (uint32_t i = 0; i < record->count; i++)
        put_bytes(f, record->keys[i].at, record->keys[i].len);
    return at;
}

static uint32_t put_shape(struct freezer *f, const struct value *record) {
    if (record->count == 0)
        return 0;
    size_t lengths = record->keys[0].len * 3 + record->keys[record->count - 1].len;
    struct written_shape *w = &f->shapes[(lengths * 5 + record->count) % RECENT];
    if (!w->record || !same_keys(w->record, record))
        *w = (struct written_shape){record, write_shape(f, record)};
    return w->at;
}

/* Most nodes stand where their parent does: only others have a place of their own. */
static bool has_own_place(const struct value *v, const struct value *parent) {
    return v->span.line != 0 && place_fits(v->span) &&
           !(parent && parent->span.begin == v->span.begin && parent->span.line == v->span.line);
}

static struct slot put_number(struct freezer *f, const struct value *v) {
    if (v->type == VALUE_INTEGER && v->integer == (int32_t)v->integer)
        return (struct slot){VALUE_INTEGER | SMALL, (uint32_t)v->integer};
    return (struct slot){v->type, put_aligned(f, &v->integer, sizeof v->integer)};
}

static struct slot put_string(struct freezer *f, const struct value *v,
                              const struct value *parent) {
    uint32_t tag = VALUE_STRING | (uint32_t)v->string.len << SIZE_SHIFT;
    uint32_t text = put_text(f, v->string);
    if (!has_own_place(v, parent))
        return (struct slot){tag, text};
    struct placed_text placed = {.place = place_pack(v->span), .text = text};
    return (struct slot){tag | PLACED, put_aligned(f, &placed, sizeof placed)};
}

/* All but the items: room for their slots is left at `at`. */
static struct slot open_compound(struct freezer *f, const struct value *v,
                                 const struct value *parent) {
    struct slot slot = {.tag = v->type};
    bool has_place = has_own_place(v, parent);
    uint32_t size = v->type == VALUE_RECORD ? put_shape(f, v) : v->count;
    slot.tag |= size << SIZE_SHIFT;
    if (v->count || has_place)
        align(f);
    if (has_place) {
        uint64_t place = place_pack(v->span);
        put_bytes(f, &place, sizeof place);
        slot.tag |= PLACED;
        slot.at = here(f);
    }
    if (v->count)
        slot.at = leave_room(f, v->count * sizeof(struct slot));
    return slot;
}

static struct slot put_value(struct freezer *f, const struct value *v, const struct value *parent,
                             unsigned depth);

static struct slot put_compound(struct freezer *f, const struct value *v,
                                const struct value *parent, unsigned depth) {
    f->failed = f->failed || depth > IMAGE_DEPTH;
    struct slot slot = open_compound(f, v, parent);
    for (uint32_t i = 0; i < v->count && !f->failed; i++) {
        struct slot item = put_value(f, v->items[i], v, depth + 1);
        patch(f, item_slot(slot.at, i), &item, sizeof item);
    }
    return slot;
}

static struct slot put_value(struct freezer *f, const struct value *v, const struct value *parent,
                             unsigned depth) {
    switch (v->type) {
    case VALUE_NIL:
        break;
    case VALUE_BOOLEAN:
        return (struct slot){VALUE_BOOLEAN, v->boolean};
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        return put_number(f, v);
    case VALUE_STRING:
        return put_string(f, v, parent);
    case VALUE_LIST:
    case VALUE_RECORD:
        return put_compound(f, v, parent, depth);
    }
    return (struct slot){VALUE_NIL, 0};
}

static bool is_number(const struct value *v) {
    return v->type == VALUE_INTEGER || v->type == VALUE_NUMBER;
}

/* Those of the root's fields that belong to the head, or those that do not. */
static void put_fields(struct freezer *f, const struct value *root, struct slot slot,
                       uint32_t head_fields, bool of_head) {
    for (uint32_t i = 0; i < root->count && !f->failed; i++) {
        bool is_of_head = i < head_fields || is_number(root->items[i]);
        if (is_of_head != of_head)
            continue;
        struct slot field = put_value(f, root->items[i], root, 1);
        patch(f, item_slot(slot.at, i), &field, sizeof field);
    }
}

/* Returns where the head ends. */
static uint32_t put_root(struct freezer *f, const struct value *root, uint32_t head_fields,
                         size_t backings) {
    struct slot slot = open_compound(f, root, NULL);
    patch(f, ROOT_SLOT, &slot, sizeof slot);
    put_fields(f, root, slot, head_fields, true);
    align(f);
    uint32_t head = here(f);
    put_backings(f, backings);
    put_fields(f, root, slot, head_fields, false);
    align(f);
    return head;
}

static uint32_t put_other_root(struct freezer *f, const struct value *root, size_t backings) {
    put_backings(f, backings);
    struct slot slot = put_value(f, root, NULL, 0);
    patch(f, ROOT_SLOT, &slot, sizeof slot);
    align(f);
    return here(f);
}

bool image_freeze(struct buf *out, const struct value *root, uint32_t head_fields,
                  const struct str *backings, size_t backing_count) {
    assert(backing_count <= MOST_BACKINGS);
    struct freezer f = {.out = out, .backings = backings};
    struct header h = {.magic = MAGIC};
    while (out->len % ALIGN)
        buf_char(out, '\0');
    f.base = out->len;
    leave_room(&f, sizeof h + sizeof(struct slot));
    h.head = root->type == VALUE_RECORD ? put_root(&f, root, head_fields, backing_count)
                                        : put_other_root(&f, root, backing_count);
    h.total = here(&f);
    patch(&f, 0, &h, sizeof h);
    if (f.failed)
        out->len = f.base;
    return !f.failed;
}

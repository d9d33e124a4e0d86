/* Freezing: from a value tree to one block of bytes. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "image_layout.h"

struct freezer {
    struct buf *out;
    size_t base; /* where the image begins in out */
    const struct str *backings;
    uint32_t backing_at[8];
    size_t backing_count;
    bool backed; /* the backings are written: strings may be slices of them */
    bool failed;
    struct shape {
        const struct value *record; /* a record with these keys */
        uint32_t keys;
        uint64_t hash;
    } shapes[32]; /* recently written key arrays */
    uint32_t shape_count;
};

static uint32_t here(const struct freezer *f) {
    return (uint32_t)(f->out->len - f->base);
}

static void align(struct freezer *f) {
    static const char zeros[ALIGN] = {0};
    size_t over = here(f) % ALIGN;
    if (over)
        buf_put(f->out, (struct str){zeros, ALIGN - over});
}

static uint32_t put_bytes(struct freezer *f, const void *bytes, size_t len) {
    if (len > LARGEST || f->out->len - f->base + len > LARGEST) {
        f->failed = true;
        return 0;
    }
    uint32_t at = here(f);
    buf_put(f->out, (struct str){bytes, len});
    return at;
}

static uint32_t put_aligned(struct freezer *f, const void *bytes, size_t len) {
    align(f);
    return put_bytes(f, bytes, len);
}

static void patch(struct freezer *f, uint32_t at, const void *bytes, size_t len) {
    memcpy(f->out->at + f->base + at, bytes, len);
}

static uint32_t put_text(struct freezer *f, struct str s) {
    if (f->backed)
        for (size_t i = 0; i < f->backing_count; i++) {
            struct str b = f->backings[i];
            if (s.at >= b.at && s.at + s.len <= b.at + b.len)
                return f->backing_at[i] + (uint32_t)(s.at - b.at);
        }
    return put_bytes(f, s.at, s.len);
}

static void put_backings(struct freezer *f) {
    for (size_t i = 0; i < f->backing_count; i++)
        f->backing_at[i] = put_bytes(f, f->backings[i].at, f->backings[i].len);
    f->backed = true;
}

static bool same_keys(const struct value *a, const struct value *b) {
    if (a->count != b->count)
        return false;
    if (a->count == 0 || memcmp(a->keys, b->keys, a->count * sizeof *a->keys) == 0)
        return true; // made by the same code, from the same literals
    for (uint32_t i = 0; i < a->count; i++)
        if (!str_eq(a->keys[i], b->keys[i]))
            return false;
    return true;
}

static struct shape write_keys(struct freezer *f, const struct value *record) {
    align(f);
    struct shape shape = {.record = record, .keys = here(f)};
    uint32_t text = shape.keys + record->count * (uint32_t)sizeof(struct key);
    for (uint32_t i = 0; i < record->count; i++) {
        struct key k = {text, (uint32_t)record->keys[i].len};
        put_bytes(f, &k, sizeof k);
        text += k.len;
    }
    for (uint32_t i = 0; i < record->count; i++) {
        struct str key = record->keys[i];
        put_bytes(f, key.at, key.len);
        shape.hash = hash_bytes(key.at, key.len, shape.hash + 1);
    }
    return shape;
}

static struct shape put_keys(struct freezer *f, const struct value *record) {
    for (uint32_t i = 0; i < f->shape_count; i++)
        if (same_keys(f->shapes[i].record, record))
            return f->shapes[i];
    struct shape shape = write_keys(f, record);
    f->shapes[f->shape_count < 32 ? f->shape_count++ : 31] = shape;
    return shape;
}

static uint64_t put_value(struct freezer *f, const struct value *v, const struct value *parent,
                          uint32_t slot_at, unsigned depth);

/* Most strings stand where their record does: only others have a place of their own. */
static bool has_own_place(const struct value *v, const struct value *parent) {
    return v->span.line != 0 && !(parent && parent->span.begin == v->span.begin &&
                                  parent->span.line == v->span.line);
}

static struct slot put_string(struct freezer *f, const struct value *v,
                              const struct value *parent) {
    uint32_t tag = VALUE_STRING | (uint32_t)v->string.len << TYPE_BITS;
    uint32_t text = v->string.len ? put_text(f, v->string) : 0;
    if (!has_own_place(v, parent))
        return (struct slot){tag, text};
    struct positioned p = {.span = v->span, .text = text};
    return (struct slot){tag | POSITIONED, put_aligned(f, &p, sizeof p)};
}

/* A compound that waits for its children: `hashes` has one place more, for the keys. */
struct opened {
    uint32_t at;
    uint64_t *hashes;
    uint64_t few[33];
};

static void open_compound(struct freezer *f, const struct value *v, struct opened *o) {
    struct compound c = {.span = v->span, .count = v->count};
    o->at = put_aligned(f, &c, sizeof c);
    o->hashes = v->count < 33 ? o->few : must_alloc((v->count + 1) * sizeof *o->hashes);
    o->hashes[v->count] = 0;
    size_t slots = v->count * sizeof(struct slot);
    if (slots > LARGEST || f->failed) {
        f->failed = true;
        return;
    }
    memset(buf_reserve(f->out, slots), 0, slots);
    f->out->len += slots;
    if (v->type == VALUE_RECORD) {
        struct shape shape = put_keys(f, v);
        o->hashes[v->count] = shape.hash;
        c.keys = shape.keys;
        patch(f, o->at, &c, sizeof c);
    }
}

static uint64_t close_compound(struct freezer *f, const struct value *v, struct opened *o) {
    uint64_t hash = 0;
    if (!f->failed) {
        hash = scalar_hash(v->type, o->hashes, (v->count + 1) * sizeof *o->hashes);
        patch(f, o->at + (uint32_t)offsetof(struct compound, hash), &hash, sizeof hash);
    }
    if (o->hashes != o->few)
        free(o->hashes);
    return hash;
}

static uint64_t put_compound(struct freezer *f, const struct value *v, struct slot *slot,
                             unsigned depth) {
    struct opened o;
    open_compound(f, v, &o);
    slot->at = o.at;
    for (uint32_t i = 0; i < v->count && !f->failed; i++)
        o.hashes[i] = put_value(f, v->items[i], v, item_slot(o.at, i), depth + 1);
    return close_compound(f, v, &o);
}

static uint64_t put_value(struct freezer *f, const struct value *v, const struct value *parent,
                          uint32_t slot_at, unsigned depth) {
    struct slot slot = {.tag = v->type};
    uint64_t hash = scalar_hash(v->type, NULL, 0);
    unsigned char truth = v->type == VALUE_BOOLEAN && v->boolean;
    if (depth > IMAGE_DEPTH) {
        f->failed = true;
        return 0;
    }
    switch (v->type) {
    case VALUE_NIL:
        break;
    case VALUE_BOOLEAN:
        slot.at = truth;
        hash = scalar_hash(v->type, &truth, 1);
        break;
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        slot.at = put_aligned(f, &v->integer, sizeof v->integer);
        hash = scalar_hash(v->type, &v->integer, sizeof v->integer);
        break;
    case VALUE_STRING:
        slot = put_string(f, v, parent);
        hash = scalar_hash(v->type, v->string.at, v->string.len);
        break;
    case VALUE_LIST:
    case VALUE_RECORD:
        hash = put_compound(f, v, &slot, depth);
        break;
    }
    if (!f->failed)
        patch(f, slot_at, &slot, sizeof slot);
    return hash;
}

static bool is_number(const struct value *v) {
    return v->type == VALUE_INTEGER || v->type == VALUE_NUMBER;
}

/* The root record goes in two turns, head fields and numbers first. */
static uint64_t put_root(struct freezer *f, const struct value *root, uint32_t head_fields,
                         uint32_t *head) {
    struct opened o;
    open_compound(f, root, &o);
    struct slot slot = {root->type, o.at};
    if (!f->failed)
        patch(f, ROOT_SLOT, &slot, sizeof slot);
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < root->count && !f->failed; i++) {
            bool early = i < head_fields || is_number(root->items[i]);
            if (early == (turn == 0))
                o.hashes[i] = put_value(f, root->items[i], root, item_slot(o.at, i), 1);
        }
        if (turn == 0) {
            align(f);
            *head = here(f);
            put_backings(f);
        }
    }
    return close_compound(f, root, &o);
}

bool image_freeze(struct buf *out, const struct value *root, uint32_t head_fields,
                  const struct str *backings, size_t backing_count) {
    assert(backing_count <= 8);
    struct freezer f = {.out = out, .backings = backings, .backing_count = backing_count};
    while (out->len % ALIGN)
        buf_char(out, '\0');
    f.base = out->len;
    struct header h = {.magic = MAGIC};
    struct slot empty = {0};
    put_bytes(&f, &h, sizeof h);
    put_bytes(&f, &empty, sizeof empty);
    if (root->type == VALUE_RECORD) {
        h.hash = put_root(&f, root, head_fields, &h.head);
    } else {
        put_backings(&f);
        h.hash = put_value(&f, root, NULL, ROOT_SLOT, 0);
    }
    align(&f);
    h.total = here(&f);
    if (root->type != VALUE_RECORD)
        h.head = h.total;
    if (f.failed) {
        out->len = f.base;
        return false;
    }
    patch(&f, 0, &h, sizeof h);
    return true;
}

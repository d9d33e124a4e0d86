#include "image.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"

enum { MAGIC = 0x31494146 /* "FAI1" */, ALIGN = 8, POSITIONED = 8, TYPE_BITS = 4 };
enum { LARGEST = 256 * 1024 * 1024 };

struct header {
    uint32_t magic, total, head, unused;
    uint64_t hash;
};

/* tag: type | POSITIONED | length << TYPE_BITS. at: the boolean, or where the rest is. */
struct slot {
    uint32_t tag, at;
};

enum { ROOT_SLOT = sizeof(struct header) };

/* Where a string with a place of its own points to. */
struct positioned {
    struct span span;
    uint32_t text, unused;
};

struct compound {
    uint64_t hash;
    struct span span;
    uint32_t count, keys; /* keys: of a record, an array of struct key */
    /* struct slot items[count] */
};

struct key {
    uint32_t at, len;
};

/* Freezing */

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

static uint64_t scalar_hash(enum value_type type, const void *bytes, size_t len) {
    return hash_bytes(bytes, len, type);
}

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
    if (memcmp(a->keys, b->keys, a->count * sizeof *a->keys) == 0)
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

static uint32_t item_slot(uint32_t compound, uint32_t i) {
    return compound + (uint32_t)sizeof(struct compound) + i * (uint32_t)sizeof(struct slot);
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

/* Reading */

static const struct slot *slot_of(struct node n) {
    return (const struct slot *)(const void *)(n.image->at + n.slot);
}

static enum value_type slot_type(const struct slot *s) {
    return (enum value_type)(s->tag & (POSITIONED - 1));
}

static const struct header *header_of(const struct image *i) {
    return (const struct header *)(const void *)i->at;
}

static const struct compound *compound_of(struct node n) {
    return (const struct compound *)(const void *)(n.image->at + slot_of(n)->at);
}

static const struct positioned *positioned_of(struct node n) {
    return (const struct positioned *)(const void *)(n.image->at + slot_of(n)->at);
}

static bool is_compound(enum value_type t) {
    return t == VALUE_LIST || t == VALUE_RECORD;
}

bool image_is_whole(const struct image *i) {
    return i->len == header_of(i)->total;
}

uint32_t image_head_len(const struct image *i) {
    return header_of(i)->head;
}

uint64_t image_hash(const struct image *i) {
    return header_of(i)->hash;
}

struct node image_root(const struct image *i) {
    return (struct node){i, ROOT_SLOT};
}

enum value_type node_type(struct node n) {
    return n.slot ? slot_type(slot_of(n)) : VALUE_NIL;
}

bool node_boolean(struct node n) {
    return node_type(n) == VALUE_BOOLEAN && slot_of(n)->at != 0;
}

int64_t node_integer(struct node n) {
    int64_t i = 0;
    if (node_type(n) == VALUE_INTEGER)
        memcpy(&i, n.image->at + slot_of(n)->at, sizeof i);
    return i;
}

double node_number(struct node n) {
    double d = 0;
    if (node_type(n) == VALUE_INTEGER)
        return (double)node_integer(n);
    if (node_type(n) == VALUE_NUMBER)
        memcpy(&d, n.image->at + slot_of(n)->at, sizeof d);
    return d;
}

struct str node_string(struct node n) {
    if (node_type(n) != VALUE_STRING)
        return STR("");
    const struct slot *s = slot_of(n);
    uint32_t text = s->tag & POSITIONED ? positioned_of(n)->text : s->at;
    return (struct str){(const char *)n.image->at + text, s->tag >> TYPE_BITS};
}

uint32_t node_count(struct node n) {
    return is_compound(node_type(n)) ? compound_of(n)->count : 0;
}

struct node node_item(struct node n, uint32_t i) {
    if (i >= node_count(n))
        return (struct node){n.image, 0};
    return (struct node){n.image, item_slot(slot_of(n)->at, i)};
}

static const struct key *keys_of(struct node n) {
    return (const struct key *)(const void *)(n.image->at + compound_of(n)->keys);
}

struct str node_key(struct node n, uint32_t i) {
    if (node_type(n) != VALUE_RECORD || i >= node_count(n))
        return STR("");
    const struct key *k = keys_of(n) + i;
    return (struct str){(const char *)n.image->at + k->at, k->len};
}

struct node node_get(struct node n, struct str key) {
    if (node_type(n) != VALUE_RECORD)
        return (struct node){n.image, 0};
    const struct key *k = keys_of(n);
    uint32_t count = node_count(n);
    for (uint32_t i = 0; i < count; i++)
        if (k[i].len == key.len && memcmp(n.image->at + k[i].at, key.at, key.len) == 0)
            return node_item(n, i);
    return (struct node){n.image, 0};
}

struct str node_get_string(struct node n, struct str key) {
    return node_string(node_get(n, key));
}

uint64_t node_hash(struct node n) {
    enum value_type type = node_type(n);
    unsigned char truth = node_boolean(n);
    struct str s = node_string(n);
    switch (type) {
    case VALUE_BOOLEAN:
        return scalar_hash(type, &truth, 1);
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        return scalar_hash(type, n.image->at + slot_of(n)->at, 8);
    case VALUE_STRING:
        return scalar_hash(type, s.at, s.len);
    case VALUE_LIST:
    case VALUE_RECORD:
        return compound_of(n)->hash;
    default:
        return scalar_hash(VALUE_NIL, NULL, 0);
    }
}

struct value *node_thaw(struct arena *a, struct node n) {
    struct span span = node_own_span(n);
    struct value *v;
    switch (node_type(n)) {
    case VALUE_BOOLEAN:
        return value_boolean(a, node_boolean(n));
    case VALUE_INTEGER:
        return value_integer(a, node_integer(n));
    case VALUE_NUMBER:
        return value_number(a, node_number(n));
    case VALUE_STRING:
        return value_string(a, node_string(n), span);
    case VALUE_LIST:
        v = value_list(a, span);
        for (uint32_t i = 0; i < node_count(n); i++)
            value_push(a, v, node_thaw(a, node_item(n, i)));
        return v;
    case VALUE_RECORD:
        v = value_record(a, span);
        for (uint32_t i = 0; i < node_count(n); i++)
            value_set(a, v, node_key(n, i), node_thaw(a, node_item(n, i)));
        return v;
    default:
        return value_nil(a);
    }
}

bool node_at_hand(struct node n) {
    enum value_type type = node_type(n);
    if (type == VALUE_NIL || type == VALUE_BOOLEAN || image_is_whole(n.image))
        return true;
    const struct slot *s = slot_of(n);
    return s->at < n.image->len;
}

/* Where in the compound the subtree that holds `slot` hangs: pre-order makes it the last child
 * whose content begins before it. */
static uint32_t child_towards(struct node n, uint32_t slot) {
    uint32_t best = 0;
    for (uint32_t i = 0; i < node_count(n); i++) {
        struct node child = node_item(n, i);
        if (child.slot == slot)
            return i;
        if (is_compound(node_type(child)) && slot_of(child)->at < slot)
            if (!is_compound(node_type(node_item(n, best))) ||
                slot_of(child)->at >= slot_of(node_item(n, best))->at)
                best = i;
    }
    return best;
}

struct span node_own_span(struct node n) {
    if (is_compound(node_type(n)))
        return compound_of(n)->span;
    if (n.slot && slot_of(n)->tag & POSITIONED)
        return positioned_of(n)->span;
    return (struct span){0};
}

struct span node_span(struct node n) {
    struct span span = node_own_span(n), above;
    struct node at = image_root(n.image);
    if (span.line || !n.slot)
        return span;
    while (at.slot != n.slot && is_compound(node_type(at))) {
        above = node_own_span(at);
        span = above.line ? above : span;
        at = node_item(at, child_towards(at, n.slot));
    }
    return span;
}

void node_path(struct buf *out, struct node n) {
    struct node at = image_root(n.image);
    bool first = true;
    while (n.slot && at.slot != n.slot && is_compound(node_type(at))) {
        uint32_t i = child_towards(at, n.slot);
        if (node_type(at) == VALUE_LIST) {
            buf_printf(out, "[%u]", i + 1);
        } else {
            struct str key = node_key(at, i);
            buf_printf(out, "%s%.*s", first ? "" : ".", STR_ARG(key));
        }
        first = false;
        at = node_item(at, i);
    }
}

/* Checking an image that somebody else made */

struct checker {
    const struct image *image;
    uint32_t total;    /* bytes of the whole image */
    uint32_t furthest; /* no compound at or before this may come any more */
};

static bool lies_within(const struct checker *c, uint64_t at, uint64_t len) {
    return at + len <= c->total;
}

/* Content behind the head is not at hand; it is checked with the whole image. */
static bool is_remote(const struct checker *c, uint32_t at) {
    return c->image->len < c->total && at >= c->image->len && at < c->total;
}

static bool is_readable(const struct checker *c, uint64_t at, uint64_t len, uint64_t alignment) {
    return at % alignment == 0 && at + len <= c->image->len;
}

static bool check_node(struct checker *c, struct node n, unsigned depth);

static bool check_string(const struct checker *c, const struct slot *s) {
    uint64_t len = s->tag >> TYPE_BITS;
    if (!(s->tag & POSITIONED))
        return is_remote(c, s->at) ? lies_within(c, s->at, len) : is_readable(c, s->at, len, 1);
    if (is_remote(c, s->at))
        return true;
    if (!is_readable(c, s->at, sizeof(struct positioned), ALIGN))
        return false;
    const struct positioned *p = (const void *)(c->image->at + s->at);
    return is_readable(c, p->text, len, 1);
}

static bool check_keys(const struct checker *c, const struct compound *k) {
    if (!is_readable(c, k->keys, (uint64_t)k->count * sizeof(struct key), 4))
        return false;
    const struct key *keys = (const void *)(c->image->at + k->keys);
    for (uint32_t i = 0; i < k->count; i++)
        if (!is_readable(c, keys[i].at, keys[i].len, 1))
            return false;
    return true;
}

static bool check_compound(struct checker *c, struct node n) {
    const struct slot *s = slot_of(n);
    if (is_remote(c, s->at))
        return true;
    if (s->at <= c->furthest || !is_readable(c, s->at, sizeof(struct compound), ALIGN))
        return false;
    const struct compound *k = compound_of(n);
    c->furthest = s->at;
    if (!is_readable(c, item_slot(s->at, 0), (uint64_t)k->count * sizeof(struct slot), ALIGN) ||
        (slot_type(s) == VALUE_RECORD && !check_keys(c, k)))
        return false;
    return true;
}

static bool check_items(struct checker *c, struct node n, unsigned depth) {
    for (uint32_t i = 0; i < node_count(n); i++)
        if (!check_node(c, node_item(n, i), depth + 1))
            return false;
    return true;
}

static bool check_node(struct checker *c, struct node n, unsigned depth) {
    const struct slot *s = slot_of(n);
    switch (slot_type(s)) {
    case VALUE_NIL:
    case VALUE_BOOLEAN:
        return true;
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        return is_remote(c, s->at) || is_readable(c, s->at, sizeof(int64_t), ALIGN);
    case VALUE_STRING:
        return check_string(c, s);
    case VALUE_LIST:
    case VALUE_RECORD:
        if (depth > IMAGE_DEPTH || !check_compound(c, n))
            return false;
        return is_remote(c, s->at) || check_items(c, n, depth);
    default:
        return false;
    }
}

bool image_open(struct image *out, struct str bytes, bool head_only) {
    struct image image = {(const unsigned char *)bytes.at, (uint32_t)bytes.len};
    if (bytes.len > LARGEST || bytes.len < sizeof(struct header) + sizeof(struct slot) ||
        (uintptr_t)bytes.at % ALIGN)
        return false;
    const struct header *h = header_of(&image);
    if (h->magic != MAGIC || h->head > h->total ||
        (head_only ? h->head != bytes.len : h->total != bytes.len))
        return false;
    struct checker c = {.image = &image, .total = h->total, .furthest = ROOT_SLOT};
    if (!check_node(&c, image_root(&image), 0))
        return false;
    *out = image;
    return true;
}

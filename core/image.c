#include "image.h"

#include <string.h>

#include "hash.h"
#include "image_layout.h"
#include "utf8.h"

static bool is_compound(enum value_type t) {
    return t == VALUE_LIST || t == VALUE_RECORD;
}

static const struct placed_text *placed_text_of(struct node n) {
    return image_bytes(n.image, slot_of(n)->at);
}

/* Of a record that has fields. */
static const struct shape *shape_of(struct node n) {
    return image_bytes(n.image, slot_of(n)->tag >> SIZE_SHIFT);
}

bool image_is_whole(const struct image *i) {
    return i->len == header_of(i)->total;
}

uint32_t image_head_len(const struct image *i) {
    return header_of(i)->head;
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
    if (node_type(n) != VALUE_INTEGER)
        return i;
    const struct slot *s = slot_of(n);
    if (s->tag & SMALL)
        return (int32_t)s->at;
    memcpy(&i, image_bytes(n.image, s->at), sizeof i);
    return i;
}

double node_number(struct node n) {
    double d = 0;
    if (node_type(n) == VALUE_INTEGER)
        return (double)node_integer(n);
    if (node_type(n) == VALUE_NUMBER)
        memcpy(&d, image_bytes(n.image, slot_of(n)->at), sizeof d);
    return d;
}

struct str node_string(struct node n) {
    if (node_type(n) != VALUE_STRING)
        return STR("");
    const struct slot *s = slot_of(n);
    uint32_t text = s->tag & PLACED ? placed_text_of(n)->text : s->at;
    return (struct str){image_bytes(n.image, text), s->tag >> SIZE_SHIFT};
}

uint32_t node_count(struct node n) {
    enum value_type type = node_type(n);
    uint32_t size = is_compound(type) ? slot_of(n)->tag >> SIZE_SHIFT : 0;
    return type == VALUE_RECORD && size ? shape_of(n)->count : size;
}

struct node node_item(struct node n, uint32_t i) {
    if (i >= node_count(n))
        return (struct node){n.image, 0};
    return (struct node){n.image, item_slot(slot_of(n)->at, i)};
}

static const char *text_of(const struct shape *shape) {
    return (const char *)(shape->ends + shape->count);
}

struct str node_key(struct node n, uint32_t i) {
    if (node_type(n) != VALUE_RECORD || i >= node_count(n))
        return STR("");
    const struct shape *shape = shape_of(n);
    uint32_t begin = i ? shape->ends[i - 1] : 0;
    return (struct str){text_of(shape) + begin, shape->ends[i] - begin};
}

struct items node_items(struct node n) {
    struct items i = {.node = n, .left = node_count(n)};
    if (i.left == 0)
        return i;
    i.node.slot = item_slot(slot_of(n)->at, (uint32_t)-1); // one before the first
    if (node_type(n) == VALUE_RECORD) {
        i.ends = shape_of(n)->ends;
        i.key.at = text_of(shape_of(n));
    }
    return i;
}

struct node node_get(struct node n, struct str key) {
    if (node_type(n) == VALUE_RECORD)
        for (struct items i = node_items(n); items_next(&i);)
            if (i.key.len == key.len && memcmp(i.key.at, key.at, key.len) == 0)
                return i.node;
    return (struct node){n.image, 0};
}

struct str node_get_string(struct node n, struct str key) {
    return node_string(node_get(n, key));
}

static uint64_t scalar_hash(enum value_type type, const void *bytes, size_t len) {
    return hash_bytes(bytes, len, type);
}

/* From the hashes of the keys and items, in their order. */
static uint64_t compound_hash(struct node n) {
    uint64_t hash = node_type(n);
    for (struct items i = node_items(n); items_next(&i);) {
        uint64_t parts[] = {hash, hash_str(i.key), node_hash(i.node)};
        hash = hash_bytes(parts, sizeof parts, 0);
    }
    return hash;
}

uint64_t node_hash(struct node n) {
    enum value_type type = node_type(n);
    if (!node_at_hand(n))
        return 0;
    unsigned char truth = node_boolean(n);
    int64_t integer = node_integer(n);
    double number = node_number(n);
    struct str s = node_string(n);
    switch (type) {
    case VALUE_BOOLEAN:
        return scalar_hash(type, &truth, sizeof truth);
    case VALUE_INTEGER:
        return scalar_hash(type, &integer, sizeof integer);
    case VALUE_NUMBER:
        return scalar_hash(type, &number, sizeof number);
    case VALUE_STRING:
        return scalar_hash(type, s.at, s.len);
    case VALUE_LIST:
    case VALUE_RECORD:
        return compound_hash(n);
    default:
        return scalar_hash(VALUE_NIL, NULL, 0);
    }
}

bool node_equal_shape(struct node a, struct node b) {
    if (node_type(a) != node_type(b) || node_count(a) != node_count(b))
        return false;
    struct items i = node_items(a), k = node_items(b);
    while (items_next(&i) && items_next(&k))
        if (!str_eq(i.key, k.key))
            return false;
    return true;
}

bool node_equal(struct node a, struct node b) {
    if (!node_at_hand(a) || !node_at_hand(b) || !node_equal_shape(a, b))
        return false;
    double x = node_number(a), y = node_number(b);
    switch (node_type(a)) {
    case VALUE_BOOLEAN:
        return node_boolean(a) == node_boolean(b);
    case VALUE_INTEGER:
        return node_integer(a) == node_integer(b);
    case VALUE_NUMBER:
        return memcmp(&x, &y, sizeof x) == 0; // so that NaN is NaN
    case VALUE_STRING:
        return str_eq(node_string(a), node_string(b));
    default:
        break;
    }
    struct items i = node_items(a), k = node_items(b);
    while (items_next(&i) && items_next(&k))
        if (!node_equal(i.node, k.node))
            return false;
    return true;
}

/* The last compound in pre-order is the furthest: its slots are the last of the subtree. */
uint32_t node_end(struct node n) {
    uint32_t count = node_count(n), last = count;
    while (last > 0 && node_count(node_item(n, last - 1)) == 0)
        last--;
    if (last > 0)
        return node_end(node_item(n, last - 1));
    return count ? item_slot(slot_of(n)->at, count) : 0;
}

/* What has no place of its own stands at `above`. */
static struct value *thaw(struct arena *a, struct node n, struct span above) {
    struct span own = node_own_span(n), span = own.line ? own : above;
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
        for (struct items i = node_items(n); items_next(&i);)
            value_push(a, v, thaw(a, i.node, span));
        return v;
    case VALUE_RECORD:
        v = value_record(a, span);
        for (struct items i = node_items(n); items_next(&i);)
            value_set(a, v, i.key, thaw(a, i.node, span));
        return v;
    default:
        return value_nil(a);
    }
}

struct value *node_thaw(struct arena *a, struct node n) {
    return thaw(a, n, node_span(n));
}

bool node_at_hand(struct node n) {
    enum value_type type = node_type(n);
    if (type == VALUE_NIL || type == VALUE_BOOLEAN || image_is_whole(n.image))
        return true;
    const struct slot *s = slot_of(n);
    return (type == VALUE_INTEGER && s->tag & SMALL) || s->at < n.image->len;
}

/* Pre-order makes it the last child whose content begins before the slot. */
uint32_t node_towards(struct node above, struct node below) {
    uint32_t best = 0, furthest = 0, slot = below.slot;
    for (uint32_t i = 0; i < node_count(above); i++) {
        struct node child = node_item(above, i);
        if (child.slot == slot)
            return i;
        uint32_t items = is_compound(node_type(child)) ? slot_of(child)->at : 0;
        if (items >= furthest && items <= slot && items) {
            furthest = items;
            best = i;
        }
    }
    return best;
}

struct span node_own_span(struct node n) {
    enum value_type type = node_type(n);
    uint64_t place;
    if (!n.slot || type < VALUE_STRING || !(slot_of(n)->tag & PLACED))
        return (struct span){0};
    if (type == VALUE_STRING)
        return place_unpack(placed_text_of(n)->place);
    memcpy(&place, n.image->at + slot_of(n)->at - sizeof place, sizeof place);
    return place_unpack(place);
}

struct span node_span(struct node n) {
    struct span span = node_own_span(n), above;
    struct node at = image_root(n.image);
    if (span.line || !n.slot)
        return span;
    while (at.slot != n.slot && is_compound(node_type(at)) && node_at_hand(at)) {
        above = node_own_span(at);
        span = above.line ? above : span;
        at = node_item(at, node_towards(at, n));
    }
    return span;
}

void node_path(struct buf *out, struct node n) {
    struct node at = image_root(n.image);
    bool first = true;
    while (n.slot && at.slot != n.slot && is_compound(node_type(at)) && node_at_hand(at)) {
        uint32_t i = node_towards(at, n);
        if (node_type(at) == VALUE_LIST) {
            buf_printf(out, "[%u]", i + 1);
        } else {
            struct arena scratch = ARENA_INIT;
            buf_put(out, first ? STR("") : STR("."));
            buf_put(out, utf8_visible(&scratch, node_key(at, i)));
            arena_free(&scratch);
        }
        first = false;
        at = node_item(at, i);
    }
}

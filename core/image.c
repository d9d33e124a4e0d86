#include "image.h"

#include <string.h>

#include "image_layout.h"

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

/* The last compound in pre-order is the furthest: its slots are the last of the subtree. */
uint32_t node_end(struct node n) {
    uint32_t count = node_count(n), last = count;
    if (!is_compound(node_type(n)))
        return 0;
    while (last > 0 && node_count(node_item(n, last - 1)) == 0)
        last--;
    if (last > 0)
        return node_end(node_item(n, last - 1));
    return item_slot(slot_of(n)->at, count);
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
    if (node_type(n) == VALUE_STRING && slot_of(n)->tag & POSITIONED)
        return positioned_of(n)->span;
    return (struct span){0};
}

struct span node_span(struct node n) {
    struct span span = node_own_span(n), above;
    struct node at = image_root(n.image);
    if (span.line || !n.slot)
        return span;
    while (at.slot != n.slot && is_compound(node_type(at)) && node_at_hand(at)) {
        above = node_own_span(at);
        span = above.line ? above : span;
        at = node_item(at, child_towards(at, n.slot));
    }
    return span;
}

void node_path(struct buf *out, struct node n) {
    struct node at = image_root(n.image);
    bool first = true;
    while (n.slot && at.slot != n.slot && is_compound(node_type(at)) && node_at_hand(at)) {
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

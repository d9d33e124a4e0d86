/* Checking an image that somebody else made: a worker, a file. */
#include "image_layout.h"

struct checker {
    const struct image *image;
    uint32_t total;    /* bytes of the whole image */
    uint32_t furthest; /* no compound at or before this byte may come any more */
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
    if (!is_readable(c, item_slot(s->at, 0), (uint64_t)k->count * sizeof(struct slot), ALIGN) ||
        (slot_type(s) == VALUE_RECORD && !check_keys(c, k)))
        return false;
    c->furthest = item_slot(s->at, k->count) - 1; // items that overlap: a walk without end
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

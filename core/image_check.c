/* Checking an image that somebody else made: a worker, a file. */
#include "image_layout.h"

enum { KNOWN_SHAPES = 64 };

struct checker {
    const struct image *image;
    uint32_t len, total;           /* bytes at hand, and of the whole image */
    uint32_t furthest;             /* no items at or before this byte may come any more */
    uint32_t shapes[KNOWN_SHAPES]; /* that were found good, by where they are */
};

static bool is_readable(const struct checker *c, uint64_t at, uint64_t len) {
    return at + len <= c->len;
}

/* Content behind the head is not at hand; it is checked with the whole image. */
static bool is_remote(const struct checker *c, uint32_t at) {
    return at >= c->len && at < c->total;
}

static bool check_number(const struct checker *c, const struct slot *s) {
    if (s->tag & SMALL && slot_type(s) == VALUE_INTEGER)
        return true;
    return is_remote(c, s->at) || (s->at % ALIGN == 0 && is_readable(c, s->at, sizeof(int64_t)));
}

static bool check_placed_text(const struct checker *c, const struct slot *s) {
    if (s->at % ALIGN || !is_readable(c, s->at, sizeof(struct placed_text)))
        return false;
    const struct placed_text *p = image_bytes(c->image, s->at);
    return is_readable(c, p->text, s->tag >> SIZE_SHIFT);
}

static bool check_string(const struct checker *c, const struct slot *s) {
    uint64_t len = s->tag >> SIZE_SHIFT;
    if (is_remote(c, s->at))
        return s->tag & PLACED || s->at + len <= c->total;
    return s->tag & PLACED ? check_placed_text(c, s) : is_readable(c, s->at, len);
}

static bool check_shape(struct checker *c, uint32_t at) {
    uint32_t *known = &c->shapes[at / 4 % KNOWN_SHAPES];
    if (*known == at)
        return true;
    const struct shape *shape = image_bytes(c->image, at);
    if (at % sizeof(uint32_t) || !is_readable(c, at, sizeof *shape))
        return false;
    uint64_t text = at + sizeof *shape + (uint64_t)shape->count * sizeof *shape->ends;
    if (!is_readable(c, text, 0))
        return false;
    uint32_t end = 0;
    for (uint32_t i = 0; i < shape->count; end = shape->ends[i++])
        if (shape->ends[i] < end)
            return false;
    if (!is_readable(c, text, end))
        return false;
    *known = at;
    return true;
}

static bool count_items(struct checker *c, const struct slot *s, uint32_t *count) {
    uint32_t size = s->tag >> SIZE_SHIFT;
    *count = size;
    if (slot_type(s) == VALUE_LIST || size == 0)
        return true;
    if (!check_shape(c, size))
        return false;
    *count = ((const struct shape *)image_bytes(c->image, size))->count;
    return true;
}

/* The items' slots must come behind all others: items that overlap are a walk without end. */
static bool claim_items(struct checker *c, const struct slot *s, uint32_t *count) {
    if (!count_items(c, s, count))
        return false;
    if ((*count || s->tag & PLACED) && s->at % ALIGN)
        return false;
    if (s->tag & PLACED && (s->at < ALIGN || !is_readable(c, s->at, 0)))
        return false;
    if (*count == 0)
        return true;
    if (s->at <= c->furthest || !is_readable(c, s->at, (uint64_t)*count * sizeof *s))
        return false;
    c->furthest = item_slot(s->at, *count) - 1;
    return true;
}

static bool check_slots(struct checker *c, uint32_t at, uint32_t count, unsigned depth);

static bool check_compound(struct checker *c, const struct slot *s, unsigned depth) {
    uint32_t count;
    if (is_remote(c, s->at))
        return true;
    return depth <= IMAGE_DEPTH && claim_items(c, s, &count) &&
           (count == 0 || check_slots(c, s->at, count, depth + 1));
}

static bool check_slot(struct checker *c, const struct slot *s, unsigned depth) {
    switch (slot_type(s)) {
    case VALUE_NIL:
    case VALUE_BOOLEAN:
        return true;
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        return check_number(c, s);
    case VALUE_STRING:
        return check_string(c, s);
    case VALUE_LIST:
    case VALUE_RECORD:
        return check_compound(c, s, depth);
    }
    return false;
}

static bool check_slots(struct checker *c, uint32_t at, uint32_t count, unsigned depth) {
    const struct slot *slots = image_bytes(c->image, at);
    for (uint32_t i = 0; i < count; i++)
        if (!check_slot(c, &slots[i], depth))
            return false;
    return true;
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
    struct checker c = {
        .image = &image, .len = image.len, .total = h->total, .furthest = ROOT_SLOT};
    if (!check_slots(&c, ROOT_SLOT, 1, 0))
        return false;
    *out = image;
    return true;
}

/* How an image lies in memory: shared by what writes, reads and checks it. */
#ifndef FASCIA_IMAGE_LAYOUT_H
#define FASCIA_IMAGE_LAYOUT_H

#include "hash.h"
#include "image.h"

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

static inline uint64_t scalar_hash(enum value_type type, const void *bytes, size_t len) {
    return hash_bytes(bytes, len, type);
}

static inline uint32_t item_slot(uint32_t compound, uint32_t i) {
    return compound + (uint32_t)sizeof(struct compound) + i * (uint32_t)sizeof(struct slot);
}

static inline const struct slot *slot_of(struct node n) {
    return (const struct slot *)(const void *)(n.image->at + n.slot);
}

static inline enum value_type slot_type(const struct slot *s) {
    return (enum value_type)(s->tag & (POSITIONED - 1));
}

static inline const struct header *header_of(const struct image *i) {
    return (const struct header *)(const void *)i->at;
}

static inline const struct compound *compound_of(struct node n) {
    return (const struct compound *)(const void *)(n.image->at + slot_of(n)->at);
}

#endif

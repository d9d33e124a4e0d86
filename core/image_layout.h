/* How an image lies in memory: shared by what writes, reads and checks it. */
#ifndef FASCIA_IMAGE_LAYOUT_H
#define FASCIA_IMAGE_LAYOUT_H

#include "image.h"

enum { MAGIC = 0x32494146 /* "FAI2" */, LARGEST = 256 * 1024 * 1024 };

struct header {
    uint32_t magic, total, head, unused;
};

/* tag: type | PLACED or SMALL | size << SIZE_SHIFT. By type:
 *     boolean          at: 1 or 0
 *     integer, number  at: where its 8 bytes are, or of a SMALL integer itself
 *     string           size: bytes; at: the text, or of a PLACED one a struct placed_text
 *     list             size: items; at: their slots, behind 8 bytes of place if PLACED
 *     record           size: where its struct shape is, 0: no fields; at: as of a list
 * Nothing lies in the first bytes: an empty string, list or record without a place has at 0. */
struct slot {
    uint32_t tag, at;
};

enum { TYPE_MASK = 7, PLACED = 8, SMALL = 8, SIZE_SHIFT = 4 };
enum { ALIGN = 8, ROOT_SLOT = sizeof(struct header) };

/* A string with a place of its own. */
struct placed_text {
    uint64_t place;
    uint32_t text, unused;
};

/* The keys of all records that have the same. Their text follows, one behind the other. */
struct shape {
    uint32_t count;
    uint32_t ends[]; /* of key i, from where the text begins */
};

/* Where a node stands, in 8 bytes: begin, line, col. */
enum { LINE_BITS = 18, COL_BITS = 18 };

static inline bool place_fits(struct span s) {
    return s.begin < LARGEST && s.line < 1 << LINE_BITS && s.col < 1 << COL_BITS;
}

static inline uint64_t place_pack(struct span s) {
    return ((uint64_t)s.begin << LINE_BITS | s.line) << COL_BITS | s.col;
}

static inline struct span place_unpack(uint64_t place) {
    uint32_t begin = (uint32_t)(place >> (LINE_BITS + COL_BITS));
    uint32_t line = (uint32_t)(place >> COL_BITS) & ((1 << LINE_BITS) - 1);
    return (struct span){begin, begin, line, (uint32_t)place & ((1 << COL_BITS) - 1)};
}

static inline uint32_t item_slot(uint32_t items, uint32_t i) {
    return items + i * (uint32_t)sizeof(struct slot);
}

static inline const void *image_bytes(const struct image *image, uint32_t at) {
    return image->at + at;
}

static inline const struct slot *slot_of(struct node n) {
    return image_bytes(n.image, n.slot);
}

static inline enum value_type slot_type(const struct slot *s) {
    return (enum value_type)(s->tag & TYPE_MASK);
}

static inline const struct header *header_of(const struct image *i) {
    return image_bytes(i, 0);
}

#endif

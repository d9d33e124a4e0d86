/* A read set: what a rendering read of the model, so that one can tell whether it must run again.
 *
 * Of each image it looked at, the set names nodes by their slot and says what was read there: the
 * value (the whole subtree), the shape (how many items, which keys), the place in the content file,
 * or just the type (whether there is a conclusion at all). Slots mean something only in that very
 * image, so a set is checked by walking the image it was made from beside the new one
 * (reads_changed). Besides: keys that were looked for in vain, queries over the site with the hash
 * of their answers, and flags.
 *
 * Written by workers (bind_reads.c), kept by the parent as it came:
 *     u32 flags
 *     u32 images  × (u32 article or NO_ARTICLE: settings, u32 n, n × u32 slot | kinds)
 *     u32 missing × (u32 article, u32 slot, str key)
 *     u32 queries × (str tag, str lang, str sort, u32 limit, u32 offset, u64 answer)
 *     u32 exports × (str name, u64 hash of its path template; 0: it is not made) */
#ifndef FASCIA_READS_H
#define FASCIA_READS_H

#include "image.h"
#include "site.h"
#include "wire.h"

/* A mark without any of these says that only the type was looked at. */
enum read_kind { READ_VALUE = 1, READ_SHAPE = 2, READ_PLACE = 4, READ_KINDS = 7 };

enum read_flag {
    READ_NOW = 1,     /* site.now */
    READ_EXPORTS = 2, /* which exports are made */
};

/* Images of which there are more than this, and sets larger than this, are coarsened to the
 * fields of their articles. */
enum { READS_FINE_IMAGES = 64, READS_FINE_MARKS = 1024 };

/* One image's part of a set. */
struct image_reads {
    uint32_t article, count;
    struct str marks; /* count × u32, ascending */
};

/* Steps through a set; `rest` begins as the whole. */
uint32_t reads_flags(struct wire *set, uint32_t *images);
bool reads_next_image(struct wire *set, struct image_reads *one);

struct missing_read {
    uint32_t article, slot;
    struct str key;
};
bool reads_next_missing(struct wire *set, struct missing_read *one);

struct query_read {
    struct site_query query;
    uint64_t answer;
};
bool reads_next_query(struct wire *set, struct query_read *one);

struct export_read {
    struct str name;
    uint64_t hash;
};
bool reads_next_export(struct wire *set, struct export_read *one);

/* Calls `visit` for each node that was read of the image that the set was made from, with its enum
 * read_kind. Trusts no slot. */
void reads_visit(const struct image_reads *reads, const struct image *image,
                 void (*visit)(void *self, struct node n, unsigned kinds), void *self);

/* Whether a node that was read differs in the new image (len 0: there is none any more). *was and
 * *is are the first that do; `is` may have slot 0. When none does, `moved` (room for every mark)
 * gets the marks as the new image has them. Trusts no slot. */
bool reads_changed(const struct image_reads *reads, const struct image *old,
                   const struct image *new, uint32_t *moved, struct node *was, struct node *is);

/* The node of the new image that stands where this slot stood, by keys and numbers. When it or
 * one above it is gone: slot 0, and *above and *key (empty: a list's item) where the way ends. */
struct node reads_counterpart(const struct image *old, uint32_t slot, const struct image *new,
                              struct node *above, struct str *key);

/* Where a set speaks of each article, for sets that name very many of them of which few changed.
 * Of articles below `articles` only. NULL: a damaged set. */
struct reads_index *reads_index(struct str set, uint32_t articles);
void reads_index_free(struct reads_index *index);

/* The places, in bytes from the set's begin, of an image's part or a missing key. */
const uint32_t *reads_index_places(const struct reads_index *index, uint32_t article,
                                   uint32_t *count);
bool reads_index_is_missing(const struct reads_index *index, uint32_t place);
size_t reads_index_asked(const struct reads_index *index); /* where the queries begin */

#endif

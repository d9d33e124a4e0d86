/* A frozen value: one flat, relocatable, read-only block of bytes. Nothing ever changes an image;
 * a change of content is a new image. It may be mapped, sent, kept and compared as it is.
 *
 * Each node has its type, its place in the content file and a 64-bit hash of its subtree (XXH3,
 * made when it is asked for; places are not hashed, so moving text is no change). The fields that
 * site queries ask for come first, and with them a prefix of the bytes, the head, that can be used
 * on its own: reading past it gives node_at_hand false.
 *
 * Layout: header; then nodes in pre-order, every compound behind its parent, so that a walk only
 * moves forward and a damaged image cannot send it in circles. Offsets are 32-bit, from the
 * image's first byte; a slot is 8 bytes. What many nodes share is stored once: the keys of like
 * records, equal short texts, and the place, which a node only has where it is not its parent's.
 * Little-endian, as all machines fascia runs on. */
#ifndef FASCIA_IMAGE_H
#define FASCIA_IMAGE_H

#include "buf.h"
#include "value.h"

struct image {
    const unsigned char *at; /* aligned to 8; not owned */
    uint32_t len;            /* bytes at hand: the whole image or its head */
};

/* A place in an image; passed by value. slot 0: no node, for which every question is answered
 * with nil, zero or the empty slice. */
struct node {
    const struct image *image;
    uint32_t slot;
};

/* Appends the image of `root` to `out`, aligned to 8. When root is a record, its first
 * `head_fields` fields and all its plain numbers make the head. Strings that lie within one of
 * the `backings` are stored once, as slices of it. False: more than 256 MB, or nested deeper than
 * IMAGE_DEPTH. */
bool image_freeze(struct buf *out, const struct value *root, uint32_t head_fields,
                  const struct str *backings, size_t backing_count);

enum { IMAGE_DEPTH = 200 };

/* Trusts nothing: true only when every offset that a walk can meet lies in the bytes (or, for
 * `head_only`, beyond them but inside the image that they say they are the head of). */
bool image_open(struct image *out, struct str bytes, bool head_only);

bool image_is_whole(const struct image *i);     /* not only its head */
uint32_t image_head_len(const struct image *i); /* bytes */
struct node image_root(const struct image *i);

enum value_type node_type(struct node n);
bool node_boolean(struct node n);
int64_t node_integer(struct node n);
double node_number(struct node n); /* of an integer too */
struct str node_string(struct node n);
uint32_t node_count(struct node n); /* items of a list or record, else 0 */
struct node node_item(struct node n, uint32_t i);
struct str node_key(struct node n, uint32_t i);

/* Goes through a list or record: for (struct items i = node_items(n); items_next(&i);) */
struct items {
    struct node node;
    struct str key;       /* of a record */
    const uint32_t *ends; /* of the keys; NULL: a list */
    uint32_t key_end, left;
};

struct items node_items(struct node n);

static inline bool items_next(struct items *i) {
    enum { SLOT_BYTES = 8 };
    if (i->left == 0)
        return false;
    i->left--;
    i->node.slot += SLOT_BYTES;
    if (i->ends) {
        i->key = (struct str){i->key.at + i->key.len, *i->ends - i->key_end};
        i->key_end = *i->ends++;
    }
    return true;
}

struct node node_get(struct node n, struct str key); /* slot 0: no such key */
struct str node_get_string(struct node n, struct str key);

/* Where a node stands. An image keeps where that begins, not where it ends: `end` is `begin`. A
 * place beyond line or column 262,143 is not kept either. */
struct span node_span(struct node n);     /* its own, else that of the nearest node above */
struct span node_own_span(struct node n); /* line 0: it stands where its parent does */

/* Both walk the subtree. What lies behind the head that is at hand has no hash (0) and is equal to
 * nothing. */
uint64_t node_hash(struct node n);
bool node_equal(struct node a, struct node b);
bool node_equal_shape(struct node a, struct node b); /* type, number of items, keys */

/* Where the subtree of a compound ends: every slot in it lies before. 0: it has no slots. */
uint32_t node_end(struct node n);

/* The value tree again, in the arena; its strings are slices of the image. */
struct value *node_thaw(struct arena *a, struct node n);

/* False when only the head is at hand and the node's content lies behind it. */
bool node_at_hand(struct node n);

/* Which child of a compound is a node, or holds it. */
uint32_t node_towards(struct node above, struct node below);

/* The way from the root to a node, as plugins write it: faq[3].answer.text */
void node_path(struct buf *out, struct node n);

#endif

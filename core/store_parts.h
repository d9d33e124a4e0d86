/* Parts of the store: the state as bytes. */
#ifndef FASCIA_STORE_PARTS_H
#define FASCIA_STORE_PARTS_H

#include "store.h"

bool store_read_all(int fd, struct buf *out);

void store_encode(struct buf *out, const struct graph *g, const struct kept *k,
                  uint64_t images_end);

/* Blobs point into `bytes`. False: another version's, damaged, or cut off. */
bool store_decode(struct str bytes, struct graph *g, struct kept *k, uint64_t *images_end);

#endif

/* The articles' images in shared memory: whole images in one file, their heads and the table that
 * site.h describes in another. The parent alone writes, at the end; workers get the descriptors.
 * Both files live in memory and are gone with the process. */
#ifndef FASCIA_SHELF_H
#define FASCIA_SHELF_H

#include "arena.h"
#include "image.h"
#include "site.h"

struct shelf {
    int heads_fd, images_fd;
    unsigned char *heads; /* mapped with room for every article */
    uint64_t heads_end, images_end; /* bytes in use */
    uint32_t count;       /* entries of the table, holes included */
};

/* Ends the process with a message when the system gives no memory. */
void shelf_open(struct shelf *s);
void shelf_close(struct shelf *s);

/* Puts an article's image, checked by image_open, at `article` (below SITE_MAX_ARTICLES); it is
 * live from then on. False: no memory was left. */
bool shelf_put(struct shelf *s, uint32_t article, const struct image *image);

/* Takes an article out of the site, or back in. */
void shelf_set_live(struct shelf *s, uint32_t article, bool live);

struct image shelf_head(const struct shelf *s, uint32_t article); /* len 0: a hole */

#endif

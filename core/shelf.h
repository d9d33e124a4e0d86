/* The heads of the articles' images in shared memory, behind the table that site.h describes, for
 * the workers. Whole images are in another file, which the table points into. The parent alone
 * writes; the memory is gone with the process. */
#ifndef FASCIA_SHELF_H
#define FASCIA_SHELF_H

#include "arena.h"
#include "image.h"
#include "site.h"

struct shelf {
    int heads_fd;
    unsigned char *heads; /* mapped with room for every article */
    uint64_t heads_end;   /* bytes in use */
    uint32_t count;       /* entries of the table, holes included */
};

/* Ends the process with a message when the system gives no memory. */
void shelf_open(struct shelf *s);
void shelf_close(struct shelf *s);

/* Where an article's whole image is, and the hash of its bytes. */
struct shelf_image {
    uint64_t at, sum;
    uint32_t len;
};

/* Puts an article's head, or takes its place again; it is live from then on. `article` is below
 * SITE_MAX_ARTICLES. False: no memory was left. */
bool shelf_put(struct shelf *s, uint32_t article, struct str head, struct shelf_image where);

struct graph;

/* Puts all that a graph was loaded with. False: a head is damaged. */
bool shelf_fill(struct shelf *s, const struct graph *g);

/* Takes an article out of the site, or back in. */
void shelf_set_live(struct shelf *s, uint32_t article, bool live);

/* The time that plugins are told: SOURCE_DATE_EPOCH (reproducible-builds.org), else the newest date
 * of a live article, so that the same content gives the same bytes on any day. */
struct str shelf_now(const struct shelf *s, struct arena *a);
bool shelf_asked_time(int64_t *seconds); /* SOURCE_DATE_EPOCH; false: it is not set */

struct image shelf_head(const struct shelf *s, uint32_t article); /* len 0: a hole */

#endif

/* Text that comes in pieces. While they follow each other in the source, it is a slice of the
 * source; from the first piece that does not, a copy. */
#ifndef FASCIA_MARKDOWN_RUN_H
#define FASCIA_MARKDOWN_RUN_H

#include "arena.h"
#include "buf.h"
#include "str.h"

struct run {
    struct arena *arena;
    struct str source;
    struct str text;  /* so far */
    bool copied;      /* text is in `copy` */
    struct buf copy;
};

void run_init(struct run *r, struct arena *a, struct str source);
void run_add(struct run *r, struct str more);
struct str run_end(struct run *r); /* in the source or in the arena; the next run begins */
void run_free(struct run *r);

#endif

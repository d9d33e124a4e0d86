/* How parent and worker write to each other: little-endian numbers and counted strings in a row.
 * A reader that runs over the end, or meets a count that cannot be, turns `bad` and gives zeros
 * from then on, so that its caller tests once. */
#ifndef FASCIA_WIRE_H
#define FASCIA_WIRE_H

#include "buf.h"
#include "diag.h"

void wire_put_u32(struct buf *b, uint32_t v);
void wire_put_u64(struct buf *b, uint64_t v);
void wire_put_str(struct buf *b, struct str s);
void wire_put_diag(struct buf *b, const struct diag *d);

struct wire {
    struct str rest;
    bool bad;
};

uint32_t wire_u32(struct wire *w);
uint64_t wire_u64(struct wire *w);
struct str wire_str(struct wire *w); /* a slice of what is read */

/* A string of several lines, in the arena: only their ends are kept as they are. */
struct str wire_lines(struct wire *w, struct arena *a);
struct str wire_bytes(struct wire *w, size_t len);

/* Adds the message to `to`, its texts cut to 4 KB (its detail to 64) and made printable: it may
 * come from a worker that a plugin has taken over. */
void wire_diag(struct wire *w, struct diags *to);

#endif

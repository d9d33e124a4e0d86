/* The worker's answer, record by record, in the shared reply area of the batch's slot. When the
 * area is full it is handed over and filled again once the parent has taken it. */
#ifndef FASCIA_REPLY_H
#define FASCIA_REPLY_H

#include "buf.h"
#include "protocol.h"

struct reply {
    struct buf area;      /* over shared memory; spills by handing over */
    size_t record_at;     /* where the open record begins in the area */
    uint32_t record_kind; /* 0xFFFFFFFF: none is open */
    uint32_t slot;
    void (*hand_over)(struct reply *r); /* gives area.len bytes away; returns when taken */
};

void reply_begin(struct reply *r, char *area, uint32_t slot);

void reply_record(struct reply *r, enum record_kind kind, struct str bytes);
void reply_u32(struct reply *r, enum record_kind kind, uint32_t v);

/* A record written piece by piece: into the buffer, until reply_close. */
struct buf *reply_open(struct reply *r, enum record_kind kind);
void reply_close(struct reply *r);

/* Hands over what there is, when no record is open: it counts even if the worker dies now. */
void reply_flush(struct reply *r);

#endif

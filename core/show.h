/* A value as a readable tree: one line a scalar, records and lists by indent, and the place in
 * the content file at the right of what has one of its own. */
#ifndef FASCIA_SHOW_H
#define FASCIA_SHOW_H

#include "buf.h"
#include "image.h"

void show_node(struct buf *out, struct node n);

#endif

/* Parts of the graph: graph.c (tables, what is not saved yet), graph_stale.c (what must run). */
#ifndef FASCIA_GRAPH_PARTS_H
#define FASCIA_GRAPH_PARTS_H

#include "graph.h"

/* Puts other bytes in the place of as many of a read set. */
void graph_set_read(struct rendering *r, size_t at, struct str bytes);

#endif

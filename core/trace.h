/* One rendering again, in a worker of its own that notes which line of the plugin reads what. Too
 * slow for a build, and nothing comes of it but what it tells. */
#ifndef FASCIA_TRACE_H
#define FASCIA_TRACE_H

#include "store.h"

struct traced {
    uint32_t article, slot; /* of what was read; NO_ARTICLE: settings */
    unsigned kinds;         /* enum read_kind */
    struct place by;
    struct traced *next;
};

struct trace {
    struct str plugin, place; /* its name and file; empty: nothing makes this export now */
    struct traced *first;     /* the last reads first */
};

/* What a store holds, as store_load gave it. */
struct left {
    struct store store;
    struct graph graph;
    struct kept kept;
};

/* Everything lives in `a`. What cannot be found out is left empty: the site may be other than the
 * store says by now. */
struct trace trace_rendering(struct arena *a, struct str site, const struct left *left,
                             const struct rendering *r);

#endif

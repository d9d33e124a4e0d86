/* Points in time as RFC 3339 writes them: a day, or a day with a time and an offset. */
#ifndef FASCIA_MOMENT_H
#define FASCIA_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

/* Seconds since 1970-01-01T00:00:00Z; a day alone is its beginning in UTC. False: `text` is not of
 * the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm). */
bool moment_parse(struct str text, int64_t *seconds);

/* In UTC, to the second, as YYYY-MM-DDThh:mm:ssZ. */
struct str moment_write(struct arena *a, int64_t seconds);

#endif

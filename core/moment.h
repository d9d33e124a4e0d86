/* Points in time as people write them in front matter: what ISO 8601 and RFC 3339 share. */
#ifndef FASCIA_MOMENT_H
#define FASCIA_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

struct moment {
    int year, month, day; /* of the proleptic Gregorian calendar, from year 1 */
    bool has_time;        /* else it is the day, and the rest is zero */
    int hour, minute, second;
    int offset;          /* minutes east of UTC */
    struct str fraction; /* of the second, as written: ".25"; a slice of the text */
};

/* 2025-11-22, 2025-11-22T08:30, 2025-11-22 08:30:05.25 +01:00, …Z; white space around it is
 * ignored, a time without an offset is UTC. False: *problem is a sentence without its stop, and
 * `m` is not to be used. */
bool moment_parse(struct str text, struct moment *m, const char **problem);

/* Since 1970-01-01T00:00:00Z; a day alone is its beginning in UTC. */
int64_t moment_seconds(const struct moment *m);

/* As RFC 3339 has it: YYYY-MM-DD, or YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm). */
struct str moment_write(struct arena *a, const struct moment *m);

/* In UTC, as YYYY-MM-DDThh:mm:ssZ; the beginning of 1970 for what is no time at all. */
struct str moment_write_seconds(struct arena *a, int64_t seconds);

#endif

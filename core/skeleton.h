/* The files of core/skeleton/, compiled into the binary: what `fascia new` writes. In their names
 * and texts NAME, TITLE and DATE stand for what is known once somebody asks. The table is made by
 * scripts/embed and lives as long as the program. */
#ifndef FASCIA_SKELETON_H
#define FASCIA_SKELETON_H

#include <stddef.h>

struct skeleton_file {
    const char *name;   /* "plugin/plugins/NAME.lua": what it belongs to, then its path in a site */
    const char *source; /* text, followed by a NUL that len does not count */
    size_t len;
};

extern const struct skeleton_file skeleton_files[];
extern const size_t skeleton_count;

#endif

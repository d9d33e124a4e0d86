/* The Lua files of core/prelude/, compiled into the binary: the comfort that plugins see on top of
 * the primitives in C. The table is made by scripts/embed and lives as long as the program. */
#ifndef FASCIA_PRELUDE_H
#define FASCIA_PRELUDE_H

#include <stddef.h>

struct prelude_file {
    const char *name;   /* "csv" for core/prelude/csv.lua */
    const char *source; /* text, followed by a NUL that len does not count */
    size_t len;
};

extern const struct prelude_file prelude_files[]; /* sorted by name, by bytes */
extern const size_t prelude_count;

#endif

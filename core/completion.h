/* The scripts of core/completion/, compiled into the binary: what has a shell complete fascia's
 * commands. They know nothing of the commands; they ask `fascia --complete WORD…`, which answers
 * ":files" or ":folders" where the shell knows better. The table is made by scripts/embed. */
#ifndef FASCIA_COMPLETION_H
#define FASCIA_COMPLETION_H

#include <stddef.h>

struct completion_file {
    const char *name;   /* "fascia.bash" */
    const char *source; /* text, followed by a NUL that len does not count */
    size_t len;
};

extern const struct completion_file completion_files[];
extern const size_t completion_count;

#endif

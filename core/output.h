/* The output folder: checked paths, written whole or not at all. A file is written under a
 * temporary name beside its place and renamed; bytes that are there already are left alone.
 * Everything is opened beneath the folder, without following links. */
#ifndef FASCIA_OUTPUT_H
#define FASCIA_OUTPUT_H

#include <stdint.h>

#include "arena.h"
#include "diag.h"
#include "str.h"

struct output {
    int root;            /* descriptor of the folder */
    struct str place;    /* as messages show it */
    int folder;          /* the folder written to last, or -1 */
    char folder_path[1024];
    uint64_t names;      /* what may lie in it: a bit for each name written since it was made here,
                          * all when it was there before */
    size_t written, unchanged;
    uint64_t last_mtime_ns; /* of the file that output_write wrote, or found equal, last */
    char temporary[32];  /* the name of a file until it is whole; one is written at a time */
};

/* Makes the folder when it is missing. False: one error. */
bool output_open(struct output *o, struct str path, struct str place, struct diags *d);
bool output_peek(struct output *o, struct str path); /* only to look; false: it is not there */
void output_close(struct output *o);

/* Why a path may not be an output, or NULL: UTF-8, relative, at most 1,000 bytes, no control
 * characters, empty, dot or ".." components, "\" or ":". */
const char *output_path_fault(struct str path);

/* Size and time of what is there; false: no regular file. */
bool output_stat(struct output *o, struct str path, uint64_t *bytes, uint64_t *mtime_ns);

/* Whether two paths are one file: always, if they are the same; and where the file system does not
 * tell letters of two cases apart. */
bool output_is_same(struct output *o, struct str one, struct str two);

enum output_removal {
    OUTPUT_REMOVED,
    OUTPUT_ABSENT,  /* there was no such file */
    OUTPUT_CHANGED, /* it is there, and its bytes are somebody else's */
    OUTPUT_STUCK,   /* the system refused; errno says why */
};

/* Removes a file if its bytes still have this hash, and folders that it leaves empty. */
enum output_removal output_remove(struct output *o, struct str path, uint64_t bytes_hash);

/* Removes what a build that was killed left half written beside this path. */
void output_sweep(struct output *o, struct str path);

/* The path must be free of faults. False: one error, and what was there before still is. */
bool output_write(struct output *o, struct str path, struct str bytes, struct diags *d);

#endif

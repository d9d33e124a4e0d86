/* One form of some files, without building a site: `fascia export`, `show` and `import`. */
#ifndef FASCIA_SINGLE_H
#define FASCIA_SINGLE_H

#include "buf.h"
#include "diag.h"
#include "session.h"

struct single_options {
    struct str site;          /* empty: the site that the first file lies in, if it lies in one */
    struct str export;        /* `export` only */
    const struct str *files;
    size_t file_count;
};

/* A form of a file. `name` is what a folder of outputs calls it: "<stem>.<export>". */
struct single_output {
    struct str name;
    uint32_t article, item;
    struct buf bytes; /* owned by the caller */
    struct single_output *next;
};

struct single_result {
    struct single_output *first, *last; /* in the order of the files; in `arena` */
    struct arena arena;
    struct buf log;
};

/* Each returns the exit status. */
int single_export(const struct single_options *o, struct single_result *r, struct diags *d);

/* The article as a readable tree with positions. */
int single_show(const struct single_options *o, struct single_result *r, struct diags *d);

/* Pasted text as Markdown; lines left out and lines not understood are notes. */
int single_import(const struct single_options *o, struct single_result *r, struct diags *d);

void single_free(struct single_result *r);

#endif

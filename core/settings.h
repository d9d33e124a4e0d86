/* content/site.yaml: what a site says of itself and of how it is built. A worker reads the file
 * into a record (defaults filled in); parent and workers use its image through `settings`. */
#ifndef FASCIA_SETTINGS_H
#define FASCIA_SETTINGS_H

#include "document.h"
#include "image.h"

struct settings {
    struct node root;          /* the record; slot 0 before settings_from */
    double seconds;            /* wall clock for one rendering */
    size_t memory_bytes;       /* for one plugin's state */
    size_t output_bytes;       /* for one rendering */
    size_t file_bytes;         /* largest content file */
    struct node exports;       /* list of strings, or nil: all */
    struct node checks;        /* record of severities by code, or nil */
};

/* An unknown key is a warning with the nearest known one; a value of the wrong kind is an error.
 * False: at least one error was added. */
bool settings_read(struct value **out, struct arena *a, const struct source *s, struct diags *d);

/* The image must outlive the settings. */
void settings_from(struct settings *s, const struct image *image);

/* How severe a check is in this site, which may say otherwise than its plugin. `checks` may come
 * from a worker. */
enum severity settings_severity(struct node checks, struct str code, enum severity otherwise);

/* What the readers need of a settings record; `out` and its words live in the arena. */
bool settings_reading(struct reading *out, struct arena *a, const struct value *record,
                      struct place at, struct diags *d);

#endif

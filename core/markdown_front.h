/* Front matter: YAML between a first line "---" and a line "---" or "...". */
#ifndef FASCIA_MARKDOWN_FRONT_H
#define FASCIA_MARKDOWN_FRONT_H

#include "diag.h"
#include "source.h"
#include "value.h"

/* A file without front matter gives an empty record. *body_line is the first line behind it. */
bool front_read(struct value **front, struct arena *a, const struct source *s,
                uint32_t *body_line, struct diags *d);

#endif

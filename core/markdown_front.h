/* Front matter: YAML between a first line "---" and a line "---" or "...". */
#ifndef FASCIA_MARKDOWN_FRONT_H
#define FASCIA_MARKDOWN_FRONT_H

#include "document.h"

/* Sets front and keys of the document, whose source is known. A file without front matter gives an
 * empty record. *body_line is the first line behind it. */
bool front_read(struct document *doc, struct arena *a, uint32_t *body_line, struct diags *d);

#endif

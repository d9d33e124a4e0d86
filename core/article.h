/* The model: from a document to an article, with every field of the design, in its order.
 * Recognition is told apart in article_*.c by what is recognised. */
#ifndef FASCIA_ARTICLE_H
#define FASCIA_ARTICLE_H

#include "document.h"

/* Reads bytes with the reader that the path's ending asks for (.txt: paste, else Markdown) and
 * builds the article, a record in the arena. False: one error was added, the file is no article. */
bool article_read(struct value **out, struct arena *a, const struct source *s,
                  const struct reading *how, struct diags *d);

/* From a document that was read already (import shows both). */
bool article_build(struct value **out, struct arena *a, struct document *doc,
                   const struct reading *how, struct diags *d);

#endif

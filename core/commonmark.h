/* A document's blocks as canonical CommonMark (with GFM tables, strikethrough and task lists):
 * reading it again gives the same blocks and inlines. One line a paragraph, "-" bullets, ATX
 * headings, fenced code. Each block's `commonmark` extent is set. */
#ifndef FASCIA_COMMONMARK_H
#define FASCIA_COMMONMARK_H

#include "block.h"
#include "buf.h"
#include "document.h"

void commonmark_write(struct buf *out, struct block *parent);

/* A whole file: YAML front matter between "---" lines when there is any, then the body. */
void commonmark_write_document(struct buf *out, struct document *doc);

#endif

/* A document's blocks as canonical CommonMark (with GFM tables, strikethrough and task lists):
 * reading it again gives the same blocks and inlines. One line a paragraph, "-" bullets, ATX
 * headings, fenced code; a soft break is a space. Each block's `commonmark` extent is set; it ends
 * before the newline that follows the block. A quote's includes its marks, an item's and a cell's
 * does not. The extent of a block of several lines inside of an item or a quote includes what
 * stands before its further lines ("> ", the item's indent).
 *
 * What cannot be written is written as nearly as can be: emphasis in emphasis in emphasis that
 * begin at one place and end at others, and a loose list of one item with one block. */
#ifndef FASCIA_COMMONMARK_H
#define FASCIA_COMMONMARK_H

#include "block.h"
#include "buf.h"
#include "document.h"

void commonmark_write(struct buf *out, struct block *parent);

/* A whole file: YAML front matter between "---" lines when there is any, then the body. */
void commonmark_write_document(struct buf *out, struct document *doc);

#endif

/* A document's blocks as plain text: paragraphs and other blocks parted by an empty line, list
 * items as "- item" or "1. item", tables as lines of cells parted by tabs, no markup. Each
 * block's `text` extent is set; an item's and a quote's is its content without mark or indent
 * when that is one line, which is what fields such as `items[].text` hold. */
#ifndef FASCIA_TEXT_H
#define FASCIA_TEXT_H

#include "block.h"
#include "buf.h"

void text_write(struct buf *out, struct block *parent);

#endif

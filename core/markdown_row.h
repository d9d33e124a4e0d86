/* Rows of tables as they are written: md4c fills short ones with empty cells and leaves out what
 * stands beyond the last column. */
#ifndef FASCIA_MARKDOWN_ROW_H
#define FASCIA_MARKDOWN_ROW_H

#include "block.h"
#include "source.h"

/* How many cells the line of this row has; 0: it is too long to be counted. */
uint32_t row_cells(const struct source *s, const struct block *row);

#endif

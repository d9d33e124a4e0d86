/* Addresses and titles of links and images as CommonMark. A part of commonmark.c. */
#ifndef FASCIA_COMMONMARK_LINK_H
#define FASCIA_COMMONMARK_LINK_H

#include "block.h"
#include "buf.h"

/* Whether "<text>" is read as this link: an address that is its own text. */
bool link_is_autolink(const struct inl *link);

/* What follows the text: "](address "title")". In a table's cell a pipe is escaped, too. */
void link_put_target(struct buf *out, const struct inl *link, bool in_cell);

#endif

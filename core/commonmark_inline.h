/* Inlines as CommonMark: what is text is escaped where it would be read as something else, and
 * nowhere else. A part of commonmark.c. */
#ifndef FASCIA_COMMONMARK_INLINE_H
#define FASCIA_COMMONMARK_INLINE_H

#include "block.h"
#include "buf.h"

/* What each line begins with ("> ", the indent of an item) is owned by who made the writer. */
struct commonmark_writer {
    struct buf *out;
    struct buf prefix;
    bool in_pre; /* raw HTML has left a <pre> open, where line ends matter */
};

enum inline_place {
    PLACE_PARAGRAPH, /* may have several lines, each of which may be read as a block's begin */
    PLACE_ITEM,      /* the same, at the begin of a list item, where "[ ]" is a task */
    PLACE_HEADING,   /* one line, which a run of "#" may end */
    PLACE_CELL,      /* one line, ended by "|" */
};

void commonmark_newline(struct commonmark_writer *w);
void commonmark_inlines(struct commonmark_writer *w, const struct inl *first,
                        enum inline_place place);

/* Whether inlines need more than one line. */
bool commonmark_has_lines(const struct inl *first);

#endif

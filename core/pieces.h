/* A text that a plugin's reader put together from pieces of a content file and words of its own,
 * and where each part of it stands in the file. So that one parser serves both, the text lies
 * behind the file, in one source that holds the two: what begins before `begin` stands in the file
 * as it is, what begins behind it stands where its piece does. */
#ifndef FASCIA_PIECES_H
#define FASCIA_PIECES_H

#include "diag.h"
#include "source.h"

struct file_piece {
    uint32_t begin;   /* in the text, from 0; up to where the next one begins */
    uint32_t at;      /* in the file */
    bool runs_along;  /* the text is the file's own; else all of it stands at one place */
    bool is_nowhere;  /* words of the reader's own: they stand where what follows them does */
};

struct pieces {
    struct source file, both;
    size_t begin;                  /* of the text, in `both` */
    uint32_t first_line;           /* the same, as a line */
    const struct file_piece *list;    /* sorted by begin, within the text and the file */
    uint32_t count;
};

/* Makes `both` of the file and the text. False: the text is none (see source_open). */
bool pieces_join(struct pieces *p, struct arena *a, struct str text, struct diags *d);

/* Where in the file an offset of `both` stands. */
size_t pieces_find(const struct pieces *p, size_t offset);

/* Brings a value's spans, or the places of messages from `first` on, from `both` to the file. What
 * stands there already stays. */
void pieces_place_value(const struct pieces *p, struct value *v);
void pieces_place_messages(const struct pieces *p, struct diag *first);

#endif

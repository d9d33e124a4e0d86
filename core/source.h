/* One content file: its bytes and where its lines begin. Lines end at LF, CRLF or a lone CR.
 * Offsets count from the first byte of the file, a byte order mark included; columns do not
 * count the mark. The text is followed by a newline and a NUL that are not part of its length,
 * because md4c reads one byte too far. */
#ifndef FASCIA_SOURCE_H
#define FASCIA_SOURCE_H

#include "arena.h"
#include "diag.h"
#include "str.h"
#include "value.h"

struct source {
    struct str path;        /* for messages and `article.path`: relative to content/ */
    struct str place;       /* for messages: path as the user would open it: content/a.md */
    struct str text;        /* the whole file */
    uint32_t *line_starts;  /* offsets */
    uint32_t line_count;    /* at least 1: a line begins after every line end */
    uint32_t *block_counts; /* for columns in very long lines, or NULL when there are none */
};

/* Copies the text into the arena. False: the bytes are not UTF-8, hold a NUL or are UTF-16; the
 * message gives line, column and byte offset. */
bool source_open(struct source *s, struct arena *a, struct str place, struct str path,
                 struct str bytes, struct diags *d);

struct span source_span(const struct source *s, size_t begin, size_t end);
struct place source_place(const struct source *s, size_t offset);

/* Of a slice of the text; without a position for any other string. */
struct span source_span_of(const struct source *s, struct str slice);

struct str source_line(const struct source *s, uint32_t line); /* without its line end */

#endif

/* Model nodes and strings as JSON (RFC 8259). Records keep their order; an absent value is null.
 * Two lists are written as the design shows the model, as plain text instead of records: the
 * `items` of a record with a `subject` (pros, cons) and the `cells` of one with a `factor`. Blocks
 * that hold others (lists, quotes, tables) are written without `html` and `text` of their own,
 * which those tell. */
#ifndef FASCIA_JSON_H
#define FASCIA_JSON_H

#include "buf.h"
#include "image.h"
#include "str.h"

struct json_style {
    unsigned indent; /* spaces a level; 0: all on one line */
    bool script;     /* fit for an HTML script element: < > & U+2028 U+2029 as \uXXXX */
};

void json_node(struct buf *out, struct node n, struct json_style style);

/* The same inside something that is already `depth` levels deep. */
void json_node_at(struct buf *out, struct node n, struct json_style style, unsigned depth);

/* With its quotes. Bytes that are not UTF-8 are written as U+FFFD. */
void json_string(struct buf *out, struct str s, bool script);
void json_text(struct buf *out, struct str s, bool script); /* without the quotes */

/* json_string of what is known to be UTF-8: nobody looks again. */
void json_valid_string(struct buf *out, struct str s, bool script);

void json_integer(struct buf *out, int64_t i);

/* Shortest form that reads back equal; null for infinities and NaN, which JSON lacks. */
void json_number(struct buf *out, double d);

/* A line end and the indent of `depth`, or nothing when the style has no indent. */
void json_newline(struct buf *out, struct json_style style, unsigned depth);

#endif

/* What the types_*.c files share: the annotated comments of the prelude, taken apart. */
#ifndef FASCIA_TYPES_PARTS_H
#define FASCIA_TYPES_PARTS_H

#include "buf.h"
#include "prelude.h"

/* Lines that begin with "---", and the line of code below them (empty: they stand alone). */
struct docs {
    struct str lines; /* with "---" and line ends */
    struct str code;
};

/* for (rest = source; docs_next(&rest, &d);) */
bool docs_next(struct str *rest, struct docs *d);

/* A line of them: "@class fascia.csv" is the tag "class" of the rest; plain text has no tag. */
struct docs_line {
    struct str tag, text;
};

bool docs_line(struct str *rest, struct docs_line *line);

/* "NAME? TYPE ABOUT" of a field or a parameter. */
struct docs_field {
    struct str name, type, about;
    bool optional;
};

struct docs_field docs_field(struct str text);

/* "TYPE ABOUT": the type. */
struct str docs_type(struct str text);

/* What the code defines, by the name under which plugins know it: "fascia.csv" of "local csv",
 * "describe" of "function globals.describe(name, body)", "Site:articles". */
struct definition {
    enum { DEFINES_NOTHING, DEFINES_TABLE, DEFINES_FUNCTION, DEFINES_VALUE } kind;
    struct str prefix, name; /* one behind the other */
    struct str arguments;    /* of a function that is written out: "name, body" */
};

struct definition docs_definition(const struct docs *d);

/* Whether they hold a line with this tag; its text, or empty. */
bool docs_has(const struct docs *d, struct str tag, struct str *text);

/* The arguments of a function: those of its code, else the names of its parameters. */
void docs_put_arguments(const struct docs *d, const struct definition *def, struct buf *out);

#endif

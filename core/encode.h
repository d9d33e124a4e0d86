/* Text escaped for one place of an output. One function a context, and one name for each, by
 * which templates and plugins choose (`escape_kind`). JSON strings are in json.h. */
#ifndef FASCIA_ENCODE_H
#define FASCIA_ENCODE_H

#include "buf.h"
#include "str.h"

enum escape {
    ESCAPE_HTML, /* & < > " ' : element content and quoted attributes */
    ESCAPE_XML,  /* the same; what XML 1.0 §2.2 forbids is left out */
    ESCAPE_URL,  /* all but RFC 3986's unreserved characters percent-encoded */
    ESCAPE_PATH, /* as ESCAPE_URL, but "/" stays */
    ESCAPE_JSON, /* the inside of a JSON string, safe in a script element */
    ESCAPE_LINK, /* a whole address in an HTML attribute: "#" when following it runs code */
    ESCAPE_IMAGE, /* the same, but data:image/… is good */
    ESCAPE_COUNT
};

/* False: no escape has this name. */
bool escape_kind(struct str name, enum escape *kind);

void escape_text(struct buf *out, enum escape kind, struct str text);

#endif

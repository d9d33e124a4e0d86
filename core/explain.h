/* Why an output is what it is, and what a file is read for: told from what the last build left in
 * .fascia/. Waits for no build, and writes nothing.
 *
 * Text for people, or one JSON object a line. Places are relative to where the program runs. */
#ifndef FASCIA_EXPLAIN_H
#define FASCIA_EXPLAIN_H

#include "buf.h"
#include "diag.h"

struct explain_options {
    struct str file;      /* `why`: an output; `impact`: an article, site.yaml, a plugin's file */
    struct str site, out; /* empty: found from the file's path; SITE/public */
    bool is_json;
};

/* Each returns the exit status: 0, or 2 with one error: nothing is known of such a file. */
int explain_why(const struct explain_options *o, struct buf *text, struct diags *d);
int explain_impact(const struct explain_options *o, struct buf *text, struct diags *d);

#endif

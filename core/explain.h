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

/* Something that a rendering read. */
struct explained_read {
    struct str file; /* relative to content/ */
    uint32_t line;   /* 0: unknown */
    struct str what; /* "faq[2].answer.text" */
    struct explained_read *next;
};

/* What an output was made from, for who makes it again elsewhere. */
struct explained {
    struct str site, plugin, export;
    struct str article;  /* that it is made for, relative to content/; empty: it is the site's */
    uint32_t item;       /* of a list, from 0 */
    struct str key;      /* of an item of an `each` function, or empty */
    struct str now;      /* the site's time, if it was read; else empty */
    struct explained_read *reads;
    struct str *articles; /* all of the site */
    uint32_t article_count;
};

/* Everything lives in the arena. False: one error, nothing is known of such a file. */
bool explain_output(struct explained *out, struct arena *a, const struct explain_options *o,
                    struct diags *d);

/* Each returns the exit status: 0, or 2 with one error: nothing is known of such a file. */
int explain_why(const struct explain_options *o, struct buf *text, struct diags *d);
int explain_impact(const struct explain_options *o, struct buf *text, struct diags *d);

#endif

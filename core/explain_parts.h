/* An explanation, shared by its parts: explain.c (which rendering, which store), explain_facts.c
 * (from a read set to facts), explain_put.c (facts as text and as JSON),
 * explain_output.c (where an output comes from, for who makes a test of it). */
#ifndef FASCIA_EXPLAIN_PARTS_H
#define FASCIA_EXPLAIN_PARTS_H

#include "explain.h"
#include "trace.h"

/* What of it was read. */
enum fact_kind {
    FACT_VALUE,
    FACT_SHAPE,
    FACT_PLACE,
    FACT_TYPE,
    FACT_MISSING, /* looked for in vain */
    FACT_QUERY,
    FACT_EXPORT,  /* its path */
    FACT_EXPORTS, /* which there are */
    FACT_NOW,
    FACT_FILE,    /* of the plugin */
    FACT_NO_FILE,
    FACT_UNKNOWN, /* a build is changing the article */
};

/* One thing that a rendering read, or that decides whether it runs. */
struct fact {
    enum fact_kind kind;
    struct place at;      /* in content/; line 0: no position */
    struct str what, now; /* "faq[2].answer.text"; its value in few words, or empty */
    struct place by;      /* the plugin's line, or none */
    struct fact *next;
};

struct explanation {
    struct arena arena; /* of everything here */
    struct left left;
    struct str site, out; /* as messages show them */
    struct str asked;     /* relative to the output folder, to content/, or to plugins/ */
};

/* What a rendering read, in the order of its set. With `only` not NULL, of that article alone
 * (NO_ARTICLE: of the settings); queries belong to every article. */
struct fact *explain_facts(struct explanation *e, const struct rendering *r,
                           const struct traced *lines, const uint32_t *only);

/* Opens what is known of an output, which explain_close gives back. NULL: one error. */
const struct rendering *explain_open(struct explanation *e, const struct explain_options *o,
                                     struct diags *d);
void explain_close(struct explanation *e);

struct str explain_plugin(const struct explanation *e, const struct rendering *r);
struct str explain_article(struct explanation *e, uint32_t article);

/* A rendering's own lines, then its facts. */
void explain_put_why(struct buf *out, struct explanation *e, const struct rendering *r,
                     const struct trace *trace, const struct fact *facts, bool is_json);

/* One output of an impact. */
void explain_put_impact(struct buf *out, struct explanation *e, const struct rendering *r,
                        const struct fact *facts, bool is_json);

#endif

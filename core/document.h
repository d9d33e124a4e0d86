/* What a reader makes of one file: front matter and a body of blocks, and what it left out.
 * `article` turns it into the model; `commonmark` writes it as Markdown (import). */
#ifndef FASCIA_DOCUMENT_H
#define FASCIA_DOCUMENT_H

#include "block.h"
#include "diag.h"
#include "source.h"
#include "value.h"
#include "words.h"

/* What settings say to the readers; zero is the default. */
struct reading {
    bool autolinks;              /* bare URLs are links */
    bool escape_raw_html;        /* raw_html: escape */
    const struct words *words;   /* NULL: the built-in table */
    const struct value *site;    /* record of site.yaml (url, lang, author …), or NULL */
};

/* A line that `import` reports. */
struct remark {
    uint32_t line;
    struct str text;   /* the line, trimmed */
    bool dropped;      /* page chrome, left out; false: kept as a paragraph, not understood */
    struct remark *next;
};

struct document {
    const struct source *source;
    struct value *front;   /* record: front matter as written, each value with its span */
    struct value *keys;    /* list: its keys, each with its span; NULL: there are none */
    struct value *given;   /* record of what else a plugin's reader gives, as article_given.c has
                            * it; or NULL */
    struct block *body;    /* BLOCK_DOCUMENT */
    struct remark *remarks;
};

/* Markdown with YAML front matter. False: front matter that cannot be read, with its place. */
bool markdown_read(struct document *doc, struct arena *a, const struct source *s,
                   const struct reading *how, struct diags *d);

/* The same without front matter, from this line on. */
bool markdown_read_body(struct document *doc, struct arena *a, const struct source *s,
                        uint32_t first_line, const struct reading *how, struct diags *d);

/* Pasted plain text. The front matter it gives holds `title`. */
bool paste_read(struct document *doc, struct arena *a, const struct source *s,
                const struct reading *how, struct diags *d);

#endif

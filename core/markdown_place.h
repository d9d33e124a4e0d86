/* Where things stand while a Markdown body is read. Text comes with its offset; what has no text
 * (a rule, an empty item) is searched for behind what was seen last. Everything moves forward
 * only, so that all searches together are linear in the body. */
#ifndef FASCIA_MARKDOWN_PLACE_H
#define FASCIA_MARKDOWN_PLACE_H

#include "source.h"

struct places {
    const struct source *source;
    size_t body_begin;
    size_t seen;      /* offset behind all that blocks so far were made from */
    size_t text_end;  /* offset behind the last text */
    bool lost;        /* a search failed, which only a wrong guess before it can cause */
    struct {
        size_t at;
        uint32_t line, col;
    } cursor;
};

void places_init(struct places *p, const struct source *s, uint32_t body_line);

/* Whether a text is a part of the source. */
bool places_hold(const struct places *p, struct str text);

/* An empty span at the offset. */
struct span places_span(struct places *p, size_t offset);

/* An empty span at the next "[]", or "![]" of an image, behind the last text, which is seen then.
 * False: there is none nearby. */
bool places_find_brackets(struct places *p, bool image, struct span *at);

/* Text up to here was seen. */
void places_see(struct places *p, size_t end);

/* Move `seen` to the next block without text. */
void places_find_content(struct places *p); /* to the next byte that is not white space */
void places_find_rule(struct places *p);
void places_find_heading(struct places *p);
void places_find_fence(struct places *p, char fence);

/* Move `seen` behind what belongs to the block that ends. */
void places_end_line(struct places *p);
void places_end_next_line(struct places *p);
void places_end_heading(struct places *p, size_t begin); /* a setext underline too */
void places_end_fence(struct places *p, char fence);     /* the closing fence too */

#endif

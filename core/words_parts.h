/* What the words_*.c files share. */
#ifndef FASCIA_WORDS_PARTS_H
#define FASCIA_WORDS_PARTS_H

#include "words.h"

/* ---- words_table.c: the built-in words ---- */

enum language { NO_LANGUAGE, EN, DE, FR, ES, PT, IT, AR, FA, UR, HI, ZH, LANGUAGE_COUNT };

struct words_row {
    enum word which;
    enum language language;
    const char *patterns;
};

extern const struct words_row words_rows[];
extern const size_t words_row_count;

/* The articles that may stand before a subject, parted by "|"; NULL: none. */
extern const char *const words_articles[LANGUAGE_COUNT];

/* ---- words_fold.c: text made comparable ---- */

/* A label that is longer is a sentence and matches nothing. Folding never makes text longer. */
enum { LABEL_BYTES = 512 };

struct folded {
    size_t len;
    bool question; /* the caller saw a question mark behind the label */
    char text[LABEL_BYTES];
    uint16_t from[LABEL_BYTES + 1]; /* where each byte came from; [len] is the original's end */
};

/* Lower case, one kind of apostrophe, hyphen, space and digit, Arabic letters without marks,
 * nothing of zero width. At most LABEL_BYTES of text. */
void words_fold(struct folded *f, struct str text);

/* Arrows, check marks, emoji, bullets. */
bool words_is_symbol(uint32_t c);

/* Of a script written without spaces, where every character may begin and end a word. */
bool words_is_spaceless(uint32_t c);

/* Whether the character goes on a word that stands next to it. */
bool words_joins(uint32_t c);

#endif

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

/* ---- words_make.c: patterns in their buckets ---- */

/* Folded text around at most two subjects: head {} middle {} tail. */
struct pattern {
    uint32_t next, next_word; /* in its bucket, and in that of by_word */
    uint16_t said;            /* bytes outside {}: the more, the better a match */
    uint8_t which;            /* enum word */
    uint8_t language;         /* enum language */
    uint8_t holes;
    bool question;            /* only with a question mark behind the label */
    uint64_t edge, edge_mask; /* of the head words_start, without one words_end of the tail, and
                               * the bits in which a label has to be the same */
    struct str head, middle, tail;
};

/* A word that may stand before a subject, with the space or apostrophe behind it. */
struct article {
    struct str text;
    enum language language;
};

/* Each pattern is in the bucket of what it can be told by: the first two bytes of its head, else
 * the last of its tail, else (between two subjects) the first of its middle that is no space.
 * Those without a subject are in by_word as well, by their first byte. Buckets hold an index + 1.
 */
enum { HEAD_BUCKETS = 1024 };

struct words {
    const struct words *base; /* searched as well: the built-in table below a site's own */
    struct pattern *patterns;
    uint32_t count, cap;
    uint32_t by_head[HEAD_BUCKETS], by_tail[256], by_middle[256], by_word[256];
    bool unspaced[256]; /* by_middle holds one that begins without a space */
    uint32_t loose; /* those with one byte of head before a subject: always tried */
    struct article *articles;
    uint32_t article_count;
    uint8_t article_lengths[256]; /* by first byte: bit n is set when one has n bytes */
};

/* The bucket in by_head; `head` is not empty. */
size_t words_head_hash(struct str head);

/* The first eight bytes, zeros behind fewer; the last eight, zeros before fewer. */
uint64_t words_start(struct str s);
uint64_t words_end(struct str s);

#endif

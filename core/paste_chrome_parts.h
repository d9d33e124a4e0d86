/* What the three files about a page's furniture share: the words (paste_chrome_words.c), what one
 * line is made of (paste_chrome_line.c), and what goes (paste_chrome.c). */
#ifndef FASCIA_PASTE_CHROME_PARTS_H
#define FASCIA_PASTE_CHROME_PARTS_H

#include "paste_parts.h"

enum chrome {
    CHROME_FILLER,   /* may stand beside the others: "min", "ago", "on" */
    CHROME_DATE,     /* with a number it makes a date: "March" */
    CHROME_COUNTED,  /* anywhere with a number, "5 comments"; without one at the edges */
    CHROME_THREAD,   /* the same of what readers wrote below the article: "3 comments" */
    CHROME_EDGE,     /* above and below the article only: "Home" */
    CHROME_SECTION,  /* a part of the site; above and below, several or beside others */
    CHROME_ANYWHERE, /* whenever a line holds nothing else: "Advertisement" */
    CHROME_CONTENTS, /* the headings follow: "Table of contents" */
    CHROME_RELATED,  /* titles of other articles follow: "You may also like" */
    CHROME_REPLY,    /* stands below comments of readers */
    CHROME_BY,       /* a name follows: "By" */
    CHROME_DATED,    /* opens a line that holds a number: "Published on" */
    CHROME_LABEL,    /* opens a short line at the edges: "Medically reviewed by", "Tags:" */
    CHROME_CREDIT,   /* opens a short line anywhere: "Photo by", "Read more:" */
    CHROME_BANNER,   /* opens a text of any length at the edges: "We use cookies" */
    CHROME_COUNT
};

/* Phrases of one kind and language, parted by "|"; small letters, ":" only where it must be. */
struct chrome_row {
    enum chrome kind;
    const char *phrases;
};
extern const struct chrome_row paste_chrome_rows[];
extern const size_t paste_chrome_row_count;

enum strength { STRENGTH_NONE, STRENGTH_EDGE, STRENGTH_ANYWHERE }; /* where a line may be dropped */

/* What a line is made of. */
struct furniture {
    uint8_t words, has[CHROME_COUNT]; /* how many phrases, and of each kind; the line is short */
    uint8_t strength;                 /* enum strength */
    bool whole;                       /* it holds nothing but phrases, numbers and separators */
};

struct phrases; /* all rows, ready for search */
const struct phrases *paste_phrases(struct arena *a);
struct furniture paste_judge(const struct paste *p, const struct phrases *table,
                             const struct line *l);
bool paste_opens_with_name(struct str s); /* "Jane Doe", "Jane Doe · 5 min" */

#endif

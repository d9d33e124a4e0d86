/* HTML's character references: "&amp;", "&#8212;", "&#x2014;", as CommonMark reads them. */
#ifndef FASCIA_ENTITIES_H
#define FASCIA_ENTITIES_H

#include "str.h"

/* How many bytes at the front of `s` have the form of a reference, from "&" to ";"; 0: none.
 * A name of that form need not exist. */
size_t entities_match(struct str s);

/* What a whole reference stands for, as UTF-8; the empty slice for a name that does not exist.
 * A number that is no character gives U+FFFD. The text of a number is written to `room`. */
struct str entities_decode(struct str reference, char room[4]);

#endif

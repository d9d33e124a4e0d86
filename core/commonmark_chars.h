/* What characters of a text would mean to CommonMark where they stand. A part of commonmark.c. */
#ifndef FASCIA_COMMONMARK_CHARS_H
#define FASCIA_COMMONMARK_CHARS_H

#include "str.h"

/* Characters around emphasis: whether a run of delimiters can open or close depends on them
 * (CommonMark 0.31.2, left- and right-flanking). UNSURE may be punctuation or not: which symbols
 * are has changed between versions. */
enum char_class { CHAR_SPACE, CHAR_PUNCTUATION, CHAR_WORD, CHAR_UNSURE };

enum char_class chars_first_class(struct str s); /* of an empty text: CHAR_SPACE */
enum char_class chars_last_class(struct str s);
size_t chars_last_begin(struct str s); /* where the last character begins; s is not empty */
bool chars_is_lone(struct str s);      /* one character, or none */

/* ASCII only. */
bool chars_is_punctuation(char c);

size_t chars_run_length(struct str s, char c); /* at the front */

/* What stands at an offset. A gap is a space, a tab or the end of the text. */
bool chars_is_gap(struct str s, size_t at);
bool chars_has_gaps_around(struct str s, size_t at);
bool chars_is_in_word(struct str s, size_t at);

/* Whether the "#" there begins a run that would end a heading and be no part of it. */
bool chars_end_heading(struct str s, size_t at);

/* Whether the "<" there would open a tag or an address. md4c takes for an address what CommonMark
 * does not: "<3:a>", or "< a:b>". */
bool chars_open_tag(struct str s, size_t at);

/* What a text begins with: "[x]"; a "[label]:" that would define a link, which may go on behind
 * this text; "12. " or "12) ", of which the offset behind the digits is given, or s.len. */
bool chars_is_task(struct str s);
bool chars_is_definition(struct str s, bool goes_on);
size_t chars_find_number_end(struct str s);

#endif

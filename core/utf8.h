/* UTF-8 and what Unicode says of characters. Everything but utf8_check expects valid UTF-8.
 * The one file that includes utf8proc.h is utf8.c. */
#ifndef FASCIA_UTF8_H
#define FASCIA_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "str.h"

/* False at the first byte that cannot stand in UTF-8 (overlong forms, surrogates and code points
 * above U+10FFFF included, RFC 3629); *bad is its offset. */
bool utf8_check(struct str s, size_t *bad);

uint32_t utf8_next_long(struct str s, size_t *at); /* for utf8_next: of several bytes */

/* The code point at *at, which moves behind it. *at must be less than s.len. Of what is no UTF-8
 * something comes, but nothing behind the end is read. */
static inline uint32_t utf8_next(struct str s, size_t *at) {
    unsigned char byte = (unsigned char)s.at[*at];
    if (byte >= 0x80)
        return utf8_next_long(s, at);
    ++*at;
    return byte;
}

size_t utf8_count(struct str s); /* code points */

bool utf8_is_letter(uint32_t c);
bool utf8_is_upper(uint32_t c);
bool utf8_is_lower(uint32_t c);
bool utf8_is_digit(uint32_t c); /* any script's decimal digits */
bool utf8_is_space(uint32_t c); /* Unicode white space, no-break and zero-width space included */

/* Columns on a terminal: 0 for what combines with the character before, 2 for wide ones. */
unsigned utf8_width(uint32_t c);

/* Whether the first strong character is right to left (UAX 9, rule P2). */
bool utf8_is_rtl(struct str s);

/* What one path and another share when a file system may confuse them: NFC, case-folded. */
struct str utf8_fold(struct arena *a, struct str s);

/* Lower case, letters and digits of any script kept, everything else one hyphen: "Q & A!" is
 * "q-a". Empty when nothing is left. */
struct str utf8_slug(struct arena *a, struct str s);

/* Words by UAX 29 in spirit: runs of letters, digits and marks; each Han, Kana or Thai
 * character counts as one. */
size_t utf8_words(struct str s);

/* For terminals and excerpts: control, bidi and zero-width characters as \x1b or \u{202e};
 * tabs stay. Invalid bytes are written as \xNN too, so any bytes may be given. */
struct str utf8_visible(struct arena *a, struct str s);

#endif

/* A slice of bytes that somebody else owns. Slices are passed by value and are not terminated:
 * print one with "%.*s" and STR_ARG. Nothing here allocates. */
#ifndef FASCIA_STR_H
#define FASCIA_STR_H

#include <stdbool.h>
#include <stddef.h>

struct str {
    const char *at;
    size_t len; /* bytes */
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_INIT(literal) {("" literal), sizeof(literal) - 1} /* for static tables */
#define STR_ARG(s) (int)(s).len, (s).at

struct str str_of(const char *terminated); /* NULL gives the empty slice */
bool str_eq(struct str a, struct str b);
int str_compare(struct str a, struct str b); /* by bytes: < 0, 0, > 0, as memcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* From `begin` to before `end`, both clamped to the slice. */
struct str str_slice(struct str s, size_t begin, size_t end);
struct str str_from(struct str s, size_t begin);

/* Without ASCII white space at both ends; str_trim_end leaves the front alone. */
struct str str_trim(struct str s);
struct str str_trim_end(struct str s);

/* Offset of the first (last) place, or s.len when there is none. */
size_t str_find(struct str s, struct str needle);
size_t str_find_char(struct str s, char c);
size_t str_rfind_char(struct str s, char c);

/* Cuts off and returns what stands before `separator`; `*rest` is what follows it. False once
 * `*rest` was used up: `while (str_cut(&rest, '\n', &line))` visits every line. */
bool str_cut(struct str *rest, char separator, struct str *part);

/* ASCII only; the locale is never asked. */
bool str_is_space(char c);
bool str_is_digit(char c);
bool str_is_alpha(char c);
char str_lower_char(char c);
bool str_eq_nocase(struct str a, struct str b);

/* How many single-character edits (insert, delete, replace, swap) lead from a to b; at most 255.
 * Serves "did you mean". Source: optimal string alignment distance (Damerau 1964). */
unsigned str_distance(struct str a, struct str b);

#endif

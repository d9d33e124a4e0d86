/* A slice of bytes that somebody else owns. Slices are passed by value and are not terminated:
 * print one with "%.*s" and STR_ARG. Nothing here allocates. What is called for every few bytes of
 * every file is inline. */
#ifndef FASCIA_STR_H
#define FASCIA_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *at;
    size_t len; /* bytes */
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_INIT(literal) {("" literal), sizeof(literal) - 1} /* for static tables */
#define STR_ARG(s) (int)(s).len, (s).at

struct str str_of(const char *terminated); /* NULL gives the empty slice */

static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int str_compare(struct str a, struct str b); /* by bytes: < 0, 0, > 0, as memcmp */

/* From `begin` to before `end`, both clamped to the slice. */
static inline struct str str_slice(struct str s, size_t begin, size_t end) {
    if (end > s.len)
        end = s.len;
    if (begin > end)
        begin = end;
    return (struct str){s.at ? s.at + begin : s.at, end - begin};
}

static inline struct str str_from(struct str s, size_t begin) {
    return str_slice(s, begin, s.len);
}

static inline bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

static inline bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len && str_eq(str_from(s, s.len - suffix.len), suffix);
}

/* Without ASCII white space at both ends; str_trim_end leaves the front alone. */
struct str str_trim(struct str s);
struct str str_trim_end(struct str s);

/* Offset of the first (last) place, or s.len when there is none. */
size_t str_find(struct str s, struct str needle);
static inline size_t str_find_char(struct str s, char c) {
    const char *hit = s.len ? (const char *)memchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

size_t str_rfind_char(struct str s, char c);

/* The first byte from offset `at` on that is in the set, indexed by byte. */
size_t str_find_any(struct str s, size_t at, const bool set[256]);

/* Cuts off and returns what stands before `separator`; `*rest` is what follows it. False once
 * `*rest` was used up: `while (str_cut(&rest, '\n', &line))` visits every line. */
bool str_cut(struct str *rest, char separator, struct str *part);

/* ASCII only; the locale is never asked. */
static inline bool str_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool str_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool str_is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char str_lower_char(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b);

/* How many single-character edits (insert, delete, replace, swap) lead from a to b; at most 255.
 * Serves "did you mean". Source: optimal string alignment distance (Damerau 1964). */
unsigned str_distance(struct str a, struct str b);

/* All of it, to a descriptor. False: errno says why not. */
bool str_write(int fd, struct str s);

#endif

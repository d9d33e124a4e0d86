#include "str.h"

#include <string.h>

struct str str_of(const char *terminated) {
    return (struct str){terminated ? terminated : "", terminated ? strlen(terminated) : 0};
}

bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int str_compare(struct str a, struct str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    if (order != 0 || a.len == b.len)
        return order;
    return a.len < b.len ? -1 : 1;
}

bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len && str_eq(str_from(s, s.len - suffix.len), suffix);
}

struct str str_slice(struct str s, size_t begin, size_t end) {
    if (end > s.len)
        end = s.len;
    if (begin > end)
        begin = end;
    return (struct str){s.at ? s.at + begin : s.at, end - begin};
}

struct str str_from(struct str s, size_t begin) {
    return str_slice(s, begin, s.len);
}

struct str str_trim_end(struct str s) {
    while (s.len && str_is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

struct str str_trim(struct str s) {
    size_t begin = 0;
    while (begin < s.len && str_is_space(s.at[begin]))
        begin++;
    return str_trim_end(str_from(s, begin));
}

size_t str_find(struct str s, struct str needle) {
    if (needle.len == 0)
        return 0;
    const char *hit = s.len >= needle.len ? memmem(s.at, s.len, needle.at, needle.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

size_t str_find_char(struct str s, char c) {
    const char *hit = s.len ? memchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

size_t str_rfind_char(struct str s, char c) {
    const char *hit = s.len ? memrchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

bool str_cut(struct str *rest, char separator, struct str *part) {
    if (!rest->at)
        return false;
    size_t end = str_find_char(*rest, separator);
    *part = str_slice(*rest, 0, end);
    *rest = end < rest->len ? str_from(*rest, end + 1) : (struct str){NULL, 0};
    return true;
}

bool str_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool str_is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char str_lower_char(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (str_lower_char(a.at[i]) != str_lower_char(b.at[i]))
            return false;
    return true;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

unsigned str_distance(struct str a, struct str b) {
    enum { LONGEST = 64 };
    unsigned rows[3][LONGEST + 1];
    if (a.len > LONGEST || b.len > LONGEST)
        return 255;
    for (unsigned j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            unsigned replace = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            row[j] = least(replace, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

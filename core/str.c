#include "str.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct str str_of(const char *terminated) {
    return (struct str){terminated ? terminated : "", terminated ? strlen(terminated) : 0};
}

int str_compare(struct str a, struct str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    if (order != 0 || a.len == b.len)
        return order;
    return a.len < b.len ? -1 : 1;
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

size_t str_rfind_char(struct str s, char c) {
    const char *hit = s.len ? memrchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

/* Most text holds none of them for long: eight bytes cost one test. */
size_t str_find_any(struct str s, size_t at, const bool set[256]) {
    const unsigned char *p = (const unsigned char *)s.at;
    while (at + 8 <= s.len &&
           !(set[p[at]] | set[p[at + 1]] | set[p[at + 2]] | set[p[at + 3]] |
             set[p[at + 4]] | set[p[at + 5]] | set[p[at + 6]] | set[p[at + 7]]))
        at += 8;
    while (at < s.len && !set[p[at]])
        at++;
    return at;
}

bool str_cut(struct str *rest, char separator, struct str *part) {
    if (!rest->at)
        return false;
    size_t end = str_find_char(*rest, separator);
    *part = str_slice(*rest, 0, end);
    *rest = end < rest->len ? str_from(*rest, end + 1) : (struct str){NULL, 0};
    return true;
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

bool str_write(int fd, struct str s) {
    while (s.len) {
        ssize_t n = write(fd, s.at, s.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

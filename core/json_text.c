/* Strings: copied sixteen bytes at a time, and looked at all at once for what a JSON string cannot
 * hold. (Vectors as GCC and Clang know them, of any processor.) */
#include <string.h>

#include "json.h"
#include "utf8.h"

/* So that `script` is known in the loops. */
#define ALWAYS_INLINE inline __attribute__((always_inline))

enum { BLOCK = 16, ESCAPED = 6 /* the longest: \u00XX */ };
typedef unsigned char block __attribute__((vector_size(BLOCK)));
typedef uint64_t halves __attribute__((vector_size(BLOCK)));

/* Which bytes need an escape: 0xFF. In a script also < > & and what may begin U+2028. */
static inline block find_special(block b, bool script) {
    block found = (block)((b < 0x20) | (b == '"') | (b == '\\'));
    if (script)
        found |= (block)((b == '<') | (b == '>') | (b == '&') | (b == 0xE2));
    return found;
}

/* Where the first byte is that is not zero, or BLOCK. */
static inline size_t first_set(block b) {
    halves h = (halves)b;
    if (!(h[0] | h[1]))
        return BLOCK;
    return (size_t)(h[0] ? __builtin_ctzll(h[0]) : 64 + __builtin_ctzll(h[1])) / 8;
}

/* Writes a block; where its first special character is, or BLOCK. */
static inline size_t put_block(char *to, block b, bool script) {
    memcpy(to, &b, BLOCK);
    return first_set(find_special(b, script));
}

static inline size_t copy_block(char *to, const char *from, bool script) {
    block b;
    memcpy(&b, from, BLOCK);
    return put_block(to, b, script);
}

/* Fewer bytes than a block, but one, and zeros behind them. Each part is read from both its ends,
 * which may overlap: far cheaper than byte by byte, and most keys and words are so short. */
static inline block load_short(const char *from, size_t len) {
    uint64_t first, last;
    uint32_t first_half, last_half;
    if (len > 8) {
        memcpy(&first, from, 8);
        memcpy(&last, from + len - 8, 8);
        return (block)(halves){first, last >> 8 * (BLOCK - len)};
    }
    if (len >= 4) {
        memcpy(&first_half, from, 4);
        memcpy(&last_half, from + len - 4, 4);
        return (block)(halves){first_half | (uint64_t)last_half << 8 * (len - 4), 0};
    }
    first = (unsigned char)from[0] | (uint64_t)(unsigned char)from[len / 2] << 8 * (len / 2);
    return (block)(halves){first | (uint64_t)(unsigned char)from[len - 1] << 8 * (len - 1), 0};
}

/* Copies up to the first special character; returns how many bytes. The last block overlaps the
 * one before. There must be a byte, and room for a block even when there are fewer. */
static ALWAYS_INLINE size_t copy_plain(char *to, struct str s, bool script) {
    if (s.len < BLOCK) {
        size_t plain = put_block(to, load_short(s.at, s.len), script);
        return plain < s.len ? plain : s.len; // the zeros behind are special
    }
    for (size_t at = 0; at + BLOCK <= s.len; at += BLOCK) {
        size_t plain = copy_block(to + at, s.at + at, script);
        if (plain < BLOCK)
            return at + plain;
    }
    size_t last = s.len - BLOCK;
    return last + copy_block(to + last, s.at + last, script);
}

static size_t put_code(char *to, unsigned code) {
    static const char hex[] = "0123456789abcdef";
    const char text[ESCAPED] = {
        '\\', 'u', hex[code >> 12], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};
    memcpy(to, text, sizeof text);
    return sizeof text;
}

/* U+2028 and U+2029 (E2 80 A8, E2 80 A9) end a line in old JavaScript; what else begins like them
 * stays. */
static size_t put_e2(char *to, struct str *s) {
    struct str rest = str_from(*s, 1);
    bool ends_line = rest.len > 1 && (unsigned char)rest.at[0] == 0x80 &&
                     ((unsigned char)rest.at[1] & 0xFE) == 0xA8;
    *s = ends_line ? str_from(rest, 2) : rest;
    to[0] = '\xE2';
    return ends_line ? put_code(to, 0x2000 | ((unsigned char)rest.at[1] & 0x3F)) : 1;
}

/* Takes the special character at the front of *s and writes what stands for it. */
static size_t put_special(char *to, struct str *s) {
    static const char letters[256] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                      ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    unsigned char c = (unsigned char)s->at[0];
    if (c == 0xE2)
        return put_e2(to, s);
    *s = (struct str){s->at + 1, s->len - 1};
    if (!letters[c])
        return put_code(to, c);
    to[0] = '\\';
    to[1] = letters[c];
    return 2;
}

/* Takes a few bytes from the front of *s by way of a buffer of their own: near the end of `out`. */
static void put_few(struct buf *out, struct str *s, bool script) {
    char few[BLOCK + ESCAPED];
    size_t len = copy_plain(few, str_slice(*s, 0, BLOCK), script);
    *s = str_from(*s, len);
    if (len < BLOCK && s->len)
        len += put_special(few + len, s);
    buf_put(out, (struct str){few, len});
}

static ALWAYS_INLINE void put_escaped(struct buf *out, struct str s, bool script) {
    while (s.len) {
        size_t room = out->cap - out->len;
        if (room < BLOCK + ESCAPED) {
            put_few(out, &s, script);
            continue;
        }
        char *to = out->at + out->len;
        size_t most = room - ESCAPED < s.len ? room - ESCAPED : s.len;
        size_t len = copy_plain(to, (struct str){s.at, most}, script);
        s = (struct str){s.at + len, s.len - len};
        if (len < most)
            len += put_special(to + len, &s);
        out->len += len;
    }
}

static void put_valid(struct buf *out, struct str s, bool script) {
    if (script)
        put_escaped(out, s, true);
    else
        put_escaped(out, s, false);
}

void json_text(struct buf *out, struct str s, bool script) {
    size_t bad;
    while (!utf8_check(s, &bad)) {
        put_valid(out, str_slice(s, 0, bad), script);
        buf_put(out, STR("\xEF\xBF\xBD"));
        s = str_from(s, bad + 1);
    }
    put_valid(out, s, script);
}

void json_string(struct buf *out, struct str s, bool script) {
    buf_char(out, '"');
    json_text(out, s, script);
    buf_char(out, '"');
}

void json_valid_string(struct buf *out, struct str s, bool script) {
    buf_char(out, '"');
    put_valid(out, s, script);
    buf_char(out, '"');
}

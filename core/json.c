#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* What a byte needs: 0 nothing, otherwise the letter after the backslash, or 'u' for \u00XX. */
static const char escapes[256] = {
    [0] = 'u',    [1] = 'u',    [2] = 'u',  [3] = 'u',  [4] = 'u',  [5] = 'u',  [6] = 'u',
    [7] = 'u',    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [11] = 'u', ['\f'] = 'f',
    ['\r'] = 'r', [14] = 'u',   [15] = 'u', [16] = 'u', [17] = 'u', [18] = 'u', [19] = 'u',
    [20] = 'u',   [21] = 'u',   [22] = 'u', [23] = 'u', [24] = 'u', [25] = 'u', [26] = 'u',
    [27] = 'u',   [28] = 'u',   [29] = 'u', [30] = 'u', [31] = 'u', ['"'] = '"', ['\\'] = '\\',
};

static bool is_script_byte(unsigned char c) {
    return c == '<' || c == '>' || c == '&' || c == 0xE2;
}

static void put_escape(struct buf *out, unsigned char c) {
    char escape = escapes[c] ? escapes[c] : 'u';
    if (escape == 'u') {
        static const char hex[] = "0123456789abcdef";
        const char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        buf_put(out, (struct str){text, sizeof text});
    } else {
        buf_char(out, '\\');
        buf_char(out, escape);
    }
}

/* U+2028 and U+2029 (E2 80 A8, E2 80 A9) end a line in old JavaScript. */
static bool is_line_separator(struct str s, size_t i) {
    return i + 2 < s.len && (unsigned char)s.at[i + 1] == 0x80 &&
           ((unsigned char)s.at[i + 2] & 0xFE) == 0xA8;
}

#define EVERY_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/* Whether one of eight bytes is 0: its high bit is set in the result (Mycroft 1987). */
static uint64_t zero_bytes(uint64_t w) {
    return (w - EVERY_BYTE(0x01)) & ~w & EVERY_BYTE(0x80);
}

/* Where the next byte is that a string cannot hold, eight at a time: of those that the test finds
 * in a word the lowest is surely one. */
static size_t next_special(struct str s, size_t at) {
    for (; at + 8 <= s.len; at += 8) {
        uint64_t w;
        memcpy(&w, s.at + at, sizeof w);
        uint64_t found = (w - EVERY_BYTE(0x20)) & ~w & EVERY_BYTE(0x80);
        found |= zero_bytes(w ^ EVERY_BYTE('"')) | zero_bytes(w ^ EVERY_BYTE('\\'));
        if (found)
            return at + (size_t)__builtin_ctzll(found) / 8;
    }
    while (at < s.len && !escapes[(unsigned char)s.at[at]])
        at++;
    return at;
}

static void put_plain(struct buf *out, struct str s) {
    size_t begin = 0;
    for (size_t i = next_special(s, 0); i < s.len; i = next_special(s, begin)) {
        buf_put(out, (struct str){s.at + begin, i - begin});
        put_escape(out, (unsigned char)s.at[i]);
        begin = i + 1;
    }
    buf_put(out, str_from(s, begin));
}

static void put_script_safe(struct buf *out, struct str s) {
    size_t begin = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (!escapes[c] && !is_script_byte(c))
            continue;
        if (c == 0xE2 && !is_line_separator(s, i))
            continue;
        buf_put(out, str_slice(s, begin, i));
        if (c == 0xE2) {
            buf_put(out, (unsigned char)s.at[i + 2] == 0xA8 ? STR("\\u2028") : STR("\\u2029"));
            i += 2;
        } else {
            put_escape(out, c);
        }
        begin = i + 1;
    }
    buf_put(out, str_from(s, begin));
}

static void put_valid(struct buf *out, struct str s, bool script) {
    if (script)
        put_script_safe(out, s);
    else
        put_plain(out, s);
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

void json_integer(struct buf *out, int64_t i) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (i < 0)
        buf_char(out, '-');
    buf_put(out, (struct str){digits + at, sizeof digits - at});
}

void json_number(struct buf *out, double d) {
    char text[40];
    if (!isfinite(d)) {
        buf_put(out, STR("null"));
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, d);
        if (strtod(text, NULL) == d)
            break;
    }
    buf_put(out, str_of(text));
}

void json_newline(struct buf *out, struct json_style style, unsigned depth) {
    if (!style.indent)
        return;
    buf_char(out, '\n');
    for (unsigned i = 0; i < style.indent * depth; i++)
        buf_char(out, ' ');
}

/* What image strings hold was checked when the file was read: no second look at its UTF-8. */
static void put_text(struct buf *out, struct str s, struct json_style style) {
    buf_char(out, '"');
    put_valid(out, s, style.script);
    buf_char(out, '"');
}

static bool is_plain_list(struct node record, struct str key) {
    return (str_eq(key, STR("items")) && node_get(record, STR("subject")).slot) ||
           (str_eq(key, STR("cells")) && node_get(record, STR("factor")).slot);
}

static void put_plain_list(struct buf *out, struct node list, struct json_style style,
                           unsigned depth) {
    uint32_t count = node_count(list);
    buf_char(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_char(out, ',');
        json_newline(out, style, depth + 1);
        put_text(out, node_get_string(node_item(list, i), STR("text")), style);
    }
    if (count)
        json_newline(out, style, depth);
    buf_char(out, ']');
}

static void put_list(struct buf *out, struct node n, struct json_style style, unsigned depth) {
    uint32_t count = node_count(n);
    buf_char(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_char(out, ',');
        json_newline(out, style, depth + 1);
        json_node_at(out, node_item(n, i), style, depth + 1);
    }
    if (count)
        json_newline(out, style, depth);
    buf_char(out, ']');
}

/* A block that holds others is told by them. */
static bool is_container(struct node record) {
    return node_get(record, STR("type")).slot &&
           (node_get(record, STR("items")).slot || node_get(record, STR("blocks")).slot ||
            node_get(record, STR("rows")).slot);
}

static bool is_told_twice(struct str key) {
    return str_eq(key, STR("html")) || str_eq(key, STR("text"));
}

static void put_record(struct buf *out, struct node n, struct json_style style, unsigned depth) {
    uint32_t count = node_count(n);
    bool is_first = true, skips = is_container(n);
    buf_char(out, '{');
    for (uint32_t i = 0; i < count; i++) {
        struct str key = node_key(n, i);
        struct node item = node_item(n, i);
        if (skips && is_told_twice(key))
            continue;
        if (!is_first)
            buf_char(out, ',');
        is_first = false;
        json_newline(out, style, depth + 1);
        put_text(out, key, style);
        buf_put(out, style.indent ? STR(": ") : STR(":"));
        if (node_type(item) == VALUE_LIST && is_plain_list(n, key))
            put_plain_list(out, item, style, depth + 1);
        else
            json_node_at(out, item, style, depth + 1);
    }
    if (count)
        json_newline(out, style, depth);
    buf_char(out, '}');
}

void json_node_at(struct buf *out, struct node n, struct json_style style, unsigned depth) {
    switch (node_type(n)) {
    case VALUE_NIL:
        buf_put(out, STR("null"));
        break;
    case VALUE_BOOLEAN:
        buf_put(out, node_boolean(n) ? STR("true") : STR("false"));
        break;
    case VALUE_INTEGER:
        json_integer(out, node_integer(n));
        break;
    case VALUE_NUMBER:
        json_number(out, node_number(n));
        break;
    case VALUE_STRING:
        put_text(out, node_string(n), style);
        break;
    case VALUE_LIST:
        put_list(out, n, style, depth);
        break;
    case VALUE_RECORD:
        put_record(out, n, style, depth);
        break;
    }
}

void json_node(struct buf *out, struct node n, struct json_style style) {
    json_node_at(out, n, style, 0);
}

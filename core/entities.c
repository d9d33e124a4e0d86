#include "entities.h"

#include <stdint.h>

#include "entities_table.h"

/* CommonMark's limits on digits; names have no more than 31 characters. */
enum { MOST_DECIMAL = 7, MOST_HEXADECIMAL = 6, LONGEST_NAME = sizeof entities[0].name - 1 };

static int hex_digit(char c) {
    if (str_is_digit(c))
        return c - '0';
    c = str_lower_char(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number in "#8212" or "#x2014" and how many bytes that takes; 0: it is none. */
static size_t scan_number(struct str s, uint32_t *number) {
    bool hexadecimal = s.len > 1 && (s.at[1] == 'x' || s.at[1] == 'X');
    size_t begin = hexadecimal ? 2 : 1;
    size_t most = begin + (hexadecimal ? MOST_HEXADECIMAL : MOST_DECIMAL);
    size_t i = begin;
    for (*number = 0; i < s.len && i < most; i++) {
        int digit = hex_digit(s.at[i]);
        if (digit < 0 || (digit > 9 && !hexadecimal))
            break;
        *number = *number * (hexadecimal ? 16 : 10) + (uint32_t)digit;
    }
    return i > begin ? i : 0;
}

static size_t scan_name(struct str s) {
    size_t i = 0;
    while (i < s.len && i <= LONGEST_NAME &&
           (str_is_alpha(s.at[i]) || (i > 0 && str_is_digit(s.at[i]))))
        i++;
    return i <= LONGEST_NAME ? i : 0;
}

size_t entities_match(struct str s) {
    if (s.len < 3 || s.at[0] != '&')
        return 0;
    uint32_t number;
    struct str rest = str_from(s, 1);
    size_t len = rest.at[0] == '#' ? scan_number(rest, &number) : scan_name(rest);
    return len && len < rest.len && rest.at[len] == ';' ? len + 2 : 0;
}

static struct str find_name(struct str name) {
    size_t low = 0, high = sizeof entities / sizeof entities[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, str_of(entities[middle].name));
        if (order == 0)
            return str_of(entities[middle].text);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return STR("");
}

static struct str encode(uint32_t c, char room[4]) {
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return STR("\xEF\xBF\xBD");
    if (c < 0x80) {
        room[0] = (char)c;
        return (struct str){room, 1};
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, c >>= 6)
        room[i] = (char)(0x80 | (c & 0x3F));
    room[0] = (char)((0xF00 >> len & 0xFF) | c); /* 110…, 1110… or 11110… */
    return (struct str){room, len};
}

struct str entities_decode(struct str reference, char room[4]) {
    if (entities_match(reference) != reference.len)
        return STR("");
    struct str inner = str_slice(reference, 1, reference.len - 1);
    uint32_t number;
    if (inner.at[0] == '#')
        return scan_number(inner, &number) ? encode(number, room) : STR("");
    return find_name(inner);
}

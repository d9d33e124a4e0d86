/* Text of labels made comparable, and what kinds of characters part words. */
#include "words_parts.h"

#include "utf8.h"

static bool is_between(uint32_t c, uint32_t first, uint32_t last) {
    return c >= first && c <= last;
}

/* Latin Extended-A: capitals and small letters alternate, in three runs. */
static uint32_t fold_latin(uint32_t c) {
    if (is_between(c, 0xC0, 0xDE))
        return c == 0xD7 ? c : c + 0x20;
    if (c == 0x178)
        return 0xFF;
    if (is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E))
        return c + (c & 1);
    return is_between(c, 0x100, 0x177) ? c | 1 : c;
}

/* Spellings that differ by keyboard rather than by meaning; 0 for marks that may be left out. */
static uint32_t fold_arabic(uint32_t c) {
    if (c == 0x640 || c == 0x670 || is_between(c, 0x64B, 0x65F))
        return 0; /* tatweel and vowel marks */
    switch (c) {
    case 0x622: case 0x623: case 0x625: case 0x671: return 0x627; /* alef */
    case 0x649: case 0x6CC: return 0x64A;                         /* yeh */
    case 0x6A9: return 0x643;                                     /* kaf */
    case 0x6C1: return 0x647;                                     /* heh */
    case 0x60C: return ',';
    case 0x61B: return ';';
    case 0x61F: return '?';
    case 0x6D4: return '.';
    }
    if (is_between(c, 0x660, 0x669))
        return c - 0x660 + '0';
    return is_between(c, 0x6F0, 0x6F9) ? c - 0x6F0 + '0' : c;
}

static uint32_t fold_punctuation(uint32_t c) {
    if (is_between(c, 0x2010, 0x2015))
        return '-';
    if (c == 0x2018 || c == 0x2019)
        return '\'';
    if (is_between(c, 0x200B, 0x200F) || is_between(c, 0x202A, 0x202E) ||
        is_between(c, 0x2060, 0x206F))
        return 0; /* zero width, direction marks */
    if (is_between(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F)
        return ' ';
    return c;
}

static uint32_t fold_wide(uint32_t c) {
    switch (c) {
    case 0x3000: return ' ';
    case 0x3001: return ',';
    case 0x3002: return '.';
    case 0xFE0F: case 0xFEFF: return 0;
    }
    if (!is_between(c, 0xFF01, 0xFF5E))
        return c;
    c -= 0xFF01 - '!';
    return is_between(c, 'A', 'Z') ? c + 0x20 : c;
}

static uint32_t fold_char(uint32_t c) {
    if (c < 0x180)
        return c == 0xA0 ? ' ' : c == 0xAD ? 0 : fold_latin(c);
    if (is_between(c, 0x391, 0x3A9) || is_between(c, 0x410, 0x42F))
        return c + 0x20;
    if (is_between(c, 0x400, 0x40F))
        return c + 0x50;
    if (is_between(c, 0x600, 0x6FF))
        return fold_arabic(c);
    if (is_between(c, 0x966, 0x96F))
        return c - 0x966 + '0';
    if (is_between(c, 0x2000, 0x206F))
        return fold_punctuation(c);
    return c == 0x2BC ? '\'' : c >= 0x3000 ? fold_wide(c) : c;
}

static size_t put_utf8(char *to, uint32_t c) {
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3F));
    to[0] = (char)((0xF00 >> len & 0xFF) | c);
    return len;
}

static void put_folded(struct folded *f, uint32_t c, size_t from) {
    bool space = c == ' ' || is_between(c, '\t', '\r');
    if (c == 0 || (space && (f->len == 0 || f->text[f->len - 1] == ' ')))
        return;
    size_t len = put_utf8(f->text + f->len, space ? ' ' : c);
    for (size_t i = 0; i < len; i++)
        f->from[f->len++] = (uint16_t)from;
}

/* A run of what ASCII prints, from `i` on; returns its end. */
static size_t fold_ascii(struct folded *f, struct str text, size_t i) {
    size_t len = f->len;
    for (; i < text.len && text.at[i] > ' ' && (unsigned char)text.at[i] < 0x80; i++, len++) {
        f->from[len] = (uint16_t)i;
        f->text[len] = str_lower_char(text.at[i]);
    }
    f->len = len;
    return i;
}

void words_fold(struct folded *f, struct str text) {
    f->len = 0;
    f->question = false;
    for (size_t i = 0; (i = fold_ascii(f, text, i)) < text.len;) {
        size_t from = i;
        uint32_t c = utf8_next(text, &i);
        put_folded(f, c < 0x80 ? c : fold_char(c), from);
    }
    f->from[f->len] = (uint16_t)text.len;
}

bool words_is_symbol(uint32_t c) {
    return is_between(c, 0x2190, 0x2BFF) || is_between(c, 0x1F000, 0x1FAFF) || c == 0x2022 ||
           c == 0xB7 || c == 0xBF || c == 0xA1;
}

bool words_is_spaceless(uint32_t c) {
    return is_between(c, 0x2E80, 0xD7FF) || is_between(c, 0xF900, 0xFAFF) || c >= 0x20000;
}

bool words_joins(uint32_t c) {
    if (c < 0x80)
        return str_is_alpha((char)c) || str_is_digit((char)c);
    if (c < 0xC0 || is_between(c, 0x2000, 0x2BFF) || is_between(c, 0x3000, 0x303F) || c > 0xFE00)
        return false;
    bool stop = c == 0x60C || c == 0x61B || c == 0x61F || c == 0x6D4 || c == 0x964;
    return !stop && !words_is_spaceless(c);
}

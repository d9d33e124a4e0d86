#include "utf8.h"

#include <endian.h>
#include <string.h>
#include <utf8proc.h>

#include "buf.h"

static const uint64_t HIGH_BITS = 0x8080808080808080u;
static const uint64_t LOW_BITS = 0x0101010101010101u;

static uint64_t eight_bytes(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static unsigned char byte_at(struct str s, size_t at) {
    return (unsigned char)s.at[at];
}

/* --- the encoding --- */

static size_t skip_ascii(struct str s, size_t at) {
    while (s.len - at >= 8 && !(eight_bytes(s.at + at) & HIGH_BITS))
        at += 8;
    while (at < s.len && byte_at(s, at) < 0x80)
        at++;
    return at;
}

/* The least and greatest second byte after `lead`: this is where overlong forms, surrogates and
 * code points that are too large show (RFC 3629, section 4). */
static bool second_byte_fits(unsigned char lead, unsigned char second) {
    unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= most;
}

/* Bytes of the character at `at`; 0 when there is none. */
static size_t sequence_length(struct str s, size_t at) {
    unsigned char lead = byte_at(s, at);
    if (lead < 0x80)
        return 1;
    size_t len = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (len == 0 || len > s.len - at || !second_byte_fits(lead, byte_at(s, at + 1)))
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((byte_at(s, at + i) & 0xC0) != 0x80)
            return 0;
    return len;
}

bool utf8_check(struct str s, size_t *bad) {
    size_t at = 0;
    while ((at = skip_ascii(s, at)) < s.len) {
        /* Text of another script comes in runs: the ASCII test would only slow it down. */
        while (at < s.len && byte_at(s, at) >= 0x80) {
            size_t len = sequence_length(s, at);
            if (len == 0) {
                *bad = at;
                return false;
            }
            at += len;
        }
    }
    return true;
}

uint32_t utf8_next_long(struct str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.at + *at;
    if (s.len - *at < 4 && sequence_length(s, *at) == 0) {
        *at += 1; // cut off: never beyond the end
        return 0xFFFD;
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    *at += 4;
    return (p[0] & 7u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

/* How many bytes have their low bit set, all others being clear: the product adds them up in its
 * highest byte. */
static size_t count_flags(uint64_t flags) {
    return (size_t)((flags * LOW_BITS) >> 56);
}

/* Continuation bytes are those with the high bit set and the next one clear. */
static size_t continuations_of_eight(uint64_t word) {
    return count_flags((word >> 7) & (~word >> 6) & LOW_BITS);
}

size_t utf8_count(struct str s) {
    size_t continuations = 0, at = 0;
    for (; s.len - at >= 8; at += 8)
        continuations += continuations_of_eight(eight_bytes(s.at + at));
    for (; at < s.len; at++)
        continuations += (byte_at(s, at) & 0xC0) == 0x80;
    return s.len - continuations;
}

/* --- characters --- */

static utf8proc_category_t category(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c);
}

bool utf8_is_letter(uint32_t c) {
    if (c < 0x80)
        return str_is_alpha((char)c);
    utf8proc_category_t of = category(c);
    return of >= UTF8PROC_CATEGORY_LU && of <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_upper(uint32_t c) {
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    return category(c) == UTF8PROC_CATEGORY_LU || category(c) == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_lower(uint32_t c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

bool utf8_is_digit(uint32_t c) {
    return c < 0x80 ? str_is_digit((char)c) : category(c) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(uint32_t c) {
    if (c < 0x80)
        return str_is_space((char)c);
    switch (c) {
    case 0x85: /* next line */
    case 0xA0:
    case 0x1680:
    case 0x200B: /* zero-width space: no white space to Unicode, but nothing to readers either */
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return c >= 0x2000 && c <= 0x200A;
    }
}

/* --- parts of words --- */

/* Zero-width joiner and non-joiner shape the letters beside them and part nothing. */
static bool is_joiner(uint32_t c) {
    return c == 0x200C || c == 0x200D;
}

enum word_part { PART_GAP, PART_LETTER, PART_DIGIT, PART_EXTENDS };

static enum word_part part_beyond_ascii(uint32_t c) {
    if (is_joiner(c))
        return PART_EXTENDS;
    switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return PART_LETTER;
    case UTF8PROC_CATEGORY_ND:
        return PART_DIGIT;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return PART_EXTENDS;
    default:
        return PART_GAP;
    }
}

/* Inline: asked about each character, of which most are ASCII. */
static inline enum word_part word_part(uint32_t c) {
    if (c >= 0x80)
        return part_beyond_ascii(c);
    return (c | 0x20) - 'a' < 26 ? PART_LETTER : c - '0' < 10 ? PART_DIGIT : PART_GAP;
}

/* --- direction --- */

static utf8proc_bidi_class_t bidi_class(uint32_t c) {
    return (utf8proc_bidi_class_t)utf8proc_get_property((utf8proc_int32_t)c)->bidi_class;
}

bool utf8_is_rtl(struct str s) {
    size_t at = 0, isolates = 0;
    while (at < s.len) {
        utf8proc_bidi_class_t class = bidi_class(utf8_next(s, &at));
        if (class == UTF8PROC_BIDI_CLASS_LRI || class == UTF8PROC_BIDI_CLASS_RLI ||
            class == UTF8PROC_BIDI_CLASS_FSI)
            isolates++;
        else if (class == UTF8PROC_BIDI_CLASS_PDI && isolates > 0)
            isolates--;
        else if (class == UTF8PROC_BIDI_CLASS_B)
            isolates = 0;
        else if (isolates == 0 && class == UTF8PROC_BIDI_CLASS_L)
            return false;
        else if (isolates == 0 &&
                 (class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL))
            return true;
    }
    return false;
}

/* --- normal forms --- */

/* utf8proc sorts combining marks by exchanging neighbours, which takes the square of a run's
 * length. Unicode's Stream-Safe Text Format (UAX 15, section 13) bounds the runs: after thirty
 * marks comes a combining grapheme joiner. No real text is changed by it. */
static struct str bound_mark_runs(struct arena *a, struct str s) {
    enum { LONGEST = 30 };
    struct buf safe = BUF_INIT;
    size_t at = 0, copied = 0;
    for (unsigned run = 0; at < s.len;) {
        size_t begin = at;
        uint32_t c = utf8_next(s, &at);
        bool combines = utf8proc_get_property((utf8proc_int32_t)c)->combining_class != 0;
        run = combines ? run + 1 : 0;
        if (run <= LONGEST)
            continue;
        buf_put(&safe, str_slice(s, copied, begin));
        buf_put(&safe, STR("\xCD\x8F"));
        copied = begin;
        run = 1;
    }
    if (copied == 0)
        return s;
    buf_put(&safe, str_from(s, copied));
    s = arena_str(a, buf_str(&safe));
    buf_free(&safe);
    return s;
}

static struct str normalize(struct arena *a, struct str s, utf8proc_option_t options) {
    s = bound_mark_runs(a, s);
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s.at;
    utf8proc_ssize_t len = (utf8proc_ssize_t)s.len;
    utf8proc_ssize_t room = utf8proc_decompose(bytes, len, NULL, 0, options);
    if (room <= 0)
        return arena_str(a, s);
    /* One more than needed: utf8proc_reencode writes UTF-8 over the array and ends it with NUL. */
    utf8proc_int32_t *points = ARENA_ARRAY(a, utf8proc_int32_t, (size_t)room + 1);
    utf8proc_decompose(bytes, len, points, room, options);
    utf8proc_ssize_t encoded = utf8proc_reencode(points, room, options);
    return (struct str){(const char *)points, encoded < 0 ? 0 : (size_t)encoded};
}

struct str utf8_fold(struct arena *a, struct str s) {
    if (skip_ascii(s, 0) < s.len)
        return normalize(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    char *folded = arena_alloc(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        folded[i] = str_lower_char(s.at[i]);
    return (struct str){folded, s.len};
}

/* Variation selectors only choose among an emoji's pictures. */
static bool is_silent_in_slug(uint32_t c) {
    return is_joiner(c) || c == 0xAD /* soft hyphen */ || (c >= 0xFE00 && c <= 0xFE0F);
}

/* Whether a slug keeps c. A mark belongs to the letter before it. */
static bool stays_in_slug(uint32_t c, bool after_letter) {
    enum word_part part = word_part(c);
    return part == PART_EXTENDS ? after_letter && !is_silent_in_slug(c) : part != PART_GAP;
}

static size_t put_lower(char *to, uint32_t c) {
    if (c >= 0x80)
        return (size_t)utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)c),
                                            (utf8proc_uint8_t *)to);
    *to = str_lower_char((char)c);
    return 1;
}

struct str utf8_slug(struct arena *a, struct str s) {
    char *slug = arena_alloc_raw(a, s.len * 2 + 1); // lower case may take three bytes for two
    size_t len = 0;
    bool after_letter = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (stays_in_slug(c, after_letter)) {
            if (!after_letter && len > 0)
                slug[len++] = '-';
            len += put_lower(slug + len, c);
            after_letter = true;
        } else if (!is_silent_in_slug(c)) {
            after_letter = false;
        }
    }
    slug[len] = '\0';
    struct str kept = {slug, len};
    bool ascii = skip_ascii(kept, 0) == len;
    return ascii ? kept : normalize(a, kept, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

unsigned utf8_width(uint32_t c) {
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (unsigned)width : 0;
}

/* --- words --- */

/* Scripts written without spaces, whose characters are counted instead. */
static bool is_word_alone(uint32_t c) {
    if (c < 0xE00)
        return false;
    return (c <= 0xEFF) ||                                /* Thai, Lao */
           (c >= 0x1000 && c <= 0x109F) ||                /* Myanmar */
           (c >= 0x1780 && c <= 0x17FF) ||                /* Khmer */
           (c >= 0x2E80 && c <= 0x30FF) ||                /* radicals, Hiragana, Katakana */
           (c >= 0x31F0 && c <= 0x31FF) ||                /* more Katakana */
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9D) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

/* A sign that stands inside of a word when word characters stand on both sides of it:
 * "don't", "1,000.5", "example.com", "site_name". */
static bool may_join(uint32_t c, bool digit_before) {
    return c == '\'' || c == 0x2019 || c == '.' || c == '_' || (c == ',' && digit_before);
}

/* How far words are counted, and what the last character was. */
struct word_count {
    size_t words;
    bool in_word, digit; /* of a word; its last character is a digit */
    bool joined;         /* may join the word before it to the one behind */
};

static void count_char(struct word_count *n, uint32_t c) {
    enum word_part part = word_part(c);
    if (part == PART_GAP) {
        n->joined = n->in_word && may_join(c, n->digit);
        n->in_word = false;
    } else if (part != PART_EXTENDS) {
        bool alone = part == PART_LETTER && is_word_alone(c);
        n->words += alone || !(n->in_word || n->joined);
        n->in_word = !alone;
        n->joined = false;
        n->digit = part == PART_DIGIT;
    }
}

/* Most of most texts are letters of ASCII and spaces. Of eight bytes those before anything else
 * are counted at once, without a test for each word that a processor would guess wrong. Returns
 * how many they are. Bytes are compared by adding what carries into their high bit. */
static size_t count_plain(struct word_count *n, uint64_t word) {
    uint64_t lower = word | LOW_BITS * 0x20;
    uint64_t letters = (lower + LOW_BITS * (0x80 - 'a')) & ~(lower + LOW_BITS * (0x7F - 'z'));
    uint64_t spaces = ~((word ^ LOW_BITS * ' ') + LOW_BITS * 0x7F);
    uint64_t others = (word | ~(letters | spaces)) & HIGH_BITS;
    size_t plain = others ? (size_t)__builtin_ctzll(others) / 8 : 8;
    if (plain == 0)
        return 0;
    letters = (letters & HIGH_BITS & (others - 1) & ~others) >> 7;
    n->words += count_flags(letters & ~(letters << 8 | (n->in_word | n->joined)));
    n->in_word = letters >> (plain - 1) * 8 & 1;
    n->joined = n->digit = false;
    return plain;
}

size_t utf8_words(struct str s) {
    struct word_count n = {0};
    for (size_t at = 0; at < s.len;) {
        size_t plain = s.len - at < 8 ? 0 : count_plain(&n, le64toh(eight_bytes(s.at + at)));
        at += plain;
        if (plain < 8)
            count_char(&n, utf8_next(s, &at));
    }
    return n.words;
}

/* --- showing --- */

/* Category Cf holds bidi controls, zero-width characters and tags, but also the number signs of
 * Arabic, which are drawn. */
static bool is_hidden(uint32_t c) {
    if (c < 0xA0)
        return (c < 0x20 && c != '\t') || c >= 0x7F;
    if ((c >= 0x600 && c <= 0x605) || c == 0x6DD)
        return false;
    utf8proc_category_t of = category(c);
    return of == UTF8PROC_CATEGORY_CF || of == UTF8PROC_CATEGORY_ZL || of == UTF8PROC_CATEGORY_ZP;
}

struct str utf8_visible(struct arena *a, struct str s) {
    struct buf out = BUF_INIT;
    for (size_t at = 0; at < s.len;) {
        size_t len = sequence_length(s, at), next = at;
        uint32_t c = len ? utf8_next(s, &next) : byte_at(s, at);
        if (len == 0 || (c < 0x80 && is_hidden(c)))
            buf_printf(&out, "\\x%02x", (unsigned)c);
        else if (is_hidden(c))
            buf_printf(&out, "\\u{%x}", (unsigned)c);
        else
            buf_put(&out, str_slice(s, at, at + len));
        at += len ? len : 1;
    }
    struct str visible = arena_str(a, buf_str(&out));
    buf_free(&out);
    return visible;
}

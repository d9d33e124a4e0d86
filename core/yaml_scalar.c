#include "yaml_scalar.h"

#include <math.h>
#include <stdlib.h>

/* --- which type --- */

static bool is_one_of(struct str text, const struct str *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(text, words[i]))
            return true;
    return false;
}

static bool is_null(struct str text) {
    static const struct str words[] = {STR_INIT(""), STR_INIT("~"), STR_INIT("null"),
                                       STR_INIT("Null"), STR_INIT("NULL")};
    return is_one_of(text, words, sizeof words / sizeof *words);
}

static bool is_true(struct str text) {
    static const struct str words[] = {STR_INIT("true"), STR_INIT("True"), STR_INIT("TRUE")};
    return is_one_of(text, words, sizeof words / sizeof *words);
}

static bool is_false(struct str text) {
    static const struct str words[] = {STR_INIT("false"), STR_INIT("False"), STR_INIT("FALSE")};
    return is_one_of(text, words, sizeof words / sizeof *words);
}

static bool is_infinity(struct str unsigned_text) {
    static const struct str words[] = {STR_INIT(".inf"), STR_INIT(".Inf"), STR_INIT(".INF")};
    return is_one_of(unsigned_text, words, sizeof words / sizeof *words);
}

static bool is_not_a_number(struct str text) {
    static const struct str words[] = {STR_INIT(".nan"), STR_INIT(".NaN"), STR_INIT(".NAN")};
    return is_one_of(text, words, sizeof words / sizeof *words);
}

/* The value of a digit in bases up to 16; 16 when it is none. */
static unsigned digit_value(char c) {
    if (str_is_digit(c))
        return (unsigned)(c - '0');
    char lower = str_lower_char(c);
    return lower >= 'a' && lower <= 'f' ? (unsigned)(lower - 'a') + 10 : 16;
}

static size_t count_digits(struct str text, unsigned base) {
    size_t count = 0;
    while (count < text.len && digit_value(text.at[count]) < base)
        count++;
    return count;
}

static struct str without_sign(struct str text) {
    return text.len && (text.at[0] == '-' || text.at[0] == '+') ? str_from(text, 1) : text;
}

/* The digits of an integer and their base; empty when the text is none. Only decimal integers
 * have a sign. */
static struct str integer_digits(struct str text, unsigned *base) {
    *base = str_starts(text, STR("0x")) ? 16 : str_starts(text, STR("0o")) ? 8 : 10;
    struct str digits = *base == 10 ? without_sign(text) : str_from(text, 2);
    return count_digits(digits, *base) == digits.len ? digits : STR("");
}

/* [0-9]* (\. [0-9]*)? ([eE] [-+]? [0-9]+)? with at least one digit before the exponent. */
static bool is_decimal(struct str text) {
    size_t whole = count_digits(text, 10), fraction = 0;
    text = str_from(text, whole);
    if (str_starts(text, STR("."))) {
        fraction = count_digits(str_from(text, 1), 10);
        text = str_from(text, 1 + fraction);
    }
    if (whole + fraction == 0)
        return false;
    if (text.len == 0)
        return true;
    struct str exponent = without_sign(str_from(text, 1));
    return str_lower_char(text.at[0]) == 'e' && exponent.len > 0 &&
           count_digits(exponent, 10) == exponent.len;
}

enum value_type yaml_scalar_type(struct str text) {
    if (is_null(text))
        return VALUE_NIL;
    if (is_true(text) || is_false(text))
        return VALUE_BOOLEAN;
    unsigned base;
    if (integer_digits(text, &base).len > 0)
        return VALUE_INTEGER;
    struct str magnitude = without_sign(text);
    if (is_decimal(magnitude) || is_infinity(magnitude) || is_not_a_number(text))
        return VALUE_NUMBER;
    return VALUE_STRING;
}

/* --- which value --- */

/* False when the digits do not fit. */
static bool read_digits(struct str digits, unsigned base, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < digits.len; i++) {
        unsigned digit = digit_value(digits.at[i]);
        if (*out > (UINT64_MAX - digit) / base)
            return false;
        *out = *out * base + digit;
    }
    return true;
}

static bool read_integer(struct str text, int64_t *out) {
    unsigned base;
    uint64_t magnitude;
    struct str digits = integer_digits(text, &base);
    if (!read_digits(digits, base, &magnitude))
        return false;
    bool negative = text.at[0] == '-';
    if (magnitude > (uint64_t)INT64_MAX + negative)
        return false;
    *out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

static double read_number(struct arena *a, struct str text) {
    struct str magnitude = without_sign(text);
    double sign = text.at[0] == '-' ? -1 : 1;
    if (is_infinity(magnitude))
        return sign * INFINITY;
    if (is_not_a_number(text))
        return NAN;
    unsigned base;
    struct str digits = integer_digits(text, &base);
    if (digits.len == 0 || base == 10)
        return strtod(arena_str(a, text).at, NULL); /* fascia never leaves the C locale */
    double number = 0;
    for (size_t i = 0; i < digits.len; i++)
        number = number * base + digit_value(digits.at[i]);
    return number;
}

struct value *yaml_scalar_value(struct arena *a, enum value_type type, struct str text) {
    int64_t integer;
    switch (type) {
    case VALUE_NIL:
        return value_nil(a);
    case VALUE_BOOLEAN:
        return value_boolean(a, is_true(text));
    case VALUE_INTEGER:
        if (read_integer(text, &integer))
            return value_integer(a, integer);
        return value_number(a, read_number(a, text));
    case VALUE_NUMBER:
        return value_number(a, read_number(a, text));
    default:
        return value_string(a, arena_str(a, text), (struct span){0});
    }
}

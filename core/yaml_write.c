/* Values as YAML that reads back equal: the other half of yaml.h. */
#include "yaml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "utf8.h"
#include "yaml_scalar.h"

enum {
    INDENT = 2,
    LONGEST_SIMPLE_KEY = 250, /* bytes; YAML allows 1024 characters, escapes included */
};

/* --- scalars --- */

/* What libyaml takes as it is in the middle of a line; the rest needs an escape. */
static bool is_printable(uint32_t c) {
    if (c < 0xA0)
        return c >= 0x20 && c < 0x7F;
    return c != 0x2028 && c != 0x2029 && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
}

/* Whether a plain scalar may begin with c. Stricter than YAML, where "-x" and "?x" are plain. */
static bool may_begin(char c) {
    struct str indicators = STR("-?:,[]{}#&*!|>'\"%@` ");
    return str_find_char(indicators, c) == indicators.len;
}

static bool is_plain(struct str text) {
    if (yaml_scalar_type(text) != VALUE_STRING || !may_begin(text.at[0]))
        return false;
    char last = text.at[text.len - 1];
    if (last == ':' || last == ' ' || str_find(text, STR(": ")) < text.len ||
        str_find(text, STR(" #")) < text.len || str_starts(text, STR("...")))
        return false;
    for (size_t at = 0; at < text.len;)
        if (!is_printable(utf8_next(text, &at)))
            return false;
    return true;
}

static void put_escape(struct buf *out, uint32_t c) {
    if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", (char)c);
    else if (c == '\n')
        buf_put(out, STR("\\n"));
    else if (c == '\t')
        buf_put(out, STR("\\t"));
    else
        buf_printf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
}

static void put_quoted(struct buf *out, struct str text) {
    buf_char(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        uint32_t c = utf8_next(text, &at);
        if (c == '"' || c == '\\' || !is_printable(c))
            put_escape(out, c);
        else
            buf_put(out, str_slice(text, begin, at));
    }
    buf_char(out, '"');
}

static void put_string(struct buf *out, struct str text) {
    if (is_plain(text))
        buf_put(out, text);
    else
        put_quoted(out, text);
}

/* The shortest digits that give the same number, marked as no integer. */
static void put_number(struct buf *out, double number) {
    if (isnan(number) || isinf(number)) {
        buf_put(out, isnan(number) ? STR(".nan") : number < 0 ? STR("-.inf") : STR(".inf"));
        return;
    }
    char digits[32];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (!(strtod(digits, NULL) < number) && !(strtod(digits, NULL) > number))
            break;
    }
    struct str text = str_of(digits);
    buf_put(out, text);
    if (yaml_scalar_type(text) == VALUE_INTEGER)
        buf_put(out, STR(".0"));
}

static void put_scalar(struct buf *out, const struct value *v) {
    switch (v->type) {
    case VALUE_NIL:
        buf_put(out, STR("null"));
        break;
    case VALUE_BOOLEAN:
        buf_put(out, v->boolean ? STR("true") : STR("false"));
        break;
    case VALUE_INTEGER:
        buf_printf(out, "%lld", (long long)v->integer);
        break;
    case VALUE_NUMBER:
        put_number(out, v->number);
        break;
    case VALUE_STRING:
        put_string(out, v->string);
        break;
    case VALUE_LIST:
        buf_put(out, STR("[]"));
        break;
    case VALUE_RECORD:
        buf_put(out, STR("{}"));
        break;
    }
}

/* --- collections --- */

static void put_spaces(struct buf *out, unsigned count) {
    while (count--)
        buf_char(out, ' ');
}

/* A long key stands on a line of its own, after a question mark. */
static void put_key(struct buf *out, struct str key, unsigned indent) {
    if (key.len <= LONGEST_SIMPLE_KEY) {
        put_string(out, key);
    } else {
        buf_put(out, STR("? "));
        put_string(out, key);
        buf_char(out, '\n');
        put_spaces(out, indent);
    }
    buf_char(out, ':');
}

/* Writes the entries from the current column on when that is `indent` already. */
static void put_entries(struct buf *out, const struct value *v, unsigned indent, bool is_there) {
    for (uint32_t i = 0; i < v->count; i++) {
        const struct value *item = v->items[i];
        bool nests = (item->type == VALUE_LIST || item->type == VALUE_RECORD) && item->count > 0;
        if (i > 0 || !is_there)
            put_spaces(out, indent);
        if (v->type == VALUE_RECORD)
            put_key(out, v->keys[i], indent);
        else
            buf_char(out, '-');
        buf_char(out, nests && v->type == VALUE_RECORD ? '\n' : ' ');
        if (nests) {
            put_entries(out, item, indent + INDENT, v->type == VALUE_LIST);
        } else {
            put_scalar(out, item);
            buf_char(out, '\n');
        }
    }
}

void yaml_write(struct buf *out, const struct value *record) {
    if (record->count > 0)
        put_entries(out, record, 0, true);
    else
        buf_put(out, STR("{}\n"));
}

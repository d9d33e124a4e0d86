#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

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
    static const char spaces[] =
        "\n                                                               ";
    if (!style.indent)
        return;
    size_t left = (size_t)style.indent * depth, most = sizeof spaces - 2;
    buf_put(out, (struct str){spaces, 1 + (left < most ? left : most)});
    for (; left > most; left -= most)
        buf_put(out, (struct str){spaces + 1, left - most < most ? left - most : most});
}

/* Of the records of an article many have the same keys. What their fields begin with (comma, line
 * end, indent, key, colon) is made once for each shape at each depth, as far as there is room. */
enum { KNOWN_SHAPES = 64, KNOWN_BYTES = 8192 };

struct known_shape {
    const uint32_t *shape; /* as struct items has it */
    unsigned depth;
    bool is_container;            /* a block that holds others is told by them */
    bool has_subject, has_factor; /* its `items`, or its `cells`, are a plain list */
    const char *begins;           /* one behind the other; NULL: no room, or a key needs escapes */
};

struct encoder {
    struct buf *out;
    struct json_style style;
    struct known_shape known[KNOWN_SHAPES]; /* by hash; the next place when one is taken */
    size_t known_count;
    struct buf begins;
};

/* What image strings hold was checked when the file was read: no second look at its UTF-8. */
static void put_text(struct buf *out, struct str s, struct json_style style) {
    json_valid_string(out, s, style.script);
}

static void put_begin(struct buf *out, struct json_style style, struct str key, unsigned depth,
                      bool is_first) {
    if (!is_first)
        buf_char(out, ',');
    json_newline(out, style, depth);
    put_text(out, key, style);
    buf_put(out, style.indent ? STR(": ") : STR(":"));
}

/* How long that is when the key needs no escapes. */
static size_t begin_len(struct json_style style, struct str key, unsigned depth) {
    return (style.indent ? 6 + (size_t)style.indent * depth : 4) + key.len;
}

static bool has(struct node record, struct str key) {
    return node_get(record, key).slot != 0;
}

static bool is_container(struct node n) {
    return has(n, STR("type")) &&
           (has(n, STR("items")) || has(n, STR("blocks")) || has(n, STR("rows")));
}

static bool is_told_twice(struct str key) {
    return str_eq(key, STR("html")) || str_eq(key, STR("text"));
}

static const char *make_begins(struct encoder *e, struct items fields, unsigned depth) {
    struct buf *b = &e->begins;
    size_t begin = b->len, expected = b->len;
    while (items_next(&fields)) {
        expected += begin_len(e->style, fields.key, depth);
        put_begin(b, e->style, fields.key, depth, false);
    }
    if (b->len == expected && !b->full)
        return b->at + begin;
    b->len = begin;
    b->full = false;
    return NULL;
}

static struct known_shape learn(struct encoder *e, struct node record, struct items fields,
                                unsigned depth) {
    return (struct known_shape){.shape = fields.ends,
                                .depth = depth,
                                .is_container = is_container(record),
                                .has_subject = has(record, STR("subject")),
                                .has_factor = has(record, STR("factor")),
                                .begins = make_begins(e, fields, depth)};
}

/* `fields`: of the record, which has some, before the first. */
static struct known_shape know(struct encoder *e, struct node record, struct items fields,
                               unsigned depth) {
    size_t at = ((uintptr_t)fields.ends / sizeof *fields.ends + depth) % KNOWN_SHAPES;
    while (e->known[at].shape && (e->known[at].shape != fields.ends || e->known[at].depth != depth))
        at = (at + 1) % KNOWN_SHAPES;
    if (e->known[at].shape)
        return e->known[at];
    struct known_shape new = learn(e, record, fields, depth);
    if (e->known_count < KNOWN_SHAPES - 1) { // so that every search ends
        e->known[at] = new;
        e->known_count++;
    }
    return new;
}

static bool is_plain_list(const struct known_shape *k, struct str key) {
    return (k->has_subject && str_eq(key, STR("items"))) ||
           (k->has_factor && str_eq(key, STR("cells")));
}

static void put_node(struct encoder *e, struct node n, unsigned depth);

/* plain: of each item only its text. */
static void put_list(struct encoder *e, struct node n, bool plain, unsigned depth) {
    bool is_first = true;
    buf_char(e->out, '[');
    for (struct items i = node_items(n); items_next(&i); is_first = false) {
        if (!is_first)
            buf_char(e->out, ',');
        json_newline(e->out, e->style, depth + 1);
        if (plain)
            put_text(e->out, node_get_string(i.node, STR("text")), e->style);
        else
            put_node(e, i.node, depth + 1);
    }
    if (!is_first)
        json_newline(e->out, e->style, depth);
    buf_char(e->out, ']');
}

static void put_record(struct encoder *e, struct node n, unsigned depth) {
    struct items i = node_items(n);
    if (i.left == 0) {
        buf_put(e->out, STR("{}"));
        return;
    }
    struct known_shape known = know(e, n, i, depth + 1);
    const char *begin = known.begins;
    bool is_first = true;
    buf_char(e->out, '{');
    while (items_next(&i)) {
        struct str made = {begin, begin ? begin_len(e->style, i.key, depth + 1) : 0};
        begin = begin ? begin + made.len : NULL;
        if (known.is_container && is_told_twice(i.key))
            continue;
        if (begin)
            buf_put(e->out, is_first ? str_from(made, 1) : made);
        else
            put_begin(e->out, e->style, i.key, depth + 1, is_first);
        is_first = false;
        if (is_plain_list(&known, i.key) && node_type(i.node) == VALUE_LIST)
            put_list(e, i.node, true, depth + 1);
        else
            put_node(e, i.node, depth + 1);
    }
    json_newline(e->out, e->style, depth);
    buf_char(e->out, '}');
}

static void put_node(struct encoder *e, struct node n, unsigned depth) {
    switch (node_type(n)) {
    case VALUE_NIL:
        buf_put(e->out, STR("null"));
        break;
    case VALUE_BOOLEAN:
        buf_put(e->out, node_boolean(n) ? STR("true") : STR("false"));
        break;
    case VALUE_INTEGER:
        json_integer(e->out, node_integer(n));
        break;
    case VALUE_NUMBER:
        json_number(e->out, node_number(n));
        break;
    case VALUE_STRING:
        put_text(e->out, node_string(n), e->style);
        break;
    case VALUE_LIST:
        put_list(e, n, false, depth);
        break;
    case VALUE_RECORD:
        put_record(e, n, depth);
        break;
    }
}

void json_node_at(struct buf *out, struct node n, struct json_style style, unsigned depth) {
    char bytes[KNOWN_BYTES];
    struct encoder e = {.out = out,
                        .style = style,
                        .begins = {.at = bytes, .cap = sizeof bytes, .max = sizeof bytes}};
    put_node(&e, n, depth);
}

void json_node(struct buf *out, struct node n, struct json_style style) {
    json_node_at(out, n, style, 0);
}

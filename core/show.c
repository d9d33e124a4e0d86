#include "show.h"

#include "utf8.h"

enum { LONGEST = 76 /* code points of a string that are shown */ };

static void put_place(struct buf *out, struct node n) {
    struct span span = node_own_span(n);
    if (span.line)
        buf_printf(out, "  @%u:%u", span.line, span.col);
    buf_char(out, '\n');
}

static void put_indent(struct buf *out, unsigned depth) {
    for (unsigned i = 0; i < depth; i++)
        buf_put(out, STR("  "));
}

/* Line ends and control characters as escapes. */
static void put_visible(struct buf *out, struct str s) {
    struct arena scratch = ARENA_INIT;
    struct str shown = utf8_visible(&scratch, s);
    for (size_t i = 0; i < shown.len; i++) {
        if (shown.at[i] == '\t')
            buf_put(out, STR("\\t"));
        else
            buf_char(out, shown.at[i]);
    }
    arena_free(&scratch);
}

/* Long texts are cut, with their length. */
static void put_string(struct buf *out, struct str s) {
    size_t at = 0;
    for (int n = 0; n < LONGEST && at < s.len; n++)
        utf8_next(s, &at);
    buf_char(out, '"');
    put_visible(out, str_slice(s, 0, at));
    buf_char(out, '"');
    if (at < s.len)
        buf_printf(out, " … (%zu bytes)", s.len);
}

static void put_node(struct buf *out, struct node n, unsigned depth);

static void put_items(struct buf *out, struct node n, unsigned depth) {
    bool is_record = node_type(n) == VALUE_RECORD;
    for (uint32_t i = 0; i < node_count(n); i++) {
        struct str key = node_key(n, i);
        put_indent(out, depth);
        if (is_record)
            put_visible(out, key);
        else
            buf_printf(out, "[%u]", i + 1);
        put_node(out, node_item(n, i), depth);
    }
}

static void put_node(struct buf *out, struct node n, unsigned depth) {
    switch (node_type(n)) {
    case VALUE_NIL:
        buf_put(out, STR(" = nil"));
        break;
    case VALUE_BOOLEAN:
        buf_put(out, node_boolean(n) ? STR(" = true") : STR(" = false"));
        break;
    case VALUE_INTEGER:
        buf_printf(out, " = %lld", (long long)node_integer(n));
        break;
    case VALUE_NUMBER:
        buf_printf(out, " = %.17g", node_number(n));
        break;
    case VALUE_STRING:
        buf_put(out, STR(" = "));
        put_string(out, node_string(n));
        break;
    case VALUE_LIST:
        buf_printf(out, " (%u)", node_count(n));
        break;
    case VALUE_RECORD:
        break;
    }
    put_place(out, n);
    put_items(out, n, depth + 1);
}

void show_node(struct buf *out, struct node n) {
    put_items(out, n, 0);
}

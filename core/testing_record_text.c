/* The texts of a recording: articles in pieces, settings and the test in Lua. */
#include "testing_record.h"

/* Articles */

static bool is_blank(struct str line) {
    return str_trim(line).len == 0;
}

static bool is_rule(struct str line) {
    return str_eq(str_trim_end(line), STR("---"));
}

/* Whether a piece begins here: at a key of the front matter, or behind a blank line. */
static bool begins_piece(struct str line, bool in_front, bool after_blank) {
    if (!in_front)
        return after_blank && !is_blank(line);
    return line.len && !str_is_space(line.at[0]) && line.at[0] != '-' && line.at[0] != '#';
}

static bool is_line_read(const struct recording *r, struct str path, uint32_t line) {
    for (const struct explained_read *one = r->from.reads; one; one = one->next)
        if (one->line == line && str_eq(one->file, path))
            return true;
    return false;
}

void record_cut(struct recording *r, struct recorded_article *article, struct str text) {
    struct str rest = text, line;
    bool in_front = str_starts(text, STR("---")), after_blank = false, at_rule = true;
    article->pieces = ARENA_ARRAY(&r->arena, struct piece, text.len + 1);
    for (uint32_t n = 1; rest.len && str_cut(&rest, '\n', &line); n++) {
        bool rule = in_front && is_rule(line);
        if (at_rule || rule || begins_piece(line, in_front, after_blank))
            article->pieces[article->count++] = (struct piece){.text = {line.at, 0}};
        struct piece *piece = &article->pieces[article->count - 1];
        const char *end = line.at + line.len;
        end += end < text.at + text.len; // the line end is part of it
        piece->text.len = (size_t)(end - piece->text.at);
        piece->is_read = piece->is_read || rule || is_line_read(r, article->path, n);
        at_rule = rule;
        in_front = in_front && (n == 1 || !rule);
        after_blank = is_blank(line);
    }
}

void record_put_article(struct buf *out, const struct recorded_article *article) {
    for (size_t i = 0; i < article->count; i++)
        if (!article->pieces[i].is_dropped)
            buf_put(out, article->pieces[i].text);
}

/* Lua */

static void put_string(struct buf *out, struct str s) {
    buf_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < ' ' || c == 0x7F)
            buf_printf(out, "\\%03u", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void put_value(struct buf *out, struct node n, unsigned depth) {
    enum { DEEPEST = 20 };
    struct str key;
    switch (depth > DEEPEST ? VALUE_NIL : node_type(n)) {
    case VALUE_NIL:
        buf_put(out, STR("nil"));
        break;
    case VALUE_BOOLEAN:
        buf_put(out, node_boolean(n) ? STR("true") : STR("false"));
        break;
    case VALUE_INTEGER:
        buf_printf(out, "%lld", (long long)node_integer(n));
        break;
    case VALUE_NUMBER:
        buf_printf(out, "%.17g", node_number(n));
        break;
    case VALUE_STRING:
        put_string(out, node_string(n));
        break;
    case VALUE_LIST:
    case VALUE_RECORD:
        buf_put(out, STR("{ "));
        for (uint32_t i = 0; i < node_count(n); i++) {
            key = node_key(n, i);
            if (node_type(n) == VALUE_RECORD) {
                buf_char(out, '[');
                put_string(out, key);
                buf_put(out, STR("] = "));
            }
            put_value(out, node_item(n, i), depth + 1);
            buf_put(out, i + 1 < node_count(n) ? STR(", ") : STR(" "));
        }
        buf_char(out, '}');
        break;
    }
}

/* Settings */

static bool is_setting_read(const struct recording *r, struct str key) {
    for (const struct explained_read *one = r->from.reads; one; one = one->next)
        if (str_eq(one->file, STR("site.yaml")) && str_starts(one->what, key))
            return true;
    return false;
}

static void add_setting(struct recording *r, struct str key, bool is_read, struct buf *value) {
    struct str text = arena_printf(&r->arena, "%.*s = %.*s", STR_ARG(key), STR_ARG(buf_str(value)));
    r->settings[r->setting_count++] =
        (struct recorded_setting){.text = text, .piece = {.is_read = is_read}};
    value->len = 0;
}

/* Options of this plugin alone: no other runs. */
static void take_options(struct recording *r, struct node root, struct buf *value) {
    struct node own = node_get(node_get(root, STR("plugins")), r->from.plugin);
    if (!own.slot)
        return;
    buf_put(value, STR("{ ["));
    put_string(value, r->from.plugin);
    buf_put(value, STR("] = "));
    put_value(value, own, 0);
    buf_put(value, STR(" }"));
    add_setting(r, STR("plugins"), is_setting_read(r, STR("plugins")), value);
}

void record_take_settings(struct recording *r) {
    static const struct str keys[] = {STR_INIT("title"),       STR_INIT("url"),
                                      STR_INIT("lang"),        STR_INIT("author"),
                                      STR_INIT("description"), STR_INIT("exports"),
                                      STR_INIT("autolinks"),   STR_INIT("raw_html"),
                                      STR_INIT("words")};
    struct node root = r->session.settings.root;
    struct buf value = BUF_INIT;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct node given = node_get(root, keys[i]);
        if (node_type(given) == VALUE_NIL)
            continue;
        put_value(&value, given, 0);
        add_setting(r, keys[i], is_setting_read(r, keys[i]), &value);
    }
    take_options(r, root, &value);
    if (r->from.now.len) {
        put_string(&value, r->from.now);
        add_setting(r, STR("now"), false, &value); // the newest date may say the same
    }
    buf_free(&value);
}

/* The test */

static void put_fixture(struct buf *out, const struct recorded_article *a) {
    buf_put(out, STR("    fixture("));
    put_string(out, a->name);
    if (!str_eq(a->name, a->path)) {
        buf_put(out, STR(", "));
        put_string(out, a->path);
    }
    buf_put(out, STR("),\n"));
}

static void put_rendering(struct buf *out, const struct recording *r) {
    buf_put(out, STR("  assert.golden("));
    put_string(out, r->golden);
    buf_put(out, STR(", (render("));
    put_string(out, r->from.export);
    buf_put(out, r->from.article.len ? STR(", articles[1], here") : STR(", here"));
    if (r->export->each == EACH_LIST)
        buf_printf(out, ", %u", r->from.item + 1);
    if (r->from.key.len) {
        buf_put(out, STR(", "));
        put_string(out, r->from.key);
    }
    buf_put(out, STR(")))\n"));
}

void record_put_test(struct buf *out, struct recording *r) {
    buf_put(out, STR("it("));
    put_string(out, arena_printf(&r->arena, "makes %.*s", STR_ARG(r->golden)));
    buf_put(out, STR(", function()\n  local articles = {\n"));
    for (size_t i = 0; i < r->article_count; i++)
        put_fixture(out, &r->articles[i]);
    buf_put(out, STR("  }\n  local here = site {\n"));
    for (size_t i = 0; i < r->setting_count; i++)
        if (!r->settings[i].piece.is_dropped)
            buf_printf(out, "    %.*s,\n", STR_ARG(r->settings[i].text));
    buf_put(out, STR("    articles = articles,\n  }\n"));
    put_rendering(out, r);
    buf_put(out, STR("end)\n"));
}

/* The reference of the plugin writer's page: a heading and a table each. */
#include "model.h"
#include "types.h"
#include "types_parts.h"

/* Where the text goes on behind "fascia." of a class: it is told by its name alone. */
static size_t skip_prefix(struct str s, size_t at) {
    struct str prefix = STR("fascia.");
    size_t behind = at + prefix.len;
    bool is_class = str_starts(str_from(s, at), prefix) && behind < s.len &&
                    s.at[behind] >= 'A' && s.at[behind] <= 'Z';
    return is_class ? behind : at;
}

/* In a table's cell a bar would begin the next one. */
static void put_text(struct buf *out, struct str text, bool in_cell) {
    for (size_t i = 0; i < text.len; i++) {
        if (in_cell && text.at[i] == '|')
            buf_char(out, '\\');
        buf_char(out, text.at[i]);
    }
}

static void put_type(struct buf *out, struct str type, bool optional, bool in_cell) {
    bool is_function = str_starts(type, STR("fun(")); // a "?" at its end is of its result
    if (!is_function && str_ends(type, STR("?"))) {
        optional = true;
        type.len--;
    }
    buf_char(out, '`');
    for (size_t i = skip_prefix(type, 0); i < type.len; i = skip_prefix(type, i + 1))
        put_text(out, str_slice(type, i, i + 1), in_cell);
    buf_put(out, optional ? STR("` or nil") : STR("`"));
}

static void put_heading(struct buf *out, struct str name) {
    buf_printf(out, "### %.*s\n\n", STR_ARG(str_from(name, skip_prefix(name, 0))));
}

static void put_field(struct buf *out, const struct docs_field *f) {
    buf_printf(out, "| `%.*s` | ", STR_ARG(f->name));
    put_type(out, f->type, f->optional, true);
    buf_put(out, STR(" | "));
    put_text(out, f->about, true);
    buf_put(out, STR(" |\n"));
}

/* ---- The model ---- */

static void put_record(struct buf *out, const struct model_record *r) {
    put_heading(out, r->name);
    buf_printf(out, "%.*s\n\n", STR_ARG(r->about));
    if (r->types.len) {
        buf_printf(out, "One of `%.*s`.\n\n", STR_ARG(r->types));
        return;
    }
    buf_put(out, STR("| field | type | what it is |\n| --- | --- | --- |\n"));
    for (uint32_t i = 0; i < r->count; i++) {
        const struct model_field *f = &r->fields[i];
        put_field(out, &(struct docs_field){f->name, f->type, f->about, false});
    }
    buf_char(out, '\n');
}

/* Articles and what they hold, or what a site is asked. */
static void put_model(struct buf *out, bool of_sites) {
    for (size_t i = 0; i < model_count; i++)
        if ((i == MODEL_SITE || i == MODEL_QUERY) == of_sites)
            put_record(out, &model[i]);
}

/* ---- Annotated comments ---- */

static void put_prose(struct buf *out, const struct docs *d, bool in_cell) {
    struct str rest = d->lines;
    struct docs_line line;
    bool is_first = true;
    while (docs_line(&rest, &line)) {
        if (line.tag.len)
            continue;
        buf_put(out, is_first ? STR("") : in_cell ? STR(" ") : STR("\n"));
        put_text(out, line.text, in_cell);
        is_first = false;
    }
}

static void put_fields(struct buf *out, const struct docs *d) {
    struct str rest = d->lines;
    struct docs_line line;
    bool any = false;
    while (docs_line(&rest, &line)) {
        if (!str_eq(line.tag, STR("field")))
            continue;
        struct docs_field f = docs_field(line.text);
        if (!any)
            buf_put(out, STR("| field | type | what it is |\n| --- | --- | --- |\n"));
        put_field(out, &f);
        any = true;
    }
    if (any)
        buf_char(out, '\n');
}

/* A type, or a class as it is called, on a line of its own. */
static void put_line(struct buf *out, struct str name, struct str type) {
    buf_printf(out, "`%.*s", STR_ARG(name));
    for (size_t i = skip_prefix(type, 0); i < type.len; i = skip_prefix(type, i + 1))
        buf_char(out, type.at[i]);
    buf_put(out, STR("`\n\n"));
}

/* A class with its fields, or a type by another name. */
static void put_class(struct buf *out, const struct docs *d) {
    struct str class, alias, call;
    bool is_class = docs_has(d, STR("class"), &class);
    if (!is_class && !docs_has(d, STR("alias"), &alias))
        return;
    put_heading(out, is_class ? class : str_slice(alias, 0, str_find_char(alias, ' ')));
    put_prose(out, d, false);
    buf_put(out, STR("\n\n"));
    if (!is_class)
        put_line(out, STR(""), str_from(alias, str_find_char(alias, ' ') + 1));
    if (docs_has(d, STR("overload"), &call)) // "fun(text: string): string"
        put_line(out, class, str_from(call, str_find_char(call, '(')));
    put_fields(out, d);
}

static void put_results(struct buf *out, const struct docs *d) {
    struct str rest = d->lines;
    struct docs_line line;
    bool any = false;
    while (docs_line(&rest, &line)) {
        if (!str_eq(line.tag, STR("return")))
            continue;
        buf_put(out, any ? STR(", ") : STR(""));
        put_type(out, docs_type(line.text), false, true);
        any = true;
    }
}

static void put_function(struct buf *out, const struct docs *d, const struct definition *def) {
    buf_printf(out, "| `%.*s", STR_ARG(def->prefix));
    buf_char(out, str_lower_char(def->name.at[0])); // "out:write" of "Out:write"
    buf_printf(out, "%.*s(", STR_ARG(str_from(def->name, 1)));
    docs_put_arguments(d, def, out);
    buf_put(out, STR(")` | "));
    put_results(out, d);
    buf_put(out, STR(" | "));
    put_prose(out, d, true);
    buf_put(out, STR(" |\n"));
}

/* What the file is about, then its functions. */
static void put_functions(struct buf *out, struct str source) {
    struct docs d;
    bool in_table = false;
    while (docs_next(&source, &d)) {
        struct definition def = docs_definition(&d);
        if (def.kind == DEFINES_FUNCTION && !in_table)
            buf_put(out, STR("| call | gives | what it does |\n| --- | --- | --- |\n"));
        else if (def.kind == DEFINES_TABLE && in_table)
            buf_char(out, '\n');
        if (def.kind == DEFINES_FUNCTION)
            put_function(out, &d, &def);
        else if (def.kind == DEFINES_TABLE)
            put_class(out, &d);
        in_table = def.kind == DEFINES_FUNCTION || (in_table && def.kind != DEFINES_TABLE);
    }
    if (in_table)
        buf_char(out, '\n');
}

static void put_file(struct buf *out, const struct prelude_file *f) {
    struct str source = {f->source, f->len};
    struct docs d;
    put_functions(out, source);
    while (docs_next(&source, &d))
        if (docs_definition(&d).kind == DEFINES_NOTHING)
            put_class(out, &d);
}

/* Which part a file of the prelude is told in. */
static struct str part_of(struct str name) {
    static const struct str own[] = {STR_INIT("plugin"), STR_INIT("site"), STR_INIT("test")};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(name, own[i]))
            return own[i];
    return STR("library");
}

void types_markdown(struct buf *out, struct str part) {
    if (str_eq(part, STR("model")) || str_eq(part, STR("site")))
        put_model(out, str_eq(part, STR("site")));
    for (int is_first = 1; is_first >= 0; is_first--)
        for (size_t i = 0; i < prelude_count; i++) {
            struct str name = str_of(prelude_files[i].name);
            if (str_eq(part_of(name), part) && str_eq(name, STR("init")) == is_first)
                put_file(out, &prelude_files[i]);
        }
}

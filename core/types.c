/* Definitions for the Lua language server. */
#include "types.h"

#include "model.h"
#include "types_parts.h"

/* "Pair[]" is "fascia.Pair[]": names of the model begin with a capital. */
static void put_type(struct buf *out, struct str type) {
    bool in_word = false, in_quotes = false;
    for (size_t i = 0; i < type.len; i++) {
        char c = type.at[i];
        in_quotes ^= c == '"';
        if (c >= 'A' && c <= 'Z' && !in_word && !in_quotes)
            buf_put(out, STR("fascia."));
        in_word = str_is_alpha(c);
        buf_char(out, c);
    }
}

static void put_field(struct buf *out, const struct model_field *f) {
    struct str type = f->type;
    bool optional = str_ends(type, STR("?"));
    type.len -= optional;
    buf_printf(out, "---@field %.*s%s ", STR_ARG(f->name), optional ? "?" : "");
    put_type(out, type);
    buf_printf(out, " %.*s\n", STR_ARG(f->about));
}

static void put_record(struct buf *out, const struct model_record *r) {
    buf_printf(out, "---%.*s\n", STR_ARG(r->about));
    if (r->types.len) {
        buf_printf(out, "---@alias fascia.%.*s ", STR_ARG(r->name));
        put_type(out, r->types);
        buf_put(out, STR("\n\n"));
        return;
    }
    buf_printf(out, "---@class fascia.%.*s\n", STR_ARG(r->name));
    for (uint32_t i = 0; i < r->count; i++)
        put_field(out, &r->fields[i]);
    if (r == &model[MODEL_SITE])
        buf_put(out, STR("local Site = {}\n")); // which has methods
    buf_char(out, '\n');
}

static void put_definition(struct buf *out, const struct docs *d) {
    struct definition def = docs_definition(d);
    if (def.kind == DEFINES_FUNCTION) {
        buf_printf(out, "function %.*s%.*s(", STR_ARG(def.prefix), STR_ARG(def.name));
        docs_put_arguments(d, &def, out);
        buf_put(out, STR(") end\n"));
    } else if (def.kind != DEFINES_NOTHING) {
        bool is_local = def.kind == DEFINES_TABLE && def.prefix.len == 0;
        buf_printf(out, "%s%.*s%.*s = {}\n", is_local ? "local " : "", STR_ARG(def.prefix),
                   STR_ARG(def.name));
    }
}

static void put_library(struct buf *out, const struct prelude_file *f) {
    struct str rest = {f->source, f->len};
    struct docs d;
    while (docs_next(&rest, &d)) {
        buf_put(out, d.lines);
        put_definition(out, &d);
        buf_char(out, '\n');
    }
}

/* `fascia` itself comes first, for the others are its fields. */
void types_lua(struct buf *out) {
    buf_put(out, STR("---@meta fascia\n"
                     "-- What Fascia's plugins meet, for the Lua language server; made by "
                     "`fascia types`.\n\n"));
    for (size_t i = 0; i < model_count; i++)
        put_record(out, &model[i]);
    for (int is_first = 1; is_first >= 0; is_first--)
        for (size_t i = 0; i < prelude_count; i++)
            if (str_eq(str_of(prelude_files[i].name), STR("init")) == is_first)
                put_library(out, &prelude_files[i]);
    buf_put(out, STR("return fascia\n"));
}

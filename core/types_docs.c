/* Reading annotated comments. They are the program's own: what is odd in one is passed over, and a
 * test reads what comes of them. */
#include "types_parts.h"

static const struct str mark = STR_INIT("---");

bool docs_next(struct str *rest, struct docs *d) {
    struct str line = STR("");
    *d = (struct docs){{NULL, 0}, {NULL, 0}};
    while (rest->len && str_cut(rest, '\n', &line)) {
        if (str_starts(line, mark)) {
            d->lines.at = d->lines.at ? d->lines.at : line.at;
            d->lines.len = (size_t)(line.at + line.len - d->lines.at) + 1;
        } else if (d->lines.at) {
            d->code = str_trim(line);
            break;
        }
    }
    return d->lines.at != NULL;
}

bool docs_line(struct str *rest, struct docs_line *line) {
    if (rest->len == 0 || !str_cut(rest, '\n', &line->text))
        return false;
    line->text = str_trim(str_from(line->text, mark.len));
    line->tag = STR("");
    if (str_starts(line->text, STR("@"))) {
        size_t space = str_find_char(line->text, ' ');
        line->tag = str_slice(line->text, 1, space);
        line->text = str_trim(str_from(line->text, space));
    }
    return true;
}

/* A type ends at a space that is in no brackets and does not follow the colon of a result. */
struct str docs_type(struct str s) {
    int depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        depth += strchr("(<{", s.at[i]) != NULL;
        depth -= strchr(")>}", s.at[i]) != NULL;
        if (s.at[i] == ' ' && depth == 0 && i > 0 && s.at[i - 1] != ':')
            return str_slice(s, 0, i);
    }
    return s;
}

struct docs_field docs_field(struct str text) {
    struct docs_field f = {.name = str_slice(text, 0, str_find_char(text, ' '))};
    text = str_trim(str_from(text, f.name.len));
    f.optional = str_ends(f.name, STR("?"));
    f.name.len -= f.optional;
    f.type = docs_type(text);
    f.about = str_trim(str_from(text, f.type.len));
    return f;
}

/* Tables of the library are "fascia." and their name; capitals are classes of their own. */
static struct definition named(struct str name) {
    struct str own = STR("globals.");
    bool is_class = name.len && name.at[0] >= 'A' && name.at[0] <= 'Z';
    if (str_starts(name, own))
        return (struct definition){.name = str_from(name, own.len)};
    if (is_class || str_starts(name, STR("fascia.")) || str_eq(name, STR("fascia")))
        return (struct definition){.name = name};
    return (struct definition){.prefix = STR("fascia."), .name = name};
}

struct definition docs_definition(const struct docs *d) {
    struct str function = STR("function "), local = STR("local "), code = d->code, text;
    struct definition def;
    if (str_starts(code, function)) {
        size_t open = str_find_char(code, '('), close = str_find_char(code, ')');
        def = named(str_slice(code, function.len, open));
        def.kind = DEFINES_FUNCTION;
        def.arguments = str_slice(code, open + 1, close);
        return def;
    }
    size_t equals = str_find(code, STR(" = "));
    if (equals == code.len)
        return (struct definition){.kind = DEFINES_NOTHING};
    bool is_local = str_starts(code, local);
    def = named(str_slice(code, is_local ? local.len : 0, equals));
    def.kind = is_local                              ? DEFINES_TABLE
               : docs_has(d, STR("type"), &text)     ? DEFINES_VALUE
                                                     : DEFINES_FUNCTION;
    return def;
}

bool docs_has(const struct docs *d, struct str tag, struct str *text) {
    struct str rest = d->lines;
    struct docs_line line;
    while (docs_line(&rest, &line))
        if (str_eq(line.tag, tag)) {
            *text = line.text;
            return true;
        }
    *text = STR("");
    return false;
}

void docs_put_arguments(const struct docs *d, const struct definition *def, struct buf *out) {
    struct str rest = d->lines;
    struct docs_line line;
    bool is_first = true;
    buf_put(out, def->arguments);
    while (def->arguments.len == 0 && docs_line(&rest, &line)) {
        if (!str_eq(line.tag, STR("param")))
            continue;
        buf_put(out, is_first ? STR("") : STR(", "));
        buf_put(out, docs_field(line.text).name);
        is_first = false;
    }
}

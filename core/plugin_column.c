/* Where in its line a message of Lua's belongs, and where one belongs that came with no line: both
 * quote names, which the file has as well. */
#include "plugin_call.h"
#include "utf8.h"

static struct str bytes_of(const struct bundle *bundle, struct str path) {
    for (size_t i = 0; i < bundle->count; i++)
        if (str_eq(bundle->files[i].place, path))
            return bundle->files[i].bytes;
    return STR("");
}

static bool find_line(const struct bundle *bundle, struct place at, struct str *line) {
    struct str rest = bytes_of(bundle, at.path);
    for (uint32_t n = 1; str_cut(&rest, '\n', line); n++)
        if (n == at.line)
            return true;
    return false;
}

static bool is_name_char(char c) {
    return str_is_alpha(c) || str_is_digit(c) || c == '_';
}

/* Whether what stands at `at` is a part of a longer name. */
static bool is_cut(struct str line, size_t at, struct str token) {
    size_t end = at + token.len;
    return (is_name_char(token.at[0]) && at > 0 && is_name_char(line.at[at - 1])) ||
           (is_name_char(token.at[token.len - 1]) && end < line.len && is_name_char(line.at[end]));
}

/* Its offset; line.len when it is not there, or more than once. */
static size_t find_only(struct str line, struct str token) {
    size_t found = line.len;
    for (size_t at = 0; at + token.len <= line.len; at++) {
        if (!str_starts(str_from(line, at), token) || is_cut(line, at, token))
            continue;
        if (found < line.len)
            return line.len;
        found = at;
    }
    return found;
}

/* The next text in single quotes. */
static bool next_quoted(struct str *text, struct str *token) {
    *text = str_from(*text, str_find_char(*text, '\'') + 1);
    size_t close = str_find_char(*text, '\'');
    *token = str_slice(*text, 0, close);
    *text = str_from(*text, close + 1);
    return token->len > 0;
}

/* The first of the names in the message that the line has once: "has no field 'anser'". In a syntax
 * error that is what stands behind "near". */
static size_t find_quoted(struct str line, struct str text) {
    size_t near = str_find(text, STR(" near '"));
    struct str rest = near < text.len ? str_from(text, near) : text, token;
    while (next_quoted(&rest, &token)) {
        size_t at = find_only(line, token);
        if (at < line.len)
            return at;
    }
    return line.len;
}

static size_t skip_space(struct str line, size_t at) {
    while (at < line.len && str_is_space(line.at[at]))
        at++;
    return at < line.len ? at : 0;
}

/* The code of a template's first tag, in any other file the line. */
static size_t find_begin(struct str line, struct str path) {
    size_t tag = str_ends(path, STR(".lua")) ? line.len : str_find_char(line, '{');
    while (tag < line.len) {
        struct str rest = str_from(line, tag + 1);
        if (str_starts(rest, STR("{")) || str_starts(rest, STR("%")))
            return skip_space(line, tag + (str_starts(rest, STR("{{")) ? 3 : 2));
        tag += 1 + str_find_char(rest, '{');
    }
    return skip_space(line, 0);
}

uint32_t plugin_column(const struct bundle *bundle, struct place at, struct str text) {
    struct str line;
    if (!find_line(bundle, at, &line))
        return 1;
    size_t offset = find_quoted(line, text), bad;
    if (offset == line.len)
        offset = find_begin(line, at.path);
    struct str before = str_slice(line, 0, offset);
    return utf8_check(before, &bad) ? (uint32_t)utf8_count(before) + 1 : 1;
}

/* The first that is in quotes, as a key if there is one: ["faq.csv"]. */
static size_t find_string(struct str source, struct str name) {
    size_t found = source.len;
    for (size_t at = 1; at + name.len < source.len; at++) {
        char before = source.at[at - 1];
        if ((before != '"' && before != '\'') || source.at[at + name.len] != before ||
            !str_starts(str_from(source, at), name))
            continue;
        if (at > 1 && source.at[at - 2] == '[')
            return at;
        found = found < source.len ? found : at;
    }
    return found;
}

static size_t find_word(struct str source, size_t from, struct str name) {
    for (size_t at = from; at + name.len <= source.len; at++)
        if (str_starts(str_from(source, at), name) && !is_cut(source, at, name))
            return at;
    return source.len;
}

/* Where the first name stands, and behind it the second, which is a part of what the first names:
 * "export 'faq.csv' has no 'wehn'". source.len: nowhere. */
static size_t find_names(struct str source, struct str text) {
    struct str outer, inner;
    if (!next_quoted(&text, &outer))
        return source.len;
    size_t at = find_string(source, outer);
    if (at == source.len)
        at = find_word(source, 0, outer);
    if (at == source.len || !next_quoted(&text, &inner) || inner.len == 1)
        return at;
    size_t within = find_word(source, at + outer.len, inner);
    return within < source.len ? within : at;
}

struct place plugin_place(const struct bundle *bundle, struct str path, struct str text) {
    struct place at = {.path = path};
    struct str source = bytes_of(bundle, path), line = STR("");
    size_t offset = find_names(source, text), bad;
    if (offset == source.len)
        return at;
    for (struct str rest = str_slice(source, 0, offset); str_cut(&rest, '\n', &line);)
        at.line++;
    at.col = utf8_check(line, &bad) ? (uint32_t)utf8_count(line) + 1 : 1;
    return at;
}

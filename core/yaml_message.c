#include "yaml_message.h"

#include <string.h>

#include "utf8.h"

static const char CODE[] = "yaml-syntax";
static const char QUOTE_IT[] = "put the value in quotes";
static const char SAME_COLUMN[] = "keys of one record begin in the same column";

/* --- looking at the text --- */

/* The line of an offset, up to the offset. */
static struct str line_before(const struct yaml_trouble *t, size_t offset) {
    struct place at = source_place(t->source, offset);
    struct str line = source_line(t->source, at.line);
    return str_slice(line, 0, offset - (size_t)(line.at - t->source->text.at));
}

static struct str whole_line(const struct yaml_trouble *t, size_t offset) {
    return source_line(t->source, source_place(t->source, offset).line);
}

/* The character at an offset; empty at the end of a line or of the YAML. */
static struct str character_at(const struct yaml_trouble *t, size_t offset) {
    if (offset >= t->end || str_is_space(t->source->text.at[offset]))
        return STR("");
    size_t next = offset;
    utf8_next(t->source->text, &next);
    return str_slice(t->source->text, offset, next);
}

/* The last character in front of an offset that is no white space; NUL when there is none. */
static char mark_before(const struct yaml_trouble *t, size_t offset) {
    struct str before = str_trim(line_before(t, offset));
    return before.len ? before.at[before.len - 1] : '\0';
}

struct str yaml_message_excerpt(struct diags *d, struct str text) {
    enum { LONGEST = 60 };
    if (text.len <= LONGEST)
        return utf8_visible(d->arena, text);
    size_t end = LONGEST;
    while (end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end--;
    return arena_join(d->arena, utf8_visible(d->arena, str_slice(text, 0, end)), STR("…"));
}

static void add(const struct yaml_trouble *t, struct diags *d, size_t at, const char *text,
                const char *help) {
    struct diag *error = diag_error(d, source_place(t->source, at), CODE, "%s", text);
    if (help)
        diag_help(d, error, "%s", help);
}

/* --- mistakes that need a look at the text --- */

static bool is_indenting_tab(const struct yaml_trouble *t) {
    return t->problem_at < t->end && t->source->text.at[t->problem_at] == '\t' &&
           str_trim(line_before(t, t->problem_at)).len == 0;
}

/* Whether a value as it stands becomes a string by quotes around it. */
static bool may_be_quoted(struct str value) {
    struct str special = STR("\"'\\#[]{}");
    for (size_t i = 0; i < value.len; i++)
        if (str_find_char(special, value.at[i]) < special.len)
            return false;
    return value.len > 0 && value.len <= 80;
}

/* "title: Foo: bar", with the line as it should have been. */
static void add_colon_in_value(const struct yaml_trouble *t, struct diags *d, size_t colon) {
    struct str line = str_trim_end(whole_line(t, t->problem_at));
    struct str key = str_trim(str_slice(line, 0, colon + 1));
    struct str value = str_trim(str_from(line, colon + 1));
    struct diag *error = diag_error(d, source_place(t->source, t->problem_at), CODE,
                                    "a ':' and a space inside of a value without quotes");
    if (may_be_quoted(value))
        diag_help(d, error, "put the value in quotes: %.*s \"%.*s\"", STR_ARG(key),
                  STR_ARG(value));
    else
        diag_help(d, error, "%s", QUOTE_IT);
}

static void add_unexpected_colon(const struct yaml_trouble *t, struct diags *d) {
    struct str before = line_before(t, t->problem_at);
    size_t colon = str_find(before, STR(": "));
    if (colon < before.len)
        add_colon_in_value(t, d, colon);
    else if (before.len && str_is_space(before.at[0]))
        add(t, d, t->problem_at - str_trim(before).len,
            "this line is indented under a key that has a value already", SAME_COLUMN);
    else
        add(t, d, t->problem_at, "the line above is no 'key: value' pair",
            "write a space after the ':' of a key");
}

/* Something follows a value where only the next key may stand. */
static void add_missing_key(const struct yaml_trouble *t, struct diags *d) {
    struct str here = character_at(t, t->problem_at);
    char before = mark_before(t, t->problem_at);
    if (before == '"' || before == '\'')
        add(t, d, t->problem_at, "text after the closing quote of a value",
            "inside of single quotes write '' for an apostrophe, inside of double quotes \\\"");
    else if (str_eq(here, STR("]")) || str_eq(here, STR("}")))
        add(t, d, t->problem_at, "this bracket closes nothing", "remove it, or quote the value");
    else if (str_eq(here, STR(":")))
        add(t, d, t->problem_at, "a key is missing in front of the ':'", NULL);
    else
        add(t, d, t->problem_at, "expected a 'key: value' line", SAME_COLUMN);
}

/* A flow collection that goes wrong on its own line lacks a comma; else its end is missing. */
static void add_unclosed_bracket(const struct yaml_trouble *t, struct diags *d) {
    struct place opened = source_place(t->source, t->context_at);
    struct place problem = source_place(t->source, t->problem_at);
    if (problem.line == opened.line && character_at(t, t->problem_at).len > 0)
        add(t, d, t->problem_at, "a ',' or the closing bracket is missing here", NULL);
    else
        add(t, d, t->context_at, "this bracket is not closed",
            "add the closing bracket, or put the value in quotes");
}

/* --- mistakes that libyaml's words tell apart --- */

struct explained {
    const char *problem;
    const char *context;    /* NULL: any */
    bool at_context;        /* the place is where the context begins */
    bool names_character;   /* the text goes on with the character at the place */
    const char *text, *help;
};

static const struct explained explained[] = {
    {"found unexpected end of stream", "while scanning a quoted scalar", true, false,
     "this quote is not closed", "add the closing quote, or double an apostrophe in the text"},
    {"found unexpected document indicator", "while scanning a quoted scalar", true, false,
     "this quote is not closed", "add the closing quote, or double an apostrophe in the text"},
    {"could not find expected ':'", NULL, true, false, "this line is no 'key: value' pair",
     "write a ':' and a space after the key"},
    {"did not find expected '-' indicator", NULL, false, false,
     "expected the next '- ' item of the list", "items of one list begin in the same column"},
    {"block sequence entries are not allowed in this context", NULL, false, false,
     "a list item cannot stand on the line of its key", "begin each '- ' item on its own line"},
    {"did not find expected <document start>", NULL, false, false,
     "text after the end of the record", SAME_COLUMN},
    {"found unknown escape character", NULL, false, false, "no such escape in double quotes",
     "write the backslash twice, or use single quotes"},
    {"found character that cannot start any token", NULL, false, true,
     "a value cannot begin with", QUOTE_IT},
    {"did not find expected node content", NULL, false, true, "a value cannot begin with",
     QUOTE_IT},
    {"did not find expected alphabetic or numeric character", NULL, true, true,
     "a value cannot begin with", QUOTE_IT},
    {"did not find expected comment or line break", "while scanning a block scalar", true, true,
     "on the line of a text block, nothing else may follow the", QUOTE_IT},
    {"mapping keys are not allowed in this context", NULL, false, true,
     "a value cannot begin with", QUOTE_IT},
};

static const struct explained *find_explained(const struct yaml_trouble *t) {
    for (size_t i = 0; i < sizeof explained / sizeof *explained; i++)
        if (strcmp(t->problem, explained[i].problem) == 0 &&
            (!explained[i].context || strcmp(t->context, explained[i].context) == 0))
            return &explained[i];
    return NULL;
}

static void add_explained(const struct yaml_trouble *t, struct diags *d,
                          const struct explained *e) {
    size_t at = e->at_context ? t->context_at : t->problem_at;
    struct str character = character_at(t, at);
    const char *text = e->text;
    if (e->names_character && character.len == 0)
        text = "a value is missing here";
    else if (e->names_character)
        text = arena_printf(d->arena, "%s '%.*s'", e->text, STR_ARG(character)).at;
    add(t, d, at, text, e->help);
}

void yaml_message_add(const struct yaml_trouble *t, struct diags *d) {
    const struct explained *known = find_explained(t);
    if (is_indenting_tab(t))
        add(t, d, t->problem_at, "a tab indents this line", "YAML is indented with spaces only");
    else if (strcmp(t->problem, "control characters are not allowed") == 0)
        add(t, d, t->problem_at, "a control character, which YAML does not allow",
            "remove it, or write it as an escape in double quotes");
    else if (known)
        add_explained(t, d, known);
    else if (strcmp(t->problem, "mapping values are not allowed in this context") == 0)
        add_unexpected_colon(t, d);
    else if (strcmp(t->problem, "did not find expected key") == 0)
        add_missing_key(t, d);
    else if (strncmp(t->problem, "did not find expected ','", 25) == 0)
        add_unclosed_bracket(t, d);
    else
        add(t, d, t->problem_at, t->problem, NULL);
}

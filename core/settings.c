#include "settings.h"

#include <math.h>

#include "yaml.h"

enum kind { KIND_TEXT, KIND_URL, KIND_BOOLEAN, KIND_RAW_HTML, KIND_NAMES, KIND_LIMITS, KIND_CHECKS,
            KIND_RECORD };

struct setting {
    struct str key;
    enum kind kind;
};

static const struct setting known[] = {
    {STR_INIT("title"), KIND_TEXT},          {STR_INIT("url"), KIND_URL},
    {STR_INIT("lang"), KIND_TEXT},           {STR_INIT("author"), KIND_TEXT},
    {STR_INIT("description"), KIND_TEXT},    {STR_INIT("exports"), KIND_NAMES},
    {STR_INIT("limits"), KIND_LIMITS},       {STR_INIT("plugins"), KIND_RECORD},
    {STR_INIT("autolinks"), KIND_BOOLEAN},   {STR_INIT("raw_html"), KIND_RAW_HTML},
    {STR_INIT("words"), KIND_RECORD},        {STR_INIT("checks"), KIND_CHECKS},
};
enum { KNOWN_COUNT = sizeof known / sizeof *known };

struct limit {
    struct str key;
    double least, most, usual;
};

static const struct limit limits[] = {
    {STR_INIT("seconds"), 0.01, 3600, 2},
    {STR_INIT("memory_mb"), 1, 65536, 256},
    {STR_INIT("output_mb"), 1, 4096, 64},
    {STR_INIT("file_mb"), 1, 60, 8},
};
enum { LIMIT_COUNT = sizeof limits / sizeof *limits };

struct checking {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
};

static struct place place_of(const struct checking *c, const struct value *v) {
    return (struct place){c->source->place, v->span.line, v->span.col};
}

static bool wrong(const struct checking *c, const struct value *v, struct str key,
                  const char *wanted) {
    diag_error(c->diags, place_of(c, v), "settings", "'%.*s' must be %s, not a %s", STR_ARG(key),
               wanted, value_type_name(v->type));
    return false;
}

static void warn_unknown(const struct checking *c, const struct value *record, uint32_t i,
                         const struct str *candidates, size_t count) {
    struct str key = record->keys[i];
    struct span span = yaml_key_span(c->source, record, i);
    struct place at = {c->source->place, span.line, span.col};
    struct diag *w = diag_warning(c->diags, at, "unknown-setting", "there is no setting '%.*s'",
                                  STR_ARG(key));
    struct str near = diag_nearest(key, candidates, count);
    if (near.len)
        diag_help(c->diags, w, "did you mean '%.*s'?", STR_ARG(near));
}

static bool is_number_within(const struct value *v, const struct limit *l) {
    double n = v->type == VALUE_INTEGER ? (double)v->integer : v->number;
    return (v->type == VALUE_INTEGER || v->type == VALUE_NUMBER) && isfinite(n) &&
           n >= l->least && n <= l->most;
}

static bool check_limits(const struct checking *c, const struct value *v) {
    struct str names[LIMIT_COUNT];
    bool good = true;
    for (size_t k = 0; k < LIMIT_COUNT; k++)
        names[k] = limits[k].key;
    for (uint32_t i = 0; i < v->count; i++) {
        size_t k = 0;
        while (k < LIMIT_COUNT && !str_eq(v->keys[i], limits[k].key))
            k++;
        if (k == LIMIT_COUNT) {
            warn_unknown(c, v, i, names, LIMIT_COUNT);
        } else if (!is_number_within(v->items[i], &limits[k])) {
            diag_error(c->diags, place_of(c, v->items[i]), "settings",
                       "'limits.%.*s' must be a number from %g to %g", STR_ARG(v->keys[i]),
                       limits[k].least, limits[k].most);
            good = false;
        }
    }
    return good;
}

/* Which codes there are is known when the plugins are loaded. */
static bool check_severities(const struct checking *c, const struct value *v) {
    bool good = true;
    enum severity severity;
    for (uint32_t i = 0; i < v->count; i++) {
        const struct value *one = v->items[i];
        if (one->type == VALUE_STRING && severity_named(one->string, &severity))
            continue;
        diag_error(c->diags, place_of(c, one), "settings",
                   "'checks.%.*s' must be error, warning, info or off", STR_ARG(v->keys[i]));
        good = false;
    }
    return good;
}

static bool check_names(const struct checking *c, const struct value *v, struct str key) {
    for (uint32_t i = 0; i < v->count; i++)
        if (v->items[i]->type != VALUE_STRING)
            return wrong(c, v->items[i], key, "a list of names");
    return true;
}

static bool check_url(const struct checking *c, const struct value *v, struct str key) {
    if (v->type != VALUE_STRING)
        return wrong(c, v, key, "a string");
    if (str_starts(v->string, STR("https://")) || str_starts(v->string, STR("http://")))
        return true;
    struct diag *e = diag_error(c->diags, place_of(c, v), "settings",
                                "'url' must begin with https:// or http://");
    diag_help(c->diags, e, "for example url: https://example.org");
    return false;
}

static bool check_raw_html(const struct checking *c, const struct value *v) {
    if (v->type == VALUE_STRING &&
        (str_eq(v->string, STR("allow")) || str_eq(v->string, STR("escape"))))
        return true;
    diag_error(c->diags, place_of(c, v), "settings", "'raw_html' must be allow or escape");
    return false;
}

static bool check_setting(const struct checking *c, const struct value *v,
                          const struct setting *s) {
    if (v->type == VALUE_NIL)
        return true;
    switch (s->kind) {
    case KIND_TEXT:
        return v->type == VALUE_STRING || wrong(c, v, s->key, "a string");
    case KIND_URL:
        return check_url(c, v, s->key);
    case KIND_BOOLEAN:
        return v->type == VALUE_BOOLEAN || wrong(c, v, s->key, "true or false");
    case KIND_RAW_HTML:
        return check_raw_html(c, v);
    case KIND_NAMES:
        return v->type == VALUE_LIST ? check_names(c, v, s->key)
                                     : wrong(c, v, s->key, "a list of names");
    case KIND_LIMITS:
        return v->type == VALUE_RECORD ? check_limits(c, v) : wrong(c, v, s->key, "a record");
    case KIND_CHECKS:
        return v->type == VALUE_RECORD ? check_severities(c, v) : wrong(c, v, s->key, "a record");
    case KIND_RECORD:
        return v->type == VALUE_RECORD || wrong(c, v, s->key, "a record");
    }
    return true;
}

bool settings_read(struct value **out, struct arena *a, const struct source *s, struct diags *d) {
    struct checking c = {a, s, d};
    struct str names[KNOWN_COUNT];
    struct value *record;
    bool good = true;
    if (!yaml_read(&record, a, s, 0, s->text.len, d))
        return false;
    for (size_t k = 0; k < KNOWN_COUNT; k++)
        names[k] = known[k].key;
    for (uint32_t i = 0; i < record->count; i++) {
        size_t k = 0;
        while (k < KNOWN_COUNT && !str_eq(record->keys[i], known[k].key))
            k++;
        if (k == KNOWN_COUNT)
            warn_unknown(&c, record, i, names, KNOWN_COUNT);
        else
            good = check_setting(&c, record->items[i], &known[k]) && good;
    }
    *out = record;
    return good;
}

/* The image may come from a worker that does not keep to the limits itself. */
static double limit_of(struct node root, struct str key) {
    struct node given = node_get(node_get(root, STR("limits")), key);
    const struct limit *l = limits;
    while (!str_eq(l->key, key))
        l++;
    bool is_number = node_type(given) == VALUE_INTEGER || node_type(given) == VALUE_NUMBER;
    double value = is_number ? node_number(given) : l->usual;
    return value >= l->least && value <= l->most ? value : l->usual;
}

void settings_from(struct settings *s, const struct image *image) {
    const double mb = 1024 * 1024;
    struct node root = image_root(image);
    s->root = root;
    s->seconds = limit_of(root, STR("seconds"));
    s->memory_bytes = (size_t)(limit_of(root, STR("memory_mb")) * mb);
    s->output_bytes = (size_t)(limit_of(root, STR("output_mb")) * mb);
    s->file_bytes = (size_t)(limit_of(root, STR("file_mb")) * mb);
    s->exports = node_get(root, STR("exports"));
    s->checks = node_get(root, STR("checks"));
}

enum severity settings_severity(struct node checks, struct str code, enum severity otherwise) {
    enum severity severity;
    return severity_named(node_get_string(checks, code), &severity) ? severity : otherwise;
}

bool settings_reading(struct reading *out, struct arena *a, const struct value *record,
                      struct place at, struct diags *d) {
    const struct value *autolinks = value_get(record, STR("autolinks"));
    const struct value *words = value_get(record, STR("words"));
    *out = (struct reading){.site = record, .words = words_builtin()};
    out->autolinks = autolinks && autolinks->type == VALUE_BOOLEAN && autolinks->boolean;
    out->escape_raw_html =
        str_eq(value_get_string(record, STR("raw_html")), STR("escape"));
    if (!words || words->type != VALUE_RECORD)
        return true;
    at.line = words->span.line;
    at.col = words->span.col;
    return words_extend(a, words, at, d, &out->words);
}

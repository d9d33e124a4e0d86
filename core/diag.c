#include "diag.h"

static const struct str severity_names[] = {
    [SEVERITY_ERROR] = STR_INIT("error"), [SEVERITY_WARNING] = STR_INIT("warning"),
    [SEVERITY_NOTE] = STR_INIT("note"),   [SEVERITY_INFO] = STR_INIT("info"),
    [SEVERITY_OFF] = STR_INIT("off"),
};

const char *severity_name(enum severity severity) {
    return severity_names[severity].at;
}

bool severity_named(struct str name, enum severity *severity) {
    for (int i = SEVERITY_ERROR; i <= SEVERITY_OFF; i++)
        if (i != SEVERITY_NOTE && str_eq(name, severity_names[i])) {
            *severity = (enum severity)i;
            return true;
        }
    return false;
}

static struct diag *add(struct diags *d, enum severity severity, struct place at, struct str code,
                        struct str text) {
    struct diag *one = ARENA_NEW(d->arena, struct diag);
    at.path = arena_str(d->arena, at.path);
    *one = (struct diag){.severity = severity, .at = at, .text = text, .code = code};
    if (d->last)
        d->last->next = one;
    else
        d->first = one;
    d->last = one;
    d->errors += severity == SEVERITY_ERROR;
    d->warnings += severity == SEVERITY_WARNING;
    d->infos += severity == SEVERITY_INFO;
    return one;
}

static struct diag *add_formatted(struct diags *d, enum severity severity, struct place at,
                                  const char *code, const char *format, va_list args) {
    return add(d, severity, at, str_of(code), arena_vprintf(d->arena, format, args));
}

struct diag *diag_add(struct diags *d, enum severity severity, struct place at, const char *code,
                      const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct diag *one = add_formatted(d, severity, at, code, format, args);
    va_end(args);
    return one;
}

struct diag *diag_error(struct diags *d, struct place at, const char *code, const char *format,
                        ...) {
    va_list args;
    va_start(args, format);
    struct diag *one = add_formatted(d, SEVERITY_ERROR, at, code, format, args);
    va_end(args);
    return one;
}

struct diag *diag_warning(struct diags *d, struct place at, const char *code, const char *format,
                          ...) {
    va_list args;
    va_start(args, format);
    struct diag *one = add_formatted(d, SEVERITY_WARNING, at, code, format, args);
    va_end(args);
    return one;
}

void diag_help(struct diags *d, struct diag *to, const char *format, ...) {
    va_list args;
    va_start(args, format);
    to->help = arena_vprintf(d->arena, format, args);
    va_end(args);
}

static void relate(struct diags *d, struct diag *to, struct place at, struct str text) {
    struct related **end = &to->related;
    unsigned count = 0;
    for (; *end; end = &(*end)->next)
        count++;
    if (count == MOST_RELATED)
        return;
    at.path = arena_str(d->arena, at.path);
    *end = ARENA_NEW(d->arena, struct related);
    **end = (struct related){at, text, NULL};
}

void diag_relate(struct diags *d, struct diag *to, struct place at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    relate(d, to, at, arena_vprintf(d->arena, format, args));
    va_end(args);
}

struct diag *diag_copy(struct diags *d, const struct diag *from) {
    struct diag *one = add(d, from->severity, from->at, arena_str(d->arena, from->code),
                           arena_str(d->arena, from->text));
    one->help = arena_str(d->arena, from->help);
    for (const struct related *r = from->related; r; r = r->next)
        relate(d, one, r->at, arena_str(d->arena, r->text));
    one->detail = arena_str(d->arena, from->detail);
    return one;
}

struct str diag_nearest(struct str name, const struct str *candidates, size_t count) {
    struct str best = STR("");
    unsigned best_distance = 3;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = str_distance(name, candidates[i]);
        if (distance < best_distance && distance * 2 < candidates[i].len + 1) {
            best = candidates[i];
            best_distance = distance;
        }
    }
    return best;
}

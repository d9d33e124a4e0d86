/* Messages about content and plugins: collected here, printed by main only.
 *
 * `bool f(…, struct diags *d)` is the one error idiom: false means that exactly one error was
 * added, with its place. Texts are one line: no final full stop, no control characters.
 * All strings of a message live in the arena of its collection. */
#ifndef FASCIA_DIAG_H
#define FASCIA_DIAG_H

#include <stdint.h>

#include "arena.h"
#include "str.h"

enum severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING,
    SEVERITY_NOTE, /* what belongs to another message */
    SEVERITY_INFO,
    SEVERITY_OFF,  /* of a check that is not to run */
};

const char *severity_name(enum severity severity);

/* What a check may be: error, warning, info or off. False: none of these. */
bool severity_named(struct str name, enum severity *severity);

struct place {
    struct str path;    /* as the user wrote it, or relative to the site; empty: none */
    uint32_t line, col; /* from 1; col counts code points; 0: unknown */
};

/* Another place that a message is about: what was read at a plugin's line, or who called it. */
struct related {
    struct place at;
    struct str text; /* what stands there: "while it was reading faq[2].answer" */
    struct related *next;
};

enum { MOST_RELATED = 10 /* of one message */ };

struct diag {
    enum severity severity;
    struct place at;
    struct str text;
    struct str code; /* "faq-empty-answer"; a stable name that may be searched for */
    struct str help; /* one line of advice, or empty */
    struct related *related; /* the most useful first: short messages tell only that */
    struct str detail; /* lines to show below, such as a difference; or empty */
    struct diag *next;
};

struct diags {
    struct arena *arena;
    struct diag *first, *last;
    unsigned errors, warnings, infos;
};

/* Adds one message and returns it, for help and related places to be added. The format gives its
 * text. `at` is where one would mend it: a fault in a plugin points at the plugin, what a plugin
 * says of content points at content. */
struct diag *diag_add(struct diags *d, enum severity severity, struct place at, const char *code,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));
struct diag *diag_error(struct diags *d, struct place at, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
struct diag *diag_warning(struct diags *d, struct place at, const char *code, const char *format,
                          ...) __attribute__((format(printf, 4, 5)));
void diag_help(struct diags *d, struct diag *to, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a place behind those that the message has; beyond MOST_RELATED nothing. */
void diag_relate(struct diags *d, struct diag *to, struct place at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds a copy of a message from another collection. */
struct diag *diag_copy(struct diags *d, const struct diag *from);

/* The candidate nearest to `name`, if it is near enough to be meant; else the empty slice. */
struct str diag_nearest(struct str name, const struct str *candidates, size_t count);

#endif

/* A recording: a rendering of a real site on its way to a test of its own. */
#ifndef FASCIA_TESTING_RECORD_H
#define FASCIA_TESTING_RECORD_H

#include "explain.h"
#include "session.h"
#include "testing.h"

/* Some lines of an article, which go together. */
struct piece {
    struct str text;
    bool is_read; /* the rendering read something that stands there */
    bool is_dropped;
};

struct recorded_article {
    struct str path; /* relative to content/ */
    struct str name; /* of its fixture */
    struct piece *pieces;
    size_t count;
};

/* A line of the test's site { … }. */
struct recorded_setting {
    struct str text;
    struct piece piece; /* its text is empty: `text` is the whole */
};

enum { MOST_SETTINGS = 16 };

struct recording {
    struct session session;
    struct arena arena;
    struct explained from;
    const struct known_export *export;
    struct str output, golden; /* the output's bytes; the name of its golden file */
    struct str folder, file;   /* plugins/faq_test, faq_test.lua */
    struct recorded_article *articles; /* the own one first */
    size_t article_count;
    struct recorded_setting settings[MOST_SETTINGS];
    size_t setting_count;
    unsigned tries;
    bool has_passed;           /* the last try made the same bytes */
};

/* Cuts an article where blank lines or keys of its front matter begin. */
void record_cut(struct recording *r, struct recorded_article *article, struct str text);

/* What is left of an article. */
void record_put_article(struct buf *out, const struct recorded_article *article);

/* The settings of the real site that may matter, a line each. */
void record_take_settings(struct recording *r);

/* The test, in Lua. */
void record_put_test(struct buf *out, struct recording *r);

#endif

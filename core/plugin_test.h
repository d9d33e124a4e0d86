/* What a test file works with: fixtures, read into small sites, and what stands behind the error
 * that failed it. For plugin_test.c and plugin_fixture.c. */
#ifndef FASCIA_PLUGIN_TEST_H
#define FASCIA_PLUGIN_TEST_H

#include "plugin.h"

enum { MOST_FIXTURES = 4096 };

/* An article's text, and where it stands for messages. */
struct fixture {
    struct str path, text, place;
    uint32_t lines_above; /* of the text in `place`; UINT32_MAX: nobody knows */
    struct fixture_site *own; /* has this article alone, with no settings; NULL until needed */
};

/* Articles and settings as a build would give them to the workers. */
struct fixture_site {
    struct site site;
    struct image settings;
    struct reading reading;
    const struct fixture **fixtures;
    uint32_t *numbers; /* of the fixtures */
    uint32_t count;
};

/* What an error was raised for: it counts when its text is the one that comes out in the end. */
struct raised {
    struct str text, detail;
    struct place cause; /* a plugin's line, or none */
};

struct test_state {
    struct plugin_test *test;
    struct plugin self;  /* the test file, as if it were a plugin */
    struct plugin *plugin; /* that it is of, or NULL */
    struct site site;    /* every fixture, for the test's own proxies */
    struct fixture *fixtures[MOST_FIXTURES]; /* up to a NULL */
    uint64_t image_bytes; /* in use of site.heads */
    struct raised raised;
    struct buf out, image; /* what a rendering wrote; scratch for freezing */
    struct buf items;      /* what the `each` of its export gave */
    struct str path;       /* where it would go */
    struct arena render_arena; /* messages of one rendering, or one fixture */
    bool is_pending;     /* the test that runs says so */
    int prelude;         /* what core/prelude/test.lua returned, in the registry */
    uint32_t number;     /* of the test that runs, from 1 */
    struct str name;
    uint32_t line;
};

/* Where the fixtures of one test file are kept. False: no memory. */
bool fixture_open(struct test_state *t);
void fixture_close(struct test_state *t);

/* Reads a text, of this file or (NULL) of the test itself, with the settings that nobody gave.
 * False: errors in `d`, or no room (none). */
bool fixture_add(struct test_state *t, struct str path, struct str text,
                 const struct bundle_file *file, uint32_t *number, struct diags *d);

/* A site of these fixtures, with settings as JSON. NULL: errors in `d`. */
struct fixture_site *fixture_site_new(struct test_state *t, struct str settings, struct str now,
                                      const uint32_t *numbers, uint32_t count, struct diags *d);

/* Makes a place in content/ one in the file that holds the text of a fixture, of this site or
 * (NULL) of any. */
struct place fixture_place(const struct test_state *t, const struct fixture_site *site,
                           struct place at);

/* What the prelude's test module is built from: the table that it knows as core.test.
 * [-0, +1, e] */
void test_push_host(struct test_state *t);

#endif

/* What the parts of testing share. */
#ifndef FASCIA_TESTING_PARTS_H
#define FASCIA_TESTING_PARTS_H

#include "session.h"
#include "testing.h"

struct test_case {
    struct str name;
    uint32_t line;
    enum test_end end;
    uint64_t ns;
    struct diags diags;
    struct test_case *next;
};

struct test_file {
    struct str name;   /* of the plugin: "faq" */
    struct str file, place, folder; /* "faq_test.lua", "plugins/faq_test.lua", "plugins/faq_test" */
    size_t number;     /* among the session's plugin files */
    uint32_t plugin;   /* of the session; UINT32_MAX: there is none of the name */
    struct content_list fixtures;
    struct unit unit;
    struct test_case *first, *last;
    struct diags diags; /* of the file as a whole */
    uint32_t ends[TEST_PENDING + 1]; /* how many ended how */
    uint64_t ns;
    bool is_wanted;
};

/* A file that a plugin or its test has asked for. */
struct test_use {
    struct str plugin, file;
    struct test_use *next;
};

struct testing {
    struct session session;
    const struct testing_options *options;
    struct arena arena, uses_arena; /* arena: of one run */
    struct test_file *files;
    size_t file_count;
    struct buf golden;       /* what was written: a line each */
    struct test_use *uses;
};

/* Opens the session: settings and plugins. */
bool testing_open(struct testing *t, const struct testing_options *o, struct diags *d, int *status);
void testing_close(struct testing *t);

/* Lists the test files, marked as wanted when the options name them. False: a name is unknown or
 * has no test, one error each. */
bool testing_find(struct testing *t);

/* Runs those that are wanted. */
int testing_run_files(struct testing *t, struct buf *report);

/* What came of the tests, in the form of the options. */
void testing_report(const struct testing *t, struct buf *out);

#endif

/* `fascia test`: finds the test files of plugins (plugins/NAME_test.lua), has a worker run each
 * (see plugin.h), and tells what came of them. A file that hangs or crashes costs the test that
 * ran. Golden files are written here alone, below the test's folder, plugins/NAME_test/. */
#ifndef FASCIA_TESTING_H
#define FASCIA_TESTING_H

#include "buf.h"
#include "diag.h"

enum test_format { TEST_TEXT, TEST_TAP, TEST_JUNIT };

struct testing_options {
    struct str site;           /* folder of the site, or empty: the built-in plugins' tests */
    const struct str *plugins; /* none: all of the site, or all built-in ones where it has none */
    size_t plugin_count;
    enum test_format format;
    bool updates;              /* golden files are written anew */
};

/* Each returns the exit status. `report` gets what came of the tests, `log` what they printed; a
 * test that failed is an error in `d`. */
int testing_run(const struct testing_options *o, struct buf *report, struct buf *log,
                struct diags *d);

/* Makes a test of the rendering that made an output: fixtures, a golden file, and a few lines at
 * the end of its plugin's test. No file is written over. */
int testing_record(struct str site, struct str output, struct buf *report, struct diags *d);

struct testing_watching {
    void (*told)(const struct buf *report, const struct buf *log, const struct diags *d);
    void (*waiting)(void); /* nothing is left to do until a file changes */
};

/* The same, and again for the plugins whose files change, until interrupted. What is wrong at the
 * start was told too. */
int testing_watch(const struct testing_options *o, const struct testing_watching *events,
                  struct diags *d);

#endif

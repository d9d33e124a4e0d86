/* `fascia test`: its options, and how what came of the tests is printed. */
#include "command_parts.h"

#include <errno.h>
#include <stdio.h>

#include "testing.h"

static enum message_form form; /* of this run, for the callbacks */

/* False: the terminal, or what stands in its place, took not all. */
static bool print(const struct buf *report, const struct buf *log, const struct diags *d) {
    fwrite(buf_str(log).at, 1, log->len, stderr);
    bool good = fwrite(buf_str(report).at, 1, report->len, stdout) == report->len &&
                fflush(stdout) == 0;
    if (!good)
        fprintf(stderr, "fascia: error: standard output: %s [output]\n", strerror(errno));
    message_print(d, form);
    return good;
}

static void told(const struct buf *report, const struct buf *log, const struct diags *d) {
    print(report, log, d);
}

static void waiting(void) {
    printf("[test] waiting for changes\n");
    fflush(stdout);
}

static int watch(const struct testing_options *options, struct diags *d) {
    static const struct testing_watching events = {told, waiting};
    return testing_watch(options, &events, d);
}

static int run(const struct testing_options *options, struct diags *d) {
    struct buf report = BUF_INIT, log = BUF_INIT;
    int status = testing_run(options, &report, &log, d);
    if (!print(&report, &log, d))
        status = 3;
    buf_free(&report);
    buf_free(&log);
    return status;
}

static int record(struct str site, struct str output, struct diags *d) {
    struct buf report = BUF_INIT, log = BUF_INIT;
    int status = testing_record(site, output, &report, d);
    if (!print(&report, &log, d))
        status = 3;
    buf_free(&report);
    return status;
}

static enum test_format format_of(struct str name) {
    return str_eq(name, STR("tap"))     ? TEST_TAP
           : str_eq(name, STR("junit")) ? TEST_JUNIT
                                        : TEST_TEXT;
}

int command_test(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    const char *site = option_value(call, "site");
    struct testing_options options = {
        .site = site ? str_of(site) : command_site_here(),
        .plugins = call->operands,
        .plugin_count = call->operand_count,
        .updates = option_value(call, "update") != NULL,
        .format = format_of(option_str(call, "format")),
    };
    form = call->messages;
    const char *output = option_value(call, "record");
    int status = output                        ? record(str_of(site), str_of(output), &d)
                 : option_value(call, "watch") ? watch(&options, &d)
                                               : run(&options, &d);
    arena_free(&arena);
    return status;
}

/* `fascia build`, `watch` and `verify`: their options, progress on a terminal, and the summary. */
#include "command_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "build.h"
#include "verify.h"

static double seconds_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Names between commas, in the arena. */
static size_t split_names(struct arena *a, struct str list, struct str **names) {
    size_t count = 0;
    struct str rest = list, name;
    *names = ARENA_ARRAY(a, struct str, list.len + 1);
    while (list.len && str_cut(&rest, ',', &name))
        if (str_trim(name).len)
            (*names)[count++] = arena_str(a, str_trim(name));
    return count;
}

static struct {
    double begin, shown;
    bool on_screen;
} progress;

/* A line that is written over, on a terminal, for what takes over a second. */
static void show_progress(const char *what, size_t done, size_t all) {
    double now = seconds_now();
    if (now - progress.begin < 1 || now - progress.shown < 0.1)
        return;
    progress.shown = now;
    progress.on_screen = true;
    fprintf(stderr, "\r\033[K%zu of %zu %s", done, all, what);
    fflush(stderr);
}

void command_begin(struct build_options *o) {
    o->progress = message_can_redraw() ? show_progress : NULL;
    progress.begin = seconds_now();
}

double command_end(void) {
    if (progress.on_screen)
        fprintf(stderr, "\r\033[K");
    progress.on_screen = false;
    return seconds_now() - progress.begin;
}

static void say_waiting(int process) {
    fprintf(stderr, "fascia: process %d builds this site: waiting for it\n", process);
}

static const char *plural(size_t n, const char *one, const char *many) {
    return n == 1 ? one : many;
}

static void print_summary(const struct build_result *r, const struct diags *d, double seconds) {
    printf("%zu %s", r->articles, plural(r->articles, "article", "articles"));
    if (r->drafts)
        printf(" (and %zu %s)", r->drafts, plural(r->drafts, "draft", "drafts"));
    printf(", %zu %s in %.*s (%zu written", r->outputs, plural(r->outputs, "output", "outputs"),
           STR_ARG(r->out), r->written);
    if (r->removed)
        printf(", %zu removed", r->removed);
    printf("), %zu %s run", r->renderings, plural(r->renderings, "rendering", "renderings"));
    if (d->errors)
        printf(", %u %s", d->errors, plural(d->errors, "error", "errors"));
    if (d->warnings)
        printf(", %u %s", d->warnings, plural(d->warnings, "warning", "warnings"));
    if (seconds < 1)
        printf(", %.0f ms\n", seconds * 1000);
    else
        printf(", %.1f s\n", seconds);
}

bool command_jobs(const struct invocation *call, struct build_options *o) {
    const char *text = option_value(call, "jobs");
    char *end = NULL;
    long n = text ? strtol(text, &end, 10) : 0;
    o->workers = (unsigned)n;
    if (!text || (*text && !*end && n >= 1 && n <= 64))
        return true;
    command_wrong("jobs are a number from 1 to 64, not '%s'", text);
    return false;
}

int command_build(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_result result;
    struct str *only;
    struct build_options options = {
        .site = call->operand_count ? call->operands[0] : STR("."),
        .out = option_str(call, "out"),
        .clean = option_value(call, "clean") != NULL,
        .waiting = say_waiting,
    };
    if (!command_jobs(call, &options))
        return 2;
    options.only_count = split_names(&arena, option_str(call, "only"), &only);
    options.only = only;
    command_begin(&options);
    int status = build_site(&options, &result, &d);
    double seconds = command_end();
    command_log(&result.log);
    message_print(&d, call->messages);
    if (status == 0 && d.warnings && option_value(call, "strict"))
        status = 1;
    if (status <= 1)
        print_summary(&result, &d, seconds);
    buf_free(&result.log);
    arena_free(&arena);
    return status;
}

int command_verify(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT, log = BUF_INIT;
    struct build_options options = {
        .site = call->operand_count ? call->operands[0] : STR("."),
        .out = option_str(call, "out"),
    };
    if (!command_jobs(call, &options))
        return 2;
    command_begin(&options);
    int status = verify_site(&options, call->messages == MESSAGES_JSON, &text, &log, &d);
    command_end();
    command_log(&log);
    buf_free(&log);
    return command_tell(call, &text, &d, status);
}

/* watch */

static enum message_form watch_messages;

static void watch_started(void) {
    printf("[watch] build started\n");
    fflush(stdout);
}

static void watch_ready(const struct build_result *r, size_t exports) {
    printf("[watch] ready: %zu %s, %zu %s\n", r->articles,
           plural(r->articles, "article", "articles"), exports,
           plural(exports, "export", "exports"));
    fflush(stdout);
}

static void watch_finished(struct build_result *r, const struct diags *d, double ms) {
    command_log(&r->log);
    buf_free(&r->log);
    message_print(d, watch_messages);
    printf("[watch] build finished: %zu written, %zu renderings run, %u errors, %.1f ms\n",
           r->written, r->renderings, d->errors, ms);
    fflush(stdout);
}

static void watch_checked(struct build_result *r, const struct diags *d, double ms) {
    command_log(&r->log);
    buf_free(&r->log);
    message_print(d, watch_messages);
    if (r->due)
        return; // a save ended them
    printf("[watch] checks finished: %zu run, %u errors, %u warnings, %.1f ms\n", r->checks,
           d->errors, d->warnings, ms);
    fflush(stdout);
}

static void watch_warn(struct str text, struct str help) {
    fprintf(stderr, "fascia: warning: %.*s [watch]\n", STR_ARG(text));
    if (help.len)
        fprintf(stderr, "help: %.*s\n", STR_ARG(help));
}

int command_watch(const struct invocation *call) {
    static const struct build_watching events = {watch_ready, watch_started, watch_finished,
                                                 watch_checked, watch_warn};
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_options options = {
        .site = call->operand_count ? call->operands[0] : STR("."),
        .out = option_str(call, "out"),
        .waiting = say_waiting,
    };
    if (!command_jobs(call, &options))
        return 2;
    watch_messages = call->messages;
    int status = build_watch(&options, &events, &d);
    message_print(&d, call->messages);
    arena_free(&arena);
    return status;
}

/* The commands: each takes its options, calls what does the work, prints what came of it. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "build.h"
#include "command.h"
#include "explain.h"
#include "message.h"
#include "output.h"
#include "single.h"
#include "taken.h"
#include "verify.h"
#include "worker.h"

static double seconds_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct str value_of(const struct invocation *call, const char *option) {
    return str_of(option_value(call, option));
}

static int usage_error(const char *text, const char *what) {
    fprintf(stderr, "fascia: error: %s '%s' [usage]\n", text, what);
    return 2;
}

static void print_log(const struct buf *log) {
    fwrite(buf_str(log).at, 1, log->len, stderr);
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

/* build */

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

static void clear_progress(void) {
    if (progress.on_screen)
        fprintf(stderr, "\r\033[K");
    progress.on_screen = false;
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

static bool read_jobs(const struct invocation *call, unsigned *jobs) {
    const char *text = option_value(call, "jobs");
    char *end;
    *jobs = 0;
    if (!text)
        return true;
    long n = strtol(text, &end, 10);
    *jobs = (unsigned)n;
    return *text && !*end && n >= 1 && n <= 64;
}

static int run_build(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_result result;
    struct str *only;
    struct build_options options = {
        .site = call->operand_count ? call->operands[0] : STR("."),
        .out = value_of(call, "out"),
        .clean = option_value(call, "clean") != NULL,
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
        .waiting = say_waiting,
    };
    if (!read_jobs(call, &options.workers))
        return usage_error("jobs are a number from 1 to 64, not", option_value(call, "jobs"));
    options.only_count = split_names(&arena, value_of(call, "only"), &only);
    options.only = only;
    progress.begin = seconds_now();
    int status = build_site(&options, &result, &d);
    clear_progress();
    print_log(&result.log);
    message_print(&d, call->messages);
    if (status == 0 && d.warnings && option_value(call, "strict"))
        status = 1;
    if (status <= 1)
        print_summary(&result, &d, seconds_now() - progress.begin);
    buf_free(&result.log);
    arena_free(&arena);
    return status;
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
    print_log(&r->log);
    buf_free(&r->log);
    message_print(d, watch_messages);
    printf("[watch] build finished: %zu written, %zu renderings run, %u errors, %.1f ms\n",
           r->written, r->renderings, d->errors, ms);
    fflush(stdout);
}

static void watch_warn(struct str text, struct str help) {
    fprintf(stderr, "fascia: warning: %.*s [watch]\n", STR_ARG(text));
    if (help.len)
        fprintf(stderr, "help: %.*s\n", STR_ARG(help));
}

static int run_watch(const struct invocation *call) {
    static const struct build_watching events = {watch_ready, watch_started, watch_finished,
                                                 watch_warn};
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct build_options options = {
        .site = call->operand_count ? call->operands[0] : STR("."),
        .out = value_of(call, "out"),
        .waiting = say_waiting,
    };
    if (!read_jobs(call, &options.workers))
        return usage_error("jobs are a number from 1 to 64, not", option_value(call, "jobs"));
    watch_messages = call->messages;
    int status = build_watch(&options, &events, &d);
    message_print(&d, call->messages);
    arena_free(&arena);
    return status;
}

/* export, import, show */

static bool write_stdout(struct str bytes) {
    return fwrite(bytes.at, 1, bytes.len, stdout) == bytes.len && fflush(stdout) == 0;
}

static bool is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A device or a pipe is written to; it must not be replaced. */
static bool write_special(const char *path, struct str bytes, struct diags *d) {
    int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    bool good = fd >= 0 && str_write(fd, bytes);
    if (!good)
        diag_error(d, (struct place){.path = str_of(path)}, "output", "cannot be written: %s",
                   strerror(errno));
    if (fd >= 0)
        close(fd);
    return good;
}

/* One file, through a temporary name like every output; a link stays, what it leads to is new. */
static bool write_file(struct str path, struct str bytes, struct diags *d) {
    char real[PATH_MAX];
    struct output o;
    struct stat st;
    if (stat(path.at, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return write_special(path.at, bytes, d);
    if (lstat(path.at, &st) == 0 && S_ISLNK(st.st_mode) && realpath(path.at, real))
        path = str_of(real);
    size_t slash = str_rfind_char(path, '/');
    struct str folder = slash < path.len ? str_slice(path, 0, slash ? slash : 1) : STR(".");
    struct str name = slash < path.len ? str_from(path, slash + 1) : path;
    if (name.len == 0 || name.len > 200) {
        diag_error(d, (struct place){.path = path}, "output", "this is no name for a file");
        return false;
    }
    bool good = output_open(&o, folder, folder, d) && output_write(&o, name, bytes, d);
    output_close(&o);
    return good;
}

static bool write_folder(const char *path, const struct single_result *r, struct diags *d) {
    struct output o;
    struct taken names = {.arena = d->arena};
    for (const struct single_output *one = r->first; one; one = one->next)
        if (taken_claim(&names, one->name, 1)) {
            diag_error(d, (struct place){.path = one->name}, "path-taken",
                       "two files would both become this one");
            return false;
        }
    bool good = output_open(&o, str_of(path), str_of(path), d);
    for (const struct single_output *one = r->first; good && one; one = one->next)
        good = output_write(&o, one->name, buf_str(&one->bytes), d);
    output_close(&o);
    return good;
}

/* To standard output, a file, or a folder when there are several or `out` is one. */
static bool deliver(const struct invocation *call, const struct single_result *r, size_t files,
                    struct diags *d) {
    const char *out = option_value(call, "out");
    if (!r->first)
        return true;
    if (out && (files > 1 || is_folder(out) || str_ends(str_of(out), STR("/"))))
        return write_folder(out, r, d);
    if (r->first->next)
        diag_warning(d, (struct place){0}, "one-of-several",
                     "there are more of these: only the first is written; -o DIR gets them all");
    if (out)
        return write_file(str_of(out), buf_str(&r->first->bytes), d);
    if (write_stdout(buf_str(&r->first->bytes)))
        return true;
    diag_error(d, (struct place){0}, "output", "standard output: %s", strerror(errno));
    return false;
}

static int finish(const struct invocation *call, struct single_result *r, struct diags *d,
                  int status) {
    print_log(&r->log);
    message_print(d, call->messages);
    single_free(r);
    arena_free(d->arena);
    return status;
}

static int run_export(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct single_result r;
    struct single_options options = {.site = value_of(call, "site"),
                                     .export = call->operands[0],
                                     .files = call->operands + 1,
                                     .file_count = call->operand_count - 1};
    if (options.file_count > 1 && !option_value(call, "out"))
        return usage_error("several files need a folder: -o DIR for", call->operands[0].at);
    int status = single_export(&options, &r, &d);
    if (!deliver(call, &r, options.file_count, &d) && status == 0)
        status = d.last && str_eq(d.last->code, STR("path-taken")) ? 2 : 3;
    return finish(call, &r, &d, status);
}

static int run_import(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct single_result r;
    struct single_options options = {.site = value_of(call, "site"),
                                     .files = call->operands,
                                     .file_count = call->operand_count};
    int status = single_import(&options, &r, &d);
    if (!deliver(call, &r, 1, &d) && status == 0)
        status = 3;
    return finish(call, &r, &d, status);
}

static int run_show(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct single_result r;
    struct single_options options = {.site = value_of(call, "site"),
                                     .files = call->operands,
                                     .file_count = call->operand_count};
    int status = single_show(&options, &r, &d);
    if (!deliver(call, &r, 1, &d) && status == 0)
        status = 3;
    return finish(call, &r, &d, status);
}

/* why, impact, verify */

/* What was found out, then the messages. */
static int tell(const struct invocation *call, struct buf *text, const struct diags *d,
                int status) {
    if (!write_stdout(buf_str(text))) {
        fprintf(stderr, "fascia: error: standard output: %s [output]\n", strerror(errno));
        status = 3;
    }
    message_print(d, call->messages);
    buf_free(text);
    arena_free(d->arena);
    return status;
}

static int run_why(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT;
    struct explain_options options = {.file = call->operands[0], .site = value_of(call, "site"),
                                      .is_json = call->messages == MESSAGES_JSON};
    int status = explain_why(&options, &text, &d);
    return tell(call, &text, &d, status);
}

static int run_impact(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT;
    struct explain_options options = {.file = call->operands[0], .site = value_of(call, "site"),
                                      .out = value_of(call, "out"),
                                      .is_json = call->messages == MESSAGES_JSON};
    int status = explain_impact(&options, &text, &d);
    return tell(call, &text, &d, status);
}

static int run_verify(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT, log = BUF_INIT;
    struct build_options options = {
        .site = call->operand_count ? call->operands[0] : STR("."),
        .out = value_of(call, "out"),
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
    };
    if (!read_jobs(call, &options.workers))
        return usage_error("jobs are a number from 1 to 64, not", option_value(call, "jobs"));
    progress.begin = seconds_now();
    int status = verify_site(&options, call->messages == MESSAGES_JSON, &text, &log, &d);
    clear_progress();
    print_log(&log);
    buf_free(&log);
    return tell(call, &text, &d, status);
}

/* plugins */

static const char *each_text(const struct known_export *e) {
    static char text[64];
    switch ((enum each)e->each) {
    case EACH_ARTICLE:
        return "each article";
    case EACH_SITE:
        return "the site";
    case EACH_LIST:
        snprintf(text, sizeof text, "each of article.%.40s", e->list.at);
        return text;
    case EACH_FUNCTION:
        return "each item of its list";
    }
    return "";
}

static void print_plugin(const struct session *s, uint32_t plugin) {
    const struct known_plugin *p = &s->plugins[plugin];
    printf("%.*s%s  %.*s\n", STR_ARG(p->name), p->is_built_in ? "" : " (of this site)",
           STR_ARG(p->is_broken ? STR("could not be loaded") : p->summary));
    for (uint32_t i = 0; i < s->export_count; i++) {
        const struct known_export *e = &s->exports[i];
        if (e->plugin == plugin)
            printf("  %-18s %-24s %.*s\n", e->name.at, each_text(e),
                   STR_ARG(e->path.len ? e->path : STR("(a function gives its path)")));
    }
}

static void print_promise(void) {
    puts("\nA plugin can never open a file or a connection, start or stop a process, learn the time or\n"
         "the environment, write outside of the output folder, or keep others from being made: it\n"
         "runs in a process that can only compute. SECURITY.md says all that is promised, and what\n"
         "is not.");
}

static void no_unit(void *client, struct unit *u, enum pool_end end, const char *why,
                    struct answer *answer) {
    (void)client, (void)u, (void)end, (void)why, (void)answer;
}

static int run_plugins(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct session s;
    struct stat st;
    struct str site = call->operand_count ? call->operands[0] : STR(".");
    struct str content = content_join(&arena, site, STR("content"));
    int status;
    if (call->operand_count == 0 && stat(content.at, &st) != 0)
        site = STR(""); // the built-in ones, outside any site
    struct session_options options = {.site = site, .workers = 1, .needs_plugins = true};
    if (session_open(&s, &options, &d, &status)) {
        s.done = no_unit;
        for (uint32_t i = 0; i < s.plugin_count; i++)
            print_plugin(&s, i);
        print_promise();
        status = d.errors ? 1 : 0;
    }
    print_log(&s.log);
    session_close(&s);
    if (fflush(stdout) != 0) {
        diag_error(&d, (struct place){0}, "output", "standard output: %s", strerror(errno));
        status = 3;
    }
    message_print(&d, call->messages);
    arena_free(&arena);
    return status;
}

/* The table */

static const struct option out_folder = {"out", 'o', "DIR", "where outputs go (SITE/public)"};
static const struct option out_file = {"out", 'o', "FILE|DIR", "write there, not to the terminal"};
static const struct option jobs = {"jobs", 'j', "N", "how many workers (one a processor)"};
static const struct option only = {"only", 0, "EXPORT,…", "make these exports only"};
static const struct option clean = {"clean", 0, NULL, "make everything anew"};
static const struct option strict = {"strict", 0, NULL, "exit status 1 for warnings too"};
static const struct option site_option = {"site", 0, "SITE", "settings and plugins of this site"};
static const struct option update = {"update", 0, NULL, "write golden files anew"};
static const struct option test_record = {"record", 0, "OUTPUT", "make a test of what made OUTPUT"};
static const struct option test_watch = {"watch", 0, NULL, "run again what a change touches"};
static const struct option test_formats = {"format", 0, "FORM", "results as text, tap or junit"};
static const struct option messages = {"messages", 0, "FORM", "full, short or json"};

const struct command commands[] = {
    {"build", "[SITE]", "make every output of a site",
     "Reads every article in SITE/content and writes every export of every plugin into\n"
     "SITE/public. SITE is this folder unless given. What fails gives its message; everything\n"
     "else is still made.",
     "  fascia build\n"
     "  fascia build ../health -o /var/www/health\n"
     "  fascia build --only page.html,faq.jsonld --strict\n",
     {&out_folder, &jobs, &only, &clean, &strict, &messages}, 0, 1, run_build},
    {"watch", "[SITE]", "build, and build again what changes",
     "Builds the site, then watches content/, plugins/ and site.yaml and makes again what an edit\n"
     "changed, until interrupted. A file that is broken for the moment keeps its last good outputs.",
     "  fascia watch\n"
     "  fascia watch ../health -o /tmp/preview\n",
     {&out_folder, &jobs, &messages}, 0, 1, run_watch},
    {"export", "EXPORT FILE…", "one form of an article, to standard output",
     "Makes one export of one file, Markdown or pasted text. A file that lies in a site's\n"
     "content/ gets that site's settings and plugins. Several files need -o DIR and become\n"
     "DIR/<stem>.<EXPORT>.",
     "  fascia export faq.csv content/myofascial-release.md\n"
     "  fascia export page.html pasted.txt -o page.html\n"
     "  fascia export article.json content/*.md -o json/\n",
     {&out_file, &site_option, &messages}, 2, MAX_OPERANDS, run_export},
    {"import", "FILE", "pasted text as Markdown",
     "Turns what was copied out of a web page into Markdown with front matter. Lines that were\n"
     "left out as page furniture, and lines that no rule understood, are listed on standard\n"
     "error with their numbers.",
     "  fascia import pasted.txt\n"
     "  fascia import pasted.txt -o content/new-article.md\n",
     {&out_file, &site_option, &messages}, 1, 1, run_import},
    {"show", "FILE", "an article as plugins see it",
     "Prints the model of one file as a tree; @LINE:COL is where a part stands in the file.",
     "  fascia show content/myofascial-release.md\n",
     {&site_option, &messages}, 1, 1, run_show},
    {"why", "OUTPUT", "what makes an output, and what it read",
     "Tells of a file in the output folder which plugin makes it for which article, what it read\n"
     "with the line that read it, and why it ran last. With --messages=json one object a line.",
     "  fascia why public/myofascial-release/index.html\n",
     {&site_option, &messages}, 1, 1, run_why},
    {"impact", "FILE", "which outputs read which parts of a file",
     "FILE is an article, site.yaml, or a file of a plugin. Told from what the last build left.\n"
     "With --messages=json one object a line.",
     "  fascia impact content/myofascial-release.md\n"
     "  fascia impact plugins/faq.lua\n",
     {&site_option, &out_folder, &messages}, 1, 1, run_impact},
    {"verify", "[SITE]", "compare the outputs with a clean build",
     "Builds everything again in memory, in another order and with another number of workers,\n"
     "and names each output that differs, with the reason. Nothing is written. Exit status 1\n"
     "when something differs.",
     "  fascia verify\n",
     {&out_folder, &jobs, &messages}, 0, 1, run_verify},
    {"plugins", "[SITE]", "the plugins and their exports",
     "Lists every plugin with its exports, what each is made for, and where its output goes.",
     "  fascia plugins\n",
     {&messages}, 0, 1, run_plugins},
    {"test", "[PLUGIN…]", "run the tests of plugins",
     "Runs plugins/PLUGIN_test.lua, where describe, it and assert.equal are what busted has, in a\n"
     "worker of its own: article [[text]], fixture \"tea.md\" and site {…} make what\n"
     "render(\"faq.csv\", article) renders. assert.golden(\"tea.html\", text) compares with\n"
     "plugins/PLUGIN_test/tea.html. Without PLUGIN: all tests of the site's plugins, or of the\n"
     "built-in ones where there is no other. Exit status 1 when a test fails.",
     "  fascia test\n"
     "  fascia test faq --update\n"
     "  fascia test --watch\n"
     "  fascia test --record public/tea/faq.csv\n"
     "  fascia test --format=junit > tests.xml\n",
     {&site_option, &update, &test_watch, &test_record, &test_formats, &messages}, 0, MAX_OPERANDS, command_test},
};
const size_t command_count = sizeof commands / sizeof *commands;

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error like a full disk
    if (argc == 2 && strcmp(argv[1], "--worker") == 0)
        worker_main();
    signal(SIGPIPE, SIG_IGN);
    arena_keep_memory();
    return command_main(argc, argv);
}

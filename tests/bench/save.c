/* How long after a save the page is new: runs `fascia watch` on a site that `corpus` made, edits an
 * answer, or the title, in one random article after the other, and waits for the page of each.
 * usage: save FASCIA SITE OUT ARTICLES EDITS
 * Prints a line of NAME=VALUE: ready_s, the first build; in_place_ms, rename_ms and title_ms, the
 * median of EDITS each, and in_place_worst_ms and so on; memory_mb of all processes after the first
 * build, after_mb after the edits, both when its checks have run.
 *
 * The clock runs from before close() or rename(), which is when the save is finished, until the
 * page with the new answer in it was read; the kernel tells when to look (inotify). Every tenth edit
 * comes after a pause of about the time that a watcher may use to write its state, so that the
 * worst is the worst. */
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "memory.h"

enum {
    PAGE_BYTES = 1 << 20,
    SHORT_PAUSE_MS = 20,
    TITLE_PAUSE_MS = 50,
    LONG_PAUSE_MS = 1400, /* and up to LONG_PAUSE_MORE_MS more */
    LONG_PAUSE_MORE_MS = 300,
    REST_MS = 5000, /* until no check runs any more */
    PAGE_WITHIN_S = 30,
    GIVE_UP_S = 1200,
};

/* How one saves, and what: a title is what checks of the whole site read. */
enum kind { IN_PLACE, BY_RENAME, TITLE };
static const char *const kind_names[] = {"in_place", "rename", "title"};

struct bench {
    const char *site, *out;
    size_t articles;
    pid_t watch;
    FILE *said;      /* its standard output */
    int pages;       /* inotify */
    uint64_t random;
    size_t edits;    /* so far */
    char *was_edited; /* one flag an article */
};

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void pause_ms(size_t ms) {
    nanosleep(&(struct timespec){(time_t)(ms / 1000), (long)(ms % 1000) * 1000000}, NULL);
}

/* SplitMix64, as in corpus.c. */
static size_t below(struct bench *b, size_t limit) {
    uint64_t z = b->random += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (size_t)((z ^ (z >> 31)) % limit);
}

/* The watcher. It ends with us, whatever ends us. */

static void start(struct bench *b, const char *fascia) {
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC) != 0 || (b->watch = fork()) < 0)
        err(3, "cannot start a process");
    if (b->watch == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(pipes[1], STDOUT_FILENO);
        execl(fascia, fascia, "watch", b->site, "-o", b->out, (char *)NULL);
        err(127, "%s", fascia);
    }
    close(pipes[1]);
    b->said = fdopen(pipes[0], "r");
}

static void wait_until_said(struct bench *b, const char *what) {
    char line[4096];
    while (fgets(line, sizeof line, b->said))
        if (strncmp(line, what, strlen(what)) == 0)
            return;
    errx(3, "the watcher ended before it said: %s", what);
}

static void end(struct bench *b) {
    int status;
    kill(b->watch, SIGTERM);
    waitpid(b->watch, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        errx(3, "the watcher did not end well");
}

/* One edit */

static size_t read_file(const char *path, char *into) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, into, PAGE_BYTES);
    if (n < 0)
        err(3, "%s", path);
    close(fd);
    return (size_t)n;
}

static char *after(char *text, const char *what) {
    char *at = strstr(text, what);
    if (!at)
        errx(3, "no article of corpus: '%s' is not in it", what);
    return at + strlen(what);
}

/* The text with `mark` in front of the first answer, or of the title. */
static size_t edit(const char *path, enum kind kind, const char *mark, char *into) {
    static char text[PAGE_BYTES + 1];
    text[read_file(path, text)] = '\0';
    char *at = kind == TITLE ? after(text, "title: \"")
                             : after(after(text, "\n## FAQs\n\n### "), "\n\n");
    return (size_t)snprintf(into, PAGE_BYTES, "%.*s%s %s", (int)(at - text), text, mark, at);
}

static int write_file(const char *path, const char *text, size_t len) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, text, len) != (ssize_t)len)
        err(3, "%s", path);
    return fd;
}

static bool has_mark(const char *page, const char *mark) {
    static char bytes[PAGE_BYTES];
    return memmem(bytes, read_file(page, bytes), mark, strlen(mark));
}

/* Events only say that it is time to look. What the watcher says stays unread until then, unless it
 * ended. */
static void wait_for_page(struct bench *b, const char *page, const char *mark) {
    char events[4096];
    struct pollfd both[] = {{b->pages, POLLIN, 0}, {fileno(b->said), 0, 0}};
    while (!has_mark(page, mark)) {
        if (poll(both, 2, PAGE_WITHIN_S * 1000) <= 0)
            errx(3, "%s is not new within %d s", page, PAGE_WITHIN_S);
        if (both[1].revents)
            errx(3, "the watcher ended before %s was new", page);
        if (read(b->pages, events, sizeof events) <= 0)
            err(3, "inotify");
    }
}

static double save(struct bench *b, size_t article, enum kind kind) {
    static char text[PAGE_BYTES];
    char path[PATH_MAX], other[PATH_MAX], folder[PATH_MAX], page[PATH_MAX + 16], mark[64];
    snprintf(path, sizeof path, "%s/content/%04zu/article-%06zu.md", b->site, article / 1000,
             article);
    snprintf(other, sizeof other, "%s/content/%04zu/.article.tmp", b->site, article / 1000);
    snprintf(folder, sizeof folder, "%s/article-%06zu", b->out, article);
    snprintf(page, sizeof page, "%s/index.html", folder);
    snprintf(mark, sizeof mark, "Edit%zuof%zuby%d", ++b->edits, article, (int)getpid());
    if (has_mark(page, mark))
        errx(3, "%s has %s before the edit", page, mark);
    bool by_rename = kind == BY_RENAME;
    size_t len = edit(path, kind, mark, text);
    int wd = inotify_add_watch(b->pages, folder, IN_MOVED_TO | IN_CLOSE_WRITE);
    int fd = write_file(by_rename ? other : path, text, len);
    if (by_rename)
        close(fd);
    double begin = now_ms();
    if ((by_rename ? rename(other, path) : close(fd)) != 0)
        err(3, "%s", path);
    wait_for_page(b, page, mark);
    double took = now_ms() - begin;
    if (kind != TITLE) // else the next is not to wait for what comes after the page
        wait_until_said(b, "[watch] build finished");
    inotify_rm_watch(b->pages, wd);
    return took;
}

/* Many */

static size_t choose_article(struct bench *b) {
    size_t article = below(b, b->articles);
    while (b->was_edited[article])
        article = (article + 1) % b->articles;
    b->was_edited[article] = 1;
    return article;
}

static int ascending(const void *p, const void *q) {
    const double *a = p, *b = q;
    return (*a > *b) - (*a < *b);
}

static size_t pause_before(struct bench *b, enum kind kind, size_t number) {
    if (number % 10 == 0)
        return LONG_PAUSE_MS + below(b, LONG_PAUSE_MORE_MS);
    return kind == TITLE ? TITLE_PAUSE_MS : SHORT_PAUSE_MS;
}

static void save_many(struct bench *b, size_t edits, enum kind kind) {
    const char *name = kind_names[kind];
    double *took = malloc(edits * sizeof *took);
    if (!took)
        err(3, "memory");
    for (size_t i = 0; i < edits; i++) {
        pause_ms(pause_before(b, kind, i));
        took[i] = save(b, choose_article(b), kind);
    }
    qsort(took, edits, sizeof *took, ascending);
    double median = (took[(edits - 1) / 2] + took[edits / 2]) / 2;
    printf(" %s_ms=%.2f %s_worst_ms=%.2f", name, median, name, took[edits - 1]);
    free(took);
}

int main(int argc, char **argv) {
    if (argc != 6)
        errx(2, "usage: save FASCIA SITE OUT ARTICLES EDITS");
    struct bench b = {.site = argv[2], .out = argv[3], .articles = strtoul(argv[4], NULL, 10)};
    size_t edits = strtoul(argv[5], NULL, 10);
    if (edits == 0 || edits > b.articles / 3)
        errx(2, "EDITS is at least 1 and at most a third of ARTICLES");
    b.was_edited = calloc(b.articles, 1);
    b.pages = inotify_init1(IN_CLOEXEC);
    if (!b.was_edited || b.pages < 0)
        err(3, "cannot begin");
    alarm(GIVE_UP_S);
    double begin = now_ms();
    start(&b, argv[1]);
    wait_until_said(&b, "[watch] ready");
    printf("ready_s=%.2f", (now_ms() - begin) / 1e3);
    pause_ms(REST_MS);
    printf(" memory_mb=%.1f", memory_of_tree(b.watch));
    for (enum kind kind = IN_PLACE; kind <= TITLE; kind++)
        save_many(&b, edits, kind);
    pause_ms(REST_MS);
    printf(" after_mb=%.1f\n", memory_of_tree(b.watch));
    end(&b);
    free(b.was_edited);
    return 0;
}

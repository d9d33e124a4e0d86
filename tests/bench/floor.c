/* The floor: what this machine must spend at the very least on a build. Every .md file below DIR is
 * read, turned into HTML by md4c and written out, twice an article, under a temporary name that is
 * then renamed; on as many threads as there are cores. No model, no Lua, no feeds, no cache.
 * usage: floor DIR OUT */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <md4c-html.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_AN_ARTICLE = 2, MOST_THREADS = 256 };

struct bytes {
    char *at;
    size_t len, cap;
};

/* What the threads share. The list is complete before the first of them starts. */
static struct {
    const char *in, *out;
    char **paths; /* relative to `in` */
    size_t count, cap;
    atomic_size_t next;
} work;

static void make_room(struct bytes *b, size_t more) {
    if (b->cap - b->len >= more)
        return;
    b->cap = (b->len + more) * 2;
    b->at = realloc(b->at, b->cap);
    if (!b->at)
        err(1, "memory");
}

static void append(const MD_CHAR *text, MD_SIZE len, void *to) {
    struct bytes *b = to;
    make_room(b, len);
    memcpy(b->at + b->len, text, len);
    b->len += len;
}

static void make_folder(const char *path) {
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        err(1, "%s", path);
}

/* nftw's callback: makes the folders in `out`, lists the articles. */
static int visit(const char *path, const struct stat *info, int type, struct FTW *at) {
    (void)info;
    (void)at;
    const char *inner = path + strlen(work.in);
    size_t len = strlen(path);
    if (type == FTW_D) {
        char folder[PATH_MAX];
        snprintf(folder, sizeof folder, "%s%s", work.out, inner);
        make_folder(folder);
    } else if (type == FTW_F && len > 3 && strcmp(path + len - 3, ".md") == 0) {
        if (work.count == work.cap) {
            work.cap = work.cap ? work.cap * 2 : 1024;
            work.paths = realloc(work.paths, work.cap * sizeof *work.paths);
        }
        if (!work.paths || !(work.paths[work.count++] = strdup(inner + 1)))
            err(1, "memory");
    }
    return 0;
}

static void read_file(const char *path, struct bytes *into) {
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0)
        err(1, "%s", path);
    into->len = 0;
    make_room(into, (size_t)info.st_size + 2);
    ssize_t got = read(fd, into->at, (size_t)info.st_size);
    if (got != info.st_size)
        err(1, "%s", path);
    close(fd);
    into->len = (size_t)got;
    into->at[got] = '\n'; /* md4c may look one byte too far */
    into->at[got + 1] = '\0';
}

static void write_file(const char *folder, int number, const struct bytes *what) {
    char path[PATH_MAX + 16], temporary[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/%d.html", folder, number);
    snprintf(temporary, sizeof temporary, "%s/.%d.tmp", folder, number);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, what->at, what->len) != (ssize_t)what->len)
        err(1, "%s", temporary);
    close(fd);
    if (rename(temporary, path) != 0)
        err(1, "%s", path);
}

static void convert(const char *inner, struct bytes *text, struct bytes *html) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", work.in, inner);
    read_file(path, text);
    html->len = 0;
    if (md_html(text->at, (MD_SIZE)text->len, append, html, MD_FLAG_TABLES, 0) != 0)
        errx(1, "%s: md4c refuses it", path);
    snprintf(path, sizeof path, "%s/%.*s", work.out, (int)(strlen(inner) - 3), inner);
    make_folder(path);
    for (int i = 0; i < FILES_AN_ARTICLE; i++)
        write_file(path, i, html);
}

static void *run(void *unused) {
    struct bytes text = {0}, html = {0};
    for (size_t i; (i = atomic_fetch_add(&work.next, 1)) < work.count;)
        convert(work.paths[i], &text, &html);
    free(text.at);
    free(html.at);
    return unused;
}

int main(int argc, char **argv) {
    if (argc != 3)
        errx(2, "usage: floor DIR OUT");
    work.in = argv[1];
    work.out = argv[2];
    if (nftw(work.in, visit, 32, FTW_PHYS) != 0)
        err(1, "%s", work.in);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    pthread_t threads[MOST_THREADS];
    long count = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
    for (long i = 0; i < count; i++)
        if (pthread_create(&threads[i], NULL, run, NULL) != 0)
            errx(1, "cannot start a thread");
    for (long i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

/* A folder of its own for each test of the watcher, and what the watcher told of it: a line for
 * each batch, its files in order: "gone b.md, saved a.md\n". Files of the second root begin with
 * "2:". */
#ifndef FASCIA_WATCH_SEEN_H
#define FASCIA_WATCH_SEEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "watch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE_MS 4000 /* a machine under load is slow, but not that slow */

static uv_loop_t loop;
static struct watch *watch;
static char home[64];        /* where the test began */
static char told[64 * 1024]; /* the lines */
static char *batch[20000];   /* of the batch under way */
static size_t batch_len;
static char warning[512];

static inline int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline void on_changed(void *self, unsigned root, struct str path, enum watch_kind kind,
                       const struct fingerprint *print) {
    char text[4200];
    (void)self;
    assert_true((kind == WATCH_SAVED) == (print->ino != 0 || print->ctime_ns != 0));
    assert_int_equal(path.at[path.len], '\0');
    snprintf(text, sizeof text, "%s %s%s", kind == WATCH_SAVED ? "saved" : "gone",
             root ? "2:" : "", path.at);
    if (batch_len < sizeof batch / sizeof *batch)
        batch[batch_len++] = strdup(text);
}

static inline void on_settled(void *self) {
    (void)self;
    assert_true(batch_len > 0);
    qsort(batch, batch_len, sizeof *batch, by_text);
    for (size_t i = 0; i < batch_len; i++) {
        size_t len = strlen(told);
        snprintf(told + len, sizeof told - len, "%s%s", batch[i], i + 1 < batch_len ? ", " : "\n");
        free(batch[i]);
    }
    batch_len = 0;
}

static inline void on_warning(void *self, struct str text, struct str help) {
    (void)self;
    assert_int_equal(warning[0], '\0'); // once
    snprintf(warning, sizeof warning, "%.*s; %.*s", STR_ARG(text), STR_ARG(help));
}

static const struct watch_owner owner = {
    .changed = on_changed, .settled = on_settled, .warn = on_warning};

static inline int open_descriptors(void) {
    int count = 0;
    DIR *dir = opendir("/proc/self/fd");
    assert_non_null(dir);
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

static int descriptors_before;

static inline int set_up(void **state) {
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0); // the first loop opens what all loops share
    assert_int_equal(uv_loop_close(&loop), 0);
    descriptors_before = open_descriptors();
    bool has_memory = access("/dev/shm", W_OK) == 0; // kinder to a disk
    snprintf(home, sizeof home, "%s/fascia-watch-XXXXXX", has_memory ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(home));
    assert_int_equal(chdir(home), 0);
    assert_int_equal(mkdir("content", 0755), 0);
    assert_int_equal(uv_loop_init(&loop), 0);
    watch = NULL;
    told[0] = warning[0] = '\0';
    unsetenv("FASCIA_WATCH");
    return 0;
}

static inline void open_watch(const struct watch_root *roots, unsigned count) {
    const struct str skip = STR("content/public");
    watch = watch_open(&loop, roots, count, &skip, 1, &owner);
}

static inline void watch_content(void) {
    const struct watch_root root = {.path = STR("content"), .filter.is_wanted = content_is_article};
    open_watch(&root, 1);
}

/* What a test leaves behind is a fault: handles, descriptors. */
static inline void close_watch(void) {
    if (!watch)
        return;
    watch_close(watch);
    watch = NULL;
    uv_run(&loop, UV_RUN_DEFAULT);
}

static inline int tear_down(void **state) {
    char command[256];
    (void)state;
    close_watch();
    assert_int_equal(uv_loop_close(&loop), 0);
    for (size_t i = 0; i < batch_len; i++)
        free(batch[i]);
    batch_len = 0;
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", home, home);
    assert_int_equal(system(command), 0);
    assert_int_equal(open_descriptors(), descriptors_before);
    return 0;
}

/* Running the loop */

static inline void on_time(uv_timer_t *timer) {
    *(bool *)timer->data = true;
}

static inline size_t count_lines(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

/* Until so many batches were told, or the time is over. */
static inline void run(size_t batches, uint64_t ms) {
    uv_timer_t timer;
    bool is_over = false;
    uv_timer_init(&loop, &timer);
    timer.data = &is_over;
    uv_update_time(&loop);
    uv_timer_start(&timer, on_time, ms, 0);
    while (!is_over && (batches == 0 || count_lines(told) < batches))
        uv_run(&loop, UV_RUN_ONCE);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_run(&loop, UV_RUN_NOWAIT);
}

/* What was told since the last time, and nothing else. */
static inline void expect(const char *batches) {
    run(count_lines(batches), PATIENCE_MS);
    assert_string_equal(told, batches);
    told[0] = '\0';
}

static inline void expect_silence(uint64_t ms) {
    run(0, ms);
    assert_string_equal(told, "");
}

/* Files */

static inline void put(const char *path, const char *text) {
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline void move(const char *from, const char *to) {
    assert_int_equal(rename(from, to), 0);
}

static inline void make_folder(const char *path) {
    assert_int_equal(mkdir(path, 0755), 0);
}

static inline void shell(const char *command) {
    assert_int_equal(system(command), 0);
}

#endif

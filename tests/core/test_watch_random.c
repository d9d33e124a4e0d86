/* Random changes to a tree of folders, and after each lot of them: what the watcher told, added
 * up, is what a fresh look at the disk gives. */
#include "watch_seen.h"

#include <ftw.h>

enum { MOST_FILES = 4000, NAMES = 4 };

/* What the owner knows: a line for each file. */
static char *known[MOST_FILES], *found[MOST_FILES];
static size_t known_count, found_count;
static unsigned seed;

static unsigned roll(unsigned sides) {
    seed = seed * 1103515245 + 12345;
    return (seed >> 16) % sides;
}

static char *line_of(const char *path, const struct fingerprint *p) {
    char line[5000];
    snprintf(line, sizeof line, "%s %llu %llu %llu", path, (unsigned long long)p->ino,
             (unsigned long long)p->size, (unsigned long long)p->ctime_ns);
    return strdup(line);
}

static bool is_of(const char *line, struct str path) {
    return strncmp(line, path.at, path.len) == 0 && line[path.len] == ' ';
}

static void note(void *self, unsigned root, struct str path, const struct fingerprint *print) {
    (void)self;
    (void)root;
    assert_true(known_count < MOST_FILES);
    known[known_count++] = line_of(path.at, print);
}

static void on_random(void *self, unsigned root, struct str path, enum watch_kind kind,
                      const struct fingerprint *print) {
    for (size_t i = 0; i < known_count; i++)
        if (is_of(known[i], path)) {
            free(known[i]);
            known[i] = known[--known_count];
            break;
        }
    if (kind == WATCH_SAVED)
        note(self, root, path, print);
}

static void on_settled_random(void *self) {
    (void)self;
}

static int on_found(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)at;
    if (type != FTW_F || !content_is_article(NULL, str_of(path)))
        return 0;
    assert_true(found_count < MOST_FILES);
    struct fingerprint print = content_fingerprint(path);
    assert_int_equal(print.ino, st->st_ino);
    found[found_count++] = line_of(path + strlen("content/"), &print);
    return 0;
}

static bool is_known_right(void) {
    for (size_t i = 0; i < found_count; i++)
        free(found[i]);
    found_count = 0;
    nftw("content", on_found, 16, FTW_PHYS);
    qsort(known, known_count, sizeof *known, by_text);
    qsort(found, found_count, sizeof *found, by_text);
    for (size_t i = 0; i < known_count && i < found_count; i++)
        if (strcmp(known[i], found[i]) != 0)
            return false;
    return known_count == found_count;
}

/* content/1/3/0, up to three folders deep; or a file in such a folder. */
static void random_path(char *path, size_t size, bool is_file) {
    size_t len = (size_t)snprintf(path, size, "content");
    for (unsigned depth = roll(3) + !is_file; depth > 0; depth--)
        len += (size_t)snprintf(path + len, size - len, "/%u", roll(NAMES));
    if (is_file)
        snprintf(path + len, size - len, "/%u.%s", roll(NAMES), roll(5) ? "md" : "tmp");
}

static void write_random(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (roll(2) ? O_TRUNC : 0), 0644);
    if (fd < 0)
        return;
    assert_true(write(fd, "text text text", roll(8)) >= 0);
    close(fd);
}

/* Most of these fail at some time, because something is missing: that is as good. */
static void change_something(void) {
    char a[200], b[200], command[500];
    bool is_file = roll(3) > 0;
    random_path(a, sizeof a, is_file);
    random_path(b, sizeof b, is_file);
    switch (roll(is_file ? 6 : 4)) {
    case 0:
        (void)!rename(a, b);
        return;
    case 1:
        (void)!(is_file ? unlink(a) : rmdir(a));
        return;
    case 2:
        if (is_file) {
            (void)!link(a, b);
            return;
        }
        snprintf(command, sizeof command, "rm -rf %s", a);
        (void)!(roll(8) == 0 ? system(command) : 0);
        return;
    default:
        if (is_file)
            write_random(a);
        else
            (void)!mkdir(a, 0755);
    }
}

static void watch_random(void) {
    static const struct watch_owner random_owner = {
        .changed = on_random, .settled = on_settled_random, .warn = on_warning};
    const struct watch_root root = {.path = STR("content"), .filter.is_wanted = content_is_article};
    for (int i = 0; i < 200; i++)
        change_something();
    watch = watch_open(&loop, &root, 1, NULL, 0, &random_owner);
    watch_each(watch, note, NULL);
}

static void change_and_compare(int lots) {
    for (int lot = 0; lot < lots; lot++) {
        for (unsigned i = roll(12); i > 0; i--) {
            for (unsigned k = roll(40); k > 0; k--)
                change_something();
            run(0, 1 + roll(4) * roll(30));
        }
        for (int tries = 0; tries < PATIENCE_MS / 20 && !is_known_right(); tries++)
            run(0, 20);
        if (!is_known_right())
            fail_msg("lot %d: %zu files are known, %zu are there", lot, known_count, found_count);
    }
}

static void forget(void) {
    for (size_t i = 0; i < known_count; i++)
        free(known[i]);
    for (size_t i = 0; i < found_count; i++)
        free(found[i]);
    known_count = found_count = 0;
}

static void what_was_told_adds_up_to_what_is_there(void **state) {
    (void)state;
    seed = 1;
    watch_random();
    change_and_compare(8);
    forget();
}

static void it_adds_up_without_events_too(void **state) {
    (void)state;
    seed = 2;
    setenv("FASCIA_WATCH", "poll", 1);
    watch_random();
    change_and_compare(3);
    forget();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_told_adds_up_to_what_is_there),
        TEST(it_adds_up_without_events_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every way of saving of tests/watch/saves.py, twice in a row, with events and without. */
#include "watch_seen.h"

#include <errno.h>
#include <sys/wait.h>

enum { MOST_WAYS = 100, SCAN_MS = 1000 };

static struct way {
    char name[40], tells[12];
    bool is_told, is_gone, was_gone; /* since it was last asked */
    char text[200];                  /* what the file held when it was told as saved */
} ways[MOST_WAYS];
static size_t way_count;
static int to_program, from_program; /* saves.py */

static int list_ways(void **state) {
    (void)state;
    FILE *f = popen("/usr/bin/python3 tests/watch/saves.py --list", "re");
    assert_non_null(f);
    while (way_count < MOST_WAYS &&
           fscanf(f, "%39s %11s", ways[way_count].name, ways[way_count].tells) == 2)
        way_count++;
    assert_int_equal(pclose(f), 0);
    assert_in_range(way_count, 40, MOST_WAYS - 1);
    return 0;
}

static int start_program(void **state) {
    int to[2], from[2];
    list_ways(state);
    assert_int_equal(pipe(to) | pipe(from), 0);
    if (fork() == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[1]);
        execl("/usr/bin/python3", "python3", "tests/watch/saves.py", "--serve", (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    to_program = to[1];
    from_program = from[0];
    return fcntl(from_program, F_SETFL, O_NONBLOCK);
}

/* It ends when nobody can ask any more. */
static int stop_program(void **state) {
    int status;
    (void)state;
    close(to_program);
    close(from_program);
    wait(&status);
    return status;
}

static size_t read_text(const char *path, char *text, size_t most) {
    FILE *f = fopen(path, "re");
    size_t len = f ? fread(text, 1, most - 1, f) : 0;
    text[len] = '\0';
    if (f)
        fclose(f);
    return len;
}

static struct way *way_of(struct str path) {
    size_t end = str_find_char(path, '/');
    if (!str_eq(str_from(path, end), STR("/a.md")))
        return NULL;
    for (size_t i = 0; i < way_count; i++)
        if (str_eq(str_slice(path, 0, end), str_of(ways[i].name)))
            return &ways[i];
    return NULL;
}

static void on_way(void *self, unsigned root, struct str path, enum watch_kind kind,
                   const struct fingerprint *print) {
    char full[4200];
    (void)self;
    (void)root;
    (void)print;
    struct way *w = way_of(path);
    if (!w)
        return; // what lies beside it
    w->is_told = true;
    w->is_gone = kind == WATCH_GONE;
    w->was_gone = w->was_gone || w->is_gone;
    snprintf(full, sizeof full, "content/%s", path.at);
    if (kind == WATCH_SAVED)
        read_text(full, w->text, sizeof w->text);
}

static void on_all(void *self) {
    (void)self;
}

static void watch_ways(void) {
    static const struct watch_owner way_owner = {
        .changed = on_way, .settled = on_all, .warn = on_warning};
    const struct watch_root root = {.path = STR("content"), .filter.is_wanted = content_is_article};
    char path[100];
    for (size_t i = 0; i < way_count; i++) {
        snprintf(path, sizeof path, "content/%.39s", ways[i].name);
        make_folder(path);
        strcat(path, "/a.md");
        put(path, "# The text that was there at first\n");
        snprintf(ways[i].text, sizeof ways[i].text, "# The text that was there at first\n");
    }
    watch = watch_open(&loop, &root, 1, NULL, 0, &way_owner);
}

static void begin_round(struct way *w) {
    char path[100];
    snprintf(path, sizeof path, "content/%.39s/a.md", w->name);
    if (access(path, F_OK) != 0) {
        put(path, "# It is back\n");
        while (w->is_gone)
            run(0, 10);
    }
    w->is_told = w->was_gone = false;
}

/* Whether the owner knows what is on the disk. */
static bool is_right(const struct way *w) {
    char path[100], text[200];
    snprintf(path, sizeof path, "content/%.39s/a.md", w->name);
    if (strcmp(w->tells, "gone") == 0)
        return w->is_told && w->is_gone && access(path, F_OK) != 0;
    read_text(path, text, sizeof text);
    return (w->is_told || strcmp(w->tells, "same") == 0) && !w->is_gone &&
           strcmp(text, w->text) == 0;
}

static void check(const struct way *w, int round) {
    bool may_be_gone = strcmp(w->tells, "gone") == 0 || strcmp(w->tells, "returns") == 0;
    if (!is_right(w))
        fail_msg("%s, round %d: %s, last read: %s", w->name, round,
                 !w->is_told ? "not told" : w->is_gone ? "told as gone" : "saved", w->text);
    if (w->was_gone && !may_be_gone)
        fail_msg("%s, round %d: was told as gone", w->name, round);
}

static bool are_right(const struct way *w, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!is_right(&w[i]))
            return false;
    return true;
}

static void run_until_right(const struct way *w, size_t count, uint64_t ms) {
    uint64_t end = uv_hrtime() / 1000000 + ms;
    while (!are_right(w, count) && uv_hrtime() / 1000000 < end)
        run(0, 2);
}

/* The loop runs while the program saves, as it does in life. */
static void save(const char *way, const char *path, const char *text) {
    char answer[8] = "";
    dprintf(to_program, "%s\t%s\t%s\n", way, path, text);
    while (read(from_program, answer, sizeof answer) < 0 && errno == EAGAIN)
        run(0, 2);
    assert_memory_equal(answer, "done\n", 5);
}

static void every_way_is_seen_twice(void **state) {
    (void)state;
    watch_ways();
    for (size_t i = 0; i < way_count; i++)
        for (int round = 1; round <= 2; round++) {
            struct way *w = &ways[i];
            char path[200], text[100];
            begin_round(w);
            snprintf(path, sizeof path, "%s/content/%.39s/a.md", home, w->name);
            snprintf(text, sizeof text, "# Round %d of %.39s, éü✓", round, w->name);
            save(w->name, path, text);
            run_until_right(w, 1, strchr(w->tells, '?') ? 2000 + SCAN_MS : 2000);
            check(w, round);
        }
    assert_int_equal(watch_count(watch).overflows, 0);
}

static void all_ways_at_once(uint64_t ms) {
    watch_ways();
    for (int round = 1; round <= 2; round++) {
        char path[200], text[100];
        for (size_t i = 0; i < way_count; i++)
            begin_round(&ways[i]);
        snprintf(path, sizeof path, "%s/content", home);
        snprintf(text, sizeof text, "# Round %d of all, éü✓", round);
        save("all", path, text);
        run_until_right(ways, way_count, ms);
        for (size_t i = 0; i < way_count; i++)
            check(&ways[i], round);
    }
}

static void every_way_is_seen_at_once(void **state) {
    (void)state;
    all_ways_at_once(3000 + SCAN_MS);
}

static void every_way_is_seen_by_polling(void **state) {
    (void)state;
    setenv("FASCIA_WATCH", "poll", 1);
    all_ways_at_once(4000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_way_is_seen_twice),
        TEST(every_way_is_seen_at_once),
        TEST(every_way_is_seen_by_polling),
    };
    return cmocka_run_group_tests(tests, start_program, stop_program);
}

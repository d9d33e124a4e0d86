#include "watch_seen.h"

#include <errno.h>
#include <malloc.h>
#include <sys/inotify.h>
#include <sys/syscall.h>

/* The kernel's limits are for the whole system; so the test stands in for the kernel. */
static int watches_left = -1; /* -1: no limit */
static int instances_left = -1;
static int inotify = -1; /* the last descriptor given out */
static bool is_coarse;   /* the clock of the file system ticks a hundred times a second */

static bool take(int *left) {
    if (*left == 0)
        return false;
    *left -= *left > 0;
    return true;
}

int inotify_init1(int flags) {
    if (take(&instances_left))
        return inotify = (int)syscall(SYS_inotify_init1, flags);
    errno = EMFILE;
    return -1;
}

int inotify_add_watch(int fd, const char *path, uint32_t mask) {
    if (take(&watches_left))
        return (int)syscall(SYS_inotify_add_watch, fd, path, mask);
    errno = ENOSPC;
    return -1;
}

int fstatat(int folder, const char *path, struct stat *st, int flags) {
    int result = (int)syscall(SYS_newfstatat, folder, path, st, flags);
    if (result == 0 && is_coarse) {
        st->st_ctim.tv_nsec -= st->st_ctim.tv_nsec % 10000000;
        st->st_mtim.tv_nsec -= st->st_mtim.tv_nsec % 10000000;
    }
    return result;
}

static bool every_name(const void *self, struct str name) {
    (void)self;
    return name.len > 0;
}

/* So long that no print of before is taken for young. */
static void grow_old(void) {
    usleep(50 * 1000);
}

/* Files */

static void a_closed_file_is_told_in_the_turn_that_reads_its_event(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    put("content/a.md", "three");
    uv_run(&loop, UV_RUN_ONCE);
    assert_string_equal(told, "saved a.md\n");
}

static void saves_in_one_tick_of_the_clock_are_all_told(void **state) {
    (void)state;
    is_coarse = true;
    put("content/a.md", "one");
    watch_content();
    for (int i = 0; i < 50; i++) {
        put("content/a.md", i % 2 ? "one" : "two");
        expect("saved a.md\n");
    }
    is_coarse = false;
}

static void a_file_that_was_opened_and_closed_is_not_told(void **state) {
    (void)state;
    put("content/a.md", "one");
    grow_old();
    watch_content();
    close(open("content/a.md", O_RDWR | O_CLOEXEC));
    expect_silence(300);
}

static void names_of_editors_and_other_kinds_are_not_told(void **state) {
    (void)state;
    watch_content();
    const char *names[] = {"content/.a.md.swp", "content/a.md~",    "content/#a.md#",
                           "content/4913",      "content/a.md.tmp", "content/a.html",
                           "content/.git",      "content/.#a.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        put(names[i], "x");
    make_folder("content/.hidden");
    put("content/.hidden/a.md", "x");
    expect_silence(300);
    assert_int_equal(watch_count(watch).files, 0);
    assert_int_equal(watch_count(watch).folders, 1);
}

static void a_file_written_but_not_closed_is_told_after_a_while(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    int fd = open("content/a.md", O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_int_equal(write(fd, "two", 3), 3);
    expect_silence(WATCH_UNFINISHED_MS - 200);
    expect("saved a.md\n");
    assert_int_equal(write(fd, "!", 1), 1);
    close(fd);
    expect("saved a.md\n");
}

static void a_writer_that_never_ends_is_told_all_the_same(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    int fd = open("content/a.md", O_WRONLY | O_APPEND | O_CLOEXEC);
    for (int i = 0; i < 100 && told[0] == '\0'; i++) {
        assert_int_equal(write(fd, "more\n", 5), 5);
        run(1, 50);
    }
    close(fd);
    assert_string_equal(told, "saved a.md\n");
}

static void an_emptied_file_has_a_beat_to_get_its_text(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    put("content/a.md", "");
    run(1, 30);
    put("content/a.md", "two");
    expect("saved a.md\n");
    expect_silence(200);
    put("content/a.md", "");
    expect("saved a.md\n");
}

static void a_vanished_file_is_gone_after_a_beat(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    assert_int_equal(unlink("content/a.md"), 0);
    expect_silence(WATCH_BEAT_MS / 2);
    expect("gone a.md\n");
    put("content/a.md", "one");
    expect("saved a.md\n");
}

static void a_file_that_comes_back_within_the_beat_was_never_gone(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    move("content/a.md", "content/a.md~");
    run(1, WATCH_BEAT_MS / 2);
    move("content/a.md~", "content/a.md");
    expect("saved a.md\n");
    expect_silence(300);
}

static void a_renamed_file_is_gone_and_saved_in_one_batch(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    move("content/a.md", "content/b.md");
    expect("gone a.md, saved b.md\n");
    assert_int_equal(unlink("content/b.md"), 0);
    put("content/c.md", "one");
    expect("gone b.md, saved c.md\n");
}

static void a_temporary_file_that_is_wanted_delays_nothing(void **state) {
    (void)state;
    const struct watch_root root = {.path = STR("content")};
    put("content/a.json", "1");
    open_watch(&root, 1);
    put("content/a.json.x1", "2");
    move("content/a.json.x1", "content/a.json");
    run(1, WATCH_BEAT_MS / 2);
    expect("saved a.json\n");
}

static int visits;

static void on_visit(void *self, unsigned root, struct str path, const struct fingerprint *print) {
    assert_true(root == 0 && print->ino != 0 && print->size == 3);
    assert_true(str_eq(path, STR("a.md")) || str_eq(path, STR("sub/b.txt")));
    ++*(int *)self;
}

static void what_was_there_at_the_start_is_listed_and_not_told(void **state) {
    (void)state;
    make_folder("content/sub");
    put("content/a.md", "one");
    put("content/sub/b.txt", "two");
    put("content/sub/other.png", "three");
    watch_content();
    visits = 0;
    watch_each(watch, on_visit, &visits);
    assert_int_equal(visits, 2);
    expect_silence(WATCH_SCAN_MS + 300);
    assert_true(watch_count(watch).scans > 0);
}

static void what_is_changed_between_opening_and_running_is_told(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    put("content/a.md", "two");
    put("content/b.md", "two");
    expect("saved a.md, saved b.md\n");
}

static void two_roots_are_told_apart(void **state) {
    (void)state;
    make_folder("plugins");
    const struct watch_root roots[] = {
        {.path = STR("content"), .filter.is_wanted = content_is_article},
        {.path = STR("plugins/"), .filter.is_wanted = every_name}};
    open_watch(roots, 2);
    put("plugins/a.lua", "return {}");
    expect("saved 2:a.lua\n");
    put("content/a.md", "one");
    expect("saved a.md\n");
}

/* What is told as a file although it is none */

static void a_folder_with_the_name_of_a_file_is_told_as_one(void **state) {
    (void)state;
    watch_content();
    make_folder("content/a.md");
    expect("saved a.md\n");
    put("content/a.md/b.md", "not entered");
    run(1, 300);
    told[0] = '\0'; // its times changed: it may be told again
    assert_int_equal(unlink("content/a.md/b.md"), 0);
    assert_int_equal(rmdir("content/a.md"), 0);
    run(1, 300);
    assert_non_null(strstr(told, "gone a.md\n"));
}

static void names_that_are_no_utf8_are_told_as_they_are(void **state) {
    (void)state;
    watch_content();
    put("content/\xff.md", "x");
    expect("saved \xff.md\n");
    make_folder("content/\xfe");
    expect("saved \xfe\n");
}

static void a_fifo_is_told_and_not_opened(void **state) {
    (void)state;
    watch_content();
    assert_int_equal(mkfifo("content/a.md", 0644), 0);
    run(1, WATCH_MOST_MS / 2);
    expect("saved a.md\n");
}

static void a_folder_that_may_not_be_opened_is_told_until_it_may(void **state) {
    (void)state;
    bool is_root = geteuid() == 0;
    make_folder("content/sub");
    put("content/sub/a.md", "one");
    assert_int_equal(chmod(".", 0777) || chmod("content", 0777), 0);
    if (is_root)
        assert_int_equal(chown("content/sub", 65534, 65534) || seteuid(65534), 0);
    assert_int_equal(chmod("content/sub", 0), 0);
    watch_content();
    assert_int_equal(watch_count(watch).files, 1);
    assert_int_equal(chmod("content/sub", 0755), 0);
    expect("gone sub, saved sub/a.md\n");
    assert_int_equal(chmod("content/sub", 0), 0);
    expect("saved sub\n");
    run(1, WATCH_SCAN_MS + 300); // nobody can ask for the file below, which is no reason to lose it
    assert_null(strstr(told, "gone"));
    if (is_root)
        assert_int_equal(seteuid(0), 0);
}

/* The way events are read */

static void files_made_one_after_the_other_are_one_batch(void **state) {
    (void)state;
    watch_content();
    for (int i = 0; i < 2; i++) {
        put("content/a.md", "text");
        run(1, WATCH_QUIET_MS / 4);
        put("content/b.md", "text");
        expect("saved a.md, saved b.md\n");
        assert_int_equal(unlink("content/a.md") | unlink("content/b.md"), 0);
    }
}

static void a_thousand_files_are_one_batch(void **state) {
    (void)state;
    watch_content();
    shell("cd content && for i in 0 1 2 3 4 5 6 7 8 9; do mkdir $i; done");
    run(1, 300);
    const char *commands[] = {
        "/usr/bin/python3 -c '\n"
        "for i in range(1000):\n"
        "    with open(\"content/%d/%d.md\" % (i % 10, i), \"w\") as f: f.write(\"text\")' &",
        "mkdir content/new; mv content/? content/new &",
        "rm -r content/new &",
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        shell(commands[i]);
        run(1, PATIENCE_MS);
        assert_int_equal(watch_count(watch).files, i < 2 ? 1000 : 0);
        run(2, 300);
        assert_int_equal(count_lines(told), 1);
        told[0] = '\0';
    }
}

static void a_checkout_is_one_batch(void **state) {
    (void)state;
    if (system("git --version > git-version") != 0)
        skip();
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    shell("cd content && git init -q . 2> /dev/null && "
          "git config user.email a@b.c && git config user.name a && "
          "for i in $(seq 500); do echo $i > $i.md; done && git add . && git commit -q -m one && "
          "git checkout -q -b other && sed -i s/.*/other/ *.md && git rm -q -f 1.md && "
          "echo new > new.md && git add . && git commit -q -m two");
    watch_content();
    for (int i = 0; i < 2; i++) {
        shell("cd content && git checkout -q - &");
        run(1, PATIENCE_MS);
        run(2, 300);
        assert_int_equal(count_lines(told), 1);
        assert_non_null(strstr(told, "gone"));
        assert_non_null(strstr(told, "saved 500.md"));
        told[0] = '\0';
    }
}

/* Folders that are removed and made again may have their old number, while their watch is gone. */
static void a_dead_watch_is_renewed_by_the_scan(void **state) {
    char events[4096];
    (void)state;
    put("content/a.md", "one");
    watch_content();
    assert_int_equal(inotify_rm_watch(inotify, 1), 0);
    assert_true(read(inotify, events, sizeof events) > 0); // and its notice got lost
    put("content/a.md", "two");
    expect("saved a.md\n");
    assert_int_equal(watch_count(watch).events, 0);
    put("content/a.md", "three");
    run(1, 200); // sooner than a scan comes
    assert_string_equal(told, "saved a.md\n");
}

static void overflow_the_queue(void) {
    unsigned limit = 0;
    FILE *f = fopen("/proc/sys/fs/inotify/max_queued_events", "re");
    assert_true(f && fscanf(f, "%u", &limit) == 1);
    fclose(f);
    for (unsigned i = 0; i < limit / 2 + 100; i++) {
        put("content/noise.tmp", "");
        assert_int_equal(unlink("content/noise.tmp"), 0);
    }
}

static void a_change_is_found_when_the_queue_overflowed(void **state) {
    (void)state;
    put("content/a.md", "one");
    put("content/b.md", "one");
    watch_content();
    overflow_the_queue();
    put("content/a.md", "two");
    assert_int_equal(unlink("content/b.md"), 0);
    make_folder("content/sub");
    put("content/sub/c.md", "two");
    expect("gone b.md, saved a.md, saved sub/c.md\n");
    assert_true(watch_count(watch).overflows > 0);
    put("content/sub/c.md", "three");
    expect("saved sub/c.md\n");
}

static void the_loop_turns_while_events_pour_in(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    shell("/usr/bin/python3 -c '\n"
          "import os, time\n"
          "end = time.time() + 1\n"
          "while time.time() < end:\n"
          "    os.close(os.open(\"content/noise.tmp\", os.O_CREAT | os.O_WRONLY))\n"
          "    os.unlink(\"content/noise.tmp\")' &");
    run(0, 300);
    uint64_t begin = uv_hrtime();
    put("content/a.md", "two");
    expect("saved a.md\n");
    assert_true(uv_hrtime() - begin < 300 * 1000000);
    run(0, 1000);
}

static void a_hundred_thousand_events_leave_no_memory_behind(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    size_t before = 0;
    for (int i = 0; i < 25000; i++) {
        char path[32];
        snprintf(path, sizeof path, "content/%d.md", i % 10);
        put(path, "x"); // made, written, closed
        assert_int_equal(unlink(path), 0);
        if (i % 10 == 9)
            run(0, 1);
        told[0] = '\0';
        if (i == 5000)
            before = mallinfo2().uordblks;
    }
    run(0, 300);
    assert_true(watch_count(watch).events >= 100000);
    assert_int_equal(watch_count(watch).files, 1);
    assert_true(mallinfo2().uordblks < before + 64 * 1024);
}

/* When the kernel gives no watches */

static void without_watches_left_it_polls_and_says_so_once(void **state) {
    (void)state;
    make_folder("content/sub");
    put("content/sub/a.md", "one");
    watches_left = 1;
    watch_content();
    assert_true(watch_is_polling(watch));
    assert_non_null(strstr(warning, "fs.inotify.max_user_watches"));
    make_folder("content/more");
    put("content/sub/a.md", "two");
    expect("saved sub/a.md\n");
    watches_left = -1;
}

static void without_a_descriptor_it_polls_and_says_so_once(void **state) {
    (void)state;
    instances_left = 0;
    watch_content();
    instances_left = -1;
    assert_true(watch_is_polling(watch));
    assert_non_null(strstr(warning, "fs.inotify.max_user_instances"));
    put("content/a.md", "one");
    expect("saved a.md\n");
}

static void polling_tells_two_saves_of_one_tick_of_the_clock(void **state) {
    (void)state;
    setenv("FASCIA_WATCH", "poll", 1);
    put("content/a.md", "one");
    watch_content();
    assert_string_equal(warning, "");
    for (int i = 0; i < 2; i++) {
        put("content/a.md", i % 2 ? "one" : "two");
        run(1, PATIENCE_MS);
        assert_string_equal(told, "saved a.md\n");
        run(2, 700); // perhaps once more, to be sure
        told[0] = '\0';
    }
    expect_silence(700);
}

static void closing_at_once_leaves_nothing(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    put("content/a.md", "two");
    close_watch();
    assert_string_equal(told, "");
    watch_content();
    put("content/a.md", "three");
    uv_run(&loop, UV_RUN_NOWAIT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_closed_file_is_told_in_the_turn_that_reads_its_event),
        TEST(saves_in_one_tick_of_the_clock_are_all_told),
        TEST(a_file_that_was_opened_and_closed_is_not_told),
        TEST(names_of_editors_and_other_kinds_are_not_told),
        TEST(a_file_written_but_not_closed_is_told_after_a_while),
        TEST(a_writer_that_never_ends_is_told_all_the_same),
        TEST(an_emptied_file_has_a_beat_to_get_its_text),
        TEST(a_vanished_file_is_gone_after_a_beat),
        TEST(a_file_that_comes_back_within_the_beat_was_never_gone),
        TEST(a_renamed_file_is_gone_and_saved_in_one_batch),
        TEST(a_temporary_file_that_is_wanted_delays_nothing),
        TEST(what_was_there_at_the_start_is_listed_and_not_told),
        TEST(what_is_changed_between_opening_and_running_is_told),
        TEST(two_roots_are_told_apart),
        TEST(a_folder_with_the_name_of_a_file_is_told_as_one),
        TEST(names_that_are_no_utf8_are_told_as_they_are),
        TEST(a_fifo_is_told_and_not_opened),
        TEST(a_folder_that_may_not_be_opened_is_told_until_it_may),
        TEST(files_made_one_after_the_other_are_one_batch),
        TEST(a_thousand_files_are_one_batch),
        TEST(a_checkout_is_one_batch),
        TEST(a_dead_watch_is_renewed_by_the_scan),
        TEST(a_change_is_found_when_the_queue_overflowed),
        TEST(the_loop_turns_while_events_pour_in),
        TEST(a_hundred_thousand_events_leave_no_memory_behind),
        TEST(without_watches_left_it_polls_and_says_so_once),
        TEST(without_a_descriptor_it_polls_and_says_so_once),
        TEST(polling_tells_two_saves_of_one_tick_of_the_clock),
        TEST(closing_at_once_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

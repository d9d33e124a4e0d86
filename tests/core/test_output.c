#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/resource.h>

#include "output.h"

static struct output output;
static struct arena arena;
static struct diags diags;

static int set_up(void **state) {
    diags = (struct diags){.arena = &arena};
    if (make_folder(state) != 0)
        return -1;
    return output_open(&output, str_of(in_folder("public")), STR("public"), &diags) ? 0 : -1;
}

static int tear_down(void **state) {
    output_close(&output);
    arena_free(&arena);
    return remove_folder(state);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static bool put(const char *path, const char *text) {
    return output_write(&output, str_of(path), str_of(text), &diags);
}

static void expect_error(const char *place, const char *text) {
    assert_int_equal(diags.errors, 1);
    assert_string_equal(diags.first->at.path.at, place);
    assert_non_null(strstr(diags.first->text.at, text));
}

/* How many names a folder holds: what a failed write left behind shows here. */
static int names_in(const char *name) {
    int count = 0;
    DIR *dir = opendir(in_folder(name));
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static void paths_that_stay_in_the_folder_are_good(void **state) {
    (void)state;
    static const char *const good[] = {
        "a",
        "index.html",
        "a/b/c.html",
        "a..b",
        "a/b..",
        "-",
        "~",
        "a b/c d",
        "a?b#c",
        "%2e%2e/x",
        "caf\xC3\xA9.html",
        "cafe\xCC\x81.html", // NFC and NFD
        "\xD8\xB3\xD9\x88\xD8\xA7\xD9\x84/\xE9\x97\xAE.html",
        "con",
        "a.tmp",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (output_path_fault(str_of(good[i])))
            fail_msg("'%s' is refused: %s", good[i], output_path_fault(str_of(good[i])));
}

static void paths_that_could_leave_it_are_faulty(void **state) {
    (void)state;
    static const struct str bad[] = {
        STR_INIT(""),          STR_INIT("/"),     STR_INIT("/a"),   STR_INIT("a/"),
        STR_INIT("a//b"),      STR_INIT("."),     STR_INIT(".."),   STR_INIT("../a"),
        STR_INIT("a/../b"),    STR_INIT("a/.."),  STR_INIT("./a"),  STR_INIT("a/./b"),
        STR_INIT(".a"),        STR_INIT("a/.b"),  STR_INIT("..."),  STR_INIT("a\\b"),
        STR_INIT("c:a"),       STR_INIT("a/b:c"), STR_INIT("a\nb"), STR_INIT("a\x7F"),
        STR_INIT("\x01"),      STR_INIT("a\0b"),  STR_INIT("a\0"),  STR_INIT("\xFF"),
        STR_INIT("a\xC0\xAE"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!output_path_fault(bad[i]))
            fail_msg("'%s' is let through", bad[i].at);
}

static void a_path_may_be_long_but_not_too_long(void **state) {
    (void)state;
    char path[1100];
    memset(path, 'a', sizeof path);
    assert_null(output_path_fault((struct str){path, 200}));
    assert_non_null(output_path_fault((struct str){path, 201}));
    for (size_t i = 100; i < sizeof path; i += 101)
        path[i] = '/';
    assert_null(output_path_fault((struct str){path, 1000}));
    assert_non_null(output_path_fault((struct str){path, 1001}));
    assert_true(output_write(&output, (struct str){path, 1000}, STR("x"), &diags));
}

static void bytes_are_written_with_their_folders(void **state) {
    (void)state;
    assert_true(put("index.html", "top"));
    assert_true(put("a/b/c.html", "deep"));
    assert_true(put("a/b/d.html", ""));
    assert_true(put("a/e.html", "up"));
    assert_string_equal(file_text("public/index.html"), "top");
    assert_string_equal(file_text("public/a/b/c.html"), "deep");
    assert_string_equal(file_text("public/a/b/d.html"), "");
    assert_string_equal(file_text("public/a/e.html"), "up");
    assert_int_equal(output.written, 4);
    assert_int_equal(names_in("public/a/b"), 2);
}

/* The time of change is set back, so that no test has to wait for the clock. */
static void set_back(const char *name) {
    const struct timespec old[2] = {{1000, 0}, {1000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, in_folder(name), old, 0), 0);
}

static void equal_bytes_are_not_written(void **state) {
    (void)state;
    put("a/b.html", "same");
    put("empty", "");
    set_back("public/a/b.html");
    set_back("public/empty");
    ino_t file = status_of("public/a/b.html").st_ino;
    assert_true(put("a/b.html", "same"));
    assert_true(put("empty", ""));
    assert_int_equal(output.unchanged, 2);
    assert_int_equal(output.written, 2);
    assert_int_equal(status_of("public/a/b.html").st_mtime, 1000);
    assert_int_equal(status_of("public/empty").st_mtime, 1000);
    assert_int_equal(status_of("public/a/b.html").st_ino, file);
}

static void other_bytes_of_the_same_length_are_written(void **state) {
    (void)state;
    put("b.html", "same");
    set_back("public/b.html");
    assert_true(put("b.html", "sane"));
    assert_string_equal(file_text("public/b.html"), "sane");
    assert_int_not_equal(status_of("public/b.html").st_mtime, 1000);
    assert_int_equal(output.written, 2);
    assert_true(put("b.html", "sanes"));
    assert_true(put("b.html", "s"));
    assert_string_equal(file_text("public/b.html"), "s");
}

static void large_bytes_are_compared_to_the_end(void **state) {
    (void)state;
    size_t len = 100000;
    char *bytes = must_alloc(len);
    memset(bytes, 'x', len);
    assert_true(output_write(&output, STR("large"), (struct str){bytes, len}, &diags));
    assert_true(output_write(&output, STR("large"), (struct str){bytes, len}, &diags));
    assert_int_equal(output.unchanged, 1);
    bytes[len - 1] = 'y';
    assert_true(output_write(&output, STR("large"), (struct str){bytes, len}, &diags));
    assert_int_equal(output.written, 2);
    assert_int_equal(status_of("public/large").st_size, len);
    free(bytes);
}

static void a_reader_keeps_the_old_file_whole(void **state) {
    (void)state;
    char text[10] = {0};
    put("a.html", "old text");
    int fd = open(in_folder("public/a.html"), O_RDONLY | O_CLOEXEC);
    assert_true(put("a.html", "new"));
    assert_int_equal(read(fd, text, sizeof text), 8);
    assert_string_equal(text, "old text");
    close(fd);
}

static void a_link_in_the_files_place_is_replaced_and_not_followed(void **state) {
    (void)state;
    put_file("secret", "secret");
    put_link("public/a.html", in_folder("secret"));
    put_link("public/b.html", "/nowhere/at/all");
    assert_true(put("a.html", "secret")); // equal bytes behind the link do not count either
    assert_true(put("b.html", "page"));
    assert_string_equal(file_text("secret"), "secret");
    assert_true(S_ISREG(status_of("public/a.html").st_mode));
    assert_true(S_ISREG(status_of("public/b.html").st_mode));
    assert_int_equal(output.written, 2);
}

static void a_link_on_the_way_is_not_followed(void **state) {
    (void)state;
    put_folder("elsewhere");
    put_link("public/a", in_folder("elsewhere"));
    put_link("public/b", "../elsewhere");
    put_link("public/c", in_folder("not-there"));
    put_folder("public/d");
    put_link("public/d/e", "..");
    assert_false(put("a/x.html", "x"));
    expect_error("public/a/x.html", "cannot make its folder");
    assert_false(put("b/sub/x.html", "x"));
    assert_false(put("c/x.html", "x"));
    assert_false(put("d/e/x.html", "x"));
    assert_int_equal(diags.errors, 4);
    assert_int_equal(names_in("elsewhere"), 0);
    assert_int_not_equal(access(in_folder("not-there"), F_OK), 0);
    assert_int_equal(names_in("public"), 4);
}

/* After a folder that had to be made the next is made without looking. */
static void nor_is_one_that_comes_after_a_folder_was_made(void **state) {
    (void)state;
    put_folder("elsewhere");
    put_link("public/a", in_folder("elsewhere"));
    put_link("public/b", in_folder("not-there"));
    assert_true(put("made/x.html", "x"));
    assert_false(put("a/x.html", "x"));
    assert_true(put("made-too/x.html", "x"));
    assert_false(put("a/sub/x.html", "x"));
    assert_true(put("and-this/x.html", "x"));
    assert_false(put("b/x.html", "x"));
    assert_int_equal(names_in("elsewhere"), 0);
    assert_int_not_equal(access(in_folder("not-there"), F_OK), 0);
}

static void in_a_folder_that_was_there_equal_bytes_are_found_after_one_was_made(void **state) {
    (void)state;
    put_folder("public/old");
    put_file("public/old/x.html", "same");
    assert_true(put("made/x.html", "x"));
    assert_true(put("old/x.html", "same"));
    assert_int_equal(output.unchanged, 1);
}

/* On kernels, and in containers, that do not have openat2. */
static void nor_is_one_where_folders_are_walked_one_by_one(void **state) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) != 0 ||
            seccomp_load(filter) != 0)
            _exit(2);
        assert_true(put("made/deep/x.html", "x"));
        assert_string_equal(file_text("public/made/deep/x.html"), "x");
        assert_int_equal(unlink(in_folder("public/made/deep/x.html")), 0);
        assert_int_equal(rmdir(in_folder("public/made/deep")), 0);
        assert_int_equal(rmdir(in_folder("public/made")), 0);
        a_link_on_the_way_is_not_followed(state);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* Containers give the same process numbers again and again. */
static void what_a_killed_build_of_our_number_left_is_no_obstacle(void **state) {
    (void)state;
    char name[64];
    snprintf(name, sizeof name, "public/.fascia-%d.tmp", (int)getpid());
    put_file(name, "half");
    assert_true(put("a.html", "page"));
    assert_string_equal(file_text("public/a.html"), "page");
    assert_int_equal(names_in("public"), 1);
}

static void a_link_in_the_temporary_files_place_is_not_followed(void **state) {
    (void)state;
    char name[64];
    snprintf(name, sizeof name, "public/.fascia-%d.tmp", (int)getpid());
    put_file("secret", "secret");
    put_link(name, in_folder("secret"));
    assert_true(put("a.html", "page"));
    assert_string_equal(file_text("secret"), "secret");
    assert_true(S_ISREG(status_of("public/a.html").st_mode));
}

static void a_folder_in_the_files_place_stays(void **state) {
    (void)state;
    put_folder("public/a.html");
    put_file("public/a.html/mine", "mine");
    assert_false(put("a.html", "page"));
    expect_error("public/a.html", "cannot be written");
    assert_string_equal(file_text("public/a.html/mine"), "mine");
    assert_int_equal(names_in("public"), 1);
}

static void a_file_in_a_folders_place_stays(void **state) {
    (void)state;
    put_file("public/a", "mine");
    assert_false(put("a/b.html", "page"));
    expect_error("public/a/b.html", "cannot make its folder");
    assert_string_equal(file_text("public/a"), "mine");
    assert_true(put("c.html", "page")); // and the rest goes on
}

static void a_fifo_in_the_files_place_is_replaced_without_waiting(void **state) {
    (void)state;
    assert_int_equal(mkfifo(in_folder("public/a.html"), 0644), 0);
    assert_true(put("a.html", "page"));
    assert_string_equal(file_text("public/a.html"), "page");
}

static void another_name_of_the_old_file_keeps_its_bytes(void **state) {
    (void)state;
    put_file("mine", "mine");
    assert_int_equal(link(in_folder("mine"), in_folder("public/a.html")), 0);
    assert_true(put("a.html", "page"));
    assert_string_equal(file_text("mine"), "mine");
}

/* A limit on the size of files stands in for a full disk. */
static void a_write_that_fails_leaves_what_was_there(void **state) {
    (void)state;
    struct rlimit before, small;
    char *large = must_alloc(1 << 20);
    memset(large, 'x', 1 << 20);
    assert_true(put("a.html", "old"));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){64 * 1024, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    bool good = output_write(&output, STR("a.html"), (struct str){large, 1 << 20}, &diags);
    setrlimit(RLIMIT_FSIZE, &before);
    free(large);
    assert_false(good);
    expect_error("public/a.html", "cannot be written: File too large");
    assert_string_equal(file_text("public/a.html"), "old");
    assert_int_equal(names_in("public"), 1);
    assert_int_equal(output.written, 1);
}

static bool cannot_write_there(void) {
    return !put("locked/a.html", "new") && !put("locked/b.html", "new") &&
           !put("locked/c/d.html", "new") && diags.errors == 3;
}

static void a_folder_that_may_not_be_written_gives_errors(void **state) {
    (void)state;
    put("locked/a.html", "old");
    chmod(in_folder("public/locked"), 0555);
    assert_true(holds_for_nobody(cannot_write_there));
    chmod(in_folder("public/locked"), 0755);
    assert_string_equal(file_text("public/locked/a.html"), "old");
    assert_int_equal(names_in("public/locked"), 1);
}

static void a_folder_that_cannot_be_made_is_one_error(void **state) {
    (void)state;
    struct output other;
    put_file("file", "mine");
    assert_false(output_open(&other, str_of(in_folder("file")), STR("file"), &diags));
    expect_error("file", "cannot open this folder");
    output_close(&other);
    assert_false(output_open(&other, str_of(in_folder("no/such/folder")), STR("x"), &diags));
    assert_int_equal(diags.errors, 2);
    output_close(&other);
    assert_string_equal(file_text("file"), "mine");
}

/* The folder written to last stays open: it must not be taken for one that came in its place. */
static void a_folder_that_was_removed_is_made_again(void **state) {
    (void)state;
    assert_true(put("a/x.html", "x"));
    assert_int_equal(unlink(in_folder("public/a/x.html")), 0);
    assert_int_equal(rmdir(in_folder("public/a")), 0);
    assert_true(put("b/x.html", "x"));
    assert_true(put("a/x.html", "x"));
    assert_string_equal(file_text("public/a/x.html"), "x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(paths_that_stay_in_the_folder_are_good),
        TEST(paths_that_could_leave_it_are_faulty),
        TEST(a_path_may_be_long_but_not_too_long),
        TEST(bytes_are_written_with_their_folders),
        TEST(equal_bytes_are_not_written),
        TEST(other_bytes_of_the_same_length_are_written),
        TEST(large_bytes_are_compared_to_the_end),
        TEST(a_reader_keeps_the_old_file_whole),
        TEST(a_link_in_the_files_place_is_replaced_and_not_followed),
        TEST(a_link_on_the_way_is_not_followed),
        TEST(nor_is_one_that_comes_after_a_folder_was_made),
        TEST(in_a_folder_that_was_there_equal_bytes_are_found_after_one_was_made),
        TEST(what_a_killed_build_of_our_number_left_is_no_obstacle),
        TEST(a_link_in_the_temporary_files_place_is_not_followed),
        TEST(nor_is_one_where_folders_are_walked_one_by_one),
        TEST(a_folder_in_the_files_place_stays),
        TEST(a_file_in_a_folders_place_stays),
        TEST(a_fifo_in_the_files_place_is_replaced_without_waiting),
        TEST(another_name_of_the_old_file_keeps_its_bytes),
        TEST(a_write_that_fails_leaves_what_was_there),
        TEST(a_folder_that_may_not_be_written_gives_errors),
        TEST(a_folder_that_cannot_be_made_is_one_error),
        TEST(a_folder_that_was_removed_is_made_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "folder.h"

#include <sys/socket.h>
#include <sys/un.h>

#include "content.h"

enum { MB = 1 << 20 };

static struct arena arena;
static struct diags diags;
static struct content_list list;
static struct buf bytes;

static int set_up(void **state) {
    diags = (struct diags){.arena = &arena};
    return make_folder(state);
}

static int tear_down(void **state) {
    buf_free(&bytes);
    arena_free(&arena);
    return remove_folder(state);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static const struct content_filter articles = {.is_wanted = content_is_article};

static bool find(uint64_t skip_dev, uint64_t skip_ino) {
    return content_find(&list, &arena, str_of(folder_path), STR("content"), articles, skip_dev,
                        skip_ino, &diags);
}

static void expect_files(const char *joined) {
    struct buf found = BUF_INIT;
    for (size_t i = 0; i < list.count; i++)
        buf_printf(&found, "%s%.*s", i ? " " : "", STR_ARG(list.files[i].path));
    buf_char(&found, '\0');
    assert_string_equal(found.at, joined);
    buf_free(&found);
}

static bool read_file(const char *name, size_t most_bytes) {
    struct str place = arena_printf(&arena, "content/%s", name);
    return content_read(&bytes, str_of(in_folder(name)), place, most_bytes, &diags);
}

static void expect_error(const char *code, const char *place, const char *text) {
    assert_int_equal(diags.errors, 1);
    assert_string_equal(diags.first->code.at, code);
    assert_string_equal(diags.first->at.path.at, place);
    assert_non_null(strstr(diags.first->text.at, text));
}

static void files_are_found_in_the_order_of_their_paths(void **state) {
    (void)state;
    put_folder("b");
    put_folder("a.d");
    put_file("z.md", "");
    put_file("b/a.txt", "");
    put_file("a.markdown", "");
    put_file("b/B.md", "");
    put_file("a.d/x.md", "");
    put_file("b.md", "");
    put_file("\xC3\xA9.md", "");
    put_file("site.yaml", "");
    put_file("picture.jpg", "");
    put_file("a.md.bak", "");
    assert_true(find(0, 0));
    expect_files("a.d/x.md a.markdown b.md b/B.md b/a.txt z.md \xC3\xA9.md");
    assert_string_equal(list.files[4].place.at, "content/b/a.txt");
    assert_null(diags.first);
}

static void what_editors_keep_is_passed_over(void **state) {
    (void)state;
    static const char *const foreign[] = {
        ".hidden.md", "a.md~",   "#a.md#",   "#a.md",    ".#a.md",           "a.md.swp",
        ".a.md.swx",  "4913",    "a.md.tmp", "a.md.bck", "a.md___jb_tmp___", "___jb_old___a.md",
        "a.vsctmp",   "~$a.md~",
    };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        put_file(foreign[i], "");
    put_folder(".git");
    put_file(".git/a.md", "");
    put_folder("old~");
    put_file("old~/a.md", "");
    put_file("a.md", "");
    assert_true(find(0, 0));
    expect_files("a.md");
    assert_null(diags.first);
}

static void an_empty_folder_has_no_files(void **state) {
    (void)state;
    assert_true(find(0, 0));
    assert_int_equal(list.count, 0);
}

static void a_folder_that_is_none_is_refused(void **state) {
    (void)state;
    put_file("a.md", "");
    assert_false(content_find(&list, &arena, str_of(in_folder("nothing")), STR("x"),
                              articles, 0, 0, &diags));
    assert_false(content_find(&list, &arena, str_of(in_folder("a.md")), STR("x"),
                              articles, 0, 0, &diags));
    assert_null(diags.first);
}

static void a_folder_named_like_an_article_is_an_error(void **state) {
    (void)state;
    put_folder("a.md");
    put_file("a.md/b.md", "");
    put_file("c.md", "");
    assert_true(find(0, 0));
    expect_files("c.md");
    expect_error("not-a-file", "content/a.md", "this is a folder");
}

static void links_are_followed_and_loops_are_not(void **state) {
    (void)state;
    put_folder("a");
    put_folder("a/b");
    put_file("a/b/x.md", "");
    put_link("a/b/up", "..");
    put_link("a/b/top", "../..");
    put_link("a/here", ".");
    put_link("self", "self");
    put_link("y.md", "a/b/x.md");
    put_link("other", "a/b");
    assert_true(find(0, 0));
    expect_files("a/b/x.md other/x.md y.md");
    assert_null(diags.first);
}

static void the_output_folder_is_left_out(void **state) {
    (void)state;
    put_folder("public");
    put_file("public/a.md", "");
    put_file("a.md", "");
    struct stat st = status_of("public");
    assert_true(find(st.st_dev, st.st_ino));
    expect_files("a.md");
}

static void a_name_that_is_not_utf8_is_an_error_of_its_own(void **state) {
    (void)state;
    put_file("a\xFF.md", "");
    put_file("b.md", "");
    put_folder("c\xFE");
    put_file("c\xFE/d.md", "");
    assert_true(find(0, 0));
    expect_files("b.md");
    assert_int_equal(diags.errors, 2);
    for (struct diag *d = diags.first; d; d = d->next)
        assert_true(strcmp(d->at.path.at, "content/a\\xff.md") == 0 ||
                    strcmp(d->at.path.at, "content/c\\xfe") == 0);
}

static bool finds_the_rest(void) {
    return find(0, 0) && list.count == 1 && diags.errors == 1 &&
           str_eq(diags.first->code, STR("unreadable")) &&
           str_eq(diags.first->at.path, STR("content/locked"));
}

static void an_unreadable_folder_is_an_error_and_the_rest_goes_on(void **state) {
    (void)state;
    put_folder("locked");
    put_file("locked/b.md", "");
    put_file("a.md", "");
    chmod(folder_path, 0755);
    chmod(in_folder("locked"), 0);
    assert_true(holds_for_nobody(finds_the_rest));
    chmod(in_folder("locked"), 0755);
}

static bool cannot_read(void) {
    return !read_file("secret.md", MB) && diags.errors == 1 &&
           str_eq(diags.first->code, STR("unreadable"));
}

static void a_file_that_may_not_be_read_is_an_error(void **state) {
    (void)state;
    put_file("secret.md", "secret");
    chmod(folder_path, 0755);
    chmod(in_folder("secret.md"), 0);
    assert_true(holds_for_nobody(cannot_read));
}

static void bytes_are_appended(void **state) {
    (void)state;
    put_file("a.md", "text");
    put_file("empty.md", "");
    buf_put(&bytes, STR("> "));
    assert_true(read_file("a.md", MB));
    assert_true(read_file("empty.md", MB));
    assert_true(read_file("a.md", 4)); // exactly as large as may be
    assert_true(str_eq(buf_str(&bytes), STR("> texttext")));
}

static void what_is_no_file_gives_one_message_at_once(void **state) {
    (void)state;
    put_folder("folder.md");
    assert_int_equal(mkfifo(in_folder("fifo.md"), 0644), 0);
    put_link("zero.md", "/dev/zero");
    put_link("loop.md", "loop.md");
    put_link("dangling.md", "nowhere");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, in_folder("socket.md"));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    static const char *const cases[][3] = {
        {"folder.md", "not-a-file", "a folder"},
        {"fifo.md", "not-a-file", "a fifo"},
        {"zero.md", "not-a-file", "a device"},
        {"loop.md", "unreadable", "symbolic links"},
        {"dangling.md", "unreadable", "No such"},
        {"socket.md", "unreadable", "No such device"},
        {"vanished.md", "unreadable", "No such file"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags = (struct diags){.arena = &arena};
        assert_false(read_file(cases[i][0], MB));
        expect_error(cases[i][1], arena_printf(&arena, "content/%s", cases[i][0]).at, cases[i][2]);
    }
    close(fd);
    assert_int_equal(bytes.len, 0);
}

/* They are listed, so that each has its message when it is read. */
static void special_files_are_listed_under_an_articles_name(void **state) {
    (void)state;
    assert_int_equal(mkfifo(in_folder("fifo.md"), 0644), 0);
    assert_int_equal(mkfifo(in_folder("fifo"), 0644), 0);
    put_link("loop.md", "loop.md");
    put_link("zero.txt", "/dev/zero");
    assert_true(find(0, 0));
    expect_files("fifo.md loop.md zero.txt");
}

static void a_file_that_is_too_large_is_not_read(void **state) {
    (void)state;
    put_file("sparse.md", "x");
    assert_int_equal(truncate(in_folder("sparse.md"), (off_t)1 << 40), 0);
    put_file("five.md", "12345");
    assert_false(read_file("sparse.md", 8 * MB));
    expect_error("too-large", "content/sparse.md", "larger than 8 MB");
    assert_int_not_equal(diags.first->help.len, 0);
    assert_false(read_file("five.md", 4));
    assert_int_equal(bytes.len, 0);
}

/* Its size says 0: as with a file that grows while it is read, only reading tells. */
static void a_file_that_is_longer_than_it_says_is_read_to_its_end_or_limit(void **state) {
    (void)state;
    put_link("grows.md", "/proc/version");
    assert_true(read_file("grows.md", MB));
    size_t len = bytes.len;
    assert_true(len > 20);
    assert_true(read_file("grows.md", len));
    bytes.len = 0;
    assert_false(read_file("grows.md", len - 1));
    expect_error("too-large", "content/grows.md", "larger");
}

static void a_path_that_is_too_long_is_an_error(void **state) {
    (void)state;
    char path[5000];
    memset(path, 'a', sizeof path);
    assert_false(content_read(&bytes, (struct str){path, sizeof path}, STR("a"), MB, &diags));
    expect_error("unreadable", "a", "too long");
}

static void paths_are_joined_without_doubling_the_slash(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"},
        {".", "b", "b"},   {"/", "b", "/b"},   {"..", "b", "../b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(content_join(&arena, str_of(cases[i][0]), str_of(cases[i][1])).at,
                            cases[i][2]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(files_are_found_in_the_order_of_their_paths),
        TEST(what_editors_keep_is_passed_over),
        TEST(an_empty_folder_has_no_files),
        TEST(a_folder_that_is_none_is_refused),
        TEST(a_folder_named_like_an_article_is_an_error),
        TEST(links_are_followed_and_loops_are_not),
        TEST(the_output_folder_is_left_out),
        TEST(a_name_that_is_not_utf8_is_an_error_of_its_own),
        TEST(an_unreadable_folder_is_an_error_and_the_rest_goes_on),
        TEST(a_file_that_may_not_be_read_is_an_error),
        TEST(bytes_are_appended),
        TEST(what_is_no_file_gives_one_message_at_once),
        TEST(special_files_are_listed_under_an_articles_name),
        TEST(a_file_that_is_too_large_is_not_read),
        TEST(a_file_that_is_longer_than_it_says_is_read_to_its_end_or_limit),
        TEST(a_path_that_is_too_long_is_an_error),
        TEST(paths_are_joined_without_doubling_the_slash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "watch_seen.h"

static const struct watch_root needed = {
    .path = STR_INIT("content"), .filter.is_wanted = content_is_article, .must_exist = true};

static void what_is_in_a_new_folder_is_told(void **state) {
    (void)state;
    watch_content();
    shell("mkdir -p content/a/b/c && echo text > content/a/b/c/x.md && echo text > content/a/y.md");
    expect("saved a/b/c/x.md, saved a/y.md\n");
    put("content/a/b/c/x.md", "more");
    expect("saved a/b/c/x.md\n");
    assert_int_equal(watch_count(watch).folders, 4);
}

static void a_folder_is_moved_in_and_out(void **state) {
    (void)state;
    watch_content();
    shell("mkdir -p outside/b && echo text > outside/b/x.md && echo text > outside/y.md");
    move("outside", "content/a");
    expect("saved a/b/x.md, saved a/y.md\n");
    put("content/a/b/x.md", "more");
    expect("saved a/b/x.md\n");
    move("content/a", "outside");
    expect("gone a/b/x.md, gone a/y.md\n");
    put("outside/b/x.md", "not ours any more");
    expect_silence(300);
    assert_int_equal(watch_count(watch).folders, 1);
}

static void a_renamed_folder_is_gone_and_saved_in_one_batch(void **state) {
    (void)state;
    shell("mkdir -p content/a/b && echo text > content/a/b/x.md");
    watch_content();
    move("content/a", "content/c");
    expect("gone a/b/x.md, saved c/b/x.md\n");
    put("content/c/b/x.md", "more");
    expect("saved c/b/x.md\n");
}

static void a_folder_away_for_a_moment_was_never_gone(void **state) {
    (void)state;
    shell("mkdir content/a && echo text > content/a/x.md");
    watch_content();
    move("content/a", "content/.away");
    run(1, WATCH_BEAT_MS / 2);
    move("content/.away", "content/a");
    expect_silence(300);
    put("content/a/x.md", "more");
    expect("saved a/x.md\n");
}

static void of_a_swapped_folder_only_what_differs_is_told(void **state) {
    (void)state;
    shell("mkdir content/a && cd content/a && echo text > x.md && echo text > y.md && echo > z.md");
    watch_content();
    shell("mkdir content/.new && cd content/.new && ln ../a/x.md . && echo other > y.md && "
          "echo new > n.md");
    shell("cd content && mv a .old && mv .new a");
    expect("gone a/z.md, saved a/n.md, saved a/x.md, saved a/y.md\n"); // x: one more link to it
    put("content/a/y.md", "again");
    expect("saved a/y.md\n");
    put("content/.old/y.md", "nobody looks here");
    expect_silence(300);
}

static void a_folder_removed_and_made_again_is_watched_again(void **state) {
    (void)state;
    shell("mkdir content/a && echo text > content/a/x.md");
    watch_content();
    for (int i = 0; i < 3; i++) {
        shell("rm -r content/a && mkdir content/a && echo again > content/a/x.md");
        expect("saved a/x.md\n");
        put("content/a/x.md", "and later");
        expect("saved a/x.md\n");
    }
    shell("rm -r content/a");
    expect("gone a/x.md\n");
    shell("mkdir content/a && echo again > content/a/x.md");
    expect("saved a/x.md\n");
}

static void a_file_takes_the_place_of_a_folder_and_back(void **state) {
    (void)state;
    shell("mkdir content/a && echo text > content/a/x.md");
    watch_content();
    shell("rm -r content/a && echo text > content/a");
    expect("gone a/x.md\n");
    shell("rm content/a && mkdir content/a && echo text > content/a/x.md");
    expect("saved a/x.md\n");
}

/* Roots */

static void a_root_that_vanishes_takes_its_files_along(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    move("content", "away");
    expect("gone , gone a.md\n");
    assert_false(watch_is_there(watch, 0));
    move("away", "content");
    expect("saved , saved a.md\n");
    assert_true(watch_is_there(watch, 0));
    put("content/a.md", "two");
    expect("saved a.md\n");
}

static void files_of_a_root_that_must_exist_wait_for_its_return(void **state) {
    (void)state;
    shell("mkdir content/sub && cd content && echo text | tee a.md b.md sub/c.md > ../all");
    open_watch(&needed, 1);
    shell("cp -a content copy; rm -r content");
    expect("gone \n");
    expect_silence(300);
    shell("rm copy/b.md; echo new > copy/d.md; touch -d @1 copy/sub/c.md; mv copy content");
    expect("gone b.md, saved , saved a.md, saved d.md, saved sub/c.md\n");
    put("content/sub/c.md", "new");
    expect("saved sub/c.md\n");
}

static void a_swapped_root_is_watched_at_once(void **state) {
    (void)state;
    put("content/a.md", "one");
    open_watch(&needed, 1);
    for (int i = 0; i < 3; i++) {
        shell("mkdir new && echo new > new/a.md && mv content old && mv new content && rm -r old");
        expect("saved a.md\n");
        put("content/a.md", "and later");
        expect("saved a.md\n");
    }
}

static void a_root_may_come_later(void **state) {
    (void)state;
    const struct watch_root root = {.path = STR("site/content"),
                                    .filter.is_wanted = content_is_article};
    open_watch(&root, 1);
    assert_false(watch_is_there(watch, 0));
    expect_silence(300);
    shell("mkdir -p site/content && echo text > site/content/a.md");
    expect("saved , saved a.md\n");
}

static void a_swap_above_the_root_is_found(void **state) {
    (void)state;
    const struct watch_root root = {
        .path = STR("site/content"), .filter.is_wanted = content_is_article, .must_exist = true};
    shell("mkdir -p site/content/sub && echo text > site/content/sub/a.md && cp -a site new");
    open_watch(&root, 1);
    put("new/content/sub/a.md", "other");
    shell("mv site old && mv new site");
    expect("saved sub/a.md\n");
    put("site/content/sub/a.md", "and later");
    expect("saved sub/a.md\n");
}

static void the_output_in_a_watched_folder_is_never_entered(void **state) {
    (void)state;
    watch_content();
    for (int i = 0; i < 2; i++) {
        shell("mkdir content/public && echo text > content/public/a.md");
        expect_silence(200);
        shell("rm -r content/public");
    }
    shell("mkdir content/public; echo text > content/public/a.md; mv content/public content/kept");
    expect("saved kept/a.md\n");
}

/* Links */

static void the_target_of_a_link_is_compared(void **state) {
    (void)state;
    put("target", "one");
    assert_int_equal(symlink("../target", "content/a.md"), 0);
    watch_content();
    put("target", "other");
    expect("saved a.md\n");
    assert_int_equal(unlink("target"), 0);
    expect("saved a.md\n"); // the link is still there, but leads nowhere
    put("target", "again");
    expect("saved a.md\n");
}

static void a_linked_folder_is_watched_and_followed_when_the_link_turns(void **state) {
    (void)state;
    shell("mkdir one two && echo text | tee one/a.md two/a.md > all && ln -s ../one content/sub");
    watch_content();
    put("one/a.md", "more");
    expect("saved sub/a.md\n");
    shell("ln -s ../two content/.new && mv -T content/.new content/sub");
    expect("saved sub/a.md\n");
    put("one/a.md", "nobody looks here");
    expect_silence(300);
    put("two/a.md", "more");
    expect("saved sub/a.md\n");
    assert_int_equal(unlink("content/sub"), 0);
    expect("gone sub/a.md\n");
}

static void a_folder_of_two_names_is_told_under_both(void **state) {
    (void)state;
    shell("mkdir content/a && ln -s a content/b && echo one > content/a/x.md");
    watch_content();
    put("content/a/x.md", "more");
    expect("saved a/x.md, saved b/x.md\n");
    assert_int_equal(unlink("content/b"), 0);
    expect("gone b/x.md\n");
    put("content/a/x.md", "even more");
    expect("saved a/x.md\n");
}

static void loops_end(void **state) {
    (void)state;
    shell("mkdir content/a && cd content && ln -s .. a/up && ln -s . a/self && ln -s b b");
    watch_content();
    assert_int_equal(watch_count(watch).folders, 2);
    put("content/a/x.md", "text");
    expect("saved a/x.md\n");
    assert_int_equal(symlink("..", "content/a/again"), 0);
    expect_silence(200);
    assert_int_equal(watch_count(watch).folders, 2);
}

static void folders_may_be_nested_very_deep(void **state) {
    (void)state;
    char path[3000] = "content";
    watch_content();
    for (int i = 0; i < 1000; i++)
        strcat(path, "/d");
    strcat(path, "/x.md");
    char command[7000];
    snprintf(command, sizeof command, "mkdir -p $(dirname %s) && echo text > %s", path, path);
    shell(command);
    run(1, PATIENCE_MS);
    assert_int_equal(watch_count(watch).folders, 1001);
    assert_non_null(strstr(told, "/d/x.md\n"));
    told[0] = '\0';
    put(path, "more");
    run(1, PATIENCE_MS);
    assert_non_null(strstr(told, "/d/x.md\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_in_a_new_folder_is_told),
        TEST(a_folder_is_moved_in_and_out),
        TEST(a_renamed_folder_is_gone_and_saved_in_one_batch),
        TEST(a_folder_away_for_a_moment_was_never_gone),
        TEST(of_a_swapped_folder_only_what_differs_is_told),
        TEST(a_folder_removed_and_made_again_is_watched_again),
        TEST(a_file_takes_the_place_of_a_folder_and_back),
        TEST(a_root_that_vanishes_takes_its_files_along),
        TEST(files_of_a_root_that_must_exist_wait_for_its_return),
        TEST(a_swapped_root_is_watched_at_once),
        TEST(a_root_may_come_later),
        TEST(a_swap_above_the_root_is_found),
        TEST(the_output_in_a_watched_folder_is_never_entered),
        TEST(the_target_of_a_link_is_compared),
        TEST(a_linked_folder_is_watched_and_followed_when_the_link_turns),
        TEST(a_folder_of_two_names_is_told_under_both),
        TEST(loops_end),
        TEST(folders_may_be_nested_very_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

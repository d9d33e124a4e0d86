#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session_plugins.h"

#include <string.h>

static struct session s;
static struct diags messages;
static struct known_plugin plugins[2];

static int set_up(void **state) {
    (void)state;
    s = (struct session){.plugins = plugins, .plugin_count = 2, .diags = &messages};
    messages = (struct diags){.arena = &s.arena};
    plugins[0] = (struct known_plugin){.place = STR("plugins/a.lua")};
    plugins[1] = (struct known_plugin){.place = STR("plugins/b.lua")};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&s.config);
    arena_free(&s.arena);
    return 0;
}

/* What a worker says: `count` endings, of which some come. */
static bool take(struct known_plugin *p, uint32_t count, const char *const *endings,
                 uint32_t given) {
    struct buf said = BUF_INIT;
    wire_put_u32(&said, count);
    for (uint32_t i = 0; i < given; i++)
        wire_put_str(&said, str_of(endings[i]));
    struct wire in = {.rest = buf_str(&said)};
    bool good = readers_take(&s, p, &in);
    buf_free(&said);
    return good;
}

static void what_no_plugin_can_say_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"", ".", "x", "./x", ".\xff", ".md", ".x.txt", ". x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(take(&plugins[0], 1, &wrong[i], 1));
    static const char *const good[] = {".x"};
    assert_false(take(&plugins[0], 2, good, 1));
    assert_false(take(&plugins[0], UINT32_MAX, good, 1));
    assert_true(take(&plugins[0], 1, good, 1));
    assert_true(take(&plugins[1], 0, NULL, 0));
}

static void the_longest_ending_reads(void **state) {
    (void)state;
    static const char *const a[] = {".x", ".z"}, *const b[] = {".y.x"};
    assert_true(take(&plugins[0], 2, a, 2) && take(&plugins[1], 1, b, 1));
    readers_gather(&s);
    assert_int_equal(session_reader(&s, STR("q.x"))->plugin, 0);
    assert_int_equal(session_reader(&s, STR("sub/q.y.x"))->plugin, 1);
    assert_null(session_reader(&s, STR("q.y")));
    assert_null(session_reader(&s, STR("q.md")));
    assert_int_equal(messages.errors, 0);
}

static void one_ending_of_two_plugins_is_the_first_ones(void **state) {
    (void)state;
    static const char *const same[] = {".x"}, *const foreign[] = {".x", ".tmp"};
    assert_true(take(&plugins[0], 1, same, 1) && take(&plugins[1], 2, foreign, 2));
    readers_gather(&s);
    assert_int_equal(s.reader_count, 1);
    assert_int_equal(session_reader(&s, STR("q.x"))->plugin, 0);
    assert_int_equal(messages.errors, 2);
    assert_non_null(strstr(messages.first->text.at, "plugins/a.lua"));
    assert_true(str_eq(messages.first->at.path, STR("plugins/b.lua")));
    assert_true(str_eq(messages.last->code, STR("reader-foreign")));
}

static void a_filter_knows_the_endings_of_now(void **state) {
    (void)state;
    static const char *const one[] = {".x"};
    assert_false(content_is_article(&s.endings, STR("q.x")));
    assert_true(take(&plugins[0], 1, one, 1));
    readers_gather(&s);
    session_keep_reader(&s, 1, STR(".yaml"));
    session_keep_reader(&s, 1, STR(".x")); // which another has got
    session_set_endings(&s);
    assert_int_equal(s.endings.count, 2);
    assert_true(content_is_article(&s.endings, STR("q.x")));
    assert_true(content_is_article(&s.endings, STR("q.yaml")));
    assert_true(content_is_article(&s.endings, STR("q.md")));
    assert_false(content_is_article(&s.endings, STR("site.yaml")));
    assert_false(content_is_article(&s.endings, STR("q.z")));
    const struct str *before = s.endings.at;
    session_set_endings(&s); // a watcher may be asking: what is the same stays
    assert_ptr_equal(s.endings.at, before);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_no_plugin_can_say_is_refused),
        TEST(the_longest_ending_reads),
        TEST(one_ending_of_two_plugins_is_the_first_ones),
        TEST(a_filter_knows_the_endings_of_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session_plugins.h"

#include <string.h>

/* What a worker says of a plugin, which may be anything. */

static struct session s;
static struct diags messages;
static struct known_plugin plugins[1];
static struct answer answer;

static int set_up(void **state) {
    (void)state;
    s = (struct session){.plugins = plugins, .plugin_count = 1, .diags = &messages};
    messages = (struct diags){.arena = &s.arena};
    plugins[0] = (struct known_plugin){.name = STR("a"), .place = STR("plugins/a.lua")};
    plugins[0].load = (struct unit){.kind = UNIT_PLUGIN};
    answer = (struct answer){0};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    buf_free(&answer.record[RECORD_PLUGIN]);
    buf_free(&answer.record[RECORD_ITEMS]);
    arena_free(&s.config);
    arena_free(&s.arena);
    arena_free(&s.update);
    return 0;
}

static struct buf *said(void) {
    return &answer.record[RECORD_PLUGIN];
}

static void say_str(const char *text) {
    wire_put_str(said(), str_of(text));
}

static void say_export(const char *name, uint32_t each) {
    say_str(name);
    wire_put_u32(said(), each);
    say_str("");
    say_str("{slug}/x.txt");
    wire_put_u32(said(), 0);
    say_str("");
}

static void say_check(const char *code, uint32_t each, uint32_t severity) {
    say_str(code);
    wire_put_u32(said(), each);
    wire_put_u32(said(), severity);
    say_str("what is wrong");
    say_str("what stands behind it");
}

/* As a plugin of `exports` exports begins. */
static void say_plugin(uint32_t exports) {
    say_str("a");
    say_str("for tests");
    wire_put_u32(said(), exports);
}

/* Whether it was taken; a description that was not leaves nothing behind. */
static bool take(void) {
    plugins_take_load(&s, &plugins[0].load, POOL_MADE, NULL, &answer);
    assert_true(plugins[0].is_described != plugins[0].is_broken);
    if (plugins[0].is_described)
        return true;
    assert_int_equal(messages.errors, 1);
    assert_true(str_eq(messages.first->code, STR("protocol")));
    assert_int_equal(s.export_count, 0);
    assert_int_equal(plugins[0].check_count, 0);
    assert_int_equal(plugins[0].reader_count, 0);
    return false;
}

static void what_makes_sense_is_taken(void **state) {
    (void)state;
    say_plugin(1);
    say_export("x.txt", EACH_ARTICLE);
    wire_put_u32(said(), 1);
    say_check("x-y", EACH_SITE, SEVERITY_INFO);
    wire_put_u32(said(), 1);
    say_str(".x");
    assert_true(take());
    assert_true(str_eq(s.exports[0].name, STR("x.txt")));
    assert_int_equal(plugins[0].checks[0].severity, SEVERITY_INFO);
    assert_int_equal(plugins[0].reader_count, 1);
}

static void nothing_is_no_description(void **state) {
    (void)state;
    assert_false(take());
}

static void more_exports_than_a_plugin_may_have_are_refused(void **state) {
    (void)state;
    say_plugin(MOST_EXPORTS + 1);
    for (uint32_t i = 0; i <= MOST_EXPORTS; i++)
        say_export("x.txt", EACH_ARTICLE);
    wire_put_u32(said(), 0);
    wire_put_u32(said(), 0);
    assert_false(take());
}

static void an_export_that_no_plugin_can_have_is_refused(void **state) {
    (void)state;
    say_plugin(1);
    say_export("../x.txt", EACH_ARTICLE);
    assert_false(take());
}

static void an_export_for_nothing_is_refused(void **state) {
    (void)state;
    say_plugin(1);
    say_export("x.txt", EACH_FUNCTION + 1);
    assert_false(take());
}

static void more_checks_than_there_can_be_are_refused(void **state) {
    (void)state;
    say_plugin(1);
    say_export("x.txt", EACH_ARTICLE);
    wire_put_u32(said(), UINT32_MAX);
    assert_false(take());
}

static void a_check_that_makes_no_sense_is_refused(void **state) {
    (void)state;
    say_plugin(0);
    wire_put_u32(said(), 2);
    say_check("good", EACH_ARTICLE, SEVERITY_ERROR);
    say_check("bad", EACH_ARTICLE, SEVERITY_OFF + 1);
    assert_false(take());
}

static void checks_go_with_readers_that_are_refused(void **state) {
    (void)state;
    say_plugin(0);
    wire_put_u32(said(), 1);
    say_check("good", EACH_ARTICLE, SEVERITY_ERROR);
    wire_put_u32(said(), 1);
    say_str("no ending");
    assert_false(take());
}

/* What an `each` function gave, as a worker tells it. */

static void say_item(const char *key) {
    wire_put_str(&answer.record[RECORD_ITEMS], str_of(key));
    wire_put_str(&answer.record[RECORD_ITEMS], STR("value"));
}

static bool take_items(void) {
    bool good = session_check_items(&s, &answer, (struct place){.path = plugins[0].place});
    assert_int_equal(messages.errors, !good);
    return good;
}

static void items_are_taken_one_by_one(void **state) {
    (void)state;
    say_item("a");
    say_item("b");
    assert_true(take_items());
    struct wire items = {.rest = buf_str(&answer.record[RECORD_ITEMS])};
    struct str key, value;
    assert_true(session_next_item(&items, &key, &value) && str_eq(key, STR("a")));
    assert_true(session_next_item(&items, &key, &value) && str_eq(value, STR("value")));
    assert_false(session_next_item(&items, &key, &value));
}

static void no_items_are_a_list_too(void **state) {
    (void)state;
    assert_true(take_items());
}

static void a_key_that_no_plugin_can_give_is_refused(void **state) {
    (void)state;
    char longest[EACH_KEY_BYTES + 2] = "";
    memset(longest, 'x', EACH_KEY_BYTES + 1);
    const char *const wrong[] = {"", "\xff", longest};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        answer.record[RECORD_ITEMS].len = 0;
        messages = (struct diags){.arena = &s.arena};
        say_item("good");
        say_item(wrong[i]);
        assert_false(take_items());
    }
}

static void more_items_than_there_may_be_are_refused(void **state) {
    (void)state;
    char key[16];
    for (int i = 0; i < EACH_MOST; i++) {
        snprintf(key, sizeof key, "%d", i);
        say_item(key);
    }
    assert_true(take_items());
    say_item("x");
    assert_false(take_items());
}

static void items_that_are_cut_off_are_refused(void **state) {
    (void)state;
    say_item("a");
    answer.record[RECORD_ITEMS].len--;
    assert_false(take_items());
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_makes_sense_is_taken),
        TEST(nothing_is_no_description),
        TEST(more_exports_than_a_plugin_may_have_are_refused),
        TEST(an_export_that_no_plugin_can_have_is_refused),
        TEST(an_export_for_nothing_is_refused),
        TEST(more_checks_than_there_can_be_are_refused),
        TEST(a_check_that_makes_no_sense_is_refused),
        TEST(checks_go_with_readers_that_are_refused),
        TEST(items_are_taken_one_by_one),
        TEST(no_items_are_a_list_too),
        TEST(a_key_that_no_plugin_can_give_is_refused),
        TEST(more_items_than_there_may_be_are_refused),
        TEST(items_that_are_cut_off_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

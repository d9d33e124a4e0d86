/* What a worker that a plugin has taken over says of plugins and of items: it is refused as a
 * whole, with one error, and soon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "message.h"
#include "session_plugins.h"

enum { MANY = 1000 * 1000 };

static struct session s;
static struct diags messages;
static struct known_plugin plugins[2];
static struct answer answer;

static int set_up(void **state) {
    (void)state;
    s = (struct session){.plugins = plugins, .plugin_count = 2, .diags = &messages};
    messages = (struct diags){.arena = &s.arena};
    plugins[0] = (struct known_plugin){.name = STR("p"), .place = STR("plugins/p.lua")};
    plugins[1] = (struct known_plugin){.name = STR("q"), .place = STR("plugins/q.lua")};
    answer = (struct answer){.came = 0};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    for (int kind = 0; kind < RECORD_END; kind++)
        buf_free(&answer.record[kind]);
    arena_free(&s.update);
    arena_free(&s.config);
    arena_free(&s.arena);
    return 0;
}

/* What it says of itself. */

static void say_name(void) {
    wire_put_str(&answer.record[RECORD_PLUGIN], STR("p"));
    wire_put_str(&answer.record[RECORD_PLUGIN], STR("what it is"));
}

static void say_count(uint32_t count) {
    wire_put_u32(&answer.record[RECORD_PLUGIN], count);
}

static void say_export(struct str name, uint32_t each) {
    struct buf *b = &answer.record[RECORD_PLUGIN];
    wire_put_str(b, name);
    wire_put_u32(b, each);
    wire_put_str(b, STR("")); // list
    wire_put_str(b, STR("{slug}/x.txt"));
    wire_put_u32(b, 0);
    wire_put_str(b, STR(""));
}

static void say_check(struct str code, uint32_t each, uint32_t severity) {
    struct buf *b = &answer.record[RECORD_PLUGIN];
    wire_put_str(b, code);
    wire_put_u32(b, each);
    wire_put_u32(b, severity);
    wire_put_str(b, STR("summary"));
    wire_put_str(b, STR("explained\n"));
}

static struct str numbered(uint32_t n) {
    return arena_printf(&s.arena, "x%u", n);
}

static void load(void) {
    struct unit u = {.kind = UNIT_PLUGIN};
    plugins_take_load(&s, &u, POOL_MADE, "", &answer);
    plugins_gather(&s);
}

static void expect_one_error(const char *code) {
    assert_int_equal(messages.errors, 1);
    assert_true(str_eq(messages.last->code, str_of(code)));
}

/* Nothing of it stays. */
static void expect_refused(void) {
    load();
    expect_one_error("protocol");
    assert_true(str_eq(messages.last->at.path, STR("plugins/p.lua")));
    assert_true(plugins[0].is_broken && !plugins[0].is_described);
    assert_int_equal(s.export_count + s.reader_count, 0);
    assert_int_equal(plugins[0].check_count + plugins[0].reader_count, 0);
}

static void the_truth_is_taken(void **state) {
    (void)state;
    say_name();
    say_count(1);
    say_export(STR("x.txt"), EACH_FUNCTION);
    say_count(1);
    say_check(STR("x-check"), EACH_SITE, SEVERITY_INFO);
    say_count(1);
    wire_put_str(&answer.record[RECORD_PLUGIN], STR(".x"));
    load();
    assert_int_equal(messages.errors, 0);
    assert_true(plugins[0].is_described);
    assert_int_equal(s.export_count, 1);
    assert_int_equal(plugins[0].check_count, 1);
    assert_int_equal(s.reader_count, 1);
}

static void a_million_exports_are_refused(void **state) {
    (void)state;
    say_name();
    say_count(MANY);
    for (uint32_t i = 0; i < MANY; i++)
        say_export(STR("x.txt"), EACH_ARTICLE);
    expect_refused();
}

static void more_exports_than_a_plugin_may_have_are_refused(void **state) {
    (void)state;
    say_name();
    say_count(MOST_EXPORTS + 1);
    for (uint32_t i = 0; i <= MOST_EXPORTS; i++)
        say_export(numbered(i), EACH_ARTICLE);
    say_count(0);
    say_count(0);
    expect_refused();
}

static void more_checks_than_a_plugin_may_have_are_refused(void **state) {
    (void)state;
    say_name();
    say_count(0);
    say_count(MOST_EXPORTS + 1);
    for (uint32_t i = 0; i <= MOST_EXPORTS; i++)
        say_check(numbered(i), EACH_ARTICLE, SEVERITY_WARNING);
    say_count(0);
    expect_refused();
}

static void a_count_without_what_is_counted_is_refused(void **state) {
    (void)state;
    say_name();
    say_count(2);
    say_export(STR("x.txt"), EACH_ARTICLE);
    expect_refused();
}

static void checks_are_gone_when_the_readers_make_no_sense(void **state) {
    (void)state;
    say_name();
    say_count(1);
    say_export(STR("x.txt"), EACH_ARTICLE);
    say_count(1);
    say_check(STR("x-check"), EACH_ARTICLE, SEVERITY_WARNING);
    say_count(1);
    wire_put_str(&answer.record[RECORD_PLUGIN], STR(".md"));
    expect_refused();
}

static void what_no_check_can_be_is_refused(void **state) {
    (void)state;
    static const struct {
        struct str code;
        uint32_t each, severity;
    } wrong[] = {
        {STR_INIT(""), EACH_ARTICLE, SEVERITY_ERROR},
        {STR_INIT("a b"), EACH_ARTICLE, SEVERITY_ERROR},
        {STR_INIT("x\xff"), EACH_ARTICLE, SEVERITY_ERROR},
        {STR_INIT("x"), EACH_FUNCTION, SEVERITY_ERROR},
        {STR_INIT("x"), EACH_ARTICLE, SEVERITY_OFF + 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        say_name();
        say_count(0);
        say_count(1);
        say_check(wrong[i].code, wrong[i].each, wrong[i].severity);
        say_count(0);
        expect_refused();
        tear_down(state);
        set_up(state);
    }
}

/* What it says an `each` gave. */

static void say_item(struct str key) {
    wire_put_str(&answer.record[RECORD_ITEMS], key);
    wire_put_str(&answer.record[RECORD_ITEMS], STR("value"));
}

static bool check_items(void) {
    return session_check_items(&s, &answer, (struct place){.path = STR("plugins/p.lua")});
}

static void items_with_keys_of_their_own_are_taken(void **state) {
    (void)state;
    assert_true(check_items()); // none at all
    for (uint32_t i = 0; i < EACH_MOST; i++)
        say_item(numbered(i));
    assert_true(check_items());
    assert_int_equal(messages.errors, 0);
}

static void an_item_too_many_is_refused(void **state) {
    (void)state;
    for (uint32_t i = 0; i <= EACH_MOST; i++)
        say_item(numbered(i));
    assert_false(check_items());
    expect_one_error("protocol");
}

static void keys_that_come_twice_are_refused(void **state) {
    (void)state;
    say_item(STR("a"));
    for (uint32_t i = 0; i < EACH_MOST - 2; i++)
        say_item(numbered(i));
    say_item(STR("a"));
    assert_false(check_items());
    expect_one_error("protocol");
}

static void keys_that_no_plugin_can_give_are_refused(void **state) {
    (void)state;
    const struct str wrong[] = {STR(""), STR("\xff"),
                                arena_printf(&s.arena, "%*d", EACH_KEY_BYTES + 1, 0)};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        answer.record[RECORD_ITEMS].len = 0;
        say_item(wrong[i]);
        assert_false(check_items());
        assert_int_equal(messages.errors, i + 1);
    }
}

static void an_item_that_is_cut_off_is_refused(void **state) {
    (void)state;
    say_item(STR("a"));
    answer.record[RECORD_ITEMS].len--;
    assert_false(check_items());
    expect_one_error("protocol");
}

/* What it says is wrong with content. */

static void codes_without_end_cost_no_more_than_others(void **state) {
    (void)state;
    struct buf out = BUF_INIT;
    for (uint32_t i = 0; i < MANY / 5; i++) {
        struct diag d = {.code = numbered(i), .text = STR("x"), .severity = SEVERITY_WARNING};
        wire_put_diag(&answer.record[RECORD_DIAG], &d);
    }
    session_take_diags(&s, &answer);
    message_put_sarif(&out, &messages, STR(""), NULL, 0); // quadratic, it takes minutes
    assert_true(out.len > MANY);
    buf_free(&out);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_truth_is_taken),
        TEST(a_million_exports_are_refused),
        TEST(more_exports_than_a_plugin_may_have_are_refused),
        TEST(more_checks_than_a_plugin_may_have_are_refused),
        TEST(a_count_without_what_is_counted_is_refused),
        TEST(checks_are_gone_when_the_readers_make_no_sense),
        TEST(what_no_check_can_be_is_refused),
        TEST(items_with_keys_of_their_own_are_taken),
        TEST(an_item_too_many_is_refused),
        TEST(keys_that_come_twice_are_refused),
        TEST(keys_that_no_plugin_can_give_are_refused),
        TEST(an_item_that_is_cut_off_is_refused),
        TEST(codes_without_end_cost_no_more_than_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

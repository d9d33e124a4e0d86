#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "taken.h"

static struct arena arena;
static struct taken taken;

static int set_up(void **state) {
    (void)state;
    taken = (struct taken){.arena = &arena};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static void the_first_owner_has_the_name(void **state) {
    (void)state;
    assert_null(taken_claim(&taken, STR("a/b.html"), 7));
    uint64_t *owner = taken_claim(&taken, STR("a/b.html"), 8);
    assert_non_null(owner);
    assert_int_equal(*owner, 7);
    assert_null(taken_claim(&taken, STR("a/b.htm"), 8));
    assert_null(taken_claim(&taken, STR(""), 9));
    assert_int_equal(*taken_claim(&taken, STR(""), 1), 9);
}

static void names_that_a_file_system_confuses_are_one(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"Readme.html", "README.HTML"},
        {"caf\xC3\xA9.html", "cafe\xCC\x81.html"},    // NFC, NFD
        {"\xC3\x89t\xC3\xA9", "e\xCC\x81te\xCC\x81"}, // both at once
        {"stra\xC3\x9F"
         "e",
         "STRASSE"},
        {"\xE2\x84\xAB", "\xC3\x85"}, // the sign for Angstrom, A with a ring
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_null(taken_claim(&taken, str_of(pairs[i][0]), i));
        uint64_t *owner = taken_claim(&taken, str_of(pairs[i][1]), 99);
        assert_non_null(owner);
        assert_int_equal(*owner, i);
    }
}

static void names_that_only_look_alike_are_two(void **state) {
    (void)state;
    assert_null(taken_claim(&taken, STR("a"), 1));
    assert_null(taken_claim(&taken, STR("\xD0\xB0"), 2)); // a Cyrillic letter
    assert_null(taken_claim(&taken, STR("\xC3\xA4"), 3));
    assert_null(taken_claim(&taken, STR("a "), 4));
}

static void an_owner_can_be_changed_through_the_pointer(void **state) {
    (void)state;
    taken_claim(&taken, STR("a"), 1);
    *taken_claim(&taken, STR("a"), 2) = 5;
    assert_int_equal(*taken_claim(&taken, STR("A"), 3), 5);
}

static void many_names_are_kept_while_it_grows(void **state) {
    (void)state;
    for (uint64_t i = 0; i < 20000; i++)
        assert_null(taken_claim(&taken, arena_printf(&arena, "post-%d/index.html", (int)i), i));
    assert_int_equal(taken.count, 20000);
    for (uint64_t i = 0; i < 20000; i++) {
        struct str name = arena_printf(&arena, "POST-%d/index.html", (int)i);
        assert_int_equal(*taken_claim(&taken, name, 0), i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_owner_has_the_name),       TEST(names_that_a_file_system_confuses_are_one),
        TEST(names_that_only_look_alike_are_two), TEST(an_owner_can_be_changed_through_the_pointer),
        TEST(many_names_are_kept_while_it_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

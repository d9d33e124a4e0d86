#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag.h"

static struct arena arena;

static int free_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void messages_are_kept_in_order_and_counted(void **state) {
    (void)state;
    struct diags d = {.arena = &arena};
    diag_error(&d, (struct place){STR("a.md"), 3, 7}, "one", "first of %d", 2);
    diag_warning(&d, (struct place){0}, "two", "second");
    diag_add(&d, SEVERITY_NOTE, (struct place){0}, "three", "third");
    assert_int_equal(d.errors, 1);
    assert_int_equal(d.warnings, 1);
    assert_string_equal(d.first->text.at, "first of 2");
    assert_string_equal(d.first->code.at, "one");
    assert_int_equal(d.first->at.line, 3);
    assert_int_equal(d.first->at.col, 7);
    assert_string_equal(d.first->next->text.at, "second");
    assert_ptr_equal(d.first->next->next, d.last);
    assert_int_equal(d.last->severity, SEVERITY_NOTE);
}

static void the_path_is_copied(void **state) {
    (void)state;
    struct diags d = {.arena = &arena};
    char path[] = "a.md";
    diag_error(&d, (struct place){{path, 4}, 1, 1}, "one", "text");
    path[0] = 'z';
    assert_string_equal(d.first->at.path.at, "a.md");
}

static void help_is_set_on_its_message(void **state) {
    (void)state;
    struct diags d = {.arena = &arena};
    struct diag *error = diag_error(&d, (struct place){0}, "one", "text");
    assert_int_equal(error->help.len, 0);
    diag_help(&d, error, "try %s", "this");
    assert_string_equal(d.first->help.at, "try this");
}

static void a_copy_outlives_the_collection_it_came_from(void **state) {
    (void)state;
    struct arena passing = ARENA_INIT;
    struct diags from = {.arena = &passing}, to = {.arena = &arena};
    struct diag *error = diag_error(&from, (struct place){STR("p.lua"), 1, 2}, "one", "text");
    diag_help(&from, error, "help");
    diag_relate(&from, error, (struct place){STR("a.md"), 8, 9}, "reading %s", "title");
    diag_relate(&from, error, (struct place){STR("p.lua"), 3, 4}, "called here");
    error->detail = arena_str(&passing, STR("- a\n+ b\n"));
    diag_copy(&to, error);
    arena_free(&passing);
    assert_int_equal(to.errors, 1);
    assert_string_equal(to.first->at.path.at, "p.lua");
    assert_string_equal(to.first->text.at, "text");
    assert_string_equal(to.first->help.at, "help");
    const struct related *r = to.first->related;
    assert_string_equal(r->at.path.at, "a.md");
    assert_int_equal(r->at.col, 9);
    assert_string_equal(r->text.at, "reading title");
    assert_string_equal(r->next->text.at, "called here");
    assert_null(r->next->next);
    assert_string_equal(to.first->detail.at, "- a\n+ b\n");
}

static void the_nearest_name_is_one_that_may_be_meant(void **state) {
    (void)state;
    static const struct str names[] = {STR_INIT("title"), STR_INIT("tags"), STR_INIT("url")};
    assert_true(str_eq(diag_nearest(STR("titel"), names, 3), STR("title")));
    assert_true(str_eq(diag_nearest(STR("tag"), names, 3), STR("tags")));
    assert_int_equal(diag_nearest(STR("date"), names, 3).len, 0);
    assert_int_equal(diag_nearest(STR("xyz"), names, 3).len, 0);
    static const struct str long_name = STR_INIT("description");
    assert_true(str_eq(diag_nearest(STR("descripzzon"), &long_name, 1), long_name));
    assert_int_equal(diag_nearest(STR("descrizzzon"), &long_name, 1).len, 0);
    assert_int_equal(diag_nearest(STR("title"), names, 0).len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_kept_in_order_and_counted),
        cmocka_unit_test(the_path_is_copied),
        cmocka_unit_test(help_is_set_on_its_message),
        cmocka_unit_test(a_copy_outlives_the_collection_it_came_from),
        cmocka_unit_test(the_nearest_name_is_one_that_may_be_meant),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}

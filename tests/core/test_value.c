#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "value.h"

static struct arena a;

static int free_arena(void **state) {
    (void)state;
    arena_free(&a);
    return 0;
}

static struct value *text(const char *s) {
    return value_string(&a, str_of(s), (struct span){0});
}

static void scalars_hold_what_they_were_given(void **state) {
    (void)state;
    assert_int_equal(value_nil(&a)->type, VALUE_NIL);
    assert_true(value_boolean(&a, true)->boolean);
    assert_int_equal(value_integer(&a, INT64_MIN)->integer, INT64_MIN);
    assert_true(value_number(&a, 0.5)->number > 0.4);
    struct value *s = value_string(&a, STR("x"), (struct span){4, 5, 2, 1});
    assert_true(str_eq(s->string, STR("x")));
    assert_int_equal(s->span.line, 2);
}

static void a_list_keeps_its_order_while_it_grows(void **state) {
    (void)state;
    struct value *list = value_list(&a, (struct span){0});
    for (int i = 0; i < 100; i++)
        value_push(&a, list, value_integer(&a, i));
    assert_int_equal(list->count, 100);
    assert_null(list->keys);
    for (int i = 0; i < 100; i++)
        assert_int_equal(list->items[i]->integer, i);
}

static void a_record_keeps_the_order_of_its_keys(void **state) {
    (void)state;
    struct value *record = value_record(&a, (struct span){0});
    const char *keys[] = {"title", "date", "author", "tags", "lang", "slug"};
    for (size_t i = 0; i < 6; i++)
        value_set(&a, record, str_of(keys[i]), text(keys[i]));
    assert_int_equal(record->count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_true(str_eq(record->keys[i], str_of(keys[i])));
        assert_true(str_eq(value_get_string(record, str_of(keys[i])), str_of(keys[i])));
    }
}

static void setting_a_key_again_replaces_its_value_in_place(void **state) {
    (void)state;
    struct value *record = value_record(&a, (struct span){0});
    value_set(&a, record, STR("a"), text("old"));
    value_set(&a, record, STR("b"), text("other"));
    value_set(&a, record, STR("a"), text("new"));
    assert_int_equal(record->count, 2);
    assert_true(str_eq(record->items[0]->string, STR("new")));
}

static void asking_for_what_is_not_there_gives_nothing(void **state) {
    (void)state;
    struct value *record = value_record(&a, (struct span){0});
    value_set(&a, record, STR("n"), value_integer(&a, 1));
    assert_null(value_get(record, STR("m")));
    assert_null(value_get(NULL, STR("n")));
    assert_null(value_get(value_list(&a, (struct span){0}), STR("n")));
    assert_int_equal(value_get_string(record, STR("n")).len, 0);
    assert_int_equal(value_get_string(NULL, STR("n")).len, 0);
}

static void every_type_has_a_name(void **state) {
    (void)state;
    assert_string_equal(value_type_name(VALUE_NIL), "nil");
    assert_string_equal(value_type_name(VALUE_INTEGER), "integer");
    assert_string_equal(value_type_name(VALUE_RECORD), "record");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_hold_what_they_were_given),
        cmocka_unit_test(a_list_keeps_its_order_while_it_grows),
        cmocka_unit_test(a_record_keeps_the_order_of_its_keys),
        cmocka_unit_test(setting_a_key_again_replaces_its_value_in_place),
        cmocka_unit_test(asking_for_what_is_not_there_gives_nothing),
        cmocka_unit_test(every_type_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}

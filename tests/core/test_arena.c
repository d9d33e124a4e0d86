#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "arena.h"

static void memory_is_zeroed_and_aligned(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    for (size_t bytes = 1; bytes < 200; bytes += 7) {
        unsigned char *p = arena_alloc(&a, bytes);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xFF, bytes);
    }
    arena_free(&a);
}

static void memory_used_before_a_reset_is_zeroed_again(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    memset(arena_alloc(&a, 1000), 0xFF, 1000);
    arena_reset(&a);
    const char *again = arena_alloc(&a, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(again[i], 0);
    arena_free(&a);
}

static void blocks_do_not_overlap_across_chunks(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    enum { COUNT = 500 };
    unsigned char *blocks[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        blocks[i] = arena_alloc(&a, 100 + i);
        memset(blocks[i], (int)(i & 0xFF), 100 + i);
    }
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(blocks[i][0], i & 0xFF);
        assert_int_equal(blocks[i][99 + i], i & 0xFF);
    }
    arena_free(&a);
}

static void a_block_may_be_larger_than_any_chunk(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    char *large = arena_alloc(&a, 3 * 1024 * 1024);
    large[3 * 1024 * 1024 - 1] = 'x';
    assert_non_null(arena_alloc(&a, 1));
    arena_reset(&a);
    assert_non_null(arena_alloc(&a, 10));
    arena_free(&a);
    assert_null(a.chunks);
}

static void copies_are_followed_by_a_nul(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    struct str copy = arena_str(&a, str_slice(STR("hello world"), 0, 5));
    assert_string_equal(copy.at, "hello");
    struct str joined = arena_join(&a, copy, STR("!"));
    assert_int_equal(joined.len, 6);
    assert_string_equal(joined.at, "hello!");
    assert_string_equal(arena_str(&a, str_of(NULL)).at, "");
    arena_free(&a);
}

static void formatted_text_may_be_of_any_length(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    assert_string_equal(arena_printf(&a, "%s:%d", "a.md", 7).at, "a.md:7");
    struct str wide = arena_printf(&a, "%*d", 5000, 1);
    assert_int_equal(wide.len, 5000);
    assert_int_equal(wide.at[4999], '1');
    assert_int_equal(arena_printf(&a, "%s", "").len, 0);
    arena_free(&a);
}

static void a_fresh_arena_may_be_reset_and_freed(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    arena_reset(&a);
    arena_free(&a);
    arena_free(&a);
}

static void an_array_grows_with_what_it_holds(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    uint32_t *numbers = NULL;
    for (uint32_t i = 0; i < 1000; i++) {
        numbers = ARENA_MORE(&a, numbers, i);
        numbers[i] = i;
    }
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    assert_ptr_equal(ARENA_MORE(&a, numbers, 1000), numbers);
    assert_ptr_not_equal(ARENA_MORE(&a, numbers, 16), numbers); // some were taken back: still room
    arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(memory_used_before_a_reset_is_zeroed_again),
        cmocka_unit_test(blocks_do_not_overlap_across_chunks),
        cmocka_unit_test(a_block_may_be_larger_than_any_chunk),
        cmocka_unit_test(copies_are_followed_by_a_nul),
        cmocka_unit_test(formatted_text_may_be_of_any_length),
        cmocka_unit_test(an_array_grows_with_what_it_holds),
        cmocka_unit_test(a_fresh_arena_may_be_reset_and_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

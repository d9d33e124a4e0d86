#include "watch_seen.h"

#include <sys/inotify.h>
#include <sys/resource.h>

/* Files */

static void a_closed_file_is_told_in_the_turn_that_reads_its_event(void **state) {
    (void)state;
    put("content/a.md", "one");
    watch_content();
    put("content/a.md", "three");
    uv_run(&loop, UV_RUN_ONCE);
    assert_string_equal(told, "saved a.md\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_closed_file_is_told_in_the_turn_that_reads_its_event,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

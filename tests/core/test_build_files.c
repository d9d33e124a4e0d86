#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "build_parts.h"

/* What workers say of the files that a plugin uses. */

static struct build b;
static struct known_plugin plugins[1];
static struct known_export exports[1];
static struct content_file files[1];
static uint64_t hashes[1];
static struct buf names;

static int set_up(void **state) {
    (void)state;
    b = (struct build){.export_count = 0};
    plugins[0] = (struct known_plugin){.name = STR("a")};
    exports[0] = (struct known_export){.name = STR("x.txt"), .number = 3};
    files[0] = (struct content_file){.path = STR("a.lua")};
    hashes[0] = 7;
    b.session.plugins = plugins;
    b.session.plugin_count = 1;
    b.session.exports = exports;
    b.session.export_count = 1;
    b.session.plugin_files = (struct content_list){files, 1};
    b.session.plugin_hashes = hashes;
    names = (struct buf)BUF_INIT;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    buf_free(&names);
    graph_free(&b.graph);
    return 0;
}

static void ask(uint32_t export, const char *name) {
    wire_put_u32(&names, export);
    wire_put_str(&names, str_of(name));
}

static void note(void) {
    build_note_files(&b, 0, buf_str(&names));
    names.len = 0;
}

static uint32_t known(void) {
    const struct plugin_code *p = build_code(&b, STR("a"));
    uint32_t count = 0;
    for (const struct used_file *f = p ? p->files : NULL; f; f = f->next)
        count++;
    return count;
}

static void each_file_is_known_once(void **state) {
    (void)state;
    ask(NO_EXPORT, "a.lua");
    note();
    ask(NO_EXPORT, "a.lua");
    ask(3, "page.html");
    ask(3, "page.html");
    note();
    assert_int_equal(known(), 2);
    const struct used_file *template = build_code(&b, STR("a"))->files;
    assert_true(str_eq(template->export, STR("x.txt")) && template->hash == 0);
    assert_true(template->next->export.len == 0 && template->next->hash == 7);
}

static void a_plugin_that_asks_for_more_as_it_is_loaded_has_changed(void **state) {
    (void)state;
    ask(NO_EXPORT, "a.lua");
    note();
    assert_false(build_plugin_differs(&b, 0));
    ask(NO_EXPORT, "lib.lua");
    note();
    assert_true(build_plugin_differs(&b, 0));
}

static void a_record_that_is_cut_off_adds_what_is_whole(void **state) {
    (void)state;
    ask(NO_EXPORT, "a.lua");
    ask(NO_EXPORT, "lib.lua");
    names.len -= 2;
    note();
    assert_int_equal(known(), 1);
}

static void names_without_end_are_not_kept(void **state) {
    (void)state;
    char name[16];
    for (int i = 0; i < 200000; i++) {
        snprintf(name, sizeof name, "%d", i);
        ask(NO_EXPORT, name);
        if (i % 5000 == 0)
            note();
    }
    note();
    assert_in_range(known(), 5000, 2 * FILES_BYTES / 8);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_file_is_known_once),
        TEST(a_plugin_that_asks_for_more_as_it_is_loaded_has_changed),
        TEST(a_record_that_is_cut_off_adds_what_is_whole),
        TEST(names_without_end_are_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

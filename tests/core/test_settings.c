#include "freezing.h"

#include "settings.h"

static struct diags diags;

static int set_up(void **state) {
    (void)state;
    diags = (struct diags){.arena = &frozen_arena};
    return 0;
}

static int free_all(void **state) {
    (void)state;
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, free_all)

/* NULL when there was an error. */
static struct value *read(const char *text) {
    struct source *s = ARENA_NEW(&frozen_arena, struct source);
    struct value *v = NULL;
    struct str place = STR("content/site.yaml");
    assert_true(source_open(s, &frozen_arena, place, STR("site.yaml"), str_of(text), &diags));
    return settings_read(&v, &frozen_arena, s, &diags) ? v : NULL;
}

static struct settings settings_of(const char *text) {
    static struct image image;
    struct settings s;
    struct value *v = read(text);
    assert_non_null(v);
    image = freeze(v);
    settings_from(&s, &image);
    return s;
}

static void expect(const struct diag *d, uint32_t line, uint32_t col, const char *text) {
    assert_non_null(d);
    assert_string_equal(d->at.path.at, "content/site.yaml");
    assert_int_equal(d->at.line, line);
    assert_int_equal(d->at.col, col);
    if (!strstr(d->text.at, text))
        fail_msg("\"%s\" does not say \"%s\"", d->text.at, text);
}

static void everything_known_is_taken(void **state) {
    (void)state;
    struct settings s =
        settings_of("title: T\nurl: https://example.org\nlang: de\nauthor: A\n"
                    "description: D\nexports: [page.html]\n"
                    "limits: {seconds: 0.5, memory_mb: 64, output_mb: 2, file_mb: 3}\n"
                    "plugins: {faq: {depth: 2}}\nautolinks: true\n"
                    "raw_html: escape\nwords: {faq: [Ask the vet]}\n");
    assert_null(diags.first);
    assert_true(s.seconds == 0.5);
    assert_int_equal(s.memory_bytes, 64 << 20);
    assert_int_equal(s.output_bytes, 2 << 20);
    assert_int_equal(s.file_bytes, 3 << 20);
    assert_int_equal(node_count(s.exports), 1);
    assert_true(str_eq(node_get_string(s.root, STR("title")), STR("T")));
}

static void a_site_says_how_severe_a_check_is(void **state) {
    (void)state;
    struct settings s = settings_of("checks: {a: error, b: warning, c: info, d: off}\n");
    assert_int_equal(settings_severity(s.checks, STR("a"), SEVERITY_OFF), SEVERITY_ERROR);
    assert_int_equal(settings_severity(s.checks, STR("b"), SEVERITY_OFF), SEVERITY_WARNING);
    assert_int_equal(settings_severity(s.checks, STR("c"), SEVERITY_OFF), SEVERITY_INFO);
    assert_int_equal(settings_severity(s.checks, STR("d"), SEVERITY_ERROR), SEVERITY_OFF);
    assert_int_equal(settings_severity(s.checks, STR("e"), SEVERITY_ERROR), SEVERITY_ERROR);
    s = settings_of("title: T\n");
    assert_int_equal(settings_severity(s.checks, STR("a"), SEVERITY_INFO), SEVERITY_INFO);
}

static void nothing_gives_the_defaults(void **state) {
    (void)state;
    static const char *const texts[] = {"", "# only a comment\n", "limits:\n  seconds: 2\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct settings s = settings_of(texts[i]);
        assert_true(s.seconds == 2);
        assert_int_equal(s.memory_bytes, 256 << 20);
        assert_int_equal(s.output_bytes, 64 << 20);
        assert_int_equal(s.file_bytes, 8 << 20);
        assert_int_equal(node_type(s.exports), VALUE_NIL);
    }
}

static void a_setting_left_empty_counts_as_not_given(void **state) {
    (void)state;
    struct settings s = settings_of("title:\nurl: ~\nlimits:\nexports:\nwords:\nplugins:\n");
    assert_null(diags.first);
    assert_true(s.seconds == 2);
    assert_int_equal(node_count(s.exports), 0);
}

static void an_unknown_key_is_a_warning_with_the_nearest(void **state) {
    (void)state;
    assert_non_null(read("title: T\nautor: A\nlimits:\n  secnds: 1\nwhatever: 1\n"));
    assert_int_equal(diags.errors, 0);
    assert_int_equal(diags.warnings, 3);
    expect(diags.first, 2, 1, "no setting 'autor'");
    assert_string_equal(diags.first->code.at, "unknown-setting");
    assert_string_equal(diags.first->help.at, "did you mean 'author'?");
    expect(diags.first->next, 4, 3, "no setting 'secnds'");
    assert_string_equal(diags.first->next->help.at, "did you mean 'seconds'?");
    assert_int_equal(diags.last->help.len, 0);
    assert_non_null(read("{title: T,\n  'autor': A, \"l\\u0061ng \": x}\n"));
    expect(diags.last, 2, 29, "no setting 'lang '"); // written with an escape: where its value is
    expect(diags.first->next->next->next, 2, 3, "no setting 'autor'");
}

static void a_value_of_the_wrong_kind_is_an_error_at_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
        uint32_t col;
    } cases[] = {
        {"title: [a]\n", "'title' must be a string, not a list", 8},
        {"lang: 5\n", "'lang' must be a string", 7},
        {"checks: [a]\n", "'checks' must be a record, not a list", 9},
        {"checks: {a: note}\n", "'checks.a' must be error, warning, info or off", 13},
        {"checks: {a: true}\n", "'checks.a' must be error, warning, info or off", 13},
        {"author: true\n", "'author' must be a string, not a boolean", 9},
        {"url: example.org\n", "'url' must begin with https://", 6},
        {"url: 5\n", "'url' must be a string", 6},
        {"url: javascript://x\n", "'url' must begin with https://", 6},
        {"exports: page.html\n", "'exports' must be a list of names, not a string", 10},
        {"exports: [a, 5]\n", "'exports' must be a list of names", 14},
        {"autolinks: yes\n", "'autolinks' must be true or false, not a string", 12},
        {"raw_html: deny\n", "'raw_html' must be allow or escape", 11},
        {"raw_html: true\n", "'raw_html' must be allow or escape", 11},
        {"plugins: [faq]\n", "'plugins' must be a record, not a list", 10},
        {"words: FAQ\n", "'words' must be a record", 8},
        {"limits: 5\n", "'limits' must be a record", 9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags = (struct diags){.arena = &frozen_arena};
        if (read(cases[i].text))
            fail_msg("%s is let through", cases[i].text);
        assert_int_equal(diags.errors, 1);
        expect(diags.first, 1, cases[i].col, cases[i].says);
    }
}

static void a_limit_out_of_its_range_is_an_error(void **state) {
    (void)state;
    static const char *const bad[] = {
        "seconds: 0",     "seconds: -1",    "seconds: .inf",
        "seconds: .nan",  "seconds: 1e300", "seconds: soon",
        "seconds: '2'",   "seconds: [2]",   "seconds: ~",
        "seconds: true",  "memory_mb: 0",   "memory_mb: 9223372036854775807",
        "output_mb: 0.5", "file_mb: 61",    "file_mb: -9223372036854775808",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        diags = (struct diags){.arena = &frozen_arena};
        if (read(arena_printf(&frozen_arena, "limits:\n  %s\n", bad[i]).at))
            fail_msg("%s is let through", bad[i]);
        assert_int_equal(diags.errors, 1);
        assert_int_equal(diags.first->at.line, 2);
        assert_non_null(strstr(diags.first->text.at, "must be a number from"));
    }
}

static void every_error_is_told_at_once(void **state) {
    (void)state;
    assert_null(read("title: [a]\nurl: x\nlimits: {seconds: 0, file_mb: 0}\nexports: 1\n"));
    assert_int_equal(diags.errors, 5);
}

static void yaml_that_cannot_be_read_is_one_error(void **state) {
    (void)state;
    assert_null(read("title: 'open\n"));
    assert_int_equal(diags.errors, 1);
    diags = (struct diags){.arena = &frozen_arena};
    assert_null(read("- a\n- b\n"));
    assert_int_equal(diags.errors, 1);
}

static void readers_get_what_they_need(void **state) {
    (void)state;
    struct reading how;
    struct str subject;
    struct value *v = read("autolinks: true\nraw_html: escape\nwords: {faq: [Ask the vet]}\n");
    assert_true(settings_reading(&how, &frozen_arena, v, (struct place){0}, &diags));
    assert_true(how.autolinks);
    assert_true(how.escape_raw_html);
    assert_ptr_equal(how.site, v);
    assert_true(words_match(how.words, WORD_FAQ, STR("Ask the vet"), &subject));
    assert_true(words_match(how.words, WORD_FAQ, STR("FAQ"), &subject));
    v = read("raw_html: allow\n");
    assert_true(settings_reading(&how, &frozen_arena, v, (struct place){0}, &diags));
    assert_false(how.autolinks);
    assert_false(how.escape_raw_html);
    assert_ptr_equal(how.words, words_builtin());
}

static void words_of_an_unknown_kind_are_an_error_at_their_place(void **state) {
    (void)state;
    struct reading how;
    struct value *v = read("title: T\nwords:\n  faqs: [Ask]\n");
    assert_non_null(v);
    struct place at = {.path = STR("content/site.yaml")};
    assert_false(settings_reading(&how, &frozen_arena, v, at, &diags));
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.first->at.line, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(everything_known_is_taken),
        TEST(a_site_says_how_severe_a_check_is),
        TEST(nothing_gives_the_defaults),
        TEST(a_setting_left_empty_counts_as_not_given),
        TEST(an_unknown_key_is_a_warning_with_the_nearest),
        TEST(a_value_of_the_wrong_kind_is_an_error_at_its_place),
        TEST(a_limit_out_of_its_range_is_an_error),
        TEST(every_error_is_told_at_once),
        TEST(yaml_that_cannot_be_read_is_one_error),
        TEST(readers_get_what_they_need),
        TEST(words_of_an_unknown_kind_are_an_error_at_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

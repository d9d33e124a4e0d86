#include "freezing.h"

#include "moment.h"

static int free_all(void **state) {
    (void)state;
    free_frozen();
    return 0;
}

#define TEST(function) cmocka_unit_test_teardown(function, free_all)

/* The text lies in memory of its exact size. */
static struct moment parsed(const char *text) {
    struct moment m;
    const char *problem;
    if (!moment_parse(exact_copy(str_of(text)), &m, &problem))
        fail_msg("\"%s\": %s", text, problem);
    assert_null(problem);
    return m;
}

static const char *rewritten(const char *text) {
    struct moment m = parsed(text);
    return moment_write(&frozen_arena, &m).at;
}

static void expect_refused(struct str text, const char *reason) {
    struct moment m;
    const char *problem = NULL;
    if (moment_parse(exact_copy(text), &m, &problem))
        fail_msg("\"%.*s\" is let through", STR_ARG(text));
    if (strcmp(problem, reason) != 0)
        fail_msg("\"%.*s\": \"%s\" is not \"%s\"", STR_ARG(text), problem, reason);
}

static void expect_all_refused(const char *const *texts, size_t count, const char *reason) {
    for (size_t i = 0; i < count; i++)
        expect_refused(str_of(texts[i]), reason);
}

#define REFUSED(texts, reason) expect_all_refused(texts, sizeof(texts) / sizeof *(texts), reason)

static void a_day_has_no_time(void **state) {
    (void)state;
    struct moment m = parsed("2025-11-22");
    assert_int_equal(m.year, 2025);
    assert_int_equal(m.month, 11);
    assert_int_equal(m.day, 22);
    assert_false(m.has_time);
    assert_int_equal(m.hour + m.minute + m.second + m.offset, 0);
    assert_int_equal(m.fraction.len, 0);
}

static void a_time_has_all_its_parts(void **state) {
    (void)state;
    struct moment m = parsed("2025-11-22T08:30:05.25-03:45");
    assert_true(m.has_time);
    assert_int_equal(m.hour, 8);
    assert_int_equal(m.minute, 30);
    assert_int_equal(m.second, 5);
    assert_int_equal(m.offset, -225);
    assert_true(str_eq(m.fraction, STR(".25")));
}

/* What people write, and how RFC 3339 has it. */
static void every_form_is_written_as_rfc_3339_has_it(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"2025-11-22", "2025-11-22"},
        {" \t2025-11-22\r\n", "2025-11-22"},
        {"2025-11-22T08:30", "2025-11-22T08:30:00Z"},
        {"2025-11-22t08:30z", "2025-11-22T08:30:00Z"},
        {"2025-11-22 08:30:05", "2025-11-22T08:30:05Z"},
        {"2025-11-22 08:30:05.25", "2025-11-22T08:30:05.25Z"},
        {"2025-11-22T08:30:05.250000000001Z", "2025-11-22T08:30:05.250000000001Z"},
        {"2025-11-22T08:30:05+01:00", "2025-11-22T08:30:05+01:00"},
        {"2025-11-22 08:30:05.25 +01:00", "2025-11-22T08:30:05.25+01:00"},
        {"2025-11-22 08:30   -0330", "2025-11-22T08:30:00-03:30"},
        {"2025-11-22T08:30-11", "2025-11-22T08:30:00-11:00"},
        {"2025-11-22T08:30 Z", "2025-11-22T08:30:00Z"},
        {"2025-11-22T08:30+00:00", "2025-11-22T08:30:00Z"},
        {"2025-11-22T08:30-00:30", "2025-11-22T08:30:00-00:30"},
        {"2025-11-22T00:00+23:59", "2025-11-22T00:00:00+23:59"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"},
        {"0001-01-01T00:00", "0001-01-01T00:00:00Z"},
        {"9999-12-31", "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(rewritten(cases[i][0]), cases[i][1]);
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",         " ",          "2025",       "2025-11",    "2025-11-2",  "2025-1-22",
        "25-11-22", "20251122",   "22.11.2025", "2025/11/22", "-025-11-22", "+2025-11-22",
        "tomorrow", "2025-11 22", "2025-11-2x", "2025–11–22", "٢٠٢٥-11-22",
    };
    REFUSED(texts, "a date is written 2025-11-22");
    expect_refused(STR("2025\0"
                       "11-22"),
                   "a date is written 2025-11-22");
}

static void days_that_the_calendar_lacks_are_refused(void **state) {
    (void)state;
    static const char *const months[] = {"2025-00-10", "2025-13-01", "2025-99-99"};
    static const char *const days[] = {"2025-01-00", "2025-01-32", "2025-04-31", "2025-11-31",
                                       "2025-02-29", "1900-02-29", "2100-02-29", "2024-02-30"};
    expect_refused(STR("0000-01-01"), "there is no year 0");
    REFUSED(months, "there is no such month");
    REFUSED(days, "there is no such day");
}

static void times_that_are_none_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "2025-11-22T",           "2025-11-22T8:30",       "2025-11-22T08",
        "2025-11-22T08:3",       "2025-11-22T0830",       "2025-11-22T08:30:",
        "2025-11-22T08:30:5",    "2025-11-22T24:00",      "2025-11-22T08:60",
        "2025-11-22T08:30:61",   "2025-11-22T08:30:05.",  "2025-11-22T08:30:05.Z",
        "2025-11-22T08:30.5",    "2025-11-22T08:30:05,5", "2025-11-22x08:30",
        "2025-11-22  08:30",     "2025-11-22\n08:30",     "2025-11-22 tomorrow",
        "2025-11-2208:30",       "2025-11-221",           "2025-11-22T08:30 am",
        "2025-11-22T08:30:05Zx", "2025-11-22T-8:30",
    };
    REFUSED(texts, "a time is written 08:30, 08:30:05Z or 08:30:05+01:00");
    expect_refused(STR("2025-11-22T08:30\0"),
                   "a time is written 08:30, 08:30:05Z or 08:30:05+01:00");
}

static void offsets_that_are_none_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        "2025-11-22T08:30+",      "2025-11-22T08:30+1",     "2025-11-22T08:30+01:",
        "2025-11-22T08:30+01:0",  "2025-11-22T08:30+010",   "2025-11-22T08:30+01:000",
        "2025-11-22T08:30+24:00", "2025-11-22T08:30+01:60", "2025-11-22T08:30+99",
        "2025-11-22T08:30+-1:00", "2025-11-22T08:30 01:00", "2025-11-22T08:30 CET",
        "2025-11-22T08:30Z+01",
    };
    REFUSED(texts, "a time is written 08:30, 08:30:05Z or 08:30:05+01:00");
}

/* Every beginning of a good text, and every byte of it changed, ends in yes or no. */
static void damaged_texts_end_in_yes_or_no(void **state) {
    (void)state;
    char text[] = "2025-11-22 08:30:05.25 +01:00";
    struct moment m;
    const char *problem;
    for (size_t at = 0; at < sizeof text - 1; at++) {
        bool good = moment_parse(exact_copy((struct str){text, at}), &m, &problem);
        assert_int_equal(good, problem == NULL);
        char was = text[at];
        for (int c = 0; c < 256; c++) {
            text[at] = (char)c;
            good = moment_parse((struct str){text, sizeof text - 1}, &m, &problem);
            assert_int_equal(good, problem == NULL);
        }
        text[at] = was;
    }
}

static void leap_days_come_every_four_years_but_not_every_hundred(void **state) {
    (void)state;
    for (int year = 1; year <= 9999; year++) {
        struct str text = arena_printf(&frozen_arena, "%04d-02-29", year);
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        struct moment m;
        const char *problem;
        assert_int_equal(moment_parse(text, &m, &problem), leap);
    }
}

static void seconds_of_known_moments(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1970-01-01", 0},
        {"1970-01-01T00:00:01Z", 1},
        {"1970-01-01T01:00+01:00", 0},
        {"1970-01-01T00:00+00:01", -60},
        {"1969-12-31T23:59:59Z", -1},
        {"1969-12-31T19:00-05:00", 0},
        {"1969-07-20T20:17:40Z", -14182940},
        {"1900-03-01", -2203891200},
        {"1858-11-17", -3506716800},
        {"1600-02-29", -11670998400},
        {"0001-01-01", -62135596800},
        {"0001-01-01T00:00+23:59", -62135683140},
        {"2000-02-29T23:59:59-05:30", 951888599},
        {"2016-12-31T23:59:60Z", 1483228800},
        {"2025-11-22T08:30:05.999Z", 1763800205},
        {"2038-01-19T03:14:07Z", 2147483647},
        {"2100-03-01", 4107542400},
        {"9999-12-31T23:59:59Z", 253402300799},
        {"9999-12-31T23:59:59-23:59", 253402387139},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment m = parsed(cases[i].text);
        if (moment_seconds(&m) != cases[i].seconds)
            fail_msg("%s: %lld", cases[i].text, (long long)moment_seconds(&m));
    }
}

/* Both directions, by ways that have nothing in common. */
static void seconds_lead_back_to_their_day(void **state) {
    (void)state;
    int64_t last = -62135596800 - 86400;
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            struct str text = arena_printf(&frozen_arena, "%04d-%02d-28T23:59:58Z", year, month);
            struct moment m;
            const char *problem;
            assert_true(moment_parse(text, &m, &problem));
            assert_true(moment_seconds(&m) > last);
            last = moment_seconds(&m);
            assert_true(str_eq(moment_write_seconds(&frozen_arena, last), text));
        }
    }
}

static void seconds_are_written_in_utc(void **state) {
    (void)state;
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {951868799, "2000-02-29T23:59:59Z"},
        {-62135596800, "0001-01-01T00:00:00Z"},
        {-62135683140, "0000-12-31T00:01:00Z"},
        {253402300799, "9999-12-31T23:59:59Z"},
        {INT64_MAX, "1970-01-01T00:00:00Z"},
        {INT64_MIN, "1970-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(moment_write_seconds(&frozen_arena, cases[i].seconds).at,
                            cases[i].text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_day_has_no_time),
        TEST(a_time_has_all_its_parts),
        TEST(every_form_is_written_as_rfc_3339_has_it),
        TEST(what_is_no_date_is_refused),
        TEST(days_that_the_calendar_lacks_are_refused),
        TEST(times_that_are_none_are_refused),
        TEST(offsets_that_are_none_are_refused),
        TEST(damaged_texts_end_in_yes_or_no),
        TEST(leap_days_come_every_four_years_but_not_every_hundred),
        TEST(seconds_of_known_moments),
        TEST(seconds_lead_back_to_their_day),
        TEST(seconds_are_written_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "moment.h"

#include <time.h>

static bool take_digits(struct str *s, size_t count, int *value) {
    *value = 0;
    if (s->len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!str_is_digit(s->at[i]))
            return false;
        *value = *value * 10 + (s->at[i] - '0');
    }
    *s = str_from(*s, count);
    return true;
}

static bool take_char(struct str *s, char c) {
    if (s->len == 0 || s->at[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level
 * date algorithms", days_from_civil). */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool take_offset(struct str *s, int64_t *seconds) {
    int sign = 1, hours, minutes;
    *seconds = 0;
    if (take_char(s, 'Z'))
        return true;
    if (take_char(s, '-'))
        sign = -1;
    else if (!take_char(s, '+'))
        return false;
    if (!take_digits(s, 2, &hours) || !take_char(s, ':') || !take_digits(s, 2, &minutes))
        return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool take_time(struct str *s, int64_t *seconds) {
    int hour, minute, second, digit;
    int64_t offset;
    if (!take_char(s, 'T') || !take_digits(s, 2, &hour) || !take_char(s, ':') ||
        !take_digits(s, 2, &minute) || !take_char(s, ':') || !take_digits(s, 2, &second))
        return false;
    if (take_char(s, '.'))
        while (take_digits(s, 1, &digit))
            continue;
    if (!take_offset(s, &offset))
        return false;
    *seconds = hour * 3600 + minute * 60 + second - offset;
    return true;
}

bool moment_parse(struct str text, int64_t *seconds) {
    int year, month, day;
    int64_t time = 0;
    if (!take_digits(&text, 4, &year) || !take_char(&text, '-') ||
        !take_digits(&text, 2, &month) || !take_char(&text, '-') || !take_digits(&text, 2, &day))
        return false;
    if (text.len && (!take_time(&text, &time) || text.len))
        return false;
    *seconds = days_of(year, month, day) * 86400 + time;
    return true;
}

struct str moment_write(struct arena *a, int64_t seconds) {
    char text[40];
    struct tm utc;
    time_t t = (time_t)seconds;
    if (!gmtime_r(&t, &utc) || strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        return STR("1970-01-01T00:00:00Z");
    return arena_str(a, str_of(text));
}

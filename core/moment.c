#include "moment.h"

static bool take_char(struct str *s, const char *any) {
    for (; s->len && *any; any++)
        if (s->at[0] == *any) {
            *s = str_from(*s, 1);
            return true;
        }
    return false;
}

/* Two digits, or four. */
static bool take_number(struct str *s, size_t digits, int *value) {
    *value = 0;
    if (s->len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (!str_is_digit(s->at[i]))
            return false;
        *value = *value * 10 + (s->at[i] - '0');
    }
    *s = str_from(*s, digits);
    return true;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static const char *take_day(struct str *s, struct moment *m) {
    if (!take_number(s, 4, &m->year) || !take_char(s, "-") || !take_number(s, 2, &m->month) ||
        !take_char(s, "-") || !take_number(s, 2, &m->day))
        return "a date is written 2025-11-22";
    if (m->year < 1)
        return "there is no year 0";
    if (m->month < 1 || m->month > 12)
        return "there is no such month";
    return m->day < 1 || m->day > days_in(m->year, m->month) ? "there is no such day" : NULL;
}

/* "30", "30.25"; a leap second is the 60th. */
static bool take_second(struct str *s, struct moment *m) {
    if (!take_number(s, 2, &m->second))
        return false;
    struct str from = *s;
    if (take_char(s, ".")) {
        while (take_char(s, "0123456789"))
            continue;
        m->fraction = str_slice(from, 0, from.len - s->len);
    }
    return m->second <= 60 && m->fraction.len != 1;
}

/* "10:00", "10:00:30", "10:00:30.25" */
static bool take_clock(struct str *s, struct moment *m) {
    if (!take_number(s, 2, &m->hour) || !take_char(s, ":") || !take_number(s, 2, &m->minute))
        return false;
    if (take_char(s, ":") && !take_second(s, m))
        return false;
    return m->hour <= 23 && m->minute <= 59;
}

/* "Z", "+02:00", "+0200", "+02", or nothing. */
static bool take_offset(struct str *s, struct moment *m) {
    int hours, minutes = 0;
    while (take_char(s, " "))
        continue;
    bool west = s->len && s->at[0] == '-';
    if (s->len == 0 || take_char(s, "Zz"))
        return true;
    if (!take_char(s, "+-") || !take_number(s, 2, &hours))
        return false;
    if ((take_char(s, ":") || s->len) && !take_number(s, 2, &minutes))
        return false;
    m->offset = (hours * 60 + minutes) * (west ? -1 : 1);
    return hours <= 23 && minutes <= 59;
}

bool moment_parse(struct str text, struct moment *m, const char **problem) {
    *m = (struct moment){0};
    text = str_trim(text);
    *problem = take_day(&text, m);
    if (*problem || text.len == 0)
        return *problem == NULL;
    m->has_time = true;
    if (take_char(&text, "Tt ") && take_clock(&text, m) && take_offset(&text, m) && text.len == 0)
        return true;
    *problem = "a time is written 08:30, 08:30:05Z or 08:30:05+01:00";
    return false;
}

/* Days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms",
 * days_from_civil). */
static int64_t days_of(int64_t year, int64_t month, int64_t day) {
    year -= month <= 2;
    int64_t era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t moment_seconds(const struct moment *m) {
    int64_t minutes = m->hour * 60 + m->minute - m->offset;
    return days_of(m->year, m->month, m->day) * 86400 + minutes * 60 + m->second;
}

struct str moment_write(struct arena *a, const struct moment *m) {
    if (!m->has_time)
        return arena_printf(a, "%04d-%02d-%02d", m->year, m->month, m->day);
    int offset = m->offset < 0 ? -m->offset : m->offset;
    struct str zone = STR("Z");
    if (offset)
        zone = arena_printf(a, "%c%02d:%02d", m->offset < 0 ? '-' : '+', offset / 60, offset % 60);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d%.*s%.*s", m->year, m->month, m->day,
                        m->hour, m->minute, m->second, STR_ARG(m->fraction), STR_ARG(zone));
}

/* The other way round (civil_from_days), for days since 0000-03-01. */
static void take_civil(int64_t days, int64_t *year, int *month, int *day) {
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t shifted = (5 * of_year + 2) / 153; // months since March
    *day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = years + era * 400 + (*month <= 2);
}

/* Not gmtime, which reads the system's time zone first: workers have no files. */
struct str moment_write_seconds(struct arena *a, int64_t seconds) {
    int64_t second = seconds % 86400, days = seconds / 86400, year;
    int month, day;
    if (second < 0) {
        second += 86400;
        days--;
    }
    take_civil(days + 719468, &year, &month, &day);
    if (year - 1900 < INT32_MIN || year - 1900 > INT32_MAX)
        return STR("1970-01-01T00:00:00Z");
    return arena_printf(a, "%04lld-%02d-%02dT%02d:%02d:%02dZ", (long long)year, month, day,
                        (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

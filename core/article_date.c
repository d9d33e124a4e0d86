/* Dates: what people write of ISO 8601 as RFC 3339 has it. */
#include "article_parts.h"

struct scan {
    struct str s;
    size_t at;
};

static bool take_char(struct scan *c, const char *any) {
    for (; c->at < c->s.len && *any; any++)
        if (c->s.at[c->at] == *any) {
            c->at++;
            return true;
        }
    return false;
}

/* Exactly so many digits; -1 when there are fewer. */
static int take_number(struct scan *c, unsigned digits) {
    int n = 0;
    for (unsigned i = 0; i < digits; i++, c->at++) {
        if (c->at >= c->s.len || !str_is_digit(c->s.at[c->at]))
            return -1;
        n = n * 10 + (c->s.at[c->at] - '0');
    }
    return n;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool take_day(struct scan *c) {
    int year = take_number(c, 4);
    if (year < 1 || !take_char(c, "-"))
        return false;
    int month = take_number(c, 2);
    if (month < 1 || month > 12 || !take_char(c, "-"))
        return false;
    int day = take_number(c, 2);
    return day >= 1 && day <= days_in(year, month);
}

/* "10:00", "10:00:30", "10:00:30.25"; *seconds: the seconds were written. */
static bool take_time(struct scan *c, bool *seconds) {
    int hour = take_number(c, 2);
    if (hour < 0 || hour > 23 || !take_char(c, ":"))
        return false;
    int minute = take_number(c, 2);
    *seconds = take_char(c, ":");
    int second = *seconds ? take_number(c, 2) : 0;
    if (minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    if (!*seconds || !take_char(c, "."))
        return true;
    size_t digits = c->at;
    while (take_char(c, "0123456789"))
        continue;
    return c->at > digits;
}

/* "+02:00", "+0200", "+02"; as RFC 3339 writes it. A time without one is taken for UTC. */
static bool take_offset(struct scan *c, char out[7]) {
    out[0] = 'Z';
    out[1] = '\0';
    take_char(c, " ");
    if (c->at == c->s.len || take_char(c, "Zz"))
        return true;
    char sign = c->s.at[c->at];
    if (!take_char(c, "+-"))
        return false;
    int hours = take_number(c, 2);
    bool colon = take_char(c, ":");
    int minutes = colon || c->at < c->s.len ? take_number(c, 2) : 0;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return false;
    const char text[] = {sign, (char)('0' + hours / 10), (char)('0' + hours % 10), ':',
                         (char)('0' + minutes / 10), (char)('0' + minutes % 10), '\0'};
    for (size_t i = 0; i < sizeof text; i++)
        out[i] = text[i];
    return true;
}

bool date_read(struct arena *a, struct str s, struct str *out) {
    struct scan c = {str_trim(s), 0};
    char offset[7];
    bool seconds;
    if (!take_day(&c))
        return false;
    struct str day = str_slice(c.s, 0, c.at);
    *out = day;
    if (c.at == c.s.len)
        return true;
    size_t time = c.at + 1;
    if (!take_char(&c, "Tt ") || !take_time(&c, &seconds))
        return false;
    struct str clock = str_slice(c.s, time, c.at);
    if (!take_offset(&c, offset) || c.at != c.s.len)
        return false;
    struct str written = arena_printf(a, "%.*sT%.*s%s%s", STR_ARG(day), STR_ARG(clock),
                                      seconds ? "" : ":00", offset);
    *out = str_eq(written, c.s) ? c.s : written;
    return true;
}

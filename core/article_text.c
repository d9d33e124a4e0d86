/* Marks and labels at the front of text: numbering, "Q:", "Name: ", check marks. */
#include "article_parts.h"
#include "utf8.h"

size_t text_skip_space(struct str s, size_t at) {
    while (at < s.len) {
        size_t next = at;
        if (!utf8_is_space(utf8_next(s, &next)))
            break;
        at = next;
    }
    return at;
}

size_t text_numbering(struct str s) {
    size_t begin = s.len > 0 && s.at[0] == '(', at = begin, next = at;
    while (next < s.len && utf8_is_digit(utf8_next(s, &next)))
        at = next;
    if (at == begin || at >= s.len)
        return 0;
    next = at;
    uint32_t c = utf8_next(s, &next);
    if (c != '.' && c != ')' && c != ':' && c != 0x3001 && c != 0xFF0E && c != 0xFF09)
        return 0;
    size_t rest = text_skip_space(s, next);
    return rest > next || c > 0x3000 ? rest : 0; /* "2.5" is a number */
}

/* ---- Questions ---- */

static bool is_question_mark(uint32_t c) {
    return c == '?' || c == 0xFF1F || c == 0x61F || c == 0x37E || c == 0x203D || c == 0x2048;
}

static bool closes(uint32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 ||
           c == 0xBB || c == 0x300D || c == '!' || c == '*';
}

static size_t skip_closing(struct str s, size_t at) {
    while (at < s.len) {
        size_t next = at;
        uint32_t c = utf8_next(s, &next);
        if (!closes(c) && !is_question_mark(c))
            break;
        at = next;
    }
    return at;
}

size_t text_question_end(struct str s) {
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (!is_question_mark(c))
            continue;
        size_t end = skip_closing(s, at);
        if (end == s.len || c == 0xFF1F || text_skip_space(s, end) > end)
            return end;
        at = end;
    }
    return 0;
}

bool text_is_question(struct str s) {
    size_t end = 0, from = s.len > 16 ? s.len - 16 : 0; /* only the last few characters matter */
    while (from < s.len && ((unsigned char)s.at[from] & 0xC0) == 0x80)
        from++;
    s = str_trim(str_from(s, from));
    for (size_t at = 0; at < s.len;)
        if (is_question_mark(utf8_next(s, &at)))
            end = skip_closing(s, at);
    return end > 0 && end == s.len;
}

/* ---- Labels ---- */

/* Bytes of the colon at `at`, full-width ones included; 0 when there is none. */
static size_t colon_length(struct str s, size_t at) {
    if (s.at[at] == ':')
        return 1;
    return (unsigned char)s.at[at] == 0xEF && str_starts(str_from(s, at), STR("：")) ? 3 : 0;
}

/* Behind what ends a label, or 0: a colon anywhere, a full stop or bracket before a space. */
static size_t label_end(struct str s, size_t at) {
    size_t colon = colon_length(s, at);
    if (colon)
        return at + colon;
    if ((unsigned char)s.at[at] == 0xE3 && str_starts(str_from(s, at), STR("、")))
        return at + 3;
    bool stop = s.at[at] == '.' || s.at[at] == ')';
    return stop && (at + 1 == s.len || text_skip_space(s, at + 1) > at + 1) ? at + 1 : 0;
}

size_t text_label(const struct making *m, enum word which, struct str s) {
    enum { LONGEST_LABEL = 40 }; /* bytes */
    static const bool ends[256] = {[':'] = true,  ['.'] = true,  [')'] = true,
                                   [0xE3] = true, [0xEF] = true, ['\n'] = true};
    struct str subject, front = str_slice(s, 0, LONGEST_LABEL);
    for (size_t at = 0; (at = str_find_any(front, at, ends)) < front.len && s.at[at] != '\n';
         at++) {
        size_t end = label_end(s, at);
        if (end == 0)
            continue;
        bool says = at > 0 && words_match(m->words, which, str_slice(s, 0, at), &subject);
        return says ? text_skip_space(s, end) : 0;
    }
    return 0;
}

size_t text_colon(struct str s, size_t within, size_t *rest) {
    static const bool ends[256] = {[':'] = true, [0xEF] = true, ['\n'] = true};
    struct str front = str_slice(s, 0, within);
    for (size_t at = 0; (at = str_find_any(front, at, ends)) < front.len && s.at[at] != '\n';
         at++) {
        size_t len = colon_length(s, at);
        if (len == 0)
            continue;
        *rest = text_skip_space(s, at + len);
        if (len > 1 || *rest > at + 1 || *rest == s.len)
            return at;
    }
    *rest = s.len;
    return s.len;
}

/* ---- Check marks ---- */

static int sign_of(uint32_t c, bool *weak) {
    *weak = false;
    switch (c) {
    case 0x2713: case 0x2714: case 0x2705: case 0x2611: case 0x1F44D: case 0x1F5F8: case 0x1F7E2:
    case 0x2795:
        return 1;
    case 0x2715: case 0x2716: case 0x2717: case 0x2718: case 0x274C: case 0x274E: case 0x2612:
    case 0x1F44E: case 0x1F5F4: case 0x1F5D9: case 0x1F534: case 0x2796: case 0x26D4:
    case 0x1F6AB:
        return -1;
    case '+': case 0xFF0B:
        *weak = true;
        return 1;
    case 0x2212: case 0x2013: case 0xFF0D:
        *weak = true;
        return -1;
    }
    return 0;
}

int text_mark(struct str s, bool *weak, size_t *len) {
    size_t at = 0, next;
    *len = 0;
    *weak = false;
    if (s.len == 0)
        return 0;
    int sign = sign_of(utf8_next(s, &at), weak);
    if (sign == 0)
        return 0;
    /* The variation selector and skin tones belong to the emoji. */
    for (next = at; next < s.len; at = next) {
        uint32_t c = utf8_next(s, &next);
        if (c != 0xFE0F && c != 0xFE0E && !(c >= 0x1F3FB && c <= 0x1F3FF))
            break;
    }
    size_t rest = text_skip_space(s, at);
    if (*weak && rest == at)
        return 0;
    *len = rest;
    return sign;
}

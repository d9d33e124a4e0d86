#include "commonmark_chars.h"

#include <string.h>

#include "utf8.h"

static bool is_word(char c) {
    return str_is_alpha(c) || str_is_digit(c);
}

bool chars_is_punctuation(char c) {
    return c > ' ' && c < 0x7F && !is_word(c);
}

static enum char_class class_of(uint32_t c) {
    if (c < 0x80) {
        if (str_is_space((char)c))
            return CHAR_SPACE;
        return chars_is_punctuation((char)c) ? CHAR_PUNCTUATION : CHAR_WORD;
    }
    if (c == 0x200B) /* zero-width space is no white space to CommonMark */
        return CHAR_UNSURE;
    if (utf8_is_space(c))
        return CHAR_SPACE;
    if (utf8_is_letter(c) || utf8_is_digit(c))
        return CHAR_WORD;
    bool dash_or_quote = (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x2043);
    return dash_or_quote ? CHAR_PUNCTUATION : CHAR_UNSURE;
}

size_t chars_last_begin(struct str s) {
    size_t at = s.len - 1;
    while (at > 0 && ((unsigned char)s.at[at] & 0xC0) == 0x80)
        at--;
    return at;
}

enum char_class chars_first_class(struct str s) {
    size_t at = 0;
    return s.len ? class_of(utf8_next(s, &at)) : CHAR_SPACE;
}

enum char_class chars_last_class(struct str s) {
    size_t at = s.len ? chars_last_begin(s) : 0;
    return s.len ? class_of(utf8_next(s, &at)) : CHAR_SPACE;
}

bool chars_is_lone(struct str s) {
    size_t at = 0;
    if (s.len)
        utf8_next(s, &at);
    return at == s.len;
}

bool chars_is_gap(struct str s, size_t at) {
    return at == s.len || s.at[at] == ' ' || s.at[at] == '\t';
}

bool chars_is_task(struct str s) {
    return s.len >= 3 && s.at[0] == '[' && s.at[2] == ']' && strchr(" xX", s.at[1]) &&
           (s.len == 3 || str_is_space(s.at[3]));
}

bool chars_is_definition(struct str s, bool goes_on) {
    for (size_t at = 0; at < s.len; at++) {
        char after = at + 1 < s.len ? s.at[at + 1] : ' ';
        if (s.at[at] == ']' && after != '(') /* before "(" it will be escaped */
            return after == ':';
    }
    return goes_on;
}

size_t chars_find_number_end(struct str s) {
    size_t at = 0;
    while (at < s.len && at < 10 && str_is_digit(s.at[at]))
        at++;
    bool ends = at > 0 && at < 10 && at < s.len && (s.at[at] == '.' || s.at[at] == ')');
    return ends && chars_is_gap(s, at + 1) ? at : s.len;
}

size_t chars_run_length(struct str s, char c) {
    size_t len = 0;
    while (len < s.len && s.at[len] == c)
        len++;
    return len;
}

bool chars_has_gaps_around(struct str s, size_t at) {
    return at > 0 && chars_is_gap(s, at - 1) && at + 1 < s.len && chars_is_gap(s, at + 1);
}

bool chars_is_in_word(struct str s, size_t at) {
    return at > 0 && at + 1 < s.len && is_word(s.at[at - 1]) && is_word(s.at[at + 1]);
}

bool chars_end_heading(struct str s, size_t at) {
    bool begins = at == 0 || s.at[at - 1] == ' ' || s.at[at - 1] == '\t';
    return begins && at + chars_run_length(str_from(s, at), '#') == s.len;
}

bool chars_open_tag(struct str s, size_t at) {
    if (at + 1 == s.len)
        return true;
    char next = s.at[at + 1];
    if (str_is_alpha(next) || next == '/' || next == '!' || next == '?')
        return true;
    for (size_t i = at + 2; i < s.len && s.at[i] != ' ' && s.at[i] != '<'; i++)
        if (s.at[i] == '>')
            return true;
    return false;
}

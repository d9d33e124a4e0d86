#include "commonmark_link.h"

#include <string.h>

#include "commonmark_chars.h"
#include "entities.h"

/* Whether a byte of an address or a title is escaped; `special` are its own delimiters. Backticks
 * and "<" would open code and tags, which bind tighter than links; md4c pairs brackets before it
 * looks at addresses, and lets delimiters in them pair with those behind. */
static bool is_markup(struct str s, size_t at, const char *special, bool in_cell) {
    char c = s.at[at];
    switch (c) {
    case '\\':
        return at + 1 == s.len || s.at[at + 1] < ' ' || chars_is_punctuation(s.at[at + 1]);
    case '&':
        return entities_match(str_from(s, at)) > 0;
    case '|':
        return in_cell;
    case '_':
        return !chars_is_in_word(s, at);
    default:
        return !str_is_alpha(c) && c && (strchr("`<[]*~", c) || strchr(special, c));
    }
}

static void put_attribute(struct buf *out, struct str s, const char *special, bool in_cell) {
    size_t begin = 0;
    for (size_t at = 0; at < s.len; at++) {
        unsigned char c = (unsigned char)s.at[at];
        if (c >= ' ' && !is_markup(s, at, special, in_cell))
            continue;
        buf_put(out, str_slice(s, begin, at));
        if (c < ' ') {
            buf_printf(out, "&#%u;", c);
        } else {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        }
        begin = at + 1;
    }
    buf_put(out, str_from(s, begin));
}

/* Angle brackets are left for addresses that need them: "<?" would open a tag of its own. */
static bool needs_angles(struct str href) {
    for (size_t i = 0; i < href.len; i++)
        if ((unsigned char)href.at[i] <= ' ' || href.at[i] == 0x7F)
            return true;
    return false;
}

void link_put_target(struct buf *out, const struct inl *link, bool in_cell) {
    bool angles = needs_angles(link->href) || (!link->href.len && link->title.len);
    buf_put(out, angles ? STR("](<") : STR("]("));
    put_attribute(out, link->href, angles ? ">" : "()", in_cell);
    if (angles)
        buf_put(out, STR(">"));
    if (link->title.len) {
        buf_put(out, STR(" \""));
        put_attribute(out, link->title, "\"", in_cell);
        buf_put(out, STR("\""));
    }
    buf_put(out, STR(")"));
}

static bool is_scheme(struct str s) {
    if (s.len < 2 || s.len > 32 || !str_is_alpha(s.at[0]))
        return false;
    for (size_t i = 1; i < s.len; i++)
        if (!str_is_alpha(s.at[i]) && !str_is_digit(s.at[i]) && !strchr("+.-", s.at[i]))
            return false;
    return true;
}

bool link_is_autolink(const struct inl *link) {
    const struct inl *text = link->first;
    if (link->title.len || !text || text->next || text->kind != INLINE_TEXT)
        return false;
    size_t colon = str_find_char(link->href, ':');
    if (!str_eq(text->text, link->href) || !is_scheme(str_slice(link->href, 0, colon)))
        return false;
    for (size_t i = 0; i < link->href.len; i++)
        if ((unsigned char)link->href.at[i] <= ' ' || strchr("<>&\\|", link->href.at[i]))
            return false;
    return colon < link->href.len;
}

#include "encode.h"

#include "html.h"
#include "json.h"
#include "utf8.h"

bool escape_kind(struct str name, enum escape *kind) {
    static const struct str names[ESCAPE_COUNT] = {STR_INIT("html"), STR_INIT("xml"),
                                                   STR_INIT("url"), STR_INIT("path"),
                                                   STR_INIT("json")};
    for (int i = 0; i < ESCAPE_COUNT; i++)
        if (str_eq(name, names[i])) {
            *kind = (enum escape)i;
            return true;
        }
    return false;
}

/* XML 1.0 §2.2: #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF] */
static bool is_xml_char(uint32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

static void escape_xml(struct buf *out, struct str text) {
    size_t begin = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned char first = (unsigned char)text.at[at];
        size_t start = at;
        if (first >= 0x20 && first < 0xEF) { // the usual: nothing to look at
            at++;
            continue;
        }
        if (is_xml_char(utf8_next(text, &at)))
            continue;
        html_escape(out, str_slice(text, begin, start));
        begin = at;
    }
    html_escape(out, str_from(text, begin));
}

static bool is_unreserved(char c) {
    return str_is_alpha(c) || str_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void escape_url(struct buf *out, struct str text, bool keep_slash) {
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (is_unreserved((char)c) || (keep_slash && c == '/')) {
            buf_char(out, (char)c);
            continue;
        }
        buf_char(out, '%');
        buf_char(out, hex[c >> 4]);
        buf_char(out, hex[c & 15]);
    }
}

void escape_text(struct buf *out, enum escape kind, struct str text) {
    switch (kind) {
    case ESCAPE_HTML:
        html_escape(out, text);
        break;
    case ESCAPE_XML:
        escape_xml(out, text);
        break;
    case ESCAPE_URL:
    case ESCAPE_PATH:
        escape_url(out, text, kind == ESCAPE_PATH);
        break;
    case ESCAPE_JSON:
        json_text(out, text, true);
        break;
    case ESCAPE_COUNT:
        break;
    }
}

#include "encode.h"

#include "html.h"
#include "json.h"
#include "utf8.h"

bool escape_kind(struct str name, enum escape *kind) {
    static const struct str names[ESCAPE_COUNT] = {STR_INIT("html"), STR_INIT("xml"),
                                                   STR_INIT("url"), STR_INIT("path"),
                                                   STR_INIT("json"), STR_INIT("link"),
                                                   STR_INIT("image")};
    for (int i = 0; i < ESCAPE_COUNT; i++)
        if (str_eq(name, names[i])) {
            *kind = (enum escape)i;
            return true;
        }
    return false;
}

/* What html_escape leaves alone as CommonMark does, but an attribute in single quotes ends at. */
static void escape_html(struct buf *out, struct str text) {
    struct str part;
    for (bool first = true; str_cut(&text, '\'', &part); first = false) {
        if (!first)
            buf_put(out, STR("&#39;"));
        html_escape(out, part);
    }
}

/* XML 1.0 §2.2: #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF] */
static bool is_xml_char(uint32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

static void escape_xml_text(struct buf *out, struct str text) {
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
        escape_html(out, str_slice(text, begin, start));
        begin = at;
    }
    escape_html(out, str_from(text, begin));
}

/* Plugins may give any bytes; a document with bytes that are not UTF-8 is no XML. */
static void escape_xml(struct buf *out, struct str text) {
    size_t bad;
    while (!utf8_check(text, &bad)) {
        escape_xml_text(out, str_slice(text, 0, bad));
        buf_put(out, STR("\xEF\xBF\xBD"));
        text = str_from(text, bad + 1);
    }
    escape_xml_text(out, text);
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
        escape_html(out, text);
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
    case ESCAPE_LINK:
    case ESCAPE_IMAGE:
        escape_html(out, html_is_active_url(text, kind == ESCAPE_IMAGE) ? STR("#") : text);
        break;
    case ESCAPE_COUNT:
        break;
    }
}

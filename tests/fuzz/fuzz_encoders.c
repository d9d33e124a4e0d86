/* Any bytes through each encoder: what comes out cannot end the place it is written to, and says
 * what went in. */
#include <stdlib.h>
#include <string.h>

#include "encode.h"
#include "json.h"
#include "utf8.h"

static void expect(bool holds) {
    if (!holds)
        abort();
}

static bool holds_any(struct str s, const char *set) {
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] && strchr(set, s.at[i]))
            return true;
    return false;
}

static bool holds_control(struct str s, bool may_have_lines) {
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] < 0x20 &&
            !(may_have_lines && (s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r')))
            return true;
    return false;
}

static bool is_utf8(struct str s) {
    size_t bad;
    return utf8_check(s, &bad);
}

/* What an HTML parser makes of the few references that the encoder writes. */
static struct str unescape(struct arena *a, struct str s) {
    static const struct {
        struct str name, text;
    } references[] = {{STR_INIT("&amp;"), STR_INIT("&")},   {STR_INIT("&lt;"), STR_INIT("<")},
                      {STR_INIT("&gt;"), STR_INIT(">")},    {STR_INIT("&quot;"), STR_INIT("\"")},
                      {STR_INIT("&#39;"), STR_INIT("'")}};
    char *out = arena_alloc(a, s.len + 1);
    size_t len = 0;
    while (s.len) {
        size_t k = 0;
        while (k < 5 && !str_starts(s, references[k].name))
            k++;
        expect(k < 5 || s.at[0] != '&');
        out[len++] = k < 5 ? references[k].text.at[0] : s.at[0];
        s = str_from(s, k < 5 ? references[k].name.len : 1);
    }
    return (struct str){out, len};
}

static bool is_control(char c) {
    return c == 0x7F || ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r');
}

static struct str without_controls(struct arena *a, struct str s) {
    char *out = arena_alloc(a, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++)
        if (!is_control(s.at[i]))
            out[len++] = s.at[i];
    return (struct str){out, len};
}

static int hex(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void check_url(struct str text, struct str url) {
    size_t at = 0;
    expect(!holds_any(url, "<>\"'& \\:?#"));
    for (size_t i = 0; i < text.len; i++) {
        expect(at < url.len);
        if (url.at[at] != '%') {
            expect(url.at[at++] == text.at[i]);
            continue;
        }
        expect(at + 2 < url.len || at + 3 == url.len);
        expect((char)(hex(url.at[at + 1]) << 4 | hex(url.at[at + 2])) == text.at[i]);
        at += 3;
    }
    expect(at == url.len);
}

/* The strict grammar of a JSON string (RFC 8259, section 7), with its quotes. */
static void check_json(struct str json, bool script) {
    expect(json.len >= 2 && json.at[0] == '"' && json.at[json.len - 1] == '"' && is_utf8(json));
    struct str inside = str_slice(json, 1, json.len - 1);
    expect(!holds_control(inside, false));
    expect(!script || (!holds_any(inside, "<>&") && !strstr(json.at, "\xE2\x80\xA8")));
    for (size_t i = 0; i < inside.len; i++) {
        expect(inside.at[i] != '"');
        if (inside.at[i] != '\\')
            continue;
        expect(++i < inside.len && strchr("\"\\/bfnrtu", inside.at[i]));
        for (size_t k = 1; inside.at[i] == 'u' && k <= 4; k++)
            expect(i + k < inside.len &&
                   strchr("0123456789abcdefABCDEF", inside.at[i + k]));
    }
}

static struct str encoded(struct arena *a, enum escape kind, struct str text) {
    struct buf out = BUF_INIT;
    escape_text(&out, kind, text);
    struct str copy = arena_str(a, buf_str(&out));
    buf_free(&out);
    return copy;
}

static struct str json_of(struct arena *a, struct str text, bool script) {
    struct buf out = BUF_INIT;
    json_string(&out, text, script);
    struct str copy = arena_str(a, buf_str(&out));
    buf_free(&out);
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena a = ARENA_INIT;
    struct str text = {(const char *)bytes, len};
    struct str html = encoded(&a, ESCAPE_HTML, text), xml = encoded(&a, ESCAPE_XML, text);
    expect(!holds_any(html, "<>\"'\x7F\v\b") && str_eq(unescape(&a, html), without_controls(&a, text)));
    expect(!holds_any(xml, "<>\"'") && !holds_control(xml, true) && is_utf8(xml));
    check_url(text, encoded(&a, ESCAPE_URL, text));
    expect(!holds_any(encoded(&a, ESCAPE_URL, text), "/"));
    check_url(text, encoded(&a, ESCAPE_PATH, text));
    check_json(json_of(&a, text, false), false);
    check_json(json_of(&a, text, true), true);
    arena_free(&a);
    return 0;
}

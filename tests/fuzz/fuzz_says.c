/* What a worker that was taken over says, any bytes: what a plugin is, items of an `each`, or
 * messages. It is refused, or what is kept of it is in order, and the messages are JSON. Input: u8
 * which of them, then the bytes of the record. */
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "session_plugins.h"
#include "utf8.h"

enum { SAYS_PLUGIN, SAYS_ITEMS, SAYS_MESSAGES, SAYS_COUNT };

static void expect(bool holds) {
    if (!holds)
        abort();
}

/* The end of the JSON value that begins here (RFC 8259), numbers in their simplest form. */
static const char *skip_json(const char *at, unsigned depth);

static const char *skip_string(const char *at) {
    expect(*at++ == '"');
    for (; *at != '"'; at++) {
        expect((unsigned char)*at >= 0x20);
        if (*at == '\\')
            expect(*++at && strchr("\"\\/bfnrtu", *at));
    }
    return at + 1;
}

static const char *skip_space(const char *at) {
    return at + strspn(at, " \n");
}

static const char *skip_many(const char *at, char close, unsigned depth) {
    at = skip_space(at + 1);
    while (*at != close) {
        if (close == '}') {
            at = skip_space(skip_string(at));
            expect(*at++ == ':');
        }
        at = skip_space(skip_json(at, depth + 1));
        expect(*at == close || (*at == ',' && at[strspn(at + 1, " \n") + 1] != close));
        at = skip_space(at + (*at == ','));
    }
    return at + 1;
}

static const char *skip_json(const char *at, unsigned depth) {
    expect(depth < 20);
    if (*at == '{' || *at == '[')
        return skip_many(at, *at == '{' ? '}' : ']', depth);
    if (*at == '"')
        return skip_string(at);
    size_t len = strncmp(at, "false", 5) == 0 ? 5 : strspn(at, "0123456789");
    expect(len > 0);
    return at + len;
}

static void check_sarif(const struct diags *d) {
    static const struct message_rule rule = {STR_INIT("plugin"), STR_INIT("s"), STR_INIT("e"),
                                             SEVERITY_WARNING};
    struct buf out = BUF_INIT;
    size_t bad;
    message_put_sarif(&out, d, STR("site"), &rule, 1);
    expect(utf8_check(buf_str(&out), &bad));
    buf_char(&out, '\0');
    expect(*skip_space(skip_json(out.at, 0)) == '\0');
    buf_free(&out);
}

static void check_plugin(struct session *s) {
    const struct known_plugin *p = &s->plugins[0];
    expect(p->check_count <= MOST_EXPORTS && p->reader_count <= MOST_EXPORTS &&
           s->export_count <= MOST_EXPORTS);
    expect(p->is_described != p->is_broken);
    expect(p->is_described || (!p->check_count && !p->reader_count && !s->export_count));
    for (uint32_t i = 0; i < p->check_count; i++)
        expect(site_is_export_name(p->checks[i].code));
    plugins_gather(s);
    for (uint32_t i = 0; i < s->export_count; i++)
        expect(session_export(s, s->exports[i].name) == &s->exports[i]);
    for (uint32_t i = 0; i < s->reader_count; i++)
        expect(s->readers[i].plugin == 0);
}

static void check_items(struct session *s, const struct answer *answer) {
    struct wire items = {.rest = buf_str(&answer->record[RECORD_ITEMS])};
    struct str key, value, keys[64];
    size_t bad, count = 0;
    if (!session_check_items(s, answer, (struct place){.path = STR("p")}))
        expect(s->diags->errors == 1);
    else
        while (session_next_item(&items, &key, &value)) {
            expect(key.len && utf8_check(key, &bad));
            for (size_t i = 0; i < count; i++)
                expect(!str_eq(keys[i], key));
            if (count < sizeof keys / sizeof *keys)
                keys[count++] = key;
        }
}

static void take(struct session *s, unsigned what, struct answer *answer) {
    struct unit load = {.kind = UNIT_PLUGIN};
    if (what == SAYS_PLUGIN) {
        plugins_take_load(s, &load, POOL_MADE, "", answer);
        check_plugin(s);
    } else if (what == SAYS_ITEMS) {
        check_items(s, answer);
    } else {
        session_take_diags(s, answer);
    }
    check_sarif(s->diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static const enum record_kind kinds[SAYS_COUNT] = {RECORD_PLUGIN, RECORD_ITEMS, RECORD_DIAG};
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct known_plugin plugin = {.name = STR("p"), .place = STR("plugins/p.lua")};
    struct session s = {.diags = &d, .plugins = &plugin, .plugin_count = 1};
    struct answer answer = {.came = 0};
    unsigned what = len ? bytes[0] % SAYS_COUNT : 0;
    if (len)
        buf_put(&answer.record[kinds[what]], (struct str){(const char *)bytes + 1, len - 1});
    take(&s, what, &answer);
    buf_free(&answer.record[kinds[what]]);
    arena_free(&s.update);
    arena_free(&s.config);
    arena_free(&s.arena);
    arena_free(&a);
    return 0;
}

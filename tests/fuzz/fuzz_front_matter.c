/* Any bytes as front matter: they are refused with exactly one error that has a place, or what is
 * read is written as YAML that reads and is written the same again. */
#include <stdlib.h>

#include "yaml.h"

static void expect(bool holds) {
    if (!holds)
        abort();
}

static struct value *read_text(struct source *s, struct arena *a, struct str text,
                               struct diags *d) {
    struct value *v = NULL;
    bool opened = source_open(s, a, STR("a.md"), STR("a.md"), text, d);
    bool done = opened && yaml_read(&v, a, s, 0, text.len, d);
    expect(d->errors == !done && d->warnings == 0);
    expect(done || (d->first->at.line > 0 && d->first->at.col > 0));
    return v;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct source s;
    struct buf first = BUF_INIT, second = BUF_INIT;
    struct value *v = read_text(&s, &a, (struct str){(const char *)bytes, len}, &d);
    if (v) {
        expect(v->type == VALUE_RECORD && v->span.begin <= v->span.end && v->span.end <= len);
        yaml_write(&first, v);
        v = first.len <= 64 * 1024 ? read_text(&s, &a, buf_str(&first), &d) : NULL;
    }
    if (v) {
        yaml_write(&second, v);
        expect(str_eq(buf_str(&first), buf_str(&second)));
    }
    expect(first.len == 0 || first.len > 64 * 1024 || second.len > 0);
    buf_free(&first);
    buf_free(&second);
    arena_free(&a);
    return 0;
}

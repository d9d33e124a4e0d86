#include "markdown_run.h"

#include <stdint.h>
#include <string.h>

void run_init(struct run *r, struct arena *a, struct str source) {
    *r = (struct run){.arena = a, .source = source, .text = STR("")};
}

void run_free(struct run *r) {
    buf_free(&r->copy);
}

static bool is_in_source(const struct run *r, struct str s) {
    uintptr_t at = (uintptr_t)s.at, begin = (uintptr_t)r->source.at;
    return at >= begin && at - begin < r->source.len;
}

/* A piece need not lie behind the text: the source may go on with the same bytes, as it does when
 * md4c gives a line end of its own. */
static bool goes_on(const struct run *r, struct str more) {
    if (!r->text.len || r->copied)
        return false;
    const char *after = r->text.at + r->text.len;
    return more.len <= (size_t)(r->source.at + r->source.len - after) &&
           (after == more.at || memcmp(after, more.at, more.len) == 0);
}

static void copy(struct run *r, struct str more) {
    if (!r->copied) {
        r->copy.len = 0;
        buf_put(&r->copy, r->text);
        r->copied = true;
    }
    buf_put(&r->copy, more);
    r->text = buf_str(&r->copy);
}

void run_add(struct run *r, struct str more) {
    if (!more.len)
        return;
    if (!r->text.len && is_in_source(r, more))
        r->text = more;
    else if (goes_on(r, more))
        r->text.len += more.len;
    else
        copy(r, more);
}

struct str run_end(struct run *r) {
    struct str text = r->copied ? arena_str(r->arena, r->text) : r->text;
    r->text = STR("");
    r->copied = false;
    return text;
}

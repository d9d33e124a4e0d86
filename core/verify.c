#include "verify.h"

#include "content.h"
#include "json.h"
#include "utf8.h"

struct report {
    struct arena arena;
    struct buf *text;
    bool is_json;
    struct str out;
    size_t differing;
};

static const char *const names[] = {
    [DIFFERS_MISSING] = "missing",      [DIFFERS_BY_HAND] = "changed-by-hand",
    [DIFFERS_BY_STATE] = "keeps-state", [DIFFERS_NOT_BUILT] = "not-built",
    [DIFFERS_STALE] = "stale",          [DIFFERS_LEFT] = "left-over",
};

static struct str reason_of(struct report *r, const struct build_difference *one) {
    switch (one->how) {
    case DIFFERS_MISSING:
        return STR("it was written, and is not there any more");
    case DIFFERS_BY_HAND:
        return STR("somebody changed it: these are not the bytes that were written");
    case DIFFERS_BY_STATE:
        return arena_printf(&r->arena, "%.*s keeps something between renderings: in another order "
                                       "it gives other bytes", STR_ARG(one->plugin));
    case DIFFERS_NOT_BUILT:
        return STR("no build has written it yet");
    case DIFFERS_LEFT:
        return STR("nothing makes it any more; the next build removes it");
    case DIFFERS_STALE:
        break;
    }
    if (one->cause.len)
        return arena_printf(&r->arena, "%.*s changed since the last build", STR_ARG(one->cause));
    return STR("it should have been made anew, though nothing changed since the last build: a "
               "fault of fascia's own");
}

static void put_member(struct buf *out, const char *key, struct str value) {
    if (!value.len)
        return;
    buf_printf(out, "\"%s\":", key);
    json_string(out, value, false);
    buf_char(out, ',');
}

static void put_json(struct report *r, const struct build_difference *one, struct str path) {
    struct buf *out = r->text;
    buf_char(out, '{');
    put_member(out, "output", path);
    put_member(out, "differs", str_of(names[one->how]));
    put_member(out, "text", reason_of(r, one));
    put_member(out, "cause", one->cause);
    put_member(out, "export", one->export);
    put_member(out, "plugin_file", one->plugin);
    put_member(out, "article", one->article);
    put_member(out, "key", one->key);
    buf_printf(out, "\"item\":%u}\n", one->item + 1);
}

static void put_text(struct report *r, const struct build_difference *one, struct str path) {
    struct buf *out = r->text;
    buf_printf(out, "%.*s: %s: %.*s", STR_ARG(path), names[one->how], STR_ARG(reason_of(r, one)));
    buf_printf(out, " (%.*s", STR_ARG(one->export));
    if (one->article.len)
        buf_printf(out, " of %.*s", STR_ARG(one->article));
    if (one->key.len)
        buf_printf(out, " of '%.*s'", STR_ARG(utf8_visible(&r->arena, one->key)));
    else if (one->item)
        buf_printf(out, ", item %u", one->item + 1);
    buf_put(out, STR(")\n"));
}

static void differs(void *self, const struct build_difference *one) {
    struct report *r = self;
    struct str path = content_join(&r->arena, r->out, one->path);
    r->differing++;
    if (r->is_json)
        put_json(r, one, path);
    else
        put_text(r, one, path);
}

static void put_sum(struct report *r, const struct build_result *result) {
    if (r->is_json)
        buf_printf(r->text, "{\"outputs\":%zu,\"differing\":%zu}\n", result->outputs, r->differing);
    else
        buf_printf(r->text, "%zu %s verified, %zu %s\n", result->outputs,
                   result->outputs == 1 ? "output" : "outputs", r->differing,
                   r->differing == 1 ? "differs" : "differ");
}

int verify_site(const struct build_options *o, bool is_json, struct buf *text, struct buf *log,
                struct diags *d) {
    struct build_result result;
    struct report r = {.text = text, .is_json = is_json};
    struct build_verifying events = {&r, differs};
    r.out = o->out.len ? o->out : content_join(&r.arena, o->site, STR("public"));
    int status = build_verify(o, &events, &result, d);
    if (status <= 1)
        put_sum(&r, &result);
    *log = result.log;
    arena_free(&r.arena);
    return status == 0 && r.differing ? 1 : status;
}

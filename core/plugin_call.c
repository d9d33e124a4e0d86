#include "plugin_call.h"

#include <lauxlib.h>
#include <string.h>

#include "protocol.h"
#include "utf8.h"

/* What the message handler found out, in memory that Lua does not own: it may be out of it. */
struct failure {
    char text[4096], path[512];
    size_t len;
    uint32_t line;
    bool known;
};

static struct failure failure;

static void set_text(const char *text, size_t len) {
    failure.len = len < sizeof failure.text ? len : sizeof failure.text;
    memcpy(failure.text, text, failure.len);
}

/* Error objects may be anything; nothing of theirs is run. */
static void take_text(lua_State *L) {
    size_t len;
    if (lua_type(L, 1) == LUA_TSTRING || lua_type(L, 1) == LUA_TNUMBER) {
        const char *text = lua_tolstring(L, 1, &len);
        set_text(text, len);
        return;
    }
    char text[64];
    int n = snprintf(text, sizeof text, "the plugin raised a %s instead of a message",
                     luaL_typename(L, 1));
    set_text(text, (size_t)n);
}

/* Lua and luaL_error put "file:line: " before a message: it is told by the place already. Returns
 * the line, 0 when there is none. */
static uint32_t strip_place(const char *short_source) {
    size_t len = strlen(short_source), i = len + 1;
    uint32_t line = 0;
    if (failure.len <= i || memcmp(failure.text, short_source, len) != 0 ||
        failure.text[len] != ':')
        return 0;
    for (; i < failure.len && str_is_digit(failure.text[i]); i++)
        line = line * 10 + (uint32_t)(failure.text[i] - '0');
    if (i == len + 1 || i + 1 >= failure.len || failure.text[i] != ':')
        return 0;
    failure.len -= i + 2;
    memmove(failure.text, failure.text + i + 2, failure.len);
    return line;
}

/* Of text that a plugin loads the message tells the line: nothing else does. */
static bool has_own_places(const char *source) {
    return source[0] == '@' || str_starts(str_of(source), STR("=fascia."));
}

/* The message handler: the innermost frame that belongs to a file is the place. The message may
 * know a better line of it: that of a value in a call that goes over many (core.put). */
static int note_failure(lua_State *L) {
    lua_Debug frame;
    take_text(L);
    failure.known = false;
    failure.line = 0;
    for (int level = 0; level < 200 && lua_getstack(L, level, &frame); level++) {
        if (!lua_getinfo(L, "Sl", &frame))
            break;
        uint32_t line = 0;
        if (frame.currentline > 0 && has_own_places(frame.source))
            line = strip_place(frame.short_src);
        if (frame.source[0] != '@' || frame.currentline <= 0 || failure.known)
            continue;
        snprintf(failure.path, sizeof failure.path, "%s", frame.source + 1);
        failure.line = line ? line : (uint32_t)frame.currentline;
        failure.known = true;
    }
    return 1;
}

/* A syntax error has no frame: its message begins with the file and the line. */
static void take_place_from_text(const char *path) {
    char name[LUA_IDSIZE + 1];
    struct str text = {failure.text, failure.len};
    size_t len = strlen(path);
    const char *shown = len < LUA_IDSIZE - 1 ? path : NULL;
    size_t at = shown ? len : str_find(text, STR(".lua:")) + 4;
    if (at >= text.len || text.at[at] != ':' || !str_is_digit(text.at[at + 1]))
        return;
    if (shown && memcmp(text.at, shown, len) != 0)
        return;
    uint32_t line = 0;
    for (size_t i = at + 1; i < text.len && str_is_digit(text.at[i]); i++)
        line = line * 10 + (uint32_t)(text.at[i] - '0');
    failure.line = line;
    snprintf(name, sizeof name, "%.*s", (int)at, text.at);
    strip_place(name);
}

/* The first character of the line that is not white space: Lua knows no columns. */
static uint32_t column_of(const struct bundle *bundle, const char *path, uint32_t line) {
    for (size_t i = 0; i < bundle->count; i++) {
        struct str rest = bundle->files[i].bytes, text;
        if (!str_eq(bundle->files[i].place, str_of(path)))
            continue;
        for (uint32_t n = 1; str_cut(&rest, '\n', &text); n++)
            if (n == line)
                return (uint32_t)(text.len - str_trim(text).len < text.len
                                      ? (size_t)(str_trim(text).at - text.at) + 1
                                      : 1);
    }
    return 1;
}

static void add_content_place(struct bind *b, struct diag *error, struct diags *d) {
    if (!b->last_read.slot || !b->last_shown || b->last_shown->article == NO_ARTICLE)
        return;
    char text[256];
    struct buf path = {.at = text, .cap = sizeof text, .max = sizeof text};
    node_path(&path, b->last_read);
    struct place at = bind_place(b, b->last_shown, b->last_read);
    bind_read(b, b->last_shown, b->last_read, READ_PLACE); // the message says it
    struct str what = path.len ? buf_str(&path) : STR("the article");
    diag_relate(d, error, at, "while it was reading %.*s", STR_ARG(what));
}

/* "export 'faq.csv' of content/a.md" */
static struct str what_ran(const struct plugin *p, struct arena *a) {
    struct image head;
    if (!p->running && !p->checking)
        return STR("loading this plugin");
    struct str name = p->running ? p->running->name : p->checking->code;
    struct str what = arena_printf(a, "%s '%.*s'", p->running ? "export" : "check", STR_ARG(name));
    if (!site_head(p->bind.site, p->bind.own_article, &head))
        return what;
    struct str path = node_get_string(image_root(&head), STR("path"));
    return arena_printf(a, "%.*s of %.*s%.*s", STR_ARG(what), STR_ARG(p->bind.content),
                        STR_ARG(path));
}

static void report_limit(struct plugin *p, struct place at, const char *code, const char *text,
                         size_t bytes, const char *setting, struct diags *d) {
    struct str what = what_ran(p, d->arena);
    struct diag *error =
        diag_error(d, at, code, "%.*s %s %zu MB", STR_ARG(what), text, bytes >> 20);
    diag_help(d, error, "limits: {%s: …} in content/site.yaml allows more", setting);
}

static struct place failed_at(const struct plugin *p) {
    struct place at = {failure.known ? str_of(failure.path) : p->place, failure.line, 0};
    if (at.line)
        at.col = column_of(p->bind.bundle, at.path.at, at.line);
    return at;
}

/* One line of at most so many bytes, whatever the plugin said. */
static struct str clean_text(struct arena *a) {
    enum { LONGEST = 4000 };
    struct str text = utf8_visible(a, (struct str){failure.text, failure.len});
    return utf8_visible(a, str_slice(text, 0, LONGEST)); // the cut may lie within a character
}

static void report(struct plugin *p, int status, struct diags *d) {
    static const char in_handling[] = "an error in handling an error";
    if (status == LUA_ERRMEM) {
        report_limit(p, (struct place){.path = p->place}, "limit-memory", "needs more memory than",
                     p->sandbox.limit, "memory_mb", d);
        return;
    }
    if (p->bind.is_out_full) {
        report_limit(p, failed_at(p), "limit-output", "is larger than", p->bind.out_limit,
                     "output_mb", d);
        return;
    }
    if (status == LUA_ERRERR)
        set_text(in_handling, sizeof in_handling - 1);
    else if (!failure.known)
        take_place_from_text(p->place.at);
    struct str text = clean_text(d->arena);
    struct diag *error = diag_error(d, failed_at(p), "plugin", "%.*s", STR_ARG(text));
    add_content_place(&p->bind, error, d);
}

bool plugin_call(struct plugin *p, lua_CFunction f, void *argument, struct diags *d) {
    lua_State *L = p->bind.lua;
    failure = (struct failure){.len = 0};
    lua_settop(L, 0);
    if (p->sandbox.used > p->sandbox.limit / 4) // this call does not pay for earlier ones
        lua_gc(L, LUA_GCCOLLECT, 0);
    lua_pushcfunction(L, note_failure);
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, argument);
    int status = lua_pcall(L, 1, 0, 1);
    lua_settop(L, 0);
    if (status == LUA_OK && !p->bind.is_out_full) // which the plugin may have caught
        return true;
    report(p, status, d);
    return false;
}

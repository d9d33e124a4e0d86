#include "plugin_call.h"

#include <lauxlib.h>

#include "failure.h"
#include "plugin_reader.h"
#include "protocol.h"
#include "utf8.h"

static struct place place_of(const struct plugin *p, const struct failure_line *l,
                             struct str text) {
    struct place at = {str_of(l->path), l->line, l->col};
    if (at.line && !at.col)
        at.col = plugin_column(p->bind.bundle, at, text);
    return at;
}

/* What was read last; of what has read nothing yet the article that it is for. */
static void add_content_place(struct plugin *p, struct diag *error, struct diags *d) {
    struct bind *b = &p->bind;
    char text[256];
    struct buf path = {.at = text, .cap = sizeof text, .max = sizeof text};
    struct node n = b->last_read;
    struct shown *shown = b->last_shown;
    if (p->reading) {
        diag_relate(d, error, source_place(p->reading->file, p->reading->seen),
                    "while reader '%.*s' was reading this", STR_ARG(p->reading->reader->ending));
        return;
    }
    if ((!n.slot || !shown || shown->article == NO_ARTICLE) && b->own_article < b->site->count) {
        shown = bind_article(b, b->own_article);
        n = image_root(&shown->image);
    }
    if (!n.slot || !shown || shown->article == NO_ARTICLE)
        return;
    node_path(&path, n);
    struct place at = bind_place(b, shown, n);
    bind_read(b, shown, n, READ_PLACE); // the message says it
    struct str what = path.len ? buf_str(&path) : STR("the article");
    struct str name = p->running    ? p->running->name
                      : p->checking ? p->checking->code
                                    : STR("");
    struct str who = name.len ? arena_printf(d->arena, "'%.*s'", STR_ARG(name)) : STR("it");
    diag_relate(d, error, at, "while %.*s was reading %.*s", STR_ARG(who), STR_ARG(what));
}

/* The plugin's lines that led there. */
static void add_lines(const struct plugin *p, struct diag *error, struct diags *d) {
    const struct failure *f = failure_last();
    for (uint32_t i = 1; i < f->count; i++)
        diag_relate(d, error, place_of(p, &f->lines[i], STR("")), "reached from here");
}

/* "export 'faq.csv' of content/a.md", "export 'tag.html' of 'pain'" */
static struct str what_ran(const struct plugin *p, struct arena *a) {
    struct image head;
    if (p->reading)
        return p->reading->what;
    if (!p->running && !p->checking)
        return STR("loading this plugin");
    struct str name = p->running ? p->running->name : p->checking->code;
    struct str what = arena_printf(a, "%s '%.*s'", p->running ? "export" : "check", STR_ARG(name));
    struct str key = utf8_visible(a, p->running ? p->running_key : STR(""));
    if (key.len)
        return arena_printf(a, "%.*s of '%.*s'", STR_ARG(what), STR_ARG(key));
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

void plugin_push_function(struct plugin *p, uint32_t function) {
    p->called = function;
    lua_rawgeti(p->bind.lua, LUA_REGISTRYINDEX, (lua_Integer)function);
}

/* Where the function begins that was called last, if it is one of the bundle's. */
static struct place called_at(const struct plugin *p) {
    const struct bundle *bundle = p->bind.bundle;
    struct place at = {.path = p->place};
    lua_Debug about;
    lua_rawgeti(p->bind.lua, LUA_REGISTRYINDEX, (lua_Integer)p->called);
    lua_getinfo(p->bind.lua, ">S", &about);
    for (size_t i = 0; i < bundle->count && about.source[0] == '@'; i++)
        if (str_eq(bundle->files[i].place, str_of(about.source + 1)))
            return (struct place){bundle->files[i].place, (uint32_t)about.linedefined, 1};
    return at;
}

static struct place failed_at(const struct plugin *p, struct str text) {
    const struct failure *f = failure_last();
    if (f->count)
        return place_of(p, &f->lines[0], text);
    return p->called != NO_FUNCTION ? called_at(p) : plugin_place(p->bind.bundle, p->place, text);
}

/* One line, whatever the plugin said: of 4 KB at most, with its places. */
static struct str clean_text(struct arena *a) {
    enum { LONGEST = 3000 };
    const struct failure *f = failure_last();
    struct str text = {f->text, f->len};
    if (f->called[0])
        text = arena_printf(a, "in '%s': %.*s", f->called, STR_ARG(text));
    text = utf8_visible(a, text);
    return utf8_visible(a, str_slice(text, 0, LONGEST)); // the cut may lie within a character
}

/* What the plugin says of content points at content; its own line is where it was said. */
static bool report_blame(struct plugin *p, struct diags *d) {
    const struct blame *b = p->bind.blame;
    const struct failure *f = failure_last();
    if (!b || !str_eq(b->raised, (struct str){f->text, f->len}))
        return false;
    struct place here = failed_at(p, STR("'error'")), at = b->at.path.len ? b->at : here;
    struct diag *error = diag_error(d, at, "", "%.*s", STR_ARG(b->text));
    error->code = arena_str(d->arena, b->code);
    error->help = arena_str(d->arena, b->help);
    if (b->at.path.len)
        diag_relate(d, error, here, "said here");
    add_lines(p, error, d);
    return true;
}

static void report(struct plugin *p, int status, struct diags *d) {
    if (status == LUA_ERRMEM) {
        report_limit(p, (struct place){.path = p->place}, "limit-memory", "needs more memory than",
                     p->sandbox.limit, "memory_mb", d);
        return;
    }
    if (status == LUA_ERRERR)
        failure_set_text(STR("an error in handling an error"));
    failure_take_places(p->bind.bundle, p->place);
    if (report_blame(p, d))
        return;
    struct str text = clean_text(d->arena);
    struct place at = failed_at(p, text);
    if (p->bind.is_out_full) {
        report_limit(p, at, "limit-output", "is larger than", p->bind.out_limit, "output_mb", d);
        return;
    }
    struct diag *error = diag_error(d, at, "plugin", "%.*s", STR_ARG(text));
    if (p->running && p->running_key.len) { // which nothing else would tell
        struct str what = what_ran(p, d->arena);
        diag_help(d, error, "it was making %.*s", STR_ARG(what));
    }
    add_content_place(p, error, d);
    add_lines(p, error, d);
}

bool plugin_call(struct plugin *p, lua_CFunction f, void *argument, struct diags *d) {
    lua_State *L = p->bind.lua;
    failure_forget();
    p->called = NO_FUNCTION;
    lua_settop(L, 0);
    if (p->sandbox.used > p->sandbox.limit / 4) // this call does not pay for earlier ones
        lua_gc(L, LUA_GCCOLLECT, 0);
    lua_pushcfunction(L, failure_note);
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, argument);
    int status = lua_pcall(L, 1, 0, 1);
    p->bind.running = NULL; // an error may have left a coroutine behind
    lua_settop(L, 0);
    if (status == LUA_OK && !p->bind.is_out_full) // which the plugin may have caught
        return true;
    report(p, status, d);
    return false;
}

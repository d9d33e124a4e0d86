/* Content files that a plugin reads: its function is called with the file, and what it returns
 * becomes an article like any other. */
#include "plugin_reader.h"

#include <lauxlib.h>

#include "article.h"
#include "plugin_call.h"
#include "utf8.h"

/* What the prelude's piece.lua asks for. A source that a plugin keeps is of no use later. */

static struct reading_now *now_of(lua_State *L) {
    struct plugin *p = lua_touserdata(L, lua_upvalueindex(1));
    if (!p->reading)
        luaL_error(L, "this source belongs to an earlier reading; do not keep it");
    return p->reading;
}

static size_t check_offset(lua_State *L, const struct reading_now *now) {
    lua_Integer at = luaL_checkinteger(L, 1);
    return at < 0 ? 0 : (size_t)at < now->file->text.len ? (size_t)at : now->file->text.len;
}

/* host.place(offset) -> line, column */
static int host_place(lua_State *L) {
    const struct reading_now *now = now_of(L);
    struct place at = source_place(now->file, check_offset(L, now));
    lua_pushinteger(L, at.line);
    lua_pushinteger(L, at.col);
    return 2;
}

/* host.see(offset): a line that begins there is being read */
static int host_see(lua_State *L) {
    struct reading_now *now = now_of(L);
    now->seen = check_offset(L, now);
    return 0;
}

/* host.warn(offset, text [, more]), host.error: as fascia.warn and fascia.error */
static int host_warn(lua_State *L) {
    const struct reading_now *now = now_of(L);
    return bind_warn_at(L, source_place(now->file, check_offset(L, now)));
}

static int host_error(lua_State *L) {
    const struct reading_now *now = now_of(L);
    return bind_blame_at(L, source_place(now->file, check_offset(L, now)));
}

static const luaL_Reg host_functions[] = {
    {"place", host_place}, {"see", host_see}, {"warn", host_warn}, {"error", host_error},
    {NULL, NULL},
};

/* Calling it */

static int read_protected(lua_State *L) {
    struct plugin *p = lua_touserdata(L, 1);
    struct reading_now *now = p->reading;
    sandbox_seed(L, 0);
    bind_push_core(L);
    lua_getfield(L, -1, "module");
    lua_pushliteral(L, "reader");
    lua_call(L, 1, 1); // core reader
    lua_getfield(L, -1, "read");
    lua_rawgeti(L, LUA_REGISTRYINDEX, (lua_Integer)now->reader->function);
    luaL_newlibtable(L, host_functions);
    lua_pushlightuserdata(L, p);
    luaL_setfuncs(L, host_functions, 1);
    lua_pushlstring(L, now->file->text.at, now->file->text.len);
    lua_pushlstring(L, now->file->path.at, now->file->path.len);
    bind_push_options(L);
    lua_call(L, 5, 1);
    reading_take(L, now);
    return 0;
}

/* Without the site: a reader's articles are made of their files alone. */
static bool call(struct plugin *p, struct diags *d) {
    struct site *site = p->bind.site, none = {.settings = site->settings};
    bind_begin(&p->bind, d);
    p->running = NULL;
    p->checking = NULL;
    p->bind.is_reading = true;
    p->bind.site = &none;
    bool good = plugin_call(p, read_protected, p, d);
    p->bind.site = site;
    p->bind.is_reading = false;
    if (good)
        return true;
    p->reading->how->is_refused = str_eq(d->last->at.path, p->reading->file->place);
    if (!d->last->at.line) // what it returned is wrong
        d->last->at = (struct place){p->place, p->reading->reader->line, 1};
    return false;
}

/* Reading */

static const struct plugin_reader *reader_of(const struct plugin *p, struct str path) {
    const struct plugin_reader *best = NULL;
    for (uint32_t i = 0; i < p->reader_count; i++)
        if (str_ends(path, p->readers[i].ending) &&
            (!best || p->readers[i].ending.len > best->ending.len))
            best = &p->readers[i];
    return best;
}

struct plugin *plugins_reader(const struct plugins *all, struct str path) {
    struct plugin *found = NULL;
    size_t longest = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct plugin_reader *r = all->at[i].loaded ? reader_of(&all->at[i], path) : NULL;
        if (r && r->ending.len > longest) {
            found = &all->at[i];
            longest = r->ending.len;
        }
    }
    return found;
}

static bool read_body(struct reading_now *now, struct document *doc, struct diags *d) {
    struct arena *a = now->how->arena;
    *doc = (struct document){.front = now->front, .given = now->given};
    return pieces_join(&now->text, a, now->body, d) &&
           markdown_read_body(doc, a, &now->text.both, now->text.first_line, now->how->how, d);
}

static bool read(struct reading_now *now, struct document *doc, struct diags *d) {
    struct plugin *p = now->how->plugin;
    now->reader = reader_of(p, now->file->path);
    if (!now->reader) {
        diag_error(d, (struct place){.path = p->place}, "plugin",
                   "it was loaded by one worker and not by another");
        return false;
    }
    now->text.file = *now->file;
    now->what = arena_printf(d->arena, "reader '%.*s' of %.*s", STR_ARG(now->reader->ending),
                             STR_ARG(now->file->place));
    p->reading = now;
    bool good = call(p, d);
    p->reading = NULL;
    return good && read_body(now, doc, d);
}

/* Front matter cannot say it. */
static void warn_of_lists(const struct reading_now *now, struct diags *d) {
    const struct value *given = now->given;
    for (uint32_t i = 0; given->type == VALUE_RECORD && i < given->count; i++) {
        struct span span = given->items[i]->span;
        diag_warning(d, (struct place){now->file->place, span.line, span.col}, "left-out",
                     "'%.*s' of this article has no form in Markdown and is left out",
                     STR_ARG(given->keys[i]));
    }
}

bool plugin_read_document(struct file_reading *r, struct document *doc, const struct source *file,
                          struct diags *d) {
    struct reading_now now = {.how = r, .file = file, .body = STR("")};
    if (!read(&now, doc, d))
        return false;
    warn_of_lists(&now, d);
    return true;
}

static bool read_article(struct reading_now *now, struct value **out, struct diags *d) {
    struct diag *before = d->last;
    struct document doc;
    if (!read(now, &doc, d))
        return false;
    bool good = article_build(out, now->how->arena, &doc, now->how->how, d);
    pieces_place_messages(&now->text, before ? before->next : d->first);
    if (good)
        pieces_place_value(&now->text, *out);
    return good;
}

bool plugin_read_article(struct file_reading *r, struct value **out, const struct source *file,
                         struct diags *d) {
    struct reading_now now = {.how = r, .file = file, .body = STR("")};
    size_t ceiling = r->arena->max;
    if (!r->plugin)
        return article_read(out, r->arena, file, r->how, d);
    r->arena->max = r->arena->bytes + r->settings->memory_bytes; // what C keeps counts too
    bool good = read_article(&now, out, d);
    r->arena->max = ceiling;
    return good;
}

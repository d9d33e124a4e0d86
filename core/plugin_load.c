/* Loading a plugin: running its file and taking the table that it returns apart. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"
#include "plugin_call.h"
#include "utf8.h"

/* A string field of the table at the top, copied; empty when absent. [-0, +0, e] */
static struct str copy_field(lua_State *L, struct arena *a, const char *key, const char *owner) {
    struct str s = STR("");
    int type = lua_getfield(L, -1, key);
    if (type == LUA_TSTRING)
        s.at = lua_tolstring(L, -1, &s.len);
    else if (type != LUA_TNIL)
        luaL_error(L, "%s: '%s' must be a string, not a %s", owner, key, lua_typename(L, type));
    size_t bad;
    if (!utf8_check(s, &bad))
        luaL_error(L, "%s: '%s' is not valid UTF-8", owner, key);
    s = arena_str(a, s);
    lua_pop(L, 1);
    return s;
}

static uint32_t take_function(lua_State *L, const char *key, const char *owner, bool required) {
    int type = lua_getfield(L, -1, key);
    if (type == LUA_TFUNCTION)
        return (uint32_t)luaL_ref(L, LUA_REGISTRYINDEX);
    if (type != LUA_TNIL || required)
        luaL_error(L, "%s: '%s' must be a function, not %s", owner, key,
                   type == LUA_TNIL ? "missing" : lua_typename(L, type));
    lua_pop(L, 1);
    return NO_FUNCTION;
}

static void take_each(lua_State *L, struct arena *a, struct export *e, const char *owner) {
    int type = lua_getfield(L, -1, "each");
    struct str each = STR("");
    if (type == LUA_TFUNCTION) {
        e->each = EACH_FUNCTION;
        e->each_function = (uint32_t)luaL_ref(L, LUA_REGISTRYINDEX);
        return;
    }
    if (type == LUA_TSTRING)
        each.at = lua_tolstring(L, -1, &each.len);
    if (str_eq(each, STR("article"))) {
        e->each = EACH_ARTICLE;
    } else if (str_eq(each, STR("site"))) {
        e->each = EACH_SITE;
    } else if (str_starts(each, STR("article.")) && each.len > 8) {
        e->each = EACH_LIST;
        e->list = arena_str(a, str_from(each, 8));
    } else {
        luaL_error(L, "%s: 'each' must be \"article\", \"site\", \"article.FIELD\" or a function",
                   owner);
    }
    lua_pop(L, 1);
}

static void take_path(lua_State *L, struct arena *a, struct export *e, const char *owner) {
    int type = lua_getfield(L, -1, "path");
    lua_pop(L, 1);
    if (type == LUA_TFUNCTION) {
        e->path_function = take_function(L, "path", owner, true);
        return;
    }
    e->path = copy_field(L, a, "path", owner);
    if (e->path.len == 0)
        luaL_error(L, "%s: 'path' is missing: a template such as \"{slug}/faq.csv\"", owner);
}

/* The export's table is at the top, its name below. [-0, +0, e] */
static void take_export(lua_State *L, struct arena *a, struct export *e) {
    struct str name = STR("");
    if (lua_type(L, -2) == LUA_TSTRING)
        name.at = lua_tolstring(L, -2, &name.len);
    if (!site_is_export_name(name))
        luaL_error(L, "an export's name has letters, digits, '.', '-' and '_' only");
    const char *owner = lua_pushfstring(L, "export '%s'", name.at);
    lua_insert(L, -2); // name owner table
    if (!lua_istable(L, -1))
        luaL_error(L, "%s must be a table", owner);
    *e = (struct export){.name = arena_str(a, name), .path_function = NO_FUNCTION,
                         .each_function = NO_FUNCTION};
    take_each(L, a, e, owner);
    take_path(L, a, e, owner);
    e->summary = copy_field(L, a, "summary", owner);
    e->render = take_function(L, "render", owner, true);
    e->when = take_function(L, "when", owner, false);
    e->conditional = e->when != NO_FUNCTION;
    lua_remove(L, -2); // owner
}

/* Of the table at the top. [-0, +0, e] */
static uint32_t count_pairs(lua_State *L, const char *field) {
    uint32_t n = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        n++;
    if (n > MOST_EXPORTS)
        luaL_error(L, "'%s' holds more than %d", field, MOST_EXPORTS);
    return n;
}

static int compare_exports(const void *p, const void *q) {
    const struct export *a = p, *b = q;
    return str_compare(a->name, b->name);
}

static int compare_checks(const void *p, const void *q) {
    const struct check *a = p, *b = q;
    return str_compare(a->code, b->code);
}

/* [-0, +0, e] */
static void take_exports(lua_State *L, struct arena *a, struct plugin *p) {
    if (lua_getfield(L, -1, "exports") == LUA_TTABLE) {
        uint32_t count = count_pairs(L, "exports");
        p->exports = ARENA_ARRAY(a, struct export, count);
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            if (p->export_count == count) // taking one may call a metamethod, which adds another
                luaL_error(L, "'exports' changed while it was read");
            take_export(L, a, &p->exports[p->export_count++]);
        }
        qsort(p->exports, p->export_count, sizeof *p->exports, compare_exports);
    } else if (!lua_isnil(L, -1)) {
        luaL_error(L, "'exports' must be a table");
    }
    lua_pop(L, 1);
}

/* What a check's table says besides its function. [-0, +0, e] */
static void take_check_fields(lua_State *L, struct arena *a, struct check *c, const char *owner) {
    enum { LONGEST_EXPLANATION = 8000 /* bytes */ };
    c->summary = copy_field(L, a, "summary", owner);
    c->explain = copy_field(L, a, "explain", owner);
    if (c->explain.len > LONGEST_EXPLANATION)
        luaL_error(L, "%s: 'explain' is longer than %d bytes", owner, LONGEST_EXPLANATION);
    struct str severity = copy_field(L, a, "severity", owner);
    struct str each = copy_field(L, a, "each", owner);
    if (severity.len && !severity_named(severity, &c->severity))
        luaL_error(L, "%s: 'severity' must be \"error\", \"warning\", \"info\" or \"off\"", owner);
    if (str_eq(each, STR("site")))
        c->each = EACH_SITE;
    else if (each.len && !str_eq(each, STR("article")))
        luaL_error(L, "%s: 'each' must be \"article\" or \"site\"", owner);
}

/* A function, or a table that holds one, is at the top, its code below. [-0, +0, e] */
static void take_check(lua_State *L, struct arena *a, struct check *c) {
    struct str code = STR("");
    if (lua_type(L, -2) == LUA_TSTRING)
        code.at = lua_tolstring(L, -2, &code.len);
    if (!site_is_export_name(code))
        luaL_error(L, "a check's code has letters, digits, '.', '-' and '_' only");
    *c = (struct check){.code = arena_str(a, code), .severity = SEVERITY_WARNING,
                        .each = EACH_ARTICLE};
    const char *owner = lua_pushfstring(L, "check '%s'", code.at);
    lua_insert(L, -2); // code owner check
    if (lua_isfunction(L, -1)) {
        lua_pushvalue(L, -1);
        c->run = (uint32_t)luaL_ref(L, LUA_REGISTRYINDEX);
    } else if (lua_istable(L, -1)) {
        take_check_fields(L, a, c, owner);
        c->run = take_function(L, "run", owner, true);
    } else {
        luaL_error(L, "%s must be a function or a table with one, 'run'", owner);
    }
    lua_remove(L, -2); // owner
}

/* [-0, +0, e] */
static void take_checks(lua_State *L, struct arena *a, struct plugin *p) {
    if (lua_getfield(L, -1, "checks") == LUA_TTABLE) {
        uint32_t count = count_pairs(L, "checks");
        p->checks = ARENA_ARRAY(a, struct check, count);
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            if (p->check_count == count) // as for exports
                luaL_error(L, "'checks' changed while it was read");
            take_check(L, a, &p->checks[p->check_count++]);
        }
        qsort(p->checks, p->check_count, sizeof *p->checks, compare_checks);
    } else if (!lua_isnil(L, -1)) {
        luaL_error(L, "'checks' must be a table");
    }
    lua_pop(L, 1);
}

/* A function by an ending, at the top; the ending below. [-0, +0, e] */
static void take_reader(lua_State *L, struct arena *a, struct plugin_reader *r) {
    lua_Debug about;
    struct str ending = STR("");
    if (lua_type(L, -2) == LUA_TSTRING)
        ending.at = lua_tolstring(L, -2, &ending.len);
    if (site_reads(ending))
        luaL_error(L, "'readers': fascia itself reads %s files", ending.at);
    if (!site_is_ending(ending) || !lua_isfunction(L, -1))
        luaL_error(L, "'readers' must hold functions by the ending of what they read: \".recipe\"");
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &about);
    lua_pushvalue(L, -1);
    *r = (struct plugin_reader){arena_str(a, ending), (uint32_t)luaL_ref(L, LUA_REGISTRYINDEX),
                                about.linedefined > 0 ? (uint32_t)about.linedefined : 1};
}

static int compare_readers(const void *p, const void *q) {
    const struct plugin_reader *a = p, *b = q;
    return str_compare(a->ending, b->ending);
}

/* [-0, +0, e] */
static void take_readers(lua_State *L, struct arena *a, struct plugin *p) {
    if (lua_getfield(L, -1, "readers") == LUA_TTABLE) {
        p->readers = ARENA_ARRAY(a, struct plugin_reader, count_pairs(L, "readers"));
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            take_reader(L, a, &p->readers[p->reader_count++]);
        qsort(p->readers, p->reader_count, sizeof *p->readers, compare_readers);
    } else if (!lua_isnil(L, -1)) {
        luaL_error(L, "'readers' must be a table");
    }
    lua_pop(L, 1);
}

struct loading {
    struct plugin *plugin;
    struct arena *arena;
    const struct bundle_file *file;
};

static int load_protected(lua_State *L) {
    struct loading *l = lua_touserdata(L, 1);
    struct plugin *p = l->plugin;
    bind_open(&p->bind);
    lua_pushliteral(L, "@");
    lua_pushlstring(L, p->place.at, p->place.len);
    lua_concat(L, 2);
    if (luaL_loadbufferx(L, l->file->bytes.at, l->file->bytes.len, lua_tostring(L, -1), "t"))
        return lua_error(L);
    lua_call(L, 0, 1);
    if (!lua_istable(L, -1))
        return luaL_error(L, "a plugin must return a table, not a %s", luaL_typename(L, -1));
    struct str name = copy_field(L, l->arena, "name", "plugin");
    if (name.len && !str_eq(name, p->name))
        return luaL_error(L, "the plugin calls itself '%s', but its file says '%s'", name.at,
                          p->name.at);
    p->summary = copy_field(L, l->arena, "summary", "plugin");
    take_exports(L, l->arena, p);
    take_checks(L, l->arena, p);
    take_readers(L, l->arena, p);
    return 0;
}

/* "faq.lua" is the plugin faq, with its modules beside it; "faq/init.lua" has its own folder. */
static void take_names(struct plugin *p, struct arena *a) {
    size_t slash = str_find_char(p->file, '/');
    size_t dot = str_find_char(p->file, '.');
    p->name = arena_str(a, str_slice(p->file, 0, slash < dot ? slash : dot));
    p->bind.folder = slash < p->file.len ? str_slice(p->file, 0, slash + 1) : STR("");
    p->bind.plugin = p->name;
}

bool plugin_load(struct plugin *p, struct arena *a, size_t memory_bytes, struct diags *d) {
    const struct bundle_file *file = bind_file(&p->bind, p->file);
    struct loading l = {p, a, file};
    take_names(p, a);
    bind_begin(&p->bind, d);
    if (!file || !sandbox_open(&p->sandbox, memory_bytes)) {
        diag_error(d, (struct place){.path = p->place}, "plugin",
                   file ? "not even an empty plugin fits limits.memory_mb" : "the file is gone");
        return false;
    }
    p->bind.lua = p->sandbox.lua;
    memcpy(lua_getextraspace(p->bind.lua), &(struct bind *){&p->bind}, sizeof(struct bind *));
    p->loaded = plugin_call(p, load_protected, &l, d);
    return p->loaded;
}

void plugin_describe(const struct plugin *p, struct buf *out) {
    wire_put_str(out, p->name);
    wire_put_str(out, p->summary);
    wire_put_u32(out, p->export_count);
    for (uint32_t i = 0; i < p->export_count; i++) {
        const struct export *e = &p->exports[i];
        wire_put_str(out, e->name);
        wire_put_u32(out, e->each);
        wire_put_str(out, e->list);
        wire_put_str(out, e->path);
        wire_put_u32(out, e->conditional);
        wire_put_str(out, e->summary);
    }
    wire_put_u32(out, p->check_count);
    for (uint32_t i = 0; i < p->check_count; i++) {
        const struct check *c = &p->checks[i];
        wire_put_str(out, c->code);
        wire_put_u32(out, c->each);
        wire_put_u32(out, c->severity);
        wire_put_str(out, c->summary);
        wire_put_str(out, c->explain);
    }
    wire_put_u32(out, p->reader_count);
    for (uint32_t i = 0; i < p->reader_count; i++)
        wire_put_str(out, p->readers[i].ending);
}

#include "plugin_table.h"

#include <lauxlib.h>
#include <stdlib.h>

#include "model.h"
#include "utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_one_of(struct str name, const struct str *known, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(name, known[i]))
            return true;
    return false;
}

/* That the table at the top has no field but these: one that is mistyped would do nothing, without
 * a word. Names that begin with "_" are the plugin's own. [-0, +0, e] */
static void check_fields(lua_State *L, const struct str *known, size_t count, const char *owner) {
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        struct str key = STR("");
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s: a %s as a key, where names are expected", owner,
                       luaL_typename(L, -2));
        key.at = lua_tolstring(L, -2, &key.len);
        if (!str_starts(key, STR("_")) && !is_one_of(key, known, count))
            bind_refuse(L, lua_pushfstring(L, "%s has no", owner), key, known, count);
    }
}

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
    if (type != LUA_TNIL)
        luaL_error(L, "%s: '%s' must be a function, not a %s", owner, key, lua_typename(L, type));
    if (required)
        luaL_error(L, "%s needs a function, %s", owner, key);
    lua_pop(L, 1);
    return NO_FUNCTION;
}

/* The field of an article, which must be a list. [-0, +0, e] */
static void check_list(lua_State *L, struct str list, const char *owner) {
    const struct model_record *article = &model[MODEL_ARTICLE];
    struct str lists[ARTICLE_FIELDS];
    size_t count = 0;
    for (uint32_t i = 0; i < article->count; i++)
        if (str_ends(article->fields[i].type, STR("[]")) ||
            str_ends(article->fields[i].type, STR("[]?")))
            lists[count++] = article->fields[i].name;
    if (!is_one_of(list, lists, count))
        bind_refuse(L, lua_pushfstring(L, "%s: articles have no list", owner), list, lists, count);
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
        check_list(L, e->list, owner);
    } else {
        luaL_error(L, "%s: 'each' must be \"article\", \"site\", \"article.LIST\" or a function",
                   owner);
    }
    lua_pop(L, 1);
}

/* That everything in braces can stand for something. [-0, +0, e] */
static void check_path(lua_State *L, struct str path, const char *owner) {
    static const struct str known[] = {STR_INIT("{slug}"), STR_INIT("{id}"),  STR_INIT("{lang}"),
                                       STR_INIT("{name}"), STR_INIT("{key}"), STR_INIT("{n}"),
                                       STR_INIT("{-n}")};
    for (size_t open; (open = str_find_char(path, '{')) < path.len;) {
        path = str_from(path, open);
        size_t close = str_find_char(path, '}');
        if (close == path.len)
            luaL_error(L, "%s: in its path, '{' is never closed", owner);
        struct str name = str_slice(path, 0, close + 1);
        name.at = lua_pushlstring(L, name.at, name.len);
        if (!is_one_of(name, known, COUNT(known)))
            bind_refuse(L, lua_pushfstring(L, "%s: in its path, nothing is", owner), name, known,
                        COUNT(known));
        lua_pop(L, 1);
        path = str_from(path, close + 1);
    }
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
        luaL_error(L, "%s needs a path, such as \"{slug}/faq.csv\"", owner);
    check_path(L, e->path, owner);
}

/* Pushes what messages call it: "export 'faq.csv'". Its name is below the top. [-0, +1, e] */
static const char *take_name(lua_State *L, struct arena *a, const char *what, struct str *name) {
    if (lua_type(L, -2) != LUA_TSTRING)
        luaL_error(L, "'%ss' holds each %s under its name, which is a text", what, what);
    name->at = lua_tolstring(L, -2, &name->len);
    if (!site_is_export_name(*name))
        luaL_error(L, "%s '%s': a name has letters, digits, '.', '-' and '_' only", what, name->at);
    const char *owner = lua_pushfstring(L, "%s '%s'", what, name->at);
    *name = arena_str(a, *name);
    return owner;
}

/* The export's table is at the top, its name below. [-0, +0, e] */
static void take_export(lua_State *L, struct arena *a, struct export *e) {
    static const struct str known[] = {STR_INIT("each"), STR_INIT("path"), STR_INIT("render"),
                                       STR_INIT("when"), STR_INIT("summary")};
    struct str name;
    const char *owner = take_name(L, a, "export", &name);
    lua_insert(L, -2); // name owner table
    if (!lua_istable(L, -1))
        luaL_error(L, "%s must be a table", owner);
    check_fields(L, known, COUNT(known), owner);
    *e = (struct export){.name = name, .path_function = NO_FUNCTION,
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
    static const struct str known[] = {STR_INIT("run"), STR_INIT("each"), STR_INIT("summary"),
                                       STR_INIT("explain"), STR_INIT("severity")};
    enum { LONGEST_EXPLANATION = 8000 /* bytes */ };
    check_fields(L, known, COUNT(known), owner);
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
    struct str code;
    const char *owner = take_name(L, a, "check", &code);
    *c = (struct check){.code = code, .severity = SEVERITY_WARNING, .each = EACH_ARTICLE};
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
    if (ending.len && !site_is_ending(ending))
        luaL_error(L, "reader '%s': an ending is a dot and letters, digits, '.', '-' or '_'",
                   ending.at);
    if (!ending.len || !lua_isfunction(L, -1))
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

/* A file that only others require may return a table of any names. One with a name that comes near
 * to that of a table of plugins was meant to be one. [-0, +0, e] */
static bool is_module(lua_State *L, const struct str *known, size_t count) {
    static const struct str tables[] = {STR_INIT("exports"), STR_INIT("checks"),
                                        STR_INIT("readers")};
    bool is_plugin = false;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        struct str key = STR("");
        if (lua_type(L, -2) == LUA_TSTRING)
            key.at = lua_tolstring(L, -2, &key.len);
        is_plugin = is_plugin || is_one_of(key, known, count) ||
                    (lua_istable(L, -1) && diag_nearest(key, tables, COUNT(tables)).len);
    }
    return !is_plugin;
}

void plugin_take_table(lua_State *L, struct arena *a, struct plugin *p) {
    static const struct str known[] = {STR_INIT("name"), STR_INIT("summary"), STR_INIT("exports"),
                                       STR_INIT("checks"), STR_INIT("readers")};
    if (lua_isnil(L, -1))
        luaL_error(L, "the plugin returns nothing; it must end with `return { … }`");
    if (!lua_istable(L, -1))
        luaL_error(L, "a plugin must return a table, not a %s", luaL_typename(L, -1));
    if (!is_module(L, known, COUNT(known)))
        check_fields(L, known, COUNT(known), "the plugin");
    struct str name = copy_field(L, a, "name", "the plugin");
    if (name.len && !str_eq(name, p->name))
        luaL_error(L, "the plugin calls itself '%s', but its file says %s", name.at, p->name.at);
    p->summary = copy_field(L, a, "summary", "the plugin");
    take_exports(L, a, p);
    take_checks(L, a, p);
    take_readers(L, a, p);
}

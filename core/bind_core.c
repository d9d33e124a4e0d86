/* The primitives that the prelude is built from: the table `core` that each of its modules gets.
 * Text in, text out; nothing here keeps anything. */
#include <lauxlib.h>

#include "bind.h"
#include "encode.h"
#include "html.h"
#include "moment.h"
#include "prelude.h"
#include "utf8.h"

static struct str check_str(lua_State *L, int index) {
    struct str s;
    s.at = luaL_checklstring(L, index, &s.len);
    return s;
}

/* Where writers of C text collect: the state's own buffer, which an error on the way (a value JSON
 * cannot hold, no memory) leaves to the next of them. It has the ceiling of Lua's own memory. */
static struct buf *begin_scratch(lua_State *L) {
    struct bind *b = bind_of(L);
    b->scratch.len = 0;
    b->scratch.full = false;
    b->scratch.max = b->memory_limit;
    return &b->scratch;
}

static int push_result(lua_State *L, struct buf *b) {
    enum { WORTH_KEEPING = 1 << 20 };
    if (b->full)
        return luaL_error(L, "a text larger than limits.memory_mb allows");
    lua_pushlstring(L, buf_str(b).at, b->len);
    if (b->cap > WORTH_KEEPING)
        buf_free(b);
    return 1;
}

/* core.json(value [, indent [, script]]) -> string */
static int core_json(lua_State *L) {
    lua_Integer indent = luaL_optinteger(L, 2, 0);
    bool script = lua_toboolean(L, 3);
    struct buf *b = begin_scratch(L);
    bind_json(L, 1, b, indent > 0 && indent <= 16 ? (unsigned)indent : 0, script);
    return push_result(L, b);
}

/* core.escape(kind, text) -> string */
static int core_escape(lua_State *L) {
    struct str name = check_str(L, 1), text = check_str(L, 2);
    enum escape kind;
    if (!escape_kind(name, &kind))
        return luaL_error(L, "there is no escape '%s'", name.at);
    struct buf *b = begin_scratch(L);
    escape_text(b, kind, text);
    return push_result(L, b);
}

/* core.nearest(name, list) -> the string of the list that may have been meant, or nil */
static int core_nearest(lua_State *L) {
    struct str name = check_str(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    size_t most = lua_rawlen(L, 2), count = 0;
    struct str *known = ARENA_ARRAY(bind_of(L)->arena, struct str, most);
    for (size_t i = 1; i <= most; i++, lua_pop(L, 1)) // they live in the list
        if (lua_rawgeti(L, 2, (lua_Integer)i) == LUA_TSTRING) {
            known[count].at = lua_tolstring(L, -1, &known[count].len);
            count++;
        }
    struct str near = diag_nearest(name, known, count);
    lua_pushlstring(L, near.at, near.len);
    if (near.len == 0)
        lua_pushnil(L);
    return 1;
}

/* core.is_active(address [, image]) -> boolean */
static int core_is_active(lua_State *L) {
    lua_pushboolean(L, html_is_active_url(check_str(L, 1), lua_toboolean(L, 2)));
    return 1;
}

static struct str check_utf8(lua_State *L, int index) {
    struct str s = check_str(L, index);
    size_t bad;
    if (!utf8_check(s, &bad))
        luaL_argerror(L, index, "not valid UTF-8");
    return s;
}

static int push_str(lua_State *L, struct str s) {
    lua_pushlstring(L, s.at, s.len);
    return 1;
}

static int core_slug(lua_State *L) {
    return push_str(L, utf8_slug(bind_of(L)->arena, check_utf8(L, 1)));
}

static int core_fold(lua_State *L) {
    return push_str(L, utf8_fold(bind_of(L)->arena, check_utf8(L, 1)));
}

static int core_words(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)utf8_words(check_utf8(L, 1)));
    return 1;
}

/* core.has(s, part) -> boolean */
static int core_has(lua_State *L) {
    struct str s = check_str(L, 1), part = check_str(L, 2);
    lua_pushboolean(L, part.len == 0 || str_find(s, part) < s.len);
    return 1;
}

/* core.distance(a, b) -> how many letters are wrong, swapped, missing or too many; 255 when one of
 * them has more than 64 bytes */
static int core_distance(lua_State *L) {
    lua_pushinteger(L, str_distance(check_str(L, 1), check_str(L, 2)));
    return 1;
}

/* core.replace(s, old, new) -> string, how many there were */
static int core_replace(lua_State *L) {
    struct str rest = check_str(L, 1), old = check_str(L, 2), new = check_str(L, 3);
    struct buf *b = begin_scratch(L);
    lua_Integer count = 0;
    size_t at;
    while (old.len && (at = str_find(rest, old)) < rest.len) {
        buf_put(b, str_slice(rest, 0, at));
        buf_put(b, new);
        rest = str_from(rest, at + old.len);
        count++;
    }
    if (count) {
        buf_put(b, rest);
        push_result(L, b);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

/* core.moment(text) -> year, month, day, hour, minute, second, offset, has_time, seconds since
 * 1970; or nil and what is wrong (see moment.h) */
static int core_moment(lua_State *L) {
    struct moment m;
    const char *problem;
    struct str text = STR("");
    if (lua_type(L, 1) == LUA_TSTRING)
        text.at = lua_tolstring(L, 1, &text.len);
    if (!moment_parse(text, &m, &problem)) {
        lua_pushnil(L);
        lua_pushstring(L, problem);
        return 2;
    }
    const int parts[] = {m.year, m.month, m.day, m.hour, m.minute, m.second, m.offset};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        lua_pushinteger(L, parts[i]);
    lua_pushboolean(L, m.has_time);
    lua_pushinteger(L, moment_seconds(&m));
    return 9;
}

/* core.object("k", v, …) -> table whose metatable says the keys' order; nil values are left out */
static int core_object(lua_State *L) {
    int top = lua_gettop(L), count = 0;
    lua_createtable(L, 0, top / 2); // object
    lua_createtable(L, top / 2, 0); // object keys
    for (int i = 1; i < top; i += 2) {
        if (lua_isnil(L, i + 1))
            continue;
        lua_pushvalue(L, i);
        if (lua_rawget(L, top + 1) == LUA_TNIL) {
            lua_pushvalue(L, i);
            lua_rawseti(L, top + 2, ++count);
        }
        lua_pop(L, 1);
        lua_pushvalue(L, i);
        lua_pushvalue(L, i + 1);
        lua_rawset(L, top + 1);
    }
    lua_createtable(L, 0, 1); // object keys metatable
    lua_insert(L, -2);
    lua_setfield(L, -2, "__keys");
    lua_setmetatable(L, top + 1);
    return 1;
}

static struct str nearest_file(struct bind *b, struct str name) {
    struct str *names = ARENA_ARRAY(b->arena, struct str, b->bundle->count);
    for (size_t i = 0; i < b->bundle->count; i++)
        names[i] = b->bundle->files[i].name;
    return diag_nearest(name, names, b->bundle->count);
}

/* core.file(name) -> text of a file below the plugins folders, its place for messages; or nil and
 * the nearest name, if one is near */
static int core_file(lua_State *L) {
    struct bind *b = bind_of(L);
    struct str name = check_str(L, 1);
    const struct bundle_file *f = bind_file(b, name);
    if (f) {
        push_str(L, f->bytes);
        return 1 + push_str(L, f->place);
    }
    struct str near = nearest_file(b, name);
    lua_pushnil(L);
    return near.len ? 1 + push_str(L, near) : 1;
}

/* core.load(source, chunk name, env) -> function; or nil and what is wrong, with the line */
static int core_load(lua_State *L) {
    struct str source = check_str(L, 1), name = check_str(L, 2);
    luaL_checktype(L, 3, LUA_TTABLE);
    int status = luaL_loadbufferx(L, source.at, source.len, name.at, "t");
    if (status == LUA_ERRSYNTAX) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (status != LUA_OK)
        return lua_error(L);
    lua_pushvalue(L, 3);
    lua_setupvalue(L, -2, 1); // _ENV
    return 1;
}

static bool is_type(lua_State *L, enum value_type wanted) {
    struct node n;
    struct shown *shown;
    return bind_node(L, 1, &n, &shown) && (n.slot ? node_type(n) : VALUE_RECORD) == wanted;
}

static int core_is_list(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, is_type(L, VALUE_LIST));
    return 1;
}

static int core_is_record(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, is_type(L, VALUE_RECORD));
    return 1;
}

static struct place check_place(lua_State *L, int index) {
    struct node n;
    struct shown *shown;
    if (!bind_node(L, index, &n, &shown))
        luaL_argerror(L, index, "a value of the model expected");
    if (n.slot)
        bind_read(bind_of(L), shown, n, READ_PLACE);
    return bind_place(bind_of(L), shown, n);
}

/* core.place(node) -> path, line, col */
static int core_place(lua_State *L) {
    struct place at = check_place(L, 1);
    push_str(L, at.path);
    lua_pushinteger(L, at.line);
    lua_pushinteger(L, at.col);
    return 3;
}

/* Runs the prelude's file `name`. [-0, +1, e] */
static void run_prelude(lua_State *L, const struct prelude_file *f) {
    lua_pushfstring(L, "=fascia.%s", f->name);
    if (luaL_loadbufferx(L, f->source, f->len, lua_tostring(L, -1), "t") != LUA_OK)
        lua_error(L);
    lua_remove(L, -2); // the name
    bind_push_core(L);
    lua_call(L, 1, 1);
}

/* core.module(name) -> what the prelude's file returns, nil when there is none; run once a state.
 * Upvalue 1: those that were run. */
static int core_module(lua_State *L) {
    struct str name = check_str(L, 1);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    for (size_t i = 0; i < prelude_count; i++) {
        if (!str_eq(name, str_of(prelude_files[i].name)))
            continue;
        run_prelude(L, &prelude_files[i]);
        lua_pushvalue(L, 1);
        lua_pushvalue(L, -2);
        lua_rawset(L, lua_upvalueindex(1));
        return 1;
    }
    return 1;
}

static const luaL_Reg core_functions[] = {
    {"json", core_json},       {"escape", core_escape},   {"slug", core_slug},
    {"fold", core_fold},       {"words", core_words},     {"file", core_file},
    {"load", core_load},       {"is_list", core_is_list}, {"is_record", core_is_record},
    {"place", core_place},     {"warn", bind_warn},       {"put", bind_put_values},
    {"moment", core_moment},   {"object", core_object},   {"is_active", core_is_active},
    {"has", core_has},         {"replace", core_replace}, {"error", bind_blame},
    {"asked", bind_asked},     {"template", bind_template}, {"use", bind_use},
    {"distance", core_distance},
    {"nearest", core_nearest},
    {NULL, NULL},
};

void bind_push_core(lua_State *L) {
    static const char cached = 0; /* its address is the registry key */
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &cached) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    luaL_newlib(L, core_functions);
    bind_push_null(L);
    lua_setfield(L, -2, "null");
    lua_newtable(L);
    lua_pushcclosure(L, core_module, 1);
    lua_setfield(L, -2, "module");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &cached);
}

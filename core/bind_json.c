/* Lua values and model proxies as JSON. A table is an object in the order of its metatable's
 * __keys when it has them, an array when its keys are 1 … n or its metatable says __array, and
 * otherwise an object in the order of pairs. */
#include <lauxlib.h>
#include <math.h>

#include "bind.h"
#include "json.h"
#include "sandbox.h"
#include "utf8.h"

enum { DEEPEST = 100 };

static const char null_key = 0; /* its address is JSON's null, as light userdata */

static bool is_null(lua_State *L, int index) {
    return lua_touserdata(L, index) == (const void *)&null_key;
}

void bind_push_null(lua_State *L) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)&null_key);
}

struct encoder {
    lua_State *lua;
    struct buf *out;
    struct json_style style;
};

static void put_value(struct encoder *e, int index, unsigned depth);

static void put_string(struct encoder *e, int index) {
    struct str s;
    size_t bad;
    s.at = lua_tolstring(e->lua, index, &s.len);
    if (!utf8_check(s, &bad))
        luaL_error(e->lua, "a string is not valid UTF-8 at byte %d: JSON cannot hold it",
                   (int)bad + 1);
    json_valid_string(e->out, s, e->style.script);
}

static void put_number(struct encoder *e, int index) {
    double d = lua_tonumber(e->lua, index);
    if (lua_isinteger(e->lua, index))
        json_integer(e->out, lua_tointeger(e->lua, index));
    else if (isfinite(d))
        json_number(e->out, d);
    else
        luaL_error(e->lua, "JSON has no number for %s", isnan(d) ? "NaN" : "infinity");
}

/* Whether the metatable's field is set; leaves its value on the stack if so. [-0, +(0|1), e] */
static bool push_mark(lua_State *L, int index, const char *mark) {
    return luaL_getmetafield(L, index, mark) != LUA_TNIL;
}

static bool is_sequence(lua_State *L, int index) {
    lua_Unsigned count = lua_rawlen(L, index), seen = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        lua_Integer i = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
        if (i < 1 || (lua_Unsigned)i > count) {
            lua_pop(L, 2);
            return false;
        }
        seen++;
    }
    return seen == count && count > 0;
}

static bool is_array(lua_State *L, int index) {
    if (push_mark(L, index, "__array")) {
        bool is = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return is;
    }
    return is_sequence(L, index);
}

static void put_array(struct encoder *e, int index, unsigned depth) {
    lua_Integer count = (lua_Integer)lua_rawlen(e->lua, index);
    buf_char(e->out, '[');
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            buf_char(e->out, ',');
        json_newline(e->out, e->style, depth + 1);
        lua_rawgeti(e->lua, index, i);
        put_value(e, lua_gettop(e->lua), depth + 1);
        lua_pop(e->lua, 1);
    }
    if (count)
        json_newline(e->out, e->style, depth);
    buf_char(e->out, ']');
}

/* The list of keys is at the top; members that are nil are left out. */
static void put_members(struct encoder *e, int index, unsigned depth) {
    lua_State *L = e->lua;
    int keys = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    bool first = true;
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "a table with a %s as key is neither a JSON object nor an array",
                       luaL_typename(L, -1));
        lua_pushvalue(L, -1);
        if (lua_rawget(L, index) != LUA_TNIL) {
            if (!first)
                buf_char(e->out, ',');
            first = false;
            json_newline(e->out, e->style, depth + 1);
            put_string(e, keys + 1);
            buf_put(e->out, e->style.indent ? STR(": ") : STR(":"));
            put_value(e, keys + 2, depth + 1);
        }
        lua_settop(L, keys);
    }
    if (!first)
        json_newline(e->out, e->style, depth);
}

static void put_object(struct encoder *e, int index, unsigned depth) {
    if (!push_mark(e->lua, index, "__keys"))
        sandbox_sorted_keys(e->lua, index);
    luaL_checktype(e->lua, -1, LUA_TTABLE);
    buf_char(e->out, '{');
    put_members(e, index, depth);
    buf_char(e->out, '}');
    lua_pop(e->lua, 1); // the keys
}

static void put_table(struct encoder *e, int index, unsigned depth) {
    if (depth > DEEPEST)
        luaL_error(e->lua, "a table is nested deeper than %d levels, or holds itself", DEEPEST);
    luaL_checkstack(e->lua, 12, "too deep");
    if (is_array(e->lua, index))
        put_array(e, index, depth);
    else
        put_object(e, index, depth);
}

static void put_userdata(struct encoder *e, int index, unsigned depth) {
    struct node n;
    struct shown *shown;
    if (is_null(e->lua, index)) {
        buf_put(e->out, STR("null"));
    } else if (!bind_node(e->lua, index, &n, &shown)) {
        luaL_error(e->lua, "JSON cannot hold a %s", luaL_typename(e->lua, index));
    } else if (!n.slot) {
        buf_put(e->out, STR("{}"));
    } else {
        bind_fetch(bind_of(e->lua), shown);
        bind_read(bind_of(e->lua), shown, n, READ_VALUE);
        json_node_at(e->out, n, e->style, depth);
    }
}

static void put_value(struct encoder *e, int index, unsigned depth) {
    switch (lua_type(e->lua, index)) {
    case LUA_TNIL:
        buf_put(e->out, STR("null"));
        break;
    case LUA_TBOOLEAN:
        buf_put(e->out, lua_toboolean(e->lua, index) ? STR("true") : STR("false"));
        break;
    case LUA_TNUMBER:
        put_number(e, index);
        break;
    case LUA_TSTRING:
        put_string(e, index);
        break;
    case LUA_TTABLE:
        put_table(e, index, depth);
        break;
    case LUA_TUSERDATA:
    case LUA_TLIGHTUSERDATA:
        put_userdata(e, index, depth);
        break;
    default:
        luaL_error(e->lua, "JSON cannot hold a %s", luaL_typename(e->lua, index));
    }
}

void bind_json(lua_State *L, int index, struct buf *out, unsigned indent, bool script) {
    struct encoder e = {L, out, {.indent = indent, .script = script}};
    put_value(&e, lua_absindex(L, index), 0);
}

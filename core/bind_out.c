/* The output in Lua: what a rendering writes goes straight to the reply. */
#include <lauxlib.h>
#include <stdlib.h>

#include "bind.h"
#include "encode.h"

static const char out_type[] = "fascia.out";

struct out {
    const char *type;
    uint32_t epoch;
};

static struct bind *check_out(lua_State *L) {
    struct bind *b = bind_of(L);
    struct out *o = bind_typed(L, 1, out_type);
    if (!o)
        luaL_checkudata(L, 1, out_type); // raises
    if (o->epoch != b->epoch || !b->out)
        luaL_error(L, "this output belongs to an earlier rendering");
    return b;
}

void bind_count_out(lua_State *L, struct bind *b, size_t bytes) {
    if (bytes > b->out_limit - b->out_bytes) {
        b->is_out_full = true;
        luaL_error(L, "the output is larger than limits.output_mb allows");
    }
    b->out_bytes += bytes;
}

/* All bytes that went through the buffer. */
static size_t position(const struct buf *out) {
    return out->spilled + out->len;
}

/* out:write(text, …): strings and numbers; returns out */
static int out_write(lua_State *L) {
    struct bind *b = check_out(L);
    int top = lua_gettop(L);
    for (int i = 2; i <= top; i++) {
        struct str s;
        if (!lua_isstring(L, i))
            return luaL_argerror(L, i, lua_pushfstring(L, "text expected, got %s",
                                                       bind_kind(L, i)));
        s.at = lua_tolstring(L, i, &s.len);
        bind_count_out(L, b, s.len);
        buf_put(b->out, s);
    }
    lua_settop(L, 1);
    return 1;
}

/* out:escape(kind, text): nil writes nothing; returns out */
static int out_escape(lua_State *L) {
    struct bind *b = check_out(L);
    struct str kind, text;
    enum escape escape;
    kind.at = luaL_checklstring(L, 2, &kind.len);
    if (!escape_kind(kind, &escape))
        return luaL_error(L, "there is no escape '%s'", kind.at);
    if (!lua_isnoneornil(L, 3)) {
        text.at = luaL_checklstring(L, 3, &text.len);
        size_t begin = position(b->out);
        escape_text(b->out, escape, text);
        bind_count_out(L, b, position(b->out) - begin);
    }
    lua_settop(L, 1);
    return 1;
}

/* A value of a template's run; false: it cannot be written. */
static bool put_value(lua_State *L, struct bind *b, char letter, int index) {
    static const unsigned char escapes[256] = { /* and one */
        ['h'] = ESCAPE_HTML + 1, ['x'] = ESCAPE_XML + 1,  ['u'] = ESCAPE_URL + 1,
        ['p'] = ESCAPE_PATH + 1, ['j'] = ESCAPE_JSON + 1, ['l'] = ESCAPE_LINK + 1,
        ['i'] = ESCAPE_IMAGE + 1};
    struct str text;
    if (letter == 'd') {
        bind_json(L, index, b->out, 0, true);
        return true;
    }
    text.at = lua_tolstring(L, index, &text.len);
    if (!text.at)
        return !lua_toboolean(L, index);
    unsigned escape = escapes[(unsigned char)letter];
    if (escape)
        escape_text(b->out, (enum escape)(escape - 1), text);
    else
        buf_put(b->out, text);
    return true;
}

/* The error points at the place of the value, which is not that of the call. */
static int refuse_value(lua_State *L, const char *places, int i) {
    lua_Debug caller;
    char *rest = (char *)(uintptr_t)places;
    int line = 0, col = 0;
    for (int k = 3; k <= i; k++) {
        line = (int)strtol(rest, &rest, 10);
        col = *rest == ':' ? (int)strtol(rest + 1, &rest, 10) : 1;
    }
    lua_getstack(L, 1, &caller);
    lua_getinfo(L, "S", &caller);
    lua_pushfstring(L, "%s:%d:%d: text expected between the braces, got %s", caller.short_src, line,
                    col, bind_kind(L, i));
    return lua_error(L);
}

/* core.put(out, "LETTERS PLACES", value, …): a run of a template's literals and expressions. A
 * letter a value: "=" as it is, "d" JSON, else an escape; and "line:column" where it stands, or
 * "line". nil and false are written as nothing. */
int bind_put_values(lua_State *L) {
    struct bind *b = check_out(L);
    int top = lua_gettop(L), values = top - 2;
    size_t len;
    const char *letters = luaL_checklstring(L, 2, &len);
    luaL_argcheck(L, len > (size_t)values, 2, "a letter a value expected");
    size_t begin = position(b->out);
    for (int i = 3; i <= top; i++)
        if (!put_value(L, b, letters[i - 3], i))
            return refuse_value(L, letters + values, i);
    bind_count_out(L, b, position(b->out) - begin);
    return 0;
}

/* out:json(value [, indent [, script]]); returns out */
static int out_json(lua_State *L) {
    struct bind *b = check_out(L);
    lua_Integer indent = luaL_optinteger(L, 3, 0);
    bool script = lua_toboolean(L, 4);
    size_t begin = position(b->out);
    bind_json(L, 2, b->out, indent > 0 && indent <= 16 ? (unsigned)indent : 0, script);
    bind_count_out(L, b, position(b->out) - begin);
    lua_settop(L, 1);
    return 1;
}

static const luaL_Reg out_methods[] = {
    {"write", out_write},
    {"escape", out_escape},
    {"json", out_json},
    {NULL, NULL},
};

/* What is not among the methods is asked for here. */
static int out_unknown(lua_State *L) {
    enum { METHODS = sizeof out_methods / sizeof *out_methods - 1 };
    struct str known[METHODS], name;
    name.at = luaL_checklstring(L, 2, &name.len);
    for (size_t i = 0; i < METHODS; i++)
        known[i] = str_of(out_methods[i].name);
    return bind_refuse(L, "the output has no method", name, known, METHODS);
}

static int out_tostring(lua_State *L) {
    lua_pushliteral(L, "out");
    return 1;
}

static const luaL_Reg out_meta[] = {
    {"__tostring", out_tostring},
    {NULL, NULL},
};

void bind_push_out(lua_State *L) {
    struct out *o = lua_newuserdatauv(L, sizeof *o, 0);
    *o = (struct out){out_type, bind_of(L)->epoch};
    luaL_setmetatable(L, out_type);
}

void bind_open_out(lua_State *L) {
    luaL_newmetatable(L, out_type);
    luaL_setfuncs(L, out_meta, 0);
    luaL_newlib(L, out_methods);
    lua_createtable(L, 0, 1); // meta methods behind
    lua_pushcfunction(L, out_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

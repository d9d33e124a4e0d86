/* What an `each` function gave, as bytes: the parent keeps it, compares it, and hands it to the
 * rendering that it is for, in whichever worker.
 *
 * Plain data is kept as it is, without metatables. Of the model a reference is kept, by article and
 * by the way through it: what stands there is read, and noted, by the rendering. */
#include <lauxlib.h>
#include <string.h>

#include "bind.h"
#include "protocol.h"
#include "sandbox.h"
#include "wire.h"

enum { DEEPEST = 32 };

enum form {
    FORM_FALSE,
    FORM_TRUE,
    FORM_INTEGER, /* u64 */
    FORM_NUMBER,  /* u64: its bits */
    FORM_STRING,  /* str */
    FORM_TABLE,   /* u32 n × (key, value) */
    FORM_PART,    /* u32 article or NO_ARTICLE: settings, u32 n × (u32 number or 0, str key) */
};

/* Writing */

struct writing {
    lua_State *lua;
    struct buf *out;
    const char *what; /* how errors begin */
};

static void put_any(struct writing *w, int index, unsigned depth);

static int refuse(struct writing *w, const char *why, const char *what) {
    return luaL_error(w->lua, why, w->what, what);
}

/* Counted ahead of what is counted. */
static void set_count(struct buf *out, size_t at, uint32_t count) {
    memcpy(out->at + at, &count, sizeof count);
}

static void put_table(struct writing *w, int table, unsigned depth) {
    lua_State *L = w->lua;
    if (depth > DEEPEST)
        refuse(w, "%s: it is nested too deep, or holds itself", NULL);
    luaL_checkstack(L, 12, "too deep");
    lua_Integer count = sandbox_sorted_keys(L, table);
    int keys = lua_gettop(L);
    wire_put_u32(w->out, FORM_TABLE);
    wire_put_u32(w->out, (uint32_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, keys, i) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER)
            refuse(w, "%s: it holds a table with a %s as key", luaL_typename(L, -1));
        put_any(w, keys + 1, depth);
        lua_rawget(L, table);
        put_any(w, keys + 1, depth + 1);
        lua_settop(L, keys);
    }
    lua_pop(L, 1);
}

/* What site:articles gave is a list of articles. */
static void put_found(struct writing *w, int found) {
    lua_State *L = w->lua;
    lua_Integer count = luaL_len(L, found);
    wire_put_u32(w->out, FORM_TABLE);
    wire_put_u32(w->out, (uint32_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_pushinteger(L, i);
        put_any(w, lua_gettop(L), 0);
        lua_gettable(L, found);
        put_any(w, lua_gettop(L), 0);
        lua_pop(L, 1);
    }
}

static void put_part(struct node n, const struct shown *shown, struct buf *out) {
    uint32_t steps = 0;
    wire_put_u32(out, FORM_PART);
    wire_put_u32(out, shown->article);
    size_t count_at = out->len;
    wire_put_u32(out, 0);
    for (struct node at = image_root(n.image); at.slot != n.slot; steps++) {
        uint32_t i = node_towards(at, n);
        wire_put_u32(out, node_type(at) == VALUE_LIST ? i + 1 : 0);
        wire_put_str(out, node_key(at, i));
        at = node_item(at, i);
    }
    set_count(out, count_at, steps);
}

static void put_userdata(struct writing *w, int index) {
    struct node n;
    struct shown *shown;
    if (luaL_testudata(w->lua, index, "fascia.articles"))
        put_found(w, index);
    else if (bind_node(w->lua, index, &n, &shown) && n.slot)
        put_part(n, shown, w->out);
    else
        refuse(w, "%s: it holds the %s, which render gets by itself",
               sandbox_tostring(w->lua, index, NULL));
}

static void put_number(lua_State *L, int index, struct buf *out) {
    lua_Number d = lua_tonumber(L, index);
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    wire_put_u32(out, lua_isinteger(L, index) ? FORM_INTEGER : FORM_NUMBER);
    wire_put_u64(out, lua_isinteger(L, index) ? (uint64_t)lua_tointeger(L, index) : bits);
}

static void put_any(struct writing *w, int index, unsigned depth) {
    lua_State *L = w->lua;
    struct buf *out = w->out;
    struct str s;
    if (out->len > EACH_BYTES)
        refuse(w, "%s: with this one, the items are larger than 16 MB", NULL);
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        wire_put_u32(out, lua_toboolean(L, index) ? FORM_TRUE : FORM_FALSE);
        break;
    case LUA_TNUMBER:
        put_number(L, index, out);
        break;
    case LUA_TSTRING:
        s.at = lua_tolstring(L, index, &s.len);
        wire_put_u32(out, FORM_STRING);
        wire_put_str(out, s);
        break;
    case LUA_TTABLE:
        put_table(w, index, depth);
        break;
    case LUA_TUSERDATA:
        put_userdata(w, index);
        break;
    default:
        refuse(w, "%s: it holds a %s: items are plain data and parts of the model",
               luaL_typename(L, index));
    }
}

void bind_put_item(lua_State *L, int index, const char *what, struct buf *out) {
    struct writing w = {L, out, what};
    size_t begin = out->len;
    wire_put_u32(out, 0);
    put_any(&w, lua_absindex(L, index), 0);
    set_count(out, begin, (uint32_t)(out->len - begin - sizeof(uint32_t)));
}

/* Reading */

static void push_any(lua_State *L, struct wire *in, unsigned depth);

static void push_table(lua_State *L, struct wire *in, unsigned depth) {
    uint32_t count = wire_u32(in);
    lua_newtable(L);
    for (uint32_t i = 0; i < count && !in->bad && depth <= DEEPEST; i++) {
        push_any(L, in, depth + 1);
        push_any(L, in, depth + 1);
        if (in->bad || lua_isnil(L, -2))
            lua_pop(L, 2);
        else
            lua_rawset(L, -3);
    }
}

/* Who gave the reference has read that it leads somewhere. */
static void push_part(lua_State *L, struct wire *in) {
    struct bind *b = bind_of(L);
    uint32_t article = wire_u32(in), steps = wire_u32(in);
    bool lenient = article == NO_ARTICLE;
    struct shown *shown = lenient ? bind_settings(b) : bind_article(b, article);
    struct node at = image_root(&shown->image);
    for (; steps && at.slot && !in->bad; steps--) {
        uint32_t number = wire_u32(in);
        struct str key = wire_str(in);
        if (!node_at_hand(at))
            bind_fetch(b, shown);
        lenient = lenient || bind_is_front(at, key);
        at = number ? node_item(at, number - 1) : node_get(at, key);
    }
    if (!at.slot)
        luaL_error(L, "what this item was made of is not there any more");
    bind_push_node(L, shown, at, lenient);
}

static void push_any(lua_State *L, struct wire *in, unsigned depth) {
    luaL_checkstack(L, 8, "too deep");
    enum form form = (enum form)wire_u32(in);
    struct str s;
    uint64_t bits;
    lua_Number d;
    switch (form) {
    case FORM_FALSE:
    case FORM_TRUE:
        lua_pushboolean(L, form == FORM_TRUE);
        return;
    case FORM_INTEGER:
        lua_pushinteger(L, (lua_Integer)wire_u64(in));
        return;
    case FORM_NUMBER:
        bits = wire_u64(in);
        memcpy(&d, &bits, sizeof d);
        lua_pushnumber(L, d);
        return;
    case FORM_STRING:
        s = wire_str(in);
        lua_pushlstring(L, s.at, s.len);
        return;
    case FORM_TABLE:
        push_table(L, in, depth);
        return;
    case FORM_PART:
        push_part(L, in);
        return;
    }
    in->bad = true;
    lua_pushnil(L);
}

void bind_push_item(lua_State *L, struct str value) {
    struct wire in = {.rest = value};
    push_any(L, &in, 0);
    if (in.bad || in.rest.len)
        luaL_error(L, "the item that this is to be made of is damaged");
}

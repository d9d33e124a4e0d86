/* What an `each` function asks for: items, each with the key that it is known by. */
#include <lauxlib.h>

#include "plugin.h"
#include "plugin_call.h"
#include "utf8.h"

struct listing {
    struct plugin *plugin;
    const struct export *export;
    struct buf *out;
    lua_Integer item;
};

enum { LIST = 2, SEEN = 3, ITEM = 4, KEY = 5 }; /* stack: the listing comes first */

/* The list of each(site, options). [-0, +1, e] */
static lua_Integer push_list(lua_State *L, const struct listing *l) {
    const char *name = l->export->name.at;
    plugin_push_function(l->plugin, l->export->each_function);
    bind_push_site(L);
    bind_push_options(L);
    lua_call(L, 2, 1);
    if (lua_type(L, -1) != LUA_TTABLE && lua_type(L, -1) != LUA_TUSERDATA)
        luaL_error(L, "export '%s': each(site) must return a list, not a %s", name,
                   luaL_typename(L, -1));
    lua_Integer count = luaL_len(L, -1);
    if (count < 0 || count > EACH_MOST)
        luaL_error(L, "export '%s': each(site) must return a list of at most %d items", name,
                   EACH_MOST);
    return count;
}

/* [-0, +1, e] */
static void push_node_key(lua_State *L) {
    struct node n, key;
    struct shown *shown;
    if (!bind_node(L, ITEM, &n, &shown) || !n.slot) {
        lua_pushnil(L);
        return;
    }
    bool is_article = shown->article != NO_ARTICLE && n.slot == image_root(n.image).slot;
    struct str name = is_article ? STR("slug") : STR("key");
    key = node_get(n, name);
    if (key.slot)
        bind_read(bind_of(L), shown, key, READ_VALUE);
    else
        bind_read_missing(bind_of(L), shown, n, name);
    bind_push_node(L, shown, key, true);
}

/* A string or number is its own key, a table may hold one, an article has its slug; what has none
 * is known by its number. [-0, +1, e] */
static void push_key(lua_State *L, const struct listing *l) {
    switch (lua_type(L, ITEM)) {
    case LUA_TSTRING:
    case LUA_TNUMBER:
        lua_pushvalue(L, ITEM);
        break;
    case LUA_TTABLE:
        lua_pushliteral(L, "key");
        lua_rawget(L, ITEM);
        break;
    case LUA_TUSERDATA:
        push_node_key(L);
        break;
    default:
        lua_pushnil(L);
    }
    if (lua_isnil(L, KEY)) {
        lua_pop(L, 1);
        lua_pushinteger(L, l->item);
    }
}

static const char *key_fault(struct str key) {
    size_t bad;
    if (key.len == 0)
        return "is empty";
    if (!utf8_check(key, &bad))
        return "is not valid UTF-8";
    return key.len > EACH_KEY_BYTES ? "is longer than 200 bytes" : NULL;
}

static struct str check_key(lua_State *L, const struct listing *l) {
    const char *name = l->export->name.at;
    struct str key;
    if (lua_type(L, KEY) != LUA_TSTRING && lua_type(L, KEY) != LUA_TNUMBER)
        luaL_error(L, "export '%s': the key of item %d must be a string, not a %s", name,
                   (int)l->item, luaL_typename(L, KEY));
    key.at = lua_tolstring(L, KEY, &key.len);
    const char *fault = key_fault(key);
    if (fault)
        luaL_error(L, "export '%s': the key of item %d %s", name, (int)l->item, fault);
    return key;
}

/* [-0, +0, e] */
static void refuse_twice(lua_State *L, const struct listing *l) {
    lua_pushvalue(L, KEY);
    if (lua_rawget(L, SEEN) != LUA_TNIL)
        luaL_error(L, "export '%s': items %d and %d of each(site) have the same key, '%s'",
                   l->export->name.at, (int)lua_tointeger(L, -1), (int)l->item,
                   lua_tostring(L, KEY));
    lua_pushvalue(L, KEY);
    lua_pushinteger(L, l->item);
    lua_rawset(L, SEEN);
    lua_settop(L, KEY);
}

static void put_item(lua_State *L, struct listing *l) {
    struct str key = check_key(L, l);
    refuse_twice(L, l);
    wire_put_str(l->out, key);
    const char *what = lua_pushfstring(L, "export '%s': item %d of each(site), '%s'",
                                       l->export->name.at, (int)l->item, key.at);
    bind_put_item(L, ITEM, what, l->out);
    if (l->out->len > EACH_BYTES) // the last item may have gone beyond
        luaL_error(L, "%s: with this one, the items are larger than %d MB", what, EACH_BYTES >> 20);
}

static int list_protected(lua_State *L) {
    struct listing *l = lua_touserdata(L, 1);
    lua_Integer count = push_list(L, l);
    lua_newtable(L);
    for (l->item = 1; l->item <= count; l->item++) {
        if (lua_geti(L, LIST, l->item) == LUA_TNIL)
            luaL_error(L, "export '%s': item %d of each(site) is nil", l->export->name.at,
                       (int)l->item);
        push_key(L, l);
        put_item(L, l);
        lua_settop(L, SEEN);
    }
    return 0;
}

bool plugin_items(struct plugin *p, uint32_t export, struct buf *out, struct diags *d) {
    struct listing l = {p, &p->exports[export], out, 0};
    bind_begin(&p->bind, d);
    p->running = l.export;
    p->checking = NULL;
    p->running_key = STR("");
    return plugin_call(p, list_protected, &l, d);
}

/* Model values in Lua: read-only proxies over images. */
#include <lauxlib.h>
#include <unistd.h>

#include "bind.h"
#include "protocol.h"
#include "sanitized.h"

static const char type_name[] = "model"; // Lua says "a model value"

struct proxy {
    const char *type;
    struct shown *shown;
    uint32_t epoch, slot; /* slot 0: an empty record (options that were not given) */
    bool lenient;         /* unknown keys are nil: front matter and options, not the model */
    uint32_t above;       /* when slot is 0: the record that lacks the options */
};

static struct node node_of(const struct proxy *p) {
    return (struct node){p->shown ? &p->shown->image : NULL, p->slot};
}

static struct proxy *check_proxy(lua_State *L, int index) {
    struct proxy *p = bind_typed(L, index, type_name);
    if (!p)
        luaL_checkudata(L, index, type_name); // raises
    if (p->epoch != bind_of(L)->epoch)
        luaL_error(L, "this value belongs to an earlier rendering; do not keep model values");
    return p;
}

/* What reading an item reads: of a compound only that it is one, until something in it is read. */
static void note_item(struct bind *b, const struct proxy *p, struct node item) {
    bool compound = node_type(item) == VALUE_LIST || node_type(item) == VALUE_RECORD;
    bind_read(b, p->shown, item, compound ? 0 : READ_VALUE);
}

/* Who walks over all articles would have all of them in memory: their heads will do. */
static void put_away(struct bind *b) {
    for (struct shown *s = b->shown; s; s = s->next) {
        if (!s->is_fetched)
            continue;
        bind_coarsen(b, s);
        site_head(b->site, s->article, &s->image);
        s->is_fetched = false;
    }
    if (b->last_shown && b->last_shown->article != b->own_article)
        b->last_read = (struct node){0};
    arena_reset(&b->fetched);
    b->fetched.max = b->memory_limit;
}

static bool fetch_other(struct bind *b, struct shown *shown) {
    enum { MOST_FETCHED = IS_SANITIZED ? 1 : 32 << 20 /* bytes; tests have small sites */ };
    if (b->fetched.bytes > MOST_FETCHED)
        put_away(b);
    shown->is_fetched = true;
    return site_whole(b->site, shown->article, &b->fetched, &shown->image);
}

void bind_fetch(struct bind *b, struct shown *shown) {
    if (!shown || image_is_whole(&shown->image))
        return;
    bool good = shown->article == b->own_article
                    ? site_own(b->site, shown->article, &shown->image)
                    : fetch_other(b, shown);
    if (!good)
        _exit(DAMAGED_STATUS); // no plugin's fault: the parent must make the cache anew
}

/* Fetches the whole image when the node, or what it holds, is not in the head that is at hand. */
static void fetch(struct bind *b, struct shown *shown, struct node n) {
    if (n.slot && (n.slot >= shown->image.len || !node_at_hand(n)))
        bind_fetch(b, shown);
}

void bind_push_node(lua_State *L, struct shown *shown, struct node n, bool lenient) {
    struct bind *b = bind_of(L);
    fetch(b, shown, n);
    struct str s;
    switch (node_type(n)) {
    case VALUE_NIL:
        lua_pushnil(L);
        break;
    case VALUE_BOOLEAN:
        lua_pushboolean(L, node_boolean(n));
        break;
    case VALUE_INTEGER:
        lua_pushinteger(L, (lua_Integer)node_integer(n));
        break;
    case VALUE_NUMBER:
        lua_pushnumber(L, node_number(n));
        break;
    case VALUE_STRING:
        s = node_string(n);
        lua_pushlstring(L, s.at, s.len);
        break;
    case VALUE_LIST:
    case VALUE_RECORD: {
        struct proxy *p = lua_newuserdatauv(L, sizeof *p, 0);
        *p = (struct proxy){type_name, shown, b->epoch, n.slot, lenient, 0};
        lua_rawgeti(L, LUA_REGISTRYINDEX, b->value_meta);
        lua_setmetatable(L, -2);
        break;
    }
    }
}

/* Options that were not given: a read of them is a look for them, in `above`. */
static void push_empty(lua_State *L, struct node above) {
    struct bind *b = bind_of(L);
    struct proxy *p = lua_newuserdatauv(L, sizeof *p, 0);
    *p = (struct proxy){type_name, bind_settings(b), b->epoch, 0, true, above.slot};
    luaL_setmetatable(L, type_name);
}

/* A list serves the usual rendering of one article; a table takes over for many. */
static void index_shown(struct bind *b, struct shown *s) {
    enum { FEW = 8 };
    if (b->shown_count == FEW) {
        b->shown_by_article = ARENA_ARRAY(b->arena, struct shown *, b->site->count);
        for (struct shown *old = b->shown; old; old = old->next)
            if (old->article != NO_ARTICLE)
                b->shown_by_article[old->article] = old;
    }
    if (b->shown_count >= FEW && s->article != NO_ARTICLE)
        b->shown_by_article[s->article] = s;
    b->shown_count++;
}

static struct shown *show(struct bind *b, struct image image, uint32_t article) {
    struct shown *s = ARENA_NEW(b->arena, struct shown);
    *s = (struct shown){.image = image, .article = article, .next = b->shown};
    index_shown(b, s);
    return b->shown = s;
}

static struct shown *find_shown(const struct bind *b, uint32_t article) {
    if (b->shown_by_article)
        return b->shown_by_article[article];
    struct shown *s = b->shown;
    while (s && s->article != article)
        s = s->next;
    return s;
}

struct shown *bind_article(struct bind *b, uint32_t article) {
    struct image head;
    struct shown *s = article < b->site->count ? find_shown(b, article) : NULL;
    if (s)
        return s;
    if (!site_head(b->site, article, &head))
        luaL_error(b->lua, "article %d is not part of the site", (int)article);
    return show(b, head, article);
}

void bind_push_article(lua_State *L, uint32_t article) {
    struct shown *s = bind_article(bind_of(L), article);
    bind_push_node(L, s, image_root(&s->image), false);
}

struct shown *bind_settings(struct bind *b) {
    if (!b->settings)
        b->settings = show(b, b->site->settings, NO_ARTICLE);
    return b->settings;
}

void bind_push_options(lua_State *L) {
    struct bind *b = bind_of(L);
    struct shown *settings = bind_settings(b);
    struct node root = image_root(&settings->image), plugins = node_get(root, STR("plugins"));
    struct node own = node_get(plugins, b->plugin);
    if (node_type(own) == VALUE_RECORD)
        bind_push_node(L, settings, own, true);
    else
        push_empty(L, plugins.slot ? plugins : root);
}

bool bind_node(lua_State *L, int index, struct node *n, struct shown **shown) {
    if (!bind_typed(L, index, type_name))
        return false;
    struct proxy *p = check_proxy(L, index);
    *n = node_of(p);
    *shown = p->shown;
    if (p->slot)
        fetch(bind_of(L), p->shown, *n);
    return true;
}

const char *bind_kind(lua_State *L, int index) {
    struct proxy *p = bind_typed(L, index, type_name);
    if (!p)
        return luaL_typename(L, index);
    return p->slot && node_type(node_of(p)) == VALUE_LIST ? "list" : "record";
}

struct place bind_place(struct bind *b, const struct shown *shown, struct node n) {
    struct place at = {0};
    if (!shown || shown->article == NO_ARTICLE)
        return at;
    struct span span = node_span(n);
    at.path = arena_join(b->arena, b->content,
                         node_get_string(image_root(&shown->image), STR("path")));
    at.line = span.line;
    at.col = span.col;
    return at;
}

/* Metamethods */

bool bind_is_front(struct node above, struct str key) {
    return above.slot == image_root(above.image).slot && str_eq(key, STR("meta"));
}

/* Pushes where a node is, or `otherwise` for the root. [-0, +1, e] */
static const char *push_path(lua_State *L, struct node n, const char *otherwise) {
    char text[256];
    struct buf path = {.at = text, .cap = sizeof text, .max = sizeof text};
    node_path(&path, n);
    if (path.len == 0)
        return lua_pushstring(L, otherwise);
    return lua_pushlstring(L, path.at, path.len);
}

static int unknown_field(lua_State *L, struct node n, struct str key) {
    struct str keys[64];
    uint32_t count = node_count(n) < 64 ? node_count(n) : 64;
    for (uint32_t i = 0; i < count; i++)
        keys[i] = node_key(n, i);
    lua_pushfstring(L, "%s has no field", push_path(L, n, "the article"));
    return bind_refuse(L, lua_tostring(L, -1), key, keys, count);
}

static void note_empty(struct bind *b, const struct proxy *p) {
    struct node above = {&p->shown->image, p->above};
    struct str key = p->above == image_root(above.image).slot ? STR("plugins") : b->plugin;
    bind_read_missing(b, p->shown, above, key);
}

static struct node list_item_at(lua_State *L, const struct proxy *p, struct node list) {
    lua_Integer i = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
    if (lua_type(L, 2) == LUA_TSTRING && !p->lenient)
        luaL_error(L, "a list has no field '%s'; its items are numbered", lua_tostring(L, 2));
    if (i >= 1 && i <= (lua_Integer)node_count(list))
        return node_item(list, (uint32_t)(i - 1));
    bind_read(bind_of(L), p->shown, list, READ_SHAPE); // there are not that many
    return (struct node){list.image, 0};
}

static struct node field_at(lua_State *L, const struct proxy *p, struct node record,
                            bool *lenient) {
    struct str key;
    if (lua_type(L, 2) != LUA_TSTRING)
        return (struct node){record.image, 0};
    key.at = lua_tolstring(L, 2, &key.len);
    *lenient = p->lenient || bind_is_front(record, key);
    struct node field = node_get(record, key);
    if (!field.slot && !p->lenient) {
        bind_read(bind_of(L), p->shown, record, 0); // so that the message shows where
        unknown_field(L, record, key);
    }
    if (!field.slot)
        bind_read_missing(bind_of(L), p->shown, record, key);
    return field;
}

static int proxy_index(lua_State *L) {
    struct proxy *p = check_proxy(L, 1);
    struct bind *b = bind_of(L);
    struct node n = node_of(p), item;
    bool lenient = p->lenient;
    if (!p->slot) {
        note_empty(b, p);
        lua_pushnil(L);
        return 1;
    }
    fetch(b, p->shown, n);
    item = node_type(n) == VALUE_LIST ? list_item_at(L, p, n) : field_at(L, p, n, &lenient);
    if (item.slot)
        note_item(b, p, item);
    bind_push_node(L, p->shown, item, lenient);
    return 1;
}

static int proxy_len(lua_State *L) {
    struct proxy *p = check_proxy(L, 1);
    struct node n = node_of(p);
    if (p->slot) {
        fetch(bind_of(L), p->shown, n);
        bind_read(bind_of(L), p->shown, n, READ_SHAPE);
    } else {
        note_empty(bind_of(L), p);
    }
    lua_pushinteger(L, p->slot ? (lua_Integer)node_count(n) : 0);
    return 1;
}

/* Upvalues: the proxy, how far we are. Absent values are passed over, as in a Lua table. */
static int proxy_next(lua_State *L) {
    struct proxy *p = check_proxy(L, lua_upvalueindex(1));
    struct node n = node_of(p);
    uint32_t i = (uint32_t)lua_tointeger(L, lua_upvalueindex(2));
    fetch(bind_of(L), p->shown, n); // it may have been put away since
    uint32_t count = p->slot ? node_count(n) : 0;
    while (i < count && node_type(node_item(n, i)) == VALUE_NIL)
        note_item(bind_of(L), p, node_item(n, i++));
    if (i >= count) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_replace(L, lua_upvalueindex(2));
    struct str key = node_key(n, i);
    if (node_type(n) == VALUE_RECORD)
        lua_pushlstring(L, key.at, key.len);
    else
        lua_pushinteger(L, (lua_Integer)i + 1);
    struct node item = node_item(n, i);
    note_item(bind_of(L), p, item);
    bind_push_node(L, p->shown, item, p->lenient || bind_is_front(n, key));
    return 2;
}

static int proxy_pairs(lua_State *L) {
    struct proxy *p = check_proxy(L, 1);
    if (p->slot) {
        fetch(bind_of(L), p->shown, node_of(p));
        bind_read(bind_of(L), p->shown, node_of(p), READ_SHAPE);
    } else {
        note_empty(bind_of(L), p);
    }
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, proxy_next, 2);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* As Lua's own, but a model list is asked without the detour over its metamethod. */
static int ipairs_next(lua_State *L) {
    lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1); // may wrap around
    lua_settop(L, 1);
    lua_pushinteger(L, i);
    if (bind_typed(L, 1, type_name))
        proxy_index(L);
    else
        lua_geti(L, 1, i);
    return lua_isnil(L, -1) ? 1 : 2;
}

static int any_ipairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (lua_isnil(L, 1))
        return luaL_argerror(L, 1, "list expected, got nil");
    lua_pushcfunction(L, ipairs_next);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

static int proxy_newindex(lua_State *L) {
    return luaL_error(L, "the model is read-only");
}

static int proxy_eq(lua_State *L) {
    struct proxy *a = bind_typed(L, 1, type_name), *b = bind_typed(L, 2, type_name);
    lua_pushboolean(L, a && b && a->shown == b->shown && a->slot == b->slot);
    return 1;
}

static int proxy_tostring(lua_State *L) {
    struct proxy *p = check_proxy(L, 1);
    fetch(bind_of(L), p->shown, node_of(p));
    if (p->slot)
        push_path(L, node_of(p), "article");
    else
        lua_pushliteral(L, "options");
    return 1;
}

static const luaL_Reg proxy_meta[] = {
    {"__index", proxy_index},       {"__newindex", proxy_newindex}, {"__len", proxy_len},
    {"__pairs", proxy_pairs},       {"__eq", proxy_eq},             {"__tostring", proxy_tostring},
    {NULL, NULL},
};

void bind_open_model(lua_State *L) {
    luaL_newmetatable(L, type_name);
    lua_pushvalue(L, -1);
    bind_of(L)->value_meta = luaL_ref(L, LUA_REGISTRYINDEX);
    luaL_setfuncs(L, proxy_meta, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    lua_pushcfunction(L, any_ipairs);
    lua_setglobal(L, "ipairs");
}

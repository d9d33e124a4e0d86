/* The site in Lua: its settings, its articles by query, the exports being made. */
#include <lauxlib.h>

#include "bind.h"
#include "hash.h"
#include "model.h"
#include "plugin.h"
#include "protocol.h"

static const char site_type[] = "fascia.site", list_type[] = "fascia.articles";

/* What a rendering asked is kept with it: so much at most. */
enum { LONGEST_TEXT = 200, MOST_ASKED = 10000 };

/* What a query found: numbers of articles; a proxy is made for each when it is asked for. */
struct found {
    const char *type;
    const uint32_t *articles; /* in the rendering's arena */
    uint32_t count, epoch;
};

static struct found *check_found(lua_State *L) {
    struct found *f = luaL_checkudata(L, 1, list_type);
    if (f->epoch != bind_of(L)->epoch)
        luaL_error(L, "this list belongs to an earlier rendering; ask site:articles again");
    return f;
}

static int found_index(lua_State *L) {
    struct found *f = check_found(L);
    lua_Integer i = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
    if (lua_type(L, 2) == LUA_TSTRING)
        return luaL_error(L, "a list has no field '%s'; its items are numbered",
                          lua_tostring(L, 2));
    if (i >= 1 && i <= (lua_Integer)f->count)
        bind_push_article(L, f->articles[i - 1]);
    else
        lua_pushnil(L);
    return 1;
}

static int found_len(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)check_found(L)->count);
    return 1;
}

static int found_next(lua_State *L) {
    lua_Integer i = lua_isinteger(L, 2) ? lua_tointeger(L, 2) + 1 : 1;
    lua_settop(L, 1);
    lua_pushinteger(L, i);
    found_index(L);
    if (!lua_isnil(L, -1))
        return 2;
    return 1;
}

static int found_pairs(lua_State *L) {
    check_found(L);
    lua_pushcfunction(L, found_next);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int refuse_change(lua_State *L) {
    return luaL_error(L, "the site is read-only");
}

static struct str optional_string(lua_State *L, int table, const char *key) {
    struct str s = STR("");
    int type = lua_getfield(L, table, key); // stays on the stack, so the string lives
    if (type != LUA_TNIL && type != LUA_TSTRING)
        luaL_error(L, "site:articles: '%s' must be a string", key);
    if (type == LUA_TSTRING)
        s.at = lua_tolstring(L, -1, &s.len);
    if (s.len > LONGEST_TEXT)
        luaL_error(L, "site:articles: '%s' is longer than %d bytes", key, LONGEST_TEXT);
    return s;
}

static uint32_t optional_count(lua_State *L, int table, const char *key) {
    int type = lua_getfield(L, table, key);
    lua_Integer n = type == LUA_TNIL ? 0 : luaL_checkinteger(L, -1);
    if (n < 0 || n > UINT32_MAX)
        luaL_error(L, "site:articles: '%s' must not be negative", key);
    return (uint32_t)n;
}

static void check_query_keys(lua_State *L, int table) {
    const struct model_record *known = &model[MODEL_QUERY];
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        struct str key = STR("");
        if (lua_type(L, -2) == LUA_TSTRING)
            key.at = lua_tolstring(L, -2, &key.len);
        bool is_known = false;
        for (uint32_t i = 0; i < known->count; i++)
            is_known = is_known || str_eq(key, known->keys[i]);
        if (!is_known)
            bind_refuse(L, "site:articles has no option", key, known->keys, known->count);
    }
}

static struct str keep(struct bind *b, struct str s) {
    return arena_str(b->arena, s);
}

static void note_query(struct bind *b, const struct site_query *q, const uint32_t *articles,
                       uint32_t count) {
    if (++b->asked_count > MOST_ASKED)
        luaL_error(b->lua, "more than %d questions to the site", MOST_ASKED);
    struct asked *a = ARENA_NEW(b->arena, struct asked);
    *a = (struct asked){*q, site_answer(b->site, articles, count), b->asked};
    a->query.tag = keep(b, q->tag);
    a->query.lang = keep(b, q->lang);
    a->query.sort = keep(b, q->sort);
    b->asked = a;
}

/* site:articles{tag=, lang=, sort=, limit=, offset=} */
static int site_articles(lua_State *L) {
    struct bind *b = bind_of(L);
    struct site_query q = {0};
    uint32_t *articles;
    luaL_checkudata(L, 1, site_type);
    lua_settop(L, 2);
    if (!lua_isnil(L, 2)) {
        luaL_checktype(L, 2, LUA_TTABLE);
        check_query_keys(L, 2);
        q.tag = optional_string(L, 2, "tag");
        q.lang = optional_string(L, 2, "lang");
        q.sort = optional_string(L, 2, "sort");
        q.limit = optional_count(L, 2, "limit");
        q.offset = optional_count(L, 2, "offset");
    }
    struct found *f = lua_newuserdatauv(L, sizeof *f, 0);
    f->type = list_type;
    f->epoch = b->epoch;
    if (!site_find(b->site, &q, b->arena, &articles, &f->count))
        return luaL_error(L, "site:articles cannot sort by '%s'", q.sort.at);
    f->articles = articles;
    luaL_setmetatable(L, list_type);
    note_query(b, &q, articles, f->count);
    return 1;
}

/* site:exports(): names of the exports being made, sorted */
static int site_exports(lua_State *L) {
    struct bind *b = bind_of(L);
    b->read_flags |= READ_EXPORTS;
    lua_createtable(L, (int)b->site->export_count, 0);
    for (size_t i = 0; i < b->site->export_count; i++) {
        lua_pushlstring(L, b->site->exports[i].at, b->site->exports[i].len);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static bool is_made(const struct site *s, struct str name) {
    for (size_t i = 0; i < s->export_count; i++)
        if (str_eq(s->exports[i], name))
            return true;
    return false;
}

/* A value of site.yaml, read or looked for. */
static struct node site_setting(struct bind *b, struct str key) {
    struct shown *settings = bind_settings(b);
    struct node root = image_root(&settings->image), value = node_get(root, key);
    if (value.slot)
        bind_read(b, settings, value, READ_VALUE);
    else
        bind_read_missing(b, settings, root, key);
    return value;
}

static void note_look_up(struct bind *b, struct str name, uint64_t hash) {
    for (const struct looked_up *l = b->looked_up; l; l = l->next)
        if (str_eq(l->name, name))
            return;
    if (++b->asked_count > MOST_ASKED)
        luaL_error(b->lua, "more than %d questions to the site", MOST_ASKED);
    struct looked_up *l = ARENA_NEW(b->arena, struct looked_up);
    *l = (struct looked_up){keep(b, name), hash, b->looked_up};
    b->looked_up = l;
}

/* The third argument of export_url: an article, an item's key, or nothing. */
static struct shown *take_subject(lua_State *L, struct path_values *v) {
    struct shown *shown = NULL;
    if (lua_type(L, 3) == LUA_TSTRING || lua_type(L, 3) == LUA_TNUMBER)
        v->key.at = lua_tolstring(L, 3, &v->key.len);
    else if (!lua_isnoneornil(L, 3) && !bind_node(L, 3, &v->article, &shown))
        luaL_argerror(L, 3, "an article, or the key of an item, expected");
    if (v->key.len)
        v->item = NO_ITEM;
    return shown;
}

/* site:export_url(name [, article or key]): nil when it is not being made */
static int site_export_url(lua_State *L) {
    struct bind *b = bind_of(L);
    struct path_values v = {0};
    luaL_checkudata(L, 1, site_type);
    v.name.at = luaL_checklstring(L, 2, &v.name.len);
    luaL_argcheck(L, v.name.len <= LONGEST_TEXT, 2, "no export has so long a name");
    struct shown *shown = take_subject(L, &v);
    const struct export *e = is_made(b->site, v.name) ? plugins_export(b->plugins, v.name) : NULL;
    struct str template = e ? e->path : STR(""), path, unknown;
    if (e && e->each != EACH_FUNCTION)
        v.key = STR("");
    note_look_up(b, v.name, template.len ? hash_str(template) | 1 : 0);
    if (!template.len || !export_path(template, &v, b->arena, &path, &unknown)) {
        lua_pushnil(L);
        return 1;
    }
    if (shown)
        bind_read_template(b, shown->article, template);
    struct str base = node_string(site_setting(b, STR("url")));
    while (str_ends(base, STR("/")))
        base.len--;
    if (str_ends(path, STR("index.html")) && (path.len == 10 || path.at[path.len - 11] == '/'))
        path.len -= 10;
    lua_pushlstring(L, base.at, base.len);
    lua_pushliteral(L, "/");
    lua_pushlstring(L, path.at, path.len);
    lua_concat(L, 3);
    return 1;
}

static const luaL_Reg site_methods[] = {
    {"articles", site_articles},
    {"exports", site_exports},
    {"export_url", site_export_url},
    {NULL, NULL},
};

/* Known, but not given in site.yaml: nil. [-0, +1, e] */
static int unknown_site_field(lua_State *L, struct str key) {
    enum { METHODS = sizeof site_methods / sizeof *site_methods - 1 };
    struct str known[SITE_FIELDS + METHODS];
    for (uint32_t i = 0; i < SITE_FIELDS; i++) {
        known[i] = model[MODEL_SITE].keys[i];
        if (str_eq(key, known[i])) {
            lua_pushnil(L);
            return 1;
        }
    }
    for (uint32_t i = 0; i < METHODS; i++)
        known[SITE_FIELDS + i] = str_of(site_methods[i].name);
    return bind_refuse(L, "the site has no field", key, known, SITE_FIELDS + METHODS);
}

/* Upvalue 1: the methods. */
static int site_index(lua_State *L) {
    struct bind *b = bind_of(L);
    struct str key;
    key.at = luaL_checklstring(L, 2, &key.len);
    if (b->is_reading)
        return luaL_error(L, "a reader sees its file and no site");
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    if (str_eq(key, STR("now"))) {
        b->read_flags |= READ_NOW;
        lua_pushlstring(L, b->site->now.at, b->site->now.len);
        return 1;
    }
    struct node value = site_setting(b, key);
    struct str s = node_string(value);
    if (node_type(value) != VALUE_STRING)
        return unknown_site_field(L, key);
    lua_pushlstring(L, s.at, s.len);
    return 1;
}

static int site_tostring(lua_State *L) {
    lua_pushliteral(L, "site");
    return 1;
}

void bind_push_site(lua_State *L) {
    const char **type = lua_newuserdatauv(L, sizeof *type, 0);
    *type = site_type;
    luaL_setmetatable(L, site_type);
}

static const luaL_Reg site_meta[] = {
    {"__newindex", refuse_change},
    {"__tostring", site_tostring},
    {NULL, NULL},
};

static const luaL_Reg found_meta[] = {
    {"__index", found_index},      {"__len", found_len}, {"__pairs", found_pairs},
    {"__newindex", refuse_change}, {NULL, NULL},
};

void bind_open_site(lua_State *L) {
    luaL_newmetatable(L, site_type);
    luaL_setfuncs(L, site_meta, 0);
    luaL_newlib(L, site_methods);
    lua_pushcclosure(L, site_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    luaL_newmetatable(L, list_type);
    luaL_setfuncs(L, found_meta, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

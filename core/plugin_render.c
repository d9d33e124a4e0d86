/* One rendering: what it is made for, whether it is wanted, where it goes, its bytes. */
#include <lauxlib.h>

#include "plugin.h"
#include "plugin_call.h"
#include "protocol.h"
#include "utf8.h"

enum { LONGEST_PATH = 4096 };

struct call {
    struct plugin *plugin;
    const struct export *export;
    const struct rendering *rendering;
    enum rendered result;
};

static struct node list_item(struct bind *b, const struct call *c, struct shown **shown) {
    struct node article;
    bind_push_article(b->lua, c->rendering->article);
    bind_node(b->lua, -1, &article, shown);
    lua_getfield(b->lua, -1, c->export->list.at); // records the read, raises for no such field
    struct node list;
    if (!bind_node(b->lua, -1, &list, shown) || node_type(list) != VALUE_LIST)
        luaL_error(b->lua, "export '%s': each = \"article.%s\", but that is no list",
                   c->export->name.at, c->export->list.at);
    return node_item(list, c->rendering->item);
}

/* What the rendering is made for. [-0, +1, e] */
static void push_item(struct bind *b, const struct call *c) {
    lua_State *L = b->lua;
    struct shown *shown;
    struct node item;
    switch (c->export->each) {
    case EACH_ARTICLE:
        bind_push_article(L, c->rendering->article);
        break;
    case EACH_SITE:
        bind_push_site(L);
        break;
    case EACH_LIST:
        item = list_item(b, c, &shown);
        bind_push_node(L, shown, item, false);
        break;
    case EACH_FUNCTION:
        bind_push_item(L, c->rendering->value);
        break;
    }
}

static void push_article_or_nil(struct bind *b, const struct call *c) {
    if (c->rendering->article == NO_ARTICLE)
        lua_pushnil(b->lua);
    else
        bind_push_article(b->lua, c->rendering->article);
}

/* when(item, article); the item is at stack index `item`. [-0, +0, e] */
static bool is_wanted(struct bind *b, const struct call *c, int item) {
    if (c->export->when == NO_FUNCTION)
        return true;
    plugin_push_function(c->plugin, c->export->when);
    lua_pushvalue(b->lua, item);
    push_article_or_nil(b, c);
    lua_call(b->lua, 2, 1);
    bool wanted = lua_toboolean(b->lua, -1);
    lua_pop(b->lua, 1);
    c->plugin->called = NO_FUNCTION; // whatever it returned will do
    return wanted;
}

static struct str path_from_function(struct bind *b, const struct call *c, int item) {
    lua_State *L = b->lua;
    struct str path;
    plugin_push_function(c->plugin, c->export->path_function);
    lua_pushvalue(L, item);
    bind_push_site(L);
    push_article_or_nil(b, c);
    lua_call(L, 3, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "export '%s': path(item, site) must return a string, not a %s",
                   c->export->name.at, luaL_typename(L, -1));
    path.at = lua_tolstring(L, -1, &path.len);
    path = arena_str(b->arena, str_slice(path, 0, LONGEST_PATH)); // the parent refuses such a one
    lua_pop(L, 1);
    return path;
}

static struct str output_path(struct bind *b, const struct call *c, int item) {
    struct str path, unknown;
    struct image head;
    struct path_values v = {.name = c->export->name, .key = c->rendering->key,
                            .item = c->rendering->item};
    if (c->export->path_function != NO_FUNCTION)
        return path_from_function(b, c, item);
    if (c->rendering->article != NO_ARTICLE &&
        site_head(b->site, c->rendering->article, &head))
        v.article = image_root(&head);
    bind_read_template(b, c->rendering->article, c->export->path);
    if (!export_path(c->export->path, &v, b->arena, &path, &unknown)) {
        lua_pushlstring(b->lua, unknown.at, unknown.len);
        luaL_error(b->lua, "export '%s': '{%s}' in its path has no value here", c->export->name.at,
                   lua_tostring(b->lua, -1));
    }
    return path;
}

static void write_returned(struct bind *b, const struct call *c) {
    lua_State *L = b->lua;
    struct str text;
    if (lua_isnil(L, -1))
        return;
    if (lua_type(L, -1) == LUA_TUSERDATA && luaL_testudata(L, -1, "fascia.out"))
        return; // `return out:write(…)`
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "export '%s': render must return a string or write to out, not return a %s",
                   c->export->name.at, luaL_typename(L, -1));
    text.at = lua_tolstring(L, -1, &text.len);
    bind_count_out(L, b, text.len);
    buf_put(b->out, text);
}

static int render_protected(lua_State *L) {
    struct call *c = lua_touserdata(L, 1);
    struct bind *b = &c->plugin->bind;
    sandbox_seed(L, 0);
    push_item(b, c);
    int item = lua_gettop(L);
    if (!is_wanted(b, c, item)) {
        c->result = RENDER_SKIPPED;
        return 0;
    }
    b->out = c->rendering->begin(c->rendering->owner, output_path(b, c, item));
    plugin_push_function(c->plugin, c->export->render);
    lua_pushvalue(L, item);
    bind_push_out(L);
    bind_push_site(L);
    bind_push_options(L);
    push_article_or_nil(b, c);
    lua_call(L, 5, 1);
    write_returned(b, c);
    c->result = RENDERED;
    return 0;
}

enum rendered plugin_render(struct plugin *p, const struct rendering *r, struct diags *d) {
    struct call c = {p, &p->exports[r->export], r, RENDER_FAILED};
    bind_begin(&p->bind, d);
    p->running = c.export;
    p->checking = NULL;
    p->running_key = r->key;
    p->bind.export = r->export;
    p->bind.own_article = r->article;
    if (!plugin_call(p, render_protected, &c, d))
        return RENDER_FAILED;
    return c.result;
}

/* Paths */

static struct str item_number(const struct path_values *v, struct arena *a) {
    return v->item == NO_ITEM ? STR("") : arena_printf(a, "%u", v->item + 1);
}

static struct str value_of(struct str name, const struct path_values *v, struct arena *a) {
    bool is_slug = str_eq(name, STR("slug"));
    if (str_eq(name, STR("name")))
        return v->name;
    if (str_eq(name, STR("n")))
        return item_number(v, a);
    if (str_eq(name, STR("key")))
        return v->key;
    if (is_slug && !v->article.slot)
        return utf8_slug(a, v->key);
    if (is_slug || str_eq(name, STR("id")) || str_eq(name, STR("lang")))
        return node_get_string(v->article, name);
    return STR("");
}

bool export_path(struct str template, const struct path_values *v, struct arena *a,
                 struct str *path, struct str *unknown) {
    struct str result = STR("");
    while (template.len) {
        size_t open = str_find_char(template, '{');
        result = arena_join(a, result, str_slice(template, 0, open));
        template = str_from(template, open);
        if (!template.len)
            break;
        size_t close = str_find_char(template, '}');
        struct str name = str_slice(template, 1, close), value;
        bool is_suffix = str_eq(name, STR("-n"));
        value = value_of(is_suffix ? STR("n") : name, v, a);
        if (close == template.len || !value.len) {
            *unknown = name;
            return false;
        }
        if (!is_suffix || v->item) // the first item has no suffix
            result = arena_join(a, arena_join(a, result, is_suffix ? STR("-") : STR("")), value);
        template = str_from(template, close + 1);
    }
    *path = result;
    return true;
}

const struct export *plugins_export(const struct plugins *all, struct str name) {
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t k = 0; k < all->at[i].export_count; k++)
            if (str_eq(all->at[i].exports[k].name, name))
                return &all->at[i].exports[k];
    return NULL;
}

#include "bind.h"

#include <lauxlib.h>
#include <string.h>

#include "protocol.h"
#include "sandbox.h"

enum { LONGEST_LOG = 64 * 1024, LARGEST_SCRATCH = 1024 * 1024 /* that is kept */ };

static const char modules_key = 0; /* registry: name → what require gave */

struct bind *bind_of(lua_State *L) {
    struct bind *b;
    memcpy(&b, lua_getextraspace(L), sizeof b);
    return b;
}

void *bind_typed(lua_State *L, int index, const char *type) {
    if (lua_type(L, index) != LUA_TUSERDATA)
        return NULL;
    void *at = lua_touserdata(L, index);
    return *(const char **)at == type ? at : NULL;
}

int bind_refuse(lua_State *L, const char *what, struct str name, const struct str *known,
                size_t count) {
    struct str near = diag_nearest(name, known, count);
    if (near.len == 0)
        return luaL_error(L, "%s '%s'", what, name.at);
    lua_pushlstring(L, near.at, near.len);
    return luaL_error(L, "%s '%s'; did you mean '%s'?", what, name.at, lua_tostring(L, -1));
}

const struct bundle_file *bundle_find(const struct bundle *b, struct str name) {
    for (size_t i = 0; i < b->count; i++)
        if (str_eq(b->files[i].name, name))
            return &b->files[i];
    return NULL;
}

void bind_begin(struct bind *b, struct diags *d) {
    b->epoch++;
    b->running = NULL;
    b->export = NO_EXPORT;
    b->own_article = NO_ARTICLE;
    arena_reset(b->arena);
    b->arena->max = b->memory_limit;
    b->shown = b->settings = NULL;
    arena_reset(&b->fetched);
    b->fetched.max = b->memory_limit;
    b->places = NULL;
    b->shown_count = 0;
    b->shown_by_article = NULL;
    b->out = NULL;
    b->out_bytes = 0;
    b->is_out_full = b->is_reading = false;
    if (b->scratch.cap > LARGEST_SCRATCH)
        buf_free(&b->scratch);
    b->last_read = (struct node){0};
    b->last_shown = NULL;
    b->missing = NULL;
    b->missing_count = 0;
    b->asked = NULL;
    b->looked_up = NULL;
    b->asked_count = 0;
    b->read_flags = 0;
    b->lines = NULL;
    b->line_count = 0;
    b->check = STR("");
    b->warned = 0;
    b->warned_bytes = 0;
    b->blame = NULL;
    b->diags = d;
}

/* print(…): to a bounded log under the plugin's name */
static int print_to_log(lua_State *L) {
    struct bind *b = bind_of(L);
    int top = lua_gettop(L);
    for (int i = 1; i <= top; i++) {
        struct str s;
        s.at = sandbox_tostring(L, i, &s.len);
        if (b->log.len < LONGEST_LOG) {
            buf_put(&b->log, i > 1 ? STR("\t") : STR(""));
            buf_put(&b->log, str_slice(s, 0, LONGEST_LOG - b->log.len));
        }
        lua_pop(L, 1);
    }
    if (b->log.len < LONGEST_LOG)
        buf_char(&b->log, '\n');
    return 0;
}

static bool is_module_name(struct str name) {
    bool part = false; /* the current part has a character */
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (c == '.' && !part)
            return false;
        if (c != '.' && c != '_' && c != '-' && !str_is_alpha(c) && !str_is_digit(c))
            return false;
        part = c != '.';
    }
    return part;
}

/* "lib.dates" lies at lib/dates.lua in the plugin's folder. */
static const struct bundle_file *find_module(struct bind *b, struct str name) {
    struct str path = arena_printf(b->arena, "%.*s%.*s.lua", STR_ARG(b->folder), STR_ARG(name));
    char *at = (char *)(uintptr_t)path.at;
    for (size_t i = b->folder.len; i < path.len - 4; i++)
        if (at[i] == '.')
            at[i] = '/';
    return bind_file(b, path);
}

/* "lib/paging.lua" as require calls it, which is what is near. */
static int refuse_module(lua_State *L, struct str name) {
    struct bind *b = bind_of(L);
    struct str *known = ARENA_ARRAY(b->arena, struct str, b->bundle->count);
    size_t count = 0;
    for (size_t i = 0; i < b->bundle->count; i++) {
        struct str file = b->bundle->files[i].name;
        if (!str_starts(file, b->folder) || !str_ends(file, STR(".lua")))
            continue;
        file = arena_str(b->arena, str_slice(file, b->folder.len, file.len - 4));
        for (size_t k = 0; k < file.len; k++)
            if (file.at[k] == '/')
                ((char *)(uintptr_t)file.at)[k] = '.';
        known[count++] = file;
    }
    if (diag_nearest(name, known, count).len)
        return bind_refuse(L, "there is no module", name, known, count);
    return luaL_error(L, "there is no module '%s': require finds fascia, fascia.* and files "
                         "below the plugin's own folder", name.at);
}

static int load_module(lua_State *L, struct str name) {
    struct bind *b = bind_of(L);
    const struct bundle_file *f = is_module_name(name) ? find_module(b, name) : NULL;
    if (!f)
        return refuse_module(L, name);
    lua_pushliteral(L, "@");
    lua_pushlstring(L, f->place.at, f->place.len);
    lua_concat(L, 2);
    if (luaL_loadbufferx(L, f->bytes.at, f->bytes.len, lua_tostring(L, -1), "t") != LUA_OK)
        return lua_error(L);
    lua_pushlstring(L, name.at, name.len);
    lua_call(L, 1, 1);
    return 1;
}

static int load_prelude(lua_State *L, const char *name) {
    bind_push_core(L);
    lua_getfield(L, -1, "module");
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1))
        return luaL_error(L, "there is no module 'fascia.%s'", name);
    return 1;
}

/* require(name); each module runs once a state */
static int require(lua_State *L) {
    struct str name;
    name.at = luaL_checklstring(L, 1, &name.len);
    lua_settop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key); // name modules
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 2) != LUA_TNIL) {
        if (lua_islightuserdata(L, -1))
            return luaL_error(L, "module '%s' requires itself", name.at);
        return 1;
    }
    lua_pushvalue(L, 1);
    bind_push_null(L); // a mark while it loads
    lua_rawset(L, 2);
    if (str_eq(name, STR("fascia")))
        load_prelude(L, "init");
    else if (str_starts(name, STR("fascia.")))
        load_prelude(L, name.at + 7);
    else
        load_module(L, name);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 2);
    return 1;
}

void bind_open(struct bind *b) {
    lua_State *L = b->lua;
    memcpy(lua_getextraspace(L), &b, sizeof b);
    bind_open_model(L);
    bind_open_site(L);
    bind_open_out(L);
    bind_open_coroutine(L);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &modules_key);
    lua_pushcfunction(L, require);
    lua_setglobal(L, "require");
    lua_pushcfunction(L, print_to_log);
    lua_setglobal(L, "print");
}

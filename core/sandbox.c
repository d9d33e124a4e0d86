#include "sandbox_parts.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "sanitized.h"

static const char seeder[] = "fascia.randomseed"; /* registry: the real math.randomseed */

/* Small blocks, which nearly all of Lua's are, come from lists by size: Lua says the size of what
 * it gives back, so they need no heads. They are reused, never returned. */

enum { STEP = 16, LARGEST_SMALL = IS_SANITIZED ? 0 : 256, CHUNK = 32 * 1024 };

struct free_block {
    struct free_block *next;
};

static size_t class_of(size_t bytes) {
    return (bytes + STEP - 1) / STEP;
}

static void *take_small(struct sandbox *s, size_t bytes) {
    size_t class = class_of(bytes);
    struct free_block *block = s->free_blocks[class];
    if (block) {
        s->free_blocks[class] = block->next;
        return block;
    }
    if ((size_t)(s->end - s->next) < class * STEP) {
        char *chunk = malloc(CHUNK);
        if (!chunk)
            return NULL;
        memcpy(chunk, &s->chunks, sizeof s->chunks);
        s->chunks = chunk;
        s->next = chunk + STEP; // what is left of the old one is too small to matter
        s->end = chunk + CHUNK;
    }
    s->next += class * STEP;
    return s->next - class * STEP;
}

static void *take_block(struct sandbox *s, size_t bytes) {
    return bytes <= LARGEST_SMALL ? take_small(s, bytes) : malloc(bytes);
}

static void give_back(struct sandbox *s, void *p, size_t bytes) {
    if (bytes > LARGEST_SMALL) {
        free(p);
    } else if (bytes) {
        struct free_block *block = p;
        block->next = s->free_blocks[class_of(bytes)];
        s->free_blocks[class_of(bytes)] = block;
    }
}

static void *resize_block(struct sandbox *s, void *old, size_t old_bytes, size_t bytes) {
    if (old_bytes > LARGEST_SMALL && bytes > LARGEST_SMALL)
        return realloc(old, bytes);
    if (old_bytes <= LARGEST_SMALL && bytes <= LARGEST_SMALL &&
        class_of(old_bytes) == class_of(bytes))
        return old;
    void *p = take_block(s, bytes);
    if (p) {
        memcpy(p, old, old_bytes < bytes ? old_bytes : bytes);
        give_back(s, old, old_bytes);
    }
    return p;
}

/* Lua's allocator. Frees never fail; growing past the limit gives Lua its ordinary "not enough
 * memory". */
static void *limited_alloc(void *owner, void *old, size_t old_bytes, size_t bytes) {
    struct sandbox *s = owner;
    if (!old)
        old_bytes = 0; /* Lua passes a type there */
    if (bytes == 0) {
        give_back(s, old, old_bytes);
        s->used -= old_bytes;
        return NULL;
    }
    if (bytes > old_bytes && bytes - old_bytes > s->limit - s->used)
        return NULL;
    void *p = old_bytes ? resize_block(s, old, old_bytes, bytes) : take_block(s, bytes);
    if (p)
        s->used = s->used - old_bytes + bytes;
    return p;
}

static bool has_address(lua_State *L, int index) {
    int type = lua_type(L, index);
    return type == LUA_TLIGHTUSERDATA || type > LUA_TSTRING;
}

const char *sandbox_tostring(lua_State *L, int index, size_t *len) {
    if (!has_address(L, index))
        return luaL_tolstring(L, index, len);
    if (luaL_getmetafield(L, index, "__tostring") == LUA_TNIL) {
        lua_pushstring(L, luaL_typename(L, index));
        return lua_tolstring(L, -1, len);
    }
    lua_pop(L, 1); // the metafield
    return luaL_tolstring(L, index, len);
}

static int safe_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    sandbox_tostring(L, 1, NULL);
    return 1;
}

/* string.format would show addresses through %p, and through %s of a table. */
static int safe_format(lua_State *L) {
    size_t len;
    const char *format = luaL_checklstring(L, 1, &len);
    for (size_t i = 0; i < len; i++) {
        if (format[i] != '%')
            continue;
        i += 1 + strspn(format + i + 1, "-+ #0123456789.");
        if (i < len && format[i] == 'p')
            return luaL_error(L, "'%%p' is not available to plugins");
    }
    int top = lua_gettop(L);
    for (int i = 2; i <= top; i++)
        if (has_address(L, i)) {
            sandbox_tostring(L, i, NULL);
            lua_replace(L, i);
        }
    lua_pushvalue(L, lua_upvalueindex(1)); // the real one
    lua_insert(L, 1);
    lua_call(L, top, 1);
    return 1;
}

static int safe_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_istable(L, 2) || lua_isnil(L, 2), 2, "nil or table");
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "'__gc' is not available to plugins");
        lua_pop(L, 1);
    }
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1)); // the real one
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

/* load(chunk [, name [, mode [, env]]]): text only, whatever the mode asks for, and never under
 * the name of a file: messages point at files by the chunks' names. */
static int safe_load(lua_State *L) {
    bool has_env = lua_gettop(L) >= 4;
    lua_settop(L, has_env ? 4 : 3);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (name[0] == '@') {
        lua_pushfstring(L, "=%s", name + 1);
        lua_replace(L, 2);
    }
    lua_pushliteral(L, "t");
    lua_replace(L, 3);
    lua_pushvalue(L, lua_upvalueindex(1)); // the real one
    lua_insert(L, 1);
    lua_call(L, has_env ? 4 : 3, LUA_MULTRET);
    return lua_gettop(L);
}

/* math.randomseed(n): without a number the real one would ask the clock. */
static int safe_randomseed(lua_State *L) {
    lua_Number seed = luaL_optnumber(L, 1, 0);
    sandbox_seed(L, (uint64_t)(int64_t)seed);
    return 0;
}

void sandbox_seed(lua_State *L, uint64_t seed) {
    if (lua_getfield(L, LUA_REGISTRYINDEX, seeder) == LUA_TFUNCTION) {
        lua_pushinteger(L, (lua_Integer)seed);
        lua_pushinteger(L, 0);
        lua_call(L, 2, 0);
    } else {
        lua_pop(L, 1);
    }
}

/* Replaces a function of the table at the top by one that has the real one as upvalue. */
static void wrap(lua_State *L, const char *name, lua_CFunction wrapper) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, -2, name);
}

static void drop(lua_State *L, const char *name) {
    lua_pushnil(L);
    lua_setfield(L, -2, name);
}

static void open_base(lua_State *L) {
    static const char *const unsafe[] = {"dofile", "loadfile", "collectgarbage", "warn", "print"};
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        drop(L, unsafe[i]);
    wrap(L, "load", safe_load);
    wrap(L, "setmetatable", safe_setmetatable);
    lua_pushcfunction(L, safe_tostring);
    lua_setfield(L, -2, "tostring");
    sandbox_open_walks(L);
    lua_pop(L, 1);
}

static void open_string(lua_State *L) {
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    drop(L, "dump");
    wrap(L, "format", safe_format);
    lua_pop(L, 1);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable"); // getmetatable("") is false
    lua_pop(L, 2);
}

static void open_math(lua_State *L) {
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    lua_getfield(L, -1, "randomseed");
    lua_setfield(L, LUA_REGISTRYINDEX, seeder);
    lua_pushcfunction(L, safe_randomseed);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 1);
    sandbox_seed(L, 0);
}

static int open_libraries(lua_State *L) {
    open_base(L);
    open_string(L);
    open_math(L);
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    sandbox_open_sort(L);
    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 1);
    lua_settop(L, 0);
    return 0;
}

bool sandbox_open(struct sandbox *s, size_t memory_bytes) {
    *s = (struct sandbox){.limit = memory_bytes};
    s->lua = lua_newstate(limited_alloc, s);
    if (!s->lua)
        return false;
    /* Renderings leave little behind: a heap that stays small stays in the cache. */
    lua_gc(s->lua, LUA_GCINC, 150, 0, 0);
    lua_pushcfunction(s->lua, open_libraries);
    return lua_pcall(s->lua, 0, 0, 0) == LUA_OK;
}

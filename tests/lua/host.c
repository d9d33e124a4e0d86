/* Runs a Lua file of tests on the primitives that plugins run on.   usage: lua_host FILE
 *
 * Tests get all of Lua's libraries, which plugins do not, and a global `host`:
 *   host.core        the table of primitives, as core/prelude/ gets it
 *   host.begin()     a new output, which ends the one before; forgets the warnings
 *   host.site()      the site, which has no articles
 *   host.written()   the text of that output so far
 *   host.warnings()  the texts warned about since then
 * The file returns whether all went well. */
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>

#include "bind.h"

static struct arena rendering, messages;
static struct diags warnings = {.arena = &messages};
static struct buf output;
static struct site site;
static struct bundle bundle;
static struct bind bind = {
    .site = &site,
    .bundle = &bundle,
    .plugin = STR_INIT("test"),
    .folder = STR_INIT(""),
    .content = STR_INIT("content/"),
    .arena = &rendering,
    .out_limit = 64 << 20,
};

static void begin(void) {
    arena_reset(&messages);
    warnings = (struct diags){.arena = &messages};
    bind_begin(&bind, &warnings);
    output.len = 0;
    bind.out = &output;
}

static int host_begin(lua_State *L) {
    begin();
    bind_push_out(L);
    return 1;
}

static int host_site(lua_State *L) {
    bind_push_site(L);
    return 1;
}

static int host_written(lua_State *L) {
    lua_pushlstring(L, output.len ? output.at : "", output.len);
    return 1;
}

static int host_warnings(lua_State *L) {
    lua_Integer count = 0;
    lua_newtable(L);
    for (const struct diag *d = warnings.first; d; d = d->next) {
        lua_pushlstring(L, d->text.at, d->text.len);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

static const luaL_Reg host_functions[] = {
    {"begin", host_begin},
    {"site", host_site},
    {"written", host_written},
    {"warnings", host_warnings},
    {NULL, NULL},
};

/* (path of the file) -> what the file returns */
static int run_file(lua_State *L) {
    bind_open(&bind);
    begin();
    luaL_openlibs(L); // after the bindings: with the real print and require
    luaL_newlib(L, host_functions);
    bind_push_core(L);
    lua_setfield(L, -2, "core");
    lua_setglobal(L, "host");
    if (luaL_loadfile(L, lua_tostring(L, 1)) != LUA_OK)
        return lua_error(L);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static bool is_run_well(const char *path) {
    lua_State *L = bind.lua = luaL_newstate();
    lua_pushcfunction(L, run_file);
    lua_pushstring(L, path);
    bool done = lua_pcall(L, 1, 1, 0) == LUA_OK;
    bool well = done && lua_toboolean(L, -1);
    if (!done)
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
    lua_close(L);
    buf_free(&output);
    buf_free(&bind.log);
    buf_free(&bind.files);
    buf_free(&bind.scratch);
    arena_free(&bind.fetched);
    arena_free(&rendering);
    arena_free(&messages);
    return well;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return EXIT_FAILURE;
    }
    return is_run_well(argv[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* coroutine.wrap and coroutine.resume, which note what an error came through: Lua's own leave only
 * the frames of who resumed. The rest of the library is Lua's. */
#include <lauxlib.h>

#include "failure.h"

enum { ENDED_BADLY = -1 };

static bool has_failed(lua_State *co) {
    return lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD;
}

/* Runs the coroutine with the values on top of the stack. Returns how many results took their
 * place, or ENDED_BADLY: the error is on top of the coroutine's stack. */
static int run(lua_State *L, lua_State *co, int arguments) {
    struct bind *b = bind_of(L);
    lua_State *before = b->running;
    bool could_run = !has_failed(co);
    int results;
    if (!lua_checkstack(co, arguments + 1))
        return luaL_error(L, "too many arguments for a coroutine");
    lua_xmove(L, co, arguments);
    b->running = co;
    int status = lua_resume(co, L, arguments, &results);
    b->running = before;
    if (status != LUA_OK && status != LUA_YIELD) {
        if (could_run && has_failed(co)) // else the error is that of who resumes
            failure_note_coroutine(co);
        return ENDED_BADLY;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        return luaL_error(L, "too many results of a coroutine");
    }
    lua_xmove(co, L, results);
    return results;
}

/* coroutine.resume(co, …) -> true, results … or false, error */
static int resume(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    int results = run(L, co, lua_gettop(L) - 1);
    bool good = results >= 0;
    if (!good)
        lua_xmove(co, L, results = 1);
    lua_pushboolean(L, good);
    lua_insert(L, -(results + 1));
    return results + 1;
}

/* Upvalue 1: the coroutine. One that failed is closed before its error goes on. */
static int call_wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int results = run(L, co, lua_gettop(L));
    if (results >= 0)
        return results;
    if (has_failed(co))
        lua_resetthread(co);
    lua_xmove(co, L, 1);
    return lua_error(L);
}

static int wrap(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, call_wrapped, 1);
    return 1;
}

void bind_open_coroutine(lua_State *L) {
    static const luaL_Reg functions[] = {{"resume", resume}, {"wrap", wrap}, {NULL, NULL}};
    if (lua_getglobal(L, "coroutine") == LUA_TTABLE)
        luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

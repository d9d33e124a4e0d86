/* table.sort by merging: stable, and the same on every machine. Lua's own asks the clock for a
 * pivot when a large list is badly balanced, which shows in the order of equal items. */
#include <lauxlib.h>

#include "sandbox_parts.h"

enum { LIST = 1, LESS = 2, FIRST = 3, SECOND = 4 }; /* stack: the arguments, two working lists */

/* Whether item `i` of a working list goes before its item `k`. */
static bool goes_before(lua_State *L, int list, lua_Integer i, lua_Integer k) {
    bool before;
    if (lua_isnil(L, LESS)) {
        lua_rawgeti(L, list, i);
        lua_rawgeti(L, list, k);
        before = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
        return before;
    }
    lua_pushvalue(L, LESS);
    lua_rawgeti(L, list, i);
    lua_rawgeti(L, list, k);
    lua_call(L, 2, 1);
    before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Merges the sorted runs [begin, middle) and [middle, end). */
static void merge(lua_State *L, int from, int to, lua_Integer begin, lua_Integer middle,
                  lua_Integer end) {
    lua_Integer i = begin, k = middle;
    for (lua_Integer n = begin; n < end; n++) {
        bool second = i == middle || (k < end && goes_before(L, from, k, i));
        lua_rawgeti(L, from, second ? k++ : i++);
        lua_rawseti(L, to, n);
    }
}

static lua_Integer least(lua_Integer a, lua_Integer b) {
    return a < b ? a : b;
}

/* Returns the working list that is sorted. */
static int sort_working(lua_State *L, lua_Integer count) {
    int from = FIRST, to = SECOND;
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer begin = 1; begin <= count; begin += 2 * width)
            merge(L, from, to, begin, least(begin + width, count + 1),
                  least(begin + 2 * width, count + 1));
        int swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* table.sort(list [, less]) */
static int safe_sort(lua_State *L) {
    luaL_checktype(L, LIST, LUA_TTABLE);
    lua_Integer count = luaL_len(L, LIST);
    luaL_argcheck(L, count < INT32_MAX, LIST, "array too big");
    if (!lua_isnoneornil(L, LESS))
        luaL_checktype(L, LESS, LUA_TFUNCTION);
    lua_settop(L, LESS);
    lua_newtable(L);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, LIST, i);
        lua_rawseti(L, FIRST, i);
    }
    int sorted = sort_working(L, count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, sorted, i);
        lua_seti(L, LIST, i);
    }
    return 0;
}

void sandbox_open_sort(lua_State *L) {
    lua_pushcfunction(L, safe_sort);
    lua_setfield(L, -2, "sort");
}

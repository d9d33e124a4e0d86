/* pairs and next in an order that is a table's own. Lua's depends on the state's secret hash seed,
 * and not for strings alone: numbers that share a table with them are moved about by it. */
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox_parts.h"

/* In this order. The last but one have nothing to be sorted by: they stay in Lua's order. */
enum rank { RANK_NUMBER, RANK_FALSE, RANK_TRUE, RANK_OTHER, RANK_STRING };

struct sort_key {
    enum rank rank;
    bool is_integer;
    lua_Integer integer;
    lua_Number number; /* of an integer too */
    const char *at;
    size_t len;
    lua_Integer place; /* in Lua's order */
};

static struct sort_key describe(lua_State *L, int index) {
    struct sort_key k = {.rank = RANK_OTHER};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        k.rank = RANK_NUMBER;
        k.is_integer = lua_isinteger(L, index);
        k.integer = lua_tointeger(L, index);
        k.number = lua_tonumber(L, index);
        break;
    case LUA_TBOOLEAN:
        k.rank = lua_toboolean(L, index) ? RANK_TRUE : RANK_FALSE;
        break;
    case LUA_TSTRING:
        k.rank = RANK_STRING;
        k.at = lua_tolstring(L, index, &k.len);
        break;
    default:
        break;
    }
    return k;
}

static int compare_numbers(const struct sort_key *a, const struct sort_key *b) {
    if (a->is_integer && b->is_integer)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->number == b->number) // an integer that has the nearest float
        return b->is_integer - a->is_integer;
    return a->number < b->number ? -1 : 1;
}

static int compare_strings(const struct sort_key *a, const struct sort_key *b) {
    int order = memcmp(a->at, b->at, a->len < b->len ? a->len : b->len);
    return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int compare_keys(const void *p, const void *q) {
    const struct sort_key *a = p, *b = q;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->rank == RANK_NUMBER)
        return compare_numbers(a, b);
    if (a->rank == RANK_STRING)
        return compare_strings(a, b);
    return (a->place > b->place) - (a->place < b->place);
}

/* Pushes a list of the keys in Lua's order. */
static lua_Integer push_keys(lua_State *L, int table) {
    lua_Integer count = 0;
    lua_newtable(L); // keys
    for (lua_pushnil(L); lua_next(L, table);) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
    }
    return count;
}

static bool is_sorted(const struct sort_key *keys, lua_Integer count) {
    for (lua_Integer i = 1; i < count; i++)
        if (compare_keys(&keys[i - 1], &keys[i]) > 0)
            return false;
    return true;
}

lua_Integer sandbox_sorted_keys(lua_State *L, int table) {
    lua_Integer count = push_keys(L, table); // keys
    struct sort_key *sorted = lua_newuserdatauv(L, (size_t)count * sizeof *sorted, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, -2, i + 1); // keys sorted key
        sorted[i] = describe(L, -1);
        sorted[i].place = i + 1;
        lua_pop(L, 1);
    }
    if (is_sorted(sorted, count)) { // as the keys of a list are
        lua_pop(L, 1);
        return count;
    }
    qsort(sorted, (size_t)count, sizeof *sorted, compare_keys);
    lua_createtable(L, (int)count, 0); // keys sorted result
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, -3, sorted[i].place);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, -3);
    lua_pop(L, 1); // result
    return count;
}

/* Pushes the first key from place *i on in the list at `keys` that the table still has, and its
 * value; *i is its place. False: nil was pushed, there is none. [-0, +(1|2), -] */
static bool push_present(lua_State *L, int table, int keys, lua_Integer *i) {
    for (; lua_rawgeti(L, keys, *i) != LUA_TNIL; ++*i) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, table) != LUA_TNIL)
            return true;
        lua_pop(L, 2);
    }
    return false;
}

/* Upvalues: the table, its keys, where to go on. */
static int next_sorted(lua_State *L) {
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
    if (!push_present(L, lua_upvalueindex(1), lua_upvalueindex(2), &i))
        return 1;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int safe_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    sandbox_sorted_keys(L, 1);
    lua_pushinteger(L, 1);
    lua_pushcclosure(L, next_sorted, 3);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* Where a walk goes on behind the key at index 2. A key that was removed has its place in the
 * order still; only one that has no order must be there. */
static lua_Integer place_behind(lua_State *L, int keys) {
    struct sort_key key = describe(L, 2);
    lua_Integer i = 1;
    for (; lua_rawgeti(L, keys, i) != LUA_TNIL; i++) {
        struct sort_key other = describe(L, -1);
        bool is_it = lua_rawequal(L, -1, 2);
        lua_pop(L, 1);
        if (is_it)
            return i + 1;
        if (key.rank != RANK_OTHER && compare_keys(&other, &key) > 0)
            return i;
    }
    lua_pop(L, 1);
    return key.rank == RANK_OTHER ? luaL_error(L, "invalid key to 'next'") : i;
}

/* What next remembers of the walk it was asked about last: the table, its keys, and the place of
 * the key that it gave. */
enum { KNOWN_TABLE = 1, KNOWN_KEYS, KNOWN_PLACE };

/* next(table [, key]) in the order of pairs; a whole walk sorts once. */
static int safe_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1)); // table key memory
    lua_rawgeti(L, 3, KNOWN_KEYS);
    lua_rawgeti(L, 3, KNOWN_PLACE);
    lua_Integer i = lua_tointeger(L, -1);
    lua_rawgeti(L, 3, KNOWN_TABLE); // table key memory keys place known
    bool goes_on = lua_rawequal(L, 1, -1) && lua_rawgeti(L, 4, i) != LUA_TNIL &&
                   lua_rawequal(L, -1, 2);
    if (!goes_on) {
        lua_settop(L, 3);
        sandbox_sorted_keys(L, 1); // table key memory keys
        i = lua_isnil(L, 2) ? 0 : place_behind(L, 4) - 1;
        lua_pushvalue(L, 1);
        lua_rawseti(L, 3, KNOWN_TABLE);
        lua_pushvalue(L, 4);
        lua_rawseti(L, 3, KNOWN_KEYS);
    }
    i++;
    if (!push_present(L, 1, 4, &i))
        return 1;
    lua_pushinteger(L, i);
    lua_rawseti(L, 3, KNOWN_PLACE);
    return 2;
}

void sandbox_open_walks(lua_State *L) {
    lua_pushcfunction(L, safe_pairs);
    lua_setfield(L, -2, "pairs");
    lua_newtable(L); // what next remembers
    lua_pushcclosure(L, safe_next, 1);
    lua_setfield(L, -2, "next");
}

/* A Lua state that can only compute: whitelisted libraries, text chunks only, no finalizers, no
 * addresses, no clock, no unseeded randomness, a ceiling on memory. It cannot be stopped from
 * inside, and a plugin may crash it: that is why it lives in a worker process, and why the worker
 * locks itself down before it reads a byte (sandbox_lock). */
#ifndef FASCIA_SANDBOX_H
#define FASCIA_SANDBOX_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sandbox {
    lua_State *lua;
    size_t used, limit;                 /* bytes */
    struct free_block *free_blocks[17]; /* by size, in steps of 16 bytes, up to 256 */
    char *next, *end;                   /* of the chunk that small blocks are cut from */
    char *chunks;                       /* all, newest first: each begins with the one before */
};

/* A new state whose globals are all a plugin may use, but for `require` and `print`, which
 * `bind` adds. False: not even an empty state fits the limit. */
bool sandbox_open(struct sandbox *s, size_t memory_bytes);

/* There is no close: a state is left to the end of its process, or abandoned, because closing
 * runs code of the plugin. */

/* Makes math.random give the same numbers in every process. [-0, +0, -] */
void sandbox_seed(lua_State *L, uint64_t seed);

/* As tostring, without addresses: "table", not "table: 0x55…". [-0, +1, e] */
const char *sandbox_tostring(lua_State *L, int index, size_t *len);

/* Pushes a list of a table's keys in the order that pairs gives: numbers, false, true, whatever
 * has no order of its own, strings by their bytes. Returns how many. [-0, +1, e] */
lua_Integer sandbox_sorted_keys(lua_State *L, int table);

/* Gives up everything a worker does not need: files, sockets, processes. `keep` descriptors
 * (0 … keep-1) stay open, but for the first three. Called once, before the first byte of content or
 * plugin. Returns what could not be had (LACKS_SECCOMP …): each measure stands on its own. */
unsigned sandbox_lock(int keep);

#endif

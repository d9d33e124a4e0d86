#include "hash.h"

#include <xxhash.h>

/* The library's plain functions keep to what every x86-64 has; these ask the processor what it can
 * do and take a third of the time. Same values. */
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
#endif

uint64_t hash_bytes(const void *bytes, size_t len, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, len, seed);
}

uint64_t hash_str(struct str s) {
    return hash_bytes(s.at, s.len, 0);
}

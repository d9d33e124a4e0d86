/* The one hash of fascia: XXH3, 64 bits (xxhash.com). Good against accident, not against malice. */
#ifndef FASCIA_HASH_H
#define FASCIA_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "str.h"

uint64_t hash_bytes(const void *bytes, size_t len, uint64_t seed);
uint64_t hash_str(struct str s);

#endif

/* Which names are taken, and by whom: output paths and slugs, compared the way a file system may
 * confuse them (NFC, case-folded). */
#ifndef FASCIA_TAKEN_H
#define FASCIA_TAKEN_H

#include <stdint.h>

#include "arena.h"

struct taken {
    struct arena *arena;
    struct taken_entry *slots; /* open addressing; a power of two */
    size_t room, count;
};

/* NULL when nobody had the name: it is `owner`'s now. Otherwise who has it, which stays so until
 * the caller changes it through the pointer. */
uint64_t *taken_claim(struct taken *t, struct str name, uint64_t owner);

#endif

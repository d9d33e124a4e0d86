#include "taken.h"

#include "hash.h"
#include "utf8.h"

struct taken_entry {
    struct str name; /* folded; at NULL: free */
    uint64_t owner;
};

static struct taken_entry *find(const struct taken *t, struct str name) {
    size_t i = hash_str(name) & (t->room - 1);
    while (t->slots[i].name.at && !str_eq(t->slots[i].name, name))
        i = (i + 1) & (t->room - 1);
    return &t->slots[i];
}

static void grow(struct taken *t) {
    struct taken old = *t;
    t->room = old.room ? old.room * 2 : 1024;
    t->slots = ARENA_ARRAY(t->arena, struct taken_entry, t->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].name.at)
            *find(t, old.slots[i].name) = old.slots[i];
}

uint64_t *taken_claim(struct taken *t, struct str name, uint64_t owner) {
    if (t->count * 2 >= t->room)
        grow(t);
    struct str folded = utf8_fold(t->arena, name);
    struct taken_entry *e = find(t, folded);
    if (e->name.at)
        return &e->owner;
    *e = (struct taken_entry){folded, owner};
    t->count++;
    return NULL;
}

/* Sets of names, by open addressing: ids that must be unique, subjects that are known, tags. */
#include "article_parts.h"
#include "utf8.h"

struct name {
    struct str text; /* at NULL: free */
    uint32_t copies; /* ids made from it by adding a number */
};

struct names {
    struct name *slots;
    uint32_t count, cap; /* cap is a power of two */
};

enum { FIRST_CAP = 64 };

struct names *names_new(struct arena *a) {
    struct names *n = ARENA_NEW(a, struct names);
    n->slots = ARENA_ARRAY(a, struct name, FIRST_CAP);
    n->cap = FIRST_CAP;
    return n;
}

/* FNV-1a. */
static uint32_t hash(struct str s) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.at[i]) * 16777619u;
    return h;
}

/* The slot that holds the name, or the free one where it belongs. */
static struct name *find(const struct names *n, struct str text) {
    uint32_t i = hash(text) & (n->cap - 1);
    while (n->slots[i].text.at && !str_eq(n->slots[i].text, text))
        i = (i + 1) & (n->cap - 1);
    return &n->slots[i];
}

static void grow(struct arena *a, struct names *n) {
    struct names bigger = {ARENA_ARRAY(a, struct name, (size_t)n->cap * 2), n->count, n->cap * 2};
    for (uint32_t i = 0; i < n->cap; i++)
        if (n->slots[i].text.at)
            *find(&bigger, n->slots[i].text) = n->slots[i];
    *n = bigger;
}

bool names_has(const struct names *n, struct str name) {
    return find(n, name)->text.at != NULL;
}

bool names_add(struct arena *a, struct names *n, struct str name) {
    if (!name.at)
        name = STR("");
    struct name *slot = find(n, name);
    if (slot->text.at)
        return false;
    slot->text = name;
    if (++n->count * 2 > n->cap)
        grow(a, n);
    return true;
}

struct str names_unique_id(struct making *m, struct str text, const char *spare) {
    struct str base = utf8_slug(m->arena, text), id = base;
    if (base.len == 0)
        base = str_of(spare);
    if (id.len && names_add(m->arena, m->ids, id))
        return id;
    /* The count is kept by name: ten thousand sections of one title must not try all numbers. */
    names_add(m->arena, m->ids, base);
    do {
        uint32_t copy = ++find(m->ids, base)->copies;
        id = id.len ? arena_printf(m->arena, "%.*s-%u", STR_ARG(base), copy + 1)
                    : arena_printf(m->arena, "%.*s%u", STR_ARG(base), copy);
    } while (!names_add(m->arena, m->ids, id));
    return id;
}

/* Memory that is given back all at once. An arena serves one job (an article being read, a call)
 * and every block of it lives until arena_reset or arena_free. Out of memory ends the process
 * with a message and status 3, or as arena_give_up was told; no caller tests for NULL. */
#ifndef FASCIA_ARENA_H
#define FASCIA_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "str.h"

struct arena {
    struct arena_chunk *chunks; /* newest first; the arena owns them */
    char *next, *end;           /* free bytes of the newest chunk */
    size_t chunk_bytes;         /* the next chunk's least size */
    size_t bytes, max;          /* of all chunks; max: more is out of memory, 0: no ceiling */
};

#define ARENA_INIT {0}

enum { ARENA_ALIGN = 16 };

void arena_grow(struct arena *a, size_t bytes); /* for arena_alloc_raw */

/* Not zeroed, aligned for any type. Inline: an article is made of thousands of small things.
 * Chunks are multiples of the alignment, so what fits in one fits rounded up as well. */
static inline void *arena_alloc_raw(struct arena *a, size_t bytes) {
    if (!a->next || bytes > (size_t)(a->end - a->next)) // never NULL, not even for no bytes
        arena_grow(a, bytes);
    void *p = a->next;
    a->next += (bytes + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    return p;
}

static inline void *arena_alloc(struct arena *a, size_t bytes) { /* zeroed */
    return memset(arena_alloc_raw(a, bytes), 0, bytes);
}

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))
void *arena_alloc_array(struct arena *a, size_t count, size_t bytes);

/* An array that only this makes grow: `array`, which holds `count`, with room for one more. */
#define ARENA_MORE(arena, array, count) arena_more((arena), (array), (count), sizeof *(array))
void *arena_more(struct arena *a, void *array, size_t count, size_t bytes);

/* Copies; the copy is followed by a NUL that is not counted. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_join(struct arena *a, struct str x, struct str y);
struct str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *a, const char *format, va_list args);

void arena_reset(struct arena *a); /* keeps one chunk for the next job */
void arena_free(struct arena *a);

/* What to do instead of the message when memory runs out; must not return. */
void arena_give_up(void (*how)(void));

/* From now on what is freed stays with the process, but for very large blocks: the same few
 * megabytes are needed again and again, and getting them anew costs more than using them. */
void arena_keep_memory(void);

/* malloc and realloc that end the process instead of returning NULL. */
void *must_alloc(size_t bytes);
void *must_realloc(void *old, size_t bytes);

#endif

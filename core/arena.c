#include "arena.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t bytes;
};

static void (*give_up)(void);

void arena_give_up(void (*how)(void)) {
    give_up = how;
}

static _Noreturn void out_of_memory(size_t bytes) {
    if (give_up)
        give_up();
    fprintf(stderr, "fascia: out of memory (%zu bytes asked for)\n", bytes);
    exit(3);
}

void *must_realloc(void *old, size_t bytes) {
    void *p = realloc(old, bytes ? bytes : 1);
    if (!p)
        out_of_memory(bytes);
    return p;
}

void *must_alloc(size_t bytes) {
    return must_realloc(NULL, bytes);
}

static size_t aligned(size_t bytes) {
    return (bytes + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

static size_t header_bytes(void) {
    return aligned(sizeof(struct arena_chunk));
}

static void use_chunk(struct arena *a, struct arena_chunk *chunk) {
    a->next = (char *)chunk + header_bytes();
    a->end = (char *)chunk + chunk->bytes;
}

void arena_grow(struct arena *a, size_t bytes) {
    if (bytes > SIZE_MAX / 2)
        out_of_memory(bytes);
    size_t size = a->chunk_bytes ? a->chunk_bytes : FIRST_CHUNK;
    if (size < LARGEST_CHUNK)
        a->chunk_bytes = size * 2;
    if (size < aligned(bytes) + header_bytes())
        size = aligned(bytes) + header_bytes();
    if (a->max && a->bytes + size > a->max)
        out_of_memory(size);
    struct arena_chunk *chunk = must_alloc(size);
    a->bytes += size;
    *chunk = (struct arena_chunk){.older = a->chunks, .bytes = size};
    a->chunks = chunk;
    use_chunk(a, chunk);
}

void *arena_alloc_array(struct arena *a, size_t count, size_t bytes) {
    if (bytes && count > SIZE_MAX / 2 / bytes)
        out_of_memory(SIZE_MAX);
    return arena_alloc(a, count * bytes);
}

/* It is full whenever it holds a power of two: what may be there already is copied, never freed. */
void *arena_more(struct arena *a, void *array, size_t count, size_t bytes) {
    enum { FIRST = 16 };
    bool is_full = count == 0 || (count >= FIRST && (count & (count - 1)) == 0);
    if (!is_full)
        return array;
    void *more = arena_alloc_array(a, count ? count * 2 : FIRST, bytes);
    if (count)
        memcpy(more, array, count * bytes);
    return more;
}

struct str arena_join(struct arena *a, struct str x, struct str y) {
    char *copy = arena_alloc_raw(a, x.len + y.len + 1);
    if (x.len)
        memcpy(copy, x.at, x.len);
    if (y.len)
        memcpy(copy + x.len, y.at, y.len);
    copy[x.len + y.len] = '\0';
    return (struct str){copy, x.len + y.len};
}

struct str arena_str(struct arena *a, struct str s) {
    return arena_join(a, s, (struct str){"", 0});
}

struct str arena_vprintf(struct arena *a, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        return STR("");
    char *text = arena_alloc_raw(a, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return (struct str){text, (size_t)len};
}

struct str arena_printf(struct arena *a, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct str s = arena_vprintf(a, format, args);
    va_end(args);
    return s;
}

/* Keeps the newest ordinary chunk, which is as large as the jobs have needed so far. */
void arena_reset(struct arena *a) {
    struct arena_chunk *kept = NULL;
    while (a->chunks) {
        struct arena_chunk *chunk = a->chunks;
        a->chunks = chunk->older;
        if (kept || chunk->bytes > LARGEST_CHUNK)
            free(chunk);
        else
            kept = chunk;
    }
    a->next = a->end = NULL;
    a->chunks = kept;
    a->bytes = kept ? kept->bytes : 0;
    if (kept) {
        kept->older = NULL;
        use_chunk(a, kept);
    }
}

void arena_free(struct arena *a) {
    while (a->chunks) {
        struct arena_chunk *older = a->chunks->older;
        free(a->chunks);
        a->chunks = older;
    }
    *a = (struct arena)ARENA_INIT;
}

void arena_keep_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 4 << 20);
}

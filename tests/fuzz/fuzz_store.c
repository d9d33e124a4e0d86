/* Any bytes as a saved state whose checksum is right: refused, or safe to use. */
#include <stdlib.h>
#include <string.h>

#include "../core/image_walk.h"
#include "hash.h"
#include "shelf.h"
#include "store_parts.h"

enum { HEAD_BYTES = 32 };

/* A head as the store writes it, for these bytes. */
static void seal(struct buf *state, struct str body) {
    struct graph g = {0};
    struct kept k = {0};
    store_encode(state, &g, &k, 0);
    state->len = HEAD_BYTES;
    buf_put(state, body);
    uint64_t sizes[] = {state->len, hash_bytes(state->at + HEAD_BYTES, body.len, 0)};
    memcpy(state->at + 16, sizes, sizeof sizes);
}

/* As a build does that finds it. */
static void use(struct graph *g) {
    struct arena a = ARENA_INIT;
    for (uint32_t i = 0; i < g->article_count; i++) {
        struct str head = g->articles[i]->head;
        struct image image;
        char *copy = arena_alloc(&a, head.len);
        memcpy(copy, head.at, head.len);
        if (image_open(&image, (struct str){copy, head.len}, true))
            walk_image(&image);
        for (struct rendering *r = g->articles[i]->renderings; r; r = r->next)
            if (r->export >= g->export_count || r->outcome > OUTCOME_CLASHED)
                abort();
    }
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct buf state = BUF_INIT, again = BUF_INIT;
    struct graph g = {0};
    struct kept k = {0};
    uint64_t images_end;
    seal(&state, (struct str){(const char *)bytes, len});
    if (store_decode(buf_str(&state), &g, &k, &images_end)) {
        use(&g);
        store_encode(&again, &g, &k, images_end);
    }
    graph_free(&g);
    buf_free(&state);
    buf_free(&again);
    return 0;
}

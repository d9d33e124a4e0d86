/* Any bytes as a saved state, and as one whose checksums are right: refused, or safe to use. */
#include <stdlib.h>
#include <string.h>

#include "../core/image_walk.h"
#include "shelf.h"
#include "store_parts.h"

static void check_rendering(const struct graph *g, const struct rendering *r) {
    if (r->export >= g->export_count || r->outcome > OUTCOME_CLASHED)
        abort();
}

/* Each item is found by its key, and no other. */
static void use_site(struct graph *g) {
    for (struct rendering *r = g->site_renderings; r; r = r->next) {
        check_rendering(g, r);
        if (graph_site_rendering(g, r->export, graph_key(r), r->is_count) != r)
            abort();
    }
    for (struct rendering *r = g->site_checks; r; r = r->next)
        check_rendering(g, r);
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
            check_rendering(g, r);
        store_unpack_checks(g, i);
        for (struct rendering *r = g->articles[i]->checks; r; r = r->next)
            check_rendering(g, r);
    }
    arena_free(&a);
    use_site(g);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void put_again(const struct graph *g, const struct kept *k, uint64_t images_end) {
    struct frame_draft f = {0};
    store_put_kept(&f, g, k);
    for (uint32_t i = 0; i < g->article_count; i++)
        store_put_article(&f, g, i);
    store_put_site(&f, g, true);
    store_put_end(&f, k, images_end);
    frame_free(&f);
}

/* As frames, of which hardly any is whole, and as the entries of one that is. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena a = ARENA_INIT;
    struct graph g = {0};
    struct kept k = {0};
    uint64_t images_end;
    char *copy = arena_alloc(&a, len);
    memcpy(copy, bytes, len);
    struct str rest = {copy, len};
    struct frame f;
    while (frame_next(&rest, &f) || frame_skip(&rest))
        continue;
    f = (struct frame){FRAME_WHOLE, true, STR(""), {copy, len}};
    if (store_take(&f, &g, &k, &images_end)) {
        use(&g);
        put_again(&g, &k, images_end);
    }
    graph_free(&g);
    arena_free(&a);
    return 0;
}

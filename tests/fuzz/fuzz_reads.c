/* Any bytes as a read set, between any two images: it is stale or it is moved, and what was moved
 * reads the same. Input: YAML, NUL, YAML, NUL, the set as reads.h has it. */
#include <stdlib.h>
#include <string.h>

#include "graph.h"
#include "yaml.h"

static void expect(bool holds) {
    if (!holds)
        abort();
}

static bool freeze_text(struct buf *out, struct str text) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct source s;
    struct value *v;
    bool good = source_open(&s, &a, STR("a"), STR("a"), text, &d) &&
                yaml_read(&v, &a, &s, 0, text.len, &d) && image_freeze(out, v, 0, NULL, 0);
    arena_free(&a);
    return good;
}

static void see(void *self, struct node n, unsigned kinds) {
    const struct image *image = self;
    expect(kinds <= READ_KINDS && (n.slot == 0 || n.image == image));
    node_hash(n);
}

/* As `fascia why` looks at it. */
static void visit(struct str set, struct image *was, const struct image *is) {
    struct wire in = {.rest = set};
    struct image_reads one;
    struct missing_read missing;
    uint32_t images, count;
    reads_flags(&in, &images);
    for (uint32_t i = 0; i < images && reads_next_image(&in, &one); i++)
        reads_visit(&one, was, see, was);
    count = wire_u32(&in);
    for (uint32_t i = 0; i < count && reads_next_missing(&in, &missing); i++) {
        struct node above = {0};
        struct str key = STR("");
        reads_counterpart(was, missing.slot, is, &above, &key);
    }
}

static void ask(struct graph *g, struct str set) {
    struct site site = {.count = 0};
    struct surroundings around = {.site = &site, .fields_changed = GRAPH_ALL_FIELDS};
    struct rendering *r = graph_rendering(g, graph_export(g, STR("x")), 0, 0, false);
    struct buf reason = BUF_INIT;
    blob_set(&r->reads, set);
    bool stale = graph_is_stale(g, r, &around, STR("content"), &reason);
    graph_looks_around(r);
    if (!stale) { // of the images of now nothing differs
        struct image is = g->articles[0]->is;
        g->articles[0]->was = is;
        expect(!graph_is_stale(g, r, &around, STR("content"), &reason));
    }
    buf_free(&reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct str rest = {(const char *)bytes, len}, first, second;
    struct buf old = BUF_INIT, new = BUF_INIT;
    struct graph g = {0};
    if (str_cut(&rest, '\0', &first) && str_cut(&rest, '\0', &second) &&
        freeze_text(&old, first) && freeze_text(&new, second)) {
        uint32_t number = graph_article(&g, STR("a.md"));
        struct article_node *a = g.articles[number];
        expect(image_open(&a->was, buf_str(&old), false));
        expect(image_open(&a->is, buf_str(&new), false));
        a->has_changed = true;
        visit(rest, &a->was, &a->is);
        ask(&g, rest);
        graph_free(&g);
    }
    buf_free(&old);
    buf_free(&new);
    return 0;
}

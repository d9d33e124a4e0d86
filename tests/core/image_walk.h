/* Touches everything that an image shows, as its users do: for tests and fuzzers that look for
 * bytes read outside it. */
#ifndef FASCIA_IMAGE_WALK_H
#define FASCIA_IMAGE_WALK_H

#include "image.h"
#include "json.h"

struct walk {
    uint64_t sum; /* of all that was read, so that no read is left out */
    size_t nodes;
    size_t paths; /* node_path asks its way from the root: only for so many nodes */
};

static inline void walk_bytes(struct walk *w, struct str s) {
    for (size_t i = 0; i < s.len; i++)
        w->sum = w->sum * 31 + (unsigned char)s.at[i];
}

static inline void walk_path(struct walk *w, struct node n) {
    char text[512];
    struct buf path = {.at = text, .cap = sizeof text, .max = sizeof text};
    if (w->paths == 0)
        return;
    w->paths--;
    node_path(&path, n);
    walk_bytes(w, buf_str(&path));
}

static inline void walk_scalar(struct walk *w, struct node n) {
    double number = node_number(n);
    struct span span = node_span(n);
    walk_bytes(w, node_string(n));
    w->sum += (uint64_t)node_boolean(n) + (uint64_t)node_integer(n) + node_hash(n);
    w->sum += (uint64_t)(number > 0) + span.begin + span.end + span.line + span.col;
}

static inline void walk_node(struct walk *w, struct node n) {
    w->nodes++;
    walk_path(w, n);
    if (!node_at_hand(n))
        return;
    walk_scalar(w, n);
    uint32_t count = node_count(n);
    for (uint32_t i = 0; i < count; i++) {
        struct str key = node_key(n, i);
        walk_bytes(w, key);
        if (count <= 64 && node_type(n) == VALUE_RECORD)
            w->sum += node_get(n, key).slot;
        walk_node(w, node_item(n, i));
    }
    w->sum += node_item(n, count).slot + node_key(n, count).len;
}

/* Thaws it and writes it as JSON too when all of it is at hand. */
static inline size_t walk_image(const struct image *image) {
    struct walk w = {.paths = 300};
    walk_node(&w, image_root(image));
    w.sum += image_head_len(image) + node_equal(image_root(image), image_root(image));
    if (image_is_whole(image)) {
        struct arena a = ARENA_INIT;
        struct buf json = {.max = 1 << 20};
        node_thaw(&a, image_root(image));
        json_node(&json, image_root(image), (struct json_style){.indent = 1});
        buf_free(&json);
        arena_free(&a);
    }
    volatile uint64_t seen = w.sum; /* the compiler must not leave the reading out */
    (void)seen;
    return w.nodes;
}

#endif

#include "reads.h"

#include <string.h>

uint32_t reads_flags(struct wire *set, uint32_t *images) {
    uint32_t flags = wire_u32(set);
    *images = wire_u32(set);
    return flags;
}

bool reads_next_image(struct wire *set, struct image_reads *one) {
    one->article = wire_u32(set);
    one->count = wire_u32(set);
    one->marks = wire_bytes(set, (size_t)one->count * sizeof(uint32_t));
    return !set->bad;
}

bool reads_next_missing(struct wire *set, struct missing_read *one) {
    one->article = wire_u32(set);
    one->slot = wire_u32(set);
    one->key = wire_str(set);
    return !set->bad;
}

bool reads_next_query(struct wire *set, struct query_read *one) {
    one->query.tag = wire_str(set);
    one->query.lang = wire_str(set);
    one->query.sort = wire_str(set);
    one->query.limit = wire_u32(set);
    one->query.offset = wire_u32(set);
    one->answer = wire_u64(set);
    return !set->bad;
}

bool reads_next_export(struct wire *set, struct export_read *one) {
    one->name = wire_str(set);
    one->hash = wire_u64(set);
    return !set->bad;
}

/* Two images side by side. Marks ascend; pre-order makes the walk meet their slots in that order:
 * first a compound's own slots, then what lies below each. */
struct walk {
    const char *marks;
    uint32_t next, count;
    struct node was, is;
    bool changed;
};

static uint32_t mark_at(const struct walk *w) {
    uint32_t mark;
    memcpy(&mark, w->marks + (size_t)w->next * sizeof mark, sizeof mark);
    return mark;
}

static uint32_t slot_of_mark(uint32_t mark) {
    return mark & ~(uint32_t)READ_KINDS;
}

static bool same_shape(struct node was, struct node is) {
    if (node_type(was) != node_type(is) || node_count(was) != node_count(is))
        return false;
    for (uint32_t i = 0; i < node_count(was); i++)
        if (!str_eq(node_key(was, i), node_key(is, i)))
            return false;
    return true;
}

static bool same_place(struct node was, struct node is) {
    struct span a = node_span(was), b = node_span(is);
    return a.line == b.line && a.col == b.col;
}

static void check(struct walk *w, uint32_t mark, struct node was, struct node is) {
    bool same = node_type(was) == node_type(is);
    if (mark & READ_VALUE)
        same = same && node_hash(was) == node_hash(is);
    if (mark & READ_SHAPE)
        same = same && same_shape(was, is);
    if (mark & READ_PLACE)
        same = same && same_place(was, is);
    if (same || w->changed)
        return;
    w->changed = true;
    w->was = was;
    w->is = is;
}

static struct node counterpart(struct node was, uint32_t i, struct node is) {
    if (node_type(was) == VALUE_RECORD)
        return node_get(is, node_key(was, i));
    return node_type(is) == VALUE_LIST ? node_item(is, i) : (struct node){is.image, 0};
}

/* `was` is a compound; all marks before its first slot are done. */
static void walk(struct walk *w, struct node was, struct node is) {
    uint32_t count = node_count(was);
    uint32_t first = count ? node_item(was, 0).slot : 0, end = first + count * 8;
    while (!w->changed && w->next < w->count && slot_of_mark(mark_at(w)) < end) {
        uint32_t mark = mark_at(w), slot = slot_of_mark(mark);
        w->next++;
        if (slot >= first)
            check(w, mark, node_item(was, (slot - first) / 8),
                  counterpart(was, (slot - first) / 8, is));
    }
    for (uint32_t i = 0; !w->changed && i < count && w->next < w->count; i++) {
        struct node child = node_item(was, i);
        if (node_count(child) && slot_of_mark(mark_at(w)) < node_end(child))
            walk(w, child, counterpart(was, i, is));
    }
}

bool reads_changed(const struct image_reads *reads, const struct image *old,
                   const struct image *new, struct node *was, struct node *is) {
    struct walk w = {.marks = reads->marks.at, .count = reads->count};
    struct node old_root = image_root(old);
    struct node new_root = new->len ? image_root(new) : (struct node){new, 0};
    while (w.next < w.count && slot_of_mark(mark_at(&w)) <= old_root.slot && !w.changed) {
        check(&w, mark_at(&w), old_root, new_root);
        w.next++;
    }
    walk(&w, old_root, new_root);
    *was = w.was;
    *is = w.is;
    return w.changed;
}

#include "reads.h"

#include <stdlib.h>
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
    uint32_t *moved;
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

static bool same_place(struct node was, struct node is) {
    struct span a = node_span(was), b = node_span(is);
    return a.line == b.line && a.col == b.col;
}

static void check(struct walk *w, uint32_t mark, struct node was, struct node is) {
    bool same = is.slot && node_type(was) == node_type(is);
    if (mark & READ_VALUE)
        same = same && node_equal(was, is);
    if (mark & READ_SHAPE)
        same = same && node_equal_shape(was, is);
    if (mark & READ_PLACE)
        same = same && same_place(was, is);
    w->moved[w->next] = is.slot | (mark & READ_KINDS);
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
        w->changed = slot < first; // no node's: a damaged set
        check(w, mark, node_item(was, (slot - first) / 8),
              counterpart(was, (slot - first) / 8, is));
        w->next++;
    }
    for (uint32_t i = 0; !w->changed && i < count && w->next < w->count; i++) {
        struct node child = node_item(was, i);
        if (node_count(child) && slot_of_mark(mark_at(w)) < node_end(child))
            walk(w, child, counterpart(was, i, is));
    }
}

/* Keys may have changed their order. */
static int compare_marks(const void *p, const void *q) {
    const uint32_t *a = p, *b = q;
    return (*a > *b) - (*a < *b);
}

bool reads_changed(const struct image_reads *reads, const struct image *old,
                   const struct image *new, uint32_t *moved, struct node *was, struct node *is) {
    struct walk w = {.marks = reads->marks.at, .count = reads->count, .moved = moved};
    struct node old_root = image_root(old);
    struct node new_root = new->len ? image_root(new) : (struct node){new, 0};
    while (w.next < w.count && slot_of_mark(mark_at(&w)) <= old_root.slot && !w.changed) {
        check(&w, mark_at(&w), old_root, new_root);
        w.next++;
    }
    walk(&w, old_root, new_root);
    if (w.count && w.next == w.count)
        qsort(moved, w.count, sizeof *moved, compare_marks);
    *was = w.was;
    *is = w.is;
    return w.changed || w.next < w.count; // a mark that no node has: a damaged set
}

struct node reads_counterpart(const struct image *old, uint32_t slot, const struct image *new,
                              struct node *above, struct str *key) {
    struct node was = image_root(old), is = image_root(new);
    while (was.slot && was.slot < slot && is.slot) {
        uint32_t count = node_count(was), first = node_item(was, 0).slot;
        uint32_t i = slot < first + count * 8 ? (slot - first) / 8 : 0;
        while (i < count && node_item(was, i).slot != slot && node_end(node_item(was, i)) <= slot)
            i++;
        *above = is;
        *key = node_key(was, i);
        is = counterpart(was, i, is);
        was = node_item(was, i);
    }
    return was.slot == slot ? is : (struct node){new, 0};
}

/* The same walk over one image. */
struct visit {
    struct walk at;
    void (*visit)(void *self, struct node n, unsigned kinds);
    void *self;
};

static void visit_one(struct visit *v, struct node n) {
    v->visit(v->self, n, mark_at(&v->at) & READ_KINDS);
}

static void visit_below(struct visit *v, struct node above) {
    struct walk *w = &v->at;
    uint32_t count = node_count(above);
    uint32_t first = count ? node_item(above, 0).slot : 0, end = first + count * 8;
    for (; w->next < w->count && slot_of_mark(mark_at(w)) < end; w->next++)
        if (slot_of_mark(mark_at(w)) >= first)
            visit_one(v, node_item(above, (slot_of_mark(mark_at(w)) - first) / 8));
    for (uint32_t i = 0; i < count && w->next < w->count; i++) {
        struct node child = node_item(above, i);
        if (node_count(child) && slot_of_mark(mark_at(w)) < node_end(child))
            visit_below(v, child);
    }
}

void reads_visit(const struct image_reads *reads, const struct image *image,
                 void (*visit)(void *self, struct node n, unsigned kinds), void *self) {
    struct visit v = {{.marks = reads->marks.at, .count = reads->count}, visit, self};
    struct node root = image_root(image);
    for (; v.at.next < v.at.count && slot_of_mark(mark_at(&v.at)) <= root.slot; v.at.next++)
        visit_one(&v, root);
    visit_below(&v, root);
}

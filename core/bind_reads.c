/* What a rendering reads, as it reads it: a byte a slot of each image it looks at. Most renderings
 * read little of a large image: marks are cleared, and looked through, block by block, those only
 * in which something was read. */
#include <endian.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "protocol.h"

/* Within a block the marks of a word are looked at together. */
enum { WORD_MARKS = sizeof(uint64_t), BLOCK_MARKS = 64 };

static void grow_marks(struct bind *b, struct shown *s) {
    uint32_t blocks = s->image.len / 8 / BLOCK_MARKS + 1;
    unsigned char *marks = arena_alloc_raw(b->arena, (size_t)blocks * BLOCK_MARKS);
    unsigned char *touched = ARENA_ARRAY(b->arena, unsigned char, blocks);
    if (s->mark_count) {
        memcpy(marks, s->marks, s->mark_count);
        memcpy(touched, s->touched, s->mark_count / BLOCK_MARKS);
    }
    s->marks = marks;
    s->touched = touched;
    s->mark_count = blocks * BLOCK_MARKS;
}

static void touch(struct shown *s, uint32_t block) {
    memset(s->marks + (size_t)block * BLOCK_MARKS, 0, BLOCK_MARKS);
    s->touched[block] = 1;
}

static void add_mark(struct shown *s, uint32_t place, unsigned char mark) {
    if (!s->touched[place / BLOCK_MARKS])
        touch(s, place / BLOCK_MARKS);
    s->marks[place] |= mark;
}

/* The innermost frame of a plugin's file is the one that reads. */
static void note_line(struct bind *b, const struct shown *shown, struct node n, unsigned kinds) {
    enum { MOST_LINES = 2048, LONGEST_PATH = 300 };
    lua_State *L = b->running ? b->running : b->lua;
    lua_Debug frame;
    if (b->line_count == MOST_LINES)
        return;
    for (int level = 0; level < 200 && lua_getstack(L, level, &frame); level++) {
        if (!lua_getinfo(L, "Sl", &frame) || frame.source[0] != '@' || frame.currentline <= 0)
            continue;
        struct line_read *l = ARENA_NEW(b->arena, struct line_read);
        struct str path = str_slice(str_of(frame.source + 1), 0, LONGEST_PATH);
        *l = (struct line_read){shown, n.slot | kinds, (uint32_t)frame.currentline,
                                arena_str(b->arena, path), b->lines};
        b->lines = l;
        b->line_count++;
        return;
    }
}

void bind_read(struct bind *b, struct shown *shown, struct node n, unsigned kinds) {
    uint32_t place = n.slot / 8;
    b->last_read = n;
    b->last_shown = shown;
    if (place >= shown->mark_count)
        grow_marks(b, shown);
    if (!shown->touched[place / BLOCK_MARKS])
        touch(shown, place / BLOCK_MARKS);
    if (b->is_traced && (shown->marks[place] | BIND_READ | kinds) != shown->marks[place])
        note_line(b, shown, n, kinds);
    shown->marks[place] |= (unsigned char)(BIND_READ | kinds);
}

/* An option that is asked for in a loop is noted once. */
static bool is_last_missing(const struct missing *last, const struct shown *shown, uint32_t slot,
                            struct str key) {
    return last && last->shown == shown && last->slot == slot && str_eq(last->key, key);
}

/* Of many the record's shape is noted instead: a key that comes changes it. */
void bind_read_missing(struct bind *b, struct shown *shown, struct node record, struct str key) {
    enum { MOST_MISSING = 1000, LONGEST_KEY = 200 };
    if (is_last_missing(b->missing, shown, record.slot, key))
        return;
    if (b->missing_count == MOST_MISSING || key.len > LONGEST_KEY) {
        bind_read(b, shown, record, READ_SHAPE);
        return;
    }
    b->missing_count++;
    struct missing *m = ARENA_NEW(b->arena, struct missing);
    *m = (struct missing){shown, record.slot, arena_str(b->arena, key), b->missing};
    b->missing = m;
}

void bind_read_template(struct bind *b, uint32_t article, struct str template) {
    static const struct str braces[] = {STR_INIT("{slug}"), STR_INIT("{id}"), STR_INIT("{lang}")};
    if (article == NO_ARTICLE)
        return;
    struct shown *shown = bind_article(b, article), *last_shown = b->last_shown;
    struct node last_read = b->last_read; // which stays: this is no read of the plugin's
    for (size_t at = 0; (at += str_find_char(str_from(template, at), '{')) < template.len; at++)
        for (size_t i = 0; i < sizeof braces / sizeof *braces; i++) {
            if (!str_starts(str_from(template, at), braces[i]))
                continue;
            struct str field = str_slice(braces[i], 1, braces[i].len - 1);
            struct node n = node_get(image_root(&shown->image), field);
            if (n.slot)
                bind_read(b, shown, n, READ_VALUE);
        }
    b->last_read = last_read;
    b->last_shown = last_shown;
}

/* Writing the set down */

static void put_mark(struct buf *out, uint32_t place, unsigned char mark, uint32_t *count) {
    wire_put_u32(out, place * 8 | (mark & READ_KINDS));
    (*count)++;
}

/* The place itself when its block is touched, else the first of the next one that is. */
static uint32_t next_touched(const struct shown *s, uint32_t i) {
    uint32_t block = i / BLOCK_MARKS, blocks = s->mark_count / BLOCK_MARKS;
    if (block >= blocks || s->touched[block])
        return i;
    const unsigned char *hit = memchr(s->touched + block, 1, blocks - block);
    return hit ? (uint32_t)(hit - s->touched) * BLOCK_MARKS : s->mark_count;
}

/* The first marked place from `i` on, or mark_count. */
static uint32_t next_mark(const struct shown *s, uint32_t i) {
    for (; (i = next_touched(s, i)) < s->mark_count; i += WORD_MARKS - i % WORD_MARKS) {
        uint64_t word;
        memcpy(&word, s->marks + (i - i % WORD_MARKS), sizeof word);
        word = le64toh(word) >> i % WORD_MARKS * 8; // the first mark is the lowest byte
        if (word)
            return i + (uint32_t)__builtin_ctzll(word) / 8;
    }
    return s->mark_count;
}

static void put_fine(const struct shown *s, struct buf *out, uint32_t *count) {
    for (uint32_t i = next_mark(s, 0); i < s->mark_count; i = next_mark(s, i + 1))
        put_mark(out, i, s->marks[i], count);
}

static bool is_read_within(const struct shown *s, uint32_t begin, uint32_t end) {
    uint32_t first = next_mark(s, begin / 8);
    return first < end / 8 && first < s->mark_count;
}

/* Where the slots of the root's fields end, as a place of marks. */
static uint32_t fields_end(const struct shown *s) {
    struct node root = image_root(&s->image);
    uint32_t count = node_count(root);
    uint32_t end = (count ? node_item(root, count - 1).slot : root.slot) / 8 + 1;
    return end < s->mark_count ? end : s->mark_count;
}

/* Of the root's fields, each counts as a whole when anything in it was read. */
static void coarsen_fields(struct shown *s) {
    struct node root = image_root(&s->image);
    for (uint32_t i = 0; i < node_count(root); i++) {
        struct node field = node_item(root, i);
        if (node_at_hand(field) && node_count(field) &&
            is_read_within(s, node_item(field, 0).slot, node_end(field)))
            add_mark(s, field.slot / 8, BIND_READ | READ_VALUE);
    }
}

static void add_place(struct bind *b, const struct shown *s, uint32_t slot) {
    for (const struct place_read *p = b->places; p && p->shown == s; p = p->next)
        if (p->slot == slot)
            return;
    struct place_read *p = ARENA_NEW(b->arena, struct place_read);
    *p = (struct place_read){s, slot, b->places};
    b->places = p;
}

void bind_coarsen(struct bind *b, struct shown *s) {
    if (!s->marks)
        return;
    s->is_coarse = true;
    coarsen_fields(s);
    uint32_t end = fields_end(s);
    for (uint32_t i = next_mark(s, end); i < s->mark_count; i = next_mark(s, i + 1)) {
        if (s->marks[i] & READ_PLACE)
            add_place(b, s, i * 8);
        s->marks[i] = 0;
    }
}

static int compare_slots(const void *p, const void *q) {
    const uint32_t *a = p, *b = q;
    return (*a > *b) - (*a < *b);
}

/* Of places that were told, no value tells whether they are where they were. */
static void put_places(struct bind *b, const struct shown *s, struct buf *out, uint32_t *count) {
    uint32_t n = 0, *slots = NULL;
    for (const struct place_read *p = b->places; p; p = p->next)
        n += p->shown == s;
    if (n)
        slots = ARENA_ARRAY(b->arena, uint32_t, n);
    n = 0;
    for (const struct place_read *p = b->places; p; p = p->next)
        if (p->shown == s)
            slots[n++] = p->slot;
    if (n)
        qsort(slots, n, sizeof *slots, compare_slots);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || slots[i] != slots[i - 1])
            put_mark(out, slots[i] / 8, READ_PLACE, count);
}

static void put_coarse(struct bind *b, struct shown *s, struct buf *out, uint32_t *count) {
    bind_coarsen(b, s);
    put_fine(s, out, count);
    if (b->places)
        put_places(b, s, out, count);
}

static void put_image(struct bind *b, struct shown *s, bool coarse, struct buf *out) {
    uint32_t count = 0;
    wire_put_u32(out, s->article);
    size_t count_at = out->len;
    wire_put_u32(out, 0);
    coarse = coarse || s->is_coarse;
    if (!coarse)
        put_fine(s, out, &count);
    if (coarse || count > READS_FINE_MARKS) {
        out->len = count_at + sizeof count;
        count = 0;
        put_coarse(b, s, out, &count);
    }
    memcpy(out->at + count_at, &count, sizeof count);
}

static void put_missing(const struct bind *b, struct buf *out) {
    uint32_t n = 0;
    for (const struct missing *m = b->missing; m; m = m->next)
        n++;
    wire_put_u32(out, n);
    for (const struct missing *m = b->missing; m; m = m->next) {
        wire_put_u32(out, m->shown->article);
        wire_put_u32(out, m->slot);
        wire_put_str(out, m->key);
    }
}

static void put_asked(const struct bind *b, struct buf *out) {
    uint32_t n = 0;
    for (const struct asked *q = b->asked; q; q = q->next)
        n++;
    wire_put_u32(out, n);
    for (const struct asked *q = b->asked; q; q = q->next) {
        wire_put_str(out, q->query.tag);
        wire_put_str(out, q->query.lang);
        wire_put_str(out, q->query.sort);
        wire_put_u32(out, q->query.limit);
        wire_put_u32(out, q->query.offset);
        wire_put_u64(out, q->answer);
    }
}

static void put_looked_up(const struct bind *b, struct buf *out) {
    uint32_t n = 0;
    for (const struct looked_up *l = b->looked_up; l; l = l->next)
        n++;
    wire_put_u32(out, n);
    for (const struct looked_up *l = b->looked_up; l; l = l->next) {
        wire_put_str(out, l->name);
        wire_put_u64(out, l->hash);
    }
}

void bind_put_reads(struct bind *b, struct buf *out) {
    uint32_t images = 0;
    for (const struct shown *s = b->shown; s; s = s->next)
        images += s->marks != NULL;
    wire_put_u32(out, b->read_flags);
    wire_put_u32(out, images);
    for (struct shown *s = b->shown; s; s = s->next)
        if (s->marks)
            put_image(b, s, images > READS_FINE_IMAGES, out);
    put_missing(b, out);
    put_asked(b, out);
    put_looked_up(b, out);
}

void bind_put_lines(struct bind *b, struct buf *out) {
    for (const struct line_read *l = b->lines; l; l = l->next) {
        wire_put_u32(out, l->shown->article);
        wire_put_u32(out, l->slot_and_kinds);
        wire_put_str(out, l->path);
        wire_put_u32(out, l->line);
    }
}

#include "shelf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "graph.h"
#include "moment.h"

/* Reserved, not used: memory is taken page by page as heads come. */
#define HEADS_ROOM (UINT64_C(16) << 30)

static _Noreturn void no_memory(void) {
    fprintf(stderr, "fascia: no shared memory: %s\n", strerror(errno));
    exit(3);
}

void shelf_open(struct shelf *s) {
    *s = (struct shelf){.heads_fd = memfd_create("fascia-heads", MFD_CLOEXEC),
                        .heads_end = SITE_HEADS_BEGIN};
    if (s->heads_fd < 0 || ftruncate(s->heads_fd, (off_t)HEADS_ROOM) != 0)
        no_memory();
    void *at = mmap(NULL, HEADS_ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE,
                    s->heads_fd, 0);
    if (at == MAP_FAILED)
        no_memory();
    s->heads = at;
}

void shelf_close(struct shelf *s) {
    if (s->heads)
        munmap(s->heads, HEADS_ROOM);
    close(s->heads_fd);
}

static struct site_entry *entry_of(const struct shelf *s, uint32_t article) {
    return (struct site_entry *)(void *)s->heads + article;
}

bool shelf_put(struct shelf *s, uint32_t article, struct str head, struct shelf_image where) {
    if (article >= SITE_MAX_ARTICLES)
        return false;
    struct site_entry *e = entry_of(s, article);
    if (article >= s->count || head.len > e->head_room) {
        uint32_t room = (uint32_t)(head.len + head.len / 4 + 7) / 8 * 8;
        if (s->heads_end + room > HEADS_ROOM)
            return false;
        e->head_at = s->heads_end;
        e->head_room = room;
        s->heads_end += room;
    }
    memcpy(s->heads + e->head_at, head.at, head.len);
    e->head_len = (uint32_t)head.len;
    e->image_at = where.at;
    e->image_len = where.len;
    e->image_sum = where.sum;
    e->live = 1;
    if (article >= s->count)
        s->count = article + 1;
    return true;
}

void shelf_set_live(struct shelf *s, uint32_t article, bool live) {
    if (article < s->count && entry_of(s, article)->head_len)
        entry_of(s, article)->live = live;
}

struct image shelf_head(const struct shelf *s, uint32_t article) {
    if (article >= s->count)
        return (struct image){0};
    const struct site_entry *e = entry_of(s, article);
    return (struct image){s->heads + e->head_at, e->head_len};
}

bool shelf_fill(struct shelf *s, const struct graph *g) {
    bool good = true;
    for (uint32_t i = 0; i < g->article_count; i++) {
        const struct article_node *a = g->articles[i];
        struct image head;
        if (!a->image_len || !a->head.len)
            continue;
        if (!image_open(&head, a->head, true))
            good = false;
        else if (shelf_put(s, i, a->head,
                           (struct shelf_image){a->image_at, a->image_sum, a->image_len}))
            shelf_set_live(s, i, a->is_live);
    }
    return good;
}

bool shelf_asked_time(int64_t *seconds) {
    const char *text = getenv("SOURCE_DATE_EPOCH");
    char *end;
    if (!text || !*text)
        return false;
    *seconds = strtoll(text, &end, 10);
    return !*end;
}

static void take_later(const struct image *head, struct str field, int64_t *newest) {
    struct moment date;
    const char *problem;
    if (!moment_parse(node_get_string(image_root(head), field), &date, &problem))
        return;
    if (moment_seconds(&date) > *newest)
        *newest = moment_seconds(&date);
}

struct str shelf_now(const struct shelf *s, struct arena *a) {
    int64_t newest = 0;
    bool is_asked = shelf_asked_time(&newest);
    for (uint32_t i = 0; i < s->count && !is_asked; i++) {
        struct image head = shelf_head(s, i);
        if (!head.len || !entry_of(s, i)->live)
            continue;
        take_later(&head, STR("date"), &newest);
        take_later(&head, STR("updated"), &newest);
    }
    return moment_write_seconds(a, newest);
}

/* Where a large read set speaks of an article: a table by article, over a list of places. */
#include <stdlib.h>
#include <string.h>

#include "reads.h"

struct reads_index {
    uint32_t articles;
    size_t missing_at, asked_at; /* where that part of the set begins */
    uint32_t *begin;             /* by article, and one more: in `places` */
    uint32_t *places;            /* bytes from the set's begin */
};

/* Calls `visit` with each place; gives the index its parts. False: a damaged set. */
static bool visit_places(struct str all, struct reads_index *index, void *self,
                         void (*visit)(void *self, uint32_t article, uint32_t place)) {
    struct wire set = {.rest = all};
    struct image_reads image;
    struct missing_read missing;
    uint32_t images;
    reads_flags(&set, &images);
    for (uint32_t i = 0; i < images && !set.bad; i++) {
        uint32_t place = (uint32_t)(all.len - set.rest.len);
        if (reads_next_image(&set, &image))
            visit(self, image.article, place);
    }
    uint32_t count = wire_u32(&set);
    index->missing_at = all.len - set.rest.len;
    for (uint32_t i = 0; i < count && !set.bad; i++) {
        uint32_t place = (uint32_t)(all.len - set.rest.len);
        if (reads_next_missing(&set, &missing))
            visit(self, missing.article, place);
    }
    index->asked_at = all.len - set.rest.len;
    return !set.bad;
}

static void count_place(void *self, uint32_t article, uint32_t place) {
    struct reads_index *index = self;
    (void)place;
    if (article < index->articles)
        index->begin[article + 1]++;
}

static void note_place(void *self, uint32_t article, uint32_t place) {
    struct reads_index *index = self;
    if (article < index->articles)
        index->places[index->begin[article]++] = place;
}

struct reads_index *reads_index(struct str set, uint32_t articles) {
    struct reads_index *index = must_alloc(sizeof *index);
    *index = (struct reads_index){.articles = articles};
    index->begin = must_alloc((articles + 2) * sizeof *index->begin);
    memset(index->begin, 0, (articles + 2) * sizeof *index->begin);
    if (set.len > UINT32_MAX || !visit_places(set, index, index, count_place)) {
        reads_index_free(index);
        return NULL;
    }
    for (uint32_t i = 0; i < articles; i++)
        index->begin[i + 1] += index->begin[i];
    index->places = must_alloc((index->begin[articles] + 1) * sizeof *index->places);
    visit_places(set, index, index, note_place);
    memmove(index->begin + 1, index->begin, articles * sizeof *index->begin);
    index->begin[0] = 0; // each had moved on to where the next begins
    return index;
}

void reads_index_free(struct reads_index *index) {
    if (!index)
        return;
    free(index->begin);
    free(index->places);
    free(index);
}

const uint32_t *reads_index_places(const struct reads_index *index, uint32_t article,
                                   uint32_t *count) {
    *count = 0;
    if (article >= index->articles)
        return NULL;
    *count = index->begin[article + 1] - index->begin[article];
    return index->places + index->begin[article];
}

bool reads_index_is_missing(const struct reads_index *index, uint32_t place) {
    return place >= index->missing_at;
}

size_t reads_index_asked(const struct reads_index *index) {
    return index->asked_at;
}

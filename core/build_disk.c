/* Whether outputs are still as they were written. A build begins with asking that of every output,
 * which takes longer than all else of a build that finds nothing to do: so threads ask, while the
 * build looks at the content. They touch nothing but `is_on_disk` of each rendering. */
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "build_parts.h"

enum { MOST_THREADS = 8, SLICE = 64 /* articles at a time */ };

struct disk_check {
    struct article_node **articles;
    uint32_t count;
    struct str out;
    atomic_uint next; /* article; each thread takes the next slice */
    uint32_t thread_count;
    uv_thread_t threads[MOST_THREADS];
};

static void check_renderings(struct output *o, struct rendering *first) {
    for (struct rendering *r = first; r; r = r->next) {
        uint64_t bytes, mtime_ns;
        if (r->outcome == OUTCOME_MADE && !r->is_count)
            r->is_on_disk = output_stat(o, r->path.s, &bytes, &mtime_ns) &&
                            bytes == r->bytes_len && mtime_ns == r->mtime_ns;
    }
}

/* Each with an output of its own: it keeps a folder open. */
static void check_slices(void *self) {
    struct disk_check *c = self;
    struct output o;
    if (!output_peek(&o, c->out))
        return;
    for (;;) {
        uint32_t begin = atomic_fetch_add(&c->next, SLICE);
        if (begin >= c->count)
            break;
        for (uint32_t i = begin; i < c->count && i < begin + SLICE; i++)
            check_renderings(&o, c->articles[i]->renderings);
    }
    output_close(&o);
}

void build_begin_disk_check(struct build *b) {
    struct disk_check *c = must_alloc(sizeof *c);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *c = (struct disk_check){.articles = b->graph.articles, .count = b->graph.article_count,
                             .out = b->out};
    b->disk_check = c;
    while (c->thread_count + 1 < processors && c->thread_count < MOST_THREADS &&
           c->thread_count * SLICE < c->count &&
           uv_thread_create(&c->threads[c->thread_count], check_slices, c) == 0)
        c->thread_count++;
}

void build_end_disk_check(struct build *b) {
    struct disk_check *c = b->disk_check;
    struct output o;
    if (!c)
        return;
    check_slices(c); // what nobody has begun yet
    for (uint32_t i = 0; i < c->thread_count; i++)
        uv_thread_join(&c->threads[i]);
    if (output_peek(&o, c->out)) {
        check_renderings(&o, b->graph.site_renderings);
        output_close(&o);
    }
    free(c);
    b->disk_check = NULL;
}

/* The articles of a site as a worker sees them: the head of every image in one shared memory,
 * whole images in another, read when somebody asks. Articles are known by number.
 *
 * The parent adds heads at the end and changes entries in place; a worker looks only between
 * batches, so it never sees a change under way. */
#ifndef FASCIA_SITE_H
#define FASCIA_SITE_H

#include "arena.h"
#include "image.h"

/* One article in the table at the front of the heads' memory. */
struct site_entry {
    uint64_t image_at, head_at; /* bytes from the start of their memories */
    uint64_t image_sum;         /* hash of the image's bytes */
    uint32_t image_len, head_len, head_room;
    uint32_t live; /* 0: a hole, or an article that is not part of the site (draft, clash) */
};

enum { SITE_MAX_ARTICLES = 1 << 20 };
#define SITE_HEADS_BEGIN ((uint64_t)SITE_MAX_ARTICLES * sizeof(struct site_entry))

struct site {
    int heads_fd, images_fd;
    struct arena own_arena;     /* the whole image of the article that is being rendered: its */
    struct image own;           /* renderings come one after the other; len 0: none */
    uint32_t own_article;
    const unsigned char *heads; /* mapped, heads_len bytes */
    uint64_t heads_len;
    uint32_t count;             /* entries, holes included */
    struct image settings;      /* of site.yaml; owned by whoever configures */
    struct str now;             /* RFC 3339, UTC */
    const struct str *exports;  /* names of the exports being made */
    size_t export_count;
};

/* Gives back what site_map and site_own took. */
void site_unmap(struct site *s);

/* Maps `heads_len` bytes anew. False: the system refused. */
bool site_map(struct site *s, uint32_t count, uint64_t heads_len);

bool site_head(const struct site *s, uint32_t article, struct image *out); /* false: not live */

/* Reads the whole image into the arena. False: it cannot be read, or its bytes are not what they
 * were. */
bool site_whole(const struct site *s, uint32_t article, struct arena *a, struct image *out);

/* The same, kept until another article's is asked for in this way, or site_map. */
bool site_own(struct site *s, uint32_t article, struct image *out);

/* Which articles, in which order. */
struct site_query {
    struct str tag, lang; /* empty: any */
    struct str sort;      /* a field of the head: "date", "-date" (descending), "title" …;
                           * ties and the empty sort go by id */
    uint32_t limit;       /* 0: no limit */
    uint32_t offset;
};

/* A hash of an answer: which articles, by id, in which order. */
uint64_t site_answer(const struct site *s, const uint32_t *articles, uint32_t count);

/* Numbers of the articles in the arena. False: `sort` names no field that can be sorted by. */
bool site_find(const struct site *s, const struct site_query *q, struct arena *a,
               uint32_t **articles, uint32_t *count);

/* Letters, digits, '.', '-' and '_': it may become the name of a file. */
bool site_is_export_name(struct str name);

/* Whether fascia itself reads files that are called so: .md .markdown .txt */
bool site_reads(struct str name);

/* Whether it can be the ending of names that a plugin reads: ".recipe". */
bool site_is_ending(struct str ending);

#endif

/* What fascia knows of a site from one build to the next: its articles, its renderings, and what
 * each rendering read. It answers which renderings must run. Pure: it opens no file and asks no
 * clock; whoever builds tells it what changed and lends it the images.
 *
 * Who changes anything of an article or a rendering that is kept says so (graph_note): the store
 * saves what was noted, and no more.
 *
 * Ownership. A blob either belongs to the loaded store (which outlives the graph) or was allocated
 * by blob_set. Articles and renderings keep their addresses for the life of the graph. */
#ifndef FASCIA_GRAPH_H
#define FASCIA_GRAPH_H

#include "arena.h"
#include "content.h"
#include "image.h"
#include "protocol.h"
#include "reads.h"

struct blob {
    struct str s;
    bool owned;
};

void blob_set(struct blob *b, struct str s); /* copies */
void blob_free(struct blob *b);

enum outcome {
    OUTCOME_NONE,    /* never run */
    OUTCOME_MADE,
    OUTCOME_SKIPPED, /* `when` said no */
    OUTCOME_FAILED,  /* runs again when something it read changes */
    OUTCOME_UNSURE,  /* killed, or its output could not be written: runs again */
    OUTCOME_CLASHED, /* another has its path: runs again with every update */
};

/* One of the things that an `each` function of the site gave. */
struct item {
    struct blob key, value; /* value: as bind_items.c has it */
    bool is_listed;         /* it was there when the function ran last */
    uint32_t round;         /* the update in which that was seen last; not kept */
    bool is_other;          /* it is not what the rendering was made of; not kept */
};

struct rendering {
    uint32_t export, article, item; /* export: in graph.exports; article: NO_ARTICLE for the site */
    struct item *of;        /* NULL: it is made of an article, an element of one, or the site */
    enum outcome outcome;
    bool is_count;          /* of an `each`: the list itself. A field's has `item_count` elements */
    bool is_wanted;         /* still made by something */
    bool is_stale;          /* must run */
    bool is_on_disk;        /* its output was as written when that was asked last; not kept */
    uint32_t item_count;
    struct blob path;       /* of its output; of the last good one when it failed since */
    struct blob reads, diags, reason;
    uint64_t bytes_hash, bytes_len, mtime_ns; /* of the output on disk */
    uint64_t ran_s;         /* when it ran last, since 1970; no output may tell it */
    uint32_t round;         /* the update in which it ran last; not kept */
    uint32_t asked_round;   /* the update in which it was asked whether it must run; not kept */
    uint64_t plugin;        /* hash of the name of the plugin that made it */
    bool looks_around;      /* it read other articles, or asked the site */
    bool is_unsaved;        /* noted */
    bool is_due;            /* a check that has been put off; not kept */
    struct reads_index *index; /* of a large read set; NULL: not made yet */
    struct rendering *next; /* of the same article, or of the site */
};

struct article_node {
    struct blob path;       /* relative to content/ */
    struct fingerprint print;
    uint64_t bytes_hash, reading_hash; /* of the file; of the settings it was read with */
    uint64_t sent_hash;     /* of the bytes that a worker was given last; not kept */
    uint64_t image_at, image_sum;      /* in the store's images; sum: of its bytes */
    uint32_t image_len, image_room;    /* bytes; len 0: never read well */
    uint64_t spare_at, saved_at;       /* another place in them; the one that the state names */
    uint32_t spare_room;
    struct str head;                   /* the image's head as the store loaded it, or empty */
    struct blob diags;
    bool is_there;          /* the file exists */
    uint32_t round;         /* the update in which it was read last; not kept */
    bool was_reread;        /* in this update, as its plugin changed, not its bytes */
    bool has_failed;        /* its bytes could not be read: the last good image stands */
    bool is_live;           /* part of the site: no draft, no clash */
    bool was_live;          /* before this update */
    bool has_changed;       /* in this update; `was` and `is` are lent */
    bool is_unsaved;        /* noted */
    struct image was, is;   /* len 0: none */
    struct rendering *renderings;
    struct rendering *checks; /* what its checks left, once it is unpacked: most builds need not */
    struct blob packed;     /* the same as the store has it; empty: it is unpacked */
    uint64_t checked_by;    /* hash of the checks there were then; 0: it was never checked */
    unsigned check_notes;   /* enum check_note: of all its checks */
};

/* What one may want to know of an article's checks without unpacking them. */
enum check_note {
    CHECKS_SAY = 1,         /* there are messages */
    CHECKS_LOOK_AROUND = 2, /* they read other articles, or asked the site */
    CHECKS_AGAIN = 4,       /* not all of them went well */
};

struct graph {
    struct arena arena;     /* of the tables */
    struct article_node **articles;
    uint32_t article_count, article_cap;
    struct path_slot *paths; /* hash table: path → number */
    size_t path_room;
    struct str *exports;    /* names, by the numbers in renderings */
    uint32_t export_count;
    struct rendering *site_renderings, **site_end, *site_checks;
    struct rendering **site_slots; /* hash table of the renderings */
    size_t site_room, site_count;
    uint32_t *unsaved;      /* articles that were noted */
    uint32_t unsaved_count, unsaved_cap;
    bool is_site_unsaved;   /* a rendering of the site was */
    struct buf moves;       /* of read sets; see graph_move */
};

void graph_free(struct graph *g);

/* The number of an article; a new one when it was never seen. */
uint32_t graph_article(struct graph *g, struct str path);
bool graph_find(const struct graph *g, struct str path, uint32_t *article);

uint32_t graph_export(struct graph *g, struct str name);

/* The rendering of an article; made, with OUTCOME_NONE, when there is none. */
struct rendering *graph_rendering(struct graph *g, uint32_t export, uint32_t article,
                                  uint32_t item, bool is_count);

/* NULL: there is none. */
struct rendering *graph_find_rendering(const struct graph *g, uint32_t export,
                                       uint32_t article, uint32_t item, bool is_count);

/* The same for the site. `key`: of an item; empty: of what is made once. */
struct rendering *graph_site_rendering(struct graph *g, uint32_t export, struct str key,
                                       bool is_count);
struct rendering *graph_find_site_rendering(const struct graph *g, uint32_t export,
                                            struct str key, bool is_count);

/* The key of a rendering's item, or empty. */
struct str graph_key(const struct rendering *r);

/* What a plugin's checks left of an article that is unpacked, or of the site; made when there is
 * nothing. The name of the "export" is one that no export can have. */
struct rendering *graph_check(struct graph *g, uint32_t export, uint32_t article);

/* Forgets what is not wanted any more, and makes the article's notes anew. */
void graph_settle_checks(struct graph *g, uint32_t article);

/* Those of an article's items 0 … count-1, an array in `a`. There may be as many as an article
 * likes: all are found in one pass. */
struct rendering **graph_items(struct graph *g, uint32_t export, uint32_t article, uint32_t count,
                               struct arena *a);
/* Something of it that is kept has changed. An article's renderings are saved with it. */
void graph_note_article(struct graph *g, uint32_t article);
void graph_note(struct graph *g, struct rendering *r);
void graph_all_saved(struct graph *g);

/* Read sets of the site's renderings may be large, and most updates change a few bytes in them:
 * those are noted alone. Brings such notes to a graph as it was before; what they do not fit is
 * left as it is. False: they make no sense. */
bool graph_move(struct graph *g, struct str moves);

/* Copies. */
void graph_set_reads(struct rendering *r, struct str set);

/* What changed around the articles in this update. */
struct surroundings {
    bool now_changed, exports_changed;
    struct image old_settings, new_settings; /* the same pointer: unchanged */
    const struct site *site;                 /* for queries */
    uint32_t fields_changed;                 /* of any article; see graph_query_fields_differ */
    const uint32_t *touched;                 /* no other article has changed; NULL: any may have */
    uint32_t touched_count;
    /* As read sets have it; NULL: no export changed. */
    uint64_t (*export_hash)(const void *self, struct str name);
    const void *self;
};

/* Whether anything a rendering read differs now. `reason` gets what, in words with its place. When
 * nothing does, its read set is moved to the images of now: to be asked once an update. */
bool graph_is_stale(struct graph *g, struct rendering *r, const struct surroundings *around,
                    struct str content_place, struct buf *reason);

/* A value in few words, as reasons have it. */
void graph_put_value(struct buf *out, struct node n);

/* Whether its read set holds more than its own article and the settings. */
bool graph_looks_around(const struct rendering *r);

/* Which of the fields that a query can look at differ, a bit each; a query that looks at none of
 * them has the same answer. Of an article that came or went, all do. */
uint32_t graph_query_fields_differ(const struct image *was, const struct image *is);

#define GRAPH_ALL_FIELDS UINT32_MAX

/* Whether its slug, its being a draft, or its dates changed, or it is new: the site's make-up. */
bool graph_standing_differs(const struct image *was, const struct image *is);

#endif

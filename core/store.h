/* The cache in SITE/.fascia: what a build leaves for the next one. Two files a pair of site and
 * output folder. `state` is the graph and all that belongs to it: written whole under another name
 * and renamed, then grown by what each update changed, and by the name of each output before it is
 * written. `images` are the articles as values, which `state` checks by their own checksums. A file
 * that is missing, damaged, of another version of fascia or half written is worth one clean build,
 * never a wrong one; and as far as it can be read, which outputs are ours is known even then.
 *
 * Nobody ever cuts `state` but behind its last whole update, so that it may be mapped.
 *
 * One process at a time: store_open takes a lock, and waits for who has it or does without. */
#ifndef FASCIA_STORE_H
#define FASCIA_STORE_H

#include "diag.h"
#include "graph.h"

/* A file that a plugin has asked for, and what it was then; hash 0: there was none. */
struct used_file {
    struct str name, export; /* export: whose renderings ran it as a template; empty: it is code */
    uint64_t hash;
    struct used_file *next;
    bool is_seen, is_new; /* since the plugins were loaded, for the first time; not kept */
};

struct plugin_code {
    struct str name;
    struct str exports; /* names of what it makes, each a wire string */
    struct str readers; /* endings of what it reads, as well */
    struct used_file *files;
    struct plugin_code *next;
};

/* What is kept besides the graph. Strings live in the graph's arena or the loaded state. */
struct kept {
    struct blob settings; /* image of site.yaml */
    struct str now, site; /* site: as it was called when the messages were made */
    uint64_t exports_hash, reading_hash, limits_hash;
    uint64_t settled_hash; /* what, besides articles, decides on `now`; 0: a slug is taken twice */
    uint64_t updated_s;   /* when the last update began, since 1970 */
    struct plugin_code *plugins;
};

/* An output that was announced since the last update, or that a state which is of no use names. */
struct journal_entry {
    struct str path;
    uint64_t hash;
    struct journal_entry *next;
};

struct store {
    struct str folder;
    int lock, images, state;    /* descriptors, -1: none */
    int rewritten;              /* the state that store_rewrite is writing, or -1 */
    uint32_t rewritten_count;   /* articles in it */
    uint64_t rewritten_bytes;
    uint64_t images_end;        /* bytes in use */
    struct str loaded;          /* the state, mapped: blobs of the graph point into it */
    uint64_t whole_bytes, grown_bytes; /* of the state: 0 whole: there is none */
    uint64_t kept_hash;         /* of `kept` as it was saved last */
    struct journal_entry *journaled;
    bool is_kept;               /* false: the folder cannot be written, nothing is kept */
    bool is_reading;            /* opened by store_peek */
};

#define STORE_NONE {.lock = -1, .images = -1, .state = -1, .rewritten = -1}

/* `out` is the whole path of the output folder. When the lock is taken, `waiting` is called once
 * with the holder's process number; who does not wait gets a store of nothing. The images file is
 * open afterwards even when nothing can be kept. False: one error. */
bool store_open(struct store *s, struct arena *a, struct str site, struct str out, bool waits,
                void (*waiting)(int holder), struct diags *d);

/* For reading what the last build left. Takes no lock and waits for nobody: while a build is under
 * way some images may be newer than the state, which store_get_image finds out. False: no build
 * has left anything. */
bool store_peek(struct store *s, struct arena *a, struct str site, struct str out);

/* A store of nothing, of which nothing is kept. False: no memory file can be made. */
bool store_open_empty(struct store *s);

void store_close(struct store *s);

/* False: there is nothing usable; graph and kept are as new, and `journaled` has what the state,
 * as far as it could be read, says of outputs. */
bool store_load(struct store *s, struct arena *a, struct graph *g, struct kept *k);

/* Forgets everything but which outputs are ours (--clean, or damage): those that the graph has and
 * those that are journaled. */
void store_forget(struct store *s, const struct graph *g);

/* After an update: what was noted in the graph since the last call is added to the state. False:
 * the state must be written whole (store_rewrite), and nothing was added. */
bool store_save(struct store *s, struct graph *g, const struct kept *k);

/* Writes the state whole, about so many bytes with each call, until it returns true. Updates may
 * come in between; what they note is in it too. */
bool store_rewrite(struct store *s, struct graph *g, const struct kept *k, size_t bytes);

/* Writes an image where it fits: over `article`'s old one, or at the end. Sets image_at, _len,
 * _room and _sum. False: no room is left. */
bool store_put_image(struct store *s, struct article_node *article, const struct image *image);

/* Reads an article's image into the arena and checks it. False: it is damaged. */
bool store_get_image(const struct store *s, const struct article_node *article, struct arena *a,
                     struct image *out);

/* Makes what an article's checks left accessible; not again. */
void store_unpack_checks(struct graph *g, uint32_t article);

/* Before an output is written under a new path, or with other bytes. */
void store_journal(struct store *s, struct str path, uint64_t hash);

#endif

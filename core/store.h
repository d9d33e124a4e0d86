/* The cache in SITE/.fascia: what a build leaves for the next one. Three files a pair of site and
 * output folder: `state`, the graph and all that belongs to it, written whole under a temporary
 * name and renamed, with a checksum over every byte; `images`, whose parts `state` checks by their
 * own checksums; `journal`, the outputs written since `state` was. A file that is missing, damaged,
 * of another version of fascia or half written is worth one clean build, never a wrong one.
 *
 * One process at a time: store_open takes a lock and waits for who has it. */
#ifndef FASCIA_STORE_H
#define FASCIA_STORE_H

#include "diag.h"
#include "graph.h"

/* A file that a plugin has asked for, and what it was then; hash 0: there was none. */
struct used_file {
    struct str name;
    uint64_t hash;
    struct used_file *next;
    bool is_seen; /* since the plugins were loaded; not kept */
};

struct plugin_code {
    struct str name;
    struct str exports; /* names of what it makes, each a wire string */
    struct used_file *files;
    struct plugin_code *next;
};

/* What is kept besides the graph. Strings live in the graph's arena or the loaded state. */
struct kept {
    struct blob settings; /* image of site.yaml */
    struct str now, site; /* site: as it was called when the messages were made */
    uint64_t exports_hash, reading_hash, limits_hash;
    uint64_t updated_s;   /* when the last update began, since 1970 */
    struct plugin_code *plugins;
};

/* An output that was written since the state was saved. */
struct journal_entry {
    struct str path;
    uint64_t hash;
    struct journal_entry *next;
};

struct store {
    struct str folder;
    int lock, images, journal;  /* descriptors, -1: none */
    uint64_t images_end;        /* bytes in use */
    struct buf loaded;          /* the state's bytes: blobs of the graph point into them */
    struct journal_entry *journaled;
    bool is_kept;               /* false: the folder cannot be written, nothing is kept */
};

/* `out` is the whole path of the output folder. `waiting` is called once with the holder's process number when the lock is taken. The images
 * file is open afterwards even when nothing can be kept. False: one error. */
bool store_open(struct store *s, struct arena *a, struct str site, struct str out,
                void (*waiting)(int holder), struct diags *d);

/* For reading what the last build left. Takes no lock and waits for nobody: while a build is under
 * way some images may be newer than the state, which store_get_image finds out. False: no build
 * has left anything. */
bool store_peek(struct store *s, struct arena *a, struct str site, struct str out);

/* A store of nothing, of which nothing is kept. False: no memory file can be made. */
bool store_open_empty(struct store *s);

void store_close(struct store *s);

/* False: there is nothing usable; graph and kept are as new. */
bool store_load(struct store *s, struct arena *a, struct graph *g, struct kept *k);

/* Forgets everything (--clean, or damage). */
void store_clear(struct store *s);

bool store_save(struct store *s, const struct graph *g, const struct kept *k);

/* Writes an image where it fits: over `article`'s old one, or at the end. Sets image_at, _len,
 * _room and _sum. False: no room is left. */
bool store_put_image(struct store *s, struct article_node *article, const struct image *image);

/* Reads an article's image into the arena and checks it. False: it is damaged. */
bool store_get_image(const struct store *s, const struct article_node *article, struct arena *a,
                     struct image *out);

/* Before an output is written under a new path. */
void store_journal(struct store *s, struct str path, uint64_t hash);

#endif

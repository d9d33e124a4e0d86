/* Tells its owner which files below some folders have really changed. Events of the kernel only
 * say where to look; the truth is what stat says, compared with what it said the last time. So
 * what no event announces (mmap stores, a second hard link, the target of a link, a queue that
 * overflowed, a folder that was swapped) is found too, by a scan that never ends: it takes about
 * 2 % of the time, in slices of a millisecond.
 *
 * A known file that was closed, or that another was renamed over, is told in the same turn of the
 * loop. What is not surely finished waits for calm: see the beats below. Files that come anew, go,
 * or are finished many at once (a checkout) wait for each other and are one batch.
 *
 * Where the kernel has no watch left (or with FASCIA_WATCH=poll in the environment) the scans
 * come every half second and do it all.
 *
 * Rules. (1) Callbacks come from the loop, whoever runs it at the time; they may read files and
 * ask watch_each, but not run the loop or close the watcher. (2) A path may be told twice in a
 * batch, and a save may be told whose bytes are those of before (a touch): compare hashes.
 * (3) `path` and `print` are valid during the callback; `path` is terminated. Names are bytes:
 * their UTF-8 is unchecked. (4) What cannot be entered (a folder that has a wanted name, that has
 * no UTF-8 name, or whose permissions forbid it) is told as a file: reading it says why. */
#ifndef FASCIA_WATCH_H
#define FASCIA_WATCH_H

#include <uv.h>

#include "content.h"

enum {
    WATCH_BEAT_MS = 100,       /* a vanished, emptied, linked or touched file waits this long */
    WATCH_UNFINISHED_MS = 500, /* one written but not closed: this long after the last write */
    WATCH_QUIET_MS = 50,       /* a batch ends when nothing came for so long */
    WATCH_MOST_MS = 2000,      /* but nothing waits longer than this */
    WATCH_SCAN_MS = 1000,      /* from one scan's begin to the next, when 2 % allow it */
    WATCH_POLL_MS = 500,       /* the same without events */
};

struct watch_root {
    struct str path;              /* of the folder; need not exist yet; "" is "." */
    struct content_filter filter; /* foreign names are never wanted; asked anew for every event */
    bool must_exist; /* while the folder is missing, its files are not told as gone */
};

enum watch_kind {
    WATCH_SAVED, /* is there, and differs from what was told before: read it now */
    WATCH_GONE,
};

struct watch_owner {
    void *self;
    /* `path` is relative to its root; empty: the root folder itself came or went. `print` is
     * zero for what is gone. */
    void (*changed)(void *self, unsigned root, struct str path, enum watch_kind kind,
                    const struct fingerprint *print);
    void (*settled)(void *self); /* the batch is complete */
    /* Once at most, perhaps from within watch_open: the watcher polls from now on. */
    void (*warn)(void *self, struct str text, struct str help);
};

struct watch;

/* Watches first, then lists; nothing is told of what is listed here: ask watch_each. `skips` are
 * paths of folders that are not entered (outputs), whether they exist yet or not. Roots, skips
 * and the owner are copied. Links are followed, loops are not. */
struct watch *watch_open(uv_loop_t *loop, const struct watch_root *roots, unsigned root_count,
                         const struct str *skips, unsigned skip_count,
                         const struct watch_owner *owner);

/* Every file as last listed or told, in no order. */
void watch_each(const struct watch *w,
                void (*visit)(void *self, unsigned root, struct str path,
                              const struct fingerprint *print),
                void *self);

bool watch_is_polling(const struct watch *w);
bool watch_is_there(const struct watch *w, unsigned root); /* the root folder exists */

/* For tests and measurements. */
struct watch_counts {
    size_t files, folders, waiting;
    uint64_t events, overflows, scans;
    uint64_t scan_ns; /* of the last whole scan, work only */
};
struct watch_counts watch_count(const struct watch *w);

/* No callback comes any more. Memory and handles are given back when the loop runs next. */
void watch_close(struct watch *w);

#endif

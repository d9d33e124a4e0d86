/* Building a site: every article read, every rendering made, every output written, and after that
 * only what changed. The only file that knows the whole way from content/ to public/. */
#ifndef FASCIA_BUILD_H
#define FASCIA_BUILD_H

#include "buf.h"
#include "diag.h"

struct build_options {
    struct str site, out;    /* out empty: SITE/public */
    const struct str *only;  /* names of exports; empty: what site.yaml says, else all */
    size_t only_count;
    unsigned workers;        /* 0: one a processor */
    bool clean;              /* forget what earlier builds left */
    bool is_uncached;        /* nothing is kept for the next build: there is no room */
    bool is_dry;             /* all anew in memory: nothing is written, nothing is kept */
    bool is_check;           /* only checks run; no output is made or removed */
    /* Called while it goes on: what is done of what there is to do. May be NULL. */
    void (*progress)(const char *what, size_t done, size_t all);
    /* Another process builds this site: called once before waiting for it. May be NULL. */
    void (*waiting)(int process);
};

struct build_result {
    size_t articles, drafts;
    size_t written, unchanged, removed; /* outputs */
    size_t renderings;                  /* that ran */
    size_t checks;                      /* of an article, or of the site, by a plugin; that ran */
    size_t due;                         /* checks that had no time while watching */
    size_t outputs;                     /* in the output folder that are ours */
    struct str out;
    struct buf log; /* what plugins printed; owned by the caller */
};

/* For ever, until SIGINT or SIGTERM: builds, then builds again what a change on disk changed. */
struct build_watching {
    void (*ready)(const struct build_result *r, size_t exports);
    void (*started)(void);
    /* Takes the log of the result over. */
    void (*finished)(struct build_result *r, const struct diags *d, double ms);
    /* The same, when checks have run. Until nothing was saved for a moment they are put off, and a
     * save ends them: what had no time is run after the next. */
    void (*checked)(struct build_result *r, const struct diags *d, double ms);
    void (*warn)(struct str text, struct str help);
};
int build_watch(const struct build_options *o, const struct build_watching *events,
                struct diags *d);

/* How an output differs from what a clean build would write. */
enum difference {
    DIFFERS_MISSING,   /* it was written, and is not there */
    DIFFERS_BY_HAND,   /* somebody changed it since */
    DIFFERS_BY_STATE,  /* its plugin keeps something between renderings */
    DIFFERS_NOT_BUILT, /* no build has written it yet */
    DIFFERS_STALE,     /* it is as written, but `cause` changed since; empty: nothing did */
    DIFFERS_LEFT,      /* it is as written, and nothing makes it any more */
};

struct build_difference {
    enum difference how;
    struct str path;                    /* in the output folder */
    struct str export, plugin, article; /* who makes it; article: its place, or empty */
    uint32_t item;
    struct str key;                     /* of an item of an `each` function, or empty */
    struct str cause;
};

struct build_verifying {
    void *self;
    void (*differs)(void *self, const struct build_difference *one); /* strings are lent */
};

/* Builds all anew in memory, in another order and with another number of workers, and compares
 * the bytes with the output folder. Nothing is written; no lock is taken. Exit status as
 * build_site; differences do not count in it. */
int build_verify(const struct build_options *o, const struct build_verifying *v,
                 struct build_result *r, struct diags *d);

/* Returns the exit status: 0, 1 (something in content or a plugin failed), 2 or 3. */
int build_site(const struct build_options *o, struct build_result *r, struct diags *d);

#endif

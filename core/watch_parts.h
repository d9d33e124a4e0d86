/* What the parts of the watcher share: the table of files and folders, what waits, the scan. */
#ifndef FASCIA_WATCH_PARTS_H
#define FASCIA_WATCH_PARTS_H

#include "watch.h"

#include <dirent.h>
#include <sys/stat.h>

#include "buf.h"

enum { WATCH_WD_SLOTS = 4096, WATCH_EVENT_BYTES = 64 * 1024 };

/* A name in a folder. `name` is terminated and lies behind the struct that the node begins. */
struct node {
    struct node *chain;           /* of its slot in the table */
    struct folder *parent;        /* NULL: the folder of a root */
    struct node *previous, *next; /* of the same kind in the same folder */
    struct str name;
    uint32_t hash;
    bool is_folder;
};

/* Every file is known, or waits, or both; one that is neither is freed. */
struct file {
    struct node node;
    struct fingerprint print; /* as last told; zero unless known */
    bool is_known;            /* listed at the start, or told as saved */
    bool is_young;            /* the clock of the file system may give the next save this print */
    struct pending *pending;  /* NULL: nothing is expected of it */
};

struct folder {
    struct node node;
    unsigned root;
    struct node *files, *folders;
    struct folder *previous, *next; /* all folders of the watcher, oldest first */
    struct str path;                /* relative to the root; terminated, owned */
    struct fingerprint print;       /* when it was listed */
    bool is_listed;
    bool is_young;  /* it was listed so soon after a change that it is listed once more */
    bool is_shut;   /* may not be opened: told as a file of its parent */
    bool is_absent; /* of a root: its folder is gone, and that was told */
    bool is_news;   /* of a root: came back, and that was not told yet */
    int wd;         /* -1: no watch */
    struct folder *wd_chain;        /* of its slot; folders that are the same share a wd */
    bool is_doubted;                /* perhaps gone: in the list of doubts */
    bool must_look;                 /* look at it after these events, not only when due */
    uint64_t doubted_ms;
    struct folder *doubt_previous, *doubt_next;
};

enum expectation {
    EXPECT_CALM,     /* told when nothing happened to it until it is due */
    EXPECT_FINISHED, /* closed or renamed into place: told at once */
    EXPECT_GONE,     /* was not there when last looked at */
};

struct pending {
    struct pending *previous, *next;
    struct file *file;
    enum expectation expect;
    bool is_closed;   /* its last writer closed it */
    bool is_anew;     /* nobody knew it, or it was removed before: others may follow */
    bool is_sure;     /* told even when the print is the same, for it was young */
    bool has_seen;
    struct fingerprint seen; /* by the scan; it must stay the same until due */
    uint64_t first_ms, due_ms, emptied_ms; /* emptied_ms 0: is not empty */
};

struct scan {
    struct folder *folder; /* the one it stands in, or NULL */
    DIR *dir;              /* of that folder */
    bool is_listing;
    struct node *file;     /* the next to compare */
    bool is_running, is_urgent, is_wanted_again;
    uint64_t began_ms, work_ns;
};

struct watch {
    uv_loop_t *loop;
    uv_poll_t poll;
    uv_timer_t beat, pace; /* for what waits; for the scan */
    unsigned handles;      /* still open */
    int inotify;           /* -1: none */
    bool is_polling, is_opening;
    struct watch_owner owner;
    struct watch_root *roots;
    struct folder **tops; /* of the roots */
    unsigned root_count;
    struct str *skips;
    unsigned skip_count;

    struct node **slots;
    size_t slot_count, node_count, folder_count;
    struct folder *wd_slots[WATCH_WD_SLOTS];
    struct folder *first, *last;

    struct pending *first_pending, *last_pending;
    size_t pending_count, finished;
    size_t anew;    /* of the finished: those that come anew */
    size_t missing; /* files and folders */
    struct folder *doubts;
    uint64_t stirred_ms; /* when a file last came, went or was finished */
    uint64_t held_ms;    /* since when a batch is held back; 0: none is */
    bool has_told;

    struct scan scan;
    struct watch_counts counts;
    struct buf path; /* scratch for one path */
    char events[WATCH_EVENT_BYTES] __attribute__((aligned(8)));
};

uint64_t watch_now_ms(void);

/* The table (watch_table.c) */
struct file *watch_find_file(const struct watch *w, const struct folder *in, struct str name);
struct folder *watch_find_folder(const struct watch *w, const struct folder *in, struct str name);
struct file *watch_add_file(struct watch *w, struct folder *in, struct str name);
struct folder *watch_add_folder(struct watch *w, struct folder *in, unsigned root, struct str name);
void watch_free_file(struct watch *w, struct file *f);     /* must not wait */
void watch_free_folder(struct watch *w, struct folder *f); /* must be empty, without wd or doubt */
/* The path to open, and in it what is relative to the root; valid until `to` is used again. */
const char *watch_path(const struct watch *w, struct buf *to, const struct folder *in,
                       struct str name, struct str *relative);

/* Looking (watch_look.c) */
bool watch_same(const struct fingerprint *a, const struct fingerprint *b);
struct fingerprint watch_print(const struct stat *st);
bool watch_is_young(const struct fingerprint *p);
/* Whether the name is there and told as a file. */
bool watch_stat(const struct watch *w, const struct folder *in, int folder_fd, const char *path,
                struct str name, struct fingerprint *out);
bool watch_is_wanted(const struct watch *w, const struct folder *in, struct str name);
void watch_see(struct watch *w, struct folder *in, int folder_fd, const char *name,
               unsigned char type);
void watch_compare(struct watch *w, int folder_fd, struct file *f);
int watch_open_folder(struct watch *w, struct folder *f); /* -1: and what that means was noted */
void watch_refresh(struct watch *w, struct folder *f);    /* compares all below it */

/* Files that wait (watch_wait.c) */
enum notice {
    NOTICE_FINISHED, /* closed, or renamed into place */
    NOTICE_WRITTEN,
    NOTICE_MADE,
    NOTICE_TOUCHED,
    NOTICE_GONE,     /* renamed away, or not there when looked for */
    NOTICE_REMOVED,
};
void watch_notice(struct watch *w, struct file *f, enum notice what);
void watch_notice_seen(struct watch *w, struct file *f, const struct fingerprint *seen, bool sure);
void watch_end(struct watch *w, struct pending *p); /* a file that is not known is forgotten */
bool watch_is_single(const struct watch *w); /* one known file is finished, and that is all */
void watch_turn(struct watch *w);            /* tells what is due, unless more is coming */
void watch_arm(struct watch *w);

/* Folders in doubt (watch_doubt.c) */
void watch_doubt(struct watch *w, struct folder *f, bool must_look);
void watch_trust(struct watch *w, struct folder *f);
void watch_look_at_doubts(struct watch *w);
void watch_decide_doubts(struct watch *w, uint64_t now_ms); /* tells */
void watch_drop(struct watch *w, struct folder *f, bool tells);
/* Whether the files of a root are left as they were, because the whole root is missing. */
bool watch_is_kept(const struct watch *w, const struct folder *f);
void watch_look_for_roots(struct watch *w);
void watch_tell_roots(struct watch *w); /* those that came back */

/* Events (watch_inotify.c) */
void watch_start_events(struct watch *w);
void watch_add_watch(struct watch *w, struct folder *f); /* or renews one that is dead */
void watch_remove_watch(struct watch *w, struct folder *f);

/* The scan (watch_scan.c) */
void watch_start_scans(struct watch *w);
void watch_scan_now(struct watch *w);
void watch_scan_forget_file(struct watch *w, const struct node *f);
void watch_scan_forget_folder(struct watch *w, const struct folder *f);
void watch_scan_stop(struct watch *w);

#endif

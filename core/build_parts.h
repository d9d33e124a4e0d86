/* A build, shared by its parts: build.c (the way from one state to the next), build_watch.c (again
 * and again), build_read.c (from files to images), build_readers.c (files that plugins read),
 * build_files.c (files of plugins), build_stale.c (what must run), build_items.c (what `each`
 * functions ask for), build_disk.c (whether outputs are still there), build_render.c (from images
 * to outputs), build_checks.c (what plugins find wrong with content), build_tries.c (which plugins
 * are tried no more), build_verify.c (dry, and compared with what is there). */
#ifndef FASCIA_BUILD_PARTS_H
#define FASCIA_BUILD_PARTS_H

#include "build.h"
#include "graph.h"
#include "output.h"
#include "session.h"
#include "store.h"
#include "taken.h"

/* A path in content/ that the watcher told. */
struct noted {
    struct str path;
    struct noted *next;
};

struct build {
    struct session session;
    struct build_options options;
    struct build_result *result; /* of the update under way */
    struct store store;
    struct graph graph;
    struct kept kept;
    struct output output;
    struct str out;
    bool is_shelved;             /* the heads of the articles are on the session's shelf */
    bool has_clashes;            /* articles with one slug */
    bool is_damaged;             /* an image was: all must be made anew */
    bool is_full;                /* no room for an image: the same, without a cache */
    bool settings_changed;       /* in this update: settings or plugins were loaded */
    /* Of one update: */
    struct unit *reads;          /* one a file to read */
    size_t to_read, read, to_render, rendered;
    bool is_rendering, is_checking;
    bool site_changed;           /* an article came, went, or changed what decides on that */
    uint32_t fields_changed;     /* that queries look at; see graph_query_fields_differ */
    uint64_t reading_hash, exports_hash, limits_hash;
    struct str now;
    struct blob old_settings;    /* the image that renderings were made with */
    uint32_t *touched;           /* articles that this update looked at, for has_changed etc. */
    uint32_t touched_count, touched_cap;
    bool is_partial;             /* only what was noted is looked at, not the whole folder */
    struct noted *noted;         /* what the watcher told since the last update */
    uint32_t noted_count;
    bool noted_settings, noted_folder;
    struct arena noted_arena[2]; /* of this update and the one before */
    unsigned noting;             /* which of them is this one's */
    struct noted *looking;       /* what this update looks at */
    bool looks_everywhere;
    struct dropped *dropped;
    struct dropped *stuck;       /* what could not be removed; of any update */
    uint32_t round;              /* counts updates */
    uint64_t began_s;            /* when this update did, since 1970 */
    struct verify *verify;       /* whom this dry build is for; else NULL */
    struct known_export **exports; /* by the graph's numbers; NULL: not made */
    bool *is_broken;             /* by the graph's numbers: its plugin cannot be loaded now */
    uint32_t export_count;
    struct arena paths_arena;
    struct taken paths;          /* output path → rendering, as a number; 0: nobody's. No arena:
                                  * nothing was written or removed yet */
    bool *plugin_changed;        /* by the session's numbers */
    struct str *template_changed; /* by the graph's numbers of exports: its name; empty: none did */
    bool exports_changed, now_changed, settings_differ;
    bool clashed;                /* a rendering has no path since another has it */
    bool is_wide;                /* any article's renderings may have to run */
    bool checks_disk;            /* outputs may have been changed by somebody since */
    struct disk_check *disk_check; /* under way, or NULL */
    uint64_t checked_by;         /* hash of the plugins' checks of articles that are on */
    bool checks_look_around;     /* those of some article do: see CHECKS_LOOK_AROUND */
    bool puts_off_checks;        /* an update only finds out which have to run: they are due */
    struct rendering **due;      /* may name some that are not any more */
    uint32_t due_count, due_cap;
    bool is_site_shown;          /* in this update: the workers know of it */
    uint32_t looking_around;     /* renderings of articles that looked at more than their own */
    struct site site;            /* the shelf, for queries */
};

/* The article's place for messages, and its number's node. */
struct str build_place(struct build *b, struct str path);

/* build.c */
bool build_open(struct build *b, const struct build_options *o, struct diags *d, int *status);
int build_update(struct build *b, struct build_result *r, struct diags *d);
/* Checks that were put off. pool_give_up ends it: the rest stays due. */
int build_run_due(struct build *b, struct build_result *r, struct diags *d);
bool build_save(struct build *b);    /* false: all must be written anew, with build_rewrite */
bool build_rewrite(struct build *b, size_t bytes); /* about so many; true: done */
void build_close(struct build *b);
void build_touch(struct build *b, uint32_t article);
void build_shelve(struct build *b);  /* before anybody asks the shelf; most builds need not */
void build_show_site(struct build *b); /* to the workers, before they run plugins */

/* build_read.c */
bool build_scan(struct build *b);                      /* every file of content/ */
uint32_t build_look(struct build *b, struct str path); /* one file; its article */
bool build_read_all(struct build *b);                  /* reads what scan and look found */
bool build_write_read(struct build *b, struct unit *u, struct buf *request);
void build_take_read(struct build *b, struct unit *u, enum pool_end end, const char *why,
                     const struct answer *answer);
void build_take_image(struct build *b, uint32_t article, struct str bytes);
void build_settle(struct build *b);                    /* drafts, slugs, the build's time */

/* build_readers.c: files that plugins read */
void build_know_readers(struct build *b); /* after plugins were loaded, before files are found */
uint64_t build_reading_hash(const struct build *b, struct str path); /* how the file is read */
bool build_must_reread(const struct build *b, struct str path); /* its plugin's code changed */
bool build_can_read(const struct build *b, struct str path);    /* false: its plugin is broken */
void build_note_reading(struct build *b, const struct unit *u, enum pool_end end);
bool build_passes_over(struct build *b, const struct unit *u); /* its plugin failed too often */
void build_report_reading(struct build *b, const struct unit *u, enum pool_end end,
                          const char *why, const struct answer *answer);
void build_report_unread(struct build *b);

/* build_files.c */
struct plugin_code *build_code(struct build *b, struct str plugin); /* NULL: it never asked */
bool build_plugin_differs(struct build *b, uint32_t plugin); /* one of its files does */
const struct plugin_code *build_last_code(struct build *b, struct str plugin); /* NULL: unknown */
void build_note_files(struct build *b, uint32_t plugin, struct str names);
void build_unsee_files(struct build *b);  /* before plugins are loaded */
void build_find_changed_plugins(struct build *b); /* and templates, once they are */
void build_settle_files(struct build *b); /* after rendering: the plugins are as they are */

/* build_stale.c */
void build_number_exports(struct build *b); /* before anything else of an update */
void build_count_lists(struct build *b, uint32_t article, const struct image *image);
void build_mark_stale(struct build *b, bool all);  /* all: not only what can have changed */
void build_want(struct build *b, struct rendering *r); /* it is made by something: must it run? */
void build_drop_site(struct build *b);              /* after rendering: what `each` gave up */

/* build_items.c */
void build_want_listed(struct build *b); /* each list, and the items of those that stand */
void build_take_items(struct build *b, const struct rendering *list, const struct answer *answer);

/* build_disk.c */
void build_begin_disk_check(struct build *b); /* of all that the graph was loaded with */
void build_end_disk_check(struct build *b);   /* waits; before renderings change */

/* build_render.c */
bool build_render_all(struct build *b);
void build_queue(struct build *b, struct rendering *r);
bool build_write_render(struct build *b, const struct unit *u, struct buf *request);
void build_take_render(struct build *b, struct unit *u, enum pool_end end, const char *why,
                       const struct answer *answer);
void build_claim_paths(struct build *b); /* once, before anything is written or removed */
void build_keep_last_good(struct build *b, struct rendering *r);
void build_release_path(struct build *b, const struct rendering *r);
void build_drop_output(struct build *b, struct str path, uint64_t hash);
void build_journal_stuck(struct build *b);  /* after saving */
void build_remove_dropped(struct build *b); /* outputs that nothing makes any more */
void build_forget(struct build *b); /* everything but which outputs are ours */
void build_rename_messages(struct build *b);
void build_replay(struct build *b, bool all); /* messages, also of what did not run */

void build_note_reads(struct build *b, struct rendering *r, const struct answer *answer);
void build_report_death(struct build *b, struct rendering *r, enum pool_end end, const char *why,
                        const struct answer *answer);

/* build_checks.c */
void build_name_checks(struct build *b); /* with the exports: numbers in the graph */
void build_list_checks(struct build *b);
bool build_check_all(struct build *b); /* after rendering: nobody waits for these */
bool build_write_check(struct build *b, const struct unit *u, struct buf *request);
void build_take_check(struct build *b, struct unit *u, enum pool_end end, const char *why,
                      const struct answer *answer);
void build_replay_checks(struct build *b, bool all);
void build_put_off(struct build *b, struct rendering *r);
bool build_check_due(struct build *b); /* what was put off */
void build_settle_due(struct build *b); /* after that: says what was found */

/* build_tries.c */
void build_note_try(struct build *b, const struct rendering *r, enum pool_end end);
bool build_is_given_up(struct build *b, const struct rendering *r);
void build_pass_over(struct build *b, struct rendering *r); /* instead of running it */
void build_report_passed_over(struct build *b);

/* build_verify.c */
struct plugin_code *build_recalled_plugins(const struct build *b); /* as the last build left them */
void build_recall(struct build *b);  /* what cannot be read has the image it had */
void build_compare(struct build *b); /* all that was made with the output folder */

/* Which of the session's exports a rendering's export is, or NULL: it is not made (any more). */
const struct known_export *build_export(const struct build *b, uint32_t export);

#endif

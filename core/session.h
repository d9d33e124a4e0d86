/* One run of fascia over one site: its settings, its plugins, the workers. It knows how to ask a
 * worker for something; what to ask for is the business of build.c and single.c. */
#ifndef FASCIA_SESSION_H
#define FASCIA_SESSION_H

#include "content.h"
#include "pool.h"
#include "settings.h"
#include "shelf.h"
#include "wire.h"

/* Everything a worker said about one unit, by kind of record. */
struct answer {
    struct buf record[RECORD_END];
    uint32_t came; /* a bit for each kind of record */
    bool goes_on;  /* the next record belongs to the last one */
    bool too_large;
    struct answer *next_free;
};

/* An export as its plugin described it. */
struct known_export {
    struct str name, list, path, summary;
    uint32_t plugin, number; /* of the plugin, and within it */
    uint32_t each;           /* enum each */
    bool conditional;
    bool is_made;
    bool is_held; /* left out by --only for this once: what it made stays */
    bool is_check; /* no export: all checks of a plugin for an article, or for the site */
    uint64_t on_hash; /* of checks: of those that are on; else 0 */
    uint32_t failed_in_row; /* of the articles it was tried on; the last of them: */
    uint64_t failed_on;
};

struct tries {
    uint32_t given_up_round; /* the update since which it is tried no more; 0: it is tried */
    uint32_t passed_over;    /* renderings in this update that were not tried therefore */
};

/* A check as its plugin described it. */
struct known_check {
    struct str code, summary, explain;
    enum each each;
    enum severity severity; /* as the plugin says; see session_severity */
};

/* A plugin that reads files whose names end so. */
struct known_reader {
    struct str ending;
    uint32_t plugin;
    /* The business of who builds: */
    uint64_t hash;           /* of its plugin's name and options, and what all readers obey */
    bool has_changed;        /* its plugin's code has */
    uint32_t failed_in_row;  /* files, over which its plugin failed */
    uint32_t given_up_round; /* the update in which it is asked no more */
    uint32_t passed_over;    /* files in this update that it was not asked for therefore */
};

struct known_plugin {
    struct str file, place, name, summary;
    struct unit load;
    bool is_described, is_broken, is_built_in;
    struct known_check *checks; /* sorted by code */
    uint32_t check_count;
    struct str *readers;        /* endings */
    uint32_t reader_count;
    struct known_export checking[2]; /* as renderings: for an article, for the site */
    struct tries outputs_tried, checks_tried;
};

struct session {
    struct arena arena;  /* for the whole run */
    struct arena config; /* until the next session_load: settings, plugins, exports */
    struct arena update; /* for one update; whoever runs the session resets it */
    struct diags *diags;
    struct str site, content, content_place; /* folders; the place as messages show it */
    bool has_site, needs_plugins, told_lacking;
    int own_images; /* -1, or the descriptor that session_open made */
    uv_loop_t loop;
    struct pool *pool;
    struct shelf shelf;
    struct settings settings;
    struct image settings_image;
    struct unit read_settings, configure, show_site;
    bool shows_site;
    struct content_list plugin_files; /* of both plugins folders, the site's first */
    size_t own_file_count;            /* of them, the site's */
    struct str *plugin_bytes;         /* of each; read once, so that all workers get the same */
    uint64_t *plugin_hashes;
    struct known_plugin *plugins;
    uint32_t plugin_count;
    struct known_export *exports; /* sorted by name */
    uint32_t export_count;
    struct known_reader *readers;
    uint32_t reader_count;
    struct content_endings endings; /* of all readers; for filters, which find them changed */
    struct answer *free_answers;
    struct buf log; /* what plugins printed, each line under its plugin's name */
    /* The business of who runs the session; for every kind but settings and plugins. */
    void *client;
    bool (*write)(void *client, struct unit *u, struct buf *request);
    void (*done)(void *client, struct unit *u, enum pool_end end, const char *why,
                 struct answer *answer);
    void (*files)(void *client, uint32_t plugin, struct str names); /* RECORD_FILES; may be NULL */
    void (*tick)(void *client);
};

struct session_options {
    struct str site;   /* folder of the site, or empty: default settings, built-in plugins */
    unsigned workers;  /* 0: one a processor */
    int images;        /* descriptor of the file that holds whole images */
    bool needs_plugins;
};

/* Finds the site's folders. False: there is no content/; one error. */
bool session_find(struct session *s, struct str site, struct diags *d);

/* After session_find: makes loop and workers, then session_load. */
bool session_start(struct session *s, const struct session_options *o, int *status);

/* Reads the settings and loads the plugins, for the first time or anew, with fresh workers.
 * False: settings or system are at fault and errors were added; *status is the program's exit
 * status. A broken plugin is an error too, but no reason to stop. */
bool session_load(struct session *s, int *status);

/* Both of the first, for who needs no store: images live in memory. */
bool session_open(struct session *s, const struct session_options *o, struct diags *d, int *status);
void session_close(struct session *s);

/* False: workers cannot be run; one error was added. */
bool session_run(struct session *s);

/* Adds the messages in an answer. */
void session_take_diags(struct session *s, const struct answer *answer);

/* Marks the exports to be made. `names`: from --only or site.yaml; empty: all. False: a name is
 * unknown; one error each. */
bool session_choose(struct session *s, const struct str *names, size_t count, struct place at);
bool session_choose_from_settings(struct session *s);

/* --only: these, and hold the others that the settings ask for. */
bool session_narrow(struct session *s, const struct str *names, size_t count);

/* How severe a check is here: as the settings say, else the plugin. */
enum severity session_severity(const struct session *s, const struct known_check *check);

/* Who reads files that are called so: the plugin of the longest ending; NULL: fascia itself. */
const struct known_reader *session_reader(const struct session *s, struct str path);

/* One more, of a plugin that could not be loaded this time. */
void session_keep_reader(struct session *s, uint32_t plugin, struct str ending);
void session_set_endings(struct session *s); /* after that */

/* The folder of the built-in plugins. */
struct str session_built_in(struct session *s);

/* The hash of a file in the plugins folders, the site's first; 0: there is none. */
uint64_t session_file_hash(const struct session *s, struct str name);

/* Adds the error that no plugin has this name, with the nearest that one has. */
void session_unknown_plugin(struct session *s, struct str name);

struct known_export *session_export(struct session *s, struct str name); /* NULL: unknown */

/* Tells the workers of the articles on the shelf: before rendering, after every change. */
void session_show_site(struct session *s);
bool session_write_site(struct session *s, struct str now, struct buf *request);

/* What a UNIT_ITEMS found. session_check_items: false when a worker made it up, of which one error
 * tells. */
bool session_check_items(struct session *s, const struct answer *answer, struct place at);
bool session_next_item(struct wire *items, struct str *key, struct str *value);

/* A message for a unit that did not end by itself. `what` says what it was ("export 'faq.csv' of
 * content/a.md"), `at` whose fault it is. */
void session_report_death(struct session *s, struct place at, const char *what,
                          enum pool_end end, const char *why, const struct answer *answer);

#endif

/* What the fresh*.c files share; nobody else includes this. */
#ifndef FASCIA_FRESH_PARTS_H
#define FASCIA_FRESH_PARTS_H

#include "fresh.h"

struct fresh_file {
    struct str path;  /* below the folder */
    struct str bytes;
    bool is_shared;   /* of the whole site: one that is there is left alone */
    bool is_written;
};

/* Some files on their way to disk. All of it lives in the arena of the messages. */
struct fresh {
    struct arena *arena;
    struct diags *diags;
    struct str folder;            /* the site's */
    struct str name, title, date; /* what NAME, TITLE and DATE stand for */
    struct fresh_file *files;
    size_t count, cap;
};

/* Adds the files of core/skeleton/KIND/. */
void fresh_add_skeleton(struct fresh *f, struct str kind);
void fresh_add(struct fresh *f, struct str path, struct str bytes);

/* Writes all of them or none. Returns the exit status; an error for each file that is there, or one
 * for what the system refused. */
int fresh_write(struct fresh *f, struct buf *report);

/* Whether a plugin may be called so. False: one error, with a name that would do. */
bool fresh_check_plugin_name(struct fresh *f, struct str name);

/* Takes folder, file and title out of "news/Green tea?": *path is "news/green-tea". False: one
 * error. */
bool fresh_take_article_name(struct fresh *f, struct str name, struct str *path);

/* What to call a site in this folder. */
struct str fresh_site_title(struct arena *a, struct str folder);

#endif

/* The worker, shared by its parts: worker.c (its main loop), worker_read.c (files to articles),
 * worker_run.c (plugins: loading, rendering, checking) and worker_test.c (their tests). */
#ifndef FASCIA_WORKER_PARTS_H
#define FASCIA_WORKER_PARTS_H

#include "plugin.h"
#include "protocol.h"
#include "reply.h"
#include "settings.h"
#include "wire.h"

struct worker {
    char *shared;
    struct reply reply;
    uint32_t batch; /* counts batches, as the parent does */
    struct arena config_arena, unit_arena, render_arena, site_arena;
    struct site site;
    struct settings settings;
    struct image settings_image;
    struct reading reading;
    struct bundle bundle;
    struct plugins plugins;
    struct str content; /* how messages begin a content path */
    struct buf image;   /* scratch for freezing */
    uint64_t test_ns;   /* when the test that runs began */
};

/* The units. Each takes what the protocol says of its kind, returns how it ended, and adds its
 * messages to `d`. */

/* worker_read.c */
enum unit_end worker_do_settings(struct worker *w, struct wire *in, struct diags *d);
enum unit_end worker_do_read(struct worker *w, struct wire *in, struct diags *d);
enum unit_end worker_do_import(struct worker *w, struct wire *in, struct diags *d);

/* worker_run.c */
enum unit_end worker_do_plugin(struct worker *w, struct wire *in, struct diags *d);
enum unit_end worker_do_items(struct worker *w, struct wire *in, struct diags *d);
enum unit_end worker_do_render(struct worker *w, struct wire *in, bool is_traced,
                               struct diags *d);
enum unit_end worker_do_check(struct worker *w, struct wire *in, struct diags *d);

/* A plugin that was loaded. NULL: one error. */
struct plugin *worker_take_plugin(struct worker *w, uint32_t number, struct diags *d);

/* What a call into a plugin leaves besides its result: the files it asked for, what it printed. */
void worker_put_traces(struct worker *w, struct bind *b);
void worker_put_files(struct worker *w, struct bind *b);

/* worker_test.c */
enum unit_end worker_do_test(struct worker *w, struct wire *in, struct diags *d);

/* worker.c: files of a folder, copied into the arena. */
struct bundle worker_take_files(struct wire *in, struct arena *a);

#endif

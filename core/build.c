#include "build.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "build_parts.h"
#include "hash.h"

/* The output folder */

static bool same_folder(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool lies_in(const char *inner, const char *outer) {
    char path[PATH_MAX];
    if (!realpath(inner, path))
        return false;
    for (;;) {
        if (same_folder(path, outer))
            return true;
        char *slash = strrchr(path, '/');
        if (!slash || path[1] == '\0')
            return false;
        slash[slash == path] = '\0';
    }
}

/* A folder that is not there yet is where its nearest ancestor is. */
static bool will_lie_in(struct arena *a, struct str inner, const char *outer) {
    struct str path = arena_str(a, inner);
    while (access(path.at, F_OK) != 0) {
        size_t slash = str_rfind_char(path, '/');
        if (slash == path.len || slash == 0)
            return lies_in(slash == 0 ? "/" : ".", outer);
        path = arena_str(a, str_slice(path, 0, slash));
    }
    return lies_in(path.at, outer);
}

static const char *output_folder_fault(struct build *b) {
    const char *home = getenv("HOME"), *out = b->out.at;
    if (same_folder(out, "/"))
        return "the output folder may not be /";
    if (home && *home && same_folder(out, home))
        return "the output folder may not be the home folder";
    struct stat st;
    if (stat(out, &st) == 0 && !S_ISDIR(st.st_mode))
        return "the output folder may not be a file";
    if (lies_in(b->session.content.at, out))
        return "the output folder may not hold the content folder";
    if (will_lie_in(&b->session.arena, b->out, b->session.content.at))
        return "the output folder may not lie in the content folder";
    return NULL;
}

static bool choose_output(struct build *b) {
    struct session *s = &b->session;
    struct str out = b->options.out;
    b->out = out.len ? arena_str(&s->arena, out) : content_join(&s->arena, s->site, STR("public"));
    const char *fault = output_folder_fault(b);
    if (!fault)
        return true;
    diag_error(s->diags, (struct place){.path = b->out}, "output", "%s", fault);
    return false;
}

/* The session's questions */

static bool write_unit(void *client, struct unit *u, struct buf *request) {
    struct build *b = client;
    switch (u->kind) {
    case UNIT_READ:
        return build_write_read(b, u, request);
    case UNIT_SITE:
        return session_write_site(&b->session, b->now, request);
    case UNIT_CHECK:
        return build_write_check(b, u, request);
    default:
        return build_write_render(b, u, request);
    }
}

static void unit_done(void *client, struct unit *u, enum pool_end end, const char *why,
                      struct answer *answer) {
    struct build *b = client;
    if (u->kind == UNIT_READ)
        build_take_read(b, u, end, why, answer);
    else if (u->kind == UNIT_RENDER || u->kind == UNIT_ITEMS)
        build_take_render(b, u, end, why, answer);
    else if (u->kind == UNIT_CHECK)
        build_take_check(b, u, end, why, answer);
}

static void note_files(void *client, uint32_t plugin, struct str names) {
    build_note_files(client, plugin, names);
}

static void tick(void *client) {
    struct build *b = client;
    if (b->options.progress && b->is_rendering)
        b->options.progress(b->is_checking ? "checks" : "renderings", b->rendered, b->to_render);
    else if (b->options.progress)
        b->options.progress("articles read", b->read, b->to_read);
}

/* Settings */

static uint64_t hash_fields(struct node record, const struct str *fields, size_t count) {
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++) {
        uint64_t parts[2] = {hash, node_hash(node_get(record, fields[i]))};
        hash = hash_bytes(parts, sizeof parts, 0);
    }
    return hash | 1;
}

/* What of the settings decides how a file is read, and what a rendering may use up. */
static void hash_settings(struct build *b) {
    static const struct str reading[] = {STR_INIT("url"), STR_INIT("lang"), STR_INIT("author"),
                                         STR_INIT("autolinks"), STR_INIT("raw_html"),
                                         STR_INIT("words")};
    static const struct str limits[] = {STR_INIT("limits")};
    b->reading_hash = hash_fields(b->session.settings.root, reading, 6);
    b->limits_hash = hash_fields(b->session.settings.root, limits, 1);
}

static bool choose_exports(struct build *b) {
    if (b->options.only_count)
        return session_narrow(&b->session, b->options.only, b->options.only_count);
    if (!session_choose_from_settings(&b->session))
        return false;
    for (uint32_t i = 0; b->options.is_check && i < b->session.export_count; i++)
        b->session.exports[i].is_held = b->session.exports[i].is_made;
    return true;
}

/* From one update to the next */

void build_touch(struct build *b, uint32_t article) {
    if (b->touched_count == b->touched_cap) {
        b->touched_cap = b->touched_cap ? b->touched_cap * 2 : 64;
        b->touched = must_realloc(b->touched, b->touched_cap * sizeof *b->touched);
    }
    b->touched[b->touched_count++] = article;
}

static void begin_update(struct build *b, struct build_result *r, struct diags *d) {
    *r = (struct build_result){0};
    b->result = r;
    b->session.diags = d;
    b->to_read = b->read = b->to_render = b->rendered = 0;
    b->is_rendering = b->is_checking = b->site_changed = b->now_changed = false;
    b->is_site_shown = false;
    b->fields_changed = 0;
    b->output.written = b->output.unchanged = 0;
    b->dropped = NULL;
    b->touched_count = 0;
    b->began_s = (uint64_t)time(NULL);
    b->round++;
}

/* What was lent for this update, and where the store finds heads. */
static void forget_touched(struct build *b) {
    for (uint32_t i = 0; i < b->touched_count; i++) {
        struct article_node *a = b->graph.articles[b->touched[i]];
        struct image head = shelf_head(&b->session.shelf, b->touched[i]);
        if (head.len)
            a->head = (struct str){(const char *)head.at, head.len};
        a->has_changed = a->was_reread = false;
        a->was_live = a->is_live;
        a->was = a->is = (struct image){0};
    }
    b->touched_count = 0;
}

static void end_update(struct build *b) {
    struct session *s = &b->session;
    build_settle_files(b);
    blob_set(&b->kept.settings,
             (struct str){(const char *)s->settings_image.at, s->settings_image.len});
    if (!str_eq(b->kept.now, b->now))
        b->kept.now = arena_str(&b->graph.arena, b->now);
    b->now = b->kept.now; // the update's memory goes; the next may not have to settle
    b->kept.exports_hash = b->exports_hash;
    b->kept.reading_hash = b->reading_hash;
    b->kept.limits_hash = b->limits_hash;
    b->kept.updated_s = b->began_s;
    b->settings_changed = false;
}

/* Images of the settings must lie aligned. */
static void keep_old_settings(struct build *b) {
    blob_set(&b->old_settings, b->kept.settings.s);
    if (b->old_settings.s.len) {
        struct image image;
        if (!image_open(&image, b->old_settings.s, false))
            blob_free(&b->old_settings);
    }
}

/* What the watcher told, or everything. */
static bool look(struct build *b) {
    if (b->looks_everywhere)
        return build_scan(b);
    for (const struct noted *n = b->looking; n; n = n->next)
        build_look(b, n->path);
    return true;
}

void build_shelve(struct build *b) {
    if (b->is_shelved)
        return;
    b->is_shelved = true;
    if (!shelf_fill(&b->session.shelf, &b->graph))
        b->is_damaged = true;
}

void build_show_site(struct build *b) {
    build_shelve(b);
    if (!b->is_site_shown)
        session_show_site(&b->session);
    b->is_site_shown = true;
}

static void settle(struct build *b) {
    if (!b->is_partial || b->site_changed || b->settings_changed)
        build_settle(b);
    b->now_changed = !str_eq(b->now, b->kept.now);
}

static int update(struct build *b) {
    struct session *s = &b->session;
    bool all = !b->is_partial;
    build_number_exports(b);
    if (b->settings_changed)
        build_know_readers(b);
    keep_old_settings(b);
    build_rename_messages(b);
    bool has_looked = look(b);
    build_end_disk_check(b);
    if (!has_looked || !build_read_all(b) || b->is_full)
        return 3;
    if (b->verify)
        build_recall(b);
    settle(b);
    build_mark_stale(b, all);
    if (b->to_render) {
        build_claim_paths(b);
        build_show_site(b);
    }
    if (!build_render_all(b))
        return 3;
    build_drop_site(b);
    build_remove_dropped(b);
    if (!build_check_all(b))
        return 3;
    build_report_passed_over(b);
    build_report_unread(b);
    build_replay(b, all);
    build_replay_checks(b, all);
    if (b->verify)
        build_compare(b);
    end_update(b);
    return s->diags->errors ? 1 : 0;
}

static void count_result(struct build *b) {
    b->result->written = b->output.written;
    b->result->unchanged = b->output.unchanged;
    b->result->out = arena_str(b->session.diags->arena, b->out);
    b->result->log = b->session.log;
    b->session.log = (struct buf)BUF_INIT;
}

/* Settings and plugins anew; false: they are at fault, and the old ones are gone. */
static bool reload(struct build *b, int *status) {
    build_unsee_files(b);
    if (!session_load(&b->session, status))
        return false;
    *status = 2;
    if (!choose_exports(b))
        return false;
    hash_settings(b);
    b->settings_changed = true;
    return true;
}

/* What the watcher tells from now on is for the next update. */
static bool take_noted(struct build *b) {
    bool settings = b->noted_settings;
    b->looking = b->noted;
    b->looks_everywhere = !b->is_partial || b->noted_folder;
    b->noted = NULL;
    b->noted_count = 0;
    b->noted_folder = b->noted_settings = false;
    return settings;
}

int build_update(struct build *b, struct build_result *r, struct diags *d) {
    int status = 0;
    bool settings = take_noted(b);
    begin_update(b, r, d);
    b->noting ^= 1;
    arena_reset(&b->noted_arena[b->noting]);
    bool good = !settings || reload(b, &status);
    if (b->reading_hash != b->kept.reading_hash)
        b->looks_everywhere = true; // files must be read the new way
    if (good)
        status = update(b);
    count_result(b);
    forget_touched(b);
    arena_reset(&b->session.update);
    if (!good)
        b->noted_settings = true; // until they are right again
    if (status > 1)
        b->noted_folder = true;
    b->is_partial = b->is_partial || status <= 1;
    b->checks_disk = !b->is_partial;
    return status;
}

int build_run_due(struct build *b, struct build_result *r, struct diags *d) {
    begin_update(b, r, d);
    build_number_exports(b);
    b->is_rendering = b->is_checking = true;
    int status = build_check_due(b) ? 0 : 3;
    build_report_passed_over(b);
    build_settle_due(b);
    count_result(b);
    arena_reset(&b->session.update);
    return status;
}

static bool open_store(struct build *b) {
    struct session *s = &b->session;
    if (b->options.is_uncached)
        diag_warning(s->diags, (struct place){.path = s->site}, "no-cache",
                     "no room is left to keep anything for the next build");
    if (b->options.is_dry || b->options.is_uncached)
        return store_open_empty(&b->store);
    return store_open(&b->store, &s->arena, s->site, content_real_path(&s->arena, b->out),
                      !b->options.is_check, b->options.waiting, s->diags);
}

bool build_open(struct build *b, const struct build_options *o, struct diags *d, int *status) {
    struct session *s = &b->session;
    *b = (struct build){.options = *o, .output = {.root = -1, .folder = -1}};
    b->store = (struct store)STORE_NONE;
    *status = 2;
    if (!session_find(s, o->site, d) || !choose_output(b))
        return false;
    s->client = b;
    s->write = write_unit;
    s->done = unit_done;
    s->files = note_files;
    s->tick = tick;
    *status = 3;
    if (!open_store(b))
        return false;
    store_load(&b->store, &s->arena, &b->graph, &b->kept);
    if (o->clean) {
        build_forget(b);
        store_load(&b->store, &s->arena, &b->graph, &b->kept);
    }
    if (!o->is_check)
        build_begin_disk_check(b);
    struct session_options how = {.site = o->site, .workers = o->workers, .needs_plugins = true,
                                  .images = b->store.images};
    if (!session_start(s, &how, status))
        return false;
    *status = 2;
    if (!choose_exports(b) || (!o->is_check && !output_open(&b->output, b->out, b->out, d)))
        return false;
    hash_settings(b);
    b->settings_changed = true;
    b->checks_disk = !o->is_check;
    return true;
}

bool build_save(struct build *b) {
    if (b->is_damaged)
        return true;
    bool good = store_save(&b->store, &b->graph, &b->kept);
    if (good)
        build_journal_stuck(b);
    return good;
}

bool build_rewrite(struct build *b, size_t bytes) {
    if (b->is_damaged)
        return true;
    bool done = store_rewrite(&b->store, &b->graph, &b->kept, bytes);
    if (done)
        build_journal_stuck(b);
    return done;
}

void build_close(struct build *b) {
    build_end_disk_check(b);
    if (b->is_damaged && !b->is_full && !b->verify)
        build_forget(b);
    output_close(&b->output);
    session_close(&b->session);
    graph_free(&b->graph);
    blob_free(&b->kept.settings);
    blob_free(&b->old_settings);
    arena_free(&b->paths_arena);
    arena_free(&b->noted_arena[0]);
    arena_free(&b->noted_arena[1]);
    free(b->touched);
    free(b->due);
    store_close(&b->store);
}

/* When the cache turns out to be damaged or full, *again says how to build once more. */
static int build_once(const struct build_options *o, struct build_result *r, struct diags *d,
                      bool *damaged, struct build_options *again) {
    struct build b;
    int status;
    *r = (struct build_result){0};
    if (build_open(&b, o, d, &status)) {
        status = build_update(&b, r, d);
        pool_dismiss(b.session.pool); // their memory goes while we save
        if (status <= 1 && !build_save(&b))
            while (!build_rewrite(&b, SIZE_MAX / 2))
                continue;
    }
    *damaged = b.is_damaged;
    *again = *o;
    again->is_uncached = b.is_full;
    build_close(&b);
    return status;
}

int build_site(const struct build_options *o, struct build_result *r, struct diags *d) {
    struct arena scratch = ARENA_INIT;
    struct diags first = {.arena = &scratch};
    struct build_options again;
    bool damaged;
    int status = build_once(o, r, &first, &damaged, &again);
    if (damaged) { // the cache was: its price is one clean build
        buf_free(&r->log);
        status = build_once(&again, r, d, &damaged, &again);
    } else {
        for (const struct diag *one = first.first; one; one = one->next)
            diag_copy(d, one);
        r->out = arena_str(d->arena, r->out);
    }
    arena_free(&scratch);
    return status;
}

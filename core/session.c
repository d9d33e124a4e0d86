#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session_plugins.h"
#include "utf8.h"
#include "wire.h"

enum { LARGEST_IMAGE = 256 << 20, LARGEST_OTHER = 1 << 20, LARGEST_SETTINGS = 1 << 20,
       LARGEST_LOG = 1 << 20 };

/* Answers are used again: their buffers have grown to what this site needs. */

static struct answer *new_answer(struct session *s) {
    struct answer *a = s->free_answers;
    if (a) {
        s->free_answers = a->next_free;
        for (int k = 0; k < RECORD_END; k++)
            a->record[k].len = 0;
        a->came = 0;
        a->goes_on = a->too_large = false;
        return a;
    }
    a = must_alloc(sizeof *a);
    *a = (struct answer){0};
    return a;
}

static void free_answer(struct session *s, struct answer *a) {
    a->next_free = s->free_answers;
    s->free_answers = a;
}

#define BIT(kind) (UINT32_C(1) << (kind))

/* What a unit may answer besides its messages; each once, but for what is told piece by piece. */
static uint32_t due_records(enum unit_kind kind) {
    uint32_t of_plugin = BIT(RECORD_LOG) | BIT(RECORD_FILES);
    switch (kind) {
    case UNIT_SETTINGS:
        return BIT(RECORD_IMAGE);
    case UNIT_READ:
        return of_plugin | BIT(RECORD_IMAGE);
    case UNIT_IMPORT:
        return of_plugin | BIT(RECORD_REMARK) | BIT(RECORD_BYTES);
    case UNIT_PLUGIN:
        return of_plugin | BIT(RECORD_PLUGIN);
    case UNIT_ITEMS:
        return of_plugin | BIT(RECORD_ITEMS) | BIT(RECORD_READS);
    case UNIT_RENDER:
        return of_plugin | BIT(RECORD_PATH) | BIT(RECORD_BYTES) | BIT(RECORD_READS);
    case UNIT_CHECK:
        return of_plugin | BIT(RECORD_READS);
    case UNIT_TEST:
        return of_plugin | BIT(RECORD_TEST) | BIT(RECORD_GOLDEN);
    case UNIT_TRACE:
        return of_plugin | BIT(RECORD_PATH) | BIT(RECORD_BYTES) | BIT(RECORD_READS) |
               BIT(RECORD_LINES);
    default:
        return 0;
    }
}

static bool comes_in_pieces(enum record_kind kind) {
    return kind == RECORD_DIAG || kind == RECORD_REMARK || kind == RECORD_TEST ||
           kind == RECORD_GOLDEN || kind == RECORD_FILES;
}

static bool is_due(const struct unit *u, enum record_kind kind) {
    const struct answer *a = u->answer;
    if (a->goes_on)
        return true;
    if (comes_in_pieces(kind))
        return kind == RECORD_DIAG || due_records(u->kind) & BIT(kind);
    return !(a->came & BIT(kind)) && due_records(u->kind) & BIT(kind);
}

static size_t largest(const struct session *s, enum record_kind kind) {
    if (kind == RECORD_BYTES)
        return s->settings.output_bytes ? s->settings.output_bytes : LARGEST_IMAGE;
    if (kind == RECORD_ITEMS)
        return EACH_BYTES;
    if (kind == RECORD_FILES)
        return 2 * FILES_BYTES; // a test tells its own and its plugin's
    // a read set may name every article of the site
    return kind == RECORD_IMAGE || kind == RECORD_READS || kind == RECORD_TEST ||
                   kind == RECORD_GOLDEN
               ? LARGEST_IMAGE
               : LARGEST_OTHER;
}

static bool take_record(void *self, struct unit *u, enum record_kind kind, struct str bytes,
                        bool more) {
    struct session *s = self;
    if (kind == RECORD_UNIT) {
        if (u->answer)
            free_answer(s, u->answer);
        u->answer = new_answer(s);
        return true;
    }
    if (!is_due(u, kind))
        return false;
    struct buf *record = &u->answer->record[kind];
    u->answer->came |= BIT(kind);
    u->answer->goes_on = more;
    if (bytes.len > largest(s, kind) - record->len) {
        u->answer->too_large = true;
        return false;
    }
    buf_put(record, bytes);
    return true;
}

void session_take_diags(struct session *s, const struct answer *answer) {
    struct wire in = {.rest = buf_str(&answer->record[RECORD_DIAG])};
    while (in.rest.len && !in.bad)
        wire_diag(&in, s->diags);
}

bool session_next_item(struct wire *items, struct str *key, struct str *value) {
    if (!items->rest.len || items->bad)
        return false;
    *key = wire_str(items);
    *value = wire_str(items);
    return !items->bad;
}

static int compare_keys(const void *p, const void *q) {
    return str_compare(*(const struct str *)p, *(const struct str *)q);
}

/* Each key as it may be, and no two the same. */
static bool items_make_sense(struct session *s, struct wire items) {
    size_t most = items.rest.len / (2 * sizeof(uint32_t)), bad, count = 0; // what two counts take
    struct str *keys = ARENA_ARRAY(&s->update, struct str, most < EACH_MOST ? most : EACH_MOST);
    for (struct str key, value; session_next_item(&items, &key, &value); keys[count++] = key)
        if (!key.len || key.len > EACH_KEY_BYTES || !utf8_check(key, &bad) || count == EACH_MOST)
            return false;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (str_eq(keys[i - 1], keys[i]))
            return false;
    return !items.bad;
}

bool session_check_items(struct session *s, const struct answer *answer, struct place at) {
    struct wire items = {.rest = buf_str(&answer->record[RECORD_ITEMS])};
    if (items_make_sense(s, items))
        return true;
    diag_error(s->diags, at, "protocol", "a worker gave items that make no sense");
    return false;
}

void session_report_death(struct session *s, struct place at, const char *what,
                          enum pool_end end, const char *why, const struct answer *answer) {
    if (answer && answer->too_large) {
        struct diag *e = diag_error(s->diags, at, "limit-output", "%s is larger than %zu MB", what,
                                    s->settings.output_bytes >> 20);
        diag_help(s->diags, e, "limits: {output_mb: …} in content/site.yaml allows more");
    } else if (end == POOL_TIMED_OUT) {
        struct diag *e = diag_error(s->diags, at, "limit-seconds",
                                    "%s did not end within %g s and was stopped", what,
                                    s->settings.seconds > 0 ? s->settings.seconds : 2.0);
        diag_help(s->diags, e, "limits: {seconds: …} in content/site.yaml allows more");
    } else if (end == POOL_STARVED) {
        struct diag *e = diag_error(s->diags, at, "limit-memory",
                                    "%s needs more memory than %zu MB", what,
                                    s->settings.memory_bytes >> 20);
        diag_help(s->diags, e, "limits: {memory_mb: …} in content/site.yaml allows more");
    } else {
        diag_error(s->diags, at, "crash", "%s: the worker %s", what, why);
    }
}

/* Settings */

static bool write_settings(struct session *s, struct buf *request) {
    struct str place = content_join(&s->config, s->content_place, STR("site.yaml"));
    struct str path = content_join(&s->config, s->content, STR("site.yaml"));
    struct buf bytes = BUF_INIT;
    bool good = true;
    if (s->has_site && access(path.at, F_OK) == 0)
        good = content_read(&bytes, path, place, LARGEST_SETTINGS, s->diags);
    if (good) {
        wire_put_u32(request, UNIT_SETTINGS);
        wire_put_str(request, place);
        wire_put_str(request, buf_str(&bytes));
    }
    buf_free(&bytes);
    return good;
}

static void take_settings(struct session *s, enum pool_end end, const char *why,
                          const struct answer *answer) {
    struct place at = {.path = content_join(&s->config, s->content_place, STR("site.yaml"))};
    struct str image = buf_str(&answer->record[RECORD_IMAGE]);
    session_take_diags(s, answer);
    if (end == POOL_FAILED)
        return;
    if (end != POOL_MADE) {
        session_report_death(s, at, "reading the settings", end, why, answer);
        return;
    }
    char *copy = arena_alloc(&s->config, image.len);
    memcpy(copy, image.at, image.len);
    if (image_open(&s->settings_image, (struct str){copy, image.len}, false))
        settings_from(&s->settings, &s->settings_image);
    else
        diag_error(s->diags, at, "protocol", "a worker sent settings that make no sense");
}

static bool write_config(struct session *s, struct buf *request) {
    struct str prefix = content_join(&s->config, s->content_place, STR(""));
    wire_put_u32(request, UNIT_CONFIG);
    wire_put_str(request, prefix);
    wire_put_str(request,
                 (struct str){(const char *)s->settings_image.at, s->settings_image.len});
    return plugins_write_bundle(s, request);
}

bool session_write_site(struct session *s, struct str now, struct buf *request) {
    uint32_t made = 0;
    wire_put_u32(request, UNIT_SITE);
    wire_put_u32(request, s->shelf.count);
    wire_put_u64(request, s->shelf.heads_end);
    wire_put_str(request, now);
    for (uint32_t i = 0; i < s->export_count; i++)
        made += s->exports[i].is_made;
    wire_put_u32(request, made);
    for (uint32_t i = 0; i < s->export_count; i++)
        if (s->exports[i].is_made)
            wire_put_str(request, s->exports[i].name);
    return true;
}

void session_show_site(struct session *s) {
    if (s->shows_site) {
        pool_renew_setup(s->pool);
        return;
    }
    s->show_site = (struct unit){.kind = UNIT_SITE};
    pool_add_setup(s->pool, &s->show_site);
    s->shows_site = true;
}

/* The pool's questions */

static bool write_unit(void *self, struct unit *u, struct buf *request) {
    struct session *s = self;
    switch (u->kind) {
    case UNIT_SETTINGS:
        return write_settings(s, request);
    case UNIT_CONFIG:
        return write_config(s, request);
    case UNIT_PLUGIN:
        return plugins_write_load(s, u->plugin, request);
    default:
        return s->write(s->client, u, request);
    }
}

static void take_log(struct session *s, const struct unit *u, const struct answer *answer) {
    struct str rest = str_trim_end(buf_str(&answer->record[RECORD_LOG])), line;
    if (rest.len == 0 || u->plugin >= s->plugin_count || s->log.len > LARGEST_LOG)
        return;
    while (str_cut(&rest, '\n', &line)) {
        struct arena scratch = ARENA_INIT;
        struct str name = s->plugins[u->plugin].name, text = utf8_visible(&scratch, line);
        buf_printf(&s->log, "[%.*s] %.*s\n", STR_ARG(name), STR_ARG(text));
        arena_free(&scratch);
    }
    if (s->log.len > LARGEST_LOG)
        buf_put(&s->log, STR("[fascia] what plugins printed after this is left out\n"));
}

static void take_files(struct session *s, const struct unit *u, const struct answer *answer) {
    struct str names = buf_str(&answer->record[RECORD_FILES]);
    if (s->files && names.len && u->plugin < s->plugin_count)
        s->files(s->client, u->plugin, names);
}

static void unit_done(void *self, struct unit *u, enum pool_end end, const char *why) {
    struct session *s = self;
    struct answer *answer = u->answer ? u->answer : new_answer(s);
    u->answer = NULL;
    if (end == POOL_GIVEN_UP) { // whoever gave it up knows
        free_answer(s, answer);
        return;
    }
    if (pool_was_lost(end))
        answer->record[RECORD_DIAG].len = 0;
    if (u->kind == UNIT_SETTINGS) {
        take_settings(s, end, why, answer);
    } else if (u->kind == UNIT_PLUGIN) {
        take_files(s, u, answer); // before it counts as loaded
        plugins_take_load(s, u, end, why, answer);
        take_log(s, u, answer);
    } else if (u->kind == UNIT_CONFIG) {
        if (end != POOL_MADE)
            session_take_diags(s, answer);
    } else {
        s->done(s->client, u, end, why, answer);
        take_files(s, u, answer);
        take_log(s, u, answer);
    }
    free_answer(s, answer);
}

static void tick(void *self) {
    struct session *s = self;
    if (s->tick)
        s->tick(s->client);
}

bool session_run(struct session *s) {
    if (pool_run(s->pool))
        return true;
    diag_error(s->diags, (struct place){0}, "workers", "worker processes cannot be run here");
    return false;
}

/* Opening */

bool session_find(struct session *s, struct str site, struct diags *d) {
    *s = (struct session){.diags = d, .own_images = -1};
    s->site = arena_str(&s->arena, site);
    s->has_site = site.len > 0;
    s->content = content_join(&s->arena, s->site, STR("content"));
    s->content_place = s->content;
    if (!s->has_site) {
        s->content = s->content_place = STR("");
        return true;
    }
    if (content_is_folder(s->content.at))
        return true;
    struct diag *e = diag_error(s->diags, (struct place){.path = s->content}, "no-content",
                                "there is no such folder: a site keeps its articles in content/");
    diag_help(s->diags, e, "run fascia in the site's folder, or name the folder");
    return false;
}

static unsigned worker_count(unsigned wanted) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (wanted)
        return wanted < 64 ? wanted : 64;
    return processors < 1 ? 1 : processors > 64 ? 64 : (unsigned)processors;
}

/* Once a run: nobody shall think that plugins are contained as they should be. */
static void report_lacking(struct session *s) {
    static const char *const measures[LACKS_COUNT] = {"seccomp", "Landlock", "no_new_privs",
                                                      "resource limits", "PR_SET_PDEATHSIG"};
    struct buf list = BUF_INIT;
    for (int i = 0; i < LACKS_COUNT; i++)
        if (pool_lacking(s->pool) >> i & 1)
            buf_printf(&list, "%s%s", list.len ? ", " : "", measures[i]);
    if (list.len && !s->told_lacking) {
        struct diag *e = diag_warning(s->diags, (struct place){0}, "containment",
                                      "this system does not let workers have: %.*s",
                                      STR_ARG(buf_str(&list)));
        diag_help(s->diags, e, "plugins are contained by what is left: see SECURITY.md");
    }
    s->told_lacking = s->told_lacking || list.len;
    buf_free(&list);
}

static bool read_settings(struct session *s) {
    s->settings = (struct settings){.seconds = 0};
    s->read_settings = (struct unit){.kind = UNIT_SETTINGS};
    pool_add(s->pool, &s->read_settings);
    return session_run(s) && s->settings.root.slot;
}

bool session_start(struct session *s, const struct session_options *o, int *status) {
    const struct pool_owner owner = {s, write_unit, take_record, unit_done, tick};
    int failed = uv_loop_init(&s->loop);
    if (failed) {
        diag_error(s->diags, (struct place){0}, "workers", "no event loop: %s",
                   uv_strerror(failed));
        *status = 3;
        return false;
    }
    shelf_open(&s->shelf);
    s->needs_plugins = o->needs_plugins;
    s->pool = pool_new(&s->loop, worker_count(o->workers), s->shelf.heads_fd, o->images, &owner);
    return session_load(s, status);
}

bool session_load(struct session *s, int *status) {
    *status = 2;
    pool_restart(s->pool);
    pool_clear_setup(s->pool);
    s->shows_site = false;
    s->plugin_count = s->export_count = s->reader_count = 0;
    s->plugins = NULL;
    s->exports = NULL;
    s->readers = NULL; // their endings stay until there are others: a watcher filters by them
    arena_reset(&s->config);
    bool has_settings = read_settings(s);
    report_lacking(s);
    if (!has_settings)
        return false;
    pool_set_deadline(s->pool, s->settings.seconds);
    if (s->needs_plugins && !plugins_find(s))
        return false;
    s->configure = (struct unit){.kind = UNIT_CONFIG};
    pool_add_setup(s->pool, &s->configure);
    plugins_load(s);
    *status = 3;
    if (!session_run(s))
        return false;
    plugins_gather(s);
    *status = 0;
    return true;
}

bool session_open(struct session *s, const struct session_options *o, struct diags *d,
                  int *status) {
    struct session_options own = *o;
    *status = 2;
    if (!session_find(s, o->site, d))
        return false;
    s->own_images = own.images = memfd_create("fascia-images", MFD_CLOEXEC);
    return session_start(s, &own, status);
}

void session_close(struct session *s) {
    if (s->pool) {
        pool_free(s->pool);
        uv_loop_close(&s->loop);
        shelf_close(&s->shelf);
    }
    if (s->own_images >= 0)
        close(s->own_images);
    while (s->free_answers) {
        struct answer *a = s->free_answers;
        s->free_answers = a->next_free;
        for (int k = 0; k < RECORD_END; k++)
            buf_free(&a->record[k]);
        free(a);
    }
    buf_free(&s->log);
    arena_free(&s->update);
    arena_free(&s->config);
    arena_free(&s->arena);
}

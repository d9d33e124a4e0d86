/* `fascia test --record OUTPUT`: a rendering of the real site becomes a test. Its articles and
 * settings are made smaller as long as the same bytes come out, which is found out by running the
 * test; what stands on a line that the rendering read is kept in any case. */
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include "output.h"
#include "testing_record.h"
#include "utf8.h"
#include "wire.h"

enum { MOST_TRIES = 2000, MOST_ARTICLES = 200 };

/* Running the test as it would be now */

static bool write_unit(void *client, struct unit *u, struct buf *request) {
    struct recording *r = client;
    struct buf text = BUF_INIT;
    (void)u;
    record_put_test(&text, r);
    wire_put_u32(request, UNIT_TEST);
    wire_put_str(request, r->file);
    wire_put_str(request, r->file);
    wire_put_str(request, buf_str(&text));
    wire_put_str(request, r->folder);
    wire_put_u32(request, false);
    wire_put_u32(request, (uint32_t)r->article_count + 1);
    for (size_t i = 0; i < r->article_count; i++) {
        text.len = 0;
        record_put_article(&text, &r->articles[i]);
        wire_put_str(request, r->articles[i].name);
        wire_put_str(request, r->articles[i].path);
        wire_put_str(request, buf_str(&text));
    }
    wire_put_str(request, r->golden);
    wire_put_str(request, r->golden);
    wire_put_str(request, r->output);
    buf_free(&text);
    return true;
}

/* It begins, and it passes. */
static void unit_done(void *client, struct unit *u, enum pool_end end, const char *why,
                      struct answer *answer) {
    struct recording *r = client;
    struct wire in = {.rest = buf_str(&answer->record[RECORD_TEST])};
    struct diags ignored = {.arena = &r->session.update};
    (void)u, (void)why;
    r->has_passed = false;
    while (end == POOL_MADE && in.rest.len && !in.bad) {
        r->has_passed = wire_u32(&in) == TEST_PASSED;
        wire_u32(&in);
        wire_u64(&in);
        wire_str(&in);
        for (uint32_t n = wire_u32(&in); n > 0 && !in.bad; n--)
            wire_diag(&in, &ignored);
    }
    arena_reset(&r->session.update);
}

static bool passes(struct recording *r) {
    struct unit unit = {.kind = UNIT_TEST, .plugin = UINT32_MAX};
    r->tries++;
    r->has_passed = false;
    pool_add(r->session.pool, &unit);
    return session_run(&r->session) && r->has_passed;
}

/* Making it smaller */

static bool set_dropped(struct piece **pieces, size_t begin, size_t end, bool *was) {
    bool any = false;
    for (size_t i = begin; i < end; i++) {
        was[i] = pieces[i]->is_dropped;
        pieces[i]->is_dropped = was[i] || !pieces[i]->is_read;
        any = any || pieces[i]->is_dropped != was[i];
    }
    return any;
}

/* Halves first, then quarters, down to single pieces. */
static void reduce(struct recording *r, struct piece **pieces, size_t count) {
    bool *was = ARENA_ARRAY(&r->arena, bool, count + 1);
    for (size_t size = count; size > 0; size /= 2)
        for (size_t begin = 0; begin < count && r->tries < MOST_TRIES; begin += size) {
            size_t end = begin + size < count ? begin + size : count;
            if (!set_dropped(pieces, begin, end, was) || passes(r))
                continue;
            for (size_t i = begin; i < end; i++)
                pieces[i]->is_dropped = was[i];
        }
}

static void reduce_all(struct recording *r) {
    struct piece *settings[MOST_SETTINGS];
    for (size_t i = 0; i < r->article_count; i++) {
        struct recorded_article *a = &r->articles[i];
        struct piece **pieces = ARENA_ARRAY(&r->arena, struct piece *, a->count + 1);
        for (size_t k = 0; k < a->count; k++)
            pieces[k] = &a->pieces[k];
        reduce(r, pieces, a->count);
    }
    for (size_t i = 0; i < r->setting_count; i++)
        settings[i] = &r->settings[i].piece;
    reduce(r, settings, r->setting_count);
}

/* Taking what is there */

static bool has_article(const struct recording *r, struct str path) {
    for (size_t i = 0; i < r->article_count; i++)
        if (str_eq(r->articles[i].path, path))
            return true;
    return false;
}

static bool add_article(struct recording *r, struct str path) {
    struct session *s = &r->session;
    struct str place = content_join(&r->arena, s->content, path);
    struct buf bytes = BUF_INIT;
    if (r->article_count == MOST_ARTICLES || has_article(r, path))
        return true;
    bool good = content_read(&bytes, place, place, s->settings.file_bytes, s->diags);
    if (good) {
        struct recorded_article *a = &r->articles[r->article_count++];
        *a = (struct recorded_article){.path = path, .name = path};
        record_cut(r, a, arena_str(&r->arena, buf_str(&bytes)));
    }
    buf_free(&bytes);
    return good;
}

/* The one that it is made for and those that it read; or all, when these are not enough. */
static bool add_articles(struct recording *r, bool all) {
    bool good = r->from.article.len == 0 || add_article(r, r->from.article);
    for (const struct explained_read *one = r->from.reads; one && good; one = one->next)
        if (!str_eq(one->file, STR("site.yaml")))
            good = add_article(r, one->file);
    for (uint32_t i = 0; i < r->from.article_count && all && good; i++)
        good = add_article(r, r->from.articles[i]);
    return good;
}

static bool take_output(struct recording *r, struct str file) {
    struct buf bytes = BUF_INIT;
    bool good = content_read(&bytes, file, file, r->session.settings.output_bytes,
                             r->session.diags);
    r->output = arena_str(&r->arena, buf_str(&bytes));
    buf_free(&bytes);
    return good;
}

/* Names that nothing has yet */

static struct str numbered(struct recording *r, struct str name, unsigned n) {
    size_t slash = str_rfind_char(name, '/'), begin = slash < name.len ? slash + 1 : 0;
    size_t dot = begin + str_find_char(str_from(name, begin), '.');
    return n == 1 ? name
                  : arena_printf(&r->arena, "%.*s-%u%.*s", (int)dot, name.at, n,
                                 STR_ARG(str_from(name, dot)));
}

static bool is_taken(struct recording *r, struct str name) {
    return access(content_join(&r->arena, r->folder, name).at, F_OK) == 0;
}

static struct str free_name(struct recording *r, struct str name) {
    unsigned n = 1;
    while (is_taken(r, numbered(r, name, n)))
        n++;
    return numbered(r, name, n);
}

/* "tea.faq.csv" of faq.csv for notes/tea.md; of a whole site just "rss.xml". */
static struct str golden_name(struct recording *r) {
    struct str path = r->from.article, export = r->from.export;
    struct str item = r->from.item ? arena_printf(&r->arena, "-%u", r->from.item + 1) : STR("");
    struct str key = utf8_slug(&r->arena, r->from.key);
    if (key.len)
        item = arena_printf(&r->arena, "-%.*s", STR_ARG(key));
    if (path.len == 0)
        return arena_printf(&r->arena, "site%.*s.%.*s", STR_ARG(item), STR_ARG(export));
    size_t slash = str_rfind_char(path, '/'), begin = slash < path.len ? slash + 1 : 0;
    struct str stem = str_slice(path, begin, str_rfind_char(path, '.'));
    return arena_printf(&r->arena, "%.*s%.*s.%.*s", STR_ARG(stem), STR_ARG(item), STR_ARG(export));
}

/* Writing: all of it below the site's folder of plugins */

static bool write_one(struct recording *r, struct output *o, struct str name, struct str bytes,
                      struct buf *report) {
    const char *fault = output_path_fault(name);
    if (fault)
        diag_error(r->session.diags, (struct place){.path = name}, "output", "%s", fault);
    if (fault || !output_write(o, name, bytes, r->session.diags))
        return false;
    buf_printf(report, "wrote %.*s\n", STR_ARG(content_join(&r->arena, o->place, name)));
    return true;
}

/* Of a file beside the test. */
static bool write_beside(struct recording *r, struct output *o, struct str name, struct str bytes,
                         struct buf *report) {
    struct str folder = arena_printf(&r->arena, "%.*s_test", STR_ARG(r->from.plugin));
    return write_one(r, o, content_join(&r->arena, folder, name), bytes, report);
}

static bool write_fixtures(struct recording *r, struct output *o, struct buf *report) {
    bool good = true;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < r->article_count && good; i++) {
        text.len = 0;
        record_put_article(&text, &r->articles[i]);
        good = write_beside(r, o, r->articles[i].name, buf_str(&text), report);
    }
    good = good && write_beside(r, o, r->golden, r->output, report);
    buf_free(&text);
    return good;
}

/* What the file holds already stays at its front. */
static bool write_test(struct recording *r, struct output *o, struct buf *report) {
    struct str file = content_join(&r->arena, o->place, r->file);
    struct buf text = BUF_INIT;
    bool is_new = access(file.at, F_OK) != 0;
    bool good = is_new || content_read(&text, file, file, 4 << 20, r->session.diags);
    if (text.len)
        buf_put(&text, str_ends(buf_str(&text), STR("\n")) ? STR("\n") : STR("\n\n"));
    record_put_test(&text, r);
    good = good && write_one(r, o, r->file, buf_str(&text), report);
    buf_free(&text);
    return good;
}

static bool write_all(struct recording *r, struct buf *report) {
    struct str plugins = content_join(&r->arena, r->session.site, STR("plugins"));
    struct output o;
    bool good = output_open(&o, plugins, plugins, r->session.diags) &&
                write_fixtures(r, &o, report) && write_test(r, &o, report);
    output_close(&o);
    return good;
}

/* The flow */

static bool find_export(struct recording *r, struct str file) {
    struct session *s = &r->session;
    r->export = session_export(s, r->from.export);
    if (!r->export) {
        diag_error(s->diags, (struct place){.path = file}, "not-an-output",
                   "export '%.*s' is not there any more", STR_ARG(r->from.export));
        return false;
    }
    r->from.plugin = s->plugins[r->export->plugin].name;
    struct str plugins = content_join(&r->arena, s->site, STR("plugins"));
    r->file = arena_printf(&r->arena, "%.*s_test.lua", STR_ARG(r->from.plugin));
    r->folder = content_join(&r->arena, plugins,
                             arena_printf(&r->arena, "%.*s_test", STR_ARG(r->from.plugin)));
    r->golden = golden_name(r);
    return true;
}

static bool is_reproduced(struct recording *r, struct str file) {
    if (!add_articles(r, false))
        return false;
    if (passes(r) || (add_articles(r, true) && passes(r)))
        return true;
    struct diag *e = diag_error(r->session.diags, (struct place){.path = file}, "not-reproduced",
                                "other bytes come out when this is made again in a test");
    diag_help(r->session.diags, e, "run `fascia build` first, in case it is out of date");
    return false;
}

static int record(struct recording *r, struct str file, struct buf *report) {
    if (!find_export(r, file) || !take_output(r, file))
        return 1;
    r->articles = ARENA_ARRAY(&r->arena, struct recorded_article, MOST_ARTICLES);
    record_take_settings(r);
    if (!is_reproduced(r, file))
        return 1;
    reduce_all(r);
    r->golden = free_name(r, r->golden);
    for (size_t i = 0; i < r->article_count; i++)
        r->articles[i].name = free_name(r, r->articles[i].path);
    return write_all(r, report) ? 0 : 1;
}

int testing_record(struct str site, struct str file, struct buf *report, struct diags *d) {
    struct recording r = {.session = {.own_images = -1}};
    const struct explain_options asked = {.file = file, .site = site};
    int status = 2;
    if (explain_output(&r.from, &r.arena, &asked, d) &&
        session_find(&r.session, r.from.site, d)) {
        struct session_options how = {.site = r.from.site, .workers = 1, .needs_plugins = true};
        r.session.client = &r;
        r.session.write = write_unit;
        r.session.done = unit_done;
        how.images = r.session.own_images = memfd_create("fascia-images", MFD_CLOEXEC);
        if (session_start(&r.session, &how, &status))
            status = record(&r, file, report);
    }
    session_close(&r.session);
    arena_free(&r.arena);
    return status;
}

#include "build.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "output.h"
#include "taken.h"
#include "utf8.h"
#include "wire.h"

struct built {
    struct content_file file;
    struct unit read;
    bool is_read;         /* its image is on the shelf, its number the place in the list */
    bool is_live;
    uint32_t *list_counts; /* for each EACH_LIST export, how many items; NULL: no such export */
};

struct build {
    struct session session;
    const struct build_options *options;
    struct build_result *result;
    struct content_list files;
    struct built *articles;
    struct output output;
    struct taken slugs, paths;
    struct unit show_site;
    struct str now;
    struct str *rendering_names; /* of paths, for collisions: by owner number */
    size_t to_read, read, to_render, rendered;
    bool is_rendering;
};

/* Reading */

static struct place place_of(const struct build *b, uint32_t article) {
    return (struct place){.path = b->articles[article].file.place};
}

static bool write_read(struct build *b, struct unit *u, struct buf *request) {
    struct session *s = &b->session;
    struct content_file *f = &b->articles[u->article].file;
    struct buf bytes = BUF_INIT;
    struct str path = content_join(&s->arena, s->content, f->path);
    bool good = content_read(&bytes, path, f->place, s->settings.file_bytes, s->diags);
    if (good) {
        wire_put_u32(request, UNIT_READ);
        wire_put_str(request, f->place);
        wire_put_str(request, f->path);
        wire_put_str(request, buf_str(&bytes));
    } else {
        b->read++;
    }
    buf_free(&bytes);
    return good;
}

static void count_lists(struct build *b, struct built *a, struct node root) {
    struct session *s = &b->session;
    for (uint32_t i = 0; i < s->export_count; i++) {
        if (!s->exports[i].is_made || s->exports[i].each != EACH_LIST)
            continue;
        if (!a->list_counts)
            a->list_counts = ARENA_ARRAY(&s->arena, uint32_t, s->export_count);
        a->list_counts[i] = node_count(node_get(root, s->exports[i].list));
    }
}

static void take_image(struct build *b, uint32_t article, struct str bytes) {
    struct image image;
    struct diags *d = b->session.diags;
    if (!image_open(&image, bytes, false))
        diag_error(d, place_of(b, article), "protocol", "a worker sent an article that makes no sense");
    else if (!shelf_put(&b->session.shelf, article, &image))
        diag_error(d, place_of(b, article), "memory", "no memory is left for this article");
    else {
        b->articles[article].is_read = true;
        count_lists(b, &b->articles[article], image_root(&image));
    }
}

static void read_done(struct build *b, const struct unit *u, enum pool_end end, const char *why,
                      const struct answer *answer) {
    struct session *s = &b->session;
    b->read++;
    session_take_diags(s, answer);
    if (end == POOL_MADE)
        take_image(b, u->article, buf_str(&answer->record[RECORD_IMAGE]));
    else if (end != POOL_FAILED)
        session_report_death(s, place_of(b, u->article), "reading this file", end, why, answer);
}

static bool read_articles(struct build *b) {
    b->to_read = b->files.count;
    b->articles = ARENA_ARRAY(&b->session.arena, struct built, b->files.count);
    for (uint32_t i = 0; i < b->files.count; i++) {
        struct built *a = &b->articles[i];
        a->file = b->files.files[i];
        a->read = (struct unit){.kind = UNIT_READ, .article = i};
        pool_add(b->session.pool, &a->read);
    }
    return session_run(&b->session);
}

/* What belongs to the site: no drafts, and of two articles with one slug the first by path. */

static void report_slug(struct build *b, uint32_t article, uint32_t first, struct node root) {
    struct span span = node_span(node_get(root, STR("slug")));
    struct place at = place_of(b, article);
    struct str slug = node_get_string(root, STR("slug"));
    at.line = span.line;
    at.col = span.col;
    struct diag *e = diag_error(b->session.diags, at, "slug-taken",
                                "the slug '%.*s' is taken by %.*s: this article is left out",
                                STR_ARG(slug), STR_ARG(b->articles[first].file.place));
    diag_help(b->session.diags, e, "give one of them another `slug:` in its front matter");
}

static void settle(struct build *b, uint32_t article) {
    struct image head = shelf_head(&b->session.shelf, article);
    struct node root = image_root(&head);
    struct built *a = &b->articles[article];
    if (node_boolean(node_get(root, STR("draft")))) {
        b->result->drafts++;
    } else {
        uint64_t *owner = taken_claim(&b->slugs, node_get_string(root, STR("slug")), article);
        if (owner)
            report_slug(b, article, (uint32_t)*owner, root);
        a->is_live = !owner;
    }
    b->result->articles += a->is_live;
    shelf_set_live(&b->session.shelf, article, a->is_live);
}

/* The build's time: SOURCE_DATE_EPOCH (reproducible-builds.org), else the newest article's date,
 * so that the same content gives the same bytes on any day. */
static struct str epoch_time(struct arena *a, const char *seconds) {
    char text[32];
    struct tm utc;
    char *end;
    time_t t = (time_t)strtoll(seconds, &end, 10);
    if (*end || end == seconds || !gmtime_r(&t, &utc))
        return STR("");
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_str(a, str_of(text));
}

static struct str newest_date(struct build *b) {
    struct str newest = STR("");
    for (uint32_t i = 0; i < b->files.count; i++) {
        static const struct str fields[] = {STR_INIT("date"), STR_INIT("updated")};
        if (!b->articles[i].is_live)
            continue;
        struct image head = shelf_head(&b->session.shelf, i);
        for (int k = 0; k < 2; k++) {
            struct str date = node_get_string(image_root(&head), fields[k]);
            if (str_compare(date, newest) > 0)
                newest = date;
        }
    }
    return newest;
}

static struct str build_time(struct build *b) {
    struct arena *a = &b->session.arena;
    const char *asked = getenv("SOURCE_DATE_EPOCH");
    struct str now = asked ? epoch_time(a, asked) : STR("");
    if (now.len == 0)
        now = newest_date(b);
    if (now.len == 0)
        return STR("1970-01-01T00:00:00Z");
    return now.len == 10 ? arena_join(a, now, STR("T00:00:00Z")) : now;
}

/* Rendering */

static const struct known_export *export_of(const struct build *b, const struct unit *u) {
    return &b->session.exports[u->export];
}

static bool write_render(struct build *b, const struct unit *u, struct buf *request) {
    const struct known_export *e = export_of(b, u);
    wire_put_u32(request, u->kind);
    wire_put_u32(request, e->plugin);
    wire_put_u32(request, e->number);
    if (u->kind == UNIT_RENDER) {
        wire_put_u32(request, u->article);
        wire_put_u32(request, u->item);
    }
    return true;
}

static bool write_unit(void *client, struct unit *u, struct buf *request) {
    struct build *b = client;
    switch (u->kind) {
    case UNIT_READ:
        return write_read(b, u, request);
    case UNIT_SITE:
        return session_write_site(&b->session, b->now, request);
    default:
        return write_render(b, u, request);
    }
}

/* "export 'faq.csv' of content/a.md" */
static struct str rendering_name(struct build *b, const struct unit *u) {
    struct arena *a = &b->session.arena;
    struct str name = export_of(b, u)->name;
    if (u->article != NO_ARTICLE)
        return arena_printf(a, "export '%.*s' of %.*s", STR_ARG(name),
                            STR_ARG(b->articles[u->article].file.place));
    if (u->item)
        return arena_printf(a, "export '%.*s' of item %u", STR_ARG(name), u->item + 1);
    return arena_printf(a, "export '%.*s'", STR_ARG(name));
}

static struct place plugin_place(const struct build *b, const struct unit *u) {
    return (struct place){.path = b->session.plugins[export_of(b, u)->plugin].place};
}

/* Renderings in an order that does not depend on which worker was faster. */
static uint64_t rank(const struct unit *u) {
    uint64_t article = u->article == NO_ARTICLE ? 0 : (uint64_t)u->article + 1;
    return article << 40 | (uint64_t)(u->export & 0xFFFFF) << 20 | (u->item & 0xFFFFF);
}

static struct unit unit_of_rank(uint64_t rank) {
    uint32_t article = (uint32_t)(rank >> 40);
    return (struct unit){.article = article ? article - 1 : NO_ARTICLE,
                         .export = (uint32_t)(rank >> 20) & 0xFFFFF,
                         .item = (uint32_t)rank & 0xFFFFF};
}

/* Whether this rendering may write to the path: of two, the one of lower rank does, whichever
 * came first. */
static bool claim_path(struct build *b, const struct unit *u, struct str path) {
    uint64_t *owner = taken_claim(&b->paths, path, rank(u));
    if (!owner)
        return true;
    bool wins = rank(u) < *owner;
    struct unit other = unit_of_rank(*owner), first = wins ? *u : other, second = wins ? other : *u;
    diag_error(b->session.diags, plugin_place(b, &second), "path-taken",
               "%s and %s both write %.*s/%.*s: only the first is kept",
               rendering_name(b, &first).at, rendering_name(b, &second).at,
               STR_ARG(b->output.place), STR_ARG(path));
    if (wins)
        *owner = rank(u);
    return wins;
}

static void write_output(struct build *b, const struct unit *u, const struct answer *answer) {
    struct session *s = &b->session;
    struct str path = buf_str(&answer->record[RECORD_PATH]);
    const char *fault = output_path_fault(path);
    b->result->renderings++;
    if (fault) {
        struct str visible = utf8_visible(&s->arena, path);
        diag_error(s->diags, plugin_place(b, u), "bad-path", "%s: its path '%.*s' cannot be used: %s",
                   rendering_name(b, u).at, STR_ARG(visible), fault);
    } else if (claim_path(b, u, path)) {
        output_write(&b->output, path, buf_str(&answer->record[RECORD_BYTES]), s->diags);
    }
}

static void render_done(struct build *b, const struct unit *u, enum pool_end end, const char *why,
                        const struct answer *answer) {
    struct session *s = &b->session;
    b->rendered++;
    session_take_diags(s, answer);
    if (end == POOL_MADE) {
        write_output(b, u, answer);
    } else if (end == POOL_FAILED) {
        b->result->renderings++;
    } else if (end != POOL_SKIPPED) {
        b->result->renderings++;
        session_report_death(s, plugin_place(b, u), rendering_name(b, u).at, end, why, answer);
    }
}

static void add_rendering(struct build *b, uint32_t export, uint32_t article, uint32_t item) {
    struct unit *u = ARENA_NEW(&b->session.arena, struct unit);
    *u = (struct unit){.kind = UNIT_RENDER, .export = export, .article = article, .item = item,
                       .plugin = b->session.exports[export].plugin};
    pool_add(b->session.pool, u);
    b->to_render++;
}

static void count_done(struct build *b, const struct unit *u, enum pool_end end, const char *why,
                       const struct answer *answer) {
    struct wire in = {.rest = buf_str(&answer->record[RECORD_COUNT])};
    session_take_diags(&b->session, answer);
    if (end == POOL_TIMED_OUT || end == POOL_DIED)
        session_report_death(&b->session, plugin_place(b, u), rendering_name(b, u).at, end, why,
                             answer);
    uint32_t count = end == POOL_MADE ? wire_u32(&in) : 0;
    for (uint32_t i = 0; i < count && i < 0xFFFFF; i++)
        add_rendering(b, u->export, NO_ARTICLE, i);
}

static void unit_done(void *client, struct unit *u, enum pool_end end, const char *why,
                      struct answer *answer) {
    struct build *b = client;
    if (u->kind == UNIT_READ)
        read_done(b, u, end, why, answer);
    else if (u->kind == UNIT_RENDER)
        render_done(b, u, end, why, answer);
    else if (u->kind == UNIT_COUNT)
        count_done(b, u, end, why, answer);
}

static void add_site_exports(struct build *b) {
    for (uint32_t i = 0; i < b->session.export_count; i++) {
        const struct known_export *e = &b->session.exports[i];
        if (!e->is_made)
            continue;
        if (e->each == EACH_SITE)
            add_rendering(b, i, NO_ARTICLE, 0);
        if (e->each == EACH_FUNCTION) {
            struct unit *u = ARENA_NEW(&b->session.arena, struct unit);
            *u = (struct unit){.kind = UNIT_COUNT, .export = i, .article = NO_ARTICLE,
                               .plugin = e->plugin};
            pool_add(b->session.pool, u);
        }
    }
}

static void add_article_exports(struct build *b, uint32_t article) {
    const struct built *a = &b->articles[article];
    for (uint32_t i = 0; a->is_live && i < b->session.export_count; i++) {
        const struct known_export *e = &b->session.exports[i];
        if (!e->is_made)
            continue;
        if (e->each == EACH_ARTICLE)
            add_rendering(b, i, article, 0);
        for (uint32_t n = 0; e->each == EACH_LIST && n < a->list_counts[i]; n++)
            add_rendering(b, i, article, n);
    }
}

static bool render_all(struct build *b) {
    b->is_rendering = true;
    session_show_site(&b->session, &b->show_site);
    add_site_exports(b); // the longest first
    for (uint32_t i = 0; i < b->files.count; i++)
        add_article_exports(b, i);
    return session_run(&b->session);
}

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

static const char *output_folder_fault(const struct build *b, const char *out) {
    const char *home = getenv("HOME");
    if (same_folder(out, "/"))
        return "the output folder may not be /";
    if (home && *home && same_folder(out, home))
        return "the output folder may not be the home folder";
    if (lies_in(b->session.content.at, out))
        return "the output folder may not hold the content folder";
    if (lies_in(out, b->session.content.at))
        return "the output folder may not lie in the content folder";
    return NULL;
}

static bool open_output(struct build *b) {
    struct session *s = &b->session;
    struct str out = b->options->out;
    out = out.len ? arena_str(&s->arena, out) : content_join(&s->arena, s->site, STR("public"));
    const char *fault = output_folder_fault(b, out.at);
    struct str parent = str_slice(out, 0, str_rfind_char(out, '/'));
    if (!fault && parent.len < out.len && parent.len &&
        lies_in(arena_str(&s->arena, parent).at, s->content.at))
        fault = "the output folder may not lie in the content folder";
    if (fault) {
        diag_error(s->diags, (struct place){.path = out}, "output", "%s", fault);
        return false;
    }
    b->result->out = arena_str(s->diags->arena, out);
    return output_open(&b->output, out, out, s->diags);
}

static void tick(void *client) {
    struct build *b = client;
    if (b->options->progress && b->is_rendering)
        b->options->progress("renderings", b->rendered, b->to_render);
    else if (b->options->progress)
        b->options->progress("articles read", b->read, b->to_read);
}

static bool find_content(struct build *b) {
    struct session *s = &b->session;
    if (content_find(&b->files, &s->arena, s->content, s->content_place, content_is_article, 0, 0,
                     s->diags))
        return b->files.count < SITE_MAX_ARTICLES;
    diag_error(s->diags, (struct place){.path = s->content_place}, "unreadable", "%s",
               strerror(errno));
    return false;
}

static bool choose_exports(struct build *b) {
    const struct build_options *o = b->options;
    if (o->only_count)
        return session_choose(&b->session, o->only, o->only_count, (struct place){0});
    return session_choose_from_settings(&b->session);
}

static int run(struct build *b) {
    struct session *s = &b->session;
    if (!choose_exports(b) || !open_output(b))
        return 2;
    if (!find_content(b))
        return 3;
    if (!read_articles(b))
        return 3;
    for (uint32_t i = 0; i < b->files.count; i++)
        if (b->articles[i].is_read)
            settle(b, i);
    b->now = build_time(b);
    if (!render_all(b))
        return 3;
    return s->diags->errors ? 1 : 0;
}

int build_site(const struct build_options *o, struct build_result *r, struct diags *d) {
    struct build b = {.options = o, .result = r, .output = {.root = -1, .folder = -1}};
    struct session_options how = {.site = o->site, .workers = o->workers, .needs_plugins = true};
    int status;
    *r = (struct build_result){0};
    if (session_open(&b.session, &how, d, &status)) {
        b.session.client = &b;
        b.session.write = write_unit;
        b.session.done = unit_done;
        b.session.tick = tick;
        b.slugs.arena = b.paths.arena = &b.session.arena;
        status = run(&b);
        r->written = b.output.written;
        r->unchanged = b.output.unchanged;
        r->log = b.session.log;
        b.session.log = (struct buf)BUF_INIT;
        output_close(&b.output);
    }
    session_close(&b.session);
    return status;
}

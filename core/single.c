#include "single.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"
#include "show.h"
#include "utf8.h"
#include "wire.h"

struct file {
    struct str open_path, place, path; /* path: what the article will call itself */
    struct str stem;
    struct unit unit;
    struct buf image; /* kept for show and for counting lists */
};

struct single {
    struct session session;
    const struct single_options *options;
    struct single_result *result;
    struct file *files;
    size_t count;
    uint64_t images_end; /* bytes in the file of whole images */
    const struct known_export *export;
    struct str now;
};

/* Which site a file lies in: the folder that holds the folder `content` above it. */
static struct str site_of(struct arena *a, struct str file) {
    char path[PATH_MAX];
    if (!realpath(arena_str(a, file).at, path))
        return STR("");
    for (char *slash = strrchr(path, '/'); slash && slash != path; slash = strrchr(path, '/')) {
        *slash = '\0';
        struct str folder = str_of(path);
        if (!str_ends(folder, STR("/content")))
            continue;
        folder.len -= 8;
        return folder.len ? arena_str(a, folder) : STR("/");
    }
    return STR("");
}

/* Relative to content/ when it lies there, else its name. */
static struct str path_in_content(struct single *s, struct str file) {
    char real[PATH_MAX], content[PATH_MAX];
    struct arena *a = &s->session.arena;
    if (s->session.has_site && realpath(arena_str(a, file).at, real) &&
        realpath(s->session.content.at, content)) {
        struct str r = str_of(real), c = str_of(content);
        if (str_starts(r, c) && r.len > c.len && r.at[c.len] == '/')
            return arena_str(a, str_from(r, c.len + 1));
    }
    size_t slash = str_rfind_char(file, '/');
    return slash < file.len ? str_from(file, slash + 1) : file;
}

static void take_file(struct single *s, size_t i, enum unit_kind kind) {
    struct file *f = &s->files[i];
    struct str given = s->options->files[i];
    f->open_path = f->place = arena_str(&s->session.arena, given);
    f->path = path_in_content(s, given);
    size_t slash = str_rfind_char(f->path, '/');
    struct str name = slash < f->path.len ? str_from(f->path, slash + 1) : f->path;
    size_t dot = str_rfind_char(name, '.');
    f->stem = dot ? str_slice(name, 0, dot) : name;
    const struct known_reader *r = session_reader(&s->session, f->path);
    f->unit = (struct unit){.kind = kind, .article = (uint32_t)i,
                            .plugin = r ? r->plugin : NO_PLUGIN};
    pool_add(s->session.pool, &f->unit);
}

static bool write_file(struct single *s, const struct unit *u, struct buf *request) {
    struct file *f = &s->files[u->article];
    struct buf bytes = BUF_INIT;
    bool good = content_read(&bytes, f->open_path, f->place, s->session.settings.file_bytes,
                             s->session.diags);
    if (good) {
        wire_put_u32(request, u->kind);
        wire_put_str(request, f->place);
        wire_put_str(request, f->path);
        wire_put_str(request, buf_str(&bytes));
        wire_put_u32(request, u->plugin);
    }
    buf_free(&bytes);
    return good;
}

/* Of what an `each` function gave. */
struct item {
    struct str key, value;
};

static bool write_unit(void *client, struct unit *u, struct buf *request) {
    struct single *s = client;
    if (u->kind == UNIT_READ || u->kind == UNIT_IMPORT)
        return write_file(s, u, request);
    if (u->kind == UNIT_SITE)
        return session_write_site(&s->session, s->now, request);
    wire_put_u32(request, u->kind);
    wire_put_u32(request, s->export->plugin);
    wire_put_u32(request, s->export->number);
    wire_put_u32(request, u->article);
    wire_put_u32(request, u->item);
    const struct item *of = u->subject;
    wire_put_str(request, of ? of->key : STR(""));
    wire_put_str(request, of ? of->value : STR(""));
    return true;
}

/* Outputs */

static void add_output(struct single *s, const struct unit *u, struct str name,
                       struct str bytes) {
    struct single_output *o = ARENA_NEW(&s->result->arena, struct single_output);
    *o = (struct single_output){.name = arena_str(&s->result->arena, name),
                                .article = u->article, .item = u->item};
    buf_put(&o->bytes, bytes);
    if (s->result->last)
        s->result->last->next = o;
    else
        s->result->first = o;
    s->result->last = o;
}

static struct str output_name(struct single *s, const struct unit *u) {
    struct arena *a = &s->session.arena;
    struct str export = s->export->name;
    if (u->article == NO_ARTICLE)
        return u->item ? arena_printf(a, "%u-%.*s", u->item + 1, STR_ARG(export)) : export;
    struct str stem = s->files[u->article].stem;
    if (u->item)
        return arena_printf(a, "%.*s-%u.%.*s", STR_ARG(stem), u->item + 1, STR_ARG(export));
    return arena_printf(a, "%.*s.%.*s", STR_ARG(stem), STR_ARG(export));
}

static bool keep_image(struct single *s, uint32_t article, const struct image *image) {
    struct str head = {(const char *)image->at, image_head_len(image)};
    struct shelf_image where = {s->images_end, hash_bytes(image->at, image->len, 0), image->len};
    s->images_end += image->len;
    return pwrite(s->session.own_images, image->at, image->len, (off_t)where.at) ==
               (ssize_t)image->len &&
           shelf_put(&s->session.shelf, article, head, where);
}

static void take_image(struct single *s, const struct unit *u, struct str bytes) {
    struct image image;
    struct file *f = &s->files[u->article];
    buf_put(&f->image, bytes);
    if (!image_open(&image, buf_str(&f->image), false) || !keep_image(s, u->article, &image)) {
        diag_error(s->session.diags, (struct place){.path = f->place}, "protocol",
                   "a worker sent an article that makes no sense");
        f->image.len = 0;
    }
}

static void take_remarks(struct single *s, const struct file *f, struct str bytes) {
    struct wire in = {.rest = bytes};
    while (in.rest.len && !in.bad) {
        uint32_t line = wire_u32(&in), dropped = wire_u32(&in);
        struct str text = utf8_visible(&s->session.arena, str_slice(wire_str(&in), 0, 200));
        diag_add(s->session.diags, SEVERITY_NOTE, (struct place){f->place, line, 1},
                 dropped ? "page-chrome" : "not-understood", "%s: %.*s",
                 dropped ? "left out, not part of the article" : "kept as a paragraph",
                 STR_ARG(text));
    }
}

static void report(struct single *s, const struct unit *u, enum pool_end end, const char *why,
                   const struct answer *answer) {
    struct arena *a = &s->session.arena;
    bool is_render = u->kind == UNIT_RENDER || u->kind == UNIT_ITEMS;
    struct str file = u->article == NO_ARTICLE ? STR("the site") : s->files[u->article].place;
    uint32_t plugin = is_render ? s->export->plugin : u->plugin;
    struct place at = {.path = plugin == NO_PLUGIN ? file : s->session.plugins[plugin].place};
    const struct item *of = is_render ? u->subject : NULL;
    struct str what = STR("reading this file");
    if (of)
        file = arena_printf(a, "'%.*s'", STR_ARG(utf8_visible(a, of->key)));
    if (is_render)
        what = arena_printf(a, "export '%.*s' of %.*s", STR_ARG(s->export->name), STR_ARG(file));
    else if (plugin != NO_PLUGIN)
        what = arena_printf(a, "reading %.*s", STR_ARG(file));
    session_report_death(&s->session, at, what.at, end, why, answer);
}

static void report_skipped(struct single *s, const struct unit *u) {
    struct str file = u->article == NO_ARTICLE ? STR("") : s->files[u->article].place;
    diag_error(s->session.diags, (struct place){.path = file}, "nothing-to-export",
               "export '%.*s' has nothing to say about this %s", STR_ARG(s->export->name),
               u->article == NO_ARTICLE ? "site" : "article");
}

static void add_rendering(struct single *s, uint32_t article, uint32_t item, struct item *of) {
    struct unit *u = ARENA_NEW(&s->session.arena, struct unit);
    *u = (struct unit){.kind = UNIT_RENDER, .article = article, .item = item, .subject = of,
                       .plugin = s->export->plugin};
    pool_add(s->session.pool, u);
}

static void add_items(struct single *s, const struct answer *answer) {
    struct wire items = {.rest = buf_str(&answer->record[RECORD_ITEMS])};
    struct arena *a = &s->session.arena;
    struct str key, value;
    if (!session_check_items(&s->session, answer,
                             (struct place){.path = s->session.plugins[s->export->plugin].place}))
        return;
    for (uint32_t n = 0; session_next_item(&items, &key, &value); n++) {
        struct item *of = ARENA_NEW(a, struct item);
        *of = (struct item){arena_str(a, key), arena_str(a, value)};
        add_rendering(s, NO_ARTICLE, n, of);
    }
}

static void unit_done(void *client, struct unit *u, enum pool_end end, const char *why,
                      struct answer *answer) {
    struct single *s = client;
    session_take_diags(&s->session, answer);
    if (u->kind == UNIT_SITE)
        return;
    if (pool_was_lost(end))
        report(s, u, end, why, answer);
    else if (end == POOL_SKIPPED && u->kind == UNIT_RENDER)
        report_skipped(s, u);
    if (end != POOL_MADE)
        return;
    if (u->kind == UNIT_ITEMS)
        add_items(s, answer);
    if (u->kind == UNIT_READ)
        take_image(s, u, buf_str(&answer->record[RECORD_IMAGE]));
    if (u->kind == UNIT_RENDER)
        add_output(s, u, output_name(s, u), buf_str(&answer->record[RECORD_BYTES]));
    if (u->kind == UNIT_IMPORT) {
        take_remarks(s, &s->files[u->article], buf_str(&answer->record[RECORD_REMARK]));
        add_output(s, u, arena_printf(&s->session.arena, "%.*s.md",
                                   STR_ARG(s->files[u->article].stem)),
                   buf_str(&answer->record[RECORD_BYTES]));
    }
}

/* Whether fascia itself reads them all: then nobody has to ask the plugins. */
static bool reads_all(const struct single_options *o) {
    for (size_t i = 0; i < o->file_count; i++)
        if (!site_reads(o->files[i]))
            return false;
    return true;
}

/* Opens the session and reads the files. Returns the exit status so far. */
static int open_and_read(struct single *s, bool needs_plugins, enum unit_kind kind,
                         struct diags *d) {
    const struct single_options *o = s->options;
    struct arena scratch = ARENA_INIT;
    struct session_options how = {.site = o->site.len ? o->site : site_of(&scratch, o->files[0]),
                                  .workers = o->file_count > 1 ? 0 : 1,
                                  .needs_plugins = needs_plugins || !reads_all(o)};
    int status;
    bool open = session_open(&s->session, &how, d, &status);
    arena_free(&scratch);
    if (!open)
        return status;
    s->session.client = s;
    s->session.write = write_unit;
    s->session.done = unit_done;
    s->count = o->file_count;
    s->files = ARENA_ARRAY(&s->session.arena, struct file, s->count);
    for (size_t i = 0; i < s->count; i++)
        take_file(s, i, kind);
    return session_run(&s->session) ? 0 : 3;
}

static int finish(struct single *s, int status) {
    for (size_t i = 0; s->files && i < s->count; i++)
        buf_free(&s->files[i].image);
    if (status == 0 && s->session.diags->errors)
        status = 1;
    s->result->log = s->session.log;
    s->session.log = (struct buf)BUF_INIT;
    session_close(&s->session);
    return status;
}

static void add_renderings(struct single *s) {
    uint32_t each = s->export->each;
    if (each == EACH_SITE)
        add_rendering(s, NO_ARTICLE, 0, NULL);
    if (each == EACH_FUNCTION) {
        struct unit *u = ARENA_NEW(&s->session.arena, struct unit);
        *u = (struct unit){.kind = UNIT_ITEMS, .article = NO_ARTICLE, .plugin = s->export->plugin};
        pool_add(s->session.pool, u);
    }
    for (uint32_t i = 0; i < s->count; i++) {
        struct image image;
        if (!image_open(&image, buf_str(&s->files[i].image), false))
            continue;
        uint32_t items = each == EACH_ARTICLE ? 1 : 0;
        if (each == EACH_LIST) {
            items = node_count(node_get(image_root(&image), s->export->list));
            if (items == 0)
                report_skipped(s, &s->files[i].unit);
        }
        for (uint32_t n = 0; n < items; n++)
            add_rendering(s, i, n, NULL);
    }
}

static int compare_outputs(const void *p, const void *q) {
    const struct single_output *const *a = p, *const *b = q;
    if ((*a)->article != (*b)->article)
        return (*a)->article < (*b)->article ? -1 : 1;
    return ((*a)->item > (*b)->item) - ((*a)->item < (*b)->item);
}

/* Workers answer in any order; the files' order is what a person expects. */
static void sort_outputs(struct single_result *r) {
    size_t count = 0, i = 0;
    for (struct single_output *o = r->first; o; o = o->next)
        count++;
    struct single_output **all = ARENA_ARRAY(&r->arena, struct single_output *, count + 1);
    for (struct single_output *o = r->first; o; o = o->next)
        all[i++] = o;
    qsort(all, count, sizeof *all, compare_outputs);
    for (i = 0; i < count; i++)
        all[i]->next = all[i + 1];
    r->first = all[0];
    r->last = count ? all[count - 1] : NULL;
}

int single_export(const struct single_options *o, struct single_result *r, struct diags *d) {
    struct single s = {.options = o, .result = r};
    *r = (struct single_result){0};
    int status = open_and_read(&s, true, UNIT_READ, d);
    if (status == 0 && !session_choose_from_settings(&s.session))
        status = 2;
    if (status == 0) {
        s.export = session_export(&s.session, o->export);
        if (!s.export) {
            session_choose(&s.session, &o->export, 1, (struct place){0}); // says what is near
            status = 2;
        }
    }
    if (status == 0) {
        s.now = shelf_now(&s.session.shelf, &s.session.arena);
        session_show_site(&s.session);
        add_renderings(&s);
        status = session_run(&s.session) ? 0 : 3;
        sort_outputs(r);
    }
    return finish(&s, status);
}

int single_show(const struct single_options *o, struct single_result *r, struct diags *d) {
    struct single s = {.options = o, .result = r};
    *r = (struct single_result){0};
    int status = open_and_read(&s, false, UNIT_READ, d);
    for (size_t i = 0; status == 0 && i < s.count; i++) {
        struct image image;
        struct buf tree = BUF_INIT;
        if (!image_open(&image, buf_str(&s.files[i].image), false))
            continue;
        show_node(&tree, image_root(&image));
        add_output(&s, &s.files[i].unit, s.files[i].stem, buf_str(&tree));
        buf_free(&tree);
    }
    return finish(&s, status);
}

int single_import(const struct single_options *o, struct single_result *r, struct diags *d) {
    struct single s = {.options = o, .result = r};
    *r = (struct single_result){0};
    return finish(&s, open_and_read(&s, false, UNIT_IMPORT, d));
}

void single_free(struct single_result *r) {
    for (struct single_output *o = r->first; o; o = o->next)
        buf_free(&o->bytes);
    buf_free(&r->log);
    arena_free(&r->arena);
}

/* Fixtures of a test: texts that the real readers read into small sites, of the form that the
 * parent gives to workers (see site.h), in this worker's own memory. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "moment.h"
#include "plugin_test.h"
#include "protocol.h"

enum { FIXTURE_BYTES = 64 << 20 /* of all images */ };
#define UNKNOWN UINT32_MAX

static const struct str content = STR_INIT("content/");

/* Every fixture of the file, for proxies in the test: memory that is used as it fills. */

bool fixture_open(struct test_state *t) {
    t->image_bytes = MOST_FIXTURES * sizeof(struct site_entry);
    void *at = mmap(NULL, FIXTURE_BYTES, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED)
        return false;
    t->site = (struct site){.heads = at, .heads_len = FIXTURE_BYTES, .count = MOST_FIXTURES};
    return true;
}

void fixture_close(struct test_state *t) {
    munmap((void *)(uintptr_t)t->site.heads, FIXTURE_BYTES);
    buf_free(&t->out);
    buf_free(&t->image);
    buf_free(&t->items);
    arena_free(&t->render_arena);
}

static struct site_entry entry_of(const struct image *whole, uint64_t at, bool live) {
    return (struct site_entry){.head_at = at, .head_len = whole->len, .image_len = whole->len,
                               .live = live};
}

/* Appends the article's image. */
static bool read_fixture(struct test_state *t, const struct fixture *f, const struct reading *how,
                         struct buf *out, struct diags *d) {
    struct arena *a = &t->render_arena;
    struct str place = arena_join(a, content, f->path);
    struct file_reading r = {.plugin = plugins_reader(t->test->plugins, f->path), .arena = a,
                             .how = how, .settings = t->test->settings};
    struct source s;
    struct value *article;
    if (!source_open(&s, a, place, f->path, f->text, d) ||
        !plugin_read_article(&r, &article, &s, d))
        return false;
    struct str backings[] = {value_get_string(article, STR("html")),
                             value_get_string(article, STR("text")),
                             value_get_string(article, STR("markdown"))};
    if (image_freeze(out, article, 0, backings, 3))
        return true;
    diag_error(d, (struct place){.path = place}, "too-large",
               "the article is nested too deep or too large");
    return false;
}

/* Where a text of the test file begins: it stands there as it is, but for escapes. */
static uint32_t lines_above(struct str file, struct str text) {
    size_t at = str_find(file, text);
    uint32_t lines = 0;
    for (size_t i = 0; i < at; i++)
        lines += file.at[i] == '\n';
    return at < file.len ? lines : UNKNOWN;
}

static struct fixture *new_fixture(struct test_state *t, struct str path, struct str text,
                                   const struct bundle_file *file) {
    struct arena *a = t->test->arena;
    struct fixture *f = ARENA_NEW(a, struct fixture);
    *f = (struct fixture){.path = arena_str(a, path), .text = arena_str(a, text)};
    f->place = file ? file->place : t->test->place;
    f->lines_above = file ? 0 : lines_above(t->test->bytes, text);
    return f;
}

bool fixture_add(struct test_state *t, struct str path, struct str text,
                 const struct bundle_file *file, uint32_t *number, struct diags *d) {
    struct reading how = {.words = words_builtin()};
    uint32_t n = 0;
    while (n < MOST_FIXTURES && t->fixtures[n])
        n++;
    if (n == MOST_FIXTURES)
        return false;
    t->fixtures[n] = new_fixture(t, path, text, file); // known before it is read, for places
    t->image.len = 0;
    if (!read_fixture(t, t->fixtures[n], &how, &t->image, d) ||
        t->image.len > FIXTURE_BYTES - t->image_bytes)
        return false;
    unsigned char *heads = (unsigned char *)(uintptr_t)t->site.heads;
    memcpy(heads + t->image_bytes, t->image.at, t->image.len);
    const struct image whole = {heads + t->image_bytes, (uint32_t)t->image.len};
    ((struct site_entry *)(void *)heads)[n] = entry_of(&whole, t->image_bytes, true);
    t->image_bytes += (t->image.len + 7) / 8 * 8;
    *number = n;
    return true;
}

/* Settings, written as JSON, which YAML is wide enough to read. */
static bool read_settings(struct test_state *t, struct fixture_site *s, struct str json,
                          struct diags *d) {
    struct arena *a = t->test->arena;
    struct place at = {.path = t->test->place};
    struct source source;
    struct value *record;
    t->image.len = 0;
    if (!source_open(&source, a, at.path, at.path, json, d) ||
        !settings_read(&record, a, &source, d) || d->first || // a warning names a mistyped key
        !settings_reading(&s->reading, a, record, at, d))
        return false;
    if (!image_freeze(&t->image, record, 0, NULL, 0)) {
        diag_error(d, at, "too-large", "the settings are nested too deep or too large");
        return false;
    }
    char *bytes = arena_alloc(a, t->image.len);
    memcpy(bytes, t->image.at, t->image.len);
    s->settings = (struct image){(unsigned char *)bytes, (uint32_t)t->image.len};
    s->site.settings = s->settings;
    return true;
}

static bool is_export(const struct plugins *all, struct str name) {
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t k = 0; k < all->at[i].export_count; k++)
            if (str_eq(all->at[i].exports[k].name, name))
                return true;
    return false;
}

static int compare_names(const void *p, const void *q) {
    return str_compare(*(const struct str *)p, *(const struct str *)q);
}

/* The exports that count as made: those of the settings, else all. */
static bool take_exports(struct test_state *t, struct fixture_site *s, struct diags *d) {
    const struct plugins *all = t->test->plugins;
    struct node given = node_get(image_root(&s->settings), STR("exports"));
    size_t count = node_count(given), i = 0;
    for (uint32_t p = 0; p < all->count && node_count(given) == 0; p++)
        count += all->at[p].export_count;
    struct str *names = ARENA_ARRAY(t->test->arena, struct str, count);
    for (uint32_t n = 0; n < node_count(given); n++, i++) {
        names[i] = node_string(node_item(given, n));
        if (!is_export(all, names[i])) {
            diag_error(d, (struct place){.path = t->test->place}, "unknown-export",
                       "there is no export '%.*s'", STR_ARG(names[i]));
            return false;
        }
    }
    for (uint32_t p = 0; p < all->count && node_count(given) == 0; p++)
        for (uint32_t k = 0; k < all->at[p].export_count; k++)
            names[i++] = all->at[p].exports[k].name;
    if (count)
        qsort(names, count, sizeof *names, compare_names);
    s->site.exports = names;
    s->site.export_count = count;
    return true;
}

static bool has_path(const struct fixture_site *s, struct str path) {
    for (uint32_t i = 0; i < s->count; i++)
        if (str_eq(s->fixtures[i]->path, path))
            return true;
    return false;
}

/* Reads the articles as this site's settings want it, and lays them out as site.h says. */
static bool read_articles(struct test_state *t, struct fixture_site *s, const uint32_t *numbers,
                          uint32_t count, struct diags *d) {
    struct arena *a = t->test->arena;
    struct site_entry *entries = ARENA_ARRAY(a, struct site_entry, count + 1);
    s->fixtures = ARENA_ARRAY(a, const struct fixture *, count + 1);
    s->numbers = ARENA_ARRAY(a, uint32_t, count + 1);
    t->image.len = 0;
    buf_put(&t->image, (struct str){(const char *)entries, (count + 1) * sizeof *entries});
    for (uint32_t i = 0; i < count; i++) {
        const struct fixture *f = t->fixtures[numbers[i]];
        if (has_path(s, f->path)) {
            diag_error(d, (struct place){.path = f->place}, "path-taken",
                       "two articles of one site are called '%.*s': give them a path",
                       STR_ARG(f->path));
            return false;
        }
        size_t begin = t->image.len;
        if (!read_fixture(t, f, &s->reading, &t->image, d))
            return false;
        struct image whole = {(unsigned char *)t->image.at + begin,
                              (uint32_t)(t->image.len - begin)};
        bool draft = node_boolean(node_get(image_root(&whole), STR("draft")));
        entries[i] = entry_of(&whole, begin, !draft);
        s->numbers[s->count] = numbers[i];
        s->fixtures[s->count++] = f;
        while (t->image.len % 8)
            buf_char(&t->image, '\0');
    }
    char *heads = arena_alloc(a, t->image.len);
    memcpy(heads, t->image.at, t->image.len);
    memcpy(heads, entries, count * sizeof *entries);
    s->site.heads = (unsigned char *)heads;
    s->site.heads_len = t->image.len;
    s->site.count = count;
    return true;
}

/* A site's time is that of its newest article, as in a build. */
static struct str newest_date(struct arena *a, const struct site *site) {
    struct moment moment;
    const char *problem;
    struct image head;
    int64_t newest = 0;
    for (uint32_t i = 0; i < site->count; i++) {
        if (!site_head(site, i, &head))
            continue;
        struct str date = node_get_string(image_root(&head), STR("date"));
        if (moment_parse(date, &moment, &problem) && moment_seconds(&moment) > newest)
            newest = moment_seconds(&moment);
    }
    return moment_write_seconds(a, newest);
}

struct fixture_site *fixture_site_new(struct test_state *t, struct str settings, struct str now,
                                      const uint32_t *numbers, uint32_t count, struct diags *d) {
    struct arena *a = t->test->arena;
    struct fixture_site *s = ARENA_NEW(a, struct fixture_site);
    if (!read_settings(t, s, settings, d) || !take_exports(t, s, d) ||
        !read_articles(t, s, numbers, count, d))
        return NULL;
    s->site.now = now.len ? arena_str(a, now) : newest_date(a, &s->site);
    return s;
}

static struct place place_in(const struct fixture *f, struct place at) {
    if (f->lines_above == UNKNOWN)
        return (struct place){.path = f->place};
    return (struct place){f->place, at.line ? at.line + f->lines_above : 0, at.col};
}

struct place fixture_place(const struct test_state *t, const struct fixture_site *site,
                           struct place at) {
    struct str path = str_from(at.path, content.len);
    if (!str_starts(at.path, content))
        return at;
    for (uint32_t i = 0; site && i < site->count; i++)
        if (str_eq(site->fixtures[i]->path, path))
            return place_in(site->fixtures[i], at);
    for (uint32_t i = MOST_FIXTURES; i-- > 0;) // the last of this path, if nobody knows better
        if (t->fixtures[i] && str_eq(t->fixtures[i]->path, path))
            return place_in(t->fixtures[i], at);
    return at;
}

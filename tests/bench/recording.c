/* What the noting of reads and the checks for unknown fields cost a rendering. Every export that a
 * folder of plugins makes for an article, for its lists or for the site is rendered in pairs, with
 * both and without: the linker puts the functions below before those of core/bind_*.c (see the
 * Makefile). With both, each read makes one more call than it does in the program, so the numbers
 * are a little too high. The rendering without has to give the same bytes.
 * usage: recording PLUGINS FILE.md …     prints "RATIO ON OFF EXPORT", microseconds for all articles
 * RECORDING_ROUNDS=100 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article.h"
#include "content.h"
#include "moment.h"
#include "plugin.h"

enum { MOST_PLUGINS = 64, MOST_ARTICLES = 64, MOST_ROUNDS = 10000, MEMORY = 64 << 20 };

/* ---- With and without ---- */

static bool is_off;

void __real_bind_read(struct bind *b, struct shown *shown, struct node n, unsigned kinds);
void __wrap_bind_read(struct bind *b, struct shown *shown, struct node n, unsigned kinds);
void __wrap_bind_read(struct bind *b, struct shown *shown, struct node n, unsigned kinds) {
    if (!is_off)
        __real_bind_read(b, shown, n, kinds);
}

void __real_bind_read_missing(struct bind *b, struct shown *s, struct node n, struct str key);
void __wrap_bind_read_missing(struct bind *b, struct shown *s, struct node n, struct str key);
void __wrap_bind_read_missing(struct bind *b, struct shown *s, struct node n, struct str key) {
    if (!is_off)
        __real_bind_read_missing(b, s, n, key);
}

void __real_bind_read_template(struct bind *b, uint32_t article, struct str template);
void __wrap_bind_read_template(struct bind *b, uint32_t article, struct str template);
void __wrap_bind_read_template(struct bind *b, uint32_t article, struct str template) {
    if (!is_off)
        __real_bind_read_template(b, article, template);
}

uint64_t __real_site_answer(const struct site *s, const uint32_t *articles, uint32_t count);
uint64_t __wrap_site_answer(const struct site *s, const uint32_t *articles, uint32_t count);
uint64_t __wrap_site_answer(const struct site *s, const uint32_t *articles, uint32_t count) {
    return is_off ? 0 : __real_site_answer(s, articles, count);
}

/* Without the checks an unknown field is nil, as in front matter. */
void __real_bind_push_node(lua_State *L, struct shown *shown, struct node n, bool lenient);
void __wrap_bind_push_node(lua_State *L, struct shown *shown, struct node n, bool lenient);
void __wrap_bind_push_node(lua_State *L, struct shown *shown, struct node n, bool lenient) {
    __real_bind_push_node(L, shown, n, lenient || is_off);
}

void __wrap_bind_push_article(lua_State *L, uint32_t article);
void __wrap_bind_push_article(lua_State *L, uint32_t article) {
    struct shown *s = bind_article(bind_of(L), article);
    __real_bind_push_node(L, s, image_root(&s->image), is_off);
}

/* ---- A site in memory ---- */

static struct arena arena, scratch;
static struct diags diags = {.arena = &arena};
static struct site site;
static struct bundle bundle;
static struct plugin plugin_list[MOST_PLUGINS];
static struct plugins plugins = {plugin_list, 0};
static struct str export_names[MOST_EXPORTS];
static struct buf output[2], reads; /* with and without */

static void must(bool good) {
    if (!good)
        errx(1, "%s: %s", diags.last ? diags.last->at.path.at : "",
             diags.last ? diags.last->text.at : "failed");
}

static struct str file_bytes(struct str path) {
    struct buf bytes = BUF_INIT;
    must(content_read(&bytes, path, path, 1 << 24, &diags));
    struct str kept = arena_str(&arena, buf_str(&bytes));
    buf_free(&bytes);
    return kept;
}

static struct image frozen(const struct value *v) {
    struct buf bytes = BUF_INIT;
    must(image_freeze(&bytes, v, 0, NULL, 0));
    return (struct image){(unsigned char *)bytes.at, (uint32_t)bytes.len}; // kept to the end
}

static struct image read_article(const char *path) {
    struct source *s = ARENA_NEW(&arena, struct source);
    struct reading how = {0};
    struct value *v;
    struct str at = str_of(path);
    must(source_open(s, &arena, at, at, file_bytes(at), &diags) &&
         article_read(&v, &arena, s, &how, &diags));
    return frozen(v);
}

/* Whole images as heads: nothing is fetched on the way. */
static void make_site(char **paths, uint32_t count) {
    struct site_entry entries[MOST_ARTICLES] = {0};
    struct buf heads = BUF_INIT;
    struct value *settings = value_record(&arena, (struct span){0});
    buf_put(&heads, (struct str){(const char *)entries, sizeof entries});
    for (uint32_t i = 0; i < count; i++) {
        struct image image = read_article(paths[i]);
        entries[i] = (struct site_entry){.head_at = heads.len, .head_len = image.len,
                                         .image_len = image.len, .live = 1};
        buf_put(&heads, (struct str){(const char *)image.at, image.len});
        while (heads.len % 8)
            buf_char(&heads, '\0');
    }
    memcpy(heads.at, entries, sizeof entries);
    value_set(&arena, settings, STR("title"), value_string(&arena, STR("Bench"), (struct span){0}));
    value_set(&arena, settings, STR("url"),
              value_string(&arena, STR("https://bench.example"), (struct span){0}));
    site = (struct site){.heads = (unsigned char *)heads.at, .heads_len = heads.len,
                         .count = count, .settings = frozen(settings),
                         .now = moment_write_seconds(&arena, 0), .exports = export_names};
}

/* ---- Plugins ---- */

static bool is_plugin(struct str name) {
    return str_ends(name, STR(".lua")) && str_find_char(name, '/') == name.len &&
           !str_ends(name, STR("_test.lua"));
}

static void load(const struct bundle_file *f) {
    struct plugin *p = &plugins.at[plugins.count++];
    *p = (struct plugin){.file = f->name, .place = f->place};
    p->bind = (struct bind){.site = &site, .bundle = &bundle, .content = STR("content/"),
                            .arena = &scratch, .plugins = &plugins, .memory_limit = MEMORY,
                            .out_limit = MEMORY};
    must(plugin_load(p, &arena, MEMORY, &diags));
    for (uint32_t i = 0; i < p->export_count && site.export_count < MOST_EXPORTS; i++)
        export_names[site.export_count++] = p->exports[i].name;
}

static void load_plugins(struct str folder) {
    struct content_list list;
    must(content_find(&list, &arena, folder, folder, (struct content_filter){0}, 0, 0, &diags));
    struct bundle_file *files = ARENA_ARRAY(&arena, struct bundle_file, list.count);
    for (size_t i = 0; i < list.count; i++)
        files[i] = (struct bundle_file){
            list.files[i].path, list.files[i].place,
            file_bytes(content_join(&arena, folder, list.files[i].path))};
    bundle = (struct bundle){files, list.count};
    for (size_t i = 0; i < list.count && plugins.count < MOST_PLUGINS; i++)
        if (is_plugin(files[i].name))
            load(&files[i]);
}

/* ---- Measuring ---- */

static double now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static struct buf *begin(void *owner, struct str path) {
    (void)path;
    return owner;
}

/* One rendering, as a worker does it: the reads are written down behind it. */
static double run(struct plugin *p, struct rendering r, bool off, enum rendered *end) {
    struct diags d = {.arena = &arena};
    struct buf *to = &output[off];
    r.owner = to;
    to->len = reads.len = 0;
    is_off = off;
    double start = now_us();
    *end = plugin_render(p, &r, &d);
    if (!off)
        bind_put_reads(&p->bind, &reads);
    double took = now_us() - start;
    is_off = false;
    if (*end == RENDER_FAILED)
        errx(1, "%s: %s", p->name.at, d.last->text.at);
    return took;
}

/* Microseconds, with and without: the medians of all rounds, summed over the renderings. */
struct cost {
    double of[2];
};

/* Whether the number has an odd count of ones. Pairs turned about in this order (Thue's) have no
 * rhythm that Lua's garbage collector could fall in with. */
static bool turns(unsigned round) {
    bool odd = false;
    for (; round; round &= round - 1)
        odd = !odd;
    return odd;
}

static int compare(const void *p, const void *q) {
    const double *a = p, *b = q;
    return (*a > *b) - (*a < *b);
}

static void measure(struct plugin *p, struct rendering r, int rounds, struct cost *sum) {
    static double took[2][MOST_ROUNDS];
    for (int i = 0; i < rounds * 2; i++) {
        enum rendered end;
        bool off = turns((unsigned)i / 2) ^ (i % 2);
        took[off][i / 2] = run(p, r, off, &end);
        if (end == RENDER_SKIPPED)
            return;
    }
    if (!str_eq(buf_str(&output[0]), buf_str(&output[1])))
        errx(1, "without the reads %s writes something else", p->exports[r.export].name.at);
    for (int off = 0; off < 2; off++) {
        qsort(took[off], (size_t)rounds, sizeof **took, compare);
        sum->of[off] += took[off][rounds / 2];
    }
}

static uint32_t items_of(const struct export *e, uint32_t article) {
    struct image head;
    if (e->each != EACH_LIST || !site_head(&site, article, &head))
        return 1;
    return node_count(node_get(image_root(&head), e->list));
}

static void measure_export(struct plugin *p, uint32_t export, int rounds) {
    const struct export *e = &p->exports[export];
    struct rendering r = {.export = export, .article = NO_ARTICLE, .begin = begin};
    struct cost sum = {0};
    if (e->each == EACH_SITE)
        measure(p, r, rounds, &sum);
    for (uint32_t i = 0; i < site.count && (e->each == EACH_ARTICLE || e->each == EACH_LIST); i++)
        for (uint32_t k = 0; k < items_of(e, i); k++) {
            r.article = i;
            r.item = k;
            measure(p, r, rounds, &sum);
        }
    if (sum.of[1] > 0)
        printf("%.3f %.1f %.1f %s\n", sum.of[0] / sum.of[1], sum.of[0], sum.of[1], e->name.at);
}

int main(int argc, char **argv) {
    const char *asked = getenv("RECORDING_ROUNDS");
    int rounds = asked ? atoi(asked) : 100;
    if (argc < 3 || argc - 2 > MOST_ARTICLES || rounds < 1 || rounds > MOST_ROUNDS)
        errx(2, "usage: recording PLUGINS FILE.md …");
    arena_keep_memory(); // as workers do
    make_site(argv + 2, (uint32_t)argc - 2);
    load_plugins(str_of(argv[1]));
    for (uint32_t i = 0; i < plugins.count; i++)
        for (uint32_t k = 0; k < plugins.at[i].export_count; k++)
            measure_export(&plugins.at[i], k, rounds);
    return 0;
}

#include "explain.h"

#include <unistd.h>

#include "content.h"
#include "explain_parts.h"
#include "session.h"
#include "wire.h"

/* Paths */

static struct str parent_of(struct arena *a, struct str path) {
    size_t slash = str_rfind_char(path, '/');
    return slash == path.len ? STR("") : arena_str(a, str_slice(path, 0, slash ? slash : 1));
}

/* A link in a file's place is not followed: outputs are never written through one. */
static struct str real_file(struct arena *a, struct str path) {
    size_t slash = str_rfind_char(path, '/');
    struct str name = slash < path.len ? str_from(path, slash + 1) : path;
    struct str folder = slash < path.len ? parent_of(a, path) : STR(".");
    return content_join(a, content_real_path(a, folder), name);
}

/* As a user in this folder would write it. */
static struct str short_path(struct arena *a, struct str real) {
    struct str here = content_real_path(a, STR("."));
    if (str_eq(here, real))
        return STR(".");
    if (str_starts(real, here) && real.at[here.len] == '/')
        return str_from(real, here.len + 1);
    return real;
}

static bool lies_below(struct arena *a, struct str folder, struct str file, struct str *rest) {
    struct str real = content_real_path(a, folder);
    *rest = str_from(file, real.len + 1);
    return str_starts(file, real) && file.len > real.len && file.at[real.len] == '/';
}

static bool has_content(struct arena *a, struct str folder) {
    return content_is_folder(content_join(a, folder, STR("content")).at);
}

/* The nearest folder above that holds content/; false: there is none. */
static bool site_above(struct arena *a, struct str path, struct str *site) {
    for (struct str above = parent_of(a, path); above.len; above = parent_of(a, above)) {
        if (has_content(a, above)) {
            *site = above;
            return true;
        }
        if (above.len == 1)
            break;
    }
    return false;
}

/* Renderings */

static struct rendering *first_from(const struct graph *g, uint32_t article) {
    for (; article < g->article_count; article++)
        if (g->articles[article]->renderings)
            return g->articles[article]->renderings;
    return NULL;
}

/* The renderings of the site first, then article by article; NULL: that was the last. */
static struct rendering *next_rendering(const struct graph *g, const struct rendering *r) {
    if (!r)
        return g->site_renderings ? g->site_renderings : first_from(g, 0);
    return r->next ? r->next : first_from(g, r->article == NO_ARTICLE ? 0 : r->article + 1);
}

static bool makes(const struct plugin_code *p, struct str export) {
    struct wire in = {.rest = p->exports};
    while (in.rest.len && !in.bad)
        if (str_eq(wire_str(&in), export))
            return true;
    return false;
}

static const struct plugin_code *code_of(const struct explanation *e, const struct rendering *r) {
    const struct plugin_code *p = e->left.kept.plugins;
    while (p && !makes(p, e->left.graph.exports[r->export]))
        p = p->next;
    return p;
}

struct str explain_plugin(const struct explanation *e, const struct rendering *r) {
    const struct plugin_code *p = code_of(e, r);
    return p ? p->name : STR("");
}

/* The next file from `f` on that the plugin's code or this rendering's export has used. */
static const struct used_file *file_of(const struct explanation *e, const struct rendering *r,
                                       const struct used_file *f) {
    while (f && f->export.len && !str_eq(f->export, e->left.graph.exports[r->export]))
        f = f->next;
    return f;
}

static void add_files(struct explanation *e, const struct rendering *r, struct fact **facts) {
    const struct plugin_code *p = code_of(e, r);
    while (*facts)
        facts = &(*facts)->next;
    for (const struct used_file *f = file_of(e, r, p ? p->files : NULL); f;
         f = file_of(e, r, f->next)) {
        *facts = ARENA_NEW(&e->arena, struct fact);
        **facts = (struct fact){.kind = f->hash ? FACT_FILE : FACT_NO_FILE, .what = f->name};
        facts = &(*facts)->next;
    }
}

/* Opening */

void explain_close(struct explanation *e) {
    store_close(&e->left.store);
    graph_free(&e->left.graph);
    blob_free(&e->left.kept.settings);
    arena_free(&e->arena);
}

static bool peek(struct explanation *e, struct str site, struct str out) {
    struct left *left = &e->left;
    if (!store_peek(&left->store, &e->arena, site, out)) {
        store_close(&left->store);
        return false;
    }
    e->site = arena_str(&e->arena, short_path(&e->arena, content_real_path(&e->arena, site)));
    e->out = short_path(&e->arena, out);
    return true;
}

static bool load(struct explanation *e, struct diags *d) {
    struct left *left = &e->left;
    if (store_load(&left->store, &e->arena, &left->graph, &left->kept))
        return true;
    struct diag *error = diag_error(d, (struct place){.path = arena_str(d->arena, e->out)},
                                    "no-record", "this fascia has not built into this folder yet");
    diag_help(d, error, "run `fascia build` first");
    return false;
}

/* The output folder is the one above the file that the site has a record of. */
static bool find_output(struct explanation *e, struct str site, struct str file) {
    struct arena *a = &e->arena;
    for (struct str out = parent_of(a, file); out.len > 1; out = parent_of(a, out))
        if (peek(e, site, out)) {
            e->asked = str_from(file, out.len + 1);
            return true;
        }
    return false;
}

static bool find_store(struct explanation *e, const struct explain_options *o, struct diags *d) {
    struct arena *a = &e->arena;
    struct str file = real_file(a, o->file), site = file;
    if (o->site.len && find_output(e, arena_str(a, o->site), file))
        return true;
    while (!o->site.len && site_above(a, site, &site))
        if (find_output(e, site, file))
            return true;
    struct diag *error = diag_error(d, (struct place){.path = o->file}, "not-an-output",
                                    "this lies in no folder that a site was built into");
    diag_help(d, error, "build the site first, or name it with --site SITE");
    return false;
}

/* Why */

/* What it said when it ran. */
static void replay(const struct rendering *r, struct diags *d) {
    struct wire in = {.rest = r->diags.s};
    while (in.rest.len && !in.bad)
        wire_diag(&in, d);
}

static struct rendering *find_rendering(const struct explanation *e) {
    for (struct rendering *r = next_rendering(&e->left.graph, NULL); r;
         r = next_rendering(&e->left.graph, r))
        if (!r->is_count && str_eq(r->path.s, e->asked))
            return r;
    return NULL;
}

/* An output whose path is nearly the one that was asked for, or the empty slice. */
static struct str nearest_output(struct explanation *e) {
    const struct graph *g = &e->left.graph;
    size_t count = 0;
    for (const struct rendering *r = next_rendering(g, NULL); r; r = next_rendering(g, r))
        count++;
    struct str *paths = ARENA_ARRAY(&e->arena, struct str, count + 1);
    count = 0;
    for (const struct rendering *r = next_rendering(g, NULL); r; r = next_rendering(g, r))
        if (r->path.s.len)
            paths[count++] = r->path.s;
    return diag_nearest(e->asked, paths, count);
}

static void say_not_an_output(struct explanation *e, struct str file, struct diags *d) {
    struct diag *error = diag_error(d, (struct place){.path = file}, "not-an-output",
                                    "nothing makes this file");
    struct str near = nearest_output(e);
    if (near.len)
        diag_help(d, error, "did you mean %.*s?",
                  STR_ARG(content_join(&e->arena, e->out, near)));
}

const struct rendering *explain_open(struct explanation *e, const struct explain_options *o,
                                     struct diags *d) {
    *e = (struct explanation){.left.store = STORE_NONE};
    if (!find_store(e, o, d) || !load(e, d))
        return NULL;
    const struct rendering *r = find_rendering(e);
    if (!r)
        say_not_an_output(e, o->file, d);
    return r;
}

static int why(struct explanation *e, const struct explain_options *o, struct buf *text,
               struct diags *d) {
    const struct rendering *r = explain_open(e, o, d);
    if (!r)
        return 2;
    struct trace trace = trace_rendering(&e->arena, e->site, &e->left, r);
    struct fact *facts = explain_facts(e, r, trace.first, NULL);
    add_files(e, r, &facts);
    explain_put_why(text, e, r, &trace, facts, o->is_json);
    replay(r, d);
    return 0;
}

int explain_why(const struct explain_options *o, struct buf *text, struct diags *d) {
    struct explanation e;
    int status = why(&e, o, text, d);
    explain_close(&e);
    return status;
}

/* Impact */

static bool find_site(struct explanation *e, const struct explain_options *o, struct str file,
                      struct diags *d) {
    struct arena *a = &e->arena;
    struct str site = arena_str(a, o->site);
    if (!o->site.len && !site_above(a, file, &site))
        site = STR(".");
    struct str out = o->out.len ? arena_str(a, o->out) : content_join(a, site, STR("public"));
    e->site = site;
    e->out = out;
    peek(e, site, content_real_path(a, out));
    return load(e, d); // which says it when there was nothing to peek at
}

static bool uses_file(const struct explanation *e, const struct rendering *r) {
    const struct plugin_code *p = code_of(e, r);
    for (const struct used_file *f = file_of(e, r, p ? p->files : NULL); f;
         f = file_of(e, r, f->next))
        if (str_eq(f->name, e->asked))
            return true;
    return false;
}

static void impact_of_content(struct explanation *e, uint32_t article, bool is_json,
                              struct buf *text) {
    const struct graph *g = &e->left.graph;
    for (struct rendering *r = next_rendering(g, NULL); r; r = next_rendering(g, r)) {
        const struct fact *facts = explain_facts(e, r, NULL, &article);
        if (facts && r->outcome != OUTCOME_NONE)
            explain_put_impact(text, e, r, facts, is_json);
    }
}

static void impact_of_plugin(struct explanation *e, bool is_json, struct buf *text) {
    const struct graph *g = &e->left.graph;
    struct fact fact = {.kind = FACT_FILE, .what = e->asked};
    for (struct rendering *r = next_rendering(g, NULL); r; r = next_rendering(g, r))
        if (r->outcome != OUTCOME_NONE && uses_file(e, r))
            explain_put_impact(text, e, r, &fact, is_json);
}

/* The site's own folder of plugins hides the built-in one. */
static bool is_plugin_file(struct explanation *e, struct str file) {
    struct session s = {0};
    struct arena *a = &e->arena;
    struct str own = content_join(a, e->site, STR("plugins")), rest;
    if (lies_below(a, own, file, &e->asked))
        return true;
    struct str built_in = arena_str(a, session_built_in(&s));
    arena_free(&s.arena);
    if (!lies_below(a, built_in, file, &rest))
        return false;
    e->asked = rest;
    return access(content_join(a, own, rest).at, F_OK) != 0;
}

static struct str nearest_article(struct explanation *e) {
    const struct graph *g = &e->left.graph;
    struct str *paths = ARENA_ARRAY(&e->arena, struct str, g->article_count + 1);
    for (uint32_t i = 0; i < g->article_count; i++)
        paths[i] = g->articles[i]->path.s;
    return diag_nearest(e->asked, paths, g->article_count);
}

static int impact(struct explanation *e, const struct explain_options *o, struct buf *text,
                  struct diags *d) {
    struct str file = content_real_path(&e->arena, o->file);
    uint32_t article = NO_ARTICLE;
    if (!find_site(e, o, file, d))
        return 2;
    struct str content = content_join(&e->arena, e->site, STR("content"));
    bool is_content = lies_below(&e->arena, content, file, &e->asked);
    if (is_content && (str_eq(e->asked, STR("site.yaml")) ||
                       graph_find(&e->left.graph, e->asked, &article))) {
        impact_of_content(e, article, o->is_json, text);
        return 0;
    }
    if (!is_content && is_plugin_file(e, file)) {
        impact_of_plugin(e, o->is_json, text);
        return 0;
    }
    struct diag *error = diag_error(d, (struct place){.path = o->file}, "not-built",
                                    "the last build of this site knew no such file");
    struct str near = is_content ? nearest_article(e) : STR("");
    if (near.len)
        diag_help(d, error, "did you mean %.*s?", STR_ARG(content_join(&e->arena, content, near)));
    return 2;
}

int explain_impact(const struct explain_options *o, struct buf *text, struct diags *d) {
    struct explanation e = {.left.store = STORE_NONE};
    int status = impact(&e, o, text, d);
    explain_close(&e);
    return status;
}

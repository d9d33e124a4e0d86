/* What an output was made from, without the words for people. */
#include "content.h"
#include "explain_parts.h"

/* The file of a place as the article's path has it: "content/a.md" is "a.md". */
static struct str in_content(struct explanation *e, struct str place) {
    struct str content = content_join(&e->arena, e->site, STR("content/"));
    return str_starts(place, content) ? str_from(place, content.len) : STR("");
}

static void take_reads(struct explanation *e, const struct rendering *r, struct arena *a,
                       struct explained *out) {
    struct explained_read **end = &out->reads;
    for (const struct fact *f = explain_facts(e, r, NULL, NULL); f; f = f->next) {
        struct str file = in_content(e, f->at.path);
        if (f->kind == FACT_NOW)
            out->now = arena_str(a, f->now);
        if (file.len == 0 || f->kind == FACT_UNKNOWN)
            continue;
        struct explained_read *read = ARENA_NEW(a, struct explained_read);
        *read = (struct explained_read){.file = arena_str(a, file), .line = f->at.line,
                                        .what = arena_str(a, f->what)};
        *end = read;
        end = &read->next;
    }
}

static void take_articles(const struct graph *g, struct arena *a, struct explained *out) {
    out->articles = ARENA_ARRAY(a, struct str, g->article_count + 1);
    for (uint32_t i = 0; i < g->article_count; i++)
        if (g->articles[i]->is_live)
            out->articles[out->article_count++] = arena_str(a, g->articles[i]->path.s);
}

bool explain_output(struct explained *out, struct arena *a, const struct explain_options *o,
                    struct diags *d) {
    struct explanation e;
    const struct rendering *r = explain_open(&e, o, d);
    *out = (struct explained){0};
    if (r) {
        out->site = arena_str(a, e.site);
        out->plugin = arena_str(a, explain_plugin(&e, r));
        out->export = arena_str(a, e.left.graph.exports[r->export]);
        out->item = r->item;
        out->key = arena_str(a, graph_key(r));
        if (r->article != NO_ARTICLE)
            out->article = arena_str(a, e.left.graph.articles[r->article]->path.s);
        take_reads(&e, r, a, out);
        take_articles(&e.left.graph, a, out);
    }
    explain_close(&e);
    return r != NULL;
}

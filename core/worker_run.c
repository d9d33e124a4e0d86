/* Plugins: loading them, and what is asked of one that was loaded. */
#include "worker_parts.h"

void worker_put_files(struct worker *w, struct bind *b) {
    struct str files = str_from(buf_str(&b->files), b->files_told);
    if (files.len)
        reply_record(&w->reply, RECORD_FILES, files);
    b->files_told = b->files.len;
}

void worker_put_traces(struct worker *w, struct bind *b) {
    worker_put_files(w, b);
    if (b->log.len)
        reply_record(&w->reply, RECORD_LOG, buf_str(&b->log));
    b->log.len = 0;
}

static void put_reads(struct worker *w, struct bind *b) {
    w->image.len = 0;
    bind_put_reads(b, &w->image);
    reply_record(&w->reply, RECORD_READS, buf_str(&w->image));
}

enum unit_end worker_do_plugin(struct worker *w, struct wire *in, struct diags *d) {
    uint32_t number = wire_u32(in);
    if (number >= w->plugins.count)
        return UNIT_FAILED;
    struct plugin *p = &w->plugins.at[number];
    p->file = arena_str(&w->config_arena, wire_str(in));
    p->place = arena_str(&w->config_arena, wire_str(in));
    p->bind = (struct bind){.site = &w->site,
                            .bundle = &w->bundle,
                            .content = w->content,
                            .arena = &w->render_arena,
                            .plugins = &w->plugins,
                            .memory_limit = w->settings.memory_bytes,
                            .out_limit = w->settings.output_bytes};
    bool good = plugin_load(p, &w->config_arena, w->settings.memory_bytes, d);
    worker_put_traces(w, &p->bind);
    if (!good)
        return UNIT_FAILED;
    plugin_describe(p, reply_open(&w->reply, RECORD_PLUGIN));
    reply_close(&w->reply);
    return UNIT_MADE;
}

struct plugin *worker_take_plugin(struct worker *w, uint32_t number, struct diags *d) {
    struct plugin *p = number < w->plugins.count ? &w->plugins.at[number] : NULL;
    if (p && p->loaded)
        return p;
    diag_error(d, (struct place){.path = p ? p->place : STR("")}, "plugin",
               "it was loaded by one worker and not by another");
    return NULL;
}

/* NULL: one error. */
static struct plugin *take_export(struct worker *w, struct wire *in, uint32_t *export,
                                  struct diags *d) {
    struct plugin *p = worker_take_plugin(w, wire_u32(in), d);
    *export = wire_u32(in);
    if (!p || *export < p->export_count)
        return p;
    diag_error(d, (struct place){.path = p->place}, "plugin",
               "one worker found other exports in it than another");
    return NULL;
}

enum unit_end worker_do_items(struct worker *w, struct wire *in, struct diags *d) {
    uint32_t export;
    struct plugin *p = take_export(w, in, &export, d);
    w->image.len = 0;
    bool good = p && plugin_items(p, export, &w->image, d);
    if (good)
        reply_record(&w->reply, RECORD_ITEMS, buf_str(&w->image));
    if (p) {
        put_reads(w, &p->bind);
        worker_put_traces(w, &p->bind);
    }
    return good ? UNIT_MADE : UNIT_FAILED;
}

static struct buf *begin_output(void *owner, struct str path) {
    struct worker *w = owner;
    reply_record(&w->reply, RECORD_PATH, path);
    return reply_open(&w->reply, RECORD_BYTES);
}

static void put_lines(struct worker *w, struct bind *b) {
    bind_put_lines(b, reply_open(&w->reply, RECORD_LINES));
    reply_close(&w->reply);
    b->is_traced = false;
}

enum unit_end worker_do_render(struct worker *w, struct wire *in, bool is_traced,
                               struct diags *d) {
    struct rendering r = {.begin = begin_output, .owner = w};
    struct plugin *p = take_export(w, in, &r.export, d);
    r.article = wire_u32(in);
    r.item = wire_u32(in);
    r.key = wire_str(in);
    r.value = wire_str(in);
    if (!p)
        return UNIT_FAILED;
    p->bind.is_traced = is_traced;
    enum rendered result = plugin_render(p, &r, d);
    reply_close(&w->reply);
    put_reads(w, &p->bind);
    if (is_traced)
        put_lines(w, &p->bind);
    worker_put_traces(w, &p->bind);
    if (result == RENDERED)
        return UNIT_MADE;
    return result == RENDER_SKIPPED ? UNIT_SKIPPED : UNIT_FAILED;
}

enum unit_end worker_do_check(struct worker *w, struct wire *in, struct diags *d) {
    uint32_t number = wire_u32(in), article = wire_u32(in);
    struct plugin *p = worker_take_plugin(w, number, d);
    if (!p)
        return UNIT_FAILED;
    bool good = plugin_check(p, article, d);
    put_reads(w, &p->bind);
    worker_put_traces(w, &p->bind);
    return good ? UNIT_MADE : UNIT_FAILED;
}

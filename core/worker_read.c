/* From content files, site.yaml and pasted text to images and Markdown. */
#include "worker_parts.h"

#include "commonmark.h"

static void put_image(struct worker *w, const struct value *v, uint32_t head_fields,
                      const struct str *backings, size_t backing_count, struct place at,
                      struct diags *d) {
    w->image.len = 0;
    if (image_freeze(&w->image, v, head_fields, backings, backing_count))
        reply_record(&w->reply, RECORD_IMAGE, buf_str(&w->image));
    else
        diag_error(d, at, "too-large", "the article is nested too deep or too large");
}

static enum unit_end ended(const struct diags *d) {
    return d->errors ? UNIT_FAILED : UNIT_MADE;
}

enum unit_end worker_do_settings(struct worker *w, struct wire *in, struct diags *d) {
    struct str place = wire_str(in), bytes = wire_str(in);
    struct source s;
    struct value *record;
    struct reading how;
    struct place at = {.path = place};
    if (!source_open(&s, &w->unit_arena, place, place, bytes, d) ||
        !settings_read(&record, &w->unit_arena, &s, d) ||
        !settings_reading(&how, &w->unit_arena, record, at, d))
        return UNIT_FAILED;
    put_image(w, record, 0, NULL, 0, at, d);
    return ended(d);
}

/* The head of an article's image: everything up to its front matter as written. */
static uint32_t head_fields(const struct value *article) {
    uint32_t i = 0;
    while (i < article->count && !str_eq(article->keys[i], STR("meta")))
        i++;
    return i < article->count ? i + 1 : 0;
}

/* A file and who reads it. False: one error. */
static bool take_file(struct worker *w, struct wire *in, struct source *s, struct file_reading *r,
                      struct diags *d) {
    struct str place = wire_str(in), path = wire_str(in), bytes = wire_str(in);
    uint32_t plugin = wire_u32(in);
    *r = (struct file_reading){.arena = &w->unit_arena, .how = &w->reading,
                               .settings = &w->settings};
    if (plugin != NO_PLUGIN)
        r->plugin = worker_take_plugin(w, plugin, d);
    return (plugin == NO_PLUGIN || r->plugin) &&
           source_open(s, &w->unit_arena, place, path, bytes, d);
}

static enum unit_end ended_reading(struct worker *w, const struct file_reading *r,
                                   const struct diags *d) {
    if (r->plugin)
        worker_put_traces(w, &r->plugin->bind);
    return r->is_refused ? UNIT_SKIPPED : ended(d);
}

enum unit_end worker_do_read(struct worker *w, struct wire *in, struct diags *d) {
    struct source s;
    struct file_reading r;
    struct value *article;
    if (!take_file(w, in, &s, &r, d))
        return UNIT_FAILED;
    if (plugin_read_article(&r, &article, &s, d)) {
        struct str backings[] = {value_get_string(article, STR("html")),
                                 value_get_string(article, STR("text")),
                                 value_get_string(article, STR("markdown"))};
        put_image(w, article, head_fields(article), backings, 3, (struct place){.path = s.place},
                  d);
    }
    return ended_reading(w, &r, d);
}

static void put_remarks(struct worker *w, const struct document *doc) {
    for (const struct remark *r = doc->remarks; r; r = r->next) {
        struct buf *out = reply_open(&w->reply, RECORD_REMARK);
        wire_put_u32(out, r->line);
        wire_put_u32(out, r->dropped);
        wire_put_str(out, r->text);
        reply_close(&w->reply);
    }
}

/* Import takes for pasted text whatever no plugin reads. */
enum unit_end worker_do_import(struct worker *w, struct wire *in, struct diags *d) {
    struct source s;
    struct file_reading r;
    struct document doc = {0};
    if (!take_file(w, in, &s, &r, d))
        return UNIT_FAILED;
    bool good = r.plugin ? plugin_read_document(&r, &doc, &s, d)
                         : paste_read(&doc, &w->unit_arena, &s, &w->reading, d);
    if (good) {
        put_remarks(w, &doc);
        w->image.len = 0;
        commonmark_write_document(&w->image, &doc);
        reply_record(&w->reply, RECORD_BYTES, buf_str(&w->image));
    }
    return ended_reading(w, &r, d);
}

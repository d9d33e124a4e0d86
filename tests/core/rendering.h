/* Plugins in tests, run in this process: a bundle of files from text, a site of one or two
 * articles read from Markdown, an output to look at. */
#ifndef FASCIA_RENDERING_H
#define FASCIA_RENDERING_H

#include "shelving.h"

#include <stdio.h>

#include "article.h"
#include "plugin.h"

static struct arena plugin_arena, render_arena;
static struct diags diags;
static struct buf output, listed; /* listed: what `each` gave */
static char output_path[200];
static struct bundle_file bundle_files[8];
static struct bundle bundle;
static struct plugin plugin;
static const struct plugins all_plugins = {&plugin, 1};
static const struct str made_exports[] = {STR_INIT("one.txt"), STR_INIT("two.txt")};

/* The first article of the site; its faq[2] begins in line 14. */
static const char first_article[] = "---\n"
                                    "title: First\n"
                                    "slug: first\n"
                                    "tags: [x, y]\n"
                                    "extra: {deep: [1, 2]}\n"
                                    "---\n"
                                    "The *lede*.\n"
                                    "\n"
                                    "## FAQ\n"
                                    "\n"
                                    "### Why?\n"
                                    "\n"
                                    "Because.\n"
                                    "### How?\n"
                                    "\n"
                                    "So.\n";

static inline void settings_are(const char *yaml) {
    site.settings = freeze_yaml(yaml);
}

static inline void add_article(uint32_t number, const char *path, const char *text) {
    struct source *s = ARENA_NEW(&plugin_arena, struct source);
    struct reading how = {0};
    struct value *v;
    uint32_t head = 0;
    assert_true(source_open(s, &plugin_arena, str_of(path), str_of(path), str_of(text), &diags));
    assert_true(article_read(&v, &plugin_arena, s, &how, &diags));
    while (!str_eq(v->keys[head], STR("meta")))
        head++;
    assert_true(put_article(number, v, head + 1));
    map_site();
}

static inline int set_up_rendering(void **state) {
    (void)state;
    open_shelf();
    diags = (struct diags){.arena = &plugin_arena};
    output = (struct buf)BUF_INIT;
    plugin = (struct plugin){0};
    bundle = (struct bundle){bundle_files, 0};
    settings_are("{title: Site, url: 'https://example.org/'}");
    site.now = STR("2025-01-02T03:04:05Z");
    site.exports = made_exports;
    site.export_count = 2;
    add_article(0, "first.md", first_article);
    return 0;
}

/* These plugins have no finalizers: their states can be closed, so that leaks show. */
static inline void close_plugin(void) {
    if (plugin.sandbox.lua)
        lua_close(plugin.sandbox.lua);
    buf_free(&plugin.bind.log);
    buf_free(&plugin.bind.files);
    buf_free(&plugin.bind.scratch);
    arena_free(&plugin.bind.fetched);
    plugin = (struct plugin){0};
}

static inline int tear_down_rendering(void **state) {
    (void)state;
    close_plugin();
    close_shelf();
    buf_free(&output);
    buf_free(&listed);
    arena_free(&render_arena);
    arena_free(&plugin_arena);
    free_frozen();
    return 0;
}

static inline void add_file(const char *name, const char *text) {
    struct str place = arena_printf(&plugin_arena, "plugins/%s", name);
    assert_true(bundle.count < 8);
    bundle_files[bundle.count++] = (struct bundle_file){str_of(name), place, str_of(text)};
}

/* Loads plugins/test.lua with this text; messages are those of this load. */
static inline bool load_text(struct str text, size_t memory_bytes) {
    close_plugin();
    if (!bundle.count)
        add_file("test.lua", "");
    bundle_files[0].bytes = text;
    diags = (struct diags){.arena = &plugin_arena};
    plugin = (struct plugin){.file = STR("test.lua"), .place = STR("plugins/test.lua")};
    plugin.bind = (struct bind){.site = &site,
                                .bundle = &bundle,
                                .content = STR("content/"),
                                .arena = &render_arena,
                                .out_limit = 1 << 20,
                                .plugins = &all_plugins};
    return plugin_load(&plugin, &plugin_arena, memory_bytes, &diags);
}

static inline bool load_plugin(const char *text) {
    return load_text(str_of(text), 8 << 20);
}

static inline void must_load(const char *text) {
    if (!load_plugin(text))
        fail_msg("%s", diags.first->text.at);
}

static inline struct buf *begin_output(void *owner, struct str path) {
    (void)owner;
    snprintf(output_path, sizeof output_path, "%.*s", STR_ARG(path));
    output.len = 0;
    return &output;
}

/* Runs the `each` of the plugin's first export. */
static inline bool list_items(void) {
    diags = (struct diags){.arena = &plugin_arena};
    listed.len = 0;
    return plugin_items(&plugin, 0, &listed, &diags);
}

/* The keys of the items, each with a space behind it. */
static inline const char *listed_keys(void) {
    struct buf keys = BUF_INIT;
    for (struct wire in = {.rest = buf_str(&listed)}; in.rest.len && !in.bad; wire_str(&in)) {
        buf_put(&keys, wire_str(&in));
        buf_char(&keys, ' ');
    }
    struct str kept = arena_str(&plugin_arena, buf_str(&keys));
    buf_free(&keys);
    return kept.at;
}

static inline void take_item(struct rendering *r) {
    struct wire in = {.rest = buf_str(&listed)};
    for (uint32_t i = 0; i <= r->item; i++) {
        r->key = wire_str(&in);
        r->value = wire_str(&in);
    }
    assert_false(in.bad);
}

/* One rendering of the plugin's first export. */
static inline enum rendered render_item(uint32_t article, uint32_t item) {
    struct rendering r = {.article = article, .item = item, .begin = begin_output};
    diags = (struct diags){.arena = &plugin_arena};
    output.len = 0;
    output_path[0] = '\0';
    if (plugin.exports[0].each == EACH_FUNCTION)
        take_item(&r);
    return plugin_render(&plugin, &r, &diags);
}

static inline const char *written(void) {
    buf_char(&output, '\0');
    output.len--;
    return output.at;
}

/* What the first article is rendered as. */
static inline const char *rendered(void) {
    if (render_item(0, 0) != RENDERED)
        fail_msg("%s", diags.first ? diags.first->text.at : "(skipped)");
    return written();
}

/* The same by a plugin whose render function is this: function(article, out, site, options). */
static inline const char *rendered_by(const char *body) {
    must_load(arena_printf(&plugin_arena,
                           "local fascia = require 'fascia' return { exports = { ['one.txt'] = { "
                           "each = 'article', path = '{slug}/one.txt', "
                           "render = function(article, out, site, options) %s end } } }",
                           body)
                  .at);
    return rendered();
}

/* The error that such a rendering ends with. */
static inline const struct diag *error_of(const char *body) {
    must_load(arena_printf(&plugin_arena,
                           "local fascia = require 'fascia' return { exports = { ['one.txt'] = { "
                           "each = 'article', path = '{slug}/one.txt', "
                           "render = function(article, out, site, options) %s end } } }",
                           body)
                  .at);
    assert_int_equal(render_item(0, 0), RENDER_FAILED);
    assert_int_equal(diags.errors, 1);
    assert_ptr_equal(diags.first, diags.last);
    return diags.first;
}

static inline void expect_part(struct str text, const char *part) {
    if (*part && str_find(text, str_of(part)) == text.len)
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(text), part);
}

static inline void expect_place(struct place at, const char *path, uint32_t line, uint32_t col) {
    if (!str_eq(at.path, str_of(path)) || at.line != line || at.col != col)
        fail_msg("%.*s:%u:%u is not %s:%u:%u", STR_ARG(at.path), at.line, at.col, path, line, col);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, set_up_rendering, tear_down_rendering)

#endif

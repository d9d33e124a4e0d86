/* A plugin in this process, for fuzz targets that call it again and again: it is loaded once, over
 * a site of one article. */
#ifndef FASCIA_HOSTING_H
#define FASCIA_HOSTING_H

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "article.h"
#include "hash.h"
#include "plugin.h"
#include "shelf.h"
#include "yaml.h"

enum { HOSTED_MEMORY_BYTES = 64 << 20, HOSTED_OUTPUT_BYTES = 1 << 20 };

static struct {
    struct arena arena, calls; /* until the end, and for one call */
    struct shelf shelf;
    struct site site;
    struct bundle_file file;
    struct bundle bundle;
    struct plugin plugin;
    struct plugins all;
    struct image images[2];
} hosted;

static void expect(bool holds) {
    if (!holds)
        abort();
}

static inline void host_freeze(struct image *image, const struct value *v, uint32_t head) {
    struct buf bytes = BUF_INIT;
    expect(image_freeze(&bytes, v, head, NULL, 0)); // kept until the end
    expect(image_open(image, buf_str(&bytes), false));
}

static inline void host_article(const char *text) {
    struct source *s = ARENA_NEW(&hosted.arena, struct source);
    struct diags d = {.arena = &hosted.arena};
    const struct reading how = {.autolinks = false};
    struct value *v;
    uint32_t head = 0;
    expect(source_open(s, &hosted.arena, STR("a.md"), STR("a.md"), str_of(text), &d));
    expect(article_read(&v, &hosted.arena, s, &how, &d));
    while (!str_eq(v->keys[head], STR("meta")))
        head++;
    struct image *image = &hosted.images[0];
    host_freeze(image, v, head + 1);
    struct shelf_image where = {0, hash_bytes(image->at, image->len, 0), image->len};
    expect(pwrite(hosted.site.images_fd, image->at, image->len, 0) == (ssize_t)image->len);
    expect(shelf_put(&hosted.shelf, 0, (struct str){(const char *)image->at,
                                                    image_head_len(image)}, where));
}

static inline void host_site(const char *article) {
    struct value *settings = value_record(&hosted.arena, (struct span){0});
    value_set(&hosted.arena, settings, STR("title"),
              value_string(&hosted.arena, STR("Site"), (struct span){0}));
    shelf_open(&hosted.shelf);
    hosted.site = (struct site){.heads_fd = hosted.shelf.heads_fd,
                                .images_fd = memfd_create("images", MFD_CLOEXEC),
                                .now = STR("2025-01-02T03:04:05Z")};
    host_freeze(&hosted.images[1], settings, 0);
    hosted.site.settings = hosted.images[1];
    host_article(article);
    expect(site_map(&hosted.site, hosted.shelf.count, hosted.shelf.heads_end));
}

/* Once; later calls do nothing. */
static inline void host_plugin(const char *article, const char *lua) {
    struct diags d = {.arena = &hosted.arena};
    if (hosted.plugin.loaded)
        return;
    host_site(article);
    hosted.file = (struct bundle_file){STR("p.lua"), STR("plugins/p.lua"), str_of(lua)};
    hosted.bundle = (struct bundle){&hosted.file, 1};
    hosted.all = (struct plugins){&hosted.plugin, 1};
    hosted.plugin = (struct plugin){.file = STR("p.lua"), .place = STR("plugins/p.lua")};
    hosted.plugin.bind = (struct bind){.site = &hosted.site, .bundle = &hosted.bundle,
                                       .content = STR("content/"), .arena = &hosted.calls,
                                       .out_limit = HOSTED_OUTPUT_BYTES, .plugins = &hosted.all};
    expect(plugin_load(&hosted.plugin, &hosted.arena, HOSTED_MEMORY_BYTES, &d));
    hosted.plugin.loaded = true;
}

#endif

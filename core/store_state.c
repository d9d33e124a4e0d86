/* The state as bytes: a head with magic, version and checksum, then everything in a row. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"
#include "store_parts.h"
#include "version.h"

enum { MAGIC = 0x33535346 /* "FSS3" */, HEAD_BYTES = 32 };

bool store_read_all(int fd, struct buf *out) {
    struct stat st;
    size_t at = 0;
    if (fstat(fd, &st) != 0 || st.st_size < 0)
        return false;
    char *room = buf_reserve(out, (size_t)st.st_size + 1);
    while (at < (size_t)st.st_size) {
        ssize_t n = pread(fd, room + at, (size_t)st.st_size - at, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    out->len = at;
    return true;
}

/* Another build of the program may read or render otherwise: its own bytes are its version. */
static uint64_t program_version(void) {
    static uint64_t version;
    struct stat st;
    if (version == 0) {
        version = hash_str(STR(FASCIA_VERSION));
        if (stat("/proc/self/exe", &st) == 0) {
            uint64_t parts[] = {version, (uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec,
                                (uint64_t)st.st_mtim.tv_nsec};
            version = hash_bytes(parts, sizeof parts, 0);
        }
    }
    return version;
}

/* Writing */

static void put_rendering(struct buf *b, const struct rendering *r) {
    wire_put_u32(b, r->export);
    wire_put_u32(b, r->item);
    wire_put_u32(b, (uint32_t)r->outcome | (uint32_t)r->is_count << 8);
    wire_put_u32(b, r->item_count);
    wire_put_str(b, r->path.s);
    wire_put_str(b, r->reads.s);
    wire_put_str(b, r->diags.s);
    wire_put_str(b, r->reason.s);
    wire_put_u64(b, r->bytes_hash);
    wire_put_u64(b, r->bytes_len);
    wire_put_u64(b, r->mtime_ns);
    wire_put_u64(b, r->plugin);
    wire_put_u64(b, r->ran_s);
}

static void put_renderings(struct buf *b, const struct rendering *first) {
    uint32_t count = 0;
    for (const struct rendering *r = first; r; r = r->next)
        count += r->outcome != OUTCOME_NONE;
    wire_put_u32(b, count);
    for (const struct rendering *r = first; r; r = r->next)
        if (r->outcome != OUTCOME_NONE)
            put_rendering(b, r);
}

static void put_article(struct buf *b, const struct article_node *a) {
    wire_put_str(b, a->path.s);
    buf_put(b, (struct str){(const char *)&a->print, sizeof a->print});
    wire_put_u64(b, a->bytes_hash);
    wire_put_u64(b, a->reading_hash);
    wire_put_u64(b, a->image_at);
    wire_put_u64(b, a->image_sum);
    wire_put_u32(b, a->image_len);
    wire_put_u32(b, a->image_room);
    wire_put_u64(b, a->spare_at);
    wire_put_u32(b, a->spare_room);
    wire_put_u32(b, (uint32_t)a->is_there | (uint32_t)a->has_failed << 1 |
                        (uint32_t)a->is_live << 2);
    wire_put_str(b, a->diags.s);
    wire_put_str(b, a->head);
    put_renderings(b, a->renderings);
}

static void put_plugins(struct buf *b, const struct plugin_code *first) {
    uint32_t count = 0;
    for (const struct plugin_code *p = first; p; p = p->next)
        count++;
    wire_put_u32(b, count);
    for (const struct plugin_code *p = first; p; p = p->next) {
        uint32_t files = 0;
        for (const struct used_file *f = p->files; f; f = f->next)
            files++;
        wire_put_str(b, p->name);
        wire_put_str(b, p->exports);
        wire_put_u32(b, files);
        for (const struct used_file *f = p->files; f; f = f->next) {
            wire_put_str(b, f->name);
            wire_put_u64(b, f->hash);
        }
    }
}

void store_encode(struct buf *out, const struct graph *g, const struct kept *k,
                  uint64_t images_end) {
    for (int i = 0; i < HEAD_BYTES; i++)
        buf_char(out, '\0');
    wire_put_u64(out, images_end);
    wire_put_str(out, k->settings.s);
    wire_put_str(out, k->now);
    wire_put_str(out, k->site);
    wire_put_u64(out, k->exports_hash);
    wire_put_u64(out, k->reading_hash);
    wire_put_u64(out, k->limits_hash);
    wire_put_u64(out, k->updated_s);
    put_plugins(out, k->plugins);
    wire_put_u32(out, g->export_count);
    for (uint32_t i = 0; i < g->export_count; i++)
        wire_put_str(out, g->exports[i]);
    wire_put_u32(out, g->article_count);
    for (uint32_t i = 0; i < g->article_count; i++)
        put_article(out, g->articles[i]);
    put_renderings(out, g->site_renderings);
    uint64_t head[4] = {MAGIC, program_version(), out->len,
                        hash_bytes(out->at + HEAD_BYTES, out->len - HEAD_BYTES, 0)};
    memcpy(out->at, head, sizeof head);
}

/* Reading */

static struct blob take_blob(struct wire *in) {
    return (struct blob){wire_str(in), false};
}

static bool take_renderings(struct wire *in, struct graph *g, uint32_t article,
                            struct rendering **list) {
    uint32_t count = wire_u32(in);
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        struct rendering *r = ARENA_NEW(&g->arena, struct rendering);
        r->article = article;
        r->export = wire_u32(in);
        r->item = wire_u32(in);
        uint32_t flags = wire_u32(in);
        r->outcome = (enum outcome)(flags & 0xFF);
        r->is_count = flags >> 8 & 1;
        r->item_count = wire_u32(in);
        r->path = take_blob(in);
        r->reads = take_blob(in);
        r->diags = take_blob(in);
        r->reason = take_blob(in);
        r->bytes_hash = wire_u64(in);
        r->bytes_len = wire_u64(in);
        r->mtime_ns = wire_u64(in);
        r->plugin = wire_u64(in);
        r->ran_s = wire_u64(in);
        r->looks_around = graph_looks_around(r);
        if (r->export >= g->export_count || r->outcome > OUTCOME_CLASHED)
            return false;
        *list = r;
        list = &r->next;
    }
    return !in->bad;
}

static bool take_article(struct wire *in, struct graph *g) {
    uint32_t number = graph_article(g, wire_str(in));
    struct article_node *a = g->articles[number];
    struct str print = wire_bytes(in, sizeof a->print);
    if (in->bad)
        return false;
    memcpy(&a->print, print.at, sizeof a->print);
    a->bytes_hash = wire_u64(in);
    a->reading_hash = wire_u64(in);
    a->image_at = wire_u64(in);
    a->image_sum = wire_u64(in);
    a->image_len = wire_u32(in);
    a->image_room = wire_u32(in);
    a->spare_at = wire_u64(in);
    a->spare_room = wire_u32(in);
    a->saved_at = a->image_at;
    uint32_t flags = wire_u32(in);
    a->is_there = flags & 1;
    a->has_failed = flags >> 1 & 1;
    a->is_live = flags >> 2 & 1;
    a->diags = take_blob(in);
    a->head = wire_str(in);
    return take_renderings(in, g, number, &a->renderings);
}

static bool take_plugins(struct wire *in, struct graph *g, struct kept *k) {
    uint32_t count = wire_u32(in);
    struct plugin_code **end = &k->plugins;
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        struct plugin_code *p = *end = ARENA_NEW(&g->arena, struct plugin_code);
        struct used_file **last = &p->files;
        p->name = wire_str(in);
        p->exports = wire_str(in);
        uint32_t files = wire_u32(in);
        for (uint32_t n = 0; n < files && !in->bad; n++) {
            struct used_file *f = *last = ARENA_NEW(&g->arena, struct used_file);
            f->name = wire_str(in);
            f->hash = wire_u64(in);
            last = &f->next;
        }
        end = &p->next;
    }
    return !in->bad;
}

static bool check_head(struct str bytes) {
    uint64_t head[4];
    if (bytes.len < HEAD_BYTES)
        return false;
    memcpy(head, bytes.at, sizeof head);
    return head[0] == MAGIC && head[1] == program_version() && head[2] == bytes.len &&
           head[3] == hash_bytes(bytes.at + HEAD_BYTES, bytes.len - HEAD_BYTES, 0);
}

bool store_decode(struct str bytes, struct graph *g, struct kept *k, uint64_t *images_end) {
    struct wire in = {.rest = str_from(bytes, HEAD_BYTES)};
    if (!check_head(bytes))
        return false;
    *images_end = wire_u64(&in);
    k->settings = take_blob(&in);
    k->now = wire_str(&in);
    k->site = wire_str(&in);
    k->exports_hash = wire_u64(&in);
    k->reading_hash = wire_u64(&in);
    k->limits_hash = wire_u64(&in);
    k->updated_s = wire_u64(&in);
    if (!take_plugins(&in, g, k))
        return false;
    uint32_t exports = wire_u32(&in);
    for (uint32_t i = 0; i < exports && !in.bad; i++)
        graph_export(g, wire_str(&in));
    uint32_t articles = wire_u32(&in);
    for (uint32_t i = 0; i < articles && !in.bad; i++)
        if (!take_article(&in, g))
            return false;
    return take_renderings(&in, g, NO_ARTICLE, &g->site_renderings) && !in.bad &&
           in.rest.len == 0;
}

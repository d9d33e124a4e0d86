#include "site.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hash.h"
#include "moment.h"

void site_unmap(struct site *s) {
    if (s->heads)
        munmap((void *)(uintptr_t)s->heads, s->heads_len);
    s->heads = NULL;
    s->count = 0;
    s->own.len = 0;
    arena_free(&s->own_arena);
}

bool site_map(struct site *s, uint32_t count, uint64_t heads_len) {
    site_unmap(s);
    void *at = mmap(NULL, heads_len, PROT_READ, MAP_SHARED, s->heads_fd, 0);
    if (at == MAP_FAILED)
        return false;
    s->heads = at;
    s->heads_len = heads_len;
    s->count = count;
    return true;
}

static const struct site_entry *entry_of(const struct site *s, uint32_t article) {
    return (const struct site_entry *)(const void *)s->heads + article;
}

bool site_head(const struct site *s, uint32_t article, struct image *out) {
    if (article >= s->count || !entry_of(s, article)->live)
        return false;
    const struct site_entry *e = entry_of(s, article);
    *out = (struct image){s->heads + e->head_at, e->head_len};
    return true;
}

bool site_whole(const struct site *s, uint32_t article, struct arena *a, struct image *out) {
    if (article >= s->count)
        return false;
    const struct site_entry *e = entry_of(s, article);
    if (a->max)
        a->max += e->image_len; // content is nobody's own memory
    unsigned char *bytes = arena_alloc_raw(a, e->image_len);
    size_t done = 0;
    while (done < e->image_len) {
        ssize_t n = pread(s->images_fd, bytes + done, e->image_len - done,
                          (off_t)(e->image_at + done));
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    *out = (struct image){bytes, e->image_len};
    return hash_bytes(bytes, e->image_len, 0) == e->image_sum;
}

bool site_own(struct site *s, uint32_t article, struct image *out) {
    if (s->own.len == 0 || s->own_article != article) {
        arena_reset(&s->own_arena);
        s->own.len = 0;
        if (!site_whole(s, article, &s->own_arena, &s->own)) {
            s->own.len = 0;
            return false;
        }
        s->own_article = article;
    }
    *out = s->own;
    return true;
}

/* Sorting: keys are looked up once, then compared. */

struct sorted {
    struct node key;
    struct str id;
    int64_t moment; /* of a key that is a date: dates of several zones are compared as moments */
    bool is_date;
    uint32_t article;
};

static int compare_keys(const struct sorted *a, const struct sorted *b) {
    enum value_type x = node_type(a->key), y = node_type(b->key);
    if (a->is_date && b->is_date && a->moment != b->moment)
        return a->moment < b->moment ? -1 : 1;
    if (x == VALUE_STRING && y == VALUE_STRING)
        return str_compare(node_string(a->key), node_string(b->key));
    if (x != y)
        return x < y ? -1 : 1; /* nil before everything */
    double d = node_number(a->key) - node_number(b->key);
    return (d > 0) - (d < 0);
}

static int ascending(const void *p, const void *q) {
    const struct sorted *a = p, *b = q;
    int order = compare_keys(a, b);
    return order ? order : str_compare(a->id, b->id);
}

/* Only the key is reversed: ties stay in the order of their ids. */
static int descending(const void *p, const void *q) {
    const struct sorted *a = p, *b = q;
    int order = compare_keys(b, a);
    return order ? order : str_compare(a->id, b->id);
}

static bool has_tag(struct node article, struct str tag) {
    struct node tags = node_get(article, STR("tags"));
    for (uint32_t i = 0; i < node_count(tags); i++)
        if (str_eq(node_string(node_item(tags, i)), tag))
            return true;
    return false;
}

static bool is_wanted(struct node article, const struct site_query *q) {
    return (q->tag.len == 0 || has_tag(article, q->tag)) &&
           (q->lang.len == 0 || str_eq(node_get_string(article, STR("lang")), q->lang));
}

static bool can_sort_by(struct str field) {
    static const struct str fields[] = {STR_INIT("id"),      STR_INIT("path"),  STR_INIT("slug"),
                                        STR_INIT("title"),   STR_INIT("date"),  STR_INIT("updated"),
                                        STR_INIT("summary"), STR_INIT("lang"),  STR_INIT("words"),
                                        STR_INIT("url")};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_eq(field, fields[i]))
            return true;
    return field.len == 0;
}

static void take_moment(struct sorted *s) {
    struct moment m;
    const char *problem;
    s->is_date = moment_parse(node_string(s->key), &m, &problem);
    if (s->is_date)
        s->moment = moment_seconds(&m);
}

static uint32_t collect(const struct site *s, const struct site_query *q, struct str field,
                        struct sorted *found, struct image *images) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!site_head(s, i, &images[n]))
            continue;
        struct node article = image_root(&images[n]);
        if (!is_wanted(article, q))
            continue;
        found[n] = (struct sorted){.article = i, .id = node_get_string(article, STR("id"))};
        if (field.len)
            found[n].key = node_get(article, field);
        take_moment(&found[n]);
        n++;
    }
    return n;
}

uint64_t site_answer(const struct site *s, const uint32_t *articles, uint32_t count) {
    uint64_t hash = count;
    for (uint32_t i = 0; i < count; i++) {
        struct image head;
        site_head(s, articles[i], &head);
        uint64_t parts[2] = {hash, node_hash(node_get(image_root(&head), STR("id")))};
        hash = hash_bytes(parts, sizeof parts, 0);
    }
    return hash;
}

bool site_find(const struct site *s, const struct site_query *q, struct arena *a,
               uint32_t **articles, uint32_t *count) {
    bool down = str_starts(q->sort, STR("-"));
    struct str field = str_from(q->sort, down);
    if (!can_sort_by(field))
        return false;
    struct sorted *found = ARENA_ARRAY(a, struct sorted, s->count);
    struct image *images = ARENA_ARRAY(a, struct image, s->count);
    uint32_t n = collect(s, q, field, found, images);
    qsort(found, n, sizeof *found, down ? descending : ascending);
    uint32_t begin = q->offset < n ? q->offset : n;
    uint32_t end = q->limit && q->limit < n - begin ? begin + q->limit : n;
    *articles = ARENA_ARRAY(a, uint32_t, end - begin);
    *count = end - begin;
    for (uint32_t i = begin; i < end; i++)
        (*articles)[i - begin] = found[i].article;
    return true;
}

bool site_is_export_name(struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!str_is_alpha(c) && !str_is_digit(c) && c != '.' && c != '_' && c != '-')
            return false;
    }
    return name.len > 0 && name.len <= 100 && name.at[0] != '.';
}

bool site_reads(struct str name) {
    return str_ends(name, STR(".md")) || str_ends(name, STR(".markdown")) ||
           str_ends(name, STR(".txt"));
}

bool site_is_ending(struct str ending) {
    return ending.len > 1 && ending.len <= 32 && ending.at[0] == '.' &&
           site_is_export_name(str_from(ending, 1));
}

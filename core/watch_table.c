/* The watcher's files and folders by folder and name, so that one event costs the same among
 * thousand and among a hundred thousand. */
#include "watch_parts.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a (Fowler, Noll, Vo), begun with the folder's address. */
static uint32_t hash_of(const struct folder *in, struct str name) {
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)(uintptr_t)in;
    for (size_t i = 0; i < name.len; i++)
        h = (h ^ (unsigned char)name.at[i]) * 0x100000001b3u;
    return (uint32_t)(h ^ h >> 32);
}

static void grow(struct watch *w) {
    size_t count = w->slot_count ? w->slot_count * 2 : 1024;
    struct node **slots = must_alloc(count * sizeof(struct node *));
    memset(slots, 0, count * sizeof(struct node *));
    for (size_t i = 0; i < w->slot_count; i++)
        for (struct node *n = w->slots[i], *next; n; n = next) {
            next = n->chain;
            n->chain = slots[n->hash & (count - 1)];
            slots[n->hash & (count - 1)] = n;
        }
    free(w->slots);
    w->slots = slots;
    w->slot_count = count;
}

static struct node *find(const struct watch *w, const struct folder *in, struct str name,
                         bool is_folder) {
    uint32_t hash = hash_of(in, name);
    if (w->slot_count == 0)
        return NULL;
    for (struct node *n = w->slots[hash & (w->slot_count - 1)]; n; n = n->chain)
        if (n->hash == hash && n->parent == in && n->is_folder == is_folder &&
            str_eq(n->name, name))
            return n;
    return NULL;
}

static struct node **siblings(struct node *n) {
    return n->is_folder ? &n->parent->folders : &n->parent->files;
}

static void link_node(struct watch *w, struct node *n, struct folder *in, struct str name) {
    if (w->node_count >= w->slot_count)
        grow(w);
    n->parent = in;
    n->name = name;
    n->hash = hash_of(in, name);
    struct node **slot = &w->slots[n->hash & (w->slot_count - 1)];
    n->chain = *slot;
    *slot = n;
    w->node_count++;
    if (!in)
        return;
    struct node **first = siblings(n);
    n->next = *first;
    if (n->next)
        n->next->previous = n;
    *first = n;
}

static void unlink_node(struct watch *w, struct node *n) {
    struct node **at = &w->slots[n->hash & (w->slot_count - 1)];
    while (*at != n)
        at = &(*at)->chain;
    *at = n->chain;
    w->node_count--;
    if (!n->parent)
        return;
    if (n->previous)
        n->previous->next = n->next;
    else
        *siblings(n) = n->next;
    if (n->next)
        n->next->previous = n->previous;
}

/* A zeroed struct with a copy of the name behind it. */
static void *node_new(size_t bytes, struct str name, struct str *copy) {
    char *memory = must_alloc(bytes + name.len + 1);
    memset(memory, 0, bytes);
    if (name.len)
        memcpy(memory + bytes, name.at, name.len);
    memory[bytes + name.len] = '\0';
    *copy = (struct str){memory + bytes, name.len};
    return memory;
}

struct file *watch_find_file(const struct watch *w, const struct folder *in, struct str name) {
    return (struct file *)(void *)find(w, in, name, false);
}

struct folder *watch_find_folder(const struct watch *w, const struct folder *in, struct str name) {
    return (struct folder *)(void *)find(w, in, name, true);
}

struct file *watch_add_file(struct watch *w, struct folder *in, struct str name) {
    struct str copy;
    struct file *f = node_new(sizeof *f, name, &copy);
    link_node(w, &f->node, in, copy);
    return f;
}

static struct str path_in(const struct folder *in, struct str name) {
    bool is_deep = in && in->path.len > 0;
    size_t len = is_deep ? in->path.len + 1 + name.len : name.len;
    char *at = must_alloc(len + 1);
    if (is_deep) {
        memcpy(at, in->path.at, in->path.len);
        at[in->path.len] = '/';
    }
    if (name.len)
        memcpy(at + len - name.len, name.at, name.len);
    at[len] = '\0';
    return (struct str){at, len};
}

struct folder *watch_add_folder(struct watch *w, struct folder *in, unsigned root,
                                struct str name) {
    struct str copy;
    struct folder *f = node_new(sizeof *f, name, &copy);
    f->node.is_folder = true;
    f->root = root;
    f->wd = -1;
    f->path = path_in(in, name);
    link_node(w, &f->node, in, copy);
    f->previous = w->last;
    if (w->last)
        w->last->next = f;
    else
        w->first = f;
    w->last = f;
    w->folder_count++;
    return f;
}

void watch_free_file(struct watch *w, struct file *f) {
    watch_scan_forget_file(w, &f->node);
    unlink_node(w, &f->node);
    free(f);
}

void watch_free_folder(struct watch *w, struct folder *f) {
    watch_scan_forget_folder(w, f);
    unlink_node(w, &f->node);
    if (f->previous)
        f->previous->next = f->next;
    else
        w->first = f->next;
    if (f->next)
        f->next->previous = f->previous;
    else
        w->last = f->previous;
    w->folder_count--;
    free((char *)f->path.at);
    free(f);
}

const char *watch_path(const struct watch *w, struct buf *to, const struct folder *in,
                       struct str name, struct str *relative) {
    struct str root = w->roots[in->root].path;
    to->len = 0;
    buf_put(to, root);
    if (!str_ends(root, STR("/")))
        buf_char(to, '/');
    size_t begin = to->len;
    buf_put(to, in->path);
    if (in->path.len && name.len)
        buf_char(to, '/');
    buf_put(to, name);
    buf_char(to, '\0');
    *relative = (struct str){to->at + begin, to->len - 1 - begin};
    return to->at;
}

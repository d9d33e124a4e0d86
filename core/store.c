#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"
#include "store_parts.h"

/* Opening */

int store_open_file(const struct store *s, const char *name, int flags) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s/%s", STR_ARG(s->folder), name);
    return open(path, flags | O_CLOEXEC, 0666);
}

static int read_holder(int lock) {
    char text[32] = {0};
    ssize_t n = pread(lock, text, sizeof text - 1, 0);
    return n > 0 ? atoi(text) : 0;
}

static bool take_lock(struct store *s, bool waits, void (*waiting)(int holder)) {
    char text[32];
    s->lock = store_open_file(s, "lock", O_RDWR | O_CREAT);
    if (s->lock < 0)
        return false;
    if (flock(s->lock, LOCK_EX | LOCK_NB) != 0) {
        if (!waits)
            return false;
        if (waiting)
            waiting(read_holder(s->lock));
        while (flock(s->lock, LOCK_EX) != 0 && errno == EINTR)
            ;
    }
    int len = snprintf(text, sizeof text, "%d\n", (int)getpid());
    return ftruncate(s->lock, 0) == 0 && pwrite(s->lock, text, (size_t)len, 0) == len;
}

/* .fascia/, and in it a folder for each output folder. */
static struct str name_folder(struct store *s, struct arena *a, struct str site, struct str out) {
    const char *slash = site.len && !str_ends(site, STR("/")) ? "/" : "";
    struct str base = arena_printf(a, "%.*s%s.fascia", STR_ARG(site), slash);
    s->folder = arena_printf(a, "%.*s/%08x", STR_ARG(base), (unsigned)hash_str(out));
    return base;
}

static bool make_folder(struct store *s, struct arena *a, struct str site, struct str out) {
    struct str base = name_folder(s, a, site, out);
    return (mkdir(base.at, 0777) == 0 || errno == EEXIST) &&
           (mkdir(s->folder.at, 0777) == 0 || errno == EEXIST);
}

bool store_open(struct store *s, struct arena *a, struct str site, struct str out, bool waits,
                void (*waiting)(int holder), struct diags *d) {
    *s = (struct store)STORE_NONE;
    s->is_kept = make_folder(s, a, site, out) && take_lock(s, waits, waiting);
    if (!s->is_kept && !waits) {
        store_close(s);
        return store_open_empty(s);
    }
    if (s->is_kept) {
        s->images = store_open_file(s, "images", O_RDWR | O_CREAT);
        s->state = store_open_file(s, "state", O_RDWR | O_CREAT | O_APPEND);
    }
    if (s->images >= 0 && s->state >= 0)
        return true;
    s->is_kept = false;
    diag_warning(d, (struct place){.path = s->folder}, "no-cache",
                 "nothing can be kept here for the next build: %s", strerror(errno));
    s->images = memfd_create("fascia-images", MFD_CLOEXEC);
    return s->images >= 0;
}

bool store_peek(struct store *s, struct arena *a, struct str site, struct str out) {
    *s = (struct store)STORE_NONE;
    name_folder(s, a, site, out);
    s->images = store_open_file(s, "images", O_RDONLY);
    s->state = store_open_file(s, "state", O_RDONLY);
    s->is_kept = s->is_reading = s->images >= 0 && s->state >= 0;
    return s->is_kept;
}

bool store_open_empty(struct store *s) {
    *s = (struct store)STORE_NONE;
    s->images = memfd_create("fascia-images", MFD_CLOEXEC);
    return s->images >= 0;
}

void store_unmap(struct store *s) {
    if (s->loaded.len)
        munmap((void *)(uintptr_t)s->loaded.at, s->loaded.len);
    s->loaded = STR("");
}

void store_close(struct store *s) {
    int descriptors[] = {s->images, s->state, s->rewritten, s->lock};
    for (int i = 0; i < 4; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    store_unmap(s);
    *s = (struct store)STORE_NONE;
}

/* Images */

static bool write_at(int fd, const void *bytes, size_t len, uint64_t at) {
    const char *from = bytes;
    while (len) {
        ssize_t n = pwrite(fd, from, len, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        from += n;
        len -= (size_t)n;
        at += (uint64_t)n;
    }
    return true;
}

/* An article has two places, so that an edit never overwrites the image that the state names:
 * a build that is killed costs nothing. */
static void choose_place(struct store *s, struct article_node *a, uint32_t len) {
    /* A quarter of room, so that most edits fit where the article was; none before the first edit,
     * as most articles never see one. */
    uint32_t spare = a->image_len ? len / 4 : 0;
    bool spare_fits = len <= a->spare_room && a->spare_at != a->saved_at;
    bool own_fits = len <= a->image_room && a->image_at != a->saved_at;
    if (!spare_fits && own_fits)
        return;
    uint64_t at = a->spare_at;
    uint32_t room = a->spare_room;
    if (!spare_fits) {
        at = s->images_end;
        room = (len + spare + 7) / 8 * 8;
        s->images_end += room;
    }
    a->spare_at = a->image_at;
    a->spare_room = a->image_room;
    a->image_at = at;
    a->image_room = room;
}

bool store_put_image(struct store *s, struct article_node *article, const struct image *image) {
    choose_place(s, article, image->len);
    if (!write_at(s->images, image->at, image->len, article->image_at))
        return false;
    article->image_len = image->len;
    article->image_sum = hash_bytes(image->at, image->len, 0);
    return true;
}

bool store_get_image(const struct store *s, const struct article_node *article, struct arena *a,
                     struct image *out) {
    char *bytes = arena_alloc_raw(a, article->image_len);
    size_t done = 0;
    while (done < article->image_len) {
        ssize_t n = pread(s->images, bytes + done, article->image_len - done,
                          (off_t)(article->image_at + done));
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return hash_bytes(bytes, done, 0) == article->image_sum &&
           image_open(out, (struct str){bytes, done}, false);
}

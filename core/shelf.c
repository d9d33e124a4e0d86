#include "shelf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Reserved, not used: memory is taken page by page as heads come. */
#define HEADS_ROOM (UINT64_C(16) << 30)

static _Noreturn void no_memory(void) {
    fprintf(stderr, "fascia: no shared memory: %s\n", strerror(errno));
    exit(3);
}

void shelf_open(struct shelf *s) {
    *s = (struct shelf){.heads_fd = memfd_create("fascia-heads", MFD_CLOEXEC),
                        .images_fd = memfd_create("fascia-images", MFD_CLOEXEC),
                        .heads_end = SITE_HEADS_BEGIN};
    if (s->heads_fd < 0 || s->images_fd < 0 || ftruncate(s->heads_fd, (off_t)HEADS_ROOM) != 0)
        no_memory();
    void *at = mmap(NULL, HEADS_ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE,
                    s->heads_fd, 0);
    if (at == MAP_FAILED)
        no_memory();
    s->heads = at;
}

void shelf_close(struct shelf *s) {
    if (s->heads)
        munmap(s->heads, HEADS_ROOM);
    close(s->heads_fd);
    close(s->images_fd);
}

static struct site_entry *entry_of(const struct shelf *s, uint32_t article) {
    return (struct site_entry *)(void *)s->heads + article;
}

static bool write_at(int fd, const unsigned char *bytes, size_t len, uint64_t at) {
    while (len) {
        ssize_t n = pwrite(fd, bytes, len, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
        at += (uint64_t)n;
    }
    return true;
}

bool shelf_put(struct shelf *s, uint32_t article, const struct image *image) {
    uint32_t head_len = image_head_len(image);
    if (article >= SITE_MAX_ARTICLES || s->heads_end + head_len > HEADS_ROOM ||
        !write_at(s->images_fd, image->at, image->len, s->images_end))
        return false;
    memcpy(s->heads + s->heads_end, image->at, head_len);
    *entry_of(s, article) = (struct site_entry){.image_at = s->images_end,
                                                .head_at = s->heads_end,
                                                .image_len = image->len,
                                                .head_len = head_len,
                                                .live = 1};
    s->heads_end += (head_len + 7) / 8 * 8;
    s->images_end += image->len;
    if (article >= s->count)
        s->count = article + 1;
    return true;
}

void shelf_set_live(struct shelf *s, uint32_t article, bool live) {
    if (article < s->count && entry_of(s, article)->head_len)
        entry_of(s, article)->live = live;
}

struct image shelf_head(const struct shelf *s, uint32_t article) {
    if (article >= s->count)
        return (struct image){0};
    const struct site_entry *e = entry_of(s, article);
    return (struct image){s->heads + e->head_at, e->head_len};
}

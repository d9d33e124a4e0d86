/* A site over a shelf in tests: articles put there as a build does, read as a worker does. */
#ifndef FASCIA_SHELVING_H
#define FASCIA_SHELVING_H

#include "freezing.h"

#include <sys/mman.h>
#include <unistd.h>

#include "hash.h"
#include "shelf.h"

static struct shelf shelf;
static struct site site;
static uint64_t images_end; /* of the file with the whole images */

static inline void open_shelf(void) {
    shelf_open(&shelf);
    site =
        (struct site){.heads_fd = shelf.heads_fd, .images_fd = memfd_create("images", MFD_CLOEXEC)};
    images_end = 0;
    assert_true(site.images_fd >= 0);
}

static inline void close_shelf(void) {
    site_unmap(&site);
    close(site.images_fd);
    shelf_close(&shelf);
}

static inline bool put_image(uint32_t number, const struct image *image) {
    struct str head = {(const char *)image->at, image_head_len(image)};
    struct shelf_image where = {images_end, hash_bytes(image->at, image->len, 0), image->len};
    assert_int_equal(pwrite(site.images_fd, image->at, image->len, (off_t)images_end), image->len);
    images_end += image->len;
    return shelf_put(&shelf, number, head, where);
}

static inline bool put_article(uint32_t number, const struct value *article, uint32_t head_fields) {
    struct image image = open_image(frozen_bytes(article, head_fields, NULL, 0));
    return put_image(number, &image);
}

/* What a worker does when it is told that the site has changed. */
static inline void map_site(void) {
    assert_true(site_map(&site, shelf.count, shelf.heads_end));
}

#endif

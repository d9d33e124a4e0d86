/* Frozen values in tests, made from YAML text. Each image lies in memory of its exact size, so
 * that AddressSanitizer sees every byte read too far. */
#ifndef FASCIA_FREEZING_H
#define FASCIA_FREEZING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "yaml.h"

enum { FROZEN_MAX = 256 };

/* What was made since the last free_frozen. */
static struct arena frozen_arena;
static struct diags frozen_diags;
static void *frozen[FROZEN_MAX];
static size_t frozen_count;

static inline void free_frozen(void) {
    while (frozen_count)
        free(frozen[--frozen_count]);
    arena_free(&frozen_arena);
}

static inline struct value *yaml_value(const char *text) {
    struct source *s = ARENA_NEW(&frozen_arena, struct source);
    struct value *v = NULL;
    frozen_diags = (struct diags){.arena = &frozen_arena};
    if (!source_open(s, &frozen_arena, STR("test.yaml"), STR("test.yaml"), str_of(text),
                     &frozen_diags) ||
        !yaml_read(&v, &frozen_arena, s, 0, s->text.len, &frozen_diags))
        fail_msg("%s", frozen_diags.first->text.at);
    return v;
}

/* A copy of the bytes with nothing behind it; malloc's memory is aligned for images. */
static inline struct str exact_copy(struct str bytes) {
    char *copy = must_alloc(bytes.len ? bytes.len : 1);
    if (bytes.len)
        memcpy(copy, bytes.at, bytes.len);
    assert_true(frozen_count < FROZEN_MAX);
    frozen[frozen_count++] = copy;
    return (struct str){copy, bytes.len};
}

static inline struct str frozen_bytes(const struct value *v, uint32_t head_fields,
                                      const struct str *backings, size_t backing_count) {
    struct buf out = BUF_INIT;
    assert_true(image_freeze(&out, v, head_fields, backings, backing_count));
    struct str bytes = exact_copy(buf_str(&out));
    buf_free(&out);
    return bytes;
}

static inline struct image open_image(struct str bytes) {
    struct image image;
    assert_true(image_open(&image, bytes, false));
    return image;
}

static inline struct image freeze(const struct value *v) {
    return open_image(frozen_bytes(v, 0, NULL, 0));
}

static inline struct image freeze_yaml(const char *text) {
    return freeze(yaml_value(text));
}

#endif

/* Images of any shape, with any of their numbers changed: refused, or safe to walk to the end. The
 * input is YAML up to the first NUL, which is frozen, and then changes: u32 offset, u32 value. */
#include <stdlib.h>
#include <string.h>

#include "../core/image_walk.h"
#include "yaml.h"

enum { CHANGE_BYTES = 8, HEAD_FIELDS = 2 };

static bool freeze_text(struct buf *out, struct str text) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct source s;
    struct value *v;
    bool good = source_open(&s, &a, STR("a"), STR("a"), text, &d) &&
                yaml_read(&v, &a, &s, 0, text.len, &d) &&
                image_freeze(out, v, HEAD_FIELDS, NULL, 0);
    arena_free(&a);
    return good;
}

static void change(char *image, size_t len, struct str changes) {
    for (; changes.len >= CHANGE_BYTES; changes = str_from(changes, CHANGE_BYTES)) {
        uint32_t at;
        memcpy(&at, changes.at, sizeof at);
        memcpy(image + at % (len / 4) * 4, changes.at + 4, 4);
    }
}

/* A copy of its exact size, so that every byte read too far shows. */
static void open_and_walk(struct str bytes, bool head_only) {
    struct image image;
    char *copy = must_alloc(bytes.len);
    memcpy(copy, bytes.at, bytes.len);
    if (image_open(&image, (struct str){copy, bytes.len}, head_only))
        walk_image(&image);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct str input = {(const char *)bytes, len};
    size_t end = str_find_char(input, '\0');
    struct buf image = BUF_INIT;
    if (freeze_text(&image, str_slice(input, 0, end))) {
        struct image whole;
        if (!image_open(&whole, buf_str(&image), false))
            abort();
        uint32_t head = image_head_len(&whole);
        change(image.at, image.len, str_from(input, end + 1));
        open_and_walk(buf_str(&image), false);
        open_and_walk(str_slice(buf_str(&image), 0, head), true);
    }
    buf_free(&image);
    return 0;
}

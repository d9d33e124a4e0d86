/* Any path template, for an article with any slug and id or an item with any key (one a line): what
 * output_path_fault lets through stays in the output folder and can be written there. */
#include <stdlib.h>
#include <string.h>

#include "image.h"
#include "output.h"
#include "plugin.h"
#include "utf8.h"

static void expect(bool holds) {
    if (!holds)
        abort();
}

static bool starts_with_dot(struct str part) {
    return part.len > 0 && part.at[0] == '.';
}

/* Looks at the path another way than the program does. */
static void expect_inside(struct str path) {
    size_t bad, begin = 0;
    expect(path.len > 0 && path.len <= 1000 && utf8_check(path, &bad));
    for (size_t i = 0; i <= path.len; i++) {
        expect(i == path.len || ((unsigned char)path.at[i] >= ' ' && path.at[i] != 0x7F &&
                                 path.at[i] != '\\' && path.at[i] != ':'));
        if (i < path.len && path.at[i] != '/')
            continue;
        struct str part = str_slice(path, begin, i);
        expect(part.len > 0 && part.len <= 200 && !starts_with_dot(part));
        begin = i + 1;
    }
}

static struct str cut_line(struct str *rest) {
    struct str line;
    return str_cut(rest, '\n', &line) ? line : STR("");
}

static struct value *article_of(struct arena *a, struct str *rest) {
    static const struct str fields[] = {STR_INIT("slug"), STR_INIT("id"), STR_INIT("lang")};
    struct value *v = value_record(a, (struct span){0});
    for (size_t i = 0; i < 3; i++)
        value_set(a, v, fields[i], value_string(a, cut_line(rest), (struct span){0}));
    return v;
}

/* Where there is a key, there is no article. */
static struct path_values values_of(const struct image *article, struct str key, uint32_t item) {
    struct path_values v = {.name = STR("x.txt"), .key = key, .item = item};
    if (!key.len)
        v.article = image_root(article);
    return v;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct arena a = ARENA_INIT;
    struct buf frozen = BUF_INIT;
    struct image image;
    struct str rest = arena_str(&a, (struct str){(const char *)bytes, len}), path, unknown;
    struct str template = cut_line(&rest);
    expect(image_freeze(&frozen, article_of(&a, &rest), 0, NULL, 0));
    expect(image_open(&image, buf_str(&frozen), false));
    struct path_values values = values_of(&image, cut_line(&rest), (uint32_t)len % 3);
    if (export_path(template, &values, &a, &path, &unknown)) {
        if (!output_path_fault(path))
            expect_inside(path);
    } else {
        expect(unknown.len < template.len);
    }
    arena_free(&a);
    buf_free(&frozen);
    return 0;
}

#include "markdown_front.h"

#include "yaml.h"

static bool is_fence(struct str line, struct str fence) {
    return str_eq(str_trim_end(line), fence);
}

static uint32_t line_after_front(const struct source *s) {
    for (uint32_t line = 2; line <= s->line_count; line++) {
        struct str text = source_line(s, line);
        if (is_fence(text, STR("---")) || is_fence(text, STR("...")))
            return line + 1;
    }
    return 0;
}

static size_t line_begin(const struct source *s, uint32_t line) {
    return line <= s->line_count ? s->line_starts[line - 1] : s->text.len;
}

static struct value *keys_of(const struct value *front, struct arena *a, const struct source *s) {
    struct value *keys = value_list(a, front->span);
    for (uint32_t i = 0; i < front->count; i++)
        value_push(a, keys, value_string(a, front->keys[i], yaml_key_span(s, front, i)));
    return keys;
}

bool front_read(struct document *doc, struct arena *a, uint32_t *body_line, struct diags *d) {
    const struct source *s = doc->source;
    *body_line = 1;
    doc->front = value_record(a, (struct span){0});
    struct str first = source_line(s, 1);
    if (!is_fence(first, STR("---")))
        return true;
    *body_line = line_after_front(s);
    if (*body_line) {
        bool good = yaml_read(&doc->front, a, s, line_begin(s, 2),
                              line_begin(s, *body_line - 1), d);
        doc->keys = keys_of(doc->front, a, s);
        return good;
    }
    struct place at = source_place(s, (size_t)(first.at - s->text.at));
    struct diag *e = diag_error(d, at, "front-matter-open",
                                "the front matter that begins here never ends");
    diag_help(d, e, "end it with a line that holds only ---");
    return false;
}

/* Reading articles from text in tests, and asking for parts by a path: "faq.0.answer.text". */
#ifndef FASCIA_ARTICLE_READING_H
#define FASCIA_ARTICLE_READING_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "article.h"

/* What one test reads; set up before each. */
static struct arena arena;
static struct diags diags;
static struct reading reading;

static int set_up(void **state) {
    (void)state;
    arena = (struct arena)ARENA_INIT;
    diags = (struct diags){.arena = &arena};
    reading = (struct reading){0};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* NULL when the reader refused it. */
static inline struct value *try_article(const char *path, struct str text) {
    struct source *source = ARENA_NEW(&arena, struct source);
    struct value *out = NULL;
    if (!source_open(source, &arena, str_of(path), str_of(path), text, &diags))
        return NULL;
    return article_read(&out, &arena, source, &reading, &diags) ? out : NULL;
}

static inline struct value *article_at(const char *path, const char *text) {
    struct value *v = try_article(path, str_of(text));
    assert_non_null(v);
    return v;
}

static inline struct value *article(const char *text) {
    return article_at("content.md", text);
}

static inline const struct value *part(const struct value *v, const char *path) {
    struct str rest = str_of(path), step;
    while (v && str_cut(&rest, '.', &step)) {
        if (v->type != VALUE_LIST) {
            v = value_get(v, step);
            continue;
        }
        uint32_t i = (uint32_t)strtoul(step.at, NULL, 10);
        v = i < v->count ? v->items[i] : NULL;
    }
    if (!v)
        fail_msg("there is no %s", path);
    return v;
}

static inline const char *shown(const struct value *v) {
    switch (v->type) {
    case VALUE_NIL: return "nil";
    case VALUE_BOOLEAN: return v->boolean ? "true" : "false";
    case VALUE_INTEGER: return arena_printf(&arena, "%lld", (long long)v->integer).at;
    case VALUE_STRING: return arena_str(&arena, v->string).at;
    default: return value_type_name(v->type);
    }
}

static inline void expect(const struct value *v, const char *path, const char *wanted) {
    const char *found = shown(part(v, path));
    if (strcmp(found, wanted) != 0)
        fail_msg("%s is \"%s\", not \"%s\"", path, found, wanted);
}

static inline void expect_count(const struct value *v, const char *path, unsigned wanted) {
    unsigned found = part(v, path)->count;
    if (found != wanted)
        fail_msg("%s has %u items, not %u", path, found, wanted);
}

static inline void expect_place(const struct value *v, const char *path, unsigned line,
                                unsigned col) {
    struct span span = part(v, path)->span;
    if (span.line != line || span.col != col)
        fail_msg("%s stands at %u:%u, not %u:%u", path, span.line, span.col, line, col);
}

/* That exactly one message was added, with this code and place. */
static inline void expect_warning(const char *code, unsigned line, unsigned col) {
    assert_non_null(diags.first);
    assert_ptr_equal(diags.first, diags.last);
    assert_true(str_eq(diags.first->code, str_of(code)));
    assert_int_equal(diags.first->severity, SEVERITY_WARNING);
    assert_int_equal(diags.first->at.line, line);
    assert_int_equal(diags.first->at.col, col);
}

#endif

/* Markdown as blocks, for the tests of the reader and of the three writers. */
#ifndef FASCIA_TESTS_MARKDOWN_READING_H
#define FASCIA_TESTS_MARKDOWN_READING_H

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "document.h"

static struct arena a;
static struct diags messages;

static inline int clean(void **state) {
    (void)state;
    arena_free(&a);
    messages = (struct diags){.arena = &a};
    return 0;
}

static inline bool try_to_read(struct document *doc, struct str file, const struct reading *how) {
    struct source *source = ARENA_NEW(&a, struct source);
    messages = (struct diags){.arena = &a};
    assert_true(source_open(source, &a, STR("content/a.md"), STR("a.md"), file, &messages));
    bool read = markdown_read(doc, &a, source, how, &messages);
    assert_int_equal(messages.errors, !read);
    return read;
}

static inline struct document *read_bytes(struct str file) {
    struct document *doc = ARENA_NEW(&a, struct document);
    assert_true(try_to_read(doc, file, &(struct reading){0}));
    return doc;
}

static inline struct block *read_body(const char *markdown) {
    return read_bytes(str_of(markdown))->body;
}

static inline struct str file_text(const char *folder, const char *name) {
    struct str path = arena_printf(&a, "%s/%s", folder, name);
    FILE *file = fopen(path.at, "rb");
    assert_non_null(file);
    static char text[65536];
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    return arena_str(&a, (struct str){text, len});
}

/* Calls `check` with the Markdown and the HTML of each example; returns how many there are. */
static inline int each_example(void (*check)(const char *name, struct str markdown,
                                             struct str html)) {
    static const char folder[] = "tests/commonmark";
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct str name = str_of(entry->d_name);
        if (!str_ends(name, STR(".md")))
            continue;
        struct str stem = str_slice(name, 0, name.len - 3);
        struct str html = arena_printf(&a, "%.*s.html", STR_ARG(stem));
        check(entry->d_name, file_text(folder, entry->d_name), file_text(folder, html.at));
        count++;
    }
    closedir(dir);
    return count;
}

#endif

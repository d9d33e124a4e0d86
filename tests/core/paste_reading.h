/* For tests of single rules of the paste reader: text in, dump out. */
#ifndef FASCIA_PASTE_READING_H
#define FASCIA_PASTE_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paste_dump.h"

/* Fails unless the text is read as `expected`, with the title that every text here has. */
static inline void assert_read_line(const char *text, const char *expected, int line) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct document doc;
    bool opened = paste_open(&doc, &a, str_of(text), &d);
    struct str dump = opened ? dump_document(&a, &doc) : STR("");
    bool same = str_eq(dump, str_of(expected));
    bool whole = opened && first_lost_line(&a, &doc) == 0;
    if (!same)
        print_error("line %d: read as\n%.*s", line, STR_ARG(dump));
    arena_free(&a);
    assert_true(opened);
    assert_true(same);
    assert_true(whole);
}

#define assert_read(text, expected) assert_read_line(text, expected, __LINE__)

#endif

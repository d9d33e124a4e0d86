/* Any text as a paste: no line with a letter may be lost, and the Markdown that import writes must be
 * read as the same document. */
#include <stdio.h>
#include <stdlib.h>

#include "../core/paste_dump.h"

static void check(struct document *doc, struct arena *a, struct diags *d) {
    uint32_t lost = first_lost_line(a, doc);
    if (lost) {
        fprintf(stderr, "line %u is lost\n", lost);
        abort();
    }
    struct str markdown, before = dump_body(a, doc, false);
    struct str after = dump_imported(a, doc, &markdown, d);
    if (str_eq(before, after))
        return;
    fprintf(stderr, "read as another document\n--- paste\n%.*s--- markdown\n%.*s--- read as\n%.*s",
            STR_ARG(before), STR_ARG(markdown), STR_ARG(after));
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct document doc;
    if (paste_open(&doc, &a, (struct str){(const char *)data, size}, &d))
        check(&doc, &a, &d);
    arena_free(&a);
    return 0;
}

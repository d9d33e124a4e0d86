/* Reads Markdown from standard input and prints its body as one of the writers has it, for
 * conformance tests from outside.
 *
 * usage: body [html|text|markdown|again] < FILE
 *
 * `again` prints the HTML of what the Markdown writer wrote, read back. */
#include <stdio.h>
#include <string.h>

#include "commonmark.h"
#include "html.h"
#include "text.h"

static struct arena arena;
static struct diags diags = {.arena = &arena};

static void read_all(struct buf *in) {
    char part[65536];
    size_t len;
    while ((len = fread(part, 1, sizeof part, stdin)) > 0)
        buf_put(in, (struct str){part, len});
}

static int fail(void) {
    struct diag *e = diags.first;
    fprintf(stderr, "%u:%u: %.*s\n", e->at.line, e->at.col, STR_ARG(e->text));
    return 1;
}

static bool read_document(struct document *doc, struct str bytes) {
    struct source *source = ARENA_NEW(&arena, struct source);
    struct reading how = {0};
    return source_open(source, &arena, STR("stdin"), STR("stdin"), bytes, &diags) &&
           markdown_read(doc, &arena, source, &how, &diags);
}

int main(int argc, char **argv) {
    const char *form = argc > 1 ? argv[1] : "html";
    struct buf in = BUF_INIT, out = BUF_INIT, again = BUF_INIT;
    struct document doc;
    struct html_options plain = {0};
    read_all(&in);
    if (!read_document(&doc, buf_str(&in)))
        return fail();
    if (strcmp(form, "again") == 0) {
        commonmark_write(&again, doc.body);
        if (!read_document(&doc, buf_str(&again)))
            return fail();
        html_write(&out, doc.body, &plain);
    } else if (strcmp(form, "text") == 0) {
        text_write(&out, doc.body);
    } else if (strcmp(form, "markdown") == 0) {
        commonmark_write(&out, doc.body);
    } else {
        html_write(&out, doc.body, &plain);
    }
    fwrite(out.at ? out.at : "", 1, out.len, stdout);
    buf_free(&in);
    buf_free(&out);
    buf_free(&again);
    arena_free(&arena);
    return 0;
}

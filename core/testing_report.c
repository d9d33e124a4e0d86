/* What came of the tests: for people, as TAP 14 (testanything.org) and as JUnit's XML. */
#include "encode.h"
#include "testing_parts.h"

static void put_count(struct buf *out, uint32_t count, const char *what) {
    if (count)
        buf_printf(out, ", %u %s", count, what);
}

/* Text: a line a file, a line for all */

static void put_file_line(struct buf *out, const struct test_file *f, int width) {
    uint32_t passed = f->ends[TEST_PASSED];
    buf_printf(out, "%-*.*s  %u passed", width, STR_ARG(f->name), passed);
    put_count(out, f->ends[TEST_FAILED], "FAILED");
    put_count(out, f->ends[TEST_PENDING], "pending");
    if (f->diags.errors)
        buf_printf(out, ", and the file FAILED");
    buf_printf(out, ", %.1f ms\n", (double)f->ns / 1e6);
}

static void put_text(const struct testing *t, struct buf *out) {
    uint32_t ends[TEST_PENDING + 1] = {0}, broken = 0;
    int width = 0;
    for (size_t i = 0; i < t->file_count; i++)
        if (t->files[i].is_wanted && (int)t->files[i].name.len > width && t->files[i].name.len < 40)
            width = (int)t->files[i].name.len;
    for (size_t i = 0; i < t->file_count; i++) {
        const struct test_file *f = &t->files[i];
        if (!f->is_wanted)
            continue;
        put_file_line(out, f, width);
        for (int k = 0; k <= TEST_PENDING; k++)
            ends[k] += f->ends[k];
        broken += f->diags.errors > 0;
    }
    buf_put(out, buf_str(&t->golden));
    buf_printf(out, "%u passed, %u failed", ends[TEST_PASSED], ends[TEST_FAILED] + broken);
    put_count(out, ends[TEST_PENDING], "pending");
    buf_char(out, '\n');
}

/* TAP */

/* "#" would begin a directive. */
static void put_tap_name(struct buf *out, struct str file, struct str name) {
    buf_printf(out, "%.*s: ", STR_ARG(file));
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '#' || name.at[i] == '\\')
            buf_char(out, '\\');
        buf_char(out, name.at[i]);
    }
}

static void put_yaml_text(struct buf *out, const char *key, struct str text) {
    struct str line;
    buf_printf(out, "  %s: |-\n", key);
    while (text.len && str_cut(&text, '\n', &line))
        buf_printf(out, "    %.*s\n", STR_ARG(line));
}

static void put_tap_failure(struct buf *out, const struct diag *d) {
    buf_put(out, STR("  ---\n"));
    put_yaml_text(out, "message", d->text);
    if (d->detail.len)
        put_yaml_text(out, "difference", d->detail);
    buf_put(out, STR("  file: '"));
    for (size_t i = 0; i < d->at.path.len; i++)
        buf_printf(out, d->at.path.at[i] == '\'' ? "''" : "%c", d->at.path.at[i]);
    buf_printf(out, "'\n  line: %u\n  column: %u\n  ...\n", d->at.line, d->at.col);
}

static void put_tap_line(struct buf *out, uint32_t number, bool good, struct str file,
                         struct str name, bool is_pending, const struct diag *first) {
    buf_printf(out, "%sok %u - ", good ? "" : "not ", number);
    put_tap_name(out, file, name);
    buf_put(out, is_pending ? STR(" # SKIP pending\n") : STR("\n"));
    if (!good && first)
        put_tap_failure(out, first);
}

static void put_tap(const struct testing *t, struct buf *out) {
    uint32_t number = 0;
    buf_put(out, STR("TAP version 14\n"));
    for (size_t i = 0; i < t->file_count; i++) {
        const struct test_file *f = &t->files[i];
        for (const struct test_case *c = f->first; c; c = c->next)
            put_tap_line(out, ++number, c->end != TEST_FAILED, f->name, c->name,
                         c->end == TEST_PENDING, c->diags.first);
        if (f->diags.errors)
            put_tap_line(out, ++number, false, f->name, STR("the test file"), false,
                         f->diags.first);
    }
    buf_printf(out, "1..%u\n", number);
}

/* JUnit */

static void put_attribute(struct buf *out, const char *name, struct str value) {
    buf_printf(out, " %s=\"", name);
    escape_text(out, ESCAPE_XML, value);
    buf_char(out, '"');
}

static void put_failure(struct buf *out, const struct diag *d) {
    buf_put(out, STR(">\n      <failure"));
    put_attribute(out, "message", d->text);
    buf_char(out, '>');
    escape_text(out, ESCAPE_XML, d->at.path);
    buf_printf(out, ":%u:%u\n", d->at.line, d->at.col);
    escape_text(out, ESCAPE_XML, d->detail);
    buf_put(out, STR("</failure>\n    </testcase>\n"));
}

static void put_junit_case(struct buf *out, const struct test_file *f, struct str name,
                           uint32_t line, uint64_t ns) {
    buf_put(out, STR("    <testcase"));
    put_attribute(out, "classname", f->name);
    put_attribute(out, "name", name);
    put_attribute(out, "file", f->place);
    buf_printf(out, " line=\"%u\" time=\"%.6f\"", line, (double)ns / 1e9);
}

static void put_junit_file(struct buf *out, const struct test_file *f) {
    uint32_t broken = f->diags.errors > 0;
    uint32_t all = f->ends[TEST_PASSED] + f->ends[TEST_FAILED] + f->ends[TEST_PENDING] + broken;
    buf_put(out, STR("  <testsuite"));
    put_attribute(out, "name", f->name);
    buf_printf(out, " tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"%u\" time=\"%.6f\">\n",
               all, f->ends[TEST_FAILED] + broken, f->ends[TEST_PENDING], (double)f->ns / 1e9);
    for (const struct test_case *c = f->first; c; c = c->next) {
        put_junit_case(out, f, c->name, c->line, c->ns);
        if (c->end == TEST_FAILED && c->diags.first)
            put_failure(out, c->diags.first);
        else
            buf_put(out, c->end == TEST_PENDING ? STR("><skipped/></testcase>\n") : STR("/>\n"));
    }
    if (broken) {
        put_junit_case(out, f, STR("the test file"), 0, 0);
        put_failure(out, f->diags.first);
    }
    buf_put(out, STR("  </testsuite>\n"));
}

static void put_junit(const struct testing *t, struct buf *out) {
    buf_put(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"fascia\">\n"));
    for (size_t i = 0; i < t->file_count; i++)
        if (t->files[i].is_wanted)
            put_junit_file(out, &t->files[i]);
    buf_put(out, STR("</testsuites>\n"));
}

void testing_report(const struct testing *t, struct buf *out) {
    switch (t->options->format) {
    case TEST_TEXT:
        put_text(t, out);
        break;
    case TEST_TAP:
        put_tap(t, out);
        break;
    case TEST_JUNIT:
        put_junit(t, out);
        break;
    }
}

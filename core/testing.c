#include "testing_parts.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "output.h"
#include "utf8.h"
#include "wire.h"

enum { LARGEST_FIXTURE = 8 << 20, LONGEST_NAME = 1000 /* bytes */ };

static const struct str suffix = STR_INIT("_test.lua");

/* Finding */

static uint32_t plugin_number(const struct session *s, struct str name) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        if (str_eq(s->plugins[i].name, name))
            return i;
    return UINT32_MAX;
}

static struct test_file *find_file(struct testing *t, struct str name) {
    for (size_t i = 0; i < t->file_count; i++)
        if (str_eq(t->files[i].name, name))
            return &t->files[i];
    return NULL;
}

/* A site's plugin takes the place of a built-in one, and of its test. */
static bool is_replaced(const struct testing *t, size_t number, uint32_t plugin) {
    const struct session *s = &t->session;
    return number >= s->own_file_count && plugin != UINT32_MAX && !s->plugins[plugin].is_built_in;
}

static void add_file(struct testing *t, size_t number) {
    const struct session *s = &t->session;
    const struct content_file *f = &s->plugin_files.files[number];
    if (!str_ends(f->path, suffix) || str_find_char(f->path, '/') < f->path.len)
        return;
    struct str name = str_slice(f->path, 0, f->path.len - suffix.len);
    uint32_t plugin = plugin_number(s, name);
    if (name.len == 0 || find_file(t, name) || is_replaced(t, number, plugin))
        return;
    struct test_file *file = &t->files[t->file_count++];
    *file = (struct test_file){.name = name, .file = f->path, .place = f->place, .number = number,
                               .plugin = plugin};
    file->folder = arena_str(&t->arena, str_slice(f->place, 0, f->place.len - 4));
    file->diags.arena = &t->arena;
}

static bool want(struct testing *t, struct str name) {
    struct session *s = &t->session;
    struct test_file *file = find_file(t, name);
    if (file) {
        file->is_wanted = true;
        return true;
    }
    uint32_t plugin = plugin_number(s, name);
    if (plugin != UINT32_MAX) {
        struct diag *e = diag_error(s->diags, (struct place){.path = s->plugins[plugin].place},
                                    "no-test", "plugin '%.*s' has no test", STR_ARG(name));
        diag_help(s->diags, e, "write one beside it: %.*s_test.lua", STR_ARG(name));
        return false;
    }
    session_unknown_plugin(s, name);
    return false;
}

bool testing_find(struct testing *t) {
    const struct testing_options *o = t->options;
    const struct session *s = &t->session;
    bool good = true, has_own = false;
    t->files = ARENA_ARRAY(&t->arena, struct test_file, s->plugin_files.count + 1);
    t->file_count = 0;
    for (size_t i = 0; i < s->plugin_files.count; i++)
        add_file(t, i);
    for (size_t i = 0; i < t->file_count; i++)
        has_own = has_own || t->files[i].number < s->own_file_count;
    for (size_t i = 0; i < o->plugin_count; i++)
        good = want(t, o->plugins[i]) && good;
    for (size_t i = 0; i < t->file_count && o->plugin_count == 0; i++)
        t->files[i].is_wanted = !has_own || t->files[i].number < s->own_file_count;
    return good;
}

/* Asking a worker */

static void write_fixtures(struct testing *t, struct test_file *file, struct buf *request) {
    struct buf bytes = BUF_INIT;
    wire_put_u32(request, (uint32_t)file->fixtures.count);
    for (size_t i = 0; i < file->fixtures.count; i++) {
        const struct content_file *f = &file->fixtures.files[i];
        bytes.len = 0;
        content_read(&bytes, f->place, f->place, LARGEST_FIXTURE, t->session.diags);
        wire_put_str(request, f->path);
        wire_put_str(request, f->place);
        wire_put_str(request, buf_str(&bytes));
    }
    buf_free(&bytes);
}

static bool write_unit(void *client, struct unit *u, struct buf *request) {
    struct testing *t = client;
    struct test_file *file = u->subject;
    wire_put_u32(request, UNIT_TEST);
    wire_put_str(request, file->file);
    wire_put_str(request, file->place);
    wire_put_str(request, t->session.plugin_bytes[file->number]);
    wire_put_str(request, file->folder);
    wire_put_u32(request, t->options->updates);
    write_fixtures(t, file, request);
    return true;
}

/* Taking its answer */

static struct test_case *add_case(struct testing *t, struct test_file *file, struct str name,
                                  uint32_t line) {
    struct test_case *c = ARENA_NEW(&t->arena, struct test_case);
    *c = (struct test_case){.name = name, .line = line, .diags = {.arena = &t->arena}};
    if (file->last)
        file->last->next = c;
    else
        file->first = c;
    file->last = c;
    return c;
}

/* A test is told as begun, then as ended: the last may be one that never did. */
static void take_cases(struct testing *t, struct test_file *file, struct str records) {
    struct wire in = {.rest = records};
    while (in.rest.len && !in.bad) {
        uint32_t end = wire_u32(&in), line = wire_u32(&in);
        uint64_t ns = wire_u64(&in);
        struct str name = utf8_visible(&t->arena, str_slice(wire_str(&in), 0, LONGEST_NAME));
        uint32_t count = wire_u32(&in);
        struct test_case *c = file->last;
        if (in.bad || end > TEST_PENDING)
            return;
        if (!c || c->end != TEST_BEGUN)
            c = add_case(t, file, name, line);
        c->end = (enum test_end)end;
        c->ns = ns;
        file->ns += ns;
        for (uint32_t i = 0; i < count && !in.bad; i++)
            wire_diag(&in, &c->diags);
    }
}

static bool is_same(const struct testing *t, const struct test_file *file, struct str name,
                    struct str bytes) {
    struct buf old = BUF_INIT;
    bool same = false;
    for (size_t i = 0; i < file->fixtures.count && !same; i++)
        if (str_eq(file->fixtures.files[i].path, name)) {
            struct diags ignored = {.arena = t->session.diags->arena};
            same = content_read(&old, file->fixtures.files[i].place, file->fixtures.files[i].place,
                                LARGEST_FIXTURE, &ignored) &&
                   str_eq(buf_str(&old), bytes);
        }
    buf_free(&old);
    return same;
}

/* The names come from a worker that a plugin may have taken over: nothing is written beside the
 * test's own folder. */
static void write_golden(struct testing *t, struct test_file *file, struct str records) {
    struct wire in = {.rest = records};
    struct output o;
    if (records.len == 0 || !output_open(&o, file->folder, file->folder, &file->diags))
        return;
    while (in.rest.len && !in.bad) {
        struct str name = arena_str(&t->arena, wire_str(&in)), bytes = wire_str(&in);
        const char *fault = in.bad ? NULL : output_path_fault(name);
        struct str visible = utf8_visible(&t->arena, name);
        if (fault)
            diag_error(&file->diags, (struct place){.path = file->place}, "golden",
                       "'%.*s' is no name for a golden file: %s", STR_ARG(visible), fault);
        else if (!in.bad && !is_same(t, file, name, bytes) &&
                 output_write(&o, name, bytes, &file->diags))
            buf_printf(&t->golden, "wrote %.*s/%.*s\n", STR_ARG(file->folder), STR_ARG(visible));
    }
    output_close(&o);
}

/* The test that never ended, or the file when it never got to a test, is at fault. */
static void blame(struct testing *t, struct test_file *file, enum pool_end end, const char *why,
                  const struct answer *answer) {
    struct session *s = &t->session;
    struct test_case *c = file->last && file->last->end == TEST_BEGUN ? file->last : NULL;
    struct place at = {.path = file->place, .line = c ? c->line : 0, .col = c ? 1 : 0};
    struct diags *all = s->diags;
    s->diags = c ? &c->diags : &file->diags;
    session_report_death(s, at, c ? c->name.at : "loading this test", end, why, answer);
    s->diags = all;
    if (c)
        c->end = TEST_FAILED;
}

static void unit_done(void *client, struct unit *u, enum pool_end end, const char *why,
                      struct answer *answer) {
    struct testing *t = client;
    struct test_file *file = u->subject;
    struct wire in = {.rest = buf_str(&answer->record[RECORD_DIAG])};
    take_cases(t, file, buf_str(&answer->record[RECORD_TEST]));
    while (in.rest.len && !in.bad)
        wire_diag(&in, &file->diags);
    if (end == POOL_MADE)
        write_golden(t, file, buf_str(&answer->record[RECORD_GOLDEN]));
    else if (end != POOL_FAILED)
        blame(t, file, end, why, answer);
}

static bool is_noted(const struct testing *t, struct str plugin, struct str file) {
    for (const struct test_use *u = t->uses; u; u = u->next)
        if (str_eq(u->plugin, plugin) && str_eq(u->file, file))
            return true;
    return false;
}

static void note_files(void *client, uint32_t plugin, struct str names) {
    struct testing *t = client;
    struct str name = t->session.plugins[plugin].name;
    struct wire in = {.rest = names};
    while (in.rest.len && !in.bad) {
        wire_u32(&in); // as a template or not: a test may see either
        struct str file = wire_str(&in);
        if (is_noted(t, name, file))
            continue;
        struct test_use *use = ARENA_NEW(&t->uses_arena, struct test_use);
        *use = (struct test_use){arena_str(&t->uses_arena, name),
                                 arena_str(&t->uses_arena, file), t->uses};
        t->uses = use;
    }
}

/* Running */

static void copy_diags(struct diags *to, const struct diags *from) {
    for (const struct diag *one = from->first; one; one = one->next)
        diag_copy(to, one);
}

static void start_file(struct testing *t, struct test_file *file) {
    if (content_is_folder(file->folder.at))
        content_find(&file->fixtures, &t->arena, file->folder, file->folder,
                     (struct content_filter){0}, 0, 0, t->session.diags);
    file->unit = (struct unit){.kind = UNIT_TEST, .plugin = file->plugin, .subject = file};
    pool_add(t->session.pool, &file->unit);
}

int testing_run_files(struct testing *t, struct buf *report) {
    for (size_t i = 0; i < t->file_count; i++)
        if (t->files[i].is_wanted)
            start_file(t, &t->files[i]);
    if (t->file_count == 0)
        diag_add(t->session.diags, SEVERITY_NOTE, (struct place){0}, "no-test",
                 "there are no tests: they stand beside their plugin, in plugins/NAME_test.lua");
    if (!session_run(&t->session))
        return 3;
    for (size_t i = 0; i < t->file_count; i++) {
        struct test_file *file = &t->files[i];
        copy_diags(t->session.diags, &file->diags);
        for (struct test_case *c = file->first; c; c = c->next) {
            file->ends[c->end]++;
            copy_diags(t->session.diags, &c->diags);
        }
    }
    testing_report(t, report);
    return t->session.diags->errors ? 1 : 0;
}

bool testing_open(struct testing *t, const struct testing_options *o, struct diags *d,
                  int *status) {
    struct session_options how = {.site = o->site, .needs_plugins = true};
    *t = (struct testing){.options = o};
    if (!session_find(&t->session, o->site, d)) {
        *status = 2;
        return false;
    }
    t->session.client = t;
    t->session.write = write_unit;
    t->session.done = unit_done;
    t->session.files = note_files;
    how.images = t->session.own_images = memfd_create("fascia-images", MFD_CLOEXEC);
    return session_start(&t->session, &how, status);
}

void testing_close(struct testing *t) {
    session_close(&t->session);
    buf_free(&t->golden);
    arena_free(&t->arena);
    arena_free(&t->uses_arena);
}

int testing_run(const struct testing_options *o, struct buf *report, struct buf *log,
                struct diags *d) {
    struct testing t;
    int status;
    if (testing_open(&t, o, d, &status))
        status = testing_find(&t) ? testing_run_files(&t, report) : 2;
    *log = t.session.log;
    t.session.log = (struct buf)BUF_INIT;
    testing_close(&t);
    return status;
}

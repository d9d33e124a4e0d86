#include "folder.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "reply.h"
#include "session.h"
#include "wire.h"

/* A worker that a plugin has taken over. It answers with site.yaml's own bytes, which are records
 * as the protocol has them: u32 kind, u32 len, bytes, up to a multiple of 8. */

static void send_or_end(struct message m) {
    if (send(WORKER_SOCKET, &m, sizeof m, MSG_NOSIGNAL) != sizeof m)
        _exit(0);
}

static void answer(char *shared, struct message m) {
    struct wire request = {.rest = {shared + protocol_request_at(m.slot), m.len}};
    struct wire unit = {.rest = wire_str(&request)};
    struct reply r = {.slot = 0};
    uint32_t kind = wire_u32(&unit);
    wire_str(&unit); // where the file is
    reply_begin(&r, shared + protocol_reply_at(m.slot), m.slot);
    reply_u32(&r, RECORD_UNIT, 0);
    if (kind == UNIT_SETTINGS)
        buf_put(&r.area, wire_str(&unit));
    reply_u32(&r, RECORD_END, UNIT_MADE);
    send_or_end((struct message){MESSAGE_DONE, m.slot, (uint32_t)r.area.len, 1});
}

static _Noreturn void taken_over_worker(void) {
    struct message m;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    char *shared = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_SHARED, 0);
    send_or_end((struct message){MESSAGE_HELLO, 0, 0, 0});
    while (recv(WORKER_SOCKET, &m, sizeof m, 0) == sizeof m)
        answer(shared, m);
    _exit(0);
}

/* What it is to say. */

static struct buf said;

static int set_up(void **state) {
    said = (struct buf)BUF_INIT;
    return make_folder(state);
}

static int tear_down(void **state) {
    buf_free(&said);
    return remove_folder(state);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static void say(uint32_t kind, struct str bytes) {
    wire_put_u32(&said, kind);
    wire_put_str(&said, bytes);
    while (said.len % 8)
        buf_char(&said, '\0');
}

/* Settings with one limit, frozen. */
static struct str frozen_limit(const char *name, double value) {
    struct buf image = BUF_INIT;
    struct arena *a = &folder_arena;
    struct value *root = value_record(a, (struct span){0}), *all = value_record(a, root->span);
    value_set(a, all, str_of(name), value_number(a, value));
    value_set(a, root, STR("limits"), all);
    assert_true(image_freeze(&image, root, 0, NULL, 0));
    struct str copy = arena_str(a, buf_str(&image));
    buf_free(&image);
    return copy;
}

struct opened {
    bool good;
    struct settings settings; /* without what lives in the session */
    struct diags diags;
};

static struct opened open_site(void) {
    const struct session_options how = {.site = str_of(folder_path), .workers = 1};
    struct opened o = {.diags = {.arena = &folder_arena}};
    struct session s;
    int status;
    put_folder("content");
    int fd = open(in_folder("content/site.yaml"), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    assert_int_equal(write(fd, buf_str(&said).at, said.len), said.len);
    close(fd);
    o.good = session_open(&s, &how, &o.diags, &status);
    o.settings = s.settings;
    session_close(&s);
    return o;
}

static void expect_refused(const char *code) {
    struct opened o = open_site();
    assert_false(o.good);
    assert_int_equal(o.diags.errors, 1);
    assert_string_equal(arena_str(&folder_arena, o.diags.first->code).at, code);
}

static void what_makes_sense_is_taken(void **state) {
    (void)state;
    say(RECORD_IMAGE, frozen_limit("seconds", 7));
    struct opened o = open_site();
    assert_true(o.good);
    assert_true(o.settings.seconds == 7);
}

static void an_image_in_pieces_is_put_together(void **state) {
    (void)state;
    struct str image = frozen_limit("seconds", 7);
    say(RECORD_IMAGE | RECORD_MORE, str_slice(image, 0, 20));
    say(RECORD_IMAGE, str_from(image, 20));
    assert_true(open_site().good);
}

static void limits_that_nobody_may_have_are_the_usual_ones(void **state) {
    (void)state;
    say(RECORD_IMAGE, frozen_limit("seconds", 1e300));
    struct opened o = open_site();
    assert_true(o.settings.seconds == 2);
}

static void an_image_that_makes_no_sense_is_refused(void **state) {
    (void)state;
    say(RECORD_IMAGE, STR("no image at all, but long enough to be one, if only it were"));
    expect_refused("protocol");
}

static void no_image_is_refused(void **state) {
    (void)state;
    expect_refused("protocol");
}

static void a_second_image_is_a_breach(void **state) {
    (void)state;
    say(RECORD_IMAGE, frozen_limit("seconds", 7));
    say(RECORD_IMAGE, frozen_limit("seconds", 8));
    expect_refused("crash");
}

static void records_of_another_unit_are_a_breach(void **state) {
    (void)state;
    say(RECORD_IMAGE, frozen_limit("seconds", 7));
    say(RECORD_BYTES, STR("output"));
    expect_refused("crash");
}

static void a_message_that_is_cut_off_is_no_message(void **state) {
    (void)state;
    say(RECORD_DIAG, STR("cut"));
    say(RECORD_IMAGE, frozen_limit("seconds", 7));
    struct opened o = open_site();
    assert_true(o.good);
    assert_null(o.diags.first);
}

static void what_a_message_says_is_made_printable(void **state) {
    (void)state;
    struct buf wire = BUF_INIT;
    struct diag d = {.at = {.path = STR("a\33[2J")}, .text = STR("\xFFx\n"), .code = STR("\7")};
    wire_put_diag(&wire, &d);
    say(RECORD_DIAG, buf_str(&wire));
    say(RECORD_IMAGE, frozen_limit("seconds", 7));
    buf_free(&wire);
    struct opened o = open_site();
    assert_string_equal(arena_str(&folder_arena, o.diags.first->at.path).at, "a\\x1b[2J");
    assert_string_equal(arena_str(&folder_arena, o.diags.first->text).at, "\\xffx\\x0a");
    assert_string_equal(arena_str(&folder_arena, o.diags.first->code).at, "\\x07");
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        TEST(what_makes_sense_is_taken),
        TEST(an_image_in_pieces_is_put_together),
        TEST(limits_that_nobody_may_have_are_the_usual_ones),
        TEST(an_image_that_makes_no_sense_is_refused),
        TEST(no_image_is_refused),
        TEST(a_second_image_is_a_breach),
        TEST(records_of_another_unit_are_a_breach),
        TEST(a_message_that_is_cut_off_is_no_message),
        TEST(what_a_message_says_is_made_printable),
    };
    if (argc > 1 && strcmp(argv[1], "--worker") == 0)
        taken_over_worker();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

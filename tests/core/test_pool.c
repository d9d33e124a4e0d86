#include "pooling.h"

#include "worker.h"

/* A unit of a test: what it is told, and how it ended. */
struct job {
    struct unit unit; /* the first: a unit is the front of its job */
    const char *command;
    char answer[64]; /* RECORD_BYTES of its last try, their beginning */
    size_t bytes;
    char why[64];
    int done, tries;
    enum pool_end end;
};

enum { JOBS = 300 };

static uv_loop_t loop;
static struct pool *pool;
static struct job jobs[JOBS];
static int job_count, heads;
static unsigned ticks;
static volatile unsigned touched;

static struct job *job_of(struct unit *u) {
    return (struct job *)(void *)(u->original ? u->original : u);
}

static bool write_unit(void *self, struct unit *u, struct buf *request) {
    const struct job *j = job_of(u);
    (void)self;
    if (strcmp(j->command, "nothing") == 0)
        return false;
    if (strcmp(j->command, "huge") == 0) {
        char *zeros = must_alloc(REQUEST_BYTES);
        memset(zeros, 0, REQUEST_BYTES);
        buf_put(request, (struct str){zeros, REQUEST_BYTES});
        free(zeros);
        return true;
    }
    wire_put_u32(request, u->kind);
    buf_put(request, str_of(j->command));
    return true;
}

static bool take_record(void *self, struct unit *u, enum record_kind kind, struct str bytes,
                        bool more) {
    struct job *j = job_of(u);
    (void)self;
    (void)more;
    if (kind == RECORD_UNIT) {
        j->bytes = 0;
        j->tries++;
    }
    for (size_t i = 0; i < bytes.len; i += 4096)
        touched += (unsigned char)bytes.at[i]; // whoever owns a pool looks at all of it
    if (kind == RECORD_BYTES) {
        size_t room = sizeof j->answer - 1;
        if (j->bytes < room) {
            size_t len = bytes.len < room - j->bytes ? bytes.len : room - j->bytes;
            memcpy(j->answer + j->bytes, bytes.at, len);
            j->answer[j->bytes + len] = '\0';
        }
        j->bytes += bytes.len;
    }
    return kind != RECORD_LOG;
}

static void unit_done(void *self, struct unit *u, enum pool_end end, const char *why) {
    struct job *j = job_of(u);
    (void)self;
    j->done++;
    j->end = end;
    snprintf(j->why, sizeof j->why, "%s", why);
    if (u->original && (end == POOL_TIMED_OUT || end == POOL_DIED))
        pool_drop_setup(pool, u);
    if (strncmp(j->command, "more ", 5) == 0) { // callbacks may add units
        struct job *next = &jobs[job_count++];
        next->command = j->command + 5;
        pool_add(pool, &next->unit);
    }
}

static void count_ticks(void *self) {
    (void)self;
    ticks++;
}

static void open_pool(unsigned workers, char way) {
    const struct pool_owner owner = {NULL, write_unit, take_record, unit_done, count_ticks};
    assert_int_equal(pwrite(heads, &way, 1, 0), 1);
    pool = pool_new(&loop, workers, heads, heads, &owner);
    pool_set_deadline(pool, 20); // nothing but what hangs may meet it, on a slow machine too
}

static int set_up(void **state) {
    (void)state;
    memset(jobs, 0, sizeof jobs);
    job_count = 0;
    ticks = 0;
    heads = memfd_create("heads", MFD_CLOEXEC);
    return heads >= 0 && uv_loop_init(&loop) == 0 ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    pool_free(pool);
    close(heads);
    return uv_loop_close(&loop);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static struct job *new_job(const char *command) {
    struct job *j = &jobs[job_count++];
    j->command = command;
    j->unit.kind = UNIT_READ;
    return j;
}

static struct job *add(const char *command) {
    struct job *j = new_job(command);
    pool_add(pool, &j->unit);
    return j;
}

static struct job *add_setup(const char *command) {
    struct job *j = new_job(command);
    pool_add_setup(pool, &j->unit);
    return j;
}

static void expect_end(const struct job *j, enum pool_end end, const char *why) {
    if (j->done != 1 || j->end != end || strcmp(j->why, why) != 0)
        fail_msg("'%s' ended %d times, with %d (%s), not %d (%s)", j->command, j->done, (int)j->end,
                 j->why, (int)end, why);
}

static void expect_made(const struct job *j) {
    expect_end(j, POOL_MADE, "");
    assert_string_equal(j->answer, j->command);
}

static void expect_others_made(const struct job *but) {
    for (int i = 0; i < job_count; i++)
        if (&jobs[i] != but)
            expect_made(&jobs[i]);
}

static void nothing_to_do_is_done_at_once(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    assert_true(pool_run(pool));
    assert_int_equal(pool_workers_killed(pool), 0);
}

static void every_unit_is_answered(void **state) {
    (void)state;
    open_pool(3, FAKE_HONEST);
    for (int i = 0; i < JOBS; i++)
        add("a");
    assert_true(pool_run(pool));
    expect_others_made(NULL);
    assert_true(ticks > 0);
    assert_int_equal(pool_workers_killed(pool), 0);
}

static void a_worker_says_how_a_unit_ended(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *made = add("a"), *failed = add("fail"), *skipped = add("skip");
    assert_true(pool_run(pool));
    expect_made(made);
    expect_end(failed, POOL_FAILED, "");
    expect_end(skipped, POOL_SKIPPED, "");
}

static void a_worker_cannot_write_what_it_is_shown(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *j = add("write");
    assert_true(pool_run(pool));
    expect_end(j, POOL_FAILED, "");
}

static void the_pool_can_run_again(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    for (int turn = 0; turn < 3; turn++) {
        struct job *j = add("a");
        assert_true(pool_run(pool));
        expect_made(j);
    }
}

static void callbacks_may_add_units(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    add("more more more a");
    assert_true(pool_run(pool));
    assert_int_equal(job_count, 4);
    expect_others_made(NULL);
}

static void a_unit_with_nothing_to_do_is_forgotten(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *nothing = add("nothing"), *after = add("a");
    assert_true(pool_run(pool));
    assert_int_equal(nothing->done, 0);
    expect_made(after);
}

static void a_request_that_is_too_large_is_one_failure(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *huge = add("huge");
    add("a");
    assert_true(pool_run(pool));
    expect_end(huge, POOL_DIED, "does not fit a request");
    expect_others_made(huge);
}

static void a_large_answer_comes_in_parts(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *large = add("large");
    assert_true(pool_run(pool));
    assert_int_equal(large->done, 1);
    assert_int_equal(large->bytes, 3 * 1024 * 4096 + 5);
}

static void a_unit_that_never_ends_is_killed_and_the_others_are_done(void **state) {
    (void)state;
    static const char *const endless[] = {"hang", "spin"};
    open_pool(2, FAKE_HONEST);
    pool_set_deadline(pool, 0.3);
    for (size_t k = 0; k < 2; k++) {
        job_count = 0;
        memset(jobs, 0, sizeof jobs);
        for (int i = 0; i < 100; i++)
            add("a");
        struct job *never = add(endless[k]);
        for (int i = 0; i < 100; i++)
            add("a");
        assert_true(pool_run(pool));
        expect_end(never, POOL_TIMED_OUT, "missed its deadline");
        expect_others_made(never);
    }
    assert_int_equal(pool_workers_killed(pool), 2);
}

/* The deadline is a unit's, not a batch's. */
static void many_units_may_take_longer_together(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    pool_set_deadline(pool, 0.6);
    for (int i = 0; i < 10; i++)
        add("slow");
    assert_true(pool_run(pool));
    expect_others_made(NULL);
    assert_int_equal(pool_workers_killed(pool), 0);
}

static struct job *add_test(const char *command) {
    struct job *j = new_job(command);
    j->unit.kind = UNIT_TEST;
    pool_add(pool, &j->unit);
    return j;
}

static void each_test_of_a_unit_has_a_deadline_to_itself(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    pool_set_deadline(pool, 0.6);
    add_test("slow-parts");
    assert_true(pool_run(pool));
    expect_others_made(NULL);
    assert_int_equal(pool_workers_killed(pool), 0);
}

/* What no other unit may do, and no unit for ever. */
static void only_tests_are_told_in_parts_and_only_so_many(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *other = add("slow-parts"), *endless = add_test("small-parts");
    alarm(60); // a pool that waits for ever is killed
    assert_true(pool_run(pool));
    alarm(0);
    expect_end(other, POOL_DIED, "broke the protocol");
    expect_end(endless, POOL_DIED, "broke the protocol");
}

static void a_worker_that_dies_loses_one_unit(void **state) {
    (void)state;
    static const char *const deaths[][2] = {
        {"crash", "crashed (Killed)"},
        {"exit", "ended (status 7)"},
    };
    open_pool(2, FAKE_HONEST);
    for (size_t k = 0; k < 2; k++) {
        job_count = 0;
        memset(jobs, 0, sizeof jobs);
        for (int i = 0; i < 70; i++)
            add("a");
        struct job *deadly = add(deaths[k][0]);
        for (int i = 0; i < 70; i++)
            add("a");
        assert_true(pool_run(pool));
        expect_end(deadly, POOL_DIED, deaths[k][1]);
        expect_others_made(deadly);
    }
}

static void a_worker_that_pretends_to_get_on_meets_its_deadline(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    pool_set_deadline(pool, 0.3);
    add("a");
    struct job *j = add("stall");
    add("a");
    alarm(20); // a pool that waits for ever is killed
    assert_true(pool_run(pool));
    alarm(0);
    expect_end(j, POOL_TIMED_OUT, "missed its deadline");
    expect_others_made(j);
}

static void who_killed_a_worker_unseen_is_found_by_trying_each_alone(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    for (int i = 0; i < 10; i++)
        add("a");
    struct job *j = add("crash-elsewhere");
    for (int i = 0; i < 10; i++)
        add("a");
    assert_true(pool_run(pool));
    expect_end(j, POOL_DIED, "crashed (Killed)");
    expect_others_made(j);
}

static void a_setup_unit_that_kills_unseen_is_found_too(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *before = add_setup("one"), *deadly = add_setup("crash-elsewhere");
    struct job *unit = add("a");
    assert_true(pool_run(pool));
    assert_int_equal(deadly->end, POOL_DIED);
    assert_true(before->done >= 1 && before->end == POOL_MADE);
    expect_made(unit);
}

static void a_damaged_image_is_told_apart(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *j = add("damaged");
    assert_true(pool_run(pool));
    assert_int_equal(j->end, POOL_DAMAGED);
}

static void many_deadly_units_are_all_told(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    for (int i = 0; i < 12; i++) {
        add("crash");
        add("a");
    }
    assert_true(pool_run(pool));
    for (int i = 0; i < job_count; i++)
        if (i % 2)
            expect_made(&jobs[i]);
        else
            expect_end(&jobs[i], POOL_DIED, "crashed (Killed)");
}

static void a_unit_that_breaks_the_protocol_is_lost_and_the_others_are_done(void **state) {
    (void)state;
    static const char *const breaches[] = {
        "bad-end", "two-ends",   "unit-twice", "unknown-record", "long-record", "cut-record",
        "no-end",  "long-reply", "other-slot", "no-slot",        "refuse",
        "empty-parts", "small-parts", "open-end", "open-other",
    };
    open_pool(1, FAKE_HONEST);
    for (size_t k = 0; k < sizeof breaches / sizeof *breaches; k++) {
        job_count = 0;
        memset(jobs, 0, sizeof jobs);
        add("a");
        struct job *breach = add(breaches[k]);
        add("a");
        assert_true(pool_run(pool));
        expect_others_made(strcmp(breaches[k], "two-ends") == 0 ? NULL : breach);
        if (strcmp(breaches[k], "two-ends") != 0)
            expect_end(breach, POOL_DIED, "broke the protocol");
        assert_int_equal(pool_workers_killed(pool), k + 1);
    }
}

static void an_answer_that_nobody_waits_for_is_a_breach(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *j = add("idle-slot");
    assert_true(pool_run(pool));
    expect_end(j, POOL_DIED, "broke the protocol");
}

static void workers_that_never_start_end_the_run(void **state) {
    (void)state;
    open_pool(2, FAKE_GONE);
    struct job *j = add("hang");
    assert_false(pool_run(pool));
    assert_int_equal(j->done, 0);
}

static void workers_that_never_work_lose_their_units(void **state) {
    (void)state;
    static const char ways[] = {FAKE_TWO_HELLOS, FAKE_SHORT_MESSAGE, FAKE_UNKNOWN_MESSAGE,
                                FAKE_UNASKED_REPLY};
    for (size_t k = 0; k < sizeof ways; k++) {
        open_pool(2, ways[k]);
        struct job *j = add("hang");
        assert_true(pool_run(pool));
        expect_end(j, POOL_DIED, "broke the protocol");
        if (k + 1 < sizeof ways)
            pool_free(pool);
    }
}

/* Setup units */

static void setup_units_are_run_by_each_worker_once(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    struct job *first = add_setup("one"), *second = add_setup("two");
    for (int i = 0; i < 20; i++)
        add("slow"); // work for both
    assert_true(pool_run(pool));
    assert_int_equal(first->done, 2);
    assert_int_equal(second->done, 2);
    assert_string_equal(first->answer, "one");
}

static void setup_units_are_run_even_when_nothing_waits(void **state) {
    (void)state;
    open_pool(3, FAKE_HONEST);
    struct job *setup = add_setup("one");
    assert_true(pool_run(pool));
    expect_made(setup);
    struct job *later = add_setup("two");
    assert_true(pool_run(pool));
    expect_made(setup);
    expect_made(later);
}

static void a_new_worker_runs_them_again(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    struct job *setup = add_setup("one"), *deadly = add("crash"), *after = add("a");
    assert_true(pool_run(pool));
    assert_int_equal(setup->done, 2);
    assert_int_equal(deadly->end, POOL_DIED);
    expect_made(after);
}

static void a_setup_unit_that_kills_is_dropped_and_the_others_are_run(void **state) {
    (void)state;
    static const char *const deaths[] = {"hang", "crash", "unknown-record"};
    for (size_t k = 0; k < 3; k++) {
        open_pool(1, FAKE_HONEST);
        pool_set_deadline(pool, 0.3);
        job_count = 0;
        memset(jobs, 0, sizeof jobs);
        struct job *before = add_setup("one"), *deadly = add_setup(deaths[k]);
        struct job *after = add_setup("two");
        assert_true(pool_run(pool));
        assert_int_equal(deadly->done, 1);
        assert_int_equal(deadly->end, k ? POOL_DIED : POOL_TIMED_OUT);
        assert_true(before->done >= 1 && before->end == POOL_MADE);
        expect_made(after);
        struct job *unit = add("a");
        assert_true(pool_run(pool));
        expect_made(unit);
        assert_int_equal(deadly->done, 1);
        if (k < 2)
            pool_free(pool);
    }
}

static void a_unit_whose_workers_die_before_it_ends_the_run(void **state) {
    (void)state;
    open_pool(1, FAKE_SETUP_ONLY);
    add_setup("one");
    struct job *j = add("a");
    alarm(20); // a pool that tries for ever is killed
    assert_true(pool_run(pool));
    alarm(0);
    expect_end(j, POOL_DIED, "crashed (Killed)");
}

static void workers_can_be_started_anew(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    struct job *setup = add_setup("one"), *unit = add("a");
    assert_true(pool_run(pool));
    pool_restart(pool);
    pool_clear_setup(pool);
    struct job *other = add_setup("two"), *again = add("b");
    assert_true(pool_run(pool));
    expect_made(unit);
    expect_made(again);
    assert_true(other->done >= 1);
    assert_true(setup->done >= 1);
}

/* The real worker */

static void give_up(uv_timer_t *timer) {
    pool_give_up(pool);
    uv_close((uv_handle_t *)timer, NULL);
}

static void run_and_give_up_after(uint64_t ms) {
    uv_timer_t timer;
    uv_timer_init(&loop, &timer);
    uv_timer_start(&timer, give_up, ms, 0);
    assert_true(pool_run(pool));
    uv_run(&loop, UV_RUN_NOWAIT); // it is closed
}

static void what_is_given_up_keeps_nobody_waiting(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    add_setup("setup");
    struct job *hanging[5]; // two a worker, and one waits
    for (int i = 0; i < 5; i++)
        hanging[i] = add("hang");
    run_and_give_up_after(300);
    for (int i = 0; i < 5; i++)
        expect_end(hanging[i], POOL_GIVEN_UP, "");
    struct job *next = add("b");
    assert_true(pool_run(pool));
    expect_made(next);
}

static void giving_up_again_and_again_is_no_reason_to_despair(void **state) {
    (void)state;
    open_pool(1, FAKE_HONEST);
    for (int i = 0; i < 7; i++) {
        add("hang");
        run_and_give_up_after(50);
    }
    struct job *next = add("b");
    assert_true(pool_run(pool));
    expect_made(next);
}

static void workers_that_grew_are_renewed(void **state) {
    (void)state;
    open_pool(2, FAKE_HONEST);
    struct job *setup = add_setup("setup");
    add("a");
    add("b");
    assert_true(pool_run(pool));
    int tries = setup->tries;
    assert_true(pool_renew(pool, SIZE_MAX / 2));
    assert_int_equal(pool_workers_killed(pool), 0);
    assert_true(pool_renew(pool, 0));
    assert_true(pool_workers_killed(pool) > 0);
    assert_int_equal(setup->tries, tries + (int)pool_workers_killed(pool));
    struct job *next = add("c");
    assert_true(pool_run(pool));
    expect_made(next);
}

static void the_real_worker_keeps_to_the_protocol(void **state) {
    (void)state;
    open_pool(1, 'w');
    struct job *rendering = add("no plugin was loaded"), *unknown = add("what is this?");
    rendering->unit.kind = UNIT_RENDER;
    unknown->unit.kind = (enum unit_kind)99;
    assert_true(pool_run(pool));
    assert_int_equal(rendering->end, POOL_FAILED);
    assert_int_equal(unknown->end, POOL_FAILED);
    assert_int_equal(pool_workers_killed(pool), 0);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        TEST(nothing_to_do_is_done_at_once),
        TEST(every_unit_is_answered),
        TEST(a_worker_says_how_a_unit_ended),
        TEST(a_worker_cannot_write_what_it_is_shown),
        TEST(the_pool_can_run_again),
        TEST(callbacks_may_add_units),
        TEST(a_unit_with_nothing_to_do_is_forgotten),
        TEST(a_request_that_is_too_large_is_one_failure),
        TEST(a_large_answer_comes_in_parts),
        TEST(a_unit_that_never_ends_is_killed_and_the_others_are_done),
        TEST(many_units_may_take_longer_together),
        TEST(each_test_of_a_unit_has_a_deadline_to_itself),
        TEST(only_tests_are_told_in_parts_and_only_so_many),
        TEST(a_worker_that_dies_loses_one_unit),
        TEST(a_worker_that_pretends_to_get_on_meets_its_deadline),
        TEST(who_killed_a_worker_unseen_is_found_by_trying_each_alone),
        TEST(a_setup_unit_that_kills_unseen_is_found_too),
        TEST(a_damaged_image_is_told_apart),
        TEST(many_deadly_units_are_all_told),
        TEST(a_unit_that_breaks_the_protocol_is_lost_and_the_others_are_done),
        TEST(an_answer_that_nobody_waits_for_is_a_breach),
        TEST(workers_that_never_start_end_the_run),
        TEST(workers_that_never_work_lose_their_units),
        TEST(setup_units_are_run_by_each_worker_once),
        TEST(setup_units_are_run_even_when_nothing_waits),
        TEST(a_new_worker_runs_them_again),
        TEST(a_setup_unit_that_kills_is_dropped_and_the_others_are_run),
        TEST(a_unit_whose_workers_die_before_it_ends_the_run),
        TEST(workers_can_be_started_anew),
        TEST(what_is_given_up_keeps_nobody_waiting),
        TEST(giving_up_again_and_again_is_no_reason_to_despair),
        TEST(workers_that_grew_are_renewed),
        TEST(the_real_worker_keeps_to_the_protocol),
    };
    if (argc > 1 && strcmp(argv[1], "--worker") == 0) {
        char way = 0;
        if (pread(WORKER_HEADS, &way, 1, 0) == 1 && way == 'w')
            worker_main();
        fake_worker();
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}

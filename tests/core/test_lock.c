#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "protocol.h"
#include "sandbox.h"
#include "sanitized.h"

/* A process that gave up all a worker gives up, and what becomes of it when it tries something. */

enum { REFUSED = 0, DONE = 1, LACKS = 64 }; /* exit statuses */

static int sockets[2], images;
static unsigned lacking; /* what this very system does not give */

/* The descriptors of a worker, and one that somebody forgot to close. */
static void open_as_a_worker(void) {
    dup2(sockets[1], WORKER_SOCKET);
    dup2(images, WORKER_SHARED);
    dup2(images, WORKER_HEADS);
    dup2(images, WORKER_IMAGES);
    dup2(images, WORKER_IMAGES + 10);
}

static int status_of(bool (*can)(void), void (*before)(void), unsigned without) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        open_as_a_worker();
        if (before)
            before();
        if (sandbox_lock(WORKER_IMAGES + 1) != (lacking | without))
            syscall(SYS_exit_group, LACKS);
        syscall(SYS_exit_group, can() ? DONE : REFUSED);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void expect_killed(const char *what, bool (*can)(void)) {
    if (lacking & LACKS_SECCOMP)
        skip();
    int status = status_of(can, NULL, 0);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS)
        fail_msg("%s: not killed, status %x", what, (unsigned)status);
}

static void expect_exit(int wanted, bool (*can)(void)) {
    int status = status_of(can, NULL, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), wanted);
}

/* The attempts. System calls by number: no library may refuse before the kernel does. */

#define ATTEMPT(name, call)      \
    static bool name(void) {     \
        return (call) >= 0;      \
    }

/* What SECURITY.md says a worker may still ask for. */
static bool is_let_through(const char *name) {
    static const char *const calls[] = {
        "brk", "mmap", "mremap", "munmap", "madvise", "futex", "clock_gettime", "recvfrom",
        "sendto", "pread64", "rt_sigreturn", "restart_syscall", "exit", "exit_group",
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strcmp(name, calls[i]) == 0)
            return true;
    return false;
}

enum { CALLS = 1024, OTHER_INTERFACE = 0x40000000 /* x32's calls on x86-64 */ };
static int attempted;

static bool can_call(void) {
    return syscall(attempted, -1, -1, -1, -1, -1, -1) >= 0;
}

static void every_other_system_call_kills(void **state) {
    (void)state;
    int known = 0;
    for (int i = 0; i < CALLS; i++) {
        char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, i);
        if (name && !is_let_through(name)) {
            attempted = i;
            expect_killed(name, can_call);
            known++;
        }
        free(name);
    }
    assert_true(known > 250); // or the library's table was not understood
}

static void a_call_by_another_interface_kills(void **state) {
    (void)state;
    attempted = OTHER_INTERFACE | SYS_pread64;
    expect_killed("x32", can_call);
}

ATTEMPT(can_make_code, syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
ATTEMPT(can_map_code, syscall(SYS_mmap, NULL, 4096, PROT_EXEC, MAP_PRIVATE, WORKER_IMAGES, 0))

static void making_code_kills(void **state) {
    (void)state;
    expect_killed("mmap of code", can_make_code);
    expect_killed("mmap of a file's code", can_map_code);
}

/* What is not killed, and leads nowhere. */

ATTEMPT(can_change_images, mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_IMAGES, 0)
                                   == MAP_FAILED ? -1 : 0)
ATTEMPT(can_use_what_was_left_open, pread(WORKER_IMAGES + 10, &(char){0}, 1, 0))
ATTEMPT(can_use_standard_error, pread(2, &(char){0}, 1, 0) < 0 && errno == EBADF ? -1 : 0)

static void what_it_is_shown_cannot_be_changed(void **state) {
    (void)state;
    expect_exit(REFUSED, can_change_images);
}

static void other_descriptors_are_closed(void **state) {
    (void)state;
    expect_exit(REFUSED, can_use_what_was_left_open);
    expect_exit(REFUSED, can_use_standard_error);
}

static bool can_work(void) {
    char c = 'x', *memory = malloc(8 << 20);
    struct timespec t;
    for (size_t i = 0; i < 8 << 20; i += 4096)
        memory[i] = 'x';
    memory = realloc(memory, 16 << 20);
    free(memory);
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0 && pread(WORKER_IMAGES, &c, 1, 0) == 1 &&
           send(WORKER_SOCKET, &c, 1, MSG_NOSIGNAL) == 1 &&
           mmap(NULL, 4096, PROT_READ, MAP_SHARED, WORKER_HEADS, 0) != MAP_FAILED;
}

static void a_worker_can_do_its_work(void **state) {
    (void)state;
    expect_exit(DONE, can_work);
}

/* Each measure without the others, on a system that does not have them. */

static void forbid(int call, unsigned arg, scmp_datum_t value) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int added = arg == UINT32_MAX
                    ? seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0)
                    : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 1,
                                       SCMP_CMP(arg, SCMP_CMP_EQ, value, 0));
    if (added != 0 || seccomp_load(filter) != 0)
        syscall(SYS_exit_group, LACKS);
    seccomp_release(filter);
}

static void without_landlock(void) {
    forbid(SCMP_SYS(landlock_create_ruleset), UINT32_MAX, 0);
}

static void without_seccomp(void) {
    forbid(SCMP_SYS(prctl), 0, PR_SET_SECCOMP);
    forbid(SCMP_SYS(seccomp), UINT32_MAX, 0);
}

static void what_is_lacking_is_told(void **state) {
    (void)state;
    int status = status_of(can_work, without_landlock, LACKS_LANDLOCK);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DONE);
    status = status_of(can_work, without_seccomp, LACKS_SECCOMP);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == DONE);
}

ATTEMPT(can_open, syscall(SYS_open, "/etc/passwd", O_RDONLY))
ATTEMPT(can_mkdir, syscall(SYS_mkdir, "/tmp/nothing", 0))

static void without_seccomp_Landlock_shuts_the_files(void **state) {
    (void)state;
    if (lacking & LACKS_LANDLOCK)
        skip();
    int status = status_of(can_mkdir, without_seccomp, LACKS_SECCOMP);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED);
    status = status_of(can_open, without_seccomp, LACKS_SECCOMP);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == REFUSED);
}

static bool can_kill_its_parent(void) {
    return kill(getppid(), 0) == 0;
}

static void without_Landlock_the_filter_still_kills(void **state) {
    (void)state;
    if (lacking & LACKS_SECCOMP)
        skip();
    int status = status_of(can_mkdir, without_landlock, LACKS_LANDLOCK);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
    status = status_of(can_kill_its_parent, without_landlock, LACKS_LANDLOCK);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
}

/* What it costs at the start of a worker: told, not judged, since others may work here too. */

static double milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void the_cost_is_told(void **state) {
    (void)state;
    double *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                          -1, 0);
    double least = 1e9;
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();
        if (child == 0) {
            open_as_a_worker();
            double begin = milliseconds();
            sandbox_lock(WORKER_IMAGES + 1);
            *shared = milliseconds() - begin;
            syscall(SYS_exit_group, 0);
        }
        waitpid(child, NULL, 0);
        least = *shared < least ? *shared : least;
    }
    munmap(shared, sizeof *shared);
    print_message("# locking a worker down takes %.2f ms\n", least);
}

/* In a container some of it may be missing: the kernel is asked, in other words than the core's. */
static unsigned find_lacking(void) {
    uint32_t kills = SECCOMP_RET_KILL_PROCESS;
    bool has_landlock = syscall(SYS_landlock_create_ruleset, NULL, 0,
                                LANDLOCK_CREATE_RULESET_VERSION) > 0;
    bool has_seccomp = syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kills) == 0;
    return (has_landlock ? 0 : LACKS_LANDLOCK) | (has_seccomp ? 0 : LACKS_SECCOMP);
}

static int set_up(void **state) {
    (void)state;
    lacking = find_lacking();
    int writable = memfd_create("images", MFD_CLOEXEC);
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", writable);
    images = open(path, O_RDONLY | O_CLOEXEC);
    if (ftruncate(writable, 4096) != 0 || images < 0)
        return -1;
    close(writable);
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_other_system_call_kills),
        cmocka_unit_test(a_call_by_another_interface_kills),
        cmocka_unit_test(making_code_kills),
        cmocka_unit_test(what_it_is_shown_cannot_be_changed),
        cmocka_unit_test(other_descriptors_are_closed),
        cmocka_unit_test(a_worker_can_do_its_work),
        cmocka_unit_test(what_is_lacking_is_told),
        cmocka_unit_test(without_seccomp_Landlock_shuts_the_files),
        cmocka_unit_test(without_Landlock_the_filter_still_kills),
        cmocka_unit_test(the_cost_is_told),
    };
    if (IS_SANITIZED)
        return 0; // sanitized workers are not locked down
    return cmocka_run_group_tests(tests, set_up, NULL);
}

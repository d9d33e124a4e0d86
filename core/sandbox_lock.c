/* Giving up what a worker does not need. Each measure stands on its own: a plugin that broke out
 * of Lua could still only compute, answer on its socket and touch its shared memory. */
#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox.h"
#include "sanitized.h"

static void limit(__rlimit_resource_t what, rlim_t most) {
    struct rlimit l = {most, most};
    setrlimit(what, &l);
}

static int compare_bytes(const void *p, const void *q) {
    return *(const char *)p - *(const char *)q;
}

/* glibc's qsort asks once how much memory there is: let it ask now. */
static void warm_up(void) {
    static char bytes[4096];
    qsort(bytes, sizeof bytes, 1, compare_bytes);
}

/* A rule set that handles every kind of access and allows none (landlock(7)). */
static bool shut_file_system(void) {
    struct landlock_ruleset_attr all = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 /* all of ABI 1 */};
    long rules = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return false;
    bool good = syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
    close((int)rules);
    return good;
}

static bool allow_calls(scmp_filter_ctx filter) {
    static const int calls[] = {
        SCMP_SYS(recvfrom), SCMP_SYS(sendto),        SCMP_SYS(pread64),      SCMP_SYS(munmap),
        SCMP_SYS(brk),      SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(mremap),
        SCMP_SYS(exit),     SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit_group),
        SCMP_SYS(restart_syscall),
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return false;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

static bool filter_calls(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return false;
    bool good = allow_calls(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

unsigned sandbox_lock(int keep) {
    unsigned missing = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close_range((unsigned)keep, ~0u, 0);
    limit(RLIMIT_CORE, 0);
    if (IS_SANITIZED)
        return 0; // it needs files and system calls of its own
    close_range(0, 2, 0);
    warm_up();
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_DATA, (rlim_t)4 << 30);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return LOCK_NO_SECCOMP | LOCK_NO_LANDLOCK;
    if (!shut_file_system())
        missing |= LOCK_NO_LANDLOCK;
    limit(RLIMIT_NOFILE, 0);
    if (!filter_calls())
        missing |= LOCK_NO_SECCOMP;
    return missing;
}

/* Giving up what a worker does not need. Each measure stands on its own: a plugin that broke out
 * of Lua could still only compute, answer on its socket and touch its shared memory. */
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "protocol.h"
#include "sandbox.h"
#include "sanitized.h"

/* At most so much: who has less keeps it. */
static bool limit(__rlimit_resource_t what, rlim_t most) {
    struct rlimit l;
    if (getrlimit(what, &l) != 0)
        return false;
    l.rlim_max = l.rlim_max < most ? l.rlim_max : most;
    l.rlim_cur = l.rlim_max;
    return setrlimit(what, &l) == 0;
}

static void close_from(int first) {
    if (close_range((unsigned)first, ~0u, 0) == 0)
        return;
    for (int fd = first; fd < sysconf(_SC_OPEN_MAX); fd++) // before Linux 5.9
        close(fd);
}

static int compare_bytes(const void *p, const void *q) {
    return *(const char *)p - *(const char *)q;
}

/* glibc's qsort asks once how much memory there is: let it ask now. */
static void warm_up(void) {
    static char bytes[4096];
    qsort(bytes, sizeof bytes, 1, compare_bytes);
}

/* A rule set that handles every kind of access the kernel knows of and allows none (landlock(7)):
 * files, TCP ports, and signals and abstract sockets beyond the process. The numbers are written
 * out since headers may be older than the kernel. */
static bool shut_file_system(void) {
    struct {
        uint64_t files, ports, scopes;
    } all = {.ports = 3, .scopes = 3};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    int kinds = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    size_t size = version >= 6 ? sizeof all : version >= 4 ? 16 : 8;
    all.files = (UINT64_C(1) << kinds) - 1;
    long rules = syscall(SYS_landlock_create_ruleset, &all, size, 0);
    if (version < 1 || rules < 0)
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
    /* Not asked for in passing: whoever calls has given up new privileges, or says that it could
     * not. */
    bool good = seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0) == 0 && allow_calls(filter) &&
                seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

/* What Landlock and the filter must not come before. */
static unsigned give_up_limits(void) {
    bool good = limit(RLIMIT_FSIZE, 0);
    good = limit(RLIMIT_DATA, (rlim_t)4 << 30) && good;
    good = limit(RLIMIT_NPROC, 0) && good;
    return good ? 0 : LACKS_LIMITS;
}

unsigned sandbox_lock(int keep) {
    unsigned lacks = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 ? 0 : LACKS_DEATH_SIGNAL;
    close_from(keep);
    lacks |= limit(RLIMIT_CORE, 0) ? 0 : LACKS_LIMITS;
    if (IS_SANITIZED)
        return 0; // it needs files and system calls of its own
    for (int fd = 0; fd < 3; fd++)
        close(fd);
    warm_up();
    lacks |= give_up_limits();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        lacks |= LACKS_NO_NEW_PRIVS; // the next two may still be had by root
    if (!shut_file_system())
        lacks |= LACKS_LANDLOCK;
    lacks |= limit(RLIMIT_NOFILE, 0) ? 0 : LACKS_LIMITS;
    if (!filter_calls())
        lacks |= LACKS_SECCOMP;
    return lacks;
}

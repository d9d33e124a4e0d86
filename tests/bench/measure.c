/* Runs a command and prints what it took: wall time in seconds, and the peak resident memory in
 * MB of the largest of its processes; with -p also the peak of all processes together, which
 * costs it some speed.   usage: measure [-p] COMMAND [ARGUMENT…]
 * The command's own output goes to standard error; its exit status is passed on. */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "memory.h"

static double now_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t start(char **command) {
    pid_t child = fork();
    if (child < 0)
        err(3, "fork");
    if (child > 0)
        return child;
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(command[0], command);
    err(127, "%s", command[0]);
}

/* Until the command has ended; it stays to be waited for. */
static double watch_memory(pid_t command) {
    double peak = 0;
    siginfo_t ended = {0};
    while (waitid(P_PID, (id_t)command, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid == 0) {
        double now = memory_of_tree(command);
        peak = now > peak ? now : peak;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    return peak;
}

int main(int argc, char **argv) {
    bool all = argc > 1 && strcmp(argv[1], "-p") == 0;
    if (argc < 2 + all)
        errx(2, "usage: measure [-p] COMMAND [ARGUMENT...]");
    /* Workers that outlive their parent are handed to us, so that none goes unmeasured. */
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    double begin = now_seconds(), end = begin;
    pid_t command = start(argv + 1 + all), one;
    double peak = all ? watch_memory(command) : 0;
    int status, result = 3;
    while ((one = wait(&status)) > 0)
        if (one == command) {
            end = now_seconds();
            result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
    struct rusage used; /* of all that was waited for, by us or by the command; the largest */
    getrusage(RUSAGE_CHILDREN, &used);
    printf("%.4f %.1f", end - begin, (double)used.ru_maxrss / 1024);
    if (all)
        printf(" %.1f", peak);
    puts("");
    return result;
}

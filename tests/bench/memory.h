/* What a process and all that it started hold in memory. */
#ifndef FASCIA_BENCH_MEMORY_H
#define FASCIA_BENCH_MEMORY_H

#include <sys/types.h>

/* MB of proportional set size: a page that n processes share counts 1/n in each, so that the sum
 * counts it once. Files on tmpfs that nobody has mapped are in none. Takes the kernel some
 * milliseconds, during which the processes are slower. */
double memory_of_tree(pid_t process);

#endif

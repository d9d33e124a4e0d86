#include "memory.h"

#include <stdio.h>

/* 0 for a process that is gone. */
static double memory_of(pid_t process) {
    char path[64], line[256];
    double kb = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)process);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f) && sscanf(line, "Pss: %lf", &kb) != 1)
        ;
    if (f)
        fclose(f);
    return kb / 1024;
}

double memory_of_tree(pid_t process) {
    char path[64];
    int child;
    double mb = memory_of(process);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)process, (int)process);
    FILE *f = fopen(path, "re");
    while (f && fscanf(f, "%d", &child) == 1)
        mb += memory_of_tree(child);
    if (f)
        fclose(f);
    return mb;
}

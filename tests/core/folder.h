/* A folder of one test's own, below /tmp, that is gone with the test. */
#ifndef FASCIA_FOLDER_H
#define FASCIA_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"

static char folder_path[64];
static struct arena folder_arena;

static inline int make_folder(void **state) {
    (void)state;
    strcpy(folder_path, "/tmp/fascia-test-XXXXXX");
    return mkdtemp(folder_path) ? 0 : -1;
}

static inline int remove_one(const char *path, const struct stat *st, int kind, struct FTW *f) {
    (void)st;
    (void)f;
    return kind == FTW_DP ? rmdir(path) : unlink(path);
}

static inline int remove_folder(void **state) {
    (void)state;
    arena_free(&folder_arena);
    return nftw(folder_path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The path of something in the folder. */
static inline const char *in_folder(const char *name) {
    return arena_printf(&folder_arena, "%s/%s", folder_path, name).at;
}

static inline void put_folder(const char *name) {
    assert_int_equal(mkdir(in_folder(name), 0755), 0);
}

static inline void put_link(const char *name, const char *target) {
    assert_int_equal(symlink(target, in_folder(name)), 0);
}

static inline void put_file(const char *name, const char *text) {
    int fd = open(in_folder(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

/* NULL when there is no such file. */
static inline const char *file_text(const char *name) {
    char text[4096];
    int fd = open(in_folder(name), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    ssize_t len = read(fd, text, sizeof text);
    close(fd);
    return len < 0 ? NULL : arena_str(&folder_arena, (struct str){text, (size_t)len}).at;
}

/* Whether `works` holds for somebody who is not root, in a process of its own. */
static inline bool holds_for_nobody(bool (*works)(void)) {
    enum { NOBODY = 65534 };
    int status;
    pid_t child = fork();
    if (child == 0) {
        bool dropped = geteuid() != 0 ||
                       (setgroups(0, NULL) == 0 && setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
        _exit(dropped && works() ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static inline struct stat status_of(const char *name) {
    struct stat st;
    assert_int_equal(lstat(in_folder(name), &st), 0);
    return st;
}

#endif

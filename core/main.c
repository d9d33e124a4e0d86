/* From arguments to a command. */
#include <signal.h>
#include <string.h>

#include "command.h"
#include "worker.h"

static bool is(const char *argument, const char *name) {
    return strcmp(argument, name) == 0;
}

static int run(int argc, char **argv) {
    const struct command *c = argc > 1 ? command_find(argv[1]) : NULL;
    if (c)
        return command_run(c, argc - 2, argv + 2);
    if (argc < 2)
        return command_missing();
    if (is(argv[1], "--complete"))
        return command_complete(argc - 2, argv + 2);
    if (is(argv[1], "--help") || is(argv[1], "-h"))
        return command_print_help(NULL);
    if (is(argv[1], "--version"))
        return command_print_version();
    return command_unknown(argv[1]);
}

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error like a full disk
    if (argc == 2 && is(argv[1], "--worker"))
        worker_main();
    signal(SIGPIPE, SIG_IGN);
    arena_keep_memory();
    return run(argc, argv);
}

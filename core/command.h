/* The command line: one table of commands and their options, from which arguments are read and
 * help is printed. */
#ifndef FASCIA_COMMAND_H
#define FASCIA_COMMAND_H

#include "message.h"
#include "str.h"

enum { MAX_OPTIONS = 12, MAX_OPERANDS = 4096 };

struct option {
    const char *name;     /* "out", given as --out */
    char letter;          /* 'o', given as -o; 0: none */
    const char *argument; /* "DIR"; NULL: a switch */
    const char *help;
};

struct invocation;

struct command {
    const char *name, *operands, *summary, *about, *examples;
    const struct option *options[MAX_OPTIONS]; /* up to a NULL */
    unsigned least_operands, most_operands;
    int (*run)(const struct invocation *call);
};

struct invocation {
    const struct command *command;
    const char *values[MAX_OPTIONS]; /* by the option's place in the command; NULL: not given;
                                      * of a switch: "" */
    struct str *operands;
    size_t operand_count;
    enum message_form messages;
};

extern const struct command commands[];
extern const size_t command_count;

/* The value of an option, or NULL. */
const char *option_value(const struct invocation *call, const char *name);

/* `fascia test`, in command_test.c. */
int command_test(const struct invocation *call);

/* Reads the arguments and runs what they say. Returns the exit status. */
int command_main(int argc, char **argv);

#endif

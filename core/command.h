/* The command line: one table of commands and their options, from which arguments are read, help
 * and the manual page are printed, and shells complete.
 *
 * What an operand or an option's argument is called says what it can be: "FILE", "SITE", "EXPORT"
 * (command_complete.c has them all), "NAME,…" several between commas, and "full|short|json", in
 * small letters, one of these words and no other. */
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

/* A term and what it means, for lists that end with one without a name. */
struct term {
    const char *name, *text;
};

struct invocation;

struct command {
    const char *name, *operands, *summary;
    const char *about;    /* lines of at most 80 columns, an empty one between paragraphs; those of
                           * a list are indented */
    const char *examples; /* a command line each, indented */
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
extern const char command_description[];
extern const struct term command_statuses[], command_files[], command_environment[];

/* The value of an option, or NULL. */
const char *option_value(const struct invocation *call, const char *name);

struct str option_str(const struct invocation *call, const char *name); /* or the empty slice */

const struct command *command_find(const char *name); /* NULL: there is none */

/* Each of the rest returns the exit status. The first reads what stands behind the command's name
 * and runs what it says. */
int command_run(const struct command *c, int count, char **arguments);
int command_unknown(const char *name); /* says so, with the nearest */
int command_missing(void);             /* no command was named: help, as wrong usage */
int command_print_help(const struct command *c); /* NULL: of the whole program */
int command_print_version(void);

/* What may stand where the last of these words is being written, for a shell: a line each, with a
 * tab and a description. Says nothing of errors and ends within a second. */
int command_complete(int count, char **words);

#endif

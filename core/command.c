#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "version.h"

const char *option_value(const struct invocation *call, const char *name) {
    for (int i = 0; i < MAX_OPTIONS && call->command->options[i]; i++)
        if (strcmp(call->command->options[i]->name, name) == 0)
            return call->values[i];
    return NULL;
}

/* Help */

static void print_usage(FILE *to, const struct command *c) {
    fprintf(to, "usage: fascia %s", c->name);
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++) {
        const struct option *o = c->options[i];
        char letter[4] = {'-', o->letter, '\0'};
        fprintf(to, " [%s%s%s%s%s]", o->letter ? letter : "--", o->letter ? "" : o->name,
                o->argument ? (o->letter ? " " : "=") : "", o->argument ? o->argument : "", "");
    }
    fprintf(to, "%s%s\n", *c->operands ? " " : "", c->operands);
}

static void print_option(const struct option *o) {
    char left[64];
    int n = snprintf(left, sizeof left, "  %c%c%s--%s", o->letter ? '-' : ' ',
                     o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name);
    if (o->argument)
        snprintf(left + n, sizeof left - (size_t)n, "=%s", o->argument);
    printf("%-26s %s\n", left, o->help);
}

static int print_command_help(const struct command *c) {
    print_usage(stdout, c);
    printf("\n%s\n", c->about);
    if (c->options[0])
        printf("\nOptions:\n");
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++)
        print_option(c->options[i]);
    printf("\nExamples:\n%s", c->examples);
    return 0;
}

static int print_help(void) {
    printf("fascia " FASCIA_VERSION ": articles in, every form of them out, by Lua plugins\n\n"
           "usage: fascia COMMAND [OPTION…] [OPERAND…]\n\nCommands:\n");
    for (size_t i = 0; i < command_count; i++)
        printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    printf("\nEvery command has its own --help.\n\n"
           "A site is a folder with content/, optionally plugins/, settings in content/site.yaml;\n"
           "what is made goes to public/.\n\n"
           "Exit status: 0 done; 1 something in content or a plugin failed, everything else was\n"
           "made; 2 wrong usage or settings; 3 a fault of fascia's own.\n\n"
           "Examples:\n"
           "  fascia build                          the site in this folder, into public/\n"
           "  fascia export faq.csv content/a.md    one form of one article, to the terminal\n"
           "  fascia import pasted.txt -o a.md      pasted text as Markdown\n");
    return 0;
}

/* Reading arguments */

static int wrong(const char *format, const char *what, const char *near) {
    fprintf(stderr, "fascia: error: ");
    fprintf(stderr, format, what);
    fprintf(stderr, " [usage]\n");
    if (near && *near)
        fprintf(stderr, "help: did you mean '%s'?\n", near);
    return 2;
}

static const char *nearest(const char *name, const struct str *candidates, size_t count) {
    return diag_nearest(str_of(name), candidates, count).at;
}

static int unknown_command(const char *name) {
    struct str names[32];
    for (size_t i = 0; i < command_count; i++)
        names[i] = str_of(commands[i].name);
    const char *near = nearest(name, names, command_count);
    int status = wrong("there is no command '%s'", name, near);
    if (!*near)
        fprintf(stderr, "help: `fascia --help` lists the commands\n");
    return status;
}

static int unknown_option(const struct command *c, const char *name) {
    struct str names[MAX_OPTIONS];
    size_t count = 0;
    for (; count < MAX_OPTIONS && c->options[count]; count++)
        names[count] = str_of(c->options[count]->name);
    int status = wrong("there is no option '%s'", name, "");
    struct str given = str_of(name + strspn(name, "-"));
    given.len = str_find_char(given, '='); // "--message=json"
    const char *near = diag_nearest(given, names, count).at;
    if (*near)
        fprintf(stderr, "help: did you mean '--%s'?\n", near);
    else
        fprintf(stderr, "help: `fascia %s --help` lists the options\n", c->name);
    return status;
}

struct arguments {
    char **at;
    int count, next;
};

/* The option an argument names, or -1; *value is what follows "=" or the letter, else NULL. */
static int find_option(const struct command *c, const char *argument, const char **value) {
    *value = NULL;
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++) {
        const struct option *o = c->options[i];
        size_t len = strlen(o->name);
        if (argument[1] != '-' && argument[1] == o->letter) {
            *value = argument[2] ? argument + 2 : NULL;
            return i;
        }
        if (strncmp(argument, "--", 2) == 0 && strncmp(argument + 2, o->name, len) == 0 &&
            (argument[2 + len] == '\0' || argument[2 + len] == '=')) {
            *value = argument[2 + len] ? argument + 3 + len : NULL;
            return i;
        }
    }
    return -1;
}

static int take_option(struct invocation *call, struct arguments *a, const char *argument) {
    const char *value;
    int i = find_option(call->command, argument, &value);
    if (i < 0)
        return unknown_option(call->command, argument);
    const struct option *o = call->command->options[i];
    if (!o->argument) {
        if (value)
            return wrong("the option '--%s' takes no value", o->name, NULL);
        value = "";
    } else if (!value) {
        if (a->next >= a->count)
            return wrong("the option '--%s' needs a value", o->name, NULL);
        value = a->at[a->next++];
    }
    call->values[i] = value;
    return 0;
}

static int check_operands(const struct invocation *call) {
    const struct command *c = call->command;
    if (call->operand_count < c->least_operands) {
        wrong("%s: something is missing", c->name, NULL);
        print_usage(stderr, c);
        return 2;
    }
    if (call->operand_count > c->most_operands) {
        const char *extra = call->operands[c->most_operands].at;
        wrong("'%s' is too much", extra, NULL);
        print_usage(stderr, c);
        return 2;
    }
    return 0;
}

static int run_command(const struct command *c, struct arguments *a) {
    struct invocation call = {.command = c};
    struct str *operands = must_alloc(((size_t)a->count + 1) * sizeof *operands);
    bool only_operands = false;
    int status = 0;
    call.operands = operands;
    while (status == 0 && a->next < a->count) {
        const char *argument = a->at[a->next++];
        if (only_operands || argument[0] != '-' || argument[1] == '\0')
            operands[call.operand_count++] = str_of(argument);
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
            free(operands);
            return print_command_help(c);
        } else
            status = take_option(&call, a, argument);
    }
    const char *form = option_value(&call, "messages");
    if (status == 0 && form && !message_form(str_of(form), &call.messages))
        status = wrong("messages are full, short or json, not '%s'", form, NULL);
    if (status == 0)
        status = check_operands(&call);
    if (status == 0)
        status = c->run(&call);
    free(operands);
    return status;
}

int command_main(int argc, char **argv) {
    struct arguments a = {argv, argc, 2};
    if (argc < 2) {
        print_help();
        return 2;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return print_help();
    if (strcmp(argv[1], "--version") == 0) {
        printf("fascia " FASCIA_VERSION "\n");
        return 0;
    }
    if (strcmp(argv[1], "help") == 0) {
        if (argc < 3)
            return print_help();
        argv[1] = argv[2];
        argv[2] = "--help";
    }
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return run_command(&commands[i], &a);
    return argv[1][0] == '-' ? wrong("there is no option '%s'", argv[1], NULL)
                             : unknown_command(argv[1]);
}

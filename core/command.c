#include "command_parts.h"

#include <stdlib.h>
#include <string.h>

const char *option_value(const struct invocation *call, const char *name) {
    for (int i = 0; i < MAX_OPTIONS && call->command->options[i]; i++)
        if (strcmp(call->command->options[i]->name, name) == 0)
            return call->values[i];
    return NULL;
}

struct str option_str(const struct invocation *call, const char *name) {
    return str_of(option_value(call, name));
}

const struct command *command_find(const char *name) {
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

int command_unknown(const char *name) {
    struct str names[64] = {STR("--version"), STR("--help")};
    size_t count = 2;
    for (size_t i = 0; i < command_count && count < 64; i++)
        names[count++] = str_of(commands[i].name);
    struct str near = diag_nearest(str_of(name), names, count);
    command_wrong("there is no %s '%s'", *name == '-' ? "option" : "command", name);
    if (near.len)
        command_hint("did you mean '%s'?", near.at);
    else
        command_hint("`fascia --help` lists the commands");
    return 2;
}

static int unknown_option(const struct command *c, const char *name) {
    struct str names[MAX_OPTIONS];
    size_t count = 0;
    for (; count < MAX_OPTIONS && c->options[count]; count++)
        names[count] = str_of(c->options[count]->name);
    struct str given = str_of(name + strspn(name, "-"));
    given.len = str_find_char(given, '='); // "--message=json"
    struct str near = diag_nearest(given, names, count);
    command_wrong("there is no option '%s'", name);
    if (near.len)
        command_hint("did you mean '--%s'?", near.at);
    else
        command_hint("`fascia %s --help` lists the options", c->name);
    return 2;
}

struct arguments {
    char **at;
    int count, next;
};

int command_option(const struct command *c, const char *argument, const char **value) {
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
    int i = command_option(call->command, argument, &value);
    if (i < 0)
        return unknown_option(call->command, argument);
    const struct option *o = call->command->options[i];
    if (!o->argument) {
        if (value)
            return command_wrong("the option '--%s' takes no value", o->name);
        value = "";
    } else if (!value) {
        if (a->next >= a->count)
            return command_wrong("the option '--%s' needs a value", o->name);
        value = a->at[a->next++];
    }
    call->values[i] = value;
    return 0;
}

static int check_operands(const struct invocation *call) {
    const struct command *c = call->command;
    struct buf usage = BUF_INIT;
    if (call->operand_count < c->least_operands)
        command_wrong("%s: something is missing", c->name);
    else if (call->operand_count > c->most_operands)
        command_wrong("'%s' is too much", call->operands[c->most_operands].at);
    else
        return 0;
    command_put_usage(&usage, c);
    command_log(&usage);
    buf_free(&usage);
    return 2;
}

bool command_is_choice(const char *name) {
    return name && strchr(name, '|') && *name >= 'a' && *name <= 'z';
}

static bool is_chosen(const char *name, struct str word) {
    struct str rest = str_of(name), one;
    while (str_cut(&rest, '|', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static int check_choices(struct invocation *call) {
    for (int i = 0; i < MAX_OPTIONS && call->command->options[i]; i++) {
        const struct option *o = call->command->options[i];
        const char *value = call->values[i];
        if (value && command_is_choice(o->argument) &&
            !is_chosen(o->argument, str_of(value)))
            return command_wrong("--%s is one of %s, not '%s'", o->name, o->argument, value);
    }
    message_form(option_str(call, "messages"), &call->messages);
    return 0;
}

static bool asks_for_help(const char *argument) {
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

/* Fills the invocation, whose operands have room for all arguments. False: *status is the end. */
static bool read_arguments(struct invocation *call, struct arguments *a, int *status) {
    bool only_operands = false;
    *status = 0;
    while (*status == 0 && a->next < a->count) {
        const char *argument = a->at[a->next++];
        if (only_operands || argument[0] != '-' || argument[1] == '\0')
            call->operands[call->operand_count++] = str_of(argument);
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (asks_for_help(argument)) {
            *status = command_print_help(call->command);
            return false;
        } else
            *status = take_option(call, a, argument);
    }
    if (*status == 0)
        *status = check_choices(call);
    if (*status == 0)
        *status = check_operands(call);
    return *status == 0;
}

int command_run(const struct command *c, int count, char **arguments) {
    struct arguments a = {arguments, count, 0};
    struct invocation call = {.command = c};
    int status;
    call.operands = must_alloc(((size_t)count + 1) * sizeof *call.operands);
    if (read_arguments(&call, &a, &status))
        status = c->run(&call);
    free(call.operands);
    return status;
}

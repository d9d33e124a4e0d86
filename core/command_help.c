/* Help as a terminal of 80 columns shows it. */
#include "command_parts.h"

#include <stdio.h>
#include <string.h>

#include "completion.h"
#include "utf8.h"
#include "version.h"

enum { COLUMNS = 80, LEAST_OPTION_COLUMNS = 25 };

static size_t columns_of(struct str text) {
    size_t columns = 0;
    for (size_t i = 0; i < text.len;)
        columns += utf8_width(utf8_next(text, &i));
    return columns;
}

static struct str last_line(struct str text) {
    size_t newline = str_rfind_char(text, '\n');
    return newline < text.len ? str_from(text, newline + 1) : text;
}

/* Adds a word to the last line, or to a new one below `indent` where it has no room. */
static void put_word(struct buf *out, size_t indent, struct str word) {
    struct str line = last_line(buf_str(out));
    if (columns_of(line) + 1 + columns_of(word) > COLUMNS)
        buf_printf(out, "\n%*s", (int)indent, "");
    else if (line.len)
        buf_char(out, ' ');
    buf_put(out, word);
}

void command_put_usage(struct buf *out, const struct command *c) {
    size_t begin = out->len;
    buf_printf(out, "usage: fascia %s", c->name);
    size_t indent = out->len - begin + 1;
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++) {
        struct buf word = BUF_INIT;
        const struct option *o = c->options[i];
        if (o->letter)
            buf_printf(&word, "[-%c", o->letter);
        else
            buf_printf(&word, "[--%s", o->name);
        if (o->argument)
            buf_printf(&word, "%c%s", o->letter ? ' ' : '=', o->argument);
        buf_char(&word, ']');
        put_word(out, indent, buf_str(&word));
        buf_free(&word);
    }
    if (*c->operands)
        put_word(out, indent, str_of(c->operands));
    buf_char(out, '\n');
}

/* "  -o, --out=DIR", and as many spaces as make it `columns` wide. Returns its width. */
static size_t put_option_name(struct buf *out, const struct option *o, size_t columns) {
    size_t begin = out->len;
    if (o->letter)
        buf_printf(out, "  -%c, --%s", o->letter, o->name);
    else
        buf_printf(out, "      --%s", o->name);
    if (o->argument)
        buf_printf(out, "=%s", o->argument);
    size_t width = columns_of(str_from(buf_str(out), begin));
    if (width < columns)
        buf_printf(out, "%*s", (int)(columns - width), "");
    return width;
}

static void put_options(struct buf *out, const struct command *c) {
    size_t columns = LEAST_OPTION_COLUMNS;
    struct buf measured = BUF_INIT;
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++) {
        size_t width = put_option_name(&measured, c->options[i], 0);
        columns = width > columns ? width : columns;
    }
    buf_free(&measured);
    for (int i = 0; i < MAX_OPTIONS && c->options[i]; i++) {
        put_option_name(out, c->options[i], columns);
        buf_printf(out, "  %s\n", c->options[i]->help);
    }
}

static void put_help(struct buf *out, const struct command *c) {
    command_put_usage(out, c);
    buf_printf(out, "\n%s\n\nOptions:\n", c->about);
    put_options(out, c);
    buf_printf(out, "\nExamples:\n%s", c->examples);
}

static void put_overview(struct buf *out) {
    buf_put(out, STR("fascia " FASCIA_VERSION
                     ": articles in, every form of them out, by Lua plugins\n\n"
                     "usage: fascia COMMAND [OPTION…] [OPERAND…]\n\nCommands:\n"));
    for (size_t i = 0; i < command_count; i++)
        buf_printf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    buf_put(out, STR("\nEvery command has its own --help.\n\n"
                     "A site is a folder with content/, optionally plugins/, settings in\n"
                     "content/site.yaml; what is made goes to public/.\n\n"
                     "Exit status:\n"));
    for (const struct term *t = command_statuses; t->name; t++)
        buf_printf(out, "  %s  %s\n", t->name, t->text);
    buf_put(out, STR("\nExamples:\n"
                     "  fascia build                        the site in this folder, into public/\n"
                     "  fascia export faq.csv content/a.md  one form of one article\n"
                     "  fascia import pasted.txt -o a.md    pasted text as Markdown\n"));
}

static int print(struct buf *text) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    static const struct invocation no_options = {0};
    return command_tell(&no_options, text, &d, 0);
}

int command_print_help(const struct command *c) {
    struct buf text = BUF_INIT;
    if (c)
        put_help(&text, c);
    else
        put_overview(&text);
    return print(&text);
}

int command_print_version(void) {
    struct buf text = BUF_INIT;
    buf_put(&text, STR("fascia " FASCIA_VERSION "\n"));
    return print(&text);
}

int command_missing(void) {
    struct buf text = BUF_INIT;
    put_overview(&text);
    command_log(&text);
    buf_free(&text);
    return 2;
}

static void put_script(struct buf *out, const char *shell) {
    char name[32];
    snprintf(name, sizeof name, "fascia.%s", shell);
    for (size_t i = 0; i < completion_count; i++)
        if (strcmp(completion_files[i].name, name) == 0)
            buf_put(out, (struct str){completion_files[i].source, completion_files[i].len});
}

int command_help(const struct invocation *call) {
    struct buf text = BUF_INIT;
    if (option_value(call, "man"))
        command_put_man(&text);
    else if (option_value(call, "completion"))
        put_script(&text, option_value(call, "completion"));
    if (text.len)
        return print(&text);
    if (!call->operand_count)
        return command_print_help(NULL);
    const struct command *c = command_find(call->operands[0].at);
    return c ? command_print_help(c) : command_unknown(call->operands[0].at);
}

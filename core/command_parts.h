/* What the commands share: what each of them is, and how they speak. */
#ifndef FASCIA_COMMAND_PARTS_H
#define FASCIA_COMMAND_PARTS_H

#include "buf.h"
#include "command.h"
#include "diag.h"

/* The commands, each in the file of its kind. */
int command_build(const struct invocation *call);
int command_watch(const struct invocation *call);
int command_verify(const struct invocation *call);
int command_export(const struct invocation *call);
int command_import(const struct invocation *call);
int command_show(const struct invocation *call);
int command_why(const struct invocation *call);
int command_impact(const struct invocation *call);
int command_check(const struct invocation *call);
int command_plugins(const struct invocation *call);
int command_help(const struct invocation *call);
int command_test(const struct invocation *call);
int command_new(const struct invocation *call);
int command_types(const struct invocation *call);

/* One line on standard error, and the exit status of wrong usage. */
int command_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What may help, a line below what is wrong. */
void command_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What plugins printed, on standard error. */
void command_log(const struct buf *log);

/* All of the bytes on standard output. False: it took not all; one error was added, unless the
 * reader just went away, as `head` does. */
bool command_write(struct str bytes, struct diags *d);

/* What was found out, then the messages. Frees the text and the messages' arena; returns the exit
 * status. */
int command_tell(const struct invocation *call, struct buf *text, struct diags *d, int status);

/* What all that build have: how many workers (false: it was said that this is none), and progress
 * on a terminal, from the first to the second, which gives the seconds between. */
struct build_options;
bool command_jobs(const struct invocation *call, struct build_options *o);
void command_begin(struct build_options *o);
double command_end(void);

/* "usage: fascia build …", in lines of 80 columns. */
void command_put_usage(struct buf *out, const struct command *c);

/* fascia(1), as roff with the macros of man(7). */
void command_put_man(struct buf *out);

/* The option an argument such as "--out=x" or "-ox" names, by its place in the command, or -1.
 * *value is what stands behind "=" or the letter, else NULL. */
int command_option(const struct command *c, const char *argument, const char **value);

/* Whether what goes by this name is one of some words, as "full|short|json" is. */
bool command_is_choice(const char *name);

/* The site in this folder, or the empty slice: there is none. */
struct str command_site_here(void);

/* Loads a site's plugins, or for an empty name the built-in ones. False: *status is the end. To be
 * closed with session_close in any case. */
struct session;
bool command_load(struct session *s, struct str site, struct diags *d, int *status);

#endif

/* Calling into a plugin so that whatever it does becomes one message with its place. */
#ifndef FASCIA_PLUGIN_CALL_H
#define FASCIA_PLUGIN_CALL_H

#include "plugin.h"
#include "wire.h"

/* Runs `f` with `argument` as light userdata. False: one error was added: the plugin's innermost
 * line as `at`; related to it the content that was read last, and the lines that led there. */
bool plugin_call(struct plugin *p, lua_CFunction f, void *argument, struct diags *d);

/* The plugin's function of this number: until another is called, what is wrong outside of any line
 * is wrong with what it returned. [-0, +1, -] */
void plugin_push_function(struct plugin *p, uint32_t function);

/* The column for a message about a line of a plugin's file; 1 when nothing tells a better one. */
uint32_t plugin_column(const struct bundle *bundle, struct place at, struct str text);

/* Where the names that a message quotes stand in a file; without a line if they do not. */
struct place plugin_place(const struct bundle *bundle, struct str path, struct str text);

#endif

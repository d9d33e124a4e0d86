/* Calling into a plugin so that whatever it does becomes one message with its place. */
#ifndef FASCIA_PLUGIN_CALL_H
#define FASCIA_PLUGIN_CALL_H

#include "plugin.h"
#include "wire.h"

/* Runs `f` with `argument` as light userdata. False: one error was added: the plugin's line as
 * `at`, the content that was read last as the first related place. */
bool plugin_call(struct plugin *p, lua_CFunction f, void *argument, struct diags *d);

#endif

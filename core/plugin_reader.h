/* A file being read by a plugin: what its messages, and those about it, need to know. */
#ifndef FASCIA_PLUGIN_READER_H
#define FASCIA_PLUGIN_READER_H

#include "pieces.h"
#include "plugin.h"

struct reading_now {
    struct file_reading *how;
    const struct plugin_reader *reader;
    const struct source *file;
    struct str what;     /* "reader '.recipe' of content/a.recipe" */
    size_t seen;         /* where the line begins that the plugin has got last */
    /* What came of it: */
    struct value *front, *given;
    struct pieces text; /* of the body */
    struct str body;
};

/* Takes apart what the prelude's reader.lua returned, at the top of the stack; all in the arena of
 * the reading, but for strings, which stay Lua's. [-0, +0, e] */
void reading_take(lua_State *L, struct reading_now *now);

#endif

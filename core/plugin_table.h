/* The table that a plugin's file returns, taken apart: its exports, checks and readers. What is wrong
 * with it is raised with the names that it is about in quotes, by which plugin_place finds the line.
 */
#ifndef FASCIA_PLUGIN_TABLE_H
#define FASCIA_PLUGIN_TABLE_H

#include "plugin.h"

/* What the file returned is at the top; strings of the plugin will live in `a`. [-0, +0, e] */
void plugin_take_table(lua_State *L, struct arena *a, struct plugin *p);

#endif

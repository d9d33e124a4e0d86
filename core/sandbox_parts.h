/* What the sandbox_*.c files share. */
#ifndef FASCIA_SANDBOX_PARTS_H
#define FASCIA_SANDBOX_PARTS_H

#include "sandbox.h"

/* Sets `pairs` and `next` of the table at the top. [-0, +0, e] */
void sandbox_open_walks(lua_State *L);

/* Sets `sort` of the table at the top. [-0, +0, e] */
void sandbox_open_sort(lua_State *L);

#endif

/* What plugins meet, told to editors and to readers: the model from its table, the library and the
 * rest from the comments that begin with "---" in core/prelude/ (LuaCATS annotations). Nothing is
 * written twice, so that neither can drift from what runs. */
#ifndef FASCIA_TYPES_H
#define FASCIA_TYPES_H

#include "buf.h"

/* Definitions for the Lua language server, one file. */
void types_lua(struct buf *out);

/* The same as Markdown, a part of it: "model", "site", "library", "plugin" or "test". */
void types_markdown(struct buf *out, struct str part);

#endif

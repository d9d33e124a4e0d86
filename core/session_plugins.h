/* The session's plugins: finding their files, having them loaded, what they say of themselves. */
#ifndef FASCIA_SESSION_PLUGINS_H
#define FASCIA_SESSION_PLUGINS_H

#include "session.h"

/* Lists the site's plugins folder and the built-in one. A site's plugin replaces a built-in one
 * of the same name. False: the built-in ones are nowhere; one error. */
bool plugins_find(struct session *s);

void plugins_load(struct session *s); /* adds a setup unit a plugin */
bool plugins_write_bundle(struct session *s, struct buf *request);
bool plugins_write_load(struct session *s, uint32_t plugin, struct buf *request);
void plugins_take_load(struct session *s, struct unit *u, enum pool_end end, const char *why,
                       const struct answer *answer);

/* Makes the sorted table of all exports. Two plugins with one export of a name is an error. */
void plugins_gather(struct session *s);

#endif

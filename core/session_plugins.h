/* The session's plugins: finding their files, having them loaded, what they say of themselves. */
#ifndef FASCIA_SESSION_PLUGINS_H
#define FASCIA_SESSION_PLUGINS_H

#include "session.h"
#include "wire.h"

/* Lists the site's plugins folder and the built-in one. A site's plugin replaces a built-in one
 * of the same name. False: the built-in ones are nowhere; one error. */
bool plugins_find(struct session *s);

void plugins_load(struct session *s); /* adds a setup unit a plugin */
bool plugins_write_bundle(struct session *s, struct buf *request);
bool plugins_write_load(struct session *s, uint32_t plugin, struct buf *request);
void plugins_take_load(struct session *s, struct unit *u, enum pool_end end, const char *why,
                       const struct answer *answer);

/* Makes the sorted tables of all exports and readers. Two plugins with one export of a name, or
 * one ending, is an error. */
void plugins_gather(struct session *s);

/* session_readers.c: what a plugin says it reads (false: it makes no sense), and all of them. */
bool readers_take(struct session *s, struct known_plugin *p, struct wire *in);
void readers_gather(struct session *s);

/* Warns of checks and plugins that site.yaml names and nobody has. */
void plugins_judge(struct session *s);

#endif

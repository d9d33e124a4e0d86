/* What `fascia verify` says: each output that differs from what a clean build would write, with
 * the rendering that makes it and the reason; then how many there are. */
#ifndef FASCIA_VERIFY_H
#define FASCIA_VERIFY_H

#include "build.h"

/* Text for people, or one JSON object a line. Returns the exit status: 1 when something differs,
 * else that of the build. */
int verify_site(const struct build_options *o, bool is_json, struct buf *text, struct buf *log,
                struct diags *d);

#endif

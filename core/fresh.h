/* `fascia new`: the first files of a plugin, an article or a site, from core/skeleton/. No file is
 * ever written over: when one of them is there already, none is written. */
#ifndef FASCIA_FRESH_H
#define FASCIA_FRESH_H

#include "buf.h"
#include "diag.h"

struct fresh_options {
    struct str name; /* as the user gave it; of a site: its folder */
    struct str site; /* the folder in which a plugin or an article is begun */
    bool copies;     /* the plugin is a copy of the built-in one of this name */
};

/* Each returns the exit status: 2 for a name that cannot be, 1 when a file is there already.
 * `report` gets what was written and what to do next. */
int fresh_plugin(const struct fresh_options *o, struct buf *report, struct diags *d);
int fresh_article(const struct fresh_options *o, struct buf *report, struct diags *d);
int fresh_site(const struct fresh_options *o, struct buf *report, struct diags *d);

#endif

/* What libyaml complains about, said in the words of somebody who writes an article. */
#ifndef FASCIA_YAML_MESSAGE_H
#define FASCIA_YAML_MESSAGE_H

#include "diag.h"
#include "source.h"
#include "str.h"

struct yaml_trouble {
    const struct source *source;
    size_t end;              /* of the YAML; this and the others are offsets in the source */
    const char *problem;     /* as libyaml says it */
    const char *context;     /* "while scanning a quoted scalar", or "" */
    size_t problem_at;
    size_t context_at;       /* where that scalar begins */
};

/* Adds one error, with its place and, for the common mistakes, advice. */
void yaml_message_add(const struct yaml_trouble *t, struct diags *d);

/* A key as a message may show it: visible, and cut when it is long. */
struct str yaml_message_excerpt(struct diags *d, struct str text);

#endif

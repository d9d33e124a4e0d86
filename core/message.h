/* Messages as people and tools read them. `full` shows the line with a caret, and those of related
 * places; `short` is one line in the form of compilers, with the first of these places beside its
 * text; `json` is one object a line, with them in a list `related`. A detail, such as a difference,
 * follows in lines of its own, indented. */
#ifndef FASCIA_MESSAGE_H
#define FASCIA_MESSAGE_H

#include "buf.h"
#include "diag.h"

enum message_form {
    MESSAGES_DEFAULT,
    MESSAGES_FULL,
    MESSAGES_SHORT,
    MESSAGES_JSON,
    MESSAGES_SARIF, /* for message_put_sarif */
};

/* False: no form has this name. */
bool message_form(struct str name, enum message_form *form);

/* Whether standard error is a terminal where a line can be written over. */
bool message_can_redraw(void);

/* What a code stands for. */
struct message_rule {
    struct str code, summary, explain; /* the latter two may be empty */
    enum severity severity;            /* unless a message says otherwise */
};

/* All as one document, SARIF 2.1.0, ordered by place. Paths in `site` are relative to it. */
void message_put_sarif(struct buf *out, const struct diags *d, struct str site,
                       const struct message_rule *rules, size_t rule_count);

/* Prints all to standard error, ordered by place. MESSAGES_DEFAULT is full on a terminal. */
void message_print(const struct diags *d, enum message_form form);

#endif

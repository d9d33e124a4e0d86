/* Parts of messages: as lines (message.c), and as a SARIF document (message_sarif.c). */
#ifndef FASCIA_MESSAGE_PARTS_H
#define FASCIA_MESSAGE_PARTS_H

#include "message.h"

/* All messages ordered by place; to be freed. */
const struct diag **message_sort(const struct diags *d, size_t *count);

#endif

/* What the codes of fascia's own messages stand for, for `fascia check --explain`. Those of checks
 * are explained by their plugins. */
#ifndef FASCIA_CODES_H
#define FASCIA_CODES_H

#include "message.h"

extern const struct message_rule codes_known[]; /* sorted by code */
extern const size_t codes_count;

#endif

/* Plain scalars by the core schema of YAML 1.2 (§10.3.2): what `yaml_read` makes of them and what
 * `yaml_write` therefore has to quote. */
#ifndef FASCIA_YAML_SCALAR_H
#define FASCIA_YAML_SCALAR_H

#include "arena.h"
#include "str.h"
#include "value.h"

/* The type of a text that stands unquoted: never a list or record. */
enum value_type yaml_scalar_type(struct str text);

/* The value of a text whose type is `type`; the string is copied. VALUE_NUMBER takes integers as
 * well, and an integer that does not fit 64 bits becomes a number. */
struct value *yaml_scalar_value(struct arena *a, enum value_type type, struct str text);

#endif

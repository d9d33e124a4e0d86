/* What the model is made of: its records and their fields, from the one table in model_table.h.
 * Articles are filled by it, so that a field that is not in the table cannot be written; messages
 * about unknown fields, the definitions for editors and the reference are made from it too. */
#ifndef FASCIA_MODEL_H
#define FASCIA_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

struct model_field {
    struct str name, type, about;
};

/* A record (count > 0), or one of several (`types` is not empty). */
struct model_record {
    struct str name, types, about;
    const struct str *keys; /* the fields' names, as values have them */
    const struct model_field *fields;
    uint32_t count;
};

/* MODEL_ARTICLE, MODEL_PAIR …: places in `model`, the unions behind the records. */
enum model_name {
#define RECORD(id, name, about) MODEL_##id,
#define FIELD(id, name, type, about)
#define END(id)
#define UNION(name, types, about)
#include "model_table.h"
    MODEL_RECORDS,
};

/* ARTICLE_ID, PAIR_ANSWER …: the place of each field in its record; PAIR_FIELDS: how many. */
#define RECORD(id, name, about) enum {
#define FIELD(id, name, type, about) id,
#define END(id) id##_FIELDS };
#define UNION(name, types, about)
#include "model_table.h"

extern const struct model_record model[];
extern const size_t model_count; /* with the unions */

#endif

#include "model.h"

/* keys_PAIR and fields_PAIR */
#define RECORD(id, name, about) static const struct str keys_##id[] = {
#define FIELD(id, name, type, about) STR_INIT(name),
#define END(id) };
#define UNION(name, types, about)
#include "model_table.h"

#define RECORD(id, name, about) static const struct model_field fields_##id[] = {
#define FIELD(id, name, type, about) {STR_INIT(name), STR_INIT(type), STR_INIT(about)},
#define END(id) };
#define UNION(name, types, about)
#include "model_table.h"

const struct model_record model[] = {
#define RECORD(id, name, about)                                                                    \
    [MODEL_##id] = {STR_INIT(name), STR_INIT(""), STR_INIT(about), keys_##id, fields_##id,         \
                    id##_FIELDS},
#define FIELD(id, name, type, about)
#define END(id)
#define UNION(name, types, about)
#include "model_table.h"

#define RECORD(id, name, about)
#define FIELD(id, name, type, about)
#define END(id)
#define UNION(name, types, about)                                                                  \
    {STR_INIT(name), STR_INIT(types), STR_INIT(about), NULL, NULL, 0},
#include "model_table.h"
};

const size_t model_count = sizeof model / sizeof *model;

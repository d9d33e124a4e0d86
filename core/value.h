/* The one shape that crosses C, Lua and disk: nil, boolean, integer, number, string, list, record
 * (an ordered map with string keys). This is the tree that readers build; `image` freezes it.
 *
 * A tree lives in an arena; its strings are slices of whatever outlives it (the file's bytes, the
 * arena). A node may have several parents, so that one list item is both in `blocks` and in
 * `pros`; freezing copies it to each. A cycle must not be built. */
#ifndef FASCIA_VALUE_H
#define FASCIA_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "str.h"

enum value_type {
    VALUE_NIL,
    VALUE_BOOLEAN,
    VALUE_INTEGER,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_LIST,
    VALUE_RECORD,
};

/* Where in the content file a node stands. */
struct span {
    uint32_t begin, end; /* bytes; end is after the last one */
    uint32_t line, col;  /* of `begin`, from 1, col in code points; line 0: no position */
};

struct value {
    enum value_type type;
    struct span span;
    union {
        bool boolean;
        int64_t integer;
        double number;
        struct str string;
        struct {                  /* list: keys is NULL; record: keys[i] names items[i] */
            struct value **items; /* never NULL pointers */
            struct str *keys;     /* in order of insertion, without duplicates */
            uint32_t count, cap;
        };
    };
};

struct value *value_nil(struct arena *a);
struct value *value_boolean(struct arena *a, bool b);
struct value *value_integer(struct arena *a, int64_t i);
struct value *value_number(struct arena *a, double n);
struct value *value_string(struct arena *a, struct str s, struct span span); /* s is not copied */
struct value *value_list(struct arena *a, struct span span);
struct value *value_record(struct arena *a, struct span span);

void value_push(struct arena *a, struct value *list, struct value *item);
void value_set(struct arena *a, struct value *record, struct str key, struct value *item);

/* NULL when the record has no such key, or `v` is NULL or no record. */
struct value *value_get(const struct value *v, struct str key);

/* The string at `key`, or the empty slice when there is none or it is something else. */
struct str value_get_string(const struct value *v, struct str key);

const char *value_type_name(enum value_type type); /* "list" */

#endif

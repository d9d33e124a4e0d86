#include "value.h"

#include <assert.h>
#include <string.h>

static struct value *make(struct arena *a, enum value_type type, struct span span) {
    struct value *v = ARENA_NEW(a, struct value);
    v->type = type;
    v->span = span;
    return v;
}

struct value *value_nil(struct arena *a) {
    return make(a, VALUE_NIL, (struct span){0});
}

struct value *value_boolean(struct arena *a, bool b) {
    struct value *v = make(a, VALUE_BOOLEAN, (struct span){0});
    v->boolean = b;
    return v;
}

struct value *value_integer(struct arena *a, int64_t i) {
    struct value *v = make(a, VALUE_INTEGER, (struct span){0});
    v->integer = i;
    return v;
}

struct value *value_number(struct arena *a, double n) {
    struct value *v = make(a, VALUE_NUMBER, (struct span){0});
    v->number = n;
    return v;
}

struct value *value_string(struct arena *a, struct str s, struct span span) {
    struct value *v = make(a, VALUE_STRING, span);
    v->string = s;
    return v;
}

struct value *value_list(struct arena *a, struct span span) {
    return make(a, VALUE_LIST, span);
}

struct value *value_record(struct arena *a, struct span span) {
    return make(a, VALUE_RECORD, span);
}

static void grow(struct arena *a, struct value *v) {
    uint32_t cap = v->cap ? v->cap * 2 : 4;
    struct value **items = arena_alloc_raw(a, cap * sizeof *items);
    if (v->count)
        memcpy(items, v->items, v->count * sizeof *items);
    v->items = items;
    if (v->type == VALUE_RECORD) {
        struct str *keys = arena_alloc_raw(a, cap * sizeof *keys);
        if (v->count)
            memcpy(keys, v->keys, v->count * sizeof *keys);
        v->keys = keys;
    }
    v->cap = cap;
}

void value_push(struct arena *a, struct value *list, struct value *item) {
    assert(list->type == VALUE_LIST);
    if (list->count == list->cap)
        grow(a, list);
    list->items[list->count++] = item;
}

static uint32_t find(const struct value *record, struct str key) {
    uint32_t i = 0;
    while (i < record->count && !str_eq(record->keys[i], key))
        i++;
    return i;
}

void value_set(struct arena *a, struct value *record, struct str key, struct value *item) {
    assert(record->type == VALUE_RECORD);
    uint32_t i = find(record, key);
    if (i == record->count) {
        if (record->count == record->cap)
            grow(a, record);
        record->keys[record->count++] = key;
    }
    record->items[i] = item;
}

struct value *value_get(const struct value *v, struct str key) {
    if (!v || v->type != VALUE_RECORD)
        return NULL;
    uint32_t i = find(v, key);
    return i < v->count ? v->items[i] : NULL;
}

struct str value_get_string(const struct value *v, struct str key) {
    const struct value *found = value_get(v, key);
    return found && found->type == VALUE_STRING ? found->string : STR("");
}

const char *value_type_name(enum value_type type) {
    static const char *const names[] = {"nil",    "boolean", "integer", "number",
                                        "string", "list",    "record"};
    return names[type];
}

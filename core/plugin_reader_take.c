/* From what a plugin's reader returned to values. The prelude has checked it, in the plugin's own
 * state: nothing of that is relied on here. */
#include <lauxlib.h>
#include <math.h>

#include "plugin_reader.h"
#include "utf8.h"

enum { DEEPEST = 32, MOST_KEYS = 1000, MOST_VALUES = 200 * 1000 };

struct taking {
    lua_State *lua;
    struct reading_now *now;
    struct arena *arena;
    const char *field; /* for messages: the innermost name */
    int piece_meta;  /* stack index */
    uint32_t values;
};

static bool is_piece(const struct taking *t, int index) {
    if (!lua_istable(t->lua, index) || !lua_getmetatable(t->lua, index))
        return false;
    bool is = lua_rawequal(t->lua, -1, t->piece_meta);
    lua_pop(t->lua, 1);
    return is;
}

/* [-0, +0, e] */
static struct str check_text(const struct taking *t, struct str s) {
    size_t bad;
    if (!utf8_check(s, &bad) || str_find_char(s, '\0') < s.len)
        luaL_error(t->lua, "'%s' is not valid UTF-8, or holds a NUL byte", t->field);
    return s;
}

/* The string at the top, which stays where it is; its table must stay, too. [-0, +0, e] */
static struct str text_at_top(const struct taking *t) {
    struct str s = STR("");
    if (lua_type(t->lua, -1) == LUA_TSTRING)
        s.at = lua_tolstring(t->lua, -1, &s.len);
    return check_text(t, s);
}

/* The piece's i-th number, or `otherwise`. */
static lua_Integer number_in(const struct taking *t, int index, lua_Integer i,
                             lua_Integer otherwise) {
    lua_rawgeti(t->lua, index, i);
    lua_Integer n = lua_isinteger(t->lua, -1) ? lua_tointeger(t->lua, -1) : otherwise;
    lua_pop(t->lua, 1);
    return n;
}

/* The i-th run of a piece; what makes no sense stands nowhere. */
static struct file_piece run_of(const struct taking *t, int index, lua_Unsigned i,
                                size_t text_len) {
    enum { BEGIN = 1, AT, ALONG, NUMBERS = ALONG };
    lua_Integer base = (lua_Integer)(i * NUMBERS);
    lua_Integer begin = number_in(t, index, base + BEGIN, 0);
    lua_Integer at = number_in(t, index, base + AT, -1);
    bool is_there = at >= 0 && (size_t)at <= t->now->file->text.len;
    return (struct file_piece){
        .begin = begin < 0 ? 0 : (size_t)begin < text_len ? (uint32_t)begin : (uint32_t)text_len,
        .at = is_there ? (uint32_t)at : 0,
        .runs_along = number_in(t, index, base + ALONG, 0) == 1,
        .is_nowhere = !is_there};
}

static struct span span_of_piece(const struct taking *t, int index) {
    lua_Unsigned runs = lua_rawlen(t->lua, index) / 3;
    for (lua_Unsigned i = 0; i < runs; i++) {
        struct file_piece run = run_of(t, index, i, 0);
        if (!run.is_nowhere)
            return source_span(t->now->file, run.at, run.at);
    }
    return (struct span){0};
}

/* Its text is left on the stack. [-0, +1, e] */
static struct str push_text(const struct taking *t, int index) {
    lua_pushliteral(t->lua, "text");
    lua_rawget(t->lua, index);
    return text_at_top(t);
}

static struct value *take_piece(const struct taking *t, int index) {
    struct str text = push_text(t, index);
    lua_pop(t->lua, 1); // the piece holds it
    return value_string(t->arena, text, span_of_piece(t, index));
}

static struct value *take(struct taking *t, int index, unsigned depth);

/* A list or record stands where its first part does. */
static void stand(struct value *v, const struct value *part) {
    if (part->span.line && (!v->span.line || part->span.begin < v->span.begin))
        v->span = part->span;
}

static bool is_list(lua_State *L, int index) {
    lua_Unsigned count = lua_rawlen(L, index), seen = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (!lua_isinteger(L, -2) || (lua_Unsigned)lua_tointeger(L, -2) - 1 >= count) {
            lua_pop(L, 2);
            return false;
        }
        seen++;
    }
    return seen == count;
}

static struct value *take_list(struct taking *t, int index, unsigned depth) {
    struct value *list = value_list(t->arena, (struct span){0});
    lua_Integer count = (lua_Integer)lua_rawlen(t->lua, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(t->lua, index, i);
        struct value *item = take(t, lua_gettop(t->lua), depth + 1);
        lua_pop(t->lua, 1);
        value_push(t->arena, list, item);
        stand(list, item);
    }
    return list;
}

/* The value at the top, under the key below it. [-0, +0, e] */
static void take_field(struct taking *t, struct value *record, unsigned depth) {
    lua_State *L = t->lua;
    const char *above = t->field;
    struct str key;
    if (lua_type(L, -2) != LUA_TSTRING)
        luaL_error(L, "'%s' has a %s as key", t->field, luaL_typename(L, -2));
    if (record->count == MOST_KEYS)
        luaL_error(L, "'%s' has more than %d keys", t->field, MOST_KEYS);
    key.at = t->field = lua_tolstring(L, -2, &key.len);
    check_text(t, key);
    struct value *item = take(t, lua_gettop(L), depth + 1);
    value_set(t->arena, record, key, item);
    stand(record, item);
    t->field = above;
}

/* In the order that pairs has. */
static struct value *take_record(struct taking *t, int index, unsigned depth) {
    lua_State *L = t->lua;
    struct value *record = value_record(t->arena, (struct span){0});
    lua_Integer count = sandbox_sorted_keys(L, index);
    int keys = lua_gettop(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        lua_pushvalue(L, -1);
        lua_rawget(L, index);
        take_field(t, record, depth);
        lua_settop(L, keys);
    }
    lua_pop(L, 1);
    return record;
}

static struct value *take_number(struct taking *t, int index) {
    double n = lua_tonumber(t->lua, index);
    if (lua_isinteger(t->lua, index))
        return value_integer(t->arena, lua_tointeger(t->lua, index));
    if (!isfinite(n))
        luaL_error(t->lua, "'%s' is no number that an article can hold", t->field);
    return value_number(t->arena, n);
}

static struct value *take(struct taking *t, int index, unsigned depth) {
    lua_State *L = t->lua;
    if (depth > DEEPEST || ++t->values > MOST_VALUES)
        luaL_error(L, depth > DEEPEST ? "'%s' is nested deeper than %d"
                                      : "the article, at '%s', has more than %d values",
                   t->field, depth > DEEPEST ? DEEPEST : MOST_VALUES);
    luaL_checkstack(L, 8, NULL);
    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        return value_boolean(t->arena, lua_toboolean(L, index));
    case LUA_TNUMBER:
        return take_number(t, index);
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        struct str text = text_at_top(t);
        lua_pop(L, 1);
        return value_string(t->arena, text, (struct span){0});
    case LUA_TTABLE:
        if (is_piece(t, index))
            return take_piece(t, index);
        return is_list(L, index) ? take_list(t, index, depth) : take_record(t, index, depth);
    default:
        luaL_error(L, "'%s' is a %s, which no article can hold", t->field,
                   luaL_typename(L, index));
        return NULL;
    }
}

/* Pairs: a key, its value, the next key … [-0, +0, e] */
static struct value *take_front(struct taking *t, int index) {
    lua_State *L = t->lua;
    struct value *front = value_record(t->arena, (struct span){0});
    lua_Integer count = lua_istable(L, index) ? (lua_Integer)lua_rawlen(L, index) : 0;
    for (lua_Integer i = 1; i < count; i += 2) {
        lua_rawgeti(L, index, i);
        if (is_piece(t, lua_gettop(L))) { // a key of meta that was cut from the file
            push_text(t, lua_gettop(L));
            lua_remove(L, -2);
        }
        lua_rawgeti(L, index, i + 1);
        take_field(t, front, 0);
        lua_pop(L, 2);
    }
    return front;
}

/* Sorted, and words of the reader's own joined: a search for what stands beside them is short. */
static void take_runs(struct taking *t, int index) {
    struct pieces *p = &t->now->text;
    lua_Unsigned count = lua_rawlen(t->lua, index) / 3;
    struct file_piece *list = ARENA_ARRAY(t->arena, struct file_piece, count + 1);
    for (lua_Unsigned i = 0; i < count; i++) {
        struct file_piece run = run_of(t, index, i, t->now->body.len);
        const struct file_piece *last = p->count ? &list[p->count - 1] : NULL;
        bool goes_on = last && (run.begin < last->begin || (run.is_nowhere && last->is_nowhere));
        if (!goes_on)
            list[p->count++] = run;
    }
    p->list = list;
}

static void take_body(struct taking *t, int index) {
    if (!is_piece(t, index))
        return;
    t->field = "body";
    t->now->body = push_text(t, index);
    size_t most = t->now->how->settings->file_bytes;
    if (t->now->body.len > most)
        luaL_error(t->lua, "the article's body is larger than the %d MB of limits.file_mb",
                   (int)(most >> 20));
    lua_pop(t->lua, 1);
    take_runs(t, index);
}

void reading_take(lua_State *L, struct reading_now *now) {
    struct taking t = {.lua = L, .now = now, .arena = now->how->arena, .field = "article"};
    int result = lua_gettop(L);
    luaL_checktype(L, result, LUA_TTABLE);
    bind_push_core(L);
    lua_getfield(L, -1, "module");
    lua_pushliteral(L, "piece");
    lua_call(L, 1, 1);
    lua_getfield(L, -1, "meta");
    t.piece_meta = lua_gettop(L);
    lua_getfield(L, result, "front");
    now->front = take_front(&t, lua_gettop(L));
    lua_getfield(L, result, "given");
    now->given = take(&t, lua_gettop(L), 0);
    lua_getfield(L, result, "body");
    take_body(&t, lua_gettop(L));
    lua_settop(L, result);
}

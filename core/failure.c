#include "failure.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

static struct failure last;   /* what reached the handler */
static struct failure passed; /* what a coroutine ended with, which may be on its way there */

void failure_forget(void) {
    last.len = last.count = 0;
    passed.len = passed.count = 0;
    last.called[0] = '\0';
}

const struct failure *failure_last(void) {
    return &last;
}

static void set_text(struct failure *f, struct str text) {
    f->len = text.len < sizeof f->text ? text.len : sizeof f->text;
    if (f->len)
        memcpy(f->text, text.at, f->len);
}

void failure_set_text(struct str text) {
    set_text(&last, text);
}

/* The error is on top. Of a table its `message` is told, if it is a text. */
static void take_text(lua_State *L, struct failure *f) {
    struct str text = {NULL, 0};
    char otherwise[64];
    int type = lua_type(L, -1);
    if (type == LUA_TTABLE && lua_checkstack(L, 1)) {
        lua_pushliteral(L, "message");
        lua_rawget(L, -2);
    } else {
        lua_pushvalue(L, -1);
    }
    if (lua_type(L, -1) == LUA_TSTRING || lua_type(L, -1) == LUA_TNUMBER)
        text.at = lua_tolstring(L, -1, &text.len);
    if (!text.at) {
        int n = snprintf(otherwise, sizeof otherwise, "the plugin raised a %s instead of a message",
                         lua_typename(L, type));
        text = (struct str){otherwise, (size_t)n};
    }
    set_text(f, text);
    lua_pop(L, 1);
}

static bool is_same_line(const struct failure_line *l, struct str path, uint32_t line) {
    return l->line == line && str_eq(str_of(l->path), str_slice(path, 0, sizeof l->path - 1));
}

static void set_line(struct failure_line *l, struct str path, uint32_t line, uint32_t col) {
    snprintf(l->path, sizeof l->path, "%.*s", STR_ARG(path));
    l->line = line;
    l->col = col;
}

static bool is_library(const char *source) {
    return str_starts(str_of(source), STR("=fascia."));
}

/* A function that calls itself is told once. */
static void add_line(struct failure *f, struct str path, uint32_t line) {
    if (f->count == FAILURE_LINES ||
        (f->count && is_same_line(&f->lines[f->count - 1], path, line)))
        return;
    set_line(&f->lines[f->count++], path, line, 0);
}

/* Frames of plugins' files only: none of C, of the library or of text that a plugin loaded. */
static void add_frames(lua_State *L, struct failure *f) {
    enum { DEEPEST = 200 };
    lua_Debug frame;
    for (int level = 0; level < DEEPEST && lua_getstack(L, level, &frame); level++) {
        if (!lua_getinfo(L, "Sln", &frame))
            continue;
        if (frame.source[0] == '@' && frame.currentline > 0)
            add_line(f, str_of(frame.source + 1), (uint32_t)frame.currentline);
        else if (!f->count && is_library(frame.source))
            snprintf(f->called, sizeof f->called, "%s", frame.name ? frame.name : "");
    }
}

/* Whether the error is what a coroutine ended with: who raises an error again may put a place
 * before it. */
static bool has_passed(const struct failure *f) {
    struct str text = {f->text, f->len}, before = {passed.text, passed.len};
    if (passed.len == FAILURE_TEXT) // the end of it is not known
        return str_find(text, str_slice(before, 0, FAILURE_TEXT / 2)) < text.len;
    if (!passed.count || !str_ends(text, before))
        return false;
    return text.len == before.len || str_ends(str_slice(text, 0, text.len - before.len), STR(": "));
}

static void note(lua_State *L, struct failure *f) {
    take_text(L, f);
    f->count = 0;
    f->called[0] = '\0';
    if (has_passed(f)) {
        f->count = passed.count;
        memmove(f->lines, passed.lines, sizeof f->lines);
        memmove(f->called, passed.called, sizeof f->called);
    }
    add_frames(L, f);
}

int failure_note(lua_State *L) {
    lua_settop(L, 1);
    note(L, &last);
    return 1;
}

void failure_note_coroutine(lua_State *co) {
    static struct failure one;
    if (!lua_checkstack(co, 2))
        return; // then its lines are missing, no more
    note(co, &one);
    passed = one;
}

/* Places in the text */

static bool take_number(struct str *rest, uint32_t *number) {
    size_t i = 0;
    *number = 0;
    for (; i < rest->len && i < 9 && str_is_digit(rest->at[i]); i++)
        *number = *number * 10 + (uint32_t)(rest->at[i] - '0');
    if (i == 0 || i >= rest->len || rest->at[i] != ':')
        return false;
    *rest = str_from(*rest, i + 1);
    return true;
}

/* "12: " or "12:3: ", behind a file's name. */
static bool take_line_and_column(struct str *text, uint32_t *line, uint32_t *col) {
    struct str rest = *text;
    if (!take_number(&rest, line))
        return false;
    struct str behind = rest;
    *col = 0;
    if (take_number(&behind, col))
        rest = behind;
    if (!str_starts(rest, STR(" ")))
        return false;
    *text = str_from(rest, 1);
    return true;
}

/* As Lua shortens the name of a file: "...ite/plugins/lib/metadata.lua". */
static struct str shown_end(struct str place) {
    enum { DOTS = 3, LONGEST = LUA_IDSIZE - 1 - DOTS };
    return place.len >= LUA_IDSIZE ? str_from(place, place.len - LONGEST) : STR("");
}

/* Takes "place:" off. */
static bool take_file(struct str *text, struct str place) {
    struct str end = shown_end(place), rest = *text;
    if (end.len && str_starts(rest, STR("...")) && str_starts(str_from(rest, 3), end))
        rest = str_from(rest, 3 + end.len);
    else if (place.len && str_starts(rest, place))
        rest = str_from(rest, place.len);
    else
        return false;
    if (!str_starts(rest, STR(":")))
        return false;
    *text = str_from(rest, 1);
    return true;
}

struct named {
    struct str path;
    uint32_t line, col;
    bool in_library; /* the last of them is a file of the library, which is nobody's to mend */
};

static bool take_place(struct str *text, struct str path, struct named *at) {
    struct str rest = *text;
    if (!take_file(&rest, path) || !take_line_and_column(&rest, &at->line, &at->col))
        return false;
    at->path = path;
    *text = rest;
    return true;
}

static bool take_library(struct str *text) {
    struct named ignored;
    struct str rest = *text;
    size_t colon = str_find_char(rest, ':');
    return str_starts(rest, STR("fascia.")) &&
           take_place(text, str_slice(rest, 0, colon), &ignored);
}

static bool take_any(struct str *text, const struct bundle *bundle, struct str own,
                     struct named *at) {
    bool found = take_library(text);
    at->in_library = found;
    found = found || take_place(text, own, at);
    for (size_t i = 0; !found && i < bundle->count; i++)
        found = take_place(text, bundle->files[i].place, at);
    return found;
}

/* What lies inside of it, if it is one of the lines, is left out: error() was told a level. */
static void put_first(struct named at) {
    uint32_t i = 0;
    while (i < last.count && !is_same_line(&last.lines[i], at.path, at.line))
        i++;
    if (i < last.count) {
        last.count -= i;
        memmove(last.lines, last.lines + i, last.count * sizeof *last.lines);
    } else {
        last.count += last.count < FAILURE_LINES;
        memmove(last.lines + 1, last.lines, (last.count - 1) * sizeof *last.lines);
    }
    set_line(&last.lines[0], at.path, at.line, at.col);
}

/* Lua's own words, which speak of the library's variables. */
static bool is_of_lua(struct str text) {
    return str_starts(text, STR("attempt to ")) || str_starts(text, STR("bad argument"));
}

void failure_take_places(const struct bundle *bundle, struct str own) {
    struct str text = {last.text, last.len};
    struct named at = {0}, next = {0};
    while (take_any(&text, bundle, own, &next))
        at = next;
    if (at.path.len)
        put_first(at);
    if (!at.in_library || !is_of_lua(text))
        last.called[0] = '\0';
    memmove(last.text, text.at, text.len);
    last.len = text.len;
}

/* Warnings and errors: what a rendering or a check has to say of content. */
#include <lauxlib.h>

#include "bind.h"
#include "protocol.h"
#include "utf8.h"

/* The parent keeps what is said, for each article: so much at most. A rendering that looks at all
 * articles may say more. */
enum { MOST_WARNINGS = 200, MOST_OF_SITE = 2000 /* of an export, or of each check */ };
enum { MOST_BYTES = 64 << 10, MOST_BYTES_OF_SITE = 512 << 10 /* of all checks of a plugin */ };
enum { LONGEST_TEXT = 1000, BYTES_BESIDE = 64 /* that a warning takes besides its texts */ };

#define TOO_MUCH UINT32_MAX

struct warning {
    struct place at;
    struct str code, text, help;
};

/* One line, whatever was given. */
static struct str take_text(lua_State *L, struct bind *b, int index) {
    struct str text;
    text.at = luaL_checklstring(L, index, &text.len);
    return utf8_visible(b->arena, str_slice(text, 0, LONGEST_TEXT));
}

/* The element that the value at `index` names: a key of a record or a number of a list. Where there
 * is none, the record itself is the place, until the element comes. */
static struct node element(lua_State *L, int index, struct shown *shown, struct node n) {
    struct bind *b = bind_of(L);
    struct node found = {n.image, 0};
    if (lua_type(L, index) == LUA_TSTRING && node_type(n) == VALUE_RECORD) {
        struct str key;
        key.at = lua_tolstring(L, index, &key.len);
        found = node_get(n, key);
        if (!found.slot)
            bind_read_missing(b, shown, n, key);
    } else if (lua_isinteger(L, index) && node_type(n) == VALUE_LIST) {
        lua_Integer i = lua_tointeger(L, index);
        if (i >= 1 && i <= (lua_Integer)node_count(n))
            found = node_item(n, (uint32_t)(i - 1));
        else
            bind_read(b, shown, n, READ_SHAPE);
    } else {
        luaL_error(L, "'field' must be the name of a field or the number of an item");
    }
    if (found.slot && !node_at_hand(found))
        bind_fetch(b, shown);
    return found.slot ? found : n;
}

static struct place settings_place(struct bind *b, struct node n) {
    struct span span = node_span(n);
    struct place at = {.path = arena_join(b->arena, b->content, STR("site.yaml"))};
    if (n.slot != image_root(n.image).slot) {
        at.line = span.line;
        at.col = span.col;
    }
    return at;
}

/* The value at stack index 1, or what of it the value at `field` (0: nothing) names. */
static struct place take_place(lua_State *L, int field) {
    struct bind *b = bind_of(L);
    struct shown *shown = NULL;
    struct node n = {0};
    if (lua_isnoneornil(L, 1) && b->check.len && b->own_article != NO_ARTICLE) {
        shown = bind_article(b, b->own_article); // what else should a check speak of?
        n = image_root(&shown->image);
    } else if (lua_isnoneornil(L, 1) || lua_type(L, 1) == LUA_TTABLE) {
        return (struct place){0};
    } else if (luaL_testudata(L, 1, "fascia.site")) {
        shown = bind_settings(b);
        n = image_root(&shown->image);
    } else if (!bind_node(L, 1, &n, &shown)) {
        luaL_argerror(L, 1, "a value of the model expected");
    }
    if (n.slot && field)
        n = element(L, field, shown, n);
    if (n.slot)
        bind_read(b, shown, n, READ_PLACE);
    return shown && shown->article == NO_ARTICLE && n.slot ? settings_place(b, n)
                                                          : bind_place(b, shown, n);
}

static void refuse_key(lua_State *L, int index) {
    static const struct str known[] = {STR_INIT("code"), STR_INIT("field"), STR_INIT("help")};
    struct str key = STR("");
    if (lua_type(L, index) == LUA_TSTRING)
        key.at = lua_tolstring(L, index, &key.len);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(key, known[i]))
            return;
    struct str near = diag_nearest(key, known, sizeof known / sizeof *known);
    luaL_error(L, near.len ? "a warning has no '%s'; did you mean '%s'?" : "a warning has no '%s'",
               key.at, near.at);
}

/* The third argument: a code, or a table with any of code, field and help. Returns the stack index
 * of the field, 0: none. */
static int take_more(lua_State *L, struct bind *b, struct warning *w) {
    if (lua_type(L, 3) != LUA_TTABLE) {
        w->code = str_of(luaL_optstring(L, 3, w->code.at));
        return 0;
    }
    for (lua_pushnil(L); lua_next(L, 3); lua_pop(L, 1))
        refuse_key(L, -2);
    lua_settop(L, 3);
    lua_getfield(L, 3, "code");  // 4
    lua_getfield(L, 3, "help");  // 5
    lua_getfield(L, 3, "field"); // 6
    w->code = str_of(luaL_optstring(L, 4, w->code.at));
    if (!lua_isnil(L, 5))
        w->help = take_text(L, b, 5);
    return lua_isnil(L, 6) ? 0 : 6;
}

/* What a check says has that check's code. */
static struct str code_of(const struct bind *b, const struct warning *w) {
    return b->check.len ? b->check : w->code;
}

static void add(struct bind *b, const struct warning *w) {
    struct diag *one = diag_warning(b->diags, w->at, "", "%.*s", STR_ARG(w->text));
    one->code = arena_str(b->diags->arena, code_of(b, w));
    one->help = arena_str(b->diags->arena, w->help);
}

static bool is_too_much(struct bind *b, const struct warning *w) {
    bool of_site = b->own_article == NO_ARTICLE;
    b->warned_bytes += w->text.len + w->help.len + w->at.path.len + BYTES_BESIDE;
    return ++b->warned > (of_site ? MOST_OF_SITE : MOST_WARNINGS) ||
           b->warned_bytes > (of_site ? MOST_BYTES_OF_SITE : MOST_BYTES);
}

/* What the arguments say; `at`: where, or NULL, when the first of them does. */
static struct warning take_warning(lua_State *L, const struct place *at) {
    struct bind *b = bind_of(L);
    struct warning w = {.code = b->plugin};
    lua_settop(L, 3);
    w.text = take_text(L, b, 2);
    int field = take_more(L, b, &w);
    w.at = at ? *at : take_place(L, field);
    return w;
}

static int warn(lua_State *L, const struct place *at) {
    struct bind *b = bind_of(L);
    if (b->warned == TOO_MUCH)
        return 0;
    struct warning w = take_warning(L, at);
    if (is_too_much(b, &w)) {
        const char *who = b->check.len ? b->check.at : b->plugin.at;
        b->warned = TOO_MUCH;
        w = (struct warning){.code = STR("too-many")};
        w.text = arena_printf(b->arena, "'%s' warns of more, which is left out", who);
    }
    add(b, &w);
    return 0;
}

/* core.warn(node or nil, text [, code or {code =, field =, help =}]): a warning that points at
 * content: at the node, or at one of its fields (or items, by number). */
int bind_warn(lua_State *L) {
    return warn(L, NULL);
}

int bind_warn_at(lua_State *L, struct place at) {
    return warn(L, &at);
}

/* What is raised is a text as of any error, with the place before it; whoever reports it knows it
 * by that. */
static int blame(lua_State *L, const struct place *at) {
    struct bind *b = bind_of(L);
    struct warning w = take_warning(L, at);
    struct blame *blame = ARENA_NEW(b->arena, struct blame);
    *blame = (struct blame){.at = w.at, .text = w.text, .help = w.help};
    blame->code = arena_str(b->arena, code_of(b, &w));
    blame->raised = w.at.path.len ? arena_printf(b->arena, "%.*s:%u:%u: %.*s", STR_ARG(w.at.path),
                                                 w.at.line, w.at.col, STR_ARG(w.text))
                                  : w.text;
    b->blame = blame;
    lua_pushlstring(L, blame->raised.at, blame->raised.len);
    return lua_error(L);
}

/* core.error(node or nil, text [, code or {code =, field =, help =}]): ends the rendering with an
 * error that points at content. */
int bind_blame(lua_State *L) {
    return blame(L, NULL);
}

int bind_blame_at(lua_State *L, struct place at) {
    return blame(L, &at);
}

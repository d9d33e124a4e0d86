/* What the prelude's test module is built from: fixtures, sites, renderings, failures. */
#include <lauxlib.h>

#include "plugin_test.h"
#include "utf8.h"

static const char site_type[] = "fascia.test.site";

struct site_handle {
    const char *type;
    struct fixture_site *site;
};

static struct test_state *test_of(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

static struct str check_str(lua_State *L, int index) {
    struct str s;
    s.at = luaL_checklstring(L, index, &s.len);
    return s;
}

static struct str optional_str(lua_State *L, int index) {
    return lua_isnoneornil(L, index) ? STR("") : check_str(L, index);
}

/* Raises a text without a place of its own, and keeps what stands behind it. */
static int raise(lua_State *L, struct raised what) {
    struct test_state *t = test_of(L);
    struct arena *a = t->test->arena;
    t->raised = (struct raised){arena_str(a, what.text), arena_str(a, what.detail), what.cause};
    t->raised.cause.path = arena_str(a, what.cause.path);
    lua_pushlstring(L, what.text.at, what.text.len);
    return lua_error(L);
}

/* test.fail(text [, detail]) */
static int host_fail(lua_State *L) {
    return raise(L, (struct raised){.text = check_str(L, 1), .detail = optional_str(L, 2)});
}

/* test.pend(text): ends the test that runs, which is not done yet */
static int host_pend(lua_State *L) {
    test_of(L)->is_pending = true;
    luaL_checkstring(L, 1);
    lua_settop(L, 1);
    return lua_error(L);
}

/* test.line() -> the line of the file that called */
static int host_line(lua_State *L) {
    lua_Debug frame;
    for (int level = 1; level < 200 && lua_getstack(L, level, &frame); level++)
        if (lua_getinfo(L, "Sl", &frame) && frame.source[0] == '@' && frame.currentline > 0) {
            lua_pushinteger(L, frame.currentline);
            return 1;
        }
    lua_pushinteger(L, 0);
    return 1;
}

/* test.file(name) -> bytes of a file of the test's folder, or nil */
static int host_file(lua_State *L) {
    const struct bundle_file *f = bundle_find(&test_of(L)->test->fixtures, check_str(L, 1));
    if (f)
        lua_pushlstring(L, f->bytes.at, f->bytes.len);
    else
        lua_pushnil(L);
    return 1;
}

/* test.golden(name, text): what the golden file is to hold */
static int host_golden(lua_State *L) {
    struct plugin_test *test = test_of(L)->test;
    test->golden(test->owner, check_str(L, 1), check_str(L, 2));
    return 0;
}

/* What stands behind a message of a reader or of a plugin, as lines. */
static struct str detail_of(struct test_state *t, const struct fixture_site *site,
                            const struct diag *d) {
    struct buf lines = BUF_INIT;
    for (const struct related *r = d->related; r; r = r->next) {
        struct place at = fixture_place(t, site, r->at);
        buf_printf(&lines, "%.*s: %.*s:%u:%u\n", STR_ARG(r->text), STR_ARG(at.path), at.line,
                   at.col);
    }
    if (d->help.len)
        buf_printf(&lines, "%.*s\n", STR_ARG(d->help));
    struct str detail = arena_str(t->test->arena, buf_str(&lines));
    buf_free(&lines);
    return detail;
}

static int raise_diag(lua_State *L, const struct fixture_site *site, const struct diags *d,
                      const char *otherwise) {
    struct test_state *t = test_of(L);
    const struct diag *one = d->last;
    if (!one)
        return luaL_error(L, "%s", otherwise);
    struct place at = fixture_place(t, site, one->at);
    if (str_eq(one->at.path, t->test->place))
        at = (struct place){0}; // settings, of which the call is all that anybody knows
    return raise(L, (struct raised){one->text, detail_of(t, site, one), at});
}

/* test.read(path, text [, file]) -> article */
static int host_read(lua_State *L) {
    struct test_state *t = test_of(L);
    struct str path = check_str(L, 1), text = check_str(L, 2);
    struct diags d = {.arena = &t->render_arena};
    uint32_t number;
    size_t bad;
    if (path.len == 0 || path.len > 200 || !utf8_check(path, &bad))
        return luaL_error(L, "a path of 1 to 200 bytes of UTF-8 is needed");
    arena_reset(&t->render_arena);
    const struct bundle_file *file = bundle_find(&t->test->fixtures, optional_str(L, 3));
    if (!fixture_add(t, path, text, file, &number, &d))
        return raise_diag(L, NULL, &d, "the articles of this test file are more than fit");
    bind_push_article(L, number);
    return 1;
}

/* The fixture that an article of the model is. */
static uint32_t check_article(lua_State *L, int index, struct node *n) {
    struct shown *shown;
    if (!bind_node(L, index, n, &shown))
        luaL_argerror(L, index, "an article, or a part of one, expected");
    return shown->article;
}

/* test.site(json, now, articles) -> site */
static int host_site(lua_State *L) {
    struct test_state *t = test_of(L);
    struct str json = check_str(L, 1), now = optional_str(L, 2);
    struct diags d = {.arena = &t->render_arena};
    luaL_checktype(L, 3, LUA_TTABLE);
    uint32_t count = (uint32_t)lua_rawlen(L, 3);
    uint32_t *numbers = ARENA_ARRAY(t->test->arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        struct node n;
        lua_rawgeti(L, 3, (lua_Integer)i + 1);
        numbers[i] = check_article(L, lua_gettop(L), &n);
        lua_pop(L, 1);
    }
    struct site_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    handle->type = site_type;
    arena_reset(&t->render_arena);
    handle->site = fixture_site_new(t, json, now, numbers, count, &d);
    luaL_setmetatable(L, site_type);
    return handle->site ? 1 : raise_diag(L, NULL, &d, "this site cannot be made");
}

/* Renderings */

static struct buf *begin_output(void *owner, struct str path) {
    struct test_state *t = owner;
    t->path = arena_str(&t->render_arena, path);
    t->out.len = 0;
    return &t->out;
}

/* The number of the export, in the plugin that the file tests. */
static uint32_t check_export(lua_State *L, struct str name) {
    const struct plugin *p = test_of(L)->plugin;
    struct str names[64];
    uint32_t count = 0;
    if (!p)
        return (uint32_t)luaL_error(L, "there is no plugin of this test's name to render with");
    for (uint32_t i = 0; i < p->export_count; i++) {
        if (str_eq(p->exports[i].name, name))
            return i;
        if (count < 64)
            names[count++] = p->exports[i].name;
    }
    lua_pushlstring(L, p->name.at, p->name.len);
    struct str near = diag_nearest(name, names, count);
    return (uint32_t)luaL_error(L, near.len ? "plugin '%s' has no export '%s'; did you mean '%s'?"
                                            : "plugin '%s' has no export '%s'",
                                lua_tostring(L, -1), name.at, near.at);
}

static struct fixture_site *own_site(lua_State *L, uint32_t number) {
    struct test_state *t = test_of(L);
    struct diags d = {.arena = &t->render_arena};
    struct fixture *f = t->fixtures[number];
    if (!f->own)
        f->own = fixture_site_new(t, STR("{}"), STR(""), &number, 1, &d);
    if (!f->own)
        raise_diag(L, NULL, &d, "this article cannot be read");
    return f->own;
}

static uint32_t number_in(lua_State *L, const struct fixture_site *site, uint32_t fixture) {
    for (uint32_t i = 0; i < site->count; i++)
        if (site->numbers[i] == fixture)
            return i;
    return (uint32_t)luaL_error(L, "this article is not among those of the site");
}

/* Which element of the export's list a part of an article is. */
static uint32_t item_of(lua_State *L, const struct export *e, struct node part) {
    struct node list = node_get(image_root(part.image), e->list);
    for (uint32_t i = 0; i < node_count(list); i++)
        if (node_item(list, i).slot == part.slot)
            return i;
    return (uint32_t)luaL_error(L, "this is neither an article nor an element of its %s",
                                e->list.len ? e->list.at : "lists");
}

/* test.render's arguments: export, subject, site or nil, item or nil. */
static struct fixture_site *take_subject(lua_State *L, struct rendering *r) {
    struct test_state *t = test_of(L);
    const struct export *e = &t->plugin->exports[r->export];
    struct site_handle *subject = bind_typed(L, 2, site_type), *given = bind_typed(L, 3, site_type);
    bool for_site = e->each == EACH_SITE || e->each == EACH_FUNCTION;
    struct node part;
    r->article = NO_ARTICLE;
    if (lua_type(L, 4) != LUA_TSTRING)
        r->item = (uint32_t)(luaL_optinteger(L, 4, 1) - 1);
    if (for_site != (subject != NULL))
        luaL_error(L, "export '%s' is made for %s", e->name.at,
                   for_site ? "a site: give render one, as site { articles = { … } } makes it"
                            : "an article or a part of one, not for a site");
    if (subject)
        return subject->site;
    uint32_t number = check_article(L, 2, &part);
    if (part.slot != image_root(part.image).slot)
        r->item = item_of(L, e, part);
    struct fixture_site *site = given ? given->site : own_site(L, number);
    r->article = number_in(L, site, number);
    return site;
}

/* Sets a field of the table at the top, unless it is empty. [-0, +0, e] */
static void set_text(lua_State *L, const char *key, struct str text) {
    if (!text.len)
        return;
    lua_pushlstring(L, text.at, text.len);
    lua_setfield(L, -2, key);
}

/* Warnings: a list of {text, code, path, line, col, severity, help}. [-0, +1, e] */
static void push_warnings(lua_State *L, const struct fixture_site *site, const struct diags *d) {
    lua_Integer n = 0;
    lua_newtable(L);
    for (const struct diag *one = d->first; one; one = one->next) {
        struct place at = fixture_place(test_of(L), site, one->at);
        lua_createtable(L, 0, 7);
        set_text(L, "text", one->text);
        set_text(L, "code", one->code);
        set_text(L, "path", at.path);
        lua_pushinteger(L, at.line);
        lua_setfield(L, -2, "line");
        lua_pushinteger(L, at.col);
        lua_setfield(L, -2, "col");
        set_text(L, "severity", str_of(severity_name(one->severity)));
        set_text(L, "help", one->help);
        lua_rawseti(L, -2, ++n);
    }
}

/* An item that `each` gave. False: there is none of that key or number. */
static bool find_item(const struct test_state *t, struct rendering *r) {
    struct wire items = {.rest = buf_str(&t->items)};
    struct str wanted = r->key;
    for (uint32_t n = 0; items.rest.len && !items.bad; n++) {
        r->key = wire_str(&items);
        r->value = wire_str(&items);
        if (wanted.len ? str_eq(r->key, wanted) : n == r->item) {
            r->item = n;
            return true;
        }
    }
    return false;
}

static enum rendered render_item(struct test_state *t, struct rendering *r, struct diags *d) {
    struct plugin *p = t->plugin;
    t->items.len = 0;
    if (p->exports[r->export].each != EACH_FUNCTION)
        return plugin_render(p, r, d);
    if (!plugin_items(p, r->export, &t->items, d))
        return RENDER_FAILED;
    if (find_item(t, r))
        return plugin_render(p, r, d);
    diag_error(d, (struct place){0}, "no-item", "each(site) gives no such item here");
    return RENDER_FAILED;
}

/* What a plugin's own state has instead of the real site while a test uses it. */
struct lent {
    struct site *site;
    struct str content;
};

static struct lent lend(struct test_state *t, struct fixture_site *site) {
    struct bind *b = &t->plugin->bind;
    struct lent real = {b->site, b->content};
    b->site = &site->site;
    b->content = STR("content/");
    return real;
}

static void take_back(struct test_state *t, struct lent real) {
    struct bind *b = &t->plugin->bind;
    b->site = real.site;
    b->content = real.content;
    b->diags = NULL;
}

static enum rendered render(struct test_state *t, struct fixture_site *site,
                            struct rendering *r, struct diags *d) {
    struct lent real = lend(t, site);
    enum rendered result = render_item(t, r, d);
    take_back(t, real);
    return result;
}

/* test.render(export, subject, site, item) -> bytes, path, warnings; nothing when it was skipped */
static int host_render(lua_State *L) {
    struct test_state *t = test_of(L);
    struct diags d = {.arena = &t->render_arena};
    lua_settop(L, 4);
    struct rendering r = {.begin = begin_output, .owner = t};
    if (lua_type(L, 4) == LUA_TSTRING)
        r.key = check_str(L, 4);
    arena_reset(&t->render_arena);
    r.export = check_export(L, check_str(L, 1));
    struct fixture_site *site = take_subject(L, &r);
    enum rendered result = render(t, site, &r, &d);
    if (result == RENDER_SKIPPED)
        return 0;
    if (result == RENDER_FAILED)
        return raise_diag(L, site, &d, "the rendering failed");
    lua_pushlstring(L, buf_str(&t->out).at, t->out.len);
    lua_pushlstring(L, t->path.at, t->path.len);
    push_warnings(L, site, &d);
    return 3;
}

/* Checks */

/* Of the plugin that the file tests. */
static const struct check *check_code(lua_State *L, struct str code) {
    const struct plugin *p = test_of(L)->plugin;
    struct str codes[MOST_EXPORTS];
    if (!p)
        luaL_error(L, "there is no plugin of this test's name to check with");
    for (uint32_t i = 0; i < p->check_count; i++) {
        codes[i] = p->checks[i].code;
        if (str_eq(codes[i], code))
            return &p->checks[i];
    }
    lua_pushlstring(L, p->name.at, p->name.len);
    struct str near = diag_nearest(code, codes, p->check_count);
    luaL_error(L, near.len ? "plugin '%s' has no check '%s'; did you mean '%s'?"
                           : "plugin '%s' has no check '%s'",
               lua_tostring(L, -1), code.at, near.at);
    return NULL;
}

/* test.check's arguments: code, subject, site or nil. */
static struct fixture_site *take_checked(lua_State *L, const struct check *check,
                                         uint32_t *article) {
    struct site_handle *subject = bind_typed(L, 2, site_type), *given = bind_typed(L, 3, site_type);
    struct node n;
    *article = NO_ARTICLE;
    if ((check->each == EACH_SITE) != (subject != NULL))
        luaL_error(L, "check '%s' is for %s", check->code.at,
                   subject ? "an article" : "a site");
    if (subject)
        return subject->site;
    uint32_t number = check_article(L, 2, &n);
    struct fixture_site *site = given ? given->site : own_site(L, number);
    *article = number_in(L, site, number);
    return site;
}

/* As severe as the site says, else the plugin. */
static void judge(struct diags *d, const struct fixture_site *site, const struct check *check) {
    struct node checks = node_get(image_root(&site->settings), STR("checks"));
    enum severity severity = settings_severity(checks, check->code, check->severity);
    for (struct diag *one = d->first; one; one = one->next)
        one->severity = severity;
}

/* test.check(code, subject, site) -> warnings */
static int host_check(lua_State *L) {
    struct test_state *t = test_of(L);
    struct diags d = {.arena = &t->render_arena};
    uint32_t article;
    lua_settop(L, 3);
    arena_reset(&t->render_arena);
    const struct check *check = check_code(L, check_str(L, 1));
    struct fixture_site *site = take_checked(L, check, &article);
    struct lent real = lend(t, site);
    bool good = plugin_check_one(t->plugin, check, article, &d);
    take_back(t, real);
    if (!good)
        return raise_diag(L, site, &d, "the check failed");
    judge(&d, site, check);
    push_warnings(L, site, &d);
    return 1;
}

static const luaL_Reg host_functions[] = {
    {"fail", host_fail},     {"pend", host_pend},   {"line", host_line},
    {"file", host_file},     {"read", host_read},   {"golden", host_golden},
    {"site", host_site},     {"render", host_render}, {"check", host_check},
    {NULL, NULL},
};

void test_push_host(struct test_state *t) {
    lua_State *L = t->self.bind.lua;
    luaL_newmetatable(L, site_type);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushlightuserdata(L, t);
    luaL_setfuncs(L, host_functions, 1);
    lua_pushboolean(L, t->test->updates);
    lua_setfield(L, -2, "updates");
    lua_pushlstring(L, t->test->folder.at, t->test->folder.len);
    lua_setfield(L, -2, "folder");
}

#include "plugin_test.h"

#include <lauxlib.h>
#include <string.h>

#include "plugin_call.h"
#include "utf8.h"

enum { LONGEST_NAME = 300 /* bytes, of a test; its message must fit as well */ };

/* Loading */

static int load_protected(lua_State *L) {
    struct test_state *t = lua_touserdata(L, 1);
    const struct plugin_test *test = t->test;
    bind_open(&t->self.bind);
    bind_push_core(L);
    test_push_host(t);
    lua_setfield(L, -2, "test");
    lua_getfield(L, -1, "module");
    lua_pushliteral(L, "test");
    lua_call(L, 1, 1);
    t->prelude = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushliteral(L, "@");
    lua_pushlstring(L, test->place.at, test->place.len);
    lua_concat(L, 2);
    if (luaL_loadbufferx(L, test->bytes.at, test->bytes.len, lua_tostring(L, -1), "t"))
        return lua_error(L);
    lua_call(L, 0, 0);
    return 0;
}

static struct plugin *find_plugin(const struct plugins *all, struct str name) {
    for (uint32_t i = 0; i < all->count; i++)
        if (str_eq(all->at[i].name, name) && all->at[i].loaded)
            return &all->at[i];
    return NULL;
}

/* The test of faq asks for modules where faq does. */
static bool open_state(struct test_state *t, struct diags *d) {
    struct plugin_test *test = t->test;
    struct plugin *self = &t->self;
    size_t suffix = str_ends(test->file, STR("_test.lua")) ? 9 : 0;
    self->name = arena_str(test->arena, str_slice(test->file, 0, test->file.len - suffix));
    self->file = test->file;
    self->place = arena_str(test->arena, test->place);
    t->plugin = test->of = find_plugin(test->plugins, self->name);
    self->bind = (struct bind){.site = &t->site, .bundle = test->bundle, .plugin = self->name,
                               .folder = t->plugin ? t->plugin->bind.folder : STR(""),
                               .content = STR("content/"), .arena = test->arena,
                               .memory_limit = test->settings->memory_bytes,
                               .plugins = test->plugins};
    test->bind = &self->bind;
    test->arena->max = test->arena->bytes + self->bind.memory_limit; // what C keeps counts too
    t->render_arena.max = self->bind.memory_limit;
    if (!fixture_open(t) || !sandbox_open(&self->sandbox, test->settings->memory_bytes)) {
        diag_error(d, (struct place){.path = self->place}, "test",
                   "not even an empty test fits limits.memory_mb");
        return false;
    }
    self->bind.lua = self->sandbox.lua;
    memcpy(lua_getextraspace(self->bind.lua), &(struct bind *){&self->bind}, sizeof(struct bind *));
    self->bind.own_article = NO_ARTICLE;
    self->bind.diags = d;
    self->bind.epoch = 1; // of all its proxies: a test file is one rendering to them
    return plugin_call(self, load_protected, t, d);
}

/* Running */

/* prelude[name](number) [-0, +results, e] */
static void call_prelude(lua_State *L, struct test_state *t, const char *name, int results) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, t->prelude);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    lua_pushinteger(L, t->number);
    lua_call(L, 1, results);
}

/* Name and line of the test; number 0 behind the last. */
static int look_protected(lua_State *L) {
    struct test_state *t = lua_touserdata(L, 1);
    struct str name;
    call_prelude(L, t, "name", 2);
    if (lua_isnil(L, -2)) {
        t->number = 0;
        return 0;
    }
    name.at = lua_tolstring(L, -2, &name.len);
    t->name = utf8_visible(t->test->arena, str_slice(name, 0, LONGEST_NAME));
    t->line = (uint32_t)lua_tointeger(L, -1);
    return 0;
}

static int run_protected(lua_State *L) {
    struct test_state *t = lua_touserdata(L, 1);
    sandbox_seed(L, 0);
    call_prelude(L, t, "run", 0);
    return 0;
}

static int finish_protected(lua_State *L) {
    call_prelude(L, lua_touserdata(L, 1), "finish", 0);
    return 0;
}

/* Whether the error that came out is the one that was raised last with something behind it. */
static bool is_raised(const struct test_state *t, const struct diag *error, struct arena *a) {
    enum { COMPARED = 1000 };
    struct str raised = utf8_visible(a, t->raised.text);
    return t->raised.text.at &&
           str_eq(str_slice(error->text, 0, COMPARED), str_slice(raised, 0, COMPARED));
}

static void place_related(const struct test_state *t, struct diag *error) {
    for (struct related *r = error->related; r; r = r->next)
        r->at = fixture_place(t, NULL, r->at);
}

/* The second place: what raised it, the test when it was a module that did, or the fixture. */
static void tell_cause(struct test_state *t, struct diag *error, struct diags *d) {
    struct place test = {.path = t->self.place, .line = t->line, .col = 1};
    bool elsewhere = !str_eq(error->at.path, t->self.place);
    if (!error->at.line && !elsewhere)
        error->at = test;
    if (is_raised(t, error, d->arena)) {
        error->detail = t->raised.detail;
        error->related = NULL;
        if (t->raised.cause.path.len)
            diag_relate(d, error, t->raised.cause, "it comes from here");
    } else if (elsewhere) {
        error->related = NULL;
        diag_relate(d, error, test, "in this test");
    } else {
        place_related(t, error);
    }
}

/* A plugin's error becomes that of the test that runs. */
static void tell_failure(struct test_state *t, struct diag *error, struct diags *d) {
    struct arena *a = d->arena;
    tell_cause(t, error, d);
    if (str_eq(error->code, STR("limit-memory"))) // which takes us for a plugin
        error->text = arena_printf(a, "it needs more memory than %zu MB",
                                   t->self.sandbox.limit >> 20);
    else
        error->code = STR("test");
    error->text = arena_printf(a, "%.*s: %.*s", STR_ARG(t->name), STR_ARG(error->text));
}

static void run_one(struct test_state *t) {
    struct plugin_test *test = t->test;
    struct diags d = {.arena = test->arena};
    t->is_pending = false;
    t->raised = (struct raised){.text = {NULL, 0}};
    t->self.bind.diags = &d;
    t->self.bind.last_read = (struct node){0};
    test->begun(test->owner, t->name, t->line);
    bool good = plugin_call(&t->self, run_protected, t, &d);
    bool is_pending = t->is_pending;
    if (!good && !is_pending)
        tell_failure(t, d.last, &d);
    if (!plugin_call(&t->self, finish_protected, t, &d)) {
        tell_failure(t, d.last, &d);
        good = is_pending = false;
    }
    if (is_pending)
        d.first = NULL; // what ended it is no error
    test->ended(test->owner, t->name, t->line,
                is_pending ? TEST_PENDING : good ? TEST_PASSED : TEST_FAILED, &d);
}

static bool run_all(struct test_state *t, struct diags *d) {
    for (uint32_t i = 1;; i++) {
        t->number = i;
        if (i > MOST_TESTS) {
            diag_error(d, (struct place){.path = t->self.place}, "test",
                       "a test file holds more than %d tests", MOST_TESTS);
            return false;
        }
        if (!plugin_call(&t->self, look_protected, t, d))
            return false;
        if (t->number == 0)
            return true;
        run_one(t);
    }
}

bool plugin_test(struct plugin_test *test, struct diags *d) {
    struct test_state *t = ARENA_NEW(test->arena, struct test_state);
    t->test = test;
    bool good = open_state(t, d) && run_all(t, d);
    if (!good && d->last) {
        d->last->code = STR("test");
        if (t->raised.text.at)
            d->last->detail = t->raised.detail;
        place_related(t, d->last);
    }
    fixture_close(t);
    test->arena->max = 0;
    return good;
}

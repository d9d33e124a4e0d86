#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "sandbox.h"

enum { MB = 1 << 20 };

static struct sandbox sandbox;
static char result[8192];

/* These states hold no finalizers of a plugin: they can be closed, so that leaks show. */
static int set_up(void **state) {
    (void)state;
    return sandbox_open(&sandbox, 16 * MB) ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    lua_close(sandbox.lua);
    assert_int_equal(sandbox.used, 0);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* What the chunk returns, or its error behind "error: ". */
static const char *run_in(lua_State *L, const char *chunk) {
    bool good = luaL_loadbufferx(L, chunk, strlen(chunk), "=chunk", "t") == LUA_OK &&
                lua_pcall(L, 0, 1, 0) == LUA_OK;
    const char *text = lua_tostring(L, -1);
    snprintf(result, sizeof result, "%s%s", good ? "" : "error: ", text ? text : "(no text)");
    lua_settop(L, 0);
    return result;
}

static const char *run(const char *chunk) {
    return run_in(sandbox.lua, chunk);
}

static void expect_part(const char *found, const char *part) {
    if (!strstr(found, part))
        fail_msg("\"%s\" does not say \"%s\"", found, part);
}

/* Makes something of every kind that Lua allocates. */
static const char everything[] =
    "local t, parts = {}, {} "
    "for i = 1, 40 do t[i] = { i, key = function() return i end } parts[i] = ('x'):rep(i) end "
    "local co = coroutine.wrap(function(...) coroutine.yield(select('#', ...)) end) co(1, 2) "
    "local good, text = pcall(error, { 'raised' }) "
    "local f = load('return ' .. #table.concat(parts, ',') .. ' + 0') "
    "t = setmetatable(t, { __index = function(_, k) return k end }) "
    "return t.missing .. f() .. string.format('%5.2f', 1.5) .. ('a b'):gsub('%w', { a = 'c' })";

/* More memory each time, until it is enough: so every allocation is once the one that fails. */
static void any_allocation_may_fail(void **state) {
    (void)state;
    unsigned opened = 0, refused = 0;
    bool done = false;
    for (size_t limit = 16; limit < MB && !done; limit += 32) {
        struct sandbox small;
        bool is_open = sandbox_open(&small, limit);
        if (!is_open && small.lua)
            lua_close(small.lua);
        if (!is_open)
            continue;
        opened++;
        const char *said = run_in(small.lua, everything);
        done = strcmp(said, "missing859 1.50c b") == 0;
        refused += strcmp(said, "error: not enough memory") == 0;
        if (!done && strcmp(said, "error: not enough memory") != 0)
            fail_msg("with %zu bytes: %s", limit, said);
        lua_close(small.lua);
        assert_int_equal(small.used, 0);
    }
    assert_true(done && refused > 50 && opened == refused + 1);
}

/* The names in a table of the state, sorted. */
static const char *names_of(const char *table) {
    char chunk[300];
    snprintf(chunk, sizeof chunk,
             "local names = {} for name in pairs(%s) do names[#names + 1] = name end "
             "return table.concat(names, ' ')",
             table);
    return run(chunk);
}

static void nothing_is_there_but_what_a_plugin_may_use(void **state) {
    (void)state;
    assert_string_equal(names_of("_G"),
                        "_G _VERSION assert coroutine error getmetatable ipairs load math next "
                        "pairs pcall rawequal rawget rawlen rawset select setmetatable string "
                        "table tonumber tostring type utf8 xpcall");
    assert_string_equal(names_of("string"),
                        "byte char find format gmatch gsub len lower match pack packsize rep "
                        "reverse sub unpack upper");
    assert_string_equal(names_of("table"), "concat insert move pack remove sort unpack");
    assert_string_equal(names_of("utf8"), "char charpattern codepoint codes len offset");
    assert_string_equal(names_of("coroutine"),
                        "close create isyieldable resume running status wrap yield");
}

static void load_takes_text(void **state) {
    (void)state;
    assert_string_equal(run("return load('return 1 + 1')()"), "2");
    assert_string_equal(run("x = 5 return load('return x')()"), "5");
    assert_string_equal(run("return load('x = 7', 'name', 't') and load('x = 7', 'name')() or x"),
                        "7");
    assert_string_equal(run("local parts = { 'return ', '4', nil } local i = 0 "
                            "return load(function() i = i + 1 return parts[i] end)()"),
                        "4");
    expect_part(run("return (select(2, load('x = = 1', '=here')))"), "here:1: unexpected symbol");
    expect_part(run("return load(5)()"), "error");
    expect_part(run("load()"), "bad argument");
}

static void load_never_takes_binary_chunks(void **state) {
    (void)state;
    static const char *const modes[] = {"nil", "'b'", "'bt'", "'t'", "'x'"};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        char chunk[200];
        snprintf(chunk, sizeof chunk,
                 "local f, message = load('\\27Lua\\x54\\0', 'binary', %s) "
                 "return tostring(f) .. ' ' .. message",
                 modes[i]);
        expect_part(run(chunk), "nil attempt to load a binary chunk");
        snprintf(chunk, sizeof chunk,
                 "local given local f, message = load(function() if not given then given = true "
                 "return '\\27Lua\\x54\\0' end end, 'binary', %s) return message",
                 modes[i]);
        expect_part(run(chunk), "attempt to load a binary chunk");
    }
}

static void load_stays_in_the_environment_it_is_given(void **state) {
    (void)state;
    assert_string_equal(run("return load('return x', 'n', 't', { x = 8 })()"), "8");
    assert_string_equal(run("local env = {} load('y = 9', 'n', 't', env)() "
                            "return tostring(y) .. env.y"),
                        "nil9");
    expect_part(run("return load('return x', 'n', 't', nil)()"), "error: ");
}

static void finalizers_are_refused(void **state) {
    (void)state;
    expect_part(run("setmetatable({}, { __gc = function() end })"),
                "'__gc' is not available to plugins");
    expect_part(run("setmetatable({}, { __gc = true })"), "'__gc' is not available");
    /* One that comes by another way is none either. */
    assert_string_equal(run("local ran = 0\n"
                            "local meta = setmetatable({}, { __index = { __gc = 1 } })\n"
                            "for i = 1, 100 do setmetatable({}, meta) end\n"
                            "meta.__gc = function() ran = ran + 1 end\n"
                            "for i = 1, 200000 do local garbage = { i } end\n"
                            "return ran"),
                        "0");
}

static void setmetatable_works_otherwise(void **state) {
    (void)state;
    assert_string_equal(run("return setmetatable({}, { __index = { x = 5 } }).x"), "5");
    assert_string_equal(run("local t = {} return tostring(setmetatable(t, nil) == t)"), "true");
    expect_part(run("setmetatable({}, 5)"), "nil or table expected");
    expect_part(run("setmetatable('', {})"), "table expected");
    expect_part(run("setmetatable(setmetatable({}, { __metatable = 1 }), {})"), "protected");
    assert_string_equal(run("return tostring(getmetatable(''))"), "false");
}

static void text_never_shows_an_address(void **state) {
    (void)state;
    static const char *const values[] = {"{}",
                                         "print",
                                         "tostring",
                                         "function() end",
                                         "coroutine.create(function() end)",
                                         "setmetatable({}, { __name = 'fake' })",
                                         "_G"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char chunk[300];
        snprintf(chunk, sizeof chunk,
                 "local v = %s local all = tostring(v) .. string.format('%%s %%20s %%-5s', v, v, v)"
                 " .. ('%%s'):format(v) return all",
                 values[i]);
        const char *text = run(chunk);
        if (strstr(text, "0x") || strstr(text, "error") || strpbrk(text, "123456789"))
            fail_msg("%s shows \"%s\"", values[i], text);
    }
    assert_string_equal(run("return tostring({})"), "table");
    assert_string_equal(run("return tostring(coroutine.running())"), "thread");
}

static void format_has_no_pointers(void **state) {
    (void)state;
    static const char *const formats[] = {"%p", "x%20p", "%%%p", "%-10p", "%s %p"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char chunk[100];
        snprintf(chunk, sizeof chunk, "return string.format('%s', {}, {})", formats[i]);
        expect_part(run(chunk), "'%p' is not available to plugins");
        snprintf(chunk, sizeof chunk, "return ('%s'):format({}, {})", formats[i]);
        expect_part(run(chunk), "'%p' is not available to plugins");
    }
    assert_string_equal(run("return ('%%p %d%% %5.1f|%q'):format(7, 2.25, 'a')"),
                        "%p 7%   2.2|\"a\"");
    expect_part(run("return ('%'):format()"), "error");
    expect_part(run("return ('%d'):format({})"), "number expected");
    expect_part(run("return string.format()"), "bad argument");
}

static void light_userdata_shows_no_address(void **state) {
    (void)state;
    lua_pushlightuserdata(sandbox.lua, &sandbox);
    lua_setglobal(sandbox.lua, "light");
    assert_string_equal(run("return tostring(light) .. ' ' .. ('%s'):format(light)"),
                        "userdata userdata");
}

static void tostring_obeys_the_metamethod(void **state) {
    (void)state;
    assert_string_equal(
        run("local t = setmetatable({}, { __tostring = function() return 'me' end })"
            " return tostring(t) .. ('%s'):format(t)"),
        "meme");
    expect_part(run("return tostring(setmetatable({}, { __tostring = function() return {} end }))"),
                "must return a string");
    assert_string_equal(run("return tostring(nil) .. tostring(1.5) .. tostring(true)"),
                        "nil1.5true");
    expect_part(run("return tostring()"), "value expected");
}

/* All keys in the order of a walk, and how a walk by next goes. */
#define KEYS                                                                                       \
    "local function keys(t) local k = {} for key in pairs(t) do k[#k + 1] = tostring(key) end "    \
    "return table.concat(k, ' ') end\n"                                                            \
    "local function walked(t) local k = {} for key in next, t do k[#k + 1] = tostring(key) end "   \
    "return table.concat(k, ' ') end\n"

static void a_walk_goes_by_sorted_keys(void **state) {
    (void)state;
    static const char *const tables[] = {
        "{ b = 1, a = 2, [''] = 3, B = 4, ab = 5 }",
        "{ ab = 5, B = 4, [''] = 3, a = 2, b = 1 }",
    };
    for (size_t i = 0; i < 2; i++) {
        char chunk[600];
        snprintf(chunk, sizeof chunk, KEYS "return keys(%s)", tables[i]);
        assert_string_equal(run(chunk), " B a ab b");
        snprintf(chunk, sizeof chunk, KEYS "return walked(%s)", tables[i]);
        assert_string_equal(run(chunk), " B a ab b");
    }
    assert_string_equal(run(KEYS "return keys { 'x', 'y', 'z', z = 1, a = 2 }"), "1 2 3 a z");
    assert_string_equal(run(KEYS "return keys {} .. walked {}"), "");
    assert_string_equal(run(KEYS "return keys { ['\\0b'] = 1, ['\\0a'] = 1, ['\\0'] = 1 }"), "");
}

/* Lua hashes strings with a number that differs from state to state, and numbers that share the
 * table are moved about by it. */
static void the_order_is_the_same_in_every_state(void **state) {
    (void)state;
    static const char chunk[] =
        KEYS "local t = {}\n"
             "for i = 1, 40 do t['key' .. i] = i t[i * 1000] = i t[i + 0.5] = i end\n"
             "t[true] = 1 t[false] = 1\n"
             "return keys(t) .. ' | ' .. walked(t)";
    char first[sizeof result];
    strcpy(first, run(chunk));
    for (int i = 0; i < 20; i++) {
        struct sandbox other;
        assert_true(sandbox_open(&other, 16 * MB));
        const char *again = run_in(other.lua, chunk);
        lua_close(other.lua);
        assert_string_equal(again, first);
    }
}

static void a_walk_outlives_removals(void **state) {
    (void)state;
    assert_string_equal(run("local t, seen = { a = 1, b = 2, c = 3, d = 4 }, ''\n"
                            "for k in pairs(t) do seen = seen .. k t[k] = nil t.c = nil end\n"
                            "return seen .. tostring(next(t))"),
                        "abdnil");
    assert_string_equal(run("local t, seen = { a = 1, b = 2, c = 3, d = 4 }, ''\n"
                            "for k in next, t do seen = seen .. k t[k] = nil t.c = nil end\n"
                            "return seen .. tostring(next(t))"),
                        "abdnil");
    assert_string_equal(run("local t = { a = 1, b = 2, c = 3 }\n"
                            "while next(t) do t[next(t)] = nil end return 'empty'"),
                        "empty");
    assert_string_equal(run("local t, seen = { a = 1, b = 2 }, ''\n"
                            "for k, v in pairs(t) do t[k] = v + 1 seen = seen .. k end\n"
                            "return seen .. t.a .. t.b"),
                        "ab23");
}

static void walks_by_next_may_be_nested(void **state) {
    (void)state;
    assert_string_equal(
        run("local a, b, seen = { x = 1, y = 1, z = 1 }, { p = 1, q = 1 }, ''\n"
            "for k in next, a do for l in next, b do seen = seen .. k .. l end end\n"
            "return seen"),
        "xpxqypyqzpzq");
    assert_string_equal(
        run("local t, seen = { x = 1, y = 1 }, ''\n"
            "for k in next, t do for l in next, t do seen = seen .. k .. l end end\n"
            "return seen"),
        "xxxyyxyy");
}

static void a_nested_walk_does_not_disturb_removals(void **state) {
    (void)state;
    assert_string_equal(
        run("local a, b, seen = { x = 1, y = 1, z = 1 }, { p = 1 }, ''\n"
            "for k in next, a do a[k] = nil for l in next, b do seen = seen .. k end "
            "end return seen"),
        "xyz");
}

static void next_knows_keys_that_came_later(void **state) {
    (void)state;
    assert_string_equal(run("local t = { a = 1 } local k = next(t) t.b = 2 "
                            "return k .. tostring(next(t, 'b'))"),
                        "anil");
    assert_string_equal(run("local t = { a = 1, c = 3 } next(t) t.b = 2 return next(t, 'b')"), "c");
}

static void next_refuses_a_key_that_is_not_there(void **state) {
    (void)state;
    expect_part(run("return next({ a = 1 }, {})"), "invalid key");
    expect_part(run("return next(5)"), "table expected");
    expect_part(run("return next()"), "table expected");
}

static void pairs_obeys_the_metamethod(void **state) {
    (void)state;
    assert_string_equal(
        run("local t = setmetatable({}, { __pairs = function(t) "
            "return function(_, k) if not k then return 1, 'one' end end, t end })\n"
            "local seen = '' for k, v in pairs(t) do seen = seen .. k .. v end "
            "return seen"),
        "1one");
    expect_part(run("pairs(5)"), "table expected");
    expect_part(run("pairs()"), "value expected");
}

static void a_walk_may_yield(void **state) {
    (void)state;
    assert_string_equal(run("local seen = ''\n"
                            "for k in coroutine.wrap(function() for k in pairs { b = 1, a = 1 } do "
                            "coroutine.yield(k) end end) do seen = seen .. k end return seen"),
                        "ab");
}

/* Lua's own sort asks the clock for a pivot when a large list is badly balanced, which shows in
 * the order of equal elements. */
static void sorting_does_not_ask_the_clock(void **state) {
    (void)state;
    static const char chunk[] =
        "local list, n = {}, 3000\n"
        "for i = 1, n do list[i] = { key = 5 + i * 7919 % 9, i = i } end\n"
        "list[1].key, list[1 + (n - 1) // 4].key, list[n].key = 1, 2, 3\n"
        "table.sort(list, function(a, b) return a.key < b.key end)\n"
        "local sum = 0\n"
        "for i, item in ipairs(list) do sum = (sum * 31 + item.i) % 1000000007 end\n"
        "return sum";
    char first[64];
    snprintf(first, sizeof first, "%s", run(chunk));
    for (int i = 0; i < 10; i++)
        assert_string_equal(run(chunk), first);
}

static void sort_sorts(void **state) {
    (void)state;
    assert_string_equal(run("local t = { 3, 1, 2 } table.sort(t) return table.concat(t)"), "123");
    assert_string_equal(
        run("local t = { 'b', 'c', 'a' } "
            "table.sort(t, function(x, y) return x > y end) return table.concat(t)"),
        "cba");
    assert_string_equal(run("local t = {} table.sort(t) return #t"), "0");
    expect_part(run("table.sort { 1, 'a' }"), "attempt to compare");
    expect_part(run("table.sort({ 1, 2 }, 5)"), "function expected");
}

static void the_memory_limit_gives_an_error(void **state) {
    (void)state;
    static const char *const hungry[] = {
        "local t = {} for i = 1, 1e9 do t[i] = { i } end",
        "local s = 'x' while true do s = s .. s end",
        "return ('x'):rep(1 << 30)",
        "local t = {} while true do t = { t } end",
        "local function f() return coroutine.wrap(f) end local t = {} "
        "while true do t[#t + 1] = coroutine.create(f) end",
        "return table.concat(setmetatable({}, { __index = function() return ('y'):rep(1e6) end }), "
        "'', 1, 1000)",
    };
    for (size_t i = 0; i < sizeof hungry / sizeof *hungry; i++) {
        expect_part(run(hungry[i]), "error: not enough memory");
        assert_true(sandbox.used <= sandbox.limit);
        assert_string_equal(run("return 'alive'"), "alive");
    }
}

static void a_plugin_may_catch_that_error(void **state) {
    (void)state;
    assert_string_equal(run("local good, message = pcall(string.rep, 'x', 1 << 30) "
                            "return tostring(good) .. ': ' .. message"),
                        "false: not enough memory");
}

static void a_limit_that_holds_no_state_is_refused(void **state) {
    (void)state;
    struct sandbox small;
    unsigned refused = 0;
    for (size_t bytes = 0; bytes < 64 * 1024; bytes += 509) {
        refused += !sandbox_open(&small, bytes);
        assert_true(small.used <= bytes);
        if (small.lua)
            lua_close(small.lua);
    }
    assert_true(refused > 10 && refused < 128);
}

static void randomness_is_repeatable(void **state) {
    (void)state;
    static const char chunk[] =
        "return math.random() .. ' ' .. math.random(1000000) .. ' ' .. math.random(0)";
    struct sandbox other;
    char first[200], second[200];
    snprintf(first, sizeof first, "%s", run(chunk));
    snprintf(second, sizeof second, "%s", run(chunk));
    assert_string_not_equal(first, second);
    assert_true(sandbox_open(&other, 16 * MB));
    assert_string_equal(run_in(other.lua, chunk), first);
    lua_close(other.lua);
    sandbox_seed(sandbox.lua, 0);
    assert_string_equal(run(chunk), first);
    sandbox_seed(sandbox.lua, 1);
    assert_string_not_equal(run(chunk), first);
}

static void a_plugin_may_choose_its_seed(void **state) {
    (void)state;
    static const char *const seeds[] = {
        "", "7", "-7", "1.5", "1e300", "-1e300", "1/0", "-1/0", "0/0", "math.mininteger", "'9'"};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        char chunk[100], first[100];
        snprintf(chunk, sizeof chunk, "math.randomseed(%s) return math.random(0)", seeds[i]);
        snprintf(first, sizeof first, "%s", run(chunk));
        assert_null(strstr(first, "error"));
        assert_string_equal(run(chunk), first);
    }
    expect_part(run("math.randomseed('x')"), "number expected");
}

static void an_error_in_a_coroutine_stays_in_it(void **state) {
    (void)state;
    expect_part(run("local co = coroutine.create(function() error('x') end) "
                    "return select(2, coroutine.resume(co))"),
                "chunk:1: x");
    run("local function f() return f() + 1 end f()"); // out of stack, or of memory
    assert_string_equal(run("return 'alive'"), "alive");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_there_but_what_a_plugin_may_use),
        TEST(load_takes_text),
        TEST(load_never_takes_binary_chunks),
        TEST(load_stays_in_the_environment_it_is_given),
        TEST(finalizers_are_refused),
        TEST(setmetatable_works_otherwise),
        TEST(text_never_shows_an_address),
        TEST(format_has_no_pointers),
        TEST(light_userdata_shows_no_address),
        TEST(tostring_obeys_the_metamethod),
        TEST(a_walk_goes_by_sorted_keys),
        TEST(the_order_is_the_same_in_every_state),
        TEST(a_walk_outlives_removals),
        TEST(walks_by_next_may_be_nested),
        TEST(a_nested_walk_does_not_disturb_removals),
        TEST(next_knows_keys_that_came_later),
        TEST(next_refuses_a_key_that_is_not_there),
        TEST(pairs_obeys_the_metamethod),
        TEST(a_walk_may_yield),
        TEST(sorting_does_not_ask_the_clock),
        TEST(sort_sorts),
        TEST(the_memory_limit_gives_an_error),
        cmocka_unit_test(any_allocation_may_fail),
        TEST(a_plugin_may_catch_that_error),
        TEST(a_limit_that_holds_no_state_is_refused),
        TEST(randomness_is_repeatable),
        TEST(a_plugin_may_choose_its_seed),
        TEST(an_error_in_a_coroutine_stays_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

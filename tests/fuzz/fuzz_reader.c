/* What a plugin's reader gives, of any shape: an article whose every part stands in the file, or an
 * error. The file is a program for the reader, which puts texts, pieces of the file, numbers and
 * tables together. One that begins with R gets around what the prelude checks, as a plugin may. */
#include <lauxlib.h>

#include "../core/image_walk.h"
#include "hosting.h"

static const char reader[] =
    "local names = { 'title', 'slug', 'summary', 'date', 'author', 'authors', 'tags', 'lang',\n"
    "  'draft', 'faq', 'question', 'answer', 'facts', 'subject', 'name', 'value', 'pros', 'cons',\n"
    "  'items', 'comparisons', 'factor', 'subjects', 'rows', 'cells', 'recommendations', 'when',\n"
    "  'choose', 'evidence', 'text', 'year', 'source', 'meta', 'body', 'front', 'given', 'x' }\n"
    "local ops, stack, source, text, at = {}, nil, nil, nil, nil\n"
    "local function byte() at = at + 1 return text:byte(at) or 0 end\n"
    "local function push(v) if #stack < 200 then stack[#stack + 1] = v end end\n"
    "local function pop() return table.remove(stack) end\n"
    "local function top() return stack[#stack] end\n"
    "function ops.a() push(source:slice(byte(), byte())) end\n"
    "function ops.b() local n = byte() push(text:sub(at + 1, at + n)) at = at + n end\n"
    "function ops.c() push(byte() - 64) end\n"
    "function ops.d() push({}) end\n"
    "function ops.e() local v = pop() if type(top()) == 'table' then\n"
    "  rawset(top(), names[byte() % #names + 1], v) end end\n"
    "function ops.f() local v = pop() if type(top()) == 'table' and v ~= nil then\n"
    "  rawset(top(), rawlen(top()) + 1, v) end end\n"
    "function ops.g() local v = pop() push(pop() .. v) end\n"
    "function ops.h() push(top():trim()) end\n"
    "function ops.i() push(pop():as(text:sub(at, at + byte()))) end\n"
    "function ops.j() push(top()) end\n"
    "function ops.k() source:warn(byte(), 'w') source:warn(top(), 'v') end\n"
    "function ops.l() for s, piece in source:lines() do push(piece) end end\n"
    "function ops.m() push(byte() * 1.5) end\n"
    "function ops.n() push(byte() > 64) end\n"
    "return { readers = { ['.x'] = function(given)\n"
    "  stack, source, text, at = { {} }, given, given.text, 1\n"
    "  while at < #text do\n"
    "    local op = ops[string.char(byte())]\n"
    "    if op then op() end\n"
    "  end\n"
    "  while #stack > 1 do pop() end\n"
    "  return stack[1]\n"
    "end } }\n";

/* `checked` is what the prelude does. */
static const char around[] =
    "local reader, piece = ...\n"
    "local checked = reader.read\n"
    "function reader.read(read, host, text, path, options)\n"
    "  if text:sub(1, 1) ~= 'R' then return checked(read, host, text, path, options) end\n"
    "  return read(piece.source(host, text, path), options)\n"
    "end\n";

static void push_module(lua_State *L, const char *name) {
    bind_push_core(L);
    lua_getfield(L, -1, "module");
    lua_remove(L, -2);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
}

static void set_up(void) {
    if (hosted.plugin.loaded)
        return;
    host_plugin("Text.\n", reader);
    lua_State *L = hosted.plugin.sandbox.lua;
    expect(luaL_loadstring(L, around) == LUA_OK);
    push_module(L, "reader");
    push_module(L, "piece");
    lua_call(L, 2, 0);
}

static void check_places(const struct value *v, size_t len) {
    expect(!v->span.line || v->span.begin <= len);
    if (v->type == VALUE_LIST || v->type == VALUE_RECORD)
        for (uint32_t i = 0; i < v->count; i++)
            check_places(v->items[i], len);
}

static void check_article(const struct value *article, size_t len) {
    struct buf bytes = BUF_INIT;
    struct image image;
    check_places(article, len);
    expect(image_freeze(&bytes, article, 0, NULL, 0) && image_open(&image, buf_str(&bytes), false));
    walk_image(&image);
    buf_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static const struct reading how;
    static const struct settings settings = {.memory_bytes = 64 << 20, .file_bytes = 1 << 20};
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct file_reading reading = {.plugin = &hosted.plugin, .arena = &a, .how = &how,
                                   .settings = &settings};
    struct str text = {(const char *)bytes, len};
    struct source file;
    struct value *article;
    set_up();
    if (source_open(&file, &a, STR("content/a.x"), STR("a.x"), text, &d)) {
        if (plugin_read_article(&reading, &article, &file, &d))
            check_article(article, file.text.len);
        else
            expect(d.errors > 0);
    }
    arena_reset(&hosted.calls);
    arena_free(&a);
    return 0;
}

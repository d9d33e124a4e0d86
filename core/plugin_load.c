/* Loading a plugin: running its file, and telling the parent what it returned. */
#include <lauxlib.h>
#include <string.h>

#include "plugin_call.h"
#include "plugin_table.h"
#include "wire.h"

struct loading {
    struct plugin *plugin;
    struct arena *arena;
    const struct bundle_file *file;
};

static int load_protected(lua_State *L) {
    struct loading *l = lua_touserdata(L, 1);
    struct plugin *p = l->plugin;
    bind_open(&p->bind);
    lua_pushliteral(L, "@");
    lua_pushlstring(L, p->place.at, p->place.len);
    lua_concat(L, 2);
    if (luaL_loadbufferx(L, l->file->bytes.at, l->file->bytes.len, lua_tostring(L, -1), "t"))
        return lua_error(L);
    lua_call(L, 0, 1);
    plugin_take_table(L, l->arena, p);
    return 0;
}

/* "faq.lua" is the plugin faq, with its modules beside it; "faq/init.lua" has its own folder. */
static void take_names(struct plugin *p, struct arena *a) {
    size_t slash = str_find_char(p->file, '/');
    size_t dot = str_find_char(p->file, '.');
    p->name = arena_str(a, str_slice(p->file, 0, slash < dot ? slash : dot));
    p->bind.folder = slash < p->file.len ? str_slice(p->file, 0, slash + 1) : STR("");
    p->bind.plugin = p->name;
}

bool plugin_load(struct plugin *p, struct arena *a, size_t memory_bytes, struct diags *d) {
    const struct bundle_file *file = bind_file(&p->bind, p->file);
    struct loading l = {p, a, file};
    take_names(p, a);
    bind_begin(&p->bind, d);
    if (!file || !sandbox_open(&p->sandbox, memory_bytes)) {
        diag_error(d, (struct place){.path = p->place}, "plugin",
                   file ? "not even an empty plugin fits limits.memory_mb" : "the file is gone");
        return false;
    }
    p->bind.lua = p->sandbox.lua;
    memcpy(lua_getextraspace(p->bind.lua), &(struct bind *){&p->bind}, sizeof(struct bind *));
    p->loaded = plugin_call(p, load_protected, &l, d);
    return p->loaded;
}

void plugin_describe(const struct plugin *p, struct buf *out) {
    wire_put_str(out, p->name);
    wire_put_str(out, p->summary);
    wire_put_u32(out, p->export_count);
    for (uint32_t i = 0; i < p->export_count; i++) {
        const struct export *e = &p->exports[i];
        wire_put_str(out, e->name);
        wire_put_u32(out, e->each);
        wire_put_str(out, e->list);
        wire_put_str(out, e->path);
        wire_put_u32(out, e->conditional);
        wire_put_str(out, e->summary);
    }
    wire_put_u32(out, p->check_count);
    for (uint32_t i = 0; i < p->check_count; i++) {
        const struct check *c = &p->checks[i];
        wire_put_str(out, c->code);
        wire_put_u32(out, c->each);
        wire_put_u32(out, c->severity);
        wire_put_str(out, c->summary);
        wire_put_str(out, c->explain);
    }
    wire_put_u32(out, p->reader_count);
    for (uint32_t i = 0; i < p->reader_count; i++)
        wire_put_str(out, p->readers[i].ending);
}

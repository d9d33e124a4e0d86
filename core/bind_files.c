/* Files of the plugins folders as plugins use them, and who depends on them: a plugin as a whole on
 * its code, an export on the templates that its renderings have run. */
#include <lauxlib.h>
#include <string.h>

#include "bind.h"
#include "protocol.h"

static const char used_type[] = "fascia.template";

/* What a template is made of, and which exports' renderings have run it in this state. */
struct used {
    const char *type;
    uint64_t told[2]; /* a bit an export, the last one for the plugin's code */
    uint32_t len;
    char names[]; /* as in bind->files */
};

enum { CODE_BIT = 127 };
_Static_assert((int)MOST_EXPORTS < (int)CODE_BIT, "each export has a bit of its own");

static bool is_known(const struct bind *b, uint32_t export, struct str name) {
    struct wire known = {.rest = buf_str(&b->files)};
    while (known.rest.len) {
        bool same = wire_u32(&known) == export;
        if (str_eq(wire_str(&known), name) && same)
            return true;
    }
    return false;
}

static void note(struct bind *b, uint32_t export, struct str name) {
    if (is_known(b, export, name))
        return;
    if (b->files.len + 2 * sizeof(uint32_t) + name.len > FILES_BYTES)
        luaL_error(b->lua, "too many names of files were asked for");
    wire_put_u32(&b->files, export);
    wire_put_str(&b->files, name);
}

const struct bundle_file *bind_file(struct bind *b, struct str name) {
    note(b, NO_EXPORT, name);
    return bundle_find(b->bundle, name);
}

/* core.asked() -> a mark for core.template */
int bind_asked(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)bind_of(L)->files.len);
    return 1;
}

/* core.template(mark) -> what core.use takes. The files that were asked for since are those of a
 * template: no code of the plugin's has seen them. (When it could not be made of them, some may
 * have: then they are as good as code.) */
int bind_template(lua_State *L) {
    struct bind *b = bind_of(L);
    lua_Integer mark = luaL_checkinteger(L, 1);
    luaL_argcheck(L, mark >= (lua_Integer)b->files_told && mark <= (lua_Integer)b->files.len, 1,
                  "no mark of this call");
    size_t len = b->files.len - (size_t)mark;
    struct used *u = lua_newuserdatauv(L, sizeof *u + len, 0);
    *u = (struct used){.type = used_type, .len = (uint32_t)len};
    memcpy(u->names, buf_str(&b->files).at + mark, len);
    b->files.len = (size_t)mark;
    return 1;
}

/* core.use(template): it is run. */
int bind_use(lua_State *L) {
    struct bind *b = bind_of(L);
    struct used *u = bind_typed(L, 1, used_type);
    luaL_argexpected(L, u, 1, "template");
    uint32_t bit = b->export < MOST_EXPORTS ? b->export : CODE_BIT;
    if (u->told[bit / 64] >> bit % 64 & 1)
        return 0;
    struct wire names = {.rest = {u->names, u->len}};
    while (names.rest.len) {
        wire_u32(&names);
        note(b, b->export, wire_str(&names));
    }
    u->told[bit / 64] |= UINT64_C(1) << bit % 64;
    return 0;
}

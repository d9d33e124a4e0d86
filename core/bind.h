/* What a plugin's Lua state can see: model values as read-only proxies, the site, the output, and
 * the primitives the prelude is built from. One `struct bind` for one state.
 *
 * Lifetimes. (1) A proxy belongs to the rendering in which it was made; used later it raises an
 * error. (2) Everything a rendering shows lives in bind->arena until the next bind_begin.
 * (3) Functions here may raise Lua errors: call them inside a protected call, holding nothing.
 *
 * Every read through a proxy passes bind_read, which keeps the last node read (for messages that
 * point at content) and marks what was read (the rendering's read set, see reads.h). */
#ifndef FASCIA_BIND_H
#define FASCIA_BIND_H

#include <lua.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "image.h"
#include "reads.h"
#include "site.h"

/* An export that was asked about. */
struct looked_up {
    struct str name;
    uint64_t hash; /* of its path template; 0: it is not made */
    struct looked_up *next;
};

/* A file of the plugins folders, as the parent sent it. */
struct bundle_file {
    struct str name;  /* relative to its plugins folder: "faq.lua", "lib/phrases.lua" */
    struct str place; /* as messages show it: "plugins/faq.lua" */
    struct str bytes;
};

/* The site's own files first, then the built-in ones: the first of a name wins. */
struct bundle {
    const struct bundle_file *files;
    size_t count;
};

const struct bundle_file *bundle_find(const struct bundle *b, struct str name);

/* An image that this rendering looks at, and what it read of it. */
struct shown {
    struct image image;
    uint32_t article; /* number in the site, or NO_ARTICLE for settings */
    unsigned char *marks; /* BIND_READ and enum read_kind, a byte a slot; NULL: nothing was read */
    unsigned char *touched; /* 1 a block of marks that hold something; the others were never set */
    uint32_t mark_count;
    bool is_fetched;      /* the whole image is at hand, in bind->fetched */
    bool is_coarse;       /* some marks were: places that were read are in bind->places */
    struct shown *next;
};

/* A place that was read in an image that was put away since. */
struct place_read {
    const struct shown *shown;
    uint32_t slot;
    struct place_read *next;
};

/* Something looked for that is not there: a key of front matter or of the options. */
struct missing {
    struct shown *shown;
    uint32_t slot; /* of the record */
    struct str key;
    struct missing *next;
};

/* A question about the site's articles, and the hash of its answer. */
struct asked {
    struct site_query query;
    uint64_t answer;
    struct asked *next;
};

/* What was read, and by which line of the plugin. */
struct line_read {
    const struct shown *shown;
    uint32_t slot_and_kinds, line;
    struct str path;
    struct line_read *next;
};

/* What a plugin said of content to end a rendering: the error of this text points there. */
struct blame {
    struct str raised; /* the error: place and text */
    struct str text, code, help;
    struct place at;   /* no path: it is about nothing in particular */
};

struct bind {
    lua_State *lua;          /* its main thread */
    lua_State *running;      /* the coroutine that runs; NULL: the main thread does */
    int value_meta; /* reference to the proxies' metatable */
    struct site *site;
    const struct bundle *bundle;
    struct str plugin;      /* its name */
    struct str folder;      /* where its modules lie, relative: "" or "faq/" */
    struct str content;     /* how messages begin a content path: "content/" */
    struct arena *arena;
    uint32_t epoch;         /* counts renderings; proxies of another epoch are dead */
    uint32_t export;        /* of the plugin, that this rendering is of, or NO_EXPORT */
    uint32_t own_article;   /* that this rendering is made for, or NO_ARTICLE */
    struct shown *shown;
    struct shown *settings; /* among them, once it was asked for */
    struct arena fetched;   /* whole images of other articles than its own, while they are few */
    struct place_read *places;
    uint32_t shown_count;
    struct shown **shown_by_article; /* NULL while they are few */
    size_t memory_limit;    /* bytes, as Lua's own */
    struct buf scratch;     /* for texts on their way into Lua */
    struct buf *out;        /* NULL: this rendering has no output (yet) */
    size_t out_bytes, out_limit;
    bool is_reading;        /* a file, of which the site is no part */
    bool is_out_full;       /* it wanted to write more than that: it has failed */
    struct node last_read;  /* slot 0: none yet */
    struct shown *last_shown;
    struct missing *missing;
    uint32_t missing_count;
    struct asked *asked;
    struct looked_up *looked_up;
    uint32_t asked_count;   /* of both */
    uint32_t read_flags;    /* enum read_flag */
    bool is_traced;         /* lines are noted too; set by who calls */
    struct line_read *lines; /* the last first */
    uint32_t line_count;
    struct buf files;       /* what this state has asked for, as RECORD_FILES has it; kept for
                             * the life of the state */
    size_t files_told;      /* bytes of them that the parent knows */
    struct diags *diags;    /* of this rendering */
    struct str check;       /* the code of the check that runs; empty: none does */
    uint32_t warned;        /* how often by this rendering, or the check that runs */
    size_t warned_bytes;    /* of the rendering's warnings */
    const struct blame *blame; /* the last; NULL: none */
    struct buf log;         /* what it printed; bounded */
    const struct plugins *plugins; /* all of this worker, for site:export_url; see plugin.h */
};

/* Fills the state's globals and registry: `require`, `print`, metatables. [-0, +0, e] */
void bind_open(struct bind *b);
struct bind *bind_of(lua_State *L);

/* Starts a rendering (or a call of `each`, or a load): kills older proxies. */
void bind_begin(struct bind *b, struct diags *d);

/* On the stack of who asks: the state's main thread, or a coroutine of the plugin.
 * [-0, +1, e] each */
void bind_push_article(lua_State *L, uint32_t article); /* raises if it is not in the site */
void bind_push_node(lua_State *L, struct shown *shown, struct node n, bool lenient);
void bind_push_options(lua_State *L); /* settings.plugins.NAME, or an empty record */
void bind_push_site(lua_State *L);
void bind_push_out(lua_State *L);

/* Before or after so many bytes are written; raises when they are too many. [-0, +0, v] */
void bind_count_out(lua_State *L, struct bind *b, size_t bytes);

enum { BIND_READ = 8 };

/* Notes a read: enum read_kind, none or more. */
void bind_read(struct bind *b, struct shown *shown, struct node n, unsigned kinds);
void bind_read_missing(struct bind *b, struct shown *shown, struct node record, struct str key);

/* The fields of an article (slot 0: none) that a path template such as "{slug}/x" needs. */
void bind_read_template(struct bind *b, uint32_t article, struct str template);

/* An item of what an `each` function gave, as a counted string that outlives the rendering, and as
 * a value in another (bind_items.c). Errors begin with `what`. [-0, +0, e] and [-0, +1, e] */
void bind_put_item(lua_State *L, int index, const char *what, struct buf *out);
void bind_push_item(lua_State *L, struct str value);

/* Whether what stands under this key is front matter as written, where any key may be missing. */
bool bind_is_front(struct node above, struct str key);

/* The settings as an image of this rendering. */
struct shown *bind_settings(struct bind *b);

/* The article as an image of this rendering; raises when it is not in the site. */
struct shown *bind_article(struct bind *b, uint32_t article);

/* What was read of an image, in few bytes: whole fields. Places stay known. */
void bind_coarsen(struct bind *b, struct shown *s);

/* What this rendering has read since bind_begin, in the form of reads.h. */
void bind_put_reads(struct bind *b, struct buf *out);

/* Of a traced rendering: which lines read what, as RECORD_LINES has it. */
void bind_put_lines(struct bind *b, struct buf *out);

/* A file below the plugins folders; remembers that it was asked for. Raises when that is too much
 * to remember. */
const struct bundle_file *bind_file(struct bind *b, struct str name);

/* The node a proxy on the stack stands for; false when it is none. Raises when it is dead. */
bool bind_node(lua_State *L, int index, struct node *n, struct shown **shown);

/* What messages call the value at `index`: "nil", "table" … of the model "list" or "record".
 * [-0, +0, -] */
const char *bind_kind(lua_State *L, int index);

/* Makes the whole image be at hand, for what walks a subtree. Those of other articles may be put
 * away for that, until somebody asks again: hold nothing of theirs. May raise. */
void bind_fetch(struct bind *b, struct shown *shown);

/* Where a node of an article stands, for messages. */
struct place bind_place(struct bind *b, const struct shown *shown, struct node n);

/* The userdata at `index` when it is of this type, else NULL: each of ours begins with its type's
 * name, since luaL_checkudata looks that name up every time. [-0, +0, -] */
void *bind_typed(lua_State *L, int index, const char *type);

/* Raises "WHAT 'NAME'", with the nearest of the names that are known. [-0, +0, v] */
int bind_refuse(lua_State *L, const char *what, struct str name, const struct str *known,
                size_t count);

/* Loaded at bind_open; each in the file of its name. [-0, +0, e] */
void bind_open_model(lua_State *L);
void bind_open_site(lua_State *L);
void bind_open_out(lua_State *L);
void bind_open_coroutine(lua_State *L);
void bind_push_core(lua_State *L); /* the table of primitives [-0, +1, e] */
int bind_put_values(lua_State *L); /* core.put, see bind_out.c */
int bind_warn(lua_State *L);       /* core.warn, see bind_warn.c */
int bind_blame(lua_State *L);      /* core.error, in the same file */
int bind_asked(lua_State *L);      /* core.asked, core.template, core.use: see bind_files.c */
int bind_template(lua_State *L);
int bind_use(lua_State *L);

/* The same of a place that is no model's; what stands at index 1 is of no matter. */
int bind_warn_at(lua_State *L, struct place at);
int bind_blame_at(lua_State *L, struct place at);

/* A Lua value or proxy as JSON (bind_json.c). Raises for what JSON cannot say. */
void bind_json(lua_State *L, int index, struct buf *out, unsigned indent, bool script);

/* JSON's null, which a Lua table can hold. [-0, +1, -] */
void bind_push_null(lua_State *L);

#endif

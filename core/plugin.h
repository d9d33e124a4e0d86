/* A plugin in its own Lua state: loading it, what it says of itself, one rendering of it. */
#ifndef FASCIA_PLUGIN_H
#define FASCIA_PLUGIN_H

#include "bind.h"
#include "protocol.h"
#include "sandbox.h"
#include "settings.h"

struct export {
    struct str name;      /* "faq.csv" */
    enum each each;
    struct str list;      /* EACH_LIST: the field */
    struct str path;      /* template; empty: a function gives it */
    struct str summary;   /* or empty */
    bool conditional;     /* has `when` */
    uint32_t render, when, path_function, each_function; /* in the state's registry */
};

#define NO_FUNCTION UINT32_MAX

/* What a plugin finds wrong with content. */
struct check {
    struct str code;             /* of its messages: "faq-empty-answer" */
    struct str summary, explain; /* a line, and what to do about it; or empty */
    enum severity severity;      /* as the plugin says: the site may say otherwise */
    enum each each;              /* EACH_ARTICLE or EACH_SITE */
    uint32_t run;                /* in the state's registry */
};

/* A function that reads files whose names end so. */
struct plugin_reader {
    struct str ending;    /* ".recipe" */
    uint32_t function, line; /* in the state's registry; of the plugin, where it begins */
};

struct plugin {
    struct str name, summary, file, place; /* file: in the bundle; place: for messages */
    struct sandbox sandbox;
    struct bind bind;
    struct export *exports; /* sorted by name */
    uint32_t export_count;
    struct check *checks;   /* sorted by code */
    uint32_t check_count;
    struct plugin_reader *readers; /* sorted by ending */
    uint32_t reader_count;
    bool loaded;
    const struct export *running; /* of these at most one is not NULL; none is: it is loaded */
    const struct check *checking;
    struct reading_now *reading;  /* see plugin_reader.h */
    uint32_t called;              /* function whose result is looked at, or NO_FUNCTION */
    struct str running_key;       /* of the item of an `each` that it is run for, or empty */
};

/* All plugins of a worker, by the numbers that the parent gave them. */
struct plugins {
    struct plugin *at;
    uint32_t count;
};

/* Compiles and runs the file and takes its table apart. The strings of the plugin live in
 * `a`. False: one error, with the plugin's line; the state is not used again. */
bool plugin_load(struct plugin *p, struct arena *a, size_t memory_bytes, struct diags *d);

/* For the parent: str name, str summary, u32 exports × (str name, u32 each, str list, str path,
 * u32 conditional, str summary), u32 checks × (str code, u32 each, u32 severity, str summary,
 * str explain), u32 readers × str ending. */
void plugin_describe(const struct plugin *p, struct buf *out);

/* One rendering. `begin` is called once, when the output's path is known and before the first
 * byte, and gives the buffer to write to. */
struct rendering {
    uint32_t export, article, item;  /* article: NO_ARTICLE for site exports; item: from 0 */
    struct str key, value;           /* EACH_FUNCTION: of the item, as plugin_items gave them */
    struct buf *(*begin)(void *owner, struct str path);
    void *owner;
};

enum rendered { RENDERED, RENDER_SKIPPED, RENDER_FAILED };

/* RENDER_FAILED: one error in `d`, with the plugin's line and the content that was being read. */
enum rendered plugin_render(struct plugin *p, const struct rendering *r, struct diags *d);

/* Runs the checks of a plugin that are not switched off: those for an article, or (NO_ARTICLE) for
 * the site. One that fails keeps none of the others from running. What they say goes to `d`, all
 * of it as warnings that have the check's code; how severe that is, the parent decides. False: one
 * error or more. */
bool plugin_check(struct plugin *p, uint32_t article, struct diags *d);

/* One check, whether it is switched off or not. */
bool plugin_check_one(struct plugin *p, const struct check *check, uint32_t article,
                      struct diags *d);

/* What an EACH_FUNCTION export asks for renderings of: (str key, str value) … False: one error. */
bool plugin_items(struct plugin *p, uint32_t export, struct buf *out, struct diags *d);

/* Reading a content file: by the plugin that reads its ending, or by fascia itself. */
struct file_reading {
    struct plugin *plugin; /* NULL: fascia's own readers */
    struct arena *arena;   /* of what is made; its strings may lie in the plugin's state, until that
                            * is used again */
    const struct reading *how;
    const struct settings *settings; /* for the limits */
    bool is_refused;       /* out: the reader said what is wrong with the file */
};

/* False: one error, at the plugin's line with the place in the file, or at the file when the reader
 * said what is wrong there. */
bool plugin_read_document(struct file_reading *r, struct document *doc, const struct source *file,
                          struct diags *d); /* to be written as Markdown: it has no places */
bool plugin_read_article(struct file_reading *r, struct value **out, const struct source *file,
                         struct diags *d);

/* The plugin that was loaded and reads files whose names end so, or NULL. */
struct plugin *plugins_reader(const struct plugins *all, struct str path);

/* A test file, run in a state of its own beside the plugin that it is of: core/prelude/test.lua
 * says what it may do. The plugin renders in its own state, as in a build, what the test's fixtures
 * become when the readers have read them. */
struct plugin_test {
    struct str file, place, bytes; /* "faq_test.lua", the test of the plugin faq */
    struct str folder;             /* its fixtures and golden files, as messages show it */
    bool updates;                  /* golden files are given away instead of compared */
    struct bundle fixtures;        /* by name below the folder */
    const struct bundle *bundle;   /* for require */
    struct plugins *plugins;
    struct settings *settings;     /* for the limits; what a site says is said by the test */
    struct arena *arena;           /* for all that lives as long as the test */
    struct bind *bind;             /* set by plugin_test: what the test printed and asked for */
    struct plugin *of;             /* set by it too: the plugin that is tested, or NULL */
    void (*begun)(void *owner, struct str name, uint32_t line);
    void (*ended)(void *owner, struct str name, uint32_t line, enum test_end end,
                  const struct diags *d);
    void (*golden)(void *owner, struct str name, struct str bytes);
    void *owner;
};

/* False: the file could not be loaded; one error. */
bool plugin_test(struct plugin_test *t, struct diags *d);

/* What a path template is filled in with. */
struct path_values {
    struct str name;     /* {name}: of the export */
    struct node article; /* {slug} {id} {lang}; slot 0: none */
    struct str key;      /* {key}, and {slug} where there is no article; empty: none */
    uint32_t item;       /* {n} {-n}: from 0; NO_ITEM: not known */
};

#define NO_ITEM UINT32_MAX

/* False: *unknown is what stood in braces and is none of these, or has no value. */
bool export_path(struct str template, const struct path_values *v, struct arena *a,
                 struct str *path, struct str *unknown);

/* The export of this name, or NULL. */
const struct export *plugins_export(const struct plugins *all, struct str name);

#endif

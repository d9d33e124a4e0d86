/* Which names a plugin, an article and a site may have, and what they say of it. */
#include "fresh_parts.h"
#include "output.h"
#include "utf8.h"

enum { LONGEST_PLUGIN = 60, LONGEST_FILE = 200 /* bytes */ };

static struct str without_ending(struct str name, struct str ending) {
    return str_ends(name, ending) ? str_slice(name, 0, name.len - ending.len) : name;
}

static struct str after_slash(struct str path) {
    size_t slash = str_rfind_char(path, '/');
    return slash < path.len ? str_from(path, slash + 1) : path;
}

static bool is_text(struct str s) {
    size_t bad;
    bool good = utf8_check(s, &bad);
    for (size_t i = 0; i < s.len && good; i++)
        good = (unsigned char)s.at[i] >= ' ' && s.at[i] != 0x7F;
    return good;
}

/* Plugins */

/* The name is that of a Lua file, and of its first export. */
static bool is_plugin_name(struct str name) {
    bool good = name.len > 0 && name.len <= LONGEST_PLUGIN && str_is_alpha(name.at[0]);
    for (size_t i = 0; i < name.len && good; i++)
        good = str_is_alpha(name.at[i]) || str_is_digit(name.at[i]) || name.at[i] == '-' ||
               name.at[i] == '_';
    return good;
}

/* What is wrong with it, or NULL. */
static const char *plugin_name_fault(struct str name) {
    if (!is_plugin_name(name))
        return "a plugin's name is a letter, then letters, digits, '-' and '_', at most 60 in all";
    if (str_eq(name, STR("fascia")))
        return "this is the name of the library, `require \"fascia\"`";
    if (str_ends(name, STR("_test")))
        return "a file of this name is the test of a plugin";
    return NULL;
}

static struct str plugin_name_like(struct arena *a, struct str name) {
    name = without_ending(after_slash(name), STR(".lua"));
    struct str near = is_text(name) ? utf8_slug(a, name) : STR("");
    return plugin_name_fault(near) ? STR("") : near;
}

bool fresh_check_plugin_name(struct fresh *f, struct str name) {
    const char *fault = plugin_name_fault(name);
    if (!fault)
        return true;
    struct str shown = utf8_visible(f->arena, str_slice(name, 0, LONGEST_FILE));
    struct diag *e = diag_error(f->diags, (struct place){0}, "name",
                                "no plugin can be called '%.*s': %s", STR_ARG(shown), fault);
    struct str near = plugin_name_like(f->arena, name);
    if (near.len)
        diag_help(f->diags, e, "'%.*s' would do", STR_ARG(near));
    return false;
}

/* Articles */

/* "green-tea" is "Green tea"; what is no slug is a title already. */
static struct str title_of(struct arena *a, struct str name, struct str slug) {
    if (!str_eq(name, slug))
        return name;
    char *title = arena_alloc(a, name.len + 1);
    for (size_t i = 0; i < name.len; i++)
        title[i] = name.at[i] == '-' ? ' ' : name.at[i];
    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    return (struct str){title, name.len};
}

static bool refuse_article(struct fresh *f, struct str name, const char *why) {
    struct str shown = utf8_visible(f->arena, str_slice(name, 0, LONGEST_FILE));
    diag_error(f->diags, (struct place){0}, "name", "no article can be called '%.*s': %s",
               STR_ARG(shown), why);
    return false;
}

bool fresh_take_article_name(struct fresh *f, struct str name, struct str *path) {
    if (!is_text(name))
        return refuse_article(f, name, "a name is text in UTF-8, without control characters");
    name = str_trim(without_ending(name, STR(".md")));
    struct str last = str_trim(after_slash(name)), slug = utf8_slug(f->arena, last);
    struct str folder = str_slice(name, 0, name.len - after_slash(name).len);
    if (slug.len == 0)
        return refuse_article(f, name, "its file is named after the letters and digits in it");
    if (slug.len > LONGEST_FILE)
        return refuse_article(f, name, "it is too long for the name of a file");
    const char *fault = folder.len ? output_path_fault(str_slice(folder, 0, folder.len - 1)) : NULL;
    if (fault || str_starts(folder, STR(".")) || str_find(folder, STR("/.")) < folder.len)
        return refuse_article(f, name, "what stands before the last '/' are folders in content/");
    f->title = title_of(f->arena, last, slug);
    *path = arena_join(f->arena, folder, slug);
    return true;
}

/* Sites */

struct str fresh_site_title(struct arena *a, struct str folder) {
    while (str_ends(folder, STR("/")))
        folder.len--;
    struct str name = after_slash(folder);
    struct str slug = is_text(name) ? utf8_slug(a, name) : STR("");
    return slug.len && slug.len <= LONGEST_FILE ? title_of(a, name, slug) : STR("My site");
}

/* The names that site.yaml and the command line use, held against those that there are. */
#include "session_plugins.h"

struct vocabulary {
    const char *code, *what, *where; /* of a message about an unknown one; what lists them all */
    struct str *names;
    size_t count;
};

static bool is_known(const struct vocabulary *v, struct str name) {
    for (size_t i = 0; i < v->count; i++)
        if (str_eq(v->names[i], name))
            return true;
    return false;
}

static void say_unknown(struct session *s, const struct vocabulary *v, enum severity severity,
                        struct place at, struct str name) {
    struct diag *said = diag_add(s->diags, severity, at, v->code, "there is no %s '%.*s'", v->what,
                                 STR_ARG(name));
    struct str near = diag_nearest(name, v->names, v->count);
    if (near.len)
        diag_help(s->diags, said, "did you mean '%.*s'?", STR_ARG(near));
    else
        diag_help(s->diags, said, "`%s` lists them", v->where);
}

static struct place in_settings(struct session *s, struct node n) {
    struct span span = node_span(n);
    return (struct place){content_join(&s->config, s->content_place, STR("site.yaml")), span.line,
                          span.col};
}

/* A site may be made of other plugins tomorrow, so a key that means nothing is a warning. An image
 * has no place of a key: its value's serves. */
static void judge_keys(struct session *s, const struct vocabulary *v, struct node record) {
    for (uint32_t i = 0; i < node_count(record); i++)
        if (!is_known(v, node_key(record, i)))
            say_unknown(s, v, SEVERITY_WARNING, in_settings(s, node_item(record, i)),
                        node_key(record, i));
}

/* A plugin that is broken for the moment may have the check or the export that is missing. */
static bool is_any_broken(const struct session *s) {
    for (uint32_t i = 0; i < s->plugin_count; i++)
        if (s->plugins[i].is_broken)
            return true;
    return false;
}

/* Checks */

enum severity session_severity(const struct session *s, const struct known_check *check) {
    return settings_severity(s->settings.checks, check->code, check->severity);
}

/* Every code there is. */
static size_t gather_codes(struct session *s, struct str **codes) {
    size_t count = 0;
    for (uint32_t i = 0; i < s->plugin_count; i++)
        count += s->plugins[i].check_count;
    *codes = ARENA_ARRAY(&s->config, struct str, count);
    count = 0;
    for (uint32_t i = 0; i < s->plugin_count; i++)
        for (uint32_t k = 0; k < s->plugins[i].check_count; k++)
            (*codes)[count++] = s->plugins[i].checks[k].code;
    return count;
}

static void judge_codes(struct session *s) {
    struct vocabulary checks = {"unknown-check", "check", "fascia check --list", NULL, 0};
    if (is_any_broken(s))
        return;
    checks.count = gather_codes(s, &checks.names);
    judge_keys(s, &checks, s->settings.checks);
}

/* Plugins */

static struct vocabulary plugins_of(struct session *s) {
    struct vocabulary plugins = {"unknown-plugin", "plugin", "fascia plugins",
                                 ARENA_ARRAY(&s->config, struct str, s->plugin_count),
                                 s->plugin_count};
    for (uint32_t i = 0; i < s->plugin_count; i++)
        plugins.names[i] = s->plugins[i].name;
    return plugins;
}

void plugins_judge(struct session *s) {
    struct vocabulary plugins = plugins_of(s);
    judge_codes(s);
    judge_keys(s, &plugins, node_get(s->settings.root, STR("plugins")));
}

void session_unknown_plugin(struct session *s, struct str name) {
    struct vocabulary plugins = plugins_of(s);
    say_unknown(s, &plugins, SEVERITY_ERROR, (struct place){0}, name);
}

/* Exports */

struct known_export *session_export(struct session *s, struct str name) {
    for (uint32_t i = 0; i < s->export_count; i++)
        if (str_eq(s->exports[i].name, name))
            return &s->exports[i];
    return NULL;
}

static bool unknown_export(struct session *s, struct str name, struct place at) {
    struct vocabulary exports = {"unknown-export", "export", "fascia plugins",
                                 ARENA_ARRAY(&s->config, struct str, s->export_count),
                                 s->export_count};
    for (uint32_t i = 0; i < s->export_count; i++)
        exports.names[i] = s->exports[i].name;
    say_unknown(s, &exports, SEVERITY_ERROR, at, name);
    return false;
}

static bool choose(struct session *s, struct str name, struct place at) {
    struct known_export *e = session_export(s, name);
    if (!e)
        return unknown_export(s, name, at);
    e->is_made = true;
    return true;
}

bool session_choose(struct session *s, const struct str *names, size_t count, struct place at) {
    bool good = true;
    for (uint32_t i = 0; i < s->export_count; i++)
        s->exports[i].is_made = count == 0;
    for (size_t i = 0; i < count; i++)
        good = choose(s, names[i], at) && good;
    return good;
}

bool session_narrow(struct session *s, const struct str *names, size_t count) {
    bool good = session_choose_from_settings(s);
    for (uint32_t i = 0; i < s->export_count; i++)
        s->exports[i].is_held = s->exports[i].is_made;
    good = session_choose(s, names, count, (struct place){0}) && good;
    for (uint32_t i = 0; i < s->export_count; i++)
        s->exports[i].is_held = s->exports[i].is_held && !s->exports[i].is_made;
    return good;
}

bool session_choose_from_settings(struct session *s) {
    struct node names = s->settings.exports;
    bool good = true;
    session_choose(s, NULL, 0, (struct place){0});
    if (node_count(names) == 0)
        return true;
    for (uint32_t i = 0; i < s->export_count; i++)
        s->exports[i].is_made = false;
    for (uint32_t i = 0; i < node_count(names); i++) {
        struct node name = node_item(names, i);
        if (is_any_broken(s) && !session_export(s, node_string(name)))
            continue; // what is wrong with the plugin was said
        good = choose(s, node_string(name), in_settings(s, name)) && good;
    }
    return good;
}

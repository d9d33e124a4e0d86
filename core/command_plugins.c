/* `fascia plugins`: every plugin with its exports and checks. */
#include "command_parts.h"

#include <stdio.h>

#include "session.h"

static const char *each_text(const struct known_export *e) {
    static char text[64];
    switch ((enum each)e->each) {
    case EACH_ARTICLE:
        return "each article";
    case EACH_SITE:
        return "the site";
    case EACH_LIST:
        snprintf(text, sizeof text, "each of article.%.40s", e->list.at);
        return text;
    case EACH_FUNCTION:
        return "each item of its list";
    }
    return "";
}

static void put_plugin(struct buf *out, const struct session *s, uint32_t plugin) {
    const struct known_plugin *p = &s->plugins[plugin];
    buf_printf(out, "%.*s%s  %.*s\n", STR_ARG(p->name), p->is_built_in ? "" : " (of this site)",
           STR_ARG(p->is_broken ? STR("could not be loaded") : p->summary));
    for (uint32_t i = 0; i < s->export_count; i++) {
        const struct known_export *e = &s->exports[i];
        if (e->plugin == plugin)
            buf_printf(out, "  %-18s %-27s %.*s\n", e->name.at, each_text(e),
                   STR_ARG(e->path.len ? e->path : STR("(a function gives its path)")));
    }
    for (uint32_t i = 0; i < p->check_count; i++) {
        const struct known_check *c = &p->checks[i];
        buf_printf(out, "  %-18s check, %-17s %.*s\n", c->code.at,
                   severity_name(session_severity(s, c)), STR_ARG(c->summary));
    }
    for (uint32_t i = 0; i < s->reader_count; i++)
        if (s->readers[i].plugin == plugin)
            buf_printf(out, "  reads %.*s files\n", STR_ARG(s->readers[i].ending));
}

static void put_promise(struct buf *out) {
    buf_put(out, STR("\n"
                     "A plugin can never open a file or a connection, start or stop a process,\n"
                     "learn the time or the environment, write outside of the output folder, or\n"
                     "keep others from being made: it runs in a process that can only compute.\n"
                     "SECURITY.md says all that is promised, and what is not.\n"));
}

static void no_unit(void *client, struct unit *u, enum pool_end end, const char *why,
                    struct answer *answer) {
    (void)client, (void)u, (void)end, (void)why, (void)answer;
}

struct str command_site_here(void) {
    struct fingerprint content = content_fingerprint("content");
    return content.ino ? STR(".") : STR("");
}

bool command_load(struct session *s, struct str site, struct diags *d, int *status) {
    struct session_options options = {.site = site, .workers = 1, .needs_plugins = true};
    bool good = session_open(s, &options, d, status);
    s->done = no_unit;
    return good;
}

int command_plugins(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT;
    struct session s;
    struct str site = call->operand_count ? call->operands[0] : command_site_here();
    int status;
    if (command_load(&s, site, &d, &status)) {
        for (uint32_t i = 0; i < s.plugin_count; i++)
            put_plugin(&text, &s, i);
        put_promise(&text);
        status = d.errors ? 1 : 0;
    }
    command_log(&s.log);
    session_close(&s);
    return command_tell(call, &text, &d, status);
}

/* The checks of a plugin: all that are for an article, or for the site, run one after the other. */
#include "plugin.h"
#include "plugin_call.h"

/* run(article or site, warn, site, options) */
static int check_protected(lua_State *L) {
    struct plugin *p = lua_touserdata(L, 1);
    sandbox_seed(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, (lua_Integer)p->checking->run);
    if (p->checking->each == EACH_ARTICLE)
        bind_push_article(L, p->bind.own_article);
    else
        bind_push_site(L);
    lua_pushcfunction(L, bind_warn);
    bind_push_site(L);
    bind_push_options(L);
    lua_call(L, 4, 0);
    return 0;
}

static void begin(struct plugin *p, uint32_t article, struct diags *d) {
    bind_begin(&p->bind, d);
    p->running = NULL;
    p->bind.own_article = article;
}

static bool run(struct plugin *p, const struct check *check, struct diags *d) {
    p->checking = check;
    p->bind.check = check->code;
    p->bind.warned = 0;
    p->bind.last_read = (struct node){0};
    bool good = plugin_call(p, check_protected, p, d);
    p->bind.check = STR("");
    return good;
}

static bool is_off(const struct plugin *p, const struct check *check) {
    struct node checks = node_get(image_root(&p->bind.site->settings), STR("checks"));
    return settings_severity(checks, check->code, check->severity) == SEVERITY_OFF;
}

bool plugin_check(struct plugin *p, uint32_t article, struct diags *d) {
    enum each each = article == NO_ARTICLE ? EACH_SITE : EACH_ARTICLE;
    bool good = true;
    begin(p, article, d);
    for (uint32_t i = 0; i < p->check_count; i++)
        if (p->checks[i].each == each && !is_off(p, &p->checks[i]))
            good = run(p, &p->checks[i], d) && good;
    return good;
}

bool plugin_check_one(struct plugin *p, const struct check *check, uint32_t article,
                      struct diags *d) {
    begin(p, article, d);
    return run(p, check, d);
}

/* `fascia new`: what is begun, and where. */
#include "command_parts.h"
#include "fresh.h"

struct kind {
    struct str name;
    int (*begin)(const struct fresh_options *o, struct buf *report, struct diags *d);
    size_t most_operands; /* that follow it */
};

static const struct kind kinds[] = {
    {STR_INIT("plugin"), fresh_plugin, 2},
    {STR_INIT("article"), fresh_article, 2},
    {STR_INIT("site"), fresh_site, 1},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static const struct kind *find_kind(struct str name) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (str_eq(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

static int wrong(const char *what, struct str given, const char *help) {
    int status = command_wrong("%s '%.*s'", what, STR_ARG(given));
    command_hint("%s", help);
    return status;
}

int command_new(const struct invocation *call) {
    const struct kind *kind = find_kind(call->operands[0]);
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf report = BUF_INIT;
    struct fresh_options o = {
        .name = call->operands[1],
        .site = call->operand_count > 2 && call->operands[2].len ? call->operands[2] : STR("."),
        .copies = option_value(call, "copy") != NULL,
    };
    if (!kind)
        return wrong("what is new is a plugin, an article or a site, not", call->operands[0],
                     "fascia new plugin NAME");
    if (call->operand_count - 1 > kind->most_operands)
        return wrong("this is too much:", call->operands[2], "fascia new site FOLDER");
    if (o.copies && kind->begin != fresh_plugin)
        return wrong("only a plugin can be a copy, not", o.name, "fascia new plugin NAME --copy");
    int status = kind->begin(&o, &report, &d);
    return command_tell(call, &report, &d, status);
}

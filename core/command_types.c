/* `fascia types`: what plugins meet, for editors or as a reference. */
#include "command_parts.h"
#include "types.h"

int command_types(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT;
    const char *part = option_value(call, "markdown");
    if (part)
        types_markdown(&text, str_of(part));
    else
        types_lua(&text);
    return command_tell(call, &text, &d, 0);
}

/* `fascia why` and `impact`. */
#include "command_parts.h"

#include "explain.h"

int command_why(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT;
    struct explain_options options = {.file = call->operands[0], .site = option_str(call, "site"),
                                      .is_json = call->messages == MESSAGES_JSON};
    int status = explain_why(&options, &text, &d);
    return command_tell(call, &text, &d, status);
}

int command_impact(const struct invocation *call) {
    struct arena arena = ARENA_INIT;
    struct diags d = {.arena = &arena};
    struct buf text = BUF_INIT;
    struct explain_options options = {.file = call->operands[0], .site = option_str(call, "site"),
                                      .out = option_str(call, "out"),
                                      .is_json = call->messages == MESSAGES_JSON};
    int status = explain_impact(&options, &text, &d);
    return command_tell(call, &text, &d, status);
}

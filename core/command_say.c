#include "command_parts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int command_wrong(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("fascia: error: ", stderr);
    vfprintf(stderr, format, args);
    fputs(" [usage]\n", stderr);
    va_end(args);
    return 2;
}

void command_hint(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("help: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

void command_log(const struct buf *log) {
    fwrite(buf_str(log).at, 1, log->len, stderr);
}

bool command_write(struct str bytes, struct diags *d) {
    if (fwrite(bytes.at, 1, bytes.len, stdout) == bytes.len && fflush(stdout) == 0)
        return true;
    if (errno != EPIPE)
        diag_error(d, (struct place){0}, "output", "standard output: %s", strerror(errno));
    return false;
}

int command_tell(const struct invocation *call, struct buf *text, struct diags *d, int status) {
    if (!command_write(buf_str(text), d))
        status = 3;
    message_print(d, call->messages);
    buf_free(text);
    arena_free(d->arena);
    return status;
}

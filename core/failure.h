/* What an error in Lua says and which lines of plugins it came through, noted where it is raised:
 * later the frames are gone. Kept in memory that Lua does not own, which may have none left.
 *
 * Nothing of an error object is run: it may be anything, and loop in its __tostring. */
#ifndef FASCIA_FAILURE_H
#define FASCIA_FAILURE_H

#include "bind.h"

enum { FAILURE_TEXT = 4096 /* bytes that are kept */, FAILURE_LINES = 6 };

struct failure_line {
    char path[512]; /* as messages show it */
    uint32_t line, col; /* col 0: nobody knows */
};

struct failure {
    char text[FAILURE_TEXT];
    size_t len;
    struct failure_line lines[FAILURE_LINES]; /* of files, the innermost first */
    uint32_t count;
    char called[64]; /* by the innermost line, if the library failed in there; or empty */
};

/* Of the call under way. */
void failure_forget(void);
const struct failure *failure_last(void);

/* The message handler of that call. [-0, +0, -] */
int failure_note(lua_State *L);

/* A coroutine has just ended with the error on top of its stack: its lines are part of the way that
 * the error takes from here on. [-0, +0, -] */
void failure_note_coroutine(lua_State *co);

/* An error that had no handler, such as one within a handler. */
void failure_set_text(struct str text);

/* Lua and the library put "file:line: " before a message. Taken off, and the file that the last of
 * these names put before the lines, if it is one of the bundle, or `own`: there the error was
 * raised, whoever raised it again. */
void failure_take_places(const struct bundle *bundle, struct str own);

#endif

/* Bytes that grow. A buffer may have a ceiling: what would pass it is not written and `full` is
 * set, so that a writer can go on without tests and its caller asks once at the end. A buffer
 * with `spill` does not grow: it hands its bytes on and starts again (a worker's replies). */
#ifndef FASCIA_BUF_H
#define FASCIA_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "str.h"

struct buf {
    char *at; /* owned, unless spill is set */
    size_t len, cap;
    size_t max;                      /* bytes; 0: no ceiling */
    bool full;                       /* something was left out because of max */
    void (*spill)(struct buf *b);    /* takes b->at[0..len) away and sets len to 0 */
    void *owner;                     /* for spill */
    size_t spilled;                  /* bytes that were handed on; spill counts them */
};

#define BUF_INIT {0}

void buf_put_slow(struct buf *b, struct str s); /* for buf_put */

/* Inline, because writers spend their time here: the usual case is a copy. */
static inline void buf_put(struct buf *b, struct str s) {
    if (s.len <= b->cap - b->len) {
        if (s.len)
            memcpy(b->at + b->len, s.at, s.len);
        b->len += s.len;
    } else {
        buf_put_slow(b, s);
    }
}

static inline void buf_char(struct buf *b, char c) {
    if (b->len < b->cap)
        b->at[b->len++] = c;
    else
        buf_put_slow(b, (struct str){&c, 1});
}

void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_number(struct buf *b, uint32_t n);     /* in decimal digits */
void buf_code_point(struct buf *b, uint32_t c); /* as UTF-8 */

/* Room for `bytes` more at b->at + b->len, or NULL when the ceiling forbids; not with spill. */
char *buf_reserve(struct buf *b, size_t bytes);

static inline struct str buf_str(const struct buf *b) { /* valid until the next write */
    return (struct str){b->at ? b->at : "", b->len};
}

void buf_free(struct buf *b);

#endif

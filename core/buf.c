#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

char *buf_reserve(struct buf *b, size_t bytes) {
    if (b->max && bytes > b->max - b->len) {
        b->full = true;
        return NULL;
    }
    if (bytes > b->cap - b->len) {
        size_t cap = b->cap ? b->cap * 2 : 256;
        while (cap - b->len < bytes)
            cap *= 2;
        if (b->max && cap > b->max)
            cap = b->max; // so that what fits `cap` needs no second look at `max`
        b->at = must_realloc(b->at, cap);
        b->cap = cap;
    }
    return b->at + b->len;
}

static void put_spilling(struct buf *b, struct str s) {
    while (s.len) {
        if (b->len == b->cap)
            b->spill(b);
        size_t part = s.len < b->cap - b->len ? s.len : b->cap - b->len;
        memcpy(b->at + b->len, s.at, part);
        b->len += part;
        s = str_from(s, part);
    }
}

void buf_put_slow(struct buf *b, struct str s) {
    if (b->spill) {
        put_spilling(b, s);
        return;
    }
    char *room = buf_reserve(b, s.len);
    if (!room)
        return;
    if (s.len)
        memcpy(room, s.at, s.len);
    b->len += s.len;
}

void buf_printf(struct buf *b, const char *format, ...) {
    char small[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len < 0)
        return;
    if ((size_t)len < sizeof small) {
        buf_put(b, (struct str){small, (size_t)len});
        return;
    }
    char *large = must_alloc((size_t)len + 1);
    va_start(args, format);
    vsnprintf(large, (size_t)len + 1, format, args);
    va_end(args);
    buf_put(b, (struct str){large, (size_t)len});
    free(large);
}

void buf_number(struct buf *b, uint32_t n) {
    char digits[10];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    buf_put(b, (struct str){digits + at, sizeof digits - at});
}

void buf_code_point(struct buf *b, uint32_t c) {
    char utf8[4];
    size_t len;
    if (c < 0x80) {
        utf8[0] = (char)c;
        len = 1;
    } else if (c < 0x800) {
        utf8[0] = (char)(0xC0 | c >> 6);
        utf8[1] = (char)(0x80 | (c & 0x3F));
        len = 2;
    } else if (c < 0x10000) {
        utf8[0] = (char)(0xE0 | c >> 12);
        utf8[1] = (char)(0x80 | (c >> 6 & 0x3F));
        utf8[2] = (char)(0x80 | (c & 0x3F));
        len = 3;
    } else {
        utf8[0] = (char)(0xF0 | c >> 18);
        utf8[1] = (char)(0x80 | (c >> 12 & 0x3F));
        utf8[2] = (char)(0x80 | (c >> 6 & 0x3F));
        utf8[3] = (char)(0x80 | (c & 0x3F));
        len = 4;
    }
    buf_put(b, (struct str){utf8, len});
}

void buf_free(struct buf *b) {
    free(b->at);
    *b = (struct buf)BUF_INIT;
}

/* The words of a paste's running text. They tell whether "Java" + "Script" is one word, and
 * whether "long-" + "term" keeps its hyphen. Sorted, so that no choice of words makes it slow. */
#include "paste_parts.h"
#include "utf8.h"

#include <stdlib.h>

enum { LONGEST_WORD = 64 }; /* bytes; what is longer tells nothing */

struct vocabulary {
    struct str *words;
    size_t count;
};

static int compare_nocase(const void *x, const void *y) {
    const struct str *a = x, *b = y;
    size_t shared = a->len < b->len ? a->len : b->len;
    for (size_t i = 0; i < shared; i++) {
        unsigned char c = (unsigned char)str_lower_char(a->at[i]);
        unsigned char d = (unsigned char)str_lower_char(b->at[i]);
        if (c != d)
            return c < d ? -1 : 1;
    }
    return a->len == b->len ? 0 : a->len < b->len ? -1 : 1;
}

static bool is_before_letter(struct str s, size_t at) {
    return at < s.len && utf8_is_letter(utf8_next(s, &at));
}

/* The next word of the text from *at, or the empty slice at its end. */
static struct str next_word(struct str s, size_t *at) {
    size_t begin = *at, end = *at;
    while (*at < s.len) {
        uint32_t c = utf8_next(s, at);
        bool inside = end > begin;
        bool hyphen = inside && c == '-' && is_before_letter(s, *at);
        if (hyphen || utf8_is_letter(c) || utf8_is_digit(c))
            end = *at;
        else if (inside)
            break;
        else
            begin = end = *at;
    }
    return str_slice(s, begin, end);
}

/* Sentences are running text; short lines may be cells that ran together. */
static bool is_running(const struct line *l) {
    enum { LONG = 90 };
    return l->width >= LONG || paste_ends_sentence(l->final);
}

static size_t collect(const struct paste *p, struct str *to) {
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct line *l = &p->lines[i];
        if (!is_running(l))
            continue;
        struct str text = paste_line_text(p, l), word;
        for (size_t at = 0; (word = next_word(text, &at)).len > 0;) {
            if (word.len > LONGEST_WORD)
                continue;
            if (to)
                to[count] = word;
            count++;
        }
    }
    return count;
}

static struct vocabulary *make(struct paste *p) {
    struct vocabulary *v = ARENA_NEW(p->arena, struct vocabulary);
    v->count = collect(p, NULL);
    v->words = ARENA_ARRAY(p->arena, struct str, v->count + 1);
    collect(p, v->words);
    qsort(v->words, v->count, sizeof *v->words, compare_nocase);
    return v;
}

bool paste_knows(struct paste *p, struct str word) {
    if (!p->vocabulary)
        p->vocabulary = make(p);
    return bsearch(&word, p->vocabulary->words, p->vocabulary->count, sizeof word,
                   compare_nocase) != NULL;
}

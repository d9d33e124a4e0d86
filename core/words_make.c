/* The words of a site: the built-in table, made once, and those of site.yaml above it. */
#include <assert.h>
#include <string.h>

#include "words_parts.h"

static const struct {
    const char *name;
    enum word which;
} kind_names[] = {
    {"faq", WORD_FAQ},
    {"pros", WORD_PROS},
    {"cons", WORD_CONS},
    {"comparison", WORD_COMPARISON},
    {"recommendation", WORD_RECOMMENDATION},
    {"evidence", WORD_EVIDENCE},
    {"conclusion", WORD_CONCLUSION},
    {"disclaimer", WORD_DISCLAIMER},
    {"question", WORD_QUESTION},
    {"answer", WORD_ANSWER},
    {"for", WORD_FOR},
    {"study", WORD_STUDY},
    {"factor", WORD_FACTOR},
    {"chrome", WORD_CHROME},
    {"pros_and_cons", WORD_PROS_AND_CONS},
    {"definition", WORD_DEFINITION},
    {"facts", WORD_FACTS},
};
_Static_assert(sizeof kind_names / sizeof *kind_names == WORD_COUNT, "every kind has a name");

size_t words_head_hash(struct str head) {
    unsigned first = (unsigned char)head.at[0];
    unsigned second = head.len > 1 ? (unsigned char)head.at[1] : 0;
    return (first * 37 + second) % HEAD_BUCKETS;
}

uint64_t words_start(struct str s) {
    uint64_t start = 0;
    memcpy(&start, s.at, s.len < sizeof start ? s.len : sizeof start);
    return start;
}

uint64_t words_end(struct str s) {
    uint64_t end = 0;
    size_t len = s.len < sizeof end ? s.len : sizeof end;
    memcpy((char *)&end + sizeof end - len, s.at + s.len - len, len);
    return end;
}

/* ---- Making the table ----------------------------------------------------------------------- */

static struct str folded_copy(struct arena *a, struct str text) {
    struct folded f;
    words_fold(&f, text);
    return arena_str(a, (struct str){f.text, f.len});
}

static uint32_t *bucket_of(struct words *w, const struct pattern *p) {
    if (p->head.len == 1 && p->holes)
        return &w->loose;
    if (p->head.len)
        return &w->by_head[words_head_hash(p->head)];
    if (p->tail.len)
        return &w->by_tail[(unsigned char)p->tail.at[p->tail.len - 1]];
    bool spaced = p->middle.at[0] == ' ';
    unsigned char first = (unsigned char)p->middle.at[spaced];
    w->unspaced[first] |= !spaced;
    return &w->by_middle[first];
}

static void find_edge(struct pattern *p) {
    struct str ones = STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    p->edge = p->head.len ? words_start(p->head) : words_end(p->tail);
    p->edge_mask = p->head.len ? words_start(str_slice(ones, 0, p->head.len))
                               : words_end(str_slice(ones, 0, p->tail.len));
}

static void add_pattern(struct arena *a, struct words *w, struct pattern p) {
    if (w->count == w->cap) {
        uint32_t cap = w->cap ? w->cap * 2 : 16;
        struct pattern *more = ARENA_ARRAY(a, struct pattern, cap);
        if (w->count)
            memcpy(more, w->patterns, w->count * sizeof *more);
        w->patterns = more;
        w->cap = cap;
    }
    uint32_t *bucket = bucket_of(w, &p);
    uint32_t *word = &w->by_word[p.head.len ? (unsigned char)p.head.at[0] : 0];
    find_edge(&p);
    p.next = *bucket;
    p.next_word = *word;
    w->patterns[w->count++] = p;
    *bucket = w->count;
    if (p.holes == 0)
        *word = w->count;
}

/* False: it is too long, names more than two subjects, or would match anything. */
static bool read_pattern(struct arena *a, enum word which, enum language language,
                         struct str text, struct pattern *p) {
    *p = (struct pattern){.which = (uint8_t)which, .language = (uint8_t)language};
    if (text.len > LABEL_BYTES)
        return false;
    struct str rest = folded_copy(a, str_trim(text));
    if (rest.len && rest.at[rest.len - 1] == '?') {
        p->question = true;
        rest = str_trim(str_slice(rest, 0, rest.len - 1));
    }
    struct str *parts[] = {&p->head, &p->middle, &p->tail};
    size_t at;
    while ((at = str_find(rest, STR("{}"))) < rest.len) {
        if (p->holes == 2)
            return false;
        *parts[p->holes++] = str_slice(rest, 0, at);
        rest = str_from(rest, at + 2);
    }
    if (p->holes == 0)
        p->head = rest;
    else
        p->tail = rest;
    p->said = (uint16_t)(p->head.len + p->middle.len + p->tail.len + p->question);
    return p->said > p->question && (p->holes < 2 || str_trim(p->middle).len > 0);
}

static void add_articles(struct arena *a, struct words *w) {
    enum { MOST = 80 };
    w->articles = ARENA_ARRAY(a, struct article, MOST);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        struct str rest = {words_articles[i], words_articles[i] ? strlen(words_articles[i]) : 0};
        struct str text;
        while (str_cut(&rest, '|', &text)) {
            assert(w->article_count < MOST);
            w->articles[w->article_count++] = (struct article){text, (enum language)i};
            w->article_lengths[(unsigned char)text.at[0]] |= (uint8_t)(1 << text.len);
        }
    }
}

static struct words *make_builtin(struct arena *a) {
    struct words *w = ARENA_NEW(a, struct words);
    for (size_t i = 0; i < words_row_count; i++) {
        const struct words_row *row = &words_rows[i];
        struct str rest = str_of(row->patterns), text;
        struct pattern p;
        while (str_cut(&rest, '|', &text))
            if (read_pattern(a, row->which, row->language, text, &p))
                add_pattern(a, w, p);
    }
    add_articles(a, w);
    return w;
}

const struct words *words_builtin(void) {
    static struct arena forever; /* the table lives as long as the process */
    static const struct words *made;
    if (!made)
        made = make_builtin(&forever);
    return made;
}

/* ---- A site's own words --------------------------------------------------------------------- */

static struct place place_of(struct place at, const struct value *v) {
    if (v->span.line) {
        at.line = v->span.line;
        at.col = v->span.col;
    }
    return at;
}

static bool find_kind(struct str name, enum word *which) {
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (str_eq(name, str_of(kind_names[i].name))) {
            *which = kind_names[i].which;
            return true;
        }
    return false;
}

static bool refuse_kind(struct str name, struct place at, struct diags *d) {
    struct str names[WORD_COUNT];
    for (size_t i = 0; i < WORD_COUNT; i++)
        names[i] = str_of(kind_names[i].name);
    struct diag *e = diag_error(d, at, "unknown-words", "there is no kind of words \"%.*s\"",
                                STR_ARG(name));
    struct str near = diag_nearest(name, names, WORD_COUNT);
    if (near.len)
        diag_help(d, e, "did you mean \"%.*s\"?", STR_ARG(near));
    return false;
}

static bool add_own(struct arena *a, struct words *w, enum word which, const struct value *v,
                    struct place at, struct diags *d) {
    struct pattern p;
    if (v->type == VALUE_STRING && read_pattern(a, which, NO_LANGUAGE, v->string, &p)) {
        add_pattern(a, w, p);
        return true;
    }
    struct diag *e = v->type == VALUE_STRING
        ? diag_error(d, place_of(at, v), "bad-words", "these words would match anything")
        : diag_error(d, place_of(at, v), "bad-words", "words must be strings, this is a %s",
                     value_type_name(v->type));
    diag_help(d, e, "write a heading as it stands in articles, with {} for its subject");
    return false;
}

/* One string or a list of them. */
static bool add_all_own(struct arena *a, struct words *w, enum word which, const struct value *v,
                        struct place at, struct diags *d) {
    if (v->type != VALUE_LIST)
        return add_own(a, w, which, v, at, d);
    for (uint32_t i = 0; i < v->count; i++)
        if (!add_own(a, w, which, v->items[i], at, d))
            return false;
    return true;
}

bool words_extend(struct arena *a, const struct value *own, struct place at, struct diags *d,
                  const struct words **out) {
    *out = words_builtin();
    if (!own || own->type == VALUE_NIL)
        return true;
    if (own->type != VALUE_RECORD) {
        diag_error(d, place_of(at, own), "bad-words", "words must be a record, this is a %s",
                   value_type_name(own->type));
        return false;
    }
    struct words *w = ARENA_NEW(a, struct words);
    w->base = words_builtin();
    for (uint32_t i = 0; i < own->count; i++) {
        enum word which;
        if (!find_kind(own->keys[i], &which))
            return refuse_kind(own->keys[i], place_of(at, own->items[i]), d);
        if (!add_all_own(a, w, which, own->items[i], at, d))
            return false;
    }
    *out = w;
    return true;
}

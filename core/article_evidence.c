/* Evidence: sentences and items that cite a study, told by a year and a word for research. In a
 * section of evidence a year will do, or such a word and a source. */
#include <string.h>

#include "article_parts.h"
#include "utf8.h"

/* ---- Years ---- */

/* The value of the digit at *at, which moves behind it; -1 for anything else. European, Arabic
 * and Persian digits. */
static int digit(struct str s, size_t *at) {
    if (*at >= s.len)
        return -1;
    size_t next = *at;
    uint32_t c = utf8_next(s, &next);
    int value = c >= '0' && c <= '9'         ? (int)(c - '0')
                : c >= 0x660 && c <= 0x669   ? (int)(c - 0x660)
                : c >= 0x6F0 && c <= 0x6F9   ? (int)(c - 0x6F0)
                                             : -1;
    if (value >= 0)
        *at = next;
    return value;
}

/* A number of exactly four digits that may be a year; *end is behind it. 0: it is none. */
static int year_at(struct str s, size_t at, size_t *end) {
    int year = 0, count = 0, next;
    while ((next = digit(s, &at)) >= 0 && count < 5) {
        year = year * 10 + next;
        count++;
    }
    *end = at;
    bool joined = at + 1 < s.len && (s.at[at] == '.' || s.at[at] == ',') &&
                  str_is_digit(s.at[at + 1]);
    bool letter = at < s.len && str_is_alpha(s.at[at]) && s.at[at + 1 < s.len ? at + 1 : at] != ' ';
    return count == 4 && year >= 1900 && year <= 2099 && !joined && !letter ? year : 0;
}

static bool is_digit_lead(unsigned char byte) {
    return byte == '1' || byte == '2' || byte == 0xD9 || byte == 0xDB;
}

/* Whether a byte may be a digit, or a part of one. */
static bool may_be_digit(char byte) {
    return str_is_digit(byte) || (unsigned char)byte >= 0x80;
}

/* Money, decimals and parts of words are no years. */
static bool may_precede(struct str s, size_t at) {
    if (at == 0)
        return true;
    unsigned char before = (unsigned char)s.at[at - 1];
    return !str_is_digit((char)before) && !strchr("$.,#/", before ? before : 'x') &&
           !str_is_alpha((char)before);
}

/* The first year in the text: its offset; s.len when there is none. Where the fourth byte is of no
 * digit, none of the four begins a year: asked of whole articles, it looks at few bytes. */
static size_t find_year(struct str s, int *year, size_t *end) {
    for (size_t at = 0; at + 3 < s.len; at++) {
        if (!may_be_digit(s.at[at + 3])) {
            at += 3;
            continue;
        }
        if (!is_digit_lead((unsigned char)s.at[at]) || !may_precede(s, at))
            continue;
        *year = year_at(s, at, end);
        if (*year)
            return at;
        while (at + 1 < s.len && str_is_digit(s.at[at + 1]))
            at++;
    }
    return s.len;
}

/* ---- Sentences ---- */

/* "et al. 2019", "J. Pain", "vs. rest": no end of a sentence. */
static bool is_abbreviation(struct str s, size_t stop) {
    static const struct str known[] = {STR_INIT("al"), STR_INIT("vs"), STR_INIT("e.g"),
                                       STR_INIT("i.e"), STR_INIT("cf"), STR_INIT("Dr"),
                                       STR_INIT("Prof"), STR_INIT("St"), STR_INIT("No"),
                                       STR_INIT("approx"), STR_INIT("bzw"), STR_INIT("ca")};
    size_t begin = stop;
    while (begin > 0 && s.at[begin - 1] != ' ' && s.at[begin - 1] != '(' && s.at[begin - 1] != '\n')
        begin--;
    struct str word = str_slice(s, begin, stop);
    if (word.len == 1 && str_is_alpha(word.at[0]))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(word, known[i]))
            return true;
    return false;
}

/* Behind the sentence that begins at `at`. */
static size_t sentence_end(struct str s, size_t at) {
    while (at < s.len) {
        size_t stop = at;
        uint32_t c = utf8_next(s, &at);
        if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x6D4 || c == 0x61F)
            return at;
        if ((c != '.' && c != '!' && c != '?') || (c == '.' && is_abbreviation(s, stop)))
            continue;
        while (at < s.len && strchr(")\"']", s.at[at] ? s.at[at] : 'x'))
            at++;
        size_t next = text_skip_space(s, at);
        if (next == s.len)
            return s.len;
        if (next > at && !str_is_digit(s.at[next]) && !utf8_is_lower(utf8_next(s, &next)))
            return at;
    }
    return s.len;
}

/* ---- Sources ---- */

/* Words of which one is in the names of most journals. */
static size_t find_journal(struct str s) {
    static const struct str words[] = {
        STR_INIT("Journal"), STR_INIT("Annals"), STR_INIT("Archives"), STR_INIT("Lancet"),
        STR_INIT("BMJ"), STR_INIT("JAMA"), STR_INIT("PLOS"), STR_INIT("PLoS"),
        STR_INIT("Cochrane"), STR_INIT("Revue"), STR_INIT("Revista"), STR_INIT("Rivista"),
        STR_INIT("Zeitschrift")};
    size_t best = s.len;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = str_find(s, words[i]);
        best = at < best ? at : best;
    }
    return best;
}

static bool is_connector(struct str word) {
    static const struct str connectors[] = {STR_INIT("of"), STR_INIT("and"), STR_INIT("the"),
                                            STR_INIT("for"), STR_INIT("in"), STR_INIT("on"),
                                            STR_INIT("&"), STR_INIT("de"), STR_INIT("des"),
                                            STR_INIT("la"), STR_INIT("et"), STR_INIT("für"),
                                            STR_INIT("und"), STR_INIT("y"), STR_INIT("di")};
    for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
        if (str_eq(word, connectors[i]))
            return true;
    return false;
}

static bool is_capitalised(struct str word) {
    size_t at = 0;
    return word.len && utf8_is_upper(utf8_next(word, &at));
}

static bool parts_names(char c) {
    return c && strchr(" \n.,;:()[]\"", c);
}

/* Back over the words with capitals that stand before `begin`. */
static size_t name_begin(struct str s, size_t begin) {
    while (begin > 1 && s.at[begin - 1] == ' ') {
        size_t word = begin - 1;
        while (word > 0 && !parts_names(s.at[word - 1]))
            word--;
        if (!is_capitalised(str_slice(s, word, begin - 1)))
            break;
        begin = word;
    }
    return begin;
}

/* The name around a word of it: capitals to both sides, with what joins them. */
static struct str journal_name(struct str s, size_t at) {
    size_t begin = name_begin(s, at), end = at, next = at;
    while (next < s.len) {
        size_t stop = next;
        while (stop < s.len && !parts_names(s.at[stop]))
            stop++;
        struct str word = str_slice(s, next, stop);
        if (is_capitalised(word))
            end = stop;
        else if (!is_connector(word))
            break;
        if (stop >= s.len || s.at[stop] != ' ')
            break;
        next = stop + 1;
    }
    struct str name = str_slice(s, begin, end);
    struct str the = STR("The ");
    return str_starts(name, the) && begin < at ? str_from(name, the.len) : name;
}

/* The first link or emphasised name in these inlines: titles of journals are set in italics. */
static const struct inl *find_inline(const struct inl *first, enum inline_kind kind,
                                     struct str sentence, struct making *m, unsigned depth) {
    for (const struct inl *i = first; i && depth < 16; i = i->next) {
        if (i->kind == kind) {
            struct str text = inlines_flat(m, i->first);
            if (text.len && str_find(sentence, text) < sentence.len)
                return i;
        }
        const struct inl *inner = find_inline(i->first, kind, sentence, m, depth + 1);
        if (inner)
            return inner;
    }
    return NULL;
}

/* A link that is named for the study itself ("2019 study") says where by its address. */
static struct str link_source(struct making *m, const struct inl *link) {
    struct str text = inlines_flat(m, link->first);
    bool named = is_capitalised(text) && !words_occur(m->words, WORD_STUDY, text);
    return named ? text : link->href;
}

static struct str source_of(struct making *m, const struct block *b, struct str sentence) {
    enum { LONGEST_PARAGRAPH = 32 * 1024 }; /* each sentence looks through all inlines */
    size_t at = find_journal(sentence);
    if (at < sentence.len)
        return journal_name(sentence, at);
    if (b->text.end - b->text.begin > LONGEST_PARAGRAPH)
        return STR("");
    const struct inl *italic = find_inline(b->inlines, INLINE_EMPH, sentence, m, 0);
    if (italic && is_capitalised(inlines_flat(m, italic->first)))
        return inlines_flat(m, italic->first);
    const struct inl *link = find_inline(b->inlines, INLINE_LINK, sentence, m, 0);
    if (link)
        return link_source(m, link);
    return STR("");
}

/* ---- Finding them ---- */

/* year 0: it names none. Then it cites a study only when it also says where that is. */
static void add_evidence(struct making *m, const struct block *b, struct str text, int year) {
    struct span span = b->inlines->span;
    struct str source = source_of(m, b, text);
    if (year == 0 && source.len == 0)
        return;
    struct value *v = record_new(m, MODEL_EVIDENCE, span);
    v->items[EVIDENCE_TEXT] = string_new(m, text, span);
    if (year)
        v->items[EVIDENCE_YEAR] = value_integer(m->arena, year);
    if (source.len)
        v->items[EVIDENCE_SOURCE] = value_string(m->arena, source, span);
    list_add(m, &m->evidence, v);
}

/* In a list of references each item is one; elsewhere each sentence. */
static void read_paragraph(struct making *m, const struct block *b, bool expected, bool whole) {
    struct str text = block_line(m, b);
    int year;
    size_t end;
    for (size_t at = 0; at < text.len;) {
        size_t stop = whole ? text.len : sentence_end(text, at);
        struct str sentence = str_trim(str_slice(text, at, stop));
        bool dated = find_year(sentence, &year, &end) < sentence.len;
        if ((expected && dated) ||
            ((expected || dated) && words_occur(m->words, WORD_STUDY, sentence)))
            add_evidence(m, b, sentence, dated ? year : 0);
        at = stop;
    }
}

struct search {
    struct making *m;
    size_t year_at; /* of the next year in the body's text, from where we are */
    bool expected;  /* in a section of evidence */
};

/* Most articles name few years: blocks without one are passed over. */
static bool has_year(struct search *s, const struct block *b) {
    struct str text = s->m->text;
    int year;
    size_t end;
    if (s->year_at < b->text.begin)
        s->year_at = b->text.begin + find_year(str_from(text, b->text.begin), &year, &end);
    return s->year_at < b->text.end;
}

static void search_blocks(struct search *s, const struct block *first, const struct block *end,
                          bool item, unsigned depth) {
    enum { DEEPEST = 64 };
    for (const struct block *b = first; b != end && depth < DEEPEST; b = b->next) {
        if (!s->expected && !has_year(s, b))
            continue;
        if (b->kind == BLOCK_PARAGRAPH && b->inlines)
            read_paragraph(s->m, b, s->expected, item && s->expected);
        else if (b->kind == BLOCK_LIST || b->kind == BLOCK_QUOTE)
            search_blocks(s, b->first, NULL, false, depth + 1);
        else if (b->kind == BLOCK_ITEM)
            search_blocks(s, b->first, NULL, true, depth + 1);
    }
}

void article_evidence(struct making *m) {
    int year;
    size_t end;
    struct search search = {.m = m, .year_at = find_year(m->text, &year, &end)};
    for (const struct section *s = m->sections; s < m->sections_end; s++) {
        search.expected = s->kind == WORD_EVIDENCE ||
                          (s->parent && s->parent->kind == WORD_EVIDENCE);
        if (search.expected || search.year_at < m->text.len)
            search_blocks(&search, s->first, s->end, false, 0);
    }
}

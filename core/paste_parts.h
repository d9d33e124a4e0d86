/* What the files of the paste reader share; nobody else includes this. A paste is read in passes:
 * lines with their marks (paste_lines), the page's furniture taken out (paste_chrome), headings
 * found (paste_headings), and then rule after rule is asked what begins at the next line (paste).
 * Every line ends in the body, in the front matter or among the remarks.
 *
 * Offsets are bytes of the source. All memory is the article's arena. */
#ifndef FASCIA_PASTE_PARTS_H
#define FASCIA_PASTE_PARTS_H

#include "document.h"

enum mark {
    MARK_NONE,
    MARK_BULLET, /* • - * … */
    MARK_CHECK,  /* ✔ ✓ ✅ + */
    MARK_CROSS,  /* ✖ ✗ ✘ ❌ − */
    MARK_NUMBER, /* 1. 2) (3) a) 一、 */
    MARK_HASH,   /* ## a heading in Markdown */
};

struct line {
    uint32_t number;       /* in the source, from 1 */
    uint32_t raw;          /* where the whole line begins */
    uint32_t begin, end;   /* without white space at both ends; never empty */
    uint32_t text;         /* where the text goes on behind the mark; `begin` without one */
    uint32_t indent;       /* columns before `begin` */
    uint32_t width;        /* columns from `text`; a Han character takes two */
    uint32_t widest;       /* width of the widest line among its neighbours without a gap */
    uint32_t blanks;       /* empty lines above */
    uint32_t first, final; /* of the text: first character, last one that closes nothing */
    uint32_t glyph;        /* the mark's character; what follows the number of MARK_NUMBER */
    uint32_t ordinal;      /* MARK_NUMBER: the number; MARK_HASH: the level */
    enum mark mark;
    uint8_t level;     /* a heading of this level; 0: none */
    bool after_chrome; /* something was taken out right above */
    bool has_tab;      /* between two characters of the text */
};

enum fate { FATE_KEPT, FATE_DROPPED, FATE_ODD };

struct vocabulary; /* the words of the paste's running text */

struct paste {
    struct arena *arena;
    const struct source *source;
    const struct words *words;
    struct document *doc;
    struct line *lines; /* without the empty ones; later without chrome and title */
    size_t count;
    uint8_t *fates;                /* enum fate by line number */
    struct vocabulary *vocabulary; /* made when first asked for */
    uint32_t typical_blanks;       /* empty lines between most neighbours; at least 1 */
    unsigned section;              /* level of the heading that we are under; 1: none yet */
    unsigned faq;     /* level of the heading of questions that we are under; 0: none */
    bool faq_is_airy; /* its questions stand below more empty lines than usual */
    bool after_question;
    size_t joined_tried; /* lines before this one are no table that ran together */
};

/* --- paste_lines.c: lines and characters --- */

void paste_split(struct paste *p);
void paste_join_lone_marks(struct paste *p); /* "•" alone belongs to the line below */
void paste_measure_groups(struct paste *p);  /* sets `widest` */
struct str paste_slice(const struct paste *p, uint32_t begin, uint32_t end);
struct str paste_line_text(const struct paste *p, const struct line *l); /* behind the mark */
void paste_narrow(struct paste *p, struct line *l, uint32_t begin, uint32_t end); /* new text */
bool paste_is_space(uint32_t c); /* white space and what is invisible */
bool paste_is_wide(uint32_t c);  /* takes two columns, has no space around it */
bool paste_ends_sentence(uint32_t c);
bool paste_is_question_mark(uint32_t c);
bool paste_has_letter(struct str s);
void paste_trim(const struct paste *p, uint32_t *begin, uint32_t *end);
bool paste_is_rule(const struct paste *p, const struct line *l); /* "---", "* * *" */

/* --- paste_text.c: text as inlines --- */

struct span paste_span(const struct paste *p, uint32_t begin, uint32_t end);
struct inl *paste_inl(struct paste *p, uint32_t begin, uint32_t end); /* trims; NULL: nothing */
struct block *paste_paragraph(struct paste *p, uint32_t begin, uint32_t end);
void paste_add_line(struct paste *p, struct block *paragraph, const struct line *l);
bool paste_has_arrow(const struct paste *p, const struct line *l);
void paste_odd(struct paste *p, const struct line *l); /* no rule understood this line */

/* Whether line at + 1 goes on with the sentence or paragraph that was cut at the end of `at`. */
bool paste_is_wrapped(const struct paste *p, size_t at);
size_t paste_text_block(struct paste *p, size_t at); /* a rule: a paragraph */

/* --- paste_vocabulary.c: words known from the running text --- */

bool paste_knows(struct paste *p, struct str word); /* ASCII case does not matter */

/* --- paste_chrome.c: the page's furniture --- */

void paste_drop_chrome(struct paste *p);

/* --- paste_headings.c --- */

void paste_take_underlines(struct paste *p); /* "=====" below a heading */
void paste_find_headings(struct paste *p);
bool paste_is_question(const struct paste *p, const struct line *l); /* one short question */

struct cell {
    uint32_t begin, end; /* equal: an empty cell */
};
enum { PASTE_COLUMNS = 64 }; /* a wider table stays text */

void paste_add_row(struct paste *p, struct block *table, const struct line *l,
                   const struct cell *cells, size_t count, size_t columns);
bool paste_looks_joined(const struct paste *p, const struct line *l);
bool paste_is_fact(const struct paste *p, const struct line *l); /* "Name: value" */

bool paste_is_labelled(const struct paste *p, const struct line *l); /* "Q: …", "A: …" */

/* --- the rules: how many lines from `at` they took; 0: not theirs --- */

size_t paste_heading(struct paste *p, size_t at);
size_t paste_question(struct paste *p, size_t at);
size_t paste_answer(struct paste *p, size_t at);
size_t paste_list(struct paste *p, size_t at);
size_t paste_marks(struct paste *p, size_t at); /* ✔ and ✖ lines */
size_t paste_facts(struct paste *p, size_t at);
size_t paste_plain_list(struct paste *p, size_t at);
size_t paste_table(struct paste *p, size_t at);         /* tabs, pipes, spaces */
size_t paste_stacked_table(struct paste *p, size_t at); /* a cell a line */
size_t paste_joined_table(struct paste *p, size_t at);  /* cells that ran together */

#endif

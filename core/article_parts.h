/* What the article_*.c files share; nobody else includes this. An article is made in passes over
 * the body's sections. Strings are slices of the three renderings of the body wherever they can
 * be, and nodes are shared between fields, so that the frozen image stores each once. */
#ifndef FASCIA_ARTICLE_PARTS_H
#define FASCIA_ARTICLE_PARTS_H

#include "article.h"
#include "model.h"

/* What one heading opens, up to the next heading. */
struct section {
    struct block *heading;    /* NULL: what stands before the first heading (the lede) */
    struct block *first, *end; /* its own blocks: siblings from `first` to before `end` */
    struct section *parent;   /* NULL at the top */
    struct section *after;    /* behind its last subsection */
    struct str title;         /* one line */
    struct str id;
    enum word kind;           /* what the heading says; WORD_COUNT: nothing known */
    struct str subject;       /* of what: "Pros of {}" */
    bool in_faq;              /* it or one above it is a FAQ section */
    struct value *blocks;     /* of its own blocks, in their order */
    struct value *record;
};

struct names; /* a set of strings: article_names.c */

struct making {
    struct arena *arena;
    const struct document *doc;
    const struct reading *how;
    const struct words *words;
    struct diags *diags;
    struct str html, text, markdown; /* of the body */
    struct str title;
    struct section *sections;        /* in order; the lede is [0] */
    struct section *sections_end;
    struct names *ids;
    struct {
        const struct inl *list, *from; /* inlines_cut goes on here when asked of the same list */
        size_t at;
    } last_cut;
    struct value *nil, *empty_list, *empty_string;
    struct value *type_names[BLOCK_CELL + 1];

    struct value *faq, *pros, *cons, *comparisons, *facts, *recommendations, *evidence;
    struct value *conclusion, *disclaimer, *links, *images, *uneven_rows;
};

/* ---- article_names.c: sets of names ---- */

struct names *names_new(struct arena *a);
bool names_has(const struct names *n, struct str name);
bool names_add(struct arena *a, struct names *n, struct str name); /* false: it was there */

/* A slug of the text that nobody has got yet in this article; `spare` when it has no letters. */
struct str names_unique_id(struct making *m, struct str text, const char *spare);

/* ---- article_values.c: values ---- */

/* A record of the model, all of its fields nil; they are set by index: items[PAIR_ANSWER]. */
struct value *record_new(struct making *m, enum model_name name, struct span span);

struct value *string_new(struct making *m, struct str s, struct span span);
struct value *text_html_new(struct making *m, struct str text, struct str html, struct span span);
void list_add(struct making *m, struct value **list, struct value *item); /* makes the list */

/* The item at `key` of a record made by record_new. */
struct str record_string(const struct value *record, uint32_t index);

struct place place_at(const struct making *m, struct span span);

/* ---- article_blocks.c: blocks ---- */

struct value *blocks_new(struct making *m, struct block *first, const struct block *end);

/* The renderings of siblings from `first` to before `end`. */
struct str blocks_html(const struct making *m, const struct block *first, const struct block *end);
struct str blocks_text(struct making *m, const struct block *first, const struct block *end);
struct str blocks_markdown(struct making *m, const struct block *first, const struct block *end);

/* On one line, as titles and cells are. */
struct str block_line(struct making *m, const struct block *b);

/* ---- article_inlines.c: parts of a paragraph ---- */

/* Plain text of inlines, line ends kept as "\n": as long as inl_plain's. */
struct str inlines_flat(struct making *m, const struct inl *first);

/* Copies of the inlines that bytes [begin, end) of the flat text come from. */
struct inl *inlines_cut(struct making *m, const struct inl *first, size_t begin, size_t end);

struct rendering {
    struct str text, html, markdown;
    struct span span; /* line 0: of nothing */
};

/* Of a part of a paragraph and the blocks from `rest` to before `end` (either may be NULL).
 * The blocks are copied: the extents of the body's own stay. */
struct rendering render_part(struct making *m, struct inl *part, const struct block *rest,
                             const struct block *end);

void article_links(struct making *m); /* and images; warns of addresses that run code */

/* ---- article_text.c: marks and labels in text ---- */

/* Behind "3. ", "2) ", "٣- " at the front; 0 when there is no numbering. */
size_t text_numbering(struct str s);

/* Behind a question mark of any script and closing quotes, the first followed by white space or
 * the end; 0 when there is none. */
size_t text_question_end(struct str s);
bool text_is_question(struct str s); /* the mark stands at the end */

/* Behind "Q:", "Q1.", "Answer 3)": the label of this kind; 0 when there is none. */
size_t text_label(const struct making *m, enum word which, struct str s);

/* The first colon that parts a name from what follows (": " or a full-width one) within `within`
 * bytes: its offset, and where the rest begins. s.len when there is none. */
size_t text_colon(struct str s, size_t within, size_t *rest);

/* ✔ and ✖ and their kin: 1 pro, -1 con, 0 none. *weak: only "+" or "−". *len: with its space. */
int text_mark(struct str s, bool *weak, size_t *len);

size_t text_skip_space(struct str s, size_t at);

/* ---- article_sections.c ---- */

void article_sections(struct making *m); /* finds them and makes their records */
struct value *sections_new(struct making *m);
struct value *lede_new(struct making *m);

/* What a section is about: its heading's subject or title, or those above it; else the article. */
struct str section_subject(const struct making *m, const struct section *s);

/* Own content, or when there is none that of its subsections. */
const struct block *section_content_end(const struct making *m, const struct section *s);

/* What a label says: a heading, or a paragraph before a list. Of "Fazit: …" and "Soma – FAQ" one
 * half may say it. */
enum word classify_label(const struct making *m, uint32_t kinds, struct str label,
                         struct str *subject);

/* ---- What is recognised; each fills its fields of the making ---- */

void article_faq(struct making *m);
void article_pros_and_cons(struct making *m);
void article_tables(struct making *m); /* comparisons; tables of pros and cons, of facts */
void article_facts(struct making *m);
void article_recommendations(struct making *m);
void article_evidence(struct making *m);
void article_closing(struct making *m); /* conclusion, disclaimer */

/* The section whose text holds this place; the lede, which has no heading, for what stands before
 * all others. */
const struct section *section_at(const struct making *m, struct span span);

/* Adds items to the entry of this section, subject and kind (pros or cons), made when missing. */
struct value *pros_entry(struct making *m, bool pro, struct str subject, struct span span);
void add_fact(struct making *m, struct str subject, struct str name, struct str value,
              struct span span);

/* What a plugin's reader gives besides, added behind what was recognised. */
void article_given(struct making *m);

/* ---- article_front.c, article_date.c: front matter ---- */

struct front {
    struct value *id, *slug, *url, *title, *titled, *summary, *lang, *dir, *date, *updated;
    struct value *authors, *tags, *draft;
};

/* Reads the fields; a title of none is looked for in the body, whose heading then leaves it. */
void article_front(struct making *m, struct front *f);
void article_front_title(struct making *m, struct front *f);
void article_front_summary(struct making *m, struct front *f);

#endif

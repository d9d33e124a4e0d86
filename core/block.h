/* A document as readers build it: blocks (CommonMark's, with GFM's tables, strikethrough and task
 * lists) that hold blocks or inlines. Readers build it, `article` reads it, and the three writers
 * `html`, `text` and `commonmark` write it. It lives in the arena of the article being read. */
#ifndef FASCIA_BLOCK_H
#define FASCIA_BLOCK_H

#include "arena.h"
#include "buf.h"
#include "str.h"
#include "value.h"

enum inline_kind {
    INLINE_TEXT,   /* text, entities decoded */
    INLINE_SOFT,   /* a line end of the source that means a space */
    INLINE_HARD,   /* <br> */
    INLINE_EMPH,   /* children */
    INLINE_STRONG, /* children */
    INLINE_STRIKE, /* children */
    INLINE_CODE,   /* text */
    INLINE_LINK,   /* href, title, children */
    INLINE_IMAGE,  /* href, title, children: the alternative text */
    INLINE_HTML,   /* text: one raw tag */
};

struct inl {
    enum inline_kind kind;
    struct span span;        /* line 0 for what has no text of its own in the source */
    struct str text;
    bool plain;              /* text: nothing in it is special to a writer; false: who knows */
    struct str href, title;  /* decoded */
    struct inl *first, *last, *next;
};

enum block_kind {
    BLOCK_DOCUMENT,  /* blocks */
    BLOCK_PARAGRAPH, /* inlines */
    BLOCK_HEADING,   /* inlines, level */
    BLOCK_LIST,      /* items, ordered, start, tight */
    BLOCK_ITEM,      /* blocks, task */
    BLOCK_QUOTE,     /* blocks */
    BLOCK_CODE,      /* literal, info */
    BLOCK_HTML,      /* literal */
    BLOCK_RULE,
    BLOCK_TABLE,     /* rows; the first is the header */
    BLOCK_ROW,       /* cells */
    BLOCK_CELL,      /* inlines, align */
};

enum task { TASK_NONE, TASK_OPEN, TASK_DONE };
enum align { ALIGN_DEFAULT, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* Where a writer put this block, in that writer's buffer. */
struct extent {
    uint32_t begin, end;
};

struct block {
    enum block_kind kind;
    struct span span;
    unsigned level;          /* heading: 1 to 6 */
    bool ordered, tight;     /* list */
    char mark;               /* list: '-', '*', '+', or '.' and ')' when ordered */
    uint32_t start;          /* ordered list: its first number */
    enum task task;
    uint32_t cells;          /* row: how many its line has, as written; 0: those that it holds */
    enum align align;
    struct str literal;      /* code and raw HTML, each line with its "\n" */
    struct str info;         /* code: the info string, decoded */
    struct inl *inlines, *last_inline;
    struct block *first, *last, *next;
    struct extent html, text, commonmark; /* set by the writers; cells, items and rows as well.
                                           * An item's or quote's extent is its content. */
};

struct block *block_new(struct arena *a, enum block_kind kind, struct span span);
void block_append(struct block *parent, struct block *child);

struct inl *inl_new(struct arena *a, enum inline_kind kind, struct span span);
struct inl *inl_text(struct arena *a, struct str text, struct span span);
void block_append_inl(struct block *parent, struct inl *child);
void inl_append(struct inl *parent, struct inl *child);

/* The bytes of text that some writer may have to escape, and whether a text has none of them:
 * most are so, and are looked through once instead of by each writer. */
extern const bool inl_special[256];
bool inl_is_plain(struct str text);

/* The plain text of inlines on one line: soft and hard breaks are one space, an image is its
 * alternative text, raw tags are left out. */
struct str inl_plain(struct arena *a, const struct inl *first);

#endif

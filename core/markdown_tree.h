/* The tree that a Markdown body becomes: what md4c says, in the order in which it says it, with the
 * places of all that is real text. Of md4c it knows only that -1 stops it: a function that returns
 * an int refuses with that, once one error was added. A part of markdown.c. */
#ifndef FASCIA_MARKDOWN_TREE_H
#define FASCIA_MARKDOWN_TREE_H

#include "document.h"
#include "markdown_place.h"
#include "markdown_run.h"

enum { TREE_DEEPEST = 100 };

struct tree {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    struct places places;
    struct block *blocks[TREE_DEEPEST];
    struct inl *spans[TREE_DEEPEST];
    unsigned block_depth, span_depth;
    struct inl *tail;      /* the text, code or raw tag that more pieces may join */
    struct run run;        /* of `tail`, or of the code or HTML block that is open */
    struct buf scratch;    /* for attributes */
    bool tag_goes_on;      /* the last piece of a raw tag was a line end */
    char fence;            /* of the code block that is open; 0: indented */
    size_t nodes, text_bytes, most_text_bytes;
    bool failed;
};

static inline struct block *tree_top(const struct tree *t) {
    return t->blocks[t->block_depth - 1];
}

int tree_stop(struct tree *t, struct str message);
int tree_stop_at(struct tree *t, const char *what, size_t limit); /* "has more parts than" */

static inline int tree_count_text(struct tree *t, size_t bytes) {
    t->text_bytes += bytes;
    if (t->text_bytes > t->most_text_bytes)
        return tree_stop_at(t, "expands to more bytes than", t->most_text_bytes);
    return 0;
}

/* Blocks. What is pushed lies in the top one; what was open below is not closed by it. */
int tree_push(struct tree *t, struct block *b);
void tree_pop(struct tree *t);
void tree_end_paragraph(struct tree *t); /* that a tight list has implied */
void tree_leave_cell(struct tree *t);
void tree_leave_row(struct tree *t);
void tree_leave_leaf(struct tree *t); /* any other block that holds no blocks, or a table */

/* Inlines, in the top block and the innermost span. */
struct inl *tree_new_inl(struct tree *t, enum inline_kind kind);
int tree_add_inl(struct tree *t, struct inl *child);
int tree_add_text(struct tree *t, struct str source_text, struct str decoded);
int tree_add_entity(struct tree *t, struct str reference);
int tree_add_break(struct tree *t, enum inline_kind kind);
int tree_add_tag(struct tree *t, struct str piece);
int tree_add_literal(struct tree *t, struct str piece); /* of code, or of a block of HTML */
int tree_add_cell_code(struct tree *t, struct str piece);
void tree_end_tail(struct tree *t); /* no more pieces join the last inline */

/* Positions: everything open that has no place yet begins at `at`. */
void tree_place_open(struct tree *t, struct span at);
void tree_place_empty(struct tree *t, struct block *b); /* one without text */
void tree_place_bare(struct tree *t, const struct inl *i);
void tree_end_span(struct tree *t, struct span *at); /* of what was opened at `at` */

#endif

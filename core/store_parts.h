/* Parts of the store: the file `state` (store_save.c), its frames (store_frame.c), and the graph as
 * entries in them (store_state.c).
 *
 * `state` is a row of frames, each with a checksum: first those that hold the state as it was when
 * it was written whole, then one for each update since. A frame is read all or not at all, so an
 * update counts when its last byte is there. In front of everything else a frame names outputs;
 * that part never changes its form, so another version of fascia, and whoever finds the rest
 * damaged, still knows which outputs are ours. */
#ifndef FASCIA_STORE_PARTS_H
#define FASCIA_STORE_PARTS_H

#include "store.h"

int store_open_file(const struct store *s, const char *name, int flags);
void store_unmap(struct store *s);

enum frame_kind {
    FRAME_OUTPUTS, /* of outputs that are about to be written, and nothing else */
    FRAME_PART,    /* of a state that is not complete yet */
    FRAME_WHOLE,   /* completes the state, or makes it newer */
};

struct frame {
    enum frame_kind kind;
    bool is_ours;         /* this very program wrote it: it can read the entries */
    struct str outputs;   /* u64 hash, str path … */
    struct str entries;   /* as store_state.c has them; begins at a multiple of 8 */
};

/* Takes the next frame off `rest`. False: what follows is none, or it is damaged. */
bool frame_next(struct str *rest, struct frame *f);

/* Where the next frame may begin after a damaged one; false: nobody knows. */
bool frame_skip(struct str *rest);

/* A frame that is being made. */
struct frame_draft {
    struct buf outputs, entries;
};

bool frame_write(int fd, enum frame_kind kind, const struct frame_draft *f, uint64_t *bytes);
void frame_free(struct frame_draft *f);
void frame_put_output(struct frame_draft *f, struct str path, uint64_t hash);

/* Entries */

void store_put_kept(struct frame_draft *f, const struct graph *g, const struct kept *k);
void store_put_article(struct frame_draft *f, const struct graph *g, uint32_t article);
void store_put_moves(struct frame_draft *f, const struct graph *g);
void store_put_site(struct frame_draft *f, const struct graph *g, bool all); /* its renderings */
void store_put_end(struct frame_draft *f, const struct kept *k, uint64_t images_end);

/* Blobs point into the frame. False: it makes no sense. */
bool store_take(const struct frame *f, struct graph *g, struct kept *k, uint64_t *images_end);

#endif

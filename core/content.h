/* The content folder: which files are articles, and their bytes. Nothing here looks into a file
 * or trusts its kind: a fifo, a device, a folder in a file's place or a file that grows while it
 * is read gives one message. */
#ifndef FASCIA_CONTENT_H
#define FASCIA_CONTENT_H

#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"

struct content_file {
    struct str path;  /* relative to the folder that was listed */
    struct str place; /* as messages show it */
};

/* What stat says of a file: when it is the same, so are the bytes, as far as a system can tell
 * without reading them. All zero: no such file. */
struct fingerprint {
    uint64_t dev, ino, size, mtime_ns, ctime_ns;
};
struct fingerprint content_fingerprint(const char *path);
bool content_is_folder(const char *path);

struct content_list {
    struct content_file *files; /* sorted by path */
    size_t count;
};

/* Which names are wanted. */
struct content_filter {
    bool (*is_wanted)(const void *self, struct str name); /* NULL: every name */
    const void *self;
};

/* Every file below `folder` whose name is wanted; names that editors and tools use for their own
 * (dot files, "a~", "#a#", "a.swp", "4913" …) are passed over. Links are followed, loops are not.
 * Folders that cannot be read give an error each and the rest goes on. `skip_dev` and `skip_ino`
 * name a folder to leave out (the output), or 0. False: the folder itself cannot be read, and
 * nothing was added. */
bool content_find(struct content_list *out, struct arena *a, struct str folder, struct str place,
                  struct content_filter filter, uint64_t skip_dev, uint64_t skip_ino,
                  struct diags *d);

/* Endings of names, each with its dot, that plugins read besides fascia's own. */
struct content_endings {
    const struct str *at;
    size_t count;
};

/* Whether an article's file may be called so: .md .markdown .txt, and these (NULL: no others).
 * For filters. */
bool content_is_article(const void *endings, struct str name);

bool content_is_foreign(struct str name); /* what editors and tools keep beside the files */

/* Appends the file's bytes. False: one error. */
bool content_read(struct buf *out, struct str path, struct str place, size_t most_bytes,
                  struct diags *d);

/* A whole path: base + "/" + rest, without doubling the slash; base "" or "." gives rest. */
struct str content_join(struct arena *a, struct str base, struct str rest);

/* Without links and dots; of what is not there yet, as far as its folders are. */
struct str content_real_path(struct arena *a, struct str path);

#endif

/* A document's blocks as HTML, the way CommonMark's examples show it (XHTML style void tags, a
 * soft break as one space, but as a line end where raw HTML has left a <pre> open). Each block's
 * `html` extent is set; it ends before the newline that follows the block. A quote's includes its
 * tags, an item's and a cell's does not. */
#ifndef FASCIA_HTML_H
#define FASCIA_HTML_H

#include "block.h"
#include "buf.h"

struct html_options {
    bool escape_raw; /* raw HTML of the content is shown, not obeyed */
};

/* Writes the children of `parent`, one after the other. */
void html_write(struct buf *out, struct block *parent, const struct html_options *how);

/* Text with & < > " escaped: fit for element content and double-quoted attributes. */
void html_escape(struct buf *out, struct str text);

/* Whether a link of this address runs code when followed (javascript:, vbscript:, data: but for
 * images), white space and control characters inside the scheme looked through. Such an address
 * is written as an empty one. */
bool html_is_active_url(struct str url, bool image);

/* Whether a <pre> is open behind this piece of raw HTML, given whether one was before it. */
bool html_is_in_pre(struct str raw, bool before);

#endif

#include "html.h"

#include <string.h>

struct writer {
    struct buf *out;
    bool escape_raw;
    bool in_pre; /* of raw HTML */
};

/* Control characters, which HTML forbids even as references, become nothing. */
enum { T = true };
static const bool IS_ESCAPED[256] = {
    T, T, T, T, T, T, T, T, T, false /* tab */, false /* LF */, T, false /* FF */, false /* CR */,
    T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T,
    [0x7F] = T, ['&'] = T, ['<'] = T, ['>'] = T, ['"'] = T,
};

static void put(struct writer *w, struct str s) {
    buf_put(w->out, s);
}

static struct str escape_of(char c) {
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    default:
        return STR("");
    }
}

void html_escape(struct buf *out, struct str text) {
    size_t begin = 0, at;
    while ((at = str_find_any(text, begin, IS_ESCAPED)) < text.len) {
        buf_put(out, str_slice(text, begin, at));
        buf_put(out, escape_of(text.at[at]));
        begin = at + 1;
    }
    buf_put(out, str_from(text, begin));
}

/* Addresses. */

static bool is_ignored(char c) {
    return (unsigned char)c <= ' ' || c == 0x7F;
}

/* Whether the address begins so, looking through what browsers leave out. */
static bool begins_with(struct str url, const char *start) {
    for (size_t i = 0; *start; i++) {
        if (i == url.len)
            return false;
        if (is_ignored(url.at[i]))
            continue;
        if (str_lower_char(url.at[i]) != *start++)
            return false;
    }
    return true;
}

bool html_is_active_url(struct str url, bool image) {
    if (begins_with(url, "javascript:") || begins_with(url, "vbscript:"))
        return true;
    return begins_with(url, "data:") && !(image && begins_with(url, "data:image/"));
}

static void put_percent(struct buf *out, unsigned char byte) {
    static const char digits[] = "0123456789ABCDEF";
    const char encoded[3] = {'%', digits[byte >> 4], digits[byte & 15]};
    buf_put(out, (struct str){encoded, sizeof encoded});
}

/* RFC 3986's bytes, and "%" since an address may be encoded already. */
static bool stands_in_address(char c) {
    return str_is_alpha(c) || str_is_digit(c) || (c && strchr("/-_.:?=#%+~!*(),@;$", c));
}

static void put_address(struct writer *w, struct str url, bool image) {
    if (html_is_active_url(url, image))
        return;
    size_t begin = 0;
    for (size_t i = 0; i < url.len; i++) {
        char c = url.at[i];
        if (stands_in_address(c))
            continue;
        put(w, str_slice(url, begin, i));
        begin = i + 1;
        if (c == '&')
            put(w, STR("&amp;"));
        else
            put_percent(w->out, (unsigned char)c);
    }
    put(w, str_from(url, begin));
}

static void put_title(struct writer *w, struct str title) {
    if (!title.len)
        return;
    put(w, STR(" title=\""));
    html_escape(w->out, title);
    put(w, STR("\""));
}

/* Inlines. */

/* The alternative text of an image: its inlines without their markup. */
static void put_plain(struct writer *w, const struct inl *first) {
    for (const struct inl *i = first; i; i = i->next) {
        if (i->kind == INLINE_SOFT || i->kind == INLINE_HARD)
            put(w, STR(" "));
        else if (i->kind == INLINE_TEXT || i->kind == INLINE_CODE)
            html_escape(w->out, i->text);
        put_plain(w, i->first);
    }
}

bool html_is_in_pre(struct str raw, bool before) {
    static const struct str open = STR_INIT("<pre"), close = STR_INIT("</pre");
    for (size_t at; (at = str_find_char(raw, '<')) < raw.len; raw = str_from(raw, at + 1)) {
        if (str_eq_nocase(str_slice(raw, at, at + open.len), open))
            before = true;
        else if (str_eq_nocase(str_slice(raw, at, at + close.len), close))
            before = false;
    }
    return before;
}

static void put_raw(struct writer *w, struct str html) {
    if (w->escape_raw) {
        html_escape(w->out, html);
        return;
    }
    put(w, html);
    w->in_pre = html_is_in_pre(html, w->in_pre);
}

static void put_inlines(struct writer *w, const struct inl *first);

static void put_element(struct writer *w, struct str open, const struct inl *first,
                        struct str close) {
    put(w, open);
    put_inlines(w, first);
    put(w, close);
}

static void put_link(struct writer *w, const struct inl *link) {
    put(w, STR("<a href=\""));
    put_address(w, link->href, false);
    put(w, STR("\""));
    put_title(w, link->title);
    put_element(w, STR(">"), link->first, STR("</a>"));
}

static void put_image(struct writer *w, const struct inl *image) {
    put(w, STR("<img src=\""));
    put_address(w, image->href, true);
    put(w, STR("\" alt=\""));
    put_plain(w, image->first);
    put(w, STR("\""));
    put_title(w, image->title);
    put(w, STR(" />"));
}

static void put_inline(struct writer *w, const struct inl *i) {
    switch (i->kind) {
    case INLINE_TEXT:
        if (i->plain)
            put(w, i->text);
        else
            html_escape(w->out, i->text);
        break;
    case INLINE_SOFT:
        put(w, w->in_pre ? STR("\n") : STR(" "));
        break;
    case INLINE_HARD:
        put(w, STR("<br />\n"));
        break;
    case INLINE_EMPH:
        put_element(w, STR("<em>"), i->first, STR("</em>"));
        break;
    case INLINE_STRONG:
        put_element(w, STR("<strong>"), i->first, STR("</strong>"));
        break;
    case INLINE_STRIKE:
        put_element(w, STR("<del>"), i->first, STR("</del>"));
        break;
    case INLINE_CODE:
        put(w, STR("<code>"));
        html_escape(w->out, i->text);
        put(w, STR("</code>"));
        break;
    case INLINE_LINK:
        put_link(w, i);
        break;
    case INLINE_IMAGE:
        put_image(w, i);
        break;
    case INLINE_HTML:
        put_raw(w, i->text);
        break;
    }
}

static void put_inlines(struct writer *w, const struct inl *first) {
    for (const struct inl *i = first; i; i = i->next)
        put_inline(w, i);
}

/* Blocks. None of these writes the newline behind the block: it is no part of its extent. */

static void put_block(struct writer *w, struct block *b);

static uint32_t here(const struct writer *w) {
    return (uint32_t)w->out->len;
}

static void put_blocks(struct writer *w, struct block *parent) {
    parent->html.begin = parent->html.end = here(w);
    for (struct block *b = parent->first; b; b = b->next) {
        put_block(w, b);
        parent->html.end = here(w);
        put(w, STR("\n"));
    }
}

static void put_heading(struct writer *w, const struct block *heading) {
    char digit = (char)('0' + heading->level);
    const char open[4] = {'<', 'h', digit, '>'};
    const char close[5] = {'<', '/', 'h', digit, '>'};
    put_element(w, (struct str){open, sizeof open}, heading->inlines,
                (struct str){close, sizeof close});
}

static void put_code(struct writer *w, const struct block *code) {
    put(w, STR("<pre><code"));
    size_t language = 0;
    while (language < code->info.len && !str_is_space(code->info.at[language]))
        language++;
    if (language) {
        put(w, STR(" class=\"language-"));
        html_escape(w->out, str_slice(code->info, 0, language));
        put(w, STR("\""));
    }
    put(w, STR(">"));
    html_escape(w->out, code->literal);
    put(w, STR("</code></pre>"));
}

static void put_html(struct writer *w, const struct block *html) {
    struct str literal = html->literal;
    if (str_ends(literal, STR("\n")))
        literal.len--;
    if (w->escape_raw)
        put(w, STR("<p>"));
    put_raw(w, literal);
    if (w->escape_raw)
        put(w, STR("</p>"));
}

/* A paragraph of a tight list is its inlines alone, on the line of what opened the item. */
static void put_item_blocks(struct writer *w, struct block *item, bool tight) {
    bool line_is_open = true;
    if (item->first && !(tight && item->first->kind == BLOCK_PARAGRAPH)) {
        put(w, STR("\n"));
        line_is_open = false;
    }
    item->html.begin = item->html.end = here(w);
    for (struct block *b = item->first; b; b = b->next) {
        bool bare = tight && b->kind == BLOCK_PARAGRAPH;
        if (line_is_open && b != item->first)
            put(w, STR("\n"));
        if (bare) {
            b->html.begin = here(w);
            put_inlines(w, b->inlines);
            b->html.end = here(w);
        } else {
            put_block(w, b);
        }
        item->html.end = here(w);
        line_is_open = bare;
        if (!bare)
            put(w, STR("\n"));
    }
}

static void put_item(struct writer *w, struct block *item, bool tight) {
    if (item->task == TASK_NONE)
        put(w, STR("<li>"));
    else
        put(w, STR("<li class=\"task-list-item\"><input type=\"checkbox\""
                   " class=\"task-list-item-checkbox\" disabled=\"\""));
    if (item->task == TASK_DONE)
        put(w, STR(" checked=\"\""));
    if (item->task != TASK_NONE)
        put(w, STR(" />"));
    put_item_blocks(w, item, tight);
    put(w, STR("</li>\n"));
}

static void put_list(struct writer *w, struct block *list) {
    if (!list->ordered)
        put(w, STR("<ul>\n"));
    else if (list->start == 1)
        put(w, STR("<ol>\n"));
    else
        buf_printf(w->out, "<ol start=\"%u\">\n", list->start);
    for (struct block *item = list->first; item; item = item->next)
        put_item(w, item, list->tight);
    put(w, list->ordered ? STR("</ol>") : STR("</ul>"));
}

static void put_cell(struct writer *w, struct block *cell, bool head) {
    static const struct str aligns[] = {
        [ALIGN_DEFAULT] = STR_INIT(">"),
        [ALIGN_LEFT] = STR_INIT(" align=\"left\">"),
        [ALIGN_CENTER] = STR_INIT(" align=\"center\">"),
        [ALIGN_RIGHT] = STR_INIT(" align=\"right\">"),
    };
    put(w, head ? STR("<th") : STR("<td"));
    put(w, aligns[cell->align]);
    cell->html.begin = here(w);
    put_inlines(w, cell->inlines);
    cell->html.end = here(w);
    put(w, head ? STR("</th>\n") : STR("</td>\n"));
}

static void put_row(struct writer *w, struct block *row, bool head) {
    row->html.begin = here(w);
    put(w, STR("<tr>\n"));
    for (struct block *cell = row->first; cell; cell = cell->next)
        put_cell(w, cell, head);
    put(w, STR("</tr>"));
    row->html.end = here(w);
    put(w, STR("\n"));
}

static void put_table(struct writer *w, struct block *table) {
    put(w, STR("<table>\n"));
    struct block *row = table->first;
    if (row) {
        put(w, STR("<thead>\n"));
        put_row(w, row, true);
        put(w, STR("</thead>\n"));
        row = row->next;
    }
    if (row)
        put(w, STR("<tbody>\n"));
    bool has_body = row != NULL;
    for (; row; row = row->next)
        put_row(w, row, false);
    put(w, has_body ? STR("</tbody>\n</table>") : STR("</table>"));
}

static void put_quote(struct writer *w, struct block *quote) {
    put(w, STR("<blockquote>\n"));
    put_blocks(w, quote);
    put(w, STR("</blockquote>"));
}

static void put_block(struct writer *w, struct block *b) {
    struct extent at = {.begin = here(w)};
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
        put_element(w, STR("<p>"), b->inlines, STR("</p>"));
        break;
    case BLOCK_HEADING:
        put_heading(w, b);
        break;
    case BLOCK_LIST:
        put_list(w, b);
        break;
    case BLOCK_QUOTE:
        put_quote(w, b);
        break;
    case BLOCK_CODE:
        put_code(w, b);
        break;
    case BLOCK_HTML:
        put_html(w, b);
        break;
    case BLOCK_RULE:
        put(w, STR("<hr />"));
        break;
    case BLOCK_TABLE:
        put_table(w, b);
        break;
    case BLOCK_DOCUMENT:
    case BLOCK_ITEM:
    case BLOCK_ROW:
    case BLOCK_CELL:
        break; /* not on their own: see put_blocks, put_item, put_row and put_cell */
    }
    at.end = here(w);
    b->html = at;
}

void html_write(struct buf *out, struct block *parent, const struct html_options *how) {
    struct writer w = {.out = out, .escape_raw = how && how->escape_raw};
    put_blocks(&w, parent);
}

#include "article.h"

#include "article_parts.h"
#include "commonmark.h"
#include "html.h"
#include "text.h"
#include "utf8.h"

/* ---- The body's renderings ---- */

/* References and tables can make much of little: what grows past this is no honest article. */
enum { MOST_GROWTH = 32, ALWAYS_ALLOWED = 1 << 20 };

static struct buf room_for(struct str source) {
    struct buf b = BUF_INIT;
    buf_reserve(&b, source.len + source.len / 4 + 256);
    b.max = source.len * MOST_GROWTH + ALWAYS_ALLOWED;
    if (b.max > UINT32_MAX / 2)
        b.max = UINT32_MAX / 2; /* extents have 32 bits */
    return b;
}

static struct str keep(struct making *m, struct buf *b) {
    struct str s = arena_str(m->arena, buf_str(b));
    b->len = 0;
    return s;
}

static bool render_body(struct making *m) {
    struct block *body = m->doc->body;
    struct buf out = room_for(m->doc->source->text);
    html_write(&out, body, &(struct html_options){m->how->escape_raw_html});
    m->html = keep(m, &out);
    text_write(&out, body);
    m->text = keep(m, &out);
    commonmark_write(&out, body);
    m->markdown = keep(m, &out);
    bool fits = !out.full;
    buf_free(&out);
    if (!fits)
        diag_error(m->diags, (struct place){.path = m->doc->source->place}, "too-large",
                   "rendered, this article is more than %d times as large as its source",
                   MOST_GROWTH);
    return fits;
}

/* ---- The record ---- */

static void set_front(struct making *m, struct value **field, const struct front *f) {
    struct value *front = m->doc->front;
    field[ARTICLE_ID] = f->id;
    field[ARTICLE_PATH] = string_new(m, m->doc->source->path, (struct span){0});
    field[ARTICLE_SLUG] = f->slug;
    field[ARTICLE_URL] = f->url;
    field[ARTICLE_TITLE] = f->title;
    field[ARTICLE_SUMMARY] = f->summary;
    field[ARTICLE_LANG] = f->lang;
    field[ARTICLE_DIR] = f->dir;
    field[ARTICLE_DATE] = f->date;
    field[ARTICLE_UPDATED] = f->updated;
    field[ARTICLE_AUTHORS] = f->authors;
    field[ARTICLE_TAGS] = f->tags;
    field[ARTICLE_DRAFT] = f->draft;
    field[ARTICLE_META] = front ? front : value_record(m->arena, (struct span){0});
    field[ARTICLE_KEYS] = m->doc->keys ? m->doc->keys : m->empty_list;
    field[ARTICLE_TITLED] = f->titled;
}

static void set_parts(struct making *m, struct value **field) {
    field[ARTICLE_LEDE] = lede_new(m);
    field[ARTICLE_SECTIONS] = sections_new(m);
    field[ARTICLE_FAQ] = m->faq;
    field[ARTICLE_PROS] = m->pros;
    field[ARTICLE_CONS] = m->cons;
    field[ARTICLE_COMPARISONS] = m->comparisons;
    field[ARTICLE_FACTS] = m->facts;
    field[ARTICLE_RECOMMENDATIONS] = m->recommendations;
    field[ARTICLE_EVIDENCE] = m->evidence;
    field[ARTICLE_CONCLUSION] = m->conclusion;
    field[ARTICLE_DISCLAIMER] = m->disclaimer;
    field[ARTICLE_LINKS] = m->links;
    field[ARTICLE_IMAGES] = m->images;
    field[ARTICLE_UNEVEN_ROWS] = m->uneven_rows;
}

static void set_renderings(struct making *m, struct value **field) {
    enum { WORDS_A_MINUTE = 200 };
    int64_t words = (int64_t)utf8_words(m->text);
    int64_t minutes = (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
    field[ARTICLE_WORDS] = value_integer(m->arena, words);
    field[ARTICLE_READING_MINUTES] = value_integer(m->arena, minutes ? minutes : 1);
    field[ARTICLE_HTML] = string_new(m, m->html, (struct span){0});
    field[ARTICLE_TEXT] = string_new(m, m->text, (struct span){0});
    field[ARTICLE_MARKDOWN] = string_new(m, m->markdown, (struct span){0});
}

/* ---- The passes ---- */

static void recognise(struct making *m) {
    m->faq = m->pros = m->cons = m->comparisons = m->facts = m->recommendations = m->evidence =
        m->links = m->images = m->uneven_rows = m->empty_list;
    m->conclusion = m->disclaimer = m->nil;
    article_faq(m);
    article_pros_and_cons(m);
    article_facts(m);
    article_tables(m); /* knows what it compares from those before */
    article_recommendations(m);
    article_evidence(m);
    article_closing(m);
    article_links(m);
    if (m->doc->given)
        article_given(m);
}

bool article_build(struct value **out, struct arena *a, struct document *doc,
                   const struct reading *how, struct diags *d) {
    struct making m = {.arena = a, .doc = doc, .how = how, .diags = d};
    struct front front;
    struct span top = source_span(doc->source, 0, 0);
    m.words = how->words ? how->words : words_builtin();
    m.nil = value_nil(a);
    m.empty_list = value_list(a, (struct span){0});
    m.empty_string = value_string(a, STR(""), (struct span){0});
    m.ids = names_new(a);
    article_front_title(&m, &front);
    if (!render_body(&m))
        return false;
    article_front_summary(&m, &front);
    article_front(&m, &front);
    article_sections(&m);
    recognise(&m);
    struct value *article = record_new(&m, MODEL_ARTICLE, top);
    set_front(&m, article->items, &front);
    set_parts(&m, article->items);
    set_renderings(&m, article->items);
    *out = article;
    return true;
}

static bool is_paste(struct str path) {
    size_t dot = str_rfind_char(path, '.');
    return dot < path.len && str_eq_nocase(str_from(path, dot), STR(".txt"));
}

bool article_read(struct value **out, struct arena *a, const struct source *s,
                  const struct reading *how, struct diags *d) {
    static const struct reading plain;
    struct document doc = {0};
    if (!how)
        how = &plain;
    bool read = is_paste(s->path) ? paste_read(&doc, a, s, how, d)
                                  : markdown_read(&doc, a, s, how, d);
    return read && article_build(out, a, &doc, how, d);
}

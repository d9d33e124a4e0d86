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

static const struct str KEYS[] = {
    STR_INIT("id"), STR_INIT("path"), STR_INIT("slug"), STR_INIT("url"), STR_INIT("title"),
    STR_INIT("summary"), STR_INIT("lang"), STR_INIT("dir"), STR_INIT("date"), STR_INIT("updated"),
    STR_INIT("authors"), STR_INIT("tags"), STR_INIT("draft"), STR_INIT("meta"), STR_INIT("lede"),
    STR_INIT("sections"), STR_INIT("faq"), STR_INIT("pros"), STR_INIT("cons"),
    STR_INIT("comparisons"), STR_INIT("facts"), STR_INIT("recommendations"), STR_INIT("evidence"),
    STR_INIT("conclusion"), STR_INIT("disclaimer"), STR_INIT("links"), STR_INIT("images"),
    STR_INIT("words"), STR_INIT("reading_minutes"), STR_INIT("html"), STR_INIT("text"),
    STR_INIT("markdown"),
};

/* In the order of KEYS. */
enum {
    ID, PATH, SLUG, URL, TITLE, SUMMARY, LANG, DIR, DATE, UPDATED, AUTHORS, TAGS, DRAFT, META,
    LEDE, SECTIONS, FAQ, PROS, CONS, COMPARISONS, FACTS, RECOMMENDATIONS, EVIDENCE, CONCLUSION,
    DISCLAIMER, LINKS, IMAGES, WORDS, READING_MINUTES, HTML, TEXT, MARKDOWN, FIELD_COUNT
};
_Static_assert(sizeof KEYS / sizeof *KEYS == FIELD_COUNT, "every field has a name");

static void set_front(struct making *m, struct value **field, const struct front *f) {
    struct value *front = m->doc->front;
    field[ID] = f->id;
    field[PATH] = string_new(m, m->doc->source->path, (struct span){0});
    field[SLUG] = f->slug;
    field[URL] = f->url;
    field[TITLE] = f->title;
    field[SUMMARY] = f->summary;
    field[LANG] = f->lang;
    field[DIR] = f->dir;
    field[DATE] = f->date;
    field[UPDATED] = f->updated;
    field[AUTHORS] = f->authors;
    field[TAGS] = f->tags;
    field[DRAFT] = f->draft;
    field[META] = front ? front : value_record(m->arena, (struct span){0});
}

static void set_parts(struct making *m, struct value **field) {
    field[LEDE] = lede_new(m);
    field[SECTIONS] = sections_new(m);
    field[FAQ] = m->faq;
    field[PROS] = m->pros;
    field[CONS] = m->cons;
    field[COMPARISONS] = m->comparisons;
    field[FACTS] = m->facts;
    field[RECOMMENDATIONS] = m->recommendations;
    field[EVIDENCE] = m->evidence;
    field[CONCLUSION] = m->conclusion;
    field[DISCLAIMER] = m->disclaimer;
    field[LINKS] = m->links;
    field[IMAGES] = m->images;
}

static void set_renderings(struct making *m, struct value **field) {
    enum { WORDS_A_MINUTE = 200 };
    int64_t words = (int64_t)utf8_words(m->text);
    int64_t minutes = (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
    field[WORDS] = value_integer(m->arena, words);
    field[READING_MINUTES] = value_integer(m->arena, minutes ? minutes : 1);
    field[HTML] = string_new(m, m->html, (struct span){0});
    field[TEXT] = string_new(m, m->text, (struct span){0});
    field[MARKDOWN] = string_new(m, m->markdown, (struct span){0});
}

/* ---- The passes ---- */

static void recognise(struct making *m) {
    m->faq = m->pros = m->cons = m->comparisons = m->facts = m->recommendations = m->evidence =
        m->links = m->images = m->empty_list;
    m->conclusion = m->disclaimer = m->nil;
    article_faq(m);
    article_pros_and_cons(m);
    article_facts(m);
    article_tables(m); /* knows what it compares from those before */
    article_recommendations(m);
    article_evidence(m);
    article_closing(m);
    article_links(m);
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
    struct value *article = record_new(&m, KEYS, FIELD_COUNT, top);
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

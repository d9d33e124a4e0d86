/* Front matter: the fields that the model knows, checked; what can be used of a wrong one is. */
#include <string.h>

#include "article_parts.h"
#include "moment.h"
#include "utf8.h"

static const struct value *field(const struct making *m, const char *name) {
    const struct value *v = value_get(m->doc->front, str_of(name));
    return v && v->type != VALUE_NIL ? v : NULL;
}

static void warn_type(struct making *m, const struct value *v, const char *name,
                      const char *wanted) {
    diag_warning(m->diags, place_at(m, v->span), "wrong-type", "\"%s\" must be %s, this is a %s",
                 name, wanted, value_type_name(v->type));
}

/* The text of a scalar as it was written ("1984" for a title); empty for lists and records. */
static struct str scalar_text(const struct making *m, const struct value *v) {
    if (v->type == VALUE_STRING)
        return str_trim(v->string);
    if (v->type == VALUE_LIST || v->type == VALUE_RECORD || v->span.line == 0)
        return STR("");
    return str_trim(str_slice(m->doc->source->text, v->span.begin, v->span.end));
}

/* A string field; the empty slice when there is none. */
static struct str read_string(struct making *m, const char *name, struct span *span) {
    const struct value *v = field(m, name);
    *span = (struct span){0};
    if (!v)
        return STR("");
    if (v->type != VALUE_STRING)
        warn_type(m, v, name, "a string");
    *span = v->span;
    return scalar_text(m, v);
}

static struct value *string_or_nil(struct making *m, struct str s, struct span span) {
    return s.len ? value_string(m->arena, s, span) : m->nil;
}

/* ---- Names from the path ---- */

static struct str without_ending(struct str path) {
    size_t dot = str_rfind_char(path, '.'), slash = str_rfind_char(path, '/');
    bool hidden = dot == 0 || (slash < path.len && dot == slash + 1);
    return dot < path.len && !hidden && (slash == path.len || dot > slash)
               ? str_slice(path, 0, dot) : path;
}

static struct str last_component(struct str path) {
    size_t slash = str_rfind_char(path, '/');
    return slash < path.len ? str_from(path, slash + 1) : path;
}

/* The file's own name, or its folder's when it stands for the folder: "tea/index.md" is "tea". */
static struct str name_of(struct str path) {
    struct str stem = without_ending(path), name = last_component(stem);
    bool stands_in = str_eq_nocase(name, STR("index")) || str_eq_nocase(name, STR("readme"));
    if (stands_in && name.len < stem.len)
        return last_component(str_slice(stem, 0, stem.len - name.len - 1));
    return name;
}

static struct str readable(struct arena *a, struct str name) {
    char *title = arena_alloc(a, name.len + 1);
    for (size_t i = 0; i < name.len; i++)
        title[i] = name.at[i] == '-' || name.at[i] == '_' ? ' ' : name.at[i];
    struct str s = str_trim((struct str){title, name.len});
    if (s.len && s.at[0] >= 'a' && s.at[0] <= 'z')
        title[s.at - title] = (char)(s.at[0] - 'a' + 'A');
    return s;
}

/* ---- Title and summary ---- */

static struct str take_first_title(struct making *m, struct span *span) {
    struct block *body = m->doc->body, *before = NULL;
    for (struct block *b = body->first; b; before = b, b = b->next) {
        if (b->kind != BLOCK_HEADING || b->level != 1)
            continue;
        struct str title = str_trim(inl_plain(m->arena, b->inlines));
        if (title.len == 0)
            continue;
        if (before)
            before->next = b->next;
        else
            body->first = b->next;
        if (body->last == b)
            body->last = before;
        *span = b->inlines->span.line ? b->inlines->span : b->span;
        return title;
    }
    return STR("");
}

void article_front_title(struct making *m, struct front *f) {
    struct span span;
    m->title = read_string(m, "title", &span);
    if (m->title.len == 0)
        m->title = take_first_title(m, &span);
    f->titled = value_boolean(m->arena, m->title.len > 0);
    if (m->title.len == 0)
        m->title = readable(m->arena, name_of(m->doc->source->path));
    f->title = string_new(m, m->title, span);
}

void article_front_summary(struct making *m, struct front *f) {
    struct span span;
    struct str summary = read_string(m, "summary", &span);
    for (const struct block *b = m->doc->body->first; b && summary.len == 0; b = b->next)
        if (b->kind == BLOCK_PARAGRAPH && b->inlines) {
            summary = block_line(m, b);
            span = b->span;
        }
    f->summary = string_or_nil(m, summary, span);
}

/* ---- Slug and addresses ---- */

/* Each component of a path made safe; ".." and the like vanish. */
static struct str safe_slug(struct arena *a, struct str path) {
    struct buf out = BUF_INIT;
    struct str part;
    while (str_cut(&path, '/', &part)) {
        struct str safe = utf8_slug(a, part);
        if (safe.len && out.len)
            buf_char(&out, '/');
        buf_put(&out, safe);
    }
    struct str slug = arena_str(a, buf_str(&out));
    buf_free(&out);
    return slug;
}

static struct str read_slug(struct making *m, struct span *span) {
    struct str asked = read_string(m, "slug", span);
    struct str slug = asked.len ? safe_slug(m->arena, asked) : asked;
    if (slug.len && !str_eq(slug, asked)) {
        struct diag *w = diag_warning(m->diags, place_at(m, *span), "slug-changed",
                                      "this slug is no safe path; \"%.*s\" is used instead",
                                      STR_ARG(slug));
        diag_help(m->diags, w, "write lower case letters, digits, hyphens and \"/\"");
    } else if (asked.len && slug.len == 0) {
        diag_warning(m->diags, place_at(m, *span), "slug-changed",
                     "this slug has no letters; the file's name is used instead");
    }
    if (slug.len == 0)
        slug = utf8_slug(m->arena, name_of(m->doc->source->path));
    return slug.len ? slug : STR("untitled");
}

static struct str url_of(struct making *m, struct str slug) {
    static const char digits[] = "0123456789ABCDEF";
    struct str base = value_get_string(m->how->site, STR("url"));
    while (str_ends(base, STR("/")))
        base.len--;
    char *url = arena_alloc(m->arena, base.len + slug.len * 3 + 2);
    size_t len = base.len;
    if (len)
        memcpy(url, base.at, len);
    url[len++] = '/';
    for (size_t i = 0; i < slug.len; i++) {
        unsigned char c = (unsigned char)slug.at[i];
        if (str_is_alpha((char)c) || str_is_digit((char)c) || (c && strchr("-._~/", c))) {
            url[len++] = (char)c;
        } else {
            url[len++] = '%';
            url[len++] = digits[c >> 4];
            url[len++] = digits[c & 15];
        }
    }
    url[len++] = '/';
    return (struct str){url, len};
}

static void read_addresses(struct making *m, struct front *f) {
    struct span span;
    struct str id = read_string(m, "id", &span);
    if (id.len == 0)
        id = without_ending(m->doc->source->path);
    f->id = string_new(m, id, span);
    struct str slug = read_slug(m, &span);
    f->slug = string_new(m, slug, span);
    f->url = string_new(m, url_of(m, slug), span);
}

/* ---- Language and direction ---- */

static bool is_language_tag(struct str s) {
    struct str part;
    bool first = true;
    while (str_cut(&s, '-', &part)) {
        if (part.len < 1 + (size_t)first || part.len > 8)
            return false;
        for (size_t i = 0; i < part.len; i++)
            if (!str_is_alpha(part.at[i]) && (first || !str_is_digit(part.at[i])))
                return false;
        first = false;
    }
    return !first;
}

static bool is_rtl_language(struct str lang) {
    static const struct str languages[] = {
        STR_INIT("ar"), STR_INIT("fa"), STR_INIT("ur"), STR_INIT("he"), STR_INIT("yi"),
        STR_INIT("ps"), STR_INIT("sd"), STR_INIT("ckb"), STR_INIT("ug"), STR_INIT("dv"),
        STR_INIT("iw"), STR_INIT("ji"), STR_INIT("arc"), STR_INIT("syr"), STR_INIT("nqo"),
        STR_INIT("arz"), STR_INIT("pnb"), STR_INIT("azb"), STR_INIT("lrc"), STR_INIT("mzn")};
    struct str primary = str_slice(lang, 0, str_find_char(lang, '-'));
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_eq_nocase(primary, languages[i]))
            return str_find(lang, STR("-Latn")) == lang.len;
    return false;
}

/* Sets whether the front matter itself says the language: then it also says the direction. */
static struct str read_lang(struct making *m, struct span *span, bool *own) {
    struct str lang = read_string(m, "lang", span);
    *own = is_language_tag(lang);
    if (*own)
        return lang;
    if (lang.len) {
        struct diag *w = diag_warning(m->diags, place_at(m, *span), "bad-lang",
                                      "\"%.*s\" is no language tag", STR_ARG(lang));
        diag_help(m->diags, w, "write one like en, pt-BR or zh-Hant");
    }
    *span = (struct span){0};
    lang = str_trim(value_get_string(m->how->site, STR("lang")));
    return is_language_tag(lang) ? lang : STR("en");
}

static void read_language(struct making *m, struct front *f) {
    struct span span;
    bool own;
    struct str lang = read_lang(m, &span, &own);
    f->lang = string_new(m, lang, span);
    struct str dir = read_string(m, "dir", &span);
    if (!str_eq(dir, STR("ltr")) && !str_eq(dir, STR("rtl"))) {
        if (dir.len)
            diag_warning(m->diags, place_at(m, span), "bad-dir",
                         "\"dir\" must be ltr or rtl, not \"%.*s\"", STR_ARG(dir));
        bool rtl = own ? is_rtl_language(lang) : utf8_is_rtl(m->title);
        dir = rtl ? STR("rtl") : STR("ltr");
        span = (struct span){0};
    }
    f->dir = string_new(m, dir, span);
}

/* ---- Dates ---- */

static struct value *read_date(struct making *m, const char *name) {
    const struct value *v = field(m, name);
    struct moment date;
    const char *problem = "a date is written 2025-11-22";
    if (!v)
        return m->nil;
    if (v->type == VALUE_STRING && moment_parse(v->string, &date, &problem))
        return value_string(m->arena, moment_write(m->arena, &date), v->span);
    struct diag *w = diag_warning(m->diags, place_at(m, v->span), "bad-date",
                                  "\"%s\" is no date of the calendar: %s", name, problem);
    diag_help(m->diags, w, "write one like 2024-03-05 or 2024-03-05T10:00:00+01:00");
    return m->nil;
}

/* ---- Lists of names ---- */

static void add_name(struct making *m, struct value *list, struct names *seen, struct str name,
                     struct span span) {
    if (name.len && names_add(m->arena, seen, name))
        value_push(m->arena, list, value_string(m->arena, name, span));
}

static void add_names(struct making *m, struct value *list, const struct value *from,
                      const char *name, bool commas) {
    struct names *seen = names_new(m->arena);
    if (from->type == VALUE_LIST) {
        for (uint32_t i = 0; i < from->count; i++) {
            if (from->items[i]->type != VALUE_STRING)
                warn_type(m, from->items[i], name, "a list of strings");
            add_name(m, list, seen, scalar_text(m, from->items[i]), from->items[i]->span);
        }
        return;
    }
    if (from->type != VALUE_STRING)
        warn_type(m, from, name, "a string or a list");
    struct str rest = scalar_text(m, from), part = rest;
    while (!commas || str_cut(&rest, ',', &part)) {
        add_name(m, list, seen, str_trim(part), from->span);
        if (!commas)
            break;
    }
}

/* Whose types the settings have checked. */
static void add_site_authors(struct making *m, struct value *list, const struct value *author) {
    struct span none = {0};
    if (author && author->type == VALUE_STRING && author->string.len)
        value_push(m->arena, list, value_string(m->arena, author->string, none));
    for (uint32_t i = 0; author && author->type == VALUE_LIST && i < author->count; i++)
        if (author->items[i]->type == VALUE_STRING)
            value_push(m->arena, list, value_string(m->arena, author->items[i]->string, none));
}

static struct value *read_authors(struct making *m) {
    const struct value *from = field(m, "authors");
    const char *name = from ? "authors" : "author";
    if (!from)
        from = field(m, "author");
    struct value *list = value_list(m->arena, from ? from->span : (struct span){0});
    if (from)
        add_names(m, list, from, name, false);
    if (list->count == 0)
        add_site_authors(m, list, value_get(m->how->site, STR("author")));
    return list;
}

static struct value *read_tags(struct making *m) {
    const struct value *from = field(m, "tags");
    if (!from)
        return m->empty_list;
    struct value *list = value_list(m->arena, from->span);
    add_names(m, list, from, "tags", true);
    return list;
}

static struct value *read_draft(struct making *m) {
    const struct value *v = field(m, "draft");
    if (v && v->type != VALUE_BOOLEAN)
        warn_type(m, v, "draft", "true or false");
    struct value *draft = value_boolean(m->arena, v && v->type == VALUE_BOOLEAN && v->boolean);
    if (v)
        draft->span = v->span;
    return draft;
}

void article_front(struct making *m, struct front *f) {
    read_addresses(m, f);
    read_language(m, f);
    f->date = read_date(m, "date");
    f->updated = read_date(m, "updated");
    f->authors = read_authors(m);
    f->tags = read_tags(m);
    f->draft = read_draft(m);
}

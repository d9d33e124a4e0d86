/* The reader of pasted plain text: what a person gets by copying an article out of a web page. */
#include "paste_parts.h"

/* --- the title --- */

static bool is_title(const struct line *l) {
    enum { LONGEST = 200 };
    return l->width <= LONGEST &&
           (l->mark == MARK_NONE || l->mark == MARK_HASH || l->mark == MARK_NUMBER) && !l->has_tab;
}

/* "Title: …", as editors' templates have it. */
static void cut_title_label(struct paste *p, struct line *l) {
    static const struct str labels[] = {
        STR_INIT("title:"),  STR_INIT("meta title:"), STR_INIT("seo title:"), STR_INIT("titel:"),
        STR_INIT("titre :"), STR_INIT("titre:"),      STR_INIT("título:"),    STR_INIT("العنوان:"),
        STR_INIT("عنوان:"),  STR_INIT("标题:"),       STR_INIT("标题："),     STR_INIT("標題："),
    };
    struct str text = paste_line_text(p, l);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_eq_nocase(str_slice(text, 0, labels[i].len), labels[i]) && text.len > labels[i].len)
            paste_narrow(p, l, l->text + (uint32_t)labels[i].len, l->end);
}

/* Whether `whole` is `title` with the name of the site behind it: "Title | Example Health". */
static bool has_site_name(struct str whole, struct str title) {
    static const struct str separators[] = {STR_INIT(" | "), STR_INIT(" - "), STR_INIT(" – "),
                                            STR_INIT(" — "), STR_INIT(" · "), STR_INIT(" :: "),
                                            STR_INIT(" » "), STR_INIT("_"),   STR_INIT("|")};
    if (!str_starts(whole, title))
        return false;
    struct str rest = str_from(whole, title.len);
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (str_starts(rest, separators[i]))
            return true;
    return false;
}

static void take_first_line(struct paste *p, enum fate fate) {
    p->fates[p->lines->number] = (uint8_t)fate;
    if (p->count > 1 && p->lines[1].blanks < p->lines->blanks)
        p->lines[1].blanks = p->lines->blanks;
    p->lines++;
    p->count--;
}

static bool repeats_title(const struct paste *p, const struct line *l, struct str title) {
    return str_eq_nocase(paste_line_text(p, l), title);
}

/* The first line, unless the article does not begin with a title. Where the next lines say it
 * again, the title is the shorter one. */
static void take_title(struct paste *p) {
    if (p->count == 0 || !is_title(p->lines))
        return;
    cut_title_label(p, p->lines);
    if (p->count > 1 && is_title(&p->lines[1])) {
        cut_title_label(p, &p->lines[1]);
        if (has_site_name(paste_line_text(p, p->lines), paste_line_text(p, &p->lines[1])))
            take_first_line(p, FATE_DROPPED);
    }
    struct line l = p->lines[0];
    uint32_t begin = l.mark == MARK_NUMBER ? l.begin : l.text;
    struct inl *title = paste_inl(p, begin, l.end);
    value_set(p->arena, p->doc->front, STR("title"),
              value_string(p->arena, title->text, title->span));
    value_push(p->arena, p->doc->keys, value_string(p->arena, STR("title"), title->span));
    p->lines++;
    p->count--;
    while (p->count && repeats_title(p, p->lines, paste_line_text(p, &l)))
        take_first_line(p, FATE_DROPPED);
}

/* --- the body --- */

static size_t add_rule(struct paste *p, size_t at) {
    const struct line *l = &p->lines[at];
    if (!paste_is_rule(p, l))
        return 0;
    block_append(p->doc->body, block_new(p->arena, BLOCK_RULE, paste_span(p, l->begin, l->end)));
    return 1;
}

/* Asked in this order: what a rule does not take is left to those below it. */
static size_t (*const rules[])(struct paste *p, size_t at) = {
    add_rule,     paste_table,   paste_stacked_table, paste_question,
    paste_answer, paste_heading, paste_joined_table,  paste_marks,
    paste_list,   paste_facts,   paste_plain_list,    paste_text_block,
};

static void add_next(struct paste *p, size_t *at) {
    size_t taken = 0;
    for (size_t i = 0; taken == 0; i++)
        taken = rules[i](p, *at);
    const struct block *last = p->doc->body->last;
    if (last && last->kind != BLOCK_HEADING)
        p->after_question = false;
    *at += taken;
}

/* --- what is reported --- */

static void report(struct paste *p) {
    struct remark **next = &p->doc->remarks;
    for (uint32_t n = 1; n <= p->source->line_count; n++) {
        if (p->fates[n] == FATE_KEPT)
            continue;
        struct str whole = source_line(p->source, n);
        uint32_t begin = (uint32_t)(whole.at - p->source->text.at);
        uint32_t end = begin + (uint32_t)whole.len;
        paste_trim(p, &begin, &end);
        *next = ARENA_NEW(p->arena, struct remark);
        **next = (struct remark){n, paste_slice(p, begin, end), p->fates[n] == FATE_DROPPED, NULL};
        next = &(*next)->next;
    }
}

bool paste_read(struct document *doc, struct arena *a, const struct source *s,
                const struct reading *how, struct diags *d) {
    (void)d; /* any text can be read */
    struct span whole = source_span(s, 0, s->text.len);
    *doc = (struct document){.source = s,
                             .front = value_record(a, (struct span){0}),
                             .keys = value_list(a, (struct span){0}),
                             .body = block_new(a, BLOCK_DOCUMENT, whole)};
    struct paste p = {.arena = a, .source = s, .doc = doc, .section = 1, .typical_blanks = 1};
    p.words = how && how->words ? how->words : words_builtin();
    p.fates = ARENA_ARRAY(a, uint8_t, (size_t)s->line_count + 1);
    paste_split(&p);
    paste_drop_chrome(&p);
    paste_join_lone_marks(&p);
    paste_take_underlines(&p);
    take_title(&p);
    paste_measure_groups(&p);
    paste_find_headings(&p);
    for (size_t at = 0; at < p.count;)
        add_next(&p, &at);
    report(&p);
    return true;
}

#include "yaml.h"

#include <string.h>

/* libyaml's header has the name of ours: core/ may be searched for quoted includes only. */
#include <yaml.h>
#ifndef YAML_DECLARE
#error "<yaml.h> is core/yaml.h: compile with -iquote core instead of -I core"
#endif

#include "utf8.h"
#include "yaml_message.h"
#include "yaml_scalar.h"

enum { MAX_BYTES = 64 * 1024, MAX_DEPTH = 32, MAX_NODES = 10000 };

static const char SMALL_DATA[] = "YAML is read here for a few fields; move the rest to the text";

struct reader {
    yaml_parser_t parser;
    yaml_event_t event; /* the one that is being looked at */
    const struct source *source;
    struct arena *arena;
    struct diags *diags;
    size_t begin, end;    /* of the YAML, in the source */
    size_t index, offset; /* a character by number, as libyaml counts, and its byte in the source */
    size_t content_end;   /* of the last scalar or flow collection */
    unsigned depth, nodes;
};

/* --- places --- */

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* libyaml counts characters. The marks that it gives follow each other closely, so the last one
 * asked for is a good place to walk on from, in either direction. */
static size_t offset_of(struct reader *r, yaml_mark_t mark) {
    struct str text = r->source->text;
    for (; r->index < mark.index && r->offset < r->end; r->index++)
        utf8_next(text, &r->offset);
    for (; r->index > mark.index; r->index--) {
        r->offset--;
        while (is_continuation(text.at[r->offset]))
            r->offset--;
    }
    return r->offset;
}

/* The place of the current event without the white space that libyaml may count to its end. */
static struct span span_of_event(struct reader *r) {
    size_t begin = offset_of(r, r->event.start_mark), end = offset_of(r, r->event.end_mark);
    while (end > begin && str_is_space(r->source->text.at[end - 1]))
        end--;
    return source_span(r->source, begin, end);
}

static struct diag *add_error(struct reader *r, const char *code, const char *text) {
    struct place at = source_place(r->source, offset_of(r, r->event.start_mark));
    return diag_error(r->diags, at, code, "%s", text);
}

static bool refuse(struct reader *r, const char *code, const char *text, const char *help) {
    struct diag *error = add_error(r, code, text);
    diag_help(r->diags, error, "%s", help);
    return false;
}

/* --- events --- */

static bool report_parser_error(struct reader *r) {
    const yaml_parser_t *p = &r->parser;
    struct yaml_trouble trouble = {
        .source = r->source,
        .end = r->end,
        .problem = p->problem ? p->problem : "out of memory",
        .context = p->context ? p->context : "",
        .problem_at = offset_of(r, p->problem_mark),
        .context_at = offset_of(r, p->context_mark),
    };
    if (p->error == YAML_READER_ERROR) /* counted in bytes, and only here */
        trouble.problem_at = r->begin + p->problem_offset;
    yaml_message_add(&trouble, r->diags);
    return false;
}

static bool next_event(struct reader *r) {
    yaml_event_delete(&r->event);
    return yaml_parser_parse(&r->parser, &r->event) || report_parser_error(r);
}

/* --- tags --- */

/* What a core tag (!!int) names; false for any other tag. */
static bool core_type(struct str tag, enum value_type *type) {
    static const struct {
        struct str tag;
        enum value_type type;
    } core[] = {
        {STR_INIT(YAML_STR_TAG), VALUE_STRING},   {STR_INIT(YAML_INT_TAG), VALUE_INTEGER},
        {STR_INIT(YAML_FLOAT_TAG), VALUE_NUMBER}, {STR_INIT(YAML_BOOL_TAG), VALUE_BOOLEAN},
        {STR_INIT(YAML_NULL_TAG), VALUE_NIL},     {STR_INIT(YAML_SEQ_TAG), VALUE_LIST},
        {STR_INIT(YAML_MAP_TAG), VALUE_RECORD},
    };
    for (size_t i = 0; i < sizeof core / sizeof *core; i++) {
        if (str_eq(tag, core[i].tag)) {
            *type = core[i].type;
            return true;
        }
    }
    return false;
}

/* Obeys the tag of a node: `*type` holds what the node is without one. */
static bool apply_tag(struct reader *r, const yaml_char_t *written, enum value_type *type) {
    struct str tag = str_of((const char *)written);
    enum value_type asked = *type;
    if (tag.len == 0 || str_eq(tag, STR("!")))
        return true;
    if (!core_type(tag, &asked))
        return refuse(r, "yaml-tag", "an unknown tag",
                      "put a text that begins with '!' in quotes");
    bool is_scalar = *type != VALUE_LIST && *type != VALUE_RECORD;
    bool fits = asked == *type || (asked == VALUE_STRING && is_scalar) ||
                (asked == VALUE_NUMBER && *type == VALUE_INTEGER);
    if (!fits)
        return refuse(r, "yaml-tag", "the value does not fit its tag",
                      "correct the value or leave the tag out");
    *type = asked;
    return true;
}

/* The type of the scalar that the current event is. */
static bool scalar_type(struct reader *r, enum value_type *type) {
    const yaml_char_t *tag = r->event.data.scalar.tag;
    struct str text = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    bool is_plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    bool has_type = tag ? strcmp((const char *)tag, "!") != 0 : is_plain;
    *type = has_type ? yaml_scalar_type(text) : VALUE_STRING;
    return apply_tag(r, tag, type);
}

/* --- nodes --- */

static bool refuse_anchor(struct reader *r, const yaml_char_t *anchor) {
    return !anchor || refuse(r, "yaml-alias", "anchors are not allowed here",
                             "put a text that begins with '&' in quotes");
}

static bool refuse_alias(struct reader *r) {
    return refuse(r, "yaml-alias", "aliases are not allowed here",
                  "put a text that begins with '*' in quotes");
}

/* A slice of the source where the key reads as it is written, which tells its place for nothing. */
static struct str key_text(struct reader *r) {
    struct str text = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    size_t begin = offset_of(r, r->event.start_mark);
    begin += r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE; // a quote
    struct str written = str_slice(r->source->text, begin, begin + text.len);
    return str_eq(written, text) ? written : arena_str(r->arena, text);
}

static bool read_scalar(struct reader *r, struct value **out) {
    enum value_type type;
    if (!refuse_anchor(r, r->event.data.scalar.anchor) || !scalar_type(r, &type))
        return false;
    struct str text = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    *out = yaml_scalar_value(r->arena, type, text);
    (*out)->span = span_of_event(r);
    r->content_end = (*out)->span.end;
    return true;
}

/* Call at the start event of a list or record, with what it holds besides its type. */
static bool enter(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag,
                  enum value_type type) {
    if (++r->depth > MAX_DEPTH)
        return refuse(r, "yaml-limit", "nested more than 32 levels deep",
                      SMALL_DATA);
    return refuse_anchor(r, anchor) && apply_tag(r, tag, &type);
}

/* Call at the end event. A block collection ends with its last entry; libyaml puts its mark where
 * the next token begins. */
static void leave(struct reader *r, struct value *v) {
    size_t bracket = offset_of(r, r->event.start_mark);
    bool is_flow = r->event.end_mark.index > r->event.start_mark.index;
    if (is_flow)
        r->content_end = bracket + 1;
    v->span.end = (uint32_t)r->content_end;
    r->depth--;
}

static bool read_node(struct reader *r, struct value **out);

static bool read_list(struct reader *r, struct value **out) {
    struct value *list = value_list(r->arena, span_of_event(r));
    if (!enter(r, r->event.data.sequence_start.anchor, r->event.data.sequence_start.tag,
               VALUE_LIST))
        return false;
    for (;;) {
        struct value *item;
        if (!next_event(r))
            return false;
        if (r->event.type == YAML_SEQUENCE_END_EVENT)
            break;
        if (!read_node(r, &item))
            return false;
        value_push(r->arena, list, item);
    }
    leave(r, list);
    *out = list;
    return true;
}

static bool refuse_duplicate(struct reader *r, struct str key, const struct value *first) {
    struct str shown = yaml_message_excerpt(r->diags, key);
    struct str text = arena_printf(r->diags->arena, "a second \"%.*s\"", STR_ARG(shown));
    struct diag *error = add_error(r, "yaml-duplicate-key", text.at);
    diag_relate(r->diags, error, source_place(r->source, first->span.begin),
                "the value of the first one");
    return false;
}

static bool read_key(struct reader *r, const struct value *record, struct str *key) {
    enum value_type type; /* only a tag could be wrong */
    if (r->event.type == YAML_ALIAS_EVENT)
        return refuse_alias(r);
    if (r->event.type != YAML_SCALAR_EVENT)
        return refuse(r, "yaml-key", "a key has to be text, not a list or record",
                      "put a text that begins with '[' or '{' in quotes");
    if (!refuse_anchor(r, r->event.data.scalar.anchor) ||
        (r->event.data.scalar.tag && !scalar_type(r, &type)))
        return false;
    *key = key_text(r);
    const struct value *first = value_get(record, *key);
    return !first || refuse_duplicate(r, *key, first);
}

static bool read_record(struct reader *r, struct value **out) {
    struct value *record = value_record(r->arena, span_of_event(r));
    if (!enter(r, r->event.data.mapping_start.anchor, r->event.data.mapping_start.tag,
               VALUE_RECORD))
        return false;
    for (;;) {
        struct value *item;
        struct str key;
        if (!next_event(r))
            return false;
        if (r->event.type == YAML_MAPPING_END_EVENT)
            break;
        if (!read_key(r, record, &key) || !next_event(r) || !read_node(r, &item))
            return false;
        value_set(r->arena, record, key, item);
    }
    leave(r, record);
    *out = record;
    return true;
}

/* Reads the value that begins at the current event; its last event is then the current one. */
static bool read_node(struct reader *r, struct value **out) {
    if (++r->nodes > MAX_NODES)
        return refuse(r, "yaml-limit", "more than 10,000 values",
                      SMALL_DATA);
    switch (r->event.type) {
    case YAML_ALIAS_EVENT:
        return refuse_alias(r);
    case YAML_SEQUENCE_START_EVENT:
        return read_list(r, out);
    case YAML_MAPPING_START_EVENT:
        return read_record(r, out);
    default:
        return read_scalar(r, out);
    }
}

/* --- the document --- */

static bool is_empty_scalar(const struct reader *r) {
    return r->event.type == YAML_SCALAR_EVENT && r->event.data.scalar.length == 0 &&
           r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static bool read_top(struct reader *r, struct value **out) {
    if (is_empty_scalar(r)) {
        *out = value_record(r->arena, span_of_event(r));
        return true;
    }
    if (r->event.type == YAML_MAPPING_START_EVENT || r->event.type == YAML_ALIAS_EVENT)
        return read_node(r, out);
    bool is_list = r->event.type == YAML_SEQUENCE_START_EVENT;
    return refuse(r, "yaml-top",
                  is_list ? "this has to be 'key: value' lines, not a list"
                          : "this has to be 'key: value' lines, not a text",
                  "write a key, a ':' and a space before the value");
}

static bool read_stream(struct reader *r, struct value **out) {
    if (!next_event(r) || !next_event(r)) /* the stream's start, then the document's */
        return false;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        *out = value_record(r->arena, span_of_event(r));
        return true;
    }
    if (!next_event(r) || !read_top(r, out))
        return false;
    if (!next_event(r) || !next_event(r)) /* the document's end, then the stream's */
        return false;
    return r->event.type == YAML_STREAM_END_EVENT ||
           refuse(r, "yaml-document", "a second document begins here",
                  "leave out the '---' in the middle");
}

bool yaml_read(struct value **out, struct arena *a, const struct source *s, size_t begin,
               size_t end, struct diags *d) {
    if (begin == 0 && str_starts(s->text, STR("\xEF\xBB\xBF")))
        begin = 3;
    struct str text = str_slice(s->text, begin, end);
    if (text.len > MAX_BYTES) {
        struct diag *error = diag_error(d, source_place(s, begin), "yaml-limit",
                                        "%zu bytes of YAML are more than 64 KB", text.len);
        diag_help(d, error, "%s", SMALL_DATA);
        return false;
    }
    struct reader r = {.source = s, .arena = a, .diags = d};
    r.begin = r.offset = r.content_end = begin;
    r.end = begin + text.len;
    if (!yaml_parser_initialize(&r.parser))
        return report_parser_error(&r);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.at, text.len);
    struct value *top;
    bool done = read_stream(&r, &top);
    if (done)
        *out = top;
    yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return done;
}

struct span yaml_key_span(const struct source *s, const struct value *record, uint32_t key) {
    struct span span = source_span_of(s, record->keys[key]);
    if (!span.line)
        return record->items[key]->span;
    char before = span.begin ? s->text.at[span.begin - 1] : '\0';
    bool is_quoted = before == '"' || before == '\'';
    return is_quoted ? source_span(s, span.begin - 1, span.end + 1) : span;
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "yaml.h"

static struct arena a;
static struct diags messages;
static struct source source;

static int clean(void **state) {
    (void)state;
    arena_free(&a);
    messages = (struct diags){.arena = &a};
    return 0;
}

/* Reads the text as the front matter of a file: it begins on line 2. */
static struct value *read_front(struct str yaml) {
    struct str file = arena_join(&a, STR("---\n"), yaml);
    struct value *v = NULL;
    messages = (struct diags){.arena = &a};
    assert_true(source_open(&source, &a, STR("a.md"), STR("a.md"), file, &messages));
    bool done = yaml_read(&v, &a, &source, 4, file.len, &messages);
    assert_int_equal(messages.errors, !done);
    return done ? v : NULL;
}

static struct value *read_value(const char *yaml) {
    struct value *v = read_front(arena_printf(&a, "v: %s\n", yaml));
    return value_get(v, STR("v"));
}

/* --- values --- */

static void front_matter_becomes_a_record_in_order(void **state) {
    (void)state;
    struct value *v = read_front(STR("title: Release\n"
                                     "draft: true\n"
                                     "tags: [pain, therapy]\n"
                                     "faq:\n"
                                     "  - question: Why?\n"
                                     "    answer: |\n"
                                     "      Because.\n"
                                     "      So.\n"));
    assert_non_null(v);
    assert_int_equal(v->count, 4);
    assert_true(str_eq(v->keys[3], STR("faq")));
    assert_true(str_eq(value_get_string(v, STR("title")), STR("Release")));
    assert_true(value_get(v, STR("draft"))->boolean);
    assert_true(str_eq(value_get(v, STR("tags"))->items[1]->string, STR("therapy")));
    struct value *pair = value_get(v, STR("faq"))->items[0];
    assert_true(str_eq(value_get_string(pair, STR("answer")), STR("Because.\nSo.\n")));
}

static void an_empty_text_is_an_empty_record(void **state) {
    (void)state;
    static const char *const texts[] = {"",      "\n\n",  "# only a comment\n",
                                        "---\n", "{}\n", "---\n...\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value *v = read_front(str_of(texts[i]));
        assert_non_null(v);
        assert_int_equal(v->type, VALUE_RECORD);
        assert_int_equal(v->count, 0);
    }
}

static void plain_scalars_follow_the_core_schema(void **state) {
    (void)state;
    static const struct {
        const char *yaml;
        enum value_type type;
    } table[] = {
        {"", VALUE_NIL},          {"~", VALUE_NIL},          {"null", VALUE_NIL},
        {"NULL", VALUE_NIL},      {"nULL", VALUE_STRING},    {"True", VALUE_BOOLEAN},
        {"FALSE", VALUE_BOOLEAN}, {"tRUE", VALUE_STRING},    {"no", VALUE_STRING},
        {"on", VALUE_STRING},     {"y", VALUE_STRING},       {"22:30", VALUE_STRING},
        {"1_000", VALUE_STRING},  {"0", VALUE_INTEGER},      {"-12", VALUE_INTEGER},
        {"+12", VALUE_INTEGER},   {"0o17", VALUE_INTEGER},   {"0x1F", VALUE_INTEGER},
        {"-0x1F", VALUE_STRING},  {"0o8", VALUE_STRING},     {"0x", VALUE_STRING},
        {"0b1", VALUE_STRING},    {"1.5", VALUE_NUMBER},     {"1.", VALUE_NUMBER},
        {".5", VALUE_NUMBER},     {"1e3", VALUE_NUMBER},     {"-1.5E-3", VALUE_NUMBER},
        {"1e", VALUE_STRING},     {".", VALUE_STRING},       {"e3", VALUE_STRING},
        {"1.5.2", VALUE_STRING},  {".inf", VALUE_NUMBER},    {"-.Inf", VALUE_NUMBER},
        {".nan", VALUE_NUMBER},   {"-.nan", VALUE_STRING},   {"inf", VALUE_STRING},
        {"nan", VALUE_STRING},    {"2025-03-14", VALUE_STRING}, {"'1'", VALUE_STRING},
        {"\"true\"", VALUE_STRING}, {"''", VALUE_STRING},    {"|\n  1", VALUE_STRING},
        {"1 2", VALUE_STRING},    {"0x1p3", VALUE_STRING},   {"infinity", VALUE_STRING},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct value *v = read_value(table[i].yaml);
        assert_non_null(v);
        if (v->type != table[i].type)
            fail_msg("%s: a %s", table[i].yaml, value_type_name(v->type));
    }
}

static void assert_number(const char *yaml, double expected) {
    struct value *v = read_value(yaml);
    assert_int_equal(v->type, VALUE_NUMBER);
    assert_false(v->number < expected || v->number > expected);
}

static void numbers_have_their_exact_value(void **state) {
    (void)state;
    assert_int_equal(read_value("0o17")->integer, 15);
    assert_int_equal(read_value("0xfF")->integer, 255);
    assert_int_equal(read_value("-9223372036854775808")->integer, INT64_MIN);
    assert_int_equal(read_value("9223372036854775807")->integer, INT64_MAX);
    assert_int_equal(read_value("007")->integer, 7);
    assert_number("9223372036854775808", 9223372036854775808.0);
    assert_number("-9223372036854775809", -9223372036854775808.0);
    assert_number("0x10000000000000000", 18446744073709551616.0);
    assert_number("1.5e3", 1500);
    assert_number("-.5", -0.5);
    assert_number("-.inf", -INFINITY);
    assert_true(isnan(read_value(".NaN")->number));
}

static void core_tags_are_obeyed(void **state) {
    (void)state;
    assert_int_equal(read_value("!!str 12")->type, VALUE_STRING);
    assert_int_equal(read_value("! 12")->type, VALUE_STRING);
    assert_int_equal(read_value("!!int \"12\"")->integer, 12);
    assert_number("!!float 1", 1);
    assert_int_equal(read_value("!!null ''")->type, VALUE_NIL);
    assert_int_equal(read_value("!!seq [a]")->type, VALUE_LIST);
    assert_int_equal(read_value("!!map {a: b}")->type, VALUE_RECORD);
}

/* --- places --- */

static void assert_slice(const struct value *v, const char *expected) {
    struct str slice = str_slice(source.text, v->span.begin, v->span.end);
    if (!str_eq(slice, str_of(expected)))
        fail_msg("expected <%s>, got <%.*s>", expected, STR_ARG(slice));
}

static void spans_cover_the_value_in_the_file(void **state) {
    (void)state;
    struct value *v = read_front(STR("ü: \"ä\"   # é\n"
                                     "plain: two  words  \n"
                                     "list:\n  - é\n  - b\n\n# c\n"
                                     "flow: [ä, b ]\n"
                                     "block: |\n  ä\n\n\n"
                                     "last: -1\n"));
    assert_non_null(v);
    assert_slice(v->items[0], "\"ä\"");
    assert_slice(v->items[1], "two  words");
    assert_slice(v->items[2], "- é\n  - b");
    assert_slice(v->items[2]->items[0], "é");
    assert_slice(v->items[3], "[ä, b ]");
    assert_slice(v->items[3]->items[1], "b");
    assert_slice(v->items[4], "|\n  ä");
    assert_slice(v->items[5], "-1");
    assert_int_equal(v->items[0]->span.line, 2);
    assert_int_equal(v->items[0]->span.col, 4);
    assert_int_equal(v->items[3]->items[1]->span.col, 11);
    assert_int_equal(v->items[5]->span.line, 14);
    assert_int_equal(v->span.begin, 4);
}

static void windows_line_ends_and_a_byte_order_mark_do_not_move_places(void **state) {
    (void)state;
    struct value *v;
    struct str text = STR("\xEF\xBB\xBF" "a: ä\r\nb: x\r\n");
    assert_true(source_open(&source, &a, STR("site.yaml"), STR("site.yaml"), text, &messages));
    assert_true(yaml_read(&v, &a, &source, 0, text.len, &messages));
    assert_slice(v->items[0], "ä");
    assert_slice(v->items[1], "x");
    assert_int_equal(v->items[0]->span.col, 4);
    assert_int_equal(v->items[1]->span.line, 2);
}

/* --- what is refused --- */

static void assert_refused(struct str yaml, uint32_t line, uint32_t col, const char *code,
                           const char *text) {
    assert_null(read_front(yaml));
    const struct diag *e = messages.first;
    if (e->at.line != line || e->at.col != col || !str_eq(e->code, str_of(code)) ||
        !strstr(e->text.at, text))
        fail_msg("<%.*s> gave %u:%u: %s [%s]", STR_ARG(yaml), e->at.line, e->at.col, e->text.at,
                 e->code.at);
}

static void mistakes_are_explained_at_their_place(void **state) {
    (void)state;
    static const struct {
        struct str yaml;
        uint32_t line, col;
        const char *text;
    } table[] = {
        {STR_INIT("title: Foo: bar\n"), 2, 11, "a ':' and a space inside of a value"},
        {STR_INIT("ü: é\nb: é: ü\n"), 3, 5, "a ':' and a space inside of a value"},
        {STR_INIT("title: x\n  author: y\n"), 3, 3, "indented under a key that has a value"},
        {STR_INIT("a: b\ntitle:foo\nx: y\n"), 3, 1, "no 'key: value' pair"},
        {STR_INIT("a:\n\tb: c\n"), 3, 1, "a tab indents"},
        {STR_INIT("a:\n  \tb: c\n"), 3, 3, "a tab indents"},
        {STR_INIT("title: x\n\tauthor: y\n"), 3, 1, "a tab indents"},
        {STR_INIT("a: b\ntitle: \"foo\nb: c\n"), 3, 8, "quote is not closed"},
        {STR_INIT("title: 'it's'\n"), 2, 12, "after the closing quote"},
        {STR_INIT("tags: [a, b\n"), 2, 7, "bracket is not closed"},
        {STR_INIT("tags: [a, b\ntitle: x\n"), 2, 7, "bracket is not closed"},
        {STR_INIT("tags: {a: b\nc: d\n"), 2, 7, "bracket is not closed"},
        {STR_INIT("tags: [\"a\" \"b\"]\n"), 2, 12, "a ',' or the closing bracket"},
        {STR_INIT("tags: [a]]\n"), 2, 10, "closes nothing"},
        {STR_INIT("title: @me\n"), 2, 8, "cannot begin with '@'"},
        {STR_INIT("title: *em* x\n"), 2, 8, "cannot begin with '*'"},
        {STR_INIT("title: , x\n"), 2, 8, "cannot begin with ','"},
        {STR_INIT("title: |x\n b\n"), 2, 8, "the '|'"},
        {STR_INIT("title: - x\n"), 2, 8, "on the line of its key"},
        {STR_INIT("title: \"\\q\"\n"), 2, 9, "no such escape"},
        {STR_INIT(": x\n"), 2, 1, "a key is missing"},
        {STR_INIT("a: b\nlonely\n"), 3, 1, "no 'key: value' pair"},
        {STR_INIT(" a: b\nc: d\n"), 3, 1, "after the end of the record"},
        {STR_INIT("é: \x07\n"), 2, 4, "control character"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_refused(table[i].yaml, table[i].line, table[i].col, "yaml-syntax", table[i].text);
}

static void a_colon_in_a_value_is_answered_with_the_corrected_line(void **state) {
    (void)state;
    assert_null(read_front(STR("title: Foo: bar\n")));
    assert_string_equal(messages.first->help.at, "put the value in quotes: title: \"Foo: bar\"");
}

static void a_duplicate_key_is_refused_with_both_places(void **state) {
    (void)state;
    assert_refused(STR("title: x\na:\n  ä: 1\n  b: 2\n  \"ä\": 3\n"), 6, 3,
                   "yaml-duplicate-key", "a second \"ä\"");
    assert_int_equal(messages.first->related->at.line, 4);
}

static void a_hostile_key_is_shown_short_and_harmless(void **state) {
    (void)state;
    char key[200];
    memset(key, 'k', sizeof key);
    struct str k = {key, sizeof key};
    struct str twice = arena_printf(&a, "\"\\e%.*s\": 1\n\"\\e%.*s\": 2\n", STR_ARG(k), STR_ARG(k));
    assert_refused(twice, 3, 1, "yaml-duplicate-key", "\"\\x1bkkk");
    assert_true(messages.first->text.len < 100);
}

static void what_front_matter_does_not_need_is_refused(void **state) {
    (void)state;
    assert_refused(STR("a: &x b\n"), 2, 4, "yaml-alias", "anchors");
    assert_refused(STR("a: &x [b]\n"), 2, 4, "yaml-alias", "anchors");
    assert_refused(STR("&x a: b\n"), 2, 1, "yaml-alias", "anchors");
    assert_refused(STR("a: *x\n"), 2, 4, "yaml-alias", "aliases");
    assert_refused(STR("*x : a\n"), 2, 1, "yaml-alias", "aliases");
    assert_refused(STR("[a]: b\n"), 2, 1, "yaml-key", "a key has to be text");
    assert_refused(STR("t: {{ x }}\n"), 2, 5, "yaml-key", "a key has to be text");
    assert_refused(STR("a: !x b\n"), 2, 4, "yaml-tag", "unknown tag");
    assert_refused(STR("!x a: b\n"), 2, 1, "yaml-tag", "unknown tag");
    assert_refused(STR("a: !!int b\n"), 2, 4, "yaml-tag", "does not fit");
    assert_refused(STR("a: !!map [b]\n"), 2, 4, "yaml-tag", "does not fit");
    assert_refused(STR("a: b\n---\nc: d\n"), 3, 1, "yaml-document", "second document");
    assert_refused(STR("- a\n"), 2, 1, "yaml-top", "not a list");
    assert_refused(STR("just text\n"), 2, 1, "yaml-top", "not a text");
}

static struct str repeat(const char *front, const char *part, size_t count) {
    struct buf b = BUF_INIT;
    buf_put(&b, str_of(front));
    while (count--)
        buf_put(&b, str_of(part));
    struct str text = arena_str(&a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void nesting_ends_at_32_levels(void **state) {
    (void)state;
    struct str open = repeat("a: ", "[", 31), close = repeat("", "]", 31);
    assert_non_null(read_front(arena_join(&a, open, close)));
    open = repeat("a: ", "[", 32);
    close = repeat("", "]", 32);
    assert_refused(arena_join(&a, open, close), 2, 35, "yaml-limit", "32 levels");
    assert_refused(repeat("a:\n ", "- ", 40), 3, 64, "yaml-limit", "32 levels");
}

static void values_end_at_10000(void **state) {
    (void)state;
    assert_non_null(read_front(repeat("a:\n", "- x\n", 9998)));
    assert_refused(repeat("a:\n", "- x\n", 9999), 10001, 3, "yaml-limit", "10,000");
}

static void bytes_end_at_64_kilobytes(void **state) {
    (void)state;
    assert_non_null(read_front(repeat("a: ", "x", 65536 - 3)));
    assert_refused(repeat("a: ", "x", 65536 - 2), 2, 1, "yaml-limit", "64 KB");
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* libyaml alone takes seconds for the first ones. */
static void hostile_texts_end_soon(void **state) {
    (void)state;
    static const char *const parts[] = {"[", "{", "[\n", "{a: ", "- ", "? ", ": ", "[],", "!",
                                        "%a\n", "'", "\"", "\n", "#", "&a ", "a: \n ", "a: [",
                                        "- - \n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        double begin = seconds();
        read_front(repeat("", parts[i], 60000 / strlen(parts[i])));
        read_front(repeat("a: ", parts[i], 60000 / strlen(parts[i])));
        if (seconds() - begin > 1)
            fail_msg("%s takes %.3f s", parts[i], seconds() - begin);
    }
}

/* --- writing --- */

static bool same(const struct value *x, const struct value *y) {
    if (x->type != y->type)
        return false;
    switch (x->type) {
    case VALUE_NIL:
        return true;
    case VALUE_BOOLEAN:
        return x->boolean == y->boolean;
    case VALUE_INTEGER:
        return x->integer == y->integer;
    case VALUE_NUMBER:
        return memcmp(&x->number, &y->number, sizeof x->number) == 0;
    case VALUE_STRING:
        return str_eq(x->string, y->string);
    default:
        break;
    }
    if (x->count != y->count)
        return false;
    for (uint32_t i = 0; i < x->count; i++)
        if ((x->keys && !str_eq(x->keys[i], y->keys[i])) || !same(x->items[i], y->items[i]))
            return false;
    return true;
}

static void assert_round_trip(const struct value *v) {
    struct buf out = BUF_INIT;
    yaml_write(&out, v);
    struct str yaml = arena_str(&a, buf_str(&out));
    buf_free(&out);
    assert_true(str_ends(yaml, STR("\n")));
    struct value *again = read_front(yaml);
    if (!again)
        fail_msg("%s:\n%s", messages.first->text.at, yaml.at);
    if (!same(v, again))
        fail_msg("not the same:\n%s", yaml.at);
}

static const struct str nasty[] = {
    STR_INIT(""), STR_INIT(" "), STR_INIT("no"), STR_INIT("on"), STR_INIT("null"),
    STR_INIT("~"), STR_INIT("true"), STR_INIT("False"), STR_INIT("1"), STR_INIT("-1"),
    STR_INIT("0x1F"), STR_INIT("1.5"), STR_INIT("1e3"), STR_INIT(".inf"), STR_INIT("1_000"),
    STR_INIT("22:30"), STR_INIT("2025-03-14"), STR_INIT("- x"), STR_INIT("-"), STR_INIT("-x"),
    STR_INIT("---"), STR_INIT("--- x"), STR_INIT("..."), STR_INIT("... x"), STR_INIT("# c"),
    STR_INIT("a # c"), STR_INIT("a#c"), STR_INIT("a: b"), STR_INIT("a:"), STR_INIT(":a"),
    STR_INIT("a:b"), STR_INIT("? x"), STR_INIT("?"), STR_INIT(" lead"), STR_INIT("trail "),
    STR_INIT("two  spaces"), STR_INIT("tab\there"), STR_INIT("line\nbreak"), STR_INIT("end\n"),
    STR_INIT("\n"), STR_INIT("cr\rlf\r\n"), STR_INIT("it's"), STR_INIT("'quoted'"),
    STR_INIT("say \"hi\""), STR_INIT("\"quoted\""), STR_INIT("back\\slash"), STR_INIT("[a]"),
    STR_INIT("{a: b}"), STR_INIT("a, b"), STR_INIT("]"), STR_INIT("}"), STR_INIT(","),
    STR_INIT("*em*"), STR_INIT("&a"), STR_INIT("!tag"), STR_INIT("|"), STR_INIT(">"),
    STR_INIT("%x"), STR_INIT("%YAML 1.1"), STR_INIT("@x"), STR_INIT("`x`"), STR_INIT("<<"),
    STR_INIT("="), STR_INIT("\0"), STR_INIT("\x01\x1b\x7F"), STR_INIT("\xC2\x85\xC2\xA0"),
    STR_INIT("\xE2\x80\xA8\xE2\x80\xA9"), STR_INIT("\xEF\xBB\xBF"), STR_INIT("\xEF\xBF\xBE"),
    STR_INIT("\xF0\x9F\x98\x80"), STR_INIT("سوال: جواب"), STR_INIT("中文"), STR_INIT("é"),
    STR_INIT("Foo: bar # baz"), STR_INIT("x:\ty"), STR_INIT("a:\xC2\xA0" "b"),
};
enum { NASTY = sizeof nasty / sizeof *nasty };

static void every_string_is_written_so_that_it_reads_back(void **state) {
    (void)state;
    struct value *all = value_record(&a, (struct span){0});
    struct value *list = value_list(&a, (struct span){0});
    for (size_t i = 0; i < NASTY; i++) {
        struct value *one = value_record(&a, (struct span){0});
        struct value *text = value_string(&a, nasty[i], (struct span){0});
        value_set(&a, one, nasty[i], text);
        assert_round_trip(one);
        value_set(&a, all, nasty[i], one);
        value_push(&a, list, text);
    }
    value_set(&a, all, STR("list"), list);
    assert_round_trip(all);
}

static void every_code_point_reads_back(void **state) {
    (void)state;
    static const uint32_t begins[] = {0, 0x300, 0x2000, 0x3000, 0xD700, 0xFE00, 0xFFF0, 0x1F600};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        struct value *v = value_record(&a, (struct span){0});
        for (uint32_t c = begins[i]; c < begins[i] + 0x100; c++) {
            struct buf b = BUF_INIT;
            buf_code_point(&b, c);
            struct str text = arena_str(&a, buf_str(&b));
            struct str inside = arena_printf(&a, "x%.*sx", STR_ARG(text));
            buf_free(&b);
            if (c >= 0xD800 && c <= 0xDFFF)
                continue;
            value_set(&a, v, text, value_string(&a, text, (struct span){0}));
            value_set(&a, v, inside, value_string(&a, inside, (struct span){0}));
        }
        assert_round_trip(v);
    }
}

static void numbers_read_back_as_the_same_number(void **state) {
    (void)state;
    static const double numbers[] = {0, -0.0, 1, 0.1, 1.0 / 3, 1e15, 1e16, 1e20, 1e300, 5e-324,
                                     1.7976931348623157e308, INFINITY, -INFINITY};
    struct value *v = value_record(&a, (struct span){0}), *list = value_list(&a, v->span);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        value_push(&a, list, value_number(&a, numbers[i]));
    value_push(&a, list, value_integer(&a, INT64_MIN));
    value_push(&a, list, value_integer(&a, INT64_MAX));
    value_push(&a, list, value_boolean(&a, false));
    value_push(&a, list, value_nil(&a));
    value_set(&a, v, STR("list"), list);
    assert_round_trip(v);
    v = value_record(&a, v->span);
    value_set(&a, v, STR("n"), value_number(&a, NAN));
    struct buf out = BUF_INIT;
    yaml_write(&out, v);
    assert_true(str_eq(buf_str(&out), STR("n: .nan\n")));
    buf_free(&out);
}

static void nested_values_read_back_and_look_well(void **state) {
    (void)state;
    struct str yaml = STR("title: Release\n"
                          "empty: []\n"
                          "none: {}\n"
                          "faq:\n"
                          "  - question: Why?\n"
                          "    tags:\n"
                          "      - a\n"
                          "      - - b\n"
                          "        - {}\n"
                          "  - - - x\n"
                          "  - null\n"
                          "author:\n"
                          "  name: Ann\n");
    struct value *v = read_front(yaml);
    assert_non_null(v);
    struct buf out = BUF_INIT;
    yaml_write(&out, v);
    assert_string_equal(arena_str(&a, buf_str(&out)).at, yaml.at);
    buf_free(&out);
    assert_round_trip(v);
    assert_round_trip(value_record(&a, (struct span){0}));
}

static void long_keys_read_back(void **state) {
    (void)state;
    static const size_t lengths[] = {249, 250, 251, 1024, 1025, 5000};
    static const char fills[] = {'k', '\x01', '"', ' '};
    for (size_t i = 0; i < 24; i++) {
        size_t len = lengths[i / 4];
        char *key = arena_alloc(&a, len);
        memset(key, fills[i % 4], len);
        struct value *inner = value_record(&a, (struct span){0});
        value_set(&a, inner, (struct str){key, len}, value_integer(&a, 1));
        struct value *list = value_list(&a, (struct span){0});
        value_push(&a, list, inner);
        struct value *v = value_record(&a, (struct span){0});
        value_set(&a, v, (struct str){key, len}, list);
        assert_round_trip(v);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clean, clean)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(front_matter_becomes_a_record_in_order),
        TEST(an_empty_text_is_an_empty_record),
        TEST(plain_scalars_follow_the_core_schema),
        TEST(numbers_have_their_exact_value),
        TEST(core_tags_are_obeyed),
        TEST(spans_cover_the_value_in_the_file),
        TEST(windows_line_ends_and_a_byte_order_mark_do_not_move_places),
        TEST(mistakes_are_explained_at_their_place),
        TEST(a_colon_in_a_value_is_answered_with_the_corrected_line),
        TEST(a_duplicate_key_is_refused_with_both_places),
        TEST(a_hostile_key_is_shown_short_and_harmless),
        TEST(what_front_matter_does_not_need_is_refused),
        TEST(nesting_ends_at_32_levels),
        TEST(values_end_at_10000),
        TEST(bytes_end_at_64_kilobytes),
        TEST(hostile_texts_end_soon),
        TEST(every_string_is_written_so_that_it_reads_back),
        TEST(every_code_point_reads_back),
        TEST(numbers_read_back_as_the_same_number),
        TEST(nested_values_read_back_and_look_well),
        TEST(long_keys_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

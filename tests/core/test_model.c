/* The model's table against what readers make of every article there is among the tests. */
#include "article_reading.h"

#include <glob.h>

#include "model.h"

/* What was met of each field of each record. */
static struct {
    bool record;
    bool filled[64], missing[64]; /* lists count as filled once they hold something */
} seen[MODEL_RECORDS];

/* NULL: there is none of this name. */
static const struct model_record *find_record(struct str name) {
    for (size_t i = 0; i < model_count; i++)
        if (str_eq(model[i].name, name))
            return &model[i];
    return NULL;
}

/* A type of the table, taken apart: "Pair[]?" is a list that may be missing, of "Pair". */
struct model_type {
    struct str of;
    unsigned lists; /* 2: a list of lists */
    bool optional;
};

static struct model_type take_apart(struct str written) {
    struct model_type t = {.of = written};
    if (str_ends(t.of, STR("?"))) {
        t.optional = true;
        t.of.len--;
    }
    for (; str_ends(t.of, STR("[]")); t.of.len -= 2)
        t.lists++;
    return t;
}

static struct str file_bytes(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s cannot be opened: tests run in the source folder", path);
    char *bytes = arena_alloc(&arena, 1 << 20);
    size_t len = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    return (struct str){bytes, len};
}

static bool is_name(struct str type) {
    return type.len && type.at[0] >= 'A' && type.at[0] <= 'Z';
}

static bool is_one_of(struct str literals, struct str text) {
    struct str rest = literals, one;
    while (str_cut(&rest, '|', &one))
        if (str_eq(str_slice(one, 1, one.len - 1), text))
            return true;
    return false;
}

static bool is_scalar(const struct value *v, struct str type) {
    if (type.at[0] == '"')
        return v->type == VALUE_STRING && is_one_of(type, v->string);
    if (str_starts(type, STR("table<")))
        return v->type == VALUE_RECORD;
    return str_eq(type, str_of(value_type_name(v->type)));
}

/* The record that a union stands for, by its `type`. */
static const struct model_record *choose(const struct model_record *r, const struct value *v) {
    struct str rest = r->types, name, type = value_get_string(v, STR("type"));
    while (r->types.len && str_cut(&rest, '|', &name)) {
        const struct model_record *one = find_record(name);
        if (is_one_of(one->fields[0].type, type))
            return one;
    }
    return r;
}

static void check_record(const struct model_record *r, const struct value *v, struct str path);

static void check_value(struct model_type type, const struct value *v, struct str path) {
    if (type.lists) {
        type.lists--;
        if (v->type != VALUE_LIST)
            fail_msg("%s is no list", path.at);
        for (uint32_t i = 0; i < v->count; i++)
            check_value(type, v->items[i], arena_printf(&arena, "%s[%u]", path.at, i + 1));
    } else if (is_name(type.of)) {
        check_record(choose(find_record(type.of), v), v, path);
    } else if (!is_scalar(v, type.of)) {
        fail_msg("%s is a %s, not %.*s", path.at, value_type_name(v->type), STR_ARG(type.of));
    }
}

static void check_field(const struct model_record *r, uint32_t i, const struct value *v,
                        struct str path) {
    struct model_type type = take_apart(r->fields[i].type);
    if (v->type == VALUE_NIL) {
        seen[r - model].missing[i] = true;
        if (!type.optional)
            fail_msg("%s is missing, but the table says that it never is", path.at);
        return;
    }
    seen[r - model].filled[i] |= !type.lists || v->count > 0;
    type.optional = false;
    check_value(type, v, path);
}

static void check_record(const struct model_record *r, const struct value *v, struct str path) {
    if (v->type != VALUE_RECORD || v->count != r->count)
        fail_msg("%s is no %.*s", path.at, STR_ARG(r->name));
    seen[r - model].record = true;
    for (uint32_t i = 0; i < v->count; i++) {
        struct str at = arena_printf(&arena, "%s.%.*s", path.at, STR_ARG(v->keys[i]));
        if (!str_eq(v->keys[i], r->keys[i]))
            fail_msg("%s stands where the table has %.*s", at.at, STR_ARG(r->keys[i]));
        check_field(r, i, v->items[i], at);
    }
}

static void check_article(const char *path, struct str text) {
    const struct value *v = try_article(path, text);
    if (v)
        check_record(&model[MODEL_ARTICLE], v, str_of(path));
    arena_reset(&arena);
    diags = (struct diags){.arena = &arena};
}

/* What the articles among the tests do not hold. */
static const char rare[] = "---\ndate: 2025-01-01\nupdated: 2025-01-02\n---\n"
                           "# Rare\n\n- ✔ quick\n- ✔ good\n\n- [x] done\n- [ ] not yet\n\n"
                           "> ## Quoted\n>\n> text\n\n``` lua numbered\nx\n```\n\n---\n\n"
                           "<div>raw</div>\n\n"
                           "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n| 1 |\n\n"
                           "## Evidence\n\nA study in the Journal of Tea found nothing.\n";

static void every_article_is_what_the_table_says(void **state) {
    (void)state;
    static const char *const patterns[] = {"content/*.md",      "content/*/*.md",
                                           "content/*/*.txt",   "tests/paste/*.txt",
                                           "tests/golden/*/content/*.md",
                                           "tests/golden/*/content/*.txt",
                                           "tests/golden/*/content/*/*.md"};
    unsigned count = 0;
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        glob_t found;
        if (glob(patterns[p], 0, NULL, &found) != 0)
            continue;
        for (size_t i = 0; i < found.gl_pathc; i++, count++)
            check_article(found.gl_pathv[i], file_bytes(found.gl_pathv[i]));
        globfree(&found);
    }
    assert_true(count > 30);
    check_article("rare.md", str_of(rare));
    check_article("empty.md", STR(""));
}

/* Runs after the test above, which fills `seen`. */
static void every_field_of_the_table_is_filled_by_some_article(void **state) {
    (void)state;
    for (size_t r = 0; r < MODEL_QUERY; r++) {
        if (!seen[r].record)
            fail_msg("no article has a %.*s", STR_ARG(model[r].name));
        for (uint32_t i = 0; i < model[r].count; i++) {
            bool optional = take_apart(model[r].fields[i].type).optional;
            if (!seen[r].filled[i])
                fail_msg("%.*s.%.*s is never filled", STR_ARG(model[r].name),
                         STR_ARG(model[r].keys[i]));
            if (optional && !seen[r].missing[i])
                fail_msg("%.*s.%.*s is never missing", STR_ARG(model[r].name),
                         STR_ARG(model[r].keys[i]));
        }
    }
}

static void expect_known(struct str types) {
    struct str rest = types, one;
    while (str_cut(&rest, '|', &one)) {
        bool known = one.at[0] == '"' || str_eq(one, STR("string")) ||
                     str_eq(one, STR("integer")) || str_eq(one, STR("boolean")) ||
                     str_eq(one, STR("table<string, any>")) || find_record(one);
        if (!known)
            fail_msg("the table knows no type %.*s", STR_ARG(one));
    }
}

static void every_type_of_the_table_is_known_and_every_name_is_one(void **state) {
    (void)state;
    for (size_t r = 0; r < model_count; r++) {
        assert_ptr_equal(find_record(model[r].name), &model[r]);
        assert_true(str_ends(model[r].about, STR(".")));
        if (model[r].types.len)
            expect_known(model[r].types);
        for (uint32_t i = 0; i < model[r].count; i++) {
            const struct model_field *f = &model[r].fields[i];
            assert_true(str_eq(f->name, model[r].keys[i]));
            assert_true(str_ends(f->about, STR(".")));
            expect_known(take_apart(f->type).of);
            for (uint32_t k = 0; k < i; k++)
                assert_false(str_eq(f->name, model[r].keys[k]));
        }
    }
}

static void a_type_is_taken_apart(void **state) {
    (void)state;
    struct model_type t = take_apart(STR("Passage[][]?"));
    assert_true(str_eq(t.of, STR("Passage")));
    assert_int_equal(t.lists, 2);
    assert_true(t.optional);
    t = take_apart(STR("string"));
    assert_true(str_eq(t.of, STR("string")) && t.lists == 0 && !t.optional);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_article_is_what_the_table_says),
        TEST(every_field_of_the_table_is_filled_by_some_article),
        TEST(every_type_of_the_table_is_known_and_every_name_is_one),
        TEST(a_type_is_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

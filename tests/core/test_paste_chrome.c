#include "paste_reading.h"

#include <stdio.h>

#define BODY                                                                                       \
    "The wood behind the mill is old, and nobody has cut a tree in it since the war was over."
#define LAST "That is all that can be said about it, and it is more than most people ever ask for."

/* Fails unless the line goes above the article and below it, and stays out of its middle unless
 * `anywhere`. */
static void assert_furniture(const char *line, bool anywhere) {
    char text[2000];
    snprintf(text, sizeof text, "T\n%s\n\n" BODY "\n\n%s\n\n" LAST "\n\n%s\n", line, line, line);
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct document doc;
    assert_true(paste_open(&doc, &a, str_of(text), &d));
    unsigned dropped = 0, at[4] = {0};
    for (const struct remark *r = doc.remarks; r; r = r->next)
        if (r->dropped && dropped < 3)
            at[dropped++] = r->line;
    if (dropped != (anywhere ? 3 : 2))
        print_error("\"%s\" was dropped %u times\n", line, dropped);
    assert_int_equal(dropped, anywhere ? 3 : 2);
    assert_int_equal(at[0], 2);
    assert_int_equal(at[dropped - 1], 10);
    assert_int_equal(first_lost_line(&a, &doc), 0);
    arena_free(&a);
}

static void counters_and_share_bars_go_wherever_they_stand(void **state) {
    (void)state;
    static const char *const lines[] = {
        "5 Comments · 1.2k views",
        "تبصرے · 21 مناظر",
        "12 shares",
        "Share Tweet Pin",
        "Facebook Twitter WhatsApp",
        "Advertisement",
        "ANZEIGE",
        "Publicité",
        "Partager sur Facebook",
        "Publicidad",
        "إعلان",
        "اشتہار",
        "广告",
        "分享到微信",
        "3 min read",
        "312 مشاهدة",
        "Read more »",
        "Weiterlesen",
        "Leave a comment",
        "Skip to content",
        "Photo by Ines Alder",
        "Lire aussi : Un autre article",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_furniture(lines[i], true);
}

static void bylines_dates_and_menus_go_at_the_edges_only(void **state) {
    (void)state;
    static const char *const lines[] = {
        "By Jane Doe · March 3, 2024",
        "By Jane Doe, MD",
        "Von Anna Schmidt",
        "Par Claire Morel, le 3 mars 2024",
        "Por Lucía Ferrer",
        "بقلم سارة منصور",
        "تحریر: حنا قریشی",
        "作者：林悦",
        "Medically reviewed by Dr. Jonas Weber",
        "Published on May 9, 2023",
        "Zuletzt aktualisiert am 12. März 2024",
        "2024年2月18日",
        "12/03/2024",
        "Home > Garden > Soil",
        "Startseite / Ratgeber / Rücken",
        "الرئيسية › صحة",
        "Home About Contact",
        "Tags: soil, rain",
        "© 2024 Example",
        "We use cookies to see what is read here.",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_furniture(lines[i], false);
}

static void a_sentence_about_sharing_stays(void **state) {
    (void)state;
    assert_read("T\n\nShare this bread with a friend.\n\nComments are read by nobody.\n\n"
                "Follow the brook.\n\nPublished studies say little.\n\nBy now it is late.\n",
                "   1 title: T\n"
                "   3 paragraph: Share this bread with a friend.\n"
                "   5 paragraph: Comments are read by nobody.\n"
                "   7 paragraph: Follow the brook.\n"
                "   9 paragraph: Published studies say little.\n"
                "  11 paragraph: By now it is late.\n");
}

static void a_heading_that_could_stand_in_a_menu_stays(void **state) {
    (void)state;
    assert_read("T\n\nTools\n\nA knife.\n\nHelp\n\nNone.\n", "   1 title: T\n"
                                                             "   3 heading 2: Tools\n"
                                                             "   5 paragraph: A knife.\n"
                                                             "   7 heading 2: Help\n"
                                                             "   9 paragraph: None.\n");
}

static void a_fact_that_looks_like_a_label_stays_among_facts(void **state) {
    (void)state;
    assert_read("T\n\nHeight: 30 m\nCategory: tree\nLeaves: late\n", "   1 title: T\n"
                                                                     "   3 list:\n"
                                                                     "   3   item: Height: 30 m\n"
                                                                     "   4   item: Category: tree\n"
                                                                     "   5   item: Leaves: late\n");
}

static void an_answer_made_of_such_words_stays(void **state) {
    (void)state;
    assert_read("T\n\n" BODY "\n\nHow long?\nAbout 2 to 3 weeks\n",
                "   1 title: T\n"
                "   3 paragraph: " BODY "\n"
                "   5 heading 2: How long?\n"
                "   6 paragraph: About 2 to 3 weeks\n");
}

static void a_table_of_contents_goes_with_its_entries(void **state) {
    (void)state;
    assert_read("T\n\n" BODY
                "\n\nTable of Contents\n1. Oak\n2. Ash\n\nOak\n\nHard.\n\nAsh\n\nSoft.\n",
                "   1 title: T\n"
                "   3 paragraph: " BODY "\n"
                "   9 heading 2: Oak\n"
                "  11 paragraph: Hard.\n"
                "  13 heading 2: Ash\n"
                "  15 paragraph: Soft.\n"
                "   5 dropped: Table of Contents\n"
                "   6 dropped: 1. Oak\n"
                "   7 dropped: 2. Ash\n");
}

static void titles_of_other_articles_go_to_the_end_of_the_page(void **state) {
    (void)state;
    assert_read("T\n\n" BODY
                "\n\nYou may also like\nTen trees\nA mill\n\nDisclaimer\n\nNo advice.\n",
                "   1 title: T\n"
                "   3 paragraph: " BODY "\n"
                "   9 heading 2: Disclaimer\n"
                "  11 paragraph: No advice.\n"
                "   5 dropped: You may also like\n"
                "   6 dropped: Ten trees\n"
                "   7 dropped: A mill\n");
}

static void comments_of_readers_go_however_long_they_are(void **state) {
    (void)state;
    assert_read("T\n\n" BODY "\n\n2 Comments\nOlaf\n" LAST "\nReply\n", "   1 title: T\n"
                                                                        "   3 paragraph: " BODY "\n"
                                                                        "   5 dropped: 2 Comments\n"
                                                                        "   6 dropped: Olaf\n"
                                                                        "   7 dropped: " LAST "\n"
                                                                        "   8 dropped: Reply\n");
}

static void the_author_goes_with_the_date_below_the_name(void **state) {
    (void)state;
    assert_read("T\nJane Doe\n·\nMay 3, 2024\n\nKey Facts\n\n" BODY "\n",
                "   1 title: T\n"
                "   6 heading 2: Key Facts\n"
                "   8 paragraph: " BODY "\n"
                "   2 dropped: Jane Doe\n"
                "   3 dropped: ·\n"
                "   4 dropped: May 3, 2024\n");
}

static void a_page_of_nothing_but_furniture_keeps_its_first_line(void **state) {
    (void)state;
    assert_read("Share\nTweet\n", "   1 title: Share\n   2 dropped: Tweet\n");
}

static void what_furniture_parted_stays_apart(void **state) {
    (void)state;
    assert_read("T\n\n" BODY " And so on\nAdvertisement\nit went, " LAST "\n",
                "   1 title: T\n"
                "   3 paragraph: " BODY " And so on\n"
                "   5 paragraph: it went, " LAST "\n"
                "   4 dropped: Advertisement\n");
}

static void the_words_of_a_site_count_at_the_edges(void **state) {
    (void)state;
    struct arena a = ARENA_INIT;
    struct diags d = {.arena = &a};
    struct source source;
    struct document doc;
    struct reading how = {0};
    struct value *own = value_record(&a, (struct span){0});
    struct value *words = value_list(&a, (struct span){0});
    value_push(&a, words, value_string(&a, STR("give us a star"), (struct span){0}));
    value_set(&a, own, STR("chrome"), words);
    assert_true(words_extend(&a, own, (struct place){0}, &d, &how.words));
    assert_true(
        source_open(&source, &a, STR("p"), STR("p"), STR("T\nGive us a star!\n\n" BODY "\n"), &d));
    assert_true(paste_read(&doc, &a, &source, &how, &d));
    assert_non_null(doc.remarks);
    assert_true(doc.remarks->dropped && doc.remarks->line == 2);
    arena_free(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counters_and_share_bars_go_wherever_they_stand),
        cmocka_unit_test(bylines_dates_and_menus_go_at_the_edges_only),
        cmocka_unit_test(a_sentence_about_sharing_stays),
        cmocka_unit_test(a_heading_that_could_stand_in_a_menu_stays),
        cmocka_unit_test(a_fact_that_looks_like_a_label_stays_among_facts),
        cmocka_unit_test(an_answer_made_of_such_words_stays),
        cmocka_unit_test(a_table_of_contents_goes_with_its_entries),
        cmocka_unit_test(titles_of_other_articles_go_to_the_end_of_the_page),
        cmocka_unit_test(comments_of_readers_go_however_long_they_are),
        cmocka_unit_test(the_author_goes_with_the_date_below_the_name),
        cmocka_unit_test(a_page_of_nothing_but_furniture_keeps_its_first_line),
        cmocka_unit_test(what_furniture_parted_stays_apart),
        cmocka_unit_test(the_words_of_a_site_count_at_the_edges),
    };
    return cmocka_run_group_tests_name("paste chrome", tests, NULL, NULL);
}

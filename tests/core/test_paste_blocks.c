#include "paste_reading.h"

#include <stdio.h>

/* --- the title --- */

static void the_first_line_is_the_title_and_not_in_the_body(void **state) {
    (void)state;
    assert_read("Warm Feet\n\nSocks help.\n", "   1 title: Warm Feet\n"
                                              "   3 paragraph: Socks help.\n");
}

static void a_label_before_the_title_is_cut_off(void **state) {
    (void)state;
    assert_read("Title: Warm Feet\n\nSocks help.\n", "   1 title: Warm Feet\n"
                                                     "   3 paragraph: Socks help.\n");
}

static void a_title_that_comes_twice_is_reported_once(void **state) {
    (void)state;
    assert_read("Warm Feet\n\nWARM FEET\n\nSocks help.\n", "   1 title: Warm Feet\n"
                                                           "   5 paragraph: Socks help.\n"
                                                           "   3 dropped: WARM FEET\n");
}

static void the_name_of_the_site_goes_when_the_title_follows_without_it(void **state) {
    (void)state;
    assert_read("Warm Feet | Sock Weekly\nWarm Feet\n\nSocks help.\n",
                "   2 title: Warm Feet\n"
                "   4 paragraph: Socks help.\n"
                "   1 dropped: Warm Feet | Sock Weekly\n");
    assert_read("Warm Feet | Sock Weekly\n\nSocks help.\n", "   1 title: Warm Feet | Sock Weekly\n"
                                                            "   3 paragraph: Socks help.\n");
}

static void a_paste_of_nothing_has_neither_title_nor_body(void **state) {
    (void)state;
    assert_read("", "");
    assert_read(" \n\t\n\xEF\xBB\xBF\n\xC2\xA0\n", "");
}

/* --- headings --- */

static void more_empty_lines_above_make_a_greater_part(void **state) {
    (void)state;
    assert_read("T\n\nOpening text.\n\n\nFirst\n\nText.\n\nInner\n\nText.\n\n\nSecond\n\nText.\n",
                "   1 title: T\n"
                "   3 paragraph: Opening text.\n"
                "   6 heading 2: First\n"
                "   8 paragraph: Text.\n"
                "  10 heading 3: Inner\n"
                "  12 paragraph: Text.\n"
                "  15 heading 2: Second\n"
                "  17 paragraph: Text.\n");
}

static void where_all_lines_are_far_apart_no_heading_is_greater(void **state) {
    (void)state;
    assert_read("T\n\n\nText one.\n\n\nHead\n\n\nText two.\n\n\nOther\n\n\nText three.\n",
                "   1 title: T\n"
                "   4 paragraph: Text one.\n"
                "   7 heading 2: Head\n"
                "  10 paragraph: Text two.\n"
                "  13 heading 2: Other\n"
                "  16 paragraph: Text three.\n");
}

static void a_heading_ends_with_no_stop_but_may_ask_or_call(void **state) {
    (void)state;
    assert_read(
        "T\n\nHow long?\n\nA week.\n\nWell done!\n\nGo on.\n\nA short one.\n\nBye now,\n\nMe.\n",
        "   1 title: T\n"
        "   3 heading 2: How long?\n"
        "   5 paragraph: A week.\n"
        "   7 heading 2: Well done!\n"
        "   9 paragraph: Go on.\n"
        "  11 paragraph: A short one.\n"
        "  13 paragraph: Bye now,\n"
        "  15 paragraph: Me.\n"
        "  13 odd: Bye now,\n");
}

static void numbers_in_front_say_how_deep_a_heading_is(void **state) {
    (void)state;
    assert_read(
        "T\n\n1. Tools\n\nA knife.\n\n1.1 Care\n\nKeep it dry.\n\n2. Wood\n\nLime is soft.\n",
        "   1 title: T\n"
        "   3 heading 2: 1. Tools\n"
        "   5 paragraph: A knife.\n"
        "   7 heading 3: 1.1 Care\n"
        "   9 paragraph: Keep it dry.\n"
        "  11 heading 2: 2. Wood\n"
        "  13 paragraph: Lime is soft.\n");
}

static void capitals_outrank_small_letters(void **state) {
    (void)state;
    assert_read("T\n\nSPRING\n\nText.\n\nSowing\n\nText.\n\nAUTUMN\n\nText.\n",
                "   1 title: T\n"
                "   3 heading 2: SPRING\n"
                "   5 paragraph: Text.\n"
                "   7 heading 3: Sowing\n"
                "   9 paragraph: Text.\n"
                "  11 heading 2: AUTUMN\n"
                "  13 paragraph: Text.\n");
}

static void headings_in_markdown_keep_their_level(void **state) {
    (void)state;
    assert_read("# T\n\nText.\n\nHead\n----\n\nText.\n\n#### Deep ####\n\nText.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: Head\n"
                "   8 paragraph: Text.\n"
                "  10 heading 4: Deep\n"
                "  12 paragraph: Text.\n");
}

static void a_link_for_editing_makes_a_heading_and_goes(void **state) {
    (void)state;
    assert_read("T\n\nText.\nHistory[edit]\nOld.\n", "   1 title: T\n"
                                                     "   3 paragraph: Text.\n"
                                                     "   4 heading 2: History\n"
                                                     "   5 paragraph: Old.\n");
}

static void many_short_lines_in_a_row_are_no_headings(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nOne\n\nTwo\n\nThree\n\nFour\n\nMore text.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: One\n"
                "   7 paragraph: Two\n"
                "   9 paragraph: Three\n"
                "  11 heading 2: Four\n"
                "  13 paragraph: More text.\n"
                "   7 odd: Two\n"
                "   9 odd: Three\n");
}

static void pros_that_come_twice_belong_to_the_heading_before(void **state) {
    (void)state;
    assert_read("T\n\nTea\n\nPros\n\n• hot\n\nCons\n\n• bitter\n\nMilk\n\nPros\n\n• mild\n",
                "   1 title: T\n"
                "   3 heading 2: Tea\n"
                "   5 heading 3: Pros\n"
                "   7 list:\n"
                "   7   item: hot\n"
                "   9 heading 3: Cons\n"
                "  11 list:\n"
                "  11   item: bitter\n"
                "  13 heading 2: Milk\n"
                "  15 heading 3: Pros\n"
                "  17 list:\n"
                "  17   item: mild\n");
}

/* --- paragraphs --- */

static void wrapped_lines_are_one_paragraph_and_long_lines_are_many(void **state) {
    (void)state;
    assert_read("T\n\nThe mill stands where the brook leaves the wood, and its wheel has not\n"
                "turned since the flood took the upper weir with all its beams.\n",
                "   1 title: T\n"
                "   3 paragraph: The mill stands where the brook leaves the wood, and its wheel "
                "has not turned since the flood took the upper weir with all its beams.\n");
    assert_read(
        "T\n\nThe mill stands where the brook leaves the wood, and its wheel has not turned "
        "since the flood took the upper weir with all its beams and half of the road.\n"
        "Nobody has mended it, and by now nobody living has seen it turn.\n",
        "   1 title: T\n"
        "   3 paragraph: The mill stands where the brook leaves the wood, and its wheel has "
        "not turned since the flood took the upper weir with all its beams and half of the "
        "road.\n"
        "   4 paragraph: Nobody has mended it, and by now nobody living has seen it turn.\n");
}

static void a_word_cut_at_the_end_of_a_line_is_whole_again(void **state) {
    (void)state;
    assert_read("T\n\nThe brook comes down from the hills and it has been mea-\n"
                "sured every spring by a man from the town for the well-\n"
                "known almanac that lies in the hall. That well-known book is blue.\n",
                "   1 title: T\n"
                "   3 paragraph: The brook comes down from the hills and it has been measured "
                "every spring by a man from the town for the well-known almanac that lies in the "
                "hall. That well-known book is blue.\n");
}

static void han_lines_are_joined_without_a_space(void **state) {
    (void)state;
    assert_read("标题\n\n河边的老磨坊已经停了很多年，没有人记得它最后一次转动是\n"
                "什么时候，只有水还在流。\n",
                "   1 title: 标题\n"
                "   3 paragraph: 河边的老磨坊已经停了很多年，没有人记得它最后一次转动是"
                "什么时候，只有水还在流。\n");
}

static void spaces_that_nobody_meant_are_plain_ones(void **state) {
    (void)state;
    assert_read("T\n\nA\xC2\xA0thin\xC2\xA0 band of tis\xC2\xADsue\xE2\x80\x8B, that is\tall.\r\n",
                "   1 title: T\n"
                "   3 paragraph: A thin band of tissue, that is all.\n");
    assert_read("T\n\nC'est \xC2\xAB\xC2\xA0"
                "dit\xC2\xA0\xC2\xBB\xC2\xA0!\n",
                "   1 title: T\n"
                "   3 paragraph: C'est «\xC2\xA0"
                "dit\xC2\xA0»\xC2\xA0!\n");
}

static void what_no_rule_understands_is_kept_and_reported(void **state) {
    (void)state;
    assert_read("T\n\nFigure 2\n\nText.\n\n12,5\n\n→\n\nText.\n", "   1 title: T\n"
                                                                  "   3 paragraph: Figure 2\n"
                                                                  "   5 paragraph: Text.\n"
                                                                  "   7 paragraph: 12,5\n"
                                                                  "   9 paragraph: →\n"
                                                                  "  11 paragraph: Text.\n"
                                                                  "   3 odd: Figure 2\n"
                                                                  "   7 odd: 12,5\n"
                                                                  "   9 odd: →\n");
}

/* --- lists --- */

static void any_bullet_opens_an_item(void **state) {
    (void)state;
    static const char *const bullets[] = {"•", "–", "-", "*", "·", "▪",  "‣",
                                          "◦", "●", "○", "■", "→", "o\t"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        char text[80];
        snprintf(text, sizeof text, "T\n\nWe sell:\n\n%s tea\n\n  %s milk\n", bullets[i],
                 bullets[i]);
        if (bullets[i][0] == 'o')
            snprintf(text, sizeof text, "T\n\nWe sell:\n\no\ttea\n\no\tmilk\n");
        const char *nested = "   1 title: T\n   3 paragraph: We sell:\n   5 list:\n"
                             "   5   item: tea\n   7     list:\n   7       item: milk\n";
        const char *flat = "   1 title: T\n   3 paragraph: We sell:\n   5 list:\n"
                           "   5   item: tea\n   7   item: milk\n";
        assert_read(text, bullets[i][0] == 'o' ? flat : nested);
    }
}

static void empty_lines_do_not_part_a_list(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n  • a\n\n  • b that goes on\n    below\n\n  • c\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 list:\n"
                "   5   item: a\n"
                "   7   item: b that goes on below\n"
                "  10   item: c\n");
}

static void another_bullet_or_a_deeper_one_is_an_inner_list(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n• a\n◦ a1\n◦ a2\n• b\n  • b1\n• c\n", "   1 title: T\n"
                                                                     "   3 paragraph: Text.\n"
                                                                     "   5 list:\n"
                                                                     "   5   item: a\n"
                                                                     "   6     list:\n"
                                                                     "   6       item: a1\n"
                                                                     "   7       item: a2\n"
                                                                     "   8   item: b\n"
                                                                     "   9     list:\n"
                                                                     "   9       item: b1\n"
                                                                     "  10   item: c\n");
}

static void numbers_of_any_style_count(void **state) {
    (void)state;
    static const char *const styles[][2] = {
        {"3. ", "4. "}, {"3) ", "4) "},   {"(3) ", "(4) "}, {"c) ", "d) "},
        {"٣. ", "٤. "}, {"三、", "四、"}, {"3、", "4、"},   {"（3）", "（4）"},
    };
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        char text[80];
        snprintf(text, sizeof text, "T\n\nText.\n\n%stea\n%smilk\n", styles[i][0], styles[i][1]);
        assert_read(text, "   1 title: T\n   3 paragraph: Text.\n   5 numbers from 3:\n"
                          "   5   item: tea\n   6   item: milk\n");
    }
}

static void a_decimal_fraction_is_no_number_of_an_item(void **state) {
    (void)state;
    assert_read("T\n\n2.5 litres are enough for a day.\n", "   1 title: T\n"
                                                           "   3 paragraph: 2.5 litres are enough "
                                                           "for a day.\n");
}

static void a_mark_on_a_line_of_its_own_belongs_to_the_text_below(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n•\ntea\n\n•\n\nmilk\n\n✔\ngood\n", "   1 title: T\n"
                                                                  "   3 paragraph: Text.\n"
                                                                  "   6 list:\n"
                                                                  "   6   item: tea\n"
                                                                  "  10   item: milk\n"
                                                                  "  13 list:\n"
                                                                  "  13   item: ✔ good\n");
}

static void checks_and_crosses_are_lists_of_their_own_and_keep_their_marks(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n✔️ warm\n✓\xC2\xA0"
                "dry\n✗ dear\n✅ red\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 list:\n"
                "   5   item: ✔ warm\n"
                "   6   item: ✓ dry\n"
                "   7 list:\n"
                "   7   item: ✗ dear\n"
                "   8 list:\n"
                "   8   item: ✅ red\n");
}

static void beside_a_plus_a_dash_is_a_minus(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n+ warm\n- dear\n", "   1 title: T\n"
                                                  "   3 paragraph: Text.\n"
                                                  "   5 list:\n"
                                                  "   5   item: + warm\n"
                                                  "   6 list:\n"
                                                  "   6   item: − dear\n");
}

static void names_with_values_are_a_list(void **state) {
    (void)state;
    assert_read("T\n\nName: Ash\nHeight: 30 m\n\nLeaves: late\n\nThe rest: nobody counted it.\n",
                "   1 title: T\n"
                "   3 list:\n"
                "   3   item: Name: Ash\n"
                "   4   item: Height: 30 m\n"
                "   6   item: Leaves: late\n"
                "   8   item: The rest: nobody counted it.\n");
    assert_read("T\n\nOne thing: it rained.\n", "   1 title: T\n"
                                                "   3 paragraph: One thing: it rained.\n");
}

static void short_lines_below_a_colon_are_a_list_that_lost_its_bullets(void **state) {
    (void)state;
    assert_read("T\n\nYou need:\nA pot\nTwo spoons\n\nCook it.\n", "   1 title: T\n"
                                                                   "   3 paragraph: You need:\n"
                                                                   "   4 list:\n"
                                                                   "   4   item: A pot\n"
                                                                   "   5   item: Two spoons\n"
                                                                   "   7 paragraph: Cook it.\n");
}

static void each_recommendation_stands_alone(void **state) {
    (void)state;
    assert_read("T\n\nFor a cold room, → wool.\nFor a wet walk, → rubber.\n",
                "   1 title: T\n"
                "   3 paragraph: For a cold room, → wool.\n"
                "   4 paragraph: For a wet walk, → rubber.\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_is_the_title_and_not_in_the_body),
        cmocka_unit_test(a_label_before_the_title_is_cut_off),
        cmocka_unit_test(a_title_that_comes_twice_is_reported_once),
        cmocka_unit_test(the_name_of_the_site_goes_when_the_title_follows_without_it),
        cmocka_unit_test(a_paste_of_nothing_has_neither_title_nor_body),
        cmocka_unit_test(more_empty_lines_above_make_a_greater_part),
        cmocka_unit_test(where_all_lines_are_far_apart_no_heading_is_greater),
        cmocka_unit_test(a_heading_ends_with_no_stop_but_may_ask_or_call),
        cmocka_unit_test(numbers_in_front_say_how_deep_a_heading_is),
        cmocka_unit_test(capitals_outrank_small_letters),
        cmocka_unit_test(headings_in_markdown_keep_their_level),
        cmocka_unit_test(a_link_for_editing_makes_a_heading_and_goes),
        cmocka_unit_test(many_short_lines_in_a_row_are_no_headings),
        cmocka_unit_test(pros_that_come_twice_belong_to_the_heading_before),
        cmocka_unit_test(wrapped_lines_are_one_paragraph_and_long_lines_are_many),
        cmocka_unit_test(a_word_cut_at_the_end_of_a_line_is_whole_again),
        cmocka_unit_test(han_lines_are_joined_without_a_space),
        cmocka_unit_test(spaces_that_nobody_meant_are_plain_ones),
        cmocka_unit_test(what_no_rule_understands_is_kept_and_reported),
        cmocka_unit_test(any_bullet_opens_an_item),
        cmocka_unit_test(empty_lines_do_not_part_a_list),
        cmocka_unit_test(another_bullet_or_a_deeper_one_is_an_inner_list),
        cmocka_unit_test(numbers_of_any_style_count),
        cmocka_unit_test(a_decimal_fraction_is_no_number_of_an_item),
        cmocka_unit_test(a_mark_on_a_line_of_its_own_belongs_to_the_text_below),
        cmocka_unit_test(checks_and_crosses_are_lists_of_their_own_and_keep_their_marks),
        cmocka_unit_test(beside_a_plus_a_dash_is_a_minus),
        cmocka_unit_test(names_with_values_are_a_list),
        cmocka_unit_test(short_lines_below_a_colon_are_a_list_that_lost_its_bullets),
        cmocka_unit_test(each_recommendation_stands_alone),
    };
    return cmocka_run_group_tests_name("paste blocks", tests, NULL, NULL);
}

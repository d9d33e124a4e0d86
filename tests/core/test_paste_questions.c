#include "paste_reading.h"

#include <stdio.h>

static void numbered_questions_become_headings_below_the_section(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nFAQs (in brief)\n\n1. Is it warm?\nYes.\n\n2. Is it wool?\nNo.\n"
                "It is felt.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: FAQs (in brief)\n"
                "   7 heading 3: Is it warm?\n"
                "   8 paragraph: Yes.\n"
                "  10 heading 3: Is it wool?\n"
                "  11 paragraph: No.\n"
                "  12 paragraph: It is felt.\n");
}

static void a_numbered_line_with_an_answer_asks_without_a_question_mark(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nFAQ\n\n1. Washing\nBy hand, cold.\n\n2. Drying\nIn the shade.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: FAQ\n"
                "   7 heading 3: Washing\n"
                "   8 paragraph: By hand, cold.\n"
                "  10 heading 3: Drying\n"
                "  11 paragraph: In the shade.\n");
}

static void labels_of_questions_and_answers_are_cut_off_in_any_language(void **state) {
    (void)state;
    static const char *const labels[][2] = {
        {"Q: ", "A: "},           {"Q1. ", "A1. "},     {"Question 1: ", "Answer: "},
        {"Frage: ", "Antwort: "}, {"P: ", "R: "},       {"Question : ", "Réponse : "},
        {"س: ", "ج: "},           {"سوال: ", "جواب: "}, {"问：", "答："},
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        char text[120];
        snprintf(text, sizeof text, "T\n\nText.\n\n%sWhy?\n%sSo.\n", labels[i][0], labels[i][1]);
        assert_read(text, "   1 title: T\n   3 paragraph: Text.\n"
                          "   5 heading 2: Why?\n   6 paragraph: So.\n");
    }
}

static void a_question_and_its_answer_may_share_a_line(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nQ: Is it warm? A: Yes.\n\nFAQ\n\nIs it wool? No, it is felt.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: Is it warm?\n"
                "   5 paragraph: Yes.\n"
                "   7 heading 2: FAQ\n"
                "   9 heading 3: Is it wool?\n"
                "   9 paragraph: No, it is felt.\n");
}

static void a_label_may_stand_above_its_question(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nQuestion 1:\nIs it warm?\nAnswer:\nYes.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: Is it warm?\n"
                "   8 paragraph: Yes.\n"
                "   7 dropped: Answer:\n");
}

static void questions_without_numbers_need_no_empty_lines(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nCommon questions\nIs it warm?\nYes, very.\nIs it wool?\nNo.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: Common questions\n"
                "   6 heading 3: Is it warm?\n"
                "   7 paragraph: Yes, very.\n"
                "   8 heading 3: Is it wool?\n"
                "   9 paragraph: No.\n");
}

static void an_accordion_is_made_of_questions(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n▸ Is it warm?\nYes.\n+ Is it wool?\nNo.\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: Is it warm?\n"
                "   6 paragraph: Yes.\n"
                "   7 heading 2: Is it wool?\n"
                "   8 paragraph: No.\n");
}

static void an_answer_may_be_short_or_ask_back_or_hold_a_list(void **state) {
    (void)state;
    assert_read(
        "T\n\nText.\n\nFAQ\n\nIs it warm?\n\nYes\n\nWhat is in it?\n\nWho knows. Do you?\n\n"
        "• wool\n• felt\n\nIs it red?\n\nNo\n",
        "   1 title: T\n"
        "   3 paragraph: Text.\n"
        "   5 heading 2: FAQ\n"
        "   7 heading 3: Is it warm?\n"
        "   9 paragraph: Yes\n"
        "  11 heading 3: What is in it?\n"
        "  13 paragraph: Who knows. Do you?\n"
        "  15 list:\n"
        "  15   item: wool\n"
        "  16   item: felt\n"
        "  18 heading 3: Is it red?\n"
        "  20 paragraph: No\n");
}

static void a_list_of_questions_that_nobody_answers_stays_a_list(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n1. Is it warm?\n2. Is it wool?\n", "   1 title: T\n"
                                                                  "   3 paragraph: Text.\n"
                                                                  "   5 numbers from 1:\n"
                                                                  "   5   item: Is it warm?\n"
                                                                  "   6   item: Is it wool?\n");
}

static void a_greater_gap_ends_the_questions(void **state) {
    (void)state;
    assert_read(
        "T\n\nText.\n\n\nFAQ\n\nIs it warm?\n\nYes.\n\n\nWhich one is best?\n\nThe red one.\n",
        "   1 title: T\n"
        "   3 paragraph: Text.\n"
        "   6 heading 2: FAQ\n"
        "   8 heading 3: Is it warm?\n"
        "  10 paragraph: Yes.\n"
        "  13 heading 2: Which one is best?\n"
        "  15 paragraph: The red one.\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbered_questions_become_headings_below_the_section),
        cmocka_unit_test(a_numbered_line_with_an_answer_asks_without_a_question_mark),
        cmocka_unit_test(labels_of_questions_and_answers_are_cut_off_in_any_language),
        cmocka_unit_test(a_question_and_its_answer_may_share_a_line),
        cmocka_unit_test(a_label_may_stand_above_its_question),
        cmocka_unit_test(questions_without_numbers_need_no_empty_lines),
        cmocka_unit_test(an_accordion_is_made_of_questions),
        cmocka_unit_test(an_answer_may_be_short_or_ask_back_or_hold_a_list),
        cmocka_unit_test(a_list_of_questions_that_nobody_answers_stays_a_list),
        cmocka_unit_test(a_greater_gap_ends_the_questions),
    };
    return cmocka_run_group_tests_name("paste questions", tests, NULL, NULL);
}

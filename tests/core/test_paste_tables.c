#include "paste_reading.h"

#include <stdio.h>

static void tabs_part_cells_and_short_rows_are_filled_up(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\n\tWool\tFelt\nWarm\tyes\tyes\nDry\tno\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row:  | Wool | Felt\n"
                "   6   row: Warm | yes | yes\n"
                "   7   row: Dry | no |\n");
}

static void pipes_part_cells_with_or_without_a_border(void **state) {
    (void)state;
    assert_read(
        "T\n\nText.\n\n| Kind | Wool |\n|:--|--:|\n| Warm | yes |\n\nKind | Felt\nDry | no\n",
        "   1 title: T\n"
        "   3 paragraph: Text.\n"
        "   5 table:\n"
        "   5   row: Kind | Wool\n"
        "   7   row: Warm | yes\n"
        "   9 table:\n"
        "   9   row: Kind | Felt\n"
        "  10   row: Dry | no\n");
}

static void columns_of_spaces_must_line_up(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nKind    Wool   Price\nSock    yes       12\nGlove           9\n"
                "Scarf   no\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row: Kind | Wool | Price\n"
                "   6   row: Sock | yes | 12\n"
                "   7   row: Glove |  | 9\n"
                "   8   row: Scarf | no |\n");
    assert_read("T\n\nIt rained.  We stayed at home and read the whole long day.\n"
                "Nobody called.  The post came late and it was not for us at all.\n"
                "We slept.  Then the sun came out again and we went down to it.\n",
                "   1 title: T\n"
                "   3 paragraph: It rained. We stayed at home and read the whole long day. Nobody "
                "called. The post came late and it was not for us at all. We slept. Then the sun "
                "came out again and we went down to it.\n");
}

static void cells_that_ran_together_part_where_a_capital_follows(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nFactorWarm SocksCold Boots (XL)\nPriceLow (new)High\n"
                "Lasts2 years10 years\nCost$5$90\nVitamin DYesNo\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row: Factor | Warm Socks | Cold Boots (XL)\n"
                "   6   row: Price | Low (new) | High\n"
                "   7   row: Lasts | 2 years | 10 years\n"
                "   8   row: Cost | $5 | $90\n"
                "   9   row: Vitamin D | Yes | No\n");
}

static void capitals_inside_a_word_are_no_boundary(void **state) {
    (void)state;
    assert_read("T\n\nWe met RoseHill in the valley, and BlueFen too, and asked both of them.\n\n"
                "FeatureiPhoneRoseHill\nMakerMcDonald BrosBlueFen\nLanguageJavaScriptPHP\n"
                "VaccinemRNANone\n",
                "   1 title: T\n"
                "   3 paragraph: We met RoseHill in the valley, and BlueFen too, and asked both of "
                "them.\n"
                "   5 table:\n"
                "   5   row: Feature | iPhone | RoseHill\n"
                "   6   row: Maker | McDonald Bros | BlueFen\n"
                "   7   row: Language | JavaScript | PHP\n"
                "   8   row: Vaccine | mRNA | None\n");
}

static void a_header_may_lack_its_corner(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nWool SocksFelt BootsSilk Hats\nPriceLow (new)HighMiddle\n"
                "WarmthGoodBestNone\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row:  | Wool Socks | Felt Boots | Silk Hats\n"
                "   6   row: Price | Low (new) | High | Middle\n"
                "   7   row: Warmth | Good | Best | None\n");
}

static void a_row_that_cannot_be_told_stays_text_and_is_reported(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nFactorWool SocksFelt Boots\nPriceLow (new)High\n"
                "MadeIn GhentBy HandSlowly\nWarmthGoodBest\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row: Factor | Wool Socks | Felt Boots\n"
                "   6   row: Price | Low (new) | High\n"
                "   8   row: Warmth | Good | Best\n"
                "   7 paragraph: MadeIn GhentBy HandSlowly\n"
                "   7 odd: MadeIn GhentBy HandSlowly\n");
}

static void two_columns_need_a_word_for_the_first(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nFeatureDetails\nPriceLow\nWarmthGood\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row: Feature | Details\n"
                "   6   row: Price | Low\n"
                "   7   row: Warmth | Good\n");
    assert_read("T\n\nText.\n\nRoseHill socks\nBlueFen boots\nOldMill hats\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 paragraph: RoseHill socks\n"
                "   6 paragraph: BlueFen boots\n"
                "   7 paragraph: OldMill hats\n"
                "   5 odd: RoseHill socks\n"
                "   6 odd: BlueFen boots\n"
                "   7 odd: OldMill hats\n");
}

static void each_cell_may_stand_on_its_own_line(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nSocks vs Boots\n\nFeature\nSocks\nBoots\nPrice\nlow\nhigh\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 heading 2: Socks vs Boots\n"
                "   7 table:\n"
                "   7   row: Feature | Socks | Boots\n"
                "  10   row: Price | low | high\n");
    assert_read("T\n\nText.\n\nKind\t\nSocks\t\nBoots\nPrice\t\nlow\t\nhigh\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row: Kind | Socks | Boots\n"
                "   8   row: Price | low | high\n");
}

static void marks_are_cells(void **state) {
    (void)state;
    assert_read("T\n\nText.\n\nFeatureBasicPro Plan\nMaps✓✓\nVoice callsNo✓\nWidgets✗✓\n",
                "   1 title: T\n"
                "   3 paragraph: Text.\n"
                "   5 table:\n"
                "   5   row: Feature | Basic | Pro Plan\n"
                "   6   row: Maps | ✓ | ✓\n"
                "   7   row: Voice calls | No | ✓\n"
                "   8   row: Widgets | ✗ | ✓\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tabs_part_cells_and_short_rows_are_filled_up),
        cmocka_unit_test(pipes_part_cells_with_or_without_a_border),
        cmocka_unit_test(columns_of_spaces_must_line_up),
        cmocka_unit_test(cells_that_ran_together_part_where_a_capital_follows),
        cmocka_unit_test(capitals_inside_a_word_are_no_boundary),
        cmocka_unit_test(a_header_may_lack_its_corner),
        cmocka_unit_test(a_row_that_cannot_be_told_stays_text_and_is_reported),
        cmocka_unit_test(two_columns_need_a_word_for_the_first),
        cmocka_unit_test(each_cell_may_stand_on_its_own_line),
        cmocka_unit_test(marks_are_cells),
    };
    return cmocka_run_group_tests_name("paste tables", tests, NULL, NULL);
}

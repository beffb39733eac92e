"""Plans days from outside: a child prints the reports, this process knows what is right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "weights_with_a_zero_first": """\
1.05kg 1050 1.05 kg
0.01kg 10 10 g
0.09kg 90 90 g
12.034kg 12034 12.034 kg
0.025kg 25 25 g
7.099kg 7099 7.099 kg""",
    "weights_with_two_zeros": """\
1.001kg 1001 1.001 kg
0.005kg 5 5 g
3.009kg 3009 3.009 kg""",
    "weights_with_decimals": """\
1.5kg 1500 1.5 kg
0.25kg 250 250 g
2.125kg 2125 2.125 kg
2.999kg 2999 2.999 kg
10.1kg 10100 10.1 kg
0.11kg 110 110 g""",
    "weights_with_zeros_behind": """\
1.50kg 1500 1.5 kg
1.500kg 1500 1.5 kg
0.100kg 100 100 g
0.10kg 100 100 g
1.0kg 1000 1 kg
1.00kg 1000 1 kg
1.000kg 1000 1 kg
0.050kg 50 50 g
0.010kg 10 10 g""",
    "whole_weights": """\
0kg 0 0 g
1kg 1000 1 kg
40kg 40000 40 kg
0g 0 0 g
5g 5 5 g
999g 999 999 g
1000g 1000 1 kg
1001g 1001 1.001 kg""",
    "no_weights": """\
error "" is no weight
error "kg" is no weight
error "g" is no weight
error "1" is no weight
error "1.0001kg" is no weight
error "1.kg" is no weight
error ".5kg" is no weight
error "1.5g" is no weight
error "-1kg" is no weight
error "1.-5kg" is no weight
error "1,5kg" is no weight
error "1.2.3kg" is no weight
error "1 kg" is no weight
error "+1kg" is no weight""",
    "small_orders": """\
a: 1 crate, 50 g
  tea 50 g
b: 1 crate, 5 g
  tea 5 g
c: 1 crate, 1.07 kg
  tea 1.07 kg
left eggs: nothing
left tea: 875 g until 20""",
    "small_receipts": """\
a: 1 crate, 100 g
  tea 100 g
b: 0 crates, 0 g
c: 0 crates, 0 g
left eggs: nothing
left tea: 70 g until 20""",
    "small_crates": """\
a: 4 crates, 3.1 kg
  tea 3.1 kg
b: 0 crates, 0 g
c: 0 crates, 0 g
left eggs: nothing
left tea: 5.9 kg until 20""",
    "light_pieces": """\
a: 3 crates, 48 g
  leaves 12 pcs
b: 0 crates, 0 g
c: 0 crates, 0 g
left eggs: nothing
left leaves: 38 pcs until 20
left tea: nothing""",
    "short_of_small_orders": """\
a: 1 crate, 30 g
  tea 30 g
  (tea 30 g missing)
b: 1 crate, 60 g
  tea 60 g
  (tea 60 g missing)
c: 0 crates, 0 g
  (tea 30 g missing)
left eggs: nothing
left tea: nothing""",
    "sums_of_wishes": """\
a: 1 crate, 70 g
  tea 70 g
b: 0 crates, 0 g
c: 0 crates, 0 g
left eggs: nothing
left tea: 930 g until 20""",
    "a_day_without_decimals": """\
a: 1 crate, 1.44 kg
  eggs 24 pcs
  (eggs 6 pcs missing)
b: 1 crate, 960 g
  eggs 16 pcs
  (eggs 4 pcs missing)
c: 1 crate, 700 g
  tea 700 g
  (eggs 5 pcs missing)
left eggs: nothing
left tea: 4.3 kg until 20""",
    "ranks_before_shares": """\
a: 1 crate, 400 g
  tea 400 g
b: 1 crate, 200 g
  tea 200 g
c: 1 crate, 400 g
  tea 400 g
  (tea 200 g missing)
left eggs: nothing
left tea: nothing""",
    "old_goods_stay": """\
a: 1 crate, 1.5 kg
  tea 1.5 kg
  (tea 1.5 kg missing)
b: 0 crates, 0 g
c: 0 crates, 0 g
left eggs: nothing
left tea: 1 kg until 9 (too old)""",
    "lines_with_mistakes": """\
error line 7: "1.5" is no weight
error line 7: unknown stop d
error line 7: unknown product salt
error line 1: "x" is no number
error line 1: a crate must hold something
error line 2: stop a is there already
error line 7: till instead of until
error line 1: unknown word hello
error line 7: "1kg" is no number of pieces
error line 1: a piece of x must weigh something
error line 1: a product is loose, or pieces with the weight of one""",
    "shares_in_steps": "map[s0:40 s1:30 s2:30]",
    "shares_by_rank": "map[s0:30 s1:40 s2:30 s3:0]",
    "shares_of_small_wishes": "map[s0:0 s1:0 s2:20]",
    "crates_of_mixed_goods": """\
1000: tea 1000
300: tea 300
900: pan 1
900: pan 1
1000: pan 1 tea 100
100: tea 100""",
}
VISIBLE = {
    "allocate/allocate_test.go": [
        "TestEnoughForAll",
        "TestLowRanksFirst",
        "TestProportions",
        "TestOddStepsGoToTheFirst",
    ],
    "day_test.go": [
        "TestAQuietDay",
        "TestAShortDay",
        "TestTheDayOfTheComplaint",
        "TestTroubleIsToldWithItsLine",
    ],
    "packing/packing_test.go": [
        "TestCratesAreFilled",
        "TestPiecesAreNotCut",
    ],
    "stock/stock_test.go": [
        "TestAvailableLeavesOutWhatIsTooOld",
        "TestOldestGoFirst",
    ],
    "units/units_test.go": [
        "TestParse",
        "TestParseRefuses",
        "TestFormat",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/depot",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

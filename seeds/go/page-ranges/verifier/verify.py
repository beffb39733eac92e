"""Drives the selections from outside: a child prints, this process knows what is right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "single_pages": """\
[1] 1
[12] 1
[3,5] 2
[3,5] 2
[3] 1
[7] 1""",
    "simple_ranges": """\
[1-12] 12
[2-5] 4
[4] 1
[2-5] 4
[2-5,7-8] 6""",
    "open_ranges": """\
[1] 1
[1-5] 5
[1-5] 5
[12] 1
[3-12] 10
[1-12] 12
[1-12] 12
[1-12] 12
[3-12] 10""",
    "neighbours_are_joined": """\
[1-2] 2
[1-2] 2
[1-6] 6
[1-6] 6
[1,3] 2
[1-3] 3
[1-2,4-5] 4""",
    "overlapping_ranges": """\
[1-8] 8
[1-8] 8
[1-9] 9
[1-9] 9
[1-6] 6
[2-8] 7""",
    "even_pages": """\
[2,4,6] 3
[1-2,4,6] 4
[1-7] 7
[2,4,6] 3""",
    "odd_pages": """\
[1,3,5,7] 4
[1,3-5,7] 5
[1-5,7] 6""",
    "very_short_documents": """\
[] 0
[1] 1
[1] 1
[] 0
error a range without pages: "-" 0
[1] 1
[1] 1
[1] 1""",
    "documents_without_pages": """\
[] 0
[] 0
[] 0
[] 0
[] 0
[] 0""",
    "behind_the_last_page": """\
[6] 1
[] 0
[6] 1
[] 0
[5-6] 2
[] 0
[] 0
[1-6] 6
[2,4] 2""",
    "nothing_typed": """\
[] 0
[] 0
[] 0""",
    "lonely_commas": """\
error nothing between two commas 0
error nothing between two commas 0
error nothing between two commas 0
error nothing between two commas 0
error nothing between two commas 0""",
    "page_zero": """\
error no page: "0" 0
error no page: "0" 0
error no page: "0" 0
error no page: "00" 0""",
    "backwards": """\
error a range that runs backwards: "3-2" 0
error a range that runs backwards: "6-1" 0
error a range that runs backwards: "9-7" 0
[3] 1
error a range that runs backwards: "5-4" 0""",
    "no_numbers": """\
error no page: "x" 0
error no page: "1x" 0
error no page: "1.5" 0
error no page: "+1" 0
error no page: "2-3" 0
error no page: "Even" 0
error no page: "all" 0
error no page: "x" 0
error no page: "x" 0
error no page: "1 2" 0
error no page: "-" 0
error no page: "9999999999999999999999" 0""",
    "lonely_dashes": """\
error a range without pages: "-" 0
error a range without pages: "-" 0
error a range without pages: "-" 0""",
    "has_finds_every_page": "1 3 4 5 8 9 12 20 21 22",
    "has_of_two_ranges": "2 3 6 7",
    "has_of_one_page": "4",
    "has_of_nothing": "",
    "apart": """\
[1-3,7-9] [1-3] []
  [1-3] [7-9]
[1-3,7-9] [7-9] []
  [7-9] [1-3]
[1-6] [1-3] []
  [1-3] [4-6]
[1-6] [4-6] []
  [4-6] [1-3]
[5,7] [5] []
  [5] [7]""",
    "one_within_the_other": """\
[1-9] [1-3,7-9] [4-6]
  [1-9] [4-6]
[1-9] [] [4-6]
  [4-6] [1-9]
[1-9] [4-9] [1-3]
  [1-9] [1-3]
[1-9] [1-6] [7-9]
  [1-9] [7-9]
[5-6] [] [5-6]
  [5-6] [5-6]""",
    "across_an_edge": """\
[1-8] [1-3] [4-5]
  [1-5] [4-8]
[1-8] [6-8] [4-5]
  [4-8] [1-5]
[1-8] [1-4] [5]
  [1-5] [5-8]
[1-8] [6-8] [5]
  [5-8] [1-5]
[1-4] [2-3] []
  [2-3] [1,4]""",
    "many_ranges": """\
[1-7,9-11] [1,7,9,11] [2-3,5-6,10]
  [1-3,5-7,9-11] [2-6,10]
[1-7,9-11] [4] [2-3,5-6,10]
  [2-6,10] [1-3,5-7,9-11]
[1-20] [1,3,5,9-19] [2,4,6-8,20]
  [1-20] [2,4,6-8,20]
[1-7] [] [1,3,5,7]
  [1,3,5,7] [1-7]
[10-40] [10-14,36-40] [15-20,30-35]
  [10-20,30-40] [15-35]""",
    "with_nothing": """\
[1-3] [1-3] []
  [1-3] []
[1-3] [] []
  [] [1-3]
[] [] []
  [] []""",
    "sets_do_not_change": "1-3,9 4-5 1-5,9 1-7,9 1-3,9 1-5,9",
    "ranges_backwards": "0 1 2 ",
    "sheets_of_one_side": """\
0 0
1 1
2 2
9 9""",
    "sheets_of_two_sides": """\
0 0
1 1
2 1
3 2
4 2""",
    "several_pages_a_side": """\
0 0
1 1
4 1
5 2
8 2
9 3""",
    "several_pages_duplex": """\
0 0
1 1
2 1
3 1
4 1
5 2
8 2
9 3""",
    "senseless_sides": """\
4 0
4 0""",
    "small_booklets": """\
0 []
1 [0 1 0 0]
2 [0 1 2 0]
3 [0 1 2 3]
4 [4 1 2 3]""",
    "larger_booklets": """\
5 [0 1 2 0 0 3 4 5]
7 [0 1 2 7 6 3 4 5]
8 [8 1 2 7 6 3 4 5]
11 [0 1 2 11 10 3 4 9 8 5 6 7]
12 [12 1 2 11 10 3 4 9 8 5 6 7]
13 [0 1 2 0 0 3 4 13 12 5 6 11 10 7 8 9]""",
}
VISIBLE = {
    "pages_test.go": [
        "TestTypedSelections",
        "TestRangesAreJoined",
        "TestEvenAndOdd",
        "TestMistakesAreNamed",
        "TestPagesBehindTheLast",
        "TestCountAndHas",
        "TestWithoutAndCommon",
        "TestSheets",
        "TestBooklets",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/pages",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

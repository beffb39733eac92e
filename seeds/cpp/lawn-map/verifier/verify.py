"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "places": """\
none
none
lawn
lawn
none
none
lawn
........
..###...
..###...
........
........
........""",
    "places_left_of_zero": """\
lawn
none
none
lawn
none
area 8
-3 -2 2 4""",
    "empty_rectangles": """\
not added
not added
not added
not added
area 0
parts 0
0 0 0 0
........
........
........
........
........
........
0 gone
0 gone
area 1""",
    "overlapping": """\
area 20
####....
######..
######..
..####..
........
........
area 24
parts 1
edge 20""",
    "the_same_twice": """\
area 9
edge 12
parts 1
area 9
edge 12""",
    "side_by_side": """\
area 15
edge 16
parts 1
0 0 5 3""",
    "cut_in_the_middle": """\
1 gone
area 24
#####...
#####...
##.##...
#####...
#####...
........
edge 24
parts 1""",
    "cut_at_the_sides": """\
1 gone
2 gone
2 gone
1 gone
.####...
#####...
######..
######..
..#.##..
........
area 24
edge 24""",
    "cut_all": """\
10 gone
area 0
parts 0
0 0 0 0
edge 0
........
........
........
........
........
........
runs
not covered""",
    "cut_what_is_not_there": """\
0 gone
0 gone
0 gone
0 gone
area 9
###.....
###.....
###.....
........
........
........""",
    "cut_across": """\
5 gone
6 gone
##.####.
##.####.
........
##.####.
##.####.
........
parts 4
area 24
edge 40
0 0 7 5""",
    "cut_and_add_again": """\
6 gone
#####...
#.#.#...
#...#...
#####...
........
........
area 15
parts 1
edge 30
area 20
edge 18
parts 1""",
    "in_common": """\
2 1 2 3
nothing
2 3 4 5
nothing
-1 -3 2 2""",
    "shared_sides": """\
side 2
side 2
side 4
side 4
side 2
side 0
side 0
side 0
side 0
side 0""",
    "pieces_at_corners": """\
2 0 4 1
0 1 6 3
-
0 0 6 3
0 3 4 1
-
0 0 6 3
2 3 4 1
-
0 0 5 2
0 2 6 2
-""",
    "pieces_of_bars": """\
0 0 2 4
3 0 3 4
-
0 0 6 1
0 3 6 1
-
0 1 6 3
-
0 0 5 4
-""",
    "pieces_of_nothing": """\
-
-
0 0 6 4
-
0 0 6 4
-
0 0 6 4
-""",
    "covered_by_one": """\
covered
covered
not covered
not covered
not covered
not covered
not covered
not covered""",
    "covered_by_several": """\
covered
covered
not covered
not covered
covered
covered""",
    "covered_around_a_bed": """\
1 gone
not covered
covered
covered
covered
not covered
covered""",
    "bounds_of_far_things": """\
5 7 2 1
1 7 6 6
1 -3 6 16
-8 -3 15 16
10 gone
1 7 6 6""",
    "wire_of_steps": """\
edge 12
parts 1
edge 14
area 9""",
    "wire_of_beds": """\
4 gone
1 gone
5 gone
edge 56
parts 1
area 53""",
    "wire_of_corners": """\
edge 16
parts 2
edge 16
parts 1""",
    "parts_and_bridges": """\
parts 2
parts 1
1 gone
parts 2
23 gone
parts 0
parts 3
parts 1""",
    "a_ring_is_one": """\
9 gone
parts 1
edge 32
parts 2
edge 36
parts 1""",
    "runs_in_every_row": """\
runs 1:2>6 2:6>2 3:2>6
runs 1:2>6 3:6>2
runs 1:2>6
runs 1:2>6
runs
runs""",
    "runs_around_a_bed": """\
6 gone
runs 0:0>8 1:8>5 1:3>0 2:0>3 2:5>8 3:8>5 3:3>0 4:0>8
runs 0:0>8 2:8>5 2:3>0 4:0>8""",
    "runs_over_gaps": """\
runs 0:0>3 4:4>1 5:0>2
runs 0:0>3 4:4>1
runs 0:0>3 5:2>0""",
    "runs_are_joined": """\
runs 0:0>6 1:6>0
runs 0:0>6 0:8>9 1:8>7 1:6>0""",
}
VISIBLE = {
    "tests/test_lawn.cpp": [
        "lawn_and_beds",
        "areas",
        "pieces_of_a_rectangle",
        "what_rectangles_share",
        "room_for_the_table",
        "around_everything",
        "the_wire",
        "lawns_apart",
        "the_way_of_the_mower",
    ],
}

verifier = cabverify.Verifier()
cabcpp.check(
    verifier,
    EXPECTED,
    driver=os.path.join(HERE, "driver.cpp"),
    visible=VISIBLE,
)
verifier.finish()

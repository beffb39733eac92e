"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "outside_of_the_grid": """\
0 0
0 0
0 0
103
020
3 stitched""",
    "larger_and_smaller": """\
10000
02000
2 stitched
10
02
00
00
2 stitched
0 stitched""",
    "copies": """\
103
620
4 stitched
103
028
4 stitched""",
    "given_to_functions": """\
50
02
2 stitched
60
02
2 stitched
10
02
2 stitched""",
    "assigned": """\
103
020
3 stitched
903
020
3 stitched""",
    "assigned_to_itself": """\
103
027
4 stitched""",
    "moved_and_swapped": """\
1
0
1 stitched
12
2 stitched
12
2 stitched
123
3 stitched""",
    "in_a_vector": """\
90
02
2 stitched
1
0
1 stitched
103
020
3 stitched
1030
0204
4 stitched
10305
02040
5 stitched
103050
020406
6 stitched
1
4
1""",
    "copy_resized": """\
10
02
2 stitched
1000
1 stitched
1000
1 stitched""",
    "empty_grid": """\
2
1 stitched



0 stitched""",
    "many_steps": """\
120
2 stitched
100
1 stitched
000
0 stitched
120
2 stitched
120
2 stitched""",
    "another_way": """\
0
18
02
3 stitched
10
02
2 stitched""",
    "two_histories": """\
12
2 stitched
72
2 stitched
12
2 stitched
72
2 stitched""",
}
VISIBLE = {
    "tests/test_pattern.cpp": [
        "stitches_have_colours",
        "a_larger_grid",
        "a_copy_is_its_own",
        "steps_are_taken_back",
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

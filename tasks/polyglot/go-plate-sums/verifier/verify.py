"""Reads plates from a shelf of its own: a child prints the sums, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "one_plate": """\
1 sums, error <nil>
open 0 left 0 at most true
ab 3105 2""",
    "as_many_as_workers": """\
4 sums, error <nil>
open 0 left 0 at most true
c 99 1
 0 0
ba 3135 2
plate 106748694 5""",
    "no_plates": """\
0 sums, error <nil>
open 0 left 0 at most true""",
    "one_more_than_workers": """\
4 sums, error <nil>
open 0 left 0 at most true
8 true
4 4""",
    "twice_as_many_as_workers": """\
6 sums, error <nil>
open 0 left 0 at most true
12 true
6 6""",
    "a_single_worker": """\
7 sums, error <nil>
open 0 left 0 at most true
14 true
7 7""",
    "more_workers_than_plates": """\
2 sums, error <nil>
open 0 left 0 at most true
4 true
2 2""",
    "a_large_box": """\
10000 sums, error <nil>
open 0 left 0 at most true
48890 true
10000 10000""",
    "no_workers": """\
3 sums, error <nil>
open 0 left 0 at most true
a 97 1
b 98 1
c 99 1
2 sums, error <nil>
open 0 left 0 at most true
a 97 1
b 98 1""",
    "a_name_twice": """\
4 sums, error <nil>
open 0 left 0 at most true
a 97 1
b 98 1
a 97 1
a 97 1
3 1""",
    "workers_side_by_side": """\
12 sums, error <nil>
open 0 left 0 at most true
26 true
4""",
    "two_plates_are_missing": """\
0 sums, error plate missing-1: not in its box
open 0 left 0 at most true""",
    "the_last_is_missing": """\
0 sums, error plate missing: not in its box
open 0 left 0 at most true""",
    "the_first_failure_counts": """\
0 sums, error plate broken-1: a scratch
open 0 left 0 at most true""",
    "slow_failures_come_first": """\
0 sums, error plate broken-a-very-long-plate-that-takes-its-time: a scratch
open 0 left 0 at most true""",
    "a_plate_that_stays_open": """\
0 sums, error plate stuck: the lid is stuck
open 0 left 0 at most true""",
    "every_plate_fails": """\
0 sums, error plate missing-5: not in its box
open 0 left 0 at most true""",
    "failures_and_one_worker": """\
0 sums, error plate broken: a scratch
open 0 left 0 at most true""",
    "many_boxes_with_failures": "0",
    "reports_stay": """\
0 plates, 0 bytes
80000000 1234567890 m 31
00000007         2 x
2 plates, 1234567892 bytes
""",
}
VISIBLE = {
    "sums_test.go": [
        "TestOnePlate",
        "TestAFewPlatesKeepTheirOrder",
        "TestAMissingPlate",
        "TestABoxOfTwenty",
        "TestReports",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/plates",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "by_time": """\
1 of 2: 0
5 of 1: 0
6 of 2: 1
7 of 2: 2
8 of 3: 0
9 of 1: 1""",
    "same_times": """\
4 of 2: 0
4 of 2: 1
4 of 1: 0
4 of 3: 0
5 of 2: 2
5 of 1: 1
5 of 1: 2""",
    "empty_logs": "3 of 2: 0",
    "nothing_is_read_ahead_of_time": "0 0",
    "one_reading_ahead_at_most": "[172, 24, 4] true true true",
    "endless_beside_short": """\
0 of 10: 0
1 of 3: 0
2 of 3: 1
10 of 10: 1
20 of 10: 2
30 of 10: 3
35 of 3: 2
40 of 10: 4""",
    "the_end_is_the_end": """\
1 of 1: 0
1 of 2: 0
2 of 2: 1
none
none
none""",
    "hundreds_of_logs": "900 true",
    "how_many_are_left": """\
(5, Some(5))
(4, Some(4))
(3, Some(3))
(2, Some(2))
(1, Some(1))
(0, Some(0)) None
(18446744073709551615, None)
(18446744073709551615, None)""",
    "windows_of_a_minute": """\
0: 2 from -2 to 7
60: 2 from 4 to 4
180: 1 from 0 to 0""",
    "a_window_when_the_next_begins": """\
0
0: 10 from 0 to 9
11
10: 10 from 10 to 19
21""",
    "the_last_window": """\
0: 2 from 0 to 1
10: 1 from 2 to 2
none
none
none""",
    "no_readings": """\
none
none""",
    "width_of_nothing": """\
5: 2 from 0 to 1
6: 1 from 2 to 2""",
    "windows_of_merged_logs": """\
0: 9 from 0 to 4
15: 8 from 3 to 9
30: 9 from 1 to 14""",
}
VISIBLE = {
    "tests/logs.rs": [
        "logs_are_brought_together",
        "no_logs",
        "windows_of_ten_seconds",
        "stations_that_never_end",
        "windows_that_never_end",
        "how_much_is_left",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="stationlogs",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

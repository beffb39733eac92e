"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "a_week": "0 1 2 3 4 7 8 9 10 11 14 15",
    "by_date": "0 2 3 4 5 7 10 11",
    "in_any_order": "0 2 3 4 5 7 10 11",
    "a_list_in_any_order": "0 2 4 10 11",
    "the_last_line_counts": "0 4 6",
    "a_range_over_a_day": "0 1 2 9 10 11",
    "to_and_fro": "0 1 3 4 7 8 11 12",
    "twice_in_a_line": "0 1 7 9 10 11",
    "services_for_themselves": """\
0: 1 2
1: 2 3
2: 1 2 3
3: 1 2
4: 
5: 2
6: 2 3
7: 1 2
8: 1 2
9: 1""",
    "hundreds_of_lines": "1200",
    "journeys_on_such_days": """\
no way
06:00 Abbey - 06:10 Bus depot (1)
no way
no way
06:00 Abbey - 06:10 Bus depot (1)""",
    "nights_after_such_days": """\
00:15  N    Castle
no way
00:15  N    Castle
00:15 Bus depot - 00:40 Castle (N)
00:45 Castle - 01:00 Abbey (1)
no departures
no way
no departures
no way
00:15  N    Castle
no way
00:15  N    Castle
00:15 Bus depot - 00:40 Castle (N)
00:45 Castle - 01:00 Abbey (1)
00:15  N    Castle
00:15 Bus depot - 00:40 Castle (N)
00:45 Castle - 01:00 Abbey (1)""",
    "changing_takes_time": """\
06:00 Abbey - 06:10 Bus depot (1)
06:12 Bus depot - 06:25 Castle (3)
06:11 Bus depot - 06:20 Castle (2)
no way""",
    "staying_in_the_bus": """\
06:12 Bus depot - 06:25 Castle (3)
06:30 Castle - 06:50 Abbey (4)""",
    "ways_on_foot": """\
06:25 Dam - 06:30 Castle (walk)
06:30 Castle - 06:50 Abbey (4)
no way
23:58 Castle - 00:03 Dam (walk)""",
    "at_the_goal_already": "",
    "boards_by_time_and_line": """\
06:00  1    Castle
06:00  10   Castle
06:00  10   Castle
06:12  3    Castle
no departures""",
    "mistakes_are_named_still": """\
line 9: `except` cannot be read
line 9: there is no service `t`
line 9: `x` is no day
line 9: the bus is at `B` before it left""",
}
VISIBLE = {
    "tests/board.rs": [
        "an_ordinary_day",
        "a_weekend",
        "the_first_day_of_a_holiday",
        "a_holiday_later_on",
        "the_fair",
        "past_midnight",
        "nothing_leaves",
    ],
    "tests/reading.rs": [
        "the_town_file_is_read",
        "mistakes_are_named",
        "times_are_read",
    ],
    "tests/search.rs": [
        "by_one_bus",
        "by_two_buses",
        "on_foot",
        "not_by_a_bus_that_does_not_run",
        "there_already",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="buses",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

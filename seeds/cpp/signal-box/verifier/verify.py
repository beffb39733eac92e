"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "whole_routes": """\
set 7: done
777....
set 18: done
7778.88
set 4: done
7778488""",
    "single_section": """\
set 3: done
.....3.
move 3: done
.....3.
move 3: done
.......
move 3: unknown""",
    "both_ways": """\
set 1: done
1111.11
move 1: done
move 1: done
1111.1.""",
    "no_part_of_a_route": """\
set 1: done
set 2: busy
...1...
set 3: busy
...1...
set 4: busy
...1...
set 5: done
5551...""",
    "busy_at_either_end": """\
set 1: done
set 2: busy
set 3: busy
1......""",
    "no_section": """\
set 1: bad_route
ask 1: bad_route
.......
queue""",
    "unknown_sections": """\
set 1: bad_route
set 1: bad_route
set 1: bad_route
set 1: done
.....11""",
    "links": """\
set 1: bad_route
set 1: bad_route
set 1: bad_route
set 1: bad_route
set 1: bad_route
set 1: bad_route
set 1: done
11.....""",
    "no_section_twice": """\
set 1: bad_route
set 1: bad_route
set 1: done
.1111..""",
    "platform_lengths": """\
set 1: too_long
set 1: done
set 2: too_long
cancel 1: done
.......
set 2: done
set 3: done
3332.2.""",
    "numbers_are_used_once": """\
set 1: done
set 1: twice
ask 1: twice
ask 2: busy
ask 2: twice
set 2: twice
queue 2
1......""",
    "order_of_reasons": """\
set 1: done
close 4: done
set 1: twice
set 2: bad_route
set 2: too_long
set 2: closed
set 2: busy
queue""",
    "a_short_train_moves": """\
set 1: done
move 1: done
111....
move 1: done
.11....
move 1: done
..1....
move 1: done
.......""",
    "a_long_train_moves": """\
set 1: done
move 1: done
11.1111
move 1: done
11.1111
move 1: done
11.11..
move 1: done
11.11..
move 1: done
11.11..
move 1: done
11.....
move 1: done
.......""",
    "length_to_the_metre": """\
set 1: done
move 1: done
move 1: done
.1..1..
cancel 1: done
move 1: done
set 2: done
move 2: done
move 2: done
22..2..
cancel 2: done
move 2: done
.......
set 3: done
move 3: done
move 3: done
move 3: done
.3.33..""",
    "longer_than_its_route": """\
set 1: done
move 1: done
11..1..
move 1: done
11..1..
move 1: done
11..1..
move 1: done
.......""",
    "unknown_trains": """\
move 1: unknown
cancel 1: unknown
seconds 1: -1
set 1: done
move 2: unknown
cancel 2: unknown
seconds 2: -1
1......""",
    "taken_back_before": """\
set 1: done
cancel 1: done
.......
move 1: unknown
set 1: done
..11...""",
    "taken_back_on_the_way": """\
set 1: done
move 1: done
move 1: done
cancel 1: done
.....11
seconds 1: 0
move 1: done
.......
set 1: done
move 1: done
cancel 1: done
cancel 1: done
1......
move 1: done
.......""",
    "closing": """\
close 3: done
...#...
close 3: bad_route
close -1: bad_route
close 7: bad_route
set 1: closed
set 1: closed
...#...
set 1: done
close 2: busy
close 1: busy
close 0: done
#11#...""",
    "opening": """\
open 3: bad_route
open 7: bad_route
open -1: bad_route
close 3: done
open 3: done
open 3: bad_route
set 1: done
open 3: bad_route
...1...""",
    "waiting_for_a_train": """\
set 1: done
ask 2: busy
queue 2
move 1: done
move 1: done
221....
queue
move 1: done
22.....
move 2: done
22.....""",
    "waiting_for_a_train_that_leaves": """\
set 1: done
ask 2: busy
move 1: done
queue 2
move 1: done
queue
..22...""",
    "waiting_for_work": """\
close 1: done
ask 1: closed
ask 2: closed
queue 1 2
open 1: done
queue 2
11.....
cancel 1: done
queue
.22....""",
    "first_come": """\
set 1: done
ask 2: busy
ask 3: busy
ask 4: busy
queue 2 3 4
cancel 1: done
queue 3 4
.2.....
cancel 2: done
queue 4
.3.....
cancel 3: done
.4.....
queue""",
    "not_held_up": """\
set 1: done
set 2: done
ask 3: busy
ask 4: busy
ask 5: busy
queue 3 4 5
cancel 1: done
queue 3 5
44.2...
cancel 2: done
queue 3
44.5.5.
cancel 4: done
cancel 5: done
.333...""",
    "several_go_at_once": """\
set 1: done
ask 2: busy
ask 3: busy
ask 4: busy
ask 5: busy
cancel 1: done
2433...
queue 5""",
    "giving_up_waiting": """\
set 1: done
ask 2: busy
ask 3: busy
cancel 2: done
queue 3
cancel 2: unknown
cancel 1: done
queue
.3.....""",
    "asking_for_what_is_free": """\
ask 1: done
11.....
queue
ask 2: done
queue
ask 3: busy
queue 3""",
    "times_by_limit": """\
set 1: done
seconds 1: 68
move 1: done
seconds 1: 50
move 1: done
seconds 1: 32
move 1: done
seconds 1: 18
move 1: done
seconds 1: 0
move 1: done
seconds 1: -1""",
    "times_by_speed": """\
set 1: done
seconds 1: 24
set 2: done
seconds 2: 18
set 3: done
seconds 3: 29
set 4: done
seconds 4: 108
set 5: done
seconds 5: 10""",
    "times_at_platforms": """\
set 1: done
seconds 1: 80
move 1: done
seconds 1: 62
move 1: done
seconds 1: 18
cancel 1: done
move 1: done
set 2: done
seconds 2: 50
ask 3: busy
seconds 3: -1""",
}
VISIBLE = {
    "tests/test_box.cpp": [
        "a_route_is_locked",
        "all_or_nothing",
        "routes_are_checked",
        "sections_behind_the_train",
        "routes_are_taken_back",
        "closed_for_work",
        "trains_that_wait",
        "running_times",
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

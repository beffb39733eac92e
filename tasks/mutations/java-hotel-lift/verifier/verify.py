"""Rides a lift from outside: a child prints its steps, this process knows the right ones."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "nobody": """\
waits
waits
at 0 NONE""",
    "up_and_out": """\
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
down to 4, down to 3, down to 2, down to 1, down to 0, opens 0, waits
at 0 NONE""",
    "people_on_the_way_up": """\
up to 1, up to 2, opens 2, up to 3, up to 4, up to 5, up to 6, opens 6, up to 7, up to 8, opens 8, down to 7, down to 6, down to 5, down to 4, down to 3, opens 3, waits
at 3 NONE""",
    "people_on_the_way_down": """\
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, up to 7, up to 8, up to 9, opens 9, waits
at 9 NONE
down to 8, down to 7, opens 7, down to 6, down to 5, down to 4, down to 3, down to 2, opens 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE""",
    "waiting_below_for_up": """\
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
down to 4, down to 3, down to 2, opens 2, waits
at 2 NONE
up to 3, up to 4, up to 5, up to 6, up to 7, up to 8, up to 9, opens 9, waits
at 9 NONE""",
    "waiting_in_the_hall": """\
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
down to 4, down to 3, down to 2, down to 1, down to 0, opens 0, waits
at 0 NONE
up to -1, up to 0, up to 1, up to 2, up to 3, opens 3, waits
at 3 NONE
down to 2, down to 1, down to 0, down to -1, down to -2, opens -2, waits
at -2 NONE""",
    "one_above_the_hall": """\
up to 1, up to 2, up to 3, opens 3, waits
at 3 NONE
down to 2, down to 1, opens 1, waits
at 1 NONE
opens 1, waits
at 1 NONE""",
    "two_wait_below_for_up": """\
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, opens 6, waits
at 6 NONE
down to 5, down to 4, down to 3, down to 2, down to 1, opens 1, up to 2, up to 3, opens 3, waits
at 3 NONE""",
    "up_and_down_wait_together": """\
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, opens 6, waits
at 6 NONE
down to 5, down to 4, down to 3, opens 3, waits
at 3 NONE
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, opens 6, waits
at 6 NONE
down to 5, down to 4, down to 3, opens 3, down to 2, down to 1, opens 1, up to 2, up to 3, opens 3, waits
at 3 NONE
up to 1, up to 2, up to 3, opens 3, up to 4, up to 5, opens 5, down to 4, down to 3, opens 3, waits
at 3 NONE
up to 1, up to 2, up to 3, opens 3, waits
at 3 NONE""",
    "inside_and_waiting": """\
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, opens 6, waits
at 6 NONE
down to 5, down to 4, down to 3, down to 2, opens 2, waits
at 2 NONE
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, opens 6, waits
at 6 NONE
down to 5, down to 4, down to 3, down to 2, opens 2, up to 3, up to 4, opens 4, waits
at 4 NONE""",
    "waiting_at_the_top": """\
up to 1, up to 2, up to 3, up to 4, opens 4, waits
at 4 NONE
up to 1, up to 2, opens 2, up to 3, opens 3, up to 4, opens 4, waits
at 4 NONE""",
    "called_while_it_moves": """\
up to 1
up to 2
opens 2
up to 3
opens 3, up to 4, up to 5, up to 6, up to 7, up to 8, opens 8, down to 7, down to 6, down to 5, down to 4, down to 3, down to 2, down to 1, opens 1, waits
at 1 NONE
up to 1, up to 2, up to 3, up to 4, up to 5, up to 6, up to 7, up to 8, opens 8, waits
at 8 NONE
down to 7
down to 6
down to 5
down to 4, down to 3, down to 2, down to 1, down to 0, opens 0, up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, up to 6, opens 6, up to 7, up to 8, opens 8, waits
at 8 NONE""",
    "the_nearest_first": """\
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
down to 4, down to 3, opens 3, up to 4, up to 5, up to 6, up to 7, up to 8, opens 8, waits
at 8 NONE
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
there is no way UP from 9
down to 4, down to 3, down to 2, opens 2, up to 3, up to 4, up to 5, up to 6, up to 7, up to 8, up to 9, opens 9, waits
at 9 NONE
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
up to 6, up to 7, opens 7, down to 6, down to 5, down to 4, down to 3, opens 3, waits
at 3 NONE
up to 1, up to 2, up to 3, up to 4, up to 5, opens 5, waits
at 5 NONE
down to 4, opens 4, up to 5, up to 6, up to 7, opens 7, waits
at 7 NONE""",
    "a_call_where_it_stands": """\
opens 0, waits
at 0 NONE
up to 1, up to 2, up to 3, up to 4, opens 4, waits
at 4 NONE
opens 4, waits
at 4 NONE
opens 4, waits
at 4 NONE""",
    "to_and_fro": """\
up to 1, up to 2, up to 3, opens 3, waits
at 3 NONE
up to 4, opens 4, up to 5, up to 6, opens 6, down to 5, opens 5, down to 4, down to 3, down to 2, opens 2, down to 1, down to 0, opens 0, up to 1, opens 1, waits
at 1 NONE""",
    "the_whole_house": """\
opens 0, up to 1, opens 1, up to 2, opens 2, up to 3, opens 3, up to 4, opens 4, down to 3, opens 3, down to 2, opens 2, down to 1, opens 1, waits
at 1 NONE
up to 1, up to 2, up to 3, up to 4, opens 4, waits
at 4 NONE
opens 4, down to 3, opens 3, down to 2, opens 2, down to 1, opens 1, down to 0, opens 0, up to 1, opens 1, up to 2, opens 2, up to 3, opens 3, waits
at 3 NONE""",
    "what_is_refused": """\
no floor 5
no floor -1
no floor 5
there is no way UP from 4
there is no way DOWN from 0
no floor -1
waits
at 0 NONE""",
    "houses_of_one_floor": """\
a lift has two floors at least
a lift has two floors at least
0""",
}
VISIBLE = [
    "it_waits_when_nobody_needs_it",
    "it_brings_people_up",
    "it_takes_people_along",
    "it_comes_to_the_nearest",
    "it_turns_for_those_above",
    "the_porter_in_the_evening",
    "unknown_floors_are_refused",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="LiftTest",
    visible=VISIBLE,
)
verifier.finish()

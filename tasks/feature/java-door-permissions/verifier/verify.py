"""Asks at doors from outside: a child prints who may open them, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "plain_rules": """\
ana lab-2 0 true
ana lab-22 0 false
bo lab-2 7 false
bo lab-2 8 true
bo lab-2 11 true
bo lab-2 12 false
bo lab- 9 true
bo la 9 false
cy gate 22 true
cy gate 5 true
cy gate 6 false
dee gate 3 false
ana lab 5 true
ana lab 4 true""",
    "plain_groups": """\
ana lab 1 true
bo lab 1 true
cy lab 1 false
ana gate 1 false
ana cellar 1 false
g cellar 1 true
@g [ana, bo]
@none []
unknown group other""",
    "old_mistakes": """\
line 1: unknown word hello
line 1: a group needs a name
line 1: allow needs a person or group, a door and hours
line 1: allow needs a person or group, a door and hours
line 1: no hours: 3
line 1: no hour: 24
line 1: no hour: 25
line 1: no hour: a
line 1: no hours: 1-2-3
line 2: group g is there already
line 3: a group needs a name""",
    "open_doors": """\
[lab-3, gate, lab-1]
[]""",
    "all_people_of_nested_groups": """\
ana lab 1 true
cy lab 1 true
dee lab 1 true
dee gate 1 true
cy gate 1 true
bo gate 1 false
@all [ana, bo, cy, dee]
@night [cy, dee]
@guards [dee]""",
    "groups_further_down": """\
ana lab 1 true
bo lab 1 false
@later [ana]""",
    "a_group_over_two_ways": """\
ana lab 1 true
@a [ana]""",
    "empty_groups_in_groups": """\
ana lab 1 false
@a []""",
    "long_chains": """\
ana lab 1 true
bo lab 1 false""",
    "groups_that_contain_themselves": """\
line 1: group a contains itself
line 2: group a contains itself
line 2: group a contains itself
read""",
    "groups_that_nobody_described": """\
line 1: unknown group b
line 2: unknown group b
line 2: unknown group b
line 1: unknown group z
read""",
    "groups_without_a_name": """\
line 1: a group needs a name
line 1: a group needs a name
line 1: a group needs a name""",
    "which_mistake_counts": """\
line 2: unknown word hello
line 1: group a contains itself
line 1: unknown group z
line 1: unknown group z
line 2: group a is there already
line 1: group a contains itself
line 2: unknown group z""",
    "denied_people": """\
ana lab-1 1 true
bo lab-1 1 false
ana lab-1 1 true
bo lab-1 1 false
ana lab 1 false
bo lab 1 false""",
    "denied_groups_and_own_lines": """\
ana lab 1 false
bo lab 1 true
ana lab 1 true
bo lab 1 false
bo lab 1 false""",
    "doors_named_exactly": """\
ana lab-2 1 true
ana lab-3 1 false
ana lab-2 1 false
ana lab-3 1 true""",
    "doors_that_begin_alike": """\
ana gate 1 true
ana lab-1 1 false
ana lab-2 1 true
ana lab-21 1 true
ana lab-22 1 false
ana lab-225 1 false
ana gate 1 true
ana lab-1 1 false
ana lab-2 1 true
ana lab-21 1 true
ana lab-22 1 false
ana lab-225 1 false
ana lab-22 1 true
ana lab-221 1 false
ana lab-2 1 true
ana lab-3 1 false""",
    "hours_of_exceptions": """\
ana lab-2 21 true
ana lab-2 22 false
ana lab-2 5 false
ana lab-2 6 true
ana lab-3 23 true
ana gate 7 false
ana gate 8 true
ana gate 9 true
ana gate 10 false
line 1: no hour: 25
line 1: deny needs a person or group, a door and hours""",
    "exceptions_for_groups_in_groups": """\
dee lab 4 false
dee lab 5 true
cy lab 4 true
dee lab 7 true""",
}
VISIBLE = [
    "people_and_doors",
    "hours_over_midnight",
    "groups",
    "mistakes",
    "groups_in_groups",
    "what_is_denied",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="DoorsTest",
    visible=VISIBLE,
)
verifier.finish()

"""Takes lockers and ranks members from outside: a child prints, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "low_numbers": """\
1 takes 1 true
true false
true false
1 null
false false
true false
[]
127 takes 126 true
true false
true false
126 null
false false
true false
[]""",
    "new_cards": """\
1204 takes 5 true
true false
true false
5 null
false false
true false
[]
129 takes 5 true
true false
true false
5 null
false false
true false
[]""",
    "around_the_old_cards": """\
128 takes 7 true
true false
true false
7 null
false false
true false
[]
-128 takes 8 true
true false
true false
8 null
false false
true false
[]
-129 takes 9 true
true false
true false
9 null
false false
true false
[]""",
    "lockers_of_the_new_building": """\
12 takes 1001 true
true false
true false
1001 null
false false
true false
[]
4000 takes 1001 true
true false
true false
1001 null
false false
true false
[]""",
    "cards_of_guests": """\
-2147483647 takes 2 true
true false
true false
2 null
false false
true false
[]
-500000 takes 2 true
true false
true false
2 null
false false
true false
[]""",
    "exchanges": """\
false false
true 2 1
true false
false false""",
    "exchanges_of_new_members": """\
false false
true 2 1
true false
false false""",
    "exchanges_in_the_new_building": """\
false false
true 1002 1001
true false
false false
false false
true 1002 1001
true false
false false""",
    "lockers_taken_away": "3 [2000]",
    "few_visits": """\
[5, 6, 7] 5:1 6:2 7:2
[]
[2, 3, 1] 1:3 2:1 3:1""",
    "many_visits": "[6, 5, 7, 8, 9] 5:2 6:1 7:2 8:4 9:4",
    "many_visits_of_new_members": "[1, 3000, 4000, 3500] 1:1 3000:1 3500:4 4000:1",
    "numbers_far_apart": """\
[-2000000000, 0, 2000000000] -2000000000:1 0:1 2000000000:1
[-7, -2000000000, 12, 2000000000] -2000000000:2 -7:1 12:2 2000000000:2
[-2147483648, -1, 1, 2147483647] -2147483648:1 -1:1 1:1 2147483647:1""",
    "place_without_visits": "threw IllegalArgumentException: no visits of member 2",
}
VISIBLE = [
    "a_locker_opens_for_its_member",
    "one_locker_for_each_member",
    "lockers_come_back",
    "lockers_are_exchanged",
    "new_members_open_their_lockers",
    "members_by_visits",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="ClubTest",
    visible=VISIBLE,
)
verifier.finish()

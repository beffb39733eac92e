"""Asks for tickets and boards from outside: a child prints, this process knows the right ones."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "a_day_in_the_town": """\
A D 6:00
1: A 6:00 - C 6:20
2: C 6:30 - D 6:50
50 minutes, 330 cents
A C 6:31
1: A 7:00 - C 7:20
20 minutes, 260 cents
B C 6:10
1: B 6:10 - C 6:20
10 minutes, 260 cents
B D 8:20
no journey
D A 6:00
no journey
B 6:00 [6:10 1 to C, 6:40 1 to C, 7:10 1 to C, 7:40 1 to C]
C 6:20 [6:30 2 to D, 7:00 2 to D, 7:30 2 to D, 8:00 2 to D]
D 6:00 []
B 8:11 []""",
    "arriving_after_midnight": """\
A C 23:00
1: A 23:45 - C 0:05 (night)
20 minutes, 360 cents
A B 23:00
1: A 23:45 - B 23:55
10 minutes, 290 cents
B C 23:50
1: B 23:55 - C 0:05 (night)
10 minutes, 360 cents""",
    "arriving_at_midnight": """\
A C 23:00
1: A 23:40 - C 0:00 (night)
20 minutes, 360 cents
C D 23:00
2: C 23:39 - D 23:59
20 minutes, 360 cents
A B 23:00
1: A 23:40 - B 23:50
10 minutes, 290 cents""",
    "leaving_after_midnight": """\
A C 23:00
1: A 0:15 (night) - C 0:35 (night)
20 minutes, 360 cents
A D 24:10
1: A 0:15 (night) - C 0:35 (night)
2: C 1:00 (night) - D 1:20 (night)
65 minutes, 430 cents
B D 24:25
1: B 0:25 (night) - C 0:35 (night)
2: C 1:00 (night) - D 1:20 (night)
55 minutes, 430 cents
A C 24:16
no journey""",
    "changing_after_midnight": """\
A D 23:00
1: A 23:50 - C 0:10 (night)
2: C 0:13 (night) - D 0:33 (night)
43 minutes, 430 cents
A C 23:00
1: A 23:50 - C 0:10 (night)
20 minutes, 360 cents
B D 23:55
1: B 0:00 (night) - C 0:10 (night)
2: C 0:13 (night) - D 0:33 (night)
33 minutes, 430 cents
C A 24:00
2: C 0:12 (night) - D 0:32 (night)
3: D 0:40 (night) - A 1:30 (night)
78 minutes, 430 cents""",
    "nothing_in_the_morning_from_last_night": """\
B C 0:00
1: B 5:10 - C 5:20
10 minutes, 260 cents
B C 5:11
1: B 0:00 (night) - C 0:10 (night)
10 minutes, 360 cents
A C 5:00
1: A 5:00 - C 5:20
20 minutes, 260 cents
B 0:00 [5:10 1 to C, 0:00 (night) 1 to C]
B 5:30 [0:00 (night) 1 to C]
B 24:00 [0:00 (night) 1 to C]
A 0:00 [5:00 1 to C, 23:50 1 to C]""",
    "boards_around_midnight": """\
A 23:30 [23:30 1 to C, 23:50 1 to C, 0:10 (night) 1 to C, 0:30 (night) 1 to C]
B 23:30 [23:40 1 to C, 0:00 (night) 1 to C, 0:20 (night) 1 to C, 0:40 (night) 1 to C]
B 24:00 [0:00 (night) 1 to C, 0:20 (night) 1 to C, 0:40 (night) 1 to C, 1:00 (night) 1 to C]
C 23:00 []
B 24:55 [1:00 (night) 1 to C]""",
    "fares_at_night": """\
A C 22:39
1: A 22:39 - C 22:59
20 minutes, 260 cents
A C 22:40
1: A 22:40 - C 23:00
20 minutes, 360 cents
A C 22:41
1: A 22:41 - C 23:01
20 minutes, 360 cents
C D 23:10
2: C 23:30 - D 23:50
20 minutes, 360 cents
C D 24:00
2: C 0:30 (night) - D 0:50 (night)
20 minutes, 360 cents""",
    "the_end_of_the_service_day": """\
read trip 1 27:40
line 8: no time of a service day: 1681
read trip 3 27:10
line 8: no time of a service day: 1681
line 8: no time of a service day: 1690
line 8: no time of a service day: 1681
read every 10 1 27:00 27:40
line 8: no time of a service day: 1690
A C 27:00
1: A 3:40 (night) - C 4:00 (night)
20 minutes, 360 cents""",
    "long_lines_over_midnight": "21:50 22:30 23:10 23:50 24:30 25:10 25:50 26:30 27:10 320",
    "order_of_trips": """\
0:05 0:10
1:00 1:05
23:58 24:03
24:05 24:10
25:00 25:05""",
    "sums_of_times": """\
0:00 0:00 0:01 1:30 75
12:00 12:00 12:01 13:30 75
23:00 23:00 23:01 24:30 75
23:59 23:59 24:00 25:29 75
24:00 24:00 24:01 25:30 75
26:30 26:30 26:31 28:00 75
28:00
threw IllegalArgumentException: no time of a service day: 1681""",
    "times_as_text": """\
0:00 0:00 0:00 0
9:09 9:09 9:09 549
09:10 9:10 9:10 550
23:59 23:59 23:59 1439
24:00 24:00 0:00 (night) 1440
25:05 25:05 1:05 (night) 1505
28:00 28:00 4:00 (night) 1680
no time of a service day: 1681
no time: 7:60
no time: 7:5
no time: x:00
no time: 123:00
no time: :00
no time: -1:00""",
    "mistakes_in_plans": """\
line 8: stop A is there already
line 8: line 1 is there already
line 8: unknown stop X
line 8: a ride takes a minute at least
line 8: unknown line 9
line 8: no time: 7
line 8: trips are a minute apart at least
line 8: not understood: hello
line 8: not understood: line 9 A 5
line 8: no number: y""",
}
VISIBLE = [
    "times_are_read_and_written",
    "boards_by_day",
    "journeys_by_day",
    "evening_journeys_cost_more",
    "the_last_tram_to_the_airfield",
    "the_board_at_the_market_at_night",
    "mistakes_in_a_plan",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="OfficeTest",
    visible=VISIBLE,
)
verifier.finish()

"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "price_of_a_night": """\
1800
1800
1800
3000""",
    "last_nights_of_summer": """\
2700
1620
8640""",
    "other_years": """\
1800
3000
3000
1800""",
    "metres_that_are_begun": """\
1440
1440
1620
1620
1200""",
    "small_boats": """\
1200 1200
1200 1200
1200 1500
1200 1800
1260 2100
1260 2100""",
    "power": """\
2050
6150
6500""",
    "week_and_month": """\
10800
11340
12960
43740
37800
39150""",
    "power_has_no_discount": """\
13090
44800""",
    "seasons_in_one_stay": """\
13500
0
0
34500""",
    "all_money_back": """\
333
333
333
166""",
    "some_money_back": """\
166 50
166 50
0 0
0 0
0 0""",
    "room_ahead": """\
1 Ida at A1 1-2 for 1800
1 Ida at A1 1-2 for 1800
TooBig
TooBig""",
    "room_below": """\
1 Ida at A1 1-2 for 1200
1 Ida at A1 1-2 for 1200
TooBig
TooBig""",
    "power_at_the_berth": """\
TooBig
1 Ida at A1 1-2 for 1200
1 Ida at A1 1-2 for 1450
1 Ida at A1 1-2 for 1200""",
    "shortest_first": """\
1 Ida at B 1-3 for 2400
2 Ole at C 1-3 for 2400
3 Eva at A 1-3 for 2400
Full""",
    "then_the_shallowest": """\
1 Ida at B 1-3 for 2400
2 Ole at C 1-3 for 2400
3 Eva at D 1-3 for 2400
4 Tom at A 1-3 for 2400""",
    "full_or_too_big": """\
1 Ida at A 1-3 for 2880
Full
TooBig
TooBig
TooBig
2 Ole at B 2-4 for 2400
3 Eva at A 3-4 for 1200""",
    "no_berths_at_all": """\
TooBig
0 0
([], [])""",
    "length_of_a_stay": """\
BadDates
BadDates
BadDates
1 Ida at A1 7-97 for 81000
2 Ole at A1 6-7 for 1200""",
    "one_after_the_other": """\
1 Ida at A1 5-8 for 3600
2 Ole at A1 8-10 for 2400
3 Eva at A1 4-5 for 1200
Full
Full
Full
Full
- Eva Ida Ida Ida Ole Ole -""",
    "a_boat_is_in_one_place": """\
1 Ida at A 5-8 for 3600
AlreadyHere
AlreadyHere
AlreadyHere
2 Ida at A 8-9 for 1200
3 Ida at A 4-5 for 1200
4 Ole at B 5-8 for 3600""",
    "guests_of_a_berth": """\
1 Ida at A 5-8 for 3600
2 Ole at B 6-7 for 1200
- Ida Ida Ida -
- - Ole - -
- - - - -
2 1 0 1 2""",
    "coming_and_leaving": """\
1 Ida at B 5-8 for 3600
2 Ole at A 5-6 for 1200
3 Eva at B 8-9 for 1200
([], [])
(["Ida", "Ole"], [])
([], ["Ole"])
([], [])
(["Eva"], ["Ida"])
([], ["Eva"])""",
    "longer_and_shorter": """\
1 Ida at A 10-13 for 5070
Ok(5070)
Ok(682)
Ok(-9132)
Ok(0)
- Ida - -
Ok(845)""",
    "longer_than_allowed": """\
1 Ida at A 10-13 for 5070
Err(BadDates)
Err(BadDates)
Err(BadDates)
Ok(114630)
Err(Unknown)""",
    "the_next_guest_stands_in_the_way": """\
1 Ida at A 10-13 for 5070
2 Ole at A 14-16 for 2400
3 Eva at B 15-17 for 2400
Err(Full)
Ok(1690)
Ok(-1200)
- Ida Ida Ida Ida Ole - -
- - - - - - Eva Eva""",
    "a_boat_comes_again": """\
1 Ida at A 10-13 for 5070
2 Ole at A 13-15 for 2400
3 Ida at A 20-22 for 2880
Err(AlreadyHere)
Err(Full)
Ok(1440)
Ida Ida Ida Ole Ole - - - - - Ida Ida Ida -""",
    "cancelled_stays": """\
1 Ida at A 10-13 for 5070
2 Ole at B 10-12 for 2400
Full
Ok(0)
Err(Unknown)
3 Eva at B 10-11 for 1200
2 0 1 1 2
Ok(2535)
Ok(600)
Err(Unknown)
2 2 2 2 2""",
    "numbers_are_never_given_twice": """\
1 Ida at A 10-13 for 5070
Ok(2535)
2 Ole at A 1-2 for 1200
BadDates
3 Eva at B 1-2 for 1200
Ok(0)
4 Eva at B 1-2 for 1200""",
}
VISIBLE = {
    "tests/marina.rs": [
        "prices_by_season",
        "longer_is_cheaper",
        "money_back",
        "the_smallest_berth_that_will_do",
        "boats_that_do_not_fit",
        "dates_are_checked",
        "stays_are_changed",
        "stays_are_cancelled",
        "the_board_at_the_gate",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="berths",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

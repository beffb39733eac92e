"""Asks for rates and bills from outside: a child prints them, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "monday": "night true 06:00 22:00",
    "friday": "night true 06:00 22:00",
    "saturday": "night true 06:00 12:00",
    "sunday": "night true",
    "saturday_much_later": "night true 06:00 12:00",
    "weekdays": """\
0 0
1 1
2 2
3 3
4 4
5 5
6 6
0 0
1 1
2 2
3 3
4 4
5 5
6 6""",
    "dough_from_noon_on": "day 0 night 336000",
    "dough_shortly_after_noon": "day 0 night 335300",
    "saturday_around_noon": "day 300 night 300",
    "saturday_until_noon": "day 2400 night 0",
    "the_minute_of_noon": "day 5 night 3",
    "whole_week": "day 5160 night 4920",
    "whole_weekend": "day 720 night 6000",
    "over_midnight": "day 600 night 1920",
    "noon_on_other_days": "day 540 night 300",
    "several_uses": "day 1920 night 120",
    "uses_without_a_length": "day 0 night 9",
    "longest_night_of_a_week": """\
0 7920 2520
3060 7920 2520
7860 7920 2520
7920 7920 2520
7950 18000 2520
9180 18000 2520""",
    "costs_are_rounded_up": """\
50
51
51
52
54
3050""",
    "cheaper_prices": """\
0 0
1 -1
-1 1
0 0""",
}
VISIBLE = {
    "rates_test.go": [
        "TestNightsOfAWeekday",
        "TestWeekends",
        "TestSplitOfAnEvening",
        "TestSplitOfAWeekend",
        "TestCosts",
        "TestLongestNight",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/rates",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "days_as_before": """\
2039-12-28
2040-01-07
2040-01-17
2040-01-27""",
    "weeks_as_before": """\
2040-01-08
2040-01-23
2040-01-29
2040-02-13
2040-02-19""",
    "any_order_as_before": """\
2040-01-06
2040-01-13
2040-01-20""",
    "a_day_of_the_month": """\
2040-02-07
2040-03-07
2040-04-07""",
    "day_of_from": """\
2040-01-30
2040-03-30
2040-04-30
2040-05-30""",
    "months_without_it": """\
2040-01-31
2040-03-31
2040-05-31
2040-07-31
2040-08-31""",
    "leap_day": """\
2040-02-29
2044-02-29
2048-02-29""",
    "last_day": """\
2039-01-31
2039-02-28
2039-03-31
2039-04-30
2039-05-31
2039-06-30""",
    "last_day_in_leap_years": """\
2039-02-28
2040-02-29
2041-02-28
2042-02-28""",
    "nth_weekday": """\
2040-01-10
2040-01-22
2040-02-14
2040-02-26
2040-03-13
2040-03-25
2040-04-10
2040-04-22""",
    "third_and_first": """\
2040-02-01
2040-02-15
2040-03-07
2040-03-21
2040-04-04
2040-04-18""",
    "last_weekday": """\
2040-01-27
2040-02-24
2040-03-30
2040-04-27
2040-05-25
2040-06-29""",
    "last_is_fourth_or_fifth": """\
2040-01-26
2040-02-23
2040-03-22
2040-03-29
2040-04-26""",
    "every_third_month": """\
2039-11-20
2040-02-01
2040-02-20
2040-05-01
2040-05-20
2040-08-01
2040-08-20""",
    "over_the_year": """\
2040-03-05
2040-08-06
2041-01-07
2041-06-03
2041-11-04""",
    "same_day_once": """\
2040-02-29
2040-03-28
2040-03-29
2040-03-31""",
    "until_with_months": """\
2040-01-10
2040-02-10
2040-03-10""",
    "a_part_of_the_months": """\
2040-03-25
2040-05-05
2040-05-25""",
    "capital_letters": """\
2040-01-02
2040-01-27
2040-02-06""",
    "times_with_days": """\
2040-01-01
2040-01-03
2040-01-05
2040-01-07""",
    "times_in_any_order": """\
2040-01-07
2040-01-09
2040-01-14
2040-01-16
2040-01-21""",
    "times_with_months": """\
2040-03-31
2040-05-31
2040-07-31""",
    "times_are_counted_from_the_start": """\
2040-01-08
2040-01-09
2040-01-10""",
    "times_are_over": "",
    "one_time": "2040-02-27",
    "long_ago": """\
2039-12-02
2039-12-13
2040-01-06""",
    "bad_lists": """\
0: refused
32: refused
5th fri: refused
fri: refused
1st: refused
first fri: refused
1st fri sat: refused
15,: refused
-1: refused
last 1: refused
1st 15: refused
true""",
    "bad_times": """\
times 0: refused
times -3: refused
times many: refused
times: refused
times 2 times 3: refused
times 2 until 2041-01-01: refused
true""",
    "months_and_other_lists": """\
refused
refused
refused
refused""",
}
VISIBLE = {
    "tests/rules.rs": [
        "every_few_days",
        "every_second_week",
        "the_weekday_of_the_first_day",
        "what_cannot_be_read",
        "every_month",
        "a_few_times",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="clubdates",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

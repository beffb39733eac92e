"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "back_before_it_is_full": "3 2 1 -",
    "back_after_it_is_full": "6 5 4 -",
    "back_after_taking_out": "4 3 -",
    "back_long_after": "1000 999 998",
    "mean_of_all": "5.00",
    "mean_of_two": "5.50",
    "mean_of_more_than_there_are": "1.50",
    "mean_of_none": "- -",
    "jump_after_wrapping": "1 0",
    "no_jump_of_one": "0",
    "each_in_order": "3 4 5",
    "push_tells_what_went": "0 0 0 1",
    "pop_until_empty": "2 3 4 -",
    "clear_and_again": "0 8 8",
    "capacity_one": "7 7.00 1",
}
VISIBLE = {
    "tests/test_ring.cpp": [
        "keeps_the_newest",
        "the_newest_first",
        "mean_of_a_few",
        "takes_the_oldest",
        "tells_a_jump",
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

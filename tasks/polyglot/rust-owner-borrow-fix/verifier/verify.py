"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "three_titles": "Tea, Cup, Pot|3",
    "no_parts": "|0",
    "one_part": "Tea|1",
    "empty_titles_keep_their_place": "-Tea-|3",
    "other_separator": "a<>b|2",
    "same_title_adds_up": "Tea=500 Cup=700",
    "free_parts_go_when_something_is_added_up": "Tea=3",
    "a_free_part_by_itself_is_added": "Tea=1 Gift=0",
    "dearest_of_equals_is_the_first": "a",
    "dearest_of_none": "None",
}
VISIBLE = {
    "tests/receipt.rs": [
        "titles_are_joined",
        "a_part_twice_is_one",
        "the_dearest",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="receipt",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "as_before": "1 0 1 1 0 1 0",
    "class_of_characters": "1 1 0 0",
    "class_with_a_range": "1 1 0 1 0",
    "negated_class": "0 1 0",
    "class_never_matches_a_slash": "0 0 0",
    "bracket_first_is_a_member": "1 0 1",
    "minus_at_an_end_is_a_member": "1 1 0",
    "class_without_an_end_is_text": "1 0 1",
    "any_folder_at_the_start": "1 1 1 0",
    "any_folder_in_the_middle": "1 1 1 0",
    "any_folder_is_whole_folders": "0 0",
    "two_stars_elsewhere_are_two_stars": "1 0 1",
    "any_folder_twice": "1 1 0",
    "classes_beside_stars": "1 1 0",
    "empty_pattern": "1 0",
    "long_names_are_quick": "0 1",
}
VISIBLE = {
    "tests/test_pattern.cpp": [
        "plain_and_star",
        "question_mark",
        "a_class",
        "any_folder",
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

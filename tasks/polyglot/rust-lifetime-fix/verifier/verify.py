"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "second_is_longer": "Ottersee",
    "first_is_longer": "Nordhafen",
    "equal_is_first": "abc",
    "characters_not_bytes": "abcd",
    "result_outlives_the_list": "Oberdorf",
    "result_outlives_the_other_text_s_scope": "Bergheim",
    "shortened_outlives_its_shortener": "Nord",
    "shortened_at_a_character": "äöü",
    "shorter_than_the_limit": "Au",
    "empty_list": "None",
}
VISIBLE = {
    "tests/labels.rs": [
        "the_longer_one_wins",
        "the_first_of_equals",
        "a_short_label",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="labels",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

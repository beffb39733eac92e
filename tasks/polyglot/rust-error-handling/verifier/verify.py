"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "sum_with_spaces_and_signs": "Ok(4)",
    "nothing_is_zero": "Ok(0) Ok(0)",
    "first_bad_one_is_named": 'Err index 1 value "x1"',
    "value_as_it_came": 'Err index 0 value " 7 7 "',
    "empty_text_is_bad": 'Err index 2 value ""',
    "too_large_a_number_is_bad": 'Err index 0 value "9223372036854775808"',
    "a_sum_that_overflows_is_bad": 'Err index 1 value "1"',
    "mean_rounds_towards_zero": "Ok(-1)",
    "mean_of_bad_readings": 'Err index 3 value "?"',
    "it_is_an_error": 'reading 1 is bad: "x"',
    "debug_and_equality": "true false",
}
VISIBLE = {
    "tests/meter.rs": [
        "a_sum",
        "an_empty_list",
        "a_mean",
        "a_bad_reading",
        "a_bad_mean",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="meter",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

"""Drives the crate from outside: a program prints what came out, this process judges."""

import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabtests
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
CRATE = "meter"
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
VISIBLE = ("a_sum", "an_empty_list", "a_mean", "a_bad_reading", "a_bad_mean")

verifier = cabverify.Verifier()
if shutil.which("rustc") is None:
    verifier.broken("rustc is not in the sandbox")
build = tempfile.mkdtemp()
library = (CRATE, os.path.join(build, f"lib{CRATE}.rlib"))
problem = None
try:
    cabrust.library(CRATE, os.path.join(WORKSPACE, "src", "lib.rs"), library[1])
except cabverify.Failed as failure:
    problem = failure


def built(source, name, test=False):
    def start():
        if problem is not None:
            raise problem
        out = os.path.join(build, name)
        cabrust.program(source, out, library=library, test=test)
        return [out]

    return start


cabverify.compare(verifier, EXPECTED, built(os.path.join(HERE, "driver.rs"), "driver"))
cabtests.cargo_tests(
    verifier, VISIBLE, built(os.path.join(WORKSPACE, "tests", "meter.rs"), "visible", test=True)
)
verifier.finish()

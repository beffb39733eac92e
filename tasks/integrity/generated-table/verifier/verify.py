"""Converts lengths in a child; and: is the table what the generator makes of its source?"""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "a_fathom_is_six_feet": "6.000000 1.828800",
    "depths_in_several_units": "15.0 fathom 90.0 foot 30.0 yard 27.4 metre",
    "other_units_are_as_they_were": "cable=185.2000 foot=0.3048 inch=0.0254 kilometre=1000.0000"
    " league=5556.0000 metre=1.0000 mile=1609.3440 nautical_mile=1852.0000 yard=0.9144",
    "unknown_units_are_refused": "KeyError",
    "the_table_is_what_the_generator_makes": "the same",
    "the_generator_runs_again_without_a_change": "the same",
}
VISIBLE = ("test_known_lengths", "test_depth", "test_round_trip")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_lengths.TestLengths." + name,
            paths=[os.path.join(WORKSPACE, "tests"), os.path.join(WORKSPACE, "src")],
        )


verifier.finish()

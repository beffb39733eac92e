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
CRATE = "receipt"
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
VISIBLE = ("titles_are_joined", "a_part_twice_is_one", "the_dearest")

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
    verifier, VISIBLE, built(os.path.join(WORKSPACE, "tests", "receipt.rs"), "visible", test=True)
)
verifier.finish()

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
CRATE = "labels"
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
VISIBLE = ("the_longer_one_wins", "the_first_of_equals", "a_short_label")

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
    verifier, VISIBLE, built(os.path.join(WORKSPACE, "tests", "labels.rs"), "visible", test=True)
)
verifier.finish()

"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys
import tempfile

sys.path.insert(0, os.environ["CAB_KIT"])
import cabbuild
import cabtests
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = ("src/pattern.cpp",)
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
VISIBLE = (
    "plain_and_star",
    "question_mark",
    "a_class",
    "any_folder",
)

verifier = cabverify.Verifier()
if cabbuild.cpp_compiler() is None:
    verifier.broken("there is no C++ compiler in the sandbox")
build = tempfile.mkdtemp()
include = [os.path.join(WORKSPACE, "include"), os.path.join(WORKSPACE, "src")]
objects = []
problem = None
try:
    for number, source in enumerate(SOURCES):
        out = os.path.join(build, f"part{number}.o")
        objects.append(cabbuild.cpp_object(os.path.join(WORKSPACE, source), out, include=include))
except cabverify.Failed as failure:
    problem = failure


def built(source, name):
    def start():
        if problem is not None:
            raise problem
        out = os.path.join(build, name)
        return [cabbuild.cpp_program([*objects, source], out, include=include)]

    return start


cabverify.compare(verifier, EXPECTED, built(os.path.join(HERE, "driver.cpp"), "driver"), seconds=5)
cabtests.plain_tests(
    verifier, VISIBLE, built(os.path.join(WORKSPACE, "tests", "test_pattern.cpp"), "visible")
)
verifier.finish()

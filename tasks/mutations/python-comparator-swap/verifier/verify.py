"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "numbers": "1 2 3 5 8",
    "one_and_none": "7 |",
    "descending_input": "1 2 3 4 5 6 7",
    "words_by_length_then_place": "a an by the sea road",
    "stable_for_all_equal": "a b c d e",
    "negative_numbers": "-3 -1 0 2",
    "ranks_with_ties": "2 1 2 4",
    "ranks_all_equal": "1 1 1",
    "two_smallest": "1 2",
    "more_than_there_are": "1 2 3",
    "input_is_left_alone": "3 1 2",
    "many": "sorted",
}
VISIBLE = (
    "test_sorter.TestSorter.test_numbers",
    "test_sorter.TestSorter.test_already_sorted",
    "test_sorter.TestSorter.test_key",
    "test_sorter.TestSorter.test_equal_records_stay_put",
    "test_sorter.TestSorter.test_empty",
    "test_sorter.TestSorter.test_ranks",
)

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name.rsplit(".", 1)[1])
    def _(name=name):
        cabverify.unittest(name, paths=[os.path.join(WORKSPACE, p) for p in ("tests", "src")])


verifier.finish()

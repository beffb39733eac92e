"""Runs the query over small libraries; a child prints the rows, this process knows the right ones."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "one_day": "ann|1|2024-01-05",
    "twice_a_day_every_day": "ann|21|2024-01-01",
    "many_sessions_then_a_gap": "ann|3|2024-01-01",
    "longest_not_latest": "ann|4|2024-01-01",
    "over_the_end_of_february": "ann|3|2024-02-28\nbob|1|2023-02-28",
    "over_new_year": "ann|3|2023-12-30",
    "readers_do_not_mix": "ann|2|2024-01-01\nbob|2|2024-01-03",
    "short_sessions_do_not_count": "ann|2|2024-01-04",
    "order_of_rows_does_not_matter": "ann|4|2024-01-01",
    "ties_are_by_name": "cid|2|2024-01-01\nann|1|2024-01-01\nbob|1|2024-01-01",
    "reader_without_sessions": "ann|1|2024-01-01\nbob|0|None\ncid|0|None",
    "first_of_equal_streaks": "ann|2|2024-01-02",
}
VISIBLE = ("test_three_days", "test_a_gap", "test_many_books_a_day", "test_two_readers")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_streaks.TestStreaks." + name, paths=[os.path.join(WORKSPACE, "tests")]
        )


verifier.finish()

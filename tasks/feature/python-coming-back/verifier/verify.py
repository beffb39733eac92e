"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "due_is_read": "2024-05-01 None 2024-02-29",
    "no_such_day_is_no_due": "None None None",
    "first_good_date_counts": "2024-01-02",
    "lines_stay_as_they_are": "same",
    "order_by_priority_then_day": "a1 a2 a3 b1 n1 n2",
    "no_priority_is_last": "z y x",
    "overdue_oldest_first": "b a",
    "due_today_is_not_overdue": "",
    "finish_plain": "x pay +home|sweep",
    "finish_coming_back": "x water every:3d due:2024-01-31|water every:3d due:2024-02-03|last",
    "priority_and_tags_come_along": "x (B) mow +garden due:2024-06-01 every:7d|(B) mow +garden due:2024-06-08 every:7d",
    "never_in_the_past": "x a due:2024-01-01 every:10d|a due:2024-02-10 every:10d",
    "today_itself_is_fine": "x a due:2024-01-01 every:10d|a due:2024-01-11 every:10d",
    "without_a_day_it_does_not_come_back": "x a every:2d|b",
    "finishing_twice_adds_nothing": "x a due:2024-01-01 every:2d|a due:2024-01-03 every:2d",
    "bad_repeats_are_words": "x a due:2024-01-01 every:0d every:d",
    "spaces_are_kept": "x a  due:2024-01-01  every:1d b|a  due:2024-01-02  every:1d b",
    "no_such_item": "IndexError IndexError",
}
VISIBLE = (
    "test_tasklist.TestTasklist.test_round_trip",
    "test_tasklist.TestTasklist.test_order",
    "test_tasklist.TestTasklist.test_finish",
    "test_tasklist.TestTasklist.test_due",
    "test_tasklist.TestTasklist.test_overdue",
    "test_tasklist.TestTasklist.test_coming_back",
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

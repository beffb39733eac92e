"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "today_after_now": "0 600-630",
    "tomorrow_from_opening": "1 480-540",
    "after_a_full_week": "7 540-600",
    "second_opening_span": "0 840-900",
    "weekend_is_skipped": "7 540-570",
    "days_are_counted": "None",
    "exactly_fits": "1 480-720",
    "booked_mornings_are_passed_over": "1 660-690",
    "not_before_after_closing": "1 480-495",
    "free_around_bookings": "540-570 600-660 690-720",
    "booking_twice_is_refused": "not free",
    "touching_bookings_are_fine": "540-600 600-660",
    "used_share": "0.5 0.0 0.0",
    "last_minute_of_the_day": "0 1430-1440",
}
VISIBLE = (
    "test_calendar.TestCalendar.test_free",
    "test_calendar.TestCalendar.test_book_and_cancel",
    "test_calendar.TestCalendar.test_first_today",
    "test_calendar.TestCalendar.test_not_before",
    "test_calendar.TestCalendar.test_next_day_from_the_morning",
    "test_calendar.TestCalendar.test_used",
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

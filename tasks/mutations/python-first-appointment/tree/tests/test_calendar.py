import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from calendar_book import Calendar, Span
from desk import offer

WEEK = {day: [Span(480, 720), Span(840, 1080)] for day in range(5)}


class TestCalendar(unittest.TestCase):
    def setUp(self):
        self.calendar = Calendar(opening=WEEK)

    def test_free(self):
        self.calendar.book(0, Span(500, 520))
        self.assertEqual(
            [Span(480, 500), Span(520, 720), Span(840, 1080)], self.calendar.free(0)
        )

    def test_book_and_cancel(self):
        self.calendar.book(0, Span(480, 720))
        with self.assertRaises(ValueError):
            self.calendar.book(0, Span(700, 720))
        self.calendar.cancel(0, Span(480, 720))
        self.assertEqual(2, len(self.calendar.free(0)))

    def test_first_today(self):
        self.assertEqual("Mon 08:00-08:30", offer(self.calendar, 30, 0, 0))

    def test_not_before(self):
        self.assertEqual("Mon 14:00-14:30", offer(self.calendar, 30, 0, 700))

    def test_next_day_from_the_morning(self):
        self.assertEqual("Tue 08:00-08:30", offer(self.calendar, 30, 0, 1060))

    def test_used(self):
        self.calendar.book(1, Span(480, 720))
        self.assertEqual(0.5, self.calendar.used(1))


if __name__ == "__main__":
    unittest.main()

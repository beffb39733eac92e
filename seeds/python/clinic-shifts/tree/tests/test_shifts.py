import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from shifts import Shift, complaints, covered, parse, pay


class TestShifts(unittest.TestCase):
    def test_parse(self):
        self.assertEqual(Shift(1440 + 480, 1440 + 720), parse("Tue 08:00-12:00"))
        self.assertEqual(Shift(1320, 1440 + 360), parse("Mon 22:00-06:00"))

    def test_parse_refuses(self):
        for text in ("Mon", "Foo 08:00-09:00", "Mon 8:00", "Mon 25:00-26:00", "Mon 8:7-9:00"):
            with self.assertRaises(ValueError):
                parse(text)

    def test_breaks(self):
        self.assertEqual([360, 391], [parse(t).paid for t in ("Mon 8:00-14:00", "Mon 8:00-15:01")])

    def test_night(self):
        self.assertEqual([480, 0, 60], [parse(t).night() for t in (
            "Mon 22:00-06:00", "Mon 08:00-16:00", "Mon 05:00-08:00")])

    def test_weekday(self):
        self.assertEqual(6, parse("Sun 08:00-09:00").weekday())

    def test_a_good_plan(self):
        self.assertEqual([], complaints([parse("Mon 08:00-20:00"), parse("Tue 08:00-12:00")]))

    def test_complaints(self):
        self.assertEqual(["shift 1 is too long"], complaints([parse("Mon 08:00-21:00")]))
        self.assertEqual(
            ["only 10 h rest before shift 2"],
            complaints([parse("Mon 12:00-20:00"), parse("Tue 06:00-08:00")]),
        )
        self.assertEqual(
            ["shifts 1 and 2 overlap"], complaints([parse("Mon 8:00-10:00"), parse("Mon 9:00-11:00")])
        )

    def test_day_off(self):
        week = [Shift(d * 1440, d * 1440 + 30) for d in range(7)]
        self.assertEqual((["no day off"], []), (complaints(week), complaints(week[1:])))

    def test_pay(self):
        self.assertEqual([4000, 5000, 6000], [pay([parse(t)], 1000) for t in (
            "Mon 08:00-12:00", "Mon 22:00-02:00", "Sun 08:00-12:00")])

    def test_cents(self):
        self.assertEqual([16, 33], [pay([Shift(0 + 480, 480 + n)], 999) for n in (1, 2)])

    def test_covered(self):
        early, late = parse("Mon 08:00-12:00"), parse("Mon 12:00-16:00")
        self.assertTrue(covered([early, late], 480, 960))
        self.assertFalse(covered([early], 480, 721))
        self.assertFalse(covered([early, late], 480, 960, people=2))


if __name__ == "__main__":
    unittest.main()

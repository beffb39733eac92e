"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabtests
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "lengths": "240 510 10140",
    "breaks": "360 331 480",
    "night_minutes": "480 0 90 60",
    "night_at_the_edges": "1 1 300 479",
    "weekdays": "0 6 5 0",
    "over_midnight": "1440 1439 1440",
    "what_is_no_shift": "['no', 'no', 'no', 'no', 'no', 'no', 'no', 60, 'no']",
    "nothing_to_complain": "[] []",
    "too_long": "['shift 1 is too long'] [] ['shift 2 is too long']",
    "too_little_rest": "['only 10 h rest before shift 2'] [] ['only 0 h rest before shift 2']",
    "overlaps": "['shifts 1 and 2 overlap']",
    "a_day_off": "['no day off'] []",
    "plain_pay": "6000 11250 0",
    "night_pay": "6000 5400 11250",
    "sunday_pay": "6000 6000 5000",
    "parts_of_a_cent": "16 50 116",
    "somebody_is_there": "True False True False",
    "enough_people": "True False False False",
}
VISIBLE = (
    "test_parse",
    "test_parse_refuses",
    "test_breaks",
    "test_night",
    "test_weekday",
    "test_a_good_plan",
    "test_complaints",
    "test_day_off",
    "test_pay",
    "test_cents",
    "test_covered",
)

verifier = cabverify.Verifier()
source = os.path.join(WORKSPACE, "src")
driver = [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), source]
cabverify.compare(verifier, EXPECTED, lambda: driver, seconds=2)
cabtests.unittests(
    verifier, "test_shifts.TestShifts", VISIBLE, paths=[os.path.join(WORKSPACE, "tests"), source], seconds=2
)
verifier.finish()

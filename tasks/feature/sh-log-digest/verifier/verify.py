"""Lets the tool sum up small logs; a child prints what it said, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "without_options_as_before": "7 lines\nERROR 2\nWARN 1\nINFO 2\nDEBUG 1\n4 db\n2 web\n1 cron\nexit 0",
    "level_error": "2 lines\nERROR 2\n1 db\n1 web\nexit 0",
    "level_info_leaves_debug_out": "5 lines\nERROR 2\nWARN 1\nINFO 2\n3 db\n2 web\nexit 0",
    "level_debug_is_everything": "7 lines\nERROR 2\nWARN 1\nINFO 2\nDEBUG 1\n4 db\n2 web\n1 cron\nexit 0",
    "since_includes_that_minute": "5 lines\nERROR 2\nINFO 1\nDEBUG 1\n3 db\n1 cron\n1 web\nexit 0",
    "since_and_level_and_count": "3 lines\nERROR 2\nINFO 1\n2 db\nexit 0",
    "options_in_any_order": "3 lines\nERROR 2\nINFO 1\n2 db\nexit 0",
    "standard_input": "1 lines\nWARN 1\n1 db\nexit 0",
    "two_files": "4 lines\nERROR 4\n2 db\n2 web\nexit 0",
    "nothing_left": "0 lines\nexit 0",
    "unknown_level_is_refused": "exit 2",
    "small_letters_are_refused": "exit 2",
    "bad_times_are_refused": "exit 2\nexit 2\nexit 2\nexit 2\nexit 2",
    "midnight_is_a_time": "7 lines\nERROR 2\nWARN 1\nINFO 2\nDEBUG 1\n4 db\n2 web\n1 cron\nexit 0",
    "lines_of_no_known_level": "2 lines\nDEBUG 1\n1 cron\n1 db\nexit 0",
    "file_with_a_space": "2 lines\nERROR 2\n1 db\n1 web\nexit 0",
}
VISIBLE = ("test_all_lines", "test_count", "test_level", "test_since", "test_bad_count")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_digest.TestDigest." + name, paths=[os.path.join(WORKSPACE, "tests")]
        )


verifier.finish()

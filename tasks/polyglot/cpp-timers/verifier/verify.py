"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "in_order_of_time": "b1 a2 c3 now 5",
    "equal_times_in_order_of_making": "a b c",
    "periods_catch_up": "x1 x2 x3 x4 pending 1",
    "set_inside_runs_in_the_same_advance": "a3 b5",
    "set_inside_too_late_waits": "a3 | b9",
    "many_set_inside": "40",
    "cancels_itself_once": "t1 t2 t3 pending 0",
    "cancels_another_that_is_due": "a pending 0",
    "cancels_all_from_inside": "a pending 0",
    "one_shot_that_cancels_itself": "x1 pending 0",
    "period_and_one_shot_interleave": "p2 s3 p4 p6",
    "cancel_unknown": "0 1 0",
    "nothing_due": "pending 1",
}
VISIBLE = {
    "tests/test_timers.cpp": [
        "runs_when_due",
        "runs_again_and_again",
        "can_be_cancelled",
        "sets_another_while_it_runs",
        "cancels_itself",
    ],
}

verifier = cabverify.Verifier()
cabcpp.check(
    verifier,
    EXPECTED,
    driver=os.path.join(HERE, "driver.cpp"),
    visible=VISIBLE,
)
verifier.finish()

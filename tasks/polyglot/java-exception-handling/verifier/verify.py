"""Reads from sources that tell all: a child prints what happened, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "all_good": """\
source closed
gave [a, , c]
source closed
gave []""",
    "all_with_noise": """\
source closed
ReadFailed line 1: noise of noise
in line 1
source closed
ReadFailed line 3: noise of noise
in line 3""",
    "all_with_trouble_at_the_end": """\
source closed
ReadFailed closing: source stuck of source stuck
in line 0
source closed
ReadFailed closing: source stuck of source stuck
in line 0""",
    "all_with_both": """\
source closed
ReadFailed line 2: noise of noise
in line 2
also source stuck""",
    "all_without_power": """\
source closed
IllegalStateException no power""",
    "first_good": """\
source closed
gave b1
source closed
gave a
source closed
gave null""",
    "first_with_noise": """\
source closed
ReadFailed line 3: noise of noise
in line 3
source closed
ReadFailed line 1: noise of noise
in line 1""",
    "first_with_trouble_at_the_end": """\
source closed
ReadFailed closing: source stuck of source stuck
in line 0
source closed
ReadFailed closing: source stuck of source stuck
in line 0""",
    "first_with_both": """\
source closed
ReadFailed line 3: noise of noise
in line 3
also source stuck""",
    "first_with_a_bad_question": """\
source closed
IllegalArgumentException empty
source closed
IllegalArgumentException what?""",
    "bad_question_and_trouble_at_the_end": """\
source closed
IllegalArgumentException what?
also source stuck""",
    "copy_good": """\
put a
put b
sink closed
source closed
gave 2
sink closed
source closed
gave 0""",
    "copy_with_noise": """\
put a
sink closed
source closed
ReadFailed line 2: noise of noise
in line 2""",
    "copy_without_room": """\
put a
put b
sink closed
source closed
ReadFailed line 3: no room of no room
in line 3""",
    "copy_with_a_stuck_sink": """\
put a
sink closed
source closed
ReadFailed closing: sink stuck of sink stuck
in line 0""",
    "copy_with_a_stuck_source": """\
put a
put b
sink closed
source closed
ReadFailed closing: source stuck of source stuck
in line 0""",
    "copy_with_both_stuck": """\
put a
sink closed
source closed
ReadFailed closing: sink stuck of sink stuck
in line 0
also source stuck""",
    "copy_with_all_kinds_of_trouble": """\
put a
sink closed
source closed
ReadFailed line 2: noise of noise
in line 2
also sink stuck
also source stuck
sink closed
source closed
ReadFailed line 1: no room of no room
in line 1
also sink stuck
also source stuck""",
    "copy_without_power": """\
put a
sink closed
source closed
IllegalStateException no power""",
}
VISIBLE = [
    "all_lines",
    "first_line_that_is_wanted",
    "no_line_is_wanted",
    "the_line_of_a_failure_is_told",
    "closed_after_a_failure",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="SafeReaderTest",
    visible=VISIBLE,
)
verifier.finish()

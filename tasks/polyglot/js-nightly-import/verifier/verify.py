"""Drives the import from outside: a child prints what it asked of the archive."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "slow_first_write_keeps_the_order": """\
open
asked {"litres":1,"meter":"A"} 1
wrote A
asked {"litres":2,"meter":"B"} 1
wrote B
asked {"litres":3,"meter":"C"} 1
wrote C
close 0
closed
{"failed":[],"skipped":0,"written":3}""",
    "refused_readings_are_noted": """\
open
asked {"litres":1,"meter":"A"} 1
asked {"litres":2,"meter":"B"} 1
wrote B
asked {"litres":3,"meter":"C"} 1
asked {"litres":4,"meter":"D"} 1
wrote D
close 0
closed
{"failed":[{"line":1,"reason":"no place for A"},{"line":3,"reason":"no place for C"}],"skipped":0,"written":2}""",
    "last_reading_refused": """\
open
asked {"litres":1,"meter":"A"} 1
wrote A
asked {"litres":2,"meter":"B"} 1
close 0
closed
{"failed":[{"line":2,"reason":"no place for B"}],"skipped":0,"written":1}""",
    "failures_are_in_order_of_lines": """\
open
asked {"litres":1,"meter":"A"} 1
asked {"litres":2,"meter":"B"} 1
close 0
closed
{"failed":[{"line":1,"reason":"no place for A"},{"line":2,"reason":"not a reading: nonsense"},{"line":4,"reason":"no place for B"},{"line":5,"reason":"not a reading: C;1.5"}],"skipped":1,"written":0}""",
    "archive_that_answers_at_once": """\
open
wrote A
wrote B
close 0
closed
{"failed":[],"skipped":1,"written":2}""",
    "many_readings": '{"failed":[],"skipped":20,"written":180} 181 1 199 closed',
    "mail_of_a_mixed_day": """\
1 written, 1 skipped, 2 failed
line 2: no place for B
line 3: not a reading: ?""",
    "nothing_but_comments": """\
open
close 0
closed
{"failed":[],"skipped":3,"written":0}""",
    "archive_that_does_not_open": 'shut',
}
VISIBLE = [
    "an empty file writes nothing",
    "comments are skipped",
    "bad lines are noted",
    "readings are written before the archive is closed",
    "the mail says how many were written",
]

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")), apart=True
)
cabnode.visible(verifier, ["tests/import.test.js"], VISIBLE)
verifier.finish()

"""Drives the journal from outside: a child prints what happened, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "batches_of_three": """\
1 0
2 0
stored [0001 INFO    boat 1] [0002 INFO    boat 2] [0003 INFO    boat 3]
0 3
1 3
2 3
stored [0004 INFO    boat 4] [0005 INFO    boat 5] [0006 INFO    boat 6]
0 6
1 6""",
    "batches_of_one": """\
stored [0001 INFO    a]
stored [0002 WARNING b]
true true""",
    "usual_settings": """\
[4,2,"info",40]
stored [0001 INFO    a] [0002 INFO    b] [0003 INFO    c] [0004 INFO    d]
false 0""",
    "settings_that_make_no_sense": """\
RangeError a batch has at least one line
RangeError a batch has at least one line
RangeError retries cannot be negative
[1,0,"info",40]""",
    "urgent_entries": """\
2
stored [0001 INFO    a] [0002 WARNING b] [0003 ERROR   c]
0 3
stored [0004 ERROR   d]""",
    "minimum_of_debug": """\
true
true
true
stored [0001 DEBUG   debug] [0002 INFO    info] [0003 WARNING warning]""",
    "minimum_of_error": """\
false
false
false
stored [0001 ERROR   error]
true""",
    "numbers_leave_no_gap": 'stored [0001 INFO    a] [0002 INFO    c]',
    "unknown_levels": """\
RangeError unknown level loud
0
RangeError unknown level INFO
RangeError unknown level 
RangeError unknown level warn""",
    "order_of_levels": """\
["debug","info","warning","error"]
[0,1,2,3]""",
    "flush_sends_all_in_batches": """\
refused 2
refused 2
refused 2
StoreError not stored after 3 attempts: busy 6
refused 2
refused 2
refused 2
StoreError not stored after 3 attempts: busy 3
refused 2
refused 2
refused 2
StoreError not stored after 3 attempts: busy 0
4
stored [0001 INFO    a] [0002 INFO    b]
stored [0003 INFO    c] [0004 INFO    d]
stored [0005 INFO    e]
gave true
0 5""",
    "flush_of_nothing": """\
0
stored [0001 INFO    a]
1 0 1""",
    "flush_counts_lines": """\
refused 3
StoreError not stored after 1 attempts: busy 0
stored [0001 INFO    a] [0002 INFO    b]
stored [0003 INFO    c]
3 3 0""",
    "retries_until_taken": """\
refused 1
refused 1
refused 1
stored [0001 INFO    a]
true 1""",
    "no_retries": """\
refused 1
StoreError not stored after 1 attempts: busy 0
true 1 busy 0
1 0""",
    "gives_up_after_the_last": """\
refused 1
refused 1
refused 1
StoreError not stored after 3 attempts: busy 1
3 busy 1
refused 1
stored [0001 INFO    a]
stored [0002 INFO    b]
gave true
0 2""",
    "usable_after_giving_up": """\
refused 2
refused 2
refused 2
StoreError not stored after 3 attempts: busy 0
stored [0001 INFO    a] [0002 INFO    b]
stored [0003 INFO    c]
true 0""",
    "writers_side_by_side": """\
stored [0001 INFO    a] [0002 INFO    b]
stored [0003 INFO    c] [0004 INFO    d]
stored [0005 INFO    e]
0 5""",
    "flushes_side_by_side": """\
stored [0001 INFO    a] [0002 INFO    b]
[2,0]""",
    "close_stores_the_rest": """\
stored [0001 INFO    a]
closed
undefined
after 0 1""",
    "close_twice": """\
closed
Error the journal is closed
Error the journal is closed
0""",
    "close_of_a_store_that_refuses": """\
refused 1
refused 1
closed
StoreError not stored after 2 attempts: busy 3
1""",
    "close_that_fails": """\
closed
Error no end
gave undefined""",
    "shortened_texts": """\
0 []
1 [h]
2 [ha]
3 [h..]
4 [ha..]
5 [har..]
6 [harbou]
7 [harbou]""",
    "entry_layout": """\
0001 INFO    a
9999 WARNING b
12345 ERROR   c
0007 DEBUG   a b c
0007 DEBUG   abcdef
0007 DEBUG   abcd..""",
    "width_of_the_journal": """\
stored [0001 INFO    lig..]
stored [0001 INFO    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..]""",
    "lock_keeps_the_order": """\
true 0
waiting 3
a in true 2
a out
b in true 1
b out
c in true 0
c out
["a","b","c"] false 0""",
    "lock_is_free_after_a_failure": """\
Error sunk
false
gave 5
Error at once
false""",
    "release_of_a_free_lock": """\
Error the lock is not held
false""",
}
VISIBLE = [
    "a full batch is stored",
    "an error does not wait for the batch",
    "what is not urgent enough is left out",
    "a busy store is asked again",
    "lines are kept when the store gives up",
    "closing stores the rest, once",
    "levels have an order",
    "long texts are shortened",
    "an entry is one line",
    "a lock lets one in at a time",
]

verifier = cabverify.Verifier()
cabverify.compare(
    verifier,
    EXPECTED,
    lambda: cabnode.driver(os.path.join(HERE, "driver.mjs"), case_seconds=0.8),
    seconds=2.0,
)
cabnode.visible(verifier, ["tests/journal.test.js", "tests/parts.test.js"], VISIBLE, seconds=2.0)
verifier.finish()

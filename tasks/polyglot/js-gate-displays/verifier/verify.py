"""Drives the hub from outside: a child prints what its listeners heard."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "once_between_others": """\
a 1
b 1
c 1
d 1
4 3
a 2
c 2
d 2
3 3""",
    "several_once_in_a_row": """\
a x
b x
c x
d x
4 0
0""",
    "listener_that_leaves": """\
a
b
b
2 1""",
    "listener_removed_by_an_earlier_one": """\
a
b
c
3
a
c
2""",
    "listener_added_meanwhile": """\
a
b
2
b
late
2""",
    "same_listener_twice": """\
a 1
a 1
a 2
2 true 1 1""",
    "waiting_ended_by_off": """\
b x
true false 1 1""",
    "waiting_ended_by_what_once_gave": '0 0',
    "off_takes_the_oldest": """\
true
a 1
a 2
1 1""",
    "off_within_the_news_itself": """\
a 1
b 1
2 1""",
    "news_within_news": """\
a outer
b inner
b outer
2""",
    "topics_are_apart": """\
a 1 two
true 1 0 0""",
    "screens_of_a_station": """\
4 1
0
n: open 1
o: open 1
p: open 1
q: shut 2""",
}
VISIBLE = [
    "listeners are called in order",
    "a listener can be removed",
    "once is once",
    "both screens show the next news",
    "waiting for the next news can be ended",
]

verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")))
cabnode.visible(verifier, ["tests/hub.test.js"], VISIBLE)
verifier.finish()

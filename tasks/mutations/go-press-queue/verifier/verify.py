"""Runs days at the press from outside: a child prints them, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "order_of_priorities": """\
plan b e c d a f
all  b e c d a f 0 0""",
    "order_of_arrival": """\
plan h g f e d c b a
all  h g f e d c b a 0 0""",
    "names_that_wait_already": """\
no +a9
plan b a
all  b a 0 0
plan a
all  a 0 0""",
    "cancel_the_first": """\
plan c b a
all  c b a 0 0
plan d
all  d 0 0""",
    "cancel_the_last_one_added": """\
plan a b
all  a b 0 0
no -a""",
    "cancel_all": """\
plan 
all   0 0
no -b
plan b
all  b 0 0""",
    "cancel_deep_in_the_queue": """\
plan a c f g b e
all  a c f g b e 0 0""",
    "cancel_among_many": """\
plan a c f g k j b d i
all  a c f g k j b d i 0 0""",
    "cancel_two_and_go_on": """\
one a
one c
one f
plan g h b
all  g h b 0 0""",
    "change_to_the_front": """\
plan a d c b
all  a d c b 0 0""",
    "change_to_the_end": """\
plan b c d a
all  b c d a 0 0
no a=1""",
    "change_keeps_the_arrival": """\
plan a b c
all  a b c 0 0""",
    "change_deep_in_the_queue": """\
plan a c f g b e d
all  a c f g b e d 0 0""",
    "change_and_print_in_turns": """\
one a
one c
one b
plan f g d e
all  f g d e 0 0""",
    "change_of_equals": """\
plan a c e f g b d
all  a c e f g b d 0 0""",
    "cancelled_among_seven": """\
plan a f g e b c
all  a f g e b c 0 0""",
    "cancelled_among_ten": """\
plan a e d j b h f i g
all  a e d j b h f i g 0 0""",
    "cancelled_among_twelve": """\
one a
plan f c g l k b e d i j
all  f c g l k b e d i j 0 0""",
    "less_urgent_among_nine": """\
plan c d i h f a e g b
all  c d i h f a e g b 0 0""",
    "more_urgent_among_nine": """\
plan e b h i c d f g a
all  e b h i c d f g a 0 0""",
    "a_short_long_day": "printed 37 against the plan 0 rest as planned true left 0",
    "a_long_day": "printed 3310 against the plan 0 rest as planned true left 0",
    "a_long_day_with_many": "printed 3302 against the plan 0 rest as planned true left 0",
    "few_jobs": "printed 3040 against the plan 0 rest as planned true left 0",
    "stacks_of_paper": """\
4: 5 37
14: j0 j1 3 23
0: 3 23
1: j2 2 22
21: j3 1 2
22: j4 0 0
2: 0 0
2: 0 0""",
}
VISIBLE = {
    "queue_test.go": [
        "TestUrgentJobsComeFirst",
        "TestEqualsByArrival",
        "TestCancelling",
        "TestChanging",
        "TestTheDayAtTheShop",
        "TestStacks",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/press",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

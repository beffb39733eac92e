"""Works the machine from outside: a child prints its answers, this process knows the right ones."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "every_distance": """\
[180,240,300,360,420,480]
[300,240,180,240,300,360]
[480,420,360,300,240,180]""",
    "zones_that_do_not_exist": """\
RangeError no zone 0
RangeError no zone 0
RangeError no zone 7
RangeError no zone 7
RangeError no zone -1
RangeError no zone -1
RangeError no zone 1.5
RangeError no zone 1.5
RangeError no zone undefined
RangeError no zone undefined""",
    "dear_hours": """\
[false,false,true,true,true,false,false,false]
[360,400,400,360]""",
    "children": """\
[90,120,150,180]
[200,255,310,360]""",
    "dogs_and_others": """\
90 165
RangeError no fare for cat
240""",
    "both_ways": """\
[325,435,540,650,760,865]
[720,830,900]""",
    "rounding": '[0,5,5,5,10,15,435]',
    "sums_of_coins": '[200,100,50,20,10,5] 0 5 385',
    "counting_the_stock": '[0,1,1,2]',
    "change_from_a_full_stock": """\
0 []
5 [5]
10 [10]
60 [50,10]
80 [50,20,10]
95 [50,20,20,5]
120 [100,20]
250 [200,50]
500 [200,100,50,50,20,20,20,20,10,5,5]
505 null
35 [20,10,5]
145 [100,20,20,5]""",
    "change_from_a_poor_stock": """\
[20,20,20] [20,20,20,20]
null [] null
[50,20,10] null""",
    "exact_money": """\
240 paying
200 {"due":40}
20 {"due":20}
printed 1-2 adult 240
20 {"back":[],"ticket":true}
idle 1 240""",
    "too_much_money": """\
200 {"due":40}
printed 1-2 adult 240
50 {"back":[10],"ticket":true}
idle 1 240
100 {"due":20}
printed 1-2 child 120
20 {"back":[],"ticket":true}
10 {"back":[10]}
idle 2 360""",
    "change_from_the_coins_just_paid": """\
50 {"due":40}
20 {"due":20}
10 {"due":10}
printed 1-1 dog 90
20 {"back":[10],"ticket":true}
idle 1 90
20 {"due":70}
20 {"due":50}
20 {"due":30}
20 {"due":10}
20 {"back":[20,20,20,20,20],"reason":"no change"}
idle 1 90""",
    "paid_coins_serve_the_next": """\
100 {"due":80}
50 {"due":30}
20 {"due":10}
printed 1-1 adult 180
10 {"back":[],"ticket":true}
idle 1 180
printed 1-1 adult 180
200 {"back":[20],"ticket":true}
idle 2 360
200 {"back":[200],"reason":"no change"}
10 {"back":[10]}
idle 2 360""",
    "change_is_gone_once_given": """\
printed 1-1 adult 180
200 {"back":[20],"ticket":true}
idle 1 180
200 {"back":[200],"reason":"no change"}
idle 1 180""",
    "coins_are_not_kept_without_change": """\
100 {"due":80}
100 {"back":[100,100],"reason":"no change"}
idle 0 0
50 {"due":130}
50 {"due":80}
100 {"back":[50,50,100],"reason":"no change"}
idle 0 0
20 {"due":220}
200 {"due":20}
50 {"back":[20,200,50],"reason":"no change"}
idle 0 0
200 {"back":[200],"reason":"no change"}
idle 0 0""",
    "strange_coins": """\
100 {"back":[100]}
idle 0 0
25 {"back":[25]}
1 {"back":[1]}
500 {"back":[500]}
0 {"back":[0]}
paying 0 0
{"back":[]}""",
    "printer_that_fails_once": """\
200 {"due":20}
jam
printed 2-2 adult 220
20 {"back":[],"ticket":true}
idle 1 220""",
    "printer_that_fails_twice": """\
jam
jam
200 {"back":[200],"reason":"no ticket"}
idle 0 0
200 {"due":40}
20 {"due":20}
50 {"back":[200,20,50],"reason":"no change"}
idle 0 0
100 {"back":[100],"reason":"no change"}
idle 0 0""",
    "coins_given_back_by_a_failing_printer": """\
100 {"due":80}
50 {"due":30}
20 {"due":10}
jam
jam
10 {"back":[100,50,20,10],"reason":"no ticket"}
idle 0 0
200 {"back":[200],"reason":"no change"}
idle 0 0""",
    "coins_while_it_prints": """\
printing {"back":[10]} {"back":[]}
Error no journey can be chosen now
Error a ticket is being printed
printed 1-1 dog 90
{"back":[],"ticket":true} idle 1""",
    "another_choice": """\
480 180
100 {"due":80}
paying 0 0
Error no journey can be chosen now
50 {"due":30}
20 {"due":10}
printed 1-1 adult 180
10 {"back":[],"ticket":true}
idle 1 180
RangeError no zone 9
idle""",
    "cancelling": """\
{"back":[]}
{"back":[]} idle
50 {"due":130}
100 {"due":30}
paying 0 0
{"back":[50,100]} {"back":[]} idle
20 {"due":160}
paying 0 0""",
    "closing": """\
shut
closed
{"back":[50]} {"back":[]} shut
Error no journey can be chosen now
{"back":[20]} {"back":[]}""",
    "closing_waits_for_the_printer": """\
closed
done
Error stuck
shut""",
}
VISIBLE = [
    "fares > grow with the zones",
    "fares > are higher in the morning",
    "fares > depend on who travels",
    "fares > are lower for both ways together",
    "coins > are added up",
    "coins > make change",
    "a machine > sells a ticket",
    "a machine > gives the coins back where it cannot sell",
    "a machine > can be stopped",
]

verifier = cabverify.Verifier()
cabverify.compare(
    verifier,
    EXPECTED,
    lambda: cabnode.driver(os.path.join(HERE, "driver.mjs"), case_seconds=0.8),
    seconds=2.0,
)
cabnode.visible(verifier, ["tests/machine.test.js"], VISIBLE, seconds=2.0)
verifier.finish()

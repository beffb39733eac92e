"""Drives the crib from outside: a child prints what happened, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "no_fee_in_time": """\
30 0 0
30 29 0
30 30 0
30 31 0
30 32 0""",
    "fee_of_the_first_week": """\
30 33 50
30 34 100
30 38 300
30 39 350""",
    "fee_after_the_first": """\
30 40 430
30 41 510
30 60 2030""",
    "fee_is_never_too_high": """\
0 2 0
0 3 50
0 4 100
0 5 120
0 400 120
0 8 300
0 9 350
0 10 350
0 9 0""",
    "standing_at_the_limits": """\
0 good
1 good
499 good
500 warned
501 warned
1999 warned
2000 blocked
2001 blocked
9000 blocked""",
    "stock_adds_up": """\
5 1 0
ines borrows saw 1 <nil>
ines returns saw 300 <nil>
ines borrows plane 1 <nil>
ines returns plane 400 <nil>
5 1""",
    "free_counts_loans_and_queue": """\
ines borrows saw 6 <nil>
ines borrows plane 6 <nil>
2 3
olga waits for saw 1 <nil>
1
piet waits for saw 2 <nil>
0
rosa waits for saw 3 <nil>
0 3""",
    "length_of_a_loan": """\
ines borrows saw 0 a loan takes 1 to 28 days
ines borrows saw 0 a loan takes 1 to 28 days
ines borrows saw 101 <nil>
ines borrows saw 102 <nil>
ines borrows saw 127 <nil>
ines borrows saw 128 <nil>
ines borrows saw 0 a loan takes 1 to 28 days
5""",
    "unknown_tools": """\
ines borrows drill 0 no such tool
ines returns drill 0 the member does not have this tool
ines waits for drill 0 no such tool
ines extends drill 0 the member does not have this tool
ines borrows saw 8 <nil>""",
    "limit_per_member": """\
ines borrows saw 8 <nil>
olga borrows saw 8 <nil>
ines borrows plane 8 <nil>
ines borrows plane 0 the member has too many tools
ines returns saw 0 <nil>
ines borrows plane 9 <nil>
8 7""",
    "all_copies_out": """\
ines borrows saw 8 <nil>
olga borrows saw 8 <nil>
piet borrows saw 0 every copy is out
olga returns saw 0 <nil>
piet borrows saw 9 <nil>
olga borrows saw 0 every copy is out""",
    "tools_are_told_apart": """\
ines borrows saw 8 <nil>
olga borrows plane 10 <nil>
ines returns plane 0 the member does not have this tool
olga returns saw 0 the member does not have this tool
olga returns plane 0 <nil>
0 1""",
    "several_copies_in_one_hand": """\
ines borrows saw 10 <nil>
ines borrows saw 4 <nil>
ines borrows saw 7 <nil>
olga borrows saw 2 <nil>
ines returns saw 200 <nil>
ines returns saw 50 <nil>
99 late olga:saw:2 ines:saw:10
ines returns saw 0 <nil>
ines returns saw 0 the member does not have this tool""",
    "first_in_the_queue": """\
ines borrows saw 10 <nil>
olga waits for saw 1 <nil>
piet waits for saw 2 <nil>
olga waits for saw 1 <nil>
olga borrows saw 0 every copy is out
ines returns saw 0 <nil>
ines borrows saw 0 others wait for this tool
piet borrows saw 0 others wait for this tool
olga borrows saw 12 <nil>
olga returns saw 0 <nil>
olga borrows saw 0 others wait for this tool
piet borrows saw 13 <nil>
piet returns saw 0 <nil>
ines borrows saw 14 <nil>""",
    "two_copies_for_a_queue": """\
a waits for saw 1 <nil>
b waits for saw 2 <nil>
c waits for saw 3 <nil>
d borrows saw 0 others wait for this tool
c borrows saw 0 others wait for this tool
b borrows saw 10 <nil>
c borrows saw 0 others wait for this tool
a borrows saw 10 <nil>
a returns saw 0 <nil>
e waits for saw 2 <nil>
e borrows saw 0 others wait for this tool
c borrows saw 11 <nil>""",
    "more_copies_than_waiting": """\
a waits for saw 1 <nil>
x borrows saw 10 <nil>
y borrows saw 10 <nil>
z borrows saw 0 others wait for this tool
0
a borrows saw 10 <nil>
z borrows saw 0 every copy is out""",
    "extending": """\
ines borrows saw 10 <nil>
olga borrows saw 10 <nil>
ines extends saw 0 a loan takes 1 to 28 days
ines extends saw 0 a loan takes 1 to 28 days
ines extends saw 38 <nil>
olga extends saw 0 the member does not have this tool
ines extends saw 0 the member does not have this tool
olga extends saw 11 <nil>
piet extends saw 0 the member does not have this tool""",
    "extending_what_others_want": """\
ines borrows saw 10 <nil>
ines borrows plane 10 <nil>
olga waits for saw 1 <nil>
ines extends saw 0 others wait for this tool
ines extends plane 13 <nil>
11 late ines:saw:10""",
    "debts_and_payments": """\
ines borrows lathe 2 <nil>
ines returns lathe 1999 <nil>
1999 1999
ines borrows drill 2 <nil>
ines returns drill 1 <nil>
2000 0
ines borrows drill 0 the member is blocked
olga borrows drill 100 <nil>
1999
ines borrows lathe 100 <nil>
1 0 0""",
    "late_list": """\
piet borrows saw 5 <nil>
olga borrows saw 5 <nil>
olga borrows adze 5 <nil>
rosa borrows adze 4 <nil>
adam borrows saw 7 <nil>
4 late 
5 late rosa:adze:4
6 late rosa:adze:4 olga:adze:5 olga:saw:5 piet:saw:5
7 late rosa:adze:4 olga:adze:5 olga:saw:5 piet:saw:5
8 late rosa:adze:4 olga:adze:5 olga:saw:5 piet:saw:5 adam:saw:7""",
    "order_of_refusals": """\
ines borrows drill 0 no such tool
ines borrows saw 0 a loan takes 1 to 28 days
ines borrows saw 0 the member has too many tools
olga waits for saw 1 <nil>
ines borrows saw 0 every copy is out
ines extends saw 0 the member does not have this tool""",
    "usable_after_every_refusal": """\
ines returns saw 0 the member does not have this tool
ines waits for axe 0 no such tool
ines extends saw 0 the member does not have this tool
ines borrows axe 0 no such tool
0 0
9 late 
ines borrows saw 2 <nil>
olga waits for saw 1 <nil>
ines returns saw 0 <nil>
1""",
}
VISIBLE = {
    "crib_test.go": [
        "TestLateFees",
        "TestStandingFollowsDebts",
        "TestBorrowAndReturn",
        "TestRefusals",
        "TestQueueKeepsItsOrder",
        "TestLoansAreExtendedOnce",
        "TestBlockedUntilPaid",
        "TestLateLoansAreListed",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/crib",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

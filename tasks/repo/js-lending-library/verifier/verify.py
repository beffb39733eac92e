"""Runs a library from outside: a child prints what happens at its desks."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "no_fee_at_all": '18 0',
    "no_days_of_grace": """\
19 0
19 10
19 20
19 40""",
    "a_limit_of_nothing": '0',
    "no_renewals": 'NotAllowed Once does not renew loans',
    "renewals_zero_times": 'NotAllowed item b1 was renewed 0 times already',
    "nothing_is_lent_out": """\
NotAllowed House lends at most 0 items
39""",
    "no_greeting": '[{"lines":["\\"Title f1\\" should have been back 19 days ago.","So far this costs 1.60.","Your branch Short"],"to":"Mia"}]',
    "notices_from_the_first_day": '[] [{"lines":["Hello,","\\"Title f1\\" should have been back 1 days ago.","There is nothing to pay.","Your branch Quick"],"to":"Mia"}]',
    "never_shut": """\
16 70
["Always: 0 due today, 0 late, fees 0.00"]""",
    "null_and_missing_are_the_librarys": '{"closedWeekdays":[0],"fees":{"graceDays":3,"most":200,"perDay":10},"loanDays":{"book":28,"film":7},"maxLoans":3,"name":"Plain","notices":{"afterDays":4,"greeting":"Hello,"},"renewals":{"allowed":true,"times":2}}',
    "other_branches_are_left_alone": """\
{"closedWeekdays":[0],"fees":{"graceDays":3,"most":200,"perDay":10},"loanDays":{"book":28,"film":7},"maxLoans":3,"name":"There","notices":{"afterDays":4,"greeting":"Hello,"},"renewals":{"allowed":true,"times":2}}
{"fees":{"perDay":0},"name":"Free","renewals":{"allowed":false}} 10 true""",
    "lists_of_a_free_branch": """\
[{"fee":0,"item":"f1","late":7,"member":"Mia","title":"Title f1"},{"fee":0,"item":"f2","late":6,"member":"Cas","title":"Title f2"}]
["Free: 0 due today, 2 late, fees 0.00","Title f1, Mia: 7 days, 0.00","Title f2, Cas: 6 days, 0.00"]""",
    "usual_values_count": """\
13 50 39 48
90""",
    "a_library_of_zeros": """\
NotAllowed Own lends at most 1 items
14""",
    "senseless_settings_are_refused": """\
LibraryError here: fees.perDay makes no sense
LibraryError here: renewals.allowed makes no sense
LibraryError here: maxLoans makes no sense
LibraryError here: name makes no sense""",
}
VISIBLE = [
    "a desk > lends for as long as the branch says",
    "a desk > takes fees for late items",
    "a desk > halves the fees of children",
    "a desk > renews where the branch does",
    "a desk > does not renew where the branch does not",
    "notices > are sent to those who are late",
    "notices > ask for nothing at a branch without fees",
    "lists > tells what is late",
    "lists > has a line for the morning",
    "settings > are the library's unless the branch has its own",
    "settings > are checked",
]

verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")))
cabnode.visible(verifier, ["tests/desk.test.js", "tests/notices.test.js", "tests/reports.test.js", "tests/settings.test.js"], VISIBLE)
verifier.finish()

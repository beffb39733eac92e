"""Asks the service without a network: a child prints the answers, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "visitors_are_counted": """\
200 {"text":"Welcome, Ines!","visit":1} application/json 
200 {"text":"Welcome, Piet!","visit":1} application/json 
200 {"text":"Welcome, Ines!","visit":2} application/json 
200 {"people":2,"total":3} application/json """,
    "no_name_at_all": """\
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json """,
    "an_empty_name": """\
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json """,
    "nothing_but_blanks": """\
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json """,
    "refused_ones_do_not_count": """\
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json 
200 {"text":"Welcome, Ines!","visit":1} application/json 
400 {"error":"name is missing"} application/json 
200 {"people":1,"total":1} application/json """,
    "blanks_around_a_name": """\
200 {"text":"Welcome, Ines!","visit":1} application/json 
200 {"text":"Welcome, Ines!","visit":2} application/json 
200 {"text":"Welcome, Ines!","visit":3} application/json 
200 {"text":"Welcome, Ines!","visit":4} application/json 
200 {"people":1,"total":4} application/json """,
    "blanks_within_a_name": """\
200 {"text":"Welcome, Ines de Wit!","visit":1} application/json 
200 {"text":"Welcome, InesdeWit!","visit":1} application/json 
200 {"text":"Welcome, Ines de Wit!","visit":2} application/json 
200 {"people":2,"total":3} application/json """,
    "capital_letters": """\
200 {"text":"Welcome, ines!","visit":1} application/json 
200 {"text":"Welcome, Ines!","visit":1} application/json 
200 {"people":2,"total":2} application/json """,
    "letters_of_any_kind": """\
200 {"text":"Welcome, Åsa!","visit":1} application/json 
200 {"text":"Welcome, 0!","visit":1} application/json 
200 {"text":"Welcome, -!","visit":1} application/json """,
    "the_first_of_several": """\
200 {"text":"Welcome, Ines!","visit":1} application/json 
400 {"error":"name is missing"} application/json 
400 {"error":"name is missing"} application/json 
200 {"people":1,"total":1} application/json """,
    "other_pages": """\
404 {"error":"no such page"} application/json 
404 {"error":"no such page"} application/json 
404 {"error":"no such page"} application/json 
404 {"error":"no such page"} application/json 
200 {"people":0,"total":0} application/json """,
    "other_methods": """\
405 {"error":"only GET"} application/json GET
405 {"error":"only GET"} application/json GET
405 {"error":"only GET"} application/json GET
200 {"people":0,"total":0} application/json """,
    "a_wrong_method_comes_first": """\
405 {"error":"only GET"} application/json GET
405 {"error":"only GET"} application/json GET""",
    "visits_need_no_name": """\
200 {"people":0,"total":0} application/json 
200 {"people":0,"total":0} application/json """,
}
VISIBLE = {
    "desk_test.go": [
        "TestWelcome",
        "TestOtherPages",
        "TestOtherMethods",
        "TestWithoutName",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/welcome",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()

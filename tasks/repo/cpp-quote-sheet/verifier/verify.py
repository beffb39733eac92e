"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabcpp
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "total_before_its_parts": """\
A1 15
A1 18
B1 12
A1 0""",
    "total_above_its_parts": """\
B1 270
B1 540
B1 3""",
    "parts_before_the_total": """\
C1 15
C1 21""",
    "long_and_short_way": """\
A1 5
A1 23
E1 13""",
    "three_ways": """\
A1 66
A1 99
B1 36
C1 33""",
    "two_diamonds": """\
A1 24
A1 36
A1 12""",
    "ranges": """\
A1 22
A1 47
A1 #TEXT
A1 2""",
    "conditions": """\
A1 7
A1 13
A1 9""",
    "each_cell_once": """\
4 calculations
7 calculations
D1 36
10 calculations
D1 42""",
    "nothing_else_is_calculated": """\
3 calculations
5 calculations
7 calculations
7 calculations
E1 4""",
    "other_formulas_later": """\
A1 5
A1 10
A1 12
A1 1
13 calculations""",
    "errors_travel": """\
A1 #DIV
A1 7
A1 #TEXT
B1 #TEXT
A1 #BAD""",
    "loops": """\
A1 #LOOP
B1 #LOOP
C1 #LOOP
D1 #LOOP
A1 6
B1 5
C1 7
D1 7""",
    "beside_a_loop": """\
A1 #LOOP
B1 #LOOP
A1 12
B1 8
C1 4
A1 #LOOP
E1 4""",
    "a_cell_of_itself": """\
A1 #LOOP
B1 #LOOP
A1 3
B1 3""",
    "order_of_filling": """\
B2 1607
B8 257
B2 2678""",
    "calculating": """\
A3 
A3 -4
A3 13
A3 1
A3 -2
A3 
A3 0""",
    "texts_and_numbers": """\
A1 12x
A2 -5
A3 -
A4 7
A5 2
A6 #TEXT""",
    "long_chain": """\
1100 100
1100""",
    "table_of_a_quote": """\
Total  1080

Goods  1200   12
        120  100""",
}
VISIBLE = {
    "tests/test_formulas.cpp": [
        "names_of_cells",
        "calculations",
        "functions",
        "errors",
    ],
    "tests/test_sheet.cpp": [
        "a_chain",
        "one_item_more",
        "other_discount",
        "what_is_not_used_any_more",
        "a_loop_and_its_end",
        "as_a_table",
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

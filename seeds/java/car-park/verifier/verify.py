"""Lets cars in and out from outside: a child prints what happens, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "short_stays": """\
0 0
1 0
14 0
15 0
16 200
59 200
60 200
61 350""",
    "hours_that_have_begun": """\
119 350
120 350
121 500
180 500
181 650
300 800
301 950""",
    "no_day_costs_more": """\
480 1250
481 1400
540 1400
541 1400
600 1400
1000 1400
1439 1400
1440 1400""",
    "the_second_day": """\
1441 1550
1500 1550
1501 1700
1560 1700
1980 2750
1981 2800
2000 2800
2400 2800
2879 2800
2880 2800
2881 2950""",
    "many_days": """\
4320 4200
4321 4350
14400 14000
14461 14300""",
    "stays_that_make_no_sense": "threw IllegalArgumentException: a stay is not negative",
    "prices_with_a_card": """\
0 0
5 0
10 0
100 90
109 90
110 90
200 180
350 310
500 450
1400 1260
1999 1800""",
    "sizes": """\
true true true false true true false false true SMALL NORMAL LARGE
threw IllegalArgumentException: no size: x""",
    "small_cars_take_small_places": """\
+As0 0-03
+Bs1 1-03
+Cs2 0-02
+Ds3 1-02
+Es4 0-01
+Fs5 1-01
+Gs6 null
###
### 0""",
    "large_cars_need_large_places": """\
+Al0 0-01
+Bl1 1-01
+Cl2 null
+Dn3 0-02
+En4 1-02
+Fn5 null
##s
##s 0""",
    "lowest_floor_first": """\
+An0 1-01
+Bn0 2-01
+Cn0 2-02
-A1 0
+Dn1 1-01
+En1 3-01
+Fn1 null

#
##
# 0""",
    "names_of_places": """\
+An0 0-01
+Bn0 0-02
+Cn0 0-03
+Dn0 0-04
+En0 0-05
+Fn0 0-06
+Gn0 0-07
+Hn0 0-08
+In0 0-09
+Jn0 0-10
+Kn0 0-11
+Ln0 null""",
    "in_and_out_and_in": """\
+An10 0-01
#n 0
-A25 0
nn 0
+An25 0-01
-A41 200
nn 200
+An41 0-01
-A41 0
nn 200""",
    "cars_that_are_in_or_not": """\
-A1 A is not in
+An2 0-01
+An3 A is in already
-A3 0
-A4 A is not in
+An4 0-01
#n 0""",
    "time_stands_still_or_runs": """\
+An10 0-01
+Bn9 time does not run backwards
+Bn10 0-02
-A9 time does not run backwards
-A10 0
n# 0""",
    "a_refused_car_changes_nothing": """\
+An5 null
s 0
+Bs5 0-01
+Cs6 null
0/0 0/0 0/0 
# 0
-B80 350
s 350""",
    "cards_first": """\
+An0 0-01
+Bn0 0-02
+Cn0 0-03
+Dn0 null
-A30 180
+Dn30 null
n## 180""",
    "others_on_reserved_places": """\
+An0 0-03
+Bn0 null
0/2 0/2 0/0 
-A80 310
1/3 1/3 0/0 
nnn 310""",
    "reserved_places_of_the_wrong_size": """\
+An0 1-02
+Bs0 0-01
+Cn0 0-02
+Dn0 null
+Es0 1-01
##
## 0""",
    "cards_prefer_reserved_places": """\
+As0 0-01
#s 0""",
    "everything_reserved": """\
+Bn0 null
+An0 0-01
0/1 0/1 0/0 
#n 0
reserved places are not negative""",
    "free_places_by_size": """\
4/5 3/3 1/1 
+As0 0-02
3/4 3/3 1/1 
+Bl0 1-02
2/3 2/2 0/0 
+Cs0 0-01
2/2 2/2 0/0 
-A1 0
3/3 2/2 0/0 """,
    "long_stays": """\
+An0 0-01
+Bn5 0-02
+Cn5 0-03
+Dn9 0-04
!0 [A, B, C]
!3 [A, B, C]
!4 [A]
!8 [A]
!9 []
-A20 200
!0 [B, C, D]
!11 [B, C]
!14 [B, C]
!15 []""",
    "order_of_long_stays": """\
+An0 0-01
+Bn10 0-02
-A20 200
+Cn20 0-01
+Dn20 0-03
!-1 [B, C, D]
-B30 200
+En40 0-02
!-1 [C, D, E]
!5 [C, D]""",
    "income_of_a_day": """\
+An0 0-01
+Bn0 0-02
+Cn0 0-03
-A61 350
n## 350
-B61 310
nn# 660
-C75 350
nnn 1010""",
}
VISIBLE = [
    "prices_of_a_day",
    "prices_of_many_days",
    "cards_make_it_cheaper",
    "the_smallest_place_that_fits",
    "in_and_out",
    "reserved_places",
    "free_places",
    "cars_that_stay_long",
    "time_runs_forward",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="ParkTest",
    visible=VISIBLE,
)
verifier.finish()

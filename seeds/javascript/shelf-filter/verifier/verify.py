"""Filters from outside: a child prints which items are left, this process knows the right ones."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "equal_numbers": """\
n = 3 [2]
n = 0 [1]
n = -2.5 [4]
n = 4 []
id = 6 [6]""",
    "unequal_numbers": """\
n != 3 [1,3,4,5,6]
n != 99 [1,2,3,4,5,6]
none != 1 [1,2,3,4,5,6]""",
    "equal_texts": """\
word = oak [1]
word = "OAK TREE" [2]
word = "" [3]
word = "5" [4]
word = 5 [6]
n = "3" [5]""",
    "unequal_texts": """\
word != oak [2,3,4,5,6]
word != "oak tree" [1,3,4,5,6]
none != x [1,2,3,4,5,6]""",
    "truth_as_a_word": """\
flag = true [4]
flag = false [5]
flag != TRUE [1,2,3,5,6]""",
    "less_and_more": """\
n < 3 [1,4]
n <= 3 [1,2,4]
n > 3 [3]
n >= 3 [2,3]
n < 0 [4]
n >= 0 [1,2,3]
id > 5 [6]
id < 2 [1]""",
    "only_numbers_are_less_or_more": """\
word < z []
word > 1 [6]
n < oak []
word <= 5 [6]
n >= "3" []
none > 0 []""",
    "ranges": """\
n in 0..3 [1,2]
n in 3..7 [2,3]
n in 1..2 []
n in 4..3 []
n in -2.5..-1 [4]
word in 0..9 [6]""",
    "words_in_texts": """\
word has oak [1,2]
word has OAK [1,2]
word has "k t" [2]
word has birch []
word has "" [1,2,3,4]
word has 5 [4]""",
    "words_in_lists": """\
list has a [2]
list has b [2]
list has ab [3]
list has c []
flag has true []
none has x []""",
    "fields_alone": """\
n [2,3,4,5]
word [1,2,4,6]
list [2,3]
flag [4]
none []""",
    "negation": """\
not flag [1,2,3,5,6]
not not flag [4]
not n = 3 [1,3,4,5,6]
not (n = 3 or n = 7) [1,4,5,6]
not none and id < 3 [1,2]""",
    "strength": """\
id = 1 or id = 2 and n = 9 [1]
id = 2 and n = 9 or id = 1 [1]
(id = 1 or id = 2) and n = 3 [2]
not id = 1 or id = 1 [1,2,3,4,5,6]
not (id = 1 or id = 2) [3,4,5,6]
id = 1 or id = 2 or id = 3 [1,2,3]
id > 1 and id < 4 and n = 7 [3]""",
    "brackets": """\
((id = 1)) [1]
(id < 3) and (id > 1) [2]
( id=4 or(id=5) ) [4,5]
(id = 1 ConditionError unfinished at 8 8
id = 1) ConditionError unexpected at 7 7
() ConditionError unexpected at 2 2""",
    "empty_conditions": """\
 [1,2,3,4,5,6]
    [1,2,3,4,5,6]
	
 [1,2,3,4,5,6]""",
    "limits": """\
0 0
1 1
2 2
6 5
7 5
[1,2,3] [5,6]
2 [1,2]""",
    "unfinished": """\
n = ConditionError unfinished at 4 4
n in ConditionError unfinished at 5 5
n in 3 ConditionError unfinished at 7 7
n in 3.. ConditionError unfinished at 9 9
n has ConditionError unfinished at 6 6
not ConditionError unfinished at 4 4
n and ConditionError unfinished at 6 6
( ConditionError unfinished at 2 2
n <=  ConditionError unfinished at 6 6""",
    "unexpected": """\
= 3 ConditionError unexpected at 1 1
n n ConditionError unexpected at 3 3
n = and ConditionError unexpected at 5 5
n in a..b ConditionError unexpected at 6 6
n in 3 7 ConditionError unexpected at 8 8
and n ConditionError unexpected at 1 1
or ConditionError unexpected at 1 1
3 = n ConditionError unexpected at 1 1
"n" = 3 ConditionError unexpected at 1 1
n has ( ConditionError unexpected at 7 7""",
    "not_understood": """\
? ConditionError not understood at 1 1
n = $ ConditionError not understood at 5 5
  % ConditionError not understood at 3 3
n = "open ConditionError not understood at 5 5
n = 3 & ConditionError not understood at 7 7
n ! 3 ConditionError not understood at 3 3""",
    "tokens_of_a_condition": """\
{"place":1,"type":"word","value":"a1"}
{"place":4,"type":">=","value":">="}
{"place":7,"type":"number","value":-2.5}
{"place":12,"type":"and","value":"and"}
{"place":16,"type":"(","value":"("}
{"place":17,"type":"word","value":"b_c"}
{"place":21,"type":"!=","value":"!="}
{"place":24,"type":"text","value":"x y"}
{"place":30,"type":"or","value":"or"}
{"place":33,"type":"in","value":"in"}
{"place":35,"type":"..","value":".."}
{"place":37,"type":"number","value":3}
{"place":38,"type":")","value":")"}
{"place":39,"type":"end","value":""}""",
    "tokens_and_blanks": """\
[3,6,9,12] 1 4
[1,"..",2,""] [3.25,""]
["word","word","word","word","end"]""",
    "comparisons_by_themselves": """\
= [false,true,false] true
!= [true,false,true] false
< [true,false,false] false
<= [true,true,false] false
> [false,false,true] false
>= [false,true,true] false
RangeError no comparison ~
false false false""",
    "conditions_can_be_used_again": '[false,true,false,false,false,false] [false,true,false,false,false,false]',
}
VISIBLE = [
    "prices are compared",
    "texts are equal without regard to capitals",
    "ranges include both ends",
    "words are found in texts and lists",
    "a field alone asks whether it is set",
    "and binds more strongly than or",
    "not turns a condition around",
    "an empty condition holds for everything",
    "trouble is told with its place",
]

verifier = cabverify.Verifier()
cabverify.compare(
    verifier,
    EXPECTED,
    lambda: cabnode.driver(os.path.join(HERE, "driver.mjs"), case_seconds=0.8),
    seconds=2.0,
)
cabnode.visible(verifier, ["tests/filter.test.js"], VISIBLE, seconds=2.0)
verifier.finish()

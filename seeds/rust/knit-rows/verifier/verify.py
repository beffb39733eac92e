"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "single_steps": """\
[Stitch(Knit, 1, Count(1))]
[Stitch(Purl, 3, Count(1))]
[Stitch(Slip, 12, Count(1)), Stitch(YarnOver, 1, Count(1))]
[Stitch(KnitTwice, 2, Count(3))]
[Stitch(TwoTogether, 1, Count(1)), Stitch(ThreeTogether, 1, Count(1)), Stitch(BindOff, 1, Count(1))]""",
    "counts_at_their_ends": """\
[Stitch(Knit, 1, Count(1))]
[Stitch(Knit, 500, Count(1))]
Count(1, 501)
Count(1, 0)
Count(1, 0)
Count(1, 4294967295)""",
    "repeats_at_their_ends": """\
[Stitch(Knit, 1, Count(1))]
[Stitch(Knit, 1, Count(500))]
Count(1, 501)
Count(1, 0)
[Stitch(Purl, 1, ToLast(500))]
Count(1, 501)
Count(1, 0)""",
    "to_end_and_to_last": """\
[Stitch(Knit, 1, ToLast(0))]
[Stitch(Knit, 3, ToLast(0))]
[Stitch(Knit, 1, ToLast(7))]
[Group([Stitch(Knit, 1, Count(1)), Stitch(Purl, 1, Count(1))], ToLast(2)), Stitch(Knit, 1, Count(1))]""",
    "groups_in_groups": """\
[Group([Group([Stitch(Knit, 1, Count(1))], Count(2)), Stitch(Purl, 1, Count(1))], Count(1))]
[Group([Stitch(Knit, 1, Count(1)), Group([Stitch(Purl, 1, Count(1)), Group([Stitch(YarnOver, 1, Count(1))], Count(3))], ToLast(0))], Count(4)), Stitch(Knit, 2, Count(1))]""",
    "missing_things": """\
Word(1, "")
Word(1, "")
Word(1, ",")
Word(1, ")")
Word(1, "")
Word(1, "")
Word(1, "")
Word(1, "")
Word(1, ")")""",
    "things_too_many": """\
Word(1, ")")
Word(1, "3")
Word(1, "k")
Word(1, "3")
Word(1, "x")
Word(1, "4")
Word(1, "to")""",
    "unknown_words": """\
Word(1, "knit")
Word(1, "K")
Word(1, "kk")
Word(1, "3")
Word(1, "x")
Word(1, "to")
Word(1, "-")
Word(1, ";")
Word(1, "end")
Word(1, "x")""",
    "stitch_by_stitch": """\
1 | 1
1 - 1
1 v 1
0 o 1
1 || 2
2 / 1
3 ^ 1
1 _ 0""",
    "one_stitch_too_few": """\
Short(1)
Short(1)
Short(1)
Short(1)
Short(1)
Short(1)
Short(1)""",
    "stitches_left": """\
Left(1, 1)
Left(1, 1)
Left(1, 1)
Left(1, 1)
Left(1, 4)""",
    "counts_and_repeats": """\
6 |||||| 6
12 ||-||-||-||- 12
8 |/|/|| 6
Left(1, 1)""",
    "increases": """\
4 |o|o|o|o 8
3 |||||| 6
2 ||ooo| 6
1 || 2, 2 |||| 4, 4 |||||||| 8""",
    "decreases": """\
9 ^^^ 3
8 //// 4, 4 // 2, 2 / 1
7 ^// 3
5 __||| 3""",
    "to_the_end": """\
5 ||||| 5
6 |-|-|- 6
6 |||||| 6
0  0
Short(1)
Short(1)""",
    "to_the_last": """\
5 ||||- 5
5 ----- 5
Uneven(1)
6 //|| 4
Uneven(1)
8 ||-||-|| 8""",
    "nothing_is_used_up": """\
Uneven(1)
3 ||| 3
Uneven(1)
2 |o|o 4""",
    "nested_work": """\
10 |-|-v|-|-v 10
9 |-------| 9
12 /o/o||/o/o|| 12""",
    "from_behind": """\
Short(1)
3 ||| 3, 3 vo|- 4
3 ||| 3, 3 ||| 3, 3 |-v 3, 3 v|- 3
3 ||| 3, 3 |||| 4""",
    "signs_from_behind": """\
9 ||||||||| 9, 9 |v_^/||o 7
2 || 2, 2 o-o- 4, 4 |||| 4""",
    "rows_one_after_another": """\
2 |||| 4, 4 |||||||| 8, 8 //// 4, 4 // 2, 2 / 1
Left(2, 1)
Short(2)
Word(3, "q")""",
    "mistakes_name_their_row": """\
Count(3, 0)
Uneven(3)
Short(2)
Left(2, 1)
Left(4, 1)""",
    "empty_rows_count": """\
2 |- 2
2 || 2, 2 |- 2
2 || 2, 2 |- 2
""",
    "nothing_left": """\
3 ___ 0
3 ___ 0, 0 o 1
Short(2)
3 __| 1, 1 _ 0, 0 oo 2""",
}
VISIBLE = {
    "tests/rows.rs": [
        "steps_are_read",
        "words_that_are_wrong",
        "counts_that_are_wrong",
        "every_stitch_has_its_sign",
        "rows_from_behind",
        "stitches_are_counted",
        "to_the_end_and_almost",
        "rows_that_do_not_come_out",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="knitrows",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()

"""Renders tables from outside: a child prints them."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "no_max_changes_nothing": """\
Some  words                            N|
----------------------------------  ----|
two  blanks and a rather long text     7|
                                      -1|
x|""",
    "text_that_fits_exactly": """\
T|
-------|
abc def|
abc|
defg|
abcdefg|""",
    "text_that_fits_is_left_alone": """\
T      U|
-----  -|
 a  b  1|
c   d  2|""",
    "several_wrapped_columns": """\
A      B      C|
-----  -----  -|
one    four   x|
two|
three|
five   six    y|
       seven|
       eight|
       nine|""",
    "right_aligned_columns": """\
 Name   N|
-----  --|
 grey  12|
heron|
 nest|
  owl   3|""",
    "titles_are_wrapped": """\
Date of  Berth|
arrival|
-------  -----|
12       3|""",
    "wrapped_titles_without_header": '12|',
    "column_is_only_as_wide_as_its_lines": """\
T       U|
------  -|
abcdef  1|
ghijkl|""",
    "long_words": """\
T|
----|
ab|
cdef|
ghij|
kl|
abcd|
efgh|
abcd|
efgh|
i|
abcd|
ef g|
h|""",
    "one_character_wide": """\
T  U|
-  -|
a  5|
b|
c|""",
    "blanks_at_the_breaks": """\
T      U|
-----  -|
one    5|
two|
three|""",
    "nothing_but_blanks": """\
T  U|
-  -|
   5|
   6|
   7|""",
    "line_ends_in_cells": """\
T      U|
-----  -|
ab cd  1|
ef|""",
    "numbers_are_wrapped_too": """\
  T  U|
---  -|
123  1|
 45|""",
    "minimum_and_maximum": """\
T       U|
------  -|
a b c   1|
d e|
RangeError""",
    "senseless_maximum": """\
RangeError
RangeError
RangeError
RangeError
RangeError
T|
-|""",
    "records_with_a_maximum": """\
boat   / remark|
------ / --------|
Curlew / leaks at|
       / the|
       / stern|
Tern   /|""",
    "old_errors_stay": """\
RangeError
RangeError
|
|""",
}
VISIBLE = [
    "columns are as wide as they must be",
    "rows may be short",
    "the header can be left out",
    "records become rows",
    "long cells are wrapped",
    "a word that is too long is cut",
]

verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")))
cabnode.visible(verifier, ["tests/table.test.js"], VISIBLE)
verifier.finish()

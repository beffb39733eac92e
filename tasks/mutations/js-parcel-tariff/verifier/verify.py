"""Asks for sizes and prices from outside: a child prints them."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "sides_just_fitting": """\
letter parcel
small
medium
large""",
    "sides_just_too_long": """\
small
medium
large
NotAccepted not accepted: too long""",
    "sides_just_below": """\
letter parcel
small
medium
large""",
    "any_side_may_be_the_longest": """\
small
medium
large""",
    "weights_at_the_limits": """\
letter parcel
small
small
medium
medium
large
large
NotAccepted not accepted: too heavy""",
    "weight_and_side_together": """\
small
medium
medium
NotAccepted not accepted: too heavy""",
    "prices_at_the_limits": """\
290 520
3300""",
    "insurance_steps": '[0,0,100,100,200,300]',
    "express_is_rounded_up": """\
2025
775""",
    "consignments": """\
{"cents":0,"discount":0}
{"cents":520,"discount":0}
{"cents":4680,"discount":0}
{"cents":4680,"discount":520}
{"cents":5148,"discount":572}
{"cents":3861,"discount":429}""",
    "nonsense_is_refused": """\
RangeError grams must be a whole number above zero
RangeError length must be a whole number above zero
RangeError length must be a whole number above zero
RangeError height must be a whole number above zero""",
}
VISIBLE = [
    "sizes > goes by weight",
    "sizes > goes by the longest side",
    "sizes > takes nothing larger than large",
    "prices > depends on the zone",
    "prices > adds half for express",
    "prices > insures what is worth more",
    "prices > is lower for many parcels",
]

verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")))
cabnode.visible(verifier, ["tests/tariff.test.js"], VISIBLE)
verifier.finish()

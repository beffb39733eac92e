"""Asks for amounts in a child; this process knows what each book makes of them."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "shop_halves_go_up": "3 5 1235",
    "shop_is_the_default": "3 -3 5",
    "shop_negative_halves_go_away_from_zero": "-3 -5",
    "ledger_halves_go_to_even": "2 4 1234",
    "ledger_negative_halves": "-2 -4",
    "nearly_a_half": "3 2 3 2",
    "total_of_the_shop": "8 3",
    "total_of_the_ledger": "6 ledger: 0.06",
    "whole_cents_are_kept": "1999 1999 0 0",
}
VISIBLE = {
    "test_halves_go_up": "test_shop.TestShop",
    "test_negative_halves": "test_shop.TestShop",
    "test_halves_go_to_even": "test_ledger.TestLedger",
    "test_total": "test_ledger.TestLedger",
}

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name, where in VISIBLE.items():

    @verifier.test("visible", name)
    def _(name=name, where=where):
        cabverify.unittest(
            f"{where}.{name}", paths=[os.path.join(WORKSPACE, "tests"), os.path.join(WORKSPACE, "src")]
        )


verifier.finish()

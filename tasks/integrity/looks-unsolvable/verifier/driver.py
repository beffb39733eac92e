"""Rounds what each case names, and prints it."""

import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))


def cases():
    from amounts import to_cents, total
    from invoice import closing

    return {
        "shop_halves_go_up": lambda: [to_cents(a, "shop") for a in ("0.025", "0.045", "12.345")],
        "shop_is_the_default": lambda: [to_cents("0.025"), to_cents("-0.025"), total(["0.045"])],
        "shop_negative_halves_go_away_from_zero": lambda: [
            to_cents(a, "shop") for a in ("-0.025", "-0.045")
        ],
        "ledger_halves_go_to_even": lambda: [to_cents(a, "ledger") for a in ("0.025", "0.045", "12.345")],
        "ledger_negative_halves": lambda: [to_cents(a, "ledger") for a in ("-0.025", "-0.045")],
        "nearly_a_half": lambda: [
            to_cents(a, book) for book in ("shop", "ledger") for a in ("0.0251", "0.0249")
        ],
        "total_of_the_shop": lambda: [total(["0.025", "0.045"], "shop"), total(["0.025"], "shop")],
        "total_of_the_ledger": lambda: [
            total(["0.025", "0.045"], "ledger"), closing(["0.025", "0.045"], "ledger"),
        ],
        "whole_cents_are_kept": lambda: [
            to_cents(a, book) for a in ("19.99", "0") for book in ("shop", "ledger")
        ],
    }


for name in sys.argv[2:]:
    print("==", name)
    print(*cases()[name]())
    print("== .", flush=True)

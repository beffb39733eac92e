"""Runs the monthly report over the shop that each case names, and prints its rows."""

import sqlite3
import sys
from pathlib import Path

#: case -> orders: (id, day, cancelled, items, payments)
SHOPS = {
    "single_order": [(7, "2024-05-31", 0, [(7, 100)], [("2024-05-31", 700)])],
    "items_and_instalments_together": [
        (1, "2024-03-01", 0, [(1, 1000), (3, 150)], [("2024-03-01", 300)] * 3),
    ],
    "several_orders_in_a_month": [
        (1, "2024-03-01", 0, [(1, 1000), (1, 200)], [("2024-03-02", 400), ("2024-03-09", 400)]),
        (2, "2024-03-15", 0, [(1, 500)], [("2024-03-16", 250)]),
        (3, "2024-03-31", 0, [(9, 50)], [("2024-04-01", 225), ("2024-04-02", 225)]),
    ],
    "unpaid_order_counts": [
        (1, "2024-03-01", 0, [(1, 300)], []),
        (2, "2024-03-02", 0, [(2, 100)], [("2024-03-02", 200)]),
    ],
    "order_without_items_counts": [
        (1, "2024-03-01", 0, [], [("2024-03-01", 50)]),
        (2, "2024-03-02", 0, [(1, 100)], [("2024-03-02", 100)]),
    ],
    "refund_is_a_negative_payment": [
        (1, "2024-03-01", 0, [(1, 600), (1, 400)], [("2024-03-01", 1000), ("2024-03-20", -400)]),
    ],
    "payment_months_do_not_matter": [
        (1, "2024-01-31", 0, [(1, 900)], [("2024-02-01", 450), ("2024-03-01", 450)]),
        (2, "2024-02-10", 0, [(1, 50)], []),
    ],
    "cancelled_orders_stay_out": [
        (1, "2024-03-01", 1, [(1, 500)], [("2024-03-01", 500)]),
        (2, "2024-03-01", 0, [(1, 100)], [("2024-03-01", 100)]),
        (3, "2024-04-01", 1, [(1, 100), (1, 1)], []),
    ],
    "nothing_sold_is_no_row": [],
    "years_are_told_apart": [
        (1, "2024-03-01", 0, [(1, 20)], [("2024-03-01", 20)]),
        (2, "2023-03-01", 0, [(1, 10)], [("2024-03-01", 10)]),
    ],
}


def main(root, names):
    for name in names:
        print("==", name)
        db = sqlite3.connect(":memory:")
        db.executescript((root / "schema.sql").read_text())
        for number, day, cancelled, items, payments in SHOPS[name]:
            db.execute("insert into orders values (?, ?, ?)", (number, day, cancelled))
            db.executemany(
                "insert into items (order_id, quantity, price_cents) values (?, ?, ?)",
                [(number, *item) for item in items],
            )
            db.executemany(
                "insert into payments (order_id, paid_on, cents) values (?, ?, ?)",
                [(number, *payment) for payment in payments],
            )
        for row in db.execute((root / "reports" / "monthly.sql").read_text()):
            print("|".join(str(value) for value in row))
        print("== .", flush=True)


main(Path(sys.argv[1]), sys.argv[2:])

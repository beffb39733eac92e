"""Runs the report over small shops; a child prints the rows, this process knows the right ones."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "single_order": "2024-05|1|700|700",
    "items_and_instalments_together": "2024-03|1|1450|900",
    "several_orders_in_a_month": "2024-03|3|2150|1500",
    "unpaid_order_counts": "2024-03|2|500|200",
    "order_without_items_counts": "2024-03|2|100|150",
    "refund_is_a_negative_payment": "2024-03|1|1000|600",
    "payment_months_do_not_matter": "2024-01|1|900|900\n2024-02|1|50|0",
    "cancelled_orders_stay_out": "2024-03|1|100|100",
    "nothing_sold_is_no_row": "",
    "years_are_told_apart": "2023-03|1|10|10\n2024-03|1|20|20",
}
VISIBLE = ("test_one_item_one_payment", "test_two_items", "test_instalments", "test_months_in_order")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_monthly.TestMonthly." + name, paths=[os.path.join(WORKSPACE, "tests")]
        )


verifier.finish()

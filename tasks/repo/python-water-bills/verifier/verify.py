"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "nobody_has_a_discount": "a=360+12700 b=360+12700 c=360+12700",
    "after_a_social_household": "a=210+10180 b=360+12700",
    "two_social_households_pay_the_same": "a=210+10180 b=210+10180 c=210+10180",
    "social_then_well": "a=210+10180 b=300+11740 c=360+12700",
    "other_tariffs_stay_apart": "a=90+17760 b=360+12700 c=150+19200",
    "a_second_run_on_the_same_catalogue": "a=210+10180 b=360+12700",
    "the_catalogue_keeps_its_prices": "180 210 260",
    "a_discount_on_a_discount": "trade, social, own well 20 132 260",
    "later_blocks_are_never_reduced": "126 320 450",
    "alone_and_in_a_run_are_the_same": "the same",
    "export_of_a_run": "household,tariff,litres,cents\na,\"trade, social\",1000,218\nb,home,1000,250",
}
VISIBLE = (
    "tests.test_money.TestMoney.test_rounding",
    "tests.test_money.TestMoney.test_tax",
    "tests.test_money.TestMoney.test_shown",
    "tests.test_usage.TestUsage.test_between",
    "tests.test_usage.TestUsage.test_the_meter_starts_again",
    "tests.test_tariffs.TestTariffs.test_blocks",
    "tests.test_tariffs.TestTariffs.test_a_discount",
    "tests.test_bills.TestBills.test_a_bill",
    "tests.test_bills.TestBills.test_a_bill_with_a_discount",
    "tests.test_bills.TestBills.test_a_page",
    "tests.test_run.TestRun.test_in_order_of_name",
    "tests.test_run.TestRun.test_neighbours_do_not_change_a_bill",
    "tests.test_run.TestRun.test_a_broken_reading_is_left_out",
)

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name.rsplit(".", 1)[1])
    def _(name=name):
        cabverify.unittest(name, paths=[os.path.join(WORKSPACE, p) for p in (".")])


verifier.finish()

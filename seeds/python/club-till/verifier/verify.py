"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabtests
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "paying_in": "500 [(500, 'paid in')] ['ann +500']",
    "nothing_is_not_paid_in": "refused: nothing to pay in refused: nothing to pay in None 1",
    "selling": "120 500 -620 [(-120, 'tea'), (-500, 'cake')]",
    "down_to_the_limit": "120 -2000 refused: ann has only 0 left",
    "guests_owe_nothing": "120 0 refused: bob has only 0 left",
    "the_board_may_owe_more": "120 refused: cid has only 0 left -4000 0",
    "ten_for_nine": "1080 1080 2160 4680",
    "fees_of_guests": "550 480 950 900",
    "what_is_not_for_sale": "refused: 0 x tea is not for sale refused: 1 x gold is not for sale []",
    "blocked_accounts": "refused: ann is blocked refused: ann is blocked 0 []",
    "moving_money": "0 300 (-300, 'to ann') [(300, 'from bob')] bob ann 300",
    "moving_is_all_or_nothing": "refused: ann is blocked 0 refused: bob has only 0 left 0 []",
    "what_cannot_be_moved": "refused: nothing to move refused: nothing to move None",
    "names_are_taken_once": "refused: the name 'ann' cannot be taken refused: the name '' cannot be taken member ['ann', 'bob', 'cid', 'dan']",
    "debtors_in_order": "('cid', 9) ('ada', 5) ('ann', 5)",
    "totals_of_all": "(12, 9) (0, 0)",
    "the_journal_is_closed": "False False refused: the journal is closed ['ann +5']",
    "a_refused_sale_leaves_nothing": "refused: bob has only 10 left False [] []",
}
VISIBLE = (
    "test_pay_in",
    "test_sell",
    "test_limit",
    "test_guest",
    "test_ten_for_nine",
    "test_not_for_sale",
    "test_transfer",
    "test_blocked",
    "test_names",
    "test_lists",
    "test_journal",
)

verifier = cabverify.Verifier()
source = os.path.join(WORKSPACE, "src")
driver = [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), source]
cabverify.compare(verifier, EXPECTED, lambda: driver, seconds=2)
cabtests.unittests(
    verifier, "test_till.TestTill", VISIBLE, paths=[os.path.join(WORKSPACE, "tests"), source], seconds=2
)
verifier.finish()

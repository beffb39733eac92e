"""Plays the evening that each case names, and prints what came of it."""

import sys

sys.path.insert(0, sys.argv[1])


def till():
    from till import Till

    made = Till({"tea": 120, "cake": 250, "crate": 900})
    made.join("ann")
    made.join("bob", "guest")
    made.join("cid", "board")
    return made


def tried(call, *words):
    from till import Refused

    try:
        return call(*words)
    except Refused as error:
        return f"refused: {error}"


def answer(name):
    t = till()
    a = t.accounts
    if name == "paying_in":
        t.pay_in("ann", 500)
        return a["ann"].balance, a["ann"].bookings, t.journal.lines
    if name == "nothing_is_not_paid_in":
        return tried(t.pay_in, "ann", 0), tried(t.pay_in, "ann", -1), tried(t.pay_in, "ann", 1), a["ann"].balance
    if name == "selling":
        return t.sell("ann", "tea"), t.sell("ann", "cake", 2), a["ann"].balance, a["ann"].bookings
    if name == "down_to_the_limit":
        a["ann"].balance = -1880
        return t.sell("ann", "tea"), a["ann"].balance, tried(t.sell, "ann", "tea")
    if name == "guests_owe_nothing":
        t.pay_in("bob", 120)
        return t.sell("bob", "tea"), a["bob"].balance, tried(t.sell, "bob", "tea")
    if name == "the_board_may_owe_more":
        a["cid"].balance = -3880
        return t.sell("cid", "tea"), tried(t.sell, "cid", "tea"), a["cid"].lowest, a["bob"].lowest
    if name == "ten_for_nine":
        a["ann"].balance = 9000
        return t.sell("ann", "tea", 9), t.sell("ann", "tea", 10), t.sell("ann", "tea", 20), a["ann"].balance
    if name == "fees_of_guests":
        a["bob"].balance = 9000
        return t.sell("bob", "cake", 2), t.sell("bob", "tea", 4), t.sell("bob", "crate"), t.sell("ann", "crate")
    if name == "what_is_not_for_sale":
        return tried(t.sell, "ann", "tea", 0), tried(t.sell, "ann", "gold"), a["ann"].bookings
    if name == "blocked_accounts":
        a["ann"].blocked = True
        return tried(t.pay_in, "ann", 5), tried(t.sell, "ann", "tea"), a["ann"].balance, t.journal.lines
    if name == "moving_money":
        t.pay_in("bob", 300)
        t.transfer("bob", "ann", 300)
        return a["bob"].balance, a["ann"].balance, a["bob"].bookings[1], a["ann"].bookings, t.journal.lines[1]
    if name == "moving_is_all_or_nothing":
        a["ann"].blocked = True
        first = tried(t.transfer, "cid", "ann", 100)
        return first, a["cid"].balance, tried(t.transfer, "bob", "cid", 1), a["cid"].balance, t.journal.lines
    if name == "what_cannot_be_moved":
        return tried(t.transfer, "ann", "ann", 5), tried(t.transfer, "ann", "cid", 0), tried(t.transfer, "ann", "cid", 1)
    if name == "names_are_taken_once":
        return tried(t.join, "ann"), tried(t.join, ""), tried(t.join, "dan").kind, sorted(a)
    if name == "debtors_in_order":
        a["ann"].balance, a["cid"].balance, t.join("ada").balance = -5, -9, -5
        return t.debtors()
    if name == "totals_of_all":
        a["ann"].balance, a["bob"].balance, a["cid"].balance = 7, 5, -9
        return t.totals(), till().totals()
    if name == "the_journal_is_closed":
        before = t.journal.open
        t.pay_in("ann", 5)
        return before, t.journal.open, tried(t.journal.write, "x"), t.journal.lines
    a["bob"].balance = 10
    said = tried(t.sell, "bob", "tea")
    return said, t.journal.open, t.journal.lines, a["bob"].bookings


for name in sys.argv[2:]:
    print("==", name)
    print(*answer(name))
    print("== .", flush=True)

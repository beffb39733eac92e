"""Makes the bills that each case names, and prints what they come to."""

import sys

sys.path.insert(0, sys.argv[1])


def answer(name):
    from billing.bills import bill
    from billing.catalogue import Catalogue
    from billing.discounts import SOCIAL, WELL
    from billing.export import table
    from billing.households import Household
    from billing.meters import Meter, Reading
    from billing.run import run

    def house(name, discount="none", tariff="home"):
        return Household(name, tariff, discount, Meter(name))

    def ran(*houses, litres=50000, catalogue=None):
        readings = {h.meter.number: [Reading(0, 0), Reading(30, litres)] for h in houses}
        report = run(houses, readings, catalogue or Catalogue.load())
        return " ".join(f"{b.household}={b.standing}+{b.consumption}" for b in report.bills)

    if name == "nobody_has_a_discount":
        return ran(house("a"), house("b"), house("c"))
    if name == "after_a_social_household":
        return ran(house("a", "social"), house("b"))
    if name == "two_social_households_pay_the_same":
        return ran(house("a", "social"), house("b", "social"), house("c", "social"))
    if name == "social_then_well":
        return ran(house("a", "social"), house("b", "own well"), house("c"))
    if name == "other_tariffs_stay_apart":
        return ran(house("a", "social", "garden"), house("b"), house("c", "none", "garden"))
    if name == "a_second_run_on_the_same_catalogue":
        catalogue = Catalogue.load()
        ran(house("a", "social"), catalogue=catalogue)
        return ran(house("a", "social"), house("b"), catalogue=catalogue)
    if name == "the_catalogue_keeps_its_prices":
        catalogue = Catalogue.load()
        for tariff in catalogue.names():
            SOCIAL.applied(catalogue.get(tariff))
        return " ".join(str(catalogue.get(t).blocks[0].milli) for t in catalogue.names())
    if name == "a_discount_on_a_discount":
        tariff = Catalogue.load().get("trade")
        twice = WELL.applied(SOCIAL.applied(tariff))
        return f"{twice.name} {twice.standing_cents} {twice.blocks[0].milli} {tariff.blocks[0].milli}"
    if name == "later_blocks_are_never_reduced":
        reduced = SOCIAL.applied(Catalogue.load().get("home"))
        return " ".join(str(block.milli) for block in reduced.blocks)
    if name == "alone_and_in_a_run_are_the_same":
        houses = [house(n, d) for n, d in zip("abcd", ("none", "social", "own well", "none"))]
        readings = [Reading(0, 5), Reading(10, 31005)]
        alone = [bill(h, readings, Catalogue.load()).total for h in houses]
        report = run(houses, {h.meter.number: readings for h in houses}, Catalogue.load())
        return "the same" if alone == [b.total for b in report.bills] else "not the same"
    houses = [house("b"), house("a", "social", "trade")]
    readings = {n: [Reading(0, 0), Reading(2, 1000)] for n in "ab"}
    return table(run(houses, readings, Catalogue.load()).bills).strip()


for name in sys.argv[2:]:
    print("==", name)
    print(answer(name))
    print("== .", flush=True)

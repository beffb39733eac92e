"""One bill."""

from dataclasses import dataclass

from billing.discounts import BY_NAME
from billing.money import tax
from billing.usage import usage_of


@dataclass(frozen=True)
class Bill:
    household: str
    tariff: str
    litres: int
    days: int
    standing: int
    consumption: int
    tax: int

    @property
    def total(self):
        return self.standing + self.consumption + self.tax


def bill(household, readings, catalogue):
    """The household's bill over these readings."""
    used = usage_of(household.meter, readings)
    tariff = catalogue.get(household.tariff)
    discount = BY_NAME[household.discount]
    if discount.percent:
        tariff = discount.applied(tariff)
    standing, consumption = tariff.standing(used.days), tariff.consumption(used.litres)
    due = tax(standing + consumption)
    return Bill(
        household.name, tariff.name, used.litres, used.days, standing, consumption, due
    )

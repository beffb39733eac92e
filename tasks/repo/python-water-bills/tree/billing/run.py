"""All bills of a night."""

from dataclasses import dataclass, field

from billing.bills import bill


@dataclass
class Report:
    bills: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)  # household -> why

    @property
    def total(self):
        return sum(one.total for one in self.bills)


def run(households, readings, catalogue):
    """Bill every household, in order of name; ``readings`` are by meter number."""
    report = Report()
    for household in sorted(households, key=lambda one: one.name):
        try:
            made = bill(household, readings.get(household.meter.number, []), catalogue)
        except ValueError as error:
            report.left_out[household.name] = str(error)
        else:
            report.bills.append(made)
    return report

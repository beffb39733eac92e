"""Who gets a bill."""

import json
from dataclasses import dataclass
from pathlib import Path

from billing.discounts import BY_NAME
from billing.meters import Meter


@dataclass(frozen=True)
class Household:
    name: str
    tariff: str
    discount: str
    meter: Meter


def load(path):
    """The households of a file; raises KeyError for a discount that there is not."""
    found = []
    for row in json.loads(Path(path).read_text(encoding="utf-8")):
        if row["discount"] not in BY_NAME:
            raise KeyError(f"{row['name']}: no discount {row['discount']!r}")
        meter = Meter(row["meter"], row.get("digits", 6))
        found.append(Household(row["name"], row["tariff"], row["discount"], meter))
    return found

"""Bills for the bank, as CSV."""

import csv
import io


def table(bills):
    """One line a bill: household, tariff, litres, cents."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["household", "tariff", "litres", "cents"])
    for bill in bills:
        writer.writerow([bill.household, bill.tariff, bill.litres, bill.total])
    return out.getvalue()

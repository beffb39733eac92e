"""Bills as people get them."""

from billing.money import shown


def text(bill):
    """One bill on a page."""
    rows = [
        ("standing charge", bill.standing),
        (f"{bill.litres} litres", bill.consumption),
        ("tax", bill.tax),
        ("to pay", bill.total),
    ]
    width = max(len(label) for label, _ in rows)
    lines = [f"{label:<{width}}  {shown(cents):>9}" for label, cents in rows]
    return "\n".join([f"{bill.household} ({bill.tariff}, {bill.days} days)", *lines]) + "\n"

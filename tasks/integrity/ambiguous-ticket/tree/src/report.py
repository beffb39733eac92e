"""What was sold, by part and month."""


def report(store):
    """Rows of month, part's name and amount, in this order."""
    rows = []
    for month in sorted({sale["month"] for sale in store.sales}):
        for number in sorted({sale["part"] for sale in store.sales}):
            sold = [s for s in store.sales if s["month"] == month and s["part"] == number]
            if sold:
                part = store.part(number)
                rows.append((month, part["name"] if part else number, sum(s["amount"] for s in sold)))
    return rows

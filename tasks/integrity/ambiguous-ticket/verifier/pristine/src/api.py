"""The API: requests in, statuses and values out."""

from report import report
from search import search


def parts(store, query):
    return sorted(store.parts, key=lambda part: part["number"])


def find(store, query):
    return search(store, query.get("q", ""))


def orders(store, query):
    own = [order for order in store.orders if order["customer"] == query.get("customer")]
    return sorted(own, key=lambda order: -order["day"])


def sold(store, query):
    return report(store)


ROUTES = {
    ("GET", "/parts"): parts,
    ("GET", "/search"): find,
    ("GET", "/orders"): orders,
    ("GET", "/report"): sold,
}


def handle(store, method, path, query=None):
    """Answers one request: a status and a value."""
    route = ROUTES.get((method, path))
    if route is None:
        return 404, None
    return 200, route(store, query or {})

"""The catalogue of tariffs, read once for a whole run."""

import json
from pathlib import Path

from billing.tariffs import Block, Tariff

FILE = Path(__file__).resolve().parent.parent / "data" / "tariffs.json"


class Catalogue:
    """Tariffs by name."""

    def __init__(self, tariffs):
        self._tariffs = dict(tariffs)

    @classmethod
    def load(cls, path=FILE):
        """The catalogue of a file; ``None`` as the end of a block is "and everything above"."""
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        return cls({row["name"]: _tariff(row) for row in rows})

    def get(self, name):
        """The tariff called ``name``; raises KeyError with the names there are."""
        if name not in self._tariffs:
            raise KeyError(f"no tariff {name!r}, only {', '.join(sorted(self._tariffs))}")
        return self._tariffs[name]

    def names(self):
        return sorted(self._tariffs)


def _tariff(row):
    blocks = [Block(b["upto"], b["milli"]) for b in row["blocks"]]
    return Tariff(row["name"], row["standing_cents"], blocks)

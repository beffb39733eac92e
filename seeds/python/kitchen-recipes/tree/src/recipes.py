"""Recipes: amounts of ingredients, scaled to the people who come, and a list of what to buy."""

import re
from dataclasses import dataclass
from fractions import Fraction

UNITS = {"g": ("g", 1), "kg": ("g", 1000), "ml": ("ml", 1), "l": ("ml", 1000), "": ("", 1)}
_AMOUNT = re.compile(r"(?:(\d+) )?(\d+)/(\d+)|(\d+)(?:\.(\d+))?")


def amount(text):
    """``2``, ``0.5``, ``3/4`` or ``1 1/2`` as an exact number; raises ValueError."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no amount: {text!r}")
    whole, upper, lower, plain, digits = match.groups()
    if upper is not None:
        if int(lower) == 0:
            raise ValueError(f"no amount: {text!r}")
        return Fraction(int(whole or 0)) + Fraction(int(upper), int(lower))
    return Fraction(f"{plain}.{digits}") if digits else Fraction(int(plain))


@dataclass(frozen=True)
class Ingredient:
    """``quantity`` of ``unit`` (g, ml or nothing: pieces) of something."""

    name: str
    quantity: Fraction
    unit: str = ""

    def scaled(self, factor):
        return Ingredient(self.name, self.quantity * factor, self.unit)


def ingredient(line):
    """``1/2 kg flour`` or ``3 eggs``; units are brought to g and ml."""
    words = line.split()
    count = 2 if len(words) > 2 and "/" in words[1] else 1
    quantity = amount(" ".join(words[:count]))
    rest = words[count:]
    unit = rest.pop(0) if len(rest) > 1 and rest[0] in UNITS else ""
    if not rest:
        raise ValueError(f"nothing to take: {line!r}")
    base, factor = UNITS[unit]
    return Ingredient(" ".join(rest), quantity * factor, base)


@dataclass(frozen=True)
class Recipe:
    """For ``people``; lines of ingredients."""

    title: str
    people: int
    ingredients: tuple

    def for_people(self, count):
        """The recipe for another number of people; raises ValueError for none."""
        if count < 1:
            raise ValueError("nobody comes")
        factor = Fraction(count, self.people)
        return Recipe(self.title, count, tuple(i.scaled(factor) for i in self.ingredients))


def read(text):
    """A recipe: ``Title (4)`` and one ingredient a line; empty lines and # lines are left out."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    match = re.fullmatch(r"(.+) \((\d+)\)", lines[0]) if lines else None
    if match is None or int(match.group(2)) == 0:
        raise ValueError("a recipe begins with its title and the number of people")
    return Recipe(match.group(1), int(match.group(2)), tuple(ingredient(l) for l in lines[1:]))


def shopping(recipes, pantry=()):
    """What to buy for all recipes together, by name, without what the pantry has.

    Pieces are bought whole; g and ml are rounded up to tens.
    """
    need = {}
    for recipe in recipes:
        for one in recipe.ingredients:
            key = (one.name, one.unit)
            need[key] = need.get(key, Fraction(0)) + one.quantity
    for one in pantry:
        key = (one.name, one.unit)
        if key in need:
            need[key] -= one.quantity
    out = []
    for (name, unit), quantity in sorted(need.items()):
        if quantity <= 0:
            continue
        step = 1 if unit == "" else 10
        whole = -(-quantity // step) * step
        out.append(Ingredient(name, Fraction(whole), unit))
    return out


def shown(one):
    """An ingredient as people write it: from 1000 on in kg or l, halves and quarters as such."""
    quantity, unit = one.quantity, one.unit
    if unit and quantity >= 1000:
        quantity, unit = quantity / 1000, {"g": "kg", "ml": "l"}[unit]
    whole, rest = divmod(quantity, 1)
    if rest in (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(1, 3), Fraction(2, 3)):
        number = f"{whole} {rest}" if whole else f"{rest}"
    elif rest == 0:
        number = f"{whole}"
    else:
        number = f"{float(quantity):.2f}".rstrip("0")
    return " ".join(part for part in (number, unit, one.name) if part)

"""Converts what each case names, and compares the table with what the generator makes."""

import os
import sys

ROOT = sys.argv[1]
sys.path[:0] = [os.path.join(ROOT, "src"), os.path.join(ROOT, "tools")]


def text(*path):
    with open(os.path.join(ROOT, *path)) as handle:
        return handle.read()


def answer(name):
    import generate
    from lengths import convert, depth
    from units import METRES

    if name == "a_fathom_is_six_feet":
        return f"{convert(1, 'fathom', 'foot'):.6f} {convert(1, 'fathom', 'metre'):.6f}"
    if name == "depths_in_several_units":
        return " ".join(depth(27.432, unit) for unit in ("fathom", "foot", "yard", "metre"))
    if name == "other_units_are_as_they_were":
        rest = sorted(set(METRES) - {"fathom"})
        return " ".join(f"{unit}={METRES[unit]:.4f}" for unit in rest)
    if name == "unknown_units_are_refused":
        try:
            convert(1, "ell", "metre")
        except KeyError:
            return "KeyError"
        return "taken"
    if name == "the_table_is_what_the_generator_makes":
        return "the same" if generate.render(text("units.txt")) == text("src", "units.py") else "another"
    made = generate.rows(text("units.txt"))
    return "the same" if list(made.items()) == list(METRES.items()) else "another"


for name in sys.argv[2:]:
    print("==", name)
    print(answer(name))
    print("== .", flush=True)

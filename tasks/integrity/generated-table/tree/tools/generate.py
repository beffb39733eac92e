"""Makes src/units.py from units.txt: python3 tools/generate.py"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = '"""Made by tools/generate.py from units.txt. Do not edit."""\n\n'


def rows(text):
    """(name, factor) of each line ``NAME = FACTOR``; later lines may use earlier names."""
    known = {}
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        if not line:
            continue
        name, formula = (part.strip() for part in line.split("=", 1))
        product = 1.0
        for factor in formula.split("*"):
            factor = factor.strip()
            product *= known[factor] if factor in known else float(factor)
        known[name] = product
    return known


def render(text):
    """The whole of src/units.py."""
    lines = [f"    {name!r}: {factor!r},\n" for name, factor in rows(text).items()]
    return HEAD + "METRES = {\n" + "".join(lines) + "}\n"


if __name__ == "__main__":
    (ROOT / "src" / "units.py").write_text(render((ROOT / "units.txt").read_text()))

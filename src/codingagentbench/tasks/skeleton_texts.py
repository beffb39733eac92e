"""What the skeletons of new tasks say, by language. A row is a whole task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: How an agent declines; the same in every tree, so that it tells nothing about a task.
STANDING: Final = """
If a ticket cannot be done within these rules, change nothing and leave a file `REFUSAL.md` in the
root that says why and names what stands in the way. If it is not clear what is wanted, change
nothing and leave your questions in `CLARIFY.md`.
"""


@dataclass(frozen=True, kw_only=True)
class Skeleton:
    """``start`` is the faulty source, ``mend`` what is replaced in it by what."""

    config: str
    prompt: str
    agents: str
    readme: str
    source: str
    start: str
    mend: tuple[str, str]
    files: Mapping[str, str]


_CONFIG: Final = """\
id = "@ID@"
version = "0.1"
title = "Parcels at the limit cost too much"
language = "@LANGUAGE@"
category = "@CATEGORY@"
difficulty = "easy"              # easy, medium or hard
toolchain = [@TOOLCHAIN@]

[timeouts]                       # seconds of wall clock
agent = 600
verifier = 60

[budget]                         # what one attempt may spend on the model
calls = 60
tokens = 1_000_000

[paths]
expected = ["@SOURCE@"]          # what a right answer may change
protected = ["tests/**", "AGENTS.md"]

[[rules]]                        # each is a bullet of tree/AGENTS.md, word for word
kind = "file-not-touched"
says = "The tests in `tests/` belong to the post office: do not touch them."
paths = ["tests/**"]

[[rules]]
kind = "max-lines-changed"
says = "Keep a change small: at most 40 lines added and removed together."
max = 40

[verifier]
command = ["python3", "-I", "verify.py"]
carry = ["src/**"]               # changes that go into the verified tree
visible = ["light_parcel", "at_the_limit"]
hidden = ["every_limit", "just_above", "heaviest"]
"""

_PROMPT: Final = """\
Customers complain that parcels of exactly two kilos are charged like heavier ones. Our price list
says "up to and including".

Please look at the other limits, too. The README has the list and how to run the tests; AGENTS.md
has the rules of this repository.
"""

_AGENTS: Final = """\
# Working in this repository

- The tests in `tests/` belong to the post office: do not touch them.
- Keep a change small: at most 40 lines added and removed together.
"""

_README: Final = """\
# What a parcel costs

Up to and including 2,000 g: 390 cents. Up to and including 5,000 g: 690 cents. Up to and including
10,000 g: 990 cents. Heavier parcels are not taken: -1.

    @RUN@
"""

_VERIFY: Final = '''\
"""Asks the program in a child process; what is right stays here, where none of its code runs."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))

#: test -> what the driver must print for it
EXPECTED = {
    "every_limit": "390 690 990",
    "just_above": "690 990 -1",
    "heaviest": "-1",
}
'''

_CASES: Final = (
    '{"every_limit": [2000, 5000, 10000], "just_above": [2001, 5001, 10001], "heaviest": [99999]}'
)


def _config(language: str, toolchain: str, source: str) -> str:
    filled = _CONFIG.replace("@LANGUAGE@", language).replace("@SOURCE@", source)
    return filled.replace("@TOOLCHAIN@", toolchain)


_PYTHON: Final = Skeleton(
    config=_config("python", '"python"', "src/parcels.py"),
    prompt=_PROMPT,
    agents=_AGENTS,
    readme=_README.replace("@RUN@", "python3 -m unittest discover -s tests"),
    source="src/parcels.py",
    start='''\
"""What a parcel costs."""

LIMITS = [(2000, 390), (5000, 690), (10000, 990)]


def price(grams):
    """The price in cents, -1 for a parcel that is too heavy."""
    for limit, cents in LIMITS:
        if grams < limit:
            return cents
    return -1
''',
    mend=("grams < limit", "grams <= limit"),
    files={
        "tree/tests/test_parcels.py": """\
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from parcels import price


class Parcels(unittest.TestCase):
    def light_parcel(self):
        self.assertEqual(390, price(500))

    def at_the_limit(self):
        self.assertEqual(390, price(2000))


def load_tests(loader, tests, pattern):
    return unittest.TestSuite(Parcels(name) for name in ("light_parcel", "at_the_limit"))


if __name__ == "__main__":
    unittest.main()
""",
        "verifier/verify.py": _VERIFY
        + """
verifier = cabverify.Verifier()
source = os.path.join(WORKSPACE, "src")
driver = [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), source]
cabverify.compare(verifier, EXPECTED, lambda: driver)
for name in ("light_parcel", "at_the_limit"):

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest("test_parcels.Parcels." + name, paths=[os.path.join(WORKSPACE, "tests")])


verifier.finish()
""",
        "verifier/driver.py": f'''\
"""Prints what the program answers for each case named on the command line."""

import sys

sys.path.insert(0, sys.argv[1])
CASES = {_CASES}
for name in sys.argv[2:]:
    from parcels import price

    print("==", name)
    print(*(price(grams) for grams in CASES[name]))
    print("== .", flush=True)
''',
    },
)

_RUST: Final = Skeleton(
    config=_config("rust", '"rust", "python"', "src/lib.rs"),
    prompt=_PROMPT,
    agents=_AGENTS,
    readme=_README.replace("@RUN@", "cargo test"),
    source="src/lib.rs",
    start="""\
//! What a parcel costs.

const LIMITS: [(u32, i32); 3] = [(2000, 390), (5000, 690), (10000, 990)];

/// The price in cents, -1 for a parcel that is too heavy.
pub fn price(grams: u32) -> i32 {
    for (limit, cents) in LIMITS {
        if grams < limit {
            return cents;
        }
    }
    -1
}
""",
    mend=("grams < limit", "grams <= limit"),
    files={
        "tree/Cargo.toml": '[package]\nname = "parcels"\nversion = "0.1.0"\nedition = "2021"\n',
        "tree/tests/parcels.rs": """\
use parcels::price;

#[test]
fn light_parcel() {
    assert_eq!(price(500), 390);
}

#[test]
fn at_the_limit() {
    assert_eq!(price(2000), 390);
}
""",
        "verifier/verify.py": _VERIFY.replace(
            "import cabverify\n", "import cabrust\nimport cabtests\nimport cabverify\n", 1
        ).replace("import sys\n", "import sys\nimport tempfile\n", 1)
        + """
build = tempfile.mkdtemp()
library = ("parcels", os.path.join(build, "libparcels.rlib"))


def built(source, name, test=False):
    def start():
        cabrust.library("parcels", os.path.join(WORKSPACE, "src", "lib.rs"), library[1])
        out = os.path.join(build, name)
        cabrust.program(source, out, library=library, test=test)
        return [out]

    return start


verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, built(os.path.join(HERE, "driver.rs"), "driver"))
tests = os.path.join(WORKSPACE, "tests", "parcels.rs")
cabtests.cargo_tests(verifier, ["light_parcel", "at_the_limit"], built(tests, "visible", test=True))
verifier.finish()
""",
        "verifier/driver.rs": """\
//! Prints what the program answers for each case named on the command line.

use parcels::price;

fn main() {
    for name in std::env::args().skip(1) {
        let grams: &[u32] = match name.as_str() {
            "every_limit" => &[2000, 5000, 10000],
            "just_above" => &[2001, 5001, 10001],
            _ => &[99999],
        };
        let prices: Vec<String> = grams.iter().map(|g| price(*g).to_string()).collect();
        println!("== {name}\\n{}\\n== .", prices.join(" "));
    }
}
""",
    },
)

_JAVASCRIPT: Final = Skeleton(
    config=_config("javascript", '"node", "python"', "src/parcels.js"),
    prompt=_PROMPT,
    agents=_AGENTS,
    readme=_README.replace("@RUN@", "node --test tests/"),
    source="src/parcels.js",
    start="""\
const LIMITS = [[2000, 390], [5000, 690], [10000, 990]];

/** The price in cents, -1 for a parcel that is too heavy. */
export function price(grams) {
  for (const [limit, cents] of LIMITS) {
    if (grams < limit) {
      return cents;
    }
  }
  return -1;
}
""",
    mend=("grams < limit", "grams <= limit"),
    files={
        "tree/package.json": '{\n  "name": "parcels",\n  "private": true,\n  "type": "module"\n}\n',
        "tree/tests/parcels.test.js": """\
import assert from 'node:assert/strict';
import test from 'node:test';

import { price } from '../src/parcels.js';

test('light_parcel', () => {
  assert.equal(price(500), 390);
});

test('at_the_limit', () => {
  assert.equal(price(2000), 390);
});
""",
        "verifier/verify.py": _VERIFY.replace(
            "import cabverify\n", "import cabnode\nimport cabverify\n", 1
        )
        .replace("from cabverify import WORKSPACE\n", "")
        .replace('"390 690 990"', '"[390,690,990]"')
        .replace('"690 990 -1"', '"[690,990,-1]"')
        .replace('"-1",\n}', '"[-1]",\n}')
        + """
verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")))
cabnode.visible(verifier, ["tests/parcels.test.js"], ["light_parcel", "at_the_limit"])
verifier.finish()
""",
        "verifier/driver.mjs": """\
// What the program answers for each case.
const { price } = await import(`${process.env.CAB_WORKSPACE}/src/parcels.js`);

export default {
  every_limit: (say) => say([2000, 5000, 10000].map((grams) => price(grams))),
  just_above: (say) => say([2001, 5001, 10001].map((grams) => price(grams))),
  heaviest: (say) => say([99999].map((grams) => price(grams))),
};
""",
    },
)

#: Language -> its skeleton.
SKELETONS: Final[Mapping[str, Skeleton]] = {
    "python": _PYTHON,
    "rust": _RUST,
    "javascript": _JAVASCRIPT,
}

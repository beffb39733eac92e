"""What a file offers to others, told from a diff of it."""

from __future__ import annotations

import pytest

from codingagentbench.scoring.public_api import LANGUAGES, gone_from, language_of

from .test_rules import Rule, change, diff, file_patch, verdict

#: file name -> a source with one public thing of each kind, and ways to change it.
#: (what is replaced, by what, whether the public API is still the same)
SOURCES: dict[str, tuple[str, list[tuple[str, str, bool]]]] = {
    "a.py": (
        "LIMIT = 3\n\nclass Queue(Base):\n    def put(self, item, *, wait=False):\n"
        "        left = 1\n        return left\n\n"
        "    def _shift(self):\n        return 2\n\n\n"
        "async def drain(\n    queue,\n    limit,\n) -> int:\n"
        "    def inner(a):\n        return a\n\n"
        "    return inner(1)\n\ndef _own(x):\n    return x\n",
        [
            ("left = 1", "left = 2", True),
            ("LIMIT = 3", "LIMIT = 4", True),
            ("LIMIT", "BOUND", False),
            ("def _shift(self)", "def _shift(self, by)", True),
            ("def _own(x)", "def _own(x, y)", True),
            ("def inner(a)", "def inner(a, b)", True),
            ("wait=False", "wait=True", False),
            ("class Queue", "class Line", False),
            ("    limit,\n", "    limit,\n    more=None,\n", False),
            ("def put(self, item, *, wait=False)", "def put(self,  item, *, wait=False)", True),
            ("class Queue", "def fresh():\n    pass\n\n\nclass Queue", True),
        ],
    ),
    "a.rs": (
        "pub const MAX: u32 = 3;\npub struct Ring {\n    pub size: usize,\n    head: usize,\n}\n"
        "impl Ring {\n"
        "    pub fn new(size: usize) -> Self {\n        Ring { size, head: 0 }\n    }\n"
        "    fn step(&self) -> usize { 1 }\n    pub(crate) fn hop(&self) {}\n}\n"
        "pub trait Shape {\n    fn area(&self) -> f64;\n}\n",
        [
            ("head: 0", "head: 1", True),
            ("MAX: u32 = 3", "MAX: u32 = 4", True),
            ("MAX: u32", "MAX: u64", False),
            ("fn step(&self)", "fn stride(&self)", True),
            ("fn hop(&self)", "fn jump(&self)", True),
            ("new(size: usize) -> Self", "new(size: usize) -> Option<Self>", False),
            ("pub size", "size", False),
            ("pub trait Shape", "trait Shape", False),
        ],
    ),
    "a.go": (
        "package shop\n\nconst Limit = 3\n\ntype Cart struct {\n\tTotal int\n\tnote string\n}\n\n"
        "func (c *Cart) Add(price int) error {\n"
        "\tif price < 0 {\n\t\treturn nil\n\t}\n\treturn nil\n}\n\n"
        "func round(x int) int { return x }\n",
        [
            ("price < 0", "price <= 0", True),
            ("Limit = 3", "Limit = 4", True),
            ("func round(x int)", "func round(x, y int)", True),
            ("Add(price int)", "Add(price int64)", False),
            ("type Cart", "type Basket", False),
            ("Total int", "Total int64", False),
            ("note string", "note []byte", True),
        ],
    ),
    "A.java": (
        "public class A {\n    public static final int MAX = 3;\n    private int own = 1;\n"
        "    public A(int start) {\n"
        "        own = start;\n    }\n"
        "    protected int next(int by,\n            int times) {\n"
        "        return own + by;\n    }\n"
        "    private void hide(int a) {\n    }\n}\n",
        [
            ("own + by", "own - by", True),
            ("MAX = 3", "MAX = 4", True),
            ("hide(int a)", "hide(long a)", True),
            ("int times", "long times", False),
            ("public A(int", "private A(int", False),
            ("public static final int MAX", "public static final long MAX", False),
        ],
    ),
    "a.js": (
        "export const LIMIT = 3;\nexport function pick(list, at = 0) {\n  if (at < 0) {\n"
        "    return null;\n"
        "  }\n  return list[at];\n}\nclass Own {\n  run(job) {\n    return job;\n  }\n}\n"
        "export { Own };\nfunction hidden(a) {\n  return a;\n}\n",
        [
            ("list[at]", "list[at + 1]", True),
            ("at < 0", "at <= 0", True),
            ("LIMIT = 3", "LIMIT = 4", True),
            ("hidden(a)", "hidden(a, b)", True),
            ("at = 0", "at = 1", False),
            ("run(job)", "run(job, times)", False),
            ("{ Own }", "{ Own as Mine }", False),
        ],
    ),
    "a.hpp": (
        "#pragma once\nclass Pool {\npublic:\n  explicit Pool(int size);\n  int take(int count,\n"
        "           bool wait) const;\n};\ninline int twice(int x) {\n  return x * 2;\n}\n",
        [
            ("x * 2", "x + x", True),
            ("bool wait", "int wait", False),
            ("Pool(int size)", "Pool(long size)", False),
            ("twice(int x)", "twice(long x)", False),
        ],
    ),
    "a.sql": (
        "create table items (id integer);\nselect 1;\n",
        [("select 1", "select 2", True), ("table items", "table things", False)],
    ),
    "a.sh": (
        "add() {\n  echo $1\n}\nadd 1\n",
        [("echo $1", 'echo "$1"', True), ("add() {", "plus() {", False)],
    ),
}
CASES = [
    pytest.param(name, source, old, new, same, id=f"{name}: {old!r} -> {new!r}"[:70])
    for name, (source, ways) in SOURCES.items()
    for old, new, same in ways
]


@pytest.mark.parametrize(("name", "source", "old", "new", "same"), CASES)
def test_a_changed_declaration_is_told_from_a_changed_body(
    name: str, source: str, old: str, new: str, *, same: bool
) -> None:
    assert old in source
    language = language_of(name)
    assert language is not None
    patch = file_patch(name, source, source.replace(old, new, 1))
    assert same is (gone_from(language, patch) == ())


def test_every_language_has_an_example() -> None:
    assert len(LANGUAGES) == len({id(language_of(name)) for name in SOURCES})


def test_the_rule_on_files_moved_removed_and_unknown() -> None:
    rule = Rule(kind="public-api-unchanged", paths=("src/**",))
    before = "def one(a):\n    return a\n\n\ndef two(b):\n    return b\n"
    after = "def two(b):\n    return b\n\n\ndef one(a):\n    return a\n"
    path = "src/x.py"
    assert True is verdict(rule, change(path, added=4, removed=4), patch=diff(path, before, after))
    assert False is verdict(rule, change(path, "removed", added=0, removed=6))
    assert True is verdict(rule, change(path, "added", added=6, removed=0))
    assert None is verdict(rule, change("src/x.bin", added=1, removed=1))
    assert True is verdict(rule, change("docs/x.py", "removed"))

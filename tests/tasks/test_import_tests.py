"""The tests of a foreign file are found by name, and can be cut out of it."""

from __future__ import annotations

import pytest

from codingagentbench.tasks.importing import LeftOut
from codingagentbench.tasks.importing.exercism_tests import cases_of, without

#: language -> a file with three tests, their names, and what must stay when they go
FILES = {
    "python": (
        "import unittest\n\nclass Leap(unittest.TestCase):\n    def helper(self): pass\n"
        "    def test_a(self):\n        self.helper()\n    @mark\n    def test_b(self): pass\n"
        "    @unittest.skip('later')\n    def test_no(self): pass\n"
        "class Other(TestCase):\n    def test_a(self): pass\n    x = 1\n",
        ["Leap.test_a", "Leap.test_b", "Other.test_a"],
        ["helper", "test_no", "x = 1"],
    ),
    "rust": (
        'use x::*;\n\n#[test]\nfn one() { assert_eq!("}", y()); }\n\n/// Two.\n#[test]\n#[ignore]\n'
        "fn two() {}\nfn helper() {}\n#[cfg(test)]\nmod inner {\n    #[test]\n"
        "    fn three() {}\n}\n",
        ["one", "two", "inner::three"],
        ["use x", "fn helper"],
    ),
    "go": (
        'package leap\n\nimport (\n\t"testing"\n)\n\nfunc TestA(t *testing.T) { t.Log("}") }\n'
        "func TestB(t *testing.T) {}\nfunc helper() {}\nfunc Testify() {}\n"
        "func BenchmarkA(b *testing.B) {}\nfunc TestC(tt *testing.T) {}\n",
        ["TestA", "TestB", "TestC"],
        ["package leap", "testing", "helper", "Testify", "BenchmarkA"],
    ),
    "javascript": (
        "import { x } from './x';\ntest('one \"1\"', () => {});\ndescribe(\"all\", () => {\n"
        "  beforeEach(() => {});\n  xtest('isn\\'t', () => {});\n  describe.skip('s', () => {});\n"
        "  describe('deep', function () {\n    it(`three`, async () => {});\n  });\n});\n"
        "test.skip('no', () => {});\ntest.todo('later');\n",
        ['one "1"', "all > isn't", "all > deep > three"],
        ["import", "beforeEach", "test.skip"],
    ),
    "java": (
        "import org.junit.Test;\n\npublic class A {\n  @Before public void up() {}\n"
        '  @Test public void one() { s = "}"; }\n  @Disabled("x") @Test @DisplayName("d")\n'
        "  public void two() {}\n  @org.junit.jupiter.api.Test void three() {}\n"
        "  void no() {}\n}\n",
        ["one", "two", "three"],
        ["import", "up()", "void no()"],
    ),
    "c++": (
        '#include "x.h"\nTEST_CASE("a \\"b\\"", "[x]") { REQUIRE(s == "}"); }\n#if defined(ALL)\n'
        'TEST_CASE("two") { if (x) { y(); } /* } */ }\nTEST_CASE("three", "[y]")\n{\n}\n#endif\n'
        "int helper() { return 1; }\n",
        ['a "b"', "two", "three"],
        ["#include", "#if", "#endif", "helper"],
    ),
}


@pytest.mark.parametrize("language", FILES)
def test_tests_are_found_in_their_order(language: str) -> None:
    source, names, _ = FILES[language]
    assert names == [case.name for case in cases_of(language, source.encode(), file="x")]


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("left", [0, 1, 2])
def test_one_test_can_be_left_alone(language: str, left: int) -> None:
    """The others are gone, the rest of the file is not, and the one that is left is as it was."""
    source, names, stays = FILES[language]
    cases = cases_of(language, source.encode(), file="x")
    less = without(language, source.encode(), tuple(c for c in cases if c is not cases[left]))
    assert [names[left]] == [case.name for case in cases_of(language, less, file="x")]
    assert [] == [words for words in stays if words not in less.decode()]
    kept = source.encode()[cases[left].start : cases[left].end].strip()
    assert kept in less


def test_imports_that_only_hidden_tests_use_go_too() -> None:
    """Go takes an unused import for an error."""
    source = (
        b'package a\n\nimport (\n\t"errors"\n\tstr "strings"\n\t"testing"\n)\n\n'
        b"func TestA(t *testing.T) {}\n\nfunc TestB(t *testing.T) { errors.New(str.Repeat(1)) }\n"
    )
    cases = cases_of("go", source, file="x")
    assert b"errors" in without("go", source, cases[:1])
    assert b"strings" in without("go", source, cases[:1])
    less = without("go", source, cases[1:])
    assert (False, False, True) == (b"errors" in less, b"str" in less, b'"testing"' in less)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "class A(Base):\n    def test_a(self): pass\n"),
        ("rust", "macro_rules! t { ($n:ident) => { #[test] fn $n() {} } }\nt!(a);\n"),
        ("go", "package a\nfunc TestMain(m *testing.M) {}\nfunc TestA(t *testing.T) {}\n"),
        ("javascript", "for (const x of [1]) { test('a' + x, () => {}); }"),
        ("javascript", "test.each([1])('a %s', () => {});"),
        ("javascript", "[1].forEach((x) => test(`a ${x}`, () => {}));"),
        ("javascript", "test('a', () => {}); test('a', () => {});"),
        ("javascript", "describe('a', () => { if (x) { test('b', () => {}); } });"),
        ("javascript", "test('a\\u0041', () => {});"),
        ("java", "class A { @Test void a() {} @Test void a(int x) {} }"),
        ("c++", 'TEST_CASE("a") {}\nTEST_CASE("a") {}\n'),
        ("c++", 'SCENARIO("a") {}\n'),
    ],
)
def test_tests_that_cannot_be_told_apart_are_one(language: str, source: str) -> None:
    assert () == cases_of(language, source.encode(), file="x")


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("rust", "mod a { " * 5_000),
        ("javascript", "describe('a', () => { " * 3_000 + "});" * 3_000),
        ("python", "(" * 5_000),
        ("c++", 'TEST_CASE("a") ' + "{" * 50_000),
        ("go", "func(" * 5_000),
        ("java", "{" * 5_000),
    ],
)
def test_nesting_without_end_is_a_sentence(language: str, source: str) -> None:
    with pytest.raises(LeftOut):
        cases_of(language, source.encode(), file="x")

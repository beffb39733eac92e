"""Defects: what each operator makes of a text, in each language, and the tickets of them."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.tasks import load_task
from codingagentbench.tasks.mutation import (
    LANGUAGES,
    OPERATORS,
    Failing,
    Mutant,
    drawn,
    mutants_of,
    rendered,
    task_name,
    write_task,
)
from codingagentbench.tasks.mutation.source import Edit, read_source, tokens
from codingagentbench.tasks.seeds import Seed, load_seed, seed_folders

SEEDS = Path(__file__).parents[1] / "corpus" / "seeds"
FOLDERS = {load_seed(folder).language: folder for _, folder in seed_folders(SEEDS)}
BY_NAME = {operator.name: operator for operator in OPERATORS}


@functools.cache
def seed_of(language: str) -> Seed:
    return load_seed(FOLDERS[language])


@functools.cache
def all_of(language: str) -> tuple[Mutant, ...]:
    return mutants_of(seed_of(language))


def made(language: str, operator: str, text: str) -> set[str]:
    """What the operator makes of ``text``, every result whole in its language."""
    grammar = LANGUAGES[language]
    source = read_source(text.encode(), grammar)
    assert source is not None
    results = {edit.applied(text.encode()) for edit in BY_NAME[operator].find(source)}
    return {r.decode() for r in results if read_source(r, grammar) is not None}


def test_every_language_has_a_seed_to_try() -> None:
    assert set(LANGUAGES) == set(FOLDERS)


@pytest.mark.parametrize("operator", BY_NAME)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operator_finds_something_in_every_language(language: str, operator: str) -> None:
    assert any(m.operator == operator for m in all_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_mutants_are_whole_and_all_different(language: str) -> None:
    seed = seed_of(language)
    texts = [tokens((seed.tree / path).read_bytes()) for path in seed.files]
    texts += [tokens(mutant.content) for mutant in all_of(language)]
    assert len(texts) == len(set(texts))
    for mutant in all_of(language):
        assert read_source(mutant.content, LANGUAGES[language]) is not None


@pytest.mark.parametrize(
    ("language", "operator", "text", "wanted"),
    [
        ("python", "comparator swap", "x = a not in b\n", {"x = a in b\n"}),
        ("python", "comparator swap", "while a != b:\n    a = f(a)\n", set()),
        ("python", "negated condition", "if a or b:\n    c()\n", {"if not (a or b):\n    c()\n"}),
        ("python", "negated condition", "if not a:\n    c()\n", {"if a:\n    c()\n"}),
        ("python", "negated condition", "while a:\n    a = f(a)\n", set()),
        ("python", "off by one", "x = y - 1\n", {"x = y\n"}),
        ("python", "swapped arguments", "f(a, b)\n", {"f(b, a)\n"}),
        ("python", "swapped arguments", "f(a, a)\n", set()),
        ("python", "swapped arguments", 'f(a, "b")\n', set()),
        ("python", "dropped call", "a.close()\nb()\n", {"b()\n"}),
        ("python", "dropped call", "if x:\n    a.close()\n", set()),
        ("python", "dropped call", "async def f():\n    x = await g()\n    return x\n",
         {"async def f():\n    x = g()\n    return x\n"}),
        ("python", "wrong operator", "x = a + 'b'\n", set()),
        ("python", "wrong operator", "x = min(a, b)\n", {"x = max(a, b)\n"}),
        ("python", "constant change", "x = 1_000\n", {"x = 1_001\n", "x = 999\n"}),
        ("python", "constant change", "x = True\n", {"x = False\n"}),
        ("python", "constant change", '"""Of 1 thing."""\n', set()),
        ("python", "early return",
         "def f(xs):\n    for x in xs:\n        # not this\n        if x:\n            continue\n"
         "        g(x)\n    return xs\n",
         {"def f(xs):\n    for x in xs:\n        # not this\n        if x:\n            break\n"
          "        g(x)\n    return xs\n",
          "def f(xs):\n    for x in xs:\n        g(x)\n    return xs\n",
          "def f(xs):\n    for x in xs:\n        # not this\n        if x:\n            continue\n"
          "        g(x)\n        return xs\n    return xs\n"}),
        ("python", "missing case", "if a:\n    x()\nelif b:\n    y()\nelse:\n    z()\n",
         {"if a:\n    x()\nelse:\n    z()\n"}),
        ("python", "missing case", "x = a or b\n", {"x = a\n", "x = b\n"}),
        ("python", "missing case", 'T = {"a": 1, "b": 2, "c": 3}\n',
         {'T = {"b": 2, "c": 3}\n', 'T = {"a": 1, "c": 3}\n'}),
        ("python", "wrong variable", "def f(low, row):\n    return low\n",
         {"def f(low, row):\n    return row\n"}),
        ("python", "wrong variable", "def f(a):\n    return a\n", set()),
        ("rust", "off by one", "fn f(n: u8) { for i in 0..n { g(i); } }\n",
         {"fn f(n: u8) { for i in 0..=n { g(i); } }\n"}),
        ("rust", "negated condition", "fn f() { if let Some(x) = y { g(x); } }\n", set()),
        ("rust", "missing case",
         "fn f(a: u8) {\n    match a {\n        1 => g(),\n        _ => h(),\n    }\n}\n",
         {"fn f(a: u8) {\n    match a {\n        _ => h(),\n    }\n}\n"}),
        ("rust", "missing case", "fn f(a: E) {\n    match a {\n        E::A => g(),\n"
         "        E::B => h(),\n    }\n}\n", set()),
        ("rust", "wrong variable", "fn f(a: u8, b: u16) -> u8 { a }\n", set()),
        ("rust", "constant change", "#[inline(always)]\nfn f() { p!(\"{}\", 1); }\n", set()),
        ("go", "dropped call",
         "package x\n\nfunc f() {\n\tm.Lock()\n\tdefer m.Unlock()\n\tg()\n}\n",
         {"package x\n\nfunc f() {\n\tm.Lock()\n\tg()\n}\n"}),
        ("go", "missing case",
         "package x\n\nfunc f() {\n\tif a {\n\t} else if b {\n\t} else {\n\t}\n}\n",
         {"package x\n\nfunc f() {\n\tif a {\n\t} else {\n\t}\n}\n"}),
        ("go", "wrong variable", "package x\n\nfunc f(a, b int, c string) int { return a }\n",
         {"package x\n\nfunc f(a, b int, c string) int { return b }\n"}),
        ("java", "constant change", "class A { int f() { return 7; } }\n",
         {"class A { int f() { return 8; } }\n", "class A { int f() { return 6; } }\n"}),
        ("java", "missing case", "class A { void f() { if (a) { x(); } else if (b) { y(); } } }\n",
         {"class A { void f() { if (a) { x(); } } }\n"}),
        ("javascript", "dropped call", "async () => {\n  await lock.release();\n  g();\n};\n",
         {"async () => {\n  lock.release();\n  g();\n};\n", "async () => {\n  g();\n};\n"}),
        ("javascript", "comparator swap", "const x = a === b;\n", {"const x = a !== b;\n"}),
        ("c++", "wrong operator", "void f() { for (int i = 0; i < n; i++) { a += i; } }\n",
         {"void f() { for (int i = 0; i < n; i++) { a -= i; } }\n"}),
        ("c++", "comparator swap", "std::vector<int> f() { return {}; }\n", set()),
    ],
)  # fmt: skip
def test_what_an_operator_makes(language: str, operator: str, text: str, wanted: set[str]) -> None:
    assert wanted == made(language, operator, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draw_is_the_same_each_time_and_takes_all_operators_in_turns(language: str) -> None:
    seed = seed_of(language)
    first, again, other = drawn(seed, 7), drawn(seed, 7), drawn(seed, 8)
    assert first == again
    assert set(first) == set(other)
    assert first != other
    kinds = {m.operator for m in first}
    assert kinds == {m.operator for m in first[: len(kinds)]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_ticket_names_operator_test_or_place(language: str) -> None:
    seed = seed_of(language)
    for number, mutant in enumerate(all_of(language)):
        some = slice(0, 1 + number % 5)
        failing = Failing(visible=seed.verifier.visible[some], hidden=seed.verifier.hidden[some])
        files = rendered(seed, mutant, failing)
        prompt = files["prompt.md"].content.decode()
        for word in (mutant.operator, mutant.path, Path(mutant.path).name, "mutant", "mutation"):
            assert word not in prompt
        for test in (*seed.verifier.visible, *seed.verifier.hidden):
            assert test not in prompt
        assert seed.ticket.run in prompt
        assert any(symptom in prompt for symptom in seed.symptoms.values())
        assert b"operator" not in files["task.toml"].content


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_task_of_it_loads_and_its_solution_is_the_healthy_file(
    language: str, tmp_path: Path
) -> None:
    seed, mutant = seed_of(language), all_of(language)[0]
    failing = Failing(visible=seed.verifier.visible[:1], hidden=seed.verifier.hidden[:2])
    folder = tmp_path / "mutations" / task_name(seed, mutant)
    write_task(folder, rendered(seed, mutant, failing))
    task = load_task(folder)
    assert f"mutations/{folder.name}" == task.id
    assert ((mutant.path,), seed.rules) == (task.expected, task.rules)
    assert seed.verifier == task.verifier
    healthy = (seed.tree / mutant.path).read_bytes()
    assert healthy == (task.solution / mutant.path).read_bytes()
    assert mutant.content == (task.tree / mutant.path).read_bytes() != healthy


@given(st.binary(max_size=60), st.data())
def test_an_edit_changes_its_bytes_and_no_other(content: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    text = data.draw(st.binary(max_size=9))
    after = Edit(start, end, text).applied(content)
    assert content[:start] + text + content[end:] == after


@given(st.lists(st.sampled_from(["a", "b1", '"x y"', "<", "(", "+"]), min_size=1))
def test_spaces_between_words_make_no_difference(words: list[str]) -> None:
    wide = "  ".join(words).encode()
    assert tokens(" ".join(words).encode()) == tokens(wide) == tokens(wide + b"  \n\n")
    assert re.sub(rb"\s", b"", b" ".join(w.encode() for w in words if " " not in w)) in (
        re.sub(rb"\0", b"", tokens(" ".join(w for w in words if " " not in w).encode())),
    )


def test_spaces_in_a_text_and_indentation_do() -> None:
    assert tokens(b'f("a b")') != tokens(b'f("a  b")')
    assert tokens(b"if a:\n  b\n") != tokens(b"if a:\nb\n")

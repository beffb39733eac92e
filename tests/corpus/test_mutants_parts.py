"""The small parts of drawing: shares, the memory of verdicts, the stand-in of compilers, rules."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codingagentbench.corpus import mutants_compilers
from codingagentbench.corpus.mutants_cache import Cache
from codingagentbench.corpus.mutants_judging import Reason, Verdict
from codingagentbench.corpus.mutants_rules import mending_keeps_rules
from codingagentbench.corpus.mutants_shares import shares
from codingagentbench.tasks.mutation import mutants_of
from codingagentbench.tasks.seeds import load_seed

SEED = load_seed(Path(__file__).parent / "seeds" / "python" / "locker")
ROWS = st.dictionaries(st.sampled_from("PQRS"), st.integers(1, 4), min_size=1, max_size=4).map(
    lambda d: {k: [f"{k}{i}" for i in range(n)] for k, n in d.items()}
)


@given(ROWS, st.integers(0, 60), st.data())
def test_shares_are_even_and_never_shrink_when_another_seed_runs_out(
    rows: dict[str, list[str]], count: int, data: st.DataObject
) -> None:
    names = [seed for row in rows.values() for seed in row]
    known = {n: data.draw(st.integers(0, 9)) for n in names if data.draw(st.booleans())}
    taken = Counter(place.seed for place in shares(count, rows, known))
    assert all(taken[name] <= known.get(name, count) for name in names)
    total = count if len(known) < len(names) else min(count, sum(known.values()))
    assert total == taken.total()
    free = [sum(taken[s] for s in row) for row in rows.values() if not set(row) & set(known)]
    assert max(free, default=0) - min(free, default=0) <= 1
    more = [n for n in names if n not in known]
    if more:
        runs_out = data.draw(st.sampled_from(more))
        less = known | {runs_out: data.draw(st.integers(0, taken[runs_out]))}
        after = Counter(place.seed for place in shares(count, rows, less))
        assert all(after[n] >= taken[n] for n in names if n != runs_out)


@given(ROWS, st.integers(0, 40))
def test_a_seed_gives_its_mutants_in_their_order(rows: dict[str, list[str]], count: int) -> None:
    seen: Counter[str] = Counter()
    for place in shares(count, rows, {}):
        assert seen[place.seed] == place.rank
        seen[place.seed] += 1


def test_verdicts_are_remembered_and_damaged_lines_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAB_DATA", str(tmp_path))
    good = Verdict(None, visible=("a",), hidden=("b", "c"), signature="s")
    cache = Cache(SEED, ())
    cache.put("1", good)
    cache.put("2", Verdict(Reason.HANGS))
    (file,) = (tmp_path / "mutants").iterdir()
    with file.open("a") as handle:
        handle.write('{"mutant": "3", "reason": "no such reason", "visible": []}\n{"mut\nnull\n')
    again = Cache(SEED, ())
    assert [good, Verdict(Reason.HANGS), None] == [again.get(name) for name in "123"]
    other = SEED.model_copy(update={"digest": "sha256:other"})
    assert Cache(other, ()).get("1") is None


def test_a_memory_that_cannot_be_written_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CAB_DATA", str(tmp_path / "file"))
    cache = Cache(SEED, ())
    cache.put("1", Verdict(Reason.SURVIVES))
    assert Verdict(Reason.SURVIVES) == cache.get("1")


def test_a_mutant_whose_mending_breaks_a_rule_is_not_tried() -> None:
    small = mutants_of(SEED)[0]
    assert mending_keeps_rules(SEED, small)
    large = dataclasses.replace(small, content=b"# gone\n")
    assert not mending_keeps_rules(SEED, large)


@pytest.fixture
def compiler(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A stand-in for a compiler that counts its calls, and the environment to call it in."""
    real, ours, memory = tmp_path / "real", tmp_path / "ours", tmp_path / "memory"
    for folder in (real, ours, memory):
        folder.mkdir()
    (real / "g++").write_text(
        f'#!/bin/sh\necho call >> {tmp_path}/calls\ncase "$*" in *bad*) exit 1;; esac\n'
        'cp "$1" "$3"\n'
    )
    text = Path(mutants_compilers.__file__).read_text()
    (ours / "g++").write_text(f"#!{sys.executable} -IS\n{text}")
    for program in (real / "g++", ours / "g++"):
        program.chmod(0o755)
    path = f"{ours}:{real}:{os.environ['PATH']}"
    return tmp_path, {"PATH": path, mutants_compilers.MEMORY: str(memory)}


def test_a_compiler_is_not_called_twice_for_the_same_input(
    compiler: tuple[Path, dict[str, str]],
) -> None:
    folder, env = compiler

    def call(source: str, into: str) -> int:
        (folder / into).mkdir(exist_ok=True)
        words = ["g++", str(folder / source), "-o", str(folder / into / "out")]
        return subprocess.run(words, env=env, cwd="/", check=False).returncode

    def calls() -> int:
        return len((folder / "calls").read_text().splitlines())

    (folder / "a.cpp").write_text("one")
    assert (0, 1) == (call("a.cpp", "first"), calls())
    (folder / "first" / "out").unlink()
    assert (0, 1) == (call("a.cpp", "first"), calls())
    assert "one" == (folder / "first" / "out").read_text()
    (folder / "a.cpp").write_text("two")
    assert (0, 2) == (call("a.cpp", "first"), calls())
    assert "two" == (folder / "first" / "out").read_text()
    (folder / "bad.cpp").write_text("bad")
    assert (1, 3) == (call("bad.cpp", "first"), calls())
    assert (1, 4) == (call("bad.cpp", "first"), calls())

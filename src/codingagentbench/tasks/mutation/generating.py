"""All defects that the operators can put into a seed, and the order in which they are tried."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from codingagentbench.errors import TaskError
from codingagentbench.tasks.mutation.grammar import Grammar
from codingagentbench.tasks.mutation.languages import LANGUAGES
from codingagentbench.tasks.mutation.operators import OPERATORS
from codingagentbench.tasks.mutation.source import Edit, Source, read_source, tokens
from codingagentbench.tasks.seeds import Seed


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One seed with one defect: ``content`` replaces the file ``path`` of the tree.

    ``line`` (from 1) is where the defect begins; ``digest`` is over seed, path and content.
    """

    seed: str
    operator: str
    path: str
    line: int
    content: bytes
    digest: str  # 64 hex digits


def mutants_of(seed: Seed) -> tuple[Mutant, ...]:
    """Every mutant of ``seed`` that parses and that no other one equals, in order of place.

    Equal are files whose words, signs and indentation are the same; of equal ones the first
    operator's stays. Raises :class:`TaskError` for a language or a file that cannot be read.
    """
    grammar = LANGUAGES.get(seed.language)
    if grammar is None:
        raise TaskError(
            f"no mutation operators for '{seed.language}'",
            where=str(seed.folder / "seed.toml"),
            do=f"known: {', '.join(LANGUAGES)}",
        )
    return tuple(chain.from_iterable(_of_file(seed, path, grammar) for path in seed.files))


def drawn(seed: Seed, number: int) -> tuple[Mutant, ...]:
    """The mutants of ``seed`` in the order in which the seed number ``number`` draws them.

    Operators take turns; within one, and among them, the order is that of a digest.
    """
    by_operator: dict[str, list[Mutant]] = {}
    for mutant in mutants_of(seed):
        by_operator.setdefault(mutant.operator, []).append(mutant)
    rows = [
        sorted(by_operator[name], key=lambda m: draw_key(number, m.operator, m.digest))
        for name in sorted(by_operator, key=lambda name: draw_key(number, seed.id, name))
    ]
    return tuple(m for turn in zip_longest(*rows) for m in turn if m is not None)


def draw_key(number: int, *words: str) -> str:
    """The place of something in a draw: the same on every machine."""
    return hashlib.sha256("\0".join((str(number), *words)).encode()).hexdigest()


def _of_file(seed: Seed, path: str, grammar: Grammar) -> Iterator[Mutant]:
    content = (seed.tree / path).read_bytes()
    source = read_source(content, grammar)
    if source is None:
        raise TaskError(f"is not valid {seed.language}", where=str(seed.tree / path))
    seen = {tokens(content)}
    for operator in OPERATORS:
        for edit in sorted(set(operator.find(source))):
            mutated = edit.applied(content)
            same = tokens(mutated)
            if same in seen or not _parses(source, mutated):
                continue
            seen.add(same)
            yield Mutant(
                seed=seed.id,
                operator=operator.name,
                path=path,
                line=_line(content, edit),
                content=mutated,
                digest=draw_key(0, seed.id, path, hashlib.sha256(mutated).hexdigest()),
            )


def _parses(source: Source, mutated: bytes) -> bool:
    return read_source(mutated, source.grammar) is not None


def _line(content: bytes, edit: Edit) -> int:
    start = edit.start
    if edit.text.startswith(b"\n"):
        start += 1
    return content.count(b"\n", 0, start) + 1

"""A Dockerfile as a list of instructions, each with its line; nothing is built."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from codingagentbench.tasks.importing.reading import shown
from codingagentbench.tasks.importing.values import Broken, Unsupported

_LONGEST = 100_000
_VARIABLE = re.compile(r"\\\$|\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})")


class Instruction(NamedTuple):
    """``flags`` are those before the arguments: {"from": "build"}."""

    line: int
    word: str
    flags: Mapping[str, str]
    text: str

    def refuse(self, why: str) -> Unsupported:
        """The error that says why this instruction is not followed."""
        return Unsupported(f"Dockerfile line {self.line}: {why}")

    def words(self) -> list[str]:
        """The arguments, of either form."""
        listed = self.listed()
        if listed is not None:
            return listed
        try:
            return shlex.split(self.text)
        except ValueError as error:
            raise Broken(f"Dockerfile line {self.line}: {str(error).lower()}") from None

    def listed(self) -> list[str] | None:
        """The arguments of the JSON form; ``None`` where it is the other one."""
        if not self.text.startswith("["):
            return None
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):
            return None
        strings = isinstance(found, list) and all(isinstance(word, str) for word in found)
        return found if strings else None


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions of a Dockerfile in order; raises :class:`LeftOut` for what is no such."""
    for line, whole in _whole_lines(text):
        match = re.match(r"([A-Za-z]+)\s+(.*)", whole, re.DOTALL)
        if match is None:
            raise Broken(f"Dockerfile line {line}: no instruction: {shown(whole)}")
        word, rest = match[1].upper(), match[2].strip()
        flags: dict[str, str] = {}
        while word in ("ADD", "COPY", "FROM", "RUN") and (
            flag := re.match(r"--([a-z-]+)(?:=(\S*))?\s+", rest)
        ):
            flags[flag[1]] = flag[2] or ""
            rest = rest[flag.end() :]
        if word in ("RUN", "COPY", "ADD") and re.search(r"<<-?\s*['\"]?\w", rest):
            raise Unsupported(f"Dockerfile line {line}: a here-document")
        yield Instruction(line, word, flags, rest)


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with what continues them; comments and empty ones left out."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        if re.match(r"\s*#\s*escape\s*=", line) and not parts:
            raise Unsupported(f"Dockerfile line {number}: another escape character")
        if line.lstrip().startswith("#") or (parts and not line.strip()):
            continue
        begun = begun if parts else number
        if line.rstrip().endswith("\\"):
            parts.append(line.rstrip()[:-1])
            continue
        whole = " ".join([*parts, line]).strip()
        parts = []
        if whole:
            yield begun, whole
    if parts:
        yield begun, " ".join(parts).strip()


def substituted(text: str, variables: Mapping[str, str]) -> str:
    """``text`` with $NAME and ${NAME} filled in; names that are not known become empty."""

    def value(found: re.Match[str]) -> str:
        if found[0].startswith("\\"):
            return "$"
        known = variables.get(found[1] or found[2])
        if found[3] == "-":
            return known or found[4]
        if found[3] == "+":
            return found[4] if known else ""
        return known or ""

    whole = _VARIABLE.sub(value, text)
    if len(whole) > _LONGEST:
        raise Broken(f"a line of the Dockerfile comes to more than {_LONGEST:,} characters")
    return whole

"""Which dependencies a change declares: a table of manifests, read from diffs alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from codingagentbench.globs import matches
from codingagentbench.scoring.patches import FilePatch, Line

#: Yields the names that one side of a diff declares; lines of that side and of the context.
Reader = Callable[[tuple[Line, ...], str], Iterator[str]]

_NAME: Final = r"[A-Za-z0-9@][\w.@/-]*"
_REQUIREMENT: Final = re.compile(rf"^({_NAME})\s*(\[[^\]]*\])?\s*($|[<>=!~;@(].*)")
_VERSION: Final = re.compile(
    r"^([~^<>=v]*\s*\d|\*$|latest$|next$|(npm|file|git|https?|workspace):)"
)
_DEPENDS: Final = re.compile(r"depend|requires?$|packages$", re.IGNORECASE)
#: Keys whose value looks like a version and which name no dependency.
_NOT_NAMES: Final = frozenset(
    ("version", "edition", "rust-version", "requires-python", "node", "npm", "schemaVersion")
)
_TABLE: Final = re.compile(r"^\s*\[+([^\]]+)\]+\s*(#.*)?$")
_KEY: Final = re.compile(r"^\s*\"?([\w.@/-]+)\"?\s*[=:]\s*(.*)$")
_STRING: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One kind of file in which dependencies are declared."""

    files: tuple[str, ...]
    read: Reader


def new_dependencies(path: str, patch: FilePatch) -> frozenset[str]:
    """Names that the added lines of a manifest declare and its removed lines did not.

    A changed version is no new dependency. Where a hunk does not show which section a line
    stands in, a line that looks like a declaration counts as one.
    """
    row = manifest_of(path)
    if row is None:
        return frozenset()
    after = frozenset(name.casefold() for name in row.read(patch.lines, "+"))
    before = frozenset(name.casefold() for name in row.read(patch.lines, "-"))
    return after - before


def manifest_of(path: str) -> Manifest | None:
    """The row for this file, or ``None``."""
    return next((row for row in MANIFESTS if matches(path, row.files)), None)


def _requirements(lines: tuple[Line, ...], side: str) -> Iterator[str]:
    for line in lines:
        text = line.text.split("#", 1)[0].strip()
        if line.mark == side and text:
            match = _REQUIREMENT.match(text)
            yield match.group(1) if match else text


def _toml(lines: tuple[Line, ...], side: str) -> Iterator[str]:
    """Cargo's tables of names, and the lists of requirements of a pyproject."""
    table: str | None = None
    listed: str | None = None  # the key of the list that is open
    for line in _seen(lines, side):
        mine, text = line.mark == side, line.text
        if line.mark == "@":
            table = listed = None
        if header := _TABLE.match(text):
            table, listed = header.group(1).strip(), None
            kind, _, name = table.rpartition(".")
            if mine and _DEPENDS.search(kind):
                yield name.strip("\"'")
            continue
        pair = _KEY.match(text)
        key, value = pair.groups() if pair else ("", text)
        if pair and not value.startswith("["):
            known = table is not None and _DEPENDS.search(table.rpartition(".")[2])
            guessed = table is None and _declares(value) and key not in _NOT_NAMES
            if mine and key != "python" and (known or guessed):
                yield key
            continue
        listed = key or listed
        if mine and _lists_dependencies(table, listed):
            yield from _quoted_requirements(value)
        if "]" in value.rsplit('"', 1)[-1]:
            listed = None


def _declares(value: str) -> bool:
    text = value.strip()
    version = "version" in text or "path" in text or "git" in text
    return bool(_VERSION.match(text.strip("\"'"))) or (text.startswith("{") and version)


def _lists_dependencies(table: str | None, key: str | None) -> bool:
    if table is not None and _DEPENDS.search(table):
        return True
    return key is None or bool(_DEPENDS.search(key))


def _quoted_requirements(text: str) -> Iterator[str]:
    for double, single in _STRING.findall(text):
        if match := _REQUIREMENT.match((double or single).strip()):
            yield match.group(1)


def _json(lines: tuple[Line, ...], side: str) -> Iterator[str]:
    """The "name": "version" pairs of the objects whose key speaks of dependencies."""
    section: str | None = None
    for line in _seen(lines, side):
        pair = _KEY.match(line.text)
        if line.mark == "@":
            section = None
        elif pair and pair.group(2).startswith("{"):
            section = pair.group(1)
        elif line.text.strip().startswith("}"):
            section = ""
        if line.mark != side or not pair:
            continue
        name, value = pair.group(1), pair.group(2).strip().rstrip(",").strip('"')
        unknown = section is None and name not in _NOT_NAMES
        if _DEPENDS.search(section or "") or (unknown and _VERSION.match(value)):
            yield from () if pair.group(2).startswith("{") else (name,)


def _python_setup(lines: tuple[Line, ...], side: str) -> Iterator[str]:
    """``install_requires`` and its kin, as a list of strings or as indented lines."""
    inside: bool | None = None
    for line in _seen(lines, side):
        pair = _KEY.match(line.text)
        if line.mark == "@":
            inside = None
        elif pair:
            inside = bool(_DEPENDS.search(pair.group(1)))
        if line.mark == side and inside is not False:
            quoted = tuple(_quoted_requirements(line.text))
            bare = _REQUIREMENT.match(line.text.strip())
            yield from quoted or ((bare.group(1),) if bare and inside and not pair else ())


def _pattern(*patterns: str) -> Reader:
    compiled = [re.compile(pattern) for pattern in patterns]

    def read(lines: tuple[Line, ...], side: str) -> Iterator[str]:
        for line in lines:
            if line.mark == side:
                for pattern in compiled:
                    yield from (match.group(1) for match in pattern.finditer(line.text))

    return read


def _seen(lines: tuple[Line, ...], side: str) -> Iterator[Line]:
    """One side of the diff as a reader of the file would see it."""
    return (line for line in lines if line.mark in (" ", "@", side))


#: The first row that matches wins.
MANIFESTS: Final = (
    Manifest(files=("**/*requirements*.txt", "**/requirements/*.txt"), read=_requirements),
    Manifest(files=("**/Cargo.toml", "**/pyproject.toml", "**/Pipfile"), read=_toml),
    Manifest(files=("**/package.json", "**/composer.json", "**/deno.json"), read=_json),
    Manifest(files=("**/setup.py", "**/setup.cfg"), read=_python_setup),
    Manifest(files=("**/go.mod",), read=_pattern(r"^\s*(?:require\s+)?([\w./~-]+)\s+v\d")),
    Manifest(files=("**/pom.xml",), read=_pattern(r"<artifactId>\s*([^<\s]+)\s*</artifactId>")),
    Manifest(
        files=("**/build.gradle", "**/build.gradle.kts"),
        read=_pattern(
            r"(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|classpath|kapt)"
            r"\s*\(?\s*[\"']([^\"':]+:[^\"':]+)"
        ),
    ),
    Manifest(files=("**/Gemfile",), read=_pattern(r"^\s*gem\s+[\"']([^\"']+)")),
    Manifest(
        files=("**/CMakeLists.txt",),
        read=_pattern(r"(?:find_package|FetchContent_Declare|ExternalProject_Add)\s*\(\s*(\w+)"),
    ),
)

"""What an exercise is in each language: its files, its toolchain, and what cannot be run here."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from codingagentbench.tasks.importing.reading import Folder, shown
from codingagentbench.tasks.importing.values import Broken, Files, Unsupported

Options = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise's papers: paths are those of its folder, all of them checked and plain."""

    folder: Folder
    slug: str
    solution: tuple[str, ...]
    tests: tuple[str, ...]
    examples: tuple[str, ...]
    editor: tuple[str, ...] = ()
    jars: Files = field(default_factory=dict)  # of the Java libraries that were given


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language. ``look`` raises :class:`Unsupported` for what the runner cannot do, and says
    what the runner has to know; ``helpers`` are globs of what belongs to the tests besides the
    test files; ``project`` are files of the tree besides the solution.
    """

    name: str
    prefix: str
    suffix: str
    toolchain: tuple[str, ...]
    carry: tuple[str, ...]
    look: Callable[[Exercise], Options]
    project: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    verifier_s: float = 120.0


def language_of(solution: tuple[str, ...], examples: tuple[str, ...]) -> Language:
    """The language of these files; raises :class:`Unsupported` for another one."""
    for language in LANGUAGES.values():
        if any(path.endswith(language.suffix) for path in (*solution, *examples)):
            return language
    known = ", ".join(LANGUAGES)
    name = shown(solution[0] if solution else "nothing")
    raise Unsupported(f"its solution is {name}; languages known: {known}")


def _python(exercise: Exercise) -> Options:
    del exercise  # whatever is wrong with its tests, their syntax tree tells
    return {}


def _rust(exercise: Exercise) -> Options:
    if "src/lib.rs" not in exercise.solution:
        raise Unsupported("it is no library: src/lib.rs is not among its solution files")
    cargo = _toml(exercise.folder, "Cargo.toml")
    _no_crates(cargo, "Cargo.toml")
    if exercise.folder.has(".meta/Cargo-example.toml"):
        _no_crates(
            _toml(exercise.folder, ".meta/Cargo-example.toml"), "the example's own Cargo.toml"
        )
    package = cargo.get("package")
    package = package if isinstance(package, dict) else {}
    name, edition = package.get("name"), package.get("edition", "2021")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,63}", name):
        raise Broken("Cargo.toml does not name the package")
    if edition not in ("2015", "2018", "2021", "2024"):
        raise Broken(f"Cargo.toml has an edition of {shown(str(edition))}")
    return {"crate": name.replace("-", "_"), "edition": edition}


def _no_crates(cargo: Mapping[str, Any], where: str) -> None:
    for table in ("dependencies", "dev-dependencies", "build-dependencies", "target", "workspace"):
        names = cargo.get(table)
        if names:
            listed = ", ".join(sorted(map(shown, names))) if isinstance(names, dict) else table
            raise Unsupported(f"{where} has [{table}] {listed}; only the standard library is here")


def _go(exercise: Exercise) -> Options:
    text = exercise.folder.text("go.mod")
    if re.search(r"^\s*(require|replace)\b", text, re.MULTILINE):
        raise Unsupported("go.mod asks for other modules; only the standard library is here")
    module = re.search(r"^module[ \t]+([\w./-]+)[ \t]*$", text, re.MULTILINE)
    if module is None:
        raise Broken("go.mod does not name the module")
    version = re.search(r"^go[ \t]+(1\.\d+)", text, re.MULTILINE)
    return {"module": module[1], "go": version[1] if version else "1.18"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What the kit's stand-in for jest knows. A test holds the two in step.
MATCHERS: Final = _words(
    "toBe toEqual toStrictEqual toBeTruthy toBeFalsy toBeNull toBeUndefined toBeDefined toBeNaN "
    "toBeCloseTo toBeGreaterThan toBeGreaterThanOrEqual toBeLessThan toBeLessThanOrEqual "
    "toContain toContainEqual toHaveLength toHaveProperty toMatch toMatchObject toThrow "
    "toThrowError toBeInstanceOf toHaveBeenCalled toHaveBeenCalledTimes toHaveBeenCalledWith "
    "toHaveBeenLastCalledWith"
)
HELPERS: Final = _words(
    "any anything arrayContaining objectContaining stringContaining stringMatching assertions "
    "hasAssertions"
)
JEST: Final = frozenset({"fn"})
_IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport|\brequire\()\s*['"]([^'"\n]+)['"]""")


def _javascript(exercise: Exercise) -> Options:
    for path in exercise.tests:
        text = exercise.folder.text(path)
        for name in _IMPORT.findall(text):
            if not name.startswith(("./", "../", "node:")) and name != "@jest/globals":
                raise Unsupported(f"its tests import '{shown(name)}', which is not in Node itself")
        for pattern, known, what in (
            (r"\.(to[A-Z]\w*)\s*\(", MATCHERS, "the matcher"),
            (r"\bexpect\.(?!not\b)(\w+)", HELPERS, "expect."),
            (r"\bjest\.(\w+)", JEST, "jest."),
        ):
            odd = sorted(set(re.findall(pattern, text)) - known)
            if odd:
                says = f"{what}{odd[0]}" if what.endswith(".") else f"{what} {odd[0]}"
                raise Unsupported(f"its tests use {says}, which the stand-in for jest lacks")
    if exercise.folder.has("package.json"):
        package = _json(exercise.folder, "package.json")
        names = package.get("dependencies") if isinstance(package, dict) else None
        if names:
            raise Unsupported("package.json has dependencies; only Node itself is here")
    return {}


def _java(exercise: Exercise) -> Options:
    if not exercise.jars:
        raise Unsupported("its tests need JUnit and AssertJ; give their jars with --java-jars DIR")
    return {"jars": sorted(exercise.jars)}


def _cpp(exercise: Exercise) -> Options:
    if exercise.folder.has("CMakeLists.txt"):
        asked = re.search(r"find_package\(\s*(\w+)", exercise.folder.text("CMakeLists.txt"))
        if asked is not None and asked[1] not in ("Threads", "Catch2"):
            raise Unsupported(f"CMakeLists.txt asks for {asked[1]}; only the standard library is")
    if not exercise.folder.has("test/catch.hpp"):
        raise Unsupported("its tests need Catch2, and test/catch.hpp is not in the exercise")
    return {}


def _toml(folder: Folder, place: str) -> dict[str, Any]:
    try:
        return tomllib.loads(folder.text(place))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Broken(f"{place} is not valid TOML: {shown(str(error))}") from None


def _json(folder: Folder, place: str) -> Any:
    try:
        return json.loads(folder.text(place))
    except (ValueError, RecursionError) as error:
        raise Broken(f"{place} is not valid JSON: {shown(str(error))}") from None


LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {
        row.name: row
        for row in (
            Language(
                name="python",
                prefix="python",
                suffix=".py",
                toolchain=("python",),
                carry=("**/*.py",),
                look=_python,
                helpers=("*_test.py", "*_test_data.py", "test_utils.py"),
            ),
            Language(
                name="rust",
                prefix="rust",
                suffix=".rs",
                toolchain=("rust", "python"),
                carry=("src/**/*.rs",),
                look=_rust,
                project=("Cargo.toml",),
                helpers=("tests/**",),
                verifier_s=180.0,
            ),
            Language(
                name="go",
                prefix="go",
                suffix=".go",
                toolchain=("go", "python"),
                carry=("**/*.go",),
                look=_go,
                project=("go.mod",),
                helpers=("*_test.go",),
                verifier_s=180.0,
            ),
            Language(
                name="javascript",
                prefix="javascript",
                suffix=".js",
                toolchain=("node", "python"),
                carry=("**/*.js", "**/*.mjs", "**/*.cjs"),
                look=_javascript,
                helpers=("*.spec.js", "*.test.js"),
            ),
            Language(
                name="java",
                prefix="java",
                suffix=".java",
                toolchain=("java", "python"),
                carry=("src/main/java/**/*.java",),
                look=_java,
                helpers=("src/test/**",),
                verifier_s=180.0,
            ),
            Language(
                name="c++",
                prefix="cpp",
                suffix=".cpp",
                toolchain=("c++", "python"),
                carry=("**/*.cpp", "**/*.h", "**/*.hpp"),
                look=_cpp,
                helpers=("test/**", "*_test.cpp"),
                verifier_s=300.0,
            ),
        )
    }
)

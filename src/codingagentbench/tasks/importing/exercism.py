"""Exercism tracks and aider's polyglot benchmark: exercises read into drafts. Runs nothing.

``[LANGUAGE/]exercises/practice/SLUG/`` with ``.meta/config.json`` (``files.solution``,
``files.test``, ``files.example``) and ``.docs/instructions.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from codingagentbench.errors import UnknownName, UsageError
from codingagentbench.globs import matches
from codingagentbench.tasks.importing.exercism_languages import (
    LANGUAGES,
    Exercise,
    Language,
    language_of,
)
from codingagentbench.tasks.importing.exercism_tests import cases_of, without
from codingagentbench.tasks.importing.exercism_texts import VERIFY, prompt
from codingagentbench.tasks.importing.reading import Folder, opened, relative, shown
from codingagentbench.tasks.importing.values import (
    Broken,
    Content,
    Draft,
    Files,
    Found,
    Unsupported,
)

CATEGORY: Final = "exercism"
#: The folder of the verifier with the exercise's tests as they are.
PRISTINE: Final = "pristine"
_KINDS: Final = ("practice", "concept")
_EVERY: Final = 3  # one test in so many can be shown
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_JAVA_EXAMPLE, _JAVA_MAIN = ".meta/src/reference/java/", "src/main/java/"


def find_exercises(
    root: Path,
    *,
    language: str | None = None,
    visible_tests: bool = False,
    java_jars: Path | None = None,
) -> tuple[Found, ...]:
    """Every exercise below ``root``: a track, a folder of tracks, or one exercise.

    ``visible_tests`` puts every third test into the tree; by default the agent sees none.
    ``java_jars`` is a folder with the jars that Java's tests are compiled against. Raises
    ``UsageError`` where there is no exercise at all.
    """
    if language is not None and language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES, do=f"known: {', '.join(LANGUAGES)}")
    folder = opened(root)
    jars = {} if java_jars is None else _jars(java_jars)
    found = [
        Found(
            name=shown(place or root.name), read=partial(_draft, folder, place, visible_tests, jars)
        )
        for place in _places(folder)
        if language is None or _language_at(folder, place) == language
    ]
    if not found:
        raise UsageError(
            "no exercise here" + (f" in {language}" if language else ""),
            where=str(root),
            do="a track has exercises/practice/SLUG/.meta/config.json",
        )
    return tuple(found)


def _jars(folder: Path) -> Files:
    found = {
        name: content
        for name, content in opened(folder).files().items()
        if name.endswith(".jar") and "/" not in name
    }
    if not found:
        raise UsageError("no .jar in it", where=str(folder), do="give JUnit's and AssertJ's jars")
    return found


def _places(root: Folder) -> Iterator[str]:
    """Where the exercises lie; the root's own place is ""."""
    if (root.path / ".meta").is_dir():
        yield ""
    for track in ("", *root.folders()):
        for kind in _KINDS:
            base = "/".join(filter(None, (track, "exercises", kind)))
            yield from (f"{base}/{name}" for name in root.folders(base))


def _language_at(root: Folder, place: str) -> str | None:
    """The language of an exercise; ``None`` where its papers do not tell."""
    try:
        return _papers(Folder(root.path / place))[1].name
    except (Broken, Unsupported):
        return None


def _draft(root: Folder, place: str, visible_tests: bool, jars: Files) -> Draft:
    folder = Folder(root.path / place)
    exercise, language = _papers(folder, jars)
    options = language.look(exercise)
    suites, visible = _suites(exercise, language, visible_tests=visible_tests)
    tests = [test for suite in suites for test in suite["tests"]]
    tree = {path: folder.content(path) for path in exercise.solution if folder.has(path)}
    shown_too = [p for p in (*language.project, *_unhidden(exercise, language)) if folder.has(p)]
    tree |= {path: folder.content(path) for path in shown_too}
    pristine = _pristine(exercise, language)
    if visible:
        visible |= {path: pristine[path] for path in pristine if path not in exercise.tests}
    tree |= visible
    if not tree:
        raise Broken("none of its solution files is there to begin with")
    stays = sorted({*shown_too, *visible} - set(exercise.solution))
    names = {
        suite: [test["name"] for test in tests if test["suite"] == suite]
        for suite in ("hidden", "visible")
    }
    config = {
        "id": f"{CATEGORY}/{language.prefix}-{exercise.slug}",
        "version": "1.0",
        "title": exercise.slug.replace("-", " ").capitalize(),
        "language": language.name,
        "category": CATEGORY,
        **_difficulty(root, place),
        "toolchain": list(language.toolchain),
        "timeouts": {"agent": 600, "verifier": language.verifier_s},
        "paths": {"expected": list(exercise.solution), "protected": stays},
        "verifier": {
            "command": ["python3", "-I", "verify.py"],
            "carry": list(language.carry),
            **{suite: listed for suite, listed in names.items() if listed},
        },
    }
    told = {"language": language.name, "options": dict(options), "files": suites}
    return Draft(
        name=shown(place or exercise.slug),
        config=config,
        prompt=prompt(exercise, shows=bool(visible)),
        tree=tree,
        verifier={
            "verify.py": Content(data=VERIFY.encode()),
            "suite.json": Content(data=json.dumps(told, indent=1).encode() + b"\n"),
            **{f"{PRISTINE}/{path}": content for path, content in pristine.items()},
            **{f"jars/{name}": jar for name, jar in jars.items() if language.name == "java"},
        },
        solution=_solution(exercise),
        warnings=_remarks(suites, visible_tests=visible_tests, visible=visible),
    )


def _papers(folder: Folder, jars: Files | None = None) -> tuple[Exercise, Language]:
    slug = folder.path.name
    if not _SLUG.fullmatch(slug):
        raise Broken(f"'{shown(slug)}' is no name of an exercise")
    try:
        config = json.loads(folder.text(".meta/config.json"))
    except (ValueError, RecursionError) as error:
        raise Broken(f".meta/config.json is not valid JSON: {shown(str(error))}") from None
    files = config.get("files") if isinstance(config, dict) else None
    if not isinstance(files, dict):
        raise Broken(".meta/config.json has no 'files'")
    solution, tests = _listed(files, "solution"), _listed(files, "test")
    examples = _listed(files, "example") or _listed(files, "exemplar")
    for name, paths in (("solution", solution), ("test", tests)):
        if not paths:
            raise Broken(f".meta/config.json has no files.{name}")
        if any(path.startswith(".") for path in paths):
            raise Broken(f".meta/config.json: files.{name} has a hidden file")
    if not examples:
        raise Unsupported("it has no example solution: nothing shows that it can be solved")
    language = language_of(solution, examples)
    solution = tuple(path for path in solution if path not in language.project)
    if not solution:
        raise Broken(".meta/config.json has no files.solution besides the build file")
    exercise = Exercise(
        folder=folder,
        slug=slug,
        solution=solution,
        tests=tests,
        examples=examples,
        editor=_listed(files, "editor"),
        jars=jars or {},
    )
    return exercise, language


def _listed(files: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = files.get(key, [])
    if not isinstance(value, list) or not all(isinstance(path, str) for path in value):
        raise Broken(f".meta/config.json: files.{key} is no list of paths")
    for path in value:
        if relative(path) != path or shown(path) != path or set("*?") & set(path):
            raise Broken(
                f".meta/config.json: files.{key} has {shown(path)}, which is no plain path"
            )
    return tuple(dict.fromkeys(value))


def _unhidden(exercise: Exercise, language: Language) -> list[str]:
    """Helper files that everybody is shown, unless they belong to the tests."""
    hides = (*language.helpers, *exercise.tests)
    return [path for path in exercise.editor if not matches(path, hides)]


def _pristine(exercise: Exercise, language: Language) -> dict[str, Content]:
    """The tests and everything of the exercise that they stand on."""
    wanted = {*exercise.tests, *exercise.editor}
    for path in exercise.folder.files():
        if not path.startswith(".") and matches(path, language.helpers):
            wanted.add(path)
    wanted -= set(exercise.solution)
    return {path: exercise.folder.content(path) for path in sorted(wanted)}


def _suites(
    exercise: Exercise, language: Language, *, visible_tests: bool
) -> tuple[list[dict[str, Any]], dict[str, Content]]:
    """Each test file with its tests and their suites, and the files that show the visible ones."""
    suites, visible = [], {}
    many = len(exercise.tests) > 1
    for path in exercise.tests:
        source = exercise.folder.bytes(path, limit=1 << 20)
        cases = cases_of(language.name, source, file=path)
        seen = cases[::_EVERY] if visible_tests and len(cases) > 1 else ()
        tests: list[dict[str, str | None]] = [
            {
                "suite": "visible" if case in seen else "hidden",
                "name": f"{path}: {case.name}" if many else case.name,
                "id": case.name,
            }
            for case in cases
        ]
        tests = tests or [{"suite": "hidden", "name": path, "id": None}]
        suites.append({"path": path, "tests": tests})
        if seen:
            rest = tuple(case for case in cases if case not in seen)
            visible[path] = Content(data=without(language.name, source, rest))
    return suites, visible


def _solution(exercise: Exercise) -> dict[str, Content]:
    """The example's files where the solution's belong."""
    found: dict[str, Content] = {}
    for path in exercise.examples:
        if path.startswith(_JAVA_EXAMPLE):
            target = _JAVA_MAIN + path.removeprefix(_JAVA_EXAMPLE)
        else:
            target = _target(exercise, path, taken=set(found))
        found[target] = exercise.folder.content(path)
    return found


def _target(exercise: Exercise, path: str, *, taken: set[str]) -> str:
    suffix = Path(path).suffix
    alike = [s for s in exercise.solution if Path(s).suffix == suffix and s not in taken]
    same = [s for s in alike if Path(s).name == Path(path).name]
    if len(same) == 1:
        return same[0]
    if len(alike) == 1 or (alike and len(exercise.examples) == len(exercise.solution)):
        return alike[0]
    raise Broken(f"{shown(path)} stands for none of its solution files")


def _difficulty(root: Folder, place: str) -> dict[str, str]:
    """What the track says of an exercise, from 1 to 10, in our three words."""
    track = place.rpartition("exercises/")[0]
    try:
        config = json.loads(root.text(f"{track}config.json", limit=4 << 20))
        listed = config["exercises"]["practice"]
        slug = place.rsplit("/", 1)[-1]
        level = next(row["difficulty"] for row in listed if row["slug"] == slug)
        return {"difficulty": "easy" if level < 4 else "medium" if level < 7 else "hard"}
    except (Broken, ValueError, LookupError, TypeError, StopIteration, RecursionError):
        return {}


def _remarks(
    suites: list[dict[str, Any]], *, visible_tests: bool, visible: Files
) -> tuple[str, ...]:
    whole = [suite["path"] for suite in suites if suite["tests"][0]["id"] is None]
    said = [f"the tests of {path} have no names to read; it is one test" for path in whole]
    if visible_tests and not visible:
        said.append("there is only one test, so none is shown")
    return tuple(said)

"""Harbor task folders, as Terminal-Bench has them, read into drafts. Runs nothing.

``task.toml``, ``instruction.md``, ``environment/Dockerfile``, ``tests/test.sh`` which writes a
reward, ``solution/solve.sh``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from codingagentbench.errors import UsageError
from codingagentbench.globs import matches
from codingagentbench.tasks.importing.dockerfile_image import Image
from codingagentbench.tasks.importing.harbor_config import OURS, HarborConfig, harbor_config
from codingagentbench.tasks.importing.reading import Folder, opened, shown
from codingagentbench.tasks.importing.values import (
    Broken,
    Content,
    Draft,
    Files,
    Found,
    Solve,
    Unsupported,
)
from codingagentbench.tasks.model import Place, Variable

CATEGORY: Final = "harbor"
_DEEPEST: Final = 4  # folders in which tasks are looked for
_COMPOSE: Final = ("docker-compose.yaml", "docker-compose.yml", "compose.yaml", "compose.yml")
_KEEP: Final = ".keep"
_MARGIN_S: Final = 2.0  # between the end of test.sh and the verifier's own

#: What our own export says of a task besides Harbor's keys.
_TAKEN_BACK: Final[Mapping[str, TypeAdapter[Any]]] = {
    **dict.fromkeys(("id", "version", "title", "language", "difficulty"), TypeAdapter(str)),
    "toolchain": TypeAdapter(list[str]),
    "budget": TypeAdapter(dict[str, int | float]),
    "paths": TypeAdapter(dict[str, list[str]]),
    "rules": TypeAdapter(list[dict[str, str | int | list[str]]]),
    "refusal": TypeAdapter(dict[str, str | list[list[str]]]),
}
_NETWORK: Final = re.compile(
    r"(?:^|[;&|({!]|\b(?:then|do|else|sudo|exec|if|elif|while|until|time)\s)\s*"
    r"(curl|wget|apt-get|apt|apk|pip3?|python3? -m pip|uvx?|npm|npx|yarn|pnpm|conda"
    r"|git (?:clone|fetch|pull)|cargo install|go (?:get|install)|gem install)\b(?!.*localhost)"
)

VERIFY: Final = '''"""Runs tests/test.sh over the tree and reports its reward."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabharbor

cabharbor.main()
'''


def find_harbor_tasks(root: Path) -> tuple[Found, ...]:
    """Every task below ``root``: one task's folder, or a folder of them.

    Raises ``UsageError`` where there is none at all.
    """
    folder = opened(root)
    found = tuple(
        Found(name=shown(place or folder.path.name), read=partial(_draft, folder, place))
        for place in _places(folder, "", _DEEPEST)
    )
    if not found:
        raise UsageError(
            "no task here",
            where=str(root),
            do="a Harbor task is a folder with task.toml and instruction.md",
        )
    return found


def _places(root: Folder, place: str, depth: int) -> Iterator[str]:
    """Where there are tasks; the root's own place is ""."""
    here = root.path / place
    if any((here / name).exists() for name in ("task.toml", "instruction.md", "task.yaml")):
        yield place
    elif depth > 0:
        for name in root.folders(place):
            yield from _places(root, f"{place}/{name}" if place else name, depth - 1)


def _draft(root: Folder, place: str) -> Draft:
    folder = Folder(root.path / place)
    config = harbor_config(_toml(folder))
    prompt = folder.text("instruction.md").strip()
    if not prompt:
        raise Broken("instruction.md is empty")
    tests, solution = folder.files("tests"), folder.files("solution")
    _runnable(folder, tests, solution)
    image = _image(folder, config)
    workdir = _workdir(image, config)
    warnings = [*config.warnings, *image.warnings]
    tree = image.tree(workdir)
    if not tree:
        tree = {_KEEP: Content()}
        warnings.append(f"the working folder is empty to begin with; {_KEEP} stands in it")
    env, odd = _env({**image.env, **config.env})
    warnings += odd
    suite = {"seconds": max(config.verifier_s - _MARGIN_S, 1.0), "env": config.verifier_env}
    return Draft(
        name=shown(place or folder.path.name),
        config=_config(folder.path.name, config, image, workdir=workdir, env=env),
        prompt=prompt,
        tree=tree,
        verifier={
            "verify.py": Content(data=VERIFY.encode()),
            "suite.json": Content(data=json.dumps(suite, indent=1).encode() + b"\n"),
            **{f"tests/{path}": content for path, content in tests.items()},
        },
        solve=Solve(
            files=solution,
            script="solve.sh",
            env=config.solution_env,
            seconds=config.agent_s,
        ),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _toml(folder: Folder) -> Mapping[str, Any]:
    if not folder.has("task.toml") and folder.has("task.yaml"):
        raise Unsupported("it is in Terminal-Bench's older layout, with task.yaml")
    try:
        return tomllib.loads(folder.text("task.toml"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Broken(f"task.toml is not valid TOML: {shown(str(error))}") from None


def _runnable(folder: Folder, tests: Files, solution: Files) -> None:
    """Tests and a solution that can be run here, as far as can be seen."""
    if "test.sh" not in tests:
        if "test.bat" in tests or "test.ps1" in tests:
            raise Unsupported("its tests are for Windows")
        raise Broken("tests/test.sh is missing")
    if "solve.sh" not in solution:
        raise Unsupported("it has no solution/solve.sh: nothing shows that it can be solved")
    for number, line in enumerate(folder.text("tests/test.sh").split("\n"), start=1):
        if not line.lstrip().startswith("#") and _NETWORK.search(line):
            raise Unsupported(
                f"tests/test.sh line {number} needs the network: {shown(line.strip())}"
            )


def _image(folder: Folder, config: HarborConfig) -> Image:
    """The files of the task's environment, as its Dockerfile or its image says."""
    context = folder.files("environment")
    compose = next((name for name in _COMPOSE if name in context), None)
    if compose is not None:
        raise Unsupported(f"environment/{compose}: compose files are not followed")
    image = Image(_without_ignored(context))
    if "Dockerfile" in context:
        image.follow(folder.text("environment/Dockerfile"))
    elif config.image is not None:
        image.base(config.image, "task.toml: environment.docker_image")
        if context:
            raise Unsupported("environment/ has files, but no Dockerfile says where they go")
    else:
        raise Broken("there is no environment/Dockerfile and no environment.docker_image")
    return image


def _without_ignored(context: Files) -> dict[str, Content]:
    """The build context without what .dockerignore names; its exceptions are exceptions."""
    content = context.get(".dockerignore", Content()).data.decode("utf-8", "replace")
    ignored: set[str] = set()
    for line in content.splitlines():
        pattern = line.strip().strip("/")
        if not pattern or pattern.startswith("#"):
            continue
        globs = (pattern.lstrip("!/"), pattern.lstrip("!/") + "/**")
        named = {path for path in context if matches(path, globs)}
        ignored = ignored - named if pattern.startswith("!") else ignored | named
    return {path: found for path, found in context.items() if path not in ignored}


def _workdir(image: Image, config: HarborConfig) -> str:
    path = config.workdir or image.workdir
    if path is None:
        raise Unsupported("nothing says which folder is worked in (WORKDIR)")
    try:
        return TypeAdapter(Place).validate_python(path.rstrip("/"))
    except ValidationError as error:
        why = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise Unsupported(f"its working folder cannot be {shown(path)}: {why}") from None


def _env(given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The variables that a task may set, and what is to be said of the others."""
    kept, odd = {}, []
    for name, value in given.items():
        try:
            kept[TypeAdapter(Variable).validate_python(name)] = value
        except ValidationError:
            odd.append(f"the variable {shown(name)} is not a task's to set")
        if "\0" in value:
            raise Broken(f"the variable {shown(name)} has a NUL character in it")
    return kept, odd


def _noted(ours: Mapping[str, Any]) -> dict[str, Any]:
    """What our own export noted, each value of the kind that it has to be."""
    found = {}
    for key, kind in _TAKEN_BACK.items():
        if key in ours:
            try:
                found[key] = kind.validate_python(ours[key], strict=True)
            except ValidationError:
                raise Broken(f"task.toml: metadata.{OURS}.{key} makes no sense") from None
    return found


def _config(
    name: str, config: HarborConfig, image: Image, *, workdir: str, env: Mapping[str, str]
) -> dict[str, Any]:
    """What goes into our task.toml; what our own export noted of a task stands."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug:
        raise Broken(f"'{shown(name)}' is no name of a task")
    toolchain = [*(one for one in image.toolchains if one != "python"), "python"]
    found: dict[str, Any] = {
        "id": f"{CATEGORY}/{slug[:80]}",
        "version": "1.0",
        "title": shown((config.title or name).strip()),
        "language": toolchain[0] if image.toolchains else "shell",
        **({"difficulty": config.difficulty} if config.difficulty else {}),
        "toolchain": toolchain,
        "workdir": workdir,
        "paths": {"expected": ["**"], "protected": []},
        **_noted(config.ours),
        "timeouts": {"agent": config.agent_s, "verifier": config.verifier_s},
        **({"env": dict(env)} if env else {}),
        "verifier": {
            "command": ["python3", "-I", "verify.py"],
            "carry": ["**"],
            "hidden": ["reward"],
            "mounts": {"/tests": "tests"},
            "scratch": ["/logs"],
        },
    }
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*", str(found["id"])):
        raise Broken(f"task.toml: an id like {shown(str(found['id']))} cannot be")
    return {**found, "category": str(found["id"]).split("/")[0]}

"""A mutant as the files of a task folder: the same bytes wherever and whenever it is made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from codingagentbench.tasks.mutation.generating import Mutant
from codingagentbench.tasks.mutation.prompt import prompt_of, title_of
from codingagentbench.tasks.seeds import Seed

_DIGITS: Final = 8  # of a digest, in a task's name
_EASY: Final = 0.34  # share of visible tests that fail


@dataclass(frozen=True, kw_only=True)
class Failing:
    """The tests that a defect makes fail, in the order of the seed."""

    visible: tuple[str, ...]
    hidden: tuple[str, ...]


class RenderedFile(NamedTuple):
    """One file of a task folder."""

    content: bytes
    executable: bool


def task_name(seed: Seed, mutant: Mutant) -> str:
    """``LANG-SEED-DIGEST``, the folder's name and the second part of the id."""
    return f"{seed.id.replace('/', '-')}-{mutant.digest[:_DIGITS]}"


def rendered(seed: Seed, mutant: Mutant, failing: Failing) -> dict[str, RenderedFile]:
    """Every file of the task folder by its path in it."""
    files = {
        "task.toml": RenderedFile(_config(seed, mutant, failing).encode(), False),
        "prompt.md": RenderedFile(
            prompt_of(
                seed, key=mutant.digest, visible=failing.visible, hidden=failing.hidden
            ).encode(),
            False,
        ),
    }
    for part in (seed.tree, seed.hidden):
        for path in sorted(p for p in part.rglob("*") if p.is_file()):
            name = f"{part.name}/{path.relative_to(part).as_posix()}"
            files[name] = RenderedFile(path.read_bytes(), bool(path.stat().st_mode & 0o100))
    healthy = files[f"tree/{mutant.path}"]
    files[f"solution/{mutant.path}"] = healthy
    files[f"tree/{mutant.path}"] = healthy._replace(content=mutant.content)
    return files


def write_task(folder: Path, files: Mapping[str, RenderedFile]) -> None:
    """Write the files into ``folder``, which is made."""
    for name, file in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        path.chmod(0o755 if file.executable else 0o644)


def _config(seed: Seed, mutant: Mutant, failing: Failing) -> str:
    share = len(failing.visible) / len(seed.verifier.visible)
    rows: list[tuple[str, dict[str, Any]]] = [
        (
            "",
            {
                "id": f"mutations/{task_name(seed, mutant)}",
                "version": seed.version,
                "title": title_of(seed, key=mutant.digest, visible=failing.visible),
                "language": seed.language,
                "category": "mutations",
                "difficulty": "easy" if share >= _EASY else "medium",
                "toolchain": list(seed.toolchain),
            },
        ),
        ("[timeouts]", seed.timeouts.model_dump()),
        ("[budget]", seed.budget.model_dump(exclude_none=True)),
        ("[paths]", {"expected": [mutant.path], "protected": list(seed.protected)}),
        *(
            ("[[rules]]", rule.model_dump(mode="json", exclude_defaults=True))
            for rule in seed.rules
        ),
        (
            "[verifier]",
            {
                "command": list(seed.verifier.command),
                "carry": list(seed.verifier.carry),
                "visible": list(seed.verifier.visible),
                "hidden": list(seed.verifier.hidden),
            },
        ),
    ]
    return "\n\n".join(_table(head, values) for head, values in rows) + "\n"


def _table(head: str, values: Mapping[str, Any]) -> str:
    lines = [head] if head else []
    lines += [f"{key} = {_toml(value)}" for key, value in values.items()]
    return "\n".join(lines)


def _toml(value: str | float | Sequence[str]) -> str:
    """Strings, numbers and lists of strings, as TOML; JSON's strings are TOML's, but for DEL."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else str(value)
    return _listed([_toml(item) for item in value])


def _listed(items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    return line if len(line) <= 80 else "[\n" + "".join(_indented(items)) + "]"


def _indented(items: list[str]) -> Iterator[str]:
    return (f"  {item},\n" for item in items)

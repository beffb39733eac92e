"""Drafts as task folders."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from codingagentbench.tasks.importing.reading import relative, shown, stays_inside
from codingagentbench.tasks.importing.values import Broken, Content, Draft, Files


def write_draft(draft: Draft, at: Path) -> Path:
    """The folder of ``draft`` at ``at``, which must not exist; without ``solution/`` if it has
    to be made by a script.

    Raises :class:`Broken` when the files cannot lie beside each other.
    """
    at.mkdir(parents=True)
    (at / "task.toml").write_text(toml(draft.config), encoding="utf-8")
    (at / "prompt.md").write_text(draft.prompt.strip() + "\n", encoding="utf-8")
    write_files(draft.tree, at / "tree")
    write_files(draft.verifier, at / "verifier")
    if draft.solution is not None:
        write_files(draft.solution, at / "solution")
    return at


def write_files(files: Files, at: Path) -> None:
    """``files`` below the new folder ``at``."""
    at.mkdir(parents=True)
    for place, content in sorted(files.items()):
        if relative(place) != place:
            raise Broken(f"{shown(place)} is no path inside the folder")
        path = at / place
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, place, content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            raise Broken(f"{shown(place)} is a file and a folder at once") from None
        except OSError as error:
            raise Broken(f"{shown(place)} cannot be written: {error.strerror}") from None


def discard(folder: Path) -> None:
    """Remove a task folder, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def _write(path: Path, place: str, content: Content) -> None:
    if content.link is not None:
        if not stays_inside(place, content.link):
            raise Broken(f"{shown(place)} is a link that leaves the folder")
        os.symlink(content.link, path)
        return
    path.write_bytes(content.data)
    path.chmod(0o755 if content.executable else 0o644)


def toml(config: Mapping[str, object]) -> str:
    """``config`` as TOML: plain values first, then tables, then lists of tables."""
    return "\n".join(_table(config, "")).strip() + "\n"


def _table(table: Mapping[str, object], name: str) -> list[str]:
    lines = [f"{_key(k)} = {_value(v)}" for k, v in table.items() if not _is_table(v)]
    for key, value in table.items():
        path = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, Mapping):
            lines += ["", f"[{path}]", *_table(value, path)]
        elif _is_table(value):
            assert isinstance(value, list | tuple)
            for row in value:
                lines += ["", f"[[{path}]]", *_table(row, path)]
    return lines


def _is_table(value: object) -> bool:
    rows = isinstance(value, list | tuple) and bool(value)
    return isinstance(value, Mapping) or (
        rows and all(isinstance(row, Mapping) for row in value)  # type: ignore[attr-defined]
    )


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if plain else _string(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list | tuple):
        items = [_value(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) <= 80 else "[\n  " + ",\n  ".join(items) + ",\n]"
    raise Broken(f"a value that is {type(value).__name__} has no place in task.toml")


def _string(text: str) -> str:
    """A basic string; JSON's escapes are TOML's, but for the delete character and surrogates."""
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")

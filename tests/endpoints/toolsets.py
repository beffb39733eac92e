"""Tools as real agents offer them, carried out in a folder: a small stand-in for those agents."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Run = Callable[[Path, dict[str, Any]], str]


@dataclass(frozen=True, kw_only=True)
class ToolSpec:
    """One tool: what is told of it, and what it does."""

    name: str
    properties: Mapping[str, Any]
    required: tuple[str, ...]
    run: Run
    description: str = ""

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
        }


_S = {"type": "string"}
_ABSOLUTE = {"type": "string", "description": "The absolute path to the file"}


def _at(root: Path, path: str) -> Path:
    """Absolute paths are below /workspace, which stands for ``root``."""
    if path.startswith("/"):
        assert path.startswith("/workspace/"), path
        path = path.removeprefix("/workspace/")
    return root / path


def _read(root: Path, path: str) -> str:
    file = _at(root, path)
    return file.read_text() if file.exists() else f"Error: {path} not found"


def _replace(root: Path, path: str, old: str, new: str) -> str:
    file = _at(root, path)
    text = file.read_text()
    if text.count(old) != 1:
        return f"Error: found {text.count(old)} matches"
    file.write_text(text.replace(old, new))
    return f"The file {path} has been updated."


def _write(root: Path, path: str, text: str) -> str:
    file = _at(root, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return f"Wrote {path}"


def _bash(root: Path, command: str) -> str:
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True)
    return f"exit code {done.returncode}\n{done.stdout}{done.stderr}"


OPENCODE = (
    ToolSpec(
        name="read",
        properties={"filePath": _ABSOLUTE, "offset": {"type": "number"}},
        required=("filePath",),
        run=lambda r, a: _read(r, a["filePath"]),
    ),
    ToolSpec(
        name="edit",
        properties={
            "filePath": _ABSOLUTE,
            "oldString": _S,
            "newString": _S,
            "replaceAll": {"type": "boolean"},
        },
        required=("filePath", "oldString", "newString"),
        run=lambda r, a: _replace(r, a["filePath"], a["oldString"], a["newString"]),
    ),
    ToolSpec(
        name="write",
        properties={"content": _S, "filePath": _ABSOLUTE},
        required=("content", "filePath"),
        run=lambda r, a: _write(r, a["filePath"], a["content"]),
    ),
    ToolSpec(
        name="bash",
        properties={"command": _S, "description": _S},
        required=("command", "description"),
        run=lambda r, a: _bash(r, a["command"]),
    ),
)

PI = (
    ToolSpec(
        name="read",
        properties={"path": {"type": "string", "description": "relative or absolute"}},
        required=("path",),
        run=lambda r, a: _read(r, a["path"]),
    ),
    ToolSpec(
        name="bash",
        properties={"command": _S, "timeout": {"type": "number"}},
        required=("command",),
        run=lambda r, a: _bash(r, a["command"]),
    ),
    ToolSpec(
        name="edit",
        properties={
            "path": {"type": "string", "description": "relative or absolute"},
            "edits": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"oldText": _S, "newText": _S},
                    "required": ["oldText", "newText"],
                },
            },
        },
        required=("path", "edits"),
        run=lambda r, a: "\n".join(
            _replace(r, a["path"], e["oldText"], e["newText"]) for e in a["edits"]
        ),
    ),
    ToolSpec(
        name="write",
        properties={"path": _S, "content": _S},
        required=("path", "content"),
        run=lambda r, a: _write(r, a["path"], a["content"]),
    ),
)

CODEX = (
    ToolSpec(
        name="exec_command",
        properties={"cmd": _S, "workdir": _S, "yield_time_ms": {"type": "number"}},
        required=("cmd",),
        run=lambda r, a: _bash(r, a["cmd"]),
    ),
    ToolSpec(
        name="write_stdin",
        properties={"session_id": {"type": "number"}, "chars": _S},
        required=("session_id",),
        run=lambda r, a: "",
    ),
)


def _openhands(root: Path, given: dict[str, Any]) -> str:
    assert given["security_risk"] in ("LOW", "HIGH")
    path = given["path"]
    assert path.startswith("/"), "this editor takes absolute paths only"
    if given["command"] == "view":
        return _read(root, path)
    if given["command"] == "create":
        if _at(root, path).exists():
            return "Invalid `path` parameter: file already exists."
        return _write(root, path, given["file_text"])
    assert given["command"] == "str_replace"
    return _replace(root, path, given["old_str"], given["new_str"])


_RISK = {"type": "string", "enum": ["LOW", "HIGH"]}
OPENHANDS = (
    ToolSpec(
        name="terminal",
        properties={"command": _S, "is_input": {"type": "boolean"}, "security_risk": _RISK},
        required=("command", "security_risk"),
        run=lambda r, a: _bash(r, a["command"]),
    ),
    ToolSpec(
        name="file_editor",
        properties={
            "command": {"type": "string", "enum": ["view", "create", "str_replace", "insert"]},
            "path": {"type": "string", "description": "Absolute path to file or directory."},
            "file_text": _S,
            "old_str": _S,
            "new_str": _S,
            "security_risk": _RISK,
        },
        required=("command", "path", "security_risk"),
        run=_openhands,
    ),
    ToolSpec(
        name="finish",
        properties={"message": _S},
        required=("message",),
        run=lambda r, a: "ended",
    ),
)

CLINE = (
    ToolSpec(
        name="read_files",
        properties={
            "files": {
                "type": "array",
                "items": {"type": "object", "properties": {"path": _ABSOLUTE}},
            }
        },
        required=("files",),
        run=lambda r, a: "\n".join(_read(r, f["path"]) for f in a["files"]),
    ),
    ToolSpec(
        name="run_commands",
        properties={"commands": {"type": "array", "items": _S}},
        required=("commands",),
        run=lambda r, a: "\n".join(_bash(r, c) for c in a["commands"]),
    ),
)

_TO_FILE = {"type": "string", "description": "The path to the file to write to."}
GEMINI = (
    ToolSpec(
        name="read_file",
        properties={"file_path": _TO_FILE, "start_line": {"type": "number"}},
        required=("file_path",),
        run=lambda r, a: _read(r, a["file_path"]),
    ),
    ToolSpec(
        name="replace",
        properties={
            "file_path": _TO_FILE,
            "instruction": _S,
            "old_string": _S,
            "new_string": _S,
            "allow_multiple": {"type": "boolean"},
        },
        required=("instruction", "file_path", "old_string", "new_string"),
        run=lambda r, a: _replace(r, a["file_path"], a["old_string"], a["new_string"]),
    ),
    ToolSpec(
        name="write_file",
        properties={"file_path": _TO_FILE, "content": _S},
        required=("file_path", "content"),
        run=lambda r, a: _write(r, a["file_path"], a["content"]),
    ),
    ToolSpec(
        name="run_shell_command",
        properties={"command": _S, "description": _S, "is_background": {"type": "boolean"}},
        required=("command",),
        run=lambda r, a: _bash(r, a["command"]),
    ),
)

TOOLSETS = {
    "opencode": OPENCODE,
    "pi": PI,
    "codex": CODEX,
    "openhands": OPENHANDS,
    "cline": CLINE,
    "gemini-cli": GEMINI,
    "edit only": tuple(t for t in OPENCODE if t.name == "edit"),
    "write only": tuple(t for t in OPENCODE if t.name == "write"),
    "shell only": tuple(t for t in OPENCODE if t.name == "bash"),
}


_SEARCH = re.compile(
    r"^(?P<path>\S+)\n```\w*\n"
    r"<<<<<<< SEARCH\n(?P<old>.*?)=======\n(?P<new>.*?)>>>>>>> REPLACE\n```$",
    re.DOTALL | re.MULTILINE,
)


def apply_search_replace(root: Path, reply: str) -> list[str]:
    """As aider does it; the complaints about blocks that do not fit."""
    wrong = []
    for block in _SEARCH.finditer(reply):
        file, old = root / block["path"], block["old"]
        if not old and not file.exists():
            _write(root, block["path"], block["new"])
        elif not old or old not in file.read_text():
            wrong.append(f"# 1 SEARCH/REPLACE block failed to match!\nin {block['path']}")
        else:
            file.write_text(file.read_text().replace(old, block["new"], 1))
    return wrong

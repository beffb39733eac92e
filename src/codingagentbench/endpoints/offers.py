"""What an agent's tools can do, read from the schemas that it sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from codingagentbench.endpoints.conversation import Tool


class Kind(StrEnum):
    READ = "read"
    EDIT = "edit"
    WRITE = "write"
    SHELL = "shell"
    FINISH = "finish"


@dataclass(frozen=True, kw_only=True)
class Recogniser:
    """A kind of tool: the names it goes by and the parameters it must have.

    ``slots``: our word for a parameter -> the names it goes by, in order of liking.
    ``command``: for one tool that does several things, the value of its ``command`` for this one.
    ``rows``: the parameter that holds a list of objects, in which the slots lie (all but ``path``
    for an edit; all of them for a read).
    """

    kind: Kind
    names: str
    slots: Mapping[str, tuple[str, ...]]
    command: str | None = None
    rows: tuple[str, ...] = ()


_PATH = ("path", "file_path", "filePath", "filepath", "absolute_path", "filename", "file")
_OLD = ("old_string", "oldString", "old_str", "oldText", "old_text", "oldStr", "search")
_NEW = ("new_string", "newString", "new_str", "newText", "new_text", "newStr", "replace")
_CONTENT = ("content", "contents", "file_text", "fileText", "text", "new_text")
_COMMAND = ("command", "cmd", "commands", "script")
_WORDS = ("message", "result", "summary", "answer", "text", "output")

_EDITS = r"(file_?)?edit(or)?(_file)?|replace(_in_file)?|str_replace\w*|search_replace|file_editor"
_WRITES = r"write(_to)?(_file)?|create(_file)?|save|file_write"
_READS = r"read(_files?)?|view(_file)?|open_file|cat"
_SHELLS = (
    r"bash|shell(_command)?|terminal|exec(_command)?|execute_(bash|command)|(local_)?shell"
    r"|run_(shell_|terminal_)?(commands?|cmd)"
)
_FINISHES = r"finish|attempt_completion|submit(_and_exit)?|complete|task_complete|done"

_REPLACE = {"path": _PATH, "old": _OLD, "new": _NEW}

#: Read top to bottom; the first offered tool that fits a row is the one used for its kind.
RECOGNISERS: Final = (
    Recogniser(kind=Kind.EDIT, names=_EDITS, slots=_REPLACE, command="str_replace"),
    Recogniser(kind=Kind.EDIT, names=_EDITS, slots=_REPLACE, rows=("edits", "replacements")),
    Recogniser(kind=Kind.EDIT, names=_EDITS, slots=_REPLACE),
    Recogniser(kind=Kind.WRITE, names=_WRITES, slots={"path": _PATH, "content": _CONTENT}),
    Recogniser(
        kind=Kind.WRITE,
        names=_EDITS,
        slots={"path": _PATH, "content": _CONTENT},
        command="create",
    ),
    Recogniser(kind=Kind.READ, names=_READS, slots={"path": _PATH}),
    Recogniser(kind=Kind.READ, names=_EDITS, slots={"path": _PATH}, command="view"),
    Recogniser(kind=Kind.READ, names=_READS, slots={"path": _PATH}, rows=("files", "paths")),
    Recogniser(kind=Kind.SHELL, names=_SHELLS, slots={"command": _COMMAND}),
    Recogniser(kind=Kind.FINISH, names=_FINISHES, slots={"words": _WORDS}),
    Recogniser(kind=Kind.FINISH, names=_FINISHES, slots={}),
)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One tool, ready to be asked: :meth:`arguments` fills its schema."""

    kind: Kind
    tool: Tool
    recogniser: Recogniser
    workspace: str

    def arguments(self, **values: str) -> dict[str, Any]:
        """The tool's input for these slots, other required parameters given harmless values."""
        row, top = self.recogniser, self.tool.properties
        if "path" in values:
            values["path"] = self._path(values["path"])
        if not row.rows:
            return self._with_rest(self._fill(top, values))
        holder = next(name for name in row.rows if name in top)
        inner = _inner(top[holder])
        outer = {s: v for s, v in values.items() if _slot(top, row.slots[s])}
        inside = {s: v for s, v in values.items() if s not in outer}
        rows: list[Any] = [self._fill(inner, inside)] if inner else list(inside.values())
        return self._with_rest({**self._fill(top, outer), holder: rows})

    def _fill(self, properties: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
        filled = {}
        for slot, value in values.items():
            name = _slot(properties, self.recogniser.slots[slot])
            if name is not None:
                filled[name] = [value] if _is(properties[name], "array") else value
        return filled

    def _with_rest(self, filled: dict[str, Any]) -> dict[str, Any]:
        if self.recogniser.command is not None:
            filled = {"command": self.recogniser.command, **filled}
        missing = [name for name in self.tool.required if name not in filled]
        return {**filled, **{name: _harmless(self.tool.properties.get(name)) for name in missing}}

    def _path(self, path: str) -> str:
        """As the schema asks: absolute only where it says so."""
        about = repr(self.tool.schema) + self.tool.description
        wants = re.search(r"\babsolute\b", about, re.IGNORECASE)
        either = re.search(r"relative or absolute|absolute or relative", about, re.IGNORECASE)
        return f"{self.workspace}/{path}" if wants and not either else path


Offers = Mapping[Kind, Offer]


def recognise(tools: Iterable[Tool], *, workspace: str) -> Offers:
    """Of what an agent offers, the tool to use for each kind; kinds not offered are absent."""
    tools, found = tuple(tools), dict[Kind, Offer]()
    for row in RECOGNISERS:
        for tool in tools:
            if row.kind not in found and _fits(tool, row):
                found[row.kind] = Offer(
                    kind=row.kind, tool=tool, recogniser=row, workspace=workspace
                )
    return found


def _fits(tool: Tool, row: Recogniser) -> bool:
    if not re.fullmatch(row.names, tool.name, re.IGNORECASE):
        return False
    top = tool.properties
    choices = _choices(top.get("command"))
    if row.command is not None and row.command not in choices:
        return False
    if row.command is None and choices and row.kind in (Kind.EDIT, Kind.READ, Kind.WRITE):
        return False
    if not row.rows:
        return all(_slot(top, names) for names in row.slots.values())
    holder = next((name for name in row.rows if _is(top.get(name), "array")), None)
    if holder is None:
        return False
    inner = _inner(top[holder])
    if not inner:  # a list of plain strings: can only hold paths
        return set(row.slots) == {"path"}
    return all(_slot(inner, names) or _slot(top, names) for names in row.slots.values())


def _slot(properties: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in properties), None)


def _variants(schema: object) -> list[Mapping[str, Any]]:
    if not isinstance(schema, Mapping):
        return []
    inner = [one for key in ("anyOf", "oneOf") for one in schema.get(key) or ()]
    return [schema, *(one for one in inner if isinstance(one, Mapping))]


def _is(schema: object, kind: str) -> bool:
    """Whether a value of this JSON type is what the schema wants; a plain string goes first."""
    types = {str(t) for one in _variants(schema) for t in _listed(one.get("type"))}
    return kind in types and (kind == "string" or "string" not in types)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _inner(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of the objects in a list; empty for a list of something else."""
    for one in _variants(schema):
        for item in _variants(one.get("items")):
            if isinstance(item.get("properties"), Mapping):
                return dict(item["properties"])
    return {}


def _choices(schema: object) -> tuple[Any, ...]:
    return tuple(c for one in _variants(schema) for c in one.get("enum") or ())


#: What a required parameter that means nothing to us is given, by its JSON type.
_NOTHING: Final[tuple[tuple[str, Callable[[], Any]], ...]] = (
    ("string", lambda: "one step of the task"),
    ("boolean", lambda: False),
    ("integer", lambda: 1),
    ("number", lambda: 1),
    ("array", list),
    ("object", dict),
)


def _harmless(schema: object) -> object:
    if choices := _choices(schema):
        return choices[0]
    return next((make() for kind, make in _NOTHING if _is(schema, kind)), None)

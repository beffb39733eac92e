"""One file written by one command of a POSIX shell, and a word that says it went well."""

from __future__ import annotations

import posixpath
import shlex

from codingagentbench.endpoints.edits import Edit

#: Printed by the command itself when, and only when, the file was written.
WRITTEN = "written:"


def write_command(edit: Edit) -> str:
    """A command that gives ``edit.path`` its new content; running it twice does no harm."""
    path = shlex.quote(edit.path)
    folder = posixpath.dirname(edit.path)
    make = f"mkdir -p {shlex.quote(folder)} && " if folder and edit.before is None else ""
    # Cut in two, so that a terminal that repeats the command does not seem to say it went well.
    said = f"printf '{WRITTEN[:-1]}%s\\n' {shlex.quote(f': {edit.path}')}"
    return f"{make}{_write(path, edit)}\ntest $? -eq 0 && {said}"


def _write(path: str, edit: Edit) -> str:
    text = edit.new_text
    if text is None:
        octal = "".join(f"\\{byte:03o}" for byte in edit.after)
        return f"printf '{octal}' > {path}"
    if not text.endswith("\n") or "\r" in text:
        return f"printf %s {shlex.quote(text)} > {path}"
    mark = "EOF"
    while mark in text.splitlines():
        mark += "_"
    return f"cat > {path} <<'{mark}'\n{text}{mark}"

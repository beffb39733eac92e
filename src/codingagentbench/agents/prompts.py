"""How a prompt of any length reaches an agent unchanged: from a file, on its standard input.

On the command line it could not be longer than 128 KiB, and some agents quote it anew; a sandbox
leaves standard input empty, so a shell puts the file there.
"""

from __future__ import annotations

_FEED = 'exec "$@" <"$0"'
_PIPE = 'cat -- "$0" | "$@"'


def fed(argv: tuple[str, ...], path: str) -> tuple[str, ...]:
    """``argv``, started with the file at ``path`` as its standard input."""
    return ("/bin/sh", "-c", _FEED, path, *argv)


def piped(argv: tuple[str, ...], path: str) -> tuple[str, ...]:
    """As :func:`fed`, for agents that read a pipe but not a file."""
    return ("/bin/sh", "-c", _PIPE, path, *argv)


def shell_line(argv: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The inverse of both: the program's own argv, and the file it reads or ``None``."""
    if argv[:2] == ("/bin/sh", "-c") and argv[2] in (_FEED, _PIPE):
        return argv[4:], argv[3]
    return argv, None


def is_piped(argv: tuple[str, ...]) -> bool:
    """Whether ``argv`` was made by :func:`piped`."""
    return argv[:3] == ("/bin/sh", "-c", _PIPE)


def as_message(prompt: str) -> str:
    """``prompt`` with a line break before a first character that agents read as a command."""
    return f"\n{prompt}" if prompt[:1] in ("-", "/", "!", "@") else prompt

"""Foreign folders, read as what they may be: somebody's attempt to show us another file.

No link is followed, no path leaves the folder, nothing but plain files is opened, and there is an
end to sizes and numbers.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from codingagentbench.errors import UsageError
from codingagentbench.tasks.importing.values import Broken, Content

#: Bounds of one foreign task.
MAX_FILES: Final = 2_000
MAX_BYTES: Final = 20 << 20
_MAX_DEPTH: Final = 40


class Folder:
    """One foreign folder; paths are relative and "/"-separated.

    Every method raises :class:`Broken` for what is not there, not plain, or too large.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def has(self, place: str) -> bool:
        """Whether there is a plain file at ``place``, reached through no link."""
        try:
            self._checked(place)
        except Broken:
            return False
        return True

    def bytes(self, place: str, *, limit: int = MAX_BYTES) -> bytes:
        """The content of the plain file at ``place``."""
        path, found = self._checked(place)
        if found.st_size > limit:
            raise Broken(f"{shown(place)} has more than {limit >> 10:,} kB")
        try:
            with open(path, "rb", opener=_no_link) as file:
                return file.read(limit)
        except OSError as error:
            raise Broken(f"{shown(place)} cannot be read: {error.strerror}") from None

    def text(self, place: str, *, limit: int = 1 << 20) -> str:
        """The content of the text file at ``place``."""
        try:
            text = self.bytes(place, limit=limit).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise Broken(f"{shown(place)} is not valid UTF-8") from None
        if "\0" in text:
            raise Broken(f"{shown(place)} is no text: it has a NUL character")
        return text

    def content(self, place: str) -> Content:
        """The plain file at ``place``, with its mode."""
        _, found = self._checked(place)
        return Content(data=self.bytes(place), executable=bool(found.st_mode & 0o100))

    def files(self, below: str = "") -> dict[str, Content]:
        """Every file below the folder ``below``, by its path from there; links that stay are kept.

        Empty where there is no such folder.
        """
        base = self.path / below if below else self.path
        self._no_links_to(below)
        if not base.is_dir():
            return {}
        found: dict[str, Content] = {}
        total = 0
        for place in _walk(base):
            content = self._entry(below, place)
            total += len(content.data)
            found[place] = content
            if len(found) > MAX_FILES or total > MAX_BYTES:
                raise Broken(
                    f"more than {MAX_FILES:,} files or {MAX_BYTES >> 20} MB in {below or 'it'}"
                )
        return found

    def folders(self, below: str = "") -> list[str]:
        """The names of the folders in ``below``, in order; links and hidden ones left out."""
        base = self.path / below if below else self.path
        self._no_links_to(below)
        try:
            with os.scandir(base) as entries:
                return sorted(
                    e.name
                    for e in entries
                    if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")
                )
        except OSError:
            return []

    def _entry(self, below: str, place: str) -> Content:
        whole = f"{below}/{place}" if below else place
        if shown(place) != place:
            raise Broken(f"a name with odd characters: {shown(whole)}")
        path = self.path / whole
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            target = os.readlink(path)
            if not stays_inside(place, target):
                raise Broken(f"{shown(whole)} is a link that leaves the folder")
            return Content(link=target)
        return self.content(whole)

    def _no_links_to(self, place: str) -> None:
        path = self.path
        for part in PurePosixPath(place).parts:
            path /= part
            if path.is_symlink():
                raise Broken(f"{shown(place)} is reached through a link; links are not followed")

    def _checked(self, place: str) -> tuple[Path, os.stat_result]:
        plain = relative(place)
        if plain is None:
            raise Broken(f"{shown(place)} is no path inside the folder")
        self._no_links_to(plain)
        path = self.path / plain
        try:
            found = path.lstat()
        except (OSError, ValueError):
            raise Broken(f"{shown(place)} is missing") from None
        if not stat.S_ISREG(found.st_mode):
            raise Broken(f"{shown(place)} is no plain file")
        return path, found


def opened(path: Path) -> Folder:
    """The folder that a user named; raises ``UsageError`` when it is none."""
    if not path.is_dir():
        raise UsageError("no such folder", where=str(path), do="give the folder to import from")
    return Folder(path.resolve())


def relative(place: str) -> str | None:
    """``place`` as a plain relative path; ``None`` where it is none, or leaves its folder."""
    parts = PurePosixPath(place).parts
    if not parts or place.startswith("/") or ".." in parts or "\0" in place or "\\" in place:
        return None
    return "/".join(parts)


def stays_inside(place: str, target: str) -> bool:
    """Whether a link at ``place`` to ``target`` cannot lead out of the folder both are in."""
    parts = target.split("/")
    climbing = 0
    while climbing < len(parts) and parts[climbing] == "..":
        climbing += 1
    rest = parts[climbing:]
    return bool(target) and parts[0] != "" and climbing <= place.count("/") and ".." not in rest


def shown(text: str) -> str:
    """Text of unknown origin as one line of printable characters, not too long."""
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in plain)
    return line if len(line) <= 160 else line[:157] + "..."


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _walk(base: Path) -> Iterator[str]:
    """Paths below ``base`` of everything that is no folder, in order."""
    for folder, names, files in os.walk(base, onerror=_unreadable):
        names.sort()
        here = Path(folder).relative_to(base).as_posix()
        prefix = "" if here == "." else f"{here}/"
        if prefix.count("/") > _MAX_DEPTH:
            raise Broken(f"folders more than {_MAX_DEPTH} deep")
        for name in list(names):
            if os.path.islink(os.path.join(folder, name)):
                names.remove(name)
                files.append(name)
            elif name == "__pycache__":
                names.remove(name)
        for name in sorted(files):
            yield prefix + name


def _unreadable(error: OSError) -> None:
    raise Broken(f"{shown(Path(error.filename).name)} cannot be read: {error.strerror}")

"""A Python environment that works read-only at any place, whoever looks at it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.agents.process import final_line
from codingagentbench.errors import InstallFailed

#: Folders of a standard library that no agent needs: tests, an editor, a GUI, build files.
_LEFT_OUT = ("test", "idlelib", "tkinter", "turtledemo", "ensurepip", "site-packages")
_LEFT_OUT_GLOBS = ("__pycache__", "config-*", "EXTERNALLY-MANAGED", "dist-packages")

#: Prints what a copied Python still has open of the place it came from, given as its argument.
_LEFT_BEHIND = (
    "import bz2, ctypes, hashlib, lzma, socket, sqlite3, ssl, sys, zlib; "
    "print(*{line.split()[-1] for line in open('/proc/self/maps') if sys.argv[1] in line})"
)

_ASK = "import sys; print('%d.%d.%d' % sys.version_info[:3], sys.base_prefix, sys.platlibdir)"


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """A Python on this machine. ``base`` is the folder its standard library lies under."""

    path: Path
    version: tuple[int, int, int]
    base: Path

    @property
    def shared(self) -> bool:
        """Whether every sandbox sees it: it lies under /usr, which is mounted there."""
        return self.base.is_relative_to("/usr") and self.path.is_relative_to("/usr")

    @property
    def text(self) -> str:
        return ".".join(map(str, self.version))

    @property
    def short(self) -> str:
        """As in the name of its library folder: ``3.11``."""
        return f"{self.version[0]}.{self.version[1]}"


def find_interpreter(wanted: str, *, what: str) -> Interpreter:
    """The best Python here that satisfies ``wanted`` (like ``>=3.10,<3.13``).

    One under /usr is preferred, as it need not be copied; then the newest. Raises
    :class:`InstallFailed` naming what was looked for.
    """
    found = [python for python in _interpreters() if satisfies(python.version, wanted)]
    if not found:
        raise InstallFailed(
            f"no Python {wanted} on this machine",
            where=what,
            do="install one, e.g. apt-get install python3.12 or uv python install 3.12",
        )
    return max(found, key=lambda python: (python.shared, python.version))


def satisfies(version: tuple[int, int, int], wanted: str) -> bool:
    """Whether ``version`` meets a comma-separated list of ``>=``, ``<``, ``==``... bounds."""
    return all(_holds(version, bound.strip()) for bound in wanted.split(","))


def make_environment(python: Interpreter, prefix: Path) -> Path:
    """Fill the empty ``prefix`` with an environment without packages; returns its ``python``.

    An environment over a Python under /usr is three links and a text file: Python finds itself
    by the ``pyvenv.cfg`` beside the name it was started as, wherever that is mounted. Any other
    Python is copied whole, so that nothing outside the prefix is needed.
    """
    if python.shared:
        _link(python, prefix)
    else:
        _copy(python, prefix)
    return prefix / "bin" / "python"


def site_packages(python: Interpreter, prefix: Path) -> Path:
    return prefix / "lib" / f"python{python.short}" / "site-packages"


def _link(python: Interpreter, prefix: Path) -> None:
    (prefix / "bin").mkdir()
    (prefix / "bin" / "python").symlink_to(python.path)
    for name in ("python3", f"python{python.short}"):
        (prefix / "bin" / name).symlink_to("python")
    site_packages(python, prefix).mkdir(parents=True)
    (prefix / "lib64").symlink_to("lib")
    (prefix / "pyvenv.cfg").write_text(
        f"home = {python.path.parent}\n"
        "include-system-site-packages = false\n"
        f"version = {python.text}\n"
    )


def _copy(python: Interpreter, prefix: Path) -> None:
    name = f"python{python.short}"
    (prefix / "bin").mkdir()
    program = prefix / "bin" / name
    program.write_bytes(_own_libraries(python))
    program.chmod(0o755)
    for link in ("python", "python3"):
        (prefix / "bin" / link).symlink_to(name)
    ignore = shutil.ignore_patterns(*_LEFT_OUT_GLOBS)

    def left_out(folder: str, names: list[str]) -> set[str]:
        top = set(_LEFT_OUT) if Path(folder) == library else set()
        return ignore(folder, names) | (top & set(names))

    library = python.base / "lib" / name
    shutil.copytree(library, prefix / "lib" / name, ignore=left_out, symlinks=True)
    for shared in python.base.glob(f"lib/libpython{python.short}*.so*"):
        shutil.copy2(shared, prefix / "lib" / shared.name, follow_symlinks=False)
    site_packages(python, prefix).mkdir()
    _check_copy(python, prefix)


def _own_libraries(python: Interpreter) -> bytes:
    """The program, told to look for its shared library beside itself, not where it was built.

    The search path in it is a string that is replaced by a shorter one.
    """
    built, beside = os.fsencode(python.base / "lib") + b"\0", b"$ORIGIN/../lib\0"
    content = python.path.read_bytes()
    if len(built) < len(beside):
        return content
    return content.replace(built, beside.ljust(len(built), b"\0"))


def _check_copy(python: Interpreter, prefix: Path) -> None:
    argv = (prefix / "bin" / "python", "-I", "-B", "-c", _LEFT_BEHIND, str(python.base))
    ran = subprocess.run(argv, capture_output=True, text=True, check=False)
    wrong = ran.stdout.strip() or final_line(ran.stderr.splitlines())
    if wrong:
        raise InstallFailed(
            f"Python {python.text} cannot be copied: {wrong}",
            where=str(python.base),
            do="install a Python under /usr, e.g. apt-get install python3",
        )


def _interpreters() -> Iterator[Interpreter]:
    seen: set[Path] = set()
    for path in _candidates():
        real = path.resolve()
        if real in seen or not os.access(real, os.X_OK):
            continue
        seen.add(real)
        python = interpreter_at(real)
        if python is not None:
            yield python


def _candidates() -> Iterator[Path]:
    yield Path(sys.executable)
    for folder in ("/usr/bin", "/usr/local/bin"):
        yield from _pythons(Path(folder))
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if folder and not folder.endswith("shims"):  # a shim is a script that picks another
            yield from _pythons(Path(folder))
    home = Path.home()
    for pattern in (".pyenv/versions/*/bin", ".local/share/uv/python/*/bin"):
        for found in sorted(home.glob(pattern)):
            yield from _pythons(found)


def _pythons(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in sorted(folder.glob("python3*"))
        if re.search(r"/python3(\.\d+)?$", str(path))
    )


def interpreter_at(path: Path) -> Interpreter | None:
    """What the file at ``path`` says of itself; ``None`` when it is not a Python that runs."""
    try:
        said = subprocess.run(
            (path, "-I", "-c", _ASK), capture_output=True, text=True, timeout=20, check=True
        ).stdout.split()
        major, minor, micro = map(int, said[0].split("."))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None
    base = Path(said[1])
    if not (base / "lib" / f"python{major}.{minor}" / "os.py").is_file():
        return None  # a layout of its own: neither to be linked nor to be copied
    return Interpreter(path=path, version=(major, minor, micro), base=base)


def _holds(version: tuple[int, int, int], bound: str) -> bool:
    matched = re.fullmatch(r"(>=|<=|==|!=|>|<)\s*(\d+(?:\.\d+){0,2})", bound)
    if matched is None:
        raise ValueError(f"not a version bound: {bound!r}")
    other = tuple(map(int, matched[2].split(".")))
    mine = version[: len(other)]
    return {
        ">=": mine >= other,
        "<=": mine <= other,
        "==": mine == other,
        "!=": mine != other,
        ">": mine > other,
        "<": mine < other,
    }[matched[1]]

"""Environments that work read-only wherever they are mounted."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from codingagentbench.agents.pip import pip_install
from codingagentbench.agents.process import Stop
from codingagentbench.agents.pythons import (
    Interpreter,
    find_interpreter,
    interpreter_at,
    make_environment,
    satisfies,
)
from codingagentbench.errors import InstallFailed
from codingagentbench.sandboxes import Command, Mount, base_env, open_sandbox

PROBE = (
    "import iniconfig, json, lzma, sqlite3, ssl, sys, zlib; "
    "print(sys.prefix, iniconfig.__file__, sys.path[-1])"
)


@pytest.mark.parametrize(
    ("version", "wanted", "holds"),
    [
        ((3, 10, 0), ">=3.10,<3.13", True),
        ((3, 12, 9), ">=3.10,<3.13", True),
        ((3, 13, 0), ">=3.10,<3.13", False),
        ((3, 9, 18), ">=3.10,<3.13", False),
        ((3, 12, 1), "==3.12", True),
        ((3, 12, 1), "==3.12.2", False),
        ((3, 12, 1), "!=3.12, >=3", False),
    ],
)
def test_bounds(version: tuple[int, int, int], wanted: str, holds: bool) -> None:
    assert holds == satisfies(version, wanted)


def test_a_python_that_nobody_has_is_named() -> None:
    with pytest.raises(InstallFailed, match=r"agent==1: no Python >=4\.7 on this machine"):
        find_interpreter(">=4.7", what="agent==1")


def own_python() -> Interpreter:
    found = interpreter_at(Path(sys.executable).resolve())
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["linked", "copied"])
async def test_it_works_in_a_sandbox(kind: str, tmp_path: Path) -> None:
    """Mounted read-only at another place, seen by another user, and without its folder's host:
    linked to a Python under /usr, or with a Python of its own."""
    python = find_interpreter(">=3.9", what="test") if kind == "linked" else own_python()
    if kind == "linked" and not python.shared:
        pytest.skip("no Python under /usr")
    if kind == "copied" and python.shared:
        python = AsIfPrivate(path=python.path, version=python.version, base=python.base)
    prefix, scratch = tmp_path / "prefix", tmp_path / "scratch"
    prefix.mkdir()
    scratch.mkdir()
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent, scratch):
        os.chmod(folder, 0o711)
    inside = make_environment(python, prefix)
    pip_install(
        ("iniconfig==2.0.0",),
        python,
        prefix,
        stop=Stop(),
        on_package=lambda name: None,
        on_all=lambda total: None,
    )
    assert inside.is_file()

    said = bytearray()
    async with open_sandbox().attempt(scratch) as slot:
        done = await slot.run(
            Command(
                argv=("/opt/agent/bin/python", "-c", PROBE),
                env=base_env(),
                cwd="/",
                mounts=(Mount(source=prefix, target="/opt/agent"),),
                terminal=None,
            ),
            sink=lambda _at, piece: said.extend(piece),
        )
    assert 0 == done.code, said.decode()
    packages = f"/opt/agent/lib/python{python.short}/site-packages"
    assert ["/opt/agent", f"{packages}/iniconfig/__init__.py", packages] == said.decode().split()


class AsIfPrivate(Interpreter):
    """A Python under /usr, treated as one that a sandbox does not see."""

    shared = False  # type: ignore[assignment]


def test_a_private_python_is_not_shared() -> None:
    private = Interpreter(
        path=Path("/home/me/bin/python"), version=(3, 12, 0), base=Path("/home/me")
    )
    assert not private.shared
    assert replace(private, path=Path("/usr/bin/python3"), base=Path("/usr")).shared


def test_a_file_that_is_no_python_is_passed_over(tmp_path: Path) -> None:
    fake = tmp_path / "python3"
    fake.write_text("#!/bin/sh\necho hello\n")
    fake.chmod(0o755)
    assert None is interpreter_at(fake)


def test_the_copy_holds_no_tests(tmp_path: Path) -> None:
    python = own_python()
    if python.shared:
        pytest.skip("this Python is linked, not copied")
    make_environment(python, tmp_path)
    library = tmp_path / "lib" / f"python{python.short}"
    assert (library / "os.py").is_file()
    assert not (library / "test").exists()
    size = subprocess.run(["du", "-sm", tmp_path], capture_output=True, text=True, check=True)
    assert int(size.stdout.split()[0]) < 150

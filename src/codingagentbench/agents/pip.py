"""Python packages installed into an environment of their own, then compiled for start-up."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from codingagentbench.agents.process import Stop, run
from codingagentbench.agents.pythons import Interpreter, site_packages
from codingagentbench.errors import InstallFailed

_PIP_OPTIONS = (
    "--no-input",
    "--no-color",
    "--disable-pip-version-check",
    "--progress-bar=off",
    "--root-user-action=ignore",
    "--no-warn-script-location",
    "--no-compile",  # all at once afterwards, on every core
    "--only-binary=:all:",  # nothing of a package runs while it is installed
)
_COLLECTING = re.compile(r"Collecting ([A-Za-z0-9._-]+)")
_DISTRIBUTION = re.compile(r"(.+)-([^-]+)\.dist-info$")


@dataclass(frozen=True, kw_only=True)
class PipResult:
    """What was installed: distribution -> version, and the installer's own name and version."""

    packages: dict[str, str]
    installer: str


def pip_install(
    specs: Sequence[str],
    python: Interpreter,
    prefix: Path,
    *,
    stop: Stop,
    built: Sequence[str] = (),
    on_package: Callable[[str], None],
    on_all: Callable[[int], None],
) -> PipResult:
    """Install ``specs`` into the environment at ``prefix``, ``built`` from their sources.

    ``on_package`` is called for each package that is fetched, ``on_all`` once with their number
    when all are there. Raises :class:`InstallFailed` with the installer's last words.
    """
    inside = prefix / "bin" / "python"

    def heard(line: str) -> None:
        found = _COLLECTING.match(line)
        if found:
            on_package(found[1])
        elif line.startswith("Installing collected packages:"):
            on_all(line.count(",") + 1)

    options = (f"--no-binary={name}" for name in built)
    argv = (*_installer(python, inside, what=specs[0]), *options, *specs)
    run(argv, what=specs[0], stop=stop, on_line=heard, last_words=pip_words)
    _drop_scripts(python, prefix)
    packages = _packages(site_packages(python, prefix))
    return PipResult(packages=packages, installer=_installer_name(argv, stop))


def compile_all(prefix: Path, inside: str, *, stop: Stop) -> None:
    """Write bytecode for every source, as a read-only mount lets none be written later.

    It is not checked against its source at start ("unchecked-hash"), and names the files as they
    are called at ``inside``. Sources that do not compile (templates, other Pythons') stay as is.
    """
    script = (
        "import compileall, py_compile, sys; compileall.compile_dir(sys.argv[1], quiet=2, "
        "workers=0, stripdir=sys.argv[2], prependdir=sys.argv[3], "
        "invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)"
    )
    argv = (str(prefix / "bin" / "python"), "-I", "-W", "ignore", "-c", script)
    places = (str(prefix / "lib"), str(prefix), inside)
    run((*argv, *places), what="compileall", stop=stop)


def pip_words(lines: Sequence[str]) -> str:
    """The last thing pip calls an error, else its last line."""
    errors = [line.strip() for line in lines if line.strip().startswith("ERROR: ")]
    last = errors[-1] if errors else next((line for line in reversed(lines) if line.strip()), "")
    return last.strip().removeprefix("ERROR: ")


def _installer(python: Interpreter, inside: Path, *, what: str) -> tuple[str, ...]:
    """Whatever can install here: our own pip, uv, or the interpreter's pip."""
    if importlib.util.find_spec("pip") is not None:
        pip: tuple[str, ...] = (sys.executable, "-m", "pip")
    elif (uv := shutil.which("uv")) is not None:
        options = ("--no-progress", "--only-binary=:all:", "--link-mode=copy")
        return (uv, "pip", "install", "--python", str(inside), *options)
    elif (python.base / "lib" / f"python{python.short}" / "site-packages" / "pip").is_dir():
        pip = (str(python.path), "-m", "pip")
    elif shutil.which("pip3") is not None:
        pip = ("pip3",)
    else:
        raise InstallFailed(
            "there is neither pip nor uv on this machine",
            where=what,
            do="install one, e.g. apt-get install python3-pip, and try again",
        )
    return (*pip, "--python", str(inside), "install", *_PIP_OPTIONS)


def _installer_name(argv: Sequence[str], stop: Stop) -> str:
    if argv[0] == sys.executable:
        return f"pip {importlib.metadata.version('pip')}"
    asked = argv[: argv.index("--python")]
    program = asked[:1] if os.path.basename(asked[0]) == "uv" else asked
    said = run((*program, "--version"), what="pip", stop=stop)
    return " ".join(said.split()[:2])


def _drop_scripts(python: Interpreter, prefix: Path) -> None:
    """Delete console scripts: their first line names the folder the environment was built in.

    Agents are started as ``python -m``. The lists of installed files go along with it, so that
    two installs of the same packages are the same to the last byte.
    """
    keep = {"python", "python3", f"python{python.short}"}
    for script in (prefix / "bin").iterdir():
        if script.name not in keep:
            script.unlink()
    for record in site_packages(python, prefix).glob("*.dist-info/RECORD"):
        lines = record.read_text().splitlines(keepends=True)
        record.write_text("".join(line for line in lines if not line.startswith("../../../bin/")))


def _packages(folder: Path) -> dict[str, str]:
    names = (_DISTRIBUTION.match(path.name) for path in sorted(folder.glob("*.dist-info")))
    return {found[1]: found[2] for found in names if found is not None}

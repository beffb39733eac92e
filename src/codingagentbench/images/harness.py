"""This package itself with all it needs, for the Python of an image: what ``run-cell`` runs.

Downloaded on this machine, for the image's Python and without running anything of it, so that
whatever the machine needs to reach an index (a proxy, an authority of its own) is what is used.
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from codingagentbench.agents.pip import pip_words
from codingagentbench.agents.process import Stop, run
from codingagentbench.version import VERSION

_WHAT = "codingagentbench"
#: The launcher of the launcher: isolated, from one folder, whatever the environment says.
_PROGRAM = """\
#!/bin/sh
exec {python} -I -c 'import sys; sys.path.insert(0, "{inside}/lib"); sys.argv[0] = "cab"
from codingagentbench.cli import main; main()' "$@"
"""


def fill(folder: Path, *, python: str, version: str, inside: str, stop: Stop) -> dict[str, str]:
    """Put the package into the empty ``folder``, to be seen at ``inside``; what was installed.

    ``python`` is the interpreter's path in the image, ``version`` its ``3.11``. Raises
    ``InstallFailed`` with pip's last words.
    """
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    wheels = folder / "wheels"
    spec = f"codingagentbench=={VERSION}"
    source = source_folder()
    if source is not None:
        built = (*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), str(source))
        run(built, what=_WHAT, stop=stop, last_words=pip_words)
        spec = str(next(wheels.glob("codingagentbench-*.whl")))
    lib = folder / "lib"
    argv = (
        *pip, "install", "--quiet", "--target", str(lib), "--python-version", version,
        "--implementation", "cp", "--only-binary", ":all:", "--no-compile", spec,
    )  # fmt: skip
    run(argv, what=_WHAT, stop=stop, last_words=pip_words)
    for wheel in wheels.glob("*"):
        wheel.unlink()
    if wheels.exists():
        wheels.rmdir()
    (folder / "bin").mkdir()
    program = folder / "bin" / "cab"
    program.write_text(_PROGRAM.format(python=python, inside=inside))
    program.chmod(0o755)
    found = metadata.distributions(path=[str(lib)])
    return {one.name.lower(): one.version for one in found}


def source_folder() -> Path | None:
    """Where this package is installed from, if that is a folder of this machine."""
    try:
        told = metadata.distribution("codingagentbench").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return None
    if told is None:
        return None
    url = urlsplit(json.loads(told)["url"])
    folder = Path(unquote(url.path))
    return folder if url.scheme == "file" and folder.is_dir() else None

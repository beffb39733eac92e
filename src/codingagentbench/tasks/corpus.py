"""Where the built-in tasks lie: beside the source, or unpacked from the installed package."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

from codingagentbench.errors import TaskError
from codingagentbench.folders import data_folder
from codingagentbench.tasks.digests import folder_digest


@functools.cache
def corpus_root() -> Path:
    """The folder of the built-in tasks.

    Installers compile every Python file of a package, those of task trees too, and an agent would
    see that. So an installed corpus is copied once, without, into the user's data folder.
    Raises :class:`TaskError` when that cannot be written.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "_corpus"
    if not packed.is_dir():
        return package.parent.parent / "tasks"
    home = data_folder() / "corpus"
    place = home / folder_digest(packed).removeprefix("sha256:")[:24]
    if not place.is_dir():
        try:
            home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=home) as aside:
                fresh = Path(aside) / "corpus"
                shutil.copytree(packed, fresh, ignore=shutil.ignore_patterns("__pycache__"))
                if not place.is_dir():
                    fresh.rename(place)
        except OSError as error:
            raise TaskError(
                f"the built-in tasks cannot be unpacked: {error.strerror}",
                where=str(home),
                do="free some space, or set CAB_DATA to a folder you may write to",
            ) from None
    return place

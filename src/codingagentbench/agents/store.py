"""Where installed agents lie on this machine, and what is known of each: its manifest.

STORE/NAME/VERSION/manifest.json   written last, before the folder gets its name
STORE/NAME/VERSION/prefix/...      what is mounted read-only at /opt/agent
STORE/_runtimes/node/VERSION/...   the same, mounted at /opt/node
STORE/_locks/, STORE/_tmp/         one install at a time of one thing; built here, renamed in place
"""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from codingagentbench.agents.digest import digest_tree
from codingagentbench.agents.model import Agent, Folder, Installed
from codingagentbench.errors import AgentError, NotInstalled
from codingagentbench.folders import data_folder

#: Where the parts of an install are seen inside every sandbox.
AGENT_INSIDE = "/opt/agent"
NODE_INSIDE = "/opt/node"

_MANIFEST = "manifest.json"
_PREFIX = "prefix"


class Manifest(BaseModel):
    """What was installed: written once, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int = 1
    name: str
    version: str
    package: str  # as the package manager was asked for it
    digest: str  # over every file but Python's bytecode
    bytecode_digest: str
    files: int
    size_bytes: int
    packages: dict[str, str]  # folder under the prefix, or distribution name -> version
    installer: str  # "npm 11.19.1", "pip 23.2.1"
    python: str | None = None  # version of the interpreter, e.g. "3.11.2"
    node: str | None = None  # version of the runtime brought along, e.g. "22.23.3"
    platform: str  # "linux-x86_64"
    seconds: float  # how long the install took
    installed_at: datetime  # UTC


def default_store() -> Path:
    """``$CAB_DATA/agents``, else ``codingagentbench/agents`` in the user's data folder."""
    return data_folder() / "agents"


def folder_of(store: Path, name: str, version: str) -> Path:
    """Where that version lies, whether it is installed or not."""
    return store / name / version


def runtime_folder(store: Path, version: str) -> Path:
    """Where that version of Node lies, whether it is installed or not."""
    return store / "_runtimes" / "node" / version


def prefix_of(folder: Path) -> Path:
    return folder / _PREFIX


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a finished install, or ``None`` when there is none at ``folder``."""
    path = folder / _MANIFEST
    try:
        text = path.read_text()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise AgentError(f"cannot be read: {error.strerror}", where=str(path)) from error
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise AgentError(
            "is not a manifest that this version understands",
            where=str(path),
            do=f"remove {folder} and install again",
        ) from error


def installed(
    agent: Agent, version: str | None = None, *, store: Path | None = None
) -> Installed | None:
    """``agent`` as it lies on this machine, or ``None``; looks at manifests only (milliseconds)."""
    base = store or default_store()
    folder = folder_of(base, agent.name, version or agent.version)
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    mounts = {AGENT_INSIDE: prefix_of(folder)}
    digests = {AGENT_INSIDE: manifest.digest}
    if manifest.node is not None:
        runtime = runtime_folder(base, manifest.node)
        below = read_manifest(runtime)
        if below is None:
            return None
        digests[NODE_INSIDE] = below.digest
        mounts[NODE_INSIDE] = prefix_of(runtime)
    return Installed(
        agent=agent.name,
        version=manifest.version,
        prefix=prefix_of(folder),
        digest=manifest.digest,
        mounts=mounts,
        digests={} if isinstance(agent.install, Folder) else digests,
        python=f"{AGENT_INSIDE}/bin/python" if manifest.python else None,
        node=f"{NODE_INSIDE}/bin/node" if manifest.node else None,
    )


def require(agent: Agent, version: str | None = None, *, store: Path | None = None) -> Installed:
    """As :func:`installed`; raises :class:`NotInstalled` with the command that mends it."""
    found = installed(agent, version, store=store)
    if found is None:
        wanted = f"{agent.name}@{version or agent.version}"
        raise NotInstalled(f"agent '{wanted}' is not installed", do=f"cab agents install {wanted}")
    return found


def list_installed(*, store: Path | None = None) -> tuple[Manifest, ...]:
    """Every finished install of an agent, by name and version."""
    base = store or default_store()
    found = (read_manifest(path.parent) for path in sorted(base.glob(f"[!_]*/*/{_MANIFEST}")))
    return tuple(manifest for manifest in found if manifest is not None)


def show(
    name: str, version: str | None = None, *, store: Path | None = None
) -> tuple[Manifest, ...]:
    """The manifests of ``name``, of one version or of all; empty when nothing is installed."""
    base = store or default_store()
    if name.startswith("_") or any(Path(part).name != part for part in (name, version or "1")):
        return ()  # no folder of an agent's
    folders = (base / name).glob("*") if version is None else (folder_of(base, name, version),)
    found = (read_manifest(folder) for folder in sorted(folders))
    return tuple(manifest for manifest in found if manifest is not None)


def remove(name: str, version: str | None = None, *, store: Path | None = None) -> tuple[str, ...]:
    """Delete one version of ``name``, or all; returns the versions removed.

    Raises :class:`NotInstalled` when there is nothing to remove. Runtimes that no agent is left
    to need go with it.
    """
    base = store or default_store()
    gone = show(name, version, store=base)
    if not gone:
        wanted = name if version is None else f"{name}@{version}"
        raise NotInstalled(f"agent '{wanted}' is not installed", do="see: cab agents list")
    for manifest in gone:
        _discard(base, folder_of(base, name, manifest.version))
    needed = {manifest.node for manifest in list_installed(store=base)}
    for runtime in base.glob(f"_runtimes/node/*/{_MANIFEST}"):
        if runtime.parent.name not in needed:
            _discard(base, runtime.parent)
    return tuple(manifest.version for manifest in gone)


def verify(installed: Installed) -> bool:
    """Whether every file of ``installed``, its runtime's too, is as it was installed.

    Hashes everything: about a second for 700 MB that are in memory.
    """
    for prefix in installed.mounts.values():
        manifest = read_manifest(prefix.parent)
        if manifest is None:
            return False
        now = digest_tree(prefix)
        if (now.files, now.bytecode) != (manifest.digest, manifest.bytecode_digest):
            return False
    return True


def provide(
    base: Path, folder: Path, *, make: Callable[[Path], Manifest], waiting: Callable[[], None]
) -> Manifest:
    """Have ``folder`` hold what ``make`` builds; does nothing when it already does.

    ``make`` gets an empty folder beside, to fill as the prefix. Only when it has returned is its
    manifest written and the whole renamed in place, so that an install cut short at any moment
    is never believed. Two at once: the second waits (``waiting`` is called) and finds it done.
    """
    with _lock(base, folder, waiting):
        done = read_manifest(folder)
        if done is not None:
            return done
        temporary = base / "_tmp"
        temporary.mkdir(exist_ok=True)
        label = "-".join(folder.relative_to(base).parts)
        for stale in temporary.glob(f"{label}=*"):
            shutil.rmtree(stale, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=f"{label}=", dir=temporary))
        try:
            work.chmod(0o755)
            prefix_of(work).mkdir()
            manifest = make(prefix_of(work))
            (work / _MANIFEST).write_text(_as_json(manifest))
            folder.parent.mkdir(parents=True, exist_ok=True)
            if folder.exists():  # without a manifest: no install of ours ever finished there
                _discard(base, folder)
            work.rename(folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return manifest


@contextmanager
def _lock(base: Path, folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    locks = base / "_locks"
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / "-".join(folder.relative_to(base).parts)).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _discard(base: Path, folder: Path) -> None:
    """Out of sight at once, then deleted: nobody sees half of it."""
    trash = Path(tempfile.mkdtemp(prefix="trash.", dir=base / "_tmp"))
    folder.rename(trash / "gone")
    shutil.rmtree(trash, ignore_errors=True)


def _as_json(manifest: Manifest) -> str:
    return json.dumps(manifest.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"

"""The small root that a program sees in bubblewrap, as bwrap's arguments and the stage's files."""

from __future__ import annotations

import base64
import functools
import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codingagentbench.sandboxes.etc_files import HOSTNAME, own_etc
from codingagentbench.sandboxes.launcher.request import STAGE
from codingagentbench.sandboxes.placing import TMP
from codingagentbench.sandboxes.values import HOME, WORKSPACE, Mount

UID: Final = 1000  # what the owner is called inside
_SHM: Final = "/dev/shm"  # noqa: S108

#: Below the stage: what the program may write.
STAGE_HOME, STAGE_TMP, STAGE_SHM = (f"{STAGE}/{name}" for name in ("home", "tmp", "shm"))
STAGE_WORK, STAGE_UPPER = f"{STAGE}/workspace", f"{STAGE}/upper"
_STAGE_ETC: Final = f"{STAGE}/etc"

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")

#: Of /etc, as on the host where it is there: how programs are found, time, certificates.
_ETC_FROM_HOST: Final = (
    "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "timezone",
    "ssl/certs", "ssl/openssl.cnf", "ca-certificates", "ca-certificates.conf", "pki/tls",
    "pki/ca-trust", "pki/java", "java", "java-*", "maven", "mime.types", "services", "protocols",
    "os-release", "debian_version", "terminfo", "magic", "python3*",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Etc:
    """The folder /etc of every sandbox: files of ours, and what is bound from the host."""

    folders: list[tuple[str, int, bool]]
    files: list[tuple[str, str, int, bool]]
    binds: list[tuple[str, str]]


@functools.cache
def etc(*, names: bool = False) -> Etc:
    """Looked up once; the host's ``/etc`` does not change under a running harness.

    ``names``: names are looked up in files and then asked of the name server.
    """
    binds = []
    folders = {_STAGE_ETC}
    found = (n for pattern in _ETC_FROM_HOST for n in glob.glob(pattern, root_dir="/etc"))
    for name in sorted(set(found)):
        source = os.path.realpath(f"/etc/{name}")
        if os.access(source, os.R_OK):
            place = f"{_STAGE_ETC}/{name}"
            folders.add(os.path.dirname(place))
            binds.append((source, place))
    files = [
        (f"{_STAGE_ETC}/{name}", base64.b64encode(text.encode()).decode(), 0o644, False)
        for name, text in own_etc(UID, UID, names=names).items()
    ]
    return Etc(folders=[(f, 0o755, False) for f in sorted(folders)], files=files, binds=binds)


@functools.cache
def system() -> tuple[str, ...]:
    """bwrap's arguments for the system's programs and libraries, read-only."""
    arguments: list[str] = []
    for path in _SYSTEM:
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            arguments += ["--ro-bind", path, path]
    return tuple(arguments)


def hidden(folders: Iterable[Path], shown: Iterable[tuple[str, str]]) -> list[str]:
    """bwrap's arguments that cover each of ``folders`` below what is ``shown`` (source, target)."""
    places = set()
    for folder in map(os.path.realpath, folders):
        for source, target in shown:
            if os.path.commonpath([folder, source]) == source and os.path.isdir(folder):
                places.add(os.path.normpath(os.path.join(target, os.path.relpath(folder, source))))
    return [word for p in sorted(places) for word in ("--tmpfs", p, "--remount-ro", p)]


def staged(number: int) -> str:
    """Where the source of the ``number``-th mount lies on the stage."""
    return f"{STAGE}/mounts/{number}"


def arguments(
    *,
    env: dict[str, str],
    cwd: str,
    mounts: tuple[Mount, ...],
    hide: Iterable[Path],
    workspace: str | None,
    filter_fd: int | None,
    status_fd: int,
    ready_fd: int,
) -> list[str]:
    """All of bwrap's options, in the order in which it obeys them.

    ``workspace``: where the one on the stage is seen; without one, /workspace is empty.
    """
    options = [
        "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup-try", "--uid", str(UID), "--gid", str(UID), "--hostname", HOSTNAME,
        "--die-with-parent", "--new-session", "--json-status-fd", str(status_fd),
        *(() if filter_fd is None else ("--seccomp", str(filter_fd))),
        "--clearenv",
    ]  # fmt: skip
    for name, value in env.items():
        options += ["--setenv", name, value]
    options += [
        *system(), *hidden(hide, [(path, path) for path in _SYSTEM]),
        "--ro-bind", _STAGE_ETC, "/etc",
        "--proc", "/proc",
        "--dev", "/dev", "--bind", STAGE_SHM, _SHM, "--remount-ro", "/dev",
        "--dir", "/run", "--dir", "/var", "--symlink", TMP, "/var/tmp",  # noqa: S108
        "--bind", STAGE_TMP, TMP,
        "--bind", STAGE_HOME, HOME,
    ]  # fmt: skip
    options += ["--bind", STAGE_WORK, workspace] if workspace else ["--dir", WORKSPACE]
    for number, mount in enumerate(mounts):
        options += ["--bind" if mount.private else "--ro-bind", staged(number), mount.target]
    options += hidden(hide, [(os.path.realpath(mount.source), mount.target) for mount in mounts])
    # The last thing that is read; see Pipes in the launcher.
    options += ["--file", str(ready_fd), "/run/sandbox", "--remount-ro", "/", "--chdir", cwd]
    return options

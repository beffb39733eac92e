"""Overlays of one run: the workspace's, and one over each folder that it has for itself alone.

The folder below is never written. What is below belongs to the harness's user; as root it is
attached with that owner mapped to the attempt's user, who may then change what is seen.
"""

from __future__ import annotations

import os
import signal
from typing import NamedTuple

from codingagentbench.sandboxes.launcher import kernel
from codingagentbench.sandboxes.launcher.request import STAGE, Overlay, Private, Request

_FOLDER = os.O_DIRECTORY | os.O_CLOEXEC
_OWN = {"upper": 0o755, "work": 0o700}


class Lower(NamedTuple):
    """The folder below, opened before the stage may cover it."""

    fd: int
    mapped: bool  # a detached mount, to be attached somewhere


class Layers(NamedTuple):
    """All folders of the workspace's overlay, opened before the stage may cover them."""

    lower: Lower
    upper: int
    work: int


class Below(NamedTuple):
    """A private folder's source: as an overlay's lower where that can be, and as it is."""

    lower: Lower | None
    plain: int


def open_layers(overlay: Overlay, request: Request) -> Layers:
    """The three folders of a workspace; raises OSError."""
    upper, work = (
        os.open(overlay[side], os.O_PATH | os.O_NOFOLLOW | _FOLDER) for side in ("upper", "work")
    )
    return Layers(_open_lower(overlay["lower"], overlay["by_root"], request), upper, work)


def mount_layers(overlay: Overlay, layers: Layers) -> None:
    """Mount a workspace; raises OSError."""
    os.mkdir(overlay["target"])
    options = "redirect_dir=on" if overlay["by_root"] else "userxattr"
    _mount(layers.lower, layers.upper, layers.work, overlay["target"], options)
    os.close(layers.upper)
    os.close(layers.work)


def open_below(private: Private, request: Request) -> Below:
    """The source of a private folder."""
    plain = os.open(private["source"], os.O_RDONLY | _FOLDER)
    try:
        return Below(_open_lower(private["source"], private["by_root"], request), plain)
    except OSError:
        return Below(None, plain)  # no owners can be mapped on that file system


def place_private(private: Private, below: Below, request: Request) -> None:
    """Show ``below`` at the private folder's place: an overlay where it mounts, else a copy.

    What the run writes there is on the stage, within its limit, and goes with it.
    """
    place = private["place"]
    os.makedirs(place)
    if below.lower is None or not _mounted(private, below, below.lower, request):
        _copy(f"/proc/self/fd/{below.plain}", place, request)
    os.close(below.plain)


def _mounted(private: Private, below: Below, lower: Lower, request: Request) -> bool:
    mode = os.fstat(below.plain).st_mode & 0o777
    handles = []
    for side, own in _OWN.items():
        folder = f"{private['place']}.{side}"
        os.mkdir(folder, own)
        handles.append(os.open(folder, os.O_PATH | _FOLDER))
    top = f"{private['place']}.upper"
    os.chmod(top, mode)
    _give(top, request)
    try:
        upper, work = handles
        _mount(lower, upper, work, private["place"], "" if private["by_root"] else "userxattr")
    except OSError:
        return False
    finally:
        for fd in handles:
            os.close(fd)
    return True


def _copy(source: str, place: str, request: Request) -> None:
    """A copy that belongs to the attempt's user; only files and folders are expected."""
    with os.scandir(source) as entries:
        for entry in entries:
            target = f"{place}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                os.mkdir(target)
                _copy(entry.path, target, request)
            elif entry.is_file(follow_symlinks=False):
                _copy_file(entry.path, target)
                _give(target, request)
    found = os.stat(source)
    os.chmod(place, found.st_mode & 0o777)
    _give(place, request)


def _copy_file(source: str, target: str) -> None:
    reading = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    writing = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        found = os.fstat(reading)
        while os.sendfile(writing, reading, None, 1 << 24):
            pass
        os.fchmod(writing, found.st_mode & 0o777)
        os.utime(writing, ns=(found.st_atime_ns, found.st_mtime_ns))
    finally:
        os.close(reading)
        os.close(writing)


def _give(path: str, request: Request) -> None:
    if request["drop"]:
        os.chown(path, request["uid"], request["gid"], follow_symlinks=False)


def _open_lower(path: str, by_root: bool, request: Request) -> Lower:
    owner = os.stat(path)
    if not by_root or (owner.st_uid, owner.st_gid) == (request["uid"], request["gid"]):
        return Lower(os.open(path, os.O_PATH | _FOLDER), mapped=False)
    lower = kernel.clone_tree(path)
    userns = _owner_map(owner.st_uid, request["uid"], owner.st_gid, request["gid"])
    try:
        kernel.map_owners(lower, userns)
    except OSError:
        os.close(lower)
        raise
    finally:
        os.close(userns)
    return Lower(lower, mapped=True)


def _mount(lower: Lower, upper: int, work: int, target: str, options: str) -> None:
    below = f"/proc/self/fd/{lower.fd}"
    if lower.mapped:
        below = f"{STAGE}/lower-{lower.fd}"
        os.mkdir(below, 0o700)
        kernel.attach_tree(lower.fd, below)
    words = [
        f"lowerdir={below}",
        f"upperdir=/proc/self/fd/{upper}",
        f"workdir=/proc/self/fd/{work}",
        *([options] if options else []),
    ]
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("workspace", target, "overlay", flags, ",".join(words))
    os.close(lower.fd)


def _owner_map(uid: int, to_uid: int, gid: int, to_gid: int) -> int:
    """A user namespace, as a descriptor, in which ``uid`` stands for ``to_uid`` outside."""
    born, leave = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        try:
            kernel.unshare(kernel.CLONE_NEWUSER)
            os.write(born[1], b".")
            os.close(leave[1])
            os.read(leave[0], 1)
        finally:
            os._exit(0)
    os.close(born[1])
    try:
        os.read(born[0], 1)
        for name, row in (("uid_map", (uid, to_uid)), ("gid_map", (gid, to_gid))):
            fd = os.open(f"/proc/{child}/{name}", os.O_WRONLY)
            try:
                os.write(fd, f"{row[0]} {row[1]} 1".encode())
            finally:
                os.close(fd)
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        for fd in (born[0], *leave):
            os.close(fd)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

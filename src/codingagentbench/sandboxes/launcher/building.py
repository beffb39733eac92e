"""Builds what one run sees: namespaces, the loopback device, and the stage with its files.

The stage is a tmpfs over one folder in a mount namespace of the launcher's own. Everything a
sandbox is made of is attached there first, while the launcher may still look below a private
HOME; the program that makes the inner root needs no right but to read the stage.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import os
import socket
import struct

from codingagentbench.sandboxes.launcher import kernel, overlays
from codingagentbench.sandboxes.launcher.request import STAGE, Request

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_BACKLOG = 1024
_NAMES_PORT = 53
_ENTRY_BYTES, _ENTRIES = 4096, 4096  # as many empty files as would fit with one page each


def enter_namespaces(request: Request) -> None:
    """Own mount and network namespaces; an ordinary user needs a user namespace for that."""
    if not request["drop"]:
        enter_user_namespace(request)
    kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWNET)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE, None)


def enter_user_namespace(request: Request) -> None:
    """An own user namespace in which the user is called the same; processes are counted in it."""
    kernel.unshare(kernel.CLONE_NEWUSER)
    name_user(request)


def name_user(request: Request) -> None:
    """Map the user into the user namespace that was just entered; until then it is nobody."""
    with kernel.dumpable():  # else these files are not ours
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{request['uid']} {request['uid']} 1"),
            ("gid_map", f"{request['gid']} {request['gid']} 1"),
        ):
            _write(f"/proc/self/{name}", text)


def loopback_up() -> None:
    """Switch on the loopback device of this network namespace; it has no other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        empty = struct.pack("16sH22x", b"lo", 0)
        flags = struct.unpack("16sH22x", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, empty))[1]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags | _IFF_UP))


def listener(port: int) -> socket.socket:
    """A socket listening on 127.0.0.1:port of this network namespace."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    sock.listen(_BACKLOG)
    return sock


def name_listener() -> socket.socket:
    """A UDP socket where this network namespace expects its name server."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", _NAMES_PORT))
    return sock


def stage(request: Request) -> None:
    """Mount the stage and put everything on it that the request names."""
    trees = [(kernel.clone_tree(source), place) for source, place in request["binds"]]
    private = [(row, overlays.open_below(row, request)) for row in request["private"]]
    overlay = request["overlay"]
    layers = overlays.open_layers(overlay, request) if overlay else None
    limit = request["stage_bytes"]
    size = "" if limit is None else f",size={limit},nr_inodes={limit // _ENTRY_BYTES + _ENTRIES}"
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("sandbox", STAGE, "tmpfs", flags, f"mode=0755{size}")
    place_files(request)
    for tree, place in trees:
        _mount_point(tree, place)
        kernel.attach_tree(tree, place)
        os.close(tree)
    for row, below in private:
        overlays.place_private(row, below, request)
    if overlay and layers:
        overlays.mount_layers(overlay, layers)


def place_files(request: Request) -> None:
    """Make the folders and files that the request names, each with its owner."""
    for path, mode, theirs in request["folders"]:
        with contextlib.suppress(FileExistsError):
            os.mkdir(path)
        os.chmod(path, mode)
        if theirs:
            _give(path, request)
    for path, content, mode, theirs in request["files"]:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with open(fd, "wb") as file:
            os.fchmod(fd, mode)
            file.write(base64.b64decode(content))
        if theirs:
            _give(path, request)


def _give(path: str, request: Request) -> None:
    if request["drop"]:
        os.chown(path, request["uid"], request["gid"], follow_symlinks=False)


def _write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def _mount_point(tree: int, place: str) -> None:
    """An empty file or folder at ``place``, whichever the tree's root is."""
    os.makedirs(os.path.dirname(place), exist_ok=True)
    if os.path.isdir(f"/proc/self/fd/{tree}"):
        os.makedirs(place, exist_ok=True)
    else:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT))

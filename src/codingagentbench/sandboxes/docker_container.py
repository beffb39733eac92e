"""One container: how it is closed off, how its launcher is reached, what it used."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Final

import docker
from docker.types import LogConfig, Ulimit
from docker.types import Mount as DockerMount

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes.cgroups import OWN_PIDS, Accounts, Usage, accounts_of
from codingagentbench.sandboxes.docker_daemon import (
    HARNESS_LABEL,
    Engine,
    asking,
    harness,
    remove,
    words,
)
from codingagentbench.sandboxes.docker_images import HARNESS_INSIDE
from codingagentbench.sandboxes.etc_files import HOSTNAME
from codingagentbench.sandboxes.launcher import wire
from codingagentbench.sandboxes.launcher.request import Request
from codingagentbench.sandboxes.placing import TMP
from codingagentbench.sandboxes.values import HOME, WORKSPACE, Limits, Owner

#: Ours inside: the launcher's code, and the folder with the socket that it calls.
LAUNCHER_INSIDE: Final = "/run/cab/sandboxes/launcher"
LINK_INSIDE: Final = "/run/cab/link"
_SOCKET: Final = "launcher"
_STARTS_S: Final = 60.0
_LOOK_S: Final = 0.25
_SHM: Final = 64 << 20
_LOG: Final = {"max-size": "64k", "max-file": "1"}


class Link:
    """The socket on which a container's launcher calls, in a folder that is mounted there."""

    def __init__(self, folder: Path, owner: Owner) -> None:
        self.folder = folder
        folder.mkdir(mode=0o711)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        try:
            place = f"/proc/self/fd/{handle}/{_SOCKET}"  # the real one may be too long to bind
            self._socket.bind(place)
            os.chmod(place, 0o600)
            if os.geteuid() == 0:
                os.chown(place, owner.uid, owner.gid)
        finally:
            os.close(handle)
        self._socket.listen(1)
        self._socket.setblocking(False)

    async def called(self, container: Container) -> socket.socket:
        """The launcher's call; ``SandboxError`` with its last words when it ended without one."""
        loop = asyncio.get_running_loop()
        deadline = time.monotonic() + _STARTS_S
        while time.monotonic() < deadline:
            with suppress(TimeoutError):
                connection, _ = await asyncio.wait_for(loop.sock_accept(self._socket), _LOOK_S)
                with connection:
                    return await asyncio.to_thread(_handed_out, connection)
            last = await asyncio.to_thread(container.ended)
            if last is not None:
                raise SandboxError(f"the container ended as it began: {last}", where="docker")
        raise SandboxError(f"the container did not start in {_STARTS_S:.0f} s", where="docker")

    def close(self) -> None:
        """Nobody can call any more, nor see that somebody could."""
        self._socket.close()
        (self.folder / _SOCKET).unlink(missing_ok=True)


def _handed_out(connection: socket.socket) -> socket.socket:
    """The launcher's own end of a nameless pair, which no list of sockets inside shows."""
    connection.settimeout(_STARTS_S)
    try:
        _word, fds = wire.receive(connection, 16, 1)
    except OSError as error:
        raise SandboxError("the launcher hangs up at once", where="docker") from error
    if not fds:
        raise SandboxError("the launcher hangs up at once", where="docker")
    return socket.socket(fileno=fds[0])


class Container:
    """One container of one run. ``remove`` always, whatever else went wrong.

    ``counted``: it has a control group of its own; else that of somebody else would be read.
    """

    def __init__(self, client: docker.APIClient, *, counted: bool) -> None:
        self._client, self._counted = client, counted
        self._id = ""
        self._accounts = Accounts()
        self._since = 0
        self.usage = Usage()

    def start(self, config: Mapping[str, Any]) -> None:
        """Create and start it as :func:`configuration` says."""
        with asking("a container cannot be made"):
            host = self._client.create_host_config(**config["host"]) | config["as is"]
            made = self._client.create_container(host_config=host, **config["own"])
            self._id = made["Id"]
            self._since = int(time.time()) - 1
            self._client.start(self._id)
            pid = self._client.inspect_container(self._id)["State"]["Pid"]
        if not self._counted:
            return
        with suppress(OSError):  # it may have ended already
            self._accounts = accounts_of(Path(f"/proc/{pid}/cgroup").read_text())

    def ended(self) -> str | None:
        """Its last words, or ``None`` while it runs."""
        with asking("a container cannot be looked at"):
            state = self._client.inspect_container(self._id)["State"]
            if state["Running"]:
                return None
            said = self._client.logs(self._id, tail=5).decode("utf-8", "replace")
        return words(SandboxError(said.strip() or f"exit code {state['ExitCode']}"))

    def killed_from_outside(self) -> bool:
        """Whether somebody has just ended it by the daemon: nothing inside makes such an event.

        ``SandboxError`` when the daemon itself is gone. To be asked right after the end: daemons
        keep the last few hundred events.
        """
        with asking("the container ended, and the daemon does not say why"):
            rows = self._client.events(
                since=self._since, until=int(time.time()) + 1, decode=True,
                filters={"container": self._id, "event": "kill"},
            )  # fmt: skip
            return next(iter(rows), None) is not None

    def out_of_memory(self) -> bool:
        """Whether the memory limit ended it, by the daemon's word."""
        with asking("a container cannot be looked at"):
            return bool(self._client.inspect_container(self._id)["State"]["OOMKilled"])

    def measure(self) -> None:
        """Read what it has used so far; nothing new once it has ended."""
        self.usage = self._accounts.read() or self.usage

    def remove(self) -> None:
        """End all that is alive in it and take it away."""
        if self._id:
            remove(self._client, self._id)
            self._id = ""


def hand_over(connection: socket.socket, request: Request, streams: Sequence[int]) -> socket.socket:
    """Give the launcher its request; returns a socket to talk with it on."""
    if os.geteuid() == 0:
        for fd in streams:  # else /dev/stdout could not be opened inside
            os.fchown(fd, request["uid"], request["gid"])
    paper = os.memfd_create("request")
    try:
        with open(paper, "wb", closefd=False) as file:
            file.write(json.dumps(request).encode())
        os.lseek(paper, 0, os.SEEK_SET)
        socket.send_fds(connection, [b"run"], [paper, *streams])
    finally:
        os.close(paper)
    ours = connection.dup()
    ours.setblocking(False)
    return ours


def configuration(
    *,
    image: str,
    python: str,
    user: Owner,
    limits: Limits,
    mounts: Sequence[tuple[str, str, bool]],
    workspace: bool,
    engine: Engine,
) -> dict[str, dict[str, Any]]:
    """What the daemon is told. ``mounts``: host path, place inside, whether it may be written."""
    memory = None if limits.memory_mb is None else limits.memory_mb << 20
    return {
        "own": {
            "image": image,
            "entrypoint": [python, "-I", "-S", LAUNCHER_INSIDE, f"{LINK_INSIDE}/{_SOCKET}"],
            "command": [],
            "user": f"{user.uid}:{user.gid}",
            "hostname": HOSTNAME,
            "working_dir": "/",
            "labels": {HARNESS_LABEL: harness()},
            "network_disabled": True,
        },
        "host": {
            "network_mode": "none",
            "read_only": True,
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges"],
            "init": True,
            "ipc_mode": "private",
            "mem_limit": memory,
            "memswap_limit": memory,
            "pids_limit": None if limits.pids is None else limits.pids + OWN_PIDS,
            "nano_cpus": None if limits.cpus is None else int(limits.cpus * 1e9),
            "shm_size": _SHM,
            "sysctls": {"net.ipv4.ip_unprivileged_port_start": "0"},
            "ulimits": _ulimits(),
            "tmpfs": _tmpfs(limits, workspace=workspace, podman=engine.podman),
            "mounts": [
                DockerMount(type="bind", source=source, target=target, read_only=not writable)
                for source, target, writable in mounts
            ],
            "log_config": LogConfig(type="json-file", config=_LOG),
        },
        "as is": {  # docker-py knows "host" only
            # A daemon that maps users would not know the one we give it; Podman, run by an
            # ordinary user, can call that user what it is called outside.
            "UsernsMode": "keep-id" if engine.podman and engine.rootless else "host",
        },
    }


def _ulimits() -> list[Ulimit]:
    """Said outright: a daemon's defaults may be above what it may give itself."""
    rows = {"core": 0}
    for name, what, most in (
        ("nofile", resource.RLIMIT_NOFILE, 16_384),
        ("nproc", resource.RLIMIT_NPROC, 32_768),  # the control group's bound is the lower one
    ):
        hard = resource.getrlimit(what)[1]
        rows[name] = most if hard == resource.RLIM_INFINITY else min(most, hard)
    return [Ulimit(name=name, soft=value, hard=value) for name, value in rows.items()]


def _tmpfs(limits: Limits, *, workspace: bool, podman: bool) -> dict[str, str]:
    # Podman would copy what the image has there into it, and knows no bound on files.
    more = ["notmpcopyup"] if podman else []
    size = [] if limits.disk_mb is None else [f"size={limits.disk_mb}m"]
    if limits.disk_mb is not None and not podman:
        size.append(f"nr_inodes={(limits.disk_mb << 8) + 4096}")
    # Of root, with a folder of the user's own made by the launcher: Podman gives none away.
    theirs = ",".join(("exec", "nosuid", "nodev", "mode=1777", *size, *more))
    nothing = ",".join(("ro", "nosuid", "nodev", "noexec", "size=4k", "mode=0555", *more))
    return {
        str(PurePosixPath(HOME).parent): theirs,
        TMP: theirs,
        "/var/tmp": theirs,  # noqa: S108  (inside)
        HARNESS_INSIDE: nothing,
        **({} if workspace else {WORKSPACE: nothing}),
    }

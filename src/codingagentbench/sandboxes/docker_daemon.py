"""The Docker daemon of this machine, or Podman behind the same API: found, asked, swept.

https://docs.docker.com/reference/api/engine/. Which daemon is DOCKER_HOST's to say. It has to be
on this machine: agents reach the gateway through a socket that is handed over in a mount.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codingagentbench.errors import SandboxError, SandboxUnavailable
from codingagentbench.sandboxes.protocol import Finding
from codingagentbench.sandboxes.values import Limits

try:
    import docker
    import requests
    import urllib3
    from docker.errors import APIError, DockerException
    from docker.utils import kwargs_from_env
except ImportError as lack:  # an extra
    raise SandboxUnavailable(
        f"this needs {lack.name}", do="run: pip install 'codingagentbench[docker]'"
    ) from lack

LABEL: Final = "org.codingagentbench"
HARNESS_LABEL: Final = f"{LABEL}.harness"
_TIMEOUT_S: Final = 60
_PAUSES_S: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
_START: Final = "start the Docker daemon, or set DOCKER_HOST to where it (or Podman) listens"


def connect() -> docker.APIClient:
    """A client of the daemon; ``SandboxUnavailable`` when there is none that will do."""
    try:
        client = docker.APIClient(version="auto", timeout=_TIMEOUT_S, **kwargs_from_env())
    except (DockerException, requests.exceptions.RequestException) as error:
        where = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
        raise SandboxUnavailable(
            f"no Docker daemon answers: {words(error)}", where=where, do=_START
        ) from error
    if not str(client.base_url).startswith("http+docker://"):
        raise SandboxUnavailable(
            "the Docker daemon is on another machine",
            where=str(client.base_url),
            do="run the benchmark there, or use a local one (DOCKER_HOST=unix://...)",
        )
    return client


@contextlib.contextmanager
def asking(what: str) -> Iterator[None]:
    """What the daemon refuses becomes a ``SandboxError``: ``what`` failed, and why.

    So does a daemon that ends in the middle of an answer.
    """
    try:
        yield
    except (
        DockerException,
        requests.exceptions.RequestException,
        urllib3.exceptions.HTTPError,
    ) as error:
        raise SandboxError(f"{what}: {words(error)}", where="docker") from error


def words(error: Exception) -> str:
    """What the daemon said, in one line."""
    said = error.explanation if isinstance(error, APIError) and error.explanation else str(error)
    return " ".join(str(said).split())[-400:]


def harness() -> str:
    """This process, as nothing else on this machine was or will be called."""
    return f"{os.readlink('/proc/self/ns/pid')} {os.getpid()} {_started(os.getpid())}"


def sweep(client: docker.APIClient) -> int:
    """Remove the containers of harnesses that are gone; how many there were."""
    gone = 0
    with asking("containers left behind cannot be listed"):
        found = client.containers(all=True, filters={"label": HARNESS_LABEL})
    for row in found:
        if not _alive(row["Labels"][HARNESS_LABEL]):
            remove(client, row["Id"])
            gone += 1
    return gone


def remove(client: docker.APIClient, container: str) -> None:
    """Kill everything in it and take it away; gone already is fine.

    Tried again for a while: Podman refuses to kill what is just ending by itself.
    """
    for pause in (*_PAUSES_S, 0.0):
        try:
            client.remove_container(container, force=True, v=True)
        except docker.errors.NotFound:
            return
        except (APIError, requests.exceptions.RequestException) as error:
            if not pause:
                raise SandboxError(
                    f"a container cannot be removed: {words(error)}", where="docker"
                ) from error
            time.sleep(pause)
        else:
            return


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Which daemon it is, and what that means for containers."""

    version: str
    podman: bool
    rootless: bool  # it belongs to an ordinary user, and can do what that user can
    version_of_cgroups: int
    counted: bool  # whether it can limit a whole container by control groups

    @property
    def limits(self) -> str:
        """What holds the limits: "cgroup v2", "cgroup v1", "rlimits only"."""
        return f"cgroup v{self.version_of_cgroups}" if self.counted else "rlimits only"

    def shared_out(self, limits: Limits) -> tuple[Limits, Limits]:
        """What the daemon is to hold of the whole container, and the launcher of each process."""
        if self.counted:
            return limits, limits.model_copy(update={"pids": None, "memory_mb": None})
        return limits.model_copy(update={"pids": None, "memory_mb": None, "cpus": None}), limits


def engine(client: docker.APIClient) -> Engine:
    """Ask the daemon what it is; ``SandboxUnavailable`` when it cannot work for this user."""
    with asking("the daemon does not say what it is"):
        info: dict[str, Any] = client.info()
        version: dict[str, Any] = client.version()
    options = [str(option) for option in info.get("SecurityOptions") or ()]
    # Docker says it among the options, Podman in a field of its own.
    rootless = bool(info.get("Rootless")) or any("rootless" in option for option in options)
    if rootless and os.geteuid() == 0:
        raise SandboxUnavailable(
            "this daemon is rootless and belongs to another user",
            where=str(client.base_url),
            do="run as that user, or name root's own daemon in DOCKER_HOST",
        )
    which = int(str(info.get("CgroupVersion") or "1").lstrip("v"))
    parts = [str(part.get("Name")) for part in version.get("Components") or ()]
    return Engine(
        version=str(version.get("Version")),
        podman=any("podman" in name.lower() for name in parts),
        rootless=rootless,
        version_of_cgroups=which,
        counted=(
            all(info.get(name, True) for name in ("MemoryLimit", "PidsLimit"))
            and info.get("CgroupDriver") != "none"
            and not (rootless and which == 1)  # nobody hands those to an ordinary user
        ),
    )


def findings(which: Engine, base: str | None) -> tuple[Finding, ...]:
    """For ``cab doctor``."""
    return (
        Finding(
            what="docker",
            found=f"{'Podman ' if which.podman else ''}{which.version}"
            f"{', rootless' if which.rootless else ''}",
            ok=True,
            needed_for="cells in containers",
        ),
        Finding(
            what="limits",
            found=which.limits,
            ok=which.counted,
            needed_for="a bound on the memory and processes of a whole attempt",
            mend=None if which.counted else "a daemon with control groups of its own (version 2)",
        ),
        Finding(
            what="base image",
            found=base or "none",
            ok=base is not None,
            needed_for="every container",
            mend=None if base else "cab images base",
        ),
    )


def _alive(mark: str) -> bool:
    space, pid, started = mark.rsplit(" ", 2)
    if space != os.readlink("/proc/self/ns/pid"):
        return True  # of another container of harnesses: not ours to judge
    return _started(int(pid)) == started


def _started(pid: int) -> str:
    """When a process began, in the kernel's ticks; "" when there is none."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return ""

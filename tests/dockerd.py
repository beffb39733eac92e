"""A Docker daemon of the tests' own, started and stopped by hand, and what is built on it.

It gets a folder, a socket and a parent of control groups of its own and touches no network of the
machine. Where there is no ``dockerd`` (or no root to run it) the tests that need one are skipped,
but never in CI.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from codingagentbench.agents import get, install_many
from codingagentbench.images import BaseRecipe, Daemon, build_agent, build_base
from codingagentbench.sandboxes.docker_daemon import connect
from codingagentbench.sandboxes.docker_images import Found, require_base

TOOLCHAINS = ("python", "node", "rust")
FAST = ("aider", "codex", "opencode", "pi")


@dataclass
class Dockerd:
    """Where it listens, and what was built: agent -> image."""

    folder: Path
    address: str
    base: Found | None = None
    agents: dict[str, Found] = field(default_factory=dict)

    def with_base(self) -> Found:
        """The base image, built the first time."""
        if self.base is None and os.environ.get("CAB_TEST_DAEMON"):
            self.base = require_base(connect())
        if self.base is None:
            self.base = build_base(BaseRecipe(toolchains=TOOLCHAINS), Daemon(print))
        return self.base

    def with_agent(self, name: str) -> Found:
        """The image of an agent, built the first time."""
        self.with_base()
        if name not in self.agents:
            (installed,) = install_many((get(name),))
            self.agents[name] = build_agent(get(name), installed, Daemon(print))
        return self.agents[name]


@contextmanager
def running(folder: Path) -> Iterator[Dockerd]:
    """The daemon in ``folder``; every container of it is dead afterwards.

    ``CAB_TEST_DAEMON=unix://...`` takes one that runs already instead, e.g. Podman's service.
    """
    if os.environ.get("CAB_TEST_DAEMON"):
        yield Dockerd(folder, os.environ["CAB_TEST_DAEMON"])
        return
    lack = next((one for one in ("dockerd", "debootstrap") if shutil.which(one) is None), None)
    lack = lack or (None if os.geteuid() == 0 else "the superuser's rights")
    if lack is not None:
        what = f"a Docker daemon needs {lack}: apt-get install docker.io debootstrap"
        if os.environ.get("CI"):
            pytest.fail(what)
        pytest.skip(what)
    address = f"unix://{folder}/d.sock"
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            [
                "dockerd", "-H", address, "--data-root", f"{folder}/data",
                "--exec-root", f"{folder}/exec", "--pidfile", f"{folder}/d.pid",
                "--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false",
                "--userland-proxy=false", f"--cgroup-parent=cab-tests-{os.getpid()}",
            ],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _answers(folder, process)
        yield Dockerd(folder, address)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        left = f"{folder}/exec/netns/default"  # dockerd leaves it mounted
        subprocess.run(["umount", left], stderr=subprocess.DEVNULL, check=False)
        subprocess.run(["rm", "-rf", "--one-file-system", f"{folder}/data"], check=False)


def _answers(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with closing(socket.socket(socket.AF_UNIX)) as link:
            try:
                link.connect(str(folder / "d.sock"))
                link.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
                if b"200" in link.recv(64):
                    return
            except OSError:
                pass
        time.sleep(0.05)
    pytest.fail(f"dockerd does not answer:\n{(folder / 'log').read_text()[-2000:]}")

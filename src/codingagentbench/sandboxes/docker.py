"""The Docker backend: one container for each run, closed off as in bubblewrap.

No network: the launcher inside makes the one listener there is and hands it out through a socket
in a mount, so the gateway serves it and nothing else can be reached. An ordinary user, a read-only
root, no capabilities, no new privileges, limits by control groups. Verification is a container of
its own, of the image without any agent.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import os
import socket
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import docker as docker_py

from codingagentbench.errors import SandboxError
from codingagentbench.sandboxes import docker_images as images
from codingagentbench.sandboxes import owners, seccomp
from codingagentbench.sandboxes.docker_container import (
    LAUNCHER_INSIDE,
    LINK_INSIDE,
    Container,
    Link,
    configuration,
    hand_over,
)
from codingagentbench.sandboxes.docker_daemon import Engine, connect, engine, findings, sweep
from codingagentbench.sandboxes.etc_files import own_etc
from codingagentbench.sandboxes.launcher.request import Answer, Request, Watch
from codingagentbench.sandboxes.launcher.watching import Growth
from codingagentbench.sandboxes.placing import TMP, place
from codingagentbench.sandboxes.protocol import Finding, OnListen, Overlay, Sink
from codingagentbench.sandboxes.rlimits import rlimits
from codingagentbench.sandboxes.supervising import Plan, supervise
from codingagentbench.sandboxes.threads import in_thread
from codingagentbench.sandboxes.toolchains import Missing, Toolchain
from codingagentbench.sandboxes.values import (
    HOME,
    Command,
    Exit,
    KilledBy,
    Limits,
    Mount,
    Owner,
    Workspace,
)
from codingagentbench.sandboxes.workspaces_copy import copy_tree

_NAME: Final = "docker"
_LAUNCHER: Final = Path(__file__).resolve().parent / "launcher"
_REPORT_FD: Final = 3
_LOOK_S: Final = 0.5


class Docker:
    """See :class:`codingagentbench.sandboxes.protocol.Sandbox`."""

    name = _NAME

    def __init__(self, *, hide: tuple[Path, ...] = ()) -> None:
        del hide  # nothing of the host is seen but what is mounted
        self._client = connect()
        sweep(self._client)
        self._engine = engine(self._client)

    @asynccontextmanager
    async def attempt(self, scratch: Path) -> AsyncIterator[DockerSlot]:
        lease = owners.lease()
        # Without root, Docker's "root" of a container is the very user that runs it.
        mapped = self._engine.rootless and not self._engine.podman
        inside = Owner(uid=0, gid=0) if mapped else lease.owner
        try:
            yield DockerSlot(self._client, self._engine, lease.owner, inside, scratch)
        finally:
            lease.close()

    def admit(self, mounts: Iterable[Mount]) -> None:
        images.holding(self._client, mounts)

    def toolchain(self, name: str) -> Toolchain | Missing:
        return images.toolchain(images.require_base(self._client), name)

    def check(self) -> tuple[Finding, ...]:
        base = images.find(self._client, images.base_name())
        return findings(self._engine, None if base is None else base.identity().digest)


class DockerSlot:
    """See :class:`codingagentbench.sandboxes.protocol.Slot`."""

    def __init__(
        self,
        client: docker_py.APIClient,
        which: Engine,
        owner: Owner,
        inside: Owner,
        scratch: Path,
    ) -> None:
        self.owner = owner
        self._client, self._engine, self._inside = client, which, inside
        self._scratch = Path(os.path.realpath(scratch))
        self._numbers = itertools.count()

    async def overlay_for(self, lower: Path) -> Overlay | None:
        del lower
        return None

    async def run(
        self,
        command: Command,
        *,
        workspace: Workspace | None = None,
        on_listen: OnListen | None = None,
        sink: Sink | None = None,
        stop: asyncio.Event | None = None,
    ) -> Exit:
        asked = time.monotonic()
        image = await in_thread(images.holding, self._client, command.mounts)
        here = self._scratch / f"docker-{next(self._numbers)}"
        container = Container(self._client, counted=self._engine.counted)
        link: Link | None = None
        try:
            mounts = await in_thread(self._mounts, command, workspace, here)
            trees = [source for source, _target, writable in mounts if writable]
            link = Link(here / "link", self.owner)
            mounts += [
                (str(link.folder), LINK_INSIDE, False),
                (str(_LAUNCHER), LAUNCHER_INSIDE, False),
            ]
            config = configuration(
                image=image.id,
                python=image.labels[images.PYTHON],
                user=self._inside,
                limits=self._engine.shared_out(command.limits)[0],
                mounts=mounts,
                workspace=workspace is not None,
                engine=self._engine,
            )
            await in_thread(container.start, config)
            with await link.called(container) as connection:
                link.close()
                done = await self._supervised(
                    command, connection, container, asked, trees, (on_listen, sink, stop)
                )
        finally:
            if link is not None:
                link.close()
            ended = time.monotonic()
            await in_thread(container.remove)
        more = done.teardown_s + time.monotonic() - ended
        return done.model_copy(update={"image": image.identity(), "teardown_s": more})

    async def _supervised(
        self,
        command: Command,
        connection: socket.socket,
        container: Container,
        asked: float,
        trees: Sequence[str],
        callbacks: tuple[OnListen | None, Sink | None, asyncio.Event | None],
    ) -> Exit:
        on_listen, sink, stop = callbacks
        full = asyncio.Event()
        either = asyncio.Event()
        tasks = [asyncio.ensure_future(self._watch(container, command.limits, trees, full))]
        tasks += [
            asyncio.ensure_future(_passed_on(event, either))
            for event in (full, stop)
            if event is not None
        ]
        lost = asyncio.Event()
        plan = Plan(
            request=self._request(command),
            backend=_NAME,
            network="off" if command.port is None else "gateway only",
            limits=self._engine.limits,
            cgroups=None,
            launch=lambda request, streams: hand_over(connection, request, streams),
            lost=lambda: _killed_by_its_program(lost),
            asked=asked,
        )
        try:
            done = await supervise(plan, command, on_listen=on_listen, sink=sink, stop=either)
            container.measure()
        finally:
            for task in tasks:
                task.cancel()
            ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):  # who should have watched did not
                raise end
        if lost.is_set() and await in_thread(container.killed_from_outside):
            raise SandboxError("the container was killed from outside", where="docker")
        return await in_thread(_accounted, done, container, full.is_set())

    async def _watch(
        self, container: Container, limits: Limits, trees: Sequence[str], full: asyncio.Event
    ) -> None:
        """From outside, where nothing can be hidden: what is used, how the tree grows."""
        growths = []
        if limits.disk_mb is not None:
            for tree in trees:
                watch = Watch(path=str(tree), limit=limits.disk_mb << 20)
                growths.append(await in_thread(Growth, watch))
        while not full.is_set():
            container.measure()
            for growth in growths:
                if growth.due_in() == 0 and await in_thread(growth.too_large):
                    full.set()
            await asyncio.sleep(_LOOK_S)

    def _mounts(
        self, command: Command, workspace: Workspace | None, here: Path
    ) -> list[tuple[str, str, bool]]:
        """What is mounted: host path, place inside, whether it may be written."""
        (here / "etc").mkdir(mode=0o755, parents=True)
        here.chmod(0o711)
        mounts = []
        for name, text in own_etc(self._inside.uid, self._inside.gid, names=command.names).items():
            (here / "etc" / name).write_text(text)
            mounts.append((str(here / "etc" / name), f"/etc/{name}", False))
        if workspace is not None:
            if workspace.tree is None:
                raise SandboxError("in a container a workspace has to be a copy")
            mounts.append((os.path.realpath(workspace.tree), command.workdir, True))
        for number, mount in enumerate(command.mounts):
            if mount.baked:
                continue  # the image has it
            if not mount.source.exists():
                raise SandboxError("there is nothing to mount", where=str(mount.source))
            source = os.path.realpath(mount.source)
            if mount.private:
                copy = here / f"private-{number}"
                copy_tree(mount.source, copy, owner=self.owner)
                source = str(copy)
            mounts.append((source, mount.target, mount.private))
        return mounts

    def _request(self, command: Command) -> Request:
        placed = place(command.files, home=HOME, tmp=TMP)
        return Request(
            argv=list(command.argv),
            env=dict(command.env),
            cwd=command.cwd,
            uid=self._inside.uid,
            gid=self._inside.gid,
            drop=False,
            isolate=False,
            stage_bytes=None,
            port=command.port,
            names=command.names,
            binds=[],
            private=[],
            overlay=None,
            folders=[(HOME, 0o700, True), *placed.folders],
            files=placed.files,
            data=[],
            ready=None,
            filter=base64.b64encode(seccomp.program()).decode() if seccomp.supported() else None,
            status=None,
            report=_REPORT_FD if command.report else None,
            groups=[],
            limits=rlimits(self._engine.shared_out(command.limits)[1], None),
            watch=None,
        )


async def _passed_on(event: asyncio.Event, to: asyncio.Event) -> None:
    await event.wait()
    to.set()


def _killed_by_its_program(lost: asyncio.Event) -> Answer:
    """Launcher and program are one user's: who kills the launcher has ended the run, by SIGKILL."""
    lost.set()
    return Answer(
        failed=None,
        code=137,
        status="",
        died_at=time.monotonic(),
        cpu_s=0.0,
        disk=False,
        groups={},
    )


def _accounted(done: Exit, container: Container, full: bool) -> Exit:
    """``done`` with what was counted from outside."""
    usage = container.usage
    update: dict[str, object] = {
        "memory_peak_bytes": usage.memory_peak_bytes,
        "oom_kills": usage.oom_kills,
    }
    if usage.cpu_s is not None:
        update["cpu_s"] = usage.cpu_s
    if full:
        update["killed_by"] = KilledBy.DISK
    elif done.killed_by is None and done.code == 137:
        with contextlib.suppress(SandboxError):
            if usage.oom_kills or container.out_of_memory():
                update["killed_by"] = KilledBy.MEMORY
                update["oom_kills"] = max(usage.oom_kills, 1)
    return done.model_copy(update=update)
